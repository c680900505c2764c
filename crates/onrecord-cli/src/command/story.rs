//! `onrecord story`: the record of one story of the archive.

use crate::kept::Kept;
use crate::{Failure, Outcome, terminal};
use onrecord::render;
use std::io::Write;

#[derive(clap::Args, Debug)]
pub(crate) struct Arguments {
    /// The story, as `onrecord stories` lists it, or any of its documents; the first letters are enough
    #[arg(value_name = "ID")]
    id: String,
    #[command(flatten)]
    kept: Kept,
    /// Print onrecord.record/1
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let archive = arguments.kept.open()?;
    let mut output = terminal::output();
    let (story, record) = archive.story(&arguments.id)?;
    if arguments.json {
        serde_json::to_writer(&mut output, &record)?;
        writeln!(output)?;
    } else {
        write!(output, "{}", terminal::paint(&render::story(&story.record, &story.accounts, terminal::width())))?;
    }
    output.flush()?;
    Ok(Outcome::AllRead)
}
