//! Long values in lines: cut between words where possible, between clusters always.

use crate::text;
use crate::tui::canvas;
use unicode_segmentation::UnicodeSegmentation;

/// The lines of a foreign text, safe to show, each at most `width` columns. Text beyond `most` bytes is left out and said so.
pub fn wrapped(foreign: &str, width: usize, most: usize) -> Vec<String> {
    let (head, cut) = canvas::head(foreign, most);
    let safe = text::block(head);
    let mut lines: Vec<String> = Vec::new();
    for paragraph in safe.split('\n') {
        wrap_paragraph(paragraph, width.max(1), &mut lines);
    }
    if cut {
        lines.push(format!("… {} more bytes", crate::tui::words::grouped((foreign.len() - head.len()) as u64)));
    }
    lines
}

fn wrap_paragraph(paragraph: &str, width: usize, lines: &mut Vec<String>) {
    let mut line = String::new();
    let mut used = 0;
    for word in paragraph.split_inclusive(' ') {
        let columns = text::width(word.trim_end());
        if used > 0 && used + columns > width {
            lines.push(std::mem::take(&mut line).trim_end().to_owned());
            used = 0;
        }
        for cluster in word.graphemes(true) {
            let columns = text::cluster_width(cluster);
            if used + columns > width && used > 0 {
                lines.push(std::mem::take(&mut line));
                used = 0;
                if cluster == " " {
                    continue;
                }
            }
            line.push_str(cluster);
            used += columns;
        }
    }
    lines.push(line);
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn lines_break_between_words() {
        assert_eq!(wrapped("the lunch booking is for 7", 11, 999), ["the lunch", "booking is", "for 7"]);
    }

    #[test]
    fn a_megabyte_without_a_space_is_cut_between_clusters() {
        assert_eq!(wrapped("日曜日", 4, 999), ["日曜", "日"]);
        let long = "x".repeat(1 << 20);
        let lines = wrapped(&long, 10, 25);
        assert_eq!(lines, ["xxxxxxxxxx", "xxxxxxxxxx", "xxxxx", "… 1,048,551 more bytes"]);
    }

    #[test]
    fn foreign_line_ends_stay_and_controls_show() {
        assert_eq!(wrapped("a\r\n\u{1b}b\n", 10, 999), ["a", "␛b", ""]);
    }

    proptest! {
        #[test]
        fn no_line_is_too_wide(text in any::<String>(), width in 2usize..30) {
            let wide = wrapped(&text, width, 9999).iter().any(|line| text::width(line) > width && line.graphemes(true).count() > 1);
            prop_assert!(!wide);
        }
    }
}
