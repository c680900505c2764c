//! `onrecord questions`: what was asked in the stories of the archive, and what became of it.

use crate::kept::Kept;
use crate::listing::{self, days};
use crate::{Failure, Outcome, terminal};
use onrecord::line::one_line;
use onrecord::question::Answer;
use onrecord::render::{Canvas, Paint};
use onrecord::wire::Named;
use onrecord_export::plain;

#[derive(clap::Args, Debug)]
pub(crate) struct Arguments {
    #[command(flatten)]
    kept: Kept,
    /// Only what is not answered, or in dispute
    #[arg(long)]
    open: bool,
    /// Print one JSON object a question
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let mut questions = arguments.kept.open()?.questions()?;
    questions.retain(|question| !arguments.open || question.status != "answered");
    if arguments.json {
        return listing::as_json(&questions);
    }
    let mut canvas = Canvas::of_width(terminal::width());
    for question in &questions {
        let status = if question.status == "answered" { Paint::Faint } else { Paint::Warning };
        canvas.line(0, [(Paint::Strong, one_line(&question.text)), (status, question.status.clone())]);
        for asking in &question.askings {
            let somebody = |name: &Option<String>| name.clone().unwrap_or_else(|| "somebody".to_owned());
            let who = match (&asking.asker, &asking.addressee) {
                // Whoever is not told to have been asked may have spoken to it unasked.
                (None, addressee) => addressee.clone().unwrap_or_default(),
                (Some(_), _) => format!("{} asked {}", somebody(&asking.asker), somebody(&asking.addressee)),
            };
            let answer = Answer::from_name(&asking.answer).map_or(asking.answer.as_str(), |answer| plain::answer_to(answer, asking.asker.as_ref()));
            canvas.line(
                2,
                [(Paint::Faint, days(asking.said_start.as_deref(), asking.said_end.as_deref())), (Paint::Plain, who), (Paint::Name, answer.to_owned())],
            );
        }
        canvas.line(2, [(Paint::Faint, format!("q{} of story {}", question.number, question.story))]);
    }
    listing::print(canvas, questions.len(), "question", "questions")
}
