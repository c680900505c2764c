//! Leafing through a long list: which part of it an address asks for, and the addresses of the parts beside it.

use onrecord_archive::{Cut, Part};
use serde::Deserialize;

/// Which part of a list.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Leaf {
    /// What comes after this; as a part before it ended.
    #[serde(default)]
    after: Option<String>,
    /// What comes before this.
    #[serde(default)]
    before: Option<String>,
}

impl Leaf {
    /// As the archive takes it.
    pub(crate) fn cut(&self) -> Cut {
        match (&self.after, &self.before) {
            (Some(after), _) => Cut::After(after.clone()),
            (None, Some(before)) => Cut::Before(before.clone()),
            (None, None) => Cut::First,
        }
    }

    /// Whether it is the first part.
    pub(crate) fn is_first(&self) -> bool {
        self.cut() == Cut::First
    }
}

/// The addresses of the parts beside one.
pub(crate) struct Pages {
    pub(crate) before: Option<String>,
    pub(crate) next: Option<String>,
}

impl Pages {
    /// Of a part of the list at `path`, asked with these fields.
    pub(crate) fn of<T>(part: &Part<T>, path: &str, fields: &[(&str, &str)]) -> Pages {
        let to = |name: &'static str, key: &String| address(path, &[fields, &[(name, key.as_str())]].concat());
        Pages { before: part.before.as_ref().map(|key| to("before", key)), next: part.next.as_ref().map(|key| to("after", key)) }
    }
}

/// An address with its fields; empty ones are left out.
pub(crate) fn address(path: &str, fields: &[(&str, &str)]) -> String {
    let given: Vec<String> = fields.iter().filter(|(_, value)| !value.is_empty()).map(|(name, value)| format!("{name}={}", encoded(value))).collect();
    if given.is_empty() { path.to_owned() } else { format!("{path}?{}", given.join("&")) }
}

/// As it stands in an address.
fn encoded(value: &str) -> String {
    let byte = |byte: u8| if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    value.bytes().map(byte).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_holds_what_is_given() {
        assert_eq!(address("/people", &[("begins", ""), ("after", "3~Ada & Co~p1")]), "/people?after=3~Ada%20%26%20Co~p1");
        assert_eq!(address("/people", &[("begins", "")]), "/people");
    }

    #[test]
    fn parts_beside_a_part_keep_what_was_asked() {
        let part = Part { items: vec![1], before: None, next: Some("3".to_owned()) };
        let pages = Pages::of(&part, "/news", &[("on", "said")]);
        assert_eq!((pages.before, pages.next.as_deref()), (None, Some("/news?on=said&after=3")));
    }
}
