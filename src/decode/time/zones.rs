//! Zones as exports write them after a time of day.

use super::Zoned;
use super::iso::digits;
use crate::record::{Time, Zone};

/// Abbreviations that mean one offset wherever they are written, in minutes east of UTC. The ones that mean several
/// (CST, IST, BST, AST…) are left out on purpose: such a time has an unknown zone.
const NAMES: &[(&str, i16)] = &[
    ("utc", 0),
    ("gmt", 0),
    ("z", 0),
    ("ut", 0),
    ("غرينتش", 0),
    ("utz", 0),
    ("wet", 0),
    ("wez", 0),
    ("cet", 60),
    ("mez", 60),
    ("hec", 60),
    ("west", 60),
    ("wesz", 60),
    ("cest", 120),
    ("mesz", 120),
    ("eet", 120),
    ("oez", 120),
    ("sast", 120),
    ("eest", 180),
    ("oesz", 180),
    ("msk", 180),
    ("мск", 180),
    ("trt", 180),
    ("pkt", 300),
    ("wib", 420),
    ("wita", 480),
    ("hkt", 480),
    ("awst", 480),
    ("wit", 540),
    ("jst", 540),
    ("kst", 540),
    ("acst", 570),
    ("aest", 600),
    ("acdt", 630),
    ("aedt", 660),
    ("nzst", 720),
    ("nzdt", 780),
    ("brt", -180),
    ("art", -180),
    ("ndt", -150),
    ("nst", -210),
    ("adt", -180),
    ("edt", -240),
    ("est", -300),
    ("cdt", -300),
    ("mdt", -360),
    ("mst", -420),
    ("pdt", -420),
    ("pst", -480),
    ("akdt", -480),
    ("akst", -540),
    ("hst", -600),
];

/// The offset an abbreviation states; unknown for one that is not in the table.
fn named(name: &str) -> Zoned {
    let same = |known: &str| {
        known.len() == name.len()
            && (known.eq_ignore_ascii_case(name) || !name.is_ascii() && known == name.to_lowercase())
    };
    NAMES.iter().find(|(known, _)| same(known)).map_or(Zoned::Unknown, |(_, minutes)| Zoned::Minutes(*minutes))
}

/// British Summer Time for a time that ends in `BST` and has no zone yet. Google's pages write it so, after the zone of the moment of
/// export: in January, too (`formats/google_takeout.md`, rule 2 of its times). Of CST and IST nobody can tell which is meant.
pub fn with_british_summer(text: &str, time: Time) -> Time {
    const MINUTES: i16 = 60;
    let is_bst = text.rsplit(|c: char| !c.is_alphabetic()).next() == Some("BST");
    let moved = (is_bst && time.zone == Zone::Unknown).then(|| Time::at_offset(time.civil(), MINUTES));
    moved.flatten().unwrap_or(time)
}

/// The whole of what follows a time of day: nothing, `Z`, `+02:00`, ` UTC`, `UTC+01`, ` +0000 UTC`, `[Europe/Paris]`, `(CEST)`.
/// `None` if it is no zone.
pub fn read(text: &str) -> Option<Zoned> {
    match text {
        "" => return Some(Zoned::Unknown),
        "Z" => return Some(Zoned::Minutes(0)),
        _ => {}
    }
    let text = without_comment(text.trim());
    if text.is_empty() {
        return Some(Zoned::Unknown);
    }
    let (zone, rest) = prefix(text)?;
    let rest = rest.trim();
    // Go prints the offset and then the name.
    (rest.is_empty() || is_name(rest)).then_some(zone)
}

fn without_comment(text: &str) -> &str {
    let cut = text.find(['[', '(']).filter(|_| text.ends_with([']', ')']));
    cut.and_then(|at| text.get(..at)).map_or(text, str::trim_end)
}

fn is_name(text: &str) -> bool {
    (1..=5).contains(&text.chars().count()) && text.chars().all(|c| c.is_uppercase() || c == 'z')
}

/// The zone `text` begins with, and what follows it.
pub fn prefix(text: &str) -> Option<(Zoned, &str)> {
    if let Some(found) = offset(text) {
        return Some(found);
    }
    let end = text.find(|c: char| !c.is_alphabetic()).unwrap_or(text.len());
    let (name, rest) = (text.get(..end)?, text.get(end..)?);
    match named(name) {
        Zoned::Minutes(0) => Some(offset(rest).unwrap_or((Zoned::Minutes(0), rest))),
        Zoned::Minutes(minutes) => Some((Zoned::Minutes(minutes), rest)),
        Zoned::Unknown if is_name(name) && !matches!(name, "AM" | "PM") => Some((Zoned::Unknown, rest)),
        Zoned::Unknown => None,
    }
}

/// `+02:00`, `-0500`, `+1`, `−7` (U+2212), at most 15 hours away.
fn offset(text: &str) -> Option<(Zoned, &str)> {
    let sign = match text.chars().next()? {
        '+' => 1,
        '-' | '\u{2212}' | '\u{2013}' => -1,
        _ => return None,
    };
    let rest = text.get(text.chars().next()?.len_utf8()..)?;
    let (hours, rest) = digits(rest, 2, 2).or_else(|| digits(rest, 1, 1))?;
    let (minutes, rest) = match rest.strip_prefix([':', '.', '_']) {
        Some(after) => digits(after, 2, 2)?,
        None => digits(rest, 2, 2).unwrap_or((0, rest)),
    };
    if hours > 15 || minutes > 59 || rest.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let total = i16::try_from(hours * 60 + minutes).ok()?;
    Some((Zoned::Minutes(sign * total), rest))
}
