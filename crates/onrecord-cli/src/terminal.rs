//! Paints lines for a terminal; in a pipe and under NO_COLOR the paint falls off.

use anstream::AutoStream;
use anstyle::{AnsiColor, Style};
use onrecord::render::{Line, Paint};
use std::fmt::Write as _;
use std::io::{BufWriter, StdoutLock, Write};

/// Records are written for a page of this width; longer lines read badly.
const PAGE: usize = 80;

/// Standard output, buffered.
pub(crate) fn output() -> BufWriter<AutoStream<StdoutLock<'static>>> {
    BufWriter::new(AutoStream::auto(std::io::stdout().lock()))
}

/// The width to write for.
pub(crate) fn width() -> usize {
    terminal_size::terminal_size().map_or(PAGE, |(width, _)| usize::from(width.0).min(PAGE))
}

/// The lines as one text, painted.
pub(crate) fn paint(lines: &[Line]) -> String {
    let mut out = String::new();
    for line in lines {
        for piece in line {
            let style = style(piece.paint);
            // Writing to a String cannot fail.
            let _ = write!(out, "{}{}{}", style.render(), piece.text, style.render_reset());
        }
        out.push('\n');
    }
    out
}

fn style(paint: Paint) -> Style {
    match paint {
        Paint::Plain => Style::new(),
        Paint::Strong => Style::new().bold(),
        Paint::Faint => Style::new().dimmed(),
        Paint::Quoted => AnsiColor::Green.on_default(),
        Paint::Name => AnsiColor::Cyan.on_default().bold(),
        Paint::Warning => AnsiColor::Yellow.on_default().bold(),
    }
}

/// Writes a message to standard error.
pub(crate) fn complain(message: &str) {
    let style = AnsiColor::Red.on_default().bold();
    let _ = writeln!(anstream::stderr().lock(), "{}onrecord:{} {message}", style.render(), style.render_reset());
}

/// Writes to standard output at once.
pub(crate) fn say(message: &str) {
    let _ = writeln!(anstream::stdout().lock(), "{message}");
}

/// `1 story`, `3 stories`.
pub(crate) fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}
