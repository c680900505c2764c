//! A story as one page that carries all it needs: no network, no script; to be read, printed, sent.

use crate::format::Form;
use crate::page::{Maker, Page};
use crate::view::View;
use crate::{Error, Story};
use askama::Template;
use std::io::Write;

/// Begins a page.
pub(crate) fn begin<W: Write>(output: W) -> Pages<W> {
    Pages { output, pages: Vec::new() }
}

/// Stories waiting for the page: what stands at its head is known when all are there.
pub(crate) struct Pages<W> {
    output: W,
    pages: Vec<Page>,
}

/// The page: its markup is `templates/story.html`, and whatever comes from an article is escaped there.
#[derive(Template)]
#[template(path = "story.html")]
struct Sheet<'p> {
    pages: &'p [Page],
    style: &'static str,
}

impl Sheet<'_> {
    /// What the window is called.
    fn title(&self) -> &str {
        match self.pages {
            [page] => &page.title,
            _ => "Stories",
        }
    }

    /// What stands before the ids of a story: two stories of one page share none.
    fn tag(&self, page: &Page) -> String {
        match self.pages {
            [_] => String::new(),
            _ => format!("{}-", page.id),
        }
    }
}

impl<W: Write> Form for Pages<W> {
    fn story(&mut self, story: &Story) -> Result<(), Error> {
        self.pages.push(Maker::of(View::of(story)).page());
        Ok(())
    }

    fn end(mut self: Box<Self>) -> Result<(), Error> {
        let sheet = Sheet { pages: &self.pages, style: include_str!("../templates/story.css") };
        sheet.write_into(&mut self.output)?;
        Ok(self.output.flush()?)
    }
}
