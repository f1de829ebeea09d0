//! Text in which `&`, `<` and `>` are entities, and links, channels and groups stand between angle brackets: `<https://…|label>`,
//! `<#C1|general>`, `<!here>`. People (`<@U1>`) are left for whoever knows their names.

use super::markup::{Fact, Plain};
use regex::{Captures, Regex};
use std::borrow::Cow;
use std::sync::LazyLock;

static ANGLES: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"<([^<>@|][^<>|]*)(?:\|([^<>]*))?>").ok());

/// Reads a value. `None` if nothing of this is in it.
pub fn plain(source: &str) -> Option<Plain> {
    memchr::memchr2(b'<', b'&', source.as_bytes())?;
    let angles = ANGLES.as_ref()?;
    let mut facts = Vec::new();
    let shown = angles.replace_all(source, |found: &Captures<'_>| {
        let (target, label) = (&found[1], found.get(2).map(|label| label.as_str()).filter(|label| !label.is_empty()));
        if is_address(target) {
            let value = decoded(target).into_owned();
            facts.push(Fact { element: "link".to_owned(), attribute: None, value });
        }
        shown(target, label)
    });
    let text = decoded(&shown).into_owned();
    (text != source).then_some(Plain { text, facts })
}

fn is_address(target: &str) -> bool {
    target.contains("://") || target.starts_with("mailto:") || target.starts_with("tel:")
}

/// What people see of `<target|label>`.
fn shown(target: &str, label: Option<&str>) -> String {
    let bare = target.trim_start_matches("mailto:").trim_start_matches("tel:");
    match (target.split_at_checked(1), label) {
        (Some(("#", channel)), _) => format!("#{}", label.unwrap_or(channel)),
        (Some(("!", group)), _) => {
            // `<!date^1714980000^{date}|6 May>` says its label, `<!subteam^S1|@gardeners>` its name.
            let name = label.unwrap_or_else(|| group.split('^').next().unwrap_or(group));
            if group.starts_with("date^") || name.starts_with('@') { name.to_owned() } else { format!("@{name}") }
        }
        (_, Some(label)) if label != bare => format!("{label} ({bare})"),
        _ => bare.to_owned(),
    }
}

fn decoded(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(source: &str, expected: &str, links: &[&str]) {
        let plain = plain(source).unwrap_or_else(|| panic!("{source} has markup"));
        assert_eq!(plain.text, expected);
        assert_eq!(plain.facts.iter().map(|fact| fact.value.as_str()).collect::<Vec<_>>(), links);
    }

    #[test]
    fn links_channels_and_groups_are_shown_as_people_see_them() {
        check(
            "see <https://larkspur.example/a?b=1&amp;c=2|the shop>!",
            "see the shop (https://larkspur.example/a?b=1&c=2)!",
            &["https://larkspur.example/a?b=1&c=2"],
        );
        check("<https://larkspur.example>", "https://larkspur.example", &["https://larkspur.example"]);
        check(
            "<mailto:rosa.quill@example.com|rosa.quill@example.com>",
            "rosa.quill@example.com",
            &["mailto:rosa.quill@example.com"],
        );
        check(
            "<!here> in <#C1|general> and <#C2>, <!subteam^S1|@gardeners>",
            "@here in #general and #C2, @gardeners",
            &[],
        );
        check("until <!date^1714980000^{date}|6 May>", "until 6 May", &[]);
    }

    #[test]
    fn entities_are_read_once() {
        check("a &lt;b&gt; &amp;amp; c", "a <b> &amp; c", &[]);
    }

    #[test]
    fn people_and_plain_text_are_left() {
        assert_eq!(plain("hello <@U0BBB2> and <@U1|rosa>"), None);
        assert_eq!(plain("nothing here"), None);
        assert_eq!(plain("1 < 2"), None);
    }
}
