//! `onrecord stories`: what the archive holds, story by story.

use crate::kept::Kept;
use crate::listing::{self, days};
use crate::{Failure, Outcome, terminal};
use onrecord::render::{Canvas, Paint};

#[derive(clap::Args, Debug)]
pub(crate) struct Arguments {
    #[command(flatten)]
    kept: Kept,
    /// Print one JSON object a story, the latest first
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let stories = arguments.kept.open()?.stories()?;
    if arguments.json {
        return listing::as_json(&stories);
    }
    let mut canvas = Canvas::of_width(terminal::width());
    for story in &stories {
        canvas.line(0, [(Paint::Strong, story.headline.clone())]);
        let count = |count: i64, one, many| terminal::counted(count as usize, one, many);
        let size = format!("{}, {}", count(story.documents, "document", "documents"), count(story.statements, "statement", "statements"));
        let mut small =
            vec![(Paint::Name, story.id.clone()), (Paint::Faint, days(story.first_day.as_deref(), story.last_day.as_deref())), (Paint::Faint, size)];
        let loud = [(story.conflicts, "conflict", "conflicts"), (story.open_questions, "question open or in dispute", "questions open or in dispute")];
        small.extend(loud.into_iter().filter(|(of, _, _)| *of > 0).map(|(of, one, many)| (Paint::Warning, format!("· {}", count(of, one, many)))));
        canvas.line(2, small);
    }
    listing::print(canvas, stories.len(), "story", "stories")
}
