//! Runs other programs and says what went wrong.

use std::path::Path;
use std::process::{Command, Stdio};

/// What a program did.
pub(crate) struct Ran {
    /// Whether it ended with 0.
    pub well: bool,
    /// What it printed on both outputs.
    pub output: String,
}

/// Runs `program` in `root`, echoing what it prints, and keeps the output.
pub(crate) fn run(root: &Path, program: &str, arguments: &[&str]) -> Ran {
    println!("\n$ {program} {}", arguments.join(" "));
    let ran = quiet(root, program, arguments);
    print!("{}", ran.output);
    ran
}

/// Runs `program` in `root` and keeps what it prints.
pub(crate) fn quiet(root: &Path, program: &str, arguments: &[&str]) -> Ran {
    let ran = Command::new(program).args(arguments).current_dir(root).stdin(Stdio::null()).output();
    match ran {
        Ok(ran) => {
            let output = format!("{}{}", String::from_utf8_lossy(&ran.stdout), String::from_utf8_lossy(&ran.stderr));
            Ran { well: ran.status.success(), output }
        }
        Err(error) => Ran { well: false, output: format!("cannot run {program}: {error}\n") },
    }
}

/// Prints what is wrong; whether nothing was.
pub(crate) fn report(wrong: &[String]) -> bool {
    for line in wrong {
        println!("{line}");
    }
    wrong.is_empty()
}

/// Prints the outcome of a piece of work; whether it went well.
pub(crate) fn said(outcome: Result<String, String>) -> bool {
    match outcome {
        Ok(word) => {
            println!("{word}");
            true
        }
        Err(error) => {
            eprintln!("cargo xtask: {error}");
            false
        }
    }
}
