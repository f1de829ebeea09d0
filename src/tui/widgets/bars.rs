//! Bars and sparklines, with numbers beside them wherever they stand.

use std::collections::BTreeMap;

const EIGHTHS: [&str; 8] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];

/// `██████░░░░` for a share of a whole.
pub fn bar(part: u64, whole: u64, width: usize) -> String {
    let filled = (u128::from(part) * width as u128).checked_div(u128::from(whole)).unwrap_or(0) as usize;
    let filled = if part > 0 { filled.clamp(1, width) } else { 0 };
    format!("{}{}", "█".repeat(filled), "░".repeat(width - filled))
}

/// One column for each number; a blank for nothing, at least the lowest bar for something.
pub fn spark(numbers: &[u64]) -> String {
    let most = numbers.iter().copied().max().unwrap_or(0);
    numbers.iter().map(|&number| column(number, most)).collect()
}

fn column(number: u64, most: u64) -> &'static str {
    match number.checked_mul(7).and_then(|scaled| scaled.checked_div(most)) {
        _ if number == 0 => " ",
        Some(height) => EIGHTHS[(height as usize).min(7)],
        None => EIGHTHS[7],
    }
}

/// Months (`YYYY * 12 + month - 1`) in `columns` equal steps of time: the sums, and how many months one column holds.
pub fn months(months: &BTreeMap<i32, u64>, columns: usize) -> (Vec<u64>, usize) {
    let (Some((&first, _)), Some((&last, _))) = (months.first_key_value(), months.last_key_value()) else {
        return (Vec::new(), 1);
    };
    let span = usize::try_from(i64::from(last) - i64::from(first) + 1).unwrap_or(1);
    let step = span.div_ceil(columns.max(1)).max(1);
    let mut sums = vec![0u64; span.div_ceil(step)];
    for (&month, &count) in months {
        let at = usize::try_from(i64::from(month) - i64::from(first)).unwrap_or(0) / step;
        if let Some(sum) = sums.get_mut(at) {
            *sum = sum.saturating_add(count);
        }
    }
    (sums, step)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_share_still_shows() {
        assert_eq!(bar(1, 1000, 10), "█░░░░░░░░░");
        assert_eq!(bar(1000, 1000, 10), "██████████");
        assert_eq!(bar(0, 0, 3), "░░░");
    }

    #[test]
    fn a_spark_tells_nothing_from_little() {
        assert_eq!(spark(&[0, 1, 50, 100]), " ▁▄█");
        assert_eq!(spark(&[u64::MAX, 1]), "█▁");
    }

    #[test]
    fn months_are_joined_until_they_fit() {
        let of = |pairs: &[(i32, u64)], columns| months(&pairs.iter().copied().collect(), columns);
        assert_eq!(of(&[(100, 1), (103, 2)], 10), (vec![1, 0, 0, 2], 1));
        assert_eq!(of(&[(100, 1), (101, 5), (103, 2)], 2), (vec![6, 2], 2));
        assert_eq!(of(&[], 2), (vec![], 1));
        assert_eq!(of(&[(i32::MIN, 1), (i32::MAX, 1)], 3).0.iter().sum::<u64>(), 2);
    }
}
