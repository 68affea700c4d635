//! Years: 2019年, 二〇一九年, 19年, 民国108年, 公元前221年, 去年.

use super::scene::Scene;
use crate::dict::{TimeCue, TimeUnit, TimeWord};

/// One year or several.
#[derive(Debug, Clone, Copy)]
pub(super) struct Years {
    pub first: i16,
    pub last: i16,
    pub relative: bool,
    /// 上年 names what is compared with, not what is reported on.
    pub echo: bool,
    pub end: usize,
}

/// The years that begin at `at`.
pub(super) fn years(scene: &Scene<'_>, at: usize) -> Option<Years> {
    worded(scene, at).or_else(|| counted(scene, at))
}

fn worded(scene: &Scene<'_>, at: usize) -> Option<Years> {
    let (word, end) = scene.word(at)?;
    let now = scene.today().year();
    let one = |year: i16, relative: bool| Some(Years { first: year, last: year, relative, echo: false, end });
    match word {
        TimeWord::Relative(TimeUnit::Year, from, to) => {
            Some(Years { first: now + i16::from(from), last: now + i16::from(to), relative: true, echo: false, end })
        }
        TimeWord::Same(TimeUnit::Year, -1) => one(scene.frame_year() - 1, true).map(|year| Years { echo: true, ..year }),
        TimeWord::Same(TimeUnit::Year, step) => match scene.last.and_then(|last| last.first().or(last.last()).map(|date| (date.year(), last.relative))) {
            Some((year, relative)) => one(year + i16::from(step), relative),
            None => one(now + i16::from(step), true),
        },
        TimeWord::Era(before) => {
            let (nth, end) = match scene.any(end, &["元"]) {
                Some(past) => (1, past),
                None => scene.number(end).map(|count| (count.value, count.end))?,
            };
            let end = scene.any(end, &["年"])?;
            let year = before.checked_add(i16::try_from(nth).ok().filter(|nth| (1..=130).contains(nth))?)?;
            Some(Years { first: year, last: year, relative: false, echo: false, end })
        }
        _ => None,
    }
}

fn counted(scene: &Scene<'_>, at: usize) -> Option<Years> {
    if let Some(past) = scene.any(at, &["公元前", "纪元前", "前"]).filter(|past| *past > at + 3) {
        let count = scene.number(scene.gap(past))?;
        let end = scene.any(scene.gap(count.end), &["年"])?;
        let year = -i16::try_from(count.value).ok().filter(|year| *year < 9999)?;
        return Some(Years { first: year, last: year, relative: false, echo: false, end });
    }
    let common = scene.any(at, &["公元", "纪元"]);
    let count = scene.number(scene.gap(common.unwrap_or(at)))?;
    let after = scene.gap(count.end);
    let end = scene.any(after, &["年度", "年份", "年"])?;
    if scene.cue(end, TimeCue::NotYear).is_some() {
        return None;
    }
    let value = i16::try_from(count.value).ok()?;
    let year = if common.is_some() || (1000..=2999).contains(&value) && (count.digits == 4 || !count.arabic && (count.digits == 0 && value >= 1949)) {
        // 两千年历史 is a length, 两千零四年 a year
        if value % 1000 == 0 && count.digits == 0 && month_follows(scene, end).is_none() {
            return None;
        }
        value
    } else if count.digits == 2 && value < 100 && short(scene, at, &count, end) {
        pivot(scene, value)
    } else if count.digits == 3 && !count.arabic && month_follows(scene, end).is_some() {
        value
    } else {
        return None;
    };
    Some(Years { first: year, last: year, relative: false, echo: false, end })
}

/// A year of two digits in the century that puts it nearest.
pub(super) fn pivot(scene: &Scene<'_>, value: i16) -> i16 {
    let now = scene.today().year();
    if scene.dated && now < 2000 && value + 1900 <= now + 11 {
        return value + 1900;
    }
    let limit = if scene.dated { (now - 2000).clamp(0, 89) + 11 } else { 40 };
    if value <= limit { 2000 + value } else { 1900 + value }
}

fn month_follows(scene: &Scene<'_>, end: usize) -> Option<()> {
    let count = scene.number(scene.gap(end)).filter(|count| (1..=12).contains(&count.value))?;
    scene.any(scene.gap(count.end), &["月"]).map(|_| ())
}

/// True where two digits before 年 are a year and not a length: 19年3月, 08年, 九七年一季度; not 19年来.
fn short(scene: &Scene<'_>, at: usize, count: &super::number::Count, end: usize) -> bool {
    let alone = scene.alone(at, end);
    let unit_follows = month_follows(scene, end).is_some()
        || scene.any(scene.of(end), &["初", "底", "末", "上半年", "下半年", "前半年", "后半年", "第", "春节", "国庆", "以前", "之前"]).is_some()
        || scene.any(end, &["前"]).is_some_and(|past| scene.number(past).is_some())
        || scene.number(end).is_some_and(|count| scene.any(count.end, &["季度"]).is_some());
    if unit_follows || scene.base.is_some_and(|base| base.year_given) {
        return true;
    }
    if count.arabic {
        return alone || scene.rest(at).starts_with('0');
    }
    // 三五年, 八九年: about so many years
    let value = count.value;
    let near = (value % 10 - value / 10 == 1 || value == 35) && value >= 10;
    !near && (alone || scene.rest(at).starts_with(['零', '〇']) || value >= 49)
}
