//! How many distinct values a field has: exact as long as it is cheap, a close estimate beyond.

use std::collections::HashSet;
use std::hash::{BuildHasherDefault, Hasher};

/// Distinct values up to which the count is exact.
pub const EXACT: usize = 4096;

const BITS: u32 = 14;
const REGISTERS: usize = 1 << BITS;
/// The longest run of zeros a register can have seen, and one.
const LONGEST: usize = 64 - BITS as usize + 1;

/// A count of distinct hashes. It does not depend on the order in which they come, nor on how they are spread over workers.
#[derive(Debug, Clone)]
pub enum Distinct {
    Exact(HashSet<u64, BuildHasherDefault<AsItIs>>),
    /// `HyperLogLog`, 16 KiB: a standard error of 0.8 %.
    Many(Box<[u8]>),
}

/// The hashes are hashes already.
#[derive(Debug, Clone, Copy, Default)]
pub struct AsItIs(u64);

impl Hasher for AsItIs {
    fn write(&mut self, bytes: &[u8]) {
        self.0 = super::hash::of(bytes);
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

impl Default for Distinct {
    fn default() -> Self {
        Self::Exact(HashSet::default())
    }
}

impl Distinct {
    /// Counts one hash. True if it is certain that it was not there before.
    pub fn add(&mut self, hash: u64) -> bool {
        match self {
            Self::Exact(seen) => {
                let new = seen.insert(hash);
                if seen.len() > EXACT {
                    self.estimate();
                }
                new
            }
            Self::Many(registers) => {
                raise(registers, hash);
                false
            }
        }
    }

    fn estimate(&mut self) {
        if let Self::Exact(seen) = self {
            let mut registers = vec![0; REGISTERS].into_boxed_slice();
            for &hash in seen.iter() {
                raise(&mut registers, hash);
            }
            *self = Self::Many(registers);
        }
    }

    /// Takes in what another worker counted.
    pub fn merge(&mut self, other: &Self) {
        match other {
            Self::Exact(seen) => {
                for &hash in seen {
                    self.add(hash);
                }
            }
            Self::Many(theirs) => {
                self.estimate();
                if let Self::Many(ours) = self {
                    for (our, their) in ours.iter_mut().zip(theirs) {
                        *our = (*our).max(*their);
                    }
                }
            }
        }
    }

    /// The count, and whether it is exact.
    pub fn count(&self) -> (u64, bool) {
        match self {
            Self::Exact(seen) => (seen.len() as u64, true),
            Self::Many(registers) => (estimate(registers), false),
        }
    }
}

fn raise(registers: &mut [u8], hash: u64) {
    let run = ((hash << BITS) | (1 << (BITS - 1))).leading_zeros() as u8 + 1;
    if let Some(register) = registers.get_mut((hash >> (64 - BITS)) as usize) {
        *register = (*register).max(run);
    }
}

/// The improved raw estimate of Otmar Ertl (2017, "New cardinality estimation algorithms", algorithm 6): unbiased over the whole
/// range, without tables.
fn estimate(registers: &[u8]) -> u64 {
    let size = REGISTERS as f64;
    let mut counts = [0u32; LONGEST + 1];
    for &register in registers {
        counts[usize::from(register).min(LONGEST)] += 1;
    }
    let mut z = size * tau(1.0 - f64::from(counts[LONGEST]) / size);
    for &count in counts[1..LONGEST].iter().rev() {
        z = 0.5 * (z + f64::from(count));
    }
    z += size * sigma(f64::from(counts[0]) / size);
    (size * size / (2.0 * std::f64::consts::LN_2 * z)).round() as u64
}

fn sigma(mut x: f64) -> f64 {
    let (mut y, mut z) = (1.0, x);
    // All registers empty never happens here: at least EXACT hashes were counted.
    while x > 0.0 && x < 1.0 {
        x *= x;
        let before = z;
        z += x * y;
        y += y;
        if z <= before {
            break;
        }
    }
    z
}

fn tau(mut x: f64) -> f64 {
    if x <= 0.0 || x >= 1.0 {
        return 0.0;
    }
    let (mut y, mut z) = (1.0, 1.0 - x);
    loop {
        x = x.sqrt();
        let before = z;
        y *= 0.5;
        z -= (1.0 - x).powi(2) * y;
        if z >= before {
            return z / 3.0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::hash;

    fn counting(numbers: impl Iterator<Item = u64>) -> Distinct {
        let mut distinct = Distinct::default();
        for number in numbers {
            distinct.add(hash::of(number.to_string().as_bytes()));
        }
        distinct
    }

    #[test]
    fn up_to_4096_distinct_values_the_count_is_exact() {
        assert_eq!(counting(0..4096).count(), (4096, true));
        assert_eq!(counting((0..100_000).map(|n| n % 37)).count(), (37, true));
        assert_eq!(counting(0..0).count(), (0, true));
    }

    #[test]
    fn beyond_4096_the_estimate_is_within_two_percent() {
        for n in [4_097u64, 6_000, 10_000, 20_000, 41_000, 60_000, 82_000, 150_000, 1_000_000] {
            let (count, exact) = counting(0..n).count();
            assert!(!exact);
            let error = (count as f64 - n as f64).abs() / n as f64;
            assert!(error < 0.02, "{n} counted as {count}");
        }
    }

    #[test]
    fn how_the_values_are_spread_over_workers_does_not_matter() {
        for n in [3_000u64, 5_000, 20_000] {
            let whole = counting(0..n);
            let mut joined = counting((0..n).filter(|x| x % 3 == 0));
            joined.merge(&counting((0..n).filter(|x| x % 3 != 0)));
            assert_eq!(joined.count(), whole.count());
        }
    }

    #[test]
    fn a_hash_is_new_once() {
        let mut distinct = Distinct::default();
        assert!(distinct.add(5));
        assert!(!distinct.add(5));
    }
}
