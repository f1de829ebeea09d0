//! Numbers, counts and dates as they are written on screens.

/// `1,204,881`
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// `1 record`, `1,204 records`, `2 entries`, `2 addresses`.
pub fn count(number: u64, noun: &str) -> String {
    match (number, ["ry", "ny", "ty"].iter().find(|end| noun.ends_with(**end))) {
        (1, _) => format!("1 {noun}"),
        (_, Some(_)) => format!("{} {}ies", grouped(number), noun.trim_end_matches('y')),
        _ if noun.ends_with('s') => format!("{} {noun}es", grouped(number)),
        _ => format!("{} {noun}s", grouped(number)),
    }
}

/// `2.1 GB`
pub fn bytes(number: u64) -> String {
    const UNITS: [&str; 5] = ["kB", "MB", "GB", "TB", "PB"];
    if number < 1000 {
        return format!("{number} B");
    }
    let mut size = number as f64 / 1000.0;
    let mut unit = 0;
    while size >= 999.5 && unit + 1 < UNITS.len() {
        size /= 1000.0;
        unit += 1;
    }
    let digits = usize::from(size < 10.0);
    format!("{size:.digits$} {}", UNITS[unit])
}

/// The day of an RFC 3339 time; empty without one.
pub fn day(time: Option<&str>) -> &str {
    time.and_then(|time| time.get(..10).or(Some(time))).unwrap_or_default()
}

/// `A`, `A and B`, `A, B and C`.
pub fn listed(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// `April`, of 1 to 12.
pub fn month(number: i8) -> &'static str {
    const NAMES: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    NAMES[usize::from((number - 1).rem_euclid(12).unsigned_abs())]
}

/// Parts of a hundred, rounded; 0 of nothing.
pub fn percent(part: u64, whole: u64) -> u64 {
    (u128::from(part) * 200 + u128::from(whole)).checked_div(u128::from(whole) * 2).unwrap_or(0).min(100) as u64
}

/// Stands for a hidden value: its length stays, nothing else.
pub fn hidden(value: &str) -> String {
    format!("•••• ({})", count(value.chars().take(100_000).count() as u64, "character"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_by_thousands() {
        let shown: Vec<String> = [0, 999, 1000, 1_204_881, u64::MAX].map(grouped).into();
        assert_eq!(shown, ["0", "999", "1,000", "1,204,881", "18,446,744,073,709,551,615"]);
    }

    #[test]
    fn counts_agree_with_their_noun() {
        assert_eq!(count(1, "entry"), "1 entry");
        assert_eq!(count(3, "entry"), "3 entries");
        assert_eq!(count(1200, "record"), "1,200 records");
        assert_eq!(count(2, "address"), "2 addresses");
        assert_eq!(count(2, "birthday"), "2 birthdays");
    }

    #[test]
    fn sizes_have_two_digits_at_most_three() {
        let shown: Vec<String> = [0, 999, 1000, 88_000_000, 2_100_000_000, 999_999_999, u64::MAX].map(bytes).into();
        assert_eq!(shown, ["0 B", "999 B", "1.0 kB", "88 MB", "2.1 GB", "1.0 GB", "18447 PB"]);
    }

    #[test]
    fn percents_are_rounded_and_bounded() {
        let shown =
            [(0, 0), (1, 3), (2, 3), (5, 5), (9, 5), (u64::MAX, u64::MAX)].map(|(part, whole)| percent(part, whole));
        assert_eq!(shown, [0, 33, 67, 100, 100, 100]);
    }

    #[test]
    fn names_are_listed_as_in_a_sentence() {
        let names = |all: &[&str]| listed(&all.iter().map(ToString::to_string).collect::<Vec<_>>());
        assert_eq!(names(&["LinkedIn", "X", "Discord"]), "LinkedIn, X and Discord");
        assert_eq!(names(&["X"]), "X");
    }

    #[test]
    fn days_of_foreign_times_never_cut_a_character() {
        assert_eq!(day(Some("2019-05-03T14:07:00Z")), "2019-05-03");
        assert_eq!(day(Some("日曜日日曜日")), "日曜日日曜日");
        assert_eq!(day(None), "");
    }
}
