//! Periods counted from a day: 上周, 下个月, 近三年, 过去五年, 三天前, 两年后, 每周一.

use super::calendar::{add, add_days, monday, months, unit};
use super::scene::{Grain, Scene, When, midnight};
use super::year::Years;
use super::{clock, month, point};
use crate::dict::{TimeCue, TimeUnit, TimeWord, Words};

/// A number of units: 3年, 两个月, 半小时.
struct Length {
    count: i64,
    unit: TimeUnit,
    half: bool,
    end: usize,
}

fn length(scene: &Scene<'_>, at: usize) -> Option<Length> {
    let at = scene.gap(at);
    let (count, after, half) = match scene.any(at, &["半"]) {
        Some(after) => (0, after, true),
        None => scene.number(at).filter(|count| count.value < 1000 && count.digits < 4).map(|count| (count.value, count.end, false))?,
    };
    let after = scene.gap(after);
    let after = scene.any(after, &["个"]).unwrap_or(after);
    let (len, unit) = scene.words.units.longest(scene.text, after)?;
    Some(Length { count, unit: *unit, half, end: after + len })
}

fn moved(scene: &Scene<'_>, length: &Length, sign: i64) -> Option<jiff::civil::DateTime> {
    if length.half {
        let (unit, count) = match length.unit {
            TimeUnit::Year => (TimeUnit::Month, 6),
            TimeUnit::Month => (TimeUnit::Day, 15),
            TimeUnit::Day => (TimeUnit::Hour, 12),
            TimeUnit::Hour => (TimeUnit::Minute, 30),
            TimeUnit::Minute => (TimeUnit::Second, 30),
            _ => return None,
        };
        return add(scene.now, unit, sign * count);
    }
    add(scene.now, length.unit, sign * length.count)
}

/// 上周, 本月, 下三个月.
pub(super) fn stepped(scene: &Scene<'_>, at: usize) -> Option<(When, usize)> {
    let today = scene.today();
    scene.words.steps.beginning(scene.text, at).find_map(|(len, step)| {
        let step = i64::from(*step);
        let after = at + len;
        if let Some((len, found)) = scene.words.units.longest(scene.text, after) {
            // 本旬 aside, 上天, 下天 and 本天 are no times, and neither is 上年 here
            if *found < TimeUnit::Week || *found == TimeUnit::Year && step == 0 {
                return None;
            }
            let end = after + len;
            if *found == TimeUnit::Half && scene.text.get(at..end).is_some_and(|words| matches!(words, "上半年" | "下半年")) {
                return None;
            }
            if *found == TimeUnit::Week {
                return week(scene, today, step, end);
            }
            if scene.cue(end, TimeCue::NotMonthUnit).is_some() {
                return None;
            }
            return unit(today, *found, step, 1).map(|when| (when, end));
        }
        let many = length(scene, after).filter(|length| step != 0 && !length.half && length.count > 1 || scene.alone(at, length.end) && step != 0)?;
        blocks(scene, &many, step.signum()).map(|when| (when, many.end))
    })
}

/// So many whole units before or after the running one.
fn blocks(scene: &Scene<'_>, length: &Length, sign: i64) -> Option<When> {
    if length.unit < TimeUnit::Day {
        let here = if length.unit == TimeUnit::Second && sign > 0 { add(scene.now, TimeUnit::Second, 1)? } else { scene.now };
        let there = add(here, length.unit, sign * length.count)?;
        let (start, after) = if sign < 0 { (there, here) } else { (here, there) };
        return Some(When { start: Some(start), after: Some(after), clock: true, ..When::new(Grain::Stretch) }.relative());
    }
    let step = if sign < 0 { -length.count } else { 1 };
    unit(scene.today(), length.unit, step, length.count)
}

fn week(scene: &Scene<'_>, today: jiff::civil::Date, step: i64, end: usize) -> Option<(When, usize)> {
    let monday = add_days(monday(today)?, 7 * step)?;
    if let Some((nth, past)) = point::weekday_number(scene, end) {
        let day = add_days(monday, i64::from(nth) - 1)?;
        return Some((When::day(day).relative(), past));
    }
    if let Some(past) = scene.any(end, &["末"]) {
        return Some((When::days(add_days(monday, 5)?, add_days(monday, 6)?, Grain::Stretch).relative(), past));
    }
    if scene.cue(end, TimeCue::NotWeek).is_some() {
        return None;
    }
    Some((When::days(monday, add_days(monday, 6)?, Grain::Week).relative(), end))
}

/// 近三年, 未来48小时, and alone 前1周, 后三秒.
pub(super) fn spans(scene: &Scene<'_>, at: usize) -> Option<(When, usize)> {
    let lead = |words: &Words<()>| words.longest(scene.text, at).map(|(len, ())| at + len);
    if let Some((after, sign)) = lead(&scene.words.past).map(|after| (after, -1)).or(lead(&scene.words.next).map(|after| (after, 1))) {
        let length = length(scene, after)?;
        // 用时近3小时 is a length
        if length.unit < TimeUnit::Day && !scene.begins(at) && scene.char_before(at) != Some('在') || hedged(scene, at, length.end) {
            return None;
        }
        if unclocked(scene, &length) {
            let end = scene.any(length.end, &["内", "里", "来"]).unwrap_or(length.end);
            return Some((When::new(Grain::Stretch).relative(), end));
        }
        let there = moved(scene, &length, sign)?;
        let exact = length.unit < TimeUnit::Day || scene.moment().is_some();
        let end = ["内", "里", "来"]
            .iter()
            .find_map(|word| scene.any(length.end, &[word]))
            .filter(|_| exact || scene.rest(length.end).starts_with('来'))
            .unwrap_or(length.end);
        let (from, to) = if sign < 0 { (there, scene.now) } else { (scene.now, there) };
        let when = if exact && length.unit <= TimeUnit::Week {
            When { start: Some(from), after: Some(to), clock: true, ..When::new(Grain::Stretch) }
        } else {
            When::days(from.date(), to.date(), Grain::Stretch)
        };
        return Some((When { echo: true, ..when.relative() }, end));
    }
    let (after, sign) = lead(&scene.words.back).map(|after| (after, -1)).or(lead(&scene.words.ahead).map(|after| (after, 1)))?;
    let length = length(scene, after).filter(|length| scene.alone(at, length.end) && !length.half && length.unit != TimeUnit::Quarter)?;
    if length.unit == TimeUnit::Year || length.unit == TimeUnit::Week && sign < 0 {
        let today = scene.today();
        let (from, to) =
            if sign < 0 { (moved(scene, &length, -1)?.date(), add_days(today, -1)?) } else { (add_days(today, 1)?, moved(scene, &length, 1)?.date()) };
        return Some((When::days(from, to, Grain::Stretch).relative(), length.end));
    }
    blocks(scene, &length, sign).map(|when| (when, length.end))
}

/// True for hours and minutes from a moment that nobody knows.
fn unclocked(scene: &Scene<'_>, length: &Length) -> bool {
    !scene.exact && length.unit < TimeUnit::Day && scene.now.time() == jiff::civil::Time::midnight()
}

/// 五年来 looks back from the day of publication; 三年间 does not say from when.
pub(super) fn past_years(scene: &Scene<'_>, at: usize) -> Option<(When, usize)> {
    // 3月以来, 三季度以来 and 5日以来 begin with a date
    let dated = |end| scene.before(end).ends_with(['月', '季', '度', '份', '日']) && !scene.text.get(at..end).is_some_and(|words| words.contains('个'));
    let length = length(scene, at).filter(|length| length.unit >= TimeUnit::Day && !length.half && !dated(length.end))?;
    if let Some(end) = scene.any(length.end, &["以来", "来"]).filter(|end| scene.cue(*end, TimeCue::NotPast).is_none()) {
        if scene.char_before(at).is_some_and(|c| matches!(c, '第' | '近' | '.' | '每') || super::number::is_digit(c)) {
            return None;
        }
        let there = moved(scene, &length, -1)?;
        return Some((When { echo: true, ..When::days(there.date(), scene.today(), Grain::Stretch).relative() }, end));
    }
    let end = scene.any(length.end, &["间"]).filter(|_| length.unit == TimeUnit::Year && scene.begins(at))?;
    Some((When::new(Grain::Vague), end))
}

/// 近 before a length, not before a period: 历时近三年, 近三年时间.
fn hedged(scene: &Scene<'_>, at: usize, end: usize) -> bool {
    scene.any(at, &["近"]).is_some() && (scene.after(at, TimeCue::LengthLead) || scene.cue(scene.of(end), TimeCue::LengthNoun).is_some())
}

/// 三天前, 两年后, 10分钟之前.
pub(super) fn away(scene: &Scene<'_>, at: usize) -> Option<(When, usize)> {
    let waited = scene.any(at, &["再过", "过"]).filter(|_| scene.begins(at));
    let length = length(scene, waited.unwrap_or(at))?;
    // 已于11月前完工: before the month, not so many months ago
    let month = !scene.exact && length.unit == TimeUnit::Month && length.count <= 12 && !scene.before(length.end).ends_with("个月") && !length.half;
    if month {
        return None;
    }
    let after = |words: &Words<()>| words.longest(scene.text, length.end).map(|(len, ())| length.end + len);
    let (sign, end) = match (waited, after(&scene.words.before), after(&scene.words.after)) {
        (Some(_), ..) if scene.alone(at, length.end) => (1, length.end),
        (None, Some(end), _) => (-1, end),
        (None, None, Some(end)) => (1, end),
        _ => return None,
    };
    let fits = scene.begins(at) || scene.after(at, TimeCue::AwayLead) || sign < 0 && length.unit < TimeUnit::Day;
    // 100年前 at the end of nothing is a length of time ago all the same; 3年后 needs a clause of its own
    if !fits || scene.cue(end, TimeCue::NotAway).is_some() {
        return None;
    }
    if unclocked(scene, &length) {
        return Some((When::new(Grain::Second).relative(), end));
    }
    let there = moved(scene, &length, sign)?;
    let when = match length.unit {
        TimeUnit::Year if !length.half => unit(there.date(), TimeUnit::Year, 0, 1)?,
        TimeUnit::Month if !length.half => unit(there.date(), TimeUnit::Month, 0, 1)?,
        unit if unit < TimeUnit::Day || scene.moment().is_some() && unit == TimeUnit::Week => {
            let after = if waited.is_some() && length.half { None } else { Some(there) };
            let grain = if after.is_some() { Grain::Second } else { Grain::Stretch };
            When { start: Some(there), after, clock: true, ..When::new(grain) }
        }
        _ => When::day(there.date()),
    };
    Some((when.relative(), end))
}

/// A day so many units from the one just read: 圣诞节的前一天, 2月13号的一个月以前.
pub(super) fn from_day(scene: &Scene<'_>, when: &When, at: usize) -> Option<(When, usize)> {
    let date = when.first().filter(|_| when.grain == Grain::Day)?;
    let from = scene.of(at);
    for (words, sign) in [(["之前", "往前", "向前", "前"], -1), (["之后", "往后", "向后", "后"], 1)] {
        let Some(length) = scene.any(from, &words).and_then(|after| length(scene, after)) else { continue };
        if length.half || length.unit < TimeUnit::Day {
            return None;
        }
        let there = add(midnight(date), length.unit, sign * length.count)?.date();
        let found = if length.count == 1 && length.unit == TimeUnit::Day {
            When::day(there)
        } else if sign < 0 {
            When::days(there, add_days(date, -1)?, Grain::Stretch)
        } else {
            When::days(date, add_days(there, -1)?, Grain::Stretch)
        };
        return Some((found.dated(when.relative, when.year_given), length.end));
    }
    if from == at && !scene.rest(at).starts_with(super::number::is_digit) {
        return None;
    }
    let length = length(scene, from).filter(|length| !length.half && length.unit >= TimeUnit::Day)?;
    let after = |words: &Words<()>| words.longest(scene.text, length.end).map(|(len, ())| length.end + len);
    let (sign, end) = after(&scene.words.before).map(|end| (-1, end)).or(after(&scene.words.after).map(|end| (1, end)))?;
    let there = add(midnight(date), length.unit, sign * length.count)?.date();
    Some((When::day(there).dated(when.relative, when.year_given), end))
}

/// Repeated times: 每周一, 每年9月, 每天晚上8点. A bare 每年 before a verb says how often, not when.
pub(super) fn repeated(scene: &Scene<'_>, at: usize) -> Option<(When, usize)> {
    if let Some(end) = market_day(scene, at) {
        return Some((When::new(Grain::Set), end));
    }
    if let Some(end) = opening_hours(scene, at) {
        return Some((When::new(Grain::Set), end));
    }
    let after = scene.any(at, &["每隔", "每个", "每"])?;
    let (len, unit) = match scene.words.units.longest(scene.text, after) {
        Some((len, unit)) => (len, *unit),
        None => {
            let length = length(scene, after).filter(|length| scene.alone(at, length.end))?;
            return Some((When::new(Grain::Set), length.end));
        }
    };
    let mut end = after + len;
    let bare = end;
    let inside = match unit {
        TimeUnit::Week => point::weekday_number(scene, end).map(|(_, past)| past).or(scene.any(end, &["末"])),
        TimeUnit::Year => {
            let year = scene.today().year();
            let from = scene.of(end);
            point::inside(scene, Some(&Years { first: year, last: year, relative: true, echo: false, end: from }), from).map(|(_, past)| past)
        }
        TimeUnit::Month => {
            let month = i64::from(scene.today().month());
            month::inside_month(scene, &months(scene.today().year(), month, month, Grain::Month)?, end).map(|(_, past)| past)
        }
        _ => None,
    };
    end = inside.unwrap_or(end);
    if let Some((_, past)) = inside.and_then(|end| scene.any(end, &point::RANGE)).and_then(|at| point::point(scene, at)) {
        end = past;
    }
    end = hours(scene, scene.of(end)).unwrap_or(end);
    let told = scene.cue(end, TimeCue::SetFollows).is_some() || scene.rest(end).starts_with("每个");
    (end > bare || told || scene.alone(at, end)).then(|| (When::new(Grain::Set), end))
}

/// 周二至周日 9:00—17:00, 夏季：周二至周日, 周一闭馆: every week, and not the one at hand.
fn opening_hours(scene: &Scene<'_>, at: usize) -> Option<usize> {
    let (_, first) = point::weekday(scene, at)?;
    if scene.cue(scene.gap(first), TimeCue::Closed).is_some() {
        return Some(first);
    }
    let (_, last) = scene.any(first, &point::RANGE).and_then(|at| point::weekday(scene, at))?;
    match hours(scene, scene.gap(last)) {
        Some(end) => Some(end),
        None => scene.before(at).ends_with([':', '：']).then_some(last),
    }
}

/// 9:00—17:00, 上午8时至下午5时.
fn hours(scene: &Scene<'_>, at: usize) -> Option<usize> {
    let day = Some(scene.today());
    let (_, end) = clock::clock(scene, at, day, true)?;
    let sub = Scene { base: Some(When { clock: true, start: Some(scene.now), ..When::new(Grain::Hour) }), ..scene.clone() };
    let right = scene.any(end, &["到", "至", "——", "-", "—", "–", "~", "～"]);
    Some(right.and_then(|at| clock::clock(&sub, at, day, true)).map_or(end, |(_, past)| past))
}

/// 逢周一, 每逢五.
fn market_day(scene: &Scene<'_>, at: usize) -> Option<usize> {
    let each = scene.any(at, &["每逢", "逢"])?;
    if let Some((_, end)) = point::weekday(scene, each) {
        return Some(end);
    }
    let count = scene.number(each).filter(|count| (1..=10).contains(&count.value) && scene.begins(at))?;
    let end = scene.any(count.end, &["日", "号"]).unwrap_or(count.end);
    (scene.ends(end) || scene.any(end, &["逢", "赶"]).is_some()).then_some(end)
}

/// True where the word is one of the kind that stands for itself.
pub(super) fn word<'a>(scene: &Scene<'a>, at: usize) -> Option<(TimeWord, usize)> {
    scene.word(at)
}
