//! Arithmetic of the calendar: what years, months, weeks and lunar days are in days.

use jiff::civil::{Date, DateTime, Weekday};
use jiff::{Span, ToSpan};

use super::scene::{Grain, When, midnight};
use crate::dict::{TimeUnit, TimeWords};

/// From one year to another.
pub(super) fn years(first: i16, last: i16) -> Option<When> {
    let grain = if first == last { Grain::Year } else { Grain::Stretch };
    Some(When::days(day(first, 1, 1)?, day(last, 12, 31)?, grain))
}

/// Months of a year, from `first` to `last`; 13 is January of the next year.
pub(super) fn months(year: i16, first: i64, last: i64, grain: Grain) -> Option<When> {
    if first > last || first < 1 || last > 24 {
        return None;
    }
    let start = month_start(year, first)?;
    let after = month_start(year, last + 1)?;
    Some(When { start: Some(midnight(start)), after: Some(midnight(after)), ..When::new(grain) })
}

fn month_start(year: i16, month: i64) -> Option<Date> {
    let years = i16::try_from((month - 1).div_euclid(12)).ok()?;
    let month = i8::try_from((month - 1).rem_euclid(12) + 1).ok()?;
    day(year.checked_add(years)?, month, 1)
}

/// A day, where the calendar has it.
pub(super) fn day(year: i16, month: i8, day: i8) -> Option<Date> {
    Date::new(year, month, day).ok()
}

/// So many days later.
pub(super) fn add_days(date: Date, days: i64) -> Option<Date> {
    date.checked_add(Span::new().try_days(days).ok()?).ok()
}

/// So many units later.
pub(super) fn add(moment: DateTime, unit: TimeUnit, count: i64) -> Option<DateTime> {
    let span = Span::new();
    let span = match unit {
        TimeUnit::Second => span.try_seconds(count),
        TimeUnit::Minute => span.try_minutes(count),
        TimeUnit::QuarterHour => span.try_minutes(count.checked_mul(15)?),
        TimeUnit::Hour => span.try_hours(count),
        TimeUnit::Day => span.try_days(count),
        TimeUnit::Week => span.try_weeks(count),
        TimeUnit::Month => span.try_months(count),
        TimeUnit::Quarter => span.try_months(count.checked_mul(3)?),
        TimeUnit::Half => span.try_months(count.checked_mul(6)?),
        TimeUnit::Year => span.try_years(count),
    };
    moment.checked_add(span.ok()?).ok()
}

/// The calendar unit that is `step` units away from the one that holds `today`, `count` units long.
pub(super) fn unit(today: Date, unit: TimeUnit, step: i64, count: i64) -> Option<When> {
    let (start, grain) = match unit {
        TimeUnit::Day => (today, Grain::Day),
        TimeUnit::Week => (monday(today)?, Grain::Week),
        TimeUnit::Month => (today.first_of_month(), Grain::Month),
        TimeUnit::Quarter => (day(today.year(), (today.month() - 1) / 3 * 3 + 1, 1)?, Grain::Quarter),
        TimeUnit::Half => (day(today.year(), if today.month() > 6 { 7 } else { 1 }, 1)?, Grain::Half),
        TimeUnit::Year => (day(today.year(), 1, 1)?, Grain::Year),
        TimeUnit::Second | TimeUnit::Minute | TimeUnit::QuarterHour | TimeUnit::Hour => return None,
    };
    let first = add(midnight(start), unit, step)?;
    let after = add(first, unit, count)?;
    let grain = if count == 1 { grain } else { Grain::Stretch };
    Some(When { start: Some(first), after: Some(after), ..When::new(grain) }.relative())
}

/// The Monday of a week.
pub(super) fn monday(date: Date) -> Option<Date> {
    add_days(date, -i64::from(date.weekday().to_monday_zero_offset()))
}

/// The nth week of a period: weeks are counted by their Monday, the first is the one with the first Monday.
pub(super) fn week_of(when: &When, nth: i64) -> Option<When> {
    let first = when.first()?;
    let start = monday(add_days(first, 6)?)?;
    let start = add_days(start, 7 * (nth - 1))?;
    (Some(start) <= when.last()).then(|| When::days(start, add_days(start, 6).unwrap_or(start), Grain::Week))
}

/// The nth weekday (1 Monday … 7 Sunday) of a period; -1 is the last.
pub(super) fn nth_weekday(when: &When, nth: i64, weekday: i8) -> Option<Date> {
    let weekday = Weekday::from_monday_one_offset(weekday).ok()?;
    let ahead = |from: Date| i64::from(from.weekday().until(weekday));
    if nth > 0 {
        let first = when.first()?;
        let found = add_days(first, ahead(first) + 7 * (nth - 1))?;
        return (Some(found) <= when.last()).then_some(found);
    }
    let last = when.last()?;
    let back = i64::from(last.weekday().since(weekday));
    add_days(last, -back)
}

/// The nth day of a period.
pub(super) fn nth_day(when: &When, nth: i64) -> Option<Date> {
    let found = add_days(when.first()?, nth.checked_sub(1)?)?;
    (nth > 0 && Some(found) <= when.last()).then_some(found)
}

/// A month of the lunar calendar.
pub(super) fn lunar_month(words: &TimeWords, year: i16, month: i64, leap: bool) -> Option<When> {
    let lunar = words.lunar.get(usize::try_from(year.checked_sub(words.first_lunar)?).ok()?)?;
    let (month, leap_month) = (usize::try_from(month).ok()?, usize::try_from(lunar.leap).ok()?);
    if !(1..=12).contains(&month) || leap && month != leap_month {
        return None;
    }
    let index = month - 1 + usize::from(leap || leap_month > 0 && month > leap_month);
    let before: i64 = lunar.months.iter().take(index).map(|days| i64::from(*days)).sum();
    let length = i64::from(*lunar.months.get(index)?);
    let first = add_days(lunar.new_year, before)?;
    Some(When::days(first, add_days(first, length - 1)?, Grain::Month))
}

/// A day of the lunar calendar.
pub(super) fn lunar_day(words: &TimeWords, year: i16, month: i64, day: i64, leap: bool) -> Option<Date> {
    nth_day(&lunar_month(words, year, month, leap)?, day)
}

/// A day of the month that holds `date`, or of the month before where that one has no such day.
pub(super) fn day_of_month(date: Date, nth: i8) -> Option<Date> {
    let first = date.first_of_month();
    [0, 1, 2].into_iter().filter_map(|back| first.checked_sub(back.months()).ok()).find_map(|month| day(month.year(), month.month(), nth))
}
