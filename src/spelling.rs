//! What a misspelt word was meant to be.

/// The known word that was probably meant: one that begins like it, or differs in few letters.
pub fn nearest<'w>(word: &str, known: impl IntoIterator<Item = &'w str>) -> Option<&'w str> {
    let letters = word.chars().count();
    let most = if letters < 4 { 1 } else { 1 + letters / 4 };
    let begun = |candidate: &str| letters > 2 && candidate.starts_with(word);
    let measured =
        known.into_iter().map(|candidate| (if begun(candidate) { 0 } else { distance(word, candidate) }, candidate));
    measured.filter(|(distance, _)| *distance <= most).min_by_key(|(distance, _)| *distance).map(|(_, found)| found)
}

/// Letters to insert, delete or replace (Levenshtein).
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (at, from) in one.chars().enumerate() {
        let mut next = vec![at + 1];
        for (to, letter) in other.iter().enumerate() {
            let replaced = row[to] + usize::from(from != *letter);
            next.push(replaced.min(row[to + 1] + 1).min(next[to] + 1));
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_are_those_of_levenshtein() {
        for (one, other, expected) in [("", "abc", 3), ("kitten", "sitting", 3), ("same", "same", 0), ("é", "e", 1)] {
            assert_eq!(distance(one, other), expected, "{one} {other}");
        }
    }

    #[test]
    fn a_slip_is_understood_and_another_word_is_not() {
        let known = ["records", "recipient", "rest"];
        assert_eq!(nearest("record", known), Some("records"));
        assert_eq!(nearest("reciepient", known), Some("recipient"));
        assert_eq!(nearest("recip", known), Some("recipient"));
        assert_eq!(nearest("colour", known), None);
    }
}
