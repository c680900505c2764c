//! `onrecord read`: every statement of many articles, for people or as JSON Lines.

use crate::many::{self, Many, Sink};
use crate::{Failure, Outcome, terminal};
use onrecord::document::Received;
use onrecord::reader::Reader;
use onrecord::render::record;
use onrecord::{Reading, wire};
use std::cell::LazyCell;
use std::io::Write;

#[derive(clap::Args, Debug)]
pub(crate) struct Arguments {
    #[command(flatten)]
    many: Many,
    /// Print onrecord.reading/1, one JSON object a line, in the order of the input
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let width = terminal::width();
    let mut out = Output { output: terminal::output(), is_first: true, between: if arguments.json { "" } else { "\n\n" } };
    let text = |received: Received, reader: &Reader| {
        let reading = received.read(|document| onrecord::read(document, reader));
        if arguments.json { as_json(&reading) } else { terminal::paint(&record(&reading, width)) }
    };
    many::read(&arguments.many, &LazyCell::new(Reader::built_in), text, &mut out)
}

fn as_json(reading: &Reading) -> String {
    let mut line = serde_json::to_string(&wire::Reading::from(reading)).expect("a reading has only names for keys and no infinite numbers");
    line.push('\n');
    line
}

/// Standard output, with empty lines between records; JSON Lines have none.
struct Output {
    output: std::io::BufWriter<anstream::AutoStream<std::io::StdoutLock<'static>>>,
    is_first: bool,
    between: &'static str,
}

impl Sink<String> for Output {
    fn take(&mut self, text: String) -> Result<(), Failure> {
        if !self.is_first {
            self.output.write_all(self.between.as_bytes())?;
        }
        self.is_first = false;
        Ok(self.output.write_all(text.as_bytes())?)
    }

    fn flush(&mut self) -> Result<(), Failure> {
        Ok(self.output.flush()?)
    }
}
