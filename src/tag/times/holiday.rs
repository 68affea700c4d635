//! Holidays around a feast, and parts of them: 国庆假期7天, 国庆中秋假期8天, 国庆假期前四天, 春节假期首日.

use super::calendar::{add_days, day};
use super::month::pair;
use super::running::word;
use super::scene::{Grain, Scene, When};
use crate::dict::{TimeCue, TimeWord};

/// The feast whose name ends at `end`.
pub(super) fn feast_ends(scene: &Scene<'_>, at: usize, end: usize) -> Option<crate::dict::Feast> {
    let text = scene.text.get(at..end)?;
    let (_, word) = scene.words.words.ending(text, text.len())?;
    match word {
        TimeWord::Feast(feast) => Some(*feast),
        _ => None,
    }
}

/// Past the words that make a feast a holiday, and whether it is a holiday of several days.
pub(super) fn holiday(scene: &Scene<'_>, end: usize) -> Option<(usize, bool)> {
    scene
        .cue(end, TimeCue::Holiday)
        .map(|past| (scene.cue(past, TimeCue::During).unwrap_or(past), true))
        .or_else(|| scene.cue(end, TimeCue::FeastDay).map(|past| (past, false)))
}

/// A feast with 假期 and its length: 国庆假期7天, 国庆中秋假期8天.
pub(super) fn around(scene: &Scene<'_>, when: When, feast: crate::dict::Feast, end: usize) -> (When, usize) {
    let (mut before, mut usual) = feast.holiday;
    let mut first = when.first();
    let mut end = end;
    // 国庆中秋: the longer holiday begins on National Day
    let second = scene.any(end, &["、", "·", "和"]).unwrap_or(end);
    if let Some((TimeWord::Feast(other), past)) = word(scene, second)
        && let (Some((_, true)), Some(date)) = (holiday(scene, past), first)
        && let Some(start) = super::feasts::in_year(scene.words, &other, date.year()).and_then(|when| when.first())
    {
        first = if usual == 7 { Some(date) } else { Some(start) };
        (before, usual) = (0, 8);
        end = past;
    }
    let counted = |at: usize| scene.number(at).and_then(|count| scene.any(count.end, &["天", "日"]).map(|end| (count.value, end)));
    let Some((past, long)) = holiday(scene, end) else {
        // 国庆7天
        let bare = counted(end).filter(|(days, _)| usual > 0 && (3..=9).contains(days));
        // “五一”接待游客: the whole holiday
        let bare = bare.or_else(|| (usual > 0 && scene.before(end).ends_with('”')).then_some((i64::from(usual), end)));
        return bare.and_then(|(days, past)| Some((stretch(&when, add_days(first?, i64::from(before))?, days)?, past))).unwrap_or((when, end));
    };
    let whole = long || scene.before(past).ends_with("期间") && usual > 0;
    let (days, end) = match counted(past).filter(|_| long) {
        Some((days, end)) => (days, end),
        None if whole && feast.days == 1 => (i64::from(if usual > 0 { usual } else { 3 }), past),
        None => return (when, past),
    };
    let holiday = first.and_then(|first| stretch(&when, add_days(first, i64::from(before))?, days));
    let Some(holiday) = holiday else { return (when, end) };
    days_of(scene, &holiday, end).unwrap_or((holiday, end))
}

fn stretch(feast: &When, first: jiff::civil::Date, days: i64) -> Option<When> {
    Some(When::days(first, add_days(first, days - 1)?, Grain::Stretch).dated(feast.relative, feast.year_given))
}

/// The part of a holiday that is meant: 国庆假期前四天, 国庆假期首日, 国庆假期1—4日.
fn days_of(scene: &Scene<'_>, whole: &When, at: usize) -> Option<(When, usize)> {
    let (first, last) = (whole.first()?, whole.last()?);
    let within = |from, to, end| {
        let grain = if from == to { Grain::Day } else { Grain::Stretch };
        (from >= first && from <= to && to <= last).then(|| (When::days(from, to, grain).dated(whole.relative, whole.year_given), end))
    };
    let from = scene.of(at);
    if let Some(end) = scene.cue(from, TimeCue::FirstDay) {
        return within(first, first, end);
    }
    if let Some(end) = scene.cue(from, TimeCue::LastDay) {
        return within(last, last, end);
    }
    if let Some(past) = scene.any(from, &["前", "头", "后", "第"]) {
        let count = scene.number(past)?;
        let end = scene.any(count.end, &["天", "日"])?;
        return match scene.char(from)? {
            '后' => within(add_days(last, 1 - count.value)?, last, end),
            '第' => add_days(first, count.value - 1).and_then(|day| within(day, day, end)),
            _ => within(first, add_days(first, count.value - 1)?, end),
        };
    }
    let (from_day, to_day, end) = pair(scene, from)?;
    let end = scene.any(end, &["日"])?;
    let day = |nth: i64| {
        [first, last].into_iter().find_map(|near| day(near.year(), near.month(), i8::try_from(nth).ok()?).filter(|day| *day >= first && *day <= last))
    };
    within(day(from_day)?, day(to_day)?, end)
}

/// 假期前4天: days of the holiday named before.
pub(super) fn holiday_days(scene: &Scene<'_>, at: usize) -> Option<(When, usize)> {
    let past = scene.cue(at, TimeCue::OwnHoliday)?;
    let again = |end: usize| scene.holiday.map(|whole| (When { echo: true, ..whole }, end));
    // 假期7天 and 假期期间 after 国庆假期7天: the same days again
    let counted = scene.number(past).and_then(|count| scene.any(count.end, &["天"]).map(|end| (count.value, end)));
    let days = scene.holiday.and_then(|whole| Some(i64::from((whole.last()? - whole.first()?).get_days()) + 1));
    if let Some((_, end)) = counted.filter(|(count, _)| days == Some(*count)) {
        return again(end);
    }
    if let Some(end) = scene.cue(past, TimeCue::During) {
        return again(end);
    }
    let whole = scene.holiday.filter(|_| scene.any(past, &["前", "头", "后", "首"]).is_some())?;
    days_of(scene, &whole, past).map(|(when, end)| (When { echo: true, ..when.dated(whole.relative, false) }, end))
}
