//! `onrecord export`: all that an archive holds, for other programs.

use crate::kept::Kept;
use crate::{Failure, Outcome, terminal};
use onrecord_archive::{Archive, Spoken};
use std::io::Write;

#[derive(clap::Args, Debug)]
pub(crate) struct Arguments {
    #[command(flatten)]
    kept: Kept,
    /// jsonl: every version of every document (onrecord.version/1), then every story (onrecord.record/1), an object a line; csv: a statement a line
    #[arg(long, value_enum, default_value_t = Format::Jsonl)]
    format: Format,
}

/// What the result is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Format {
    /// JSON Lines.
    Jsonl,
    /// A table for spreadsheets.
    Csv,
}

pub(crate) fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let archive = arguments.kept.open()?;
    let mut output = terminal::output();
    archive.at_one_moment(|archive| match arguments.format {
        Format::Jsonl => jsonl(archive, &mut output),
        Format::Csv => csv(archive, &mut output),
    })?;
    output.flush()?;
    Ok(Outcome::AllRead)
}

/// Ground first, by the names of documents; then stories, by theirs: no line hangs on how the archive grew.
fn jsonl(archive: &Archive, output: &mut impl Write) -> Result<(), Failure> {
    archive.each_version(|version| {
        serde_json::to_writer(&mut *output, &version)?;
        Ok::<(), Failure>(writeln!(output)?)
    })?;
    let mut stories: Vec<String> = archive.stories()?.into_iter().map(|story| story.id).collect();
    stories.sort();
    for story in stories {
        serde_json::to_writer(&mut *output, &archive.story(&story)?.1)?;
        writeln!(output)?;
    }
    Ok(())
}

/// The columns of the table; names and places are filled in.
const COLUMNS: [&str; 16] = [
    "statement",
    "story",
    "speaker",
    "said",
    "act",
    "factuality",
    "form",
    "content",
    "cue",
    "sourcing",
    "known_through",
    "said_from",
    "said_to",
    "outlet",
    "path",
    "line",
];

/// With the mark by which Excel tells UTF-8.
fn csv(archive: &Archive, output: &mut impl Write) -> Result<(), Failure> {
    write!(output, "\u{feff}{}\r\n", COLUMNS.join(","))?;
    for spoken in archive.statements()? {
        let line = row(&spoken).iter().map(|value| cell(value)).collect::<Vec<_>>().join(",");
        write!(output, "{line}\r\n")?;
    }
    Ok(())
}

fn row(spoken: &Spoken) -> [String; COLUMNS.len()] {
    let or_empty = |value: &Option<String>| value.clone().unwrap_or_default();
    let was_said = if spoken.factuality == "actual" { "yes" } else { "no" };
    [
        spoken.id.clone(),
        spoken.story.clone(),
        or_empty(&spoken.speaker),
        was_said.to_owned(),
        spoken.act.clone(),
        spoken.factuality.clone(),
        spoken.form.clone(),
        spoken.content.join(" … "),
        spoken.cue.join(" … "),
        spoken.sourcing.clone(),
        spoken.known_through.clone(),
        or_empty(&spoken.said_start),
        or_empty(&spoken.said_end),
        or_empty(&spoken.outlet),
        spoken.path.clone(),
        spoken.line.to_string(),
    ]
}

/// A value in quotation marks where it needs them. What a spreadsheet would take for a formula begins with an apostrophe, as people
/// write it there by hand: words of an article must not be run.
fn cell(value: &str) -> String {
    let value = if value.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{value}") } else { value.to_owned() };
    if value.contains([',', '"', '\n', '\r']) { format!("\"{}\"", value.replace('"', "\"\"")) } else { value }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_and_never_formulas() {
        assert_eq!(cell("a \"b\", c"), "\"a \"\"b\"\", c\"");
        assert_eq!(cell("=1+1"), "'=1+1");
        assert_eq!(cell("plain"), "plain");
    }
}
