//! Ties contents to their cues and cues to their sources, by vectors and by what stands between.

use super::decode::{in_thousandths, softmax};
use super::types::Seen;
use super::{Link, Part, Role};
use serde::Deserialize;

/// The learned tables of both ties.
#[derive(Deserialize)]
pub(super) struct Tables {
    size: usize,
    scale: f32,
    reach: usize,
    gaps: Vec<usize>,
    content_cue: Table,
    cue_source: Table,
}

#[derive(Deserialize)]
struct Table {
    gap: [Vec<f32>; 2],
    cues: [Vec<f32>; 2],
    ends: [Vec<f32>; 2],
    paragraphs: [Vec<f32>; 2],
    #[serde(default)]
    none_key: Vec<f32>,
    #[serde(default)]
    none_bias: f32,
}

/// The ties of every part, by position in the parts.
pub(super) struct Links {
    pub(super) cue_of: Vec<Option<Link>>,
    pub(super) source_of: Vec<Option<Link>>,
}

/// Which of its four vectors a word brings to a tie.
#[derive(Clone, Copy)]
enum Seat {
    Content = 0,
    CueOfContent = 1,
    CueOfSource = 2,
    Source = 3,
}

impl Links {
    /// Ties `parts`; `vectors` are those of every token.
    pub(super) fn of(tables: &Tables, parts: &[Part], vectors: &[[f32; 256]], seen: &Seen) -> Links {
        let tie = Tie { tables, parts, vectors, counts: Counts::of(parts, seen) };
        let cue_of: Vec<Option<Link>> = (0..parts.len()).map(|at| tie.cue_of(at)).collect();
        let source_of = (0..parts.len()).map(|at| tie.source_of(at)).collect();
        Links { cue_of, source_of }
    }
}

struct Tie<'a> {
    tables: &'a Tables,
    parts: &'a [Part],
    vectors: &'a [[f32; 256]],
    counts: Counts,
}

impl Tie<'_> {
    fn cue_of(&self, at: usize) -> Option<Link> {
        if self.parts[at].role != Role::Content {
            return None;
        }
        self.best(at, Role::Cue, &self.tables.content_cue, [Seat::Content, Seat::CueOfContent], None)
    }

    fn source_of(&self, at: usize) -> Option<Link> {
        if self.parts[at].role != Role::Cue {
            return None;
        }
        let table = &self.tables.cue_source;
        let none = self.dot(self.vector(at, Seat::CueOfSource), &table.none_key) + table.none_bias;
        self.best(at, Role::Source, table, [Seat::CueOfSource, Seat::Source], Some(none))
    }

    /// The best partner of `role` for part `at`, unless `none` scores higher.
    fn best(&self, at: usize, role: Role, table: &Table, seats: [Seat; 2], none: Option<f32>) -> Option<Link> {
        let (from, vector) = (&self.parts[at].tokens, self.vector(at, seats[0]));
        let after = self.parts.partition_point(|part| part.tokens.start + self.tables.reach + 1 < from.start);
        let near = self.parts[after..].iter().enumerate().map(|(i, part)| (after + i, part));
        let near = near.take_while(|(_, part)| part.tokens.start <= from.end + self.tables.reach);
        let (mut to, mut scores) = (Vec::new(), Vec::new());
        for (other, part) in near.filter(|(_, part)| part.role == role) {
            let side = usize::from(part.tokens.start > from.start);
            let (earlier, later) = if side == 1 { (from, &part.tokens) } else { (&part.tokens, from) };
            let left = earlier.end;
            let right = left.max(later.start);
            if right - left > self.tables.reach {
                continue;
            }
            let gap = self.tables.gaps.iter().filter(|bound| right - left >= **bound).count();
            let score = self.dot(vector, self.vector(other, seats[1]))
                + table.gap[side][gap]
                + table.cues[side][self.counts.cues(left, right).min(3)]
                + table.ends[side][self.counts.ends(left, right).min(3)]
                + table.paragraphs[side][self.counts.paragraphs(left, right).min(2)];
            to.push(other);
            scores.push(score);
        }
        let best = (0..to.len()).reduce(|best, at| if scores[at] > scores[best] { at } else { best })?;
        let beaten = none.is_some_and(|none| none > scores[best]);
        scores.extend(none);
        (!beaten).then(|| Link { to: to[best], score: in_thousandths(softmax(&scores)[best]) })
    }

    fn vector(&self, at: usize, seat: Seat) -> &[f32] {
        let size = self.tables.size;
        &self.vectors[self.parts[at].tokens.start][seat as usize * size..][..size]
    }

    fn dot(&self, a: &[f32], b: &[f32]) -> f32 {
        self.tables.scale * a.iter().zip(b).map(|(a, b)| a * b).sum::<f32>()
    }
}

/// How many cues, sentence ends and paragraph starts come before each token.
struct Counts {
    cues: Vec<u32>,
    ends: Vec<u32>,
    paragraphs: Vec<u32>,
}

impl Counts {
    fn of(parts: &[Part], seen: &Seen) -> Counts {
        let mut cue = vec![false; seen.ends.len()];
        for part in parts.iter().filter(|part| part.role == Role::Cue) {
            cue[part.tokens.start] = true;
        }
        Counts { cues: running(&cue), ends: running(&seen.ends), paragraphs: running(&seen.paragraphs) }
    }

    fn cues(&self, left: usize, right: usize) -> usize {
        (self.cues[right] - self.cues[left]) as usize
    }

    fn ends(&self, left: usize, right: usize) -> usize {
        (self.ends[right] - self.ends[left]) as usize
    }

    /// The first token of the later span counts too.
    fn paragraphs(&self, left: usize, right: usize) -> usize {
        let past = (right + 1).min(self.paragraphs.len() - 1);
        (self.paragraphs[past] - self.paragraphs[left]) as usize
    }
}

fn running(marks: &[bool]) -> Vec<u32> {
    let mut sums = vec![0];
    sums.extend(marks.iter().scan(0, |sum, mark| {
        *sum += u32::from(*mark);
        Some(*sum)
    }));
    sums
}
