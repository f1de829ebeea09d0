//! What an element's classes say it is. Seen in exports of: Facebook ≤ 2018 (`thread`, `message`, `user`, `meta`), 2018–2021
//! (`_2lej`, `_2lel`, `_2lem`, `_tqp`), 2022 and later (`_a6-g`, `_a6-h`, `_a6-o`, `_a6-q`, `_a6_q`); Google activity pages
//! (`outer-cell`, `header-cell`), Google Voice (`message`, `sender`, `dt`, `haudio`, `published`), Telegram Desktop of 2018
//! and later (`message`, `from_name`, `joined`, `entry`, `personal_info`).

/// A part that an element plays in a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    None,
    /// Holds one record.
    Block,
    /// Begins a record that goes on after the element, until the next one or the end of the parent.
    Message,
    Thread,
    Heading,
    Date,
    /// A date, or something else in small print.
    Meta,
    /// As [`Role::Meta`], but only inside a block.
    Info,
    Reactions,
    Reaction,
    /// Of the part named before it, outside of tables: a label, and the value it is the label of.
    Term,
    Value,
    /// What the whole page is about, where its `<title>` does not say it.
    Header,
    /// A cell that holds a label.
    Label,
    Caption,
    /// Who sent it; only inside a block.
    Sender,
    Navigation,
}

const CLASSES: &[(&[u8], Role)] = &[
    (b"uiBoxWhite", Role::Block),
    (b"_a6-g", Role::Block),
    (b"_2lej", Role::Block),
    (b"outer-cell", Role::Block),
    (b"_a6-h", Role::Heading),
    (b"_2lel", Role::Heading),
    (b"header-cell", Role::Heading),
    (b"_a6-o", Role::Date),
    (b"_2lem", Role::Date),
    (b"_tqp", Role::Reactions),
    (b"_a6-q", Role::Reactions),
    (b"_a6_q", Role::Label),
    (b"mdl-typography--caption", Role::Caption),
    (b"thread", Role::Thread),
    (b"message", Role::Message),
    (b"user", Role::Sender),
    (b"sender", Role::Sender),
    (b"meta", Role::Meta),
    (b"haudio", Role::Block),
    (b"dt", Role::Date),
    (b"published", Role::Date),
    (b"userpic_wrap", Role::Navigation),
    (b"pagination", Role::Navigation),
    (b"page_header", Role::Header),
    (b"page_about", Role::Header),
    (b"from_name", Role::Sender),
    (b"date", Role::Date),
    (b"reactions", Role::Reactions),
    (b"reaction", Role::Reaction),
    // Rows of labels and values, one kind of which is called info.
    (b"rows", Role::None),
    (b"info", Role::Info),
    (b"entry", Role::Block),
    (b"personal_info", Role::Block),
    (b"name", Role::Sender),
    (b"label", Role::Term),
    (b"value", Role::Value),
    (b"nav", Role::Navigation),
];

/// Landmarks of WAI-ARIA that frame the content of a page: bars and feet of the site, nothing about the person.
const AROUND: [&[u8]; 3] = [b"navigation", b"banner", b"contentinfo"];

/// Whether one of the classes is this.
pub fn has_class(class: &[u8], wanted: &[u8]) -> bool {
    class.split(u8::is_ascii_whitespace).any(|token| token == wanted)
}

impl Role {
    /// By the first class that is known; what stands on every page of a site by its `role` counts as one.
    pub fn of(class: &[u8], role: &[u8]) -> Self {
        if AROUND.iter().any(|around| role.eq_ignore_ascii_case(around)) {
            return Self::Navigation;
        }
        class
            .split(u8::is_ascii_whitespace)
            .find_map(|token| CLASSES.iter().find(|(known, _)| *known == token))
            .map_or(Self::None, |(_, role)| *role)
    }
}
