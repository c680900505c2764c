//! Links to the web, and to the exact words on a page.
//!
//! A link to words is a text fragment (`#:~:text=first words,last words`): a browser opens the page, finds the words and lights
//! them up. A browser that knows no text fragments opens the page.

use std::fmt::Write;

/// Words at each end of a passage that find it: enough to be rare in an article, few enough to stand on one line of it.
const ENDS: usize = 5;
/// No link is longer: the most that Excel takes, and browsers take more.
const LONGEST: usize = 2_000;

/// The address, if it is one that a browser opens from elsewhere: no script, no file, no blank.
pub fn web(url: &str) -> Option<&str> {
    let is_web = ["https://", "http://"].iter().any(|scheme| url.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)));
    let is_whole = url.len() <= LONGEST && !url.contains(|c: char| c.is_whitespace() || c.is_control() || matches!(c, '"' | '<' | '>' | '`' | '\\'));
    (is_web && is_whole).then_some(url)
}

/// A link that opens the page at `url` where `words` stand.
///
/// ```
/// let link = onrecord_export::to_place("https://skein.example/1", "We saw it fall");
/// assert_eq!(link.as_deref(), Some("https://skein.example/1#:~:text=We%20saw%20it%20fall"));
/// assert_eq!(onrecord_export::to_place("javascript:alert(1)", "We saw it fall"), None);
/// ```
pub fn to_place(url: &str, words: &str) -> Option<String> {
    let url = web(url)?;
    // What the address itself has behind its # stays, but for a text fragment of its own.
    let plain = url.split_once(":~:").map_or(url, |(before, _)| before);
    let directive = directive(words);
    let mark = if plain.contains('#') { "" } else { "#" };
    let link = format!("{plain}{mark}:~:text={directive}");
    Some(if directive.is_empty() || link.len() > LONGEST { url.to_owned() } else { link })
}

/// The passage by its first and its last words. Both are words of one line: a passage that runs over several paragraphs is found by its ends alone.
fn directive(words: &str) -> String {
    // Marks at the ends differ between a page and the text that was kept of it (curly and straight), and do not help to find.
    let words = words.trim_matches(|c: char| !c.is_alphanumeric());
    let lines: Vec<&str> = words.lines().filter(|line| !line.trim().is_empty()).collect();
    let (Some(first), Some(last)) = (lines.first(), lines.last()) else { return String::new() };
    let (head, tail): (Vec<&str>, Vec<&str>) = (first.split_whitespace().collect(), last.split_whitespace().collect());
    if lines.len() == 1 && head.len() <= 2 * ENDS {
        return encoded(&head.join(" "));
    }
    let head = &head[..head.len().min(ENDS)];
    let tail = &tail[tail.len().saturating_sub(ENDS)..];
    format!("{},{}", encoded(&head.join(" ")), encoded(&tail.join(" ")))
}

/// Percent signs for all but letters, digits and what means nothing in a fragment; `-` and `,` mean something in a directive.
fn encoded(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for byte in words.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' | b'_' | b'~' => out.push(char::from(byte)),
            // Writing to a String cannot fail.
            _ => drop(write!(out, "%{byte:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_passage_is_found_by_its_ends() {
        let words = "the stage - a stopgap, he said - was never meant to carry more than\n\nthat many people on a Tuesday morning";
        let link = to_place("https://skein.example/1", words).unwrap();
        assert_eq!(link, "https://skein.example/1#:~:text=the%20stage%20%2D%20a%20stopgap%2C,people%20on%20a%20Tuesday%20morning");
    }

    #[test]
    fn what_stands_behind_the_number_sign_stays() {
        assert_eq!(to_place("https://skein.example/1#live", "It fell").as_deref(), Some("https://skein.example/1#live:~:text=It%20fell"));
        assert_eq!(to_place("https://skein.example/1#:~:text=old", "It fell").as_deref(), Some("https://skein.example/1#:~:text=It%20fell"));
        assert_eq!(to_place("https://skein.example/1", "“It fell,”").as_deref(), Some("https://skein.example/1#:~:text=It%20fell"));
        assert_eq!(to_place("https://skein.example/1", " \n ").as_deref(), Some("https://skein.example/1"));
    }

    #[test]
    fn only_the_web_is_linked() {
        for url in ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "/relative", "https://a b", "https://a\u{0}b", "https://a\"onclick=", ""] {
            assert_eq!(web(url), None, "{url}");
        }
        assert_eq!(web("HTTPS://skein.example"), Some("HTTPS://skein.example"));
    }
}
