//! A date as it is written, from the year down to the day: 2019年3月5日, 今年前三季度, 上月15号, 农历八月十五, 2010-01-29.

use jiff::civil::Date;

use super::calendar::{add_days, day, day_of_month, lunar_day, lunar_month, months, nth_day, nth_weekday, week_of, years as year_span};
use super::number::{Count, follows_number, number};
use super::running::{self, word};
use super::scene::{Grain, Scene, When};
use super::year::{Years, pivot, years};
use super::{clock, feasts};
use crate::dict::{TimeUnit, TimeWord};

/// Signs between the ends of a range, longest first.
pub(super) const RANGE: [&str; 12] = ["——", "--", "—", "–", "－", "～", "~", "至", "到", "-", "―", "─"];

/// The longest single time at `at`.
pub(super) fn point(scene: &Scene<'_>, at: usize) -> Option<(When, usize)> {
    let readings = [
        stamp(scene, at),
        lunar(scene, at),
        with_year(scene, at),
        worded(scene, at),
        running::stepped(scene, at).and_then(|found| below(scene, found)),
        running::spans(scene, at),
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
    let (mut when, mut end) = (when, end);
    let comma = scene.any(end, &["，", ", ", ",", "、"]);
    if let Some((_, past)) = weekday(scene, scene.gap(comma.unwrap_or(end))) {
        if comma.is_none() || scene.ends(past) {
            end = past;
        }
    }
    if let Some((moved, past)) = running::from_day(scene, &when, end) {
        return (moved, past);
    }
    let from = scene.of(end);
    let dash = scene.any(from, &["-", "—"]).filter(|at| number(scene.text, *at).is_some_and(|count| scene.any(count.end, &[":", "："]).is_some()));
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
fn weekday(scene: &Scene<'_>, at: usize) -> Option<(i8, usize)> {
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
    let more = scene.any(end, &["十", "次", "个", "年", "趟", "天", "期", "岁", "围"]).is_some();
    (!more).then_some((nth, end))
}

/// Words that stand for a day, month or longer by themselves.
fn worded(scene: &Scene<'_>, at: usize) -> Option<(When, usize)> {
    let (word, end) = word(scene, at)?;
    let today = scene.today();
    let whole = |year: i16| year_span(year, year).map(When::relative);
    let found = match word {
        TimeWord::Relative(unit, from, to) if unit != TimeUnit::Year => {
            // 今 and 明 alone are no days, 30日前 is no 日前
            let single = scene.text.get(at..end).is_some_and(|word| word.chars().count() == 1);
            if single && clock::part(scene, end).is_none() || scene.any(end, &["时代", "下"]).is_some() && single {
                return None;
            }
            let count = i64::from(to - from) + 1;
            super::calendar::unit(today, unit, i64::from(from), count)?
        }
        TimeWord::Same(TimeUnit::Day, step) => {
            let known = scene.base.and_then(|base| base.first()).or(scene.last_day);
            let date = add_days(known.unwrap_or(today), i64::from(step))?;
            When { relative: known.is_none() && scene.base.is_none_or(|base| base.relative), ..When::day(date) }
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
        TimeWord::Report => When { echo: true, ..scene.frame.unwrap_or(When::new(Grain::Stretch)) },
        TimeWord::Within => whole(today.year())?,
        TimeWord::Whole => whole(reported_year(scene, at))?,
        TimeWord::Edge(first) => edge(if first { scene.carry.unwrap_or(today.year()) } else { reported_year(scene, at) }, first)?.relative(),
        TimeWord::Now if scene.dated && scene.now.time() != jiff::civil::Time::midnight() && scene.text.get(at..end).is_some_and(|word| word != "目前") => {
            When { start: Some(scene.now), after: Some(scene.now), clock: true, ..When::new(Grain::Second) }.relative()
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

/// The year that 全年 and 年末 speak of: in the first months of a year the one before, unless they look ahead.
fn reported_year(scene: &Scene<'_>, at: usize) -> i16 {
    let ahead = ["预计", "计划", "力争", "确保", "将", "到", "至", "今年"].iter().any(|word| scene.before(at).ends_with(word));
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
    if year.first == year.last {
        if let Some(found) = inside(scene, Some(&year), scene.of(year.end)) {
            return Some((When { echo: found.0.echo || year.echo, ..found.0 }, found.1));
        }
    }
    let when = year_span(year.first, year.last)?.dated(year.relative, !year.echo);
    Some((When { echo: year.echo, ..when }, year.end))
}

/// 2016—2020年, 1985到89年9月: the year before the sign stands without 年.
fn bare_years(scene: &Scene<'_>, at: usize) -> Option<(When, usize)> {
    let count = number(scene.text, at).filter(|count| count.digits == 4 && (1000..=2999).contains(&count.value))?;
    let sign = scene.gap(count.end);
    let right = scene.any(sign, &RANGE).map(|at| scene.gap(at))?;
    let year = i16::try_from(count.value).ok()?;
    let sub = Scene { base: year_span(year, year).map(|when| when.dated(false, true)), ..scene.clone() };
    years(&sub, right).filter(|right| right.first >= year && !right.relative)?;
    Some((year_span(year, year)?.dated(false, true), count.end))
}

/// 世纪 and 年代.
fn decade(scene: &Scene<'_>, at: usize) -> Option<(When, usize)> {
    let count = number(scene.text, at).filter(|count| count.value < 100)?;
    if let Some(past) = scene.any(count.end, &["世纪"]) {
        let first = i16::try_from((count.value - 1) * 100).ok()?;
        let tens = number(scene.text, past).filter(|tens| tens.value % 10 == 0 && tens.value < 100);
        return match tens.and_then(|tens| scene.any(tens.end, &["年代"]).map(|end| (tens.value, end))) {
            Some((tens, end)) => {
                let first = first + i16::try_from(tens).ok()?;
                Some((year_span(first, first + 9)?.dated(false, true), end))
            }
            None => Some((year_span(first, first + 99)?.dated(false, true), past)),
        };
    }
    let end = scene.any(count.end, &["年代"]).filter(|_| count.value % 10 == 0)?;
    let first = if count.value >= 30 { 1900 } else { 2000 } + i16::try_from(count.value).ok()?;
    Some((year_span(first, first + 9)?.dated(false, true), end))
}

/// What stands inside a year: half, quarter, month, day, feast, season. Without a year it is the one at hand.
pub(super) fn inside(scene: &Scene<'_>, year: Option<&Years>, at: usize) -> Option<(When, usize)> {
    let known = year.map(|year| year.first).unwrap_or_else(|| scene.year());
    let relative = year.map_or_else(|| !scene.year_known(), |year| year.relative);
    let given = year.is_some() || scene.carry.is_some() && scene.base.is_none();
    let settle = |(when, end): (When, usize)| (when.dated(relative, given), end);
    if let Some(found) = halves(scene, known, year.is_some(), at).map(settle) {
        return Some(found);
    }
    let named = word(scene, at);
    if let Some(found) = month(scene, known, year.is_some(), at).map(settle) {
        // 正月朔日 is a feast, 正月 a month
        if !named.is_some_and(|(word, end)| matches!(word, TimeWord::Feast(_)) && end > found.1) {
            return Some(found);
        }
    }
    match named {
        Some((TimeWord::Feast(feast), end)) => return feast_at(scene, &feast, year, at, end).map(|(when, end)| if year.is_some() { (when.dated(relative, true), end) } else { (when, end) }),
        Some((TimeWord::Season(from, to), end)) if year.is_some() && !scene.any(end, &["耕", "播", "招", "粮", "收", "种", "运"]).is_some() => {
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
        if at == year.end {
            if let Some(past) = scene.any(at, &["初", "底", "末"]).filter(|past| scene.any(*past, &["次", "级", "中", "一", "二", "三"]).is_none() || scene.ends(*past)) {
                return edge(known, scene.rest(at).starts_with('初')).map(|when| settle((when, past)));
            }
        }
        let whole = year_span(known, known)?;
        return nth(scene, &whole, at).map(settle);
    }
    if let Some(found) = decade(scene, at) {
        return Some(found);
    }
    days(scene, at).or_else(|| bare_weekday(scene, at))
}

/// Halves and quarters: 上半年, 前三季度, 第二季度, 一至三季度, 前11个月.
fn halves(scene: &Scene<'_>, year: i16, given: bool, at: usize) -> Option<(When, usize)> {
    if let Some(past) = scene.any(at, &["上半年", "前半年"]) {
        return months(year, 1, 6, Grain::Half).map(|when| (when, past));
    }
    if let Some(past) = scene.any(at, &["下半年", "后半年"]) {
        return months(year, 7, 12, Grain::Half).map(|when| (when, past));
    }
    if let Some(past) = scene.any(at, &["上半月", "下半月"]).filter(|_| !given) {
        let whole = months(year, i64::from(scene.today().month()), i64::from(scene.today().month()), Grain::Month)?;
        let middle = nth_day(&whole, 15)?;
        let when = if scene.rest(at).starts_with('上') { When::days(whole.first()?, middle, Grain::Ten) } else { When::days(add_days(middle, 1)?, whole.last()?, Grain::Ten) };
        return Some((when, past));
    }
    if let Some(past) = scene.any(at, &["首季"]) {
        return months(year, 1, 3, Grain::Quarter).map(|when| (when, scene.any(past, &["度"]).unwrap_or(past)));
    }
    if let Some(past) = scene.any(at, &["Q", "q"]).filter(|_| scene.begins(at) || given) {
        let count = number(scene.text, past).filter(|count| (1..=4).contains(&count.value) && count.arabic)?;
        let end = scene.any(count.end, &["季度"]).or_else(|| scene.ends(count.end).then_some(count.end))?;
        return months(year, count.value * 3 - 2, count.value * 3, Grain::Quarter).map(|when| (when, end));
    }
    if let Some(past) = scene.any(at, &["前", "后", "头"]) {
        let back = scene.rest(at).starts_with('后');
        let count = number(scene.text, past).filter(|count| count.value > 0)?;
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
    let (first, last, end) = pair(scene, from)?;
    let unit = scene.any(end, &["个"]).filter(|_| from > at).unwrap_or(end);
    let end = scene.any(unit, &["季度"])?;
    if !(1..=4).contains(&first) || !(first..=4).contains(&last) {
        return None;
    }
    let grain = if first == last { Grain::Quarter } else { Grain::Stretch };
    months(year, first * 3 - 2, last * 3, grain).map(|when| (when, end))
}

/// One number or two with a sign between them: 1—7.
fn pair(scene: &Scene<'_>, at: usize) -> Option<(i64, i64, usize)> {
    let first = number(scene.text, at)?;
    let sign = scene.gap(first.end);
    let second = scene.any(sign, &RANGE).map(|at| scene.any(at, &["第"]).unwrap_or(at)).and_then(|at| number(scene.text, scene.gap(at)));
    match second {
        Some(second) if second.value > first.value && second.arabic == first.arabic => Some((first.value, second.value, scene.gap(second.end))),
        _ => Some((first.value, first.value, sign)),
    }
}

/// A month and what stands inside it.
fn month(scene: &Scene<'_>, year: i16, given: bool, at: usize) -> Option<(When, usize)> {
    if !given && scene.base.is_none() && scene.char_before(at).is_some_and(|c| matches!(c, '第' | '.' | '-')) {
        return None;
    }
    if let Some((name, past)) = [("正月", 1), ("冬月", 11), ("腊月", 12)].iter().find_map(|(name, nth)| scene.any(at, &[name]).map(|past| (*nth, past))) {
        return lunar_inside(scene, year, name, false, past);
    }
    let (first, last, end) = pair(scene, at)?;
    let past = scene.any(end, &["月份", "月"])?;
    if !(1..=12).contains(&first) || !(1..=12).contains(&last) || scene.any(past, &["平均", "均", "球", "饼", "薪", "龄", "租", "供", "嫂", "子", "型", "产", "息"]).is_some_and(|_| true) {
        return None;
    }
    let year = if given || first != last { year } else { month_year(scene, year, first, at) };
    if first < last {
        return months(year, first, last, Grain::Stretch).map(|when| (when, past));
    }
    // 九月廿二 and 三月初一 are lunar
    if let Some((nth, end)) = lunar_day_number(scene, past).filter(|_| scene.any(past, &["初", "廿", "卅"]).is_some()) {
        if scene.any(past, &["初"]).is_some_and(|next| number(scene.text, next).is_some()) || !scene.rest(past).starts_with('初') {
            return lunar_day(scene.words, year, first, nth, false).map(|date| (When::day(date), end));
        }
    }
    let whole = months(year, first, first, Grain::Month)?;
    Some(inside_month(scene, &whole, past).unwrap_or((whole, past)))
}

/// What may follow a month or week that has been read: 上月15号, 本月底.
pub(super) fn below(scene: &Scene<'_>, (when, end): (When, usize)) -> Option<(When, usize)> {
    let found = match when.grain {
        Grain::Month => inside_month(scene, &when, end),
        Grain::Year => inside(scene, Some(&Years { first: when.first()?.year(), last: when.first()?.year(), relative: when.relative, echo: when.echo, end }), scene.of(end)),
        Grain::Quarter => scene.any(end, &["末"]).and_then(|past| when.last().map(|last| (When::day(last), past))),
        _ => None,
    };
    let (found, end) = found.unwrap_or((when, end));
    Some((found.dated(when.relative, when.year_given), end))
}

pub(super) fn inside_month(scene: &Scene<'_>, whole: &When, past: usize) -> Option<(When, usize)> {
    let (first, last) = (whole.first()?, whole.last()?);
    let edges: [(&[&str], fn(Date, Date) -> Option<When>); 5] = [
        (&["上旬"], |first, _| Some(When::days(first, add_days(first, 9)?, Grain::Ten))),
        (&["中旬"], |first, _| Some(When::days(add_days(first, 10)?, add_days(first, 19)?, Grain::Ten))),
        (&["下旬"], |first, last| Some(When::days(add_days(first, 20)?, last, Grain::Ten))),
        (&["月初", "初"], |first, _| Some(When::day(first))),
        (&["月底", "月末", "底", "末"], |_, last| Some(When::day(last))),
    ];
    for (words, of) in edges {
        if let Some(end) = scene.any(past, words).filter(|end| scene.any(*end, &["次"]).is_none()) {
            return of(first, last).map(|when| (when, end));
        }
    }
    if let Some(end) = scene.any(past, &["单月", "全月", "当月"]) {
        return Some((*whole, end));
    }
    let from = scene.of(past);
    if let Some((from_day, to_day, end)) = pair(scene, from) {
        if let Some(end) = scene.any(end, &["日", "号"]).filter(|end| scene.any(*end, &["均", "游"]).is_none()) {
            // 2月30日: the words are a day, the calendar has none
            let found = |nth: i64| i8::try_from(nth).ok().and_then(|nth| day(first.year(), first.month(), nth));
            let leap = first.month() == 2 && from_day == 29 && from_day == to_day && !scene.year_known() && scene.before(past).ends_with(['月', '份']) && !scene.before(past).chars().rev().take(12).any(|c| c == '年');
            let days = match (found(from_day), found(to_day)) {
                (Some(from), Some(to)) => When::days(from, to, if from == to { Grain::Day } else { Grain::Stretch }),
                _ if leap => (1..=8).find_map(|back| day(first.year() - back, 2, 29)).map_or(When::new(Grain::Day), When::day),
                _ => When::new(Grain::Day),
            };
            return Some((days, end));
        }
    }
    if let Some(count) = number(scene.text, from).filter(|count| (1..=31).contains(&count.value)) {
        let whole_words = scene.ends(count.end) && !scene.rest(count.end).starts_with(['%', '.', ':', '-']) || clock::part(scene, count.end).is_some();
        if whole_words && from == past {
            return nth_day(whole, count.value).map(|date| (When::day(date), count.end));
        }
    }
    nth(scene, whole, from)
}

/// 第一周, 第3个星期日, 第二天, 最后一天, 前4天 of a period.
fn nth(scene: &Scene<'_>, whole: &When, at: usize) -> Option<(When, usize)> {
    let at = scene.of(at);
    if let Some(past) = scene.any(at, &["最后一天"]) {
        return whole.last().map(|date| (When::day(date), past));
    }
    if let Some(past) = scene.any(at, &["前", "头", "后"]).filter(|_| whole.grain == Grain::Month) {
        let count = number(scene.text, past)?;
        let end = scene.any(count.end, &["天", "日"])?;
        let (from, to) = if scene.rest(at).starts_with('后') { (add_days(whole.last()?, 1 - count.value)?, whole.last()?) } else { (whole.first()?, nth_day(whole, count.value)?) };
        return (from >= whole.first()?).then(|| (When::days(from, to, Grain::Stretch), end));
    }
    let (nth, after) = match scene.any(at, &["最后一", "最后"]) {
        Some(past) => (-1, past),
        None => number(scene.text, scene.any(at, &["第"])?).map(|count| (count.value, count.end))?,
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
fn month_year(scene: &Scene<'_>, year: i16, month: i64, at: usize) -> i16 {
    let today = scene.today();
    if scene.carry.is_none() && scene.base.is_none() && scene.dated && today.month() <= 2 && month >= 11 && scene.body.0 < at {
        return year - 1;
    }
    year
}

/// A day without a month: 17日, 29号.
fn days(scene: &Scene<'_>, at: usize) -> Option<(When, usize)> {
    let (first, last, end) = pair(scene, at)?;
    let past = scene.any(end, &["日", "号"])?;
    let numbered = scene.rest(end).starts_with('号');
    if !(1..=31).contains(&first) || last > 31 || scene.any(past, &["内", "均", "游", "以上", "龄", "元", "起算"]).is_some() || scene.char_before(at) == Some('第') {
        return None;
    }
    let begun = scene.begins(at) || scene.base.is_some() || scene.before(at).ends_with("截至") || scene.before(at).ends_with("截止") || scene.char_before(at).is_some_and(|c| matches!(c, '于' | '在' | '从' | '自' | '的' | '据' | '到' | '至' | '和' | '定' | '了'));
    // 3号楼 and 5号线 are names
    let named = numbered && !scene.ends(past) && clock::clock(scene, past, Some(scene.today()), true).is_none() && scene.any(past, &["你", "我", "他", "在", "前", "之", "以", "到", "至", "的"]).is_none();
    let code = scene.char_before(at).is_some_and(|c| matches!(c, '〕' | ']' | '】' | ')' | '）' | '〉' | '-' | '—' | '.' | '/'));
    if !begun || (named || code && numbered) && scene.base.is_none() {
        return None;
    }
    let today = scene.today();
    let (near, relative) = match (scene.base.and_then(|base| base.last()), scene.last_day.filter(|_| scene.last.is_some())) {
        (Some(date), _) => (date, scene.base.is_some_and(|base| base.relative)),
        (None, Some(date)) => (date, scene.last.is_some_and(|last| last.relative)),
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

/// 周三 by itself: alone the next one, in running text the one of this week.
fn bare_weekday(scene: &Scene<'_>, at: usize) -> Option<(When, usize)> {
    let (nth, end) = weekday(scene, at)?;
    if follows_number(scene.text, at) || scene.before(at).ends_with("一个") && !scene.begins(at) {
        return None;
    }
    let monday = super::calendar::monday(scene.today())?;
    let mut date = add_days(monday, i64::from(nth) - 1)?;
    if date < scene.today() && scene.alone(at, end) {
        date = add_days(date, 7)?;
    }
    // 周日, 二月十号: the date says it better
    if let Some((when, past)) = scene.any(end, &[", ", "，", ","]).and_then(|at| month(scene, scene.year(), false, at)).filter(|(when, _)| when.grain == Grain::Day) {
        return Some((when.relative(), past));
    }
    Some((When::day(date).relative(), end))
}

/// A feast by name, with the words that make it a holiday.
fn feast_at(scene: &Scene<'_>, feast: &crate::dict::Feast, year: Option<&Years>, at: usize, end: usize) -> Option<(When, usize)> {
    let holiday = super::frame::holiday(scene, end);
    if feast.short && holiday.is_none() && !scene.alone(at, end) && year.is_none() || scene.any(end, &["路", "街", "村", "镇", "广场", "县", "区", "镇", "公园", "小区"]).is_some() {
        return None;
    }
    let when = match year {
        Some(year) => feasts::in_year(scene.words, feast, year.first)?,
        None => feasts::nearest(scene, feast, holiday.is_none() && scene.body.0 == at && scene.body.1 <= end + "的前一天".len())?,
    };
    Some((when, end))
}

/// Dates with 农历 or 阴历 before them or after the year.
fn lunar(scene: &Scene<'_>, at: usize) -> Option<(When, usize)> {
    const LUNAR: [&str; 5] = ["农历", "阴历", "旧历", "夏历", "大年"];
    let (year, from) = match scene.any(at, &LUNAR) {
        Some(past) => match years(scene, past) {
            Some(year) => (Some(year), scene.of(year.end)),
            None => (None, scene.of(past)),
        },
        None => {
            let year = years(scene, at)?;
            let past = scene.any(scene.of(year.end), &LUNAR)?;
            (Some(year), scene.of(past))
        }
    };
    let number_of = year.map_or_else(|| scene.year(), |year| year.first);
    let relative = year.is_none_or(|year| year.relative);
    let settle = |(when, end): (When, usize)| (when.dated(relative, year.is_some()), end);
    if let Some((nth, end)) = scene.any(from, &["初"]).and_then(|_| lunar_day_number(scene, from)) {
        return lunar_day(scene.words, number_of, 1, nth, false).map(|date| settle((When::day(date), end)));
    }
    let leap = scene.any(from, &["闰"]);
    let start = leap.unwrap_or(from);
    let (nth, past) = match [("正月", 1), ("冬月", 11), ("腊月", 12)].iter().find_map(|(name, nth)| scene.any(start, &[name]).map(|past| (*nth, past))) {
        Some(found) => found,
        None => {
            let count = number(scene.text, start).filter(|count| (1..=12).contains(&count.value))?;
            (count.value, scene.any(count.end, &["月"])?)
        }
    };
    lunar_inside(scene, number_of, nth, leap.is_some(), past).map(settle)
}

fn lunar_inside(scene: &Scene<'_>, year: i16, month: i64, leap: bool, past: usize) -> Option<(When, usize)> {
    let days = lunar_day_number(scene, scene.of(past));
    if let Some((nth, end)) = days {
        return Some((lunar_day(scene.words, year, month, nth, leap).map_or(When::new(Grain::Day), When::day), end));
    }
    Some((lunar_month(scene.words, year, month, leap)?, past))
}

/// 初一, 十五, 廿二, 三十, 18.
fn lunar_day_number(scene: &Scene<'_>, at: usize) -> Option<(i64, usize)> {
    let from = scene.any(at, &["初"]).unwrap_or(at);
    let count = number(scene.text, from).filter(|count| (1..=30).contains(&count.value) && count.digits <= 2)?;
    let end = scene.any(count.end, &["日"]).unwrap_or(count.end);
    scene.any(end, &["个", "天", "年", "月", "点", "时"]).is_none().then_some((count.value, end))
}

/// Dates in digits: 2010-01-29, 2010/01/29, 20150303, 12/1, 13.5.2015, 2013.03.
fn stamp(scene: &Scene<'_>, at: usize) -> Option<(When, usize)> {
    let text = scene.text;
    if scene.char_before(at).is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '/' | '-' | ':' | '_' | '〔' | '[' | '$' | '#' | '¥' | '+')) && scene.base.is_none() {
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
        let boundary = !scene.char(end).is_some_and(|c| c.is_ascii_digit() || c.is_ascii_alphabetic()) && next(end).is_none_or(|count| scene.any(count.end, &[":", "："]).is_some()) || glued;
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
    let whole = scene.body.1 == rest || scene.base.is_some() || scene.any(scene.gap(rest), &RANGE).is_some() || clock::clock(scene, scene.gap(rest), Some(scene.today()), true).is_some_and(|(when, _)| when.clock);
    if !whole {
        return None;
    }
    let month_of = |year: i64, month: i64| months(i16::try_from(year).ok()?, month, month, Grain::Month).filter(|_| month <= 12).map(|when| when.dated(false, true));
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

fn dated(year: i64, month: i64, nth: i64) -> Option<When> {
    let date = day(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(nth).ok()?)?;
    Some(When::day(date).dated(false, true))
}
