//! Writes `src/tui/screens/map/coast.bin`, the coasts that the map draws.
//!
//! ```text
//! npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
//! cargo run --example make_coast -- package/land-50m.json
//! ```
//!
//! The coasts are those of Natural Earth 4.1.0 at 1:50 million, which is in the public domain; the package holds them as `TopoJSON`.
//! What is left out bends a line by less than [`BEND`].

use anyhow::{Context as _, bail};
use serde::Deserialize;

const TO: &str = "src/tui/screens/map/coast.bin";
/// Degrees.
const BEND: f64 = 0.02;
/// Points are kept in parts of a degree.
const PARTS: f64 = 100.0;

#[derive(Deserialize)]
struct Topology {
    arcs: Vec<Vec<[f64; 2]>>,
    transform: Transform,
}

/// Points are steps from the one before, in units of their own.
#[derive(Deserialize)]
struct Transform {
    scale: [f64; 2],
    translate: [f64; 2],
}

type Point = [f64; 2];

fn main() -> anyhow::Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [file] = args.as_slice() else { bail!("cargo run --example make_coast -- land-50m.json") };
    let text = std::fs::read_to_string(file).with_context(|| format!("reading {file}"))?;
    let topology: Topology = serde_json::from_str(&text).context("reading the TopoJSON")?;
    let mut bytes = Vec::new();
    for arc in &topology.arcs {
        let line: Vec<Point> = straightened(&points(arc, &topology.transform));
        for piece in line.split(|point| is_seam(*point)).filter(|piece| piece.len() > 1) {
            write(piece, &mut bytes);
        }
    }
    std::fs::write(TO, bytes).context("writing the coasts")
}

fn points(arc: &[[f64; 2]], transform: &Transform) -> Vec<Point> {
    let mut at = [0.0, 0.0];
    let point = |step: &[f64; 2]| {
        at = [at[0] + step[0], at[1] + step[1]];
        std::array::from_fn(|i| at[i] * transform.scale[i] + transform.translate[i])
    };
    arc.iter().map(point).collect()
}

/// The date line and the pole cut polygons; they are no coasts.
fn is_seam([east, north]: Point) -> bool {
    east.abs() > 179.99 || north < -89.9
}

/// Without points that bend the line by less than [`BEND`] (Douglas and Peucker 1973).
fn straightened(line: &[Point]) -> Vec<Point> {
    let (Some(first), Some(last)) = (line.first(), line.last()) else { return Vec::new() };
    let bend = |point: &Point| distance(*point, *first, *last);
    let inner = line.iter().enumerate().skip(1).take(line.len().saturating_sub(2));
    match inner.max_by(|(_, a), (_, b)| bend(a).total_cmp(&bend(b))) {
        Some((at, most)) if bend(most) > BEND => {
            let mut kept = straightened(&line[..=at]);
            kept.pop();
            kept.extend(straightened(&line[at..]));
            kept
        }
        _ => vec![*first, *last],
    }
}

/// From a point to the straight between two.
fn distance(point: Point, from: Point, to: Point) -> f64 {
    let along = [to[0] - from[0], to[1] - from[1]];
    let beside = [point[0] - from[0], point[1] - from[1]];
    let length = along[0].powi(2) + along[1].powi(2);
    let share = if length > 0.0 { (beside[0] * along[0] + beside[1] * along[1]) / length } else { 0.0 }.clamp(0.0, 1.0);
    (beside[0] - share * along[0]).hypot(beside[1] - share * along[1])
}

/// How many points, then each as the step from the one before, all in numbers of seven bits a byte.
fn write(line: &[Point], out: &mut Vec<u8>) {
    number(line.len() as u64, out);
    let mut at = [0i64; 2];
    for point in line {
        let next: [i64; 2] = std::array::from_fn(|i| (point[i] * PARTS).round() as i64);
        for i in 0..2 {
            let step = next[i] - at[i];
            // Small steps either way are small numbers.
            number(((step << 1) ^ (step >> 63)) as u64, out);
        }
        at = next;
    }
}

fn number(mut number: u64, out: &mut Vec<u8>) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}
