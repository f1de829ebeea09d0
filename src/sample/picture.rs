//! A photo that tells when and where it was taken.

/// A garden, drawn by us: a JPEG without EXIF.
const GARDEN: &[u8] = include_bytes!("photo.jpg");
/// The marker a JPEG begins with.
const START: usize = 2;

/// A JPEG with EXIF: taken at `when` (`YYYY:MM:DD HH:MM:SS`, wall clock) at 51°23'N 2°21'W.
pub fn photo(when: &str) -> Vec<u8> {
    let exif = exif(when);
    let mut jpeg = vec![0xff, 0xd8, 0xff, 0xe1];
    jpeg.extend(((exif.len() + 8) as u16).to_be_bytes());
    jpeg.extend(b"Exif\0\0");
    jpeg.extend(exif);
    jpeg.extend(GARDEN.iter().skip(START));
    jpeg
}

/// A big-endian TIFF block: one directory for the camera, one for the time, one for the place.
fn exif(when: &str) -> Vec<u8> {
    const CAMERA: &[u8] = b"Example Phone 9\0";
    let (ifd0, exif, gps) = (8u32, 8 + 2 + 3 * 12 + 4, 8 + 2 + 3 * 12 + 4 + 2 + 12 + 4);
    let data = gps + 2 + 4 * 12 + 4;
    let when_at = data + CAMERA.len() as u32;
    let latitude_at = when_at + 20;
    let longitude_at = latitude_at + 24;
    let mut out = b"MM\0*".to_vec();
    out.extend(ifd0.to_be_bytes());
    directory(&mut out, &[(0x0110, 2, CAMERA.len() as u32, data), (0x8769, 4, 1, exif), (0x8825, 4, 1, gps)]);
    directory(&mut out, &[(0x9003, 2, 20, when_at)]);
    let letter = |letter: u8| u32::from(letter) << 24;
    directory(
        &mut out,
        &[(1, 2, 2, letter(b'N')), (2, 5, 3, latitude_at), (3, 2, 2, letter(b'W')), (4, 5, 3, longitude_at)],
    );
    out.extend(CAMERA);
    out.extend(when.as_bytes());
    out.push(0);
    for (degrees, minutes) in [(51u32, 23u32), (2, 21)] {
        for number in [degrees, 1, minutes, 1, 0, 1] {
            out.extend(number.to_be_bytes());
        }
    }
    out
}

/// Tag, type, count and value of each entry.
fn directory(out: &mut Vec<u8>, entries: &[(u16, u16, u32, u32)]) {
    out.extend((entries.len() as u16).to_be_bytes());
    for (tag, kind, count, value) in entries {
        out.extend(tag.to_be_bytes());
        out.extend(kind.to_be_bytes());
        out.extend(count.to_be_bytes());
        out.extend(value.to_be_bytes());
    }
    out.extend([0; 4]);
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_photo_tells_time_and_place() {
        let jpeg = super::photo("2024:07:14 11:02:03");
        let read = exif::Reader::new().read_from_container(&mut std::io::Cursor::new(jpeg)).expect("EXIF is there");
        let show = |tag| read.get_field(tag, exif::In::PRIMARY).map(|field| field.display_value().to_string());
        assert_eq!(show(exif::Tag::DateTimeOriginal).as_deref(), Some("2024-07-14 11:02:03"));
        assert_eq!(show(exif::Tag::GPSLatitude).as_deref(), Some("51 deg 23 min 0 sec"));
        assert_eq!(show(exif::Tag::Model).as_deref(), Some("\"Example Phone 9\""));
    }
}
