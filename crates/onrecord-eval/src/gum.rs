//! The names of GUM's documents, by the definition the reader was trained on (`training/data.py`).
//!
//! A name is a mention whose head is a proper noun; its place is the proper name within it, without title, article or
//! apposition. Names do not overlap: the longest wins.

use crate::error::Error;
use crate::shared::{files_in, name_of, text_of};
use onrecord::Span;
use onrecord::mention::MentionOf;
use std::collections::{HashMap, HashSet};
use std::path::Path;

/// A document with its names.
#[derive(Clone, Debug)]
pub struct Named {
    /// `GUM_news_nasa`
    pub name: String,
    /// Its text, put together from tokens.
    pub text: String,
    /// Its names, in order.
    pub names: Vec<(Span, MentionOf)>,
}

/// Words that may stand inside a name without being proper nouns.
const WITHIN_NAMES: [&str; 19] = ["of", "the", "for", "and", "&", "'s", "’s", "-", "–", "/", "de", "la", "on", "in", "del", "du", "des", "'", "’"];
/// Words that stand for an office: a mention that ends in one is a description.
const TITLES: [&str; 67] = [
    "mr.",
    "mrs.",
    "ms.",
    "dr.",
    "mr",
    "mrs",
    "ms",
    "dr",
    "sir",
    "lady",
    "lord",
    "sen.",
    "rep.",
    "gov.",
    "gen.",
    "president",
    "minister",
    "secretary",
    "senator",
    "professor",
    "prof.",
    "ceo",
    "chairman",
    "director",
    "general",
    "prime",
    "vice",
    "chief",
    "executive",
    "officer",
    "spokesman",
    "spokeswoman",
    "governor",
    "king",
    "spokesperson",
    "queen",
    "prince",
    "princess",
    "saint",
    "pope",
    "captain",
    "judge",
    "justice",
    "congressman",
    "congresswoman",
    "chancellor",
    "administrator",
    "mp",
    "ambassador",
    "commissioner",
    "attorney",
    "premier",
    "mayor",
    "leader",
    "head",
    "founder",
    "editor",
    "commander",
    "colonel",
    "lieutenant",
    "sergeant",
    "detective",
    "sheriff",
    "speaker",
    "treasurer",
    "coach",
    "doctor",
];
/// Words that stand for any member of a body or a faith.
const MEMBERS: [&str; 9] = ["republican", "democrat", "liberal", "conservative", "american", "muslim", "christian", "jew", "catholic"];

struct Token {
    form: String,
    lower: String,
    upos: String,
    head: Option<usize>,
    relation: String,
    entity: String,
    is_plural_name: bool,
    span: Span,
}

/// The held-out documents (dev, test and test2) of the given genre.
pub fn held_out(folder: &Path, genre: &str) -> Result<Vec<Named>, Error> {
    let held = split(&text_of(&folder.join("splits.md"))?);
    let mut out = Vec::new();
    for path in files_in(&folder.join("conllu"), ".conllu")? {
        let name = name_of(&path).trim_end_matches(".conllu").to_owned();
        if held.contains(&name) && name.split('_').nth(1) == Some(genre) {
            out.push(document(name, &text_of(&path)?));
        }
    }
    Ok(out)
}

fn split(page: &str) -> HashSet<String> {
    let (mut part, mut out) = ("", HashSet::new());
    for line in page.lines() {
        if let Some(heading) = line.strip_prefix("## ") {
            part = heading.trim();
        } else if let Some((_, name)) = line.split_once("* ").filter(|_| part != "train") {
            out.insert(name.trim().to_owned());
        }
    }
    out
}

/// One document from its CoNLL-U.
pub fn document(name: String, conllu: &str) -> Named {
    let (text, tokens) = read(conllu);
    let cores = mentions(&tokens).into_iter().filter_map(|(start, end, kind)| core(&tokens, start, end, &kind)).collect();
    let names = flat(cores).into_iter().map(|(first, last, of)| (tokens[first].span.cover(tokens[last - 1].span), of)).collect();
    Named { name, text, names }
}

/// The name within one mention, if it holds one.
fn core(tokens: &[Token], start: usize, end: usize, kind: &str) -> Option<(usize, usize, MentionOf)> {
    let head = head_of(tokens, start, end);
    if tokens[head].upos != "PROPN" {
        let is_set_beside = |at: &usize| tokens[*at].head == Some(head) && matches!(tokens[*at].relation.as_str(), "flat" | "appos");
        let named = (start..end).find(|at| kind == "person" && tokens[*at].upos == "PROPN" && is_set_beside(at))?;
        let (first, last) = person_core(tokens, start, end, named);
        return Some((first, last, MentionOf::Person));
    }
    let of = of(kind)?;
    let (first, last) = if of == MentionOf::Person { person_core(tokens, start, end, head) } else { other_core(tokens, start, end, head, of) };
    let is_title = kind == "person" && TITLES.contains(&tokens[last - 1].lower.as_str());
    let is_people = kind == "person" && (tokens[head].is_plural_name || MEMBERS.contains(&tokens[head].lower.as_str()));
    (!is_title).then_some((first, last, if is_people { MentionOf::Other } else { of }))
}

fn of(kind: &str) -> Option<MentionOf> {
    match kind {
        "person" => Some(MentionOf::Person),
        "organization" => Some(MentionOf::Organization),
        "place" => Some(MentionOf::Place),
        "animal" | "object" | "event" | "abstract" | "plant" | "substance" => Some(MentionOf::Other),
        _ => None,
    }
}

fn read(conllu: &str) -> (String, Vec<Token>) {
    let (mut text, mut tokens): (String, Vec<Token>) = Default::default();
    let (mut base, mut opens_paragraph, mut glued) = (0, false, HashMap::new());
    for line in conllu.split('\n') {
        let fields: Vec<&str> = line.split('\t').collect();
        if line.starts_with("# newpar") && !line.contains("_block") {
            opens_paragraph = true;
        } else if line.is_empty() {
            base = tokens.len();
        } else if let (10, Some((first, last))) = (fields.len(), range(fields[0])) {
            (first..last).for_each(|at| {
                glued.insert(base + at, true);
            });
            glued.insert(base + last, fields[9].contains("SpaceAfter=No"));
        } else if let (10, Ok(number)) = (fields.len(), fields[0].parse::<usize>()) {
            if opens_paragraph && !text.is_empty() {
                text.truncate(text.trim_end().len());
                text += "\n\n";
            }
            opens_paragraph = false;
            let is_glued = glued.get(&(base + number)).copied().unwrap_or(fields[9].contains("SpaceAfter=No"));
            tokens.push(token(&fields, base, text.len()));
            text += fields[1];
            text += if is_glued { "" } else { " " };
        }
    }
    (text, tokens)
}

fn range(id: &str) -> Option<(usize, usize)> {
    let (first, last) = id.split_once('-')?;
    Some((first.parse().ok()?, last.parse().ok()?))
}

fn token(fields: &[&str], base: usize, start: usize) -> Token {
    let entity = fields[9].split('|').find_map(|part| part.strip_prefix("Entity=")).unwrap_or_default();
    Token {
        form: fields[1].to_owned(),
        lower: fields[1].to_lowercase(),
        upos: fields[3].to_owned(),
        head: fields[6].parse::<usize>().ok().filter(|head| *head > 0).map(|head| base + head - 1),
        relation: fields[7].to_owned(),
        entity: entity.to_owned(),
        is_plural_name: fields[4] == "NNPS",
        span: Span::new(start, start + fields[1].len()),
    }
}

/// First token, end and type of every mention, from the brackets of the `Entity` field.
fn mentions(tokens: &[Token]) -> Vec<(usize, usize, String)> {
    let bracket = regex::Regex::new(r"\([^()]+\)?|[^()]+\)").expect("a fixed pattern");
    let mut out = Vec::new();
    let mut open: HashMap<String, Vec<(usize, String)>> = HashMap::new();
    for (at, token) in tokens.iter().enumerate() {
        for part in bracket.find_iter(&token.entity).map(|hit| hit.as_str()) {
            let body = part.trim_matches(['(', ')']);
            let mut fields = body.split('-');
            let number = fields.next().unwrap_or_default().split('[').next().unwrap_or_default().to_owned();
            if part.starts_with('(') {
                open.entry(number.clone()).or_default().push((at, fields.next().unwrap_or_default().to_owned()));
            }
            if part.ends_with(')')
                && let Some((start, kind)) = open.get_mut(&number).and_then(Vec::pop)
            {
                out.push((start, at + 1, kind));
            }
        }
    }
    out
}

/// The one token of the span that hangs on a word outside it.
fn head_of(tokens: &[Token], start: usize, end: usize) -> usize {
    (start..end).find(|at| tokens[*at].head.is_none_or(|head| head < start || end <= head)).unwrap_or(start)
}

fn person_core(tokens: &[Token], start: usize, end: usize, head: usize) -> (usize, usize) {
    let (mut first, mut last) = (head, head);
    while first > start {
        let before = &tokens[first - 1];
        let belongs = before.upos == "PROPN" && before.head == Some(head) && matches!(before.relation.as_str(), "compound" | "flat");
        if !belongs || TITLES.contains(&before.lower.as_str()) {
            break;
        }
        first -= 1;
    }
    while last + 1 < end {
        let after = &tokens[last + 1];
        let belongs = after.head.is_some_and(|head| first <= head && head <= last + 1);
        if !belongs || !matches!(after.relation.as_str(), "flat" | "goeswith") {
            break;
        }
        last += 1;
    }
    (first, last + 1)
}

fn other_core(tokens: &[Token], start: usize, end: usize, head: usize, of: MentionOf) -> (usize, usize) {
    let links = |at: usize| WITHIN_NAMES.contains(&tokens[at].lower.as_str());
    let mut last = head + 1;
    while last < end {
        let mut ahead = last;
        while ahead < end && links(ahead) && ahead - last < 2 {
            ahead += 1;
        }
        let known = ahead < end && (tokens[ahead].upos == "PROPN" || (tokens[ahead].upos == "NUM" && ahead == last));
        let joined = |word: &str| tokens[last..ahead].iter().any(|token| token.lower == word);
        let are_two = (joined("and") || joined("&")) && tokens[if known { ahead } else { head }].head == Some(head);
        let is_loose = of == MentionOf::Place && !tokens[last..ahead].iter().all(|token| matches!(token.lower.as_str(), "of" | "the" | "-"));
        if !known || are_two || is_loose {
            break;
        }
        last = ahead + 1;
    }
    let mut first = head;
    while first > start {
        let mut back = first - 1;
        while back > start && links(back) && first - back < 3 {
            back -= 1;
        }
        let token = &tokens[back];
        let is_capital = token.form.starts_with(char::is_uppercase) && matches!(token.upos.as_str(), "ADJ" | "NOUN" | "VERB");
        if token.upos != "PROPN" && !(is_capital && back + 1 == first) {
            break;
        }
        first = back;
    }
    (first, last)
}

/// The longest spans that do not overlap, in order.
fn flat(mut spans: Vec<(usize, usize, MentionOf)>) -> Vec<(usize, usize, MentionOf)> {
    let rank = |of: MentionOf| match of {
        MentionOf::Place => 0,
        MentionOf::Other => 1,
        MentionOf::Organization => 2,
        MentionOf::Person => 3,
    };
    spans.sort_by_key(|(first, last, of)| (std::cmp::Reverse(last - first), *first, *last, rank(*of)));
    let (mut taken, mut out): (HashSet<usize>, Vec<(usize, usize, MentionOf)>) = Default::default();
    for (first, last, of) in spans {
        if (first..last).all(|at| !taken.contains(&at)) {
            taken.extend(first..last);
            out.push((first, last, of));
        }
    }
    out.sort_by_key(|(first, ..)| *first);
    out
}
