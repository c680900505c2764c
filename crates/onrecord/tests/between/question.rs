//! What a page can expect of the questions of a record: `question.1` is the text of the first, `askings.1` the answers of
//! its askings in the order of time, `asked.1` and `answered.1` their statements, `status.1` where it stands.

use onrecord::question::{Asking, Question};
use onrecord::record::{Record, Told};
use onrecord::wire::Named;

/// The value of `key` of question `number`, counted from 1; `questions` counts them.
pub(crate) fn observe(record: &Record, key: &str) -> Option<String> {
    if key == "questions" {
        return Some(record.questions.len().to_string());
    }
    let (what, number) = key.split_once('.')?;
    let number: usize = number.parse().ok()?;
    let question = record.questions.iter().nth(number.checked_sub(1)?);
    let each = |value: &dyn Fn(&Asking) -> String| {
        let all = |question: &Question| question.askings.iter().map(value).collect::<Vec<_>>().join(" | ");
        question.map_or("none".into(), all)
    };
    let by = |person: Option<onrecord::Id<onrecord::person::Person>>| person.map_or("none".into(), |id| record.people.layer[id].name.clone());
    Some(match what {
        "question" => question.map_or("none".into(), |question| question.text.clone()),
        "status" => question.map_or("none".into(), |question| question.status.name().into()),
        "askings" => each(&|asking| asking.answer.name().into()),
        "asked" => each(&|asking| names(&asking.asked_in)),
        "answered" => each(&|asking| names(&asking.answered_in)),
        "askers" => each(&|asking| by(asking.asker)),
        "addressees" => each(&|asking| by(asking.addressee)),
        _ => return None,
    })
}

fn names(told: &[Told]) -> String {
    let name = |told: &Told| format!("{}s{}", told.document + 1, told.id.at() + 1);
    if told.is_empty() { "none".into() } else { told.iter().map(name).collect::<Vec<_>>().join("+") }
}
