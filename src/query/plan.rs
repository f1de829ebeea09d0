//! A query bound to one export: filters become sets of shapes, people and threads, so that a row is judged by numbers, and
//! text is looked at last.

use super::filter::{Filter, Thing};
use super::owner::{Owner, Spellings};
use super::parse::{Expr, Query};
use super::source::Source;
use super::term::{Needle, Pattern, Term};
use super::wanted::Wanted;
use crate::classify::{self, Special};
use crate::index::Catalog;
use crate::record::Kind;
use memchr::memmem::Finder;
use std::ops::Range;
use std::sync::Arc;

/// What must hold of a row of one export.
#[derive(Debug)]
pub enum Node {
    Always,
    Never,
    Shapes(Set),
    People(Set),
    Threads(Set),
    /// Wall-clock milliseconds.
    Times(Vec<Range<i64>>),
    /// Milliseconds since midnight of the wall clock; a mere day has no hour.
    Hours(Vec<Range<i64>>),
    HasTime,
    /// Names a picture, sound or film.
    Media,
    /// Names a picture.
    Photo,
    Text(Box<Sought>),
    Regex(Pattern, Scope),
    Owned(Spellings),
    All(Vec<Node>),
    Any(Vec<Node>),
    Not(Box<Node>),
}

/// A set of numbers of a catalogue.
#[derive(Debug, Clone)]
pub struct Set(Vec<bool>);

impl Set {
    pub fn holds(&self, number: u32) -> bool {
        self.0.get(number as usize).copied().unwrap_or(false)
    }
}

impl FromIterator<bool> for Set {
    fn from_iter<I: IntoIterator<Item = bool>>(numbers: I) -> Self {
        Self(numbers.into_iter().collect())
    }
}

/// Fields in whose values a term is sought; `None`: in all.
pub type Scope = Option<Arc<Set>>;

/// A needle with its searcher.
#[derive(Debug)]
pub struct Sought {
    pub needle: Needle,
    pub finder: Finder<'static>,
    pub scope: Scope,
}

/// What binding needs of all exports together.
pub struct Binder<'a> {
    sources: &'a [&'a dyn Source],
    owner: Owner,
}

/// Categories that tell a place.
const PLACES: [&str; 6] = ["gps", "location", "home", "work_place", "travel", "address"];

/// Marks of a link in folded text.
const LINKS: [&str; 3] = ["https://", "http://", "www."];

/// Time zones shift a wall clock by less than this from the instant that spans tell.
const ZONES_MS: i64 = 32_768 * 60_000;

impl<'a> Binder<'a> {
    pub fn new(sources: &'a [&'a dyn Source], query: &Query) -> Self {
        Self { sources, owner: Owner::of(sources, &query.root) }
    }

    /// Knows fields only: enough for [`Binder::sought`].
    pub fn of_fields(sources: &'a [&'a dyn Source]) -> Self {
        Self { sources, owner: Owner::default() }
    }

    /// Terms that a hit may show, each with the fields in which it is sought.
    pub fn sought<'q>(&self, query: &'q Query, source: &dyn Source) -> Vec<(&'q Term, Scope)> {
        let mut terms = Vec::new();
        self.collect_sought(&query.root, source, &None, &mut terms);
        terms
    }

    fn collect_sought<'q>(
        &self,
        expr: &'q Expr,
        source: &dyn Source,
        scope: &Scope,
        terms: &mut Vec<(&'q Term, Scope)>,
    ) {
        match expr {
            Expr::All(parts) => {
                let inner = inner_scope(&self.field_sets(parts, source), scope);
                for part in parts {
                    self.collect_sought(part, source, &inner, terms);
                }
            }
            Expr::Any(parts) => {
                for part in parts {
                    self.collect_sought(part, source, scope, terms);
                }
            }
            Expr::Term(term) => terms.push((term, scope.clone())),
            Expr::Not(_) | Expr::Filter(_) => {}
        }
    }

    /// Side tables that could not be read.
    pub fn into_unread(self) -> Vec<String> {
        self.owner.unread
    }

    /// The query for one of the exports.
    pub fn bind(&self, query: &Query, source: &dyn Source) -> Node {
        self.node(&query.root, source, &None)
    }

    fn node(&self, expr: &Expr, source: &dyn Source, scope: &Scope) -> Node {
        match expr {
            Expr::All(parts) => self.all(parts, source, scope),
            Expr::Any(parts) => any(parts.iter().map(|part| self.node(part, source, scope))),
            Expr::Not(part) => not(self.node(part, source, scope)),
            Expr::Term(Term::Text(needle)) => text(needle.clone(), scope.clone()),
            Expr::Term(Term::Regex(pattern)) => regex(pattern, scope),
            Expr::Filter(filter) => self.filter(filter, source),
        }
    }

    /// Filters on fields speak about one value together, and tell where the terms beside them are sought.
    fn all(&self, parts: &[Expr], source: &dyn Source, scope: &Scope) -> Node {
        let on_fields = self.field_sets(parts, source);
        let inner = inner_scope(&on_fields, scope);
        let catalog = source.catalog();
        let shapes = on_fields.iter().map(|set| shapes_with(catalog, &together(set, &on_fields)));
        let others = parts.iter().filter(|part| !is_on_fields(part)).map(|part| self.node(part, source, &inner));
        all(shapes.chain(others).collect::<Vec<_>>())
    }

    fn field_sets(&self, parts: &[Expr], source: &dyn Source) -> Vec<FieldSet> {
        parts.iter().filter_map(|part| self.field_set(part, source)).collect()
    }

    fn field_set(&self, part: &Expr, source: &dyn Source) -> Option<FieldSet> {
        let Expr::Filter(filter) = part else { return None };
        let fields = &source.catalog().fields;
        let (name, set) = match filter {
            Filter::Field(values) => {
                let wanted = Wanted::fields(values, self.sources);
                (0, fields.iter().map(|field| wanted.takes_field(field)).collect())
            }
            Filter::Category(values) => {
                let wanted = Wanted::categories(values, self.sources);
                (1, fields.iter().map(|field| wanted.takes_category(field)).collect())
            }
            Filter::Origin(origins) => (2, fields.iter().map(|field| origins.contains(&field.origin)).collect()),
            _ => return None,
        };
        Some(FieldSet { name, set })
    }

    fn filter(&self, filter: &Filter, source: &dyn Source) -> Node {
        let catalog = source.catalog();
        match filter {
            Filter::Company(values) => always_if(Wanted::companies(values, self.sources).takes_company(source)),
            Filter::Export(values) => always_if(Wanted::exports(values, self.sources).takes_export(source)),
            Filter::Section(values) => {
                let wanted = Wanted::sections(values, self.sources);
                shapes_of(catalog, |section| wanted.takes_section(section))
            }
            Filter::Kind(kinds) => shapes_of(catalog, |section| kinds.contains(&section.kind)),
            Filter::Field(_) | Filter::Category(_) | Filter::Origin(_) => {
                let part = Expr::Filter(filter.clone());
                self.field_set(&part, source).map_or(Node::Never, |found| shapes_with(catalog, &found.set))
            }
            Filter::From(names) => people(catalog, names, &self.owner, source),
            Filter::In(titles) => threads(catalog, titles),
            Filter::With(names) => with(source, names),
            Filter::Time(spans) => Node::Times(spans.clone()),
            Filter::At(spans) => Node::Hours(spans.clone()),
            Filter::Sensitive => {
                let takes = |id: &str| classify::category(id).is_some_and(|known| known.special >= Special::Article9);
                shapes_with(catalog, &fields_of(catalog, takes))
            }
            Filter::Has(things) => any(things.iter().map(|thing| has(catalog, *thing))),
            Filter::Mine(values) => self.owned(values, source, true),
            Filter::Others(values) => self.owned(values, source, false),
            Filter::Id(values) => any([true, false].into_iter().map(|mine| self.owned(values, source, mine))),
        }
    }

    fn owned(&self, values: &[String], source: &dyn Source, mine: bool) -> Node {
        let spellings = self.owner.spellings(values, source, mine);
        let fields: Set = (0..source.catalog().fields.len()).map(|field| spellings.stand_in(field as u32)).collect();
        all(vec![shapes_with(source.catalog(), &fields), Node::Owned(spellings)])
    }
}

/// Fields that a filter takes; `name` tells which filter it is.
struct FieldSet {
    name: u8,
    set: Set,
}

/// Filters on fields speak for their own brackets; without any, those around them do.
fn inner_scope(on_fields: &[FieldSet], outer: &Scope) -> Scope {
    if on_fields.is_empty() { outer.clone() } else { Some(Arc::new(shared(on_fields))) }
}

fn is_on_fields(part: &Expr) -> bool {
    matches!(part, Expr::Filter(Filter::Field(_) | Filter::Category(_) | Filter::Origin(_)))
}

/// Fields that, for every name among the filters, one filter of that name takes.
fn shared(filters: &[FieldSet]) -> Set {
    let fields = filters.first().map_or(0, |filter| filter.set.0.len());
    let takes = |name: u8, field: u32| filters.iter().any(|filter| filter.name == name && filter.set.holds(field));
    (0..fields as u32).map(|field| filters.iter().all(|filter| takes(filter.name, field))).collect()
}

/// Fields that one filter takes and, for every other name, one of that name.
fn together(filter: &FieldSet, filters: &[FieldSet]) -> Set {
    let all = shared(filters);
    (0..filter.set.0.len() as u32).map(|field| filter.set.holds(field) && all.holds(field)).collect()
}

fn shapes_with(catalog: &Catalog, fields: &Set) -> Node {
    set_node(catalog.shapes.iter().map(|shape| shape.fields.iter().any(|field| fields.holds(*field))), Node::Shapes)
}

fn shapes_of(catalog: &Catalog, takes: impl Fn(&crate::index::SectionMeta) -> bool) -> Node {
    let section = |number: u16| catalog.sections.get(usize::from(number)).is_some_and(&takes);
    set_node(catalog.shapes.iter().map(|shape| section(shape.section)), Node::Shapes)
}

/// A set in which nothing is says so at once.
fn set_node(numbers: impl Iterator<Item = bool>, node: fn(Set) -> Node) -> Node {
    let set: Set = numbers.collect();
    if set.0.contains(&true) { node(set) } else { Node::Never }
}

fn people(catalog: &Catalog, names: &[String], owner: &Owner, source: &dyn Source) -> Node {
    let needles: Vec<Needle> = names.iter().filter_map(|name| Needle::new(name)).collect();
    let me = names.iter().any(|name| name.eq_ignore_ascii_case("me")).then(|| owner.names(source));
    let takes = |name: &String| match &me {
        Some(mine) => mine.is_name(name) || holds_one(name, needles.iter().filter(|needle| needle.folded != "me")),
        None => holds_one(name, needles.iter()),
    };
    set_node(catalog.people.iter().map(takes), Node::People)
}

fn threads(catalog: &Catalog, titles: &[String]) -> Node {
    let needles: Vec<Needle> = titles.iter().filter_map(|title| Needle::new(title)).collect();
    let takes = |thread: &crate::index::ThreadMeta| {
        holds_one(&thread.title, needles.iter()) || needles.iter().any(|needle| needle.is_in(&thread.key))
    };
    set_node(catalog.threads.iter().map(takes), Node::Threads)
}

fn holds_one<'n>(name: &str, mut needles: impl Iterator<Item = &'n Needle>) -> bool {
    needles.any(|needle| needle.is_in(name))
}

fn has(catalog: &Catalog, thing: Thing) -> Node {
    match thing {
        Thing::Time => Node::HasTime,
        Thing::Link => any(LINKS.iter().filter_map(|link| Needle::new(link)).map(|needle| text(needle, None))),
        Thing::Place => {
            let fields = fields_of(catalog, |id| PLACES.contains(&id));
            any([shapes_of(catalog, |section| section.kind == Kind::Place), shapes_with(catalog, &fields)].into_iter())
        }
        Thing::Media => any([shapes_of(catalog, |section| section.kind == Kind::Photo), Node::Media].into_iter()),
        Thing::Photo => any([shapes_of(catalog, |section| section.kind == Kind::Photo), Node::Photo].into_iter()),
        Thing::Phone => shapes_with(catalog, &fields_of(catalog, |id| id == "phone")),
        Thing::Email => shapes_with(catalog, &fields_of(catalog, |id| id == "email")),
    }
}

/// Fields whose category passes.
fn fields_of(catalog: &Catalog, takes: impl Fn(&str) -> bool) -> Set {
    catalog.fields.iter().map(|field| field.category.as_deref().is_some_and(&takes)).collect()
}

/// Conversations that are called so, or in which somebody of this name wrote. Batches that cannot be read are told of by the scan.
fn with(source: &dyn Source, names: &[String]) -> Node {
    let catalog = source.catalog();
    let needles: Vec<Needle> = names.iter().filter_map(|name| Needle::new(name)).collect();
    let people: Set = catalog.people.iter().map(|name| holds_one(name, needles.iter())).collect();
    let mut threads: Set = catalog.threads.iter().map(|thread| holds_one(&thread.title, needles.iter())).collect();
    for batch in (0..source.batches()).filter_map(|number| source.batch(number).ok()) {
        for (who, thread) in batch.who.iter().zip(batch.thread) {
            if people.holds(*who)
                && let Some(taken) = threads.0.get_mut(*thread as usize)
            {
                *taken = true;
            }
        }
    }
    set_node(threads.0.into_iter(), Node::Threads)
}

fn text(needle: Needle, scope: Scope) -> Node {
    let finder = Finder::new(needle.folded.as_bytes()).into_owned();
    Node::Text(Box::new(Sought { needle, finder, scope }))
}

/// Where a match must hold a certain text, that is looked for first.
fn regex(pattern: &Pattern, scope: &Scope) -> Node {
    let literal = pattern.literal().map(|needle| text(needle, None));
    let regex = Node::Regex(pattern.clone(), scope.clone());
    all(literal.into_iter().chain([regex]).collect())
}

fn always_if(takes: bool) -> Node {
    if takes { Node::Always } else { Node::Never }
}

/// All of them, the cheapest and then the rarest first.
fn all(parts: Vec<Node>) -> Node {
    if parts.iter().any(|part| matches!(part, Node::Never)) {
        return Node::Never;
    }
    let mut parts: Vec<Node> = parts.into_iter().filter(|part| !matches!(part, Node::Always)).collect();
    parts.sort_by_key(Node::cost);
    match parts.len() {
        0 => Node::Always,
        1 => parts.remove(0),
        _ => Node::All(parts),
    }
}

fn any(parts: impl Iterator<Item = Node>) -> Node {
    let mut parts: Vec<Node> = parts.filter(|part| !matches!(part, Node::Never)).collect();
    if parts.iter().any(|part| matches!(part, Node::Always)) {
        return Node::Always;
    }
    parts.sort_by_key(Node::cost);
    match parts.len() {
        0 => Node::Never,
        1 => parts.remove(0),
        _ => Node::Any(parts),
    }
}

fn not(part: Node) -> Node {
    match part {
        Node::Always => Node::Never,
        Node::Never => Node::Always,
        Node::Not(inner) => *inner,
        other => Node::Not(Box::new(other)),
    }
}

impl Node {
    /// Longer needles are rarer, so less is left after them.
    fn cost(&self) -> u32 {
        const TEXT: u32 = 10_000;
        match self {
            Self::Always | Self::Never => 0,
            Self::Shapes(_) | Self::People(_) | Self::Threads(_) | Self::HasTime => 1,
            Self::Times(_) | Self::Hours(_) => 2,
            Self::Text(sought) => TEXT - (sought.needle.folded.len() as u32).min(TEXT / 2),
            Self::Media | Self::Photo | Self::Owned(_) => 2 * TEXT,
            Self::Regex(..) => 3 * TEXT,
            Self::All(parts) | Self::Any(parts) => parts.iter().map(Self::cost).max().unwrap_or(0) + 1,
            Self::Not(part) => part.cost() + 1,
        }
    }

    /// Whether a batch of this span (newest, oldest) may hold a hit.
    pub fn may_lie_in(&self, span: Option<(i64, i64)>) -> bool {
        match self {
            Self::Never => false,
            Self::HasTime | Self::Hours(_) => span.is_some(),
            Self::Times(wanted) => span.is_some_and(|(newest, oldest)| {
                let touches = |range: &Range<i64>| {
                    range.start <= newest.saturating_add(ZONES_MS) && range.end > oldest.saturating_sub(ZONES_MS)
                };
                wanted.iter().any(touches)
            }),
            Self::All(parts) => parts.iter().all(|part| part.may_lie_in(span)),
            Self::Any(parts) => parts.iter().any(|part| part.may_lie_in(span)),
            _ => true,
        }
    }
}
