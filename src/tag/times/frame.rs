//! What stands around a time: 截至, 到, 自 … 起, 以来, 之前, 期间; ranges; plan periods.

use super::calendar::{add, add_days, years as year_span};
use super::number::number;
use super::point::{RANGE, point};
use super::running::{repeated, word};
use super::scene::{Grain, Scene, When, midnight};
use super::{Moment, Period, clock};
use crate::dict::{TimeUnit, TimeWord};

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
    let past = scene.any(at, &["大约", "大概", "约"])?;
    let (when, end) = joined(scene, past)?;
    (when.grain == Grain::Hour || when.time.is_some()).then_some((when, at, end))
}

/// 截至目前, 到2025年, 至2025年底.
fn until(scene: &Scene<'_>, at: usize) -> Option<(When, usize)> {
    if let Some(past) = scene.any(at, &["截至到", "截止到", "截止至", "截至", "截止"]) {
        let from = scene.gap(past);
        let (when, end) = plan(scene, from).or_else(|| point(scene, from)).or_else(|| now(scene, from))?;
        if when.after.is_none() || when.grain <= Grain::Set {
            return None;
        }
        let end = scene.any(end, &["止"]).unwrap_or(end);
        let mut after = when.after;
        // 截至12月底 in February looks back
        if when.relative && !when.year_given && after.is_some_and(|after| after > midnight(scene.today().tomorrow().unwrap_or(scene.today()))) {
            after = after.and_then(|after| add(after, TimeUnit::Year, -1));
        }
        return Some((When { start: None, after, grain: Grain::Stretch, ..when }, end));
    }
    let past = scene.any(at, &["到", "至"])?;
    let told = ["力争", "计划", "预计", "预期", "目标", "确保", "争取", "将", "规划", "提出", "明确", "并", "要", "使"]
        .iter()
        .any(|word| scene.before(at).ends_with(word));
    if !scene.begins(at) && !told {
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

fn now(scene: &Scene<'_>, at: usize) -> Option<(When, usize)> {
    match word(scene, at)? {
        (TimeWord::Now | TimeWord::UntilNow, end) => Some((When::day(scene.today()).relative(), end)),
        _ => None,
    }
}

/// 自2018年以来, 从去年9月起, 从2008年到2018年.
fn since(scene: &Scene<'_>, at: usize) -> Option<(When, usize)> {
    let past = scene.any(at, &["自从", "自", "从"])?;
    let from = scene.gap(past);
    let (when, end) = single(scene, from)?;
    if let Some(past) = scene.any(end, &["起至今", "以来至今", "开始至今", "至今", "到现在", "到目前"]) {
        return Some((running_until_now(scene, &when), past));
    }
    let open = When { after: None, grain: Grain::Stretch, ..when };
    let after = scene.any(end, &["起", "开始"]);
    if let Some((range, end)) = range(scene, &when, after.unwrap_or(end)) {
        return Some((range, scene.any(end, &["止"]).unwrap_or(end)));
    }
    if let Some(past) = scene.any(end, &["以来"]) {
        return Some((running_until_now(scene, &when), past));
    }
    match after {
        Some(past) if when.relative => Some((running_until_now(scene, &when), past)),
        Some(past) => Some((open, past)),
        None if scene.any(at, &["自从"]).is_some() && when.start.is_some() => Some((open, end)),
        None => None,
    }
}

fn running_until_now(scene: &Scene<'_>, when: &When) -> When {
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
    let sub = Scene { base: Some(*left), ..scene.clone() };
    // 2008.03-2009: a bare year closes a range of months
    let bare = || {
        number(scene.text, from)
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

/// 以来, 之前, 或之后, 期间, 假期.
fn followed(scene: &Scene<'_>, when: When, at: usize, end: usize) -> Option<(When, usize)> {
    let from = scene.gap(end);
    let open = |start, after| When { start, after, grain: Grain::Stretch, echo: true, ..when };
    if let Some(past) = scene.any(from, &["以来"]) {
        return Some((running_until_now(scene, &when), past));
    }
    if when.dayless() {
        let Some(Moment::Time(time)) = when.time.and_then(|span| span.start) else { return Some((when, end)) };
        if let Some(past) = scene.any(from, &["之前", "以前"]) {
            return Some((When { time: Some(Period { start: None, end: Some(Moment::Time(time)) }), grain: Grain::Stretch, ..when }, past));
        }
        return Some((when, scene.any(from, &["之后", "以后"]).unwrap_or(end)));
    }
    if let Some(past) = scene.any(from, &["或之前", "及以前", "及之前", "或以前"]) {
        return Some((open(None, when.after), past));
    }
    if let Some(past) = scene.any(from, &["或之后", "及以后", "及之后", "或以后"]) {
        return Some((open(when.start, None), past));
    }
    if when.start.is_some() {
        if let Some(past) = scene.any(from, &["之前", "以前"]) {
            return Some((open(None, when.start), past));
        }
        if let Some(past) = scene.any(from, &["之后", "以后"]).filter(|_| when.grain >= Grain::Day || when.clock) {
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
    if let Some(past) =
        scene.any(end, &["前"]).filter(|past| scene.any(*past, &["期", "往", "来", "景", "台", "者", "列", "夕", "半", "后", "三", "两", "沿", "后"]).is_none())
    {
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
    if let Some(past) = scene.any(from, &["左右", "前后"]).filter(|_| when.grain == Grain::Day) {
        return Some((when, past));
    }
    if let Some(past) = scene.any(end, &["期间"]).filter(|_| when.grain >= Grain::Week) {
        return Some((when, past));
    }
    Some((when, end))
}

/// The feast whose name ends at `end`.
fn feast_ends(scene: &Scene<'_>, at: usize, end: usize) -> Option<crate::dict::Feast> {
    let text = scene.text.get(at..end)?;
    let (_, word) = scene.words.words.ending(text, text.len())?;
    match word {
        TimeWord::Feast(feast) => Some(*feast),
        _ => None,
    }
}

/// Past the words that make a feast a holiday, and whether it is a holiday of several days.
pub(super) fn holiday(scene: &Scene<'_>, end: usize) -> Option<(usize, bool)> {
    const LONG: [&str; 8] = ["黄金周假期", "黄金周", "小长假期间", "小长假", "长假期间", "长假", "假期", "假日"];
    scene
        .any(end, &LONG)
        .map(|past| (scene.any(past, &["期间"]).unwrap_or(past), true))
        .or_else(|| scene.any(end, &["期间", "前后", "当天", "当日"]).map(|past| (past, false)))
}

/// A feast with 假期 and its length: 国庆假期7天, 国庆中秋假期8天.
fn around(scene: &Scene<'_>, when: When, feast: crate::dict::Feast, end: usize) -> (When, usize) {
    let mut first = when.first();
    let mut end = end;
    let mut usual = match feast.rule {
        crate::dict::Rule::Fixed(10, 1) | crate::dict::Rule::Lunar(1, 1) => 7,
        crate::dict::Rule::Fixed(5, 1) => 5,
        _ => 3,
    };
    // 国庆中秋: the longer holiday begins on National Day
    let second = scene.any(end, &["、", "·", "和"]).unwrap_or(end);
    if let Some((TimeWord::Feast(other), past)) = word(scene, second)
        && let (Some((_, true)), Some(date)) = (holiday(scene, past), first)
        && let Some(start) = super::feasts::in_year(scene.words, &other, date.year()).and_then(|when| when.first())
    {
        first = if usual == 7 { Some(date) } else { Some(start) };
        usual = 8;
        end = past;
    }
    let Some((past, long)) = holiday(scene, end) else {
        return (when, end);
    };
    let counted = number(scene.text, past).and_then(|count| scene.any(count.end, &["天", "日"]).map(|end| (count.value, end)));
    let whole = long || scene.before(past).ends_with("期间") && matches!(usual, 5 | 7);
    let (days, end) = match counted.filter(|_| long) {
        Some((days, end)) => (days, end),
        None if whole && feast.days == 1 => (usual, past),
        None => return (when, past),
    };
    let last = first.and_then(|first| add_days(first, days - 1));
    match (first, last) {
        (Some(first), Some(last)) => (When::days(first, last, Grain::Stretch).dated(when.relative, when.year_given), end),
        _ => (when, end),
    }
}

/// 假期前4天: days of the holiday named before.
fn holiday_days(scene: &Scene<'_>, at: usize) -> Option<(When, usize)> {
    let past = scene.any(at, &["假期", "长假", "黄金周", "节日", "假日", "展会", "节日假期"])?;
    let back = scene.any(past, &["前", "头", "后"])?;
    let count = number(scene.text, back)?;
    let end = scene.any(count.end, &["天", "日"])?;
    let whole = scene.holiday?;
    let (first, last) = (whole.first()?, whole.last()?);
    let (from, to) = if scene.rest(past).starts_with('后') { (add_days(last, 1 - count.value)?, last) } else { (first, add_days(first, count.value - 1)?) };
    (from >= first && to <= last).then(|| (When { echo: true, ..When::days(from, to, Grain::Stretch).dated(whole.relative, false) }, end))
}

/// Plan periods: “十四五”期间, 国家“一五”期间, 十三五时期, “十四五”末.
fn plan(scene: &Scene<'_>, at: usize) -> Option<(When, usize)> {
    const NAMES: [&str; 15] =
        ["一五", "二五", "三五", "四五", "五五", "六五", "七五", "八五", "九五", "十五", "十一五", "十二五", "十三五", "十四五", "十五五"];
    let from = scene.any(at, &["国家"]).unwrap_or(at);
    let name = scene.any(from, &["“", "\"", "「", "‘"]);
    let start = name.unwrap_or(from);
    let (index, past) = NAMES.iter().enumerate().rev().find_map(|(index, word)| scene.any(start, &[word]).map(|past| (index, past)))?;
    let past = match name {
        Some(_) => scene.any(past, &["”", "\"", "」", "’"])?,
        None => past,
    };
    let nth = i16::try_from(index).ok()? + 1;
    let first = if nth <= 2 { 1948 + 5 * nth } else { 1951 + 5 * nth };
    let whole = year_span(first, first + 4)?.dated(false, true);
    let whole = When { grain: Grain::Stretch, echo: true, ..whole };
    if let Some(end) = scene.any(past, &["规划期间", "计划期间", "规划时期", "计划时期", "期间", "时期"]) {
        return Some((whole, end));
    }
    if let Some(end) = scene.any(past, &["以来"]) {
        return Some((running_until_now(scene, &whole), end));
    }
    if let Some(end) = scene.any(past, &["期末", "末期", "末"]) {
        return whole.last().map(|last| (When { echo: true, ..When::day(last).dated(false, true) }, end));
    }
    if let Some(end) = scene.any(past, &["期初", "初期", "开局之年", "初"]) {
        return whole.first().map(|day| (When { echo: true, ..When::day(day).dated(false, true) }, end));
    }
    None
}
