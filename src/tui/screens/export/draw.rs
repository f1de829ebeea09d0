//! How the Export dialog is drawn.

use super::{Export, ROWS, State, TO};
use crate::text;
use crate::tui::canvas::{Canvas, Cell, Mark};
use crate::tui::layout;
use crate::tui::look::Role;
use crate::tui::model::Cx;
use crate::tui::widgets::wrap::wrapped;
use ratatui::layout::Rect;

const LABELS: [&str; ROWS] = ["What", "Format", "Values", "Other people", "To"];
/// Columns of the labels.
const LABEL: u16 = 12;

impl Export {
    pub(super) fn draw_form(&self, cx: &Cx<'_>, canvas: &mut Canvas<'_>) {
        let area = Self::area(cx);
        canvas.clear(area);
        let inner = canvas.pane(area, true, true, "Export", "Enter write · Esc leave");
        let room = inner.width.saturating_sub(LABEL + 3);
        for (line, y) in (0..ROWS).zip(inner.y..inner.bottom()) {
            let selected = line == self.list.cursor;
            let choices = self.shown_choices(line, usize::from(room));
            let cells = [Cell::new(LABELS[line], LABEL).role(Role::Dim), Cell::new(choices, room)];
            canvas.row(inner, y, Mark::of(selected && !self.typing, true), &cells);
            if line == TO {
                let place = Rect { x: inner.x + LABEL + 3, y, width: room, height: 1 };
                if self.typing {
                    self.to.draw(canvas, place, "", true);
                }
            }
        }
        self.draw_words(cx, canvas, layout::below(inner, ROWS as u16));
    }

    /// All choices with the chosen one marked; where they do not fit, the chosen one and how many there are.
    fn shown_choices(&self, line: usize, room: usize) -> String {
        let choices = self.choices(line);
        let Some(&chosen) = self.chosen.get(line) else {
            return if self.typing { String::new() } else { self.to.text().to_owned() };
        };
        let one = |(at, choice): (usize, &String)| format!("({}) {choice}", if at == chosen { "•" } else { " " });
        let all = choices.iter().enumerate().map(one).collect::<Vec<_>>().join("  ");
        if text::width(&all) <= room {
            return all;
        }
        let choice = choices.get(chosen).cloned().unwrap_or_default();
        let note = format!(" {}/{}", chosen + 1, choices.len());
        let short =
            choice.strip_prefix("This screen: ").filter(|_| text::width(&choice) + text::width(&note) + 4 > room);
        format!("(•) {}{note}", short.unwrap_or(&choice))
    }

    fn draw_words(&self, _: &Cx<'_>, canvas: &mut Canvas<'_>, area: Rect) {
        let width = usize::from(area.width.saturating_sub(2));
        let mut lines: Vec<(Role, String)> = Vec::new();
        let roomy = area.height >= 8;
        let mut say = |role, text: &str, gap: bool| {
            lines.extend((gap && roomy).then(|| (Role::Text, String::new())));
            lines.extend(wrapped(text, width, 2000).into_iter().map(|line| (role, line)));
        };
        let role = match &self.state {
            State::Ended(Ok(_)) => Role::Good,
            State::Ended(Err(_)) => Role::Problem,
            _ => Role::Strong,
        };
        if area.height > 3 {
            say(Role::Dim, self.meaning(self.list.cursor), false);
        }
        say(role, &self.says(), true);
        if area.height > 3 {
            let shell = if self.command().is_empty() { "" } else { " The same from a shell:" };
            say(Role::Dim, &format!("Nothing is sent anywhere.{shell}"), true);
        }
        say(Role::Text, &self.command(), false);
        for ((role, line), y) in lines.iter().zip(area.y..area.bottom()) {
            canvas.put(area.x + 2, y, area.width.saturating_sub(2), line, *role);
        }
    }
}
