//! `read` takes any text without panicking, and every span it gives lies in the text.
#![no_main]

use libfuzzer_sys::fuzz_target;
use onrecord::reader::Reader;
use onrecord::{Document, read, wire};
use std::sync::LazyLock;

static READER: LazyLock<Reader> = LazyLock::new(|| Reader::built_in().on_one_core());

fuzz_target!(|text: &str| {
    let reading = read(Document::new("fuzz", text), &READER);
    let _ = wire::Reading::from(&reading);
    let _ = onrecord::render::record(&reading, 80);
});
