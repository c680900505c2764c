//! Our figures of a record are those of the reference scorer in Python, on records made wrong at random; skipped without it.
#![allow(clippy::unwrap_used)]

mod reference;

use onrecord::act::{Act, Factuality};
use onrecord::compare::RelationKind;
use onrecord::entity::EntityKind;
use onrecord::question::{Answer, Status};
use onrecord::sourcing::{KnownThrough, SourceClass};
use onrecord::statement::Form;
use onrecord::wire::record::{Asking, Brief, Dating, Document, Interval, Person, Question, Record, Relation, Sentence, Statement, Utterance, Words};
use onrecord::wire::{Named, RECORD};
use onrecord_eval::between::Beside;
use onrecord_eval::gold::{self, Bytes, Story};
use onrecord_eval::shared::Shared;
use onrecord_eval::story::Fact;
use onrecord_eval::tally::Tally;
use reference::{Dice, present, python};
use serde_json::{Value, json};

/// The gold as a record, made wrong here and there.
fn worsened(story: &Story, dice: &mut Dice) -> Record {
    let person = |(at, person): (usize, &gold::Person)| Person {
        id: format!("p{}", at + 1),
        name: person.aliases.first().unwrap_or(&person.name).clone(),
        kind: EntityKind::Person,
        aliases: Vec::new(),
        roles: Vec::new(),
        mentions: Vec::new(),
        may_be: Vec::new(),
        evidence: Vec::new(),
    };
    let documents: Vec<Document> = story.documents.iter().enumerate().map(|(at, article)| document(at, article)).collect();
    let people: Vec<Person> = story.people.iter().enumerate().map(person).collect();
    let kept: Vec<&gold::Said> = story.statements.iter().filter(|_| dice.below(9) > 0).collect();
    let statements: Vec<Statement> = kept.iter().enumerate().map(|(at, said)| statement(story, at, said, dice)).collect();
    let named = |id: &String| kept.iter().position(|said| said.id == *id).map(|at| format!("s{}", at + 1));
    let mut some = |ids: &[String]| -> Vec<String> {
        let mut out: Vec<String> = ids.iter().filter_map(named).filter(|_| dice.often()).collect();
        if dice.below(4) == 0 {
            out.push(format!("s{}", dice.below(kept.len()) + 1));
        }
        out.sort();
        out.dedup();
        out
    };
    let utterances: Vec<Utterance> = story.utterances.iter().enumerate().map(|(at, it)| utterance(at, some(&it.statements))).collect();
    let mut questions: Vec<Question> = Vec::new();
    for question in &story.questions {
        let mut asking = |asking: &gold::between::Asking| (some(&asking.asking_ids), some(&asking.answer_ids), asking.answer());
        let askings: Vec<_> = question.askings.iter().map(&mut asking).collect();
        questions.push(Question { id: String::new(), text: question.question.clone(), askings: Vec::new(), status: Status::Open, evidence: Vec::new() });
        for (asked_in, answered_in, answer) in askings {
            let asking =
                Asking { said: None, asker: None, addressee: None, asked_in, answered_in, answer: answer.unwrap_or(Answer::None), evidence: Vec::new() };
            questions.last_mut().unwrap().askings.push(asking);
        }
    }
    let mut relation = |(at, it): (usize, &gold::between::Relation)| Relation {
        id: format!("r{}", at + 1),
        kind: it.relation().unwrap_or(RelationKind::Conflicts),
        a: some(&it.a),
        b: some(&it.b),
        why: String::new(),
        evidence: Vec::new(),
    };
    let relations: Vec<Relation> = story.relations.iter().enumerate().map(&mut relation).collect();
    let sentences: Vec<Sentence> = story.brief.iter().enumerate().map(|(at, point)| sentence(at, some(&point.support))).collect();
    for (at, question) in questions.iter_mut().enumerate() {
        // Now and then two questions of the gold are one of the record's.
        question.id = format!("q{}", if at % 3 == 2 { at } else { at + 1 });
        question.askings.iter_mut().for_each(|asking| asking.answer = dice.pick(asking.answer));
    }
    let relations = relations.into_iter().map(|relation| Relation { kind: dice.pick(relation.kind), ..relation }).collect();
    Record {
        schema: RECORD.to_owned(),
        documents,
        copies: Vec::new(),
        people,
        statements,
        utterances,
        questions,
        relations,
        origins: Vec::new(),
        timeline: Vec::new(),
        brief: Brief { sentences, dropped: Vec::new() },
    }
}

fn document(at: usize, article: &gold::Article) -> Document {
    Document {
        id: format!("d{}", at + 1),
        path: format!("some/folder/{}", article.file),
        outlet: None,
        title: None,
        byline: None,
        published: None,
        dating: Dating { date: None, bounds: None, basis: String::new(), evidence: Vec::new() },
        url: None,
        zones: Vec::new(),
        evidence: Vec::new(),
        notes: Vec::new(),
        text: article.text.clone(),
    }
}

fn statement(story: &Story, at: usize, said: &gold::Said, dice: &mut Dice) -> Statement {
    let document = story.documents.iter().position(|article| article.id == said.doc).unwrap();
    let text = &story.documents[document].text;
    let mut words = |bytes: &Bytes| {
        let bytes = dice.shift(text, *bytes);
        Words { start: bytes.start, end: bytes.end, text: text[bytes.start..bytes.end].to_owned() }
    };
    let (source, cue, content) =
        (said.source.as_ref().map(&mut words), said.cue.iter().map(&mut words).collect(), said.content.iter().map(&mut words).collect::<Vec<_>>());
    let right = story.people.iter().position(|person| said.source_ids.contains(&person.id));
    let speaker = if dice.often() { right } else { Some(dice.below(story.people.len())) };
    let when = said.when.as_ref().filter(|_| dice.often());
    let interval =
        |when: &gold::When| serde_json::from_value::<Interval>(json!({"start": when.start, "end": when.end, "granularity": "day", "basis": ""})).unwrap();
    Statement {
        id: format!("s{}", at + 1),
        document: format!("d{}", document + 1),
        source,
        speaker: speaker.map(|at| format!("p{}", at + 1)),
        cue,
        content,
        form: dice.pick(Form::from_name(&said.form).unwrap()),
        act: dice.pick(Act::Assertion),
        factuality: dice.pick(Factuality::Actual),
        sourcing: dice.pick(said.class().unwrap_or(SourceClass::None)),
        known_through: dice.pick(KnownThrough::OnRecord),
        chain: Vec::new(),
        said: when.map(interval),
        addressee: None,
        within: None,
        confidence: 1.0,
        evidence: Vec::new(),
    }
}

fn utterance(at: usize, statements: Vec<String>) -> Utterance {
    Utterance { id: format!("u{}", at + 1), statements, renderings: Vec::new(), speaker: None, said: None, evidence: Vec::new() }
}

fn sentence(at: usize, support: Vec<String>) -> Sentence {
    let text = ["Nobody of Nowhere said 99 times that the Zzyzx held.", "The president said “no” on Tuesday.", "It was said."][at % 3];
    Sentence { id: format!("b{}", at + 1), text: text.to_owned(), support }
}

/// Scores `record` by the reference and compares every figure with ours.
fn compare(shared: &Shared, name: &str, story: &Story, record: &Record, seed: u64) {
    let path = std::env::temp_dir().join(format!("onrecord-eval-record-{}-{name}-{seed}.json", std::process::id()));
    std::fs::write(&path, serde_json::to_string(record).unwrap()).unwrap();
    let gold = shared.gold().join(name).join(format!("{name}.json"));
    let told = python(&shared.scorers().join("score_record.py"), &[gold.to_str().unwrap(), path.to_str().unwrap(), "--json"]);
    std::fs::remove_file(&path).unwrap();
    let told: Value = serde_json::from_str(&told).unwrap();
    let measured = Beside::new(story, record).score();
    let same = |mine: f64, told: &Value, what: &str| assert!((mine - told.as_f64().unwrap()).abs() < 0.00051, "{name} {seed} {what}: {mine} for {told}");
    let share = |tally: Tally, told: &Value, figure: &str, what: &str| {
        assert_eq!(json!(tally.judged), told["n"], "{name} {seed} {what}");
        if let Some(mine) = tally.share() {
            same(mine, &told[figure], what);
        }
    };
    share(measured.statements.facts[&Fact::Speaker], &told["speaker"], "accuracy", "speaker");
    share(measured.statements.facts[&Fact::Said], &told["said"], "accuracy", "said");
    if let Some(prf) = measured.utterances {
        same(prf.f1(), &told["utterance_pairs"]["f1"], "utterances");
        same(prf.precision(), &told["utterance_pairs"]["p"], "utterances");
        assert_eq!(json!(prf.gold), told["utterance_pairs"]["n"]);
    }
    share(measured.askings, &told["askings_found"], "recall", "askings");
    share(measured.answers, &told["answer_class"], "accuracy", "answers");
    share(measured.linked, &told["same_question_linked"], "recall", "linked");
    for (kind, row) in &measured.relations {
        let mine = json!({"right": row.right, "wrong": row.wrong, "silent": row.silent, "out_of_reach": row.out_of_reach});
        assert_eq!(mine, told["relations"][kind], "{name} {seed} {kind}");
    }
    same(measured.relation_recall().share().unwrap(), &told["relation_recall"], "relations");
    assert_eq!(json!(measured.loud), told["loud_relations_outside_gold"], "{name} {seed}");
    let covered = format!("{}/{}", measured.points.right, measured.points.judged);
    let brief = json!({"sentences": measured.sentences, "unsupported": measured.unsupported, "gold_points_covered": covered});
    assert_eq!(brief, told["brief"], "{name} {seed}");
}

#[test]
fn records_score_as_the_reference_does() {
    let Some(shared) = present() else { return };
    for (seed, name) in [(1, "seeds"), (2, "oil"), (3, "seeds"), (4, "oil"), (5, "oil")] {
        let story = gold::load(&shared.gold(), name).unwrap();
        let record = worsened(&story, &mut Dice(seed));
        compare(&shared, name, &story, &record, seed);
    }
}
