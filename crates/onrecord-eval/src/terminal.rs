//! Shows the figures of a story and every wrong item under its words, on the terminal only: corpora are not ours to copy.

use crate::runs::Run;
use crate::story::{Fact, Judged, Scored};
use onrecord::evidence::{Evidence, Finder};
use onrecord::{Id, Span};

/// The figures, one a line.
pub fn figures(scored: &Scored) -> String {
    let found = scored.found;
    let mut out = format!("{:15} P {:.3}  R {:.3}  F1 {:.3}  of {}\n", "found", found.precision(), found.recall(), found.f1(), found.gold);
    for (role, (sum, n)) in ["source", "cue", "content"].iter().zip(scored.spans) {
        out += &format!("{:15} {:.3}  of {n}\n", format!("iou {role}"), if n > 0 { sum / n as f64 } else { 0.0 });
    }
    for fact in Fact::ALL {
        let tally = scored.facts.get(&fact).copied().unwrap_or_default();
        out += &format!("{:15} {:.3}  {} of {}\n", fact.name(), tally.share().unwrap_or(0.0), tally.right, tally.judged);
    }
    out + &format!("{:15} {}\n", "never said", scored.never_said)
}

/// Every wrong fact, every missed and every extra statement, each under its words; `only` narrows to one fact.
pub fn items(run: &Run, scored: &Scored, only: Option<&str>) -> String {
    let mut out = String::new();
    let mut wrong: Vec<&Judged> = scored.items.iter().filter(|item| !item.is_right && only.is_none_or(|only| only == item.fact.name())).collect();
    wrong.sort_by_key(|item| (item.fact, item.gold));
    for item in wrong {
        out += &judged(run, item);
    }
    for &at in scored.missed.iter().filter(|_| only.is_none_or(|only| only == "found")) {
        let said = &run.story.statements[at];
        let document = run.story.documents.iter().position(|article| article.id == said.doc).unwrap_or_default();
        let parts: Vec<Span> = said.source.iter().chain(&said.cue).chain(&said.content).map(|bytes| Span::new(bytes.start, bytes.end)).collect();
        out += &format!("missed {}\n    {}\n", said.id, marked(run, document, &parts));
    }
    for &at in scored.extra.iter().filter(|_| only.is_none_or(|only| only == "found")) {
        let (document, parts) = parts_of(run, at);
        out += &format!("extra {}\n    {}\n", run.ours[at].1.id, marked(run, document, &parts));
    }
    out
}

fn judged(run: &Run, item: &Judged) -> String {
    let (document, parts) = parts_of(run, item.ours);
    let mut got = item.got.clone();
    let mut want = item.want.clone();
    if item.fact == Fact::Speaker {
        got = run.ours[item.ours].1.speaker.as_ref().map_or("nobody".into(), |names| names.join(" = "));
        let name = |id: &str| run.story.people.iter().find(|person| person.id == id).map_or(id.to_owned(), |person| person.name.clone());
        want = want.split('+').map(name).collect::<Vec<_>>().join(" + ");
    }
    let said = &run.story.statements[item.gold];
    let by: Vec<String> = evidence(run, item.ours, item.fact).into_iter().map(|evidence| by(&evidence)).collect();
    format!("{:13} {}  want {want}  got {got}  by {}\n    {}\n", item.fact.name(), said.id, by.join(", "), marked(run, document, &parts))
}

fn by(evidence: &Evidence) -> String {
    match evidence.by {
        Finder::Rule(name) => name.to_owned(),
        Finder::Model(head) => format!("model {head}"),
        Finder::Person(_) => evidence.by.shown(),
    }
}

/// The evidence our statement `at` has for `fact`.
pub fn evidence(run: &Run, at: usize, fact: Fact) -> Vec<Evidence> {
    let (document, number) = run.places[at];
    let reading = &run.readings[document];
    let id = Id::new(number);
    let all = match fact {
        Fact::Speaker => &reading.entities.speakers[id].evidence,
        Fact::Sourcing | Fact::KnownThrough => &reading.sourcing[id].evidence,
        Fact::Act | Fact::ActLoose | Fact::Factuality => &reading.acts[id].evidence,
        Fact::Form | Fact::Within => &reading.statements[id].evidence,
        Fact::Said => &reading.said[id].evidence,
    };
    let name = if fact == Fact::ActLoose { "act" } else { fact.name() };
    all.iter().filter(|evidence| evidence.fact == name).cloned().collect()
}

fn parts_of(run: &Run, at: usize) -> (usize, Vec<Span>) {
    let (document, number) = run.places[at];
    let statement = &run.readings[document].statements[Id::new(number)];
    (document, statement.source.iter().chain(&statement.cue).chain(&statement.content).copied().collect())
}

/// The sentences the parts stand in, with the parts in brackets (source, cues, contents alike).
fn marked(run: &Run, document: usize, parts: &[Span]) -> String {
    let text = run.readings[document].document.text.as_str();
    let Some(reach) = parts.iter().copied().reduce(Span::cover) else { return String::new() };
    let from = text[..reach.start()].rfind(['\n']).map_or(0, |at| at + 1);
    let from = text[from..reach.start()].rfind(". ").map_or(from, |at| from + at + 2);
    let to = text[reach.end()..].find(['\n', '.']).map_or(text.len(), |at| reach.end() + at + 1);
    let mut cuts: Vec<(usize, &str)> = parts.iter().flat_map(|part| [(part.end(), "]"), (part.start(), "[")]).collect();
    cuts.sort_by_key(|(at, mark)| (*at, *mark == "["));
    let (mut out, mut last) = (String::new(), from);
    for (at, mark) in cuts {
        out += &text[last..at];
        out += mark;
        last = at;
    }
    (out + &text[last..to]).replace('\n', " ⏎ ")
}
