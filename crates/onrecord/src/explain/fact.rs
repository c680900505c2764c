//! Explains a fact of a record by its id: what it is made of, which rule made it so, and the words with their places.

use crate::account::Account;
use crate::evidence::Evidence;
use crate::line::{counted, one_line};
use crate::record::{Numbers, Place, Record, Told};
use crate::render::story::names::{self, Names};
use crate::render::{Canvas, Line, Paint};
use crate::text::Id;
use crate::wire::Named;
use std::str::FromStr;

/// The id of a fact of a record, as its JSON and its page give it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fact {
    /// `d1`: a document, why it is in the story and how it is dated.
    Document(usize),
    /// `p1`: somebody, and why mentions of several documents are one.
    Person(usize),
    /// `s1`: a statement.
    Statement(usize),
    /// `u1`: an act of speaking, and why statements report it.
    Utterance(usize),
    /// `q1`: a question and its askings.
    Question(usize),
    /// `r1`: a relation.
    Relation(usize),
    /// `o1`: a claim and its origins.
    Claim(usize),
    /// `t1`: an entry of the timeline.
    Entry(usize),
    /// `b1`: a sentence of the brief.
    Sentence(usize),
}

impl FromStr for Fact {
    type Err = String;
    fn from_str(id: &str) -> Result<Fact, String> {
        let wrong = || format!("{id} is no fact of a record; there are d1, p1, s1, u1, q1, r1, o1, t1, b1 and so on");
        let mut letters = id.chars();
        let letter = letters.next().ok_or_else(wrong)?;
        let number: usize = letters.as_str().parse().map_err(|_| wrong())?;
        let at = number.checked_sub(1).ok_or_else(wrong)?;
        Ok(match letter {
            'd' => Fact::Document(at),
            'p' => Fact::Person(at),
            's' => Fact::Statement(at),
            'u' => Fact::Utterance(at),
            'q' => Fact::Question(at),
            'r' => Fact::Relation(at),
            'o' => Fact::Claim(at),
            't' => Fact::Entry(at),
            'b' => Fact::Sentence(at),
            _ => return Err(wrong()),
        })
    }
}

/// The derivation of a fact of `record`, at most `width` characters a line; `None` where the record has no such fact.
pub fn fact(record: &Record, accounts: &[Account], fact: Fact, width: usize) -> Option<Vec<Line>> {
    let accounts = record.accounts(accounts);
    let mut page = Page { names: Names::of(record, &accounts), numbers: Numbers::of(&accounts), canvas: Canvas::of_width(width) };
    match fact {
        Fact::Document(at) => page.document(at)?,
        Fact::Person(at) => page.person(at)?,
        Fact::Statement(at) => {
            let told = page.numbers.told(at + 1)?;
            return Some(super::statement(told.reading(&accounts), told.id, width));
        }
        Fact::Utterance(at) => page.utterance(at)?,
        Fact::Question(at) => page.question(at)?,
        Fact::Relation(at) => page.relation(at)?,
        Fact::Claim(at) => page.claim(at)?,
        Fact::Entry(at) => page.entry(at)?,
        Fact::Sentence(at) => page.sentence(at)?,
    }
    Some(page.canvas.into_lines())
}

struct Page<'a> {
    names: Names<'a>,
    numbers: Numbers,
    canvas: Canvas,
}

impl Page<'_> {
    fn title(&mut self, id: String, what: &str) {
        self.canvas.hanging(0, 6, [(Paint::Faint, format!("{id:<6}")), (Paint::Strong, one_line(what))]);
    }

    fn field(&mut self, name: &str, value: &str) {
        self.canvas.hanging(2, 15, [(Paint::Plain, format!("{name:<15}")), (Paint::Strong, one_line(value))]);
    }

    /// Statements under a heading, each with its number, speaker, words and place.
    fn statements(&mut self, heading: &str, statements: &[Told]) {
        if statements.is_empty() {
            return;
        }
        self.canvas.blank();
        self.canvas.line(2, [(Paint::Plain, heading.to_owned())]);
        for told in statements {
            self.statement(*told, None);
        }
    }

    fn statement(&mut self, told: Told, note: Option<&str>) {
        let mut pieces = vec![(Paint::Faint, format!("{:<6}", self.numbers.name(told))), (Paint::Name, self.names.speaker(told))];
        pieces.extend(note.map(|note| (Paint::Plain, format!(" ({note})"))));
        let factuality = told.reading(&self.names.accounts).acts[told.id].factuality;
        if factuality != crate::act::Factuality::Actual {
            pieces.push((Paint::Warning, format!(" not said: {}", factuality.name())));
        }
        pieces.push((Paint::Plain, ": ".to_owned()));
        pieces.extend(names::quoted_apart(&self.names.words(told)));
        pieces.push((Paint::Faint, format!(" [{}]", self.names.place(told))));
        self.canvas.hanging(4, 6, pieces);
    }

    fn evidence(&mut self, evidence: &[Evidence<Place>]) {
        self.canvas.blank();
        if evidence.is_empty() {
            self.canvas.line(2, [(Paint::Faint, "no rule spoke: this is what holds where none does".to_owned())]);
        }
        for it in evidence {
            let by = it.by.shown();
            self.canvas.line(2, [(Paint::Plain, it.fact.to_owned()), (Paint::Name, by), (Paint::Plain, format!("score {:.2}", it.score))]);
            for place in &it.words {
                let words = names::shortened(place.span.of(&self.names.accounts[place.document].reading.document.text));
                self.canvas.hanging(4, 2, [(Paint::Faint, format!("{}: ", self.names.at(*place))), (Paint::Quoted, words)]);
            }
            if !it.why.is_empty() {
                self.canvas.hanging(4, 2, [(Paint::Plain, it.why.clone().into_owned())]);
            }
        }
    }

    fn document(&mut self, at: usize) -> Option<()> {
        let account = *self.names.accounts.get(at)?;
        let record = self.names.record;
        self.title(format!("d{}", at + 1), &account.reading.document.path);
        let day = record.calendar.day(at);
        let bounded = || day.bounds.as_ref().map_or("unknown".to_owned(), |bounds| names::short_days(Some(bounds)));
        let date = day.dating.date.map_or_else(bounded, names::written);
        self.field("written", &format!("{date} ({})", day.dating.basis));
        for copy in record.story.copies.iter().filter(|copy| copy.by == at || copy.of == at) {
            let other = if copy.by == at { copy.of } else { copy.by };
            let passages = counted(copy.passages.len(), "passage");
            self.field(copy.kind.name(), &format!("{passages} shared with {}", self.names.file(other)));
            for (of, by) in &copy.passages {
                let span = if copy.by == at { by } else { of };
                let place = Place { document: at, span: *span };
                let words = names::shortened(span.of(&account.reading.document.text));
                self.canvas.hanging(4, 2, [(Paint::Faint, format!("{}: ", self.names.at(place))), (Paint::Quoted, words)]);
            }
        }
        let own = day.dating.evidence.iter().map(|it| Evidence {
            fact: "date",
            by: it.by,
            score: it.score,
            words: it.words.iter().map(|span| Place { document: at, span: *span }).collect(),
            why: it.why.clone(),
        });
        let all: Vec<Evidence<Place>> = own.chain(day.evidence.iter().cloned()).chain(record.story.documents[at].evidence.iter().cloned()).collect();
        self.evidence(&all);
        Some(())
    }

    fn person(&mut self, at: usize) -> Option<()> {
        let record = self.names.record;
        let person = record.people.layer.as_slice().get(at)?;
        self.title(format!("p{}", at + 1), &person.name);
        self.field("kind", person.kind.name());
        for (name, list) in [("also called", &person.aliases), ("roles", &person.roles)] {
            if !list.is_empty() {
                self.field(name, &list.join(" · "));
            }
        }
        for other in &person.may_be {
            self.field("may be", &format!("p{} {}: nothing shows it, so they stay apart", other.at() + 1, self.names.person(*other)));
        }
        for entity in &person.entities {
            let reading = entity.reading(&self.names.accounts);
            let mentions = &reading.entities.layer[entity.id].mentions;
            let Some(first) = mentions.first() else { continue };
            let place = entity.place(reading.mentions[*first].span);
            let words = one_line(place.span.of(&reading.document.text));
            self.canvas.hanging(
                4,
                2,
                [(Paint::Faint, format!("{}: ", self.names.at(place))), (Paint::Quoted, words), (Paint::Plain, format!(" and {} more", mentions.len() - 1))],
            );
        }
        self.evidence(&person.evidence);
        let said: Vec<Told> = Told::all(&self.names.accounts).filter(|told| record.people.voice(&self.names.accounts, *told) == Some(Id::new(at))).collect();
        self.statements("is made to say", &said);
        Some(())
    }

    fn utterance(&mut self, at: usize) -> Option<()> {
        let utterance = self.names.record.utterances.as_slice().get(at)?;
        let who = utterance.speaker.map_or("somebody not named".to_owned(), |id| self.names.person(id));
        self.title(format!("u{}", at + 1), &format!("{who}, {}", names::short_days(utterance.said.as_ref())));
        for (told, rendering) in utterance.statements.iter().zip(&utterance.renderings) {
            self.statement(*told, Some(rendering.name()));
        }
        self.evidence(&utterance.evidence);
        Some(())
    }

    fn question(&mut self, at: usize) -> Option<()> {
        let question = self.names.record.questions.as_slice().get(at)?;
        self.title(format!("q{}", at + 1), &question.text);
        self.field("status", question.status.name());
        self.evidence(&question.evidence);
        for asking in &question.askings {
            self.canvas.blank();
            let person = |id: Option<Id<crate::person::Person>>| id.map_or("nobody named".to_owned(), |id| self.names.person(id));
            let who = format!("{} → {}", person(asking.asker), person(asking.addressee));
            self.canvas.line(
                2,
                [(Paint::Strong, names::short_days(asking.said.as_ref())), (Paint::Name, who), (Paint::Strong, asking.answer.name().replace('_', " "))],
            );
            for (told, note) in asking.asked_in.iter().map(|told| (told, "asks")).chain(asking.answered_in.iter().map(|told| (told, "answers"))) {
                self.statement(*told, Some(note));
            }
            self.evidence(&asking.evidence);
        }
        Some(())
    }

    fn relation(&mut self, at: usize) -> Option<()> {
        let relation = self.names.record.relations.as_slice().get(at)?;
        self.title(format!("r{}", at + 1), &format!("{}: {}", relation.kind.name(), relation.why));
        self.statements("one side", &relation.a);
        self.statements("the other", &relation.b);
        self.evidence(&relation.evidence);
        Some(())
    }

    fn claim(&mut self, at: usize) -> Option<()> {
        let claim = self.names.record.claims.as_slice().get(at)?;
        self.title(format!("o{}", at + 1), &names::shortened(&claim.text));
        let documents = self.names.accounts.len();
        self.field("independent", &format!("{} among the {} given", counted(claim.independent, "origin"), counted(documents, "document")));
        for origin in &claim.origins {
            let footing = origin.sourcing.footing().map_or(String::new(), |words| format!(" ({words})"));
            self.field("origin", &format!("{}{footing}", origin.name));
            for told in &origin.through {
                self.statement(*told, None);
                let reading = told.reading(&self.names.accounts);
                let chain = crate::render::chain(reading, told.id);
                self.canvas.line(10, [(Paint::Faint, format!("hands: {chain}"))]);
            }
        }
        self.evidence(&claim.evidence);
        self.statements("carried by", &claim.statements);
        Some(())
    }

    fn entry(&mut self, at: usize) -> Option<()> {
        let entry = self.names.record.timeline.get(at)?;
        self.title(format!("t{}", at + 1), &entry.text);
        let what = match entry.what {
            crate::timeline::What::Said(id) => format!("said (u{})", id.at() + 1),
            crate::timeline::What::Happened => "happened".to_owned(),
        };
        self.field(&what, &format!("{} ({})", names::short_days(Some(&entry.when)), entry.when.basis));
        let words = one_line(entry.place.span.of(&self.names.accounts[entry.place.document].reading.document.text));
        self.field("dated by", &format!("{words} [{}]", self.names.at(entry.place)));
        self.statements("carried by", &entry.support);
        Some(())
    }

    fn sentence(&mut self, at: usize) -> Option<()> {
        let sentence = self.names.record.brief.sentences.get(at)?;
        self.title(format!("b{}", at + 1), &sentence.text);
        self.field("checked", "names, numbers, days, negations, quotations and footing are those of what it cites");
        self.statements("carried by", &sentence.support);
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_letters_and_numbers() {
        assert_eq!("q3".parse(), Ok(Fact::Question(2)));
        assert!(["q0", "x1", "", "q", "é", "q-1"].iter().all(|id| id.parse::<Fact>().is_err()));
    }
}
