//! Small things said in words on many pages.

use crate::differ::{self, Run};
use crate::refusal::Refusal;
use onrecord::question::Answer;
use onrecord::wire::Named;
use onrecord_archive::{Archive, Asking, Spoken, hits};
use onrecord_export::page::Said;
use onrecord_export::plain;

/// `4 March 2031`, `4–6 March 2031`, `undated`.
pub(crate) fn days(first: Option<&str>, last: Option<&str>) -> String {
    plain::between(first, last).unwrap_or_else(|| "undated".to_owned())
}

/// A moment as people read it: `4 March 2031, 09:15`.
pub(crate) fn moment(iso: &str) -> String {
    let (day, time) = (iso.get(..10).unwrap_or(iso), iso.get(11..16));
    time.map_or_else(|| plain::day(day), |time| format!("{}, {time}", plain::day(day)))
}

/// A month as people read it: `March 2031`.
pub(crate) fn month(iso: &str) -> String {
    format!("{iso}-01").parse::<jiff::civil::Date>().map_or_else(|_| iso.to_owned(), |day| day.strftime("%B %Y").to_string())
}

/// The last day of a month: `2031-03-31` of `2031-03`.
pub(crate) fn last_day(month: &str) -> String {
    format!("{month}-01").parse::<jiff::civil::Date>().map_or_else(|_| month.to_owned(), |day| day.last_of_month().to_string())
}

/// A label with spaces: `non answer`.
pub(crate) fn spaced(label: &str) -> String {
    label.replace('_', " ")
}

/// `1 statement`, `3 statements`, `3 stories`, `24,003 statements`.
pub(crate) fn counted(count: i64, one: &str) -> String {
    match one.strip_suffix('y') {
        _ if count == 1 => format!("1 {one}"),
        Some(stem) => format!("{} {stem}ies", number(count)),
        None => format!("{} {one}s", number(count)),
    }
}

/// `3 statements`, as templates ask for it.
pub(crate) fn statements(count: &i64) -> String {
    counted(*count, "statement")
}

/// `7`, `1,024`, `24,003`.
pub(crate) fn number(count: i64) -> String {
    let digits = count.to_string();
    let (sign, digits) = digits.split_at(digits.len() - digits.trim_start_matches('-').len());
    let groups: Vec<&str> = digits.as_bytes().rchunks(3).rev().filter_map(|group| std::str::from_utf8(group).ok()).collect();
    format!("{sign}{}", groups.join(","))
}

/// What became of an asking, as the story's page has it.
pub(crate) fn answer(asking: &Asking) -> String {
    Answer::from_name(&asking.answer).map_or_else(|| spaced(&asking.answer), |answer| plain::answer_to(answer, asking.asker.as_ref()).to_owned())
}

/// The words of something said, in one piece.
pub(crate) fn text(said: &Said) -> String {
    said.words.iter().map(|piece| piece.text.as_str()).collect()
}

/// The document of a statement's name.
pub(crate) fn document_of(statement: &str) -> &str {
    statement.rsplit_once(".s").map_or(statement, |(document, _)| document)
}

/// Where a statement is lit up in its document: `/documents/dxx#s3`.
pub(crate) fn place_of(statement: &str) -> String {
    match statement.rsplit_once('.') {
        Some((document, number)) => format!("/documents/{document}#{number}"),
        None => format!("/documents/{statement}"),
    }
}

/// Where these bytes of a document are lit up: `/documents/dxx?words=120-145#place`.
pub(crate) fn place_of_words(document: &str, start: usize, end: usize) -> String {
    format!("/documents/{document}?words={start}-{end}#place")
}

/// The last part of a path: whose folder it is, is nobody's business.
pub(crate) fn file(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

/// A label to choose.
pub(crate) struct Choice {
    pub(crate) name: &'static str,
    pub(crate) label: String,
    pub(crate) is_now: bool,
}

/// Every label of a kind, with the one that is chosen now.
pub(crate) fn choices<T: Named>(now: Option<&str>) -> Vec<Choice> {
    T::ALL.iter().map(|label| Choice { name: label.name(), label: spaced(label.name()), is_now: now == Some(label.name()) }).collect()
}

/// A statement of a list, on a page.
pub(crate) struct Line {
    pub(crate) name: String,
    pub(crate) speaker: String,
    /// Its words; marked are those that were searched for.
    pub(crate) runs: Vec<Run>,
    pub(crate) is_quote: bool,
    pub(crate) when: String,
    pub(crate) iso: Option<String>,
    pub(crate) labels: Vec<String>,
    pub(crate) unsaid: bool,
    pub(crate) place: String,
    pub(crate) source: String,
    pub(crate) story: String,
    /// That a person corrected it, or named its speaker.
    pub(crate) corrected: Option<String>,
}

impl Line {
    /// Every one of a list, with what of it a person said.
    pub(crate) fn each(archive: &Archive, list: &[Spoken]) -> Result<Vec<Line>, Refusal> {
        let hands = archive.by_hand(list)?;
        Ok(list.iter().map(|spoken| Line { corrected: plain::corrected(&hands.of(spoken)), ..Line::of(spoken) }).collect())
    }

    /// The same with the words that `query` asks for marked.
    pub(crate) fn marked(self, query: &str) -> Line {
        let text: String = self.runs.iter().map(|run| run.text.as_str()).collect();
        Line { runs: marked(query, &text), ..self }
    }

    fn of(spoken: &Spoken) -> Line {
        let matter = if spoken.content.is_empty() { &spoken.cue } else { &spoken.content };
        let act = Some(spoken.act.as_str()).filter(|act| *act != "assertion");
        let unsaid = spoken.factuality != "actual";
        let footing = Some(spoken.sourcing.as_str()).filter(|class| !matches!(*class, "named" | "none"));
        let through = Some(spoken.known_through.as_str()).filter(|known| *known != "on_record").map(|known| format!("known through: {}", spaced(known)));
        let said = unsaid.then(|| format!("not said: {}", spaced(&spoken.factuality)));
        Line {
            name: spoken.id.clone(),
            speaker: spoken.speaker.clone().unwrap_or_else(|| "Nobody named".to_owned()),
            runs: differ::plain(&matter.join(" … ")),
            is_quote: spoken.form == "direct" && !unsaid,
            when: days(spoken.said_start.as_deref(), spoken.said_end.as_deref()),
            iso: spoken.said_start.clone().filter(|start| spoken.said_end.as_ref() == Some(start)),
            labels: said.into_iter().chain(act.map(spaced)).chain(footing.map(spaced)).chain(through).collect(),
            unsaid,
            place: place_of(&spoken.id),
            source: format!("{}, line {}", spoken.outlet.as_deref().unwrap_or_else(|| file(&spoken.path)), spoken.line),
            story: spoken.story.clone(),
            corrected: None,
        }
    }
}

/// A text with the words that a query asks for marked.
pub(crate) fn marked(query: &str, text: &str) -> Vec<Run> {
    let (mut runs, mut at) = (Vec::new(), 0);
    for hit in hits(query, text) {
        runs.push(Run { text: text[at..hit.start].to_owned(), is_marked: false });
        runs.push(Run { text: text[hit.clone()].to_owned(), is_marked: true });
        at = hit.end;
    }
    runs.push(Run { text: text[at..].to_owned(), is_marked: false });
    runs.retain(|run| !run.text.is_empty());
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn large_numbers_are_grouped() {
        assert_eq!([0, 7, 999, 1_000, 24_003, 1_000_000, -1_234].map(number), ["0", "7", "999", "1,000", "24,003", "1,000,000", "-1,234"]);
        assert_eq!((counted(1, "story"), counted(2, "story"), counted(1_069, "statement")), ("1 story".into(), "2 stories".into(), "1,069 statements".into()));
    }
}
