//! Who carries words and who does not: small records of a few articles.

use super::*;
use serde_json::{Value, json};

const QUOTE: &str = "the harbour wall was never inspected after the storm of that winter";

/// A record: each article with its outlet, its day and whether it holds [`QUOTE`].
fn record(articles: &[(&str, Option<&str>, bool)], copies: &[(usize, usize)]) -> Record {
    let mut statements: Vec<Value> = Vec::new();
    let mut utterances: Vec<Value> = Vec::new();
    let mut own: Vec<String> = Vec::new();
    for (at, (_, _, holds)) in articles.iter().enumerate() {
        let id = format!("s{}", at + 1);
        let words = if *holds { QUOTE } else { "It rained all the day long." };
        statements.push(json!({
            "id": id, "document": format!("d{}", at + 1), "source": null, "speaker": "p1", "cue": [], "content": [{"start": 0, "end": words.len(), "text": words}],
            "form": "direct", "act": "assertion", "factuality": "actual", "sourcing": "named", "known_through": "on_record", "chain": [], "said": null,
            "addressee": null, "within": null, "confidence": 1.0, "evidence": []
        }));
        if *holds {
            own.push(id);
        } else {
            utterances
                .push(json!({"id": format!("u{}", at + 2), "statements": [id], "renderings": ["verbatim"], "speaker": "p1", "said": null, "evidence": []}));
        }
    }
    let renderings: Vec<&str> = own.iter().map(|_| "verbatim").collect();
    utterances.push(json!({"id": "u1", "statements": own, "renderings": renderings, "speaker": "p1", "said": null, "evidence": []}));
    let document = |(at, (outlet, day, holds)): (usize, &(&str, Option<&str>, bool))| {
        json!({
            "id": format!("d{}", at + 1), "path": format!("{at}.txt"), "outlet": outlet, "title": null, "byline": null, "published": day,
            "dating": {"date": day, "bounds": null, "basis": "given", "evidence": []}, "url": null, "zones": [], "evidence": [], "notes": [],
            "text": if *holds { QUOTE } else { "It rained all the day long." }
        })
    };
    let copies: Vec<Value> =
        copies.iter().map(|(of, by)| json!({"of": format!("d{of}"), "by": format!("d{by}"), "kind": "near_copy", "passages": []})).collect();
    serde_json::from_value(json!({
        "schema": "onrecord.record/1", "documents": articles.iter().enumerate().map(document).collect::<Vec<_>>(), "copies": copies,
        "people": [{"id": "p1", "name": "Mara Ode", "kind": "person", "aliases": [], "roles": [], "mentions": [], "may_be": [], "evidence": []}],
        "statements": statements, "utterances": utterances, "questions": [], "relations": [], "origins": [], "timeline": [], "brief": {"sentences": [], "dropped": []}
    }))
    .expect("the record of a test is one")
}

/// Who carries the words and who does not, outlet by outlet.
fn told(record: &Record) -> Vec<(Vec<String>, Vec<String>)> {
    let outlets = |tellings: &[Telling]| tellings.iter().map(|telling| telling.outlets.join("+")).collect::<Vec<_>>();
    left_out(record).iter().filter(|it| it.utterance == "u1").map(|it| (outlets(&it.carried), outlets(&it.without))).collect()
}

const DAY: Option<&str> = Some("2031-03-04");

#[test]
fn what_one_of_three_carries_is_told() {
    let record = record(&[("Courier", DAY, true), ("Skein", DAY, false), ("Herald", DAY, false)], &[]);
    assert_eq!(told(&record), [(vec!["Courier".to_owned()], vec!["Skein".to_owned(), "Herald".to_owned()])]);
}

#[test]
fn one_other_says_nothing() {
    assert!(told(&record(&[("Courier", DAY, true), ("Skein", DAY, false)], &[])).is_empty());
}

#[test]
fn copies_are_one_telling_on_either_side() {
    // Two outlets ran one text without the words: that is one telling without them, too few.
    let without = record(&[("Courier", DAY, true), ("Skein", DAY, false), ("Herald", DAY, false)], &[(2, 3)]);
    assert!(told(&without).is_empty());
    let with = record(&[("Courier", DAY, true), ("Skein", DAY, true), ("Herald", DAY, false), ("Globe", DAY, false)], &[(1, 2)]);
    assert_eq!(told(&with), [(vec!["Courier+Skein".to_owned()], vec!["Herald".to_owned(), "Globe".to_owned()])]);
}

#[test]
fn who_wrote_before_it_was_said_or_long_after_or_without_a_day_left_nothing_out() {
    let articles = [("Courier", DAY, true), ("Skein", Some("2031-03-03"), false), ("Herald", Some("2031-03-20"), false), ("Globe", None, false)];
    assert!(told(&record(&articles, &[])).is_empty());
}

#[test]
fn an_outlet_that_carries_it_elsewhere_left_nothing_out() {
    assert!(told(&record(&[("Courier", DAY, true), ("Courier", DAY, false), ("Herald", DAY, false)], &[])).is_empty());
}

#[test]
fn what_half_carry_is_not_left_out() {
    let record = record(&[("Courier", DAY, true), ("Skein", DAY, true), ("Herald", DAY, false), ("Globe", DAY, false)], &[]);
    assert!(told(&record).is_empty());
}

#[test]
fn most_of_the_words_in_a_paragraph_may_be_the_same_in_other_words() {
    let mut record = record(&[("Courier", DAY, true), ("Skein", DAY, false), ("Herald", DAY, false)], &[]);
    record.documents[1].text = "It rained.\nNobody, she told us, inspected the harbour wall once the winter storm was over.".to_owned();
    assert!(told(&record).is_empty());
}

#[test]
fn what_a_claim_ties_to_it_carries_it() {
    let mut record = record(&[("Courier", DAY, true), ("Skein", DAY, false), ("Herald", DAY, false)], &[]);
    record.origins = serde_json::from_value(json!([{"id": "o1", "claim": QUOTE, "statements": ["s1", "s2"], "origins": [], "independent": 1, "evidence": []}]))
        .expect("the claim of a test is one");
    assert!(told(&record).is_empty());
}

#[test]
fn what_was_not_said_is_left_out_by_nobody() {
    let mut record = record(&[("Courier", DAY, true), ("Skein", DAY, false), ("Herald", DAY, false)], &[]);
    record.statements[0].factuality = Factuality::Negated;
    assert!(told(&record).is_empty());
}
