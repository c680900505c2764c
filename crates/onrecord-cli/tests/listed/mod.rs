//! Expectations that do not hold today are listed in a file; a new miss fails, and so does one that was mended and is still listed.
#![allow(clippy::unwrap_used)]

use std::path::{Path, PathBuf};

/// The folder of examples.
pub(crate) fn examples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples")
}

/// The text of a file.
pub(crate) fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Compares `misses` with those listed in the example's file `name`, under `heading`; lists them anew if UPDATE_EXAMPLE is set.
pub(crate) fn compare(name: &str, heading: &str, misses: &[String]) {
    let path = examples().join(name);
    let today = misses.iter().fold(heading.to_owned(), |list, miss| list + &miss.replace('\n', "⏎") + "\n");
    if std::env::var_os("UPDATE_EXAMPLE").is_some() {
        std::fs::write(&path, &today).unwrap();
    }
    let listed = read(&path);
    let new: Vec<&str> = today.lines().filter(|line| !listed.lines().any(|other| other == *line)).collect();
    let mended: Vec<&str> = listed.lines().filter(|line| !today.lines().any(|other| other == *line)).collect();
    assert!(
        new.is_empty() && mended.is_empty(),
        "missed and not listed:\n{}\nlisted and no longer so (good; list anew with UPDATE_EXAMPLE=1):\n{}",
        new.join("\n"),
        mended.join("\n")
    );
}
