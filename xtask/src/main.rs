//! House work: tidy, tests, figures.
fn main() {}
