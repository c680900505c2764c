//! The `onrecord-eval` command: measures, compares with what is committed, and shows what is wrong.

use onrecord_eval::error::Error;
use onrecord_eval::runs::{STORIES, Way, run};
use onrecord_eval::shared::{Shared, repository};
use onrecord_eval::terminal;
use std::path::PathBuf;
use std::process::ExitCode;

const HELP: &str = "\
onrecord-eval gold --alone [--items [FACT]] [STORY…]   the gold stories, with every wrong item under its words
    FACT: speaker sourcing known_through act act_loose factuality form said within found
    --shared FOLDER   where gold/, data/ and eval/ are; found beside the repository if not given
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match command(&arguments) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("onrecord-eval: {error}");
            ExitCode::FAILURE
        }
    }
}

fn command(arguments: &[String]) -> Result<ExitCode, Error> {
    let Some(shared) = shared(arguments) else {
        println!("skipped: no folder `shared` with the corpora beside the repository; give one with --shared");
        return Ok(ExitCode::SUCCESS);
    };
    match arguments.first().map(String::as_str) {
        Some("gold") => gold(&shared, arguments)?,
        Some(_) | None => print!("{HELP}"),
    }
    Ok(ExitCode::SUCCESS)
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

fn gold(shared: &Shared, arguments: &[String]) -> Result<(), Error> {
    let has = |flag: &str| arguments.iter().any(|argument| argument == flag);
    let named: Vec<&str> = STORIES.into_iter().filter(|name| has(name)).collect();
    for name in if named.is_empty() { STORIES.to_vec() } else { named } {
        let run = run(&shared.gold(), name, Way::Alone, None)?;
        let scored = run.score();
        if has("--items") {
            let only = value(arguments, "--items").filter(|word| !STORIES.contains(&word.as_str()));
            print!("{}", terminal::items(&run, &scored, only.map(String::as_str)));
        }
        println!("== {name}, later stages alone\n{}", terminal::figures(&scored));
    }
    Ok(())
}
