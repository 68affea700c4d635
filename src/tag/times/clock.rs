//! Clock times and parts of the day: 上午9时30分, 下午三点一刻, 凌晨, 9:30, 24时.

use jiff::civil::{Date, DateTime, Time};

use super::calendar::add;
use super::number::is_digit;
use super::scene::{Grain, Scene, When, midnight};
use super::{Moment, Period};
use crate::dict::{Clockwise, Part, TimeCue, TimeUnit, TimeWord};

/// Hours, minutes and seconds as written.
#[derive(Debug, Clone, Copy)]
struct Clock {
    seconds: i64,
    hour: i64,
    grain: Grain,
    end: usize,
    /// am or pm behind it.
    latin: Option<Clockwise>,
}

/// A part of the day, a clock time or both at `at`, on a day that is known or not.
pub(super) fn clock(scene: &Scene<'_>, at: usize, day: Option<Date>, relative: bool) -> Option<(When, usize)> {
    let part = part(scene, at);
    // 今晚约8点
    let hedged = |at: usize| scene.cue(at, TimeCue::Hedge).unwrap_or(at);
    let from = part.map_or(at, |(_, end)| hedged(scene.of(end)));
    let anchored = part.is_some() || day.is_some();
    let Some(clock) = written(scene, from, anchored) else {
        let ((part, end), day) = (part?, day?);
        return Some((hours(day, part)?.dated(relative, false), end));
    };
    let part = clock.latin.map(|clock| Part { from: 0, to: 24, clock }).or(part.map(|(part, _)| part));
    let base = scene.base.filter(|base| day.is_none() && (base.clock || base.dayless()));
    let shift = match (part, base) {
        (Some(part), _) => shift(part.clock, clock.hour),
        (None, Some(base)) if base.part && clock.hour < 12 => 12,
        _ => 0,
    };
    let mut seconds = clock.seconds + shift * 3600;
    if let (None, Some(base)) = (part, base) {
        // 下午5点到6点, but 下午5点到11点: the earliest reading after the left side
        if shift > 0 && base.start.is_some_and(|start| seconds <= seconds_of(start.time())) {
            seconds = clock.seconds;
        }
    }
    let today = (scene.dated && scene.now.time() != Time::midnight()).then(|| scene.today());
    let based = base.and_then(|base| if base.dayless() { None } else { base.first().map(|date| (date, base.relative)) });
    let (date, relative) = match (day, based, today) {
        (Some(date), ..) => (date, relative),
        (None, Some(based), _) => based,
        (None, None, Some(today)) if base.is_none() => (today, true),
        _ => {
            let time = time(seconds)?;
            let span = Period { start: Some(Moment::Time(time)), end: None };
            // The day is a stand-in that no table shows.
            let start = Date::constant(2000, 1, 1).to_datetime(time);
            let when = When { start: Some(start), time: Some(span), part: shift > 0, clock: true, ..When::new(clock.grain) };
            return Some((when, clock.end));
        }
    };
    let mut start = add(midnight(date), TimeUnit::Second, seconds)?;
    if based.and(base).and_then(|base| base.start).is_some_and(|left| start < left) {
        start = add(start, TimeUnit::Day, 1)?;
    }
    let when = When { start: Some(start), after: Some(start), clock: true, part: shift > 0, ..When::new(clock.grain) };
    Some((when.dated(relative, false), clock.end))
}

fn seconds_of(time: Time) -> i64 {
    i64::from(time.hour()) * 3600 + i64::from(time.minute()) * 60 + i64::from(time.second())
}

fn time(seconds: i64) -> Option<Time> {
    let seconds = seconds % 86_400;
    let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    Time::new(i8::try_from(hour).ok()?, i8::try_from(minute).ok()?, i8::try_from(second).ok()?, 0).ok()
}

pub(super) fn hours(day: Date, part: Part) -> Option<When> {
    let start = add(midnight(day), TimeUnit::Hour, i64::from(part.from))?;
    let after = add(midnight(day), TimeUnit::Hour, i64::from(part.to))?;
    Some(When { start: Some(start), after: Some(after), ..When::new(Grain::Part) })
}

/// The part of the day that begins at `at`.
pub(super) fn part(scene: &Scene<'_>, at: usize) -> Option<(Part, usize)> {
    match scene.word(at)? {
        (TimeWord::DayPart(part), end) => Some((part, end)),
        _ => None,
    }
}

fn shift(clock: Clockwise, hour: i64) -> i64 {
    match clock {
        Clockwise::Am if hour == 12 => -12,
        Clockwise::Pm if hour < 12 => 12,
        Clockwise::Noon if hour < 10 => 12,
        // 晚上12点 ends the day, 晚上两点 is in the next one
        Clockwise::Night => match hour {
            0..5 => 24,
            5..=12 => 12,
            _ => 0,
        },
        Clockwise::Late => match hour {
            6..=12 => 12,
            _ => 0,
        },
        _ => 0,
    }
}

fn written(scene: &Scene<'_>, at: usize, anchored: bool) -> Option<Clock> {
    let hour = scene.number(at).filter(|count| (0..=24).contains(&count.value) && count.digits <= 2)?;
    colon(scene, at, &hour, anchored).or_else(|| worded(scene, at, &hour, anchored))
}

fn colon(scene: &Scene<'_>, at: usize, hour: &super::number::Count, anchored: bool) -> Option<Clock> {
    if !hour.arabic || hour.value == 24 {
        return None;
    }
    let two = |at: usize| {
        let at = scene.any(at, &[":", "："])?;
        scene.number(at).filter(|count| count.arabic && count.digits == 2 && count.value < 60)
    };
    let minute = two(hour.end)?;
    let second = two(minute.end);
    let mut end = second.map_or(minute.end, |second| second.end);
    if scene.char(end).is_some_and(|c| {
        c.is_ascii_digit() || c == '.' || c == ':' && scene.rest(end).len() > 1 && scene.rest(end).as_bytes().get(1).is_some_and(u8::is_ascii_digit)
    }) {
        return None;
    }
    let spaced = scene.gap(end);
    let mut latin = None;
    for (words, reading) in [(["a.m.", "a.m", "am", "AM", "A.M."], Clockwise::Am), (["p.m.", "p.m", "pm", "PM", "P.M."], Clockwise::Pm)] {
        if let Some(past) = scene.any(spaced, &words) {
            (latin, end) = (Some(reading), past);
        }
    }
    if let Some(past) = scene.any(end, &["时"]) {
        end = past;
    }
    // 1:19 may be a ratio or a score: a clock time needs a sign of one
    let ranged = scene.base.is_some()
        || scene.any(scene.gap(end), &["-", "—", "~", "～", "－", "–", "至", "到"]).is_some_and(|at| {
            scene.number(scene.gap(at)).is_some_and(|count| scene.any(count.end, &[":", "："]).is_some())
                || scene.any(at, &["明天", "次日", "晚", "下午", "凌晨"]).is_some()
        });
    let cued = scene.cue(spaced, TimeCue::ClockFollows).is_some();
    if !(anchored || latin.is_some() || ranged || cued || scene.alone(at, end)) {
        return None;
    }
    let seconds = hour.value * 3600 + minute.value * 60 + second.map_or(0, |second| second.value);
    let grain = if second.is_some() { Grain::Second } else { Grain::Minute };
    Some(Clock { seconds, hour: hour.value, grain, end, latin })
}

fn worded(scene: &Scene<'_>, at: usize, hour: &super::number::Count, anchored: bool) -> Option<Clock> {
    let Some(oclock) = scene.any(if hour.arabic { scene.gap(hour.end) } else { hour.end }, &["点", "时"]) else {
        // 晚上9~11点
        let right = scene.any(hour.end, &["~", "～", "-", "—", "至", "到"]).filter(|_| anchored).and_then(|at| scene.number(at))?;
        scene.any(right.end, &["点", "时"])?;
        return Some(Clock { seconds: hour.value * 3600, hour: hour.value, grain: Grain::Hour, end: hour.end, latin: None });
    };
    let dotted = scene.before(oclock).ends_with('点');
    if scene.cue(oclock, TimeCue::NotHour).is_some() && !dotted || hour.digits == 0 && hour.value > 24 {
        return None;
    }
    let mut end = scene.any(oclock, &["钟整", "钟", "整"]).unwrap_or(oclock);
    let mut seconds = hour.value * 3600;
    let mut grain = Grain::Hour;
    if let Some(past) = scene.any(end, &["半"]) {
        (seconds, grain, end) = (seconds + 1800, Grain::Minute, past);
    } else if let Some(count) = scene.number(scene.gap(end)).filter(|count| end == oclock && count.value < 60) {
        let sure = scene.any(count.end, &["分", "刻"]);
        // 二十一点三 is 21.3, 八点三十 half past eight
        let bare = count.value >= 10 || count.digits == 2;
        let decimal = !bare || !anchored && scene.base.is_none() && count.digits > 0 && !count.arabic && !scene.rest(end).starts_with(['零', '〇']);
        match sure {
            Some(past) if scene.rest(count.end).starts_with('刻') => {
                if scene.any(past, &["钟"]).is_some() || count.value > 3 {
                    return None;
                }
                (seconds, grain, end) = (seconds + count.value * 900, Grain::Minute, past);
            }
            // 三分之一, 百分点
            Some(past) if scene.cue(past, TimeCue::NotMinute).is_none() => {
                (seconds, grain, end) = (seconds + count.value * 60, Grain::Minute, past);
                let second = scene.number(past).filter(|count| count.value < 60);
                if let Some((second, past)) = second.and_then(|second| scene.any(second.end, &["秒"]).map(|past| (second, past))) {
                    (seconds, grain, end) = (seconds + second.value, Grain::Second, past);
                }
            }
            None if !decimal && !scene.char(count.end).is_some_and(|c| matches!(c, '%' | '个' | '万' | '亿' | '元' | '人' | '.')) => {
                (seconds, grain, end) = (seconds + count.value * 60, Grain::Minute, count.end);
            }
            _ if dotted && !anchored => return None,
            _ => {}
        }
    }
    if !anchored && !sure_of_hour(scene, at, hour, end, grain, dotted) {
        return None;
    }
    Some(Clock { seconds, hour: hour.value, grain, end, latin: None })
}

/// A bare 9点 or 9时 is a clock time only where nothing says otherwise: not 五点意见, 一点都不, 百分点.
fn sure_of_hour(scene: &Scene<'_>, at: usize, hour: &super::number::Count, end: usize, grain: Grain, dotted: bool) -> bool {
    if scene.char_before(at).is_some_and(|c| is_digit(c) || matches!(c, '.' | '·' | '第' | '几' | '数' | '有' | '这')) {
        return false;
    }
    if grain != Grain::Hour || scene.base.is_some() || scene.alone(at, end) {
        return true;
    }
    if scene.rest(end).starts_with(is_digit) {
        return false;
    }
    let follows = scene.ends(end) || scene.cue(end, TimeCue::HourFollows).is_some();
    if dotted {
        return follows && (hour.arabic && hour.value != 1 || hour.value > 5);
    }
    follows || hour.arabic
}

/// The end of a clock range on the days of both sides.
pub(super) fn until(left: &When, right: &When) -> Option<(DateTime, DateTime)> {
    Some((left.start?, right.start?)).filter(|(from, to)| from <= to)
}
