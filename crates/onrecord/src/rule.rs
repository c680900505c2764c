//! A rule's page: what it finds, what it must not, what it still gets wrong; executed as tests.
//!
//! A page is Markdown with the lists `## Finds`, `## Near misses` and `## Known misses`. Each item is
//!
//! ```text
//! - (date 2031-03-05; outlet The Harrow Post) `<source>Ode</source> <cue>denied</cue> <content>it</content>.` → `act=denial`
//! ```
//!
//! The parenthesis is optional. In the text `⏎` is a line break and `¶` an empty line between paragraphs; tags are
//! those of [`crate::tagged`]. The expectation is a list of `key=value` divided by `;`, compared by the stage's check.
//! Known misses assert today's wrong answer.

/// One rule's page.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    /// `act/denial`, from the heading.
    pub name: String,
    /// Every example of the page.
    pub cases: Vec<Case>,
}

/// One example.
#[derive(Clone, Debug, PartialEq)]
pub struct Case {
    /// Which list it stands in.
    pub list: List,
    /// The line of the page, from 1.
    pub line: usize,
    /// What is given beside the text: `date`, `outlet`, `title` …
    pub given: Vec<(String, String)>,
    /// The text with its tags.
    pub text: String,
    /// What must hold, as `(key, value)`.
    pub expected: Vec<(String, String)>,
}

/// The three lists of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum List {
    /// What the rule finds.
    Finds,
    /// What looks like it and is not.
    NearMisses,
    /// What it gets wrong today.
    KnownMisses,
}

/// Reads a page; the error names the line.
pub fn parse(page: &str) -> Result<Page, String> {
    let (mut name, mut list, mut cases) = (None, None, Vec::new());
    for (at, line) in page.lines().enumerate() {
        if let Some(heading) = line.strip_prefix("# ") {
            name = Some(heading.trim().to_owned());
        } else if let Some(heading) = line.strip_prefix("## ") {
            list = match heading.trim() {
                "Finds" => Some(List::Finds),
                "Near misses" => Some(List::NearMisses),
                "Known misses" => Some(List::KnownMisses),
                _ => None,
            };
        } else if let (Some(list), Some(item)) = (list, line.strip_prefix("- ")) {
            let (given, text, expected) = item_of(item).ok_or_else(|| format!("line {}: an example reads - `text` → `key=value`", at + 1))?;
            cases.push(Case { list, line: at + 1, given, text, expected });
        }
    }
    Ok(Page { name: name.ok_or("a page opens with # NAME")?, cases })
}

type Pairs = Vec<(String, String)>;

fn item_of(item: &str) -> Option<(Pairs, String, Pairs)> {
    let (given, rest) = match item.strip_prefix('(') {
        Some(rest) => rest.split_once(") `").map(|(given, rest)| (given, rest.to_owned()))?,
        None => ("", item.strip_prefix('`')?.to_owned()),
    };
    let (text, expected) = rest.split_once("` → `")?;
    let expected = expected.strip_suffix('`')?;
    Some((pairs(given, ' '), text.replace('⏎', "\n").replace('¶', "\n\n"), pairs(expected, '=')))
}

fn pairs(list: &str, between: char) -> Pairs {
    list.split(';')
        .map(str::trim)
        .filter(|pair| !pair.is_empty())
        .map(|pair| pair.split_once(between).unwrap_or((pair, "")))
        .map(|(key, value)| (key.trim().to_owned(), value.trim().to_owned()))
        .collect()
}
