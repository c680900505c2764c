//! Names that come from what is named, never from the order in which things came: the same in every archive. And who is called by one.

use onrecord::document::Received;
use onrecord::wire::Named;

/// The letters of a name: digits and lower-case letters without those that are easily taken for another.
const LETTERS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
/// Letters of a name, five bits each: among a million documents two have one name with a chance of less than one in a million.
const LENGTH: usize = 12;

/// `kind` and letters made of `of`.
pub(crate) fn name(kind: char, of: &str) -> String {
    let hash = blake3::hash(of.as_bytes());
    let (bits, _) = hash.as_bytes().split_first_chunk::<8>().expect("a hash has more than eight bytes");
    let bits = u64::from_le_bytes(*bits);
    let letter = |at: usize| char::from(LETTERS[(bits >> (5 * at) & 31) as usize]);
    std::iter::once(kind).chain((0..LENGTH).map(letter)).collect()
}

/// The name of everybody of this kind and full name, in every story.
pub(crate) fn everywhere(kind: &str, called: &str) -> String {
    name('p', &format!("{kind} {}", called.to_lowercase()))
}

/// The name of somebody known in one story alone: that of the entity of this number in the document that mentions them first.
pub(crate) fn in_document(document: &str, entity: usize) -> String {
    name('p', &format!("{document} {entity}"))
}

/// Which document something received is, and which version of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// `url:…`, `path:…` or `content:…`.
    pub address: String,
    /// The hash of everything received.
    pub content: [u8; 32],
}

/// Where a document without an address of its own was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// In a file of its own, at this absolute path.
    File(String),
    /// Among others in one file, or in a stream: what stands there tomorrow may be another document.
    Unsettled,
}

impl Identity {
    /// The identity of what was received: by its URL, else by its file, else by what it is.
    pub fn of(received: &Received, place: Place) -> Identity {
        let content = content(received);
        let address = match (&received.document.url, place) {
            (Some(url), _) => format!("url:{url}"),
            (None, Place::File(path)) => format!("path:{path}"),
            (None, Place::Unsettled) => format!("content:{}", blake3::Hash::from_bytes(content).to_hex()),
        };
        Identity { address, content }
    }

    /// The public name of the document.
    pub fn id(&self) -> String {
        name('d', &self.address)
    }
}

/// The hash of everything received but the path, which tells where a copy lies and not what it says.
pub(crate) fn content(received: &Received) -> [u8; 32] {
    let document = &received.document;
    let published = document.published.map(|day| day.to_string());
    let optional = [&document.url, &document.title, &document.outlet, &document.byline, &published];
    let mut hasher = blake3::Hasher::new();
    for part in [Some(document.text.as_str()), Some(received.dated.name())].into_iter().chain(optional.map(|part| part.as_deref())) {
        // The length before each part: no two lists of parts are one row of bytes.
        hasher.update(&part.map_or(u64::MAX, |part| part.len() as u64).to_le_bytes());
        hasher.update(part.unwrap_or_default().as_bytes());
    }
    *hasher.finalize().as_bytes()
}

/// Whether a name is this, or has this for a word, whatever the case.
pub(crate) fn is_called(name: &str, called: &str) -> bool {
    let (name, called) = (name.to_lowercase(), called.to_lowercase());
    name == called || name.split_whitespace().any(|word| word == called)
}

/// Those who are called so: by the whole name, else by a word of it, whatever the case.
pub(crate) fn called<T>(mut all: Vec<T>, name: impl Fn(&T) -> &str, called: &str) -> Vec<T> {
    all.retain(|it| is_called(name(it), called));
    if all.iter().any(|it| name(it).to_lowercase() == called.to_lowercase()) {
        all.retain(|it| name(it).to_lowercase() == called.to_lowercase());
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use onrecord::Document;
    use onrecord::document::Dated;

    fn received(text: &str, outlet: Option<&str>) -> Received {
        Received { document: Document { outlet: outlet.map(str::to_owned), ..Document::new("a.txt", text) }, notes: Vec::new(), dated: Dated::BySource }
    }

    #[test]
    fn a_name_is_that_of_its_address() {
        let at = |path: &str| Identity::of(&received("It rained.", None), Place::File(path.to_owned())).id();
        assert_eq!(at("/news/a.txt").len(), 13);
        assert_eq!(at("/news/a.txt"), at("/news/a.txt"));
        assert_ne!(at("/news/a.txt"), at("/news/b.txt"));
    }

    #[test]
    fn another_text_or_outlet_is_other_content() {
        let content = |text: &str, outlet| Identity::of(&received(text, outlet), Place::Unsettled).content;
        assert_ne!(content("It rained.", None), content("It rained!", None));
        assert_ne!(content("It rained.", None), content("It rained.", Some("Skein")));
        assert_ne!(content("It rained.", Some("")), content("It rained.", None));
    }
}
