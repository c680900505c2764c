//! `onrecord explain`: how a statement was found.

use crate::arguments::OneFile;
use crate::{Failure, Outcome, input, terminal};
use onrecord::line::Lines;
use onrecord::statement::Statement;
use onrecord::{Id, Reading, wire};
use std::io::Write;

#[derive(clap::Args, Debug)]
pub(crate) struct Arguments {
    #[command(flatten)]
    one: OneFile,
    /// The statement: its id, such as s3, or the line it stands on; FILE:LINE does without
    #[arg(value_name = "STATEMENT")]
    statement: Option<String>,
    /// Print the statement with its evidence as JSON
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let (reading, wanted) = match &arguments.statement {
        Some(statement) => (input::one(&arguments.one)?, statement.clone()),
        None => on_a_line(&arguments.one)?,
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
            let lines = onrecord::explain::statement(&reading, id, terminal::width());
            write!(output, "{between}{}", terminal::paint(&lines))?;
        }
    }
    output.flush()?;
    Ok(Outcome::AllRead)
}

/// `FILE:LINE` without a statement.
fn on_a_line(one: &OneFile) -> Result<(Reading, String), Failure> {
    let name = one.file.display().to_string();
    let Some((path, line)) = input::split_place(&name).filter(|(path, _)| std::path::Path::new(path).exists()) else {
        return Err(Failure::Usage(format!("which statement of {name}? give its id, such as s3, or its line")));
    };
    let given = crate::arguments::Given { date: one.given.date, outlet: one.given.outlet.clone(), max_bytes: one.given.max_bytes };
    Ok((input::one(&OneFile { file: path.into(), given })?, line.to_string()))
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
