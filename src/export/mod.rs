//! Writes records, or the summary of all answers, to files for other tools. Nothing is sent anywhere.

pub mod files;
mod form;
mod format;
mod others;
pub mod summary;

use crate::index::{FieldMeta, Store};
use crate::query::{self, Hit, HitView, Mistake, Place, Query, Sort, Ticket};
use crate::report::{self, Values};
use anyhow::Context as _;
use form::Form;
pub use format::Format;
use others::Names;
use serde::Serialize;
use std::path::{Path, PathBuf};

/// Records fetched at once.
const PAGE: usize = 2000;

/// What is said of other people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, clap::ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum Others {
    /// Leave their names out
    Drop,
    /// Call them Person 1, Person 2, …
    Number,
    /// Keep their names
    Keep,
}

/// How much of the values is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Shown {
    /// Names of fields only.
    None,
    Masked,
    Full,
}

/// The form of a summary.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SummaryForm {
    Json,
    JsonLd,
    Html,
    Markdown,
}

/// What is to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    pub what: What,
    pub values: Shown,
    pub others: Others,
    /// A folder that is not there yet for records, a file for the rest.
    pub to: PathBuf,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// The records a query finds; all for an empty one.
    Records {
        query: String,
        format: Format,
    },
    /// Single records, in this order.
    Marked {
        places: Vec<Place>,
        format: Format,
    },
    Summary(SummaryForm),
    /// One report as JSON: `matrix`, `fields`, `shared`, `recipients`.
    Report(&'static str),
}

/// `manifest.json` of an export of records.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Manifest {
    pub tellall_export: u32,
    /// Empty for all records, or where single ones were marked.
    pub query: String,
    /// Single records that were marked on the screen.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub marked: bool,
    pub format: Format,
    pub values: Shown,
    pub others: Others,
    pub records: u64,
    /// Values written, all records together.
    pub written_values: u64,
    /// Names of other people that were replaced or left out.
    pub names_replaced: u64,
    pub exports: Vec<String>,
    pub files: Vec<FileWritten>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FileWritten {
    pub name: String,
    pub rows: u64,
    pub bytes: u64,
}

/// A record as it is written.
#[derive(Debug, Serialize)]
pub struct Record {
    /// Counted from 1 over the export.
    pub record: u64,
    pub export: String,
    pub company: String,
    pub section: String,
    pub kind: &'static str,
    pub time: Option<String>,
    pub who: Option<String>,
    pub thread: Option<String>,
    pub entry: String,
    pub locator: String,
    pub values: Vec<Value>,
}

#[derive(Debug, Serialize)]
pub struct Value {
    pub field: String,
    /// The section of the field, if it is not the record's: what a record repeats of the things around it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub section: Option<String>,
    pub category: String,
    pub origin: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
}

/// The number of records a query finds.
pub fn count(store: &Store, text: &str) -> Result<u64, Mistake> {
    Ok(query::count(store, &Query::parse(text)?, &Ticket::default()).count)
}

/// Writes the records that `text` finds into the new folder `to`. Nothing is left there if it fails or is cancelled;
/// `told` hears how many records are written.
pub fn records(
    store: &Store,
    job: &Job,
    owners: &[String],
    ticket: &Ticket,
    told: &mut dyn FnMut(u64),
) -> anyhow::Result<Manifest> {
    let (query, places, format) = match &job.what {
        What::Records { query, format } => (query.as_str(), None, format),
        What::Marked { places, format } => ("", Some(places.as_slice()), format),
        _ => anyhow::bail!("these are no records"),
    };
    let parsed =
        Query::parse(query).map_err(|mistake| anyhow::anyhow!("the query cannot be read\n{}", mistake.expected))?;
    files::create_folder(&job.to)?;
    let mut writing = Writing { store, job, names: Names::of(store, owners, job.others) };
    let outcome = form::open(*format, &job.to).and_then(|mut form| {
        let records = match places {
            None => writing.all(&parsed, form.as_mut(), ticket, told)?,
            Some(places) => writing.marked(places, form.as_mut(), ticket, told)?,
        };
        let files = form.finish()?;
        let manifest = writing.manifest(query, *format, records, files);
        let text = serde_json::to_string_pretty(&manifest)?;
        std::io::Write::write_all(&mut files::create(&job.to.join("manifest.json"))?, text.as_bytes())?;
        Ok(manifest)
    });
    if outcome.is_err() {
        files::forget_folder(&job.to);
    }
    outcome.with_context(|| format!("writing {}", job.to.display()))
}

struct Writing<'a> {
    store: &'a Store,
    job: &'a Job,
    names: Names,
}

impl Writing<'_> {
    fn all(
        &mut self,
        query: &Query,
        form: &mut dyn Form,
        ticket: &Ticket,
        told: &mut dyn FnMut(u64),
    ) -> anyhow::Result<(u64, u64)> {
        let mut written = (0, 0);
        let mut after: Option<Hit> = None;
        loop {
            let page = query::page(self.store, query, Sort::Newest, after, PAGE, ticket);
            if page.cancelled || ticket.is_cancelled() {
                anyhow::bail!("cancelled; nothing is left of it");
            }
            if let Some(what) = page.unread.first() {
                anyhow::bail!("a part of the index cannot be read: {what}");
            }
            self.write(query, &page.hits, form, &mut written)?;
            told(written.0);
            after = page.hits.last().copied();
            if !page.more || after.is_none() {
                return Ok(written);
            }
        }
    }

    /// Records one by one. One that is gone stops it: nobody could tell which of them is missing.
    fn marked(
        &mut self,
        places: &[Place],
        form: &mut dyn Form,
        ticket: &Ticket,
        told: &mut dyn FnMut(u64),
    ) -> anyhow::Result<(u64, u64)> {
        let gone = |place: &Place| format!("{} of {} is not in the index any more", place.place, place.export);
        let found = |place: &Place| place.find(self.store).with_context(|| gone(place));
        let hits = places.iter().map(found).collect::<anyhow::Result<Vec<Hit>>>()?;
        let mut written = (0, 0);
        for hits in hits.chunks(PAGE) {
            if ticket.is_cancelled() {
                anyhow::bail!("cancelled; nothing is left of it");
            }
            self.write(&Query::default(), hits, form, &mut written)?;
            told(written.0);
        }
        Ok(written)
    }

    /// Writes some records, and adds to the numbers of records and values.
    fn write(
        &mut self,
        query: &Query,
        hits: &[Hit],
        form: &mut dyn Form,
        (records, values): &mut (u64, u64),
    ) -> anyhow::Result<()> {
        let views = query::scan::views(self.store, query, hits);
        for (view, hit) in views.into_iter().zip(hits).filter_map(|(view, hit)| Some((view?, hit))) {
            *records += 1;
            let record = self.record(*records, view, fields_of(self.store, *hit));
            *values += record.values.len() as u64;
            form.write(&record)?;
        }
        Ok(())
    }

    /// `fields` are those of the view's values.
    fn record(&mut self, number: u64, view: HitView, fields: Fields<'_>) -> Record {
        let names = &mut self.names;
        let mut values = Vec::with_capacity(view.values.len());
        for ((path, value), (meta, section)) in view.values.into_iter().zip(fields) {
            let Some(value) = names.value(meta, &value, self.job.values) else { continue };
            values.push(Value {
                field: path,
                section: section.filter(|section| **section != view.section).cloned(),
                category: meta.and_then(|meta| meta.category.clone()).unwrap_or_else(|| "other".to_owned()),
                origin: meta.map_or("", |meta| meta.origin.id()),
                value: (self.job.values != Shown::None).then_some(value),
            });
        }
        // An entry is often named after whom it is a conversation with.
        let entry = if self.job.values == Shown::Full && self.job.others == Others::Keep {
            view.entry
        } else {
            files::plain_entry(&view.entry)
        };
        Record {
            record: number,
            company: view.company,
            section: view.section,
            kind: view.kind.id(),
            time: view.time.map(|time| time.to_string()),
            who: view.who.and_then(|who| names.name(&who, self.job.values)),
            thread: view.thread.and_then(|thread| names.name(&thread, self.job.values)),
            locator: view.place,
            entry,
            values,
            export: view.export,
        }
    }

    fn manifest(
        &self,
        query: &str,
        format: Format,
        (records, written): (u64, u64),
        files: Vec<FileWritten>,
    ) -> Manifest {
        Manifest {
            tellall_export: 1,
            query: query.to_owned(),
            marked: matches!(self.job.what, What::Marked { .. }),
            format,
            values: self.job.values,
            others: self.job.others,
            records,
            written_values: written,
            names_replaced: self.names.replaced(),
            exports: self.store.segments.iter().map(|segment| segment.manifest.id.clone()).collect(),
            files,
        }
    }
}

/// What is known of each value of a record, with the section of its field.
type Fields<'a> = Vec<(Option<&'a FieldMeta>, Option<&'a String>)>;

fn fields_of(store: &Store, hit: Hit) -> Fields<'_> {
    let Some(segment) = store.segments.get(hit.segment as usize) else { return Vec::new() };
    let Ok(batch) = segment.batch(hit.batch as usize) else { return Vec::new() };
    let catalog = &segment.catalog;
    let shape = batch.shape.get(hit.row as usize).and_then(|&shape| catalog.shapes.get(shape as usize));
    let known = |&field: &u32| {
        let meta = catalog.fields.get(field as usize);
        (meta, meta.and_then(|meta| catalog.sections.get(usize::from(meta.section))).map(|section| &section.id))
    };
    shape.map(|shape| shape.fields.iter().map(known).collect()).unwrap_or_default()
}

/// Writes one report as JSON into a new file.
pub fn report(store: &Store, sheets: &crate::sheets::Sheets, job: &Job, owners: &[String]) -> anyhow::Result<u64> {
    let What::Report(name) = &job.what else { anyhow::bail!("this is no report") };
    let values = values_of(job.values);
    let filter = report::SharedFilter { owners: owners.to_vec(), ..report::SharedFilter::default() };
    let json = match *name {
        "fields" => serde_json::json!({ "fields": report::fields(store, &report::FieldFilter::default(), values) }),
        "shared" => serde_json::to_value(report::shared(store, &filter, values))?,
        "recipients" => serde_json::json!({ "recipients": report::recipients(store, sheets, None) }),
        _ => serde_json::to_value(report::matrix(store))?,
    };
    write_text(&job.to, &serde_json::to_string_pretty(&json)?)
}

/// Writes the summary into a new file.
pub fn write_summary(
    store: &Store,
    sheets: &crate::sheets::Sheets,
    job: &Job,
    owners: &[String],
) -> anyhow::Result<u64> {
    let What::Summary(form) = &job.what else { anyhow::bail!("this is no summary") };
    let now = Some(jiff::Timestamp::now().to_string());
    let whole = report::summary(store, sheets, now, values_of(job.values), owners);
    write_text(&job.to, &summary::text(&whole, *form)?)
}

fn values_of(shown: Shown) -> Values {
    if shown == Shown::Full { Values::Shown } else { Values::Masked }
}

fn write_text(to: &Path, text: &str) -> anyhow::Result<u64> {
    let doing = || format!("writing {}", to.display());
    let mut file = files::create(to).with_context(doing)?;
    let written = std::io::Write::write_all(&mut file, text.as_bytes());
    if written.is_err() {
        files::forget(to);
    }
    written.with_context(doing)?;
    Ok(text.len() as u64)
}
