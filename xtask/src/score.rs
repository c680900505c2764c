//! How many tests passed, failed and were skipped, as counted from what the test programs print.

use std::ops::AddAssign;

/// A count of tests.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Count {
    /// Held.
    pub passed: usize,
    /// Did not hold.
    pub failed: usize,
    /// Were not tried.
    pub skipped: usize,
}

impl Count {
    /// One that passed.
    pub(crate) const PASSED: Count = Count { passed: 1, failed: 0, skipped: 0 };
    /// One that failed.
    pub(crate) const FAILED: Count = Count { passed: 0, failed: 1, skipped: 0 };
    /// One that was not tried.
    pub(crate) const SKIPPED: Count = Count { passed: 0, failed: 0, skipped: 1 };

    /// One test that held if `well`.
    pub(crate) fn of(well: bool) -> Count {
        if well { Count::PASSED } else { Count::FAILED }
    }

    /// Fails at least once: for a program that ended badly without naming a failed test.
    pub(crate) fn at_least_one_failed(self) -> Count {
        Count { failed: self.failed.max(1), ..self }
    }
}

impl AddAssign for Count {
    fn add_assign(&mut self, other: Count) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }
}

impl std::fmt::Display for Count {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} passed, {} failed, {} skipped", self.passed, self.failed, self.skipped)
    }
}

/// Adds up the `test result:` lines of `cargo test`.
pub(crate) fn of_cargo(output: &str) -> Count {
    let mut count = Count::default();
    for line in output.lines().filter(|line| line.contains("test result:")) {
        count += Count { passed: before(line, "passed"), failed: before(line, "failed"), skipped: before(line, "ignored") };
    }
    count
}

/// The last line of pytest that counts: `3 passed, 1 skipped in 0.41s`.
pub(crate) fn of_pytest(output: &str) -> Count {
    let counts = |line: &&str| [" passed", " failed", " skipped", " error"].iter().any(|word| line.contains(word)) && line.contains(" in ");
    let Some(line) = output.lines().rev().find(counts) else { return Count::default() };
    Count {
        passed: before(line, "passed"),
        failed: before(line, "failed") + before(line, "error") + before(line, "errors"),
        skipped: before(line, "skipped") + before(line, "xfailed"),
    }
}

/// The number before `word` in `line`.
fn before(line: &str, word: &str) -> usize {
    let words: Vec<&str> = line.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.windows(2).find(|pair| pair[1] == word).and_then(|pair| pair[0].parse().ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cargo_lines_add_up() {
        let output = "test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured\nwarning: x\ntest result: FAILED. 3 passed; 2 failed; 0 ignored;";
        assert_eq!(of_cargo(output), Count { passed: 15, failed: 2, skipped: 1 });
    }

    #[test]
    fn pytest_counts_from_its_last_line() {
        assert_eq!(of_pytest("....\n=== 3 passed, 1 skipped in 0.41s ===\n"), Count { passed: 3, failed: 0, skipped: 1 });
        assert_eq!(of_pytest("1 failed, 2 passed, 1 error in 1.0s"), Count { passed: 2, failed: 2, skipped: 0 });
        assert_eq!(of_pytest("no tests ran in 0.01s"), Count::default());
    }

    #[test]
    fn a_count_reads_as_one_line() {
        assert_eq!(Count { passed: 4, failed: 0, skipped: 2 }.to_string(), "4 passed, 0 failed, 2 skipped");
    }
}
