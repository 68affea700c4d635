//! A date as it is written, from the year down to the day: 2019年3月5日, 今年前三季度, 上月15号, 农历八月十五, 2010-01-29.

use super::calendar::{add_days, day, day_of_month, months, years as year_span};
use super::decade::{decade, school_year};
use super::lunar::lunar;
use super::month::{below, halves, month, nth, pair};
use super::number::follows_number;
use super::running::{self, word};
use super::scene::{Grain, Scene, When};
use super::stamp::stamp;
use super::year::{Years, years};
use super::{clock, feasts};
use crate::dict::{TimeCue, TimeUnit, TimeWord};

/// Signs between the ends of a range, longest first.
pub(super) const RANGE: [&str; 12] = ["——", "--", "—", "–", "－", "～", "~", "至", "到", "-", "―", "─"];

/// The longest single time at `at`.
pub(super) fn point(scene: &Scene<'_>, at: usize) -> Option<(When, usize)> {
    let readings = [
        stamp(scene, at),
        lunar(scene, at),
        with_year(scene, at),
        school_year(scene, at),
        worded(scene, at),
        running::stepped(scene, at).and_then(|found| below(scene, found)),
        running::spans(scene, at),
        running::past_years(scene, at),
        running::away(scene, at).and_then(|found| below(scene, found)),
        inside(scene, None, at),
        clock::clock(scene, at, None, false),
    ];
    let mut best: Option<(When, usize)> = None;
    for (when, end) in readings.into_iter().flatten() {
        if best.is_none_or(|(_, longest)| end > longest) {
            best = Some((when, end));
        }
    }
    let (when, end) = best?;
    Some(tail(scene, when, end))
}

/// What follows a day: weekday, part of the day, clock time.
fn tail(scene: &Scene<'_>, when: When, end: usize) -> (When, usize) {
    let Some(date) = when.first().filter(|_| when.grain == Grain::Day && when.start.is_some()) else {
        return (when, end);
    };
    let (mut when, mut end) = (when, scene.past_lunar(end));
    let comma = scene.any(end, &["，", ", ", ",", "、"]);
    if let Some((_, past)) = weekday(scene, scene.gap(comma.unwrap_or(end)))
        && (comma.is_none() || scene.ends(past))
    {
        end = past;
    }
    if let Some((moved, past)) = running::from_day(scene, &when, end) {
        return (moved, past);
    }
    let from = scene.of(end);
    let from = scene.cue(from, TimeCue::Hedge).unwrap_or(from);
    let dash = scene.any(from, &["-", "—"]).filter(|at| scene.number(*at).is_some_and(|count| scene.any(count.end, &[":", "："]).is_some()));
    if let Some((clock, past)) = clock::clock(scene, dash.unwrap_or(from), Some(date), when.relative) {
        // 1月28日晚间公告 names the day, 18日夜间至19日 an interval
        let numbered = scene.before(end).ends_with(['日', '号']) && follows_number(scene.text, end - '日'.len_utf8());
        if clock.grain == Grain::Part && numbered && scene.base.is_none() && scene.any(past, &RANGE).is_none() {
            return (when, end);
        }
        when = When { year_given: when.year_given, ..clock };
        end = past;
    }
    (when, end)
}

/// 周一, 星期日.
pub(super) fn weekday(scene: &Scene<'_>, at: usize) -> Option<(i8, usize)> {
    weekday_number(scene, scene.any(at, &["周", "星期", "礼拜"])?)
}

/// The weekday after 周: 1 Monday … 7 Sunday.
pub(super) fn weekday_number(scene: &Scene<'_>, at: usize) -> Option<(i8, usize)> {
    let c = scene.char(at)?;
    let nth = match c {
        '一' | '1' => 1,
        '二' | '2' => 2,
        '三' | '3' => 3,
        '四' | '4' => 4,
        '五' | '5' => 5,
        '六' | '6' => 6,
        '日' | '天' | '末' if c != '末' => 7,
        _ => return None,
    };
    let end = at + c.len_utf8();
    // 周一一 and 周三十 are no weekdays, 一周三次 is a number of times
    let more = scene.cue(end, TimeCue::NotWeekday).is_some();
    (!more).then_some((nth, end))
}

/// Words that stand for a day, month or longer by themselves.
fn worded(scene: &Scene<'_>, at: usize) -> Option<(When, usize)> {
    let (word, end) = word(scene, at)?;
    // 三年内 and 五年底: the 年 belongs to the number
    if scene.rest(at).starts_with('年') && follows_number(scene.text, at) {
        return None;
    }
    let today = scene.today();
    let whole = |year: i16| year_span(year, year).map(When::relative);
    let found = match word {
        TimeWord::Relative(unit, from, to) if unit != TimeUnit::Year => {
            // 今 and 明 alone are no days, 30日前 is no 日前
            let single = scene.text.get(at..end).is_some_and(|word| word.chars().count() == 1);
            if let Some(past) = numbered(scene, end).filter(|_| single) {
                let date = add_days(today, i64::from(from))?;
                return Some((When::day(date).relative(), past));
            }
            if single && (clock::part(scene, end).is_none() || scene.any(end, &["时代", "下"]).is_some()) {
                return None;
            }
            let count = i64::from(to - from) + 1;
            super::calendar::unit(today, unit, i64::from(from), count)?
        }
        TimeWord::Same(TimeUnit::Day, step) => {
            let based = scene.base.and_then(|base| Some((base.first()?, base.relative)));
            let (known, relative) = based.or(scene.last_day.map(|day| (day, scene.day_relative))).unwrap_or((today, true));
            When { relative, ..When::day(add_days(known, i64::from(step))?) }
        }
        TimeWord::Same(TimeUnit::Month, step) => {
            let known = scene.last.and_then(|last| last.first().map(|date| (date, last.relative)));
            let (date, relative) = known.unwrap_or((today, true));
            let month = i64::from(date.month()) + i64::from(step);
            let when = months(date.year() - i16::from(month < 1), if month < 1 { 12 } else { month }, if month < 1 { 12 } else { month }, Grain::Month)?;
            return below(scene, (when.dated(relative, !relative), end));
        }
        TimeWord::SamePeriod(years) => {
            let Some(frame) = scene.frame.or(scene.last) else {
                let year = today.year() + i16::from(years);
                return (years < 0).then(|| year_span(year, year).map(|when| (When { echo: true, ..when.relative() }, end))).flatten();
            };
            let echoed = scene.text.get(at..end).is_some_and(|word| word.starts_with('上'));
            let shift = match (frame.first(), echoed || years == 0 || !scene.dated) {
                (Some(first), false) => i64::from(today.year()) + i64::from(years) - i64::from(first.year()),
                _ => i64::from(years),
            };
            let start = frame.start.and_then(|moment| super::calendar::add(moment, TimeUnit::Year, shift));
            let after = frame.after.and_then(|moment| if years == 0 { Some(moment) } else { super::calendar::add(moment, TimeUnit::Year, shift) });
            When { start: if years == 0 { frame.start } else { start }, after, echo: true, ..frame }
        }
        TimeWord::Report => {
            let frame = scene.frame.unwrap_or(When::new(Grain::Stretch));
            let edge = scene.any(end, &["初", "末"]).map(|past| (if scene.rest(end).starts_with('初') { frame.first() } else { frame.last() }, past));
            match edge {
                Some((edge, past)) => return Some((When { echo: true, ..edge.map_or(When::new(Grain::Day), When::day) }, past)),
                None => When { echo: true, ..frame },
            }
        }
        TimeWord::Within => whole(today.year())?,
        TimeWord::Whole => whole(reported_year(scene, at))?.dated(!scene.year_told(), false),
        TimeWord::MonthEdge(_) if follows_number(scene.text, at) => return None,
        TimeWord::MonthEdge(first) => {
            let day = if first { today.first_of_month() } else { today.last_of_month() };
            When::day(day).relative()
        }
        TimeWord::Edge(first) => {
            edge(if first && scene.dated { scene.carry.unwrap_or(today.year()) } else { reported_year(scene, at) }, first)?.dated(!scene.year_told(), false)
        }
        TimeWord::Now if scene.moment().is_some() && scene.dated => {
            When { start: scene.moment(), after: scene.moment(), clock: true, ..When::new(Grain::Second) }.relative()
        }
        TimeWord::Now => When { echo: true, ..When::day(today).relative() },
        TimeWord::Vague if !follows_number(scene.text, at) => When::new(Grain::Vague),
        TimeWord::PartOfDay(days, part) => {
            let date = add_days(today, i64::from(days))?;
            // The part is the last character: 今晚 is 今 and 晚.
            let last = scene.before(end).chars().next_back().map_or(0, char::len_utf8);
            return match clock::clock(scene, end - last, Some(date), true) {
                Some(found) if clock::part(scene, end - last).is_some() => Some(found),
                _ => {
                    let start = super::calendar::add(super::scene::midnight(date), TimeUnit::Hour, i64::from(part.from));
                    let after = super::calendar::add(super::scene::midnight(date), TimeUnit::Hour, i64::from(part.to));
                    Some((When { start, after, ..When::new(Grain::Part) }.relative(), end))
                }
            };
        }
        _ => return None,
    };
    Some((found, end))
}

/// The number in 昨(1)日 and 今（13日）.
fn numbered(scene: &Scene<'_>, at: usize) -> Option<usize> {
    let count = scene.number(scene.any(at, &["(", "（"])?).filter(|count| (1..=31).contains(&count.value))?;
    let day = scene.any(count.end, &["日", "号"]);
    let close = scene.any(day.unwrap_or(count.end), &[")", "）"])?;
    scene.any(close, &["日", "天"]).or(day.map(|_| close))
}

/// The year that 全年 and 年末 speak of: in the first months of a year the one before, unless they look ahead.
fn reported_year(scene: &Scene<'_>, at: usize) -> i16 {
    let ahead = scene.after(at, TimeCue::Ahead);
    let today = scene.today();
    if scene.frame.is_none() && scene.carry.is_none() && scene.dated && today.month() <= 4 && !ahead {
        return today.year() - 1;
    }
    scene.frame_year()
}

fn edge(year: i16, first: bool) -> Option<When> {
    if first { day(year, 1, 1) } else { day(year, 12, 31) }.map(When::day)
}

/// A date that begins with its year.
fn with_year(scene: &Scene<'_>, at: usize) -> Option<(When, usize)> {
    let Some(year) = years(scene, at) else { return bare_years(scene, at) };
    if year.first == year.last
        && let Some(found) = inside(scene, Some(&year), scene.of(year.end))
    {
        return Some((When { echo: found.0.echo || year.echo, ..found.0 }, found.1));
    }
    let when = year_span(year.first, year.last)?.dated(year.relative, !year.echo);
    Some((When { echo: year.echo, ..when }, year.end))
}

/// 2016—2020年, 1985到89年9月: the year before the sign stands without 年.
fn bare_years(scene: &Scene<'_>, at: usize) -> Option<(When, usize)> {
    let count = scene.number(at).filter(|count| count.digits == 4 && (1000..=2999).contains(&count.value))?;
    let sign = scene.gap(count.end);
    let right = scene.any(sign, &RANGE).map(|at| scene.gap(at))?;
    let year = i16::try_from(count.value).ok()?;
    let sub = Scene { base: year_span(year, year).map(|when| when.dated(false, true)), ..scene.clone() };
    years(&sub, right).filter(|right| right.first >= year && !right.relative)?;
    Some((year_span(year, year)?.dated(false, true), count.end))
}

/// What stands inside a year: half, quarter, month, day, feast, season. Without a year it is the one at hand.
pub(super) fn inside(scene: &Scene<'_>, year: Option<&Years>, at: usize) -> Option<(When, usize)> {
    let known = year.map(|year| year.first).unwrap_or_else(|| scene.year_at(at));
    let relative = year.map_or_else(|| !scene.year_known(), |year| year.relative);
    let given = year.is_some() || scene.carry.is_some() && scene.base.is_none();
    let settle = |(when, end): (When, usize)| (when.dated(relative, given), end);
    if let Some((when, end)) = halves(scene, known, year.is_some(), at).map(settle) {
        let edge = scene.any(end, &["末", "底"]).filter(|_| when.grain == Grain::Quarter);
        return match (edge, when.last()) {
            (Some(past), Some(last)) => Some(settle((When::day(last), past))),
            _ => Some((when, end)),
        };
    }
    let named = word(scene, at);
    if let Some(found) = month(scene, known, year.is_some(), at).map(settle) {
        // 正月朔日 is a feast, 正月 a month
        if !named.is_some_and(|(word, end)| matches!(word, TimeWord::Feast(_)) && end >= found.1) {
            return Some(found);
        }
    }
    match named {
        Some((TimeWord::Feast(feast), end)) => {
            return feast_at(scene, &feast, year, at, end).map(|(when, end)| if year.is_some() { (when.dated(relative, true), end) } else { (when, end) });
        }
        Some((TimeWord::Season(from, to), end)) if year.is_some() && scene.cue(end, TimeCue::NotSeason).is_none() => {
            return months(known, i64::from(from), i64::from(to), Grain::Stretch).map(|when| settle((when, end)));
        }
        Some((TimeWord::Edge(first), end)) if year.is_some() => return edge(known, first).map(|when| settle((when, end))),
        Some((TimeWord::Whole, end)) if year.is_some() => return year_span(known, known).map(|when| settle((when, end))),
        Some((TimeWord::Relative(TimeUnit::Day, 0, 0), end)) if year.is_some() => {
            let today = scene.today();
            return day(known, today.month(), today.day()).map(|date| settle((When::day(date), end)));
        }
        _ => {}
    }
    if let Some(year) = year {
        if let Some(past) = scene.any(at, &["本月", "当月", "同月"]) {
            let month = i64::from(scene.today().month());
            return below(scene, (months(known, month, month, Grain::Month)?.dated(true, true), past));
        }
        if at == year.end
            && let Some(past) =
                scene.any(at, &["初", "底", "末"]).filter(|past| scene.any(*past, &["次", "级", "中", "一", "二", "三"]).is_none() || scene.ends(*past))
        {
            return edge(known, scene.rest(at).starts_with('初')).map(|when| settle((when, past)));
        }
        if let Some(past) = scene.any(at, &["同期"]) {
            let Some((frame, from)) = scene.frame.and_then(|frame| Some((frame, frame.first()?.year()))) else {
                return Some((year_span(known, known)?.dated(relative, true), past));
            };
            let back = |moment: Option<jiff::civil::DateTime>| {
                moment.and_then(|moment| super::calendar::add(moment, TimeUnit::Year, i64::from(known) - i64::from(from)))
            };
            return Some((When { start: back(frame.start), after: back(frame.after), echo: true, ..frame }.dated(relative, true), past));
        }
        let whole = year_span(known, known)?;
        return nth(scene, &whole, at).map(settle);
    }
    if let Some(found) = decade(scene, at) {
        return Some(found);
    }
    days(scene, at).or_else(|| bare_weekday(scene, at))
}

/// A day without a month: 17日, 29号.
fn days(scene: &Scene<'_>, at: usize) -> Option<(When, usize)> {
    let (first, last, end) = pair(scene, at)?;
    let past = scene.any(end, &["日", "号"])?;
    let numbered = scene.rest(end).starts_with('号');
    if !(1..=31).contains(&first) || last > 31 || scene.cue(past, TimeCue::NotDayOfMonth).is_some() || scene.char_before(at) == Some('第') {
        return None;
    }
    let begun = scene.begins(at) || scene.base.is_some() || scene.after(at, TimeCue::DayLead);
    // 统计局9日发布, but 拘留5日
    let told = !numbered && scene.cue(past, TimeCue::Told).is_some();
    // 水库23日前须降至: a limit
    let limit =
        !numbered && scene.any(past, &["前", "起"]).is_some_and(|past| scene.any(past, &["后", "来"]).is_none()) && !scene.after(at, TimeCue::LengthLead);
    let begun = begun || told || limit;
    // 3号楼 and 5号线 are names
    let named = numbered && !scene.ends(past) && clock::clock(scene, past, Some(scene.today()), true).is_none() && scene.cue(past, TimeCue::Numbered).is_none();
    // 05号, 1号、2号、3号线
    let named = named || numbered && (scene.rest(at).starts_with('0') || names_things(scene, past));
    let code = scene.char_before(at).is_some_and(|c| matches!(c, '〕' | ']' | '】' | ')' | '）' | '〉' | '-' | '—' | '.' | '/'));
    if !begun || (named || code && numbered) && scene.base.is_none() {
        return None;
    }
    let today = scene.today();
    let (near, relative) = match (scene.base.and_then(|base| base.last()), scene.last_day.filter(|_| scene.last.is_some())) {
        (Some(date), _) => (date, scene.base.is_some_and(|base| base.relative)),
        (None, Some(date)) => (date, scene.day_relative),
        _ => (today, true),
    };
    let mut found = day_of_month(near, i8::try_from(first).ok()?)?;
    if relative && scene.base.is_none() && scene.last_day.is_none() && today.day() <= 5 && first >= 25 {
        found = day_of_month(add_days(today.first_of_month(), -1)?, i8::try_from(first).ok()?)?;
    }
    let to = add_days(found, last - first)?;
    let when = When::days(found, to, if first == last { Grain::Day } else { Grain::Stretch });
    Some((when.dated(relative, false), past))
}

/// True where the last of the numbers that a list joins, 、2号、3号线, is the number of a thing.
fn names_things(scene: &Scene<'_>, past: usize) -> bool {
    let next = |at: usize| {
        let count = scene.number(scene.any(at, &["、", "和", "与", "及"])?)?;
        scene.any(count.end, &["号"])
    };
    let last = std::iter::successors(Some(past), |at| next(*at)).take(12).last().unwrap_or(past);
    last > past && !scene.ends(last) && scene.cue(last, TimeCue::Numbered).is_none()
}

/// 周三 by itself: alone the next one, in running text the one of this week.
fn bare_weekday(scene: &Scene<'_>, at: usize) -> Option<(When, usize)> {
    let (nth, end) = weekday(scene, at)?;
    if follows_number(scene.text, at) || scene.before(at).ends_with("一个") && !scene.begins(at) {
        return None;
    }
    // 1月28日（星期六）
    if let Some(day) = scene.last_day.filter(|day| scene.before(at).ends_with(['(', '（']) && day.weekday().to_monday_one_offset() == nth) {
        return Some((When { relative: scene.day_relative, ..When::day(day) }, end));
    }
    let monday = super::calendar::monday(scene.today())?;
    let mut date = add_days(monday, i64::from(nth) - 1)?;
    if date <= scene.today() && scene.alone(at, end) {
        date = add_days(date, 7)?;
    }
    // 周日, 二月十号: the date says it better
    if let Some((when, past)) =
        scene.any(end, &[", ", "，", ","]).and_then(|at| month(scene, scene.year(), false, at)).filter(|(when, _)| when.grain == Grain::Day)
    {
        return Some((when.relative(), past));
    }
    Some((When::day(date).relative(), end))
}

/// A feast by name, with the words that make it a holiday.
fn feast_at(scene: &Scene<'_>, feast: &crate::dict::Feast, year: Option<&Years>, at: usize, end: usize) -> Option<(When, usize)> {
    let holiday = super::holiday::holiday(scene, end);
    // “五一”全县接待游客, but “五一”劳动奖章
    let quoted = scene.rest(at).starts_with('“') && scene.cue(end, TimeCue::NotFeast).is_none();
    if feast.short && holiday.is_none() && !quoted && !scene.alone(at, end) && year.is_none() || scene.cue(end, TimeCue::Place).is_some() {
        return None;
    }
    let when = match year {
        Some(year) => feasts::in_year(scene.words, feast, year.first)?,
        None => feasts::nearest(scene, feast, holiday.is_none() && scene.exact)?,
    };
    Some((when, end))
}
