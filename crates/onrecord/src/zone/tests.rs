//! What the division into zones must hold.

use super::*;
use crate::token::tokenize;
use proptest::prelude::*;

fn kinds(text: &str) -> String {
    use crate::wire::Named;
    divide(&Document::new("test.txt", text), &tokenize(text)).iter().map(|zone| zone.kind.name()).collect::<Vec<_>>().join("+")
}

proptest! {
    #[test]
    fn zones_cover_the_text(text in "([A-Za-z0-9 .,?!“”'\":#>@()—-]|\n|By |Comments|Q: |I |Read more|\\PC){0,60}") {
        let document = Document::new("test.txt", text.as_str());
        let zones = divide(&document, &tokenize(&document.text));
        let mut end = 0;
        for zone in &zones {
            prop_assert_eq!(zone.span.start(), end);
            prop_assert!(!zone.span.is_empty());
            prop_assert!(text.get(zone.span.range()).is_some());
            prop_assert!(zone.voice.is_none_or(|voice| text.get(voice.range()).is_some()));
            end = zone.span.end();
        }
        prop_assert_eq!(end, text.len());
        prop_assert_eq!(divide(&document, &tokenize(&document.text)), zones);
    }
}

#[test]
fn an_ordinary_article_is_headline_and_reporting() {
    let text = "Harbor of Harrow closes\n\nThe harbor was closed, the board said Monday.\n\n“I guess I was wrong. Who cares? I don’t,” said Mayor Mara Ode. “I wonder if you do!”\n\nIt opens in June, according to Ode.";
    assert_eq!(kinds(text), "headline+reporting");
}
