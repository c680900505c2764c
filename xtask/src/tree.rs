//! The files of the repository, read once, for checks that look at their text.

use std::path::{Path, PathBuf};

/// One text file.
#[derive(Clone, Debug)]
pub(crate) struct File {
    /// Its path from the root, with `/`.
    pub path: String,
    /// What it holds.
    pub text: String,
}

/// Every text file of the repository that people write.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tree {
    /// In the order of their paths.
    pub files: Vec<File>,
}

/// Folders that are built, fetched or trained, never written.
const NOT_OURS: [&str; 8] = ["target", "__pycache__", ".venv", "node_modules", "corpus", "artifacts", ".pytest_cache", "shared"];
/// What a page shows: it is there, and holds no text.
const PICTURE: &str = ".png";
/// Larger files are data.
const LARGEST_TEXT: u64 = 2_000_000;

/// The root of the repository.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask stands in the repository").to_owned()
}

impl Tree {
    /// Reads the tree under `root`; files that are not UTF-8 text are left out, but for pictures.
    pub(crate) fn load(root: &Path) -> Tree {
        let mut files = Vec::new();
        walk(root, "", &mut files);
        files.sort_by(|a, b| a.path.cmp(&b.path));
        Tree { files }
    }

    /// A tree of the files given, for tests.
    #[cfg(test)]
    pub(crate) fn of(files: &[(&str, &str)]) -> Tree {
        Tree { files: files.iter().map(|(path, text)| File { path: (*path).into(), text: (*text).into() }).collect() }
    }

    /// The files whose path ends in `.extension`.
    pub(crate) fn with_extension<'a>(&'a self, extension: &'a str) -> impl Iterator<Item = &'a File> + 'a {
        self.files.iter().filter(move |file| file.path.rsplit_once('.').is_some_and(|(_, end)| end == extension))
    }

    /// The file at `path`.
    pub(crate) fn get(&self, path: &str) -> Option<&File> {
        self.files.iter().find(|file| file.path == path)
    }
}

fn walk(folder: &Path, prefix: &str, files: &mut Vec<File>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = format!("{prefix}{name}");
        let Ok(kind) = entry.file_type() else { continue };
        if kind.is_dir() {
            let hidden = name.starts_with('.') && name != ".ci" && name != ".cargo";
            if !hidden && !NOT_OURS.contains(&name.as_str()) {
                walk(&entry.path(), &format!("{path}/"), files);
            }
        } else if name.ends_with(PICTURE) {
            files.push(File { path, text: String::new() });
        } else if kind.is_file()
            && entry.metadata().is_ok_and(|about| about.len() <= LARGEST_TEXT)
            && let Ok(text) = std::fs::read_to_string(entry.path())
        {
            files.push(File { path, text });
        }
    }
}
