//! What an archive keeps of an account gives the same account again, and bytes that are none are an error.
#![allow(clippy::disallowed_methods, clippy::unwrap_used)]

use onrecord::account::Account;
use onrecord::account::pack::{self, Packed};
use onrecord::document::{Dated, Received};
use onrecord::evidence::Note;
use onrecord::reader::Reader;
use onrecord::{Document, record, wire};
use proptest::prelude::*;
use std::path::Path;
use std::sync::LazyLock;

static READER: LazyLock<Reader> = LazyLock::new(Reader::built_in);

fn received(path: &str, text: &str) -> Received {
    let note = Note { kind: "charset", span: None, message: "read as windows-1252".into() };
    let document = Document { published: Some(jiff::civil::date(2031, 3, 4)), outlet: Some("Skein".into()), ..Document::new(path, text) };
    Received { document, notes: vec![note], dated: Dated::ByUser }
}

/// The plain articles of the example story, and a text in another language.
fn articles() -> Vec<Received> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/sallow-stage");
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "txt"));
    paths.sort();
    let mut articles: Vec<Received> =
        paths.iter().map(|path| received(&path.file_name().unwrap().to_string_lossy(), &std::fs::read_to_string(path).unwrap())).collect();
    articles
        .push(received("de.txt", "Der Bürgermeister sagte am Dienstag, die Brücke bleibe geschlossen. Niemand wollte sich äußern, auch nicht die Polizei."));
    articles.push(received("empty.txt", ""));
    articles
}

static ACCOUNTS: LazyLock<Vec<Account>> = LazyLock::new(|| articles().into_iter().map(|received| Account::read(received, &READER)).collect());

#[test]
fn an_account_comes_back_whole() {
    for (received, account) in articles().into_iter().zip(ACCOUNTS.iter()) {
        assert_eq!(pack::unpack(received, &pack::pack(account)).unwrap(), account.clone().without_tokens());
    }
}

#[test]
fn the_record_of_what_comes_back_is_the_same() {
    let again: Vec<Account> =
        articles().into_iter().zip(ACCOUNTS.iter()).map(|(received, account)| pack::unpack(received, &pack::pack(account)).unwrap()).collect();
    let json = |accounts: &[Account]| {
        record::record(accounts).iter().map(|record| serde_json::to_string(&wire::Record::of(record, accounts)).unwrap()).collect::<Vec<_>>()
    };
    assert_eq!(json(&again), json(&ACCOUNTS));
}

#[test]
fn bytes_of_another_document_or_form_are_refused() {
    let bytes = pack::pack(&ACCOUNTS[0]);
    assert!(pack::unpack(received("short.txt", "It rained."), &bytes).is_err());
    let mut other = bytes.clone();
    other.readout[0] = pack::FORM + 1;
    assert_eq!(pack::unpack(articles().remove(0), &other).unwrap_err().why, "they are of another form");
    assert!(pack::unpack(articles().remove(0), &Packed { readout: Vec::new(), meanings: bytes.meanings.clone() }).is_err());
    assert!(pack::unpack(articles().remove(0), &Packed { meanings: Vec::new(), ..bytes }).is_err());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn broken_bytes_are_an_error_or_an_account_and_never_a_panic(at in any::<prop::sample::Index>(), byte in any::<u8>(), cut in any::<prop::sample::Index>()) {
        let mut bytes = pack::pack(&ACCOUNTS[0]);
        let at = at.index(bytes.readout.len());
        bytes.readout[at] = byte;
        let _ = pack::unpack(articles().remove(0), &bytes);
        bytes.readout.truncate(cut.index(bytes.readout.len()));
        prop_assert!(pack::unpack(articles().remove(0), &bytes).is_err());
    }

    #[test]
    fn any_bytes_are_an_error_or_an_account(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let form = Packed { readout: [vec![pack::FORM], bytes].concat(), meanings: Vec::new() };
        let _ = pack::unpack(received("short.txt", "The bridge stays shut, Ilse Varga said on Tuesday."), &form);
    }
}
