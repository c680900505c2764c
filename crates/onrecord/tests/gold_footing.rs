//! Act, factuality, sourcing and addressee over the statements of the gold stories, given their spans; skipped where
//! the gold is not at hand. `ONRECORD_SHOW=1` prints every miss with its words.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::disallowed_macros)]

use onrecord::act::{self, Factuality};
use onrecord::entity::{Entities, Entity, EntityKind, Speaker};
use onrecord::sentence;
use onrecord::sourcing;
use onrecord::statement::{Form, Statement};
use onrecord::token;
use onrecord::wire::Named;
use onrecord::zone::{Zone, ZoneKind};
use onrecord::{Column, Document, Id, Layer, Span, addressee};
use serde_json::Value;
use std::collections::HashMap;
use std::path::Path;

#[derive(Default)]
struct Tally {
    right: HashMap<&'static str, (usize, usize)>,
    grave: usize,
}

impl Tally {
    fn add(&mut self, what: &'static str, ok: bool) {
        let entry = self.right.entry(what).or_default();
        entry.0 += usize::from(ok);
        entry.1 += 1;
    }

    fn share(&self, what: &str) -> f64 {
        self.right.get(what).map_or(1.0, |(ok, all)| *ok as f64 / *all as f64)
    }
}

#[derive(Clone, Copy, PartialEq, Debug)]
enum Speakers {
    Gold,
    Unknown,
}

#[test]
fn the_gold_statements_are_classified() {
    for story in ["seeds", "oil"] {
        for speakers in [Speakers::Gold, Speakers::Unknown] {
            let Some(tally) = story_of(story, speakers) else { return };
            let mut all: Vec<_> = tally.right.iter().collect();
            all.sort();
            println!("== {story} {speakers:?}: grave {}", tally.grave);
            for (what, (ok, of)) in all {
                println!("   {what:14} {:.3} of {of}", *ok as f64 / *of as f64);
            }
            assert!(tally.grave <= 2, "{story}: words never said are recorded as said");
            for (what, least) in [("act_loose", 0.75), ("factuality", 0.9)] {
                assert!(tally.share(what) >= least, "{story}: {what} is {:.3}", tally.share(what));
            }
            if speakers == Speakers::Gold {
                assert!(tally.share("sourcing") >= 0.8 && tally.share("known_through") >= 0.75, "{story}: sourcing");
            }
        }
    }
}

fn story_of(story: &str, speakers: Speakers) -> Option<Tally> {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().map(|above| above.join("shared")).find(|shared| shared.is_dir())?;
    let folder = shared.join("gold").join(story);
    let gold: Value = serde_json::from_str(&std::fs::read_to_string(folder.join(format!("{story}.json"))).ok()?).unwrap();
    let mut tally = Tally::default();
    for doc in gold["documents"].as_array().unwrap() {
        let file = doc["file"].as_str().or(doc["path"].as_str()).unwrap();
        let text = std::fs::read_to_string(folder.join("texts").join(Path::new(file).file_name().unwrap())).unwrap();
        one(&gold, doc, text, speakers, &mut tally, story);
    }
    Some(tally)
}

fn span(value: &Value) -> Option<Span> {
    Some(Span::new(value["start"].as_u64()? as usize, value["end"].as_u64()? as usize))
}

fn spans(value: &Value) -> Vec<Span> {
    value.as_array().map(|all| all.iter().filter_map(span).collect()).unwrap_or_default()
}

fn zones_of(doc: &Value, text: &str) -> Layer<Zone> {
    let kind = |name: &str, text: &Value| match name {
        "headline" | "headline_repeat" => ZoneKind::Headline,
        "metadata" | "boilerplate" => ZoneKind::Furniture,
        "caption" => ZoneKind::Caption,
        "commentary" => ZoneKind::Commentary,
        "reader_comment" => ZoneKind::ReaderComment,
        "embed" => ZoneKind::Excerpt,
        _ if text["outlet"].is_string() => ZoneKind::Excerpt,
        _ => ZoneKind::Reporting,
    };
    let _ = text;
    let zones = doc["zones"].as_array().unwrap().iter();
    Layer::sorted(
        zones.map(|zone| Zone { span: span(zone).unwrap(), kind: kind(zone["kind"].as_str().unwrap(), zone), voice: None, evidence: vec![] }).collect(),
    )
}

fn one(gold: &Value, doc: &Value, text: String, speakers: Speakers, tally: &mut Tally, story: &str) {
    let golds: Vec<&Value> =
        gold["statements"].as_array().unwrap().iter().filter(|it| it["doc"] == doc["id"] && it["status"] != "noise" && it["status"] != "thin").collect();
    let mut made: Vec<(Statement, &Value)> = golds
        .iter()
        .map(|it| {
            let form = Form::from_name(it["form"].as_str().unwrap()).unwrap();
            (
                Statement {
                    source: span(&it["source"]),
                    cue: spans(&it["cue"]),
                    content: spans(&it["content"]),
                    within: None,
                    form,
                    confidence: 1.0,
                    evidence: vec![],
                },
                *it,
            )
        })
        .filter(|(it, _)| it.source.is_some() || !it.cue.is_empty() || !it.content.is_empty())
        .collect();
    made.sort_by_key(|(it, _)| (it.reach().start(), std::cmp::Reverse(it.reach().end())));
    for at in 0..made.len() {
        let parent = made.iter().position(|(_, it)| it["id"] == made[at].1["parent"]);
        made[at].0.within = parent.map(Id::new);
    }
    let golds: Vec<&Value> = made.iter().map(|(_, it)| *it).collect();
    let statements = Layer::sorted(made.into_iter().map(|(it, _)| it).collect());
    let tokens = token::tokenize(&text);
    let zones = zones_of(doc, &text);
    let sentences = sentence::split(&text, &tokens, &zones);
    let mentions = Layer::default();
    let entities = entities_of(gold, &golds, &statements, speakers);
    let acts = act::classify(&text, &tokens, &zones, &sentences, &statements);
    let document = Document::new(doc["id"].as_str().unwrap(), text.clone());
    let sourcing = sourcing::trace(&document, &tokens, &zones, &sentences, &entities, &statements, &acts);
    let addressees = addressee::find(&text, &tokens, &sentences, &mentions, &entities, &statements, &acts);
    let show = std::env::var("ONRECORD_SHOW").is_ok_and(|want| want == "1" || want == format!("{speakers:?}"));
    for (id, it) in statements.ids().zip(golds) {
        tally.add("act", exact(acts[id].act.name(), it));
        let mut miss = |what: &'static str, got: String, want: String, ok: bool| {
            tally.add(what, ok);
            if show && !ok {
                let words = |spans: &[Span]| spans.iter().map(|span| span.of(&text)).collect::<Vec<_>>().join(" | ");
                let statement = &statements[id];
                let content: String = words(&statement.content).chars().take(150).collect();
                let why: Vec<_> = acts[id].evidence.iter().chain(&sourcing[id].evidence).map(|it| format!("{:?}", it.by)).collect();
                println!(
                    "{story} {} {what}: {got} for {want}\n      [{}] {{{}}} <{content}> {}",
                    it["id"],
                    statement.source.map_or("-", |it| it.of(&text)),
                    words(&statement.cue),
                    why.join(" ")
                );
            }
        };
        let act = acts[id].act.name();
        let want = fold(it["speech_act"].as_str().unwrap());
        let oks = accepted(it);
        let loose = [vec!["refusal", "non_answer"], vec!["assertion", "answer", "denial"], vec!["offer", "promise", "threat"], vec!["question", "demand"]];
        miss("act_loose", act.into(), oks.join("/"), exact(act, it) || loose.iter().any(|all| all.contains(&act) && all.contains(&want.as_str())));
        let fact = it["factuality"].as_str().unwrap();
        let got = acts[id].factuality;
        if fact != "presupposed" {
            miss("factuality", got.name().into(), fact.into(), (got == Factuality::Actual) == (fact == "actual"));
        }
        let fold_class = |name: &str| name.replace("organisation", "organization").replace("social post", "social_post").replace("other outlet", "outlet");
        if let Some(on_record) = it["on_record"].as_str() {
            let oks: Vec<String> = std::iter::once(on_record.to_owned()).chain(strings(&it["accept"]["on_record"])).map(|it| fold_class(&it)).collect();
            let class = sourcing[id].class.name();
            miss("sourcing", class.into(), oks.join("/"), oks.iter().any(|ok| ok == class));
        }
        if let Some(known @ ("anonymous" | "on record")) = it["known_through"].as_str() {
            let got = sourcing[id].known_through.name();
            miss("known_through", got.into(), known.into(), (got == "anonymous") == (known == "anonymous"));
        }
        if let Some(want) = span(&it["addressee"]["span"]) {
            let got = addressees[id].words;
            miss("addressee", got.map_or("none", |it| it.of(&text)).into(), want.of(&text).into(), got.is_some_and(|it| it.overlaps(want)));
        } else {
            let got = addressees[id].words;
            miss("no_addressee", got.map_or("none", |it| it.of(&text)).into(), "none".into(), got.is_none());
        }
        if show {
            let chain: Vec<_> = sourcing[id].chain.iter().map(|it| it.words.map_or("?", |span| span.of(&text))).collect();
            println!("   chain {} {} want {:?}", it["id"], chain.join(" < "), strings(&it["chain"]));
        }
        if matches!(fact, "negated" | "invented") && got == Factuality::Actual {
            tally.grave += 1;
        }
    }
}

fn strings(value: &Value) -> Vec<String> {
    value.as_array().map(|all| all.iter().filter_map(|it| it.as_str().map(str::to_owned)).collect()).unwrap_or_default()
}

fn accepted(it: &Value) -> Vec<String> {
    std::iter::once(fold(it["speech_act"].as_str().unwrap())).chain(strings(&it["accept"]["speech_act"]).iter().map(|act| fold(act))).collect()
}

fn exact(act: &str, it: &Value) -> bool {
    accepted(it).iter().any(|ok| ok == act)
}

fn fold(act: &str) -> String {
    match act {
        "announcement" | "criticism" => "assertion",
        "request" => "question",
        "non-answer" => "non_answer",
        "rejection" | "non-disclosure" => "refusal",
        other => other,
    }
    .to_owned()
}

fn entities_of(gold: &Value, golds: &[&Value], statements: &Layer<Statement>, speakers: Speakers) -> Entities {
    let people = gold["people"].as_array().unwrap();
    let outlets =
        ["CNN", "Axios", "The New York Times", "ABC News", "Reuters", "The Wall Street Journal", "The Chosun Ilbo", "Yonhap", "Xinhua", "The Associated Press"];
    let kind = |person: &Value| match person["type"].as_str().unwrap() {
        _ if outlets.contains(&person["name"].as_str().unwrap()) => EntityKind::Outlet,
        "person" => EntityKind::Person,
        "organisation" | "state" => EntityKind::Organization,
        "anonymous_insider" => EntityKind::Anonymous,
        "group" | "generic_group" | "press" => EntityKind::Group,
        _ => EntityKind::Thing,
    };
    let made = |person: &Value| Entity {
        name: person["name"].as_str().unwrap().into(),
        kind: kind(person),
        aliases: vec![],
        roles: vec![],
        mentions: vec![],
        evidence: vec![],
    };
    let layer = Layer::new(people.iter().map(made).collect());
    let mut each = golds.iter();
    let speakers = Column::over(statements, |_, statement| {
        let id = each.next().and_then(|it| it["source_ids"].as_array()?.first().cloned());
        let known = speakers == Speakers::Gold && statement.source.is_some();
        let at = id.filter(|_| known).and_then(|id| people.iter().position(|person| person["id"] == id));
        Speaker { entity: at.map(Id::new), antecedent: statement.source, evidence: vec![] }
    });
    Entities { layer, of_mention: Column::over(&Layer::default(), |_, _| None), speakers }
}
