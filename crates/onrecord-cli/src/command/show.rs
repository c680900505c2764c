//! `onrecord show`: the layer of one stage, drawn under its words.

use crate::arguments::OneFile;
use crate::{Failure, Outcome, input, terminal};
use onrecord::Reading;
use onrecord::render::{STAGES, Stage, layer};
use serde_json::{Value, json};
use std::io::Write;

#[derive(clap::Args, Debug)]
pub(crate) struct Arguments {
    /// The stage, such as zone::divide, or zone for short
    #[arg(long, value_name = "NAME", value_parser = stage)]
    stage: Stage,
    #[command(flatten)]
    one: OneFile,
    /// Print the layer as JSON
    #[arg(long)]
    json: bool,
}

fn stage(name: &str) -> Result<Stage, String> {
    let names: Vec<&str> = STAGES.iter().map(|(_, name)| *name).collect();
    Stage::from_name(name).ok_or_else(|| format!("there is no such stage; there are {}", names.join(", ")))
}

pub(crate) fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let reading = input::one(&arguments.one)?;
    let mut output = terminal::output();
    if arguments.json {
        serde_json::to_writer(&mut output, &as_json(&reading, arguments.stage))?;
        writeln!(output)?;
    } else {
        output.write_all(terminal::paint(&layer(&reading, arguments.stage, terminal::width())).as_bytes())?;
    }
    output.flush()?;
    Ok(Outcome::AllRead)
}

fn as_json(reading: &Reading, stage: Stage) -> Value {
    let text = &reading.document.text;
    let item = |(span, label): (onrecord::Span, String)| json!({"start": span.start(), "end": span.end(), "text": span.of(text), "label": label});
    let items: Vec<Value> = stage.items(reading).into_iter().map(item).collect();
    json!({"schema": "onrecord.layer/1", "stage": stage.name(), "document": reading.document.path, "items": items})
}
