//! Decodes bytes to text, and says which character set it was when it was not UTF-8.

use crate::error::Problem;
use crate::kind::Kind;
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use onrecord::evidence::Note;

/// How many bytes of a page may come before its `charset`; what browsers allow.
const CHARSET_WITHIN: usize = 1024;

/// Control characters no text has, in thousandths, from which bytes are no text. Chosen, not measured.
const CONTROLS: usize = 10;

/// How many bytes tell UTF-16 from a text with stray NULs.
const SAMPLE: usize = 4096;

pub(crate) fn decode(bytes: Vec<u8>, kind: Kind) -> Result<(String, Option<Note>), Problem> {
    if bytes.is_empty() {
        return Err(Problem::Empty);
    }
    if let Some(name) = format(&bytes) {
        return Err(Problem::Binary(name));
    }
    if let Some((encoding, _)) = Encoding::for_bom(&bytes).filter(|(encoding, _)| *encoding != UTF_8) {
        return foreign(&bytes, encoding);
    }
    if let Some(encoding) = utf_16_without_mark(&bytes) {
        return foreign(&bytes, encoding);
    }
    match String::from_utf8(bytes) {
        Ok(text) => native(text),
        Err(error) => {
            let bytes = error.into_bytes();
            let declared = if kind == Kind::Page { declared(&bytes) } else { None };
            foreign(&bytes, declared.unwrap_or_else(|| guess(&bytes)))
        }
    }
}

fn native(text: String) -> Result<(String, Option<Note>), Problem> {
    if is_binary(&text) {
        return Err(Problem::Binary("a binary file"));
    }
    let at = text.find('\0');
    let note = at.map(|at| Note {
        kind: "nul-bytes",
        span: Some(onrecord::Span::new(at, at + 1)),
        message: "there are NUL bytes in this text; they are kept and count as nothing".to_owned(),
    });
    Ok((text, note))
}

fn foreign(bytes: &[u8], encoding: &'static Encoding) -> Result<(String, Option<Note>), Problem> {
    let (text, _, had_errors) = encoding.decode(bytes);
    if is_binary(&text) {
        return Err(Problem::Binary("a binary file"));
    }
    // UTF-16 cut off within a character loses only that; any other error means that the guess was wrong.
    let is_wide = encoding == UTF_16LE || encoding == UTF_16BE;
    if had_errors && !is_wide {
        return Err(Problem::Charset);
    }
    let message = format!("the text was {}, not UTF-8; places count in the text as decoded", encoding.name());
    Ok((text.into_owned(), Some(Note { kind: "charset", span: None, message })))
}

fn is_binary(text: &str) -> bool {
    let is_control = |c: &char| matches!(c, '\0'..='\u{8}' | '\u{e}'..='\u{1a}' | '\u{1c}'..='\u{1f}' | '\u{7f}');
    let (mut all, mut controls) = (0usize, 0usize);
    for c in text.chars() {
        all += 1;
        controls += usize::from(is_control(&c));
    }
    controls * 1000 > all * CONTROLS
}

/// UTF-16 of mostly Western text has a NUL in every second byte.
fn utf_16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    let nuls = |from: usize| sample.iter().skip(from).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd, pairs) = (nuls(0), nuls(1), sample.len() / 2);
    match pairs {
        0 | 1 => None,
        _ if odd * 10 > pairs * 7 && even * 10 < pairs => Some(UTF_16LE),
        _ if even * 10 > pairs * 7 && odd * 10 < pairs => Some(UTF_16BE),
        _ => None,
    }
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guessed = detector.guess(None, Utf8Detection::Deny);
    // The detector prefers a byte's rarer readings in short texts; Windows-1252 is what English newsrooms wrote.
    if bytes.iter().filter(|byte| **byte >= 0x80).all(|byte| is_western_mark(*byte)) { WINDOWS_1252 } else { guessed }
}

/// Curly quotation marks, dashes, ellipsis, bullet, non-breaking space, euro and pound in Windows-1252.
fn is_western_mark(byte: u8) -> bool {
    matches!(byte, 0x80 | 0x85 | 0x91..=0x97 | 0x99 | 0xa0 | 0xa3 | 0xa9 | 0xe9)
}

fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(CHARSET_WITHIN)]).to_ascii_lowercase();
    let after = &head[head.find("charset=")? + "charset=".len()..];
    let label: String = after.trim_start_matches(['"', '\'']).chars().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':')).collect();
    Encoding::for_label(label.as_bytes()).filter(|encoding| *encoding != UTF_8)
}

/// What a file is that begins like one of the formats people keep articles in.
fn format(bytes: &[u8]) -> Option<&'static str> {
    const FORMATS: [(&[u8], &str); 12] = [
        (b"%PDF-", "a PDF"),
        (b"PK\x03\x04", "a ZIP archive or a Word document"),
        (b"\xd0\xcf\x11\xe0", "an old Word document"),
        (b"{\\rtf", "an RTF document"),
        (b"\x1f\x8b", "a gzip archive"),
        (b"\xfd7zXZ", "an xz archive"),
        (b"\x28\xb5\x2f\xfd", "a zstd archive"),
        (b"\x89PNG", "a picture"),
        (b"\xff\xd8\xff", "a picture"),
        (b"GIF8", "a picture"),
        (b"SQLite format 3", "a database"),
        (b"\x7fELF", "a program"),
    ];
    FORMATS.iter().find(|(start, _)| bytes.starts_with(start)).map(|(_, name)| *name)
}

#[cfg(test)]
mod tests {
    use super::*;

    const WORDS: &str = "“It rained,” said Ode — “all day”.";

    #[test]
    fn utf_16_is_told_with_and_without_its_mark() {
        let little: Vec<u8> = WORDS.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = WORDS.encode_utf16().flat_map(u16::to_be_bytes).collect();
        for bytes in [little.clone(), big.clone(), [b"\xff\xfe".to_vec(), little].concat(), [b"\xfe\xff".to_vec(), big].concat()] {
            let (text, note) = decode(bytes, Kind::Text).unwrap();
            assert_eq!(text, WORDS);
            assert!(note.unwrap().message.contains("UTF-16"));
        }
    }

    #[test]
    fn windows_1252_is_decoded_and_named() {
        let (text, note) = decode(b"\x93It rained,\x94 said Ode \x97 the mayor\x92s aide at the caf\xe9.".to_vec(), Kind::Text).unwrap();
        assert_eq!(text, "“It rained,” said Ode — the mayor’s aide at the café.");
        assert!(note.unwrap().message.contains("windows-1252"));
    }

    #[test]
    fn a_page_names_its_own_character_set() {
        let page = b"<html><head><meta charset=\"iso-8859-2\"></head><p>Wa\xb3\xeasa</p>".to_vec();
        assert!(decode(page, Kind::Page).unwrap().0.contains("Wałęsa"));
    }

    #[test]
    fn what_is_no_text_is_refused_by_name() {
        let message = |bytes: &[u8]| decode(bytes.to_vec(), Kind::Text).unwrap_err().to_string();
        assert!(message(b"%PDF-1.7 ...").contains("it is a PDF"));
        assert!(message(b"").contains("empty"));
        assert!(message(&[0; 64]).contains("a binary file"));
        assert!(message(b"\x00\x01\x02\x03\x04\x05 code \x06\x07").contains("a binary file"));
    }

    #[test]
    fn a_stray_nul_is_kept_and_noted() {
        let text = format!("{}\0{}", "It rained. ".repeat(40), "It stopped.");
        let (decoded, note) = decode(text.clone().into_bytes(), Kind::Text).unwrap();
        assert_eq!((decoded, note.unwrap().kind), (text, "nul-bytes"));
    }

    #[test]
    fn a_byte_order_mark_of_utf_8_stays() {
        assert_eq!(decode("\u{feff}Ode".as_bytes().to_vec(), Kind::Text).unwrap(), ("\u{feff}Ode".to_owned(), None));
    }
}
