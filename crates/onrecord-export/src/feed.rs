//! What is new, as the two forms of feed that readers take: Atom (RFC 4287) and JSON Feed 1.1.

use atom_syndication::{Content, Entry as AtomEntry, Feed as AtomFeed, FixedDateTime, Generator, Link, Text};
use serde_json::{Map, Value, json};

/// The most entries a feed should hold: readers fetch all of it each time.
pub const ENTRIES: usize = 200;

/// What is new, the newest first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Feed {
    /// What tells it from every other, a URN or an address.
    pub id: String,
    /// What it is of.
    pub title: String,
    /// The address of what it is of, where it has one.
    pub home: Option<String>,
    /// The address of the feed itself, where it has one.
    pub own: Option<String>,
    /// What is new.
    pub entries: Vec<Entry>,
}

/// Something new.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Entry {
    /// What tells it from every other, for good.
    pub id: String,
    /// What it is, in a line.
    pub title: String,
    /// When it came, ISO and UTC.
    pub at: String,
    /// The words, as text.
    pub text: String,
    /// Its address, where it has one.
    pub link: Option<String>,
    /// What the JSON feed has of it beside, under `_onrecord`.
    pub more: Option<Value>,
}

impl Feed {
    /// As Atom.
    pub fn atom(&self) -> String {
        let link = |to: &Option<String>, rel: &str| to.as_ref().map(|href| Link { href: href.clone(), rel: rel.to_owned(), ..Link::default() });
        let entry = |entry: &Entry| AtomEntry {
            id: written(&entry.id),
            title: Text::plain(written(&entry.title)),
            updated: moment(&entry.at),
            content: Some(Content { value: Some(written(&entry.text)), content_type: Some("text".to_owned()), ..Content::default() }),
            links: link(&entry.link, "alternate").into_iter().collect(),
            ..AtomEntry::default()
        };
        let feed = AtomFeed {
            id: written(&self.id),
            title: Text::plain(written(&self.title)),
            updated: self.entries.first().map_or_else(FixedDateTime::default, |entry| moment(&entry.at)),
            generator: Some(Generator { value: "onrecord".to_owned(), uri: None, version: Some(env!("CARGO_PKG_VERSION").to_owned()) }),
            links: link(&self.home, "alternate").into_iter().chain(link(&self.own, "self")).collect(),
            entries: self.entries.iter().map(entry).collect(),
            ..AtomFeed::default()
        };
        feed.to_string()
    }

    /// As JSON Feed.
    pub fn json(&self) -> Value {
        let some = |pairs: Vec<(&str, Option<Value>)>| pairs.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect::<Map<_, _>>();
        let text = |text: &Option<String>| text.clone().map(Value::from);
        let item = |entry: &Entry| {
            some(vec![
                ("id", Some(json!(entry.id))),
                ("url", text(&entry.link)),
                ("title", Some(json!(entry.title))),
                ("content_text", Some(json!(entry.text))),
                ("date_published", Some(json!(entry.at))),
                ("_onrecord", entry.more.clone()),
            ])
        };
        Value::Object(some(vec![
            ("version", Some(json!("https://jsonfeed.org/version/1.1"))),
            ("title", Some(json!(self.title))),
            ("home_page_url", text(&self.home)),
            ("feed_url", text(&self.own)),
            ("items", Some(self.entries.iter().map(item).map(Value::Object).collect())),
        ]))
    }
}

/// Without the characters that no XML may hold, however they are escaped.
fn written(text: &str) -> String {
    let is_allowed = |c: char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
    text.chars().filter(|c| is_allowed(*c)).collect()
}

fn moment(at: &str) -> FixedDateTime {
    at.parse().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn feed() -> Feed {
        let entry = Entry {
            id: "urn:onrecord:d1.s1".to_owned(),
            title: "Mara Ode said".to_owned(),
            at: "2031-03-04T10:00:00Z".to_owned(),
            text: "<script>1 & 2\u{0}\u{b}</script> ]]>".to_owned(),
            link: Some("http://127.0.0.1/documents/d1#s1".to_owned()),
            more: None,
        };
        Feed {
            id: "urn:onrecord:d1".to_owned(),
            title: "The bridge".to_owned(),
            home: None,
            own: Some("http://127.0.0.1/x?a=1&b=2".to_owned()),
            entries: vec![entry],
        }
    }

    #[test]
    fn what_words_hold_is_no_markup_and_no_character_that_xml_forbids() {
        let atom = feed().atom();
        assert!(!atom.contains("<script>") && !atom.contains('\u{0}') && !atom.contains('\u{b}'), "{atom}");
        assert!(atom.contains("&lt;script&gt;1 &amp; 2&lt;/script&gt;"), "{atom}");
        let read: AtomFeed = atom.parse().expect("it is Atom");
        let words = read.entries[0].content.as_ref().and_then(|content| content.value.as_deref());
        assert_eq!(words, Some("<script>1 & 2</script> ]]>"));
    }

    #[test]
    fn the_feed_is_as_new_as_its_newest_entry() {
        assert!(feed().atom().contains("<updated>2031-03-04T10:00:00+00:00</updated>"));
        assert_eq!(Feed::default().json()["items"], json!([]));
        let json = feed().json();
        assert_eq!(
            (json["items"][0]["date_published"].as_str(), json["feed_url"].as_str()),
            (Some("2031-03-04T10:00:00Z"), Some("http://127.0.0.1/x?a=1&b=2"))
        );
        assert!(json.get("home_page_url").is_none());
    }
}
