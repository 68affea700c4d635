//! Units in heads: `单位：万元、%`, `产量（万吨）`, and a cell that is a unit alone.

use rust_decimal::Decimal;

use crate::Span;
use crate::dict::Units;
use crate::tag::units::unit_at;
use crate::tag::{Form, Numeral, UnitExpr};

/// A unit with the factor before it: ten thousand and 元 for 万元.
pub(super) type Scaled = (Decimal, UnitExpr);

/// What stands in the last brackets of a head: 城镇新增就业（人）.
pub(super) fn bracket(text: &str, head: Span) -> Option<Span> {
    let words = &text[head];
    let open = words.rfind(['（', '('])?;
    let close = words.rfind(['）', ')'])?;
    let start = open + words[open..].chars().next().map_or(1, char::len_utf8);
    (start < close).then(|| Span::new(head.start() + start, head.start() + close))
}

/// The first unit that a stretch names.
pub(super) fn unit_in(text: &str, span: Span, numerals: &[Numeral], units: &Units) -> Option<Scaled> {
    units_in(text, span, numerals, units).into_iter().next().map(|(_, unit)| unit)
}

/// The unit that fills a cell.
pub(super) fn unit_alone(text: &str, cell: Span, numerals: &[Numeral], units: &Units) -> Option<Scaled> {
    units_in(text, cell, numerals, units).into_iter().next().filter(|(span, _)| *span == cell).map(|(_, unit)| unit)
}

/// The units that a stretch names, in order, each with its place: 单位：万元、% gives ten thousand 元 and %.
pub(super) fn units_in(text: &str, span: Span, numerals: &[Numeral], units: &Units) -> Vec<(Span, Scaled)> {
    let mut found = Vec::new();
    let words = &text[span];
    let begin = words.rfind(['：', ':']).map_or(0, |at| at + words[at..].chars().next().map_or(1, char::len_utf8));
    let mut at = span.start() + begin;
    while at < span.end() {
        let scale = numerals.binary_search_by_key(&at, |n| n.span.start()).ok().and_then(|i| numerals.get(i)).filter(|n| n.form == Form::Scale);
        let (from, factor) = match scale {
            Some(numeral) => (numeral.span.end(), numeral.amount.low().unwrap_or(Decimal::ONE)),
            None => (at, Decimal::ONE),
        };
        if from <= span.end() && text[from..span.end()].starts_with(['%', '％']) {
            let end = from + text[from..].chars().next().map_or(1, char::len_utf8);
            found.push((Span::new(at, end), (factor, UnitExpr::plain(units.percent()))));
            at = end;
        } else if let Some((end, unit)) = unit_at(text, from, units).filter(|(end, _)| *end <= span.end()) {
            found.push((Span::new(at, end), (factor, unit)));
            at = end;
        } else {
            at += text[at..].chars().next().map_or(1, char::len_utf8);
        }
    }
    found
}
