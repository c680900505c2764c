//! Our figures are those of the reference scorers in Python, on statements made wrong at random; skipped without them.
#![allow(clippy::unwrap_used)]

mod reference;

use onrecord::act::Factuality;
use onrecord::sourcing::{KnownThrough, SourceClass};
use onrecord::statement::Form;
use onrecord::wire::Named;
use onrecord_eval::gold::{Bytes, Story};
use onrecord_eval::runs::{STORIES, Way, run};
use onrecord_eval::shared::Shared;
use onrecord_eval::story::{Fact, Ours};
use onrecord_eval::{gold, polnear, story};
use reference::{Dice, present, python};
use serde_json::{Value, json};

/// How far the reference's `overlap` figures can lie from ours: it takes fragments in the order of a hash table.
const HASH_ORDER: f64 = 0.15;

fn worsened(story: &Story, dice: &mut Dice) -> Vec<(String, Ours)> {
    let mut out = Vec::new();
    for (number, article) in story.documents.iter().enumerate() {
        for (at, said) in story.statements.iter().filter(|said| said.doc == article.id).enumerate() {
            let dropped = dice.below(8) == 0;
            let mut shift = |bytes: &Bytes| dice.shift(&article.text, *bytes);
            let (source, cue, content) =
                (said.source.iter().map(&mut shift).collect(), said.cue.iter().map(&mut shift).collect(), said.content.iter().map(&mut shift).collect());
            let person = story.people.iter().find(|person| said.source_ids.contains(&person.id));
            let speaker = if dice.often() { person } else { Some(&story.people[dice.below(story.people.len())]) };
            let when = said.when.as_ref().filter(|_| dice.often());
            let day = |day: &Option<String>| day.clone();
            let statement = Ours {
                id: format!("{number}:s{at}"),
                source,
                cue,
                content,
                within: (at > 0 && dice.below(4) == 0).then(|| format!("{number}:s{}", at - 1)),
                speaker: speaker.map(|person| vec![person.aliases.first().unwrap_or(&person.name).clone()]),
                form: dice.pick(Form::from_name(&said.form).unwrap()),
                act: dice.pick(said.act()),
                factuality: dice.pick(Factuality::from_name(&said.factuality).unwrap()),
                sourcing: dice.pick(said.class().unwrap_or(SourceClass::None)),
                known_through: dice.pick(KnownThrough::OnRecord),
                said: when.map(|when| (day(&when.start), day(&when.end))),
            };
            if !dropped {
                out.push((article.id.clone(), statement));
            }
        }
    }
    out
}

fn spans(spans: &[Bytes]) -> Value {
    spans.iter().map(|span| json!({"start": span.start, "end": span.end})).collect()
}

/// The readings as the wire has them, with nothing but what the scorer looks at.
fn lines(story: &Story, ours: &[(String, Ours)]) -> String {
    let mut out = String::new();
    for article in &story.documents {
        let (mut entities, mut statements) = (Vec::new(), Vec::new());
        for (at, (_, s)) in ours.iter().enumerate().filter(|(_, (id, _))| *id == article.id) {
            let local = |id: &str| id.split_once(':').map(|(_, id)| id.to_owned()).unwrap();
            if let Some(names) = &s.speaker {
                entities.push(json!({"id": format!("e{at}"), "name": names[0], "aliases": &names[1..]}));
            }
            statements.push(json!({
                "id": local(&s.id), "source": s.source.first().map(|b| json!({"start": b.start, "end": b.end})), "cue": spans(&s.cue), "content": spans(&s.content),
                "within": s.within.as_deref().map(local), "speaker": s.speaker.as_ref().map(|_| format!("e{at}")), "form": s.form.name(),
                "act": s.act.name(), "factuality": s.factuality.name(), "sourcing": s.sourcing.name(), "known_through": s.known_through.name(),
                "said": s.said.as_ref().map(|(start, end)| json!({"start": start, "end": end})),
            }));
        }
        let reading = json!({"schema": "onrecord.reading/1", "document": {"path": article.file}, "entities": entities, "statements": statements});
        out += &format!("{reading}\n");
    }
    out
}

/// Scores `lines`, a reading a line, by the reference and compares every figure with ours.
fn compare(shared: &Shared, name: &str, story: &Story, ours: &[(String, Ours)], lines: &str, seed: u64) {
    let path = std::env::temp_dir().join(format!("onrecord-eval-{}-{name}-{seed}.jsonl", std::process::id()));
    std::fs::write(&path, lines).unwrap();
    let gold = shared.gold().join(name).join(format!("{name}.json"));
    let told = python(&shared.scorers().join("score_record.py"), &[gold.to_str().unwrap(), path.to_str().unwrap(), "--json"]);
    std::fs::remove_file(&path).unwrap();
    let told: Value = serde_json::from_str(&told).unwrap();
    let all: Vec<&str> = story.documents.iter().map(|article| article.id.as_str()).collect();
    let scored = story::score(story, ours, &all);
    let same = |mine: f64, told: &Value, what: &str| assert!((mine - told.as_f64().unwrap()).abs() < 0.00051, "{name} {what}: {mine} for {told}");
    same(scored.found.f1(), &told["found"]["f1"], "found");
    same(scored.found.precision(), &told["found"]["p"], "found");
    for (role, (sum, n)) in ["source", "cue", "content"].into_iter().zip(scored.spans) {
        same(sum / n as f64, &told["span_iou"][role], role);
    }
    for fact in Fact::ALL {
        let tally = scored.facts.get(&fact).copied().unwrap_or_default();
        assert_eq!(json!(tally.judged), told[fact.name()]["n"], "{name} {}", fact.name());
        if let Some(share) = tally.share() {
            same(share, &told[fact.name()]["accuracy"], fact.name());
        }
    }
    assert_eq!(json!(scored.never_said), told["never_said_but_recorded"]);
}

#[test]
fn stories_score_as_the_reference_does() {
    let Some(shared) = present() else { return };
    for (seed, name) in [(1, "seeds"), (2, "oil"), (3, "seeds"), (4, "oil")] {
        let story = gold::load(&shared.gold(), name).unwrap();
        let ours = worsened(&story, &mut Dice(seed));
        compare(&shared, name, &story, &ours, &lines(&story, &ours), seed);
    }
}

#[test]
fn what_leaves_on_the_wire_scores_as_what_was_read() {
    let Some(shared) = present() else { return };
    for name in STORIES {
        let run = run(&shared.gold(), name, Way::Alone).unwrap();
        let wire: String = run.readings.iter().map(|reading| serde_json::to_string(&onrecord::wire::Reading::from(reading)).unwrap() + "\n").collect();
        compare(&shared, name, &run.story, &run.ours, &wire, 0);
    }
}

#[test]
fn polnear_scores_as_the_reference_does() {
    let Some(shared) = present() else { return };
    let folder = shared.corpus("polnear").join("dev");
    let articles = polnear::load(&folder).unwrap();
    let mut dice = Dice(7);
    let (mut lines, mut scored) = (String::new(), [[onrecord_eval::tally::Prf::default(); 3]; 3]);
    for article in &articles {
        let mut found = Vec::new();
        for attribution in &article.gold {
            let mut worse = attribution.clone();
            if dice.below(4) == 0 {
                worse.content.pop_last();
            }
            if dice.below(5) == 0 {
                worse.source.clear();
            }
            if let Some(last) = worse.cue.last().copied().filter(|_| dice.below(5) == 0) {
                worse.cue.insert(last + 1);
            }
            if dice.below(8) > 0 {
                found.push(worse);
            }
        }
        let wire = |set| spans(&polnear::spans(article, set).iter().map(|span| Bytes { start: span.start(), end: span.end() }).collect::<Vec<_>>());
        let statements: Vec<Value> = found.iter().map(|a| json!({"source": wire(&a.source), "cue": wire(&a.cue), "content": wire(&a.content)})).collect();
        lines += &format!("{}\n", json!({"document": {"path": article.name}, "statements": statements}));
        let one = polnear::score_one(article, &found);
        for (sums, more) in scored.iter_mut().zip([one.exact, one.overlap, one.whole]) {
            sums.iter_mut().zip(more).for_each(|(sum, more)| sum.add(more));
        }
    }
    let path = std::env::temp_dir().join(format!("onrecord-eval-{}-polnear.jsonl", std::process::id()));
    std::fs::write(&path, lines).unwrap();
    let told = python(&shared.scorers().join("score_polnear.py"), &[folder.to_str().unwrap(), path.to_str().unwrap()]);
    std::fs::remove_file(&path).unwrap();
    let names = [["exact   source", "exact   cue", "exact   content"], ["overlap source", "overlap cue", "overlap content"], ["ALL_ov", "J.8", "C-exact"]];
    for (group, (names, figures)) in names.iter().zip(scored).enumerate() {
        for (name, prf) in names.iter().zip(figures) {
            let line = told.lines().find(|line| line.starts_with(name)).unwrap();
            let mine = format!("P {:5.1}  R {:5.1}  F1 {:5.1}", 100.0 * prf.precision(), 100.0 * prf.recall(), 100.0 * prf.f1());
            let told: f64 = line.rsplit(' ').next().unwrap().parse().unwrap();
            let is_same = if group == 1 { (told - 100.0 * prf.f1()).abs() < HASH_ORDER } else { line.ends_with(&mine) };
            assert!(is_same, "{name}: {mine} for {line}");
        }
    }
}
