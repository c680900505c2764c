//! Measures searches by meaning: what people asked or summed up in words of their own, and how else the same was said elsewhere, is
//! looked for among the statements of the gold stories and of articles about other things.

use crate::error::Error;
use crate::gold::{self, Said, Story};
use crate::shared::Shared;
use crate::stories::corpora;
use onrecord::account::Account;
use onrecord::read::read;
use onrecord::reader::Reader;
use onrecord::similar::words::{Bag, Weights, bag};
use onrecord::similar::{Vector, cosine};
use onrecord::statement::Statement;
use onrecord::token::tokenize;
use onrecord::{Document, Span};
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// Articles about other things.
const OTHERS: usize = 250;
/// How fast a rank loses weight when rankings are joined, as in a search.
const RANK: f32 = 60.0;

/// A statement that may be found.
struct One {
    vector: Vector,
    bag: Bag,
    /// The gold statements it is, by story.
    is: Vec<(usize, String)>,
}

/// What is looked for.
struct Sought {
    kind: &'static str,
    text: String,
    /// Any of these answers it.
    wanted: BTreeSet<(usize, String)>,
}

/// How one way of ranking did: how often the first wanted one came first, among the first ten, and the mean of 1 / its rank.
#[derive(Default)]
struct Sums {
    first: usize,
    ten: usize,
    reciprocal: f64,
}

/// A line a kind of search and way of ranking.
pub fn nearing(shared: &Shared, reader: &Reader) -> Result<String, Error> {
    let stories = ["seeds", "oil"].iter().map(|name| gold::load(&shared.gold(), name)).collect::<Result<Vec<_>, _>>()?;
    let pool = pool(shared, reader, &stories)?;
    let weights = Weights::of(pool.iter().map(|one| &one.bag));
    let mut out = format!("{} statements\n", pool.len());
    for kind in [ASKED, SUMMED_UP, SAID_ELSEWHERE] {
        let sought: Vec<Sought> = stories.iter().enumerate().flat_map(|(at, story)| sought(at, story)).filter(|it| it.kind == kind).collect();
        // Statements that the reader did not find cannot be searched for.
        let within = sought.iter().filter(|it| pool.iter().any(|one| is_wanted(one, it)));
        let ranked: Vec<[(&str, usize); 3]> = within.map(|it| ranks(it, &pool, &weights, reader)).collect();
        for way in 0..3 {
            let sums = ranked.iter().fold(Sums::default(), |sums, ranks| {
                let rank = ranks[way].1;
                Sums {
                    first: sums.first + usize::from(rank < 1),
                    ten: sums.ten + usize::from(rank < 10),
                    reciprocal: sums.reciprocal + 1.0 / (rank as f64 + 1.0),
                }
            });
            let (all, name) = (ranked.len(), ranked.first().map_or("", |ranks| ranks[way].0));
            let mean = sums.reciprocal / all.max(1) as f64;
            let _ = writeln!(out, "{kind:16} {all:3} by {name:8} first {:3}  among the first ten {:3}  MRR {mean:.3}", sums.first, sums.ten);
        }
    }
    Ok(out)
}

const ASKED: &str = "asked";
const SUMMED_UP: &str = "summed up";
const SAID_ELSEWHERE: &str = "said elsewhere";

/// All statements, as the reader finds them.
fn pool(shared: &Shared, reader: &Reader, stories: &[Story]) -> Result<Vec<One>, Error> {
    let mut documents: Vec<(Document, Vec<(usize, &Said)>)> = Vec::new();
    for (at, story) in stories.iter().enumerate() {
        let of = |article: &gold::Article| story.statements.iter().filter(|said| said.doc == article.id).map(|said| (at, said)).collect();
        documents.extend(story.documents.iter().map(|article| (gold::plain(article), of(article))));
    }
    let others = [corpora::giveme5w1h(shared)?, corpora::allsides(shared)?].concat();
    documents.extend(others.iter().step_by((others.len() / OTHERS).max(1)).map(|article| (article.document(), Vec::new())));
    let alone = reader.on_one_core();
    let found = |(document, said): (Document, Vec<(usize, &Said)>)| {
        let account = Account::of(read(document, &alone), &alone);
        let tokens = &account.reading.tokens;
        let one = |(id, statement): (_, &Statement)| One {
            vector: account.vectors[id].clone(),
            bag: bag(tokens, statement.matter().iter().map(|span| tokens.within(*span))),
            is: said.iter().filter(|(_, said)| is_of(statement, said)).map(|(at, said)| (*at, said.id.clone())).collect(),
        };
        account.reading.statements.entries().map(one).collect::<Vec<_>>()
    };
    Ok(documents.into_par_iter().flat_map_iter(found).collect())
}

/// Whether a statement holds half of a part of what was said.
fn is_of(statement: &Statement, said: &Said) -> bool {
    let shared = |mine: &Span, part: &gold::Bytes| mine.end().min(part.end).saturating_sub(mine.start().max(part.start));
    said.content.iter().any(|part| statement.matter().iter().any(|mine| 2 * shared(mine, part) > part.end - part.start))
}

/// What people asked and summed up in this story, and what was said in it more than once.
fn sought(at: usize, story: &Story) -> Vec<Sought> {
    let wanted = |ids: &mut dyn Iterator<Item = &String>| ids.map(|id| (at, id.clone())).collect();
    let asked = story.questions.iter().map(|question| {
        let mut ids = question.askings.iter().flat_map(|asking| asking.asking_ids.iter().chain(&asking.answer_ids));
        Sought { kind: ASKED, text: question.question.clone(), wanted: wanted(&mut ids) }
    });
    let summed = story.brief.iter().map(|point| Sought { kind: SUMMED_UP, text: point.text.clone(), wanted: wanted(&mut point.support.iter()) });
    let said = |id: &String| story.statements.iter().find(|said| said.id == *id);
    let words = |said: &Said| {
        let text = story.documents.iter().find(|document| document.id == said.doc).map_or("", |document| &document.text);
        said.content.iter().map(|part| &text[part.start..part.end]).collect::<Vec<_>>().join(" ")
    };
    let elsewhere = story.utterances.iter().flat_map(|utterance| {
        let rest = |id: &String| wanted(&mut utterance.statements.iter().filter(|other| *other != id));
        let one = move |id: &String| Some(Sought { kind: SAID_ELSEWHERE, text: words(said(id)?), wanted: rest(id) });
        utterance.statements.iter().filter_map(one).collect::<Vec<_>>()
    });
    asked.chain(summed).chain(elsewhere).collect()
}

fn is_wanted(one: &One, sought: &Sought) -> bool {
    one.is.iter().any(|it| sought.wanted.contains(it))
}

/// At which rank, from 0, each way of ranking has the first that is wanted.
fn ranks(sought: &Sought, pool: &[One], weights: &Weights, reader: &Reader) -> [(&'static str, usize); 3] {
    let tokens = tokenize(&sought.text);
    let words = bag(&tokens, std::iter::once(0..tokens.len()));
    let weighed = weights.weigh(&words);
    let meaning = reader.vector_of(&sought.text);
    // What is itself looked for is not found elsewhere.
    let others: Vec<&One> = pool.iter().filter(|one| sought.kind != SAID_ELSEWHERE || one.bag != words).collect();
    let ranked = |score: &dyn Fn(usize) -> f32| {
        let mut order: Vec<(f32, usize)> = (0..others.len()).map(|at| (score(at), at)).collect();
        order.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        order.into_iter().map(|(_, at)| at).collect::<Vec<usize>>()
    };
    let shared: Vec<onrecord::similar::words::Shared> = others.iter().map(|other| weighed.shared(&weights.weigh(&other.bag))).collect();
    let by_words = ranked(&|at| shared[at].weight + 0.3 * shared[at].of_both);
    let by_meaning = ranked(&|at| cosine(&meaning, &others[at].vector));
    let mut joined = vec![0.0; others.len()];
    for order in [&by_words, &by_meaning] {
        order.iter().enumerate().for_each(|(rank, at)| joined[*at] += 1.0 / (RANK + rank as f32));
    }
    let by_both = ranked(&|at| joined[at]);
    let first = |order: &[usize]| order.iter().position(|at| is_wanted(others[*at], sought)).unwrap_or(order.len());
    [("words", first(&by_words)), ("meaning", first(&by_meaning)), ("both", first(&by_both))]
}
