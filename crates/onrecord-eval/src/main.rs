//! The `onrecord-eval` command: measures, compares with what is committed, and shows what is wrong.

use onrecord::reader::Reader;
use onrecord_eval::between::{self, Beside};
use onrecord_eval::error::Error;
use onrecord_eval::jobs::{JOBS, measure};
use onrecord_eval::runs::{self, STORIES, Way, run};
use onrecord_eval::shared::{Shared, repository};
use onrecord_eval::summary::{self, Summary};
use onrecord_eval::{answers, corrected, dating, keeping, nearing, panel, polnear, searching, serving, speed, stories, terminal};
use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

/// Where memory comes from, as in the `onrecord` command: what is measured is what people run.
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

const HELP: &str = "\
onrecord-eval score [--write] [--raise] [JOB…]
    measures on all cores, everything if no job is named; --write keeps it under scores/, --raise lifts the floors
onrecord-eval check                    measures, and fails below a floor or where scores/summary.toml says otherwise
onrecord-eval diff [JOB…]              measures, and shows what moved from scores/summary.toml
    JOB: polnear mentions times stories records piles answers clarity
onrecord-eval panel                    the records of the gold stories with five cuts of the texts: gain is what lifts the mean
onrecord-eval dating                   how far documents of a story date each other when all but one lose their date, item by item
onrecord-eval words [--write]          counts the words of public news; --write keeps them under models/story-en/
onrecord-eval adding                   what adding one document to a pile of a thousand costs beside reading it (build with --release)
onrecord-eval keeping [STORIES]        what the archive costs beside reading: its size, adding, one more article in a thousand (build with --release)
onrecord-eval corrected ARCHIVE        how often the machine, on its own, says what persons corrected in an archive
onrecord-eval nearing                  how well searches by meaning find what was asked, summed up, or said elsewhere
onrecord-eval searching FILE [COUNT]   how long searches take in an archive of 100,000 statements, or COUNT; FILE is made if it is not there
onrecord-eval serving FILE [READERS SECONDS]
    what each kind of page of the desk takes over an archive; or what so many readers at once wait while articles are added to a copy of it
onrecord-eval teach                    teaches the model of answer clarity anew, into models/answer-en/answer.tsv
onrecord-eval speed              the whole engine, its start and memory, the encoder beside its matrix products (build with --release)
onrecord-eval gold [--alone] [--items [FACT]] [STORY…]
    the gold stories, read end to end or by the later stages alone, with every wrong item under its words
    FACT: speaker sourcing known_through act act_loose factuality form said within found
    STORY: seeds oil
onrecord-eval record [--items [LAYER]] [STORY…]
    the records of the gold stories, from plain texts, with every wrong item under its words
    LAYER: utterance asking answer linked relation loud point sentence
    --shared FOLDER   where gold/, data/ and eval/ are; found beside the repository if not given
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match command(&arguments) {
        Ok((text, code)) => {
            let written = std::io::stdout().write_all(text.as_bytes());
            if written.is_ok() { code } else { ExitCode::FAILURE }
        }
        Err(error) => {
            eprintln!("onrecord-eval: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Runs the command; gives what is to be printed and how it ended.
fn command(arguments: &[String]) -> Result<(String, ExitCode), Error> {
    let Some(shared) = shared(arguments) else {
        return Ok(("skipped: no folder `shared` with the corpora beside the repository; give one with --shared\n".into(), ExitCode::SUCCESS));
    };
    let done = |text| (text, ExitCode::SUCCESS);
    match arguments.first().map(String::as_str) {
        Some("score") => score(&shared, arguments).map(done),
        Some("check") => check(&shared),
        Some("diff") => diff(&shared, arguments).map(done),
        Some("panel") => panel::panel(&shared).map(done),
        Some("dating") => dating::dating(&shared, &Reader::built_in()).map(done),
        Some("words") => words(&shared, arguments).map(done),
        Some("adding") => adding(&shared).map(done),
        Some("corrected") => match arguments.get(1) {
            Some(archive) => corrected::measure(&PathBuf::from(archive)).map(done),
            None => Ok(done(HELP.into())),
        },
        Some("keeping") => keeping(&shared, arguments).map(done),
        Some("searching") => searching(&shared, arguments).map(done),
        Some("serving") => serving(arguments).map(done),
        Some("nearing") => nearing::nearing(&shared, &Reader::built_in()).map(done),
        Some("teach") => teach(&shared).map(done),
        Some("speed") => speed(&shared).map(done),
        Some("gold") => gold(&shared, arguments).map(done),
        Some("record") => record(&shared, arguments).map(done),
        Some(_) | None => Ok(done(HELP.into())),
    }
}

fn shared(arguments: &[String]) -> Option<Shared> {
    match value(arguments, "--shared") {
        Some(folder) => Shared::at(PathBuf::from(folder)),
        None => Shared::beside(&repository()),
    }
}

/// The word after `flag`, unless it is another flag.
fn value<'a>(arguments: &'a [String], flag: &str) -> Option<&'a String> {
    let at = arguments.iter().position(|argument| argument == flag)?;
    arguments.get(at + 1).filter(|value| !value.starts_with("--"))
}

fn scores() -> PathBuf {
    repository().join("scores")
}

fn score(shared: &Shared, arguments: &[String]) -> Result<String, Error> {
    let named = named(arguments);
    let measured = measure(shared, &named)?;
    let has = |flag: &str| arguments.iter().any(|argument| argument == flag);
    if has("--write") {
        let path = scores().join("summary.toml");
        if !named.is_empty() && !measured.summary.is_measured_as(&Summary::load(&path)?) {
            let by = onrecord::reader::arithmetic();
            return Err(Error::new(&path, format!("was not measured by {by}, as this processor does: write all jobs anew, not some")));
        }
        measured.write(&scores(), &named)?;
    }
    if has("--raise") {
        let path = scores().join("floors.toml");
        let floors = measured.summary.floors(&summary::bars(&scores().join("bars.toml"))?, &Summary::load(&path)?);
        std::fs::write(&path, floors.to_toml(summary::FLOORS)).map_err(|error| Error::new(&path, format!("cannot be written: {error}")))?;
    }
    Ok(measured.summary.to_toml(summary::MEASURED))
}

/// The jobs named among `arguments`.
fn named(arguments: &[String]) -> Vec<&'static str> {
    JOBS.into_iter().filter(|job| arguments.iter().any(|argument| argument == job)).collect()
}

fn diff(shared: &Shared, arguments: &[String]) -> Result<String, Error> {
    let committed = Summary::load(&scores().join("summary.toml"))?;
    let measured = measure(shared, &named(arguments))?.summary;
    let moved = committed.clone().with(&measured).differences(&committed);
    Ok(if moved.is_empty() { "nothing moved\n".into() } else { moved.iter().map(|difference| format!("{difference}\n")).collect() })
}

fn check(shared: &Shared) -> Result<(String, ExitCode), Error> {
    let measured = measure(shared, &[])?.summary;
    let committed = Summary::load(&scores().join("summary.toml"))?;
    let is_alike = measured.is_measured_as(&committed);
    let below = measured.below(&Summary::load(&scores().join("floors.toml"))?, if is_alike { 0.0 } else { summary::ROOM_ELSEWHERE });
    let moved = measured.differences(&committed);
    let mut out = String::new();
    for difference in &below {
        out += &format!("below its floor: {difference}\n");
    }
    for difference in &moved {
        out += &format!("not as committed: {difference}\n");
    }
    if below.is_empty() && !is_alike {
        let by = onrecord::reader::arithmetic();
        return Ok((
            out + &format!("every figure is above its floor; {} differ, as they may by {by}, which the committed ones were not measured by\n", moved.len()),
            ExitCode::SUCCESS,
        ));
    }
    if below.is_empty() && moved.is_empty() {
        return Ok(("every figure is as committed and above its floor\n".into(), ExitCode::SUCCESS));
    }
    Ok((out + "run `onrecord-eval score --write` and commit scores/ with the change that moved them\n", ExitCode::FAILURE))
}

fn words(shared: &Shared, arguments: &[String]) -> Result<String, Error> {
    let words = stories::words(shared)?;
    if !arguments.iter().any(|argument| argument == "--write") {
        return Ok(words);
    }
    let path = repository().join("models/story-en/frequencies.txt");
    std::fs::write(&path, &words).map_err(|error| Error::new(&path, format!("cannot be written: {error}")))?;
    Ok(format!("{} bytes\n", words.len()))
}

fn adding(shared: &Shared) -> Result<String, Error> {
    let cost = stories::adding(shared, &Reader::built_in())?;
    let ms = |time: std::time::Duration| time.as_secs_f64() * 1000.0;
    Ok(format!(
        "placed                             {:7} documents in {} stories\nreading one more, one core         {:7.1} ms\nsketching and adding it            {:7.1} ms\n  as a share of reading it           {:6.3}\nwriting out all stories, reasons   {:7.1} ms\n",
        cost.placed,
        cost.stories,
        ms(cost.reading),
        ms(cost.adding),
        cost.adding.as_secs_f64() / cost.reading.as_secs_f64(),
        ms(cost.writing)
    ))
}

fn searching(shared: &Shared, arguments: &[String]) -> Result<String, Error> {
    let path = PathBuf::from(arguments.get(1).map_or("searched.onrecord", String::as_str));
    searching::measure(shared, &path, arguments.get(2).and_then(|count| count.parse().ok()))
}

fn serving(arguments: &[String]) -> Result<String, Error> {
    let path = PathBuf::from(arguments.get(1).map_or("searched.onrecord", String::as_str));
    let number = |at: usize| arguments.get(at).and_then(|number| number.parse().ok());
    match (number(2), number(3)) {
        (Some(readers), Some(seconds)) => serving::readers(&path, readers, std::time::Duration::from_secs(seconds as u64)),
        _ => serving::pages(&path),
    }
}

fn keeping(shared: &Shared, arguments: &[String]) -> Result<String, Error> {
    let folder = std::env::temp_dir().join(format!("onrecord-keeping-{}", std::process::id()));
    std::fs::create_dir_all(&folder).map_err(|error| Error::new(&folder, error.to_string()))?;
    let measured = keeping::measure(shared, &folder, arguments.get(1).and_then(|stories| stories.parse().ok()));
    std::fs::remove_dir_all(&folder).map_err(|error| Error::new(&folder, error.to_string()))?;
    measured
}

/// Teaches the model of answer clarity on the whole corpus.
fn teach(shared: &Shared) -> Result<String, Error> {
    let replies = answers::load(&shared.corpus("qevasion"))?;
    let model = answers::teach(&replies.iter().collect::<Vec<_>>()).write();
    let path = repository().join("models/answer-en/answer.tsv");
    std::fs::write(&path, format!("{MADE}{model}")).map_err(|error| Error::new(&path, format!("cannot be written: {error}")))?;
    Ok(format!("{} replies, {} terms\n", replies.len(), model.lines().count()))
}

/// What stands over the weights.
const MADE: &str = "# Made by `onrecord-eval teach`; do not edit. Term, rarity, weights of clear reply, ambivalent and clear non-reply in ten-thousandths.\n";

fn speed(shared: &Shared) -> Result<String, Error> {
    let encoder = speed::encoder(&repository().join("models/reader-en/reader.onnx"))?;
    let ms = |time: std::time::Duration| time.as_secs_f64() * 1000.0;
    let mut out = format!(
        "encoder, one window, one core      {:7.1} ms\n  its products alone, int8          {:7.1} ms\n  its products alone, float         {:7.1} ms\n  speed as a share of the limit       {:5.2}\n",
        ms(encoder.graph),
        ms(encoder.products_int8),
        ms(encoder.products_float),
        encoder.share()
    );
    let before = speed::peak_memory();
    let articles = polnear::load(&shared.corpus("polnear").join("dev"))?;
    out += &format!("whole engine, all cores            {:7.1} articles a second\n", speed::articles_a_second(&articles, &Reader::built_in()));
    for (what, memory) in [("before", before), ("at most", speed::peak_memory())] {
        out += &memory.map_or(String::new(), |memory| format!("memory {what:8}                   {memory:7.0} MB\n"));
    }
    let program = std::env::current_exe().ok().map(|path| path.with_file_name("onrecord")).filter(|path| path.exists());
    match program {
        Some(program) => out += &format!("start to first output              {:7.0} ms\n", ms(speed::first_output(&program)?)),
        None => out += "start to first output: build the onrecord command beside this one\n",
    }
    Ok(out)
}

fn gold(shared: &Shared, arguments: &[String]) -> Result<String, Error> {
    let has = |flag: &str| arguments.iter().any(|argument| argument == flag);
    let named: Vec<&str> = STORIES.into_iter().filter(|name| has(name)).collect();
    let reader = (!has("--alone")).then(Reader::built_in);
    let (way, title) = reader.as_ref().map_or((Way::Alone, "later stages alone"), |reader| (Way::EndToEnd(reader), "end to end"));
    let mut out = String::new();
    for name in if named.is_empty() { STORIES.to_vec() } else { named } {
        let run = run(&shared.gold(), name, way)?;
        let scored = run.score();
        if has("--items") {
            let only = value(arguments, "--items").filter(|word| !STORIES.contains(&word.as_str()));
            out += &terminal::items(&run, &scored, only.map(String::as_str));
        }
        out += &format!("== {name}, {title}\n{}\n", terminal::figures(&scored));
    }
    Ok(out)
}

fn record(shared: &Shared, arguments: &[String]) -> Result<String, Error> {
    let named: Vec<&str> = STORIES.into_iter().filter(|name| arguments.iter().any(|argument| argument == name)).collect();
    let reader = Reader::built_in();
    let mut out = String::new();
    for name in if named.is_empty() { STORIES.to_vec() } else { named } {
        let recorded = runs::record(&shared.gold(), name, &reader)?;
        let beside = Beside::new(&recorded.story, &recorded.record);
        let measured = beside.score();
        if arguments.iter().any(|argument| argument == "--items") {
            let only = value(arguments, "--items").filter(|word| !STORIES.contains(&word.as_str()));
            out += &between::show::items(&beside, &measured, only.map(String::as_str));
        }
        out += &format!(
            "== {name}, {} of the record\n{}\n",
            if recorded.stories == 1 { "one story" } else { "the largest story" },
            between::show::figures(&measured)
        );
    }
    Ok(out)
}
