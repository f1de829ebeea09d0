//! What a misspelt word was meant to be.

/// The known word that differs least, if it differs little enough to be meant.
pub fn nearest<'w>(word: &str, known: impl IntoIterator<Item = &'w str>) -> Option<&'w str> {
    let most = 1 + word.chars().count() / 3;
    let measured = known.into_iter().map(|candidate| (distance(word, candidate), candidate));
    measured.filter(|(distance, _)| *distance <= most).min_by_key(|(distance, _)| *distance).map(|(_, found)| found)
}

/// The cure for an unknown word: the nearest known one, or all of them.
pub fn instead(word: &str, known: &[&str]) -> String {
    match nearest(word, known.iter().copied()) {
        Some(found) => format!("did you mean `{found}`?"),
        None => format!("use {}", either(known)),
    }
}

/// `a, b or c`
pub fn either(words: &[&str]) -> String {
    match words {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [most @ .., last] => format!("{} or {last}", most.join(", ")),
    }
}

/// Characters to insert, delete or replace (Levenshtein).
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.chars().enumerate() {
        let mut next = vec![i + 1];
        for (j, to) in b.iter().enumerate() {
            let replaced = row[j] + usize::from(from != *to);
            next.push(replaced.min(row[j + 1] + 1).min(next[j] + 1));
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_understood_and_another_word_is_not() {
        let known = ["records", "recipient", "rest"];
        assert_eq!(nearest("record", known), Some("records"));
        assert_eq!(nearest("reciepient", known), Some("recipient"));
        assert_eq!(nearest("colour", known), None);
        assert_eq!(instead("colour", &known), "use records, recipient or rest");
    }
}
