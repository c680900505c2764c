//! Runs the commands over an archive as a user would, and kills them at random moments as a power cut would.
//!
//! `ONRECORD_KILLS=200 cargo test -p onrecord-cli --test archive killed -- --nocapture` kills that often, over 500 articles.
#![allow(clippy::unwrap_used)]

use onrecord_archive::Archive;
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

struct Run {
    code: i32,
    out: String,
    err: String,
}

fn onrecord(folder: &Path, arguments: &[&str]) -> Run {
    let output = Command::new(env!("CARGO_BIN_EXE_onrecord")).current_dir(folder).args(arguments).args(["--archive", "a.onrecord"]).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Run { code: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) }
}

/// A folder with a copy of the example story.
fn with_example() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let story = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/sallow-stage");
    std::fs::create_dir(folder.path().join("sallow-stage")).unwrap();
    for entry in std::fs::read_dir(story).unwrap() {
        let path = entry.unwrap().path();
        std::fs::copy(&path, folder.path().join("sallow-stage").join(path.file_name().unwrap())).unwrap();
    }
    folder
}

#[test]
fn the_archive_tells_the_example_as_the_files_do() {
    let folder = with_example();
    let at = folder.path();
    let added = onrecord(at, &["add", "sallow-stage"]);
    assert_eq!((added.code, added.out.as_str()), (0, "8 documents added; 1 story brought up to date\n"), "{}", added.err);
    assert_eq!(onrecord(at, &["add", "sallow-stage"]).out, "0 documents added, 8 there already; 0 stories brought up to date\n");
    let stories = onrecord(at, &["stories", "--json"]).out;
    let story: Value = serde_json::from_str(stories.trim()).unwrap();
    let id = story["id"].as_str().unwrap();
    let of_files = |arguments: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_onrecord")).current_dir(at).args(arguments).output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    assert_eq!(onrecord(at, &["story", &id[..6], "--json"]).out, of_files(&["record", "--json", "sallow-stage"]));
    assert_eq!(onrecord(at, &["story", id]).out, of_files(&["record", "sallow-stage"]));
    let people = onrecord(at, &["people"]).out;
    assert!(people.contains("Desmond Arkley person Mayor"), "{people}");
    let arkley = onrecord(at, &["person", "arkley", "--json"]).out;
    let first: Value = serde_json::from_str(arkley.lines().next().unwrap()).unwrap();
    let text = std::fs::read_to_string(at.join(first["path"].as_str().unwrap())).unwrap();
    assert!(
        text.get(first["start"].as_u64().unwrap() as usize..first["end"].as_u64().unwrap() as usize).unwrap().contains(first["content"][0].as_str().unwrap())
    );
    assert!(onrecord(at, &["questions", "--open"]).out.contains("disputed"));
    let checked = onrecord(at, &["check"]);
    assert_eq!((checked.code, checked.err.as_str()), (0, ""), "{}", checked.out);
    assert_eq!(onrecord(at, &["rebuild"]).out, "1 story made again\n");
    assert_eq!(onrecord(at, &["stories", "--json"]).out, stories);
    assert_eq!(onrecord(at, &["backup", "copy.onrecord"]).code, 0);
    assert_eq!(Archive::open(&at.join("copy.onrecord")).unwrap().dump().unwrap(), Archive::open(&at.join("a.onrecord")).unwrap().dump().unwrap());
}

#[cfg(unix)]
#[test]
fn one_file_is_one_document_by_whichever_way_it_is_reached() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    std::fs::create_dir(at.join("news")).unwrap();
    std::fs::write(at.join("news/a.txt"), "The bridge stays shut, Ilse Varga said on Tuesday.\n").unwrap();
    std::os::unix::fs::symlink(at.join("news"), at.join("link")).unwrap();
    let first = onrecord(at, &["add", "news/a.txt"]);
    assert_eq!(first.code, 0, "{}", first.err);
    for way in ["news/../news/a.txt", "./news/a.txt", "link/a.txt"] {
        let ran = onrecord(at, &["add", way]);
        assert!(ran.out.contains("there already"), "{way}: {}", ran.out);
    }
}

#[test]
fn words_stand_before_and_behind_the_options() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    std::fs::write(at.join("a.txt"), "The bridge stays shut, Ilse Varga said on Tuesday.\n\nThe ferry runs past the bridge, Tom Ode said.\n").unwrap();
    assert_eq!(onrecord(at, &["add", "a.txt"]).code, 0);
    let hits = |arguments: &[&str]| onrecord(at, arguments).out.lines().count();
    assert_eq!(hits(&["search", "bridge", "--json"]), 2);
    assert_eq!(hits(&["search", "--json", "bridge"]), 2);
    assert_eq!(hits(&["search", "bridge", "--not", "ferry", "--json"]), 1);
    assert_eq!(hits(&["search", "bridge", "stays shut", "--json"]), 1);
}

#[test]
fn an_export_does_not_tell_how_the_archive_grew() {
    let export = |order: &[usize]| {
        let folder = tempfile::tempdir().unwrap();
        articles(folder.path(), 12);
        // One path for both, so that names are the same.
        for number in order {
            let name = format!("articles/{number:03}.txt");
            let text = std::fs::read_to_string(folder.path().join(&name)).unwrap();
            let line = serde_json::json!({"url": format!("https://skein.example/{number}"), "text": text}).to_string();
            std::fs::write(folder.path().join("one.json"), line).unwrap();
            assert_eq!(onrecord(folder.path(), &["add", "one.json"]).code, 0);
        }
        let lines = onrecord(folder.path(), &["export"]).out;
        let mut values: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        values.iter_mut().for_each(|value| drop(value.as_object_mut().unwrap().remove("added_at")));
        (values, onrecord(folder.path(), &["export", "--format", "csv"]).out)
    };
    let (forwards, table) = export(&[0, 1, 2, 3, 10, 11]);
    let (backwards, same) = export(&[11, 3, 2, 10, 0, 1]);
    assert_eq!(forwards, backwards);
    assert_eq!(table, same);
    assert_eq!(forwards.iter().filter(|value| value["schema"] == "onrecord.version/1").count(), 6);
    assert!(forwards.iter().any(|value| value["schema"] == "onrecord.record/1"));
    assert!(table.starts_with("\u{feff}statement,story,speaker,said,") && table.lines().count() > 6, "{table}");
}

#[test]
fn a_day_given_by_the_user_is_kept_as_such() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.txt"), "The bridge stays shut, Ilse Varga said on Tuesday.\n").unwrap();
    assert_eq!(onrecord(folder.path(), &["add", "a.txt"]).code, 0);
    let dated = onrecord(folder.path(), &["add", "a.txt", "--date", "2031-03-05"]);
    assert!(dated.out.starts_with("0 documents added, 1 new version"), "{}", dated.out);
    let stories = onrecord(folder.path(), &["stories", "--json"]).out;
    assert!(stories.contains("\"first_day\":\"2031-03-05\""), "{stories}");
    let id = &stories[7..20];
    assert!(onrecord(folder.path(), &["story", id, "--json"]).out.contains("\"basis\":\"supplied\""));
}

#[test]
fn what_is_wrong_is_named_and_the_exit_code_tells() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let none = onrecord(at, &["stories"]);
    assert_eq!((none.code, none.err.as_str()), (1, "onrecord: a.onrecord: there is no archive yet; `onrecord add` makes one\n"));
    std::fs::write(at.join("a.txt"), "The bridge stays shut, Ilse Varga said on Tuesday.\n").unwrap();
    let some = onrecord(at, &["add", "a.txt", "missing.txt"]);
    assert_eq!(some.code, 2, "{}", some.err);
    assert!(some.out.starts_with("1 document added"), "{}", some.out);
    let nobody = onrecord(at, &["story", "dnothing"]);
    assert_eq!((nobody.code, nobody.err.as_str()), (1, "onrecord: a.onrecord: nothing in it is called dnothing\n"));
    assert_eq!(onrecord(at, &["add", "a.txt", "--archive", "a.txt"]).code, 1);
}

/// A disk that takes no more: files may not grow beyond a limit.
#[cfg(unix)]
#[test]
fn a_full_disk_is_named_and_what_was_added_stays() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    articles(at, 40);
    let script = format!("trap '' XFSZ; ulimit -f 900; exec {} add articles --archive a.onrecord", env!("CARGO_BIN_EXE_onrecord"));
    let output = Command::new("bash").current_dir(at).args(["-c", &script]).output().unwrap();
    let message = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{message}");
    assert!(message.contains("disk") && message.contains("what was added stays added"), "{message}");
    let archive = Archive::open(&at.join("a.onrecord")).unwrap();
    let kept = archive.check(&onrecord::reader::Reader::built_in()).unwrap();
    assert!(kept.wrong.is_empty() && kept.documents > 0, "{kept:?}");
    drop(archive);
    assert_eq!(onrecord(at, &["add", "articles"]).code, 0);
    assert_eq!(Archive::open(&at.join("a.onrecord")).unwrap().dump().unwrap().iter().filter(|row| row.starts_with("version")).count(), 40);
}

/// Runs a command where nothing can be written; as somebody without rights if we may write everywhere.
#[cfg(unix)]
fn onrecord_unwritable(folder: &Path, arguments: &[&str]) -> Run {
    use std::os::unix::fs::PermissionsExt;
    use std::os::unix::process::CommandExt;
    let allow = |path: &Path, mode: u32| std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
    std::fs::read_dir(folder).unwrap().for_each(|entry| allow(&entry.unwrap().path(), 0o444));
    allow(folder, 0o555);
    let mut command = Command::new(env!("CARGO_BIN_EXE_onrecord"));
    if std::fs::write(folder.join("written"), "").is_ok() {
        std::fs::remove_file(folder.join("written")).unwrap();
        command.uid(65_534);
    }
    let output = command.current_dir(folder).args(arguments).args(["--archive", "a.onrecord"]).output().unwrap();
    allow(folder, 0o755);
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Run { code: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) }
}

#[cfg(unix)]
#[test]
fn where_nothing_can_be_written_it_can_be_read() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    std::fs::write(at.join("a.txt"), "The bridge stays shut, Ilse Varga said on Tuesday.\n").unwrap();
    assert_eq!(onrecord(at, &["add", "a.txt"]).code, 0);
    let stories = onrecord(at, &["stories", "--json"]).out;
    for arguments in
        [["stories", "--json"], ["search", "bridge"], ["export", "-"], ["people", "--json"]].map(|it| if it[1] == "-" { vec![it[0]] } else { it.to_vec() })
    {
        let run = onrecord_unwritable(at, &arguments);
        assert_eq!((run.code, run.err.as_str()), (0, ""), "{arguments:?}");
        assert!(arguments[0] != "stories" || run.out == stories);
    }
    std::fs::write(at.join("b.txt"), "The ferry runs, Tom Ode said.\n").unwrap();
    let added = onrecord_unwritable(at, &["add", "b.txt"]);
    assert_eq!(added.code, 1);
    assert!(added.err.contains("cannot be written; give another place with --archive"), "{}", added.err);
    // What stands in a log alone cannot be read there.
    let torn = tempfile::tempdir().unwrap();
    let open = Archive::create(&torn.path().join("open")).unwrap();
    std::fs::copy(torn.path().join("open"), at.join("a.onrecord")).unwrap();
    std::fs::copy(torn.path().join("open-wal"), at.join("a.onrecord-wal")).unwrap();
    let run = onrecord_unwritable(at, &["stories"]);
    assert_eq!(run.code, 1);
    assert!(run.err.contains("still stands in its log"), "{}", run.err);
    drop(open);
}

#[test]
fn killed_at_any_moment_it_loses_and_doubles_nothing() {
    let kills: usize = std::env::var("ONRECORD_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(6);
    // Cuts come often enough that many fall into one run over all articles.
    let (count, share) = if kills > 20 { (500, 20) } else { (30, 4) };
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    articles(at, count);
    let start = Instant::now();
    assert_eq!(onrecord(at, &["add", "articles"]).code, 0);
    let whole = start.elapsed();
    let dump = Archive::open(&at.join("a.onrecord")).unwrap().dump().unwrap();
    let mut chance = Chance(7);
    let (mut killed, mut committed) = (0, Vec::new());
    while killed < kills {
        for name in ["a.onrecord", "a.onrecord-wal", "a.onrecord-shm"] {
            let _ = std::fs::remove_file(at.join(name));
        }
        // Several cuts while it is added, then several while it is rebuilt, until each is done.
        let mut held = 0;
        while killed < kills && !is_done(&mut start_one(at, &["add", "articles", "-q"]), chance.moment(whole / share)) {
            killed += 1;
            if at.join("a.onrecord").exists() {
                let now = documents(at);
                assert!(now >= held, "{now} documents where {held} were");
                held = now;
                look_through(at, killed);
            }
        }
        assert_eq!(onrecord(at, &["add", "articles", "-q"]).code, 0);
        compare(at, &dump);
        let mut how: &[&str] = &["rebuild", "--read"];
        while killed < kills && !is_done(&mut start_one(at, how), chance.moment(whole / share)) {
            killed += 1;
            assert_eq!(documents(at), count);
            look_through(at, killed);
            how = &["rebuild", "--finish"];
        }
        assert_eq!(onrecord(at, &["rebuild", "--finish"]).code, 0);
        compare(at, &dump);
        committed.push(held);
    }
    println!("{killed} kills; {count} articles take {:.1} s; kept at the last cut of each round: {committed:?}", whole.as_secs_f64());
}

fn compare(at: &Path, dump: &[String]) {
    let archive = Archive::open(&at.join("a.onrecord")).unwrap();
    assert_eq!(archive.dump().unwrap(), dump);
    assert_eq!(archive.check(&onrecord::reader::Reader::built_in()).unwrap().wrong, Vec::<String>::new());
}

/// How many documents it holds, each with its whole text.
fn documents(at: &Path) -> usize {
    let mut names = Vec::new();
    let kept = Archive::create(&at.join("a.onrecord")).unwrap().each_version(|version| {
        assert!(version.text.contains("The bridge of "));
        names.push(version.document);
        Ok::<(), onrecord_archive::Error>(())
    });
    kept.unwrap();
    let count = names.len();
    names.dedup();
    assert_eq!(names.len(), count, "none is there twice");
    count
}

/// After some of many kills, and after each of a few, everything is looked at: the file, every span, a sample made and read again.
fn look_through(at: &Path, killed: usize) {
    const FEW: usize = 10;
    if killed < FEW || killed.is_multiple_of(FEW) {
        let findings = Archive::create(&at.join("a.onrecord")).unwrap().check(&onrecord::reader::Reader::built_in()).unwrap();
        assert_eq!(findings.wrong, Vec::<String>::new());
    }
}

fn start_one(at: &Path, arguments: &[&str]) -> std::process::Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_onrecord"));
    command.current_dir(at).args(arguments).args(["--archive", "a.onrecord"]).stdout(Stdio::null()).stderr(Stdio::null());
    command.spawn().unwrap()
}

/// Whether the child ended well before `moment`; then it is killed as by a power cut.
fn is_done(child: &mut std::process::Child, moment: Duration) -> bool {
    std::thread::sleep(moment);
    if let Some(status) = child.try_wait().unwrap() {
        assert!(status.success());
        return true;
    }
    child.kill().unwrap();
    child.wait().unwrap();
    false
}

/// Moments that look random and are the same each time.
struct Chance(u64);

impl Chance {
    fn moment(&mut self, most: Duration) -> Duration {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        most * ((self.0 >> 33) % 1000) as u32 / 1000
    }
}

/// Short invented articles on a story for every ten, in `articles`.
fn articles(at: &Path, count: usize) -> PathBuf {
    const SYLLABLES: [&str; 10] = ["ba", "do", "ke", "li", "mu", "na", "ro", "su", "ti", "ve"];
    let name = |number: usize| "Q".to_owned() + &[number / 100 % 10, number / 10 % 10, number % 10].map(|digit| SYLLABLES[digit]).concat();
    let folder = at.join("articles");
    std::fs::create_dir(&folder).unwrap();
    for number in 0..count {
        let (town, speaker) = (name(number / 10), name(500 + number % 7));
        let text = format!(
            "The bridge of {town} over the river {town} fell on Monday. “We saw it fall in {town},” said Mara {speaker}, witness {number}. \
             The mayor of {town} denied that the bridge had been closed in May."
        );
        std::fs::write(folder.join(format!("{number:03}.txt")), text).unwrap();
    }
    folder
}
