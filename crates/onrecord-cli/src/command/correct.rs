//! `onrecord correct`: a person's word over the machine's, logged and undoable.

use crate::arguments::named;
use crate::kept::{self, Kept, now};
use crate::{Failure, Outcome, listing, terminal};
use onrecord::act::{Act, Factuality};
use onrecord::correction::{Fix, OfPeople, OfStatement, Quote, StatementAt};
use onrecord::entity::EntityKind;
use onrecord::reader::Reader;
use onrecord::sourcing::SourceClass;
use onrecord::{Reading, Span};
use onrecord_archive::{Archive, Change, Hand};
use std::io::Write;

#[derive(clap::Args, Debug)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(clap::Subcommand, Debug)]
enum What {
    /// Correct a statement: who said it, its words, what it does, whether it was said, or that it is none
    Statement(OfOne),
    /// Say that two are one, give somebody another name, or say that a document means somebody else
    Person(OfPerson),
    /// Move a document to the story of another, or make it a story of its own
    Document(OfDocument),
    /// Say that two stories are one, or that documents of one are a story of their own
    Story(OfStory),
    /// Say that a relation between statements does not hold
    Relation(OfRelation),
    /// Undo a correction: the last that holds, or the one named
    Undo(Turned),
    /// Do a correction again: the one that was undone last, or the one named
    Redo(Turned),
}

/// What every correction is given.
#[derive(clap::Args, Debug)]
struct Common {
    #[command(flatten)]
    kept: Kept,
    /// Why, for whoever reads the log
    #[arg(long, value_name = "TEXT", default_value = "")]
    why: String,
    /// Who says so; without it, the name of the user
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
    /// Print the entry of the log as JSON
    #[arg(long)]
    json: bool,
}

#[derive(clap::Args, Debug)]
#[command(group(clap::ArgGroup::new("fix").required(true).multiple(true).args(["speaker", "no_speaker", "source", "no_source", "content", "act", "factuality", "sourcing", "dismiss"])))]
struct OfOne {
    /// The statement, as lists name it: dxx0mqryv2t7.s3
    #[arg(value_name = "ID")]
    id: String,
    /// Who said it, by name
    #[arg(long, value_name = "NAME")]
    speaker: Option<String>,
    /// What the speaker is, where the document does not name it: person, organization …
    #[arg(long, value_name = "KIND", value_parser = named::<EntityKind>, requires = "speaker")]
    kind: Option<EntityKind>,
    /// The text does not tell who said it
    #[arg(long, conflicts_with = "speaker")]
    no_speaker: bool,
    /// The words of the text that name who said it
    #[arg(long, value_name = "WORDS")]
    source: Option<String>,
    /// The text names nobody
    #[arg(long, conflicts_with = "source")]
    no_source: bool,
    /// The words of the text that were said; once for each part
    #[arg(long, value_name = "WORDS")]
    content: Vec<String>,
    /// What it does: assertion, question, denial …
    #[arg(long, value_name = "ACT", value_parser = named::<Act>)]
    act: Option<Act>,
    /// Whether it was said: actual, negated, questioned …
    #[arg(long, value_name = "FACTUALITY", value_parser = named::<Factuality>)]
    factuality: Option<Factuality>,
    /// The class of its source: named, anonymous, organization …
    #[arg(long, value_name = "CLASS", value_parser = named::<SourceClass>)]
    sourcing: Option<SourceClass>,
    /// It is no statement
    #[arg(long, conflicts_with_all = ["speaker", "no_speaker", "source", "no_source", "content", "act", "factuality", "sourcing"])]
    dismiss: bool,
    #[command(flatten)]
    common: Common,
}

#[derive(clap::Args, Debug)]
#[command(group(clap::ArgGroup::new("fix").required(true).args(["same_as", "name", "not_in"])))]
struct OfPerson {
    /// The name or the id, as `onrecord people` lists it
    #[arg(value_name = "NAME|ID")]
    who: String,
    /// The two are one, who goes by the name given here
    #[arg(long, value_name = "NAME|ID")]
    same_as: Option<String>,
    /// The name to go by
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// Whom this document means is somebody else
    #[arg(long, value_name = "DOCUMENT")]
    not_in: Option<String>,
    #[command(flatten)]
    common: Common,
}

#[derive(clap::Args, Debug)]
#[command(group(clap::ArgGroup::new("fix").required(true).args(["story", "alone"])))]
struct OfDocument {
    /// The document
    #[arg(value_name = "ID")]
    id: String,
    /// The story it belongs to
    #[arg(long, value_name = "ID")]
    story: Option<String>,
    /// It is a story of its own
    #[arg(long)]
    alone: bool,
    #[command(flatten)]
    common: Common,
}

#[derive(clap::Args, Debug)]
#[command(group(clap::ArgGroup::new("fix").required(true).args(["join", "part"])))]
struct OfStory {
    /// The story
    #[arg(value_name = "ID")]
    id: String,
    /// A story that is this one too
    #[arg(long, value_name = "ID")]
    join: Option<String>,
    /// Documents of it that are a story of their own
    #[arg(long, value_name = "DOCUMENT", num_args = 1..)]
    part: Vec<String>,
    #[command(flatten)]
    common: Common,
}

#[derive(clap::Args, Debug)]
struct OfRelation {
    /// The story
    #[arg(value_name = "STORY")]
    story: String,
    /// The relation, as the story names it: r3
    #[arg(value_name = "RELATION")]
    relation: String,
    #[command(flatten)]
    common: Common,
}

#[derive(clap::Args, Debug)]
struct Turned {
    /// The correction: c3
    #[arg(value_name = "ID")]
    id: Option<String>,
    #[command(flatten)]
    common: Common,
}

pub(crate) fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let common = match &arguments.what {
        What::Statement(it) => &it.common,
        What::Person(it) => &it.common,
        What::Document(it) => &it.common,
        What::Story(it) => &it.common,
        What::Relation(it) => &it.common,
        What::Undo(it) | What::Redo(it) => &it.common,
    };
    let mut archive = common.kept.open()?;
    let by = common.by.clone().unwrap_or_else(kept::user);
    let now = now();
    let hand = Hand { by: &by, now: &now };
    let ids = match &arguments.what {
        What::Statement(it) => {
            let changes = of_statement(&archive.statement_at(&it.id)?, it)?;
            keep(&mut archive, changes, common, hand)?
        }
        What::Person(it) => {
            let change = of_person(&archive, it)?;
            keep(&mut archive, vec![change], common, hand)?
        }
        What::Document(it) => {
            let change = of_document(&archive, it)?;
            keep(&mut archive, vec![change], common, hand)?
        }
        What::Story(it) => {
            let change = of_story(&archive, it)?;
            keep(&mut archive, vec![change], common, hand)?
        }
        What::Relation(it) => {
            let change = Change::Relation { change: archive.relation_at(&it.story, &it.relation)? };
            keep(&mut archive, vec![change], common, hand)?
        }
        What::Undo(it) => vec![archive.undo(it.id.as_deref(), hand)?],
        What::Redo(it) => vec![archive.redo(it.id.as_deref(), hand)?],
    };
    let made = kept::refresh(&mut archive, &Reader::built_in())?;
    let log: Vec<_> = archive.corrections()?.into_iter().filter(|logged| ids.contains(&logged.id)).collect();
    if common.json {
        return listing::as_json(&log);
    }
    let mut output = terminal::output();
    for logged in &log {
        let became = if logged.holds() { "" } else { "undone: " };
        writeln!(output, "{}: {became}{}", logged.id, logged.change.told())?;
    }
    writeln!(output, "{} brought up to date", terminal::counted(made, "story", "stories"))?;
    output.flush()?;
    Ok(Outcome::AllRead)
}

fn keep(archive: &mut Archive, changes: Vec<Change>, common: &Common, hand: Hand<'_>) -> Result<Vec<String>, Failure> {
    changes.iter().map(|change| Ok(archive.correct(change, &common.why, hand)?)).collect()
}

/// One change for every fact of the statement that is corrected.
fn of_statement((document, at, reading): &(String, StatementAt, Reading), it: &OfOne) -> Result<Vec<Change>, Failure> {
    let quote = |words: &String| quote(reading, at, words).ok_or_else(|| Failure::Usage(format!("“{words}” does not stand in {document}, byte for byte")));
    let mut fixes = Vec::new();
    if it.speaker.is_some() || it.no_speaker {
        fixes.push(Fix::Speaker { name: it.speaker.clone(), kind: it.kind });
    }
    if it.source.is_some() || it.no_source {
        fixes.push(Fix::Source { words: it.source.as_ref().map(quote).transpose()? });
    }
    if !it.content.is_empty() {
        let mut parts = it.content.iter().map(quote).collect::<Result<Vec<_>, _>>()?;
        parts.sort_by_key(|part| part.start);
        fixes.push(Fix::Content { parts });
    }
    fixes.extend(it.act.map(|act| Fix::Act { act }));
    fixes.extend(it.factuality.map(|factuality| Fix::Factuality { factuality }));
    fixes.extend(it.sourcing.map(|class| Fix::Sourcing { class }));
    fixes.extend(it.dismiss.then_some(Fix::Dismiss));
    let change = |fix| Change::Statement { document: document.clone(), change: OfStatement { at: at.clone(), fix } };
    Ok(fixes.into_iter().map(change).collect())
}

/// The words nearest to where the statement stands.
fn quote(reading: &Reading, at: &StatementAt, words: &str) -> Option<Quote> {
    let text = &reading.document.text;
    let start = text.match_indices(words).map(|(start, _)| start).min_by_key(|start| start.abs_diff(at.matter.start))?;
    (!words.is_empty()).then(|| Quote::of(text, Span::new(start, start + words.len())))
}

fn of_person(archive: &Archive, it: &OfPerson) -> Result<Change, Failure> {
    let change = match (&it.same_as, &it.name, &it.not_in) {
        (Some(keep), _, _) => OfPeople::Same { keep: archive.person_at(keep)?.0, other: archive.person_at(&it.who)?.0 },
        (_, Some(name), _) => OfPeople::Name { who: archive.person_at(&it.who)?.0, name: name.clone() },
        (_, _, Some(document)) => OfPeople::Apart { mention: archive.mention_at(&it.who, document)? },
        (None, None, None) => return Err(Failure::Usage("say what is so instead".to_owned())),
    };
    Ok(Change::People { change })
}

fn of_document(archive: &Archive, it: &OfDocument) -> Result<Change, Failure> {
    let document = archive.document_at(&it.id)?;
    let from = archive.story_beside(&document)?;
    match &it.story {
        Some(story) => Ok(Change::Move { to: archive.document_at(story)?, document, from }),
        None => Ok(Change::Part { documents: vec![document], from }),
    }
}

fn of_story(archive: &Archive, it: &OfStory) -> Result<Change, Failure> {
    let one = archive.document_at(&it.id)?;
    match &it.join {
        Some(other) => Ok(Change::Join { one, other: archive.document_at(other)? }),
        None => {
            let documents = it.part.iter().map(|id| archive.document_at(id)).collect::<Result<Vec<_>, _>>()?;
            let from = Some(one).filter(|one| !documents.contains(one));
            Ok(Change::Part { documents, from })
        }
    }
}
