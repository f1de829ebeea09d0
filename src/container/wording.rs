//! Numbers as they stand in sentences.

/// Digits in groups of three: `70,000`.
pub(super) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// `1 byte`, `70,000 bytes`.
pub(super) fn bytes(number: u64) -> String {
    counted(number, "byte", "bytes")
}

pub(super) fn counted(number: u64, one: &str, many: &str) -> String {
    format!("{} {}", grouped(number), if number == 1 { one } else { many })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_numbers_are_grouped_and_one_is_singular() {
        let wordings = [0, 1, 999, 1_000, 4_294_967_294].map(bytes);
        assert_eq!(wordings, ["0 bytes", "1 byte", "999 bytes", "1,000 bytes", "4,294,967,294 bytes"]);
    }
}
