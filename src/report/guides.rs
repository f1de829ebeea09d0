//! Pages to read offline: how to get one's data from each company, and what to know about it.

use crate::sheets::{Sheet, Sheets};
use crate::spelling;
use serde::Serialize;

/// Pages about all companies: id, title, text with a paragraph on each line.
const GENERAL: [(&str, &str, &str); 4] = [
    ("formats", "Which format to choose", include_str!("guides/formats.txt")),
    ("limits", "What an export never tells", include_str!("guides/limits.txt")),
    ("findings", "How findings are chosen", include_str!("guides/findings.txt")),
    ("law", "Your rights, and how to complain", include_str!("guides/law.txt")),
];

/// `guide --json`: one page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Guide {
    /// A company's id, or the name of a general page.
    pub id: String,
    pub title: String,
    pub paragraphs: Vec<String>,
}

/// Every page: those about all companies first, then one for each company.
pub fn guides(sheets: &Sheets) -> Vec<Guide> {
    let general = GENERAL.iter().map(|(id, title, text)| Guide {
        id: (*id).to_owned(),
        title: (*title).to_owned(),
        paragraphs: text.lines().map(str::to_owned).collect(),
    });
    general.chain(sheets.all.iter().map(of_company)).collect()
}

fn of_company(sheet: &Sheet) -> Guide {
    let request = &sheet.request;
    let place = if request.place.is_empty() { &sheet.controller } else { &request.place };
    let mut paragraphs = vec![format!("Ask here: {place}")];
    paragraphs.extend(request.steps.iter().enumerate().map(|(at, step)| format!("{}. {step}", at + 1)));
    paragraphs.extend(request.wait.iter().map(|wait| format!("It takes: {wait}.")));
    paragraphs.push(format!("Answers for the data: {}.", sheet.controller));
    paragraphs.push("Then: tellall import PATH, for the archive or the folder with all its parts.".to_owned());
    Guide { id: sheet.id.clone(), title: sheet.name.clone(), paragraphs }
}

/// The page of this id or title, whatever the case; else the id that was probably meant.
pub fn guide<'a>(guides: &'a [Guide], name: &str) -> Result<&'a Guide, Option<&'a str>> {
    let wanted = name.trim().to_lowercase();
    let called = |guide: &&Guide| guide.id == wanted || guide.title.to_lowercase() == wanted;
    let begins = |guide: &&Guide| !wanted.is_empty() && guide.id.starts_with(&wanted);
    let found = guides.iter().find(called).or_else(|| guides.iter().find(begins));
    found.ok_or_else(|| spelling::nearest(&wanted, guides.iter().map(|guide| guide.id.as_str())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_company_tells_where_to_ask_in_which_steps_and_how_long_it_takes() {
        for sheet in &Sheets::builtin().all {
            let request = &sheet.request;
            assert!(!request.place.is_empty() && !sheet.controller.is_empty(), "{}", sheet.id);
            assert!(request.steps.iter().any(|step| step.len() > 10), "{}", sheet.id);
            assert!(request.wait.as_ref().is_some_and(|wait| !wait.is_empty()), "{}", sheet.id);
        }
    }

    #[test]
    fn a_guide_is_found_by_id_title_or_beginning_and_a_misspelt_one_is_guessed() {
        let all = guides(&Sheets::builtin());
        let of = |name: &str| guide(&all, name).map(|guide| guide.id.as_str());
        assert_eq!(of("facebook"), Ok("facebook"));
        assert_eq!(of("X"), Ok("x"));
        assert_eq!(of("what an export never tells"), Ok("limits"));
        assert_eq!(of("insta"), Ok("instagram"));
        assert_eq!(of("spotfy"), Err(Some("spotify")));
    }
}
