//! Where the corpora and the gold stories are, and how files are read.

use crate::error::Error;
use std::path::{Path, PathBuf};

/// The folder that holds `gold/`, `data/` and `eval/`, beside the repository.
#[derive(Clone, Debug)]
pub struct Shared {
    root: PathBuf,
}

impl Shared {
    /// The folder at `root`, if it is one.
    pub fn at(root: impl Into<PathBuf>) -> Option<Shared> {
        let root = root.into();
        root.is_dir().then_some(Shared { root })
    }

    /// `shared` beside the repository, or beside one of the folders above it (a worktree lies deeper).
    pub fn beside(repository: &Path) -> Option<Shared> {
        let repository = repository.canonicalize().ok()?;
        repository.ancestors().skip(1).find_map(|folder| Shared::at(folder.join("shared")))
    }

    /// The gold stories.
    pub fn gold(&self) -> PathBuf {
        self.root.join("gold")
    }

    /// The corpus `name`.
    pub fn corpus(&self, name: &str) -> PathBuf {
        self.root.join("data").join(name)
    }

    /// The reference scorers, in Python.
    pub fn scorers(&self) -> PathBuf {
        self.root.join("eval")
    }
}

/// The text of the file at `path`, byte for byte.
pub fn text_of(path: &Path) -> Result<String, Error> {
    std::fs::read_to_string(path).map_err(|error| Error::new(path, format!("cannot be read: {error}")))
}

/// The files of `folder` whose name ends in `ending`, sorted by name.
pub fn files_in(folder: &Path, ending: &str) -> Result<Vec<PathBuf>, Error> {
    let entries = std::fs::read_dir(folder).map_err(|error| Error::new(folder, format!("cannot be listed: {error}")))?;
    let mut files: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).filter(|path| name_of(path).ends_with(ending)).collect();
    files.sort();
    Ok(files)
}

/// The name of the file at `path`.
pub fn name_of(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

/// The repository this program was built from.
pub fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}
