//! Whose files the index believes, and who may read them.

use super::*;
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown, symlink};

fn mode(path: &Path) -> u32 {
    path.metadata().expect("it exists").mode() & 0o777
}

fn refusal(dir: &Path) -> String {
    let error = Store::open(dir).expect_err("it must be refused");
    assert!(matches!(error, StoreError::Refused { .. }), "{error}");
    error.to_string()
}

#[test]
fn folders_are_0700_and_files_0600() {
    let place = Place::new();
    import(&place.store(), export("example"), None, &["a"]);
    for folder in ["", "tmp", "segments", "segments/example"] {
        assert_eq!(mode(&place.index.join(folder)), 0o700, "{folder}");
    }
    for file in place.files("example").into_iter().chain([place.index.join("lock")]) {
        assert_eq!(mode(&file), 0o600, "{}", file.display());
    }
}

#[test]
fn a_folder_that_others_may_read_is_closed_to_them() {
    let place = Place::new();
    fs::create_dir(&place.index).expect("a new folder");
    fs::set_permissions(&place.index, fs::Permissions::from_mode(0o755)).expect("it is ours");
    place.store();
    assert_eq!(mode(&place.index), 0o700);
}

#[test]
fn a_folder_with_other_files_is_refused_and_left_as_it_is() {
    let place = Place::new();
    fs::create_dir(&place.index).expect("a new folder");
    fs::write(place.index.join("thesis.txt"), "x").expect("a new file");
    let before = mode(&place.index);
    assert!(refusal(&place.index).contains("holds other files"));
    assert_eq!(mode(&place.index), before);
}

#[test]
fn a_link_is_refused_with_and_without_a_slash() {
    let place = Place::new();
    place.store();
    let link = place.index.join("../link");
    symlink(&place.index, &link).expect("a new link");
    assert!(refusal(&link).contains("is a link"));
    assert!(refusal(&link.join("")).contains("is a link"));
}

#[test]
fn a_file_is_no_index() {
    let place = Place::new();
    fs::write(&place.index, "x").expect("a new file");
    assert!(refusal(&place.index).contains("is not a folder"));
}

#[test]
fn a_folder_of_somebody_else_is_refused() {
    let place = Place::new();
    fs::create_dir(&place.index).expect("a new folder");
    // Who may not give folders away is not root, and /usr is somebody else's.
    let theirs = match chown(&place.index, Some(65_534), None) {
        Ok(()) => place.index.clone(),
        Err(_) => PathBuf::from("/usr"),
    };
    assert!(refusal(&theirs).contains("belongs to another user"));
}
