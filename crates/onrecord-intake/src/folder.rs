//! Finds the files of a folder, in the same order on every machine.

use crate::error::{Error, Problem};
use crate::kind::Kind;
use std::path::{Path, PathBuf};

/// What was found at a path.
#[derive(Debug, Default)]
pub struct Found {
    /// Files to read, sorted by name.
    pub files: Vec<PathBuf>,
    /// Files of other kinds, which are passed over.
    pub passed_over: Vec<PathBuf>,
    /// Folders and links that could not be looked into.
    pub errors: Vec<Error>,
}

/// How deep folders are followed: deeper means that links go in a circle.
const DEEPEST: usize = 40;

/// The files at `path`: itself, or, of a folder, every file below it whose kind is read. Names that begin with a dot
/// are passed over in silence, as `ls` does.
pub fn find(path: &Path) -> Found {
    let mut found = Found::default();
    if path.is_dir() {
        look_into(path, 0, &mut found);
    } else {
        found.files.push(path.to_owned());
    }
    found
}

fn look_into(folder: &Path, depth: usize, found: &mut Found) {
    let listed = std::fs::read_dir(folder).and_then(|entries| entries.map(|entry| entry.map(|entry| entry.path())).collect::<Result<Vec<_>, _>>());
    let mut paths = match listed {
        Ok(paths) => paths,
        Err(error) => return found.errors.push(Error::new(folder.display().to_string(), Problem::Unreadable(error))),
    };
    paths.sort();
    for path in paths {
        let is_hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        if is_hidden {
            continue;
        } else if path.is_dir() {
            if depth < DEEPEST {
                look_into(&path, depth + 1, found);
            }
        } else if Kind::of_name(&path).is_some() {
            found.files.push(path);
        } else {
            found.passed_over.push(path);
        }
    }
}
