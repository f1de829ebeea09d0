//! The people of an address header: `"Zoë, Ben" <ben@example.org>, team: a@example.com;`.

use super::words;

/// People of one header beyond which they are left out.
const MOST: usize = 10_000;

/// One of them.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Person {
    pub name: String,
    /// As written, without brackets; empty if there is none.
    pub email: String,
}

/// The people of a header. Encoded words are decoded last: a comma in one divides nothing.
pub fn people(value: &[u8]) -> Vec<Person> {
    let text = crate::decode::charset::text(value, None);
    let mut list = List::default();
    for c in text.chars() {
        list.step(c);
    }
    list.end();
    list.people
}

#[derive(Default)]
struct List {
    people: Vec<Person>,
    /// What stands outside brackets and comments.
    words: String,
    /// What stands in brackets.
    address: Option<String>,
    /// What stands in a comment; old programs write the name there.
    comment: String,
    depth: u32,
    in_brackets: bool,
    quoted: bool,
    escaped: bool,
}

impl List {
    fn step(&mut self, c: char) {
        let is_escape = c == '\\' && !self.escaped && (self.quoted || self.depth > 0);
        match c {
            _ if is_escape => {}
            _ if self.escaped => self.keep(c),
            '"' if self.depth == 0 => self.quoted = !self.quoted,
            _ if self.quoted => self.keep(c),
            '(' if !self.in_brackets => self.depth = self.depth.saturating_add(1),
            ')' if self.depth > 0 => self.depth -= 1,
            _ if self.depth > 0 => self.keep(c),
            '<' => {
                self.in_brackets = true;
                self.address = Some(String::new());
            }
            '>' => self.in_brackets = false,
            ',' | ';' if !self.in_brackets => self.end(),
            // `Team:` in front of a group.
            ':' if !self.in_brackets => self.words.clear(),
            c => self.keep(c),
        }
        self.escaped = is_escape;
    }

    fn keep(&mut self, c: char) {
        match (self.depth > 0, self.in_brackets, &mut self.address) {
            (true, ..) => self.comment.push(c),
            (_, true, Some(address)) => address.push(c),
            _ => self.words.push(c),
        }
    }

    fn end(&mut self) {
        let list = std::mem::take(self);
        let name = words::decoded(list.words.as_bytes());
        let comment = words::decoded(list.comment.as_bytes());
        let person = match list.address {
            Some(address) => Person { name, email: address.trim().to_owned() },
            None if name.contains('@') => Person { name: comment, email: name },
            None => Person { name, email: String::new() },
        };
        self.people = list.people;
        if (!person.name.is_empty() || !person.email.is_empty()) && self.people.len() < MOST {
            self.people.push(person);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(value: &str, expected: &[(&str, &str)]) {
        let found = people(value.as_bytes());
        let found: Vec<(&str, &str)> =
            found.iter().map(|person| (person.name.as_str(), person.email.as_str())).collect();
        assert_eq!(found, expected, "{value}");
    }

    #[test]
    fn names_and_addresses_are_told_apart() {
        check("Rosa Quill <rosa.quill@example.com>", &[("Rosa Quill", "rosa.quill@example.com")]);
        check(
            r#""Zoë, Ben" <ben@example.org>, jose@example.net"#,
            &[("Zoë, Ben", "ben@example.org"), ("", "jose@example.net")],
        );
        check("=?UTF-8?Q?Zo=C3=AB=2C_Ben?= <ben@example.org>", &[("Zoë, Ben", "ben@example.org")]);
        check("sam@example.com (Sam Okafor)", &[("Sam Okafor", "sam@example.com")]);
        check(r#""Ben \"the boat\" Zoë" <ben@example.org>"#, &[(r#"Ben "the boat" Zoë"#, "ben@example.org")]);
    }

    #[test]
    fn groups_and_broken_lists_are_read() {
        check("undisclosed-recipients:;", &[]);
        check("Team: a@example.com, b@example.com;", &[("", "a@example.com"), ("", "b@example.com")]);
        check("Rosa <rosa@example.com", &[("Rosa", "rosa@example.com")]);
        check("<>, ,", &[]);
        check("Nobody", &[("Nobody", "")]);
    }
}
