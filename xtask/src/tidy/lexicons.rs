//! Lexicons are sorted, so that a word is found at a glance and added in one place.

use crate::tree::{File, Tree};

/// A lexicon whose opening comment holds these words has lists whose order means something.
const KEEPS_ORDER: &str = "keep their order";
/// As `rustfmt.toml` has it.
const WIDTH: usize = 160;

/// Every file of `lexicon/` opens with a comment; its lists of words, and its maps from word to word, are sorted.
///
/// A comment or an empty line within a list begins a new group.
pub(crate) fn are_sorted(tree: &Tree) -> Vec<String> {
    let lexicons = tree.with_extension("toml").filter(|file| file.path.starts_with("lexicon/"));
    lexicons.flat_map(unsorted).collect()
}

/// `text` of a lexicon with its lists sorted and each word once; lists that hold comments are left to people.
pub(crate) fn sorted(text: &str) -> String {
    if opening(text).contains(KEEPS_ORDER) {
        return text.to_owned();
    }
    let (mut out, mut rest) = (String::new(), text);
    while let Some((before, after)) = rest.split_once("= [") {
        let Some((list, behind)) = after.split_once(']') else { break };
        out.push_str(before);
        out.push_str("= [");
        out.push_str(&if list.contains(['#', '[']) || before.lines().next_back().is_some_and(|line| line.starts_with('#')) {
            list.to_owned()
        } else {
            sorted_list(before, list)
        });
        out.push(']');
        rest = behind;
    }
    out + rest
}

/// The strings of `list`, sorted, on one line if they fit.
fn sorted_list(before: &str, list: &str) -> String {
    let given: Vec<&str> = list.split('"').skip(1).step_by(2).collect();
    let mut words = given.clone();
    words.sort_by_key(|word| word.to_lowercase());
    words.dedup();
    if words == given {
        return list.to_owned();
    }
    let line = words.iter().map(|word| format!("\"{word}\"")).collect::<Vec<_>>().join(", ");
    if before.lines().next_back().map_or(0, str::len) + line.len() + 4 <= WIDTH {
        return line;
    }
    let mut lines = vec![String::new()];
    for word in words {
        let last = lines.last_mut().expect("there is always a line");
        if !last.is_empty() && last.len() + word.len() + 8 > WIDTH {
            lines.push(format!(" \"{word}\","));
        } else {
            last.push_str(&format!(" \"{word}\","));
        }
    }
    lines.iter().fold("\n".into(), |text: String, line| text + "   " + line + "\n")
}

fn opening(text: &str) -> String {
    text.lines().take_while(|line| line.starts_with('#')).collect()
}

fn unsorted(file: &File) -> Vec<String> {
    let mut wrong = Vec::new();
    if !file.text.starts_with('#') {
        wrong.push(format!("{}:1: open with a comment that says which words these are and who reads them", file.path));
    }
    let lists_are_sorted = !opening(&file.text).contains(KEEPS_ORDER);
    let (mut key_before, mut item_before): (Option<String>, Option<String>) = (None, None);
    for (at, line) in file.text.lines().map(str::trim).enumerate() {
        let name = |what: &str| format!("{}:{}: {what} comes before the one above it", file.path, at + 1);
        if let Some(key) = key_of(line) {
            item_before = None;
            wrong.extend(key_before.filter(|before| is_single(line) && *before > key).map(|_| name(&key)));
            key_before = is_single(line).then_some(key);
        } else if line.is_empty() || line.starts_with(['#', '[']) {
            (key_before, item_before) = (None, None);
        }
        for item in items_of(line).filter(|_| lists_are_sorted) {
            wrong.extend(item_before.filter(|before| *before >= item).map(|_| name(&item)));
            item_before = Some(item);
        }
    }
    wrong
}

/// Whether `line` gives its key one string: a line of a map from word to word.
fn is_single(line: &str) -> bool {
    line.split_once('=').is_some_and(|(_, value)| value.trim().starts_with('"'))
}

/// The key that `line` gives a value, in lower case.
fn key_of(line: &str) -> Option<String> {
    let (key, _) = line.split_once('=')?;
    let key = key.trim().trim_matches('"');
    let is_key = !line.starts_with(['"', '#', '{'])
        || line.starts_with('"') && line.split('=').next().is_some_and(|key| key.matches('"').count() == 2 && !key.contains(','));
    is_key.then(|| key.to_lowercase())
}

/// The strings of a list on `line`, in lower case; a line that gives a key a single string has none.
fn items_of(line: &str) -> impl Iterator<Item = String> {
    let value = if key_of(line).is_some() { line.split_once('=').map_or("", |(_, value)| value.trim()) } else { line };
    let is_list = (value.starts_with('[') || value.starts_with('"') && key_of(line).is_none()) && !line.starts_with('#');
    let strings: Vec<String> = if is_list { value.split('"').skip(1).step_by(2).map(str::to_lowercase).collect() } else { Vec::new() };
    strings.into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str) -> Vec<String> {
        are_sorted(&Tree::of(&[("lexicon/a.toml", text)]))
    }

    #[test]
    fn sorted_lists_and_tables_pass() {
        assert_eq!(
            check("# Verbs. Read by act.rs.\ndeny = [\"deny\", \"dispute\"]\nrefuse = [\n  \"decline\", # politely\n  \"refuse\",\n]\n"),
            Vec::<String>::new()
        );
        assert_eq!(check("# Forms; lists keep their order.\n[verbs]\nbe = [\"is\", \"are\"]\n[nouns]\nchild = \"children\"\n"), Vec::<String>::new());
    }

    #[test]
    fn a_word_out_of_place_is_named() {
        assert_eq!(check("# Verbs.\ndeny = [\"dispute\", \"deny\"]\n"), ["lexicon/a.toml:2: deny comes before the one above it"]);
        assert_eq!(check("# Verbs.\na = [\n  \"refuse\",\n  \"decline\",\n]\n"), ["lexicon/a.toml:4: decline comes before the one above it"]);
        assert_eq!(check("# Forms.\ngo = \"goes\"\ndo = \"does\"\n"), ["lexicon/a.toml:3: do comes before the one above it"]);
    }

    #[test]
    fn sorting_mends_what_is_out_of_place() {
        let mended = sorted("# Verbs.\ndeny = [\"dispute\", \"deny\", \"deny\"]\nmany = [\n    \"b\", # why\n    \"a\",\n]\n");
        assert!(mended.starts_with("# Verbs.\ndeny = [\"deny\", \"dispute\"]\nmany = [\n    \"b\", # why"), "{mended}");
        let long: Vec<String> = (0..60).map(|n| format!("\"word{}\"", 99 - n)).collect();
        let mended = sorted(&format!("# Long.\nwords = [{}]\n", long.join(", ")));
        assert_eq!(check(&mended), Vec::<String>::new());
        assert_eq!(sorted(&mended), mended);
    }

    #[test]
    fn a_lexicon_without_a_comment_is_named() {
        assert_eq!(check("a = [\"x\"]\n").len(), 1);
    }
}
