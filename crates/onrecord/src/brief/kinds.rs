//! The kinds of sentences a brief is made of, each from one item of the record.

use super::Known;
use super::clause::{clause, clause_on};
use super::draft::{Draft, Part};
use super::{salience, who};
use crate::act::Factuality;
use crate::compare::{Relation, total_at};
use crate::evidence::Finder;
use crate::letter::small_first;
use crate::line::one_line;
use crate::origin::Claim;
use crate::question::{Answer, Asking, Question, Status};
use crate::quotation::closed;
use crate::record::{Place, Told};
use crate::statement::Form;
use crate::text::Id;
use crate::utterance::{Rendering, Utterance};
use crate::zone::ZoneKind;
use jiff::civil::Date;
use std::collections::BTreeSet;

/// An act of speaking: `On 4 March Moira Kesh said: “…”`.
pub(super) fn utterance(known: &Known<'_>, id: Id<Utterance>) -> Option<Draft> {
    let utterance = &known.utterances[id];
    let (told, clause) = best(known, &utterance.statements)?;
    let statement = told.statement(known.accounts);
    if statement.form != Form::Direct && !statement.content.is_empty() && salience::content_words(known, told).len() < FEW_WORDS {
        return None;
    }
    let mut parts = Vec::new();
    parts.extend(dated(known, told));
    parts.extend(clause);
    Some(Draft { parts, told: vec![told], more: actual(known, &utterance.statements) })
}

/// A content with fewer long words ("it publicly", "the report") says nothing by itself.
const FEW_WORDS: usize = 2;

/// A question and what became of it, asking by asking: `Asked whether …, 3 times: … (does not answer); … (affirms)`.
pub(super) fn question(known: &Known<'_>, question: &Question) -> Option<Draft> {
    let askings = sure_askings(known, question);
    if askings.is_empty() {
        return None;
    }
    let mut parts = wording(known, question, &askings)?;
    let mut told: Vec<Told> = Vec::new();
    let turns = first_and_last_total(known, question, &askings).unwrap_or_else(|| turning_points(known, &askings));
    for asking in turns {
        let Some((answer, clause)) = shown(known, asking).or_else(|| best(known, &asking.answered_in)) else { continue };
        parts.push(Part::Frame(if told.is_empty() { ": " } else { "; " }.to_owned()));
        parts.extend(dated(known, answer));
        parts.extend(clause);
        parts.extend(class(asking).map(|class| Part::Frame(format!(" ({class})"))));
        told.push(answer);
    }
    if told.is_empty() {
        parts.push(Part::Frame(": no answer is told".to_owned()));
    }
    let everything = |asking: &&Asking| asking.asked_in.iter().chain(&asking.answered_in).copied().collect::<Vec<_>>();
    Some(Draft { parts, told, more: askings.iter().flat_map(everything).collect() })
}

/// The answer with the words that show what it is: of a long reply the sentence that gives the figure.
fn shown(known: &Known<'_>, asking: &Asking) -> Option<(Told, Vec<Part>)> {
    let words: Vec<Place> = asking.evidence.iter().filter(|evidence| evidence.fact == "answer").flat_map(|evidence| &evidence.words).copied().collect();
    let inside = |place: &Place| {
        let told = |told: &&Told| told.document == place.document && told.statement(known.accounts).content.iter().any(|part| part.contains(place.span));
        asking.answered_in.iter().any(|it| told(&it))
    };
    let words: Vec<Place> = words.into_iter().filter(inside).collect();
    // Of "eight pilots died" and "157 people died" the second tells how many.
    let is_total = |place: &&Place| {
        let told = asking.answered_in.iter().filter(|told| told.document == place.document);
        told.into_iter().any(|told| total_at(told.reading(known.accounts), told.id, place.span).is_some())
    };
    let totals: Vec<Place> = words.iter().filter(is_total).copied().collect();
    let words = if totals.is_empty() { words } else { totals };
    if words.is_empty() { None } else { on_words(known, &asking.answered_in, &words) }
}

/// The askings of a question that surely are of it; none where the question is not worth telling.
pub(super) fn sure_askings<'q>(known: &Known<'_>, question: &'q Question) -> Vec<&'q Asking> {
    let askings: Vec<&Asking> = question.askings.iter().filter(|asking| bears_on(known, question, asking)).collect();
    if is_worth_telling(question, &askings) { askings } else { Vec::new() }
}

/// What somebody asks; or what several documents speak to, where breaking news asks it of itself, or where somebody denies,
/// dodges or declines to answer.
fn is_worth_telling(question: &Question, askings: &[&Asking]) -> bool {
    let is_asked = askings.iter().any(|asking| !asking.asked_in.is_empty()) && opens_like_a_question(&question.text);
    let documents: BTreeSet<usize> = askings.iter().flat_map(|asking| asking.asked_in.iter().chain(&asking.answered_in)).map(|told| told.document).collect();
    let is_contested = askings.iter().any(|asking| !matches!(asking.answer, Answer::Affirm | Answer::Partial | Answer::None));
    is_asked || (documents.len() > 1 && (is_contested || is_of_the_news(question)))
}

/// Whether breaking news asks it of itself.
fn is_of_the_news(question: &Question) -> bool {
    question.evidence.iter().any(|evidence| evidence.by == Finder::Rule("question/slot"))
}

/// Of the longer words of a yes-or-no question, an answer that nobody is told to have asked for must share so many.
const SHARED_LEAST: f32 = 0.4;

/// Whether an asking surely is of the question: somebody asks, or the answer speaks of what is asked.
fn bears_on(known: &Known<'_>, question: &Question, asking: &Asking) -> bool {
    let first = question.text.split_whitespace().next().unwrap_or_default().to_lowercase();
    if !asking.asked_in.is_empty() || (opens_like_a_question(&question.text) && first != "whether") {
        return true;
    }
    let words: BTreeSet<String> =
        question.text.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase).filter(|word| word.len() >= LONG_WORD && word != "whether").collect();
    let shared = |told: &Told| salience::content_words(known, *told).into_iter().filter(|word| words.contains(*word)).count() as f32;
    let is_reply = !matches!(asking.answer, Answer::Affirm | Answer::Deny | Answer::Partial);
    // One word may be shared by chance, unless there is no second; a denial shows that it was asked.
    let fewest = if asking.answer == Answer::Deny { 1 } else { words.len().min(2) };
    is_reply || asking.answered_in.iter().map(shared).fold(0.0, f32::max) >= (SHARED_LEAST * words.len() as f32).max(fewest as f32)
}

/// Words shorter than this are mostly of grammar.
const LONG_WORD: usize = 5;

/// Two accounts that cannot both hold, side by side.
pub(super) fn conflict(known: &Known<'_>, relation: &Relation) -> Option<Draft> {
    two_sides(known, &relation.b, "; against that, ", &relation.a, ". The two accounts conflict", relation)
}

/// What was said first and what took its place.
pub(super) fn overtaken(known: &Known<'_>, relation: &Relation) -> Option<Draft> {
    two_sides(known, &relation.b, "; since overtaken: ", &relation.a, "", relation)
}

fn two_sides(known: &Known<'_>, first: &[Told], between: &str, second: &[Told], end: &str, relation: &Relation) -> Option<Draft> {
    let words: Vec<Place> = relation.evidence.iter().flat_map(|evidence| &evidence.words).copied().collect();
    let ((a, one), (b, other)) = (on_words(known, first, &words)?, on_words(known, second, &words)?);
    let mut parts = Vec::new();
    parts.extend(dated(known, a));
    parts.extend(one);
    parts.push(Part::Frame(between.to_owned()));
    parts.extend(dated(known, b));
    parts.extend(other);
    if !end.is_empty() {
        parts.push(Part::Frame(end.to_owned()));
    }
    let more = actual(known, &relation.b.iter().chain(&relation.a).copied().collect::<Vec<_>>());
    Some(Draft { parts, told: vec![a, b], more })
}

/// A claim that several documents carry from one origin: `…; 3 of the 5 documents carry it, from one origin`.
pub(super) fn single_origin(known: &Known<'_>, claim: &Claim) -> Option<Draft> {
    let (told, clause) = most_shared(known, claim)?;
    let mut documents: Vec<usize> = claim.statements.iter().map(|told| told.document).collect();
    documents.sort_unstable();
    documents.dedup();
    let mut parts = Vec::new();
    parts.extend(dated(known, told));
    parts.extend(clause);
    parts.push(Part::Frame(" — ".to_owned()));
    parts.extend([Part::Count(documents.len()), Part::Frame(" of the ".to_owned()), Part::Count(known.accounts.len())]);
    parts.push(Part::Frame(" documents carry it, all from one origin".to_owned()));
    Some(Draft { parts, told: vec![told], more: actual(known, &claim.statements) })
}

/// The statement in the middle of a claim, which the others are like, with its clause; where its words make none, the shortest
/// that makes one: the longer a telling, the more of it is its own.
fn most_shared(known: &Known<'_>, claim: &Claim) -> Option<(Told, Vec<Part>)> {
    let mut order = actual(known, &claim.statements);
    let length = |told: &Told| told.content(known.accounts).map(str::len).sum::<usize>();
    order.sort_by_key(|told| (*told != claim.statements[0], length(told), *told));
    order.into_iter().find_map(|told| Some((told, clause(known, told)?)))
}

/// What nobody has answered, in the words in which it was asked: `Still open: …; …`. Carried by the asking, and by what dodges it.
pub(super) fn open(questions: &[&Question]) -> Option<Draft> {
    let (mut parts, mut more) = (Vec::new(), Vec::new());
    for question in questions {
        let Some(words) = asked(question) else { continue };
        parts.push(Part::Frame(if parts.is_empty() { "Still open: " } else { "; " }.to_owned()));
        parts.push(words);
        for asking in &question.askings {
            more.extend(&asking.asked_in);
            if !matches!(asking.answer, Answer::Affirm | Answer::Deny) {
                more.extend(&asking.answered_in);
            }
        }
    }
    (!parts.is_empty()).then_some(Draft { parts, told: Vec::new(), more })
}

/// Whether nobody has answered, or those who answer disagree, of what is worded as a question.
pub(super) fn is_open(question: &Question) -> bool {
    let is_unsettled = match question.status {
        Status::Open | Status::Disputed => true,
        Status::Answered => false,
    };
    let is_asked = question.askings.iter().any(|asking| !asking.asked_in.is_empty());
    is_unsettled && is_asked && (opens_like_a_question(&question.text) || question.text.trim_end().ends_with('?'))
}

/// `on 4 March `, where the statement has one day.
fn dated(known: &Known<'_>, told: Told) -> Option<Part> {
    who::day(known, known.calendar.said(told)).map(|day| Part::Day(format!("{day} "), told))
}

/// Those that were said.
fn actual(known: &Known<'_>, statements: &[Told]) -> Vec<Told> {
    statements.iter().copied().filter(|told| told.reading(known.accounts).acts[told.id].factuality == Factuality::Actual).collect()
}

/// The statement that makes the best clause, with its clause: quoted in full before shortened, reporting before headlines.
pub(super) fn best(known: &Known<'_>, statements: &[Told]) -> Option<(Told, Vec<Part>)> {
    let mut order = actual(known, statements);
    order.sort_by_key(|told| (rank(known, *told), *told));
    order.into_iter().find_map(|told| Some((told, clause(known, told)?)))
}

/// Of statements in relation, the one whose clause holds the words that relate them.
fn on_words(known: &Known<'_>, statements: &[Told], words: &[Place]) -> Option<(Told, Vec<Part>)> {
    let mut order = actual(known, statements);
    order.sort_by_key(|told| (rank(known, *told), *told));
    let holds = |told: Told, clause: &[Part]| {
        let own = words.iter().filter(|place| place.document == told.document).collect::<Vec<_>>();
        let is_in = |part: &Part, word: &Place| matches!(part, Part::Words(_, place) | Part::Quote(place) if place.span.overlaps(word.span));
        own.is_empty() || own.iter().any(|word| clause.iter().any(|part| is_in(part, word)))
    };
    order.into_iter().find_map(|told| clause_on(known, told, words).filter(|clause| holds(told, clause)).map(|clause| (told, clause)))
}

fn rank(known: &Known<'_>, told: Told) -> u8 {
    let zone = match who::zone(known, told) {
        Some(ZoneKind::Reporting | ZoneKind::Turn) | None => 0,
        Some(ZoneKind::Excerpt | ZoneKind::Caption) => 1,
        Some(ZoneKind::Headline) => 4,
        Some(ZoneKind::Commentary) => 6,
        Some(ZoneKind::ReaderComment | ZoneKind::Byline | ZoneKind::Dateline | ZoneKind::Furniture) => 12,
    };
    let form = match told.statement(known.accounts).form {
        Form::Direct => 0,
        Form::Mixed => 1,
        Form::Indirect => 2,
    };
    let hands = u8::from(told.reading(known.accounts).sourcing[told.id].chain.len() > 1) * 2;
    zone + form + hands + rendering(known, told)
}

fn rendering(known: &Known<'_>, told: Told) -> u8 {
    let utterance = known.utterances.iter().find_map(|it| it.statements.iter().position(|other| *other == told).map(|at| it.renderings[at]));
    match utterance {
        Some(Rendering::Verbatim) | None => 0,
        Some(Rendering::Shortened | Rendering::Paraphrased) => 1,
        Some(Rendering::Altered | Rendering::Softened | Rendering::Hardened) => 3,
    }
}

/// Of what breaking news asks of itself, how many died: the number told first, and the last; of those of one day, or of none,
/// the largest. `None` where not two give one.
fn first_and_last_total<'q>(known: &Known<'_>, question: &Question, askings: &[&'q Asking]) -> Option<Vec<&'q Asking>> {
    if !is_of_the_news(question) {
        return None;
    }
    let mut totals: Vec<(Option<Date>, f64, &'q Asking)> = Vec::new();
    for asking in askings.iter().copied().filter(|asking| shown(known, asking).is_some()) {
        totals.extend(total(known, asking).map(|total| (exact_day(asking), total, asking)));
    }
    let is_later = |x: usize, y: usize| match (totals[x].0, totals[y].0) {
        (Some(day), Some(other)) if day != other => day > other,
        (Some(_) | None, Some(_) | None) => totals[x].1 > totals[y].1,
    };
    let last = (0..totals.len()).reduce(|last, at| if is_later(at, last) { at } else { last })?;
    let others = || (0..totals.len()).filter(|at| *at != last);
    let first = others().find(|at| totals[*at].0.is_some()).or_else(|| others().next())?;
    Some(vec![totals[first].2, totals[last].2])
}

/// How many an asking is told to be answered with, where that is a total.
fn total(known: &Known<'_>, asking: &Asking) -> Option<f64> {
    let words = || asking.evidence.iter().filter(|evidence| evidence.fact == "answer").flat_map(|evidence| &evidence.words);
    let at =
        |told: &Told| words().filter(|place| place.document == told.document).find_map(|place| total_at(told.reading(known.accounts), told.id, place.span));
    asking.answered_in.iter().find_map(at)
}

/// The one day on which an asking was answered, where it is known.
fn exact_day(asking: &Asking) -> Option<Date> {
    asking.said.as_ref().and_then(|said| said.start.filter(|start| said.end == Some(*start)))
}

/// At most so many askings of a question are told, so that a sentence stays one.
const ASKINGS_TOLD: usize = 3;

/// The first askings of each class of each who answered, what somebody asked for first; and last the latest that says yes or no.
fn turning_points<'q>(known: &Known<'_>, askings: &[&'q Asking]) -> Vec<&'q Asking> {
    let is_told = |asking: &&&Asking| best(known, &asking.answered_in).is_some();
    let settles = |asking: &&Asking| matches!(asking.answer, Answer::Affirm | Answer::Deny);
    let answered: Vec<&Asking> = askings.iter().filter(is_told).copied().collect();
    let last = answered
        .iter()
        .copied()
        .enumerate()
        .filter(|(_, asking)| settles(asking))
        .max_by_key(|(at, asking)| (exact_day(asking), *at))
        .map(|(_, asking)| asking);
    let mut order: Vec<&Asking> = answered.iter().copied().filter(|asking| last.is_none_or(|last| !std::ptr::eq(*asking, last))).collect();
    order.sort_by_key(|asking| asking.asked_in.is_empty());
    let mut out: Vec<&Asking> = Vec::new();
    for asking in order {
        if !out.iter().chain(&last).any(|other| other.answer == asking.answer && other.addressee == asking.addressee) {
            out.push(asking);
        }
    }
    out.truncate(ASKINGS_TOLD - usize::from(last.is_some()));
    out.extend(last);
    out
}

/// What the words make of the question; nothing where they speak to the matter unasked.
fn class(asking: &Asking) -> Option<&'static str> {
    match asking.answer {
        Answer::Affirm | Answer::Partial if asking.asked_in.is_empty() => None,
        Answer::Affirm => Some("affirms"),
        Answer::Deny => Some("denies"),
        Answer::Partial => Some("answers in part"),
        Answer::NonAnswer => Some("does not answer"),
        Answer::Declined => Some("declines to answer"),
        Answer::None => Some("no answer is told"),
    }
}

/// `Asked whether …, 3 times`, or the question as it stands; with how often it is spoken to.
fn wording(known: &Known<'_>, question: &Question, askings: &[&Asking]) -> Option<Vec<Part>> {
    let words = asked(question)?;
    let times = askings.iter().filter(|asking| !asking.asked_in.is_empty()).count();
    let replies: usize = askings.iter().map(|asking| asking.answered_in.len()).sum();
    let lead = if times > 0 && opens_like_a_question(&question.text) && is_asked_so(known, question, askings) { "Asked " } else { "At issue: " };
    let mut parts = vec![Part::Frame(lead.to_owned()), words];
    match times {
        0 | 1 => {}
        2 => parts.push(Part::Frame(", twice".to_owned())),
        _ => parts.extend([Part::Frame(", ".to_owned()), Part::Count(times), Part::Frame(" times".to_owned())]),
    }
    if replies > 1 {
        parts.extend([Part::Frame(" (".to_owned()), Part::Count(replies), Part::Frame(" statements speak to it)".to_owned())]);
    }
    Some(parts)
}

/// Whether somebody asks in the words of the question; a “whether” may stand before those of an answer.
fn is_asked_so(known: &Known<'_>, question: &Question, askings: &[&Asking]) -> bool {
    let plain = |words: &str| words.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    let Some(behind_whether) = question.text.strip_prefix("Whether ") else { return true };
    let words = plain(behind_whether);
    let mut asked = askings.iter().flat_map(|asking| &asking.asked_in);
    asked.any(|told| plain(&told.content(known.accounts).collect::<Vec<_>>().join(" ")).contains(&words))
}

fn opens_like_a_question(words: &str) -> bool {
    let first = words.split_whitespace().next().unwrap_or_default().to_lowercase();
    matches!(first.as_str(), "whether" | "who" | "what" | "when" | "where" | "why" | "how" | "which" | "whose")
}

/// The question as the record words it, to stand inside a sentence; `None` where it is too long to be told.
fn asked(question: &Question) -> Option<Part> {
    let text = first_sentence(&question.text);
    let text = text.trim_end_matches(['?', '.', '!', ' ']);
    let text = if opens_like_a_question(text) { small_first(text) } else { text.to_owned() };
    let text = closed(&text);
    (!text.is_empty() && text.len() <= LONG_QUESTION).then_some(Part::Question(text))
}

/// Where a question runs over several sentences, the first.
fn first_sentence(text: &str) -> String {
    let text = one_line(text);
    let end = [". ", "? ", "! "].iter().filter_map(|mark| text.find(mark)).filter(|end| *end > LEAST_QUESTION).min();
    end.map_or(text.clone(), |end| text[..end].to_owned())
}

/// Fewer bytes before a full stop are an abbreviation or a word of address.
const LEAST_QUESTION: usize = 30;
/// A question of more bytes is told by its answers.
const LONG_QUESTION: usize = 180;
