//! Feasts: the day of the year that a name stands for, and the holiday around it.

use jiff::civil::Date;

use super::calendar::{add_days, day, lunar_day, months, nth_weekday};
use super::scene::{Grain, Scene, When};
use crate::dict::{Feast, Rule, TimeWords};

/// The days of a feast in a year.
pub(super) fn in_year(words: &TimeWords, feast: &Feast, year: i16) -> Option<When> {
    let fixed = match feast.rule {
        Rule::Fixed(month, nth) => day(year, month, nth)?,
        Rule::Lunar(month, nth) => lunar_day(words, year, i64::from(month), i64::from(nth), false)?,
        Rule::Weekday(month, nth, weekday) => nth_weekday(&months(year, i64::from(month), i64::from(month), Grain::Month)?, i64::from(nth), weekday)?,
        Rule::Easter => easter(year)?,
        Rule::Orthodox => orthodox(year)?,
        Rule::Term(term) => {
            let lunar = words.lunar.get(usize::try_from(year.checked_sub(words.first_lunar)?).ok()?)?;
            day(year, i8::try_from(term / 2 + 1).ok()?, *lunar.terms.get(usize::from(term))?)?
        }
        Rule::Listed(list) => *words.listed.get(usize::from(list))?.iter().find(|date| date.year() == year)?,
    };
    let first = add_days(fixed, i64::from(feast.moved))?;
    let grain = if feast.days == 1 { Grain::Day } else { Grain::Stretch };
    Some(When::days(first, add_days(first, i64::from(feast.days) - 1)?, grain))
}

/// The days of a feast without a year. A bare name looks ahead; in running text it is the nearest one.
pub(super) fn nearest(scene: &Scene<'_>, feast: &Feast, alone: bool) -> Option<When> {
    let today = scene.today();
    let found = |year: i16| in_year(scene.words, feast, year).map(When::relative);
    if let Some(year) = scene.carry.filter(|_| scene.base.is_none()) {
        return found(year).map(|when| When { relative: false, ..when });
    }
    if let Some(base) = scene.base {
        let start = base.first()?;
        return [start.year(), start.year() + 1]
            .into_iter()
            .filter_map(found)
            .find(|when| when.first() >= base.first())
            .map(|when| When { relative: base.relative, ..when });
    }
    let mut years = [today.year() - 1, today.year(), today.year() + 1].into_iter().filter_map(found);
    if alone {
        return years.find(|when| when.last() >= Some(today));
    }
    years.min_by_key(|when| when.first().map_or(i32::MAX, |first| (first - today).get_days().abs()))
}

/// Easter by the Gregorian calendar (Meeus, Astronomical Algorithms, chapter 8).
fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let (d, e) = (b / 4, b % 4);
    let g = (b - (b + 8) / 25 + 1) / 3;
    let h = (19 * a + b - d - g + 15) % 30;
    let l = (32 + 2 * e + 2 * (c / 4) - h - c % 4) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    day(year, i8::try_from(n / 31).ok()?, i8::try_from(n % 31 + 1).ok()?)
}

/// Easter by the Julian calendar, as a day of the Gregorian one (1900–2099: 13 days later).
fn orthodox(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (a, b, c) = (y % 4, y % 7, y % 19);
    let d = (19 * c + 15) % 30;
    let e = (2 * a + 4 * b - d + 34) % 7;
    let n = d + e + 114;
    add_days(day(year, i8::try_from(n / 31).ok()?, i8::try_from(n % 31 + 1).ok()?)?, 13)
}
