//! Documents date each other, and never by guess.

use super::*;
use crate::document::Document;
use crate::person;
use crate::read::read_marked;
use crate::reader::Reader;
use crate::tagged;
use jiff::civil::date;
use std::sync::LazyLock;

fn accounts(texts: &[(&str, Option<Date>)]) -> Vec<Account> {
    static READER: LazyLock<Reader> = LazyLock::new(Reader::built_in);
    let account = |(text, published): &(&str, Option<Date>)| {
        let tagged = tagged::parse(text);
        let document = Document { published: *published, ..Document::new("x.txt", tagged.text) };
        Account::of(read_marked(document, tagged.tokens, tagged.readout), &READER)
    };
    texts.iter().map(account).collect()
}

fn settled(texts: &[(&str, Option<Date>)]) -> Calendar {
    let accounts = accounts(texts);
    let accounts: Vec<&Account> = accounts.iter().collect();
    settle(&accounts, &person::link(&accounts, &[]).people)
}

const DATED: &str = "The <LOC>Harrow Dam</LOC> burst on Tuesday after heavy rain in the <LOC>Vesper Valley</LOC>.";

#[test]
fn without_any_date_nothing_is_dated() {
    let calendar = settled(&[(DATED, None), ("The <LOC>Harrow Dam</LOC> burst today after heavy rain in the <LOC>Vesper Valley</LOC>.", None)]);
    assert!((0..2).all(|at| calendar.day(at).dating.date.is_none() && calendar.day(at).bounds.is_none()));
}

const TOLD: &str = "The <LOC>Harrow Dam</LOC> burst on Tuesday after heavy rain in the <LOC>Vesper Valley</LOC>. \
    <source><PER>Mara Ode</PER></source> <cue>told</cue> reporters on Wednesday: <content>“The valley is safe and nobody needs to leave their homes”</content>.";

const TOLD_AGAIN: &str = "The <LOC>Harrow Dam</LOC> burst yesterday after heavy rain in the <LOC>Vesper Valley</LOC>. \
    <source><PER>Mara Ode</PER></source> <cue>told</cue> reporters today: <content>“The valley is safe and nobody needs to leave their homes”</content>.";

#[test]
fn what_both_tell_dates_the_one_by_the_other() {
    let calendar = settled(&[(TOLD, Some(date(2031, 3, 6))), (TOLD_AGAIN, None)]);
    assert_eq!(calendar.day(1).dating.date, Some(date(2031, 3, 5)));
    assert!(!calendar.day(1).evidence.is_empty());
}

#[test]
fn the_order_of_documents_does_not_matter() {
    let calendar = settled(&[(TOLD_AGAIN, None), (TOLD, Some(date(2031, 3, 6)))]);
    assert_eq!(calendar.day(0).dating.date, Some(date(2031, 3, 5)));
}

#[test]
fn several_days_that_fit_only_bound_it() {
    let calendar = settled(&[(TOLD, Some(date(2031, 3, 6))), (TOLD, None)]);
    let day = calendar.day(1);
    assert_eq!(day.dating.date, None);
    let bounds = day.bounds.clone().expect("a few days fit");
    assert!(bounds.start <= Some(date(2031, 3, 5)) && bounds.end >= Some(date(2031, 3, 6)), "{bounds:?}");
    assert_eq!(day.times.iter().next().and_then(|time| time.interval.clone()).and_then(|interval| interval.start), Some(date(2031, 3, 4)));
}

#[test]
fn another_matter_dates_nothing() {
    let calendar = settled(&[(DATED, Some(date(2031, 3, 7))), ("Mara Ode opened a school in Sallow today with songs and speeches.", None)]);
    assert!(calendar.day(1).dating.date.is_none() && calendar.day(1).bounds.is_none());
}

#[test]
fn who_quotes_words_wrote_after_they_were_said() {
    let later = "The <LOC>Harrow Dam</LOC> burst on Tuesday. <source><PER>Mara Ode</PER></source> <cue>said</cue>: \
        <content>“The valley is safe and nobody needs to leave their homes”</content>.";
    let earlier = later.replace("nobody needs to leave their homes", "it is as dry as it ever was");
    let first = |text: &str| {
        let calendar = settled(&[(TOLD, Some(date(2031, 3, 6))), (text, None)]);
        let day = calendar.day(1);
        day.dating.date.or(day.bounds.as_ref().and_then(|bounds| bounds.start))
    };
    assert!(first(later) >= Some(date(2031, 3, 5)), "{:?}", first(later));
    assert!(first(&earlier) < Some(date(2031, 3, 5)), "{:?}", first(&earlier));
}
