//! The elements that are open: which end tag closes which of them, in constant time whatever the page looks like.

/// Elements by what matters about them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Name {
    /// Never has content: br, img…
    Break,
    Rule,
    Media,
    Void,
    /// Content is not shown: script, style…
    Hidden,
    Title,
    Heading,
    Block,
    Paragraph,
    Pre,
    List,
    Item,
    Terms,
    Term,
    Definition,
    Table,
    Head,
    Row,
    Cell,
    HeadCell,
    Link,
    Inline,
}

const NAMES: usize = Name::Inline as usize + 1;

/// Elements deeper than this are read, but their own structure is not seen.
const DEEPEST: usize = 1 << 16;

impl Name {
    pub fn of(tag: &[u8]) -> Self {
        match tag {
            b"br" => Self::Break,
            b"hr" => Self::Rule,
            b"img" | b"source" | b"embed" => Self::Media,
            b"meta" | b"link" | b"input" | b"base" | b"area" | b"col" | b"param" | b"track" | b"wbr" => Self::Void,
            b"script" | b"style" | b"iframe" | b"noembed" | b"noframes" | b"xmp" | b"nav" | b"svg" | b"template" => {
                Self::Hidden
            }
            b"title" => Self::Title,
            b"h1" | b"h2" | b"h3" | b"h4" | b"h5" | b"h6" => Self::Heading,
            b"div" | b"section" | b"article" | b"main" | b"footer" | b"header" | b"aside" | b"form" | b"blockquote"
            | b"figure" | b"figcaption" | b"details" | b"summary" | b"fieldset" | b"center" | b"address" | b"body"
            | b"head" | b"html" | b"caption" => Self::Block,
            b"p" => Self::Paragraph,
            b"pre" => Self::Pre,
            b"ul" | b"ol" | b"menu" | b"dir" => Self::List,
            b"li" => Self::Item,
            b"dl" => Self::Terms,
            b"dt" => Self::Term,
            b"dd" => Self::Definition,
            b"table" => Self::Table,
            b"thead" => Self::Head,
            b"tr" => Self::Row,
            b"td" => Self::Cell,
            b"th" => Self::HeadCell,
            b"a" => Self::Link,
            _ => Self::Inline,
        }
    }

    pub fn is_void(self) -> bool {
        matches!(self, Self::Break | Self::Rule | Self::Media | Self::Void)
    }

    /// Text before and after it stands on lines of its own.
    pub fn breaks_text(self) -> bool {
        !matches!(self, Self::Break | Self::Media | Self::Void | Self::Link | Self::Inline | Self::Hidden)
    }
}

#[derive(Debug, Clone, Copy)]
struct Element {
    name: Name,
    /// Depth of the element of the same name below it; 0 for none.
    same: u32,
    /// Depth of the element below it that is not inline.
    structural: u32,
}

/// The stack of open elements. Depths count from 1.
#[derive(Debug)]
pub struct Elements {
    open: Vec<Element>,
    last: [u32; NAMES],
    structural: u32,
    /// Elements open beyond the deepest that is kept.
    beyond: usize,
}

impl Elements {
    pub fn new() -> Self {
        Self { open: Vec::new(), last: [0; NAMES], structural: 0, beyond: 0 }
    }

    pub fn depth(&self) -> u32 {
        self.open.len() as u32
    }

    /// Depth of the innermost open element of that name; 0 for none.
    pub fn last(&self, name: Name) -> u32 {
        self.last.get(name as usize).copied().unwrap_or(0)
    }

    /// Whether it is on the stack now; `false` if the page is too deep.
    pub fn push(&mut self, name: Name) -> bool {
        if self.open.len() >= DEEPEST {
            self.beyond += 1;
            return false;
        }
        self.open.push(Element { name, same: self.last(name), structural: self.structural });
        let depth = self.depth();
        self.set_last(name, depth);
        if !matches!(name, Name::Inline | Name::Link) {
            self.structural = depth;
        }
        true
    }

    /// Closes the element an end tag means, and all inside it. `false`: it means none and is to be ignored.
    pub fn close(&mut self, name: Name) -> bool {
        if self.beyond > 0 {
            self.beyond -= 1;
            return false;
        }
        let depth = self.last(name);
        if depth <= self.limit(name) {
            return false;
        }
        self.truncate(depth - 1);
        true
    }

    /// Closes what a start tag ends without saying so: `<li>` the item before it, `<td>` the cell before it…
    pub fn close_implied(&mut self, name: Name) {
        let siblings: &[Name] = match name {
            Name::Item | Name::Row | Name::Paragraph => &[name],
            Name::Cell | Name::HeadCell => &[Name::Cell, Name::HeadCell],
            Name::Term | Name::Definition => &[Name::Term, Name::Definition],
            _ => return,
        };
        if self.beyond > 0 {
            return;
        }
        for sibling in siblings {
            let depth = self.last(*sibling);
            let limit = if name == Name::Paragraph {
                depth.max(self.structural).saturating_sub(1)
            } else {
                self.limit(*sibling)
            };
            if depth > limit {
                self.truncate(depth - 1);
            }
        }
    }

    /// An end tag reaches no element at this depth or below.
    fn limit(&self, name: Name) -> u32 {
        let table = self.last(Name::Table);
        let cell = table.max(self.last(Name::Cell)).max(self.last(Name::HeadCell));
        match name {
            Name::Table => 0,
            Name::Row | Name::Cell | Name::HeadCell | Name::Head => table,
            Name::Item => cell.max(self.last(Name::List)),
            Name::Term | Name::Definition => cell.max(self.last(Name::Terms)),
            Name::Inline | Name::Link => self.structural,
            _ => cell,
        }
    }

    fn truncate(&mut self, depth: u32) {
        while self.depth() > depth
            && let Some(element) = self.open.pop()
        {
            self.set_last(element.name, element.same);
            self.structural = element.structural;
        }
    }

    fn set_last(&mut self, name: Name, depth: u32) {
        if let Some(last) = self.last.get_mut(name as usize) {
            *last = depth;
        }
    }
}
