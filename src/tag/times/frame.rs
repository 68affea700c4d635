//! What stands around a time: 截至, 到, 自 … 起, 以来, 之前, 期间; ranges; plan periods.

use super::calendar::{add, years as year_span};
use super::holiday::{around, feast_ends, holiday_days};
use super::lunar::{lunar_day_after, lunar_day_number};
use super::plan::plan;
use super::point::{RANGE, point};
use super::running::{repeated, word};
use super::scene::{Grain, Scene, When, midnight};
use super::{Moment, Period, clock};
use crate::dict::{TimeCue, TimeUnit, TimeWord};

/// The expression that begins at `at`: what it means, where it starts and ends.
pub(super) fn expression(scene: &Scene<'_>, at: usize) -> Option<(When, usize, usize)> {
    if scene.char(at).is_none_or(char::is_whitespace) {
        return None;
    }
    let found = until(scene, at).or_else(|| since(scene, at)).or_else(|| repeated(scene, at)).or_else(|| holiday_days(scene, at));
    if let Some((when, end)) = found.or_else(|| plan(scene, at)).or_else(|| joined(scene, at)) {
        return Some((when, at, end));
    }
    // 大约十点 with the hedge, as part of the clock time
    let past = scene.cue(at, TimeCue::Hedge)?;
    let (when, end) = joined(scene, past)?;
    (when.grain == Grain::Hour || when.time.is_some()).then_some((when, at, end))
}

/// 截至目前, 到2025年, 至2025年底.
fn until(scene: &Scene<'_>, at: usize) -> Option<(When, usize)> {
    if let Some(past) = scene.cue(at, TimeCue::Until) {
        let from = scene.gap(past);
        let (when, end) = plan(scene, from).or_else(|| point(scene, from)).or_else(|| now(scene, from))?;
        if when.after.is_none() || when.grain <= Grain::Set {
            return None;
        }
        let stop = scene.any(end, &["止"]);
        let mut after = when.after;
        // 截至12月底 in February looks back
        if when.relative && !when.year_given && after.is_some_and(|after| after > midnight(scene.today().tomorrow().unwrap_or(scene.today()))) {
            after = after.and_then(|after| add(after, TimeUnit::Year, -1));
        }
        if let Some((months, past)) = stop.and_then(|stop| ended(scene, stop)) {
            let start = after.and_then(|after| add(after, TimeUnit::Month, -months));
            return Some((When { start, after, grain: if months == 12 { Grain::Year } else { Grain::Stretch }, ..when }, past));
        }
        return Some((When { start: None, after, grain: Grain::Stretch, ..when }, stop.unwrap_or(end)));
    }
    let past = scene.any(at, &["到", "至"])?;
    if !scene.begins(at) && !scene.after(at, TimeCue::Aim) {
        return None;
    }
    let (when, end) = plan(scene, past).or_else(|| point(scene, past))?;
    let edge = matches!(when.grain, Grain::Year | Grain::Month | Grain::Quarter)
        || when.grain == Grain::Day && scene.before(end).ends_with(['底', '末', '初'])
        || scene.before(end).ends_with("五”时期");
    // 到本世纪中叶
    if when.grain == Grain::Vague && scene.rest(past).get(..end - past).is_some_and(|words| words.contains("世纪")) {
        return Some((when, end));
    }
    (edge && when.after.is_some()).then_some((When { start: None, grain: Grain::Stretch, echo: true, ..when }, end))
}

/// 截至2022年12月31日止|年度, 截至6月30日止|六个月: how many months end there.
fn ended(scene: &Scene<'_>, at: usize) -> Option<(i64, usize)> {
    let from = scene.of(at);
    if let Some(past) = scene.any(from, &["年度", "财政年度", "财年"]) {
        return Some((12, past));
    }
    let count = scene.number(from).filter(|count| (1..=24).contains(&count.value))?;
    scene.any(count.end, &["个月"]).map(|past| (count.value, past))
}

fn now(scene: &Scene<'_>, at: usize) -> Option<(When, usize)> {
    match word(scene, at)? {
        (TimeWord::Now | TimeWord::UntilNow, end) => Some((When::day(scene.today()).relative(), end)),
        _ => None,
    }
}

/// 自2018年以来, 从去年9月起, 从2008年到2018年.
fn since(scene: &Scene<'_>, at: usize) -> Option<(When, usize)> {
    let past = scene.cue(at, TimeCue::Since)?;
    let from = scene.gap(past);
    let (when, end) = single(scene, from)?;
    if let Some(past) = scene.cue(end, TimeCue::ToNow) {
        return Some((running_until_now(scene, &when), past));
    }
    let open = When { after: None, grain: Grain::Stretch, ..when };
    let after = scene.cue(end, TimeCue::From);
    if let Some((range, end)) = range(scene, &when, after.unwrap_or(end)) {
        return Some((range, scene.any(end, &["止"]).unwrap_or(end)));
    }
    if let Some(past) = scene.cue(end, TimeCue::Running) {
        return Some((running_until_now(scene, &when), past));
    }
    match after {
        Some(past) if when.relative => Some((running_until_now(scene, &when), past)),
        Some(past) => Some((open, past)),
        None if scene.cue(at, TimeCue::Always).is_some() && when.start.is_some() => Some((open, end)),
        None => None,
    }
}

pub(super) fn running_until_now(scene: &Scene<'_>, when: &When) -> When {
    let moment = scene.moment();
    let today = moment.unwrap_or_else(|| midnight(scene.today().tomorrow().unwrap_or(scene.today())));
    let after = Some(today).filter(|_| scene.dated && when.start.is_none_or(|start| start < today));
    When { after, grain: Grain::Stretch, clock: moment.is_some(), time: None, echo: true, ..*when }
}

fn single(scene: &Scene<'_>, at: usize) -> Option<(When, usize)> {
    plan(scene, at).or_else(|| point(scene, at))
}

/// A time, the range that it begins, and what follows it.
fn joined(scene: &Scene<'_>, at: usize) -> Option<(When, usize)> {
    let (when, end) = point(scene, at)?;
    if when.grain <= Grain::Set {
        return Some((when, end));
    }
    if let Some((when, end)) = range(scene, &when, end) {
        return Some((when, scene.any(end, &["之间"]).unwrap_or(end)));
    }
    followed(scene, when, at, end)
}

/// The right side of a range.
fn range(scene: &Scene<'_>, left: &When, end: usize) -> Option<(When, usize)> {
    let sign = scene.gap(end);
    let past = scene.any(sign, &RANGE)?;
    let from = scene.gap(scene.any(past, &["了"]).unwrap_or(past));
    if let Some((TimeWord::Now, end)) = word(scene, from) {
        return Some((When { after: scene.moment().or(midnight(scene.today()).tomorrow().ok()), grain: Grain::Stretch, relative: true, ..*left }, end));
    }
    if scene.any(past, &["今"]).is_some() && scene.any(sign, &["至"]).is_some() && scene.any(past, &["今年", "今日", "今天", "今晚", "今晨"]).is_none()
    {
        return Some((running_until_now(scene, left), past + '今'.len_utf8()));
    }
    // 28日下午到夜间
    if let (Grain::Part, Some((part, end)), Some(day)) = (left.grain, clock::part(scene, from), left.first())
        && let Some(right) = clock::hours(day, part).filter(|right| right.after > left.after && scene.number(end).is_none())
    {
        return Some((When { after: right.after, ..*left }, end));
    }
    // 正月初二至初六
    if let Some((nth, end)) = scene.any(from, &["初"]).and_then(|_| lunar_day_number(scene, from))
        && let Some(last) = left.first().filter(|_| left.grain == Grain::Day).and_then(|first| lunar_day_after(scene, first, nth))
    {
        return Some((When::days(left.first()?, last, Grain::Stretch).dated(left.relative, left.year_given), end));
    }
    let sub = Scene { base: Some(*left), ..scene.clone() };
    // 2008.03-2009: a bare year closes a range of months
    let bare = || {
        scene
            .number(from)
            .filter(|count| count.digits == 4 && left.grain == Grain::Month && left.year_given && scene.ends(count.end))
            .and_then(|count| Some((year_span(i16::try_from(count.value).ok()?, i16::try_from(count.value).ok()?)?, count.end)))
    };
    let (mut right, end) = point(&sub, from).or_else(bare)?;
    if right.grain <= Grain::Set {
        return None;
    }
    if let (Some(from), Some(to)) = (left.time, right.time) {
        let span = Period { start: from.start, end: to.start.or(to.end) };
        return Some((When { time: Some(span), grain: Grain::Stretch, ..*left }, end));
    }
    if left.dayless() || right.dayless() {
        // 2点-明天4点: the left side is today's
        let time = match left.time.and_then(|span| span.start) {
            Some(Moment::Time(time)) => time,
            _ => return None,
        };
        let start = scene.today().to_datetime(time);
        return Some((When { start: Some(start), after: right.start, clock: true, grain: Grain::Stretch, ..When::new(Grain::Stretch) }.relative(), end));
    }
    if left.clock && right.clock {
        let (start, after) = clock::until(left, &right).or_else(|| {
            let next = add(right.start?, TimeUnit::Day, 1)?;
            left.start.filter(|start| *start <= next).map(|start| (start, next))
        })?;
        return Some((When { start: Some(start), after: Some(after), grain: Grain::Stretch, relative: left.relative && !left.year_given, ..right }, end));
    }
    // 11月至3月: the right side is in the next year
    if right.after <= left.start && !right.year_given {
        right.start = right.start.and_then(|start| add(start, TimeUnit::Year, 1));
        right.after = right.after.and_then(|after| add(after, TimeUnit::Year, 1));
    }
    if left.start.is_none() || right.after.is_none() || right.after <= left.start {
        // an impossible day on either side: the words are a range all the same
        let impossible = left.start.is_none() || right.start.is_none();
        return impossible.then(|| (When::new(Grain::Stretch), end));
    }
    let exact = left.clock || right.clock;
    // 18日夜间至19日: whole days
    let (first, next) = (left.first()?, right.last()?.tomorrow().ok()?);
    let (left, right) = if exact { (*left, right) } else { (When { start: Some(midnight(first)), ..*left }, When { after: Some(midnight(next)), ..right }) };
    let relative = left.relative || right.relative;
    Some((
        When {
            start: left.start,
            after: right.after,
            clock: exact,
            grain: Grain::Stretch,
            year_given: left.year_given || right.year_given,
            ..When::new(Grain::Stretch)
        }
        .dated(relative, left.year_given),
        end,
    ))
}

/// How long the words between a time and 以来 may be, in characters.
const EVENT: usize = 6;

/// 6月10日|入梅以来, 2018年|建园以来: the event that the time begins with.
fn since_event(scene: &Scene<'_>, when: &When, end: usize) -> Option<usize> {
    if when.grain < Grain::Day || when.start.is_none() {
        return None;
    }
    let event = scene.rest(end).char_indices().take(EVENT + 1).take_while(|(_, c)| c.is_alphabetic());
    event.skip(2).find_map(|(at, _)| scene.cue(end + at, TimeCue::Running))
}

/// 以来, 之前, 或之后, 期间, 假期.
fn followed(scene: &Scene<'_>, when: When, at: usize, end: usize) -> Option<(When, usize)> {
    let from = scene.gap(end);
    let open = |start, after| When { start, after, grain: Grain::Stretch, echo: true, ..when };
    if let Some(past) = scene.cue(from, TimeCue::Running).or_else(|| since_event(scene, &when, end)) {
        return Some((running_until_now(scene, &when), past));
    }
    if when.dayless() {
        let Some(Moment::Time(time)) = when.time.and_then(|span| span.start) else { return Some((when, end)) };
        if let Some(past) = scene.cue(from, TimeCue::Before) {
            return Some((When { time: Some(Period { start: None, end: Some(Moment::Time(time)) }), grain: Grain::Stretch, ..when }, past));
        }
        return Some((when, scene.cue(from, TimeCue::After).unwrap_or(end)));
    }
    if let Some(past) = scene.cue(from, TimeCue::OrBefore) {
        return Some((open(None, when.after), past));
    }
    if let Some(past) = scene.cue(from, TimeCue::OrAfter) {
        return Some((open(when.start, None), past));
    }
    if when.start.is_some() {
        if let Some(past) = scene.cue(from, TimeCue::Before) {
            return Some((open(None, when.start), past));
        }
        if let Some(past) = scene.cue(from, TimeCue::After).filter(|_| when.grain >= Grain::Day || when.clock) {
            return Some((open(if when.clock { when.start } else { when.after }, None), past));
        }
        if scene.body.0 == at
            && scene.body.1 == end + "起".len()
            && let Some(past) = scene.any(from, &["起"])
        {
            return Some((running_until_now(scene, &when), past));
        }
        if let Some(past) = scene.any(from, &["起"]).filter(|_| when.grain == Grain::Year && when.year_given || scene.any(from, &["起到", "起至"]).is_some())
        {
            if let Some((range, end)) = range(scene, &when, past) {
                return Some((range, end));
            }
            return Some((open(when.start, None), past));
        }
    }
    if let Some(past) = scene.any(end, &["前"]).filter(|past| scene.cue(*past, TimeCue::NotBefore).is_none()) {
        // 10月底前 includes the last day, 2030年前 ends before the year
        if when.grain == Grain::Day && scene.before(end).ends_with(['日', '号', '底', '末']) {
            return Some((open(None, when.after), past));
        }
        if matches!(when.grain, Grain::Year | Grain::Month) {
            return Some((open(None, when.start), past));
        }
    }
    let feast = matches!(when.grain, Grain::Day | Grain::Stretch).then(|| feast_ends(scene, at, end)).flatten();
    if let Some(feast) = feast {
        return Some(around(scene, when, feast, end));
    }
    if let Some(past) = scene.cue(from, TimeCue::About).filter(|_| when.grain == Grain::Day) {
        return Some((when, past));
    }
    if let Some(past) = scene.cue(end, TimeCue::During).filter(|_| when.grain >= Grain::Week) {
        return Some((when, past));
    }
    Some((when, end))
}
