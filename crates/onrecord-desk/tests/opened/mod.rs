//! A desk opened for a test, over an archive of the example story and of articles that mean harm.
#![allow(dead_code, clippy::unwrap_used)] // each program of tests uses some of it; a panic there is a failed test

use onrecord::Document;
use onrecord::document::{Dated, Received};
use onrecord::reader::Reader;
use onrecord_archive::{Archive, Identity, New, Place};
use onrecord_desk::Settings;
use onrecord_intake::Limits;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::{OnceLock, mpsc};

/// What a browser would run, load or be fooled by, if it were not escaped.
pub(crate) const HOSTILE: [&str; 7] = [
    "<script>window.harm=1</script>",
    "\"><img src=x onerror=\"window.harm=2\">",
    "<svg onload=window.harm=3><style>body{display:none}</style>",
    "javascript:window.harm=4",
    "{{7*7}}{% include \"/etc/passwd\" %}",
    "\u{202e}desrever si siht\u{202c}",
    "Pаul Vаrgа", // Cyrillic а: another name that looks the same
];

/// A desk that listens.
pub(crate) struct Desk {
    pub(crate) address: SocketAddr,
    pub(crate) archive: PathBuf,
    _folder: tempfile::TempDir,
}

impl Desk {
    /// Opens a desk of its own.
    pub(crate) fn open() -> Desk {
        Desk::with(None)
    }

    /// Opens one that asks for a token.
    pub(crate) fn with(token: Option<&str>) -> Desk {
        let folder = tempfile::tempdir().unwrap();
        let archive = folder.path().join("desk.onrecord");
        std::fs::copy(made(), &archive).unwrap();
        let settings = Settings {
            archive: archive.clone(),
            listen: SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 0),
            token: token.map(str::to_owned),
            names: vec!["desk.example".to_owned()],
            by: "Mara Ode".to_owned(),
            now: || "2031-03-11T09:00:00Z".to_owned(),
            afterwards: |_| {},
        };
        let (tell, told) = mpsc::channel();
        std::thread::spawn(move || onrecord_desk::run(settings, |address| tell.send(address).unwrap()).unwrap());
        Desk { address: told.recv().unwrap(), archive, _folder: folder }
    }

    /// The address of a page.
    pub(crate) fn at(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// A page, whatever the answer.
    pub(crate) fn get(&self, path: &str) -> Answer {
        self.asked(agent().get(self.at(path)))
    }

    /// The same as JSON.
    pub(crate) fn json(&self, path: &str) -> serde_json::Value {
        let answer = self.get(path);
        assert_eq!(answer.status, 200, "{path}: {}", answer.body);
        serde_json::from_str(&answer.body).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    fn asked(&self, request: ureq::RequestBuilder<ureq::typestate::WithoutBody>) -> Answer {
        Answer::of(request.call())
    }
}

/// What came back.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) fn of(response: Result<ureq::http::Response<ureq::Body>, ureq::Error>) -> Answer {
        let mut response = response.unwrap();
        let headers = response.headers().iter().map(|(name, value)| (name.to_string(), value.to_str().unwrap_or_default().to_owned())).collect();
        Answer { status: response.status().as_u16(), headers, body: response.body_mut().read_to_string().unwrap_or_default() }
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }
}

/// Asks without following, and takes every status as an answer.
pub(crate) fn agent() -> ureq::Agent {
    ureq::Agent::config_builder().http_status_as_error(false).max_redirects(0).build().into()
}

/// The archive, made once for all tests of a program.
fn made() -> &'static Path {
    static MADE: OnceLock<(tempfile::TempDir, PathBuf)> = OnceLock::new();
    &MADE
        .get_or_init(|| {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("made.onrecord");
            let mut archive = Archive::create(&path).unwrap();
            let reader = Reader::built_in();
            let now = "2031-03-10T18:00:00Z";
            for file in files() {
                for article in onrecord_intake::from_file(&file, &Limits::default()) {
                    let article = article.unwrap();
                    add(&mut archive, &reader, article.document, now);
                }
            }
            hostile().into_iter().for_each(|document| add(&mut archive, &reader, document, now));
            archive.refresh(&reader, |_| {}).unwrap();
            drop(archive);
            (folder, path)
        })
        .1
}

fn add(archive: &mut Archive, reader: &Reader, document: Document, now: &str) {
    let place = Place::File(format!("/{}", document.path.rsplit('/').next().unwrap()));
    let received = Received { document, notes: Vec::new(), dated: Dated::BySource };
    archive.add(&New::read(Identity::of(&received, place), received, reader), now).unwrap();
}

fn files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/sallow-stage");
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

/// Articles with harm in every field.
fn hostile() -> Vec<Document> {
    let text = |harm: &str| {
        format!(
            "{harm} shuts the ferry pier\n\nThe pier at Oster was shut on Monday. \"We were told {harm} and nothing else,\" said Dana {harm} Quill, the harbour clerk. She asked whether {harm} had been seen. Police denied that {harm} was found.\n"
        )
    };
    let one = |(at, harm): (usize, &&str)| Document {
        title: Some(format!("{harm} shuts the ferry pier at Oster")),
        outlet: Some(format!("Outlet {harm}")),
        byline: Some(format!("By {harm}")),
        url: Some(if harm.starts_with("javascript") { (*harm).to_owned() } else { format!("https://pier.example/{at}?{harm}") }),
        published: Some("2031-05-05".parse().unwrap()),
        ..Document::new(format!("pier-{at}-{}.txt", harm.replace('/', "_")), text(harm))
    };
    HOSTILE.iter().enumerate().map(one).collect()
}
