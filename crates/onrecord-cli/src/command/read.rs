//! `onrecord read`: every statement of many articles, for people or as JSON Lines.

use crate::arguments::Given;
use crate::{Failure, Outcome, in_order, input, terminal};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use onrecord::reader::Reader;
use onrecord::render::record;
use onrecord::{Reading, wire};
use onrecord_intake::{Article, Error, find};
use std::io::{IsTerminal, Write};
use std::path::PathBuf;
use std::time::{Duration, Instant};

#[derive(clap::Args, Debug)]
pub(crate) struct Arguments {
    /// Articles (text, Markdown, JSON, JSON Lines, saved web pages), folders of them, or - for standard input
    #[arg(value_name = "FILE|FOLDER|-", required = true)]
    inputs: Vec<PathBuf>,
    /// Print onrecord.reading/1, one JSON object a line, in the order of the input
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    given: Given,
    /// No progress and no word on files of other kinds; what could not be read is still told
    #[arg(long, short)]
    quiet: bool,
}

/// A run shorter than this shows no progress.
const LONG_RUN: Duration = Duration::from_secs(2);

pub(crate) fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let mut run = Run::new(arguments);
    let files = run.find();
    let limits = arguments.given.limits();
    let is_many = files.len() > 1 || files.iter().any(|file| may_hold_many(file));
    let articles = files.into_iter().flat_map(move |file| input::articles(&file, &limits));
    let reader = Reader::built_in();
    let width = terminal::width();
    let readers = if is_many { side_by_side(&reader) } else { vec![reader] };
    let workers = readers.into_iter().map(|reader| move |article| result(article, arguments, &reader, width)).collect();
    in_order::run(articles, workers, |result| run.take(result))?;
    run.end()
}

/// One reader a core.
fn side_by_side(reader: &Reader) -> Vec<Reader> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    (0..cores).map(|_| reader.on_one_core()).collect()
}

fn may_hold_many(file: &std::path::Path) -> bool {
    let extension = file.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    input::is_standard_input(file) || matches!(extension.to_ascii_lowercase().as_str(), "json" | "jsonl" | "ndjson" | "jsonld")
}

/// What is written for an article, or why it could not be read.
fn result(article: Result<Article, Error>, arguments: &Arguments, reader: &Reader, width: usize) -> Result<String, String> {
    let reading = input::reading(article, &arguments.given, reader)?;
    Ok(if arguments.json { as_json(&reading) } else { terminal::paint(&record(&reading, width)) })
}

fn as_json(reading: &Reading) -> String {
    let mut line = serde_json::to_string(&wire::Reading::from(reading)).expect("a reading has only names for keys and no infinite numbers");
    line.push('\n');
    line
}

/// What happens beside the reading: output, messages, progress.
struct Run<'a> {
    arguments: &'a Arguments,
    output: std::io::BufWriter<anstream::AutoStream<std::io::StdoutLock<'static>>>,
    read: usize,
    failed: usize,
    began: Instant,
    progress: Option<ProgressBar>,
}

impl Run<'_> {
    fn new(arguments: &Arguments) -> Run<'_> {
        Run { arguments, output: terminal::output(), read: 0, failed: 0, began: Instant::now(), progress: None }
    }

    /// The files to read; what cannot be looked into is told at once.
    fn find(&mut self) -> Vec<PathBuf> {
        let mut files = Vec::new();
        for input in &self.arguments.inputs {
            let found = if input::is_standard_input(input) { onrecord_intake::Found { files: vec![input.clone()], ..Default::default() } } else { find(input) };
            for error in found.errors {
                self.fail(&error.to_string());
            }
            if found.files.is_empty() {
                self.fail(&format!("could not read {}: it has no articles (.txt, .md, .html, .json, .jsonl)", input.display()));
            }
            if let (Some(first), false) = (found.passed_over.first(), self.arguments.quiet) {
                let (count, plural) = (found.passed_over.len(), if found.passed_over.len() == 1 { "" } else { "s" });
                terminal::complain(&format!("passed over {count} file{plural} of other kinds in {}, such as {}", input.display(), first.display()));
            }
            files.extend(found.files);
        }
        files
    }

    fn fail(&mut self, message: &str) {
        self.failed += 1;
        match &self.progress {
            Some(progress) => progress.suspend(|| terminal::complain(message)),
            None => terminal::complain(message),
        }
    }

    fn take(&mut self, result: Result<String, String>) -> Result<(), Failure> {
        match result {
            Ok(text) => {
                // An empty line between records; JSON Lines have none.
                if self.read > 0 && !self.arguments.json {
                    writeln!(self.output, "\n")?;
                }
                self.output.write_all(text.as_bytes())?;
                self.read += 1;
            }
            Err(message) => {
                self.output.flush()?;
                self.fail(&message);
            }
        }
        self.show_progress();
        Ok(())
    }

    fn show_progress(&mut self) {
        let is_watched = std::io::stderr().is_terminal() && !std::io::stdout().is_terminal() && !self.arguments.quiet;
        if self.progress.is_none() && is_watched && self.began.elapsed() > LONG_RUN {
            let style = ProgressStyle::with_template("{spinner} {pos} articles read, {per_sec}").expect("a fixed pattern");
            let progress = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr()).with_style(style).with_elapsed(self.began.elapsed());
            progress.enable_steady_tick(Duration::from_millis(200));
            self.progress = Some(progress);
        }
        if let Some(progress) = &self.progress {
            progress.set_position((self.read + self.failed) as u64);
        }
    }

    fn end(mut self) -> Result<Outcome, Failure> {
        self.output.flush()?;
        if let Some(progress) = self.progress.take() {
            progress.finish_and_clear();
        }
        if self.failed == 0 {
            return Ok(Outcome::AllRead);
        }
        if self.failed + self.read > 1 {
            terminal::complain(&format!("{} read, {} not read", self.read, self.failed));
        }
        Ok(Outcome::SomeNotRead)
    }
}
