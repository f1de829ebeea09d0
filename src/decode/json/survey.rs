//! A look ahead over the beginning of an entry: what its root is, when no sheet says where the records are.

/// Bytes looked at.
pub const WINDOW: usize = 256 << 10;

/// Most objects through which an array of records may be reached.
pub const DEEPEST: usize = 4;

/// What the root is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Root {
    /// One record.
    Record,
    /// Holds the records, or is too large to tell.
    Holder,
    /// One of several: each is a record.
    Several,
}

/// Looks at `head`, which begins with the root value. `whole`: it is all there is.
pub fn root(head: &[u8], whole: bool) -> Root {
    let mut survey = Survey { head, ..Survey::default() };
    let ended = survey.pass_value();
    let is_array = head.first() == Some(&b'[');
    if ended && survey.another_follows() && !(is_array && survey.holds_records) {
        Root::Several
    } else if survey.labels || !is_array && !survey.holds_records && (ended || whole) {
        Root::Record
    } else {
        Root::Holder
    }
}

#[derive(Default)]
struct Survey<'h> {
    head: &'h [u8],
    at: usize,
    /// For each open object or array, whether it is an object.
    open: Vec<bool>,
    key: &'h [u8],
    /// An array of records was met.
    holds_records: bool,
    /// The root has `label_values`.
    labels: bool,
}

impl Survey<'_> {
    /// Passes one value; false if it goes on behind what can be seen.
    fn pass_value(&mut self) -> bool {
        while let Some(byte) = self.next() {
            match byte {
                b'"' => {
                    if !self.pass_string() {
                        return false;
                    }
                }
                b'{' => self.open.push(true),
                b'[' => {
                    self.array();
                    self.open.push(false);
                }
                b'}' | b']' => {
                    self.open.pop();
                }
                b',' | b':' | b';' => continue,
                _ => self.pass_bare(),
            }
            if self.open.is_empty() {
                return true;
            }
        }
        false
    }

    fn another_follows(&mut self) -> bool {
        while let Some(byte) = self.next() {
            if byte != b',' && byte != b';' {
                return byte.is_ascii_digit() || b"{[\"-".contains(&byte);
            }
        }
        false
    }

    /// The next byte that is no blank.
    fn next(&mut self) -> Option<u8> {
        let rest = self.head.get(self.at..)?;
        let blank = rest.iter().position(|&byte| byte > b' ')?;
        self.at += blank + 1;
        rest.get(blank).copied()
    }

    fn pass_string(&mut self) -> bool {
        let start = self.at;
        while let Some(rest) = self.head.get(self.at..)
            && let Some(found) = memchr::memchr2(b'"', b'\\', rest)
        {
            self.at += found;
            if self.head.get(self.at) == Some(&b'"') {
                self.key = self.head.get(start..self.at).unwrap_or_default();
                self.at += 1;
                return true;
            }
            self.at += 2;
        }
        false
    }

    fn pass_bare(&mut self) {
        let rest = self.head.get(self.at..).unwrap_or_default();
        let is_end = |&byte: &u8| byte <= b' ' || b",:;[]{}\"".contains(&byte);
        self.at += rest.iter().position(is_end).unwrap_or(rest.len());
    }

    /// An array begins: does it hold records?
    fn array(&mut self) {
        let depth = self.open.len();
        if depth > DEEPEST || !self.open.iter().all(|&is_object| is_object) {
            return;
        }
        if depth > 0 && self.key == b"label_values" {
            self.labels |= depth == 1;
            return;
        }
        let rest = self.head.get(self.at..).unwrap_or_default();
        self.holds_records |= match rest.iter().find(|&&byte| byte > b' ') {
            Some(b'{') => true,
            Some(b']' | b'n') | None => false,
            Some(_) => depth == 1,
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(head: &str, expected: Root) {
        assert_eq!(root(head.as_bytes(), true), expected, "{head}");
    }

    #[test]
    fn a_root_without_lists_is_one_record() {
        check(r#"{"profile":{"name":"Rosa Quill","langs":["en"]}}"#, Root::Record);
        check(r#"{"a":[]}"#, Root::Record);
        check(r#""text""#, Root::Record);
        check(r#"{"a":{"b":[[{"c":1}]]}}"#, Root::Record);
    }

    #[test]
    fn a_root_with_lists_holds_records() {
        check(r#"{"a":{"b":{"c":{"d":[{"e":1}]}}}}"#, Root::Holder);
        check(r#"{"a":{"b":{"c":{"d":{"e":[{"f":1}]}}}}}"#, Root::Record);
        check(r#"{"topics":["cats"]}"#, Root::Holder);
        check(r"[1]", Root::Holder);
    }

    #[test]
    fn labels_make_one_record_of_their_object_whatever_else_is_in_it() {
        check(r#"{"media":[{"uri":"a"}],"label_values":[{"label":"a"}]}"#, Root::Record);
    }

    #[test]
    fn values_one_after_the_other_are_several() {
        check("{\"a\":1}\n{\"a\":2}", Root::Several);
        check("1\n2", Root::Several);
        check("[1,2]\n[3,4]", Root::Several);
        check("[{\"a\":1}]\n[{\"a\":2}]", Root::Holder);
        check("{\"a\":1};", Root::Record);
    }

    #[test]
    fn an_end_that_cannot_be_seen_leaves_it_open() {
        assert_eq!(root(br#"{"a":{"b":1},"#, false), Root::Holder);
    }
}
