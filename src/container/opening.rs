//! Opening: from a path to the contents, archives inside archives included.

use super::contents::{Base, Contents, Ground, HEAD, Leaf, Lister, Place, Stream};
use super::guard::{Budget, Meter, Promise, Watched};
use super::inflate::Members;
use super::name::Label;
use super::nested::{self, Descent};
use super::reading;
use super::sniff::{self, Looks};
use super::source::{Flow, Source};
use super::walk::{Coding, Tail, Visitor};
use super::zip::{NEEDS_PASSWORD, Spot};
use super::{ContainerKind, Entry, Fault, folder, tar, wording, zip};
use std::io::{self, Read};
use std::path::Path;

/// What is at `path`, and what is in it.
pub(super) fn open(path: &Path, budget: &Budget) -> Result<(ContainerKind, Contents), Fault> {
    let metadata = std::fs::metadata(path).map_err(|error| Fault::cannot_open(path, &error))?;
    let mut opening = Opening { path, budget: budget.apart(), contents: Contents::default() };
    let kind = if metadata.is_dir() {
        opening.folder();
        ContainerKind::Folder
    } else if metadata.is_file() {
        opening.file()?
    } else {
        return Err(Fault::is_no_file(path));
    };
    opening.finish()?;
    Ok((kind, opening.contents))
}

struct Opening<'a> {
    path: &'a Path,
    /// Apart from the one of the import, so that looking is not counted as reading.
    budget: Budget,
    contents: Contents,
}

/// A stretch of a file that is an archive, and the archives around it.
#[derive(Clone, Copy)]
struct Nest<'a> {
    base: usize,
    start: u64,
    len: u64,
    /// In front of every name, `/` included.
    prefix: &'a str,
    depth: u32,
}

impl Opening<'_> {
    fn most(&self) -> usize {
        usize::try_from(self.budget.limits.entries).unwrap_or(usize::MAX)
    }

    fn fault(&self, error: &io::Error) -> Fault {
        Fault::cannot_open(self.path, error)
    }

    fn folder(&mut self) {
        let most = self.most();
        folder::list(self.path, &mut self.contents, most, &self.budget);
        self.unfold(0, 0);
    }

    fn file(&mut self) -> Result<ContainerKind, Fault> {
        let source = Source::open(self.path).map_err(|error| self.fault(&error))?;
        let len = source.len();
        if len == 0 {
            return Err(Fault::is_empty(self.path));
        }
        let head = source.bytes(0, sniff::ENOUGH).map_err(|error| self.fault(&error))?;
        let base = self.contents.add_base(Base::Open(source.clone()));
        let name = self.path.file_name().unwrap_or_default().as_encoded_bytes();
        let label = Label::new(name);
        if sniff::is_unfinished(&label.name) {
            self.contents.warnings.push("its name says that the download is not finished".to_owned());
        }
        let whole = Nest { base, start: 0, len, prefix: "", depth: 0 };
        let opened = match sniff::looks(&head) {
            Looks::Zip => self.zip(&source, whole),
            Looks::Tar => {
                self.tar(&source, whole);
                Ok(ContainerKind::Tar)
            }
            Looks::Gzip => self.gzip(&source, whole, &label),
            looks => self.other(&source, whole, label, looks)?,
        };
        let kind = opened.map_err(|error| self.fault(&error))?;
        if self.contents.entries.is_empty() && kind != ContainerKind::Zip && !self.budget.is_cancelled() {
            let why = self.contents.warnings.first().map_or("it has no entries", String::as_str);
            return Err(Fault::has_no_entries(self.path, why));
        }
        let mut files = self.contents.entries.iter().filter(|entry| entry.skip.is_none()).peekable();
        if files.peek().is_some() && files.all(|entry| entry.fail.as_deref() == Some(NEEDS_PASSWORD)) {
            return Err(Fault::needs_password(self.path));
        }
        Ok(kind)
    }

    /// A file that does not begin like an archive.
    fn other(
        &mut self,
        source: &Source,
        whole: Nest<'_>,
        label: Label,
        looks: Looks,
    ) -> Result<io::Result<ContainerKind>, Fault> {
        if let Looks::OtherArchive(name) = looks {
            return Err(Fault::is_other_archive(self.path, name));
        }
        if looks == Looks::Program {
            return Err(Fault::is_program(self.path));
        }
        if !sniff::names_an_archive(&label.name) {
            self.single(whole, label, Coding::Stored);
            return Ok(Ok(ContainerKind::File));
        }
        // Something may have been put in front of a zip.
        match self.zip_by_directory(source, whole) {
            Ok(true) => Ok(Ok(ContainerKind::Zip)),
            Err(error) => Ok(Err(error)),
            Ok(false) => {
                let name = if let Looks::NoArchive(name) = looks { Some(name) } else { None };
                Err(Fault::only_looks_like_archive(self.path, name, whole.len))
            }
        }
    }

    /// A file that is its own only entry.
    fn single(&mut self, whole: Nest<'_>, label: Label, coding: Coding) {
        let size = (coding == Coding::Stored).then_some(whole.len);
        let leaf =
            Leaf { base: whole.base, at: whole.start, packed: whole.len, coding, promise: Promise { size, crc: None } };
        let entry = Entry {
            name: format!("{}{}", whole.prefix, label.name),
            size,
            packed: whole.len,
            skip: label.skip,
            fail: None,
            warnings: label.warnings,
        };
        self.contents.push(entry, Place::Leaf(leaf));
    }

    fn zip(&mut self, source: &Source, nest: Nest<'_>) -> io::Result<ContainerKind> {
        if self.zip_by_directory(source, nest)? {
            return Ok(ContainerKind::Zip);
        }
        let mut span = source.span(nest.start, nest.len);
        let meter = Meter::new(&self.budget, span.taken());
        let first = self.contents.entries.len();
        let tail = self.walk(nest, |lister| zip::walk(&mut span, &meter, lister));
        if tail.cut_at.is_none() {
            let found = wording::counted((self.contents.entries.len() - first) as u64, "entry", "entries");
            self.note(nest, vec![format!("its directory is cut off or damaged: {found} found without it")]);
        }
        self.unfold(first, nest.depth);
        Ok(ContainerKind::CutZip)
    }

    /// False if there is no directory that is whole.
    fn zip_by_directory(&mut self, source: &Source, nest: Nest<'_>) -> io::Result<bool> {
        let first = self.contents.entries.len();
        let room = self.most().saturating_sub(first);
        let Some(listing) = zip::list(source, nest.start, nest.len, room as u64)? else { return Ok(false) };
        self.note(nest, listing.warnings);
        let leaf = |spot: &Spot, packed| Leaf {
            base: nest.base,
            at: nest.start + spot.data_at,
            packed,
            coding: spot.coding(),
            promise: spot.promise(),
        };
        let mut entries = listing.entries;
        let placed = entries.iter().zip(&listing.spots);
        self.contents.places.extend(placed.map(|(entry, spot)| Place::Leaf(leaf(spot, entry.packed))));
        if !nest.prefix.is_empty() {
            for entry in &mut entries {
                entry.name.insert_str(0, nest.prefix);
            }
        }
        self.contents.append(entries);
        self.unfold(first, nest.depth);
        Ok(true)
    }

    fn tar(&mut self, source: &Source, nest: Nest<'_>) {
        let mut span = source.span(nest.start, nest.len);
        let first = self.contents.entries.len();
        self.walk(nest, |lister| tar::walk(&mut span, lister));
        self.unfold(first, nest.depth);
    }

    /// Lists what a walk over stored bytes meets.
    fn walk(&mut self, nest: Nest<'_>, walk: impl FnOnce(&mut dyn Visitor) -> Tail) -> Tail {
        let most = self.most();
        let ground = Ground::Base { base: nest.base, start: nest.start };
        let mut lister = Lister::new(&mut self.contents, ground, nest.prefix, most);
        let tail = walk(&mut lister);
        let whole = lister.whole;
        self.note(nest, nested::about(&tail, Some(whole)));
        tail
    }

    fn note(&mut self, nest: Nest<'_>, sentences: Vec<String>) {
        let inside = nest.prefix.strip_suffix('/').map_or(String::new(), |name| format!("{name}: "));
        self.contents.warnings.extend(sentences.into_iter().map(|sentence| format!("{inside}{sentence}")));
    }

    fn gzip(&mut self, source: &Source, whole: Nest<'_>, label: &Label) -> io::Result<ContainerKind> {
        let kind = match gzip_looks(source, whole) {
            Looks::Tar => ContainerKind::TarGz,
            Looks::Zip => ContainerKind::Zip,
            _ => ContainerKind::File,
        };
        if kind == ContainerKind::File {
            let name = sniff::unzipped(&label.name).to_owned();
            self.single(whole, Label { name, ..label.clone() }, Coding::Gzip);
        } else {
            self.stream(Stream { leaf: leaf(whole), looks: Looks::Gzip, prefix: String::new(), depth: 0 })?;
        }
        Ok(kind)
    }

    /// Lists an archive that can only be walked, by walking it once.
    fn stream(&mut self, stream: Stream) -> io::Result<()> {
        let first = self.contents.entries.len();
        let (reader, meter) = reading::packed(&self.contents, &stream.leaf, &self.budget)?;
        let (looks, depth, prefix) = (stream.looks, stream.depth, stream.prefix.clone());
        let packed = stream.leaf.packed;
        self.contents.streams.push(stream);
        let ground = Ground::Stream(self.contents.streams.len() - 1);
        let (most, deepest) = (self.most(), self.budget.limits.depth);
        let mut lister = Lister::new(&mut self.contents, ground, "", most);
        let mut descent = Descent { visitor: &mut lister, meter: &meter, prefix: prefix.clone(), depth, deepest };
        let watched = Watched { inner: reader, guard: meter.guard() };
        let tail = descent.walk(looks, &mut Flow::new(watched));
        let whole = lister.whole;
        let prefix = if prefix.is_empty() { prefix } else { format!("{prefix}/") };
        let nest = Nest { base: 0, start: 0, len: 0, prefix: &prefix, depth };
        self.note(nest, nested::about(&tail, Some(whole)));
        self.share(first, packed);
        Ok(())
    }

    /// Gives every entry of a stream its share of the bytes on disk.
    fn share(&mut self, first: usize, packed: u64) {
        let entries = self.contents.entries.get_mut(first..).unwrap_or_default();
        let size = |entry: &Entry| if entry.skip.is_some() { 0 } else { u128::from(entry.size.unwrap_or(0)) };
        let total = entries.iter().map(size).sum::<u128>().max(1);
        for entry in entries {
            entry.packed = (size(entry) * u128::from(packed) / total) as u64;
        }
    }

    /// Opens the archives among the entries from `first` on, and those in them.
    fn unfold(&mut self, first: usize, depth: u32) {
        for number in first..self.contents.entries.len() {
            let Some(entry) = self.contents.entries.get(number) else { break };
            let is_data = entry.skip.is_none() && entry.fail.is_none();
            if !is_data || !sniff::names_an_inner_archive(&entry.name) || self.budget.is_cancelled() {
                continue;
            }
            let name = entry.name.clone();
            let Some(Place::Leaf(leaf)) = self.contents.places.get(number).copied() else { continue };
            // Bytes that cannot be read now cannot be read later: that is told then.
            let Ok(head) = reading::head(&self.contents, &leaf, &self.budget, HEAD) else { continue };
            let looks = sniff::looks(&head);
            if !matches!(looks, Looks::Zip | Looks::Tar | Looks::Gzip) {
                continue;
            }
            let outcome = if depth >= self.budget.limits.depth {
                Err(nested::too_deep(depth))
            } else {
                self.inner(leaf, looks, &name, depth + 1).map_err(|error| error.to_string())
            };
            if let Some(entry) = self.contents.entries.get_mut(number) {
                match outcome {
                    Ok(()) => entry.skip = Some(nested::LISTED_APART.to_owned()),
                    Err(sentence) => entry.fail = Some(sentence),
                }
            }
        }
    }

    fn inner(&mut self, leaf: Leaf, looks: Looks, name: &str, depth: u32) -> io::Result<()> {
        if let Coding::Method(method) = leaf.coding {
            return Err(io::Error::other(format!(
                "an archive packed by method {method} inside an archive: not opened"
            )));
        }
        if leaf.coding != Coding::Stored {
            return self.stream(Stream { leaf, looks, prefix: name.to_owned(), depth });
        }
        let source = self.contents.bases.get(leaf.base).map(Base::open).transpose()?;
        let Some(source) = source else { return Ok(()) };
        let prefix = format!("{name}/");
        let nest = Nest { base: leaf.base, start: leaf.at, len: leaf.packed, prefix: &prefix, depth };
        match looks {
            Looks::Zip => self.zip(&source, nest).map(drop),
            Looks::Tar => {
                self.tar(&source, nest);
                Ok(())
            }
            _ => match gzip_looks(&source, nest) {
                Looks::Zip | Looks::Tar => self.stream(Stream { leaf, looks, prefix: name.to_owned(), depth }),
                _ => {
                    self.single(nest, Label::new(sniff::unzipped(name).as_bytes()), Coding::Gzip);
                    Ok(())
                }
            },
        }
    }

    /// What can only be said of all of it.
    fn finish(&mut self) -> Result<(), Fault> {
        if self.budget.is_cancelled() {
            return Err(Fault::cancelled(self.path));
        }
        if self.contents.entries.len() > self.most() {
            return Err(Fault::has_too_many(self.path, self.budget.limits.entries));
        }
        self.contents.warn_of_duplicates();
        Ok(())
    }
}

fn leaf(nest: Nest<'_>) -> Leaf {
    Leaf { base: nest.base, at: nest.start, packed: nest.len, coding: Coding::Stored, promise: Promise::default() }
}

/// What lies in gzip data; unknown if its first bytes are damaged.
fn gzip_looks(source: &Source, nest: Nest<'_>) -> Looks {
    let mut head = Vec::new();
    let unzipped = Members::new(source.span(nest.start, nest.len));
    match unzipped.take(sniff::ENOUGH as u64).read_to_end(&mut head) {
        Ok(_) | Err(_) => sniff::looks(&head),
    }
}
