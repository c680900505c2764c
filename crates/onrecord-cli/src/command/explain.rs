//! `onrecord explain`: how a statement, or a fact of a record, was found.

use crate::arguments::{Given, OneFile};
use crate::command::record::{self, Pile};
use crate::many::{self, Many};
use crate::{Failure, Outcome, input, terminal};
use onrecord::explain::Fact;
use onrecord::line::Lines;
use onrecord::reader::Reader;
use onrecord::statement::Statement;
use onrecord::{Id, Reading, explain, wire};
use std::cell::LazyCell;
use std::io::Write;
use std::path::PathBuf;

#[derive(clap::Args, Debug)]
pub(crate) struct Arguments {
    /// FILE and STATEMENT, which is an id, such as s3, or the line it stands on; or FILE:LINE. With --record: any FILES or
    /// FOLDERS and FACT, an id of their record, such as p1, u2, q1, r3, o1, t4, b2 (2.q1 of the second story)
    #[arg(value_name = "FILE… STATEMENT|FACT", required = true)]
    words: Vec<PathBuf>,
    /// Explain a fact of the record of several articles
    #[arg(long)]
    record: bool,
    /// Print it with its evidence as JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    given: Given,
}

pub(crate) fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    if arguments.record { of_record(arguments) } else { of_one(arguments) }
}

fn of_one(arguments: &Arguments) -> Result<Outcome, Failure> {
    let (reading, wanted) = match arguments.words.as_slice() {
        [file] => on_a_line(&one(file.clone(), &arguments.given))?,
        [file, statement] => (input::one(&one(file.clone(), &arguments.given))?, statement.display().to_string()),
        _ => return Err(Failure::Usage("one article at a time; with --record several, and a fact of their record, such as q1".to_owned())),
    };
    let statements = find(&reading, &wanted)?;
    let mut output = terminal::output();
    if arguments.json {
        let all = wire::Reading::from(&reading).statements;
        for id in statements {
            serde_json::to_writer(&mut output, &all[id.at()])?;
            writeln!(output)?;
        }
    } else {
        for (at, id) in statements.into_iter().enumerate() {
            let between = if at > 0 { "\n" } else { "" };
            let lines = explain::statement(&reading, id, terminal::width());
            write!(output, "{between}{}", terminal::paint(&lines))?;
        }
    }
    output.flush()?;
    Ok(Outcome::AllRead)
}

fn one(file: PathBuf, given: &Given) -> OneFile {
    OneFile { file, given: given.clone() }
}

fn of_record(arguments: &Arguments) -> Result<Outcome, Failure> {
    let Some((wanted, inputs)) = arguments.words.split_last().filter(|(_, inputs)| !inputs.is_empty()) else {
        return Err(Failure::Usage("which fact of which articles? give files and an id of their record, such as q1".to_owned()));
    };
    let wanted = wanted.display().to_string();
    let (story, id) = match wanted.split_once('.') {
        Some((story, id)) => (story.parse::<usize>().ok(), id),
        None => (Some(1), wanted.as_str()),
    };
    let fact: Fact = id.parse().map_err(Failure::Usage)?;
    let mut pile = Pile::default();
    let outcome = many::read(
        &Many { inputs: inputs.to_vec(), given: arguments.given.clone(), quiet: false },
        &LazyCell::new(Reader::built_in),
        record::named,
        &mut pile,
    )?;
    let records = onrecord::record::record(&pile.accounts);
    let record = story.and_then(|story| records.get(story.checked_sub(1)?));
    let missing = || Failure::Usage(format!("there is no {wanted} in the record of {}", terminal::counted(records.len(), "story", "stories")));
    let record = record.ok_or_else(missing)?;
    let lines = explain::fact(record, &pile.accounts, fact, terminal::width()).ok_or_else(missing)?;
    let mut output = terminal::output();
    if arguments.json {
        let value = serde_json::to_value(wire::Record::of(record, &pile.accounts))?;
        serde_json::to_writer(&mut output, named(&value, id).ok_or_else(missing)?)?;
        writeln!(output)?;
    } else {
        write!(output, "{}", terminal::paint(&lines))?;
    }
    output.flush()?;
    Ok(outcome)
}

/// The object of this id.
fn named<'a>(value: &'a serde_json::Value, id: &str) -> Option<&'a serde_json::Value> {
    match value {
        serde_json::Value::Object(object) if object.get("id").and_then(serde_json::Value::as_str) == Some(id) => Some(value),
        serde_json::Value::Object(object) => object.values().find_map(|value| named(value, id)),
        serde_json::Value::Array(items) => items.iter().find_map(|value| named(value, id)),
        _ => None,
    }
}

/// `FILE:LINE` without a statement.
fn on_a_line(one: &OneFile) -> Result<(Reading, String), Failure> {
    let name = one.file.display().to_string();
    let Some((path, line)) = input::split_place(&name).filter(|(path, _)| std::path::Path::new(path).exists()) else {
        return Err(Failure::Usage(format!("which statement of {name}? give its id, such as s3, or its line")));
    };
    Ok((input::one(&OneFile { file: path.into(), given: one.given.clone() })?, line.to_string()))
}

/// The statements that `wanted` means: `s3`, or all that touch line `12`.
fn find(reading: &Reading, wanted: &str) -> Result<Vec<Id<Statement>>, Failure> {
    let count = reading.statements.len();
    if let Some(number) = wanted.strip_prefix('s').and_then(|number| number.parse::<usize>().ok()) {
        return match number.checked_sub(1).filter(|at| *at < count) {
            Some(at) => Ok(vec![Id::new(at)]),
            None => Err(Failure::Usage(format!("there is no statement {wanted}; {} has {count}, s1 to s{count}", reading.document.path))),
        };
    }
    let number = input::split_place(wanted).map_or_else(|| wanted.parse().ok(), |(_, line)| Some(line));
    let number = number.ok_or_else(|| Failure::Usage(format!("{wanted} is no statement; give its id, such as s3, or its line")))?;
    let line = Lines::of(&reading.document.text).span(number);
    let touches = |id: &Id<Statement>| line.is_some_and(|line| reading.statements[*id].reach().overlaps(line));
    let found: Vec<Id<Statement>> = reading.statements.ids().filter(touches).collect();
    if found.is_empty() { Err(Failure::Usage(format!("no statement stands on line {number} of {}", reading.document.path))) } else { Ok(found) }
}
