//! The words of a statement that stand between quotation marks, byte for byte; nothing else is ever shown as a quotation.

use onrecord::quotation::{self, Quotation, QuotationUse};
use onrecord::statement::Form;
use onrecord::wire::record::{Document, Statement, Words};
use onrecord::zone::Zone;
use onrecord::{Layer, Span, read, sentence};

/// The quotations of a document.
pub struct Quoted<'a> {
    text: &'a str,
    quotations: Layer<Quotation>,
}

impl<'a> Quoted<'a> {
    /// Pairs the quotation marks of a document as the engine does.
    pub fn of(document: &'a Document) -> Quoted<'a> {
        let text = document.text.as_str();
        let zone = |zone: &onrecord::wire::record::Zone| Zone {
            span: Span::new(zone.words.start, zone.words.end),
            kind: zone.kind,
            voice: None,
            evidence: Vec::new(),
        };
        let tokens = read::tokens_of(text);
        let sentences = sentence::split(text, &tokens, &Layer::new(document.zones.iter().map(zone).collect()));
        Quoted { text, quotations: quotation::pair(text, &tokens, &sentences).0 }
    }

    /// The words of `statement` that somebody's quotation marks hold, in order. Marks around a term held at a distance are none.
    pub fn of_statement(&self, statement: &Statement) -> Vec<Words> {
        match statement.form {
            Form::Indirect => Vec::new(),
            Form::Direct | Form::Mixed => statement.content.iter().flat_map(|part| self.of_part(Span::new(part.start, part.end), statement.form)).collect(),
        }
    }

    fn of_part(&self, part: Span, form: Form) -> Vec<Words> {
        let speech = || self.quotations.iter().filter(|it| it.use_ == QuotationUse::Speech && it.inner.overlaps(part));
        // Marks that open in the part; a quotation within another belongs to the other's words.
        let opening: Vec<&Quotation> = speech().filter(|it| part.start() <= it.span.start() || it.inner == part).collect();
        let outer = opening.iter().filter(|it| !opening.iter().any(|other| other.inner.contains(it.span)));
        let found: Vec<Words> = outer.filter_map(|it| self.words(it.inner.start().max(part.start()), it.inner.end().min(part.end()))).collect();
        if !found.is_empty() || form != Form::Direct {
            return found;
        }
        // A part of a quotation without its marks.
        let around = speech().find(|it| it.inner.contains(part));
        around.and_then(|_| self.words(part.start(), part.end())).into_iter().collect()
    }

    fn words(&self, start: usize, end: usize) -> Option<Words> {
        let text = self.text.get(start..end).filter(|text| !text.trim().is_empty())?;
        Some(Words { start, end, text: text.to_owned() })
    }
}
