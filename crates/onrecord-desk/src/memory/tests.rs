//! Answers that are kept, through a router of two pages: one that takes long, one with a form.

use super::*;
use crate::Settings;
use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::get;
use onrecord::Document;
use onrecord::document::{Dated, Received};
use onrecord::reader::Reader as Machine;
use onrecord_archive::{Archive, Identity, New, Place};
use std::path::PathBuf;
use std::sync::atomic::AtomicUsize;
use tower::ServiceExt;

/// What the page that takes long takes: longer than anybody waits for it.
const LONG: Duration = Duration::from_millis(600);

/// A desk over an archive of its own, with a page that takes long and tells how often it was made.
struct Bench {
    desk: Arc<Desk>,
    router: Router,
    made: Arc<AtomicUsize>,
    path: PathBuf,
    _folder: tempfile::TempDir,
}

/// What came back.
struct Came {
    status: StatusCode,
    is_late: bool,
    body: String,
}

impl Bench {
    fn new() -> Bench {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("memory.onrecord");
        drop(Archive::create(&path).unwrap());
        let settings = Settings {
            archive: path.clone(),
            listen: "127.0.0.1:0".parse().unwrap(),
            token: None,
            names: Vec::new(),
            by: "Mara Ode".to_owned(),
            now: || "2031-03-11T09:00:00Z".to_owned(),
            afterwards: |_| {},
        };
        let desk = Arc::new(Desk::open(settings).unwrap());
        let made = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&made);
        let slow = move || async move {
            tokio::time::sleep(LONG).await;
            format!("made {}", counted.fetch_add(1, Ordering::SeqCst) + 1)
        };
        let form = |session: Session| async move { format!("token={} again={} for you", session.token, session.token) };
        let router = Router::new()
            .route("/slow", get(slow))
            .route("/form", get(form))
            .layer(from_fn_with_state(Arc::clone(&desk), remember))
            .layer(from_fn_with_state(Arc::clone(&desk), crate::guard::guard));
        Bench { desk, router, made, path, _folder: folder }
    }

    async fn ask(&self, address: &str) -> Came {
        ask(self.router.clone(), address).await
    }

    /// Another program adds an article.
    fn add(&self, name: &str, text: &str) {
        let mut archive = Archive::open(&self.path).unwrap();
        let received = Received { document: Document::new(name, text), notes: Vec::new(), dated: Dated::BySource };
        let machine = Machine::built_in();
        archive.add(&New::read(Identity::of(&received, Place::File(format!("/{name}"))), received, &machine), "2031-03-10T18:00:00Z").unwrap();
        archive.refresh(&machine, |_| {}).unwrap();
    }

    /// Waits until answers are old enough to be made anew.
    async fn rest() {
        tokio::time::sleep(HOLDS + LOOKED).await;
    }
}

async fn ask(router: Router, address: &str) -> Came {
    let request = Request::builder().uri(address).header("host", "localhost").body(Body::empty()).unwrap();
    let response = router.oneshot(request).await.unwrap();
    let (status, is_late) = (response.status(), response.headers().contains_key(header::AGE));
    let body = axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap();
    Came { status, is_late, body: String::from_utf8(body.to_vec()).unwrap() }
}

/// Until it is looked again whether somebody has written.
const LOOKED: Duration = Duration::from_millis(60);

fn run(test: impl Future<Output = ()>) {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap().block_on(test);
}

#[test]
fn a_page_has_one_maker_however_many_ask() {
    run(async {
        let bench = Bench::new();
        let came = many(&bench, 20).await;
        assert!(came.iter().all(|came| came.status == StatusCode::OK && came.body == "made 1" && !came.is_late));
        assert_eq!(bench.made.load(Ordering::SeqCst), 1);
    });
}

/// So many ask for the slow page at once.
async fn many(bench: &Bench, count: usize) -> Vec<Came> {
    let mut tasks = tokio::task::JoinSet::new();
    for _ in 0..count {
        let router = bench.router.clone();
        tasks.spawn(async move { ask(router, "/slow").await });
    }
    tasks.join_all().await
}

#[test]
fn what_another_program_changed_is_shown_late_and_then_anew() {
    run(async {
        let bench = Bench::new();
        assert_eq!(bench.ask("/slow").await.body, "made 1");
        Bench::rest().await;
        assert_eq!(bench.ask("/slow").await.body, "made 1", "nothing was written: it holds");
        bench.add("pier.txt", "The pier at Oster was shut on Monday.\n");
        tokio::time::sleep(LOOKED).await;
        let late = many(&bench, 20).await;
        assert!(late.iter().all(|came| came.body == "made 1" && came.is_late), "nobody waits for it");
        tokio::time::sleep(LONG).await;
        let new = bench.ask("/slow").await;
        assert_eq!((new.body.as_str(), new.is_late), ("made 2", false));
        assert_eq!(bench.made.load(Ordering::SeqCst), 2, "one made it for all");
    });
}

#[test]
fn what_the_desk_wrote_is_shown_at_once() {
    run(async {
        let bench = Bench::new();
        assert_eq!(bench.ask("/slow").await.body, "made 1");
        bench.desk.write(|_, _, _| Ok(())).await.unwrap();
        let new = bench.ask("/slow").await;
        assert_eq!((new.body.as_str(), new.is_late), ("made 2", false));
    });
}

#[test]
fn everybody_has_a_token_of_their_own_in_a_page_that_is_kept() {
    run(async {
        let bench = Bench::new();
        let (one, other) = (bench.ask("/form").await.body, bench.ask("/form").await.body);
        assert_ne!(one, other);
        for page in [&one, &other] {
            let token = page.strip_prefix("token=").unwrap().split(' ').next().unwrap();
            assert_eq!(page, &format!("token={token} again={token} for you"));
            assert!(token.len() == 40 && token != bench.desk.memory.hole);
        }
    });
}

#[test]
fn what_the_api_answers_is_kept_too_until_another_program_has_written() {
    run(async {
        let bench = Bench::new();
        let router = crate::route::routes(Arc::clone(&bench.desk));
        let stories = async || serde_json::from_str::<serde_json::Value>(&ask(router.clone(), "/api/v1/stories").await.body).unwrap()["items"].clone();
        assert_eq!(stories().await.as_array().map(Vec::len), Some(0));
        bench.add("pier.txt", "The pier at Oster was shut on Monday.\n");
        assert_eq!(stories().await.as_array().map(Vec::len), Some(0), "it is not made twice within so short a time");
        Bench::rest().await;
        assert_eq!(stories().await.as_array().map(Vec::len), Some(1));
    });
}

#[test]
fn an_article_of_another_story_leaves_a_story_as_it_was_made() {
    run(async {
        let bench = Bench::new();
        let pier = "The pier at Oster was shut on Monday. \"We were told nothing,\" said Dana Quill, the harbour clerk at Oster.\n";
        bench.add("pier.txt", pier);
        let shown = async || bench.desk.read(|desk, archive| desk.story(archive, &archive.stories()?[0].id)).await.unwrap();
        let id = shown().await.id.clone();
        let same = async || {
            let id = id.clone();
            bench.desk.read(move |desk, archive| desk.story(archive, &id)).await.unwrap()
        };
        let first = same().await;
        bench.add("choir.txt", "The choir of Lund Hill won a prize for singing. \"We practised for years,\" said Ola Brandt, its conductor.\n");
        assert!(Arc::ptr_eq(&first, &same().await), "it is not made again");
        bench.add("pier-again.txt", &format!("{pier}The pier at Oster stays shut, Dana Quill, the harbour clerk at Oster, said on Tuesday.\n"));
        let second = same().await;
        assert!(!Arc::ptr_eq(&first, &second));
        assert_eq!(second.story.documents.len(), 2);
    });
}

#[test]
fn what_is_kept_is_bounded_by_what_an_address_takes_too() {
    let memory = Memory::new("x".repeat(40));
    for at in 0..ROOM / SLOT + 10 {
        memory.slot(&at.to_string());
    }
    assert!(locked(&memory.answers).slots.len() < ROOM / SLOT);
    memory.weigh(ROOM + 1, 0);
    memory.slot("one more");
    assert_eq!(locked(&memory.answers).slots.len(), 1);
}
