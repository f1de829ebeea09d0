//! Markup inside a value: HTML, or XML of a company's own, as the text a person would see; and what its attributes tell.

use html5gum::{EndTag, StartTag, Token, Tokenizer};
use std::borrow::Cow;

/// Elements deeper than this are read, but not told apart.
const DEEPEST: usize = 256;

/// Quotes deeper than this are marked no further.
const MOST_MARKS: usize = 8;

/// Bytes beyond which the text of an element is no piece of data, and not where a link goes.
const LONGEST_DATA: usize = 4096;

/// Elements of HTML that stand on lines of their own.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "center",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hr",
    "html",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "q",
    "section",
    "summary",
    "table",
    "tbody",
    "tfoot",
    "thead",
    "tr",
    "ul",
    "quote",
];

/// Elements of HTML that stand in a line.
const INLINE: &[&str] = &[
    "a", "abbr", "b", "bdi", "bdo", "big", "br", "button", "cite", "code", "col", "colgroup", "data", "del", "dfn",
    "em", "font", "i", "img", "input", "ins", "kbd", "label", "link", "mark", "meta", "readonly", "s", "samp",
    "script", "small", "span", "strike", "strong", "style", "sub", "sup", "td", "th", "time", "title", "tt", "u",
    "var", "wbr",
];

/// Elements of HTML that hold nothing.
const EMPTY: &[&str] = &["br", "col", "hr", "img", "input", "link", "wbr"];

/// Elements whose text is a quotation.
const QUOTES: &[&str] = &["blockquote", "q", "quote"];

/// How a text is marked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Markup {
    /// HTML, or XML of the company's own.
    Html,
    /// See [`super::mrkdwn`].
    Mrkdwn,
}

impl Markup {
    pub const ALL: [&'static str; 2] = ["html", "mrkdwn"];

    pub fn from_id(id: &str) -> Option<Self> {
        match id {
            "html" => Some(Self::Html),
            "mrkdwn" => Some(Self::Mrkdwn),
            _ => None,
        }
    }

    /// Reads a value. `None` if no markup is in it.
    pub fn plain(self, source: &str) -> Option<Plain> {
        match self {
            Self::Html => plain(source),
            Self::Mrkdwn => super::mrkdwn::plain(source),
        }
    }
}

/// What a value with markup says.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Plain {
    /// Without tags, entities decoded; line ends where lines and blocks end, quoted lines marked with `> `.
    pub text: String,
    /// In their order.
    pub facts: Vec<Fact>,
}

/// Something that is told outside the text: where a link goes, or an attribute or the data of an element that is not HTML.
#[derive(Debug, PartialEq, Eq)]
pub struct Fact {
    pub element: String,
    /// `None`: the text of the element itself.
    pub attribute: Option<String>,
    pub value: String,
}

/// Reads a value. `None` if no markup is in it.
pub fn plain(source: &str) -> Option<Plain> {
    memchr::memchr2(b'<', b'&', source.as_bytes())?;
    let mut page = Page::default();
    let (whole, unfinished) = split_unfinished(source);
    page.read(whole);
    if let Some(rest) = unfinished {
        page.text("<");
        page.read(rest);
    }
    page.close_all();
    Some(Plain { text: page.lines.out, facts: page.facts })
}

/// Parts off a `<` behind which no tag ends: it is none, and its words must not go with it.
fn split_unfinished(source: &str) -> (&str, Option<&str>) {
    let last = source.rfind('<').and_then(|at| source.split_at_checked(at));
    match last {
        Some((whole, tag)) if !tag.contains('>') => (whole, tag.strip_prefix('<')),
        _ => (source, None),
    }
}

/// An element that is open.
struct Open {
    name: String,
    /// No element of HTML: its attributes and its text may be data.
    foreign: bool,
    hidden: bool,
    quote: bool,
    /// A quotation that says whose it is.
    attributed: bool,
    /// Where its text begins.
    start: usize,
    /// Other elements are in it.
    holds_elements: bool,
    /// Where a link goes.
    href: String,
}

#[derive(Default)]
struct Page {
    lines: Lines,
    facts: Vec<Fact>,
    open: Vec<Open>,
}

impl Page {
    fn read(&mut self, source: &str) {
        // Reading from memory cannot fail.
        for token in Tokenizer::new(source).flatten() {
            match token {
                Token::StartTag(tag) => self.start(&tag),
                Token::EndTag(tag) => self.end(&tag),
                Token::String(text) => self.text(&String::from_utf8_lossy(&text)),
                Token::Comment(remark) => self.remark(&String::from_utf8_lossy(&remark)),
                Token::Doctype(_) | Token::Error(_) => {}
            }
        }
    }

    fn start(&mut self, tag: &StartTag<()>) {
        let name = String::from_utf8_lossy(&tag.name).into_owned();
        let foreign = name == "quote" || !BLOCKS.contains(&name.as_str()) && !INLINE.contains(&name.as_str());
        if let Some(around) = self.open.last_mut() {
            around.holds_elements = true;
        }
        let apart = foreign && self.in_data();
        self.border(&name, apart);
        self.attributes(tag, &name, foreign);
        if !tag.self_closing && !EMPTY.contains(&name.as_str()) && self.open.len() < DEEPEST {
            self.open(tag, name, foreign);
        }
    }

    fn open(&mut self, tag: &StartTag<()>, name: String, foreign: bool) {
        let quote = QUOTES.contains(&name.as_str());
        let author = attribute(tag, "authorname").or_else(|| attribute(tag, "author"));
        // A quotation that says whose it is says so again here, in words for older programs.
        let attributed = self.open.iter().rev().find(|open| open.quote).is_some_and(|quote| quote.attributed);
        let hidden = matches!(name.as_str(), "script" | "style") || name == "legacyquote" && attributed;
        let href = if name == "a" { attribute(tag, "href").unwrap_or_default() } else { String::new() };
        self.lines.quotes += usize::from(quote);
        self.open.push(Open {
            name,
            foreign,
            hidden,
            quote,
            attributed: author.is_some(),
            start: self.lines.out.len(),
            holds_elements: false,
            href,
        });
        if let Some(author) = author.filter(|_| quote) {
            self.text(&format!("{author}: "));
        }
    }

    fn attributes(&mut self, tag: &StartTag<()>, name: &str, foreign: bool) {
        if let "img" | "emoji" = name
            && let Some(shown) = attribute(tag, "alt")
        {
            self.text(&shown);
        }
        for (key, value) in &tag.attributes {
            let (key, value) = (String::from_utf8_lossy(key), String::from_utf8_lossy(value));
            let told = foreign || matches!((name, &*key), ("img", "src") | ("time", "datetime"));
            if told && !value.trim().is_empty() && !value.starts_with("data:") {
                self.fact(name, Some(&key), decode_again(&value).trim());
            }
        }
    }

    fn fact(&mut self, element: &str, attribute: Option<&str>, value: &str) {
        let (element, attribute) = (element.to_owned(), attribute.map(str::to_owned));
        self.facts.push(Fact { element, attribute, value: value.to_owned() });
    }

    /// Whether what stands here is data of an element that is not HTML.
    fn in_data(&self) -> bool {
        self.open.last().is_some_and(|around| around.foreign && !around.quote)
    }

    /// An element begins or ends here; data stand `apart` from each other.
    fn border(&mut self, name: &str, apart: bool) {
        match name {
            "br" => self.lines.end_line(),
            "td" | "th" => self.lines.space = true,
            _ if BLOCKS.contains(&name) => self.lines.block = true,
            _ => self.lines.space |= apart,
        }
    }

    fn end(&mut self, tag: &EndTag<()>) {
        let name = String::from_utf8_lossy(&tag.name);
        let Some(at) = self.open.iter().rposition(|open| open.name == name) else { return };
        while self.open.len() > at {
            self.close();
        }
    }

    fn close_all(&mut self) {
        while !self.open.is_empty() {
            self.close();
        }
    }

    fn close(&mut self) {
        let Some(open) = self.open.pop() else { return };
        let text = self.lines.out.get(open.start..).unwrap_or_default().trim();
        let text = if text.len() <= LONGEST_DATA { text.to_owned() } else { String::new() };
        if !open.href.is_empty() && !says(&text, &open.href) {
            self.fact(&open.name, Some("href"), &open.href);
        }
        let is_data = open.foreign && !open.quote && !open.hidden && !open.holds_elements && !text.is_empty();
        let in_data = self.in_data();
        if is_data && in_data {
            self.fact(&open.name, None, &text);
        }
        self.border(&open.name, open.foreign && (in_data || open.holds_elements));
        self.lines.quotes -= usize::from(open.quote);
    }

    fn text(&mut self, text: &str) {
        if !self.open.iter().any(|open| open.hidden) {
            self.lines.push(&decode_again(text));
        }
    }

    /// Text that XML keeps from being read as markup looks like a remark to HTML.
    fn remark(&mut self, remark: &str) {
        if let Some(text) = remark.strip_prefix("[CDATA[") {
            self.text(text.trim_end_matches("]]"));
        }
    }
}

fn attribute(tag: &StartTag<()>, key: &str) -> Option<String> {
    let value = tag.attributes.iter().find(|(known, _)| known.as_slice() == key.as_bytes()).map(|(_, value)| value)?;
    let value = String::from_utf8_lossy(value);
    let value = decode_again(&value).trim().to_owned();
    (!value.is_empty()).then_some(value)
}

/// Whether the text of a link says where it goes.
fn says(text: &str, href: &str) -> bool {
    let bare = |link: &str| {
        let link = link.trim_end_matches('/');
        let link = link.strip_prefix("mailto:").or_else(|| link.strip_prefix("tel:")).unwrap_or(link);
        link.split_once("://").map_or(link, |(_, place)| place).to_owned()
    };
    bare(text) == bare(href)
}

/// Entities that were escaped twice are entities still.
fn decode_again(text: &str) -> Cow<'_, str> {
    const TWICE: [(&str, &str); 7] = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&apos;", "'"),
        ("&#39;", "'"),
        ("&nbsp;", " "),
        ("&amp;", "&"),
    ];
    let mut text = Cow::Borrowed(text);
    if text.contains('&') {
        for (entity, meant) in TWICE.iter().filter(|(entity, _)| text.contains(entity)).collect::<Vec<_>>() {
            text = Cow::Owned(text.replace(entity, meant));
        }
    }
    text
}

/// The text under construction: blanks are one, empty lines are one, quoted lines are marked.
#[derive(Default)]
struct Lines {
    out: String,
    space: bool,
    ends: usize,
    block: bool,
    quotes: usize,
}

impl Lines {
    fn push(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                '\n' => self.end_line(),
                _ if c.is_whitespace() => self.space = true,
                _ => {
                    self.settle();
                    self.out.push(c);
                }
            }
        }
    }

    fn end_line(&mut self) {
        self.ends += 1;
    }

    /// Writes what waits before the next word.
    fn settle(&mut self) {
        let ends = if self.out.is_empty() { 0 } else { self.ends.max(usize::from(self.block)).min(2) };
        self.out.extend(std::iter::repeat_n('\n', ends));
        if ends > 0 || self.out.is_empty() {
            self.out.extend(std::iter::repeat_n("> ", self.quotes.min(MOST_MARKS)));
        } else if self.space {
            self.out.push(' ');
        }
        (self.space, self.ends, self.block) = (false, 0, false);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn text(source: &str) -> String {
        plain(source).map_or_else(|| source.to_owned(), |plain| plain.text)
    }

    /// `element.attribute=value`, in their order.
    fn facts(source: &str) -> Vec<String> {
        let told = |fact: Fact| match fact.attribute {
            Some(attribute) => format!("{}.{attribute}={}", fact.element, fact.value),
            None => format!("{}={}", fact.element, fact.value),
        };
        plain(source).unwrap_or_default().facts.into_iter().map(told).collect()
    }

    #[test]
    fn tags_go_and_words_stay() {
        assert_eq!(text("<p>See <b>you</b> at <i>six</i>.</p><p>Bring tea</p>"), "See you at six.\nBring tea");
        assert_eq!(text("one<br>two<br/><br/>four"), "one\ntwo\n\nfour");
        assert_eq!(text("as\r\nwritten"), "as\r\nwritten", "what has no markup is left alone");
        assert_eq!(text("first line\r\n<b>second</b>\n"), "first line\nsecond");
        assert_eq!(text("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>"), "a b\nc");
        assert_eq!(text("<style>p { }</style>seen<script>x()</script>"), "seen");
    }

    #[test]
    fn entities_are_decoded_even_if_they_were_escaped_twice() {
        assert_eq!(text("tea &amp; cake &lt;3 caf&eacute;&nbsp;&#128075;"), "tea & cake <3 café 👋");
        assert_eq!(text("it&amp;apos;s &amp;quot;fine&amp;quot;"), "it's \"fine\"");
    }

    #[test]
    fn what_only_looks_like_a_tag_keeps_its_words() {
        assert_eq!(text("1 < 2 & 3 > 2"), "1 < 2 & 3 > 2");
        assert_eq!(text("<b>if</b> a <b and so on"), "if a <b and so on");
        assert_eq!(text("<x><![CDATA[raw words]]></x>"), "raw words");
    }

    #[test]
    fn a_quotation_is_marked_line_by_line_and_says_whose_it_is() {
        let quoted = r#"<quote author="8:ben" authorname="Ben Zoë" timestamp="1714979289"><legacyquote>[1] Ben: </legacyquote>at six?<br>or seven?<legacyquote>&lt;&lt;&lt; </legacyquote></quote>Six."#;
        assert_eq!(text(quoted), "> Ben Zoë: at six?\n> or seven?\nSix.");
        assert_eq!(facts(quoted), ["quote.author=8:ben", "quote.authorname=Ben Zoë", "quote.timestamp=1714979289"]);
        assert_eq!(text("<blockquote>a<blockquote>b</blockquote></blockquote>c"), "> a\n> > b\nc");
        assert_eq!(text("<quote><legacyquote>[1] Ben: </legacyquote>hm</quote>"), "> [1] Ben: hm");
    }

    #[test]
    fn a_link_is_told_where_its_text_does_not_say_it() {
        assert_eq!(facts(r#"<a href="https://larkspur.example/">larkspur.example</a>"#), [""; 0]);
        let link = r#"<a href="https://larkspur.example/sale?a=1&amp;b=2">our sale</a>"#;
        assert_eq!(
            (text(link).as_str(), facts(link)),
            ("our sale", vec!["a.href=https://larkspur.example/sale?a=1&b=2".into()])
        );
        assert_eq!(text(r#"<p>well <img alt="😀" src="data:image/png;base64,AA"> done</p>"#), "well 😀 done");
    }

    #[test]
    fn elements_that_are_not_html_tell_their_data() {
        let call = r#"<partlist type="ended"><part identity="rosa"><name>Rosa Quill</name><duration>62</duration></part></partlist>"#;
        assert_eq!(text(call), "Rosa Quill 62");
        assert_eq!(facts(call), ["partlist.type=ended", "part.identity=rosa", "name=Rosa Quill", "duration=62"]);
        let file = r#"<URIObject uri="https://files.example/1"><OriginalName v="plan.pdf"/>A file</URIObject>"#;
        assert_eq!(text(file), "A file");
        assert_eq!(facts(file), ["uriobject.uri=https://files.example/1", "originalname.v=plan.pdf"]);
        assert_eq!(text("hello <ss type=\"smile\">:)</ss>, <at id=\"0\">Ben</at>!"), "hello :), Ben!");
    }

    proptest! {
        #[test]
        fn no_word_is_lost_whatever_tags_stand_around_it(words in proptest::collection::vec("[a-z]{1,8}", 1..20), tags in proptest::collection::vec("</?(p|b|br|quote|x|td|blockquote|li)>", 0..20)) {
            let mut source = String::from("&lt; ");
            for (at, word) in words.iter().enumerate() {
                source.push_str(tags.get(at).map_or(" ", String::as_str));
                source.push_str(word);
            }
            let text: String = text(&source).chars().filter(char::is_ascii_lowercase).collect();
            prop_assert_eq!(text, words.concat());
        }

        #[test]
        fn any_text_is_read(source in "[<>&;a-z\"'= /!\\[\\]\n-]{0,200}") {
            let _ = plain(&source);
        }
    }
}
