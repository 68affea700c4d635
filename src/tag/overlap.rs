//! The one place where two readings of one stretch of text compete.
//!
//! Times come before quantities: the numerals inside `2021年3月` count nothing. Vetoes come before numerals
//! (in `numerals`), quantities and times before names that begin inside them.

use crate::Span;
use crate::segment::{Line, LineKind};
use crate::tag::{Numeral, TimeRef};

/// The numerals that no time expression has taken.
pub fn outside(numerals: &[Numeral], times: &[TimeRef]) -> Vec<Numeral> {
    let mut times = times.iter().peekable();
    numerals
        .iter()
        .filter(|numeral| {
            while times.next_if(|time| time.span.end() <= numeral.span.start()).is_some() {}
            !times.peek().is_some_and(|time| time.span.overlaps(numeral.span))
        })
        .copied()
        .collect()
}

/// The items that stand in lines which are read: page furniture has none.
pub fn read_lines<T>(items: Vec<T>, lines: &[Line], span: impl Fn(&T) -> Span) -> Vec<T> {
    let mut furniture = lines.iter().filter(|line| line.kind == LineKind::Furniture).map(|line| line.span).peekable();
    items
        .into_iter()
        .filter(|item| {
            let span = span(item);
            while furniture.next_if(|line| line.end() <= span.start()).is_some() {}
            !furniture.peek().is_some_and(|line| line.overlaps(span))
        })
        .collect()
}
