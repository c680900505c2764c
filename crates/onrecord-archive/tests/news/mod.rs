//! Invented articles of a few stories, read once, and archives to put them into.
#![allow(dead_code, clippy::unwrap_used)]

use onrecord::Document;
use onrecord::document::{Dated, Received};
use onrecord::reader::Reader;
use onrecord_archive::{Archive, Identity, New, Place};
use std::path::Path;
use std::sync::LazyLock;

pub(crate) static READER: LazyLock<Reader> = LazyLock::new(Reader::built_in);

/// When everything is added.
pub(crate) const NOW: &str = "2031-03-10T12:00:00Z";

const QUAKE: [&str; 3] = [
    "A strong earthquake struck Tarn on Monday, killing nine people, the province said. “We need help now,” said Ilse Varga, the governor. The quake in Tarn damaged the dam at Vell, and rescuers searched the rubble.",
    "Rescuers in Tarn searched the rubble after Monday's earthquake. The dam at Vell was damaged, the province said, and nine people were killed. Ilse Varga, the governor of Tarn, declined to say whether the dam had been inspected.",
    "The death toll of the Tarn earthquake rose to eleven on Tuesday as rescuers dug through rubble near the damaged Vell dam, the province said. “The dam was inspected in May,” Varga said.",
];
const VOTE: [&str; 3] = [
    "The Harrow council voted on Monday to sack its treasurer, Mara Ode, over the missing pension money, after a stormy session. “I took nothing,” Ode said.",
    "Mara Ode, the Harrow treasurer, was sacked by the council over missing pension money. Ode called the stormy vote a farce. Two officials said she had been warned.",
    "The Harrow council denied on Thursday that its treasurer, Mara Ode, had been warned before the vote over the missing pension money.",
];

/// The articles: two stories, a round-up of both, a copy, one alone, one without words, one in another language.
pub(crate) fn articles() -> Vec<Received> {
    let round_up = [QUAKE[0], VOTE[0]].join("\n\n");
    let copy = format!("{}\n", QUAKE[1]);
    let texts: [(&str, &str, Option<&str>); 11] = [
        ("quake-1", QUAKE[0], Some("2031-03-04")),
        ("vote-1", VOTE[0], Some("2031-03-04")),
        ("quake-2", QUAKE[1], Some("2031-03-05")),
        ("both", &round_up, Some("2031-03-05")),
        ("quake-3", QUAKE[2], Some("2031-03-06")),
        ("vote-2", VOTE[1], None),
        ("copy", &copy, Some("2031-03-06")),
        ("vote-3", VOTE[2], Some("2031-03-07")),
        ("alone", "A hen in Pell laid a square egg, its keeper, Jon Kern, said on Sunday.", Some("2031-03-09")),
        ("empty", "… !", None),
        ("other", "Der Bürgermeister sagte am Dienstag, die Brücke bleibe geschlossen. Niemand wollte sich äußern, auch nicht die Polizei.", None),
    ];
    texts.iter().map(|(name, text, day)| article(name, text, *day)).collect()
}

pub(crate) fn article(name: &str, text: &str, day: Option<&str>) -> Received {
    let document = Document { published: day.map(|day| day.parse().unwrap()), outlet: Some("Skein".into()), ..Document::new(format!("{name}.txt"), text) };
    Received { document, notes: Vec::new(), dated: if day.is_some() { Dated::ByUser } else { Dated::BySource } }
}

pub(crate) fn read(received: Received) -> New {
    New::read(identity(&received), received, &READER)
}

pub(crate) fn identity(received: &Received) -> Identity {
    Identity::of(received, Place::File(format!("/news/{}", received.document.path)))
}

/// The articles, read.
pub(crate) static NEWS: LazyLock<Vec<New>> = LazyLock::new(|| articles().into_iter().map(read).collect());

/// An archive of these articles, in this order; `often` brings it up to date after each.
pub(crate) fn archive(path: &Path, order: &[usize], often: bool) -> Archive {
    let mut archive = Archive::create(path).unwrap();
    for at in order {
        archive.add(&NEWS[*at], NOW).unwrap();
        if often {
            refresh(&mut archive);
        }
    }
    refresh(&mut archive);
    archive
}

pub(crate) fn refresh(archive: &mut Archive) -> usize {
    archive.refresh(&READER, |_| {}).unwrap()
}
