//! The reference scorers in Python, and dice to make right answers wrong.
#![allow(clippy::unwrap_used, dead_code)]

use onrecord::wire::Named;
use onrecord_eval::gold::Bytes;
use onrecord_eval::shared::{Shared, repository};
use std::process::Command;

/// A small random number generator, always the same.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    /// A number below `n`.
    pub(crate) fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        ((self.0 >> 33) as usize) % n
    }
    /// Yes, seven times of ten.
    pub(crate) fn often(&mut self) -> bool {
        self.below(10) < 7
    }
    /// `right`, seven times of ten; else any.
    pub(crate) fn pick<T: Named>(&mut self, right: T) -> T {
        if self.often() { right } else { T::ALL[self.below(T::ALL.len())] }
    }
    /// `bytes`, at times grown at its end.
    pub(crate) fn shift(&mut self, text: &str, bytes: Bytes) -> Bytes {
        if self.often() {
            return bytes;
        }
        let mut end = (bytes.end + self.below(30)).min(text.len());
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        Bytes { start: bytes.start, end }
    }
}

/// What the reference scorer `script` prints.
pub(crate) fn python(script: &std::path::Path, arguments: &[&str]) -> String {
    let output = Command::new("python3").arg(script).args(arguments).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// The folder of gold and reference scorers, where it is.
pub(crate) fn present() -> Option<Shared> {
    let shared = Shared::beside(&repository()).filter(|shared| shared.scorers().is_dir());
    if shared.is_none() {
        eprintln!("skipped: the reference scorers are not here");
    }
    shared.filter(|_| Command::new("python3").arg("--version").output().is_ok())
}
