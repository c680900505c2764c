//! `onrecord search`: statements and articles of the archive, by their words, or by what they mean.

use crate::arguments::named;
use crate::kept::Kept;
use crate::{Failure, Outcome, listing, terminal};
use onrecord::act::Act;
use onrecord::reader::Reader;
use onrecord::render::{Canvas, Paint};
use onrecord::sourcing::SourceClass;
use onrecord::statement::Form;
use onrecord::wire::Named;
use onrecord_archive::{Article, Like, Order, Query};

#[derive(clap::Args, Debug)]
pub(crate) struct Arguments {
    /// Words that must all be there; "in a row" is a phrase, begin* the beginning of a word
    #[arg(value_name = "WORDS")]
    words: Vec<String>,
    /// A word or "phrase" that must not be there; may be given several times
    #[arg(long, value_name = "WORD")]
    not: Vec<String>,
    /// Said in other words: what is nearest in meaning to these, first
    #[arg(long, value_name = "WORDS")]
    like: Option<String>,
    #[command(flatten)]
    kept: Kept,
    /// Search whole articles, not what was said in them
    #[arg(long, conflicts_with_all = ["like", "by", "about", "sourcing", "act", "form", "since", "until"])]
    articles: bool,
    /// Said by: a name, a word of one, or an id
    #[arg(long, value_name = "NAME|ID")]
    by: Option<String>,
    /// Said about: a name that stands in what was said, or an id
    #[arg(long, value_name = "NAME|ID")]
    about: Option<String>,
    /// Published by
    #[arg(long, value_name = "NAME")]
    outlet: Option<String>,
    /// In this story
    #[arg(long, value_name = "ID")]
    story: Option<String>,
    /// The class of the source, such as anonymous
    #[arg(long, value_name = "CLASS", value_parser = named::<SourceClass>)]
    sourcing: Option<SourceClass>,
    /// What it does, such as denial
    #[arg(long, value_name = "ACT", value_parser = named::<Act>)]
    act: Option<Act>,
    /// How much of it is quoted: direct, mixed, indirect
    #[arg(long, value_name = "FORM", value_parser = named::<Form>)]
    form: Option<Form>,
    /// Said on this day or later, as far as the day is known
    #[arg(long, value_name = "YYYY-MM-DD")]
    since: Option<jiff::civil::Date>,
    /// Said on this day or before
    #[arg(long, value_name = "YYYY-MM-DD")]
    until: Option<jiff::civil::Date>,
    /// Published on this day or later
    #[arg(long, value_name = "YYYY-MM-DD")]
    published_since: Option<jiff::civil::Date>,
    /// Published on this day or before
    #[arg(long, value_name = "YYYY-MM-DD")]
    published_until: Option<jiff::civil::Date>,
    /// The most hits
    #[arg(long, value_name = "NUMBER", default_value_t = 20)]
    most: usize,
    /// Print one JSON object a hit
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let day = |day: &Option<jiff::civil::Date>| day.map(|day| day.to_string());
    let query = Query {
        words: words(arguments),
        like: arguments.like.as_ref().map(|words| Like::of(words, &Reader::built_in())),
        by: arguments.by.clone(),
        about: arguments.about.clone(),
        outlet: arguments.outlet.clone(),
        story: arguments.story.clone(),
        sourcing: arguments.sourcing.map(|label| label.name().to_owned()),
        act: arguments.act.map(|label| label.name().to_owned()),
        form: arguments.form.map(|label| label.name().to_owned()),
        since: day(&arguments.since),
        until: day(&arguments.until),
        published_since: day(&arguments.published_since),
        published_until: day(&arguments.published_until),
        most: arguments.most,
    };
    let archive = arguments.kept.open()?;
    let mut canvas = Canvas::of_width(terminal::width());
    if arguments.articles {
        let found = archive.search_articles(&query)?;
        if arguments.json {
            return listing::as_json(&found.hits);
        }
        found.hits.iter().for_each(|article| draw(&mut canvas, article));
        return listing::print(canvas, found.hits.len(), "article", articles(found.order));
    }
    let found = archive.search(&query)?;
    if arguments.json {
        return listing::as_json(&found.hits);
    }
    for spoken in &found.hits {
        listing::spoken(&mut canvas, spoken, Some(spoken.speaker.as_deref().unwrap_or("nobody named")));
    }
    let many = match found.order {
        Order::Best => "statements, the best first",
        Order::Newest => "statements, the newest first",
    };
    listing::print(canvas, found.hits.len(), "statement", many)
}

fn articles(order: Order) -> &'static str {
    match order {
        Order::Best => "articles, the best first",
        Order::Newest => "articles, the newest first",
    }
}

/// All that is looked for, what must not be there with a minus before it.
fn words(arguments: &Arguments) -> String {
    let wanted = arguments.words.iter().map(|word| quoted(word));
    let unwanted = arguments.not.iter().map(|word| format!("-{}", quoted(word)));
    wanted.chain(unwanted).collect::<Vec<_>>().join(" ")
}

/// An argument that the shell was given in quotation marks is a phrase.
fn quoted(word: &str) -> String {
    let is_phrase = word.contains(char::is_whitespace) && !word.contains(['"', '“', '”']);
    if is_phrase { format!("\"{word}\"") } else { word.to_owned() }
}

fn draw(canvas: &mut Canvas, article: &Article) {
    let text: String = article.text.chars().take(LONGEST).collect();
    canvas.line(2, [(Paint::Plain, text)]);
    let outlet = article.outlet.clone().map(|outlet| (Paint::Faint, format!("{outlet},")));
    let day = article.published.clone().map(|day| (Paint::Faint, format!("{day},")));
    canvas.line(4, outlet.into_iter().chain(day).chain([(Paint::Faint, format!("{}:{} · story {}", article.path, article.line, article.story))]));
}

/// Characters shown of a line that is a long paragraph.
const LONGEST: usize = 300;
