//! Why nothing was found, and the way out: the nearest cause first.

use super::{Search, filters};
use crate::report::CompanyOverview;
use crate::tui::data::{Data, kind_plural};
use crate::tui::model::Cx;

impl Search {
    pub(super) fn emptiness(&self, cx: &Cx<'_>) -> String {
        let key = |id: &str| cx.keymap.key_of(id);
        let text = self.line.text();
        if cx.data.is_empty() {
            return format!("Nothing imported yet; leave with Esc, then {} imports archives.", key("import"));
        }
        if filters::is_one_letter(text) {
            return "One letter stands in nearly every record; type one more.".to_owned();
        }
        match (&self.mistake, self.is_current()) {
            (Some(_), _) => return "The query cannot be read yet; what is expected stands below it.".to_owned(),
            (None, false) => return "Searching…".to_owned(),
            (None, true) => {}
        }
        if let Some(absent) = not_imported(text, cx.data) {
            return format!("Nothing of {absent} is imported; {} imports archives.", key("import"));
        }
        if let Some(lack) = not_included(text, cx.data) {
            return format!("{lack}; nothing was skipped if {} shows no entry of it.", key("ledger"));
        }
        let words = filters::without_filters(text);
        let clear = format!("{} in the results clears the filters", key("search.clear"));
        match (words.is_empty(), words.trim() == text.trim()) {
            (true, _) => format!("No record passes the filters; {clear}."),
            (false, false) => format!("No record with these words passes the filters; {clear}."),
            (false, true) => {
                "No record holds all these words. A part of a word is enough, and OR finds either; names of fields are \
                              not searched as text but offered here."
                    .to_owned()
            }
        }
    }
}

/// A company that is asked for and of which nothing is here.
fn not_imported(query: &str, data: &Data) -> Option<String> {
    let is_here = |wanted: &String| data.companies.iter().any(|company| is_called(company, wanted));
    filters::chosen(query, "co").into_iter().find(|wanted| !is_here(wanted))
}

/// That the companies asked for hold nothing of a kind or category that is asked for too.
fn not_included(query: &str, data: &Data) -> Option<String> {
    let wanted = filters::chosen(query, "co");
    let is_meant = |company: &&CompanyOverview| wanted.is_empty() || wanted.iter().any(|name| is_called(company, name));
    let meant: Vec<&CompanyOverview> = data.companies.iter().filter(is_meant).collect();
    let kind = filters::chosen(query, "kind").into_iter().find_map(|name| crate::record::Kind::from_id(&name));
    let no_kind = kind.filter(|kind| !meant.iter().any(|company| company.kinds.iter().any(|(held, _)| held == kind)));
    let of = |name: &String| {
        let name = name.to_lowercase();
        let fields = data.fields.iter().filter(|field| meant.iter().any(|company| company.id == field.company));
        fields
            .into_iter()
            .any(|field| field.category.contains(&name) || field.category_label.to_lowercase().contains(&name))
    };
    let no_category = filters::chosen(query, "cat").into_iter().find(|name| !of(name));
    let what =
        no_kind.map(|kind| kind_plural(kind).to_owned()).or(no_category.map(|name| format!("data about {name}")))?;
    let names: Vec<String> = meant.iter().map(|company| company.name.clone()).collect();
    Some(match names.as_slice() {
        [one] => format!("{one} did not include {what} in its export"),
        _ => format!("None of these exports includes {what}"),
    })
}

/// As the filter reads it: a part of the name is enough.
fn is_called(company: &CompanyOverview, name: &str) -> bool {
    let name = name.to_lowercase();
    company.id.to_lowercase().contains(&name) || company.name.to_lowercase().contains(&name)
}
