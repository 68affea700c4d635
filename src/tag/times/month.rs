//! Halves, quarters and months of a year, and what stands inside a month: 前三季度, 7月上旬, 5月第二个星期日.

use crate::dict::TimeCue;

use super::calendar::{add_days, day, lunar_day, months, nth_day, nth_weekday, week_of};
use super::clock;
use super::lunar::{lunar_day_number, lunar_inside, named_month};
use super::point::{RANGE, inside, weekday};
use super::scene::{Grain, Scene, When};
use super::year::Years;

/// Halves and quarters: 上半年, 前三季度, 第二季度, 一至三季度, 前11个月.
pub(super) fn halves(scene: &Scene<'_>, year: i16, given: bool, at: usize) -> Option<(When, usize)> {
    if let Some((len, (first, last))) = scene.words.year_parts.longest(scene.text, at) {
        let grain = if last - first == 2 { Grain::Quarter } else { Grain::Half };
        return months(year, i64::from(*first), i64::from(*last), grain).map(|when| (when, at + len));
    }
    if let Some(found) = reported(scene, at).filter(|_| given) {
        return months(year, 1, found.0, Grain::Stretch).map(|when| (when, found.1));
    }
    if let Some(past) = scene.any(at, &["上半月", "下半月"]).filter(|_| !given) {
        let whole = months(year, i64::from(scene.today().month()), i64::from(scene.today().month()), Grain::Month)?;
        let middle = nth_day(&whole, 15)?;
        let when = if scene.rest(at).starts_with('上') {
            When::days(whole.first()?, middle, Grain::Ten)
        } else {
            When::days(add_days(middle, 1)?, whole.last()?, Grain::Ten)
        };
        return Some((when, past));
    }
    if let Some(past) = scene.any(at, &["Q", "q"]).filter(|_| scene.begins(at) || given) {
        let count = scene.number(past).filter(|count| (1..=4).contains(&count.value) && count.arabic)?;
        let end = scene.any(count.end, &["季度"]).or_else(|| scene.ends(count.end).then_some(count.end))?;
        return months(year, count.value * 3 - 2, count.value * 3, Grain::Quarter).map(|when| (when, end));
    }
    if let Some(past) = scene.any(at, &["前", "后", "头", "首"]) {
        let back = scene.rest(at).starts_with('后');
        let count = scene.number(past).filter(|count| count.value > 0)?;
        let unit = scene.any(count.end, &["个"]).unwrap_or(count.end);
        let quarters = scene.any(unit, &["季度"]);
        let (end, length) = quarters.map(|end| (end, count.value * 3)).or_else(|| scene.any(unit, &["月"]).map(|end| (end, count.value)))?;
        // 前两个月 alone are the last two, in an article the first two of the year
        if length > 12 || !given && (back || quarters.is_none() && scene.alone(at, end)) {
            return None;
        }
        let when = if back { months(year, 13 - length, 12, Grain::Stretch) } else { months(year, 1, length, Grain::Stretch) };
        return when.map(|when| (when, end));
    }
    let from = scene.any(at, &["第"]).unwrap_or(at);
    let (first, last, end) = run(scene, from).or_else(|| pair(scene, from))?;
    let unit = scene.any(end, &["个"]).filter(|_| from > at).unwrap_or(end);
    // 去年第四季, but not the second season of a show
    let short = || scene.any(unit, &["季"]).filter(|_| from > at && (given || scene.begins(at) && scene.char_before(at) != Some('》')));
    let end = scene.any(unit, &["季度"]).or_else(short)?;
    if !(1..=4).contains(&first) || !(first..=4).contains(&last) {
        return None;
    }
    let grain = if first == last { Grain::Quarter } else { Grain::Stretch };
    months(year, first * 3 - 2, last * 3, grain).map(|when| (when, end))
}

/// 2021年|半年度, 2021年|半年报, 2021年|三季报: the last month that a report of the year reaches, and where its words end.
fn reported(scene: &Scene<'_>, at: usize) -> Option<(i64, usize)> {
    let report = |past: &usize| scene.cue(*past, TimeCue::Report).is_some();
    let half = scene.any(at, &["半年度"]).or_else(|| scene.any(at, &["半年", "中期"]).filter(report));
    if let Some(past) = half {
        return Some((6, past));
    }
    let count = scene.number(at).filter(|count| matches!(count.value, 1 | 3))?;
    let past = scene.any(count.end, &["季"]).filter(report)?;
    Some((count.value * 3, past))
}

/// One number or two with a sign between them: 1—7.
pub(super) fn pair(scene: &Scene<'_>, at: usize) -> Option<(i64, i64, usize)> {
    let first = scene.number(at)?;
    let sign = scene.gap(first.end);
    let second = scene.any(sign, &RANGE).map(|at| scene.any(at, &["第"]).unwrap_or(at)).and_then(|at| scene.number(scene.gap(at)));
    match second {
        Some(second) if second.value > first.value && second.arabic == first.arabic => Some((first.value, second.value, scene.gap(second.end))),
        _ => Some((first.value, first.value, sign)),
    }
}

/// Months or quarters one after the other: 1、2月份, 一、二季度.
fn run(scene: &Scene<'_>, at: usize) -> Option<(i64, i64, usize)> {
    let first = scene.number(at).filter(|count| (1..12).contains(&count.value))?;
    let mut last = first;
    while let Some(next) = scene.any(last.end, &["、"]).and_then(|at| scene.number(at)).filter(|next| next.value == last.value + 1) {
        last = next;
    }
    (last.value > first.value).then_some((first.value, last.value, last.end))
}

/// A month and what stands inside it.
pub(super) fn month(scene: &Scene<'_>, year: i16, given: bool, at: usize) -> Option<(When, usize)> {
    if !given && scene.base.is_none() && scene.char_before(at).is_some_and(|c| matches!(c, '第' | '.' | '-')) {
        return None;
    }
    if let Some((name, past)) = named_month(scene, at) {
        return lunar_inside(scene, year, name, false, past);
    }
    let (first, last, end) = run(scene, at).or_else(|| pair(scene, at))?;
    let past = scene.any(end, &["月份", "月"])?;
    if !(1..=12).contains(&first)
        || !(1..=12).contains(&last)
        || scene.cue(past, TimeCue::NotMonth).is_some()
        || first == last && scene.cue(past, TimeCue::MonthMean).is_some()
    {
        return None;
    }
    let year = if given || first != last { year } else { month_year(scene, year, first) };
    if first < last {
        return months(year, first, last, Grain::Stretch).map(|when| (when, past));
    }
    // 九月廿二 and 三月初一 are lunar
    if let Some((nth, end)) = lunar_day_number(scene, past).filter(|_| scene.any(past, &["初", "廿", "卅"]).is_some())
        && (scene.any(past, &["初"]).is_some_and(|next| scene.number(next).is_some()) || !scene.rest(past).starts_with('初'))
    {
        return lunar_day(scene.words, year, first, nth, false).map(|date| (When::day(date), end));
    }
    let whole = months(year, first, first, Grain::Month)?;
    let found = inside_month(scene, &whole, past).unwrap_or((whole, past));
    if !given && looks_back(scene, &found.0, found.1) {
        let whole = months(year - 1, first, first, Grain::Month)?;
        return Some(inside_month(scene, &whole, past).unwrap_or((whole, past)));
    }
    Some(found)
}

/// How many days ahead a day without a year may lie where nothing says that it is still to come.
const AHEAD: i32 = 31;

// 8月7日 in February, in a sentence that speaks of nothing to come, is a day of the year before.
fn looks_back(scene: &Scene<'_>, when: &When, end: usize) -> bool {
    let Some(first) = when.first().filter(|_| when.grain == Grain::Day) else { return false };
    let open = scene.dated && !scene.exact && scene.carry.is_none() && scene.base.is_none();
    open && (first - scene.today()).get_days() > AHEAD && !scene.coming(end)
}

/// What may follow a month or week that has been read: 上月15号, 本月底.
pub(super) fn below(scene: &Scene<'_>, (when, end): (When, usize)) -> Option<(When, usize)> {
    let found = match when.grain {
        Grain::Month => inside_month(scene, &when, end),
        Grain::Year => inside(
            scene,
            Some(&Years { first: when.first()?.year(), last: when.first()?.year(), relative: when.relative, echo: when.echo, end }),
            scene.of(end),
        ),
        Grain::Quarter => scene.any(end, &["末"]).and_then(|past| when.last().map(|last| (When::day(last), past))),
        _ => None,
    };
    let (found, end) = found.unwrap_or((when, end));
    Some((found.dated(when.relative, when.year_given), end))
}

pub(super) fn inside_month(scene: &Scene<'_>, whole: &When, past: usize) -> Option<(When, usize)> {
    let (first, last) = (whole.first()?, whole.last()?);
    if let Some((len, (from, to))) = scene.words.month_parts.longest(scene.text, past) {
        let end = past + len;
        let day = |nth: i8| if nth < 0 { Some(last) } else { add_days(first, i64::from(nth) - 1) };
        let grain = if from == to { Grain::Day } else { Grain::Ten };
        // 月初次
        if scene.any(end, &["次"]).is_none() {
            return Some((When::days(day(*from)?, day(*to)?, grain), end));
        }
    }
    if let Some(end) = scene.any(past, &["单月", "全月", "当月"]) {
        return Some((*whole, end));
    }
    let from = scene.of(past);
    if let Some((from_day, to_day, end)) = pair(scene, from)
        && let Some(end) = scene.any(end, &["日", "号"]).filter(|end| scene.any(*end, &["均", "游"]).is_none())
    {
        // 2月30日: the words are a day, the calendar has none
        let found = |nth: i64| i8::try_from(nth).ok().and_then(|nth| day(first.year(), first.month(), nth));
        let leap = first.month() == 2
            && from_day == 29
            && from_day == to_day
            && !scene.year_known()
            && scene.before(past).ends_with(['月', '份'])
            && !scene.before(past).chars().rev().take(12).any(|c| c == '年');
        let days = match (found(from_day), found(to_day)) {
            (Some(from), Some(to)) => When::days(from, to, if from == to { Grain::Day } else { Grain::Stretch }),
            _ if leap => (1..=8).find_map(|back| day(first.year() - back, 2, 29)).map_or(When::new(Grain::Day), When::day),
            _ => When::new(Grain::Day),
        };
        return Some((days, end));
    }
    if let Some(count) = scene.number(from).filter(|count| (1..=31).contains(&count.value)) {
        let whole_words = scene.ends(count.end) && !scene.rest(count.end).starts_with(['%', '.', ':', '-']) || clock::part(scene, count.end).is_some();
        if whole_words && from == past {
            return nth_day(whole, count.value).map(|date| (When::day(date), count.end));
        }
    }
    nth(scene, whole, from)
}

/// 第一周, 第3个星期日, 第二天, 最后一天, 前4天 of a period.
pub(super) fn nth(scene: &Scene<'_>, whole: &When, at: usize) -> Option<(When, usize)> {
    let at = scene.of(at);
    if let Some(past) = scene.any(at, &["最后一天"]) {
        return whole.last().map(|date| (When::day(date), past));
    }
    if let Some(past) = scene.any(at, &["前", "头", "后"]).filter(|_| whole.grain == Grain::Month) {
        let count = scene.number(past)?;
        let end = scene.any(count.end, &["天", "日"])?;
        let (from, to) = if scene.rest(at).starts_with('后') {
            (add_days(whole.last()?, 1 - count.value)?, whole.last()?)
        } else {
            (whole.first()?, nth_day(whole, count.value)?)
        };
        return (from >= whole.first()?).then(|| (When::days(from, to, Grain::Stretch), end));
    }
    let (nth, after) = match scene.any(at, &["最后一", "最后"]) {
        Some(past) => (-1, past),
        None => scene.number(scene.any(at, &["第"])?).map(|count| (count.value, count.end))?,
    };
    let after = scene.any(after, &["个"]).unwrap_or(after);
    if let Some((weekday, end)) = weekday(scene, after) {
        return nth_weekday(whole, nth, weekday).map(|date| (When::day(date), end));
    }
    if let Some(end) = scene.any(after, &["周", "星期", "礼拜"]) {
        return week_of(whole, nth).map(|when| (when, end));
    }
    if let Some(end) = scene.any(after, &["月"]).filter(|_| whole.grain == Grain::Year && (1..=12).contains(&nth)) {
        return months(whole.first()?.year(), nth, nth, Grain::Month).map(|when| (when, end));
    }
    let end = scene.any(after, &["天", "日"])?;
    nth_day(whole, nth).map(|date| (When::day(date), end))
}

/// A month without a year is in the year at hand; in January and February, 11月 and 12月 are behind.
pub(super) fn month_year(scene: &Scene<'_>, year: i16, month: i64) -> i16 {
    let today = scene.today();
    if scene.carry.is_none() && scene.base.is_none() && scene.dated && year == today.year() && today.month() <= 2 && month >= 11 && !scene.exact {
        return year - 1;
    }
    year
}
