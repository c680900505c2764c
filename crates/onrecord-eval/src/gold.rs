//! The gold stories: what people marked in them, as documents and as layers that later stages can run on.

pub mod between;

use crate::error::Error;
use onrecord::act::{Act, Factuality};
use onrecord::mention::{MentionKind, MentionOf};
use onrecord::read::{Reading, read_stated};
use onrecord::reader::{Marked, Readout};
use onrecord::sourcing::SourceClass;
use onrecord::statement::{Form, Statement};
use onrecord::token::{Tokens, tokenize};
use onrecord::wire::Named;
use onrecord::zone::{Zone, ZoneKind};
use onrecord::{Document, Id, Layer, Span};
use serde::Deserialize;
use std::path::Path;

/// A story with its gold, as its file has it.
#[derive(Debug, Deserialize)]
pub struct Story {
    /// Its documents.
    pub documents: Vec<Article>,
    /// Who is in it.
    pub people: Vec<Person>,
    /// What they say.
    pub statements: Vec<Said>,
    /// Acts of speaking, where they were marked.
    #[serde(default)]
    pub utterances: Vec<between::Utterance>,
    /// What is asked again and again.
    pub questions: Vec<between::Question>,
    /// How statements stand to each other, and look-alikes.
    pub relations: Vec<between::Relation>,
    /// What a person would tell of the story in a dozen sentences.
    pub brief: Vec<between::Point>,
}

/// A document of a story.
#[derive(Debug, Deserialize)]
pub struct Article {
    /// `D0` …
    pub id: String,
    /// Its file under `texts/`.
    pub file: String,
    /// Who published it.
    pub outlet: Option<String>,
    /// Its parts.
    pub zones: Vec<Part>,
    /// When it was published, as people concluded.
    pub publication: Publication,
    /// When it was published, as the record of the crawl has it; may be wrong.
    pub record_date: Option<String>,
    /// The text of the file.
    #[serde(skip)]
    pub text: String,
}

/// A zone as marked.
#[derive(Debug, Deserialize)]
pub struct Part {
    /// First byte.
    pub start: usize,
    /// Byte after the last.
    pub end: usize,
    /// `headline`, `reporting` …
    pub kind: String,
    /// Whom an excerpt is quoted from, as the id of a person.
    pub quoted_from: Option<String>,
}

/// When a document was published.
#[derive(Debug, Deserialize)]
pub struct Publication {
    /// The day.
    pub date: Option<String>,
}

/// Somebody in the story.
#[derive(Debug, Deserialize)]
pub struct Person {
    /// `P01` …
    pub id: String,
    /// The fullest name.
    pub name: String,
    /// `person`, `organisation` …
    #[serde(rename = "type")]
    pub kind: String,
    /// Other names.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Where the documents mention them.
    #[serde(default)]
    pub mentions: Vec<Place>,
}

/// A mention.
#[derive(Debug, Deserialize)]
pub struct Place {
    /// The document.
    pub doc: String,
    /// First byte.
    pub start: usize,
    /// Byte after the last.
    pub end: usize,
    /// `name`, `title`, `description`, `pronoun`.
    pub kind: String,
}

/// A span of a gold statement.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq)]
pub struct Bytes {
    /// First byte.
    pub start: usize,
    /// Byte after the last.
    pub end: usize,
}

/// A gold statement.
#[derive(Debug, Deserialize)]
pub struct Said {
    /// `S0-01` …
    pub id: String,
    /// The document.
    pub doc: String,
    /// The words that name the source.
    pub source: Option<Bytes>,
    /// Who it is.
    #[serde(default)]
    pub source_ids: Vec<String>,
    /// The words that say that it was said.
    #[serde(default)]
    pub cue: Vec<Bytes>,
    /// What was said.
    #[serde(default)]
    pub content: Vec<Bytes>,
    /// Direct, mixed or indirect.
    pub form: String,
    /// The class of the source.
    pub on_record: Option<String>,
    /// On whose word it is known.
    pub known_through: Option<String>,
    /// What it does.
    pub speech_act: String,
    /// Whether it was said.
    pub factuality: String,
    /// When.
    pub when: Option<When>,
    /// The statement it stands in.
    pub parent: Option<String>,
    /// What else counts as right.
    #[serde(default)]
    pub accept: Accept,
    /// `noise` and `thin` statements are not scored.
    pub status: Option<String>,
}

/// When a gold statement was said.
#[derive(Debug, Deserialize)]
pub struct When {
    /// First day, ISO.
    pub start: Option<String>,
    /// Last day, ISO.
    pub end: Option<String>,
    /// `day`, `bounded` …
    pub granularity: Option<String>,
    /// Whether the days are a best guess.
    pub approximate: Option<bool>,
}

/// Other values that count as right.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Accept {
    /// Of the source.
    pub source_ids: Vec<String>,
    /// Of the act.
    pub speech_act: Vec<String>,
    /// Of the source's class.
    pub on_record: Vec<String>,
    /// Of the form.
    pub form: Vec<String>,
}

/// Reads the story `name` (`seeds`, `oil`) with its texts from the folder of the gold.
pub fn load(gold: &Path, name: &str) -> Result<Story, Error> {
    let folder = gold.join(name);
    let path = folder.join(format!("{name}.json"));
    let mut story: Story = serde_json::from_str(&crate::shared::text_of(&path)?).map_err(|error| Error::new(&path, error.to_string()))?;
    for article in &mut story.documents {
        article.text = crate::shared::text_of(&folder.join("texts").join(&article.file))?;
    }
    story.statements.retain(|said| !matches!(said.status.as_deref(), Some("noise" | "thin")));
    Ok(story)
}

impl Said {
    /// The act, folded to ours.
    pub fn act(&self) -> Act {
        act_of(&self.speech_act).unwrap_or(Act::Assertion)
    }

    /// The acts that count as right.
    pub fn acts(&self) -> Vec<Act> {
        std::iter::once(self.act()).chain(self.accept.speech_act.iter().filter_map(|name| act_of(name))).collect()
    }

    /// The class of the source, where the gold has one.
    pub fn class(&self) -> Option<SourceClass> {
        self.on_record.as_deref().and_then(class_of)
    }

    /// The classes that count as right.
    pub fn classes(&self) -> Vec<SourceClass> {
        self.class().into_iter().chain(self.accept.on_record.iter().filter_map(|name| class_of(name))).collect()
    }

    /// The forms that count as right.
    pub fn forms(&self) -> Vec<Form> {
        std::iter::once(&self.form).chain(&self.accept.form).filter_map(|name| Form::from_name(name)).collect()
    }

    /// Whether it was said.
    pub fn factuality(&self) -> Option<Factuality> {
        Factuality::from_name(&self.factuality)
    }
}

fn act_of(name: &str) -> Option<Act> {
    Some(match name {
        "announcement" | "criticism" => Act::Assertion,
        "request" => Act::Question,
        "non-answer" => Act::NonAnswer,
        "rejection" | "non-disclosure" => Act::Refusal,
        other => return Act::from_name(other),
    })
}

fn class_of(name: &str) -> Option<SourceClass> {
    Some(match name {
        "organisation" => SourceClass::Organization,
        "social post" => SourceClass::SocialPost,
        "other outlet" => SourceClass::Outlet,
        other => return SourceClass::from_name(other),
    })
}

/// The document as it came: its text and, where a crawl's record came with it, the outlet and the date of that record,
/// right or wrong. What people concluded from the text (an outlet, a date) is not given.
pub fn received(article: &Article) -> Document {
    let mut document = Document::new(&article.file, &article.text);
    document.published = article.record_date.as_deref().and_then(day_of);
    document.outlet = article.record_date.as_ref().and(article.outlet.clone());
    document
}

/// The text alone, as a plain text file.
pub fn plain(article: &Article) -> Document {
    Document::new(&article.file, &article.text)
}

/// The same as [`received`] with the day of publication that people concluded, where they could.
pub fn dated(article: &Article) -> Document {
    let document = received(article);
    let published = article.publication.date.as_deref().and_then(day_of).or(document.published);
    Document { published, ..document }
}

fn day_of(stamp: &str) -> Option<jiff::civil::Date> {
    stamp.get(..10)?.parse().ok()
}

/// The reading of `article` by the later stages alone: zones, mentions, statements and date are those of the gold.
pub fn read_alone(story: &Story, article: &Article) -> Reading {
    let document = dated(article);
    let tokens = tokenize(&article.text);
    let readout = Readout { mentions: marked(story, article, &tokens), ..Readout::default() };
    read_stated(document, tokens, readout, zones(story, article), stated(story, article))
}

fn span(bytes: Bytes) -> Span {
    Span::new(bytes.start, bytes.end)
}

/// The gold statements of one document as a layer.
fn stated(story: &Story, article: &Article) -> Layer<Statement> {
    let mut all: Vec<(usize, Statement)> = Vec::new();
    for (at, said) in story.statements.iter().enumerate().filter(|(_, said)| said.doc == article.id) {
        let statement = Statement {
            source: said.source.map(span),
            cue: said.cue.iter().copied().map(span).collect(),
            content: said.content.iter().copied().map(span).collect(),
            within: None,
            form: Form::from_name(&said.form).unwrap_or(Form::Indirect),
            confidence: 1.0,
            evidence: Vec::new(),
        };
        if statement.source.is_some() || !statement.cue.is_empty() || !statement.content.is_empty() {
            all.push((at, statement));
        }
    }
    all.sort_by_key(|(_, statement)| (statement.reach().start(), std::cmp::Reverse(statement.reach().end())));
    let which: Vec<usize> = all.iter().map(|(at, _)| *at).collect();
    let place = |parent: &String| which.iter().position(|at| story.statements[*at].id == *parent);
    let parents: Vec<Option<usize>> = which.iter().map(|at| story.statements[*at].parent.as_ref().and_then(place)).collect();
    let items = all.into_iter().zip(parents).map(|((_, statement), parent)| Statement { within: parent.map(Id::new), ..statement });
    Layer::new(items.collect())
}

/// The zone a kind of the gold's is to us; `quoted` tells whether the gold names whom the zone is quoted from.
pub fn zone_kind(kind: &str, quoted: Option<&String>) -> ZoneKind {
    match kind {
        "headline" | "headline_repeat" => ZoneKind::Headline,
        "commentary" => ZoneKind::Commentary,
        "reader_comment" => ZoneKind::ReaderComment,
        "caption" => ZoneKind::Caption,
        "embed" => ZoneKind::Excerpt,
        "boilerplate" | "metadata" => ZoneKind::Furniture,
        _ if quoted.is_some() => ZoneKind::Excerpt,
        _ => ZoneKind::Reporting,
    }
}

/// The gold's zones as ours: they cover the text, what stands between two goes to the earlier.
fn zones(story: &Story, article: &Article) -> Layer<Zone> {
    let starts: Vec<usize> = article.zones.iter().enumerate().map(|(at, part)| if at == 0 { 0 } else { part.start }).collect();
    let ends = starts.iter().skip(1).copied().chain([article.text.len()]);
    let items = article.zones.iter().zip(starts.iter().copied().zip(ends)).map(|(part, (start, end))| {
        let stamp = part.kind == "metadata" && part.start < 2;
        let kind = if stamp { ZoneKind::Dateline } else { zone_kind(&part.kind, part.quoted_from.as_ref()) };
        Zone { span: Span::new(start, end), kind, voice: voice(story, article, part), evidence: Vec::new() }
    });
    Layer::new(items.collect())
}

/// The last words before the zone, or at its start, that name whom it is quoted from.
fn voice(story: &Story, article: &Article, part: &Part) -> Option<Span> {
    /// An excerpt may name its origin in its own first words: "From the Post:".
    const FIRST_WORDS: usize = 40;
    let from = story.people.iter().find(|person| Some(&person.id) == part.quoted_from.as_ref())?;
    let mut places = from.mentions.iter().filter(|place| place.doc == article.id && place.start < part.start + FIRST_WORDS);
    places.next_back().map(|place| Span::new(place.start, place.end))
}

fn marked(story: &Story, article: &Article, tokens: &Tokens) -> Vec<Marked> {
    let mut out = Vec::new();
    for person in &story.people {
        for place in person.mentions.iter().filter(|place| place.doc == article.id) {
            let range = tokens.within(Span::new(place.start, place.end));
            let kind = match place.kind.as_str() {
                "name" => MentionKind::Name,
                "pronoun" => MentionKind::Pronoun,
                _ => MentionKind::Description,
            };
            let tokens = if kind == MentionKind::Name { core(person, tokens, range) } else { range };
            out.push(Marked { tokens, kind, of: mention_of(&person.kind), score: 1.0 });
        }
    }
    out.retain(|marked| !marked.tokens.is_empty());
    out.sort_by_key(|marked| (marked.tokens.start, std::cmp::Reverse(marked.tokens.end)));
    out.dedup_by(|a, b| a.tokens == b.tokens);
    out
}

fn mention_of(kind: &str) -> MentionOf {
    match kind {
        "organisation" | "state" | "press_reports" => MentionOf::Organization,
        "vessel" | "document" => MentionOf::Other,
        _ => MentionOf::Person,
    }
}

/// A name without its title: of a person, the run of tokens that also stand in the name people settled on.
fn core(person: &Person, tokens: &Tokens, range: std::ops::Range<usize>) -> std::ops::Range<usize> {
    if person.kind != "person" {
        return range;
    }
    let name = tokenize(&person.name);
    let known = |at: &usize| name.lowered().any(|word| word == tokens.lower(*at));
    let Some(first) = range.clone().find(known) else { return range };
    let last = range.clone().rev().find(known).unwrap_or(first);
    first..last + 1
}
