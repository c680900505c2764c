//! Shows the figures of a record and every wrong item under the words it is about, on the terminal only.

use super::{Beside, Item, Measured};
use crate::story::Fact;
use crate::tally::Tally;

/// The figures, one a line.
pub fn figures(measured: &Measured) -> String {
    let share = |name: &str, tally: Tally| format!("{name:24} {:.3}  {} of {}\n", tally.share().unwrap_or(0.0), tally.right, tally.judged);
    let mut out = String::new();
    for fact in [Fact::Speaker, Fact::Said] {
        out += &share(fact.name(), measured.statements.facts.get(&fact).copied().unwrap_or_default());
    }
    if let Some(prf) = measured.utterances {
        out += &format!("{:24} P {:.3}  R {:.3}  F1 {:.3}  of {}\n", "utterance pairs", prf.precision(), prf.recall(), prf.f1(), prf.gold);
    }
    out += &share("askings found", measured.askings);
    out += &share("answer class", measured.answers);
    out += &share("same question linked", measured.linked);
    for (kind, row) in &measured.relations {
        out += &format!("{:24} right {}  wrong {}  silent {}  out of reach {}\n", kind, row.right, row.wrong, row.silent, row.out_of_reach);
    }
    out += &share("relation recall", measured.relation_recall());
    out += &share("look-alikes left silent", measured.look_alikes());
    out += &format!("{:24} {}\n", "loud outside the gold", measured.loud);
    out += &format!("{:24} {}, {} unsupported\n", "sentences of the brief", measured.sentences, measured.unsupported);
    out + &share("points of the brief", measured.points)
}

/// Every wrong item of `only` this layer, each under the words of the gold and of the record.
pub fn items(beside: &Beside<'_>, measured: &Measured, only: Option<&str>) -> String {
    let wrong = measured.items.iter().filter(|item| !item.is_right && only.is_none_or(|only| only == item.layer));
    wrong.map(|item| format!("{} {}  want {}  got {}\n{}", item.layer, item.what, item.want, item.got, words(beside, item))).collect()
}

fn words(beside: &Beside<'_>, item: &Item) -> String {
    let story = beside.story;
    let said = |id: &str| -> String {
        let said = story.statements.iter().find(|said| said.id == id);
        said.map_or(String::new(), |said| {
            let text = story.documents.iter().find(|article| article.id == said.doc).map_or("", |article| article.text.as_str());
            let part = |bytes: &crate::gold::Bytes| text[bytes.start..bytes.end].replace('\n', " ");
            let (source, content) = (said.source.iter().map(part).collect::<String>(), said.content.iter().map(part).collect::<Vec<_>>().join(" … "));
            let cue = said.cue.iter().map(part).collect::<Vec<_>>().join(" ");
            let id = beside.found.get(id).map_or("not found", String::as_str);
            format!("    {} ({id})  [{source}] [{cue}] {content}\n", said.id)
        })
    };
    let many = |ids: &[String]| ids.iter().map(|id| said(id)).collect::<String>();
    match item.layer {
        "relation" => {
            let relation = story.relations.iter().find(|relation| relation.id == item.what);
            relation.map_or(String::new(), |relation| format!("{}    against\n{}", many(&relation.a), many(&relation.b)))
        }
        "asking" | "answer" => {
            let askings = story.questions.iter().flat_map(|question| question.askings.iter().map(move |asking| (question, asking)));
            let found = askings.into_iter().find(|(question, asking)| format!("{}.{}", question.id, asking.n) == item.what);
            found.map_or(String::new(), |(question, asking)| {
                format!("    {}\n{}    answered\n{}", question.question, many(&asking.asking_ids), many(&asking.answer_ids))
            })
        }
        "point" => story.brief.iter().find(|point| point.n.to_string() == item.what).map_or(String::new(), |point| many(&point.support)),
        "sentence" => beside.record.brief.sentences.iter().find(|sentence| sentence.id == item.what).map_or(String::new(), |it| format!("    {}\n", it.text)),
        _ => item.what.split(' ').map(said).collect(),
    }
}
