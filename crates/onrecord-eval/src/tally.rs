//! Counts, and the figures made of them.

/// How often something was right.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Tally {
    /// Right.
    pub right: usize,
    /// Judged.
    pub judged: usize,
}

impl Tally {
    /// Counts one judgement.
    pub fn add(&mut self, is_right: bool) {
        self.right += usize::from(is_right);
        self.judged += 1;
    }

    /// The share that was right, 0 to 1; `None` if nothing was judged.
    pub fn share(self) -> Option<f64> {
        (self.judged > 0).then(|| self.right as f64 / self.judged as f64)
    }
}

/// What was found among what is and what was claimed.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Prf {
    /// Claimed and so.
    pub hits: usize,
    /// Claimed.
    pub ours: usize,
    /// So.
    pub gold: usize,
}

impl Prf {
    /// Precision, 0 to 1.
    pub fn precision(self) -> f64 {
        if self.ours > 0 { self.hits as f64 / self.ours as f64 } else { 0.0 }
    }

    /// Recall, 0 to 1.
    pub fn recall(self) -> f64 {
        if self.gold > 0 { self.hits as f64 / self.gold as f64 } else { 0.0 }
    }

    /// Their harmonic mean, 0 to 1.
    pub fn f1(self) -> f64 {
        let (precision, recall) = (self.precision(), self.recall());
        if precision + recall > 0.0 { 2.0 * precision * recall / (precision + recall) } else { 0.0 }
    }

    /// Adds the counts of another part.
    pub fn add(&mut self, other: Prf) {
        self.hits += other.hits;
        self.ours += other.ours;
        self.gold += other.gold;
    }
}
