//! Places in a text: half-open byte ranges.

use std::ops::{Index, Range};

/// A half-open range of bytes of [`Article::text`](crate::Article), on character boundaries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    start: u32,
    end: u32,
}

impl Span {
    /// The span from `start` to `end` (bytes, `start <= end`; an end before the start gives an empty span).
    pub fn new(start: usize, end: usize) -> Span {
        let start = start as u32;
        Span { start, end: (end as u32).max(start) }
    }

    /// First byte.
    pub fn start(self) -> usize {
        self.start as usize
    }

    /// One past the last byte.
    pub fn end(self) -> usize {
        self.end as usize
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// True where the span holds nothing.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The same place as a range.
    pub fn range(self) -> Range<usize> {
        self.start()..self.end()
    }

    /// True where `other` lies wholly inside.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// True where the byte at `at` belongs to the span.
    pub fn covers(self, at: usize) -> bool {
        self.start() <= at && at < self.end()
    }

    /// True where the two share at least one byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that holds both.
    pub fn join(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

/// The items of a layer (sorted, disjoint) that lie wholly inside `span`, each with its number in the layer.
pub fn within<T>(layer: &[T], span: Span, place: impl Fn(&T) -> Span) -> impl DoubleEndedIterator<Item = (usize, &T)> {
    let first = layer.partition_point(|item| place(item).start() < span.start());
    let last = layer.partition_point(|item| place(item).end() <= span.end()).max(first);
    layer.iter().enumerate().take(last).skip(first)
}

/// The item of a layer (sorted, disjoint) that begins at the byte `at`, with its number.
pub fn starting<T>(layer: &[T], at: usize, place: impl Fn(&T) -> Span) -> Option<(usize, &T)> {
    let index = layer.binary_search_by_key(&at, |item| place(item).start()).ok()?;
    layer.get(index).map(|item| (index, item))
}

impl Index<Span> for str {
    type Output = str;

    fn index(&self, span: Span) -> &str {
        &self[span.range()]
    }
}

impl Index<Span> for String {
    type Output = str;

    fn index(&self, span: Span) -> &str {
        &self[span.range()]
    }
}
