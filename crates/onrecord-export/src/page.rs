//! A story laid out to be read: what stands on a page in which order, in plain words, before any markup.

mod parts;

use crate::plain;
use crate::quoted::Quoted;
use crate::view::{self, View};
use onrecord::act::{Act, Factuality};
use onrecord::compare::RelationKind;
use onrecord::line::one_line;
use onrecord::statement::Form;
use onrecord::wire::Interval;
use onrecord::wire::record::{Statement, Words};
use std::collections::{BTreeSet, HashMap};

/// A story on a page.
pub struct Page {
    /// Its id in the record.
    pub id: String,
    /// Its headline.
    pub title: String,
    /// `8 documents`, `2 outlets`, days, `200 statements`.
    pub facts: Vec<String>,
    /// The short account.
    pub brief: Vec<Told>,
    /// How many sentences of the brief were dropped.
    pub dropped: usize,
    /// What was asked, and what became of it.
    pub questions: Vec<Question>,
    /// What cannot both hold.
    pub conflicts: Vec<Pair>,
    /// What later words replace.
    pub overtaken: Vec<Pair>,
    /// What several documents carry.
    pub claims: Vec<Claim>,
    /// What happened, and what was said.
    pub timeline: Vec<Event>,
    /// Who speaks.
    pub people: Vec<Person>,
    /// The articles.
    pub documents: Vec<Document>,
}

/// A sentence, and what carries it.
pub struct Told {
    /// Its words.
    pub text: String,
    /// Where it stands.
    pub cites: Vec<Cite>,
}

/// A pointer to a statement further down.
#[derive(Clone)]
pub struct Cite {
    /// `s12`.
    pub id: String,
    /// The name by which it goes outside: `dxx0mqryv2t7.s3`.
    pub name: String,
    /// `Courier, 5 March 2031`.
    pub label: String,
}

/// When, as people and as machines read it.
#[derive(Clone)]
pub struct When {
    /// Its words.
    pub text: String,
    /// The one day, ISO.
    pub iso: Option<String>,
}

/// A question, as a ledger.
pub struct Question {
    /// Its id in the record.
    pub id: String,
    /// Its words.
    pub text: String,
    /// Where it stands at the end.
    pub status: &'static str,
    /// Each time it was put.
    pub askings: Vec<Asking>,
}

/// One time it was put.
pub struct Asking {
    /// When.
    pub when: When,
    /// Who asked.
    pub asker: Option<String>,
    /// Who was asked.
    pub of: Option<String>,
    /// What became of it.
    pub answer: &'static str,
    /// The words that ask.
    pub asked: Option<Said>,
    /// Whether it was asked and no answer given.
    pub is_dodged: bool,
    /// The words.
    pub said: Option<Said>,
}

/// Two who say other things, what came first first.
pub struct Pair {
    /// Its id in the record.
    pub id: String,
    /// In one sentence.
    pub why: String,
    /// The two, what came first first.
    pub sides: [Option<Said>; 2],
}

/// A claim, and what it rests on.
pub struct Claim {
    /// Its id in the record.
    pub id: String,
    /// How many origins can be shown to be independent.
    pub independent: usize,
    /// Its words.
    pub text: String,
    /// `four of the eight documents given, 1 origin as far as can be shown`.
    pub count: String,
    /// Whether it rests on one origin.
    pub is_single: bool,
    /// What it leads to.
    pub origins: Vec<Origin>,
}

/// What a claim leads to.
pub struct Origin {
    /// The name.
    pub name: String,
    /// On what footing.
    pub footing: Option<&'static str>,
    /// Where it stands.
    pub cites: Vec<Cite>,
}

/// An entry of the timeline.
pub struct Event {
    /// Its id in the record.
    pub id: String,
    /// The first day, ISO.
    pub first: Option<String>,
    /// The last day, ISO.
    pub last: Option<String>,
    /// When.
    pub when: When,
    /// Who said it; nobody, where it happened.
    pub speaker: Option<String>,
    /// Its words.
    pub text: String,
    /// Where it stands.
    pub cites: Vec<Cite>,
}

/// Somebody who speaks.
pub struct Person {
    /// Its id in the record.
    pub id: String,
    /// The name.
    pub name: String,
    /// A title or office.
    pub role: Option<String>,
    /// What it is, where the name does not say it.
    pub kind: Option<&'static str>,
    /// The statements.
    pub statements: usize,
    /// The articles.
    pub documents: usize,
    /// Who it may be too.
    pub may_be: Vec<String>,
}

/// An article, with what is said in it.
pub struct Document {
    /// Its id in the record.
    pub id: String,
    /// The name by which it goes outside.
    pub name: String,
    /// Its headline.
    pub title: String,
    /// Who published it.
    pub outlet: Option<String>,
    /// Who wrote it.
    pub byline: Option<String>,
    /// When.
    pub when: When,
    /// How its day is known.
    pub basis: Option<String>,
    /// Its address on the web.
    pub link: Option<String>,
    /// The name of its file.
    pub file: String,
    /// What is odd, and what it copies.
    pub remarks: Vec<String>,
    /// The statements.
    pub statements: Vec<Said>,
}

/// Something said, with its words and their place.
#[derive(Clone)]
pub struct Said {
    /// Its id in the record.
    pub id: String,
    /// The name by which it goes outside: `dxx0mqryv2t7.s3`.
    pub name: String,
    /// The id of the person who said it.
    pub person: Option<String>,
    /// Who said it.
    pub speaker: String,
    /// A title or office.
    pub role: Option<String>,
    /// To whom.
    pub to: Option<String>,
    /// When.
    pub when: When,
    /// The words as they stand there.
    pub words: Vec<Piece>,
    /// Whether all of it are words between quotation marks.
    pub is_quote: bool,
    /// `denial`, `question`, …; nothing for what is simply said.
    pub act: Option<String>,
    /// Why it was not said, if it was not.
    pub unsaid: Option<&'static str>,
    /// On what footing, and on whose word.
    pub footing: Vec<String>,
    /// The corrections of it, and those of its speaker's name: `c1`, `c2` …
    pub corrected: Vec<String>,
    /// `Courier, line 12`.
    pub place: String,
    /// Its address on the web.
    pub link: Option<String>,
}

/// Some words, in quotation marks or not.
#[derive(Clone)]
pub struct Piece {
    /// Its words.
    pub text: String,
    /// Whether quotation marks hold them.
    pub is_quoted: bool,
}

/// What pages are made from.
pub struct Maker<'a> {
    /// The story.
    pub view: View<'a>,
    quoted: Vec<Quoted<'a>>,
    places: HashMap<&'a str, String>,
}

impl<'a> Maker<'a> {
    /// Of the story that a view shows.
    pub fn of(view: View<'a>) -> Maker<'a> {
        let record = &view.story.record;
        let places = view.held().map(|held| (held.document.id.as_str(), parts::publisher(held))).collect();
        Maker { quoted: record.documents.iter().map(Quoted::of).collect(), places, view }
    }

    /// The whole page.
    pub fn page(&self) -> Page {
        let record = &self.view.story.record;
        Page {
            id: self.view.story.id.clone(),
            title: parts::title(&self.view),
            facts: parts::facts(&self.view),
            brief: record.brief.sentences.iter().map(|sentence| Told { text: one_line(&sentence.text), cites: self.cites(&sentence.support) }).collect(),
            dropped: record.brief.dropped.len(),
            questions: record.questions.iter().map(|question| self.question(question)).collect(),
            conflicts: self.pairs(RelationKind::Conflicts),
            overtaken: self.pairs(RelationKind::Supersedes),
            claims: self.claims(),
            timeline: self.timeline(),
            people: parts::people(&self.view),
            documents: self.documents(),
        }
    }

    /// A statement with its words and their place.
    pub fn said(&self, statement: &'a Statement) -> Option<Said> {
        let held = self.view.document(&statement.document)?;
        let extent = self.view.extent(statement)?;
        let person = self.view.person(statement.speaker.as_deref());
        let words = statement.source.as_ref().map(|words| one_line(&words.text));
        let known = plain::through(statement.known_through).map(str::to_owned);
        let evidence = statement.evidence.iter().chain(person.iter().flat_map(|person| &person.evidence));
        let mut corrected: Vec<String> = evidence.filter_map(|it| it.correction.clone()).collect();
        corrected.sort();
        corrected.dedup();
        let quoted = self.quoted[held.at].of_statement(statement);
        let footing = statement.sourcing.footing().filter(|_| person.is_some() || words.is_some());
        let name = person.map(|person| one_line(&person.name)).or(words);
        Some(Said {
            id: statement.id.clone(),
            name: self.view.outside(&statement.id),
            person: statement.speaker.clone(),
            role: person.and_then(parts::role),
            speaker: name.unwrap_or_else(|| "Nobody named".to_owned()),
            to: self.view.addressee(statement),
            when: When::of(statement.said.as_ref()),
            is_quote: statement.form == Form::Direct && statement.factuality == Factuality::Actual && !quoted.is_empty(),
            words: pieces(statement, &quoted),
            act: (statement.act != Act::Assertion).then(|| plain::label(statement.act)),
            unsaid: plain::unsaid(statement.factuality),
            footing: footing.map(str::to_owned).into_iter().chain(known).chain(plain::corrected(&corrected)).collect(),
            corrected,
            place: format!("{}, line {}", self.places[statement.document.as_str()], self.view.line(held, &extent)),
            link: self.view.link(statement),
        })
    }

    /// The statement of several that gives most of what was said, what is quoted before what is not.
    pub fn fullest(&self, ids: &[String]) -> Option<Said> {
        let length = |it: &Statement| it.content.iter().map(|words| words.text.len()).sum::<usize>();
        let found = ids.iter().filter_map(|id| self.view.statement(id));
        let fullest = found.min_by_key(|it| (it.form != Form::Direct, std::cmp::Reverse(length(it))))?;
        self.said(fullest)
    }

    /// Pointers to statements, one a document where several stand in one.
    pub fn cites(&self, ids: &[String]) -> Vec<Cite> {
        let mut seen = BTreeSet::new();
        let found = ids.iter().filter_map(|id| self.view.statement(id)).filter(|statement| seen.insert(statement.document.as_str()));
        let cite = |statement: &Statement| {
            let day = self.view.document(&statement.document).and_then(view::Held::day).map(plain::day);
            let place = &self.places[statement.document.as_str()];
            Cite { id: statement.id.clone(), name: self.view.outside(&statement.id), label: day.map_or_else(|| place.clone(), |day| format!("{place}, {day}")) }
        };
        found.map(cite).collect()
    }
}

impl Asking {
    /// The words that came back, if any did.
    pub fn answered(&self) -> Option<&Said> {
        self.said.as_ref().filter(|said| self.asked.as_ref().is_none_or(|asked| asked.id != said.id))
    }
}

impl When {
    /// The days of something.
    fn of(days: Option<&Interval>) -> When {
        When::told(plain::days(days), days.and_then(Interval::day))
    }

    fn told(text: Option<String>, iso: Option<&str>) -> When {
        When { text: text.unwrap_or_else(|| "undated".to_owned()), iso: iso.map(str::to_owned) }
    }
}

/// The words of a statement, cut where quotation marks hold them. The marks go with the words they hold.
fn pieces(statement: &Statement, quoted: &[Words]) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::new();
    for (number, part) in statement.matter().iter().enumerate() {
        if number > 0 {
            out.push(Piece { text: " … ".to_owned(), is_quoted: false });
        }
        let mut at = part.start;
        for words in quoted.iter().filter(|words| part.start <= words.start && words.end <= part.end) {
            let before = part.text.get(at - part.start..words.start - part.start).unwrap_or_default();
            out.push(Piece { text: before.to_owned(), is_quoted: false });
            out.push(Piece { text: words.text.clone(), is_quoted: true });
            at = words.end;
        }
        out.push(Piece { text: part.text.get(at - part.start..).unwrap_or_default().to_owned(), is_quoted: false });
    }
    out.retain(|piece| !piece.text.is_empty());
    out
}
