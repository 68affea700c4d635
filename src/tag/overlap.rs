//! The one place where two readings of one stretch of text compete.
//!
//! Times come before quantities: the numerals inside `2021年3月` count nothing. Vetoes come before numerals
//! (in `numerals`), quantities and times before names that begin inside them.

use crate::dict::Units;
use crate::tag::tables::Cell;
use crate::tag::{Numeral, Quantity, TimeRef};

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

/// The quantities with those of table cells put in; a cell's reading beats another of the same number.
pub fn with_cells(quantities: Vec<Quantity>, cells: &[Cell], units: &Units) -> Vec<Quantity> {
    if cells.is_empty() {
        return quantities;
    }
    let from_cells: Vec<Quantity> = cells.iter().filter_map(|cell| cell.quantity(units)).collect();
    let mut all: Vec<Quantity> =
        quantities.into_iter().filter(|q| !from_cells.iter().any(|c| c.span.overlaps(q.span))).chain(from_cells.iter().cloned()).collect();
    all.sort_by_key(|q| q.span);
    all
}
