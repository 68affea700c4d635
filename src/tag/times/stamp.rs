//! Dates in digits: 2010-01-29, 20150303, 13.5.2015; not 888-000-9999 and not version 2.1.3.

use super::calendar::{day, months};
use super::clock;
use super::number::{Count, number};
use super::point::RANGE;
use super::scene::{Grain, Scene, When};
use super::year::pivot;

/// Dates in digits: 2010-01-29, 2010/01/29, 20150303, 12/1, 13.5.2015, 2013.03.
pub(super) fn stamp(scene: &Scene<'_>, at: usize) -> Option<(When, usize)> {
    let text = scene.text;
    if scene.char_before(at).is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '/' | '-' | ':' | '_' | '〔' | '[' | '$' | '#' | '¥' | '+'))
        && scene.base.is_none()
    {
        return None;
    }
    let first = number(text, at).filter(|count| count.arabic)?;
    if first.digits == 8 {
        let (year, month, nth) = (first.value / 10_000, first.value / 100 % 100, first.value % 100);
        let found = (1900..2100).contains(&year).then(|| dated(year, month, nth)).flatten()?;
        return scene.alone(at, first.end).then_some((found, first.end));
    }
    let sign = scene.char(first.end).filter(|c| matches!(c, '-' | '/' | '.' | ' ' | '·'))?;
    let next = |at: usize| -> Option<Count> {
        let past = scene.rest(at).strip_prefix(sign).map(|_| at + sign.len_utf8())?;
        number(text, past).filter(|count| count.arabic && count.digits <= 4)
    };
    let second = next(first.end).filter(|count| first.digits <= 4 && count.digits <= 4)?;
    let third = next(second.end);
    let alone = scene.body.0 == at || scene.base.is_some();
    let mut found = None;
    if let Some(third) = third.filter(|_| sign != '·') {
        // 2021-09-0910:09: the day takes two digits, the clock the rest
        let glued = third.digits == 4 && first.digits == 4 && scene.any(third.end, &[":", "："]).is_some();
        let (nth, end) = if glued { (third.value / 100, third.end - 2) } else { (third.value, third.end) };
        let boundary = !scene.char(end).is_some_and(|c| c.is_ascii_digit() || c.is_ascii_alphabetic())
            && next(end).is_none_or(|count| scene.any(count.end, &[":", "："]).is_some())
            || glued;
        found = if first.digits == 4 && second.digits <= 2 {
            dated(first.value, second.value, nth)
        } else if third.digits == 4 && first.digits <= 2 && sign != ' ' {
            let (a, b) = (first.value, second.value);
            let swap = sign == '/' && a <= 12;
            if swap { dated(third.value, a, b) } else { dated(third.value, b, a).or_else(|| dated(third.value, a, b)) }
        } else if first.digits <= 2 && second.digits <= 2 && third.digits <= 2 && sign != ' ' && (alone || sign == '-' || sign == '/') {
            let century = |value: i64| i16::try_from(value).map(|value| i64::from(pivot(scene, value))).unwrap_or(value);
            let tail = (sign == '/').then(|| dated(century(third.value), first.value, second.value)).flatten();
            tail.or_else(|| dated(century(first.value), second.value, third.value))
        } else {
            None
        }
        .filter(|_| boundary)
        .map(|when| (when, end));
    }
    if found.is_some() || third.is_some() && sign != ' ' {
        return found;
    }
    let bounded = !scene.char(second.end).is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '%' | '.')) && scene.body.0 == at || scene.base.is_some();
    // All the rest may be a number, a score or a code: only at the head of a query.
    if !bounded || sign == ' ' {
        return None;
    }
    let rest = second.end;
    let whole = scene.body.1 == rest
        || scene.base.is_some()
        || scene.any(scene.gap(rest), &RANGE).is_some()
        || clock::clock(scene, scene.gap(rest), Some(scene.today()), true).is_some_and(|(when, _)| when.clock);
    if !whole {
        return None;
    }
    let month_of =
        |year: i64, month: i64| months(i16::try_from(year).ok()?, month, month, Grain::Month).filter(|_| month <= 12).map(|when| when.dated(false, true));
    if first.digits == 4 && second.digits <= 2 && (1000..3000).contains(&first.value) {
        return month_of(first.value, second.value).map(|when| (when, rest));
    }
    if second.digits == 4 && first.digits <= 2 && sign == '/' {
        return month_of(second.value, first.value).map(|when| (when, rest));
    }
    let month = i8::try_from(first.value).ok()?;
    let found = day(scene.year(), month, i8::try_from(second.value).ok()?)?;
    (first.digits <= 2 && second.digits <= 2).then(|| (When::day(found).dated(!scene.year_known(), false), rest))
}

pub(super) fn dated(year: i64, month: i64, nth: i64) -> Option<When> {
    let date = day(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(nth).ok()?)?;
    Some(When::day(date).dated(false, true))
}
