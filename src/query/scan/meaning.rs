//! What queries mean, against what the scan finds: any rows, any query, any size of batch and page.

use super::super::memory::{Line, Memory, SECTIONS};
use super::super::parse::Expr;
use super::super::term::Term;
use super::super::{dates, filter::Filter, filter::Thing};
use super::tests::{counts_of, page_of, sources};
use super::*;
use crate::index::fold::{fold_keeping_accents, folded};
use proptest::prelude::*;
use std::collections::BTreeMap;

/// What a query means, said as plainly as possible: over lines, without plans, sets, windows or folded columns.
struct Meaning<'a> {
    line: &'a Line,
    company: &'a str,
}

impl Meaning<'_> {
    fn holds(&self, expr: &Expr, outer: &dyn Fn(&str) -> bool) -> bool {
        match expr {
            Expr::All(parts) => {
                let fields: Vec<&String> = parts.iter().filter_map(field_of).flatten().collect();
                let inner = |path: &str| fields.iter().any(|field| path == *field);
                let scope: &dyn Fn(&str) -> bool = if fields.is_empty() { outer } else { &inner };
                parts.iter().all(|part| self.holds(part, scope))
            }
            Expr::Any(parts) => parts.iter().any(|part| self.holds(part, outer)),
            Expr::Not(part) => !self.holds(part, outer),
            Expr::Term(term) => self.line.values.iter().any(|(path, value)| outer(path) && is_in(term, value)),
            Expr::Filter(filter) => self.passes(filter),
        }
    }

    fn passes(&self, filter: &Filter) -> bool {
        match filter {
            Filter::Company(names) => names.iter().any(|name| name == self.company),
            Filter::Kind(kinds) => kinds.contains(&SECTIONS[self.line.section].2),
            Filter::Field(names) => self.line.values.iter().any(|(path, _)| names.iter().any(|name| name == path)),
            Filter::From(names) => self.line.who.is_some_and(|who| names.iter().any(|name| folded(who).contains(name))),
            Filter::Time(spans) => self.line.time.is_some_and(|time| {
                let day = dates::wall_ms(time.civil().date());
                spans.iter().any(|span| span.contains(&day))
            }),
            Filter::Has(things) => things.contains(&Thing::Time) && self.line.time.is_some(),
            other => panic!("not part of this test: {other:?}"),
        }
    }
}

fn field_of(part: &Expr) -> Option<&Vec<String>> {
    match part {
        Expr::Filter(Filter::Field(names)) => Some(names),
        _ => None,
    }
}

fn is_in(term: &Term, value: &str) -> bool {
    match term {
        Term::Text(needle) => {
            let mut kept = String::new();
            fold_keeping_accents(value, &mut kept);
            folded(value).contains(&needle.folded)
                && needle.accented.as_ref().is_none_or(|word| kept.contains(word))
                && needle.exact.as_ref().is_none_or(|word| value.contains(word.as_str()))
        }
        Term::Regex(pattern) => {
            regex::Regex::new(&format!("(?ims){}", pattern.written())).expect("compiled before").is_match(value)
        }
    }
}

fn any_line() -> impl Strategy<Value = Line> {
    let value = (prop::sample::select(vec!["content", "title", "city"]), "[abAB\u{e9}e ]{0,4}");
    let time = prop::option::of((0i64..100_000_000, -600i16..600));
    (
        time,
        0usize..3,
        prop::option::of(prop::sample::select(vec!["Ana", "Bab", "Ébe"])),
        prop::collection::vec(value, 1..4),
    )
        .prop_map(|(time, section, who, values)| Line {
            section,
            time: time.and_then(|(seconds, offset)| {
                Some(Time { zone: crate::record::Zone::Offset(offset), ..Time::utc_s(1_000_000_000 + seconds)? })
            }),
            who,
            thread: None,
            values,
        })
}

fn any_query() -> impl Strategy<Value = String> {
    let leaf = prop::sample::select(vec![
        "a",
        "b",
        "ab",
        "ba",
        "é",
        "e",
        "\"a b\"",
        "\"b \"",
        "bé",
        "/a.b/",
        "/ab/",
        "/ba?b*/",
        "/^a/",
        "/[^a]b$/",
        "kind:message",
        "kind:login,place",
        "co:facebook",
        "field:title",
        "field:content",
        "field:title,city",
        "from:a",
        "from:eb",
        "on:2001",
        "before:2003",
        "after:2002-05",
        "has:time",
    ])
    .prop_map(str::to_owned);
    leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            (inner.clone(), inner.clone()).prop_map(|(one, other)| format!("{one} {other}")),
            (inner.clone(), inner.clone()).prop_map(|(one, other)| format!("({one}) OR ({other})")),
            inner.clone().prop_map(|one| format!("-({one})")),
            inner.prop_map(|one| format!("({one})")),
        ]
    })
}

proptest! {
    #[test]
    fn the_scan_finds_what_the_query_means(
        lines in prop::collection::vec(any_line(), 1..40), size in 1usize..20, text in any_query(), newest in any::<bool>(), limit in 1usize..5
    ) {
        let query = Query::parse(&text).expect("made to be right");
        let companies = ["facebook", "whatsapp"];
        let halves = lines.split_at(lines.len() / 2);
        let exports = [Memory::new(companies[0], halves.0, size), Memory::new(companies[1], halves.1, size)];
        let mut expected = Vec::new();
        for (segment, half) in [halves.0, halves.1].iter().enumerate() {
            for (index, line) in half.iter().enumerate() {
                if (Meaning { line, company: companies[segment] }).holds(&query.root, &|_| true) {
                    let ms = line.time.map(|time| if newest { -time.ms } else { time.ms });
                    expected.push((ms.is_none(), ms, segment, index));
                }
            }
        }
        expected.sort_unstable();
        let expected: Vec<Hit> = expected.into_iter().map(|(_, _, segment, index)| Hit {
            segment: segment as u32, batch: (index / size) as u32, row: (index % size) as u32,
        }).collect();
        let sort = if newest { Sort::Newest } else { Sort::Oldest };

        prop_assert_eq!(&page_of(&exports, &text, sort, None, 1000).hits, &expected);
        prop_assert_eq!(counts_of(&exports, &text).count, expected.len() as u64);
        let sources = sources(&exports);
        let plans = Plans::new(&query, &sources);
        prop_assert_eq!(&pages::search_all(&plans, Request { sort, after: None, limit: 1000 }), &expected);

        let mut paged: Vec<Hit> = Vec::new();
        loop {
            let page = page_of(&exports, &text, sort, paged.last().copied(), limit);
            paged.extend(&page.hits);
            if !page.more {
                break;
            }
        }
        prop_assert_eq!(&paged, &expected);
        let after = expected.first().copied();
        let rest = expected.get(1..).unwrap_or_default();
        if after.is_some() {
            let few = pages::search_all(&plans, Request { sort, after, limit });
            prop_assert_eq!(few.as_slice(), rest.get(..limit.min(rest.len())).unwrap_or_default());
        }
    }

    #[test]
    fn facets_of_a_query_add_up(lines in prop::collection::vec(any_line(), 1..40), text in any_query()) {
        let counts = counts_of(&[Memory::new("facebook", &lines, 7)], &text);
        let totals: BTreeMap<&str, u64> = [
            ("companies", counts.companies.iter().map(|facet| facet.1).sum()),
            ("sections", counts.sections.iter().map(|facet| facet.1).sum()),
            ("kinds", counts.kinds.iter().map(|facet| facet.1).sum()),
            ("years", counts.years.iter().map(|facet| facet.1).sum()),
        ].into();
        for (facet, total) in totals {
            prop_assert_eq!(total, counts.count, "{}", facet);
        }
    }
}
