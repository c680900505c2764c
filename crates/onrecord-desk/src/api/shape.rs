//! The shapes of what the API gives, as OpenAPI describes them.

use super::describe;
use crate::correct::Instead;
use onrecord::wire::Named;
use onrecord::wire::revision;
use onrecord_archive as archive;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A part of a list.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Part<T> {
    /// The items.
    pub(crate) items: Vec<T>,
    /// What `cursor` to ask with for those that follow; `null` at the end.
    pub(crate) next: Option<String>,
}

/// A story, as lists show it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Story {
    /// Its name: that of its first document.
    id: String,
    /// The headline of its first document.
    headline: String,
    /// The first day of its documents.
    #[schema(format = "date")]
    first_day: Option<String>,
    /// The last.
    #[schema(format = "date")]
    last_day: Option<String>,
    /// How many documents it has.
    documents: i64,
    /// How many statements.
    statements: i64,
    /// How many conflicts.
    conflicts: i64,
    /// How many questions are not answered.
    open_questions: i64,
    /// Its outlets, the one with most documents first.
    outlets: Vec<Outlet>,
    /// When something came to it last, UTC.
    #[schema(format = "date-time")]
    latest: String,
}

/// An outlet of a story.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Outlet {
    /// Its name.
    name: String,
    /// How many documents are its own.
    documents: usize,
}

impl From<(archive::Arrived, archive::Story)> for Story {
    fn from((arrived, it): (archive::Arrived, archive::Story)) -> Story {
        Story {
            outlets: arrived.outlets.into_iter().map(|(name, documents)| Outlet { name, documents }).collect(),
            latest: arrived.latest,
            id: it.id,
            headline: it.headline,
            first_day: it.first_day,
            last_day: it.last_day,
            documents: it.documents,
            statements: it.statements,
            conflicts: it.conflicts,
            open_questions: it.open_questions,
        }
    }
}

/// A document, as lists show it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Document {
    /// Its name.
    id: String,
    /// The story it is most about.
    story: Option<String>,
    /// Where it came from.
    path: String,
    /// Its address on the web.
    url: Option<String>,
    /// Its headline.
    title: Option<String>,
    /// Who published it.
    outlet: Option<String>,
    /// Who wrote it.
    byline: Option<String>,
    /// The day it was published.
    #[schema(format = "date")]
    published: Option<String>,
    /// Which of its versions is shown, from 1.
    version: i64,
    /// When that was added, UTC.
    #[schema(format = "date-time")]
    added_at: String,
}

impl From<archive::Listed> for Document {
    fn from(it: archive::Listed) -> Document {
        Document {
            id: it.id,
            story: it.story,
            path: it.path,
            url: it.url,
            title: it.title,
            outlet: it.outlet,
            byline: it.byline,
            published: it.published,
            version: it.version,
            added_at: it.added_at,
        }
    }
}

/// A document with its text and what is said in it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct WholeDocument {
    #[serde(flatten)]
    pub(crate) listed: Document,
    /// As received; every span counts in its bytes.
    pub(crate) text: String,
    /// What is said in it, in its order.
    pub(crate) statements: Vec<Statement>,
}

/// Somebody, across stories where the full name is one.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Person {
    /// The name of the row: one for all stories.
    pub(crate) id: String,
    /// The name.
    pub(crate) name: String,
    /// What it is.
    kind: String,
    /// Titles and offices.
    roles: Vec<String>,
    /// The stories.
    stories: Vec<String>,
    /// How many statements it made.
    statements: i64,
}

impl From<archive::Somebody> for Person {
    fn from(it: archive::Somebody) -> Person {
        Person { id: it.id, name: it.name, kind: it.kind, roles: it.roles, stories: it.stories, statements: it.statements }
    }
}

/// Somebody, with all that was said.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct WholePerson {
    #[serde(flatten)]
    pub(crate) person: Person,
    /// What was said, in the order of time.
    pub(crate) said: Vec<Statement>,
    /// What `cursor` to ask with for what was said next; `null` at the end.
    pub(crate) next: Option<String>,
}

/// A statement, as lists show it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Statement {
    /// Its name: that of its document, a point, `s` and its number there.
    id: String,
    /// The story.
    story: String,
    /// Who said it.
    speaker: Option<String>,
    /// Where its document came from.
    path: String,
    /// Its document's outlet.
    outlet: Option<String>,
    /// Its first byte in the text.
    start: usize,
    /// The byte after its last.
    end: usize,
    /// The line on which it begins, from 1.
    line: usize,
    /// What was said, in parts, as they stand there.
    content: Vec<String>,
    /// The words that say that it was said.
    cue: Vec<String>,
    /// How much of it is quoted.
    form: String,
    /// What it does.
    act: String,
    /// Whether it was said at all: only `actual` was.
    factuality: String,
    /// The class of its source.
    sourcing: String,
    /// On whose word it is known.
    known_through: String,
    /// The first day on which it can have been said.
    #[schema(format = "date")]
    said_start: Option<String>,
    /// The last.
    #[schema(format = "date")]
    said_end: Option<String>,
}

impl From<archive::Spoken> for Statement {
    fn from(it: archive::Spoken) -> Statement {
        Statement {
            id: it.id,
            story: it.story,
            speaker: it.speaker,
            path: it.path,
            outlet: it.outlet,
            start: it.start,
            end: it.end,
            line: it.line,
            content: it.content,
            cue: it.cue,
            form: it.form,
            act: it.act,
            factuality: it.factuality,
            sourcing: it.sourcing,
            known_through: it.known_through,
            said_start: it.said_start,
            said_end: it.said_end,
        }
    }
}

/// An article, as a search finds it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Article {
    /// Its document's name.
    id: String,
    /// The story it is most about.
    story: String,
    /// Who published it.
    outlet: Option<String>,
    /// The day it was published.
    #[schema(format = "date")]
    published: Option<String>,
    /// The first byte of the first words that were searched for.
    start: usize,
    /// The byte after their last.
    end: usize,
    /// The line they stand on, from 1.
    line: usize,
    /// That line.
    text: String,
}

impl From<archive::Article> for Article {
    fn from(it: archive::Article) -> Article {
        let archive::Article { id, story, path: _, outlet, published, start, end, line, text } = it;
        Article { id, story, outlet, published, start, end, line, text }
    }
}

/// A question and its askings.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Question {
    /// Its name: that of its story, a point, `q` and its number there.
    id: String,
    /// The story.
    story: String,
    /// Its text.
    text: String,
    /// Where it stands: `open`, `answered`, `disputed`.
    status: String,
    /// Each time it was put.
    askings: Vec<Asking>,
}

/// One time a question was put.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Asking {
    /// Who asked.
    asker: Option<String>,
    /// Who was asked.
    addressee: Option<String>,
    /// The class of the answer.
    answer: String,
    /// The first day on which it can have been.
    #[schema(format = "date")]
    said_start: Option<String>,
    /// The last.
    #[schema(format = "date")]
    said_end: Option<String>,
}

impl From<archive::Question> for Question {
    fn from(it: archive::Question) -> Question {
        let asking =
            |it: archive::Asking| Asking { asker: it.asker, addressee: it.addressee, answer: it.answer, said_start: it.said_start, said_end: it.said_end };
        let id = format!("{}.q{}", it.story, it.number);
        Question { id, story: it.story, text: it.text, status: it.status, askings: it.askings.into_iter().map(asking).collect() }
    }
}

/// Something that a watch told.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct News {
    /// `n1`, `n2` … in the order in which they were told.
    id: String,
    /// The watch.
    watch: String,
    /// What kind of thing.
    on: String,
    /// The story.
    story: String,
    /// Its headline.
    headline: String,
    /// When the latest document was added that it can rest on, UTC.
    #[schema(format = "date-time")]
    at: String,
    /// What happened, in a line.
    line: String,
    /// The words, each with its place.
    words: Vec<Quoted>,
}

/// Words of a statement.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Quoted {
    /// The statement, or the document.
    id: String,
    /// Who said it.
    speaker: Option<String>,
    /// The words.
    text: String,
}

impl From<archive::News> for News {
    fn from(it: archive::News) -> News {
        let words = it.words.into_iter().map(|it| Quoted { id: it.id, speaker: it.speaker, text: it.text }).collect();
        News { id: it.id, watch: it.watch, on: it.on.name().to_owned(), story: it.story, headline: it.headline, at: it.at, line: it.line, words }
    }
}

/// A correction in the log.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Correction {
    /// `c1`, `c2` … in the order in which they were made.
    id: String,
    /// Who made it.
    by: String,
    /// Why; may be empty.
    why: String,
    /// When, UTC.
    #[schema(format = "date-time")]
    made_at: String,
    /// What it changes, in a line.
    told: String,
    /// What it changes, as `onrecord.correction/1` has it.
    #[schema(value_type = Object)]
    change: serde_json::Value,
    /// Whether it holds.
    holds: bool,
    /// Whether it found what it is about; `null` if it does not hold.
    finds: Option<bool>,
}

impl From<archive::Logged> for Correction {
    fn from(it: archive::Logged) -> Correction {
        let change = serde_json::to_value(&it.change).unwrap_or_default();
        Correction { told: it.change.told(), holds: it.holds(), id: it.id, by: it.by, why: it.why, made_at: it.made_at, change, finds: it.finds }
    }
}

/// A watch that is set.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Watch {
    /// `w1`, `w2` … in the order in which they were set.
    pub(crate) id: String,
    /// What it tells of.
    #[schema(schema_with = describe::watched)]
    on: String,
    /// Only in the story of this document.
    story: Option<String>,
    /// Only of somebody whose name this is, or a word of it.
    by: Option<String>,
    /// Words that must have been said.
    words: Option<String>,
    /// A name that must stand in what was said, or an id; only for statements.
    about: Option<String>,
    /// Who published it; only for statements.
    outlet: Option<String>,
    /// The class of its source; only for statements.
    sourcing: Option<String>,
    /// What it does; only for statements.
    act: Option<String>,
    /// How much of it is quoted; only for statements.
    form: Option<String>,
    /// Who set it.
    made_by: String,
    /// When, UTC.
    #[schema(format = "date-time")]
    made_at: String,
    /// How much it has told.
    told: i64,
}

impl From<archive::Set> for Watch {
    fn from(it: archive::Set) -> Watch {
        let archive::Watch { on, story, by, saved: archive::Saved { words, about, outlet, sourcing, act, form } } = it.watch;
        let (on, told) = (on.name().to_owned(), it.told.unwrap_or_default());
        Watch { id: it.id, on, story, by, words, about, outlet, sourcing, act, form, made_by: it.made_by, made_at: it.made_at, told }
    }
}

/// A watch to be set; of what is left out, anything.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "on": "said", "by": "Dana Quill", "words": "pier" }))]
pub(crate) struct Watching {
    /// What to tell of.
    #[schema(schema_with = describe::watched)]
    pub(crate) on: archive::On,
    /// Only in the story of this document.
    pub(crate) story: Option<String>,
    /// Only of somebody whose name this is, or a word of it.
    pub(crate) by: Option<String>,
    /// Words that must have been said, as a search takes them; only for statements.
    pub(crate) words: Option<String>,
    /// A name that must stand in what was said, or an id; only for statements.
    pub(crate) about: Option<String>,
    /// Who published it; only for statements.
    pub(crate) outlet: Option<String>,
    /// The class of its source; only for statements.
    pub(crate) sourcing: Option<String>,
    /// What it does; only for statements.
    pub(crate) act: Option<String>,
    /// How much of it is quoted; only for statements.
    pub(crate) form: Option<String>,
}

/// Something that is not sure.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Suggestion {
    /// What tells it from every other, after every rebuild too.
    key: String,
    /// The story it is of, if it is of one.
    story: Option<String>,
    /// What it asks, in a line.
    told: String,
    /// What is not sure.
    what: Unsure,
}

/// What is not sure.
#[derive(Debug, Serialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum Unsure {
    /// Two may be one.
    Same {
        /// The one with the fuller name.
        one: Known,
        /// The other.
        other: Known,
    },
    /// A document that is most about another story touches this one.
    Touches {
        /// The document.
        document: String,
        /// Its headline, else its outlet or file.
        title: String,
        /// A document of the story it touches.
        beside: String,
        /// Why it is taken to.
        why: String,
    },
    /// Somebody may not be made to say anything here.
    Statement {
        /// The statement.
        statement: String,
        /// Who would say it.
        speaker: Option<String>,
        /// The words.
        words: String,
    },
    /// A correction finds its place no longer.
    Lost {
        /// Which.
        correction: String,
        /// What it says.
        told: String,
    },
}

/// Somebody of a list.
#[derive(Debug, Serialize, ToSchema)]
struct Known {
    /// The name of the row.
    id: String,
    /// The name.
    name: String,
}

impl From<archive::Suggestion> for Suggestion {
    fn from(it: archive::Suggestion) -> Suggestion {
        let known = |archive::Known { id, name }: archive::Known| Known { id, name };
        let told = it.what.told();
        let what = match it.what {
            archive::Unsure::Same { one, other } => Unsure::Same { one: known(one), other: known(other) },
            archive::Unsure::Touches { document, title, beside, why } => Unsure::Touches { document, title, beside, why },
            archive::Unsure::Statement { statement, speaker, words } => Unsure::Statement { statement, speaker, words },
            archive::Unsure::Lost { correction, told } => Unsure::Lost { correction, told },
        };
        Suggestion { key: it.key, story: it.story, told, what }
    }
}

/// A version of a document.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Version {
    /// Which, from 1.
    version: i64,
    /// When it was added, UTC.
    #[schema(format = "date-time")]
    added_at: String,
    /// As received.
    text: String,
    /// What it changed of the one before: dropped and altered quotations first.
    changes: Vec<Changed>,
}

/// One change.
#[derive(Debug, Serialize, ToSchema)]
struct Changed {
    /// What changed, such as `quotation`.
    matter: String,
    /// How: `dropped`, `altered`, `added`.
    how: String,
    /// The words of the version before.
    before: Option<Piece>,
    /// The words of this one.
    after: Option<Piece>,
}

/// Words of one version.
#[derive(Debug, Serialize, ToSchema)]
struct Piece {
    /// The first byte; `null` for what came beside the text.
    start: Option<usize>,
    /// The byte after the last.
    end: Option<usize>,
    /// The words.
    text: String,
    /// Who is said to have said them.
    speaker: Option<String>,
}

impl From<(archive::Text, Vec<revision::Change>)> for Version {
    fn from((it, changes): (archive::Text, Vec<revision::Change>)) -> Version {
        let piece = |revision::Part { start, end, text, speaker }: revision::Part| Piece { start, end, text, speaker };
        let changed = |it: revision::Change| Changed {
            matter: it.matter.name().to_owned(),
            how: it.how.name().to_owned(),
            before: it.before.map(piece),
            after: it.after.map(piece),
        };
        Version { version: it.version, added_at: it.added_at, text: it.text, changes: changes.into_iter().map(changed).collect() }
    }
}

/// A correction to be made.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "instead": { "fix": "speaker", "statement": "dxx0mqryv2t7.s3", "speaker": "Dana Quill" }, "why": "the minutes name her" }))]
pub(crate) struct Correcting {
    /// What is so instead.
    pub(crate) instead: Instead,
    /// Why; may be left out.
    pub(crate) why: Option<String>,
}

/// A correction that was made, undone or done again.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Corrected {
    /// Its name in the log.
    pub(crate) id: String,
}

/// An article to be added.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "text": "It rained, said Mara Ode.", "outlet": "Skerry", "published": "2031-03-04" }))]
pub(crate) struct Given {
    /// Its text: something that is neither a blank nor a control.
    #[schema(pattern = r"[^\s\u0000-\u001f\u007f-\u009f]")]
    pub(crate) text: String,
    /// Its headline.
    pub(crate) title: Option<String>,
    /// Who published it.
    pub(crate) outlet: Option<String>,
    /// Who wrote it.
    pub(crate) byline: Option<String>,
    /// Its address: the same address again is a new version.
    pub(crate) url: Option<String>,
    /// The day it was published, such as 2031-03-04.
    #[schema(format = "date")]
    pub(crate) published: Option<String>,
}

/// What became of an article that was added.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Added {
    /// Its document's name.
    pub(crate) id: String,
    /// Which of its versions this is, from 1.
    pub(crate) version: usize,
    /// Whether it was kept, or stood there just so.
    pub(crate) new: bool,
}
