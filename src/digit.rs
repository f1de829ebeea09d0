//! Decimal digits of the scripts that phones and people write numbers with.

/// The zero of each; its nine others follow it.
const ZEROS: [char; 16] = ['0', '٠', '۰', '०', '০', '੦', '૦', '୦', '௦', '౦', '೦', '൦', '๐', '၀', '០', '０'];

/// What a decimal digit is worth.
pub fn worth(c: char) -> Option<u8> {
    if c.is_ascii() {
        return c.to_digit(10).map(|worth| worth as u8);
    }
    let of_script = |zero: &char| (c as u32).checked_sub(*zero as u32).filter(|worth| *worth < 10);
    ZEROS.iter().find_map(of_script).map(|worth| worth as u8)
}

/// The text with the digits of every script as ASCII writes them.
pub fn in_ascii(text: &str) -> String {
    text.chars().map(|c| worth(c).map_or(c, |worth| char::from(b'0' + worth))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_of_every_script_have_their_worth() {
        assert_eq!(['7', '٧', '७', '７'].map(worth), [Some(7); 4]);
        assert_eq!(['a', '²', '七'].map(worth), [None; 3]);
    }
}
