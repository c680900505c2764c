//! `onrecord rebuild`: everything derived in the archive, made again from its documents.

use crate::kept::{self, Kept};
use crate::{Failure, Outcome, terminal};
use onrecord::reader::Reader;
use onrecord_archive::Depth;
use std::io::Write;

#[derive(clap::Args, Debug)]
pub(crate) struct Arguments {
    #[command(flatten)]
    kept: Kept,
    /// Also read every text again, which takes as long as the first time
    #[arg(long)]
    read: bool,
    /// Only finish what a run that was stopped left
    #[arg(long, conflicts_with = "read")]
    finish: bool,
}

pub(crate) fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let mut archive = onrecord_archive::Archive::open(&arguments.kept.path()?)?;
    let reader = Reader::built_in();
    if !arguments.finish {
        archive.rebuild(&reader, if arguments.read { Depth::Readouts } else { Depth::Record })?;
    }
    let made = kept::refresh(&mut archive, &reader)?;
    let mut output = terminal::output();
    writeln!(output, "{} made again", terminal::counted(made, "story", "stories"))?;
    output.flush()?;
    Ok(Outcome::AllRead)
}
