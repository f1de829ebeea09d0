//! The delimiter of a table, told from its first lines.

const DELIMITERS: [u8; 4] = *b",;\t|";

/// Lines looked at.
const LINES: usize = 60;

/// The delimiter that stands equally often in most lines; a comma if none does.
pub fn delimiter(head: &[u8]) -> u8 {
    // What spreadsheets write above a table to say so.
    if let Some([mark, b'\r' | b'\n', ..]) = head.strip_prefix(b"sep=")
        && DELIMITERS.contains(mark)
    {
        return *mark;
    }
    let lines = counts(head);
    let score = |at: usize| {
        let mut here: Vec<usize> =
            lines.iter().map(|line| line.get(at).copied().unwrap_or(0)).filter(|&n| n > 0).collect();
        here.sort_unstable();
        let most = here.chunk_by(|a, b| a == b).map(|same| (same.len(), same.first().copied().unwrap_or(0))).max();
        most.unwrap_or((0, 0))
    };
    let best = (0..DELIMITERS.len()).rev().max_by_key(|&at| score(at));
    best.filter(|&at| score(at).0 > 0).and_then(|at| DELIMITERS.get(at)).copied().unwrap_or(b',')
}

/// How often each delimiter stands outside of quotes, line by line.
fn counts(head: &[u8]) -> Vec<[usize; 4]> {
    let mut lines = vec![[0; 4]];
    let mut quoted = false;
    for &byte in head {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted && lines.len() == LINES => break,
            b'\n' if !quoted => lines.push([0; 4]),
            _ if quoted => {}
            _ => {
                if let (Some(at), Some(line)) = (DELIMITERS.iter().position(|&d| d == byte), lines.last_mut()) {
                    line[at] += 1;
                }
            }
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_delimiter_is_the_mark_that_most_lines_have_equally_often() {
        for (head, expected) in [
            ("a,b\n1,2\n", b','),
            ("Name;Preis\nA;1,5\nB;2,5\n", b';'),
            ("Time\tEvent\n1\tOpened, then closed\n", b'\t'),
            ("a|b\n1|2\n", b'|'),
            ("one column\nof words\n", b','),
            ("sep=;\na,b;c,d\ne,f;g,h\n", b';'),
            ("a,b\n\"x;y;z\nw;\",2\n", b','),
            ("", b','),
        ] {
            assert_eq!(delimiter(head.as_bytes()), expected, "{head:?}");
        }
    }
}
