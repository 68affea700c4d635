//! Words of the calendar: holidays, seasons, relative days, day parts, and the lunar years.

use jiff::civil::Date;

use super::starts::Start;
use super::table::{Reader, Row};
use super::time_cues::TimeCues;
use super::time_starts::TimeStarts;
use super::words::Words;

/// A unit of the calendar or of the clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum TimeUnit {
    /// 秒
    Second,
    /// 分钟
    Minute,
    /// 刻钟
    QuarterHour,
    /// 小时
    Hour,
    /// 天
    Day,
    /// 周
    Week,
    /// 月
    Month,
    /// 季度
    Quarter,
    /// 半年
    Half,
    /// 年
    Year,
}

/// How the hour of a clock time is read beside a part of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clockwise {
    /// 上午: as it stands.
    Am,
    /// 下午: hours up to 11 are after noon.
    Pm,
    /// 中午: 1点 is after noon, 11点 before.
    Noon,
    /// 晚上: 8点 is 20 o'clock, 2点 belongs to the next day.
    Night,
    /// 半夜: 11点 is 23 o'clock, 1点 belongs to the same day.
    Late,
}

/// A part of the day: hours and the reading of clock times in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// First hour.
    pub from: i8,
    /// Hour after the last.
    pub to: i8,
    /// Reading of a clock time.
    pub clock: Clockwise,
}

/// What fixes the day of a feast within a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// 10月1日
    Fixed(i8, i8),
    /// 八月十五
    Lunar(i8, i8),
    /// The nth weekday (1 Monday … 7 Sunday) of a month; negative counts from the end.
    Weekday(i8, i8, i8),
    /// Western Easter.
    Easter,
    /// Orthodox Easter.
    Orthodox,
    /// The nth solar term, from 小寒.
    Term(u8),
    /// The nth list of days in `times-feasts.tsv`.
    Listed(u16),
}

/// A feast: a rule, so many days moved, so many days long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Feast {
    /// The day of the year.
    pub rule: Rule,
    /// Days after it.
    pub moved: i16,
    /// Length in days.
    pub days: i16,
    /// First day of the holiday around it, counted from the feast, and its usual length; 0 where there is none.
    pub holiday: (i8, i8),
    /// True where the name is also a plain number or word: 十一.
    pub short: bool,
}

/// What a word of the calendar means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimeWord {
    /// Units from the day of publication.
    Relative(TimeUnit, i8, i8),
    /// Units from the last period named.
    Same(TimeUnit, i8),
    /// The last period named, years moved.
    SamePeriod(i8),
    /// 全年
    Whole,
    /// 年初 (true: the first day), 年底
    Edge(bool),
    /// 月初 (true: the first day), 月底
    MonthEdge(bool),
    /// 年内
    Within,
    /// 报告期内
    Report,
    /// 目前
    Now,
    /// 至今
    UntilNow,
    /// 近日
    Vague,
    /// 上午
    DayPart(Part),
    /// 昨晚: days from the day of publication, and the part.
    PartOfDay(i8, Part),
    /// 春季: months, 13 and more in the next year.
    Season(i8, i8),
    /// 国庆
    Feast(Feast),
    /// 康熙: the year before its first.
    Era(i16),
    /// Looks like a time and is none.
    Veto,
}

/// A lunar year.
#[derive(Debug, Clone)]
pub struct LunarYear {
    /// 正月初一
    pub new_year: Date,
    /// The leap month, 0 for none.
    pub leap: i8,
    /// Length of every month in order.
    pub months: Vec<i8>,
    /// Days of the month of the solar terms.
    pub terms: Vec<i8>,
}

/// What the stage `times` knows about words.
#[derive(Debug)]
pub struct TimeWords {
    /// Words that stand for a time by themselves.
    pub words: Words<TimeWord>,
    /// 上个, before a unit.
    pub steps: Words<i8>,
    /// 年, 季度, 星期.
    pub units: Words<TimeUnit>,
    /// 近, before a number of units.
    pub past: Words<()>,
    /// 未来
    pub next: Words<()>,
    /// 前, before a number of units.
    pub back: Words<()>,
    /// 后, before a number of units.
    pub ahead: Words<()>,
    /// 前, after a number of units.
    pub before: Words<()>,
    /// 后, after a number of units.
    pub after: Words<()>,
    /// Words that stand beside a time.
    pub cues: TimeCues,
    /// Names of plans and their first years.
    pub plans: Words<i16>,
    /// Months of the lunar calendar by name: 腊月.
    pub lunar_months: Words<i8>,
    /// Parts of a year by their first and last months: 上半年.
    pub year_parts: Words<(i8, i8)>,
    /// Parts of a month by their first and last days, -1 for the last day of the month: 下旬.
    pub month_parts: Words<(i8, i8)>,
    /// First lunar year of the table.
    pub first_lunar: i16,
    /// The lunar years, one a year.
    pub lunar: Vec<LunarYear>,
    /// First days of feasts that no short rule gives.
    pub listed: Vec<Vec<Date>>,
    starts: TimeStarts,
}

impl TimeWords {
    pub(super) fn read(reader: &mut Reader<'_>) -> TimeWords {
        let mut words = TimeWords {
            words: Words::default(),
            steps: Words::default(),
            units: Words::default(),
            past: Words::default(),
            next: Words::default(),
            back: Words::default(),
            ahead: Words::default(),
            before: Words::default(),
            after: Words::default(),
            cues: TimeCues::read(reader),
            plans: Words::default(),
            lunar_months: Words::default(),
            year_parts: Words::default(),
            month_parts: Words::default(),
            first_lunar: 1900,
            lunar: Vec::new(),
            listed: Vec::new(),
            starts: TimeStarts::default(),
        };
        read_words(reader, &mut words);
        read_feasts(reader, &mut words);
        read_lunar(reader, &mut words);
        words.starts = TimeStarts::new(&words);
        words
    }

    /// Where times may begin, in order: nearly all of a text lies between.
    pub fn starts_in(&self, text: &str) -> Vec<Start> {
        self.starts.places(text)
    }

    /// False where no time begins with a number before these words.
    pub fn goes_on(&self, behind: &str) -> bool {
        self.starts.goes_on(behind)
    }
}

fn read_words(reader: &mut Reader<'_>, words: &mut TimeWords) {
    let rows = reader.rows("times.tsv", &["text", "kind", "value", "example"]);
    let mut parts: Vec<(&str, Part)> = Vec::new();
    for row in rows {
        let value = row.cell(2);
        match row.cell(1) {
            "past" => add(&mut words.past, &row, ()),
            "next" => add(&mut words.next, &row, ()),
            "back" => add(&mut words.back, &row, ()),
            "ahead" => add(&mut words.ahead, &row, ()),
            "before" => add(&mut words.before, &row, ()),
            "after" => add(&mut words.after, &row, ()),
            "step" => match value.parse() {
                Ok(step) => add(&mut words.steps, &row, step),
                Err(_) => reader.fail(&row, "a number of units", value),
            },
            "plan" => match value.parse() {
                Ok(first) => add(&mut words.plans, &row, first),
                Err(_) => reader.fail(&row, "a year", value),
            },
            "lunar-month" => match value.parse() {
                Ok(nth) => add(&mut words.lunar_months, &row, nth),
                Err(_) => reader.fail(&row, "a month", value),
            },
            "year-part" | "month-part" => match pair(value) {
                Some(part) => add(if row.cell(1) == "year-part" { &mut words.year_parts } else { &mut words.month_parts }, &row, part),
                None => reader.fail(&row, "the first and the last month or day: 1..6", value),
            },
            // 旬 has no fixed length
            "unit" if value == "ten" => {}
            "unit" => match unit(value) {
                Some(unit) => add(&mut words.units, &row, unit),
                None => reader.fail(&row, "a unit: year half quarter month week day hour quarter-hour minute second", value),
            },
            kind => {
                let word = word(kind, value, &parts);
                if let Some(TimeWord::DayPart(part)) = word {
                    parts.extend(row.names(0).map(|name| (name, part)));
                }
                match word {
                    Some(word) => add(&mut words.words, &row, word),
                    None => reader.fail(&row, "a kind and a value as the head of the file says", &format!("`{kind}` with `{value}`")),
                }
            }
        }
    }
}

fn add<T: Copy>(list: &mut Words<T>, row: &Row<'_>, value: T) {
    for name in row.names(0) {
        list.add(name, value);
    }
}

fn unit(name: &str) -> Option<TimeUnit> {
    Some(match name {
        "second" => TimeUnit::Second,
        "minute" => TimeUnit::Minute,
        "quarter-hour" => TimeUnit::QuarterHour,
        "hour" => TimeUnit::Hour,
        "day" => TimeUnit::Day,
        "week" => TimeUnit::Week,
        "month" => TimeUnit::Month,
        "quarter" => TimeUnit::Quarter,
        "half" => TimeUnit::Half,
        "year" => TimeUnit::Year,
        _ => return None,
    })
}

fn word(kind: &str, value: &str, parts: &[(&str, Part)]) -> Option<TimeWord> {
    Some(match kind {
        "same-year" | "same-month" | "same-day" => TimeWord::Same(unit(kind.strip_prefix("same-")?)?, value.parse().ok()?),
        "same" => TimeWord::SamePeriod(value.parse().ok()?),
        "whole" => TimeWord::Whole,
        "edge" => TimeWord::Edge(value == "first"),
        "month-edge" => TimeWord::MonthEdge(value == "first"),
        "within" => TimeWord::Within,
        "report" => TimeWord::Report,
        "now" => TimeWord::Now,
        "until-now" => TimeWord::UntilNow,
        "vague" => TimeWord::Vague,
        "veto" => TimeWord::Veto,
        "era" => TimeWord::Era(value.parse().ok()?),
        "part" => {
            let (hours, reading) = value.split_once(' ')?;
            let (from, to) = pair(hours)?;
            let clock = match reading {
                "am" => Clockwise::Am,
                "pm" => Clockwise::Pm,
                "noon" => Clockwise::Noon,
                "night" => Clockwise::Night,
                "late" => Clockwise::Late,
                _ => return None,
            };
            TimeWord::DayPart(Part { from, to, clock })
        }
        "dayparts" => {
            let (days, name) = value.split_once(' ')?;
            let (_, part) = parts.iter().find(|(known, _)| *known == name)?;
            TimeWord::PartOfDay(days.parse().ok()?, *part)
        }
        "season" => {
            let (from, to) = pair(value)?;
            TimeWord::Season(from, to)
        }
        "feast" => TimeWord::Feast(feast(value)?),
        "short" => TimeWord::Feast(Feast { short: true, ..feast(value)? }),
        _ => {
            let (from, to) = pair(value)?;
            TimeWord::Relative(unit(kind)?, from, to)
        }
    })
}

fn pair(value: &str) -> Option<(i8, i8)> {
    match value.split_once("..") {
        Some((from, to)) => Some((from.parse().ok()?, to.parse().ok()?)),
        None => value.parse().ok().map(|n| (n, n)),
    }
}

fn feast(value: &str) -> Option<Feast> {
    let (value, holiday) = match value.rsplit_once('~') {
        Some((rule, holiday)) => (rule, holiday.split_once(' ').and_then(|(first, days)| Some((first.parse().ok()?, days.parse().ok()?)))?),
        None => (value, (0, 0)),
    };
    let (value, days) = match value.rsplit_once('+') {
        Some((rule, days)) => (rule, days.parse().ok()?),
        None => (value, 1),
    };
    let (value, moved) = match value.rsplit_once('@') {
        Some((rule, moved)) => (rule, moved.parse().ok()?),
        None => (value, 0),
    };
    let rule = if value == "easter" {
        Rule::Easter
    } else if value == "orthodox" {
        Rule::Orthodox
    } else if let Some(term) = value.strip_prefix("term ") {
        Rule::Term(term.parse().ok().filter(|term| *term < 24)?)
    } else if let Some((month, rest)) = value.split_once('#') {
        let (nth, weekday) = rest.split_once('.')?;
        Rule::Weekday(month.parse().ok()?, nth.parse().ok()?, weekday.parse().ok()?)
    } else {
        let lunar = value.strip_prefix('L');
        let (month, day) = lunar.unwrap_or(value).split_once('-')?;
        let (month, day) = (month.parse().ok()?, day.parse().ok()?);
        if lunar.is_some() { Rule::Lunar(month, day) } else { Rule::Fixed(month, day) }
    };
    Some(Feast { rule, moved, days, holiday, short: false })
}

fn read_feasts(reader: &mut Reader<'_>, words: &mut TimeWords) {
    for row in reader.rows("times-feasts.tsv", &["text", "days", "dates"]) {
        let dates: Option<Vec<Date>> = row.cell(2).split(' ').map(|day| day.parse().ok()).collect();
        let (Some(dates), Ok(days)) = (dates, row.cell(1).parse()) else {
            reader.fail(&row, "a number of days and a list of dates", row.cell(2));
            continue;
        };
        let rule = Rule::Listed(words.listed.len() as u16);
        words.listed.push(dates);
        add(&mut words.words, &row, TimeWord::Feast(Feast { rule, moved: 0, days, holiday: (0, 0), short: false }));
    }
}

fn read_lunar(reader: &mut Reader<'_>, words: &mut TimeWords) {
    for row in reader.rows("times-lunar.tsv", &["year", "new_year", "leap", "months", "terms"]) {
        let numbers = |column: usize| row.cell(column).split(' ').map(|n| n.parse().ok()).collect::<Option<Vec<i8>>>();
        let year = match (row.cell(1).parse(), row.cell(2).parse(), numbers(3), numbers(4)) {
            (Ok(new_year), Ok(leap), Some(months), Some(terms)) if terms.len() == 24 => LunarYear { new_year, leap, months, terms },
            _ => {
                reader.fail(&row, "a date, a month, lengths of months and 24 days", row.cell(1));
                continue;
            }
        };
        if words.lunar.is_empty() {
            words.first_lunar = year.new_year.year();
        }
        words.lunar.push(year);
    }
}
