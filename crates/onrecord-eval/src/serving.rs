//! Measures the desk over an archive: what each kind of page takes over HTTP, and what many readers at once wait while articles are added.

use crate::error::Error;
use crate::keeping::each;
use onrecord::document::{Dated, Received};
use onrecord::reader::Reader;
use onrecord::{Document, token};
use onrecord_archive::{Archive, Cut, Identity, New, Place};
use onrecord_desk::Settings;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc;
use std::time::{Duration, Instant};

/// Requests timed for each kind of page.
const ASKED: usize = 200;
/// Different pages of a kind that are asked for, where there are so many.
const DIFFERENT: usize = 20;
/// Seconds of a part of the time that is told apart: the first has pages that nobody has asked for yet.
const PART: u64 = 10;
/// When everything is added.
const NOW: &str = "2031-03-10T12:00:00Z";

/// The lists of the API.
const LISTS: [&str; 8] =
    ["/api/v1/stories", "/api/v1/documents", "/api/v1/people", "/api/v1/questions", "/api/v1/queue", "/api/v1/watches", "/api/v1/news", "/api/v1/corrections"];

/// A kind of page: its name, and the addresses asked for in turn.
type Kind = (&'static str, Vec<String>);

/// Measures every kind of page of the archive at `path`.
pub fn pages(path: &Path) -> Result<String, Error> {
    let wrong = |error: onrecord_archive::Error| Error::new(path, error.to_string());
    let desk = open(path)?;
    let mut out = format!("{:<34} {:>9} {:>9} {:>9} {:>9} {:>9}\n", "page", "first ms", "median", "p95", "again p95", "kB");
    for (name, addresses) in kinds(&Archive::open(path).map_err(wrong)?).map_err(wrong)? {
        let (agent, mut first, mut times, mut again, mut bytes) = (agent(), Vec::new(), Vec::new(), Vec::new(), 0);
        for address in &addresses {
            let (time, size) = ask(&agent, desk, address)?;
            first.push(time);
            bytes = bytes.max(size);
        }
        for at in 0..ASKED {
            // A field that means nothing makes it an address nobody has asked for: nothing is remembered of it.
            let address = &addresses[at % addresses.len()];
            let anew = format!("{address}{}anew={at}", if address.contains('?') { '&' } else { '?' });
            times.push(ask(&agent, desk, &anew)?.0);
            again.push(ask(&agent, desk, address)?.0);
        }
        let first = percent(&mut first, 100);
        let figures = [percent(&mut times, 50), percent(&mut times, 95), percent(&mut again, 95)].map(|time| format!("{:9.1}", each(time, 1))).join(" ");
        out += &format!("{name:<34} {:9.1} {figures} {:9.1}\n", each(first, 1), bytes as f64 / 1e3);
    }
    Ok(out)
}

/// Lets so many readers ask for pages without a pause, for so long, while articles are added to a copy of the archive.
pub fn readers(path: &Path, readers: usize, time: Duration) -> Result<String, Error> {
    let copy = path.with_extension("serving");
    std::fs::copy(path, &copy).map_err(|error| Error::new(&copy, error.to_string()))?;
    let measured = among(&copy, readers, time);
    for beside in ["serving", "serving-wal", "serving-shm"] {
        // What was made by nobody cannot be taken away.
        let _ = std::fs::remove_file(path.with_extension(beside));
    }
    measured
}

fn among(path: &Path, readers: usize, time: Duration) -> Result<String, Error> {
    let wrong = |error: onrecord_archive::Error| Error::new(path, error.to_string());
    let mut archive = Archive::open(path).map_err(wrong)?;
    // An older engine may have made it: what is stale before anybody reads is not what is measured.
    archive.refresh(&Reader::built_in(), |_| {}).map_err(wrong)?;
    let desk = open(path)?;
    let addresses: Vec<(&'static str, String)> =
        kinds(&archive).map_err(wrong)?.into_iter().flat_map(|(kind, addresses)| addresses.into_iter().map(move |address| (kind, address))).collect();
    let texts: Vec<String> = first_texts(&archive).map_err(wrong)?;
    drop(archive);
    let (is_over, failed, added) = (AtomicBool::new(false), AtomicUsize::new(0), AtomicUsize::new(0));
    let times: Mutex<Vec<Answered>> = Mutex::default();
    let start = Instant::now();
    std::thread::scope(|scope| {
        let adding = scope.spawn(|| add(path, &texts, &is_over, &added));
        for reader in 0..readers {
            let (addresses, is_over, failed, times) = (&addresses, &is_over, &failed, &times);
            scope.spawn(move || {
                let (agent, mut own, mut at) = (agent(), Vec::new(), reader * 7);
                while !is_over.load(Ordering::Relaxed) {
                    let (kind, address) = &addresses[at % addresses.len()];
                    match ask(&agent, desk, address) {
                        Ok((time, _)) => own.push(Answered { kind, at: start.elapsed(), time }),
                        Err(error) => {
                            eprintln!("{error}");
                            failed.fetch_add(1, Ordering::Relaxed);
                        }
                    }
                    at += 13;
                }
                times.lock().expect("no reader panics while it adds its times").extend(own);
            });
        }
        std::thread::sleep(time);
        is_over.store(true, Ordering::Relaxed);
        adding.join().expect("whoever adds gives an error, it does not panic").map_err(wrong)
    })?;
    let answers = times.into_inner().expect("no reader panics while it adds its times");
    Ok(format!(
        "{readers} readers for {} s, {} articles added meanwhile: {} answers, {} errors\n{}",
        time.as_secs(),
        added.load(Ordering::Relaxed),
        answers.len(),
        failed.load(Ordering::Relaxed),
        told(&answers)
    ))
}

/// An answer: what was asked for, when it had come whole, and how long it took.
struct Answered {
    kind: &'static str,
    at: Duration,
    time: Duration,
}

/// How long answers took: all of them, those of each part of the time, and those of each kind of page.
fn told(answers: &[Answered]) -> String {
    let mut out = format!("{:<34} {:>9} {:>9} {:>9} {:>9} {:>9}\n", "page", "answers", "median ms", "p95", "p99", "most");
    let mut row = |name: &str, mut times: Vec<Duration>| {
        let figures = [50, 95, 99, 100].map(|share| format!("{:9.0}", each(percent(&mut times, share), 1))).join(" ");
        out += &format!("{name:<34} {:9} {figures}\n", times.len());
    };
    let times = |fits: &dyn Fn(&Answered) -> bool| answers.iter().filter(|it| fits(it)).map(|it| it.time).collect::<Vec<_>>();
    row("all", times(&|_| true));
    let last = answers.iter().map(|it| it.at.as_secs() / PART).max().unwrap_or(0);
    for part in 0..=last {
        row(&format!("from second {}", part * PART), times(&|it| it.at.as_secs() / PART == part));
    }
    let mut kinds: Vec<&str> = answers.iter().map(|it| it.kind).collect();
    kinds.sort_unstable();
    kinds.dedup();
    kinds.into_iter().for_each(|kind| row(kind, times(&|it| it.kind == kind)));
    out
}

/// Reads and adds articles, one after the other as `onrecord add` does, until it is over.
fn add(path: &Path, texts: &[String], is_over: &AtomicBool, added: &AtomicUsize) -> Result<(), onrecord_archive::Error> {
    let (reader, mut archive, mut at) = (Reader::built_in(), Archive::open(path)?, 0);
    while !is_over.load(Ordering::Relaxed) {
        let document = Document { outlet: Some("Added".to_owned()), ..Document::new(format!("added-{at}.txt"), texts[at % texts.len()].clone()) };
        let received = Received { document, notes: Vec::new(), dated: Dated::BySource };
        let identity = Identity::of(&received, Place::File(format!("/added-{at}.txt")));
        archive.add(&New::read(identity, received, &reader), NOW)?;
        archive.refresh(&reader, |_| {})?;
        at += 1;
        added.fetch_add(1, Ordering::Relaxed);
    }
    Ok(())
}

/// Opens a desk that closes with the program.
fn open(path: &Path) -> Result<SocketAddr, Error> {
    let settings = Settings {
        archive: path.to_owned(),
        listen: SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 0),
        token: None,
        names: Vec::new(),
        by: "a measurement".to_owned(),
        now: || NOW.to_owned(),
        afterwards: |_| {},
    };
    let (tell, told) = mpsc::channel();
    let refused = tell.clone();
    std::thread::spawn(move || {
        let ended = onrecord_desk::run(settings, |address| drop(tell.send(Ok(address))));
        // Nobody listens any more if it was open before.
        ended.err().map(|error| refused.send(Err(error.to_string())))
    });
    told.recv().map_err(|_| "it was not opened".to_owned()).and_then(|opened| opened).map_err(|why| Error::new(path, why))
}

fn agent() -> ureq::Agent {
    ureq::Agent::config_builder().http_status_as_error(false).max_redirects(0).timeout_global(Some(Duration::from_secs(60))).build().into()
}

/// Asks for a page as a browser does; how long it took to come whole, and its bytes on the way.
fn ask(agent: &ureq::Agent, desk: SocketAddr, address: &str) -> Result<(Duration, usize), Error> {
    let wrong = |why: String| Error::new(Path::new(address), why);
    let start = Instant::now();
    let mut response = agent.get(format!("http://{desk}{address}")).header("accept-encoding", "gzip").call().map_err(|error| wrong(error.to_string()))?;
    let body = response.body_mut().read_to_vec().map_err(|error| wrong(error.to_string()))?;
    let time = start.elapsed();
    if response.status() == 200 { Ok((time, body.len())) } else { Err(wrong(response.status().to_string())) }
}

/// The time within which so many of a hundred came.
fn percent(times: &mut [Duration], share: usize) -> Duration {
    times.sort_unstable();
    times.get(times.len().saturating_sub(1) * share / 100).copied().unwrap_or_default()
}

/// Every kind of page, for stories, people and words of the archive itself.
fn kinds(archive: &Archive) -> Result<Vec<Kind>, onrecord_archive::Error> {
    let stories = archive.stories()?;
    let people = archive.people()?;
    let largest = stories.iter().max_by_key(|story| story.documents).map(|story| story.id.clone()).unwrap_or_default();
    let some = || stories.iter().step_by((stories.len() / DIFFERENT).max(1)).take(DIFFERENT);
    let words: Vec<String> = some().filter_map(|story| longest(&story.headline)).collect();
    let names: Vec<&str> = people.iter().step_by((people.len() / DIFFERENT).max(1)).take(DIFFERENT).map(|somebody| somebody.id.as_str()).collect();
    let loudest = people.first().map(|somebody| somebody.id.clone()).unwrap_or_default();
    let statements = archive.statements_of(&largest)?;
    let of_words = |form: &str| words.iter().map(|word| form.replace("WORD", word)).collect::<Vec<_>>();
    let far = |next: Option<String>, path: &str| next.map_or_else(|| path.to_owned(), |key| format!("{path}?after={}", encoded(&key)));
    let deep = people.get(people.len() / 2).map(|it| encoded(&format!("{}~{}~{}", it.statements, it.name, it.id))).unwrap_or_default();
    let asked: Vec<String> =
        archive.questions_part(None, None, &Cut::First, DIFFERENT)?.items.iter().map(|it| format!("{}.q{}", it.story, it.number)).collect();
    let of_asked = |form: &str| asked.iter().filter_map(|id| id.split_once('.')).map(|(story, id)| form.replace("STORY", story).replace("ID", id)).collect();
    let revised: Vec<String> = archive.revised()?.into_iter().take(DIFFERENT).map(|it| it.document).collect();
    let of_revised = |form: &str| revised.iter().chain([&largest]).map(|id| form.replace("ID", id)).collect();
    let of_stories = |form: &str| some().map(|story| form.replace("ID", &story.id)).collect();
    let of_people = |form: &str| names.iter().copied().chain([loudest.as_str()]).map(|id| form.replace("ID", id)).collect();
    let kinds: Vec<Kind> = vec![
        ("stories", vec!["/".to_owned(), far(archive.stories_part(&Cut::First, stories.len() / 2)?.next, "/")]),
        ("story, the largest", vec![format!("/stories/{largest}")]),
        ("stories, one of each of 20", some().map(|story| format!("/stories/{}", story.id)).collect()),
        ("document", vec![format!("/documents/{largest}")]),
        ("versions of a document", of_revised("/documents/ID/versions")),
        ("statement", statements.iter().take(DIFFERENT).map(|it| format!("/statements/{}", it.id)).collect()),
        ("people", vec!["/people".to_owned(), format!("/people?after={deep}")]),
        ("people, beginning of name", vec!["/people?begins=ma".to_owned(), "/people?begins=united".to_owned()]),
        ("person, most heard", vec![format!("/people/{loudest}")]),
        ("person, others", names.iter().map(|id| format!("/people/{id}")).collect()),
        ("questions", vec!["/questions".to_owned(), far(archive.questions_part(None, None, &Cut::First, 1000)?.next, "/questions")]),
        ("questions that are open", vec!["/questions?status=open".to_owned()]),
        ("question", of_asked("/stories/STORY/questions/ID")),
        ("utterance", some().filter(|story| story.statements > 0).map(|story| format!("/stories/{}/utterances/u1", story.id)).collect()),
        ("correcting a story", of_stories("/stories/ID/correct")),
        ("search, a word", of_words("/search?q=WORD")),
        ("search, filters", of_words("/search?q=WORD&form=direct&sourcing=named&since=2016-01-01")),
        ("search, like", of_words("/search?like=what+did+they+say+of+WORD")),
        ("search, articles", of_words("/search?q=WORD&in=articles")),
        ("news", vec!["/news".to_owned()]),
        ("corrections", vec!["/corrections".to_owned()]),
        ("queue", vec!["/queue".to_owned()]),
        ("feeds of stories and questions", vec!["/stories.atom".to_owned(), "/questions.atom".to_owned()]),
        ("feed of a story", vec![format!("/stories/{largest}.atom")]),
        ("feed of a person", vec![format!("/people/{loudest}.atom")]),
        ("feed of a search", of_words("/search.atom?q=WORD")),
        ("API: lists", LISTS.map(str::to_owned).to_vec()),
        ("API: a story", of_stories("/api/v1/stories/ID")),
        ("API: a document", of_stories("/api/v1/documents/ID")),
        ("API: versions", of_revised("/api/v1/documents/ID/versions")),
        ("API: somebody", of_people("/api/v1/people/ID")),
        ("API: what is said about somebody", of_people("/api/v1/people/ID/about")),
        ("API: a question", of_asked("/api/v1/questions/STORY.ID")),
        ("API: a statement", statements.iter().take(DIFFERENT).map(|it| format!("/api/v1/statements/{}", it.id)).collect()),
        ("API: a search", of_words("/api/v1/statements?q=WORD")),
        ("API: description", vec!["/api/v1/openapi.json".to_owned()]),
        ("what a page loads beside itself", vec!["/assets/desk.css".to_owned(), "/assets/desk.js".to_owned(), "/assets/mark.svg".to_owned()]),
    ];
    // Of what an archive has nothing of, nothing is asked.
    Ok(kinds.into_iter().filter(|(_, addresses)| !addresses.is_empty()).collect())
}

/// The longest word of a headline that is letters alone.
fn longest(headline: &str) -> Option<String> {
    let tokens = token::tokenize(headline);
    let words = (0..tokens.len()).map(|at| tokens.lower(at).to_owned()).filter(|word| word.chars().all(|c| c.is_ascii_lowercase()));
    words.max_by_key(String::len)
}

/// Texts to be added: those of some stories, each a little otherwise than it stands there.
fn first_texts(archive: &Archive) -> Result<Vec<String>, onrecord_archive::Error> {
    let mut texts = Vec::new();
    for story in archive.stories_part(&Cut::First, DIFFERENT)?.items {
        let (_, record) = archive.story(&story.id)?;
        texts.extend(record.documents.into_iter().map(|document| format!("{}\n\nAdded once more.\n", document.text)));
    }
    Ok(texts)
}

/// A key as it stands in an address.
fn encoded(key: &str) -> String {
    let byte = |byte: u8| if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    key.bytes().map(byte).collect()
}
