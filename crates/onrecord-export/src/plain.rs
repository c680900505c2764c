//! Labels, days and counts in plain words.

use jiff::civil::Date;
use onrecord::act::Factuality;
use onrecord::compare::RelationKind;
use onrecord::entity::EntityKind;
use onrecord::question::{Answer, Status};
use onrecord::sourcing::KnownThrough;
use onrecord::story::CopyKind;
use onrecord::wire::record::Asking;
use onrecord::wire::{Interval, Named};

/// A label's name with spaces: `non answer`.
pub fn label(label: impl Named) -> String {
    label.name().replace('_', " ")
}

/// The first day of an interval.
pub fn first(interval: Option<&Interval>) -> Option<&str> {
    interval?.start.as_deref()
}

/// The last day of an interval.
pub fn last(interval: Option<&Interval>) -> Option<&str> {
    interval?.end.as_deref()
}

/// `4 March 2031`; what is no day stays what it is.
pub fn day(day: &str) -> String {
    day.parse::<Date>().map_or_else(|_| day.to_owned(), |day| day.strftime("%-d %B %Y").to_string())
}

/// `4 March 2031`, `4 March 2031 to 6 March 2031`, `by 6 March 2031`.
pub fn days(interval: Option<&Interval>) -> Option<String> {
    between(first(interval), last(interval))
}

/// The same for two days.
pub fn between(first: Option<&str>, last: Option<&str>) -> Option<String> {
    Some(match (first, last) {
        (Some(first), Some(last)) if first == last => day(first),
        (Some(first), Some(last)) => {
            let both = || Some((first.parse::<Date>().ok()?, last.parse::<Date>().ok()?));
            match both() {
                Some((a, b)) if (a.year(), a.month()) == (b.year(), b.month()) => format!("{}–{}", a.day(), day(last)),
                Some((a, b)) if a.year() == b.year() => format!("{} – {}", a.strftime("%-d %B"), day(last)),
                Some(_) | None => format!("{} – {}", day(first), day(last)),
            }
        }
        (Some(first), None) => format!("from {}", day(first)),
        (None, Some(last)) => format!("by {}", day(last)),
        (None, None) => return None,
    })
}

/// What became of an asking; who says something to the matter unasked neither answers nor says yes.
pub fn answer(asking: &Asking) -> &'static str {
    answer_to(asking.answer, asking.asked_in.first())
}

/// The same of an answer that was `asked` for, by whomever or wherever, or came unasked.
pub fn answer_to<T>(answer: Answer, asked: Option<T>) -> &'static str {
    let is_asked = asked.is_some();
    match answer {
        Answer::Affirm if is_asked => "yes, or the fact",
        Answer::Affirm => "speaks to it",
        Answer::Deny => "no",
        Answer::Partial if is_asked => "answered in part",
        Answer::Partial => "speaks to it in part",
        Answer::NonAnswer => "did not answer",
        Answer::Declined => "declined to answer",
        Answer::None => "no answer is told",
    }
}

/// Where a question stands.
pub fn status(status: Status) -> &'static str {
    match status {
        Status::Open => "open",
        Status::Answered => "answered",
        Status::Disputed => "disputed",
    }
}

/// What a thing said is not, where it was not said.
pub fn unsaid(factuality: Factuality) -> Option<&'static str> {
    match factuality {
        Factuality::Actual => None,
        Factuality::Negated => Some("not said: the article says that it was not"),
        Factuality::Questioned => Some("not said: the article asks whether it was"),
        Factuality::Hypothetical => Some("not said: supposed"),
        Factuality::Presupposed => Some("not said: taken for granted"),
        Factuality::Invented => Some("not said: made up by the writer"),
    }
}

/// On whose word a statement is known, where it is not the speaker's own on the record.
pub fn through(known: KnownThrough) -> Option<&'static str> {
    match known {
        KnownThrough::OnRecord => None,
        KnownThrough::Anonymous => Some("known through unnamed sources"),
        KnownThrough::Outlet => Some("known through another outlet"),
        KnownThrough::Document => Some("known through a document"),
        KnownThrough::Author => Some("known through the writer"),
    }
}

/// That persons corrected something, where they did.
pub fn corrected(corrections: &[String]) -> Option<String> {
    (!corrections.is_empty()).then(|| format!("corrected by a person, {}", corrections.join(", ")))
}

/// What a person is, where a name does not say it.
pub fn kind(kind: EntityKind) -> Option<&'static str> {
    match kind {
        EntityKind::Anonymous => Some("unnamed"),
        EntityKind::Group => Some("a group"),
        EntityKind::Office => Some("an office, nobody named"),
        EntityKind::Person | EntityKind::Organization | EntityKind::Outlet | EntityKind::Thing => None,
    }
}

/// What a copy says of itself.
pub fn copied(kind: CopyKind, of: &str) -> String {
    match kind {
        CopyKind::NearCopy => format!("nearly all of it stands in {of} too: it repeats, it does not confirm"),
        CopyKind::Contained => format!("nearly all of the shorter stands in {of} too: it repeats, it does not confirm"),
        CopyKind::SharedPassage => format!("shares passages with {of}"),
    }
}

/// Whether the first side of a relation is the later: then it stands on the right.
pub fn is_turned(kind: RelationKind) -> bool {
    match kind {
        RelationKind::Supersedes => true,
        RelationKind::Conflicts | RelationKind::Corroborates | RelationKind::Repeats => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_written_as_on_a_page() {
        assert_eq!(between(Some("2031-03-04"), Some("2031-03-04")).as_deref(), Some("4 March 2031"));
        assert_eq!(between(Some("2031-03-04"), Some("2031-03-10")).as_deref(), Some("4–10 March 2031"));
        assert_eq!(between(Some("2031-03-30"), Some("2031-04-02")).as_deref(), Some("30 March – 2 April 2031"));
        assert_eq!(between(None, Some("2031-03-04")).as_deref(), Some("by 4 March 2031"));
        assert_eq!(between(None, None), None);
    }
}
