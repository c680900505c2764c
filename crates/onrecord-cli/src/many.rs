//! Many articles: finds them, reads them side by side, hands the results over in order, tells what could not be read.

use crate::arguments::Given;
use crate::{Failure, Outcome, in_order, input, terminal};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use onrecord::document::Received;
use onrecord::reader::Reader;
use onrecord_intake::{Article, Error, Found, find};
use std::cell::LazyCell;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// What is to be read, and how much is told meanwhile.
#[derive(clap::Args, Debug)]
pub(crate) struct Many {
    /// Articles (text, Markdown, JSON, JSON Lines, saved web pages), folders of them, or - for standard input
    #[arg(value_name = "FILE|FOLDER|-", required = true)]
    pub(crate) inputs: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) given: Given,
    /// No progress and no word on files of other kinds; what could not be read is still told
    #[arg(long, short)]
    pub(crate) quiet: bool,
}

/// Where results go, in the order of the input.
pub(crate) trait Sink<R> {
    /// Takes the next result.
    fn take(&mut self, result: R) -> Result<(), Failure>;
    /// Brings out what is held back, before a message.
    fn flush(&mut self) -> Result<(), Failure>;
}

/// A run shorter than this shows no progress.
const LONG_RUN: Duration = Duration::from_secs(2);

/// Takes in everything in `many`; each article becomes a result by `work`, on any core, and goes into `sink`. The reader is made
/// when the files are found.
pub(crate) fn read<R: Send>(
    many: &Many,
    reader: &LazyCell<Reader>,
    work: impl Fn(Received, &Reader) -> R + Sync,
    sink: &mut impl Sink<R>,
) -> Result<Outcome, Failure> {
    let mut run = Run { many, read: 0, failed: 0, began: Instant::now(), progress: None };
    let files = run.find();
    let limits = many.given.limits();
    let is_many = files.len() > 1 || files.iter().any(|file| may_hold_many(file));
    let articles = files.into_iter().flat_map(move |file| input::articles(&file, &limits));
    let readers = if is_many { side_by_side(reader) } else { vec![(*reader).clone()] };
    let work = &work;
    let one = |reader: Reader| {
        move |article: Result<Article, Error>| {
            input::received(article, &many.given).and_then(|received| input::guarded(received, |received| work(received, &reader)))
        }
    };
    in_order::run(articles, readers.into_iter().map(one).collect(), |result| run.take(result, sink))?;
    run.end(sink)
}

/// One reader a core.
fn side_by_side(reader: &Reader) -> Vec<Reader> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    (0..cores).map(|_| reader.on_one_core()).collect()
}

fn may_hold_many(file: &Path) -> bool {
    let extension = file.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    input::is_standard_input(file) || matches!(extension.to_ascii_lowercase().as_str(), "json" | "jsonl" | "ndjson" | "jsonld")
}

/// What happens beside the reading: messages, progress, counts.
struct Run<'a> {
    many: &'a Many,
    read: usize,
    failed: usize,
    began: Instant,
    progress: Option<ProgressBar>,
}

impl Run<'_> {
    /// The files to read; what cannot be looked into is told at once.
    fn find(&mut self) -> Vec<PathBuf> {
        let mut files = Vec::new();
        for input in &self.many.inputs {
            let found = if input::is_standard_input(input) { Found { files: vec![input.clone()], ..Found::default() } } else { find(input) };
            for error in found.errors {
                self.fail(&error.to_string());
            }
            if found.files.is_empty() {
                self.fail(&format!("could not read {}: it has no articles (.txt, .md, .html, .json, .jsonl)", input.display()));
            }
            if let (Some(first), false) = (found.passed_over.first(), self.many.quiet) {
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

    fn take<R>(&mut self, result: Result<R, String>, sink: &mut impl Sink<R>) -> Result<(), Failure> {
        match result {
            Ok(result) => {
                sink.take(result)?;
                self.read += 1;
            }
            Err(message) => {
                sink.flush()?;
                self.fail(&message);
            }
        }
        self.show_progress();
        Ok(())
    }

    fn show_progress(&mut self) {
        let is_watched = std::io::stderr().is_terminal() && !std::io::stdout().is_terminal() && !self.many.quiet;
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

    fn end<R>(mut self, sink: &mut impl Sink<R>) -> Result<Outcome, Failure> {
        sink.flush()?;
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
