//! The intake takes any bytes under any name without panicking.
#![no_main]

use libfuzzer_sys::fuzz_target;
use onrecord_intake::{Limits, from_bytes};

fuzz_target!(|bytes: &[u8]| {
    for name in ["stdin", "x.txt", "x.json", "x.jsonl", "x.html"] {
        for article in from_bytes(name, bytes.to_vec(), &Limits::default()) {
            let _ = article.map_err(|error| error.to_string());
        }
    }
});
