//! `onrecord check`: whether the archive is whole.

use crate::kept::Kept;
use crate::{Failure, Outcome, terminal};
use onrecord::reader::Reader;
use std::io::Write;

#[derive(clap::Args, Debug)]
pub(crate) struct Arguments {
    #[command(flatten)]
    kept: Kept,
}

pub(crate) fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let archive = arguments.kept.open()?;
    let findings = archive.check(&Reader::built_in())?;
    findings.wrong.iter().for_each(|line| terminal::complain(line));
    let count = |count: usize, one, many| terminal::counted(count, one, many);
    let mut output = terminal::output();
    let told = writeln!(
        output,
        "{} in {}, {}; made again and compared: {}, {}; {}",
        count(findings.versions, "version", "versions"),
        count(findings.documents, "document", "documents"),
        count(findings.stories, "story", "stories"),
        count(findings.remade, "record", "records"),
        count(findings.reread, "reading", "readings"),
        if findings.wrong.is_empty() { "nothing is wrong".to_owned() } else { count(findings.wrong.len(), "thing is wrong", "things are wrong") }
    )
    .and_then(|()| output.flush());
    match told {
        // Whoever asks for the exit code alone need not read on.
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => return Err(error.into()),
        Ok(()) | Err(_) => {}
    }
    Ok(if findings.wrong.is_empty() { Outcome::AllRead } else { Outcome::SomeNotRead })
}
