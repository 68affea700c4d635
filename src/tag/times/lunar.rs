//! Dates of the lunar calendar: 农历八月十五, 正月初五, 闰四月.

use super::calendar::{lunar_day, lunar_month};
use super::scene::{Grain, Scene, When};
use super::year::years;
use crate::dict::TimeCue;

/// Dates with 农历 or 阴历 before them or after the year.
pub(super) fn lunar(scene: &Scene<'_>, at: usize) -> Option<(When, usize)> {
    let (year, from) = match scene.cue(at, TimeCue::Lunar) {
        Some(past) => match years(scene, past) {
            Some(year) => (Some(year), scene.of(year.end)),
            None => (None, scene.of(past)),
        },
        None => {
            let year = years(scene, at)?;
            let past = scene.cue(scene.of(year.end), TimeCue::Lunar)?;
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
    let (nth, past) = match named_month(scene, start) {
        Some(found) => found,
        None => {
            let count = scene.number(start).filter(|count| (1..=12).contains(&count.value))?;
            (count.value, scene.any(count.end, &["月"])?)
        }
    };
    lunar_inside(scene, number_of, nth, leap.is_some(), past).map(settle)
}

/// 正月, 腊月
pub(super) fn named_month(scene: &Scene<'_>, at: usize) -> Option<(i64, usize)> {
    scene.words.lunar_months.longest(scene.text, at).map(|(len, nth)| (i64::from(*nth), at + len))
}

pub(super) fn lunar_inside(scene: &Scene<'_>, year: i16, month: i64, leap: bool, past: usize) -> Option<(When, usize)> {
    let days = lunar_day_number(scene, scene.of(past));
    if let Some((nth, end)) = days {
        return Some((lunar_day(scene.words, year, month, nth, leap).map_or(When::new(Grain::Day), When::day), end));
    }
    Some((lunar_month(scene.words, year, month, leap)?, past))
}

/// 初一, 十五, 廿二, 三十, 18.
pub(super) fn lunar_day_number(scene: &Scene<'_>, at: usize) -> Option<(i64, usize)> {
    let from = scene.any(at, &["初"]).unwrap_or(at);
    let count = scene.number(from).filter(|count| (1..=30).contains(&count.value) && count.digits <= 2)?;
    let end = scene.any(count.end, &["日"]).unwrap_or(count.end);
    scene.any(end, &["个", "天", "年", "月", "点", "时"]).is_none().then_some((count.value, end))
}

/// The next such day of the lunar calendar after a day, in the same lunar month or the one after it.
pub(super) fn lunar_day_after(scene: &Scene<'_>, date: jiff::civil::Date, nth: i64) -> Option<jiff::civil::Date> {
    let months = [date.year() - 1, date.year()].into_iter().flat_map(|year| (1..=12).map(move |month| (year, month)));
    let days = months.filter_map(|(year, month)| lunar_day(scene.words, year, month, nth, false));
    days.filter(|day| *day > date && (*day - date).get_days() < 30).min()
}
