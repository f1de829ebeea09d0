//! Bytes into pixels, within limits: whatever the file claims, it costs little memory and little time.

use super::{Images, Pixels, Room};
use image::{DynamicImage, ImageDecoder as _, ImageReader, Limits};
use std::io::{self, BufRead, Cursor, Read, Seek, SeekFrom};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

/// Bytes of a file that is decoded.
pub const BYTES: u64 = 32 << 20;
/// Time until a decoder gets no more to read.
pub const PATIENCE: Duration = Duration::from_secs(5);
/// Pixels of a picture that is decoded: the cameras of today's phones stay below.
const PIXELS: u64 = 64_000_000;
/// Memory a decoder may ask for.
const MEMORY: u64 = 512 << 20;
/// Pixels sent to a terminal, across and down.
const SENT: u32 = 1600;

#[derive(Debug)]
pub struct Decoded {
    /// As the file has it, turned upright.
    pub size: (u32, u32),
    pub pixels: Pixels,
}

/// Pixels that fit a room.
pub fn pixels(room: &Room) -> (u32, u32) {
    let (columns, rows) = (u32::from(room.columns), u32::from(room.rows));
    match room.images {
        Images::Off(_) | Images::Halfblocks => (columns, rows * 2),
        _ => ((columns * u32::from(room.cell.0)).min(SENT), (rows * u32::from(room.cell.1)).min(SENT)),
    }
}

/// A picture, no larger than `most`. The error is a sentence.
pub fn decode(bytes: &[u8], most: (u32, u32), patience: Duration) -> Result<Decoded, String> {
    let decoding = AssertUnwindSafe(|| decoded(bytes, most, patience));
    catch_unwind(decoding).unwrap_or_else(|_| Err("the decoder of pictures failed on it".to_owned()))
}

fn decoded(bytes: &[u8], most: (u32, u32), patience: Duration) -> Result<Decoded, String> {
    let timed = Timed { inner: Cursor::new(bytes), until: Instant::now() + patience };
    let damaged = |error: &dyn std::fmt::Display| format!("the picture is damaged: {error}");
    let mut reader = ImageReader::new(timed).with_guessed_format().map_err(|error| damaged(&error))?;
    if reader.format().is_none() {
        return Err("this is no picture: neither JPEG, PNG, GIF nor WebP".to_owned());
    }
    let mut limits = Limits::default();
    limits.max_alloc = Some(MEMORY);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|error| damaged(&error))?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > PIXELS {
        return Err(format!("it says to have {width}×{height} pixels; more than 64 million are not decoded"));
    }
    let orientation = decoder.orientation().map_err(|error| damaged(&error))?;
    let mut picture = DynamicImage::from_decoder(decoder).map_err(|error| damaged(&error))?;
    picture.apply_orientation(orientation);
    let size = (picture.width(), picture.height());
    if size.0 > most.0 || size.1 > most.1 {
        picture = picture.thumbnail(most.0.max(1), most.1.max(1));
    }
    Ok(Decoded { size, pixels: on_black(&picture) })
}

/// Without transparency.
fn on_black(picture: &DynamicImage) -> Pixels {
    let rgba = picture.to_rgba8();
    let shade = |value: u8, alpha: u8| (u16::from(value) * u16::from(alpha) / 255) as u8;
    let rgb = rgba.pixels().flat_map(|pixel| {
        let [red, green, blue, alpha] = pixel.0;
        [red, green, blue].map(|value| shade(value, alpha))
    });
    Pixels { width: rgba.width(), height: rgba.height(), rgb: rgb.collect() }
}

/// Bytes that may be read until a moment.
struct Timed<'a> {
    inner: Cursor<&'a [u8]>,
    until: Instant,
}

impl Timed<'_> {
    fn check(&self) -> io::Result<()> {
        if Instant::now() < self.until { Ok(()) } else { Err(io::Error::other("it took too long")) }
    }
}

impl Read for Timed<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.check()?;
        self.inner.read(buffer)
    }
}

impl BufRead for Timed<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.check()?;
        // A decoder that asks for little at a time is asked for the time between.
        let rest = self.inner.fill_buf()?;
        Ok(rest.get(..rest.len().min(64 << 10)).unwrap_or_default())
    }

    fn consume(&mut self, amount: usize) {
        self.inner.consume(amount);
    }
}

impl Seek for Timed<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.inner.seek(to)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::{ImageFormat, Rgb, RgbImage};

    fn written(format: ImageFormat) -> Vec<u8> {
        let picture = RgbImage::from_fn(40, 20, |x, _| if x < 20 { Rgb([200, 0, 0]) } else { Rgb([0, 0, 200]) });
        let mut bytes = Cursor::new(Vec::new());
        picture.write_to(&mut bytes, format).expect("a picture");
        bytes.into_inner()
    }

    fn tried(bytes: &[u8]) -> Result<Decoded, String> {
        decode(bytes, (10, 10), PATIENCE)
    }

    #[test]
    fn a_picture_of_each_format_is_made_as_small_as_its_room() {
        for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::Gif, ImageFormat::WebP] {
            let decoded = tried(&written(format)).expect("a picture");
            assert_eq!(decoded.size, (40, 20), "{format:?}");
            assert_eq!((decoded.pixels.width, decoded.pixels.height), (10, 5), "{format:?}");
            let [left, right] = [decoded.pixels.at(1, 2), decoded.pixels.at(8, 2)];
            assert!(left[0] > 150 && left[2] < 60 && right[2] > 150 && right[0] < 60, "{format:?} {left:?} {right:?}");
        }
    }

    #[test]
    fn a_truncated_picture_and_what_is_none_are_told_in_a_sentence() {
        let png = written(ImageFormat::Png);
        let why = tried(&png[..png.len() / 2]).expect_err("half a picture");
        assert!(why.starts_with("the picture is damaged"), "{why}");
        for bytes in [&b"MZ\x90 no picture"[..], b"", b"<svg/>"] {
            assert!(tried(bytes).expect_err("no picture").starts_with("this is no picture"));
        }
        for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::Gif, ImageFormat::WebP] {
            let whole = written(format);
            for length in 0..whole.len() {
                // Some decoders make do with less: none may panic.
                if let Err(why) = tried(&whole[..length]) {
                    assert!(!why.contains("failed on it"), "{format:?} at {length}: {why}");
                }
            }
        }
    }

    #[test]
    fn a_picture_that_claims_to_be_huge_is_not_decoded() {
        let mut bomb = written(ImageFormat::Png);
        let mut header = bomb[12..29].to_vec();
        header[4..8].copy_from_slice(&60_000u32.to_be_bytes());
        header[8..12].copy_from_slice(&60_000u32.to_be_bytes());
        let sum = crc32fast::hash(&header);
        bomb[12..29].copy_from_slice(&header);
        bomb[29..33].copy_from_slice(&sum.to_be_bytes());
        let why = tried(&bomb).expect_err("a bomb");
        assert!(why.contains("60000×60000") || why.contains("limit"), "{why}");
    }

    #[test]
    fn a_decoder_out_of_time_gets_no_more_to_read() {
        let why = decode(&written(ImageFormat::Png), (10, 10), Duration::ZERO).expect_err("no time");
        assert!(why.contains("it took too long"), "{why}");
    }
}
