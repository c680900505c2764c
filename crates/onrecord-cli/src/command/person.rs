//! `onrecord person`: all that somebody said, in the order of time, across stories.

use crate::kept::Kept;
use crate::{Failure, Outcome, listing, terminal};
use onrecord::render::{Canvas, Paint};

#[derive(clap::Args, Debug)]
pub(crate) struct Arguments {
    /// A name, a word of one, or an id as `onrecord people` lists it
    #[arg(value_name = "NAME|ID")]
    name: String,
    #[command(flatten)]
    kept: Kept,
    /// Print one JSON object a statement
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let archive = arguments.kept.open()?;
    let mut canvas = Canvas::of_width(terminal::width());
    let mut all = Vec::new();
    for somebody in archive.named(&arguments.name)? {
        let said = archive.said_by(&somebody)?;
        canvas.line(
            0,
            [
                (Paint::Strong, somebody.name.clone()),
                (Paint::Faint, somebody.kind.clone()),
                (Paint::Plain, somebody.roles.join(", ")),
                (Paint::Faint, somebody.id),
            ],
        );
        said.iter().for_each(|spoken| listing::spoken(&mut canvas, spoken, None));
        all.extend(said);
    }
    if arguments.json { listing::as_json(&all) } else { listing::print(canvas, all.len(), "statement", "statements") }
}
