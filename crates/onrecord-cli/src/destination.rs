//! Where a result goes: standard output, or a file that is there whole or not at all.

use crate::Failure;
use std::fs::File;
use std::io::{BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// Where a result goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Destination {
    /// Standard output.
    Output,
    /// This file, made anew.
    File(PathBuf),
}

impl Destination {
    pub(crate) fn of(path: Option<&Path>) -> Destination {
        path.map_or(Destination::Output, |path| Destination::File(path.to_owned()))
    }

    /// Whether somebody would look at the bytes themselves.
    pub(crate) fn is_terminal(&self) -> bool {
        match self {
            Destination::Output => std::io::stdout().is_terminal(),
            Destination::File(_) => false,
        }
    }

    /// Hands `write` somewhere to write to. A file takes its name when all of it stands on the disk: whatever goes wrong, what was
    /// there before is there still, and no half of a new one.
    pub(crate) fn write(&self, write: impl FnOnce(&mut (dyn Write + Send)) -> Result<(), Failure>) -> Result<(), Failure> {
        match self {
            Destination::Output => {
                let mut output = BufWriter::new(std::io::stdout());
                write(&mut output)?;
                Ok(output.flush()?)
            }
            Destination::File(path) => whole(path, write).map_err(|failure| match failure {
                Failure::Output(error) => Failure::File { path: path.clone(), error },
                other => other,
            }),
        }
    }
}

fn whole(path: &Path, write: impl FnOnce(&mut (dyn Write + Send)) -> Result<(), Failure>) -> Result<(), Failure> {
    // A link is followed: the file it leads to is the one that is meant.
    let path = &path.canonicalize().unwrap_or_else(|_| path.to_owned());
    if path.metadata().is_ok_and(|there| !there.is_file() && !there.is_dir()) {
        // A pipe or a device takes bytes as they come, and has no name to give away.
        let mut output = BufWriter::new(File::options().write(true).open(path)?);
        write(&mut output)?;
        return Ok(output.flush()?);
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let beside = beside(folder)?;
    let mut output = BufWriter::new(beside);
    write(&mut output)?;
    let beside = output.into_inner().map_err(|error| error.into_error())?;
    beside.as_file().sync_all()?;
    beside.persist(path).map_err(|error| error.error)?;
    Ok(())
}

/// A file without a name of its own yet, that others may read as any other.
fn beside(folder: &Path) -> std::io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".onrecord-");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder.tempfile_in(folder)
}
