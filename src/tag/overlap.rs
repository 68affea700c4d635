//! The one place where two readings of one stretch of text compete.
//!
//! Times come before quantities: the numerals inside `2021年3月` count nothing. Vetoes come before numerals
//! (in `numerals`), quantities and times before names that begin inside them.

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
