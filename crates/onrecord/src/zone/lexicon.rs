//! The words by which the parts of a page are known, read from `lexicon/zone.toml`.

use crate::lexicon::{self, Phrases};
use serde::Deserialize;
use std::sync::LazyLock;

macro_rules! lists {
    ($($name:ident),+ $(,)?) => {
        #[derive(Deserialize)]
        struct File { $($name: Vec<String>),+, relays: Vec<String> }

        /// One set of phrases a list of the file.
        pub(super) struct Words { $(pub(super) $name: Phrases),+, pub(super) relays: Phrases }

        /// The lists.
        pub(super) static WORDS: LazyLock<Words> = LazyLock::new(|| {
            let file: File = lexicon::parse(include_str!("../../../../lexicon/zone.toml"));
            Words { $($name: Phrases::exact(file.$name)),+, relays: Phrases::verbs(file.relays) }
        });
    };
}

lists!(
    agency,
    attribution,
    byline,
    caption_start,
    comment_heading,
    credit,
    furniture_inside,
    furniture_label,
    furniture_start,
    handovers,
    interjections,
    no_speaker,
    opinion_inside,
    opinion_label,
    slang,
    stamp,
    stance,
);
