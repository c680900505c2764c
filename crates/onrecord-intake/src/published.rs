//! Finds the day a web page says it was published on, in its JSON-LD, else in its meta tags.
//!
//! `trafilatura` finds dates too, but drops those after today, so that its answer depends on the clock.

use crate::day::day;
use jiff::civil::Date;
use serde_json::Value;

/// The names pages give the day of publication, best first.
const NAMES: &[&str] = &[
    "article:published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "article.published",
    "og:published_time",
    "dc.date.issued",
    "dcterms.created",
    "dc.date",
    "publishdate",
    "publish-date",
    "publish_date",
    "pubdate",
    "publication_date",
    "date.release",
    "cxenseparse:recs:publishtime",
    "date",
];

/// The day the page `html` was published on, if it says so.
pub(crate) fn published(html: &str) -> Option<Date> {
    in_scripts(html).or_else(|| in_metas(html))
}

fn in_scripts(html: &str) -> Option<Date> {
    tags(html, "script").filter(|(tag, _)| tag.contains("ld+json")).find_map(|(_, after)| {
        let script = &after[..after.find("</").unwrap_or(after.len())];
        match serde_json::from_str::<Value>(script.trim()) {
            Ok(value) => within(&value),
            Err(_) => loosely(script),
        }
    })
}

fn within(value: &Value) -> Option<Date> {
    match value {
        Value::Object(object) => {
            let own = object.get("datePublished").and_then(Value::as_str).and_then(day);
            own.or_else(|| object.values().find_map(within))
        }
        Value::Array(items) => items.iter().find_map(within),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => None,
    }
}

/// Scripts that are no JSON (a raw line break in a string is enough) still show the field.
fn loosely(script: &str) -> Option<Date> {
    let after = script.split_once("\"datePublished\"")?.1;
    day(after.trim_start_matches([' ', ':', '\n', '\t']).strip_prefix('"')?.split('"').next()?)
}

fn in_metas(html: &str) -> Option<Date> {
    let told = |(tag, _): (&str, &str)| {
        let name = ["property", "name", "itemprop"].iter().find_map(|key| attribute(tag, key))?.to_ascii_lowercase();
        let rank = NAMES.iter().position(|known| *known == name)?;
        Some((rank, day(attribute(tag, "content")?)?))
    };
    tags(html, "meta").filter_map(told).min_by_key(|(rank, _)| *rank).map(|(_, day)| day)
}

/// The tags of this name, each without its brackets and with all that comes after it.
fn tags<'a>(html: &'a str, name: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
    html.match_indices('<').filter_map(move |(at, _)| {
        let tag = &html[at + 1..];
        let is_named = tag.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name)) && tag[name.len()..].starts_with([' ', '\n', '\t', '\r']);
        let end = if is_named { tag.find('>')? } else { return None };
        Some((&tag[..end], &tag[end + 1..]))
    })
}

/// The value of an attribute, in quotation marks or bare.
fn attribute<'a>(tag: &'a str, key: &str) -> Option<&'a str> {
    let is_start = |at: usize| tag[..at].ends_with([' ', '\n', '\t', '\r']);
    let (at, _) = tag.match_indices(key).find(|(at, _)| is_start(*at) && tag[at + key.len()..].trim_start().starts_with('='))?;
    let value = tag[at + key.len()..].trim_start().strip_prefix('=')?.trim_start();
    match value.chars().next()? {
        mark @ ('"' | '\'') => value[1..].split(mark).next(),
        _ => value.split_whitespace().next(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(html: &str) -> Option<String> {
        published(html).map(|day| day.to_string())
    }

    #[test]
    fn scripts_come_before_meta_tags() {
        let meta = "<meta content='2031-03-06T10:00:00Z' property='article:published_time'>";
        let script = r#"<script type="application/ld+json">{"@graph": [{"@type": "WebPage"}, {"datePublished": "2031-03-05T08:00:00Z"}]}</script>"#;
        let broken = "<script type=application/ld+json>{\"headline\": \"a\nb\", \"datePublished\": \"2031-03-05\"}</script>";
        assert_eq!(told(&format!("{meta}{script}")).as_deref(), Some("2031-03-05"));
        assert_eq!(told(broken).as_deref(), Some("2031-03-05"));
        assert_eq!(told(meta).as_deref(), Some("2031-03-06"));
    }

    #[test]
    fn the_best_meta_tag_wins_and_other_dates_do_not_count() {
        let page = "<META name=date content=2031-03-07>\n<meta name=\"pubdate\" content=\"March 5, 2031\"><meta name=\"article:modified_time\" content=\"2031-04-01\">";
        assert_eq!(told(page).as_deref(), Some("2031-03-05"));
        assert_eq!(told("<p>2031-03-05</p><meta name=\"article:modified_time\" content=\"2031-04-01\"><meta"), None);
    }
}
