//! The pictures of the README are there and show what they are called after.

use std::fs;
use std::path::Path;

#[test]
fn every_picture_of_the_readme_shows_its_screen() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = fs::read_to_string(root.join("README.md")).expect("the README");
    for (file, title) in
        [("overview", "Who holds what"), ("search", "garden"), ("identifiers", "Identifier"), ("ads", "Who told whom")]
    {
        let path = format!("docs/pictures/{file}.svg");
        assert!(readme.contains(&format!("]({path})")), "the README shows {path}");
        let picture = fs::read_to_string(root.join(&path)).expect("a picture");
        assert!(picture.starts_with("<svg ") && picture.trim_end().ends_with("</svg>"), "{path} is whole");
        assert!(picture.contains(title), "{path} shows {title:?}; `cargo run --example make_pictures` draws it anew");
        for foreign in ["<script", "<image", "href", "@import", "url("] {
            assert!(!picture.contains(foreign), "{path} holds {foreign}");
        }
    }
}
