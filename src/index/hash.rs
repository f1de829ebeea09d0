//! Hashes that mean the same in every run and version of tellall: the content of a record, the distinct values of a field, the
//! check sums of batches. Multiply and fold, as in wyhash; changing it is a new format of the index.
//!
//! They are no defence against somebody who searches for collisions: such a person could at most hide a record of theirs behind
//! another of theirs, or spoil an estimate. Tables keyed by foreign text use a seeded hash instead (see [`super::interner`]).

/// Digits of pi: no zero bits worth speaking of, and nothing up the sleeve.
const SEEDS: [u64; 4] = [0x243f_6a88_85a3_08d3, 0x1319_8a2e_0370_7344, 0xa409_3822_299f_31d0, 0x082e_fa98_ec4e_6c89];

/// Multiplies to 128 bits and folds the halves.
pub fn mix(a: u64, b: u64) -> u64 {
    let product = u128::from(a) * u128::from(b);
    (product as u64) ^ (product >> 64) as u64
}

/// The hash of one text.
pub fn of(bytes: &[u8]) -> u64 {
    let state = SEEDS[0] ^ bytes.len() as u64;
    let (a, b) = match bytes {
        [] => (0, 0),
        [one] => (u64::from(*one), 0),
        [first, .., last] if bytes.len() < 4 => {
            (u64::from(*first) << 16 | u64::from(bytes[bytes.len() / 2]) << 8 | u64::from(*last), 0)
        }
        _ if bytes.len() < 8 => (u64::from(head4(bytes)), u64::from(tail4(bytes))),
        _ if bytes.len() <= 16 => (head8(bytes), tail8(bytes)),
        _ => return long(state, bytes),
    };
    mix(state ^ SEEDS[3], mix(a ^ SEEDS[1], b ^ SEEDS[2]))
}

fn long(mut state: u64, bytes: &[u8]) -> u64 {
    let (blocks, _) = bytes.as_chunks::<16>();
    for block in blocks {
        state = mix(head8(block) ^ SEEDS[1], tail8(block) ^ state);
    }
    // The last sixteen bytes, some of them for the second time: cheaper than a tail of odd length.
    let last = bytes.last_chunk::<16>().map_or((0, 0), |last| (head8(last), tail8(last)));
    mix(state ^ SEEDS[3], mix(last.0 ^ SEEDS[1], last.1 ^ SEEDS[2]))
}

fn head8(bytes: &[u8]) -> u64 {
    bytes.first_chunk::<8>().map_or(0, |chunk| u64::from_le_bytes(*chunk))
}

fn tail8(bytes: &[u8]) -> u64 {
    bytes.last_chunk::<8>().map_or(0, |chunk| u64::from_le_bytes(*chunk))
}

fn head4(bytes: &[u8]) -> u32 {
    bytes.first_chunk::<4>().map_or(0, |chunk| u32::from_le_bytes(*chunk))
}

fn tail4(bytes: &[u8]) -> u32 {
    bytes.last_chunk::<4>().map_or(0, |chunk| u32::from_le_bytes(*chunk))
}

const BLOCK: usize = 64;

/// A check sum over bytes that pass by, however they are cut: four lanes side by side, at about the speed of memory.
#[derive(Debug, Clone)]
pub struct Sum {
    lanes: [u64; 4],
    tail: [u8; BLOCK],
    held: usize,
    total: u64,
}

impl Default for Sum {
    fn default() -> Self {
        Self { lanes: SEEDS, tail: [0; BLOCK], held: 0, total: 0 }
    }
}

impl Sum {
    /// The check sum of `bytes`.
    pub fn of(bytes: &[u8]) -> u64 {
        let mut sum = Self::default();
        sum.add(bytes);
        sum.finish()
    }

    pub fn add(&mut self, bytes: &[u8]) {
        self.total += bytes.len() as u64;
        let rest = self.top_up(bytes);
        let (blocks, rest) = rest.as_chunks::<BLOCK>();
        for block in blocks {
            absorb(&mut self.lanes, block);
        }
        if !rest.is_empty() {
            self.tail[..rest.len()].copy_from_slice(rest);
            self.held = rest.len();
        }
    }

    /// Completes the block begun earlier, and gives what is left of `bytes`.
    fn top_up<'a>(&mut self, bytes: &'a [u8]) -> &'a [u8] {
        if self.held == 0 {
            return bytes;
        }
        let (now, later) = bytes.split_at(bytes.len().min(BLOCK - self.held));
        self.tail[self.held..self.held + now.len()].copy_from_slice(now);
        self.held += now.len();
        if self.held == BLOCK {
            absorb(&mut self.lanes, &self.tail);
            self.held = 0;
        }
        later
    }

    pub fn finish(&self) -> u64 {
        let mut lanes = self.lanes;
        let mut tail = [0; BLOCK];
        tail[..self.held].copy_from_slice(&self.tail[..self.held]);
        absorb(&mut lanes, &tail);
        let [a, b, c, d] = lanes;
        mix(mix(a ^ SEEDS[1], b ^ SEEDS[2]) ^ self.total, mix(c ^ SEEDS[3], d ^ SEEDS[0]))
    }
}

fn absorb(lanes: &mut [u64; 4], block: &[u8; BLOCK]) {
    let (parts, _) = block.as_chunks::<16>();
    for ((lane, part), seed) in lanes.iter_mut().zip(parts).zip(SEEDS) {
        *lane = mix(head8(part) ^ seed, tail8(part) ^ *lane);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// If this test fails, every index on every disk would be read wrongly: raise `FORMAT` when changing it.
    #[test]
    fn the_hash_is_the_same_in_every_version() {
        let texts = [
            "",
            "a",
            "ab",
            "Rosa",
            "Rosa Quill",
            "rosa.quill@example.org",
            "a text of more than thirty-two bytes, ends odd",
        ];
        let found = texts.map(|text| format!("{:016x}", of(text.as_bytes())));
        let expected = [
            "e7f062073e8896d5",
            "a571a03618ee0b9c",
            "f8a90f29f6a71630",
            "6c80521b25565157",
            "72d82602aea9d36d",
            "00d6cd85b4d1132a",
            "1e2207053eee5a03",
        ];
        assert_eq!(found, expected);
        assert_eq!(format!("{:016x}", Sum::of(texts[6].as_bytes())), "ed41cc149153767f");
    }

    #[test]
    fn one_changed_bit_changes_the_hash() {
        for len in [1usize, 3, 4, 7, 8, 15, 16, 17, 33, 64, 65, 200] {
            let bytes = vec![7u8; len];
            for bit in 0..len * 8 {
                let mut other = bytes.clone();
                other[bit / 8] ^= 1 << (bit % 8);
                assert_ne!(of(&bytes), of(&other), "length {len}, bit {bit}");
                assert_ne!(Sum::of(&bytes), Sum::of(&other), "length {len}, bit {bit}");
            }
        }
    }

    #[test]
    fn a_sum_does_not_depend_on_how_the_bytes_are_cut() {
        let bytes: Vec<u8> = (0..1000u32).map(|n| (n * 7) as u8).collect();
        for cut in [1, 3, 63, 64, 65, 128, 999] {
            let mut sum = Sum::default();
            for piece in bytes.chunks(cut) {
                sum.add(piece);
            }
            assert_eq!(sum.finish(), Sum::of(&bytes), "cut at {cut}");
        }
    }

    #[test]
    fn trailing_zeros_count() {
        assert_ne!(Sum::of(&[0; 3]), Sum::of(&[0; 4]));
        assert_ne!(of(&[0; 3]), of(&[0; 2]));
    }
}
