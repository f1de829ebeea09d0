//! Compiles in the sheets of `src/sheets`, the key paths of `src/schemas` and the samples of `sample_exports`: adding a company touches
//! no Rust.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").ok_or(io::ErrorKind::NotFound)?);
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or(io::ErrorKind::NotFound)?);

    let (sheets, schemas) = (root.join("src/sheets"), root.join("src/schemas"));
    fs::write(out.join("sheets.rs"), texts(&sheets, ".toml")?)?;
    fs::write(out.join("schemas.rs"), texts(&schemas, ".txt")?)?;

    let samples = root.join("sample_exports");
    let mut list = String::from("&[");
    walk(&samples, "", &mut |name, file| {
        let _ = write!(list, "({name:?}, include_bytes!({:?})),", file.to_string_lossy());
    })?;
    fs::write(out.join("samples.rs"), list + "]")?;

    for folder in [&sheets, &schemas, &samples] {
        // Cargo looks through a folder for changed files.
        let line = format!("cargo::rerun-if-changed={}\n", folder.display());
        io::Write::write_all(&mut io::stdout(), line.as_bytes())?;
    }
    Ok(())
}

/// A list, in Rust, of the files of a folder that end so: name without the end, text.
fn texts(folder: &Path, end: &str) -> io::Result<String> {
    let mut list = String::from("&[");
    for name in names(folder)? {
        if let Some(id) = name.strip_suffix(end) {
            let file = folder.join(&name);
            // Writing to a String cannot fail. The path becomes a literal of Rust.
            let _ = write!(list, "({id:?}, include_str!({:?})),", file.to_string_lossy());
        }
    }
    Ok(list + "]")
}

/// Names in a folder, in order.
fn names(folder: &Path) -> io::Result<Vec<String>> {
    let mut names: Vec<String> = fs::read_dir(folder)?
        .map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()))
        .collect::<io::Result<_>>()?;
    names.sort();
    Ok(names)
}

/// Every file below a folder, by its path from there with `/` between the names.
fn walk(folder: &Path, below: &str, visit: &mut dyn FnMut(&str, &Path)) -> io::Result<()> {
    for name in names(folder)? {
        let (path, name) = (folder.join(&name), format!("{below}{name}"));
        if path.is_dir() {
            walk(&path, &format!("{name}/"), visit)?;
        } else {
            visit(&name, &path);
        }
    }
    Ok(())
}
