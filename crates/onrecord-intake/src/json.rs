//! Reads articles from JSON and JSON Lines, by the names archives, scrapers and schema.org give their fields.

use crate::day::{day, day_of_seconds};
use crate::error::{Error, Problem};
use crate::{Article, Articles, Limits, joined, worded};
use jiff::civil::Date;
use onrecord::Document;
use onrecord::evidence::Note;
use serde_json::{Map, Value};
use std::io::BufRead;

type Object = Map<String, Value>;

// The names of each field, the first found wins: ours, then news-please, schema.org, GDELT and common scrapers.
const TEXT: &[&str] = &["text", "maintext", "articleBody", "article_body", "body", "content", "full_text", "fulltext", "article", "story", "raw_text"];
const TITLE: &[&str] = &["title", "headline", "headLine", "name"];
const OUTLET: &[&str] = &[
    "outlet",
    "publisher",
    "publication",
    "site_name",
    "sitename",
    "source_name",
    "newspaper",
    "provider",
    "source",
    "source_domain",
    "sourceDomain",
    "domain",
];
const BYLINE: &[&str] = &["byline", "author", "authors", "creator"];
const DATE: &[&str] = &[
    "published",
    "date",
    "datePublished",
    "date_publish",
    "date_published",
    "published_at",
    "publishedAt",
    "publish_date",
    "published_date",
    "publication_date",
    "pubDate",
    "pubdate",
    "pub_date",
    "webPublicationDate",
    "dateCreated",
    "date_created",
    "created_at",
    "timestamp",
];
const URL: &[&str] = &["url", "link", "canonical_url", "webUrl", "mainEntityOfPage", "@id"];
/// Fields under which an object keeps a list of articles.
const LISTS: &[&str] = &["@graph", "articles", "documents", "items", "results", "data", "hits"];
/// Fields under which an object keeps the article itself; ours is that of `onrecord.reading/1`.
const WRAPPERS: &[&str] = &["document", "_source", "fields"];

/// The articles of a whole JSON text: one object, a list of them, or an object that holds a list.
pub(crate) fn whole(name: String, text: String, notes: Vec<Note>, limits: &Limits) -> Articles {
    let limits = *limits;
    let value = match serde_json::from_str::<Value>(text.trim_start_matches('\u{feff}')) {
        Ok(value) => value,
        // Some archives name their JSON Lines `.json`.
        Err(_) if is_lines(&text) => return lines(name, Box::new(std::io::Cursor::new(text.into_bytes())), &limits),
        Err(error) => {
            let line = error.line();
            return Box::new(std::iter::once(Err(Error::on_line(name, line, Problem::Json(error.to_string())))));
        }
    };
    let objects = articles_of(value);
    let is_one = objects.len() == 1;
    if objects.is_empty() {
        return Box::new(std::iter::once(Err(Error::new(name, Problem::NoText))));
    }
    Box::new(objects.into_iter().enumerate().map(move |(at, value)| {
        let name = if is_one { name.clone() } else { format!("{name}#{}", at + 1) };
        article(name, value, notes.clone(), &limits)
    }))
}

/// The articles of JSON Lines, one a line, read as they are asked for. Blank lines count but are passed over.
pub(crate) fn lines(name: String, mut input: Box<dyn BufRead + Send>, limits: &Limits) -> Articles {
    let limits = *limits;
    let (mut number, mut buffer) = (0, Vec::new());
    Box::new(
        std::iter::from_fn(move || {
            loop {
                number += 1;
                buffer.clear();
                match input.read_until(b'\n', &mut buffer) {
                    Ok(0) if number == 1 => return Some(Err(Error::new(name.as_str(), Problem::Empty))),
                    Ok(0) => return None,
                    Ok(_) if buffer.trim_ascii().is_empty() => {}
                    Ok(_) => return Some(line(&name, number, &buffer, &limits)),
                    Err(error) => {
                        input = Box::new(std::io::empty());
                        return Some(Err(Error::on_line(name.as_str(), number, Problem::Unreadable(error))));
                    }
                }
            }
        })
        .fuse(),
    )
}

fn line(name: &str, number: usize, bytes: &[u8], limits: &Limits) -> Result<Article, Error> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let value = serde_json::from_slice(bytes).map_err(|error| Error::on_line(name, number, Problem::Json(error.to_string())))?;
    article(format!("{name}:{number}"), value, Vec::new(), limits)
}

fn is_lines(text: &str) -> bool {
    let first = text.lines().find(|line| !line.trim().is_empty());
    first.is_some_and(|line| matches!(serde_json::from_str(line), Ok(Value::Object(_))))
}

/// The objects of `value` that are articles; all of its objects where none has a text, so that each says what it lacks.
fn articles_of(value: Value) -> Vec<Value> {
    let mut listed = match value {
        Value::Array(items) => items,
        Value::Object(mut object) if strings(&object, TEXT).is_none() => {
            let list = LISTS.iter().find(|key| object.get(**key).is_some_and(Value::is_array));
            match list.and_then(|key| object.remove(*key)) {
                Some(Value::Array(items)) => items,
                _ => vec![Value::Object(object)],
            }
        }
        other => vec![other],
    };
    // schema.org graphs list the page, its crumbs and its publisher beside the article.
    let has_text = |item: &Value| item.as_object().is_some_and(|object| object.contains_key("articleBody"));
    if listed.iter().any(has_text) {
        listed.retain(has_text);
    }
    listed
}

fn article(name: String, value: Value, mut notes: Vec<Note>, limits: &Limits) -> Result<Article, Error> {
    let Value::Object(object) = value else { return Err(Error::new(name, Problem::NoText)) };
    let object = unwrapped(object);
    let Some(body) = strings(&object, TEXT).filter(|body| !body.trim().is_empty()) else { return Err(Error::new(name, Problem::NoText)) };
    let title = strings(&object, TITLE).map(|title| title.trim().to_owned()).filter(|title| !title.is_empty());
    let text = joined(title.as_deref(), &body);
    let length = text.len() as u64;
    if length > limits.article {
        return Err(Error::new(name, Problem::TooLarge { size: Some(length), most: limits.article }));
    }
    let (published, odd) = published(&object);
    notes.extend(odd);
    let document = Document { path: name, text, title, outlet: named(&object, OUTLET), byline: named(&object, BYLINE), published, url: named(&object, URL) };
    worded(Article { document, notes })
}

fn unwrapped(mut object: Object) -> Object {
    for key in WRAPPERS {
        if strings(&object, TEXT).is_none()
            && object.get(*key).is_some_and(Value::is_object)
            && let Some(Value::Object(inner)) = object.remove(*key)
        {
            return inner;
        }
    }
    object
}

/// The first of `keys` that holds text; a list of texts is a list of paragraphs.
fn strings(object: &Object, keys: &[&str]) -> Option<String> {
    keys.iter().filter_map(|key| object.get(*key)).find_map(|value| match value {
        Value::String(text) if !text.trim().is_empty() => Some(text.clone()),
        Value::Array(items) if !items.is_empty() && items.iter().all(Value::is_string) => {
            Some(items.iter().filter_map(Value::as_str).collect::<Vec<_>>().join("\n\n"))
        }
        _ => None,
    })
}

/// The first of `keys` that names somebody: a text, an object with a name, or a list of them.
fn named(object: &Object, keys: &[&str]) -> Option<String> {
    keys.iter().filter_map(|key| object.get(*key)).find_map(name_of)
}

fn name_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
        Value::Object(object) => named(object, &["name", "title", "@id", "id"]),
        Value::Array(items) => {
            let names: Vec<String> = items.iter().filter_map(name_of).collect();
            Some(names.join(", ")).filter(|names| !names.is_empty())
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => None,
    }
}

/// The first date that can be read; a note if dates are given and none can.
fn published(object: &Object) -> (Option<Date>, Option<Note>) {
    let mut unread = None;
    for value in DATE.iter().filter_map(|key| object.get(*key)) {
        let told = match value {
            Value::String(written) => day(written),
            Value::Number(number) => number.as_f64().and_then(|seconds| day_of_seconds(seconds as i64)),
            _ => None,
        };
        match (told, value) {
            (Some(day), _) => return (Some(day), None),
            (None, Value::String(written)) if !written.trim().is_empty() && written != "None" => unread = unread.or(Some(written)),
            (None, _) => {}
        }
    }
    let note = unread.map(|written| Note {
        kind: "date-not-read",
        span: None,
        message: format!("the date {written} cannot be read for sure; write it as 2031-03-05"),
    });
    (None, note)
}

#[cfg(test)]
mod tests {
    use crate::{Article, Limits, from_bytes};

    fn taken(name: &str, text: &str) -> Vec<Result<Article, String>> {
        from_bytes(name, text.into(), &Limits::default()).map(|it| it.map_err(|error| error.to_string())).collect()
    }

    fn first(name: &str, text: &str) -> Article {
        taken(name, text).remove(0).unwrap()
    }

    #[test]
    fn news_please() {
        let text = r#"{"authors": ["Ana Pell", "Ivo Gray"], "date_publish": "2031-03-05 10:15:00", "maintext": "It rained.", "title": "Bridge shut",
            "source_domain": "harrowpost.example", "url": "https://harrowpost.example/1", "language": "en"}"#;
        let document = first("a.json", text).document;
        assert_eq!(document.text, "Bridge shut\n\nIt rained.");
        assert_eq!(document.byline.as_deref(), Some("Ana Pell, Ivo Gray"));
        assert_eq!(document.outlet.as_deref(), Some("harrowpost.example"));
        assert_eq!(document.published.map(|day| day.to_string()).as_deref(), Some("2031-03-05"));
        assert_eq!(document.path, "a.json");
    }

    #[test]
    fn schema_org_in_a_graph() {
        let text = r#"{"@context": "https://schema.org", "@graph": [{"@type": "WebSite", "name": "The Harrow Post"},
            {"@type": "NewsArticle", "headline": "Bridge shut", "articleBody": "It rained.", "datePublished": "2031-03-05T08:00:00+01:00",
             "author": {"@type": "Person", "name": "Ana Pell"}, "publisher": {"@type": "Organization", "name": "The Harrow Post"},
             "mainEntityOfPage": {"@id": "https://harrowpost.example/1"}}]}"#;
        let document = first("a.json", text).document;
        assert_eq!((document.title.as_deref(), document.outlet.as_deref()), (Some("Bridge shut"), Some("The Harrow Post")));
        assert_eq!((document.byline.as_deref(), document.url.as_deref()), (Some("Ana Pell"), Some("https://harrowpost.example/1")));
    }

    #[test]
    fn lines_are_named_by_number_and_fail_alone() {
        let text = "{\"text\": \"One.\"}\n\n{\"text\": \n{\"title\": \"no body\"}\n{\"text\": \"Two.\", \"date\": 1930471200}\n";
        let taken = taken("a.jsonl", text);
        assert_eq!(taken.len(), 4);
        assert_eq!(taken[0].as_ref().unwrap().document.path, "a.jsonl:1");
        assert!(taken[1].as_ref().unwrap_err().starts_with("could not read a.jsonl:3: it is not JSON"));
        assert!(taken[2].as_ref().unwrap_err().contains("a.jsonl:4: there is no article text"));
        assert_eq!(taken[3].as_ref().unwrap().document.published.unwrap().to_string(), "2031-03-05");
    }

    #[test]
    fn arrays_lists_and_streams() {
        assert_eq!(taken("a.json", r#"[{"text": "One."}, {"body": "Two."}]"#)[1].as_ref().unwrap().document.path, "a.json#2");
        assert_eq!(taken("a.json", r#"{"articles": [{"content": ["One.", "Two."]}]}"#)[0].as_ref().unwrap().document.text, "One.\n\nTwo.");
        assert_eq!(taken("stdin", "{\"text\": \"One.\"}\n{\"text\": \"Two.\"}").len(), 2);
        assert_eq!(taken("stdin", "{not json} It rained.")[0].as_ref().unwrap().document.text, "{not json} It rained.");
        assert_eq!(taken("a.json", "{\"text\": \"One.\"}\n{\"text\": \"Two.\"}").len(), 2);
    }

    #[test]
    fn a_date_that_could_be_two_is_noted() {
        let article = first("a.json", r#"{"text": "It rained.", "date": "05/03/2031"}"#);
        assert_eq!((article.document.published, article.notes[0].kind), (None, "date-not-read"));
    }

    #[test]
    fn a_reading_gives_its_document_back() {
        let article = first("a.json", r#"{"schema": "onrecord.reading/1", "document": {"path": "x", "text": "It rained.", "published": "2031-03-05"}}"#);
        assert_eq!(article.document.text, "It rained.");
        assert!(article.document.published.is_some());
    }
}
