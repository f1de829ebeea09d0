//! The summary as a page, as Markdown and in DPV terms.

use super::SummaryForm;
use crate::classify;
use crate::record::Origin;
use crate::report::{FieldHeld, Summary};
use serde_json::{Value, json};
use std::fmt::Write as _;

/// The summary in a form.
pub fn text(summary: &Summary, form: SummaryForm) -> anyhow::Result<String> {
    Ok(match form {
        SummaryForm::Json => serde_json::to_string_pretty(summary)?,
        SummaryForm::JsonLd => serde_json::to_string_pretty(&jsonld(summary))?,
        SummaryForm::Html => html(&parts(summary), summary.generated_at.as_deref()),
        SummaryForm::Markdown => markdown(&parts(summary), summary.generated_at.as_deref()),
    })
}

/// A heading and a table below it.
struct Part {
    title: &'static str,
    says: String,
    head: &'static [&'static str],
    rows: Vec<Vec<String>>,
}

fn parts(summary: &Summary) -> Vec<Part> {
    let date = |time: &Option<String>| time.as_deref().and_then(|time| time.get(..10)).unwrap_or("–").to_owned();
    let companies = summary.companies.iter().map(|company| {
        let (records, fields) = (company.records.to_string(), company.fields.to_string());
        vec![company.company.clone(), records, fields, date(&company.first), date(&company.last)]
    });
    let categories = summary.companies.iter().flat_map(|company| {
        company.categories.iter().map(|category| {
            let special = if category.special { "special (GDPR Art. 9)" } else { "" };
            let records = category.records.to_string();
            vec![company.company.clone(), category.category_label.clone(), records, special.to_owned()]
        })
    });
    let fields = summary.companies.iter().flat_map(|company| {
        let held = company.categories.iter().flat_map(|category| &category.fields);
        held.map(|field| {
            let origin = field.origin.label().to_owned();
            let examples = field.examples.iter().take(2).cloned().collect::<Vec<_>>().join(" · ");
            vec![company.company.clone(), field.field.clone(), origin, field.records.to_string(), examples]
        })
    });
    let shared = summary.identifiers.identifiers.iter().map(|id| {
        vec![id.kind.id().to_owned(), id.value.clone(), id.owner.clone(), id.companies.join(", "), id.why.clone()]
    });
    let recipients = summary.recipients.iter().map(|party| {
        let direction = serde_json::to_value(party.direction).ok();
        let direction = direction.as_ref().and_then(Value::as_str).unwrap_or_default().to_owned();
        vec![party.name.clone(), direction, party.companies.join(", "), party.basis.clone(), party.records.to_string()]
    });
    let choices = summary
        .choices
        .iter()
        .map(|choice| vec![choice.company.clone(), choice.what.clone(), choice.value.clone(), date(&choice.time)]);
    let missing = summary.completeness.iter().flat_map(|export| {
        let absent = export.sections.iter().filter(|section| section.state == "absent");
        absent.map(|section| vec![export.export.clone(), section.name.clone(), section.ask.clone().unwrap_or_default()])
    });
    let part = |title, says: &str, head, rows| Part { title, says: says.to_owned(), head, rows };
    vec![
        part("Companies", "Who holds what.", &["Company", "Records", "Fields", "Since", "Last"], companies.collect()),
        part("Kinds of data", "By company.", &["Company", "Category", "Records", ""], categories.collect()),
        part(
            "Shared identifiers",
            "What more than one company holds. Equal names alone are never proof.",
            &["Kind", "Value", "Whose", "Held by", "Why"],
            shared.collect(),
        ),
        part(
            "Businesses",
            "Who gave data, received data, or chose you for advertising.",
            &["Name", "Direction", "At", "Basis", "Records"],
            recipients.collect(),
        ),
        part("Choices", "Settings and consents on record.", &["Company", "What", "Value", "When"], choices.collect()),
        part(
            "What is missing",
            "Sections that a full export holds.",
            &["Export", "Section", "How to ask"],
            missing.collect(),
        ),
        part(
            "Fields",
            "Every field held.",
            &["Company", "Field", "How they got it", "Records", "Examples"],
            fields.collect(),
        ),
    ]
}

fn markdown(parts: &[Part], now: Option<&str>) -> String {
    let mut out = "# What companies hold\n\nMade by tellall on this computer.\n".to_owned();
    if let Some(now) = now {
        let _ = writeln!(out, "\nMade at {now}.");
    }
    for part in parts {
        let _ = write!(out, "\n## {}\n\n{}\n", part.title, part.says);
        if part.rows.is_empty() {
            out.push_str("\nNone found.\n");
            continue;
        }
        let _ = write!(out, "\n| {} |\n|{}\n", part.head.join(" | "), " --- |".repeat(part.head.len()));
        for row in &part.rows {
            let cells: Vec<String> = row.iter().map(|cell| in_markdown(cell)).collect();
            let _ = writeln!(out, "| {} |", cells.join(" | "));
        }
    }
    out
}

/// Foreign text as text: nothing in it is a link, a picture, a tag or the end of a cell.
fn in_markdown(cell: &str) -> String {
    let safe = crate::text::line(cell);
    let mut out = String::with_capacity(safe.len());
    for c in safe.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\\' | '|' | '`' | '*' | '_' | '[' | ']' | '!' | '#' | '~' => out.extend(['\\', c]),
            c => out.push(c),
        }
    }
    out
}

const STYLE: &str = "body{font:16px/1.5 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem;color:#111;background:#fff}\
table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:.2rem .6rem;border-bottom:1px solid #ccc;\
overflow-wrap:anywhere}@media(prefers-color-scheme:dark){body{color:#eee;background:#111}th,td{border-color:#444}}";

/// One file: no scripts, nothing fetched, and a rule that tells the browser so.
fn html(parts: &[Part], now: Option<&str>) -> String {
    let policy = "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'";
    let mut out = format!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n\
         <meta name=\"viewport\" content=\"width=device-width\"><title>What companies hold</title>\n\
         <style>{STYLE}</style></head><body>\n<h1>What companies hold</h1>\n<p>Made by tellall on this computer.</p>\n"
    );
    if let Some(now) = now {
        let _ = writeln!(out, "<p>Made at {}.</p>", in_html(now));
    }
    for part in parts {
        let _ = writeln!(out, "<h2>{}</h2>\n<p>{}</p>", part.title, in_html(&part.says));
        if part.rows.is_empty() {
            out.push_str("<p>None found.</p>\n");
            continue;
        }
        let cells = |tag: &str, cells: &[String]| -> String {
            cells.iter().map(|cell| format!("<{tag}>{}</{tag}>", in_html(cell))).collect::<Vec<_>>().concat()
        };
        let head: Vec<String> = part.head.iter().map(|&name| name.to_owned()).collect();
        let _ = writeln!(out, "<table>\n<thead><tr>{}</tr></thead>\n<tbody>", cells("th", &head));
        for row in &part.rows {
            let _ = writeln!(out, "<tr>{}</tr>", cells("td", row));
        }
        out.push_str("</tbody></table>\n");
    }
    out.push_str("</body></html>\n");
    out
}

fn in_html(text: &str) -> String {
    let safe = crate::text::line(text);
    safe.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;").replace('\'', "&#39;")
}

/// In terms of the W3C Data Privacy Vocabulary 2.3, with a context of its own: nothing is fetched to read it.
fn jsonld(summary: &Summary) -> Value {
    let mut report = json!({
        "@id": "urn:tellall:report", "@type": "dpv:RightExerciseRecord", "hasRight": ["eu-gdpr:A15", "eu-gdpr:A20"],
        "hasDataSubject": "urn:tellall:me",
        "hasProcess": summary.companies.iter().map(|company| about(&company.company)).collect::<Vec<_>>(),
    });
    if let Some(now) = &summary.generated_at {
        report["created"] = json!(now);
    }
    let mut graph = vec![report, json!({ "@id": "urn:tellall:me", "@type": "dpv:DataSubject" })];
    for (at, party) in summary.recipients.iter().enumerate() {
        graph.push(json!({ "@id": party_id(at), "@type": "dpv:ThirdParty", "dpv:hasName": party.name }));
    }
    for company in &summary.companies {
        let controller = format!("urn:tellall:controller:{}", encoded(&company.company));
        let fields: Vec<&FieldHeld> = company.categories.iter().flat_map(|category| &category.fields).collect();
        let recipients = summary.recipients.iter().enumerate();
        let received = recipients.filter(|(_, party)| {
            let direction = serde_json::to_value(party.direction).ok();
            direction.as_ref().and_then(Value::as_str) == Some("received") && party.companies.contains(&company.company)
        });
        let inferred = fields.iter().any(|field| field.origin == Origin::Inferred);
        let mut processing = vec!["dpv:Collect", "dpv:Store"];
        processing.extend(inferred.then_some("dpv:Infer"));
        graph.push(json!({
            "@id": about(&company.company), "@type": "dpv:PersonalDataHandling", "hasDataController": controller,
            "hasDataSubject": "urn:tellall:me", "hasProcessing": processing,
            "hasRecipientThirdParty": received.map(|(at, _)| party_id(at)).collect::<Vec<_>>(),
            "hasPersonalData": (0..fields.len()).map(|at| data_id(&company.company, at)).collect::<Vec<_>>(),
        }));
        graph.push(json!({ "@id": controller, "@type": "dpv:DataController", "dpv:hasName": company.company }));
        graph.extend(fields.iter().enumerate().map(|(at, field)| datum(&company.company, at, field)));
    }
    json!({ "@context": context(), "@graph": graph })
}

fn datum(company: &str, at: usize, field: &FieldHeld) -> Value {
    let known =
        classify::category(&field.category).map(|category| category.dpv.as_str()).filter(|term| !term.is_empty());
    let (origin, source) = terms_of(field.origin);
    let mut types = vec![known.unwrap_or("dpv:PersonalData"), origin];
    types.extend(field.special.then_some("dpv:SpecialCategoryPersonalData"));
    let mut datum = json!({
        "@id": data_id(company, at), "@type": types, "hasDataSource": source,
        "extent": format!("{} distinct values in {} records", field.distinct, field.records),
        "source": format!("{} › {}", field.section, field.field),
    });
    if let Some(term) = known {
        datum["broader"] = json!(term);
    }
    if let Some(example) = field.examples.first() {
        datum["value"] = json!(example);
    }
    datum
}

/// What sort of personal data it is, and where it came from.
fn terms_of(origin: Origin) -> (&'static str, &'static str) {
    match origin {
        Origin::Provided => ("dpv:ProvidedPersonalData", "dpv:DataSubjectDataSource"),
        Origin::Observed => ("dpv:ObservedPersonalData", "dpv:DataSubjectDataSource"),
        Origin::Inferred => ("dpv:InferredPersonalData", "dpv:DataControllerDataSource"),
        Origin::Generated => ("dpv:GeneratedPersonalData", "dpv:DataControllerDataSource"),
        Origin::ThirdParty => ("dpv:CollectedPersonalData", "dpv:ThirdPartyDataSource"),
    }
}

fn about(company: &str) -> String {
    format!("urn:tellall:handling:{}", encoded(company))
}

fn data_id(company: &str, at: usize) -> String {
    format!("urn:tellall:data:{}:{}", encoded(company), at + 1)
}

fn party_id(at: usize) -> String {
    format!("urn:tellall:party:{}", at + 1)
}

/// As a part of a URN.
fn encoded(text: &str) -> String {
    text.bytes().fold(String::new(), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
        out
    })
}

fn context() -> Value {
    let link = |id: &str| json!({ "@id": id, "@type": "@id" });
    json!({
        "dpv": "https://w3id.org/dpv#",
        "pd": "https://w3id.org/dpv/pd#",
        "eu-gdpr": "https://w3id.org/dpv/legal/eu/gdpr#",
        "dct": "http://purl.org/dc/terms/",
        "skos": "http://www.w3.org/2004/02/skos/core#",
        "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
        "hasProcess": link("dpv:hasProcess"),
        "hasDataController": link("dpv:hasDataController"),
        "hasDataSubject": link("dpv:hasDataSubject"),
        "hasPersonalData": link("dpv:hasPersonalData"),
        "hasDataSource": link("dpv:hasDataSource"),
        "hasProcessing": link("dpv:hasProcessing"),
        "hasRecipientThirdParty": link("dpv:hasRecipientThirdParty"),
        "hasRight": link("dpv:hasRight"),
        "broader": link("skos:broader"),
        "created": { "@id": "dct:created", "@type": "xsd:dateTime" },
        "source": { "@id": "dct:source" },
        "extent": { "@id": "dct:extent" },
        "value": "rdf:value",
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn foreign_text_is_text_in_every_form() {
        assert_eq!(in_html("<script src='x'>&"), "&lt;script src=&#39;x&#39;&gt;&amp;");
        assert_eq!(in_markdown("![x](http://example.com) | <b>"), "\\!\\[x\\](http://example.com) \\| &lt;b&gt;");
        assert_eq!(encoded("unknown:lark spur"), "unknown%3Alark%20spur");
    }
}
