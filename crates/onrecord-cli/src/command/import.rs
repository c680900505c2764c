//! `onrecord import`: what `onrecord export` printed, back into an archive.
//!
//! `add` takes what others publish: its address, version and time are those of here and now. `import` takes what an archive gave,
//! with the addresses, versions and times it had there. One form means two things, so it has two commands.

use crate::kept::{self, Kept};
use crate::{Failure, Outcome, input, terminal};
use onrecord::reader::Reader;
use onrecord::wire::RECORD;
use onrecord_archive::{Archive, CORRECTION, Incoming, Logged, Set, VERSION, Version, WATCH};
use serde::Deserialize;
use std::borrow::Cow;
use std::fs::File;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};

#[derive(clap::Args, Debug)]
pub(crate) struct Arguments {
    /// What `onrecord export` printed as jsonl, or - for standard input
    #[arg(value_name = "FILE|-", required = true)]
    inputs: Vec<PathBuf>,
    #[command(flatten)]
    kept: Kept,
}

/// Bytes of text that are kept in one transaction: a disk's flush for each costs more than the keeping.
const BATCH: usize = 1 << 20;
/// No line is longer: an article of the largest size, every byte of it escaped. Records are longer, and are not needed.
const LONGEST_LINE: u64 = 1 << 28;
/// Bad lines of one file that are told; then it is another kind of file, and the rest are counted.
const TOLD: usize = 20;

pub(crate) fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let mut intake =
        Intake { archive: arguments.kept.create()?, batch: Vec::new(), bytes: 0, corrections: Vec::new(), watches: Vec::new(), versions: 0, new: 0, bad: 0 };
    for input in &arguments.inputs {
        intake.file(input)?;
    }
    intake.keep()?;
    let corrected = intake.archive.restore_corrections(&intake.corrections)?;
    let watches = intake.archive.restore_watches(&intake.watches)?;
    let made = kept::refresh(&mut intake.archive, &Reader::built_in())?;
    let there = intake.versions + intake.corrections.len() + intake.watches.len() - intake.new - corrected - watches;
    let there = if there > 0 { format!(", {there} there already") } else { String::new() };
    let bad = if intake.bad > 0 { format!(", {} not read", terminal::counted(intake.bad, "line", "lines")) } else { String::new() };
    let mut output = terminal::output();
    let new = terminal::counted(intake.new, "version", "versions");
    let beside = [(corrected, "correction", "corrections"), (watches, "watch", "watches")];
    let beside: String =
        beside.iter().filter(|(count, ..)| *count > 0).map(|(count, one, many)| format!(" and {}", terminal::counted(*count, one, many))).collect();
    writeln!(output, "{new}{beside} taken in{there}{bad}; {} brought up to date", terminal::counted(made, "story", "stories"))?;
    output.flush()?;
    Ok(if intake.bad == 0 { Outcome::AllRead } else { Outcome::SomeNotRead })
}

/// What comes in, some of it waiting to be kept.
struct Intake {
    archive: Archive,
    batch: Vec<Incoming>,
    bytes: usize,
    /// What persons corrected: their versions come first, wherever the lines stand.
    corrections: Vec<Logged>,
    /// What persons want to hear of: none of what comes in with them.
    watches: Vec<Set>,
    versions: usize,
    new: usize,
    bad: usize,
}

/// The name of what a line holds.
#[derive(Deserialize)]
struct Line<'a> {
    #[serde(borrow)]
    schema: Cow<'a, str>,
}

impl Intake {
    /// Line after line: no more of a file is in memory than a line and what waits to be kept.
    fn file(&mut self, path: &Path) -> Result<(), Failure> {
        let opened: Result<Box<dyn Read>, _> =
            if input::is_standard_input(path) { Ok(Box::new(std::io::stdin())) } else { File::open(path).map(|file| Box::new(file) as Box<dyn Read>) };
        let mut reader = match opened {
            Ok(opened) => BufReader::with_capacity(1 << 16, opened),
            Err(error) => {
                self.complain(&format!("could not read {}: {error}", path.display()), 0);
                return Ok(());
            }
        };
        let (mut line, mut bad) = (Vec::new(), 0);
        for number in 1.. {
            line.clear();
            let taken = match next(&mut reader, &mut line) {
                Ok(Next::End) => break,
                Ok(Next::Line) if line.iter().all(u8::is_ascii_whitespace) => continue,
                Ok(Next::Line) => self.line(line.trim_ascii_end())?,
                Ok(Next::TooLong) if is_record(&line) => Ok(()),
                Ok(Next::TooLong) => Err(format!("it is longer than {} MiB", LONGEST_LINE >> 20)),
                Err(error) => {
                    self.complain(&format!("could not read {} beyond line {}: {error}", path.display(), number - 1), bad);
                    return Ok(());
                }
            };
            if let Err(why) = taken {
                self.complain(&format!("{}:{number}: {why}", path.display()), bad);
                bad += 1;
            }
        }
        if bad > TOLD {
            terminal::complain(&format!("{}: {} more lines could not be read", path.display(), bad - TOLD));
        }
        Ok(())
    }

    /// What is wrong with the line, if it cannot be taken.
    fn line(&mut self, line: &[u8]) -> Result<Result<(), String>, Failure> {
        let schema = match serde_json::from_slice::<Line<'_>>(line) {
            Ok(line) => line.schema,
            Err(error) => return Ok(Err(plainly(&error))),
        };
        match schema.as_ref() {
            VERSION => match serde_json::from_slice::<Version>(line).map_err(|error| plainly(&error)).and_then(Version::incoming) {
                Ok(incoming) => self.version(incoming, line.len()).map(Ok),
                Err(why) => Ok(Err(why)),
            },
            CORRECTION => Ok(serde_json::from_slice(line).map(|logged| self.corrections.push(logged)).map_err(|error| plainly(&error))),
            WATCH => Ok(serde_json::from_slice(line).map(|set| self.watches.push(set)).map_err(|error| plainly(&error))),
            // Derived: it is made anew from the versions.
            RECORD => Ok(Ok(())),
            other => Ok(Err(format!("this program does not know lines of {}", other.escape_debug()))),
        }
    }

    fn version(&mut self, incoming: Incoming, bytes: usize) -> Result<(), Failure> {
        self.batch.push(incoming);
        self.versions += 1;
        self.bytes += bytes;
        if self.bytes >= BATCH { self.keep() } else { Ok(()) }
    }

    fn keep(&mut self) -> Result<(), Failure> {
        self.new += self.archive.restore(&self.batch)?;
        self.batch.clear();
        self.bytes = 0;
        Ok(())
    }

    fn complain(&mut self, message: &str, before: usize) {
        self.bad += 1;
        if before < TOLD {
            terminal::complain(message);
        }
    }
}

/// What a file gave.
enum Next {
    Line,
    /// Only its beginning was read; the next line is next.
    TooLong,
    End,
}

fn next(reader: &mut impl BufRead, line: &mut Vec<u8>) -> std::io::Result<Next> {
    if reader.by_ref().take(LONGEST_LINE).read_until(b'\n', line)? == 0 {
        return Ok(Next::End);
    }
    if line.last() == Some(&b'\n') || (line.len() as u64) < LONGEST_LINE {
        return Ok(Next::Line);
    }
    line.truncate(RECORD.len() * 4);
    reader.skip_until(b'\n')?;
    Ok(Next::TooLong)
}

/// Whether a line begins as the records that we export do.
fn is_record(beginning: &[u8]) -> bool {
    beginning.starts_with(format!("{{\"schema\":\"{RECORD}\"").as_bytes())
}

/// An error of JSON without the number of a line that is always one.
fn plainly(error: &serde_json::Error) -> String {
    let message = error.to_string();
    let what = message.split(" at line ").next().unwrap_or(&message);
    if error.is_data() { format!("it is not what it says it is: {what}") } else { format!("it is no JSON: {what} (character {})", error.column()) }
}
