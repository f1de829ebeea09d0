//! What a single line is: label and value, heading, underline.

/// Longest label before a colon, in characters and in words: longer ones are sentences.
const LONGEST_LABEL: usize = 48;
const MOST_WORDS: usize = 6;

/// Label and value of a line `Label: value`; the value is empty for `Label:`.
pub fn pair(line: &str) -> Option<(&str, &str)> {
    let line = line.trim();
    let (label, value) = match line.split_once(": ").or_else(|| line.split_once('：')) {
        Some((label, value)) => (label, value.trim()),
        None => (line.strip_suffix([':', '：'])?, ""),
    };
    let label = label.trim_end_matches([':', ' ']);
    is_label(label).then_some((label, value))
}

/// As [`pair`], and `key=value`, `key<TAB>value`, `key:value`.
pub fn pair_of_any_form(line: &str) -> Option<(&str, &str)> {
    pair(line).or_else(|| split_at(line, '\t')).or_else(|| split_at(line, '=')).or_else(|| {
        let (key, value) = split_at(line, ':')?;
        // Addresses and times have colons of their own.
        (!value.starts_with('/') && !key.ends_with(|c: char| c.is_ascii_digit())).then_some((key, value))
    })
}

fn split_at(line: &str, mark: char) -> Option<(&str, &str)> {
    let (key, value) = line.split_once(mark)?;
    let key = key.trim();
    is_label(key).then(|| (key, value.trim_start_matches(mark).trim()))
}

/// Whether a text is short and plain enough to name something.
pub fn is_label(text: &str) -> bool {
    text.chars().take(LONGEST_LABEL + 1).count() <= LONGEST_LABEL
        && text.split_whitespace().count() <= MOST_WORDS
        && text.starts_with(char::is_alphanumeric)
        && text.contains(char::is_alphabetic)
        && !text.contains(['.', '!', '?', '"', ';', '<', '>', ':', '：'])
}

/// The title of `== Title ==`, `# Title`, `[Title]`.
pub fn heading(line: &str) -> Option<&str> {
    let line = line.trim();
    let title = match line.chars().next()? {
        '=' => line.strip_prefix("==")?.strip_suffix("==")?.trim_matches('='),
        '-' => line.strip_prefix("--")?.strip_suffix("--")?.trim_matches('-'),
        '#' => line.trim_start_matches('#').strip_prefix(' ')?,
        '[' => line.strip_prefix('[')?.strip_suffix(']')?,
        _ => return None,
    };
    let title = title.trim();
    let plain = title.chars().any(char::is_alphanumeric) && title.len() <= 200 && !title.contains(['[', ']']);
    plain.then_some(title)
}

/// Three or more marks of one kind and nothing else.
pub fn is_underline(line: &str) -> bool {
    let line = line.trim();
    let mark = line.chars().next().filter(|c| matches!(c, '-' | '=' | '_' | '*' | '~'));
    line.len() >= 3 && mark.is_some_and(|mark| line.chars().all(|c| c == mark))
}
