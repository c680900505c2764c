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
pub(crate) struct Page {
    pub(crate) id: String,
    pub(crate) title: String,
    /// `8 documents`, `2 outlets`, days, `200 statements`.
    pub(crate) facts: Vec<String>,
    pub(crate) brief: Vec<Told>,
    /// How many sentences of the brief were dropped.
    pub(crate) dropped: usize,
    pub(crate) questions: Vec<Question>,
    pub(crate) conflicts: Vec<Pair>,
    pub(crate) overtaken: Vec<Pair>,
    pub(crate) claims: Vec<Claim>,
    pub(crate) timeline: Vec<Event>,
    pub(crate) people: Vec<Person>,
    pub(crate) documents: Vec<Document>,
}

/// A sentence, and what carries it.
pub(crate) struct Told {
    pub(crate) text: String,
    pub(crate) cites: Vec<Cite>,
}

/// A pointer to a statement further down.
#[derive(Clone)]
pub(crate) struct Cite {
    /// `s12`.
    pub(crate) id: String,
    /// `Courier, 5 March 2031`.
    pub(crate) label: String,
}

/// When, as people and as machines read it.
#[derive(Clone)]
pub(crate) struct When {
    pub(crate) text: String,
    /// The one day, ISO.
    pub(crate) iso: Option<String>,
}

pub(crate) struct Question {
    pub(crate) id: String,
    pub(crate) text: String,
    pub(crate) status: &'static str,
    pub(crate) askings: Vec<Asking>,
}

pub(crate) struct Asking {
    pub(crate) when: When,
    pub(crate) asker: Option<String>,
    pub(crate) of: Option<String>,
    pub(crate) answer: &'static str,
    /// Whether it was asked and no answer given.
    pub(crate) is_dodged: bool,
    pub(crate) said: Option<Said>,
}

/// Two who say other things, what came first first.
pub(crate) struct Pair {
    pub(crate) why: String,
    pub(crate) sides: [Option<Said>; 2],
}

pub(crate) struct Claim {
    pub(crate) text: String,
    /// `four of the eight documents given, 1 origin as far as can be shown`.
    pub(crate) count: String,
    pub(crate) is_single: bool,
    pub(crate) origins: Vec<Origin>,
}

pub(crate) struct Origin {
    pub(crate) name: String,
    pub(crate) footing: Option<&'static str>,
    pub(crate) cites: Vec<Cite>,
}

pub(crate) struct Event {
    pub(crate) when: When,
    /// Who said it; nobody, where it happened.
    pub(crate) speaker: Option<String>,
    pub(crate) text: String,
    pub(crate) cites: Vec<Cite>,
}

pub(crate) struct Person {
    pub(crate) name: String,
    pub(crate) role: Option<String>,
    pub(crate) kind: Option<&'static str>,
    pub(crate) statements: usize,
    pub(crate) documents: usize,
    pub(crate) may_be: Vec<String>,
}

pub(crate) struct Document {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) outlet: Option<String>,
    pub(crate) byline: Option<String>,
    pub(crate) when: When,
    pub(crate) basis: Option<String>,
    pub(crate) link: Option<String>,
    pub(crate) file: String,
    pub(crate) remarks: Vec<String>,
    pub(crate) statements: Vec<Said>,
}

/// Something said, with its words and their place.
#[derive(Clone)]
pub(crate) struct Said {
    pub(crate) id: String,
    pub(crate) speaker: String,
    pub(crate) role: Option<String>,
    pub(crate) to: Option<String>,
    pub(crate) when: When,
    /// The words as they stand there.
    pub(crate) words: Vec<Piece>,
    /// Whether all of it are words between quotation marks.
    pub(crate) is_quote: bool,
    /// `denial`, `question`, …; nothing for what is simply said.
    pub(crate) act: Option<String>,
    /// Why it was not said, if it was not.
    pub(crate) unsaid: Option<&'static str>,
    /// On what footing, and on whose word.
    pub(crate) footing: Vec<String>,
    /// `Courier, line 12`.
    pub(crate) place: String,
    pub(crate) link: Option<String>,
}

/// Some words, in quotation marks or not.
#[derive(Clone)]
pub(crate) struct Piece {
    pub(crate) text: String,
    pub(crate) is_quoted: bool,
}

/// What pages are made from.
pub(crate) struct Maker<'a> {
    pub(crate) view: View<'a>,
    quoted: Vec<Quoted<'a>>,
    places: HashMap<&'a str, String>,
}

impl<'a> Maker<'a> {
    pub(crate) fn of(view: View<'a>) -> Maker<'a> {
        let record = &view.story.record;
        let places = view.held().map(|held| (held.document.id.as_str(), parts::publisher(held))).collect();
        Maker { quoted: record.documents.iter().map(Quoted::of).collect(), places, view }
    }

    /// The whole page.
    pub(crate) fn page(&self) -> Page {
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
    pub(crate) fn said(&self, statement: &'a Statement) -> Option<Said> {
        let held = self.view.document(&statement.document)?;
        let extent = self.view.extent(statement)?;
        let person = self.view.person(statement.speaker.as_deref());
        let words = statement.source.as_ref().map(|words| one_line(&words.text));
        let known = plain::through(statement.known_through).map(str::to_owned);
        let corrected = statement.evidence.iter().find_map(|it| it.correction.as_ref()).map(|id| format!("corrected by a person, {id}"));
        let quoted = self.quoted[held.at].of_statement(statement);
        let footing = statement.sourcing.footing().filter(|_| person.is_some() || words.is_some());
        let name = person.map(|person| one_line(&person.name)).or(words);
        Some(Said {
            id: statement.id.clone(),
            role: person.and_then(parts::role),
            speaker: name.unwrap_or_else(|| "Nobody named".to_owned()),
            to: self.view.addressee(statement),
            when: When::of(statement.said.as_ref()),
            is_quote: statement.form == Form::Direct && statement.factuality == Factuality::Actual && !quoted.is_empty(),
            words: pieces(statement, &quoted),
            act: (statement.act != Act::Assertion).then(|| plain::label(statement.act)),
            unsaid: plain::unsaid(statement.factuality),
            footing: footing.map(str::to_owned).into_iter().chain(known).chain(corrected).collect(),
            place: format!("{}, line {}", self.places[statement.document.as_str()], self.view.line(held, &extent)),
            link: self.view.link(statement),
        })
    }

    /// The statement of several that gives most of what was said, what is quoted before what is not.
    pub(crate) fn fullest(&self, ids: &[String]) -> Option<Said> {
        let length = |it: &Statement| it.content.iter().map(|words| words.text.len()).sum::<usize>();
        let found = ids.iter().filter_map(|id| self.view.statement(id));
        let fullest = found.min_by_key(|it| (it.form != Form::Direct, std::cmp::Reverse(length(it))))?;
        self.said(fullest)
    }

    /// Pointers to statements, one a document where several stand in one.
    pub(crate) fn cites(&self, ids: &[String]) -> Vec<Cite> {
        let mut seen = BTreeSet::new();
        let found = ids.iter().filter_map(|id| self.view.statement(id)).filter(|statement| seen.insert(statement.document.as_str()));
        let cite = |statement: &Statement| {
            let day = self.view.document(&statement.document).and_then(view::Held::day).map(plain::day);
            let place = &self.places[statement.document.as_str()];
            Cite { id: statement.id.clone(), label: day.map_or_else(|| place.clone(), |day| format!("{place}, {day}")) }
        };
        found.map(cite).collect()
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
