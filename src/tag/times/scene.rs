//! What the reader of a text knows at a place: the day of publication, the periods named so far.

use std::cell::Cell;

use jiff::civil::{Date, DateTime, Time};

use super::Period;
use super::number::{Count, number};
use crate::dict::{TimeCue, TimeWord, TimeWords};

/// How fine an expression is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Grain {
    Vague,
    Set,
    Second,
    Minute,
    Hour,
    /// A part of a day.
    Part,
    Day,
    Week,
    /// 上旬
    Ten,
    Month,
    Quarter,
    Half,
    Year,
    /// A stretch of no fixed length.
    Stretch,
}

/// A stretch of time while it is being read: from `start` up to and without `after`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct When {
    pub start: Option<DateTime>,
    pub after: Option<DateTime>,
    pub grain: Grain,
    /// It counts from the day of publication.
    pub relative: bool,
    /// The ends are moments, not days.
    pub clock: bool,
    /// The text gives the year.
    pub year_given: bool,
    /// A clock time without a day.
    pub time: Option<Period>,
    /// A part of the day settled the hour.
    pub part: bool,
    /// 同期: repeats a period, so that it does not become the frame itself.
    pub echo: bool,
}

impl When {
    pub fn new(grain: Grain) -> When {
        When { start: None, after: None, grain, relative: false, clock: false, year_given: false, time: None, part: false, echo: false }
    }

    /// Whole days, from `first` to `last`.
    pub fn days(first: Date, last: Date, grain: Grain) -> When {
        When { start: Some(midnight(first)), after: last.tomorrow().ok().map(midnight), ..When::new(grain) }
    }

    /// A day.
    pub fn day(day: Date) -> When {
        When::days(day, day, Grain::Day)
    }

    /// A clock time that may be on any day.
    pub fn dayless(&self) -> bool {
        self.time.is_some()
    }

    pub fn relative(self) -> When {
        When { relative: true, ..self }
    }

    pub fn dated(self, relative: bool, year_given: bool) -> When {
        When { relative, year_given, ..self }
    }

    pub fn first(&self) -> Option<Date> {
        self.start.map(DateTime::date)
    }

    /// The last whole or part day.
    pub fn last(&self) -> Option<Date> {
        let after = self.after?;
        if after.time() == Time::midnight() { after.date().yesterday().ok() } else { Some(after.date()) }
    }
}

/// Midnight at the start of a day.
pub(super) fn midnight(day: Date) -> DateTime {
    day.to_datetime(Time::midnight())
}

/// How far a sentence is looked through, in characters.
const SENTENCE: usize = 120;

/// The place of the reader.
#[derive(Debug, Clone)]
pub(super) struct Scene<'a> {
    pub text: &'a str,
    pub words: &'a TimeWords,
    /// The moment of publication; some day where there is none, and nothing relative is resolved then.
    pub now: DateTime,
    pub dated: bool,
    /// The expression is all there is: a query or a cell, not running text.
    pub body: (usize, usize),
    /// The time is all that was asked for: 现在 is a moment then, and the day in an article.
    pub exact: bool,
    /// The last period named.
    pub last: Option<When>,
    /// The last day named, for 当日 and for 17日 after 8月15日.
    pub last_day: Option<Date>,
    /// That day counts from the day of publication.
    pub day_relative: bool,
    /// The last period of a month or more, for 同期 and 报告期内.
    pub frame: Option<When>,
    /// The last stretch of a few days: a holiday.
    pub holiday: Option<When>,
    /// The year given in this sentence.
    pub carry: Option<i16>,
    /// The left side of a range while the right one is read.
    pub base: Option<When>,
    /// The place of the last word that was looked up, and the word: many readers begin with it.
    pub word: Cell<(usize, Option<(TimeWord, usize)>)>,
    /// The same for the last number.
    pub count: Cell<(usize, Option<Count>)>,
}

impl<'a> Scene<'a> {
    pub fn new(text: &'a str, published: Option<DateTime>, words: &'a TimeWords) -> Scene<'a> {
        let trimmed = text.trim();
        let start = text.len() - text.trim_start().len();
        Scene {
            text,
            words,
            now: published.unwrap_or_else(|| midnight(Date::constant(2000, 7, 1))),
            dated: published.is_some(),
            body: (start, start + trimmed.len()),
            exact: false,
            last: None,
            last_day: None,
            day_relative: false,
            frame: None,
            holiday: None,
            carry: None,
            base: None,
            word: Cell::new((usize::MAX, None)),
            count: Cell::new((usize::MAX, None)),
        }
    }

    /// The word that stands for a time by itself and begins at `at`, and where it ends.
    pub fn word(&self, at: usize) -> Option<(TimeWord, usize)> {
        let (known, found) = self.word.get();
        if known == at {
            return found;
        }
        let found = self.words.words.longest(self.text, at).map(|(len, word)| (*word, at + len));
        self.word.set((at, found));
        found
    }

    /// The number that begins at `at`.
    pub fn number(&self, at: usize) -> Option<Count> {
        let (known, found) = self.count.get();
        if known == at {
            return found;
        }
        let found = number(self.text, at);
        self.count.set((at, found));
        found
    }

    pub fn today(&self) -> Date {
        self.now.date()
    }

    /// The moment that 现在 is, where it is asked for and known.
    pub fn moment(&self) -> Option<DateTime> {
        Some(self.now).filter(|now| self.exact && now.time() != Time::midnight())
    }

    /// True where the expression from `start` to `end` is the whole text.
    pub fn alone(&self, start: usize, end: usize) -> bool {
        self.body == (start, end)
    }

    /// A period becomes the last one named.
    pub fn named(&mut self, when: When) {
        if matches!(when.grain, Grain::Vague | Grain::Set) || when.dayless() {
            return;
        }
        self.mentioned(when);
        if let (Grain::Stretch, Some(first), Some(last)) = (when.grain, when.first(), when.last())
            && (2..45).contains(&(last - first).get_days())
        {
            self.holiday = Some(when);
        }
        if when.grain >= Grain::Month && !when.echo && when.start.is_some() && when.after.is_some() && !self.looks_back(when) {
            self.frame = Some(when);
        }
    }

    /// True for a year long past where the year at hand or the one before is reported on: 由2021年的…, in a report on 2023.
    fn looks_back(&self, when: When) -> bool {
        let last = self.today().year() - 1;
        let year = |when: When| when.first().map(Date::year);
        self.dated && year(when).is_some_and(|year| year < last) && self.frame.and_then(year).is_some_and(|year| year >= last)
    }

    /// A period is spoken of, but nothing is reported about it.
    pub fn mentioned(&mut self, when: When) {
        if when.echo || matches!(when.grain, Grain::Vague | Grain::Set) || when.dayless() {
            return;
        }
        if when.start.is_some() || when.after.is_some() {
            self.last = Some(when);
            if when.grain <= Grain::Day || when.first().is_some() && when.first() == when.last() {
                self.last_day = when.last();
                self.day_relative = when.relative;
            }
        }
        // 今年 of an article without a day names no year that 9月30日 could take
        if when.year_given && (self.dated || !when.relative) {
            self.carry = when.last().or(when.first()).map(Date::year);
        }
    }

    /// A character outside every expression.
    pub fn pass(&mut self, c: char) {
        if matches!(c, '。' | '！' | '？' | '!' | '?' | '\n') {
            self.carry = None;
        }
    }

    /// The year that a bare month, quarter or season belongs to.
    pub fn year(&self) -> i16 {
        if let Some(year) = self.base.and_then(|base| base.first()).map(Date::year) {
            return year;
        }
        match self.carry {
            Some(year) => year,
            // In the first months of a year an article about the last one goes on about it.
            None if self.dated && self.today().month() <= 3 => self.frame_year(),
            None if self.dated => self.today().year(),
            None => self.last.and_then(|last| last.first()).map_or(self.today().year(), Date::year),
        }
    }

    /// The same where the expression stands at `at`: 确保二季度 in March looks ahead, whatever year the article reported on.
    pub fn year_at(&self, at: usize) -> i16 {
        let (year, now) = (self.year(), self.today().year());
        let guessed = self.dated && self.base.is_none() && self.carry.is_none() && year != now;
        if guessed && self.coming(at) { now } else { year }
    }

    /// True where the year above comes from the text.
    pub fn year_known(&self) -> bool {
        self.base.is_some_and(|base| !base.relative)
            || self.base.is_none() && (self.carry.is_some() || !self.dated && self.last.is_some_and(|last| !last.relative))
    }

    /// The year that is reported on: 上年, 年末 and 全年 count from it.
    pub fn frame_year(&self) -> i16 {
        let now = self.today().year();
        if let Some(carry) = self.carry {
            return carry;
        }
        match self.frame.and_then(|frame| frame.first()).map(Date::year) {
            Some(year) if !self.dated || year == now || year + 1 == now => year,
            _ => now,
        }
    }

    /// True where the article has no day of its own and says what year it reports on: 全年 and 年末 are known all the same.
    pub fn year_told(&self) -> bool {
        !self.dated && (self.carry.is_some() || self.frame.is_some_and(|frame| !frame.relative))
    }

    /// The text before a place.
    pub fn before(&self, at: usize) -> &'a str {
        self.text.get(..at).unwrap_or_default()
    }

    /// The text from a place on.
    pub fn rest(&self, at: usize) -> &'a str {
        self.text.get(at..).unwrap_or_default()
    }

    /// Past one of the words that stand at `at`.
    pub fn any(&self, at: usize, choices: &[&str]) -> Option<usize> {
        let rest = self.rest(at);
        choices.iter().find(|word| rest.starts_with(**word)).map(|word| at + word.len())
    }

    /// Past a word of the cue that stands at `at`.
    pub fn cue(&self, at: usize, cue: TimeCue) -> Option<usize> {
        self.words.cues.of(cue).longest(self.text, at).map(|(len, ())| at + len)
    }

    /// True where a word of the cue ends at `at`.
    pub fn after(&self, at: usize, cue: TimeCue) -> bool {
        self.words.cues.of(cue).ending(self.text, at).is_some()
    }

    /// True where the sentence around `at` speaks of what is to come: 将, 计划, 届时, 8月7日前.
    pub fn coming(&self, at: usize) -> bool {
        let mark = |c: char| matches!(c, '。' | '！' | '？' | '!' | '?' | '\n');
        let before = self.before(at);
        let start = before.char_indices().rev().take(SENTENCE).find(|(_, c)| mark(*c)).map_or(0, |(i, c)| i + c.len_utf8());
        let start = start.max(before.char_indices().rev().take(SENTENCE).last().map_or(0, |(i, _)| i));
        let rest = self.rest(at);
        let end =
            at + rest.char_indices().take(SENTENCE).find(|(_, c)| mark(*c)).map_or(rest.char_indices().take(SENTENCE).last().map_or(0, |(i, _)| i), |(i, _)| i);
        self.text.get(start..end).is_some_and(|sentence| self.words.cues.of(TimeCue::Coming).occurs(sentence))
    }

    /// Past a bracket that gives the day at hand by the lunar calendar: 2月15日（腊月二十八）.
    pub fn past_lunar(&self, at: usize) -> usize {
        let open = self.any(at, &["（", "("]);
        let lunar = open.map(|at| self.cue(at, TimeCue::Lunar).unwrap_or(at)).and_then(|at| {
            let (month, past) = super::lunar::named_month(self, at)?;
            super::lunar::lunar_inside(self, 2000, month, false, past)
        });
        lunar.and_then(|(_, past)| self.any(past, &["）", ")"])).unwrap_or(at)
    }

    /// Past blanks inside an expression: two at most.
    pub fn gap(&self, at: usize) -> usize {
        at + self.rest(at).bytes().take(2).take_while(|b| *b == b' ').count()
    }

    /// Past blanks and a 的.
    pub fn of(&self, at: usize) -> usize {
        let at = self.gap(at);
        self.any(at, &["的"]).unwrap_or(at)
    }

    /// The character at a place.
    pub fn char(&self, at: usize) -> Option<char> {
        self.rest(at).chars().next()
    }

    /// The character before a place.
    pub fn char_before(&self, at: usize) -> Option<char> {
        self.before(at).chars().next_back()
    }

    /// True where nothing or a mark stands at `at`.
    pub fn ends(&self, at: usize) -> bool {
        self.char(at).is_none_or(|c| !c.is_alphanumeric())
    }

    /// True where nothing or a mark stands before `at`.
    pub fn begins(&self, at: usize) -> bool {
        self.char_before(at).is_none_or(|c| !c.is_alphanumeric())
    }
}
