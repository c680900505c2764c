//! What a correction says, in a line.

use super::Change;
use onrecord::correction::{Fix, OfPeople, Quote, Who};
use onrecord::line::one_line;
use onrecord::wire::Named;

/// Characters of a quotation that are shown.
const SHOWN: usize = 60;

impl Change {
    /// What it says, in a line for a list.
    pub fn told(&self) -> String {
        match self {
            Change::Statement { document, change } => format!("“{}” in {document}: {}", shown(&change.at.matter.words), fixed(&change.fix)),
            Change::People { change: OfPeople::Same { keep, other } } => format!("{} is {}", who(other), who(keep)),
            Change::People { change: OfPeople::Apart { mention } } => {
                format!("“{}” in {} is not who it was taken for", shown(&mention.words.words), mention.document)
            }
            Change::People { change: OfPeople::Name { who: it, name } } => format!("{} goes by the name of {name}", who(it)),
            Change::Relation { change } => {
                let (a, b) = (shown(&change.a.at.matter.words), shown(&change.b.at.matter.words));
                format!("“{a}” in {} and “{b}” in {}: {} does not hold", change.a.document, change.b.document, change.kind.name())
            }
            Change::Move { document, to, .. } => format!("{document} belongs to the story of {to}"),
            Change::Join { one, other } => format!("the stories of {one} and {other} are one"),
            Change::Settled { told, .. } => format!("left as it is: {told}"),
            Change::Part { documents, .. } => format!("{} are a story of their own", documents.join(", ")),
        }
    }
}

fn fixed(fix: &Fix) -> String {
    let quoted = |quotes: &[Quote]| quotes.iter().map(|quote| format!("“{}”", shown(&quote.words))).collect::<Vec<_>>().join(" … ");
    match fix {
        Fix::Speaker { name: Some(name), .. } => format!("said by {name}"),
        Fix::Speaker { name: None, .. } => "the text does not tell who said it".to_owned(),
        Fix::Source { words: Some(words) } => format!("its source is {}", quoted(std::slice::from_ref(words))),
        Fix::Source { words: None } => "it names no source".to_owned(),
        Fix::Content { parts } if parts.is_empty() => "it has no content".to_owned(),
        Fix::Content { parts } => format!("its content is {}", quoted(parts)),
        Fix::Act { act } => format!("its act is {}", act.name()),
        Fix::Factuality { factuality } => format!("its factuality is {}", factuality.name()),
        Fix::Sourcing { class } => format!("its sourcing is {}", class.name()),
        Fix::Dismiss => "it is no statement".to_owned(),
    }
}

fn who(who: &Who<String>) -> String {
    match who {
        Who::Name { name, .. } => name.clone(),
        Who::Mention(mention) => format!("“{}” in {}", shown(&mention.words.words), mention.document),
    }
}

fn shown(words: &str) -> String {
    let line = one_line(words);
    if line.chars().count() <= SHOWN { line } else { format!("{}…", line.chars().take(SHOWN).collect::<String>().trim_end()) }
}
