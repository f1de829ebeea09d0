//! Facets, and how choosing one edits the query: what is chosen can always be read, typed and repeated elsewhere.

use crate::query::Counts;
use crate::tui::data::kind_plural;

/// Names that a facet or offer may write into a query.
const NAMES: [&str; 7] = ["co:", "section:", "kind:", "on:", "field:", "from:", "in:"];

/// A line of the facets pane.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facet {
    pub label: String,
    pub count: u64,
    /// What choosing it adds to or takes from the query; `None` for a heading.
    pub filter: Option<String>,
    /// It is in the query.
    pub on: bool,
}

/// The facets of counts, each group under its heading.
pub fn facets(counts: &Counts, query: &str) -> Vec<Facet> {
    let companies = counts.companies.iter().map(|(company, n)| (company.clone(), filter("co", company), *n));
    let kinds = counts.kinds.iter().map(|(kind, n)| (kind_plural(*kind).to_owned(), filter("kind", kind.id()), *n));
    let years = counts
        .years
        .iter()
        .rev()
        .filter_map(|(year, n)| year.map(|year| (year.to_string(), filter("on", &year.to_string()), *n)));
    let sections = counts
        .sections
        .iter()
        .take(20)
        .map(|((company, section), n)| (format!("{company} › {section}"), filter("section", section), *n));
    let mut out = Vec::new();
    group("Company", companies, query, &mut out);
    group("Kind", kinds, query, &mut out);
    group("Year", years, query, &mut out);
    group("Section", sections, query, &mut out);
    out
}

fn group(heading: &str, lines: impl Iterator<Item = (String, String, u64)>, query: &str, out: &mut Vec<Facet>) {
    let tokens = tokens(query);
    let lines: Vec<Facet> = lines
        .map(|(label, filter, count)| {
            let on = tokens.contains(&filter.as_str());
            Facet { label, count, filter: Some(filter), on }
        })
        .collect();
    if !lines.is_empty() {
        out.push(Facet { label: heading.to_owned(), count: 0, filter: None, on: false });
        out.extend(lines);
    }
}

/// `name:value`, quoted where needed.
pub fn filter(name: &str, value: &str) -> String {
    let bare = !value.is_empty() && value.chars().all(|c| c.is_alphanumeric() || "-_.".contains(c));
    if bare { format!("{name}:{value}") } else { format!("{name}:\"{}\"", value.replace('"', "")) }
}

/// The words of a query; a quoted part, blanks included, belongs to its word.
fn tokens(query: &str) -> Vec<&str> {
    let mut quoted = false;
    let breaks = move |c: char| {
        quoted ^= c == '"';
        c.is_whitespace() && !quoted
    };
    query.split(breaks).filter(|token| !token.is_empty()).collect()
}

/// The words of a query that are no filters.
pub fn plain_words(query: &str) -> Vec<&str> {
    tokens(query).into_iter().filter(|token| !token.contains([':', '"', '/']) && !token.starts_with('-')).collect()
}

fn name_of(filter: &str) -> Option<&'static str> {
    NAMES.into_iter().find(|name| filter.starts_with(name))
}

/// The query with a filter added, or taken out if it was in. Of one name there is one value at a time.
pub fn toggled(query: &str, filter: &str) -> String {
    let name = name_of(filter);
    let was_on = tokens(query).contains(&filter);
    let kept = tokens(query).into_iter().filter(|token| name.is_none() || name_of(token) != name);
    let added = (!was_on).then_some(filter);
    kept.chain(added).collect::<Vec<_>>().join(" ")
}

/// The query with its plain words replaced by the filter they led to.
pub fn with_offer(query: &str, filter: &str) -> String {
    let name = name_of(filter);
    let kept = tokens(query).into_iter().filter(|token| name_of(token).is_some_and(|of| Some(of) != name));
    kept.chain([filter]).collect::<Vec<_>>().join(" ")
}

/// The query's words alone.
pub fn without_filters(query: &str) -> String {
    tokens(query).into_iter().filter(|token| name_of(token).is_none()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::Kind;

    #[test]
    fn choosing_a_facet_twice_leaves_the_query_as_it_was() {
        let once = toggled("lunch", "co:whatsapp");
        assert_eq!(once, "lunch co:whatsapp");
        assert_eq!(toggled(&once, "co:whatsapp"), "lunch");
    }

    #[test]
    fn one_company_replaces_the_other() {
        assert_eq!(toggled("lunch co:facebook on:2019", "co:whatsapp"), "lunch on:2019 co:whatsapp");
    }

    #[test]
    fn quoted_values_stay_whole() {
        assert_eq!(toggled("in:\"Flat 4\" \"see you\"", "kind:message"), "in:\"Flat 4\" \"see you\" kind:message");
        assert_eq!(without_filters("in:\"Flat 4\" \"see you\" on:2019"), "\"see you\"");
    }

    #[test]
    fn an_offer_takes_the_place_of_the_words_that_led_to_it() {
        assert_eq!(with_offer("phone co:facebook", "field:phone_number"), "co:facebook field:phone_number");
    }

    #[test]
    fn facets_show_which_of_them_are_in_the_query() {
        let counts = Counts {
            companies: vec![("facebook".into(), 4)],
            kinds: vec![(Kind::Message, 3)],
            years: vec![(None, 1), (Some(2019), 3)],
            sections: vec![(("facebook".into(), "your posts".into()), 2)],
            ..Counts::default()
        };
        let shown: Vec<(String, bool)> =
            facets(&counts, "on:2019 x").into_iter().map(|facet| (facet.label, facet.on)).collect();
        let labels = ["Company", "facebook", "Kind", "messages", "Year", "2019", "Section", "facebook › your posts"];
        assert_eq!(shown.iter().map(|(label, _)| label.as_str()).collect::<Vec<_>>(), labels);
        assert_eq!(shown.iter().filter(|(_, on)| *on).count(), 1);
    }
}
