//! The one place where two readings of one stretch of text compete.
//!
//! Times come before quantities: the numerals inside `2021年3月` count nothing. Vetoes come before numerals
//! (in `numerals`), quantities and times before names that begin inside them. A time that only begins where the unit of a
//! length of time ends (the 20时 of `8天20时`, the 星期3 of `五个星期3小时`), and one that cuts a decimal from its unit
//! (`五点五分钟`, `1.6~3.9米`), gives its numerals back.

use crate::Span;
use crate::dict::{Kind, Units};
use crate::tag::tables::Tables;
use crate::tag::{Numeral, Quantity, TimeRef};

/// The numerals that no time expression has taken.
pub fn outside(text: &str, numerals: &[Numeral], times: &[TimeRef], units: &Units) -> Vec<Numeral> {
    let mut times = times.iter().peekable();
    let mut free: Vec<Numeral> = Vec::with_capacity(numerals.len());
    for numeral in numerals {
        while times.next_if(|time| time.span.end() <= numeral.span.start()).is_some() {}
        let taken = times.peek().is_some_and(|time| {
            time.span.overlaps(numeral.span)
                && !goes_on(text, free.last(), numeral.span, time.span, units)
                && !cut_decimal(text, numeral.span, time.span, units)
        });
        if !taken {
            free.push(*numeral);
        }
    }
    free
}

/// True where `numeral` is the smaller part of a length of time that began before the time expression: 8天20时, 两年加上三个月.
fn goes_on(text: &str, last: Option<&Numeral>, numeral: Span, time: Span, units: &Units) -> bool {
    let Some(last) = last.filter(|last| last.span.end() <= time.start() && numeral.start() - last.span.end() <= 24) else { return false };
    let end = units.names_at(text, last.span.end()).find(|(_, id)| units.get(*id).kind == Kind::Duration).map(|(len, _)| last.span.end() + len);
    let Some(end) = end.filter(|end| *end <= numeral.start()) else { return false };
    let gap = &text[end..numeral.start()];
    let after = &text[numeral.end()..];
    matches!(gap, "" | "零" | "又" | "加上") && ["小时", "个小时", "个月", "分钟", "秒", "时", "天", "分"].into_iter().any(|unit| after.starts_with(unit))
}

/// True where `numeral` is a decimal whose unit the time expression cuts, or does not see.
fn cut_decimal(text: &str, numeral: Span, time: Span, units: &Units) -> bool {
    let written = &text[numeral];
    let longest = units.names_at(text, numeral.end()).next().map(|(len, id)| (numeral.end() + len, units.get(id).kind));
    // 20日圆, 3时辰
    if numeral.start() == time.start() && longest.is_some_and(|(end, kind)| end > time.end() && kind != Kind::Count) {
        return true;
    }
    let unit_end = |from: usize| units.names_at(text, from).next().map(|(len, id)| (from + len, units.get(id).kind));
    if written.contains('点') {
        return unit_end(numeral.end()).is_some_and(|(end, _)| end > time.end());
    }
    // 1.6~3.9米
    written.contains('.')
        && !text[time].contains(['年', '月', '日', '号'])
        && unit_end(time.end()).is_some_and(|(_, kind)| !matches!(kind, Kind::Duration | Kind::Count))
}

/// The quantities with those of table cells put in; a cell's reading beats another of the same number, and row numbers and
/// ranks count nothing.
pub fn with_tables(quantities: Vec<Quantity>, tables: &Tables) -> Vec<Quantity> {
    if tables.cells.is_empty() && tables.passed.is_empty() {
        return quantities;
    }
    let mut taken: Vec<Span> = tables.cells.iter().map(|cell| cell.quantity.span).chain(tables.passed.iter().copied()).collect();
    taken.sort_unstable();
    let free = |q: &Quantity| {
        let after = taken.partition_point(|span| span.end() <= q.span.start());
        taken.get(after).is_none_or(|span| !span.overlaps(q.span))
    };
    let mut all: Vec<Quantity> = quantities.into_iter().filter(free).chain(tables.cells.iter().map(|cell| cell.quantity.clone())).collect();
    all.sort_by_key(|q| q.span);
    all
}
