//! Passing over what is not read: containers nested too deep, and the rest of a damaged element.

use super::Halt;
use super::reader::Reader;

/// How far to skip behind damage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Until {
    /// To the comma or bracket behind the damaged element.
    Separator,
    /// To the next root value: at the latest where a line begins with one.
    Line,
}

/// Longest text that is looked at as possibly not being the string it seems to be.
const LONGEST_DOUBT: usize = 1024;

impl Reader<'_> {
    /// Passes the object or array whose bracket was peeked.
    pub fn skip_container(&mut self) -> Result<(), Halt> {
        let mut open = 0usize;
        loop {
            match self.next_structural()? {
                b'"' => self.skip_string()?,
                b'{' | b'[' => open += 1,
                _ => {
                    open = open.saturating_sub(1);
                    if open == 0 {
                        return Ok(());
                    }
                }
            }
        }
    }

    /// Passes the next quote or bracket.
    fn next_structural(&mut self) -> Result<u8, Halt> {
        loop {
            let rest = self.rest();
            if let Some(at) = rest.iter().position(|byte| b"\"{}[]".contains(byte)) {
                let byte = rest.get(at).copied().unwrap_or_default();
                self.pos += at + 1;
                return Ok(byte);
            }
            self.pos = self.text.len();
            self.more_or_cut()?;
        }
    }

    /// Passes the rest of a string, whose opening quote was passed.
    fn skip_string(&mut self) -> Result<(), Halt> {
        loop {
            let rest = self.rest();
            match memchr::memchr2(b'"', b'\\', rest) {
                Some(at) if rest.get(at) == Some(&b'"') => {
                    self.pos += at + 1;
                    return Ok(());
                }
                Some(at) => {
                    self.pos += at + 1;
                    self.skip_char()?;
                }
                None => {
                    self.pos = self.text.len();
                    self.more_or_cut()?;
                }
            }
        }
    }

    fn skip_char(&mut self) -> Result<(), Halt> {
        while self.pos >= self.text.len() {
            self.more_or_cut()?;
        }
        let next = self.text.get(self.pos..).and_then(|rest| rest.chars().next());
        self.pos += next.map_or(1, char::len_utf8);
        Ok(())
    }

    fn more_or_cut(&mut self) -> Result<(), Halt> {
        if self.more()? { Ok(()) } else { Err(Halt::cut()) }
    }

    /// Passes the rest of a damaged element that is `open` brackets deep; stops before what follows it.
    pub fn skip_damage(&mut self, open: usize, until: Until) -> Result<(), Halt> {
        if until == Until::Line && self.before() == b'\n' && matches!(self.rest().first(), Some(b'{' | b'[')) {
            return Ok(());
        }
        let mut open = open;
        let mut last = self.before();
        loop {
            while self.pos >= self.text.len() {
                if !self.more()? {
                    return if until == Until::Line { Ok(()) } else { Err(Halt::cut()) };
                }
            }
            let byte = self.rest().first().copied().unwrap_or_default();
            match (byte, until) {
                (b',' | b'}' | b']', Until::Separator) | (b'{' | b'[', Until::Line) if open == 0 => return Ok(()),
                (b'}' | b']', Until::Line) if open == 1 => {
                    self.bump();
                    return Ok(());
                }
                (b'{' | b'[', _) => open += 1,
                (b'}' | b']', _) => open = open.saturating_sub(1),
                (b'\n', Until::Line) if self.a_root_begins_behind(open)? => return Ok(()),
                _ => {}
            }
            if byte == b'"' {
                self.skip_doubtful_string(b":,{[".contains(&last))?;
            } else {
                self.skip_char()?;
            }
            last = if byte > b' ' { byte } else { last };
        }
    }

    /// Whether the next line is where reading may go on. `pos` is at the line end before it.
    fn a_root_begins_behind(&mut self, open: usize) -> Result<bool, Halt> {
        while self.rest().len() < 2 {
            if !self.more()? {
                return Ok(true);
            }
        }
        Ok(open == 0 || matches!(self.rest().get(1), Some(b'{' | b'[')))
    }

    /// Passes a string behind damage, where one cannot be sure that a quote opens one: if what follows it looks like the bytes
    /// *between* strings, or if the line ends first, only the quote is passed. `expected`: a string may stand here.
    fn skip_doubtful_string(&mut self, expected: bool) -> Result<(), Halt> {
        self.look_ahead(LONGEST_DOUBT);
        self.pos += 1;
        let rest = self.rest();
        let seen = rest.get(..rest.len().min(LONGEST_DOUBT)).unwrap_or_default();
        match end_of_string(seen) {
            Some(end) if !expected && is_between_strings(seen.get(..end).unwrap_or_default()) => Ok(()),
            Some(end) => {
                self.pos += end + 1;
                Ok(())
            }
            None if seen.contains(&b'\n') => Ok(()),
            None => self.skip_string(),
        }
    }
}

/// Where the string that `bytes` begin in ends, if before the line does.
fn end_of_string(bytes: &[u8]) -> Option<usize> {
    let mut at = 0;
    loop {
        at += memchr::memchr3(b'"', b'\\', b'\n', bytes.get(at..)?)?;
        match bytes.get(at)? {
            b'"' => return Some(at),
            b'\n' => return None,
            _ => at += 2,
        }
    }
}

/// `:`, `},{`, `:1700000000,` stand between strings and are none.
fn is_between_strings(bytes: &[u8]) -> bool {
    let begins = bytes.iter().find(|byte| !byte.is_ascii_whitespace());
    begins.is_some_and(|byte| b":,}]".contains(byte))
        && bytes.iter().all(|byte| byte.is_ascii_whitespace() || b"{}[]:,.+-0123456789eEtrufalsn".contains(byte))
}
