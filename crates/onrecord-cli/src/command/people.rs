//! `onrecord people`: who speaks in the stories of the archive.

use crate::kept::Kept;
use crate::{Failure, Outcome, listing, terminal};
use onrecord::render::{Canvas, Paint};

#[derive(clap::Args, Debug)]
pub(crate) struct Arguments {
    #[command(flatten)]
    kept: Kept,
    /// Print one JSON object for each, who said most first
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let people = arguments.kept.open()?.people()?;
    if arguments.json {
        return listing::as_json(&people);
    }
    let mut canvas = Canvas::of_width(terminal::width());
    for somebody in &people {
        canvas.line(0, [(Paint::Strong, somebody.name.clone()), (Paint::Faint, somebody.kind.clone()), (Paint::Plain, somebody.roles.join(", "))]);
        let said = terminal::counted(somebody.statements as usize, "statement", "statements");
        let stories = terminal::counted(somebody.stories.len(), "story", "stories");
        canvas.line(2, [(Paint::Name, somebody.id.clone()), (Paint::Faint, format!("{said} in {stories}"))]);
    }
    listing::print(canvas, people.len(), "speaker", "speakers")
}
