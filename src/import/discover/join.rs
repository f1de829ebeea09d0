//! Parts become exports.

use super::{Found, Name, Piece, file_name, stem};
use crate::container::ContainerKind;
use crate::import::Options;
use crate::recognise::Verdict;
use crate::sheets::Sheets;
use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};

/// Archives that nobody knows by their contents, an empty one among them, are parts of the export beside them if its sheet's name
/// pattern puts them into its family.
pub(super) fn adopt(pieces: &mut [Piece], sheets: &Sheets) {
    let folder = |piece: &Piece| piece.archive.path.parent().map(Path::to_owned);
    for at in 0..pieces.len() {
        let piece = &pieces[at];
        if piece.sheet.is_some() || matches!(piece.archive.kind, ContainerKind::Folder | ContainerKind::File) {
            continue;
        }
        let beside = pieces.iter().filter(|other| other.certain && folder(other) == folder(piece));
        let mut parents = beside.filter_map(|other| {
            let name = Name::of(other.sheet.map(|sheet| &sheets.all[sheet]), &piece.archive.path);
            (name.certain && name.family == other.family).then_some((other.sheet, name.family))
        });
        if let Some((sheet, family)) = parents.next() {
            let piece = &mut pieces[at];
            (piece.sheet, piece.family, piece.certain) = (sheet, family, true);
        }
    }
}

/// Joins parts into exports: same company, same folder and same family of names, and, where only the number in the name tells,
/// contents that do not repeat each other.
pub(super) fn join(pieces: Vec<Piece>, options: &Options) -> Vec<Found> {
    let mut groups: BTreeMap<(usize, usize), Vec<Piece>> = BTreeMap::new();
    let mut keys: Vec<(Option<usize>, PathBuf, String)> = Vec::new();
    for (at, piece) in pieces.into_iter().enumerate() {
        let folder = piece.archive.path.parent().map(Path::to_owned).unwrap_or_default();
        let key = (piece.sheet, folder, piece.family.clone());
        let alone = matches!(piece.archive.kind, ContainerKind::Folder | ContainerKind::File) && !piece.certain;
        let group = keys.iter().position(|known| *known == key).filter(|_| !alone);
        let number = group.unwrap_or_else(|| {
            keys.push(key);
            keys.len() - 1
        });
        let known =
            groups.range((number, 0)..(number + 1, 0)).map(|(key, _)| *key).find(|key| belongs(&groups[key], &piece));
        groups.entry(known.unwrap_or((number, at))).or_default().push(piece);
    }
    groups.into_values().map(|pieces| together(pieces, options)).collect()
}

/// Whether a piece completes others, rather than saying the same again.
fn belongs(others: &[Piece], piece: &Piece) -> bool {
    if piece.certain {
        return true;
    }
    let names = |piece: &Piece| -> HashSet<String> {
        piece.archive.entries.iter().filter(|entry| entry.skip.is_none()).map(|entry| entry.name.clone()).collect()
    };
    let mine = names(piece);
    let apart = |other: &Piece| stem(&other.archive.path) != stem(&piece.archive.path);
    others.iter().all(|other| {
        // Parts differ in their numbers; the same export as zip and as tar is there twice.
        if !apart(other) {
            return false;
        }
        let theirs = names(other);
        mine.intersection(&theirs).count() * 5 <= mine.len().min(theirs.len())
    })
}

fn together(mut pieces: Vec<Piece>, options: &Options) -> Found {
    pieces.sort_by(|a, b| a.archive.path.cmp(&b.archive.path));
    let mut found = Found {
        parts: Vec::new(),
        verdict: Verdict::default(),
        sheet: pieces.first().and_then(|piece| piece.sheet),
        account: options.account.clone(),
        as_of: options.as_of.clone(),
        warnings: Vec::new(),
    };
    for piece in pieces {
        found.account = found.account.or(piece.account);
        found.as_of = found.as_of.or(piece.as_of);
        found.warnings.extend(
            piece.archive.warnings.iter().map(|warning| format!("{}: {warning}", file_name(&piece.archive.path))),
        );
        found.verdict.join(piece.verdict);
        found.parts.push(piece.archive);
    }
    found
}
