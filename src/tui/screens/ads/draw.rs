//! How the Ads screen is drawn.

use super::flows::{Flow, Form};
use super::parties::Party;
use super::{Ads, EVIDENCE, LIST, Page, Row, View, told};
use crate::record::Direction;
use crate::tui::canvas::{Canvas, Cell, Mark};
use crate::tui::layout;
use crate::tui::look::Role;
use crate::tui::model::Cx;
use crate::tui::widgets::bars::{self, months, spark};
use crate::tui::widgets::empty;
use crate::tui::widgets::wrap::wrapped;
use crate::tui::words::{count, day, grouped};
use ratatui::layout::{Position, Rect};
use std::collections::BTreeMap;

/// Absence in an archive proves nothing: said in whole, or by its first sentence where there is no room.
const ONLY: [&str; 2] = [
    "Only what the archives say.",
    "Only what the archives say. A company that is not shown may still have sent something.",
];
/// Characters of the names that are listed of those who took part.
const NAMES: usize = 240;
/// Bytes of a line that are told.
const MOST: usize = 600;

impl Ads {
    pub(super) fn draw_list(&self, cx: &Cx<'_>, canvas: &mut Canvas<'_>, area: Rect) {
        if area.is_empty() {
            return;
        }
        let focused = self.focus == LIST;
        let title = match self.view {
            View::Businesses => "Who told whom about you",
            View::Concluded => "What they concluded about you",
            View::Choices => "What you chose, and what is on record",
            View::Contradictions => "Where they disagree about you",
            View::Flows => "Flows between companies and businesses",
        };
        let title = format!("{title}{}", self.narrow.note());
        let inner = canvas.pane(area, cx.frame.boxed, focused, &title, "v next view");
        let columns = Columns::of(inner.width - self.marks.width(focused), self.view);
        let mut head = columns.head(self.view);
        self.marks.tick(focused, None, &mut head);
        canvas.row(layout::top(inner, 1), inner.y, Mark::None, &head);
        let rows = layout::below(inner, 1);
        if self.rows.is_empty() {
            empty::draw(canvas, rows, &empty::narrowed(cx, self.narrow.is_on(), self.nothing()));
        }
        for (at, y) in self.list.visible(rows, self.rows.len()) {
            if let Some(row) = self.rows.get(at) {
                let mut cells = self.cells(*row, &columns, cx);
                self.marks.tick(focused, self.markable(at, cx).as_ref(), &mut cells);
                canvas.row(rows, y, Mark::of(at == self.list.cursor, focused), &cells);
            }
        }
    }

    fn nothing(&self) -> &'static str {
        match self.view {
            View::Businesses | View::Flows => "No third party is named in these archives. That proves nothing.",
            View::Concluded => "No field is marked as inferred.",
            View::Choices => "No setting, consent or opt-out is on record in these archives.",
            View::Contradictions => "No two fields contradict each other.",
        }
    }

    fn cells(&self, row: Row, columns: &Columns, cx: &Cx<'_>) -> Vec<Cell<'static>> {
        let ties = &cx.data.ties;
        match row {
            Row::Party(at) => self.parties.get(at).map(|party| columns.party(party, cx)),
            Row::Field(at) => cx.data.fields.get(at).map(|field| {
                let label = field.label.clone().unwrap_or_else(|| last_key(&field.field).to_owned());
                let says: Vec<String> = field.examples.iter().map(|value| cx.look.value(value)).collect();
                let mark = if field.special { " ▲" } else { "" };
                columns.four([
                    format!("{label}{mark}"),
                    cx.data.name(&field.company).to_owned(),
                    says.join(" · "),
                    day(field.first.as_deref()).to_owned(),
                ])
            }),
            Row::Choice(at) => ties.choices.get(at).map(|choice| {
                columns.four([
                    choice.what.clone(),
                    cx.data.name(&choice.company).to_owned(),
                    cx.look.value(&choice.value),
                    day(choice.time.as_deref()).to_owned(),
                ])
            }),
            Row::Flow(at) => {
                let most = self.flows.iter().map(|flow| flow.parties.len()).max().unwrap_or_default();
                self.flows.get(at).map(|flow| columns.flow(flow, most, self.form, cx))
            }
            Row::Side(matter, side) => {
                ties.contradictions.get(matter).and_then(|one| Some((one, one.sides.get(side)?))).map(|(one, side)| {
                    let about = if one.sides.first() == Some(side) { one.about.clone() } else { String::new() };
                    columns.four([
                        about,
                        cx.data.name(&side.company).to_owned(),
                        cx.look.value(&side.value),
                        side.origin.label().to_owned(),
                    ])
                })
            }
        }
        .unwrap_or_default()
    }

    pub(super) fn draw_about(&self, cx: &Cx<'_>, canvas: &mut Canvas<'_>, area: Rect) {
        if area.is_empty() {
            return;
        }
        let lines = match self.selected() {
            Some(Row::Party(_)) => {
                self.party().map(|party| about_party(party, cx, area.width, self.form)).unwrap_or_default()
            }
            Some(Row::Field(at)) => cx
                .data
                .fields
                .get(at)
                .map(|field| {
                    let from = format!("{} › {}", field.section_name, field.field);
                    vec![
                        from,
                        format!("{} in {}", field.category_label, count(field.records, "record")),
                        format!("Why it counts as inferred: {}", field.why),
                    ]
                })
                .unwrap_or_default(),
            Some(Row::Choice(at)) => cx
                .data
                .ties
                .choices
                .get(at)
                .map(|choice| {
                    vec![
                        choice.what.clone(),
                        cx.look.value(&choice.value),
                        format!("about {}, written in {}", choice.about, cx.look.name(&choice.entry)),
                    ]
                })
                .unwrap_or_default(),
            Some(Row::Side(matter, _)) => cx
                .data
                .ties
                .contradictions
                .get(matter)
                .map(|matter| {
                    let side = |side: &crate::report::ContradictionSide| {
                        format!("{}: {} ({})", cx.data.name(&side.company), cx.look.value(&side.value), side.field)
                    };
                    matter.sides.iter().map(side).collect()
                })
                .unwrap_or_default(),
            Some(Row::Flow(at)) => self.flows.get(at).map(|flow| self.about_flow(flow, cx)).unwrap_or_default(),
            None => Vec::new(),
        };
        let title = match self.party() {
            Some(party) => cx.look.name(&party.name),
            None => "What it says".to_owned(),
        };
        let inner = canvas.pane(area, cx.frame.boxed, false, &title, "");
        let width = usize::from(inner.width.saturating_sub(1));
        let mut lines: Vec<String> = lines.iter().flat_map(|line| wrapped(line, width, MOST)).collect();
        if matches!(self.selected(), Some(Row::Party(_) | Row::Flow(_))) {
            with_caveat(&mut lines, width, usize::from(inner.height));
        }
        for (line, y) in lines.iter().zip(inner.y..inner.bottom()) {
            canvas.put(inner.x + 1, y, inner.width.saturating_sub(1), line, Role::Text);
        }
    }

    pub(super) fn draw_evidence(&self, cx: &Cx<'_>, canvas: &mut Canvas<'_>, area: Rect) {
        if area.is_empty() {
            return;
        }
        let focused = self.focus == EVIDENCE;
        let proofs = self.proofs(cx);
        let flows = self.view == View::Businesses && !focused;
        let title = if flows { "Flows" } else { "Where it is written" };
        let inner = canvas.pane(area, cx.frame.boxed, focused, title, &count(proofs.len() as u64, "place"));
        if flows {
            let width = usize::from(inner.width.saturating_sub(1));
            let lines = self.flows.iter().flat_map(|flow| wrapped(&told(flow, self.form, cx), width, MOST));
            for (line, y) in lines.zip(inner.y..inner.bottom()) {
                canvas.put(inner.x + 1, y, inner.width.saturating_sub(1), &line, Role::Text);
            }
            return;
        }
        if proofs.is_empty() && self.selected().is_some() {
            canvas.put(inner.x + 1, inner.y, inner.width.saturating_sub(1), "Enter shows its records.", Role::Dim);
        }
        if focused {
            canvas.cursor = Some(Position { x: inner.x, y: inner.y });
        }
        for (at, y) in self.evidence.visible(inner, proofs.len()) {
            let Some(proof) = proofs.get(at) else { continue };
            let mark = Mark::of(at == self.evidence.cursor && focused, focused);
            let place =
                proof.locator.strip_prefix(proof.entry).map_or(proof.locator, |rest| rest.trim_start_matches('#'));
            let (place, entry) = (cx.look.name(place), cx.look.name(proof.entry));
            let mut cells = vec![
                Cell::new(cx.data.name(proof.company).to_owned(), 10),
                Cell::new(format!("{place}  {entry}"), inner.width.saturating_sub(13 + self.marks.width(focused)))
                    .role(Role::Dim),
            ];
            self.marks.tick(focused, self.markable(at, cx).as_ref(), &mut cells);
            canvas.row(inner, y, mark, &cells);
        }
    }

    /// Who took part.
    fn about_flow(&self, flow: &Flow, cx: &Cx<'_>) -> Vec<String> {
        let parties = flow.parties.iter().filter_map(|&at| self.parties.get(at));
        let names: Vec<String> = parties.map(|party| cx.look.name(&party.name)).collect();
        vec![format!("{}:", told(flow, Form::Words, cx)), listed(&names)]
    }
}

/// `Harbour Shoes, Northwind Pharmacy and 1,079 more`
fn listed(names: &[String]) -> String {
    let mut length = 0;
    let fits = |name: &&String| {
        length += name.chars().count() + 2;
        length <= NAMES
    };
    let shown = names.iter().take_while(fits).count().max(1);
    let first = names.iter().take(shown).map(String::as_str).collect::<Vec<_>>().join(", ");
    match names.len().saturating_sub(shown) {
        0 => first,
        more => format!("{first} and {} more", grouped(more as u64)),
    }
}

/// Says below so many lines that absence proves nothing, within so many rows.
fn with_caveat(lines: &mut Vec<String>, width: usize, rows: usize) {
    let [short, whole] = ONLY.map(|says| wrapped(says, width, MOST));
    if lines.len() + whole.len() <= rows {
        lines.extend(whole);
    } else {
        let room = rows.saturating_sub(short.len());
        if let (true, Some(last)) = (lines.len() > room, room.checked_sub(1).and_then(|last| lines.get_mut(last))) {
            last.push('…');
        }
        lines.truncate(room);
        lines.extend(short);
    }
}

/// What is told of a third party: when, what, and which way it went.
fn about_party(party: &Party, cx: &Cx<'_>, width: u16, form: Form) -> Vec<String> {
    let mut lines = Vec::new();
    let room = usize::from(width.saturating_sub(18)).max(8);
    for &row in &party.rows {
        if let Some(row) = cx.data.ties.recipients.get(row) {
            let companies: Vec<String> = row.companies.iter().map(|company| cx.data.name(company).to_owned()).collect();
            let way = way(row.direction, row.records, &companies.join(", "), form);
            lines.push(format!("{way}  ({})", row.basis));
        }
    }
    if !party.months.is_empty() {
        lines.extend(match form {
            Form::Drawn => drawn_months(&party.months, room),
            Form::Words => vec![told_months(&party.months)],
        });
    }
    let details: Vec<String> =
        party.details.iter().take(6).map(|(what, records)| format!("{what} {}", grouped(*records))).collect();
    if !details.is_empty() {
        lines.push(format!("kinds: {}", details.join(", ")));
    }
    let joined = cx.data.ties.recipients.get(party.rows.first().copied().unwrap_or(0)).map(|row| row.why.clone());
    lines.extend(joined.unwrap_or_default());
    lines
}

/// `it ─1,240─> Facebook`, or the same in words.
fn way(direction: Direction, records: u64, companies: &str, form: Form) -> String {
    let (number, times) = (grouped(records), count(records, "time"));
    match (form, direction) {
        (Form::Drawn, Direction::Gave) => format!("it ─{number}─> {companies}"),
        (Form::Drawn, Direction::Received) => format!("{companies} ─{number}─> it"),
        (Form::Drawn, Direction::Targeted) => format!("it ─{number}─> you, through {companies}"),
        (Form::Words, Direction::Gave) => format!("it told {companies}, {times}"),
        (Form::Words, Direction::Received) => format!("{companies} gave data to it, {times}"),
        (Form::Words, Direction::Targeted) => format!("it aimed advertising at you through {companies}, {times}"),
    }
}

/// A column for each month, or for so many, and the month with most records in words.
fn drawn_months(by_month: &BTreeMap<i32, u64>, room: usize) -> Vec<String> {
    let (sums, step) = months(by_month, room);
    let year = |month: Option<&i32>| month.map_or(0, |month| month.div_euclid(12));
    let (first, last) = (year(by_month.keys().next()), year(by_month.keys().next_back()));
    let each = if step == 1 {
        "a column is a month".to_owned()
    } else {
        format!("a column is {}", count(step as u64, "month"))
    };
    let busiest = by_month.iter().max_by_key(|(_, records)| **records).map(told_month).unwrap_or_default();
    vec![format!("{first} {} {last}", spark(&sums)), format!("most in {busiest}; {each}")]
}

/// Months from the newest to the oldest.
fn told_months(by_month: &BTreeMap<i32, u64>) -> String {
    let all: Vec<String> = by_month.iter().rev().filter(|(_, records)| **records > 0).map(told_month).collect();
    format!("by month: {}", all.join(", "))
}

fn told_month((month, records): (&i32, &u64)) -> String {
    format!("{:04}-{:02} ({})", month.div_euclid(12), month.rem_euclid(12) + 1, grouped(*records))
}

fn last_key(path: &str) -> &str {
    path.rsplit('.').next().unwrap_or(path)
}

/// Columns of the list, by the room there is.
struct Columns {
    first: u16,
    second: u16,
    third: u16,
    fourth: u16,
    /// Records; 0 where there is no room.
    times: u16,
}

impl Columns {
    fn of(width: u16, view: View) -> Self {
        let (second, fourth) = match width {
            90.. => (14, 11),
            58.. => (10, 11),
            _ => (8, 0),
        };
        let times = if view == View::Businesses && fourth > 0 { 7 } else { 0 };
        let gaps = 2 + u16::from(times > 0) + u16::from(fourth > 0);
        let rest = width.saturating_sub(2 + second + times + fourth + gaps);
        let first = if width >= 90 { rest * 2 / 5 } else { rest / 2 };
        Self { first, second, third: rest.saturating_sub(first), fourth, times }
    }

    fn head(&self, view: View) -> Vec<Cell<'static>> {
        let names = match view {
            View::Flows => ["Who told whom", "", "", ""],
            View::Businesses => ["Who", "Company", "What was done", "Last"],
            View::Concluded => ["Field", "By", "Says", "Since"],
            View::Choices => ["What", "Company", "Value", "When"],
            View::Contradictions => ["About", "Company", "Says", "How"],
        };
        let mut cells = self.four(names.map(str::to_owned));
        if self.times > 0 {
            cells.insert(3, Cell::new("Times", self.times).right());
        }
        cells.into_iter().map(|cell| cell.role(Role::Dim)).collect()
    }

    fn four(&self, [first, second, third, fourth]: [String; 4]) -> Vec<Cell<'static>> {
        let mut cells =
            vec![Cell::new(first, self.first), Cell::new(second, self.second), Cell::new(third, self.third)];
        if self.fourth > 0 {
            cells.push(Cell::new(fourth, self.fourth));
        }
        cells
    }

    fn flow(&self, flow: &Flow, most: usize, form: Form, cx: &Cx<'_>) -> Vec<Cell<'static>> {
        let shown = [self.second, self.third, self.fourth].into_iter().filter(|width| *width > 0);
        let width = self.first + shown.map(|width| width + 1).sum::<u16>();
        let bar = if form == Form::Drawn { (width / 5).min(20) } else { 0 };
        let line = Cell::new(told(flow, form, cx), width.saturating_sub(bar + 1));
        let drawn = bars::bar(flow.parties.len() as u64, most as u64, usize::from(bar));
        vec![line, Cell::new(drawn, bar).role(Role::Heat(2))]
    }

    fn party(&self, party: &Party, cx: &Cx<'_>) -> Vec<Cell<'static>> {
        let companies: Vec<String> = party.companies.iter().map(|company| cx.data.name(company).to_owned()).collect();
        let details: Vec<&str> = party.details.iter().take(3).map(|(what, _)| what.as_str()).collect();
        let what = if details.is_empty() { party.basis.join(", ") } else { details.join(", ") };
        let third = format!("{}: {what}", party.did());
        let mut cells =
            self.four([cx.look.name(&party.name), companies.join(", "), third, day(party.last.as_deref()).to_owned()]);
        if self.times > 0 {
            cells.insert(3, Cell::new(grouped(party.records), self.times).right());
        }
        cells
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_names_are_told_by_the_first_of_them_and_a_number() {
        let names = |number: usize| (0..number).map(|at| format!("Business {at:04}")).collect::<Vec<_>>();
        assert_eq!(listed(&names(2)), "Business 0000, Business 0001");
        assert!(listed(&names(1081)).ends_with("Business 0015 and 1,065 more"), "{}", listed(&names(1081)));
        assert_eq!(listed(&["x".repeat(900)]), "x".repeat(900));
    }

    #[test]
    fn that_absence_proves_nothing_is_never_cut_in_the_midst() {
        let told = |rows: usize| {
            let mut lines = vec!["one".to_owned(), "two".to_owned(), "three".to_owned()];
            with_caveat(&mut lines, 40, rows);
            lines
        };
        assert_eq!(told(3), ["one", "two…", "Only what the archives say."]);
        assert_eq!(told(6).len(), 6);
        assert!(told(6).join(" ").ends_with("may still have sent something."), "{:?}", told(6));
    }
}
