//! The names of GUM are those `training/data.py` makes of it; skipped without the corpus.
#![allow(clippy::unwrap_used)]

use onrecord::mention::MentionOf;
use onrecord_eval::gum;
use onrecord_eval::shared::{Shared, repository};
use std::process::Command;

const SCRIPT: &str = "
import sys
sys.path.insert(0, 'training')
import data
folder = sys.argv[1]
split = data.gum_split(folder)
held = split['dev'] | split['test'] | split['test2']
for d in data.gum(folder):
    if d.id in held and '_news_' in d.id:
        byte = lambda at: len(d.text[:at].encode())
        for a, b, kind in d.names:
            print(d.id, byte(a), byte(b), kind)
";

#[test]
fn names_are_those_of_training() {
    let Some(shared) = Shared::beside(&repository()).filter(|shared| shared.corpus("gum").is_dir()) else {
        eprintln!("skipped: the corpus is not here");
        return;
    };
    let folder = shared.corpus("gum");
    let output = Command::new("python3").current_dir(repository()).arg("-B").args(["-c", SCRIPT]).arg(&folder).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let mut told: Vec<String> = String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect();
    let mut ours = Vec::new();
    for document in gum::held_out(&folder, "news").unwrap() {
        for (span, of) in &document.names {
            let kind = match of {
                MentionOf::Person => "PER",
                MentionOf::Organization => "ORG",
                MentionOf::Place => "LOC",
                MentionOf::Other => "MISC",
            };
            ours.push(format!("{} {} {} {kind}", document.name, span.start(), span.end()));
        }
    }
    told.sort();
    ours.sort();
    assert!(!ours.is_empty());
    assert_eq!(ours, told);
}
