//! Polls: a word in capitals, the question, then a line for each option with its votes.

use super::marks::{LRM, is_mark, trimmed};

#[derive(Debug, PartialEq, Eq)]
pub struct Poll<'a> {
    pub question: String,
    pub options: Vec<PollOption<'a>>,
}

#[derive(Debug, PartialEq, Eq)]
pub struct PollOption<'a> {
    pub text: &'a str,
    /// How many votes it has, as written.
    pub votes: &'a str,
}

impl<'a> Poll<'a> {
    /// The poll that a whole body is. Its two words are translated, so it is known by its shape.
    pub fn read(raw: &'a str) -> Option<Self> {
        let mut lines = raw.lines();
        let head = lines.next()?;
        let word = trimmed(head).strip_suffix(':')?;
        if !is_poll_word(word, head.starts_with(LRM)) {
            return None;
        }
        let mut question = Vec::new();
        let mut options = Vec::new();
        for line in lines {
            match option(line) {
                Some(option) => options.push(option),
                None if options.is_empty() => question.push(line.trim_matches(is_mark)),
                // Behind the options nothing follows but empty lines.
                None if trimmed(line).is_empty() => {}
                None => return None,
            }
        }
        (!options.is_empty()).then(|| Self { question: question.join("\n"), options })
    }
}

/// Capitals; scripts that have none need the mark of the app.
fn is_poll_word(word: &str, marked: bool) -> bool {
    let one_word = !word.is_empty() && word.chars().count() <= 30 && !word.contains(char::is_whitespace);
    one_word && if marked { !word.contains(char::is_lowercase) } else { word.chars().all(char::is_uppercase) }
}

/// `OPTION: text (3 votes)`
fn option(line: &str) -> Option<PollOption<'_>> {
    let marked = line.starts_with(LRM);
    let (word, rest) = trimmed(line).split_once(": ")?;
    let (text, votes) = rest.strip_suffix(')')?.rsplit_once('(')?;
    let (votes, _) = votes.split_once(char::is_whitespace).unwrap_or((votes, ""));
    let counted = !votes.is_empty() && votes.chars().all(char::is_numeric);
    (is_poll_word(word, marked) && counted).then(|| PollOption { text: text.trim_end(), votes })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(raw: &str, expected: Option<(&str, &[(&str, &str)])>) {
        let poll = Poll::read(raw);
        let shown = poll.as_ref().map(|poll| {
            let options: Vec<_> = poll.options.iter().map(|option| (option.text, option.votes)).collect();
            (poll.question.as_str(), options)
        });
        let expected = expected.map(|(question, options)| (question, options.to_vec()));
        assert_eq!(shown, expected, "{raw}");
    }

    #[test]
    fn a_poll_is_known_by_its_shape_in_any_language() {
        let options: &[(&str, &str)] = &[("Pen (blue)", "3"), ("Ink", "1")];
        check("POLL:\nWhich?\nOPTION: Pen (blue) (3 votes)\nOPTION: Ink (1 vote)\n", Some(("Which?", options)));
        let marked = "\u{200e}ENCUESTA:\n¿Cuál?\n\u{200e}OPCIÓN: Pen (blue) (3 votos)\n\u{200e}OPCIÓN: Ink (1 voto)";
        check(marked, Some(("¿Cuál?", options)));
        check("\u{200e}투표:\nA\nB\n\u{200e}옵션: Ink (1 표)", Some(("A\nB", &[("Ink", "1")])));
    }

    #[test]
    fn shouting_is_no_poll() {
        check("HELLO:\nall of you", None);
        check("NOTE: one (2 of 3)", None);
        check("POLL:\nq\nOPTION: a (1 vote)\nand more", None);
    }
}
