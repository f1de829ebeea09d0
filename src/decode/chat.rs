//! To be written.
use super::DecodeError;
use crate::emit::Emitter;
use std::io::Read;

/// Reads the stream into records.
pub fn decode(_input: &mut dyn Read, _emitter: &mut Emitter<'_>) -> Result<(), DecodeError> {
    Ok(())
}

pub fn looks_like_chat(_head: &str) -> bool {
    false
}
