//! Measures the clustering of gold mentions on the training news of GUM: names (B-cubed) and he or she; floors that must hold.
//!
//! Skipped where the corpora do not lie beside the repository. Gold names are only measured by; no rule knows one.
#![allow(clippy::disallowed_methods, clippy::unwrap_used)]

use onrecord::entity::{self, Entities};
use onrecord::mention::{self, Mention, MentionKind, MentionOf};
use onrecord::reader::{Marked, Readout};
use onrecord::token::tokenize;
use onrecord::{Document, Id, Layer, Span, quotation, sentence, zone};
use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

/// B-cubed precision and recall over names; today .946 and .892 (annotators' heads cost some of the recall).
const NAMES: (f64, f64) = (0.93, 0.87);
/// Share of resolved he and she that are right, and share of all that are resolved rightly; today .85 and .74.
const PRONOUNS: (f64, f64) = (0.80, 0.70);

/// A gold mention: its place, the byte of its head, its chain.
struct Gold {
    span: Span,
    head: usize,
    chain: String,
    kind: MentionKind,
    of: MentionOf,
    word: String,
}

struct Word {
    span: Span,
    form: String,
    tag: String,
    parent: Option<usize>,
}

#[test]
fn names_and_pronouns_of_gum_news_cluster() {
    let Some(folder) = corpus() else {
        println!("skipped: no corpora beside the repository");
        return;
    };
    let held_out = held_out(&std::fs::read_to_string(folder.join("splits.md")).unwrap());
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder.join("conllu")).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let (mut names, mut pronouns) = ((0.0, 0.0, 0usize), (0usize, 0usize, 0usize));
    for file in files.iter().filter(|file| stem(file).starts_with("GUM_news") && !held_out.contains(&stem(file))) {
        let (text, golds) = parse(&std::fs::read_to_string(file).unwrap());
        let (mentions, entities) = cluster(&text, &golds);
        let told: Vec<Option<Id<entity::Entity>>> = golds.iter().map(|gold| entity_of(gold, &mentions, &entities)).collect();
        b_cubed(&golds, &told, &mut names);
        third_persons(&golds, &told, &mut pronouns);
    }
    let (precision, recall) = (names.0 / names.2 as f64, names.1 / names.2 as f64);
    let (right, wrong, open) = pronouns;
    let (sure, found) = (right as f64 / (right + wrong) as f64, right as f64 / (right + wrong + open) as f64);
    println!("names: precision {precision:.3}, recall {recall:.3} of {}; he and she: {right} right, {wrong} wrong, {open} open", names.2);
    assert!(precision >= NAMES.0 && recall >= NAMES.1, "names: {precision:.3} {recall:.3}");
    assert!(sure >= PRONOUNS.0 && found >= PRONOUNS.1, "pronouns: {sure:.3} {found:.3}");
}

/// The folder of GUM in `shared/data`, which lies beside the repository or one above it.
fn corpus() -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    ["../shared", "../../shared"].iter().map(|near| root.join(near).join("data/gum")).find(|folder| folder.join("conllu").is_dir())
}

fn stem(file: &Path) -> String {
    file.file_stem().unwrap().to_string_lossy().into_owned()
}

/// The documents that stand under dev and test.
fn held_out(splits: &str) -> HashSet<String> {
    let mut part = String::new();
    let mut held = HashSet::new();
    for line in splits.lines() {
        if let Some(name) = line.strip_prefix("## ") {
            part = name.trim().to_owned();
        } else if let Some(name) = line.trim().strip_prefix("* ").filter(|_| part != "train") {
            held.insert(name.trim().to_owned());
        }
    }
    held
}

/// The text of a CoNLL-U file and its mentions.
fn parse(file: &str) -> (String, Vec<Gold>) {
    let mut text = String::new();
    let mut words: Vec<Word> = Vec::new();
    let mut open: HashMap<String, Vec<usize>> = HashMap::new();
    let mut found: Vec<(usize, usize, String, String)> = Vec::new();
    let mut sentence = 0;
    for line in file.lines() {
        if line.starts_with("# newpar") && !text.is_empty() {
            text.truncate(text.trim_end().len());
            text.push_str("\n\n");
        }
        let columns: Vec<&str> = line.split('\t').collect();
        let Some(number) = columns.first().and_then(|number| number.parse::<usize>().ok()).filter(|_| columns.len() == 10) else { continue };
        if number == 1 {
            sentence = words.len();
        }
        let start = text.len();
        text.push_str(columns[1]);
        let parent = columns[6].parse::<usize>().ok().filter(|head| *head > 0).map(|head| sentence + head - 1);
        words.push(Word { span: Span::new(start, text.len()), form: columns[1].to_owned(), tag: columns[3].to_owned(), parent });
        if !columns[9].contains("SpaceAfter=No") {
            text.push(' ');
        }
        let brackets = columns[9].split('|').find_map(|item| item.strip_prefix("Entity=")).unwrap_or("");
        read_brackets(brackets, words.len() - 1, &mut open, &mut found);
    }
    let golds = found.into_iter().filter_map(|(from, to, chain, kind)| gold(&words, from, to, chain, &kind)).collect();
    (text, golds)
}

/// Reads `(12-person-…`, `12)` and `(3-place-…)`.
fn read_brackets(brackets: &str, at: usize, open: &mut HashMap<String, Vec<usize>>, found: &mut Vec<(usize, usize, String, String)>) {
    let mark = regex::Regex::new(r"\([^()]+\)?|[^()]+\)").unwrap();
    for item in mark.find_iter(brackets) {
        let inner = item.as_str().trim_matches(|c| c == '(' || c == ')');
        let mut fields = inner.split('-');
        let chain = fields.next().unwrap().split('[').next().unwrap().to_owned();
        if item.as_str().starts_with('(') {
            found.push((at, at, chain.clone(), fields.next().unwrap_or("").to_owned()));
            if !item.as_str().ends_with(')') {
                open.entry(chain).or_default().push(found.len() - 1);
            }
        } else if let Some(begun) = open.get_mut(&chain).and_then(Vec::pop) {
            found[begun].1 = at;
        }
    }
}

fn gold(words: &[Word], from: usize, to: usize, chain: String, kind: &str) -> Option<Gold> {
    let head = (from..=to).find(|at| words[*at].parent.is_none_or(|parent| parent < from || parent > to)).unwrap_or(from);
    let of = match kind {
        "person" => MentionOf::Person,
        "organization" => MentionOf::Organization,
        "place" => MentionOf::Place,
        _ => MentionOf::Other,
    };
    let proper = |at: usize| words[at].tag == "PROPN";
    let (kind, span) = match words[head].tag.as_str() {
        "PRON" => (MentionKind::Pronoun, words[head].span),
        "PROPN" => {
            let first = (from..=head).rev().take_while(|at| proper(*at)).last().unwrap_or(head);
            let last = (head..=to).take_while(|at| proper(*at)).last().unwrap_or(head);
            (MentionKind::Name, words[first].span.cover(words[last].span))
        }
        _ => (MentionKind::Description, words[from].span.cover(words[to].span)),
    };
    let described_thing = kind == MentionKind::Description && matches!(of, MentionOf::Place | MentionOf::Other);
    (!described_thing).then(|| Gold { span, head: words[head].span.start(), chain, kind, of, word: words[head].form.to_lowercase() })
}

fn cluster(text: &str, golds: &[Gold]) -> (Layer<Mention>, Entities) {
    let document = Document::new("gum.txt", text);
    let tokens = tokenize(text);
    let mark = |gold: &Gold| Marked { tokens: tokens.within(gold.span), kind: gold.kind, of: gold.of, score: 1.0 };
    let readout = Readout { mentions: golds.iter().map(mark).filter(|mark| !mark.tokens.is_empty()).collect(), ..Readout::default() };
    let zones = zone::divide(&document, &tokens);
    let sentences = sentence::split(text, &tokens, &zones);
    let (quotations, _) = quotation::pair(text, &tokens, &sentences);
    let mentions = mention::find(text, &tokens, &zones, &readout);
    let entities = entity::cluster(&document, &tokens, &zones, &sentences, &quotations, &mentions, &Layer::default());
    (mentions, entities)
}

/// The entity of the shortest mention of the gold's kind that holds its head.
fn entity_of(gold: &Gold, mentions: &Layer<Mention>, entities: &Entities) -> Option<Id<entity::Entity>> {
    let holding = mentions.entries().filter(|(_, mention)| mention.kind == gold.kind && mention.span.holds(gold.head));
    holding.min_by_key(|(_, mention)| mention.span.len()).and_then(|(id, _)| entities.of_mention[id])
}

/// Adds precision, recall and count over the names of one document.
fn b_cubed(golds: &[Gold], told: &[Option<Id<entity::Entity>>], sum: &mut (f64, f64, usize)) {
    let names: Vec<usize> = (0..golds.len()).filter(|at| golds[*at].kind == MentionKind::Name && golds[*at].of != MentionOf::Other).collect();
    for one in &names {
        let with_gold: Vec<&usize> = names.iter().filter(|other| golds[**other].chain == golds[*one].chain).collect();
        let with_told: Vec<&usize> = names.iter().filter(|other| *other == one || told[**other].is_some() && told[**other] == told[*one]).collect();
        let both = with_gold.iter().filter(|other| with_told.contains(other)).count() as f64;
        sum.0 += both / with_told.len() as f64;
        sum.1 += both / with_gold.len() as f64;
        sum.2 += 1;
    }
}

/// Counts he and she of chains with a name or description: right if most of the entity's nouns are of the chain.
fn third_persons(golds: &[Gold], told: &[Option<Id<entity::Entity>>], count: &mut (usize, usize, usize)) {
    for at in (0..golds.len()).filter(|at| {
        matches!(golds[*at].word.as_str(), "he" | "she" | "him" | "her" | "his" | "hers" | "himself" | "herself") && golds[*at].kind == MentionKind::Pronoun
    }) {
        let nouns = |other: &usize| golds[*other].kind != MentionKind::Pronoun;
        if !(0..golds.len()).any(|other| nouns(&other) && golds[other].chain == golds[at].chain) {
            continue;
        }
        let Some(entity) = told[at] else {
            count.2 += 1;
            continue;
        };
        let joined: Vec<usize> = (0..golds.len()).filter(|other| nouns(other) && told[*other] == Some(entity)).collect();
        let same = joined.iter().filter(|other| golds[**other].chain == golds[at].chain).count();
        if same * 2 > joined.len() { count.0 += 1 } else { count.1 += 1 }
    }
}
