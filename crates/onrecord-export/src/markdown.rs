//! A story as a note in Markdown: headings, lists, and a footnote with the words and their place for every citation.

use crate::format::Form;
use crate::page::{Asking, Cite, Maker, Page, Pair, Piece, Said};
use crate::view::View;
use crate::{Error, Story};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write;

/// Begins a note.
pub(crate) fn begin<W: Write>(output: W) -> Notes<W> {
    Notes { output, written: 0 }
}

/// Notes being written, a story after the other.
pub(crate) struct Notes<W> {
    output: W,
    written: usize,
}

impl<W: Write> Form for Notes<W> {
    fn story(&mut self, story: &Story) -> Result<(), Error> {
        let maker = Maker::of(View::of(story));
        // Footnotes of several stories in one file must not share names.
        let tag = if self.written == 0 { String::new() } else { format!("{}-", story.id) };
        let between = if self.written == 0 { "" } else { "\n---\n\n" };
        self.written += 1;
        let note = Note { maker: &maker, tag, cited: BTreeMap::new(), out: between.to_owned() };
        Ok(self.output.write_all(note.written(&maker.page()).as_bytes())?)
    }

    fn end(mut self: Box<Self>) -> Result<(), Error> {
        Ok(self.output.flush()?)
    }
}

/// A note being written.
struct Note<'m, 'a> {
    maker: &'m Maker<'a>,
    tag: String,
    /// The statements that are cited, by their number.
    cited: BTreeMap<usize, String>,
    out: String,
}

impl Note<'_, '_> {
    fn written(mut self, page: &Page) -> String {
        self.line(&format!("# {}\n", plain(&page.title)));
        self.line(&format!("{}\n", plain(&page.facts.join(" · "))));
        self.brief(page);
        self.questions(page);
        self.pairs("Conflicts", &page.conflicts);
        self.pairs("Overtaken", &page.overtaken);
        self.claims(page);
        self.timeline(page);
        self.people(page);
        self.documents(page);
        self.footnotes();
        self.out
    }

    fn line(&mut self, line: &str) {
        self.out.push_str(line);
        self.out.push('\n');
    }

    fn brief(&mut self, page: &Page) {
        self.line("## In brief\n");
        if page.brief.is_empty() {
            self.line("Nothing that its sources would carry.\n");
        }
        for told in &page.brief {
            let cites = self.cites(&told.cites);
            self.line(&format!("- {}{cites}", plain(&told.text)));
        }
        if page.dropped > 0 {
            self.line(&format!("\n*Dropped, because the sources do not carry all of it: {}.*", page.dropped));
        }
        self.line("");
    }

    fn questions(&mut self, page: &Page) {
        if page.questions.is_empty() {
            return;
        }
        self.line("## Questions\n");
        for question in &page.questions {
            self.line(&format!("### {} — {}\n", plain(&question.text), question.status));
            for asking in &question.askings {
                self.asking(asking);
            }
            self.line("");
        }
    }

    fn asking(&mut self, asking: &Asking) {
        let who = match (&asking.asker, &asking.of) {
            (Some(asker), Some(of)) if asker != of => format!("{asker} → {of}"),
            (_, Some(one)) => one.clone(),
            (Some(asker), None) => format!("{asker} → nobody named"),
            (None, None) => "nobody named".to_owned(),
        };
        let words = asking.said.as_ref().map(|said| format!(": {}{}", words(&said.words), self.cite(&said.id)));
        self.line(&format!("- {}: **{}** — {}{}", plain(&asking.when.text), plain(&who), asking.answer, words.unwrap_or_default()));
    }

    fn pairs(&mut self, title: &str, pairs: &[Pair]) {
        if pairs.is_empty() {
            return;
        }
        self.line(&format!("## {title}\n"));
        for pair in pairs {
            self.line(&format!("- {}", plain(&pair.why)));
            for said in pair.sides.iter().flatten() {
                let cite = self.cite(&said.id);
                self.line(&format!("    - **{}**, {}: {}{cite}", plain(&said.speaker), plain(&said.when.text), words(&said.words)));
            }
        }
        self.line("");
    }

    fn claims(&mut self, page: &Page) {
        if page.claims.is_empty() {
            return;
        }
        self.line("## What it rests on\n");
        for claim in &page.claims {
            self.line(&format!("- {} — {}", plain(&claim.text), claim.count));
            for origin in &claim.origins {
                let footing = origin.footing.map(|footing| format!(" ({footing})")).unwrap_or_default();
                let cites = self.cites(&origin.cites);
                self.line(&format!("    - from {}{footing}{cites}", plain(&origin.name)));
            }
        }
        self.line("");
    }

    fn timeline(&mut self, page: &Page) {
        if page.timeline.is_empty() {
            return;
        }
        self.line("## Days\n");
        for event in &page.timeline {
            let who = event.speaker.as_ref().map_or("*happened*".to_owned(), |speaker| format!("**{}**", plain(speaker)));
            let cites = self.cites(&event.cites);
            self.line(&format!("- {}: {who}: {}{cites}", plain(&event.when.text), plain(&event.text)));
        }
        self.line("");
    }

    fn people(&mut self, page: &Page) {
        if page.people.is_empty() {
            return;
        }
        self.line("## Who speaks\n\n| Who | As what | Statements | Documents |\n|---|---|---:|---:|");
        for person in &page.people {
            let kind = person.kind.map(|kind| format!(" ({kind})")).unwrap_or_default();
            let role = person.role.as_deref().unwrap_or_default();
            self.line(&format!("| {}{kind} | {} | {} | {} |", plain(&person.name), plain(role), person.statements, person.documents));
        }
        self.line("");
    }

    fn documents(&mut self, page: &Page) {
        self.line("## Documents\n");
        for document in &page.documents {
            let title = plain(&document.title);
            let title = document.link.as_ref().map_or(title.clone(), |link| format!("[{title}](<{link}>)"));
            let parts = [document.outlet.as_deref(), document.byline.as_deref(), Some(document.when.text.as_str())];
            let parts: Vec<String> = parts.into_iter().flatten().map(plain).collect();
            self.line(&format!("- {title} — {}", parts.join(", ")));
            for remark in &document.remarks {
                self.line(&format!("    - {}", plain(remark)));
            }
        }
        self.line("");
    }

    /// What was cited, each with its words and their place.
    fn footnotes(&mut self) {
        let cited = std::mem::take(&mut self.cited);
        for id in cited.values() {
            let Some(said) = self.maker.view.statement(id).and_then(|statement| self.maker.said(statement)) else { continue };
            let note = footnote(&said);
            let tag = &self.tag;
            // Writing to a String cannot fail.
            let _ = writeln!(self.out, "[^{tag}{id}]: {note}");
        }
    }

    fn cites(&mut self, cites: &[Cite]) -> String {
        cites.iter().map(|cite| self.cite(&cite.id)).collect()
    }

    fn cite(&mut self, id: &str) -> String {
        let number = id.trim_start_matches(|c: char| !c.is_ascii_digit()).parse().unwrap_or(usize::MAX);
        self.cited.insert(number, id.to_owned());
        format!("[^{}{id}]", self.tag)
    }
}

fn footnote(said: &Said) -> String {
    let labels = said.act.iter().cloned().chain(said.unsaid.map(str::to_owned)).chain(said.footing.iter().cloned());
    let labels: String = labels.map(|label| format!(" ({label})")).collect();
    let place = plain(&said.place);
    let place = said.link.as_ref().map_or(place.clone(), |link| format!("[{place}](<{link}>)"));
    format!("**{}**, {}{labels}: {} — {place}", plain(&said.speaker), plain(&said.when.text), words(&said.words))
}

/// Words on one line; what is no quotation has no marks of ours.
fn words(pieces: &[Piece]) -> String {
    plain(&pieces.iter().map(|piece| piece.text.as_str()).collect::<String>())
}

/// Text in which nothing is markup, on one line.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in onrecord::line::one_line(text).chars() {
        match c {
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '^' | '!' | '$' => out.extend(['\\', c]),
            // An entity.
            '&' => out.push_str("&amp;"),
            _ => out.push(c),
        }
    }
    // What begins a line as a list or a heading does.
    let digits = out.len() - out.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    if out.starts_with(['-', '+', '=']) || digits > 0 && out[digits..].starts_with(['.', ')']) {
        out.insert(digits, '\\');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_an_article_are_no_markup() {
        assert_eq!(plain("<script>alert(1)</script> [x](javascript:y) *z*"), "\\<script\\>alert(1)\\</script\\> \\[x\\](javascript:y) \\*z\\*");
        assert_eq!(plain("a\n\n# b"), "a \\# b");
        assert_eq!(plain("1. one"), "1\\. one");
    }
}
