//! A record without the words that its spans give, as it is kept, and with them, as it leaves.

use onrecord::wire::record::{Evidence, Place, Record, Words};
use std::collections::HashMap;

/// Takes the words of all spans, and the texts, out of a record.
pub(crate) fn strip(record: &mut Record) {
    let kept = each(record, &mut |_, words| {
        words.text.clear();
        Some(())
    });
    debug_assert!(kept.is_some());
    record.documents.iter_mut().for_each(|document| document.text.clear());
}

/// Puts the texts of the documents, in their order, and the words of all spans back; `None` if a span lies outside its text.
pub(crate) fn fill(record: &mut Record, texts: &[String]) -> Option<()> {
    if texts.len() != record.documents.len() {
        return None;
    }
    for (document, text) in record.documents.iter_mut().zip(texts) {
        document.text.clone_from(text);
    }
    let by_id: HashMap<String, usize> = record.documents.iter().enumerate().map(|(at, document)| (document.id.clone(), at)).collect();
    each(record, &mut |document, words| {
        words.text = texts[*by_id.get(document)?].get(words.start..words.end)?.to_owned();
        Some(())
    })
}

type Each<'a> = dyn FnMut(&str, &mut Words) -> Option<()> + 'a;

/// Hands all words of a record to `with`, each with the id of its document.
fn each(record: &mut Record, with: &mut Each<'_>) -> Option<()> {
    for document in &mut record.documents {
        let id = document.id.clone();
        let zones = document.zones.iter_mut().flat_map(|zone| std::iter::once(&mut zone.words).chain(&mut zone.voice));
        all(&id, zones.chain(document.notes.iter_mut().filter_map(|note| note.words.as_mut())), with)?;
        evidence(&mut document.evidence, with)?;
        evidence(&mut document.dating.evidence, with)?;
    }
    for copy in &mut record.copies {
        let (of, by) = (&copy.of, &copy.by);
        for passage in &mut copy.passages {
            with(of, &mut passage.of)?;
            with(by, &mut passage.by)?;
        }
    }
    for person in &mut record.people {
        places(&mut person.mentions, with)?;
        evidence(&mut person.evidence, with)?;
    }
    for statement in &mut record.statements {
        let id = statement.document.clone();
        let chain = statement.chain.iter_mut().filter_map(|relay| relay.words.as_mut());
        let addressee = statement.addressee.iter_mut().filter_map(|addressee| addressee.words.as_mut());
        all(&id, statement.source.iter_mut().chain(&mut statement.cue).chain(&mut statement.content).chain(chain).chain(addressee), with)?;
        evidence(&mut statement.evidence, with)?;
    }
    record.utterances.iter_mut().try_for_each(|it| evidence(&mut it.evidence, with))?;
    for question in &mut record.questions {
        evidence(&mut question.evidence, with)?;
        question.askings.iter_mut().try_for_each(|it| evidence(&mut it.evidence, with))?;
    }
    record.relations.iter_mut().try_for_each(|it| evidence(&mut it.evidence, with))?;
    record.origins.iter_mut().try_for_each(|it| evidence(&mut it.evidence, with))?;
    record.timeline.iter_mut().try_for_each(|entry| place(&mut entry.place, with))
}

fn all<'a>(document: &str, words: impl Iterator<Item = &'a mut Words>, with: &mut Each<'_>) -> Option<()> {
    for words in words {
        with(document, words)?;
    }
    Some(())
}

fn place(place: &mut Place, with: &mut Each<'_>) -> Option<()> {
    with(&place.document, &mut place.words)
}

fn places(places: &mut [Place], with: &mut Each<'_>) -> Option<()> {
    places.iter_mut().try_for_each(|it| place(it, with))
}

fn evidence(evidence: &mut [Evidence], with: &mut Each<'_>) -> Option<()> {
    evidence.iter_mut().try_for_each(|it| places(&mut it.words, with))
}
