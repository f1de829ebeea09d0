//! Text as a page shows it: blanks collapsed, line ends where lines and blocks end.

use crate::decode::cap;

/// Stands for the end of a block until the text is taken; as white space it cannot come from the page.
const BLOCK_END: char = '\u{2029}';

/// A text under construction.
#[derive(Debug, Default)]
pub struct Text {
    out: String,
    space: bool,
    lines: u8,
    block: bool,
    /// It was longer than one value may be, and is cut.
    pub cut: bool,
}

impl Text {
    pub fn push(&mut self, piece: &str) {
        self.space |= piece.starts_with(char::is_whitespace);
        for (at, word) in piece.split_whitespace().enumerate() {
            self.space |= at > 0;
            self.word(word);
        }
        self.space |= piece.ends_with(char::is_whitespace);
    }

    fn word(&mut self, word: &str) {
        if self.out.len() + word.len() > cap::VALUE {
            self.cut = true;
            return;
        }
        if self.out.is_empty() {
            self.lines = 0;
        } else if self.block {
            self.out.push(BLOCK_END);
        } else if self.lines > 0 {
            self.out.extend(std::iter::repeat_n('\n', usize::from(self.lines.min(2))));
        } else if self.space {
            self.out.push(' ');
        }
        (self.space, self.lines, self.block) = (false, 0, false);
        self.out.push_str(word);
    }

    /// `<br>`; two of them leave an empty line.
    pub fn line_end(&mut self) {
        self.lines = self.lines.saturating_add(1);
    }

    /// A block begins or ends.
    pub fn block_end(&mut self) {
        self.block = true;
    }

    pub fn is_empty(&self) -> bool {
        self.out.is_empty()
    }

    pub fn len(&self) -> usize {
        self.out.len()
    }

    /// The text with `\n` for every kind of end; empties it.
    pub fn take(&mut self) -> String {
        std::mem::take(self).out.replace(BLOCK_END, "\n")
    }

    /// The blocks of the text, each with its lines; empties it.
    pub fn take_blocks(&mut self) -> Vec<String> {
        let text = std::mem::take(self).out;
        text.split(BLOCK_END).filter(|block| !block.is_empty()).map(str::to_owned).collect()
    }
}
