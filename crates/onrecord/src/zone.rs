//! Divides a document into parts of one function each: whose words stand where.
//!
//! The text is taken paragraph by paragraph. First the margins are set aside ([`margin`]: furniture, captions; [`head`]:
//! headline, byline, dateline), then the turns of a transcript ([`turn`]), the readers' words under the article
//! ([`comment`]), and the writer's own views ([`views`]); then what the writer quotes at length ([`excerpt`]). What is
//! left is reporting.

mod comment;
mod excerpt;
mod head;
mod insert;
mod lexicon;
mod margin;
mod page;
mod turn;
mod views;

pub(crate) use self::insert::{insert_note, inserts};
use self::page::{Page, Paragraph};
use crate::document::Document;
use crate::evidence::{Evidence, Finder};
use crate::text::{Layer, Span, Spanned};
use crate::token::Tokens;

/// A part of a document with one function. Zones cover the text and do not overlap.
#[derive(Clone, Debug, PartialEq)]
pub struct Zone {
    /// Its place: whole lines, except a dateline or date stamp fused to the first sentence.
    pub span: Span,
    /// Its function.
    pub kind: ZoneKind,
    /// Whose words the zone is made of, where the text names them: the turn's speaker, the excerpt's outlet, the commenter.
    pub voice: Option<Span>,
    /// Which rules found it.
    pub evidence: Vec<Evidence>,
}

impl Zone {
    /// Who signed the post that was taken into the page, where the zone is one.
    pub(crate) fn author(&self) -> Option<Span> {
        self.voice.filter(|_| self.evidence.iter().any(|evidence| evidence.by == Finder::Rule("zone/post")))
    }
}

/// What a zone is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ZoneKind {
    /// The title over the article.
    Headline,
    /// Who wrote it.
    Byline,
    /// Place and agency before the first sentence: "HARROW, June 4 (Northwire) —", or a date stamp.
    Dateline,
    /// News told by the outlet.
    Reporting,
    /// The writer's own views: column, blog, editorial.
    Commentary,
    /// One speaker's turn in a transcript or interview.
    Turn,
    /// A passage quoted from another outlet or document.
    Excerpt,
    /// A reader's words under the article.
    ReaderComment,
    /// Words under a picture, and its credit.
    Caption,
    /// Links, share buttons, advertisements, "Read more", correction and copyright lines.
    Furniture,
}

impl Spanned for Zone {
    fn span(&self) -> Span {
        self.span
    }
}

/// Divides `document` into zones; the zones cover every byte of its text. The `tokens` are those of its text.
///
/// ```
/// use onrecord::{Document, token, zone, zone::ZoneKind};
/// let article = "Harbor of Harrow closes\n\nThe harbor was closed, the board said.\n\nComments\n\nHonestly, who cares?";
/// let zones = zone::divide(&Document::new("harbor.txt", article), &token::tokenize(article));
/// assert_eq!(zones.iter().map(|zone| zone.kind).collect::<Vec<_>>(),
///     [ZoneKind::Headline, ZoneKind::Reporting, ZoneKind::Furniture, ZoneKind::ReaderComment]);
/// ```
///
/// # Limits
/// A column without a first person, a question or a turn of phrase is taken for reporting. Words of a reader who
/// writes like a reporter, under no heading, are not told from the article.
pub fn divide(document: &Document, tokens: &Tokens) -> Layer<Zone> {
    let mut page = Page::of(document, tokens);
    margin::furniture(&mut page);
    margin::captions(&mut page);
    excerpt::set_apart(&mut page);
    head::headlines(&mut page);
    head::bylines(&mut page);
    head::datelines(&mut page);
    margin::stray_lines(&mut page);
    turn::turns(&mut page);
    comment::headed(&mut page);
    let tones = views::tones(&page);
    comment::unmarked(&mut page, &tones);
    views::commentary(&mut page, &tones);
    excerpt::excerpts(&mut page, &tones);
    assemble(page)
}

/// Joins neighbouring paragraphs of one kind and voice, so that zones cover the text.
fn assemble(page: Page) -> Layer<Zone> {
    let end = page.text.len();
    let mut zones: Vec<Zone> = Vec::new();
    for paragraph in page.paragraphs {
        let Paragraph { span, kind, voice, mut evidence, .. } = paragraph;
        let kind = kind.unwrap_or(ZoneKind::Reporting);
        match zones.last_mut() {
            Some(last) if last.kind == kind && (voice.is_none() || last.voice == voice) && !stands_alone(kind) => last.evidence.append(&mut evidence),
            _ => zones.push(Zone { span, kind, voice, evidence }),
        }
    }
    let starts: Vec<usize> = zones.iter().map(|zone| zone.span.start()).collect();
    for (at, zone) in zones.iter_mut().enumerate() {
        let start = if at == 0 { 0 } else { starts[at] };
        zone.span = Span::new(start, starts.get(at + 1).copied().unwrap_or(end));
    }
    if zones.is_empty() && end > 0 {
        zones.push(Zone { span: Span::new(0, end), kind: ZoneKind::Reporting, voice: None, evidence: Vec::new() });
    }
    Layer::new(zones)
}

/// Whether two neighbours of this kind are two zones: each headline, each caption.
fn stands_alone(kind: ZoneKind) -> bool {
    match kind {
        ZoneKind::Headline | ZoneKind::Caption => true,
        ZoneKind::Byline
        | ZoneKind::Dateline
        | ZoneKind::Reporting
        | ZoneKind::Commentary
        | ZoneKind::Turn
        | ZoneKind::Excerpt
        | ZoneKind::ReaderComment
        | ZoneKind::Furniture => false,
    }
}

#[cfg(test)]
mod tests;
