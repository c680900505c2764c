//! What a page can expect of placing: `stories=1 2 | 3`, `copies=1 > 2 contained`, `passage=…`, `why.2=…`, `also.3=…`.

use onrecord::account::Account;
use onrecord::story::{self, Sketch};
use onrecord::wire::Named;

/// What placing says of `key`, if it is a key of placing. Documents go by their numbers in the example, from 1.
pub(crate) fn observe(accounts: &[&Account], key: &str) -> Option<String> {
    let sketches: Vec<&Sketch> = accounts.iter().map(|account| &account.sketch).collect();
    let stories = story::place(&sketches);
    let number = |document: usize| (document + 1).to_string();
    let join = |parts: Vec<String>, between: &str| if parts.is_empty() { "none".to_owned() } else { parts.join(between) };
    let main_of = |story: &story::Story| story.documents.iter().filter(|it| it.is_main()).map(|it| number(it.document)).collect::<Vec<_>>();
    if let Some((kind, wanted)) = key.split_once('.').filter(|(kind, _)| ["why", "also"].contains(kind)) {
        let is_main = kind == "why";
        let memberships = stories.iter().flat_map(|story| &story.documents);
        let whys = memberships.filter(|it| number(it.document) == wanted && it.is_main() == is_main);
        return Some(join(whys.map(|it| it.evidence[0].why.to_string()).collect(), " + "));
    }
    match key {
        "stories" => Some(join(stories.iter().map(|story| main_of(story).join(" ")).collect(), " | ")),
        "copies" | "passage" => {
            let mut out = Vec::new();
            for story in &stories {
                let document = |at: usize| story.documents[at].document;
                for copy in &story.copies {
                    let words = |(_, by): &(onrecord::Span, onrecord::Span)| by.of(&accounts[document(copy.by)].reading.document.text).to_owned();
                    out.push(if key == "passage" {
                        join(copy.passages.iter().map(words).collect(), " … ")
                    } else {
                        format!("{} > {} {}", number(document(copy.of)), number(document(copy.by)), copy.kind.name())
                    });
                }
            }
            Some(join(out, " | "))
        }
        _ => None,
    }
}
