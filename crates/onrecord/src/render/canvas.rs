//! Lines of painted words, wrapped at a width.

/// What some words are, for whoever colours them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Paint {
    /// Nothing special.
    Plain,
    /// Headings and values.
    Strong,
    /// Places and other small print.
    Faint,
    /// Words copied from the document.
    Quoted,
    /// A speaker, a rule.
    Name,
    /// What was not said, what is not the outlet's.
    Warning,
}

/// Some words of one paint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// What they are.
    pub paint: Paint,
    /// The words.
    pub text: String,
}

/// One line, without its line break.
pub type Line = Vec<Piece>;

/// Lines being written.
pub struct Canvas {
    width: usize,
    lines: Vec<Line>,
}

/// What is left for words when a narrow width meets a deep indent.
const NARROWEST: usize = 20;

impl Canvas {
    /// An empty canvas whose lines hold at most `width` characters, longer words apart.
    pub fn of_width(width: usize) -> Canvas {
        Canvas { width, lines: Vec::new() }
    }

    /// An empty line.
    pub fn blank(&mut self) {
        self.lines.push(Vec::new());
    }

    /// Pieces one space apart, wrapped, `indent` spaces in.
    pub fn line(&mut self, indent: usize, pieces: impl IntoIterator<Item = (Paint, String)>) {
        let mut spaced = Vec::new();
        for (paint, text) in pieces {
            if !spaced.is_empty() {
                spaced.push((Paint::Plain, " ".to_owned()));
            }
            spaced.push((paint, text));
        }
        self.paragraph(indent, spaced);
    }

    /// Pieces just as they are, wrapped where they have white space, `indent` spaces in.
    pub fn paragraph(&mut self, indent: usize, pieces: impl IntoIterator<Item = (Paint, String)>) {
        let room = self.width.saturating_sub(indent).max(NARROWEST);
        let mut rows: Vec<Line> = vec![Vec::new()];
        let mut used = 0;
        for atom in atoms(pieces) {
            let length: usize = atom.iter().map(|piece| piece.text.chars().count()).sum();
            let is_space = atom.iter().all(|piece| piece.text.trim().is_empty());
            if used + length > room && used > 0 && !is_space {
                rows.push(Vec::new());
                used = 0;
            }
            if is_space && (used == 0 || used + length > room) {
                continue;
            }
            used += length;
            let row = rows.last_mut().expect("there is always a row");
            for piece in atom {
                match row.last_mut() {
                    Some(last) if last.paint == piece.paint => last.text.push_str(&piece.text),
                    _ => row.push(piece),
                }
            }
        }
        for mut row in rows {
            if let Some(last) = row.last_mut() {
                last.text.truncate(last.text.trim_end().len());
            }
            if indent > 0 {
                row.insert(0, Piece { paint: Paint::Plain, text: " ".repeat(indent) });
            }
            self.lines.push(row);
        }
    }

    /// Like [`paragraph`](Canvas::paragraph), but lines after the first stand `hang` spaces further in.
    pub fn hanging(&mut self, indent: usize, hang: usize, pieces: impl IntoIterator<Item = (Paint, String)>) {
        let before = self.lines.len();
        let mut inner = Canvas::of_width(self.width.saturating_sub(hang));
        // The first line has its own start; what it begins with takes the room of the hang.
        let mut pieces: Vec<(Paint, String)> = pieces.into_iter().collect();
        let lead = match pieces.first() {
            Some((_, text)) if text.chars().count() == hang => Some(pieces.remove(0)),
            _ => None,
        };
        inner.paragraph(indent, pieces);
        for (at, mut line) in inner.into_lines().into_iter().enumerate() {
            let margin = if indent > 0 && !line.is_empty() { 1 } else { 0 };
            let own = match (&lead, at) {
                (Some((paint, text)), 0) => Some(Piece { paint: *paint, text: text.clone() }),
                (None, 0) => None,
                _ => Some(Piece { paint: Paint::Plain, text: " ".repeat(hang) }),
            };
            if let Some(own) = own {
                line.insert(margin, own);
            }
            self.lines.push(line);
        }
        debug_assert!(self.lines.len() > before, "a paragraph has at least one line");
    }

    /// Two columns beside each other, `indent` spaces in, each written for the width it gets.
    pub fn side_by_side(&mut self, indent: usize, left: impl FnOnce(usize) -> Vec<Line>, right: impl FnOnce(usize) -> Vec<Line>) {
        const BETWEEN: &str = " │ ";
        let column = self.width.saturating_sub(indent + BETWEEN.chars().count()) / 2;
        let (mut left, mut right) = (left(column).into_iter(), right(column).into_iter());
        loop {
            let (one, other) = (left.next(), right.next());
            if one.is_none() && other.is_none() {
                return;
            }
            let one = one.unwrap_or_default();
            let used: usize = one.iter().map(|piece| piece.text.chars().count()).sum();
            let mut line = vec![Piece { paint: Paint::Plain, text: " ".repeat(indent) }];
            line.extend(one);
            line.push(Piece { paint: Paint::Plain, text: " ".repeat(column.saturating_sub(used)) });
            line.push(Piece { paint: Paint::Faint, text: BETWEEN.trim_end().to_owned() });
            if let Some(other) = other.filter(|other| !other.is_empty()) {
                line.push(Piece { paint: Paint::Plain, text: " ".to_owned() });
                line.extend(other);
            }
            self.lines.push(line);
        }
    }

    /// What was written.
    pub fn into_lines(self) -> Vec<Line> {
        self.lines
    }
}

/// Runs of white space (one space each) and of everything else, in turn; a run may change its paint on the way.
fn atoms(pieces: impl IntoIterator<Item = (Paint, String)>) -> Vec<Line> {
    let mut atoms: Vec<Line> = Vec::new();
    let mut was_space = None;
    for (paint, text) in pieces {
        for c in text.chars() {
            let is_space = c.is_whitespace();
            let c = if is_space { ' ' } else { printable(c) };
            if was_space != Some(is_space) {
                atoms.push(vec![Piece { paint, text: c.to_string() }]);
            } else if !is_space {
                let atom = atoms.last_mut().expect("a run is under way");
                match atom.last_mut() {
                    Some(last) if last.paint == paint => last.text.push(c),
                    _ => atom.push(Piece { paint, text: c.to_string() }),
                }
            }
            was_space = Some(is_space);
        }
    }
    atoms
}

/// Control characters would steer the terminal; they are shown as a replacement mark.
fn printable(c: char) -> char {
    if c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}') { '\u{fffd}' } else { c }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(lines: Vec<Line>) -> Vec<String> {
        lines.into_iter().map(|line| line.into_iter().map(|piece| piece.text).collect()).collect()
    }

    #[test]
    fn lines_wrap_at_the_width_and_keep_their_indent() {
        let mut canvas = Canvas::of_width(24);
        canvas.line(2, [(Paint::Name, "Mara Ode".to_owned()), (Paint::Plain, "said on the record\nthat it rained".to_owned())]);
        assert_eq!(plain(canvas.into_lines()), ["  Mara Ode said on the", "  record that it rained"]);
    }

    #[test]
    fn a_word_of_two_paints_is_not_torn() {
        let mut canvas = Canvas::of_width(24);
        canvas.paragraph(0, [(Paint::Quoted, "one two three four five".to_owned()), (Paint::Plain, "—six".to_owned())]);
        assert_eq!(plain(canvas.into_lines()), ["one two three four", "five—six"]);
    }

    #[test]
    fn control_characters_do_not_reach_the_terminal() {
        let mut canvas = Canvas::of_width(80);
        canvas.paragraph(0, [(Paint::Quoted, "red \u{1b}[31m".to_owned())]);
        assert_eq!(plain(canvas.into_lines()), ["red \u{fffd}[31m"]);
    }
}
