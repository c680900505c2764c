//! What the lists of an archive have in common.

use crate::{Failure, Outcome, terminal};
use onrecord::line::one_line;
use onrecord::render::{Canvas, Paint};
use onrecord_archive::Spoken;
use serde::Serialize;
use std::io::Write;

/// Prints one JSON object a line.
pub(crate) fn as_json<T: Serialize>(items: &[T]) -> Result<Outcome, Failure> {
    let mut output = terminal::output();
    for item in items {
        serde_json::to_writer(&mut output, item)?;
        writeln!(output)?;
    }
    output.flush()?;
    Ok(Outcome::AllRead)
}

/// Prints a list, and how long it is.
pub(crate) fn print(mut canvas: Canvas, count: usize, one: &str, many: &str) -> Result<Outcome, Failure> {
    if count > 0 {
        canvas.blank();
    }
    canvas.line(0, [(Paint::Faint, terminal::counted(count, one, many))]);
    let mut output = terminal::output();
    output.write_all(terminal::paint(&canvas.into_lines()).as_bytes())?;
    output.flush()?;
    Ok(Outcome::AllRead)
}

/// `2031-03-04`, `2031-03-04 to 2031-03-09`, `until 2031-03-04`.
pub(crate) fn days(first: Option<&str>, last: Option<&str>) -> String {
    match (first, last) {
        (Some(first), Some(last)) if first == last => first.to_owned(),
        (Some(first), Some(last)) => format!("{first} to {last}"),
        (Some(first), None) => format!("since {first}"),
        (None, Some(last)) => format!("until {last}"),
        (None, None) => "no day known".to_owned(),
    }
}

/// Draws a statement: when and where, then its words; what was not said is marked so.
pub(crate) fn spoken(canvas: &mut Canvas, spoken: &Spoken, name: Option<&str>) {
    let mut head = vec![(Paint::Faint, days(spoken.said_start.as_deref(), spoken.said_end.as_deref()))];
    head.extend(name.map(|name| (Paint::Name, name.to_owned())));
    let is_plain = matches!(spoken.act.as_str(), "assertion");
    head.extend((!is_plain).then(|| (Paint::Strong, spoken.act.replace('_', " "))));
    head.extend((spoken.factuality != "actual").then(|| (Paint::Warning, format!("not said: {}", spoken.factuality))));
    head.extend((spoken.known_through != "on_record").then(|| (Paint::Warning, format!("known through: {}", spoken.known_through.replace('_', " ")))));
    canvas.line(2, head);
    let parts = if spoken.content.is_empty() { &spoken.cue } else { &spoken.content };
    let words = parts.iter().map(|part| one_line(part)).collect::<Vec<_>>().join(" … ");
    canvas.line(4, [(if spoken.form == "indirect" { Paint::Plain } else { Paint::Quoted }, words)]);
    let outlet = spoken.outlet.clone().map(|outlet| (Paint::Faint, format!("{outlet},")));
    canvas.line(
        4,
        outlet
            .into_iter()
            .chain([(Paint::Faint, format!("{}:{}", spoken.path, spoken.line)), (Paint::Faint, format!("· {} in story {}", spoken.id, spoken.story))]),
    );
}
