//! Finds a photo in its archive and makes it ready for the screen.

use super::Desk;
use crate::source;
use crate::tui::model::Reply;
use crate::tui::photo::{self, Photo, Room, Wanted};

/// Bytes of a file that is shown.
const BYTES: u64 = 32 << 20;
/// A longer value is no name of a file.
const NAME: usize = 1024;

pub fn perform(desk: &Desk, ask: u64, wanted: &Wanted, room: &Room) {
    desk.reply(ask, Reply::Photo(ready(desk, wanted, room)));
}

fn ready(desk: &Desk, wanted: &Wanted, room: &Room) -> Result<Photo, String> {
    let store = desk.shelf().store;
    let segment = store.get(&wanted.export).ok_or_else(|| format!("{} is not in the index any more", wanted.export))?;
    let ledger = segment.ledger().map_err(|error| error.to_string())?;
    let entries: Vec<&str> = ledger.entries.iter().map(|line| line.entry.as_str()).collect();
    let entry = held(&entries, wanted)?;
    let bytes = source::bytes(segment, entry, BYTES)?;
    photo::ready(entry, &bytes, room)
}

/// The entry that is meant by the first name the archive has.
fn held<'e>(entries: &[&'e str], wanted: &Wanted) -> Result<&'e str, String> {
    let names: Vec<&str> = wanted.named.iter().filter_map(|name| picture_name(name)).collect();
    let missing = || match names.first() {
        Some(name) => format!("{} is not in the archive", file_name(name)),
        None => "nothing here is a photo that can be shown (JPEG, PNG, GIF or WebP)".to_owned(),
    };
    names.iter().find_map(|name| nearest(entries, name, &wanted.near)).ok_or_else(missing)
}

/// A value as the name of a picture, without what follows in a link; nothing if it is none.
fn picture_name(value: &str) -> Option<&str> {
    let value = value.trim();
    let name = value.split(['?', '#']).next().filter(|_| value.len() < NAME)?;
    let (_, end) = file_name(name).rsplit_once('.')?;
    ["jpg", "jpeg", "png", "gif", "webp"].contains(&end.to_lowercase().as_str()).then_some(name)
}

fn file_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

/// The whole path goes before the name alone, and the name before one with something in front (`123-name.jpg`, as X has it); of
/// equals, the one that shares most of its path with `near`.
fn nearest<'e>(entries: &[&'e str], name: &str, near: &str) -> Option<&'e str> {
    let path = name.trim_start_matches("./").replace('\\', "/");
    let file = file_name(name);
    let rank = |entry: &str| {
        let own = file_name(entry);
        match () {
            () if entry == path || entry.strip_suffix(&path).is_some_and(|before| before.ends_with('/')) => 3,
            () if own == file => 2,
            () if own.strip_suffix(file).is_some_and(|before| before.ends_with(['-', '_'])) => 1,
            () => 0,
        }
    };
    let shared = |entry: &str| entry.chars().zip(near.chars()).take_while(|(one, other)| one == other).count();
    let ranked = entries.iter().map(|entry| (rank(entry), *entry)).filter(|(rank, _)| *rank > 0);
    // Of full equals the first, whatever their number.
    ranked.rev().max_by_key(|(rank, entry)| (*rank, shared(entry))).map(|(_, entry)| entry)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(entries: &[&str], near: &str, named: &[&str]) -> Result<String, String> {
        let named = named.iter().map(|&name| name.to_owned()).collect();
        let wanted = Wanted { export: String::new(), near: near.to_owned(), named };
        held(entries, &wanted).map(str::to_owned)
    }

    #[test]
    fn a_photo_is_found_by_its_path_its_name_and_its_neighbours() {
        let entries = ["me/inbox/ann/photos/1.jpg", "me/inbox/ben/photos/1.jpg", "data/media/77-rose.png", "x.txt"];
        let inbox = "me/inbox/ben/message_1.json";
        assert_eq!(found(&entries, inbox, &["inbox/ann/photos/1.jpg"]).as_deref(), Ok(entries[0]));
        assert_eq!(found(&entries, inbox, &["1.jpg"]).as_deref(), Ok(entries[1]));
        let link = "https://media.example.com/rose.png?size=large";
        assert_eq!(found(&entries, "", &["no picture", link]).as_deref(), Ok(entries[2]));
    }

    #[test]
    fn a_photo_that_is_not_there_is_named_and_what_is_none_is_told() {
        assert_eq!(found(&["a.jpg"], "", &["media/b.jpg"]), Err("b.jpg is not in the archive".to_owned()));
        let why = found(&["a.jpg", "x.txt"], "", &["x.txt", "hello"]).expect_err("no photo");
        assert!(why.starts_with("nothing here is a photo"), "{why}");
    }
}
