//! Centuries, decades and school years: 19世纪, 上世纪80年代, 本世纪中叶, 2019—2020学年.

use super::calendar::{day, years as year_span};
use super::point::RANGE;
use super::scene::{Grain, Scene, When};
use crate::dict::TimeCue;

/// The last century that texts speak of by its number.
const LAST_CENTURY: i64 = 23;

/// 2019—2020学年, 2021学年: from September to the August after it.
pub(super) fn school_year(scene: &Scene<'_>, at: usize) -> Option<(When, usize)> {
    let year = |at: usize| scene.number(at).filter(|count| count.digits == 4 && (1900..=2100).contains(&count.value));
    let first = year(at)?;
    let second = scene.any(scene.gap(first.end), &RANGE).and_then(|at| year(scene.gap(at))).filter(|second| second.value == first.value + 1);
    let end = scene.cue(second.map_or(first.end, |second| second.end), TimeCue::SchoolYear)?;
    let first = i16::try_from(first.value).ok()?;
    Some((When::days(day(first, 9, 1)?, day(first + 1, 8, 31)?, Grain::Stretch).dated(false, true), end))
}

/// 世纪 and 年代. Their beginning, middle and end are no intervals.
pub(super) fn decade(scene: &Scene<'_>, at: usize) -> Option<(When, usize)> {
    let (when, end) = decades(scene, at)?;
    match scene.cue(end, TimeCue::CenturyPart) {
        Some(past) => Some((When::new(Grain::Vague), past)),
        None => Some((when, end)),
    }
}

/// The century that begins with the year `first` and is named up to the byte `past`, or the ten years of it that follow: 上世纪80年代.
fn of_century(scene: &Scene<'_>, first: i16, past: usize) -> Option<(When, usize)> {
    let tens = scene.number(past).filter(|tens| tens.value % 10 == 0 && tens.value < 100);
    match tens.and_then(|tens| scene.any(tens.end, &["年代"]).map(|end| (tens.value, end))) {
        Some((tens, end)) => {
            let first = first + i16::try_from(tens).ok()?;
            Some((year_span(first, first + 9)?.dated(false, true), end))
        }
        None => Some((year_span(first, first + 99)?.dated(false, true), past)),
    }
}

fn decades(scene: &Scene<'_>, at: usize) -> Option<(When, usize)> {
    if let Some(past) = scene.any(at, &["上世纪", "本世纪"]) {
        let first = if scene.rest(at).starts_with('上') { 1900 } else { 2000 };
        return of_century(scene, first, past);
    }
    let count = scene.number(at).filter(|count| count.value < 100)?;
    // 跨越50世纪 is a length
    if let Some(past) = scene.any(count.end, &["世纪"]).filter(|_| count.value <= LAST_CENTURY) {
        let first = i16::try_from((count.value - 1) * 100).ok()?;
        return of_century(scene, first, past);
    }
    let end = scene.any(count.end, &["年代"]).filter(|_| count.value % 10 == 0)?;
    let first = if count.value >= 30 { 1900 } else { 2000 } + i16::try_from(count.value).ok()?;
    Some((year_span(first, first + 9)?.dated(false, true), end))
}
