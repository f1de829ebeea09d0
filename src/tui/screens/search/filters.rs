//! Facets, and how choosing one edits the query: what is chosen can always be read, typed and repeated elsewhere.

use crate::query::{self, Counts, FilterName};
use crate::record::Kind;
use crate::report::{Only, Period};
use crate::tui::data::{Data, kind_plural};

/// The groups of facets: the filter that choosing one writes, and its other name.
const GROUPS: [(&str, &str); 4] = [("co", "company"), ("kind", "kind"), ("on", "during"), ("section", "section")];

/// Sections listed, those with the most records.
const SECTIONS: usize = 20;

/// A line of the facets pane.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facet {
    pub label: String,
    pub count: u64,
    /// Filter and value; `None` for a heading.
    pub filter: Option<(&'static str, String)>,
    pub state: State,
}

/// What the query says of a facet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    Open,
    Chosen,
    Excluded,
}

/// The facets of counts, each group under its heading.
pub fn facets(counts: &Counts, query: &str, data: &Data) -> Vec<Facet> {
    let companies = counts.companies.iter().map(|(company, n)| (data.name(company).to_owned(), company.clone(), *n));
    let kinds = counts.kinds.iter().map(|(kind, n)| (kind_plural(*kind).to_owned(), kind.id().to_owned(), *n));
    let years =
        counts.years.iter().rev().filter_map(|(year, n)| year.map(|year| (year.to_string(), year.to_string(), *n)));
    let sections = counts
        .sections
        .iter()
        .take(SECTIONS)
        .map(|((company, section), n)| (format!("{} › {section}", data.name(company)), section.clone(), *n));
    let mut out = Vec::new();
    group(("Company", "co"), companies, (query, data), &mut out);
    group(("Kind", "kind"), kinds, (query, data), &mut out);
    group(("Year", "on"), years, (query, data), &mut out);
    group(("Section", "section"), sections, (query, data), &mut out);
    out
}

fn group(
    (heading, name): (&str, &'static str),
    lines: impl Iterator<Item = (String, String, u64)>,
    (query, data): (&str, &Data),
    out: &mut Vec<Facet>,
) {
    let lines: Vec<Facet> = lines
        .map(|(label, value, count)| {
            let state = state(query, (name, &value), data);
            Facet { label, count, filter: Some((name, value)), state }
        })
        .collect();
    if !lines.is_empty() {
        out.push(Facet { label: heading.to_owned(), count: 0, filter: None, state: State::Open });
        out.extend(lines);
    }
}

fn state(query: &str, (name, value): (&str, &str), data: &Data) -> State {
    let holds = |token: &Token<'_>| token.is_of(name) && token.values.iter().any(|one| means(one, name, value, data));
    let said = tokens(query).into_iter().filter_map(Token::read).find(holds);
    match said.map(|token| token.negated) {
        None => State::Open,
        Some(false) => State::Chosen,
        Some(true) => State::Excluded,
    }
}

/// What a written value of a filter stands for: `face` for `facebook`. What is known of nothing stands for itself.
fn meant(written: &str, name: &str, data: &Data) -> Vec<String> {
    let written = unquoted(written);
    let mut known: Vec<(&str, &str)> = match name {
        "co" => data.companies.iter().map(|company| (company.id.as_str(), company.name.as_str())).collect(),
        "section" => data.fields.iter().map(|field| (field.section.as_str(), field.section_name.as_str())).collect(),
        _ => Vec::new(),
    };
    known.sort_unstable();
    known.dedup_by_key(|(id, _)| *id);
    let found = query::meant(&written, &known).into_iter();
    let found: Vec<String> = found.filter_map(|at| known.get(at)).map(|(id, _)| (*id).to_owned()).collect();
    if found.is_empty() { vec![written.to_lowercase()] } else { found }
}

fn means(written: &str, name: &str, value: &str, data: &Data) -> bool {
    meant(written, name, data).iter().any(|one| one.eq_ignore_ascii_case(value))
}

/// A filter of a query, as it stands there.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Token<'a> {
    negated: bool,
    name: &'a str,
    values: Vec<&'a str>,
}

impl<'a> Token<'a> {
    /// `None` for what is no filter.
    fn read(token: &'a str) -> Option<Self> {
        let (negated, rest) = match token.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, token),
        };
        let (name, values) = rest.split_once(':')?;
        FilterName::find(name)?;
        Some(Self { negated, name, values: split(values, |c| c == ',') })
    }

    fn is_of(&self, name: &str) -> bool {
        let known = |name: &str| FilterName::find(name).map(|filter| filter.name);
        let other = GROUPS.iter().find(|(group, _)| *group == name).map_or(name, |(_, other)| other);
        known(self.name) == known(name) || known(self.name) == known(other)
    }

    fn written(&self) -> String {
        self.with(&self.values)
    }

    /// The same filter with other values.
    fn with<S: AsRef<str>>(&self, values: &[S]) -> String {
        let values: Vec<&str> = values.iter().map(AsRef::as_ref).collect();
        format!("{}{}:{}", if self.negated { "-" } else { "" }, self.name, values.join(","))
    }
}

/// A value of a filter, quoted where needed.
pub fn quoted(value: &str) -> String {
    let bare = !value.is_empty() && value.chars().all(|c| c.is_alphanumeric() || "-_.".contains(c));
    if bare { value.to_owned() } else { format!("\"{}\"", value.trim_end_matches('\\').replace('"', "\\\"")) }
}

fn unquoted(value: &str) -> String {
    value.trim_matches('"').replace("\\\"", "\"")
}

/// The words of a query; a quoted part, blanks included, belongs to its word.
fn tokens(query: &str) -> Vec<&str> {
    split(query, char::is_whitespace)
}

/// Parts between breaks that stand outside quotes.
fn split(text: &str, breaks: impl Fn(char) -> bool) -> Vec<&str> {
    let (mut quoted, mut escaped) = (false, false);
    let is_break = move |c: char| {
        let is_quote = c == '"' && !escaped;
        escaped = c == '\\' && !escaped;
        quoted ^= is_quote;
        !quoted && breaks(c)
    };
    text.split(is_break).filter(|part| !part.is_empty()).collect()
}

/// The words of a query that are no filters.
pub fn plain_words(query: &str) -> Vec<&str> {
    tokens(query).into_iter().filter(|token| !token.contains([':', '"', '/']) && !token.starts_with('-')).collect()
}

/// The query with a facet chosen; if it was chosen or excluded, without that.
pub fn toggled(query: &str, (name, value): (&str, &str), data: &Data) -> String {
    let was = state(query, (name, value), data);
    let kept = forgotten(query, (name, value), data);
    if was == State::Open { joined(&kept, name, value, false) } else { kept }
}

/// The query with what a facet stands for excluded; if it was, without that.
pub fn excluded(query: &str, (name, value): (&str, &str), data: &Data) -> String {
    let was = state(query, (name, value), data);
    let kept = forgotten(query, (name, value), data);
    if was == State::Excluded { kept } else { joined(&kept, name, value, true) }
}

/// The query without a value of a filter; what else was meant by the same written value stays.
fn forgotten(query: &str, (name, value): (&str, &str), data: &Data) -> String {
    let others = |written: &str| match meant(written, name, data) {
        all if !all.iter().any(|one| one.eq_ignore_ascii_case(value)) => vec![written.to_owned()],
        all => all.iter().filter(|one| !one.eq_ignore_ascii_case(value)).map(|one| quoted(one)).collect(),
    };
    let without = |token: &str| match Token::read(token).filter(|read| read.is_of(name)) {
        None => Some(token.to_owned()),
        Some(read) => {
            let left: Vec<String> = read.values.iter().copied().flat_map(others).collect();
            (!left.is_empty()).then(|| read.with(&left))
        }
    };
    tokens(query).into_iter().filter_map(without).collect::<Vec<_>>().join(" ")
}

/// The query with a value more: behind those of the same filter, if there are any.
fn joined(query: &str, name: &str, value: &str, negated: bool) -> String {
    let value = quoted(value);
    let mut out: Vec<String> = Vec::new();
    let mut is_in = false;
    for token in tokens(query) {
        let same = Token::read(token).filter(|read| !is_in && read.is_of(name) && read.negated == negated);
        is_in |= same.is_some();
        out.push(same.map_or_else(|| token.to_owned(), |read| format!("{},{value}", read.written())));
    }
    if !is_in {
        out.push(format!("{}{name}:{value}", if negated { "-" } else { "" }));
    }
    out.join(" ")
}

/// The filters that stand for what all screens are narrowed to, in the order in which they are written.
fn parts(only: &Only) -> [(&'static str, Option<String>); 4] {
    [
        ("co", only.company.clone()),
        ("cat", only.category.clone()),
        ("kind", only.kind.map(|kind| kind.id().to_owned())),
        ("on", only.period.map(Period::id)),
    ]
}

/// The query with other filters for what all screens are narrowed to.
pub fn narrowed(query: &str, from: &Only, to: &Only) -> String {
    let changed: Vec<(&str, Option<String>)> =
        parts(from).into_iter().zip(parts(to)).filter(|(from, to)| from != to).map(|(_, to)| to).collect();
    let goes = |token: &Token<'_>| !token.negated && changed.iter().any(|(name, _)| token.is_of(name));
    let mut out: Vec<String> = tokens(query)
        .into_iter()
        .filter(|token| !Token::read(token).is_some_and(|read| goes(&read)))
        .map(str::to_owned)
        .collect();
    out.extend(
        changed.iter().filter_map(|(name, value)| value.as_ref().map(|value| format!("{name}:{}", quoted(value)))),
    );
    out.join(" ")
}

/// What a query narrows to, as far as all screens can follow: one company, category, kind or time each, all of the query.
pub fn only_of(query: &str, data: &Data) -> Only {
    if tokens(query).iter().any(|token| *token == "OR" || token.contains(['(', ')'])) {
        return Only::default();
    }
    let one = |name: &str| chosen(query, name).pop().filter(|_| chosen(query, name).len() == 1);
    let company = one("co").map(|company| meant(&company, "co", data)).filter(|found| found.len() == 1);
    let rows = data.matrix.rows.iter();
    let categories: Vec<(&str, &str)> = rows.map(|row| (row.category.as_str(), row.category_label.as_str())).collect();
    let category = one("cat").map(|category| query::meant(&category, &categories)).filter(|found| found.len() == 1);
    Only {
        company: company
            .and_then(|mut found| found.pop())
            .filter(|id| data.companies.iter().any(|company| company.id == *id)),
        kind: one("kind").and_then(|kind| Kind::from_id(&kind)),
        category: category.and_then(|found| categories.get(*found.first()?)).map(|(_, label)| (*label).to_owned()),
        period: one("on").and_then(|period| Period::read(&period)),
    }
}

/// The query as it is for the counts of each group of facets that it narrows: without the filters of that group.
pub fn wider(query: &str) -> Vec<(&'static str, String)> {
    let without = |(name, _): &(&'static str, &str)| {
        let all = tokens(query);
        let is_of = |token: &&str| Token::read(token).is_some_and(|read| read.is_of(name));
        let kept: Vec<&str> = all.iter().copied().filter(|token| !is_of(token)).collect();
        (kept.len() < all.len()).then(|| (*name, kept.join(" ")))
    };
    GROUPS.iter().filter_map(without).collect()
}

/// The query with its plain words replaced by the filter they led to.
pub fn with_offer(query: &str, filter: &str) -> String {
    let names: Vec<&str> = tokens(filter).into_iter().filter_map(Token::read).map(|token| token.name).collect();
    let keeps = |token: &&str| {
        Token::read(token).is_some_and(|read| read.negated || !names.iter().any(|name| read.is_of(name)))
    };
    let kept = tokens(query).into_iter().filter(keeps);
    kept.chain([filter]).collect::<Vec<_>>().join(" ")
}

/// The query's words alone.
pub fn without_filters(query: &str) -> String {
    tokens(query).into_iter().filter(|token| Token::read(token).is_none()).collect::<Vec<_>>().join(" ")
}

/// The values that a query chooses with a filter.
pub fn chosen(query: &str, name: &str) -> Vec<String> {
    let of = |token: &Token<'_>| !token.negated && token.is_of(name);
    let chosen = tokens(query).into_iter().filter_map(Token::read).filter(of);
    chosen.flat_map(|token| token.values.into_iter().map(unquoted)).collect()
}

/// What the word being typed at the end of a query may go on with: filters that begin so, or what a filter takes.
pub fn hint(query: &str) -> Option<String> {
    let word = query.rsplit(char::is_whitespace).next()?.trim_start_matches(['-', '(']);
    if let Some((name, value)) = word.split_once(':') {
        let filter = FilterName::find(name).filter(|_| value.is_empty())?;
        return Some(format!("{}: takes {}", filter.name, filter.takes));
    }
    let begins = |filter: &&FilterName| word.len() > 1 && filter.name.starts_with(word) && filter.name != word;
    let begun: Vec<String> = crate::query::FILTERS
        .iter()
        .filter(begins)
        .map(|filter| format!("{}: {}", filter.name, filter.takes))
        .collect();
    (!begun.is_empty()).then(|| begun.join("  "))
}

/// Whether a query is one letter of a script in which one is in nearly every record. Signs of Chinese or Japanese, say, are words.
pub fn is_one_letter(query: &str) -> bool {
    let mut letters = query.trim().chars();
    letters.next().is_some_and(|c| c.is_alphanumeric() && c < '\u{250}') && letters.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::data::tests::companies;

    fn none() -> Data {
        Data::default()
    }

    #[test]
    fn choosing_a_facet_twice_leaves_the_query_as_it_was() {
        let once = toggled("lunch", ("co", "whatsapp"), &none());
        assert_eq!(once, "lunch co:whatsapp");
        assert_eq!(toggled(&once, ("co", "whatsapp"), &none()), "lunch");
    }

    #[test]
    fn two_facets_of_a_group_are_chosen_together() {
        let both = toggled("lunch company:facebook on:2019", ("co", "whatsapp"), &none());
        assert_eq!(both, "lunch company:facebook,whatsapp on:2019");
        assert_eq!(toggled(&both, ("co", "facebook"), &none()), "lunch company:whatsapp on:2019");
    }

    #[test]
    fn what_is_excluded_is_taken_back_by_choosing_or_excluding_it_again() {
        let without = excluded("lunch co:facebook,discord", ("co", "discord"), &none());
        assert_eq!(without, "lunch co:facebook -co:discord");
        assert_eq!(excluded(&without, ("co", "discord"), &none()), "lunch co:facebook");
        assert_eq!(toggled(&without, ("co", "discord"), &none()), "lunch co:facebook");
        assert_eq!(excluded("-co:x", ("co", "discord"), &none()), "-co:x,discord");
    }

    #[test]
    fn a_part_of_a_name_is_in_force_for_all_it_means() {
        let data = companies(&[("facebook", "Facebook"), ("messenger", "Messenger (Facebook)"), ("x", "X (Twitter)")]);
        let state = |query: &str, company: &str| state(query, ("co", company), &data);
        assert_eq!((state("co:twit", "x"), state("co:twit", "facebook")), (State::Chosen, State::Open));
        assert_eq!((state("-co:face", "facebook"), state("-co:face", "messenger")), (State::Excluded, State::Excluded));
        assert_eq!((state("co:facebook", "facebook"), state("co:FACEBOOK", "messenger")), (State::Chosen, State::Open));
        assert_eq!(toggled("lunch co:face,twit", ("co", "messenger"), &data), "lunch co:facebook,twit");
        assert_eq!(excluded("lunch company:twit", ("co", "x"), &data), "lunch -co:x");
    }

    #[test]
    fn a_narrowing_is_written_into_the_query_and_read_out_of_it() {
        let data = companies(&[("facebook", "Facebook"), ("x", "X (Twitter)")]);
        let of = |company: &str, period: &str| Only {
            company: Some(company.to_owned()),
            period: Period::read(period),
            ..Only::default()
        };
        let written = narrowed("lunch co:x -co:y", &Only::default(), &of("facebook", "2019-05"));
        assert_eq!(written, "lunch -co:y co:facebook on:2019-05");
        assert_eq!(only_of(&written, &data), of("facebook", "2019-05"));
        assert_eq!(
            narrowed(&written, &of("facebook", "2019-05"), &of("facebook", "2020")),
            "lunch -co:y co:facebook on:2020"
        );
        assert_eq!(narrowed(&written, &of("facebook", "2019-05"), &Only::default()), "lunch -co:y");
    }

    #[test]
    fn what_other_screens_cannot_follow_is_not_read_out_of_a_query() {
        let data = companies(&[("facebook", "Facebook"), ("messenger", "Messenger (Facebook)"), ("x", "X (Twitter)")]);
        for query in [
            "co:face",
            "co:facebook,x",
            "co:x co:facebook",
            "co:zebra",
            "-co:x",
            "lunch OR co:x",
            "(co:x)",
            "on:2019-05-03",
        ] {
            assert_eq!(only_of(query, &data), Only::default(), "{query}");
        }
        assert_eq!(only_of("co:twit lunch", &data).company.as_deref(), Some("x"));
    }

    #[test]
    fn quoted_values_stay_whole() {
        let query = "in:\"Flat 4, back\" \"see you\"";
        assert_eq!(toggled(query, ("kind", "message"), &none()), format!("{query} kind:message"));
        assert_eq!(without_filters("in:\"Flat 4\" \"see you\" on:2019 -co:x with:ana at:evening"), "\"see you\"");
        let named = excluded("lunch", ("in", "Rosa \"Rosie\" Quill"), &none());
        assert_eq!(named, "lunch -in:\"Rosa \\\"Rosie\\\" Quill\"");
        assert_eq!(excluded(&named, ("in", "Rosa \"Rosie\" Quill"), &none()), "lunch");
    }

    #[test]
    fn an_offer_takes_the_place_of_the_words_that_led_to_it() {
        assert_eq!(with_offer("phone co:facebook", "field:phone_number"), "co:facebook field:phone_number");
        assert_eq!(with_offer("posts co:x -co:y", "co:facebook section:posts"), "-co:y co:facebook section:posts");
    }

    #[test]
    fn each_group_is_counted_as_if_nothing_of_its_own_were_chosen() {
        let wider = wider("lunch company:facebook -co:x during:2019 after:2017");
        let expected = [("co", "lunch during:2019 after:2017"), ("on", "lunch company:facebook -co:x after:2017")];
        assert_eq!(wider, expected.map(|(name, query)| (name, query.to_owned())));
    }

    #[test]
    fn the_end_of_the_query_is_helped_along() {
        assert_eq!(hint("lunch wi").as_deref(), Some("with: the name of somebody in the conversation"));
        assert_eq!(hint("lunch -has:").as_deref(), Some("has: takes time, place, link, media, photo, phone or email"));
        assert_eq!(hint("lunch how:").as_deref(), Some("origin: takes an origin"));
        assert_eq!((hint("lunch"), hint("lunch co:face"), hint("a")), (None, None, None));
    }

    #[test]
    fn one_letter_is_too_little_where_letters_are_no_words() {
        let table = [("a", true), (" é ", true), ("7", true), ("日", false), ("ab", false), ("", false), ("?", false)];
        for (text, expected) in table {
            assert_eq!(is_one_letter(text), expected, "{text}");
        }
    }

    #[test]
    fn facets_show_what_the_query_says_of_them() {
        let counts = Counts {
            companies: vec![("facebook".into(), 4), ("x".into(), 2)],
            kinds: vec![(Kind::Message, 3)],
            years: vec![(None, 1), (Some(2019), 3)],
            sections: vec![(("facebook".into(), "your posts".into()), 2)],
            ..Counts::default()
        };
        let facets = facets(&counts, "on:2019 -co:x section:\"your posts\"", &Data::default());
        let shown: Vec<(&str, State)> = facets.iter().map(|facet| (facet.label.as_str(), facet.state)).collect();
        let expected = [
            ("Company", State::Open),
            ("facebook", State::Open),
            ("x", State::Excluded),
            ("Kind", State::Open),
            ("messages", State::Open),
            ("Year", State::Open),
            ("2019", State::Chosen),
            ("Section", State::Open),
            ("facebook › your posts", State::Chosen),
        ];
        assert_eq!(shown, expected);
    }
}
