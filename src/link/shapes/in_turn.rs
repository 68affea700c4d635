//! The times of a list, one for each value of a row (guideline S7 for times).
//!
//! 青山县2022年、2023年粮食产量分别为32万吨、33万吨。 => 青山县 · 粮食产量 · 320000 吨 · @2022年 ; 青山县 · 粮食产量 · 330000 吨 · @2023年
//! 青山县2023年粮食产量、油料产量分别为32万吨、3万吨。 => 青山县 · 粮食产量 · 320000 吨 · @2023年 ; 青山县 · 油料产量 · 30000 吨 · @2023年

use jiff::ToSpan;

use crate::Span;
use crate::link::lead::Layers;
use crate::tag::{Moment, Period, TimeRef};

/// The days and the words of each of `n` times that stand in `lead` one behind the other; none where so many do not stand there.
pub(in crate::link) fn times(layers: Layers<'_>, lead: Span, n: usize) -> Option<Vec<(Period, Span)>> {
    let (last, time) = layers.times_in(lead).next_back()?;
    // 6—7月进口、出口分别为…: the list is not of months
    let behind = layers.text.get(time.span.end()..lead.end())?;
    let first = layers.times_in(lead).next()?.0;
    let listed = (first + n == last + 1).then(|| times_up_to(layers, last, n));
    listed.unwrap_or_else(|| (first == last && !behind.contains(['、', '和', '与', '及'])).then(|| times_up_to(layers, last, n))?)
}

/// The same where the last of the times is known by its number.
pub(in crate::link) fn times_up_to(layers: Layers<'_>, last: usize, n: usize) -> Option<Vec<(Period, Span)>> {
    let text = layers.text;
    let only = layers.times.get(last)?;
    let listed = layers.times.get((last + 1).saturating_sub(n)..=last)?;
    let joined = |pair: &[TimeRef]| match pair {
        [a, b] => matches!(text.get(a.span.end()..b.span.start()).map(str::trim), Some("、" | "和" | "与" | "及")),
        _ => false,
    };
    if listed.len() == n && listed.windows(2).all(joined) {
        return Some(listed.iter().map(|time| (time.period, time.span)).collect());
    }
    parts(text, only, n)
}

/// `一、二、三季度`, `2022—2024年`: one time in the text that stands for `n` months, quarters or years.
fn parts(text: &str, time: &TimeRef, n: usize) -> Option<Vec<(Period, Span)>> {
    let (Some(Moment::Day(start)), Some(Moment::Day(end))) = (time.period.start, time.period.end) else { return None };
    let words = text.get(time.span.range())?;
    let months = [("季度", 3), ("季", 3), ("月份", 1), ("月", 1), ("年度", 12), ("年", 12)].into_iter().find(|(unit, _)| words.ends_with(unit))?.1;
    let step = |count: usize| start.checked_add(i32::try_from(count).ok()?.checked_mul(months)?.months()).ok();
    if step(n)? != end.tomorrow().ok()? {
        return None;
    }
    let part = |number: usize| {
        let last = step(number + 1)?.yesterday().ok()?;
        Some((Period { start: Some(Moment::Day(step(number)?)), end: Some(Moment::Day(last)) }, time.span))
    };
    (0..n).map(part).collect()
}
