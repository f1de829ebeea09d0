//! How the Overview is drawn.

use super::{FINDINGS, MAIN, Overview, View};
use crate::record::Origin;
use crate::report::{CompanyOverview, MatrixRow};
use crate::text;
use crate::tui::canvas::{Canvas, Cell, Mark};
use crate::tui::data::{Data, kind_plural};
use crate::tui::layout;
use crate::tui::look::Role;
use crate::tui::model::Cx;
use crate::tui::widgets::{bars, empty, heat};
use crate::tui::words::{count, day, grouped, month, percent};
use ratatui::layout::Rect;
use std::collections::BTreeMap;

/// Columns of one company in the matrix.
const COLUMN: u16 = 10;

impl Overview {
    pub(super) fn draw_main(&self, cx: &Cx<'_>, canvas: &mut Canvas<'_>, area: Rect) {
        let title = match self.view {
            View::Companies => format!("Who holds what{}", self.narrow.note()),
            View::Matrix => format!("Categories by company{}", self.narrow.note()),
        };
        let note = format!(
            "{}, {}",
            count(cx.companies().iter().map(|company| company.records).sum(), "record"),
            count(cx.fields().len() as u64, "field")
        );
        let inner = canvas.pane(area, cx.frame.boxed, self.focus == MAIN, &title, &note);
        if self.rows.is_empty() {
            empty::draw(canvas, layout::below(inner, 1), &empty::narrowed(cx, self.narrow.is_on(), "Nothing is held."));
        }
        match self.view {
            View::Companies => self.draw_companies(cx, canvas, inner),
            View::Matrix => self.draw_matrix(cx, canvas, inner),
        }
    }

    fn draw_companies(&self, cx: &Cx<'_>, canvas: &mut Canvas<'_>, inner: Rect) {
        let head = ["Company", "Records", "Fields", "Sens.", "Since", "Last seen"].map(str::to_owned);
        let columns = company_cells(head, inner.width, Role::Dim);
        canvas.row(layout::top(inner, 1), inner.y, Mark::None, &columns);
        let rows = layout::below(inner, 1);
        for (at, y) in self.companies.visible(rows, self.rows.len()) {
            let Some(company) = self.rows.get(at).and_then(|&row| cx.companies().get(row)) else { continue };
            let texts = [
                company.name.clone(),
                grouped(company.records),
                grouped(company.fields),
                special_marks(company),
                day(company.first.as_deref()).to_owned(),
                day(company.last.as_deref()).to_owned(),
            ];
            let mark = Mark::of(at == self.companies.cursor, self.focus == MAIN);
            canvas.row(rows, y, mark, &company_cells(texts, rows.width, Role::Text));
        }
        let foot = rows.y + self.rows.len() as u16 + 1;
        if !self.rows.is_empty() && foot < rows.bottom() {
            let says = "▲ one special category (GDPR Art. 9: health, religion, …)";
            canvas.put(rows.x + 2, foot, rows.width.saturating_sub(2), says, Role::Dim);
        }
    }

    fn draw_matrix(&self, cx: &Cx<'_>, canvas: &mut Canvas<'_>, inner: Rect) {
        let names: Vec<&str> = cx.matrix().0.iter().map(|company| cx.data.name(company)).collect();
        let (label, first, shown) = matrix_columns(inner.width, names.len(), self.column);
        let mut head = vec![Cell::new("Category", label).role(Role::Dim)];
        head.extend(names.iter().skip(first).take(shown).map(|name| {
            let name = text::fit(&text::line(name), usize::from(COLUMN) - 1).into_owned();
            Cell::new(format!("{name} "), COLUMN).right().role(Role::Dim)
        }));
        canvas.row(layout::top(inner, 1), inner.y, Mark::None, &head);
        let rows = layout::below(inner, 1);
        for (at, y) in self.categories.visible(rows, self.rows.len()) {
            let Some(row) = self.rows.get(at).and_then(|&row| cx.matrix().1.get(row)) else { continue };
            let selected = at == self.categories.cursor;
            let column = selected.then_some(self.column);
            let cells = matrix_cells(row, label, first, shown, column, self.ink);
            canvas.row(rows, y, Mark::of(selected, self.focus == MAIN), &cells);
        }
        let foot = rows.y + self.rows.len() as u16 + 1;
        if self.ink == heat::Ink::Shades && !self.rows.is_empty() && foot < rows.bottom() {
            let says = format!("{}   # numbers", heat::Scale::MAGNITUDES.legend());
            canvas.put(rows.x + 2, foot, rows.width.saturating_sub(2), &says, Role::Dim);
        }
    }

    pub(super) fn draw_detail(&self, cx: &Cx<'_>, canvas: &mut Canvas<'_>, area: Rect) {
        let Some(company) = self.company(cx) else {
            canvas.pane(area, cx.frame.boxed, false, "Company", "");
            return;
        };
        let inner = canvas.pane(area, cx.frame.boxed, false, &company.name, "");
        let (left, right) = if inner.width >= 60 {
            layout::beside(inner, inner.width / 2)
        } else {
            layout::stack(inner, inner.height.saturating_sub(6))
        };
        draw_origins(company, self.ink, canvas, left);
        draw_categories(company, canvas, right);
    }

    pub(super) fn draw_findings(&self, cx: &Cx<'_>, canvas: &mut Canvas<'_>, area: Rect) {
        let focused = self.focus == FINDINGS;
        let inner = canvas.pane(area, cx.frame.boxed, focused, "Worth a look", "Enter opens the proof");
        if cx.data.findings.is_empty() {
            canvas.put(inner.x + 2, inner.y, inner.width.saturating_sub(2), "Nothing stands out.", Role::Dim);
        }
        for (at, y) in self.findings.visible(inner, cx.data.findings.len()) {
            let Some(finding) = cx.data.findings.get(at) else { continue };
            let says = Cell::new(finding.says.as_str(), inner.width.saturating_sub(4));
            let mark = Mark::of(at == self.findings.cursor && focused, focused);
            canvas.row(inner, y, mark, &[Cell::new("!", 1).role(Role::Problem), says]);
        }
    }
}

fn company_cells(texts: [String; 6], width: u16, role: Role) -> Vec<Cell<'static>> {
    let [name, records, fields, special, since, last] = texts;
    let dates = width >= 60;
    let fixed = if dates { 11 + 7 + 5 + 10 + 10 + 5 } else { 11 + 7 + 5 + 3 };
    let special_role = if role == Role::Text { Role::Special } else { role };
    let mut cells = vec![
        Cell::new(name, width.saturating_sub(fixed + 2).max(6)).role(role),
        Cell::new(records, 11).right().role(role),
        Cell::new(fields, 7).right().role(role),
        Cell::new(special, 5).role(special_role),
    ];
    if dates {
        cells.extend([since, last].map(|date| Cell::new(date, 10).role(role)));
    }
    cells
}

/// One mark for each special category; a number beyond four.
fn special_marks(company: &CompanyOverview) -> String {
    match company.special.len() {
        0 => "·".to_owned(),
        few @ 1..=4 => "▲".repeat(few),
        many => format!("▲ {many}"),
    }
}

/// Width of the labels, first company shown, number of companies shown.
fn matrix_columns(width: u16, companies: usize, selected: usize) -> (u16, usize, usize) {
    let label = (width / 3).clamp(14, 30);
    let fit = usize::from(width.saturating_sub(label + 3) / (COLUMN + 1)).max(1);
    let shown = fit.min(companies);
    (label, selected.saturating_sub(shown.saturating_sub(1)).min(companies - shown), shown)
}

fn matrix_cells(
    row: &MatrixRow,
    label: u16,
    first: usize,
    shown: usize,
    selected: Option<usize>,
    ink: heat::Ink,
) -> Vec<Cell<'static>> {
    let mark = if row.special { " ▲" } else { "" };
    let name =
        text::fit(&text::line(&row.category_label), usize::from(label).saturating_sub(mark.len() / 2)).into_owned();
    let role = if row.special { Role::Special } else { Role::Text };
    let mut cells = vec![Cell::new(format!("{name}{mark}"), label).role(role)];
    for (at, cell) in row.cells.iter().enumerate().skip(first).take(shown) {
        let records = cell.as_ref().map_or(0, |cell| cell.records);
        let number = ink.cell(records, usize::from(COLUMN) - 2, heat::Scale::MAGNITUDES);
        let text = if selected == Some(at) { format!("[{number}]") } else { format!("{number} ") };
        cells.push(Cell::new(text, COLUMN).right().role(heat::Scale::MAGNITUDES.role(records)));
    }
    cells
}

fn draw_origins(company: &CompanyOverview, ink: heat::Ink, canvas: &mut Canvas<'_>, area: Rect) {
    canvas.put(area.x + 1, area.y, area.width, "How it got the records", Role::Strong);
    let whole: u64 = company.origins.iter().sum();
    for ((origin, &records), y) in Origin::ALL.iter().zip(&company.origins).zip(area.y + 1..area.bottom()) {
        let bar = area.width.saturating_sub(4 + 14 + 5).min(12);
        let label = if *origin == Origin::Generated { "By the company" } else { origin.label() };
        let cells = [
            Cell::new(origin.letter().to_string(), 1),
            Cell::new(label, 14),
            match ink {
                heat::Ink::Shades => Cell::new(bars::bar(records, whole, usize::from(bar)), bar).role(Role::Heat(2)),
                heat::Ink::Numbers => Cell::new(grouped(records), bar).right(),
            },
            Cell::new(format!("{}%", percent(records, whole)), 4).right(),
        ];
        let row = Rect { x: area.x.saturating_sub(1), ..area };
        canvas.row(row, y, Mark::None, &cells);
    }
}

fn draw_categories(company: &CompanyOverview, canvas: &mut Canvas<'_>, area: Rect) {
    let row = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
    if area.height == 0 {
        return;
    }
    canvas.put(row.x, row.y, row.width, "Top categories", Role::Strong);
    canvas.put_right(row, row.y, "records", Role::Dim);
    let mut y = row.y + 1;
    for (label, special, records) in &company.categories {
        if y >= area.bottom() {
            return;
        }
        let number = grouped(*records);
        let mark = if *special { " ▲" } else { "" };
        let room = row.width.saturating_sub(number.len() as u16 + 2 + mark.len() as u16);
        let used = canvas.put(row.x, y, room, label, Role::Text);
        canvas.put(row.x + used, y, 2, mark, Role::Special);
        canvas.put_right(row, y, &number, Role::Text);
        y += 1;
    }
    let kinds: Vec<String> =
        company.kinds.iter().take(3).map(|(kind, n)| format!("{} {}", kind_plural(*kind), grouped(*n))).collect();
    if y < area.bottom() {
        canvas.put(row.x, y, row.width, &kinds.join(" · "), Role::Dim);
    }
}

/// Records over time: one column for so many months, or the years in numbers; and the months that stand out in words.
pub(super) fn chart(cx: &Cx<'_>, ink: heat::Ink, canvas: &mut Canvas<'_>, area: Rect) {
    let note = if cx.only().is_all() { "all companies" } else { "narrowed" };
    let inner = canvas.pane(area, cx.frame.boxed, false, "Records over time", note);
    let months = Data::months(cx.companies());
    let (Some((&first, _)), Some((&last, _))) = (months.first_key_value(), months.last_key_value()) else {
        canvas.put(inner.x + 1, inner.y, inner.width, "No record has a time.", Role::Dim);
        return;
    };
    let row = Rect { x: inner.x + 1, width: inner.width.saturating_sub(2), ..inner };
    let (sums, step) = bars::months(&months, usize::from(inner.width.saturating_sub(12)));
    let busiest = months.iter().max_by_key(|(_, records)| **records).map(month_told).unwrap_or_default();
    let (line, role, below, note) = match ink {
        heat::Ink::Shades => (
            format!("{} {} {}", first.div_euclid(12), bars::spark(&sums), last.div_euclid(12)),
            Role::Heat(2),
            format!("busiest month: {busiest}"),
            format!("a column is {}", count(step as u64, "month")),
        ),
        heat::Ink::Numbers => {
            let some = months.iter().filter(|(_, records)| **records > 0);
            let quietest = some.min_by_key(|(_, records)| **records).map(month_told).unwrap_or_default();
            let says = format!("busiest: {busiest}; quietest: {quietest}");
            (years_told(&months, usize::from(row.width)), Role::Text, says, String::new())
        }
    };
    canvas.put(row.x, row.y, row.width, &line, role);
    if inner.height > 1 {
        canvas.put(row.x, row.y + 1, row.width, &below, Role::Text);
        canvas.put_right(row, row.y + 1, &note, Role::Dim);
    }
}

/// `2024 640 · 2023 71 · earlier 12` in at most so many columns: years from the newest, then those that find no room in one.
fn years_told(months: &BTreeMap<i32, u64>, columns: usize) -> String {
    let mut years: BTreeMap<i32, u64> = BTreeMap::new();
    for (month, records) in months {
        *years.entry(month.div_euclid(12)).or_default() += records;
    }
    let all: Vec<(i32, u64)> = years.into_iter().rev().collect();
    let told = |shown: usize| {
        let (newer, older) = all.split_at(shown);
        let mut parts: Vec<String> =
            newer.iter().map(|(year, records)| format!("{year} {}", grouped(*records))).collect();
        if !older.is_empty() {
            parts.push(format!("earlier {}", grouped(older.iter().map(|(_, records)| records).sum())));
        }
        parts.join(" · ")
    };
    (0..=all.len()).rev().map(told).find(|line| text::width(line) <= columns).unwrap_or_default()
}

fn month_told((month, records): (&i32, &u64)) -> String {
    format!("{} ({})", month_name(*month), count(*records, "record"))
}

fn month_name(number: i32) -> String {
    format!("{} {}", month(number.rem_euclid(12) as i8 + 1), number.div_euclid(12))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_that_find_no_room_are_told_as_one() {
        let months: BTreeMap<i32, u64> =
            [(2019 * 12, 5), (2023 * 12, 70), (2023 * 12 + 11, 1), (2024 * 12, 1640)].into();
        assert_eq!(years_told(&months, 40), "2024 1,640 · 2023 71 · 2019 5");
        assert_eq!(years_told(&months, 28), "2024 1,640 · earlier 76");
        assert_eq!(years_told(&months, 14), "earlier 1,716");
        assert_eq!(years_told(&months, 3), "");
    }
}
