//! The places of the line mode, and what each lists.

use super::records::{self, origin_words};
use super::{PAGE, Session};
use crate::query::Hit;
use crate::report::{self, FieldHeld, Step, Values};
use crate::tui::data::{evidence_at, kind_noun};
use crate::tui::findings::Proof;
use crate::tui::keys::Tab;
use crate::tui::words::{count, day, grouped, listed};
use crate::tui::work;
use std::collections::BTreeMap;

/// Distinct values that are listed.
const VALUES: usize = 2000;

/// Where one can be.
#[derive(Debug, Clone)]
pub enum Place {
    Overview,
    Findings,
    Company(String),
    /// Fields of a company in a category.
    Category(String, String),
    Values(Box<FieldHeld>),
    /// A search; the title says what it stands for if nobody typed it.
    Records {
        query: String,
        title: Option<String>,
    },
    Record(Hit),
    /// A record by its place: export, entry, locator.
    At(String, String, String),
    /// All years, or the months of one.
    Time(Option<String>),
    People,
    Person(String),
    Conversations,
    Conversation(String),
    Ids,
    /// By its number in the report.
    Id(usize),
    Ads,
    Party(usize),
    Choices,
    Contradictions,
    Completeness,
    Export(usize),
    Guides,
    Guide(usize),
}

/// A line of a list.
#[derive(Debug, Clone)]
pub struct Item {
    pub text: String,
    /// Where its number leads; it has none without.
    pub to: Option<Place>,
}

impl Item {
    pub fn to(text: String, place: Place) -> Self {
        Self { text, to: Some(place) }
    }

    pub fn plain(text: String) -> Self {
        Self { text, to: None }
    }
}

/// One page of what a place lists.
#[derive(Debug)]
pub struct List {
    pub title: String,
    /// Said before the items.
    pub above: Vec<String>,
    pub items: Vec<Item>,
    /// Items on all pages.
    pub total: usize,
}

impl List {
    /// The page of a list that is known whole; `empty` is said of one without items.
    fn of(title: impl Into<String>, empty: &str, items: Vec<Item>, page: usize) -> Self {
        let total = items.len();
        let above = if total == 0 { vec![empty.to_owned()] } else { Vec::new() };
        let items = items.into_iter().skip(page * PAGE).take(PAGE).collect();
        Self { title: title.into(), above, items, total }
    }

    fn above(mut self, lines: impl IntoIterator<Item = String>) -> Self {
        self.above.extend(lines);
        self
    }
}

impl Session<'_> {
    /// What a place lists, on this page.
    pub fn list(&self, place: &Place, page: usize) -> List {
        match place {
            Place::Overview => self.overview(page),
            Place::Findings => self.findings(page),
            Place::Company(company) => self.company(company, page),
            Place::Category(company, category) => self.category(company, category, page),
            Place::Values(field) => self.values(field, page),
            Place::Records { query, title } => records::search(self, query, title.as_deref(), page),
            Place::Record(hit) => records::record(self, Ok(*hit)),
            Place::At(export, entry, locator) => {
                records::record(self, work::hit_at(&self.store, export, entry, locator))
            }
            Place::Time(year) => self.time(year.as_deref(), page),
            Place::People => self.people(page),
            Place::Person(id) => self.person(id, page),
            Place::Conversations => self.conversations(page),
            Place::Conversation(id) => records::conversation(self, id, page),
            Place::Ids => self.ids(page),
            Place::Id(at) => self.id(*at, page),
            Place::Ads => self.ads(page),
            Place::Party(at) => self.party(*at, page),
            Place::Choices => self.choices(page),
            Place::Contradictions => self.contradictions(page),
            Place::Completeness => self.completeness(page),
            Place::Export(at) => self.export(*at, page),
            Place::Guides => {
                let item = |(at, guide): (usize, &report::Guide)| Item::to(guide.title.clone(), Place::Guide(at));
                List::of("Guides", "", self.guides.iter().enumerate().map(item).collect(), page)
            }
            Place::Guide(at) => {
                let paragraphs = self.guides.get(*at).map(|guide| guide.paragraphs.clone()).unwrap_or_default();
                let title = self.guides.get(*at).map_or("", |guide| guide.title.as_str());
                List::of(title, "", paragraphs.into_iter().map(Item::plain).collect(), page)
            }
        }
    }

    fn overview(&self, page: usize) -> List {
        let item = |company: &report::CompanyOverview| {
            let special = match company.special.len() as u64 {
                0 => String::new(),
                number => format!(", {}", count(number, "special category")),
            };
            let last = company.last.as_deref().map_or(String::new(), |last| format!(", to {}", day(Some(last))));
            let (records, fields) = (count(company.records, "record"), count(company.fields, "field"));
            Item::to(
                format!("{}: {records}, {fields}{special}{last}", company.name),
                Place::Company(company.id.clone()),
            )
        };
        let nothing = "Nothing imported yet. tellall import PATH reads an archive; g tells how to get one.";
        List::of("Who holds what", nothing, self.data.companies.iter().map(item).collect(), page)
    }

    fn findings(&self, page: usize) -> List {
        let item = |finding: &crate::tui::findings::Finding| {
            let to = match finding.proof {
                Proof::Screen(Tab::Ids) => Some(Place::Ids),
                Proof::Screen(Tab::Ads) | Proof::Concluded => Some(Place::Ads),
                Proof::Screen(Tab::Time) => Some(Place::Time(None)),
                Proof::Screen(Tab::People) => Some(Place::People),
                Proof::Screen(_) => Some(Place::Overview),
                Proof::Choices => Some(Place::Choices),
                Proof::Contradictions => Some(Place::Contradictions),
                Proof::Failures | Proof::Import => Some(Place::Completeness),
            };
            // What a statement quotes may be a value.
            let says = if self.look.hides() { records::without_values(&finding.says) } else { finding.says.clone() };
            Item { text: says, to }
        };
        let items = self.data.findings.iter().map(item).collect();
        List::of("Worth a look", "Nothing stands out by the rules (g, then: how findings are chosen).", items, page)
    }

    fn company(&self, company: &str, page: usize) -> List {
        let mut categories: BTreeMap<(&str, &str), (u64, u64)> = BTreeMap::new();
        for field in self.data.fields.iter().filter(|field| field.company == company) {
            let sums = categories.entry((&field.category_label, &field.category)).or_default();
            *sums = (sums.0 + 1, sums.1.max(field.records));
        }
        let item = |((label, category), (fields, most)): ((&str, &str), (u64, u64))| {
            let text = format!("{label}: {}, in up to {}", count(fields, "field"), count(most, "record"));
            Item::to(text, Place::Category(company.to_owned(), category.to_owned()))
        };
        let title = format!("{}, by category", self.data.name(company));
        List::of(title, "No fields are held.", categories.into_iter().map(item).collect(), page)
    }

    fn category(&self, company: &str, category: &str, page: usize) -> List {
        let here = |field: &&FieldHeld| field.company == company && field.category == category;
        let fields: Vec<&FieldHeld> = self.data.fields.iter().filter(here).collect();
        let label = fields.first().map_or(category, |field| field.category_label.as_str());
        let title = format!("{}, {label}", self.data.name(company));
        let item = |field: &&FieldHeld| {
            let name = field.label.as_deref().unwrap_or(&field.field);
            let (values, how) = (count(field.distinct, "value"), origin_words(field.origin));
            let text = format!("{name} in {}: {values}, {how}", field.section_name);
            Item::to(text, Place::Values(Box::new((*field).clone())))
        };
        List::of(title, "No fields are held.", fields.iter().map(item).collect(), page)
    }

    fn values(&self, field: &FieldHeld, page: usize) -> List {
        let (values, total) = report::values(&self.store, field, &report::Only::default(), VALUES);
        let item = |held: &report::ValueHeld| {
            let first = held.first.as_deref().map_or(String::new(), |first| format!(", first {}", day(Some(first))));
            let text = format!("{}: {}{first}", self.look.value(&held.value), count(held.records, "record"));
            Item::to(text, Place::Record(held.hit))
        };
        let title = format!("{}, {}, {}", self.data.name(&field.company), field.section_name, field.field);
        let why = format!("{}: {}, {}", field.category_label, field.why, origin_words(field.origin));
        let more = (total > VALUES as u64)
            .then(|| format!("{} values; the first {} are listed", grouped(total), grouped(VALUES as u64)));
        List::of(title, "No values are held.", values.iter().map(item).collect(), page).above([why]).above(more)
    }

    fn time(&self, year: Option<&str>, page: usize) -> List {
        let by = if year.is_some() { Step::Month } else { Step::Year };
        let timeline = report::timeline(&self.store, by);
        let mut sums: BTreeMap<&str, u64> = BTreeMap::new();
        for (step, records) in timeline.companies.values().flatten() {
            if year.is_none_or(|year| step.starts_with(year)) {
                *sums.entry(step).or_default() += records;
            }
        }
        let item = |(step, records): (&&str, &u64)| {
            let months = Place::Time(Some((*step).to_owned()));
            let found = Place::Records { query: format!("on:{step}"), title: None };
            Item::to(format!("{step}: {}", count(*records, "record")), if year.is_some() { found } else { months })
        };
        let busiest = sums.iter().max_by_key(|(_, records)| **records);
        let quietest = sums.iter().min_by_key(|(_, records)| **records);
        let ends = busiest.zip(quietest).map(|((most, many), (least, few))| {
            format!("busiest {most} ({}); quietest {least} ({})", grouped(*many), grouped(*few))
        });
        let without: u64 = timeline.without.values().sum();
        let without =
            (without > 0 && year.is_none()).then(|| format!("{} without a usable time", count(without, "record")));
        let title = year.map_or_else(|| "Records by year".to_owned(), |year| format!("Records of {year}, by month"));
        List::of(title, "No record has a time.", sums.iter().map(item).collect(), page).above(ends).above(without)
    }

    fn people(&self, page: usize) -> List {
        let item = |person: &report::Person| {
            let companies: Vec<String> = person.companies.iter().map(|id| self.data.name(id).to_owned()).collect();
            let text = format!(
                "{}: {}, at {}",
                self.look.name(&person.name),
                count(person.messages, "message"),
                listed(&companies)
            );
            Item::to(text, Place::Person(person.id.clone()))
        };
        List::of("People", "Nobody is in the exports.", self.everybody().iter().map(item).collect(), page)
    }

    fn everybody(&self) -> Vec<report::Person> {
        let decisions = work::decisions(&self.store).unwrap_or_else(|why| {
            self.context.print.say(&why);
            report::Decisions::default()
        });
        report::people(&self.store, &decisions, &self.context.args.owner, Values::Shown).people
    }

    fn person(&self, id: &str, page: usize) -> List {
        let Some(person) = self.everybody().into_iter().find(|person| person.id == id) else {
            return List::of("Person", "Nobody is known by this id any more.", Vec::new(), page);
        };
        let known = person.identifiers.iter().map(|id| {
            let companies: Vec<String> = id.companies.iter().map(|id| self.data.name(id).to_owned()).collect();
            let query = format!("others:\"{}\"", id.value.replace('"', ""));
            let text = format!("{} {}, held by {}", kind_noun(id.kind), self.look.value(&id.value), listed(&companies));
            Item::to(text, Place::Records { query, title: Some("Records with this identifier".to_owned()) })
        });
        let accounts = person.accounts.iter().map(|account| {
            let query = format!("company:{} from:\"{}\"", account.company, account.name.replace('"', ""));
            let (company, name) = (self.data.name(&account.company), self.look.name(&account.name));
            let text = format!("{name} at {company}: {}", count(account.messages, "message"));
            Item::to(text, Place::Records { query, title: Some("What this account wrote".to_owned()) })
        });
        let items = accounts.chain(known).collect();
        List::of(self.look.name(&person.name), "Nothing more is known.", items, page)
    }

    fn conversations(&self, page: usize) -> List {
        let item = |one: &report::Conversation| {
            let half = if one.half { ", your own half only" } else { "" };
            let text = format!(
                "{} at {}: {}{half}, to {}",
                self.look.name(&one.title),
                self.data.name(&one.company),
                count(one.messages, "message"),
                day(one.last.as_deref())
            );
            Item::to(text, Place::Conversation(one.id.clone()))
        };
        let all = report::conversations(&self.store, &self.context.args.owner);
        List::of("Conversations", "No conversation is in the exports.", all.iter().map(item).collect(), page)
    }

    fn ids(&self, page: usize) -> List {
        let item = |(at, id): (usize, &report::SharedIdentifier)| {
            let companies: Vec<String> = id.companies.iter().map(|id| self.data.name(id).to_owned()).collect();
            let whose = if id.owner == "mine" { "yours" } else { "someone else's" };
            let text =
                format!("{} {}, {whose}: {}", kind_noun(id.kind), self.look.value(&id.value), listed(&companies));
            Item::to(text, Place::Id(at))
        };
        let items = self.data.shared.identifiers.iter().enumerate().map(item).collect();
        List::of("Identifiers, and who holds them", "No identifier is held.", items, page)
    }

    fn id(&self, at: usize, page: usize) -> List {
        let Some(id) = self.data.shared.identifiers.get(at) else {
            return List::of("Identifier", "It is not held any more.", Vec::new(), page);
        };
        let evidence = id.companies.iter().flat_map(|company| evidence_at(id, company));
        let item = |one: &report::EvidenceReport| {
            let (value, how) = (self.look.value(&one.as_written), origin_words(one.origin));
            let text = format!("{}: {value}, {how}, field {}", self.data.name(&one.company), one.field);
            Item::to(text, Place::At(one.export.clone(), one.entry.clone(), one.locator.clone()))
        };
        let title = format!("{} {}", kind_noun(id.kind), self.look.value(&id.value));
        let why =
            format!("{}: {}", if id.companies.len() > 1 { "why these companies are tied" } else { "rule" }, id.why);
        List::of(title, "No evidence is kept.", evidence.map(item).collect(), page).above([why])
    }

    fn ads(&self, page: usize) -> List {
        let item = |(at, row): (usize, &report::RecipientReport)| {
            let companies: Vec<String> = row.companies.iter().map(|id| self.data.name(id).to_owned()).collect();
            let text = format!(
                "{} {} {}, {}: {}",
                self.look.name(&row.name),
                row.direction.id(),
                listed(&companies),
                row.basis,
                count(row.records, "record")
            );
            Item::to(text, Place::Party(at))
        };
        let items = self.data.ties.recipients.iter().enumerate().map(item).collect();
        let note = "Only what the archives say. A company not listed may still have sent something.".to_owned();
        List::of("Who told whom about you", "No export names a third party.", items, page).above([note])
    }

    fn party(&self, at: usize, page: usize) -> List {
        let Some(row) = self.data.ties.recipients.get(at) else {
            return List::of("Business", "It is not listed any more.", Vec::new(), page);
        };
        let details = row.details.iter().map(|detail| format!("{}: {}", detail.what, count(detail.records, "record")));
        let span = format!("first {}, last {}", day(row.first.as_deref()), day(row.last.as_deref()));
        let item = |one: &report::RecipientEvidence| {
            let text = format!("written in {}, {}", self.look.value(&one.entry), self.look.value(&one.locator));
            Item::to(text, Place::At(one.export.clone(), one.entry.clone(), one.locator.clone()))
        };
        let items = row.evidence.iter().map(item).collect();
        List::of(self.look.name(&row.name), "No evidence is kept.", items, page).above([span]).above(details)
    }

    fn choices(&self, page: usize) -> List {
        let item = |choice: &report::ChoiceReport| {
            let when = choice.time.as_deref().map_or(String::new(), |time| format!(", {}", day(Some(time))));
            let text = format!(
                "{}, {}: {}: {}{when}",
                self.data.name(&choice.company),
                choice.about,
                choice.what,
                self.look.value(&choice.value)
            );
            Item::to(text, Place::At(choice.export.clone(), choice.entry.clone(), choice.locator.clone()))
        };
        let items = self.data.ties.choices.iter().map(item).collect();
        List::of("What you chose", "No choice is on record.", items, page)
    }

    fn contradictions(&self, page: usize) -> List {
        let of = |one: &report::Contradiction| {
            let about = one.about.clone();
            let side = move |side: &report::ContradictionSide| {
                let text = format!("{about} at {}: {}", self.data.name(&side.company), self.look.value(&side.value));
                Item::to(text, Place::At(side.export.clone(), side.entry.clone(), side.locator.clone()))
            };
            one.sides.iter().map(side).collect::<Vec<Item>>()
        };
        let items = self.data.ties.contradictions.iter().flat_map(of).collect();
        List::of("Where companies disagree", "They do not.", items, page)
    }

    fn completeness(&self, page: usize) -> List {
        let item = |(at, export): (usize, &report::Completeness)| {
            let there = export.sections.iter().filter(|section| section.state == "present").count();
            let all = export.sections.len();
            let text = format!("{}: {there} of {all} sections present", self.data.name(&export.company));
            Item::to(format!("{text} ({})", self.look.export(&export.export)), Place::Export(at))
        };
        let items = self.data.ties.completeness.iter().enumerate().map(item).collect();
        List::of("Completeness", "No export is of a company that tellall knows.", items, page)
    }

    fn export(&self, at: usize, page: usize) -> List {
        let Some(export) = self.data.ties.completeness.get(at) else {
            return List::of("Completeness", "It is not in the index any more.", Vec::new(), page);
        };
        let item = |section: &report::SectionCompleteness| {
            let ask = section.ask.as_deref().map_or(String::new(), |ask| format!(". {ask}"));
            let text = format!("{}: {}, {}{ask}", section.name, section.state, count(section.records, "record"));
            let query = format!("export:{} section:{}", export.export, section.section);
            let title = Some(format!("{} of {}", section.name, self.data.name(&export.company)));
            let to = (section.records > 0).then_some(Place::Records { query, title });
            Item { text, to }
        };
        let mut items: Vec<Item> = export.sections.iter().map(item).collect();
        items.extend(export.beyond.iter().map(|what| Item::plain(format!("In no full export: {what}"))));
        List::of(format!("{}, what it holds", self.data.name(&export.company)), "", items, page)
    }
}
