//! Pixels as the sequences by which terminals take pictures. Only the runtime sends them.

use super::{Drawn, Images, Pixels, Room};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use image::codecs::png::PngEncoder;
use image::{ExtendedColorType, ImageEncoder as _};
use std::fmt::Write as _;

/// Characters of a picture in one sequence of kitty's.
const CHUNK: usize = 4096;

pub fn drawn(pixels: Pixels, room: &Room) -> Result<Drawn, String> {
    let cells = |pixels: u32, cell: u16| pixels.div_ceil(u32::from(cell.max(1))).max(1) as u16;
    let (columns, rows) = (cells(pixels.width, room.cell.0), cells(pixels.height, room.cell.1));
    let (columns, rows) = (columns.min(room.columns), rows.min(room.rows));
    let text = match room.images {
        Images::Off(_) | Images::Halfblocks => return Ok(Drawn::Pixels(pixels)),
        Images::Kitty => kitty(&pixels, columns, rows),
        Images::Iterm2 => iterm2(&pixels, columns, rows)?,
        Images::Sixel => sixel(&pixels),
    };
    Ok(Drawn::Escapes { text, columns, rows })
}

/// Quietly, without moving the cursor.
fn kitty(pixels: &Pixels, columns: u16, rows: u16) -> String {
    let data = STANDARD.encode(&pixels.rgb);
    let mut out = String::with_capacity(data.len() + data.len() / 100 + 100);
    let mut rest = data.as_str();
    let mut head = format!("a=T,f=24,s={},v={},c={columns},r={rows},C=1,q=2,", pixels.width, pixels.height);
    loop {
        let (chunk, after) = rest.split_at_checked(CHUNK).unwrap_or((rest, ""));
        let _ = write!(out, "\x1b_G{head}m={};{chunk}\x1b\\", u8::from(!after.is_empty()));
        if after.is_empty() {
            return out;
        }
        (head, rest) = (String::new(), after);
    }
}

fn iterm2(pixels: &Pixels, columns: u16, rows: u16) -> Result<String, String> {
    let mut png = Vec::new();
    let written =
        PngEncoder::new(&mut png).write_image(&pixels.rgb, pixels.width, pixels.height, ExtendedColorType::Rgb8);
    written.map_err(|error| error.to_string())?;
    let (size, data) = (png.len(), STANDARD.encode(&png));
    let options = format!("inline=1;size={size};width={columns};height={rows};preserveAspectRatio=1;doNotMoveCursor=1");
    Ok(format!("\x1b]1337;File={options}:{data}\x07"))
}

/// In the 216 colours of a cube of six.
fn sixel(pixels: &Pixels) -> String {
    let step = |value: u8| (u16::from(value) * 5 + 127) / 255;
    let colour = |x: u32, y: u32| {
        let [red, green, blue] = pixels.at(x, y).map(step);
        red * 36 + green * 6 + blue
    };
    let mut out = format!("\x1bPq\"1;1;{};{}", pixels.width, pixels.height);
    for at in 0..216 {
        let _ = write!(out, "#{at};2;{};{};{}", at / 36 * 20, at / 6 % 6 * 20, at % 6 * 20);
    }
    for top in (0..pixels.height).step_by(6) {
        let rows = top..(top + 6).min(pixels.height);
        let mut used: Vec<u16> = rows.clone().flat_map(|y| (0..pixels.width).map(move |x| colour(x, y))).collect();
        used.sort_unstable();
        used.dedup();
        for at in used {
            let _ = write!(out, "#{at}");
            let bits =
                |x| rows.clone().enumerate().fold(0u8, |bits, (bit, y)| bits | u8::from(colour(x, y) == at) << bit);
            run_lengths(&mut out, (0..pixels.width).map(bits));
            out.push('$');
        }
        out.push('-');
    }
    out.push_str("\x1b\\");
    out
}

/// Six pixels a character, equal ones counted.
fn run_lengths(out: &mut String, columns: impl Iterator<Item = u8>) {
    let mut columns = columns.peekable();
    while let Some(bits) = columns.next() {
        let mut count = 1;
        while columns.next_if_eq(&bits).is_some() {
            count += 1;
        }
        let sign = char::from(63 + bits);
        let _ =
            if count > 3 { write!(out, "!{count}{sign}") } else { write!(out, "{}", String::from(sign).repeat(count)) };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn room(images: Images) -> Room {
        Room { columns: 20, rows: 10, images, cell: (10, 20) }
    }

    fn sent(images: Images, pixels: Pixels) -> (String, u16, u16) {
        match drawn(pixels, &room(images)) {
            Ok(Drawn::Escapes { text, columns, rows }) => (text, columns, rows),
            other => panic!("{other:?}"),
        }
    }

    fn red(width: u32, height: u32) -> Pixels {
        Pixels { width, height, rgb: [255, 0, 0].repeat((width * height) as usize) }
    }

    #[test]
    fn kitty_takes_pixels_in_pieces() {
        let (text, columns, rows) = sent(Images::Kitty, red(50, 40));
        assert_eq!((columns, rows), (5, 2));
        let pieces: Vec<&str> = text.split_inclusive("\x1b\\").collect();
        assert_eq!(pieces.len(), 2);
        assert!(
            pieces[0].starts_with("\x1b_Ga=T,f=24,s=50,v=40,c=5,r=2,C=1,q=2,m=1;/wAA"),
            "{}",
            pieces[0].escape_debug()
        );
        assert!(pieces[1].starts_with("\x1b_Gm=0;"), "{}", pieces[1].escape_debug());
    }

    #[test]
    fn iterm2_takes_a_png() {
        let (text, ..) = sent(Images::Iterm2, red(50, 40));
        assert!(text.starts_with("\x1b]1337;File=inline=1;size="), "{text:?}");
        assert!(text.contains(";width=5;height=2;") && text.contains(":iVBORw0KGgo") && text.ends_with('\x07'));
    }

    #[test]
    fn sixel_draws_bands_of_six_rows_by_colour() {
        let (text, ..) = sent(Images::Sixel, red(5, 8));
        assert!(text.starts_with("\x1bPq\"1;1;5;8#0;2;0;0;0#"), "{text:?}");
        assert!(text.contains("#180;2;100;0;0#"), "pure red is a colour of the cube");
        assert!(text.ends_with("#180!5~$-#180!5B$-\x1b\\"), "{text:?}");
    }
}
