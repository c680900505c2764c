//! Where something stands in a text: spans, and the layers of things that have one.

use std::fmt;
use std::marker::PhantomData;
use std::ops::{Index, Range};

/// A half-open range of bytes in a document's text; both ends stand on character boundaries.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    start: u32,
    end: u32,
}

impl Span {
    /// The span from `start` up to, not including, `end`, in bytes. `start` must not exceed `end`.
    pub fn new(start: usize, end: usize) -> Span {
        assert!(start <= end, "a span must not end before it starts: {start}..{end}");
        let small = |n: usize| u32::try_from(n).expect("texts are shorter than 4 GiB");
        Span { start: small(start), end: small(end) }
    }

    /// The first byte.
    pub fn start(self) -> usize {
        self.start as usize
    }

    /// The byte after the last.
    pub fn end(self) -> usize {
        self.end as usize
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        self.end() - self.start()
    }

    /// Whether the span holds no byte.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether `other` lies wholly inside.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the byte at `at` lies inside.
    pub fn holds(self, at: usize) -> bool {
        self.start() <= at && at < self.end()
    }

    /// Whether the two share at least one byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that holds both.
    pub fn cover(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The words at this place.
    pub fn of(self, text: &str) -> &str {
        &text[self.range()]
    }

    /// The span as a range.
    pub fn range(self) -> Range<usize> {
        self.start()..self.end()
    }

    /// The span without white space at either end.
    pub fn trim(self, text: &str) -> Span {
        let words = self.of(text);
        let start = self.start() + (words.len() - words.trim_start().len());
        Span::new(start, start + words.trim().len())
    }
}

impl fmt::Debug for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}

/// Something that stands at one place of the text.
pub trait Spanned {
    /// Its place.
    fn span(&self) -> Span;
}

/// The number of an item within its layer.
pub struct Id<T> {
    at: u32,
    of: PhantomData<fn() -> T>,
}

impl<T> Id<T> {
    /// The id of the item at position `at`.
    pub fn new(at: usize) -> Id<T> {
        Id { at: u32::try_from(at).expect("layers hold fewer than 2^32 items"), of: PhantomData }
    }

    /// The position in the layer, from 0.
    pub fn at(self) -> usize {
        self.at as usize
    }
}

impl<T> Clone for Id<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> Copy for Id<T> {}
impl<T> PartialEq for Id<T> {
    fn eq(&self, other: &Self) -> bool {
        self.at == other.at
    }
}
impl<T> Eq for Id<T> {}
impl<T> PartialOrd for Id<T> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl<T> Ord for Id<T> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.at.cmp(&other.at)
    }
}
impl<T> std::hash::Hash for Id<T> {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.at.hash(state);
    }
}
impl<T> fmt::Debug for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{}", self.at)
    }
}

/// Frozen results of one stage, in the order of the text.
#[derive(Clone, Debug, PartialEq)]
pub struct Layer<T> {
    items: Vec<T>,
}

impl<T> Layer<T> {
    /// A layer of `items` in the order given; use [`Layer::sorted`] when they have places.
    pub fn new(items: Vec<T>) -> Layer<T> {
        Layer { items }
    }

    /// How many items it holds.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// The items in order.
    pub fn iter(&self) -> std::slice::Iter<'_, T> {
        self.items.iter()
    }

    /// The items in order, each with its id.
    pub fn entries(&self) -> impl DoubleEndedIterator<Item = (Id<T>, &T)> + '_ {
        self.items.iter().enumerate().map(|(at, item)| (Id::new(at), item))
    }

    /// The ids in order.
    pub fn ids(&self) -> impl DoubleEndedIterator<Item = Id<T>> + use<T> {
        (0..self.items.len()).map(Id::new)
    }

    /// The items as a slice.
    pub fn as_slice(&self) -> &[T] {
        &self.items
    }
}

impl<T: Spanned> Layer<T> {
    /// A layer of `items` sorted by where they start, longer ones first at one start.
    pub fn sorted(mut items: Vec<T>) -> Layer<T> {
        items.sort_by_key(|item| (item.span().start(), std::cmp::Reverse(item.span().end())));
        Layer { items }
    }

    /// The items that lie wholly inside `span`, in order.
    pub fn within(&self, span: Span) -> impl Iterator<Item = (Id<T>, &T)> + '_ {
        self.entries().filter(move |(_, item)| span.contains(item.span()))
    }

    /// The first item whose place holds the byte `at`. For layers that do not overlap (zones, sentences).
    pub fn holding(&self, at: usize) -> Option<(Id<T>, &T)> {
        let after = self.items.partition_point(|item| item.span().start() <= at);
        let before = after.checked_sub(1)?;
        let item = &self.items[before];
        item.span().holds(at).then(|| (Id::new(before), item))
    }
}

impl<T> Index<Id<T>> for Layer<T> {
    type Output = T;
    fn index(&self, id: Id<T>) -> &T {
        &self.items[id.at()]
    }
}

impl<T> Default for Layer<T> {
    fn default() -> Self {
        Layer { items: Vec::new() }
    }
}

impl<'a, T> IntoIterator for &'a Layer<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;
    fn into_iter(self) -> Self::IntoIter {
        self.items.iter()
    }
}

/// What one stage says about every item of another stage's layer: one value an id.
#[derive(Clone, Debug, PartialEq)]
pub struct Column<K, V> {
    values: Vec<V>,
    of: PhantomData<fn() -> K>,
}

impl<K, V> Column<K, V> {
    /// One value for every item of `layer`, made by `value`.
    pub fn over(layer: &Layer<K>, mut value: impl FnMut(Id<K>, &K) -> V) -> Column<K, V> {
        Column { values: layer.entries().map(|(id, item)| value(id, item)).collect(), of: PhantomData }
    }

    /// The values in the order of the layer; there must be one for each of its items.
    pub fn from_vec(layer: &Layer<K>, values: Vec<V>) -> Column<K, V> {
        assert_eq!(layer.len(), values.len(), "a column has one value for each item of its layer");
        Column { values, of: PhantomData }
    }

    /// The values in the order of the layer.
    pub fn iter(&self) -> std::slice::Iter<'_, V> {
        self.values.iter()
    }

    /// A column of these values over the same layer; there must be as many.
    pub(crate) fn with<W>(&self, values: Vec<W>) -> Column<K, W> {
        assert_eq!(self.values.len(), values.len(), "columns over one layer are as long");
        Column { values, of: PhantomData }
    }
}

impl<K, V> Index<Id<K>> for Column<K, V> {
    type Output = V;
    fn index(&self, id: Id<K>) -> &V {
        &self.values[id.at()]
    }
}
