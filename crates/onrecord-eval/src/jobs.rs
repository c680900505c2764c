//! Every measurement in turn: its figures into the summary, its items into a table of their own.

use crate::between::{self, Beside};
use crate::error::Error;
use crate::runs::{STORIES, Way, record, run};
use crate::shared::Shared;
use crate::story::{Fact, Scored};
use crate::summary::{self, Summary};
use crate::tally::Prf;
use crate::{answer_groups, answers as replies, fired, gum, mentions, polnear, stories as piles, times, zones};
use onrecord::question::clarity::Clarity;
use onrecord::reader::Reader;
use onrecord::wire::Named;
use std::collections::BTreeMap;
use std::path::Path;
use std::time::Instant;

/// What was measured: the figures, and for every job a CSV of ids, offsets, labels and right or wrong; never words.
#[derive(Clone, Debug, Default)]
pub struct Measured {
    /// The figures.
    pub summary: Summary,
    /// A CSV by the name of its file, without ending.
    pub items: BTreeMap<String, String>,
}

/// The jobs, in the order they run.
pub const JOBS: [&str; 8] = ["polnear", "mentions", "times", "stories", "records", "piles", "answers", "clarity"];

/// Measures everything there is gold for, or only the jobs named in `only`.
pub fn measure(shared: &Shared, only: &[&str]) -> Result<Measured, Error> {
    measure_with(&Reader::built_in(), shared, only)
}

/// The same, with another reader than the built-in one.
pub fn measure_with(reader: &Reader, shared: &Shared, only: &[&str]) -> Result<Measured, Error> {
    let mut out = Measured::default();
    out.summary.measured_by(onrecord::reader::arithmetic());
    type Job = fn(&Shared, &Reader, &mut Measured) -> Result<(), Error>;
    let jobs: [Job; 8] = [polnear_dev, gum_news, tbaq, stories, records, piles_parted, answers, clarity];
    for (name, job) in JOBS.into_iter().zip(jobs).filter(|(name, _)| only.is_empty() || only.contains(name)) {
        let start = Instant::now();
        job(shared, reader, &mut out)?;
        eprintln!("{name}: {:.1} s", start.elapsed().as_secs_f32());
    }
    Ok(out)
}

impl Measured {
    fn csv(&mut self, name: &str, heading: &str, mut rows: Vec<String>) {
        rows.sort();
        let lines = std::iter::once(heading.to_owned()).chain(rows).map(|row| row + "\n").collect();
        self.items.insert(name.to_owned(), lines);
    }

    /// Writes the items and, last, the summary into `folder`; after `only` some jobs the tables of the others stay as they are.
    pub fn write(&self, folder: &Path, only: &[&str]) -> Result<(), Error> {
        let kept = if only.is_empty() { Summary::default() } else { Summary::load(&folder.join("summary.toml"))? };
        let summary = kept.with(&self.summary);
        let items = folder.join("items");
        std::fs::create_dir_all(&items).map_err(|error| Error::new(&items, format!("cannot be made: {error}")))?;
        let files = self.items.iter().map(|(name, rows)| (items.join(format!("{name}.csv")), rows.clone()));
        for (path, text) in files.chain([(folder.join("summary.toml"), summary.to_toml(summary::MEASURED))]) {
            std::fs::write(&path, text).map_err(|error| Error::new(&path, format!("cannot be written: {error}")))?;
        }
        Ok(())
    }
}

fn polnear_dev(shared: &Shared, reader: &Reader, out: &mut Measured) -> Result<(), Error> {
    let articles = polnear::load(&shared.corpus("polnear").join("dev"))?;
    let scored = polnear::score(&articles, reader);
    for (at, role) in ["source", "cue", "content"].into_iter().enumerate() {
        out.summary.percent("polnear", &format!("exact_{role}"), scored.exact[at].f1());
        out.summary.percent("polnear", &format!("overlap_{role}"), scored.overlap[at].f1());
    }
    for (name, prf) in ["all_ov", "j8", "c_exact"].into_iter().zip(scored.whole) {
        out.summary.percent("polnear", name, prf.f1());
        out.summary.percent("polnear", &format!("{name}_precision"), prf.precision());
        out.summary.percent("polnear", &format!("{name}_recall"), prf.recall());
    }
    for (kind, [loose, exact]) in &scored.kinds {
        out.summary.percent("polnear", &format!("{}_all_ov_recall", kind.name()), loose.share().unwrap_or(0.0));
        out.summary.percent("polnear", &format!("{}_c_exact_recall", kind.name()), exact.share().unwrap_or(0.0));
        out.summary.count("polnear", &format!("{}_gold", kind.name()), loose.judged);
    }
    let row = |item: &polnear::Item| {
        let kinds: Vec<&str> = item.kinds.iter().map(|kind| kind.name()).collect();
        let side = if item.is_gold { "gold" } else { "extra" };
        let [all_ov, j8, c_exact] = item.right.map(u8::from);
        format!("{},{},{side},{},{all_ov},{j8},{c_exact}", item.document, place(item.span), kinds.join("+"))
    };
    out.csv("polnear", "document,start,end,side,kinds,all_ov,j8,c_exact", scored.items.iter().map(row).collect());
    Ok(())
}

/// Offsets as they sort in a text file.
fn place(span: onrecord::Span) -> String {
    format!("{:06},{:06}", span.start(), span.end())
}

fn gum_news(shared: &Shared, reader: &Reader, out: &mut Measured) -> Result<(), Error> {
    let documents = gum::held_out(&shared.corpus("gum"), "news")?;
    let scored = mentions::score(&documents, reader);
    for (name, prf) in [("names", scored.untyped), ("names_typed", scored.typed)] {
        prf_into(&mut out.summary, "mentions", name, prf);
    }
    let label = |of: Option<onrecord::mention::MentionOf>| of.map_or("none", |of| of.name());
    let row = |item: &mentions::Item| format!("{},{},{},{}", item.document, place(item.span), label(item.want), label(item.got));
    out.csv("mentions", "document,start,end,want,got", scored.items.iter().map(row).collect());
    Ok(())
}

fn prf_into(summary: &mut Summary, table: &str, name: &str, prf: Prf) {
    summary.share(table, name, prf.f1());
    summary.share(table, &format!("{name}_precision"), prf.precision());
    summary.share(table, &format!("{name}_recall"), prf.recall());
}

fn tbaq(shared: &Shared, _: &Reader, out: &mut Measured) -> Result<(), Error> {
    let folder = shared.corpus("tempeval3");
    let scored = times::score(&folder, times::Part::HeldOut).map_err(|error| Error::new(&folder, format!("cannot be read: {error}")))?;
    for (name, hits) in [("span_relaxed", scored.relaxed), ("span_strict", scored.strict), ("value", scored.value)] {
        prf_into(&mut out.summary, "times", name, Prf { hits, ours: scored.found, gold: scored.gold });
    }
    let value = |side: &Option<(String, String)>| side.as_ref().map_or("none".to_owned(), |(_, value)| value.replace(',', ";"));
    let row = |item: &times::Item| format!("{},{:06},{},{}", item.file, item.start, value(&item.gold), value(&item.found));
    out.csv("times", "document,start,want,got", scored.items.iter().map(row).collect());
    Ok(())
}

fn clarity(shared: &Shared, _: &Reader, out: &mut Measured) -> Result<(), Error> {
    let judged = replies::load(&shared.corpus("qevasion"))?;
    let told = replies::cross_validate(&judged);
    let (each, mean) = replies::f1(&judged, &told);
    for (class, f1) in Clarity::ALL.into_iter().zip(each) {
        out.summary.share("clarity", replies::name(class), f1);
    }
    out.summary.share("clarity", "macro_f1", mean);
    let row = |(reply, told): (&replies::Reply, &Clarity)| {
        let is_right = u8::from(reply.want == *told);
        format!("{:05},{},{},{},{is_right}", reply.number, replies::fold(&reply.transcript), replies::name(reply.want), replies::name(*told))
    };
    out.csv("clarity", "row,fold,want,got,right", judged.iter().zip(&told).map(row).collect());
    Ok(())
}

fn stories(shared: &Shared, reader: &Reader, out: &mut Measured) -> Result<(), Error> {
    dated(shared, reader, out)?;
    let mut rules = Vec::new();
    let mut places = Vec::new();
    for way in [Way::EndToEnd(reader), Way::Alone] {
        let mut table = fired::Table::default();
        for story in STORIES {
            let run = run(&shared.gold(), story, way)?;
            let (scored, name) = (run.score(), format!("{story}{}", way.ending()));
            figures(&mut out.summary, &name, &scored, way);
            if matches!(way, Way::EndToEnd(_)) {
                run.score_each().iter().for_each(|(document, scored)| figures(&mut out.summary, &format!("{name}_{document}"), scored, way));
            }
            out.csv(&name, "statement,start,end,fact,want,got,right", rows(&run, &scored));
            fired::count(&run, &scored, &mut table);
            if matches!(way, Way::EndToEnd(_)) {
                let items = zones::score(&run.story, &run.readings);
                out.summary.share("zones", story, zones::share(&items).share().unwrap_or(0.0));
                places.extend(items.iter().map(|item| zone_row(story, item)));
            }
        }
        rules.extend(
            table.iter().map(|((name, fact), fired)| format!("{name},{fact},{},{},{},{}", way.name(), fired.times, fired.right.judged, fired.right.right)),
        );
    }
    out.csv("rules", "rule,fact,way,fired,judged,right", rules);
    out.csv("zones", "document,start,end,want,got,right,bytes", places);
    Ok(())
}

fn answers(shared: &Shared, reader: &Reader, out: &mut Measured) -> Result<(), Error> {
    let questions = answer_groups::load(&shared.corpus("discord_nanco"))?;
    let scored = answer_groups::score(&questions, reader);
    out.summary.share("answers", "grouped", answer_groups::mean(&scored.questions));
    out.summary.share("answers", "grouped_built_in", answer_groups::mean(&scored.built_in));
    for (at, prf) in scored.questions.iter().enumerate() {
        out.summary.share("answers", &format!("question_{}", at + 1), prf.f1());
    }
    let row = |item: &answer_groups::Item| format!("{},{:03},{},{}", item.question + 1, item.answer, item.want, item.got);
    out.csv("answers", "question,answer,want,got", scored.items.iter().map(row).collect());
    Ok(())
}

fn zone_row(story: &str, item: &zones::Item) -> String {
    let got = item.got.map_or("none", |kind| kind.name());
    format!("{story}/{},{},{},{got},{},{}", item.document, place(item.span), item.want.name(), item.bytes.right, item.bytes.judged)
}

fn figures(summary: &mut Summary, table: &str, scored: &Scored, way: Way<'_>) {
    let is_given = |fact: Fact| matches!(way, Way::Alone) && matches!(fact, Fact::Form | Fact::Within);
    if !matches!(way, Way::Alone) {
        prf_into(summary, table, "found", scored.found);
        for (role, (sum, n)) in ["source", "cue", "content"].into_iter().zip(scored.spans).filter(|(_, (_, n))| *n > 0) {
            summary.share(table, &format!("iou_{role}"), sum / n as f64);
        }
    }
    for fact in Fact::ALL.into_iter().filter(|fact| !is_given(*fact)) {
        if let Some(share) = scored.facts.get(&fact).and_then(|tally| tally.share()) {
            summary.share(table, fact.name(), share);
        }
    }
    summary.count(table, "never_said_but_recorded", scored.never_said);
}

/// End to end with dates given: the figures only, beside those of the articles as received.
fn dated(shared: &Shared, reader: &Reader, out: &mut Measured) -> Result<(), Error> {
    for story in STORIES {
        let way = Way::Dated(reader);
        let scored = run(&shared.gold(), story, way)?.score();
        figures(&mut out.summary, &format!("{story}{}", way.ending()), &scored, way);
    }
    Ok(())
}

/// The records of the gold stories, from plain texts.
fn records(shared: &Shared, reader: &Reader, out: &mut Measured) -> Result<(), Error> {
    for name in STORIES {
        let recorded = record(&shared.gold(), name, reader)?;
        let measured = Beside::new(&recorded.story, &recorded.record).score();
        let table = format!("{name}_record");
        out.summary.count(&table, "stories", recorded.stories);
        record_figures(&mut out.summary, &table, &measured);
        let row = |item: &between::Item| format!("{},{},{},{},{}", item.layer, item.what, item.want, item.got, u8::from(item.is_right));
        out.csv(&table, "layer,item,want,got,right", measured.items.iter().map(row).collect());
    }
    Ok(())
}

fn record_figures(summary: &mut Summary, table: &str, measured: &between::Measured) {
    let facts = [Fact::Speaker, Fact::Said].map(|fact| (fact.name(), measured.statements.facts.get(&fact).copied().unwrap_or_default()));
    let shares = [
        ("askings_found", measured.askings),
        ("answer_class", measured.answers),
        ("same_question_linked", measured.linked),
        ("relation_recall", measured.relation_recall()),
        ("look_alikes_silent", measured.look_alikes()),
        ("brief_points", measured.points),
    ];
    for (name, tally) in facts.into_iter().chain(shares) {
        summary.share(table, name, tally.share().unwrap_or(0.0));
    }
    if let Some(prf) = measured.utterances {
        prf_into(summary, table, "utterance_pairs", prf);
    }
    for (kind, row) in &measured.relations {
        summary.count(table, &format!("{kind}_right"), row.right);
        summary.count(table, &format!("{kind}_wrong"), row.wrong);
    }
    summary.count(table, "loud_outside_gold", measured.loud);
    summary.count(table, "brief_sentences", measured.sentences);
    summary.count(table, "brief_unsupported", measured.unsupported);
}

/// A row for every judged fact, every missed and every extra statement.
fn rows(run: &crate::runs::Run, scored: &Scored) -> Vec<String> {
    let reach = |at: usize| {
        let (document, number) = run.places[at];
        run.readings[document].statements[onrecord::Id::new(number)].reach()
    };
    let judged = scored.items.iter().map(|item| {
        let id = &run.story.statements[item.gold].id;
        format!("{id},{},{},{},{},{}", place(reach(item.ours)), item.fact.name(), item.want, item.got, u8::from(item.is_right))
    });
    let missed = scored.missed.iter().map(|at| {
        let said = &run.story.statements[*at];
        let parts = said.source.iter().chain(&said.cue).chain(&said.content).map(|bytes| onrecord::Span::new(bytes.start, bytes.end));
        let span = parts.reduce(onrecord::Span::cover).unwrap_or(onrecord::Span::new(0, 0));
        format!("{},{},found,yes,no,0", said.id, place(span))
    });
    let extra = scored.extra.iter().map(|at| format!("{} extra,{},found,no,yes,0", run.ours[*at].0, place(reach(*at))));
    judged.chain(missed).chain(extra).collect()
}

/// Piles of articles parted into stories, and the copies among them.
fn piles_parted(shared: &Shared, _: &Reader, out: &mut Measured) -> Result<(), Error> {
    let [test, round_ups, rumours] = [piles::giveme5w1h(shared)?, piles::allsides(shared)?, piles::fnc1(shared)?];
    let told = piles::told_twice(&round_ups);
    for (name, articles) in [("giveme5w1h", &test), ("allsides", &told), ("fnc1", &rumours)] {
        let placed = piles::place(articles);
        for (figure, value) in ["bcubed_precision", "bcubed_recall", "bcubed"].into_iter().zip(piles::figures(&placed)) {
            out.summary.share("piles", &format!("{name}_{figure}"), value);
        }
        if name == "giveme5w1h" {
            let row = |it: &piles::Placed| format!("{},{},{},{:.3},{:.3}", it.id, it.want, it.got, it.precision, it.recall);
            out.csv("piles", "article,want,got,precision,recall", placed.iter().map(row).collect());
        }
    }
    let all = [test, round_ups, rumours].concat();
    let pairs = piles::copies(shared, &all)?;
    let count = |is: fn(&piles::Pair) -> bool| pairs.iter().filter(|pair| is(pair)).count();
    out.summary.share("copies", "found", count(|pair| pair.is_wanted() && pair.is_found()) as f64 / count(piles::Pair::is_wanted).max(1) as f64);
    out.summary.share(
        "copies",
        "partial_shown",
        count(|pair| pair.want == "partial" && pair.got.is_some()) as f64 / count(|pair| pair.want == "partial").max(1) as f64,
    );
    for (name, pairs) in [("outside_silver_per_1000", count(piles::Pair::is_outside)), ("loud_false_per_1000", count(piles::Pair::is_false))] {
        out.summary.share("copies", name, pairs as f64 * 1000.0 / all.len() as f64);
    }
    out.summary.count("copies", "articles", all.len());
    out.summary.count("copies", "wanted", count(piles::Pair::is_wanted));
    let row = |pair: &piles::Pair| format!("{},{},{},{}", pair.ids.0, pair.ids.1, pair.want, pair.got.map_or("none", |kind| kind.name()));
    let shown = pairs.iter().filter(|pair| pair.is_wanted() || pair.is_found());
    out.csv("copies", "article,other,want,got", shown.map(row).collect());
    Ok(())
}
