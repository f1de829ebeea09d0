//! Pictures, sound and films: what the file says of itself. Only its beginning is read.
//!
//! A record is made where a picture tells more than its form: `camera`, `taken`, `latitude`, `longitude`, and beside them `width`,
//! `height`, `type`. Name and size of every file are in the ledger.

use super::DecodeError;
use crate::emit::Emitter;
use crate::record::{Time, ValueType};
use exif::{Exif, In, Reader, Tag, Value};
use std::io::{Cursor, Read};

/// Bytes of the file that are looked at: cameras write EXIF before the picture.
const HEAD: u64 = 1 << 20;

/// Reads the stream into records.
pub fn decode(input: &mut dyn Read, emitter: &mut Emitter<'_>) -> Result<(), DecodeError> {
    let mut head = Vec::new();
    let outcome = input.take(HEAD).read_to_end(&mut head);
    if let Some(photo) = Photo::read(&head) {
        photo.give(emitter);
    }
    outcome?;
    Ok(())
}

/// Forms of files by the bytes they begin with, after an offset.
const MAGIC: &[(usize, &[u8], &str)] = &[
    (0, b"\xff\xd8\xff", "jpeg"),
    (0, b"\x89PNG\r\n\x1a\n", "png"),
    (0, b"GIF8", "gif"),
    (8, b"WEBP", "webp"),
    (8, b"WAVE", "wav"),
    (8, b"AVI ", "avi"),
    (4, b"ftypheic", "heic"),
    (4, b"ftypheix", "heic"),
    (4, b"ftypmif1", "heic"),
    (4, b"ftypmsf1", "heic"),
    (4, b"ftypavif", "avif"),
    (4, b"ftypqt", "mov"),
    (4, b"ftypM4A", "m4a"),
    (4, b"ftyp3g", "3gp"),
    (4, b"ftyp", "mp4"),
    (4, b"moov", "mov"),
    (28, b"OpusHead", "opus"),
    (0, b"OggS", "ogg"),
    (0, b"ID3", "mp3"),
    (0, b"\xff\xfb", "mp3"),
    (0, b"\xff\xf3", "mp3"),
    (0, b"#!AMR", "amr"),
    (0, b"fLaC", "flac"),
    (0, b"\x1aE\xdf\xa3", "webm"),
    (0, b"%PDF", "pdf"),
    (0, b"II*\0", "tiff"),
    (0, b"MM\0*", "tiff"),
    (0, b"BM", "bmp"),
    (0, b"PK\x03\x04", "zip"),
];

/// The form of a file, told from its first bytes.
pub fn form(head: &[u8]) -> Option<&'static str> {
    let begins = |(at, magic, _): &&(usize, &[u8], &str)| head.get(*at..).is_some_and(|rest| rest.starts_with(magic));
    MAGIC.iter().find(begins).map(|(_, _, form)| *form)
}

/// What a picture says of itself.
#[derive(Debug)]
struct Photo {
    form: &'static str,
    camera: Option<String>,
    taken: Option<Time>,
    /// Degrees, north and east positive.
    place: Option<(f64, f64)>,
    size: Option<(u32, u32)>,
}

impl Photo {
    /// `None` if nothing but the form is known, or nothing worth finding.
    fn read(head: &[u8]) -> Option<Self> {
        let form = form(head)?;
        let exif = read_exif(head)?;
        let photo = Self {
            form,
            camera: camera(&exif),
            taken: taken(&exif),
            place: place(&exif),
            size: size(&exif).or_else(|| size_of_form(form, head)),
        };
        (photo.camera.is_some() || photo.taken.is_some() || photo.place.is_some()).then_some(photo)
    }

    fn give(&self, emitter: &mut Emitter<'_>) {
        emitter.begin(".", 0);
        let mut one = |key: &str, value: Option<String>, kind: ValueType| {
            let root = emitter.root();
            let node = emitter.key(root, key);
            emitter.value(node, &value.unwrap_or_default(), kind);
        };
        one("camera", self.camera.clone(), ValueType::String);
        one("taken", self.taken.map(|time| time.to_string()), ValueType::Time);
        one("latitude", self.place.map(|(north, _)| format!("{north:.6}")), ValueType::Number);
        one("longitude", self.place.map(|(_, east)| format!("{east:.6}")), ValueType::Number);
        one("width", self.size.map(|(width, _)| width.to_string()), ValueType::Number);
        one("height", self.size.map(|(_, height)| height.to_string()), ValueType::Number);
        one("type", Some(self.form.to_owned()), ValueType::String);
        if let Some(time) = self.taken {
            emitter.time(time);
        }
        emitter.end();
    }
}

/// What can be read of EXIF, even if a part of it is damaged.
fn read_exif(head: &[u8]) -> Option<Exif> {
    let mut reader = Reader::new();
    reader.continue_on_error(true);
    let found = reader.read_from_container(&mut Cursor::new(head));
    found.or_else(|error| error.distill_partial_result(|_| {})).ok()
}

fn text(exif: &Exif, tag: Tag) -> Option<String> {
    let Value::Ascii(lines) = &exif.get_field(tag, In::PRIMARY)?.value else { return None };
    let text = String::from_utf8_lossy(lines.first()?);
    let text = text.trim_matches(|c: char| c.is_whitespace() || c == '\0');
    (!text.is_empty()).then(|| text.to_owned())
}

/// Maker and model, the maker once.
fn camera(exif: &Exif) -> Option<String> {
    match (text(exif, Tag::Make), text(exif, Tag::Model)) {
        (Some(make), Some(model)) if model.to_lowercase().starts_with(&make.to_lowercase()) => Some(model),
        (Some(make), Some(model)) => Some(format!("{make} {model}")),
        (make, model) => make.or(model),
    }
}

/// The time of the shutter: on the camera's wall clock, whose zone only newer cameras tell.
fn taken(exif: &Exif) -> Option<Time> {
    let written = text(exif, Tag::DateTimeOriginal)?;
    let mut stamp = exif::DateTime::from_ascii(written.as_bytes()).ok()?;
    if let Some(offset) = text(exif, Tag::OffsetTimeOriginal) {
        // A zone that cannot be read is a zone that is not known.
        let _ = stamp.parse_offset(offset.as_bytes());
    }
    let part = |n: u8| i8::try_from(n).ok();
    let date = jiff::civil::Date::new(i16::try_from(stamp.year).ok()?, part(stamp.month)?, part(stamp.day)?).ok()?;
    let clock = jiff::civil::Time::new(part(stamp.hour)?, part(stamp.minute)?, part(stamp.second.min(59))?, 0).ok()?;
    match stamp.offset {
        Some(minutes) => Time::at_offset(date.to_datetime(clock), minutes),
        None => Time::local(date.to_datetime(clock)),
    }
}

/// Latitude and longitude; zero and zero is how cameras write "not known".
fn place(exif: &Exif) -> Option<(f64, f64)> {
    let north = degrees(exif, Tag::GPSLatitude, Tag::GPSLatitudeRef, "S").filter(|north| north.abs() <= 90.0)?;
    let east = degrees(exif, Tag::GPSLongitude, Tag::GPSLongitudeRef, "W").filter(|east| east.abs() <= 180.0)?;
    (north != 0.0 || east != 0.0).then_some((north, east))
}

fn degrees(exif: &Exif, tag: Tag, side: Tag, negative: &str) -> Option<f64> {
    let Value::Rational(parts) = &exif.get_field(tag, In::PRIMARY)?.value else { return None };
    let part = |at: usize| parts.get(at).map_or(0.0, exif::Rational::to_f64);
    let sum = part(0) + part(1) / 60.0 + part(2) / 3600.0;
    let sign = if text(exif, side).is_some_and(|side| side == negative) { -1.0 } else { 1.0 };
    sum.is_finite().then_some(sum * sign)
}

fn size(exif: &Exif) -> Option<(u32, u32)> {
    let number = |tag: Tag| exif.get_field(tag, In::PRIMARY)?.value.get_uint(0).filter(|&n| n > 0);
    let of = |width: Tag, height: Tag| Some((number(width)?, number(height)?));
    of(Tag::PixelXDimension, Tag::PixelYDimension).or_else(|| of(Tag::ImageWidth, Tag::ImageLength))
}

/// Width and height where the form itself states them.
fn size_of_form(form: &str, head: &[u8]) -> Option<(u32, u32)> {
    let four = |at: usize| head.get(at..at + 4)?.try_into().ok().map(u32::from_be_bytes);
    match form {
        "png" => Some((four(16)?, four(20)?)),
        "jpeg" => size_of_jpeg(head),
        _ => None,
    }
}

/// The frame header of a JPEG: walks its segments up to the first that begins a frame.
fn size_of_jpeg(head: &[u8]) -> Option<(u32, u32)> {
    let two = |at: usize| Some(u32::from(u16::from_be_bytes(head.get(at..at.checked_add(2)?)?.try_into().ok()?)));
    let mut at = 2;
    loop {
        let [0xff, marker] = *head.get(at..at + 2)? else { return None };
        if matches!(marker, 0xc0..=0xc3 | 0xc5..=0xc7 | 0xc9..=0xcb | 0xcd..=0xcf) {
            return Some((two(at + 7)?, two(at + 5)?));
        }
        at += 2 + two(at + 2)? as usize;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decode::Decoder;
    use crate::emit::collect::Collection;
    use crate::sheets::Section;
    use exif::{Field, Rational, experimental::Writer};
    use proptest::prelude::*;

    fn read(bytes: &[u8]) -> Collection {
        Collection::of(Decoder::Media, &Section::default(), false, "photo.jpg", bytes)
    }

    fn ascii(tag: Tag, text: &str) -> Field {
        Field { tag, ifd_num: In::PRIMARY, value: Value::Ascii(vec![text.as_bytes().to_vec()]) }
    }

    fn angle(tag: Tag, parts: [u32; 3]) -> Field {
        let parts = parts.map(|num| Rational { num, denom: 1 });
        Field { tag, ifd_num: In::PRIMARY, value: Value::Rational(parts.to_vec()) }
    }

    /// A JPEG that has nothing but EXIF and a frame header of 640 by 480.
    fn jpeg(fields: &[Field]) -> Vec<u8> {
        let mut writer = Writer::new();
        for field in fields {
            writer.push_field(field);
        }
        let mut exif = Cursor::new(Vec::new());
        writer.write(&mut exif, false).expect("the fields are well formed");
        let exif = exif.into_inner();
        let length = u16::try_from(exif.len() + 8).expect("a few fields");
        let mut bytes = b"\xff\xd8\xff\xe1".to_vec();
        bytes.extend(length.to_be_bytes());
        bytes.extend(b"Exif\0\0");
        bytes.extend(exif);
        bytes.extend(b"\xff\xc0\x00\x0b\x08\x01\xe0\x02\x80\x01\x01\x11\x00\xff\xd9");
        bytes
    }

    fn rosas_photo() -> Vec<u8> {
        jpeg(&[
            ascii(Tag::Make, "Example"),
            ascii(Tag::Model, "Example Five"),
            ascii(Tag::DateTimeOriginal, "2019:05:03 14:07:09"),
            ascii(Tag::OffsetTimeOriginal, "+02:00"),
            angle(Tag::GPSLatitude, [12, 30, 0]),
            ascii(Tag::GPSLatitudeRef, "S"),
            angle(Tag::GPSLongitude, [45, 15, 36]),
            ascii(Tag::GPSLongitudeRef, "E"),
        ])
    }

    #[test]
    fn a_photo_tells_camera_time_and_place() {
        let found = read(&rosas_photo());
        let record = &found.records[0];
        let values: Vec<(&str, &str)> =
            record.values.iter().map(|(path, value)| (path.as_str(), value.as_str())).collect();
        assert_eq!(
            values,
            [
                ("camera", "Example Five"),
                ("taken", "2019-05-03T14:07:09+02:00"),
                ("latitude", "-12.500000"),
                ("longitude", "45.260000"),
                ("width", "640"),
                ("height", "480"),
                ("type", "jpeg"),
            ]
        );
        assert_eq!(record.time.map(|time| time.to_string()).as_deref(), Some("2019-05-03T14:07:09+02:00"));
        assert_eq!(record.locator, ".");
    }

    #[test]
    fn a_camera_that_tells_no_zone_gives_a_local_time() {
        let found = read(&jpeg(&[ascii(Tag::DateTimeOriginal, "2019:05:03 14:07:09")]));
        assert_eq!(found.records[0].time.map(|time| time.to_string()).as_deref(), Some("2019-05-03T14:07:09"));
    }

    #[test]
    fn a_photo_that_tells_nothing_makes_no_record() {
        let empty = jpeg(&[angle(Tag::GPSLatitude, [0, 0, 0]), angle(Tag::GPSLongitude, [0, 0, 0])]);
        for bytes in [empty.as_slice(), b"\xff\xd8\xff\xd9", b"\x89PNG\r\n\x1a\n", b"OggS", b"", b"text"] {
            let found = read(bytes);
            assert!(found.records.is_empty() && found.problems.is_empty() && found.error.is_none());
        }
    }

    #[test]
    fn forms_are_told_by_their_first_bytes() {
        for (head, expected) in [
            (&b"\xff\xd8\xff\xe0"[..], Some("jpeg")),
            (b"RIFF\0\0\0\0WEBPVP8 ", Some("webp")),
            (b"\0\0\0\x18ftypheic", Some("heic")),
            (b"\0\0\0\x18ftypisom", Some("mp4")),
            (b"\0\0\0\x18ftypqt  ", Some("mov")),
            (b"OggS\0\x02\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x01\x13OpusHead", Some("opus")),
            (b"OggS\0", Some("ogg")),
            (b"%PDF-1.7", Some("pdf")),
            (b"hello", None),
        ] {
            assert_eq!(form(head), expected);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(256))]

        #[test]
        fn no_damage_to_a_photo_stops_the_reader(at in 0usize..400, byte in any::<u8>(), length in 0usize..400) {
            let mut bytes = rosas_photo();
            if let Some(hit) = bytes.get_mut(at) {
                *hit = byte;
            }
            let _ = read(&bytes);
            bytes.truncate(length);
            let _ = read(&bytes);
        }

        #[test]
        fn no_bytes_after_a_magic_stop_the_reader(which in 0..MAGIC.len(), bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let (at, magic, _) = MAGIC[which];
            let mut file = vec![0; at];
            file.extend_from_slice(magic);
            file.extend(bytes);
            let _ = read(&file);
        }
    }
}
