//! Scores zones against the gold stories: the share of bytes that stand in a zone of the right kind.

use crate::gold::{Part, Story, zone_kind};
use crate::tally::Tally;
use onrecord::read::Reading;
use onrecord::zone::ZoneKind;
use onrecord::{Span, Spanned};

/// One zone of the gold.
#[derive(Clone, Debug)]
pub struct Item {
    /// The document.
    pub document: String,
    /// Its place.
    pub span: Span,
    /// What the gold has.
    pub want: ZoneKind,
    /// What most of its bytes are to us.
    pub got: Option<ZoneKind>,
    /// Bytes that are right.
    pub bytes: Tally,
}

/// Compares the zones of every document with the gold's; what stands between two gold zones is not judged.
pub fn score(story: &Story, readings: &[Reading]) -> Vec<Item> {
    let mut out = Vec::new();
    for (article, reading) in story.documents.iter().zip(readings) {
        for part in &article.zones {
            let span = Span::new(part.start, part.end);
            let mut shares: Vec<(usize, ZoneKind)> = Vec::new();
            for zone in reading.zones.iter().filter(|zone| zone.span().overlaps(span)) {
                let bytes = zone.span.end().min(span.end()) - zone.span.start().max(span.start());
                shares.push((bytes, zone.kind));
            }
            let right = shares.iter().filter(|(_, kind)| is_right(part, *kind)).map(|(bytes, _)| bytes).sum();
            let got = shares.iter().max_by_key(|(bytes, _)| *bytes).map(|(_, kind)| *kind);
            let want = zone_kind(&part.kind, part.quoted_from.as_ref());
            out.push(Item { document: article.id.clone(), span, want, got, bytes: Tally { right, judged: span.len() } });
        }
    }
    out
}

/// Whether `kind` is right for a part of the gold, which knows no datelines and sets bylines among its metadata.
fn is_right(part: &Part, kind: ZoneKind) -> bool {
    let want = zone_kind(&part.kind, part.quoted_from.as_ref());
    match kind {
        ZoneKind::Dateline => matches!(want, ZoneKind::Reporting | ZoneKind::Commentary) || part.kind == "metadata",
        ZoneKind::Byline => part.kind == "metadata",
        ZoneKind::Headline
        | ZoneKind::Reporting
        | ZoneKind::Commentary
        | ZoneKind::Turn
        | ZoneKind::Excerpt
        | ZoneKind::ReaderComment
        | ZoneKind::Caption
        | ZoneKind::Furniture => kind == want,
    }
}

/// All bytes together.
pub fn share(items: &[Item]) -> Tally {
    items.iter().fold(Tally::default(), |sum, item| Tally { right: sum.right + item.bytes.right, judged: sum.judged + item.bytes.judged })
}
