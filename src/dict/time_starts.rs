//! Where times may begin: the first characters of the words by which the readers of times know one.

use super::starts::{Start, Starts};
use super::time_cues::TimeCue;
use super::times::TimeWords;
use super::words::Words;

/// What a place may begin with: bits of [`Start::lists`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u64)]
pub enum TimeStart {
    /// A word of the lists, or one of the readers' own.
    Word = 1,
    /// A number: it begins a time only before 年, 月 and the like.
    Number = 2,
    /// 第, 前, 过 before such a number.
    BeforeNumber = 4,
    /// A mark that ends a sentence.
    Stop = 8,
    /// A Latin letter: a run of letters and digits is read from its start.
    Latin = 16,
}

impl TimeStart {
    /// True where the place may begin so.
    pub fn is_in(self, start: Start) -> bool {
        start.lists & self as u64 != 0
    }
}

/// The characters that a number in a time begins with.
const NUMBER: &str = "0123456789〇零一二两三四五六七八九十廿卅百千";

/// Words that begin a time and stand in no list: the first two characters of each.
const OWN: [(char, char); 14] = [
    ('国', '家'),
    ('公', '元'),
    ('纪', '元'),
    ('星', '期'),
    ('礼', '拜'),
    ('上', '世'),
    ('本', '世'),
    ('上', '半'),
    ('下', '半'),
    ('再', '过'),
    ('过', '半'),
    ('过', ' '),
    ('半', ' '),
    ('半', '个'),
];

/// What may stand behind the number that a time begins with, but for the names of units.
const BEHIND_NUMBER: &str = "年月日号季个世点时:：、—–－～~至到-―─";

/// Where times may begin.
#[derive(Debug, Default)]
pub(super) struct TimeStarts {
    starts: Starts,
    /// In order.
    behind_number: Vec<char>,
    /// First characters of units, in order.
    units: Vec<char>,
}

impl TimeStarts {
    pub(super) fn new(words: &TimeWords) -> TimeStarts {
        let mut starts = Starts::default();
        let word = TimeStart::Word as u64;
        starts.add(word, &words.words);
        starts.add(word, &words.steps);
        starts.add(word, &words.plans);
        starts.add(word, &words.lunar_months);
        starts.add(word, &words.year_parts);
        starts.add(word, &words.month_parts);
        let cues = [TimeCue::Until, TimeCue::Since, TimeCue::OwnHoliday, TimeCue::Hedge, TimeCue::Lunar].map(|cue| words.cues.of(cue));
        [&words.past, &words.next, &words.back, &words.ahead].into_iter().chain(cues).for_each(|list| starts.add(word, list));
        OWN.into_iter().for_each(|(first, second)| starts.add_pair(word, first, second));
        ['《', '每', '逢'].into_iter().for_each(|c| starts.add_alone(word, c));
        "一二三四五六123456日天".chars().for_each(|day| starts.add_pair(word, '周', day));
        let plans = firsts(&words.plans);
        ['“', '"', '「', '‘'].into_iter().for_each(|quote| plans.iter().for_each(|&c| starts.add_pair(word, quote, c)));
        let units = firsts(&words.units);
        units.iter().for_each(|&c| starts.add_pair(word, '半', c));
        ('0'..='9').for_each(|c| ['Q', 'q'].into_iter().for_each(|quarter| starts.add_pair(word, quarter, c)));
        // 到 and 至 before anything that begins a time
        ['到', '至'].into_iter().for_each(|c| starts.add_alone(word, c));
        NUMBER.chars().for_each(|c| {
            starts.add_alone(TimeStart::Number as u64, c);
            "第前后头首过".chars().for_each(|before| starts.add_pair(TimeStart::BeforeNumber as u64, before, c));
        });
        "。！？!?\n".chars().for_each(|c| starts.add_alone(TimeStart::Stop as u64, c));
        ('a'..='z').chain('A'..='Z').for_each(|c| starts.add_alone(TimeStart::Latin as u64, c));
        let mut behind_number: Vec<char> = BEHIND_NUMBER.chars().chain(units.iter().copied()).chain(firsts(words.cues.of(TimeCue::SchoolYear))).collect();
        behind_number.sort_unstable();
        TimeStarts { starts, behind_number, units }
    }

    pub(super) fn places(&self, text: &str) -> Vec<Start> {
        self.starts.places(text)
    }

    /// True where what stands behind a number can make it a time: 年, 月, a unit, 个 before a unit; two signs of a date.
    pub(super) fn goes_on(&self, behind: &str) -> bool {
        let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
        // 2019-12-20: two signs, or it is no date
        let second = behind.chars().next().filter(|sign| matches!(sign, '-' | '/' | '.' | ' ' | '·')).and_then(|sign| {
            let rest = behind.strip_prefix(sign)?;
            rest.get(digits(rest)..)?.strip_prefix(sign)
        });
        if second.is_some_and(|rest| digits(rest) > 0) {
            return true;
        }
        let mut rest = behind.strip_prefix(' ').unwrap_or(behind);
        rest = rest.strip_prefix(' ').unwrap_or(rest);
        match rest.chars().next() {
            Some('个') => rest.chars().nth(1).is_some_and(|c| c == '季' || self.units.binary_search(&c).is_ok()),
            Some(c) => self.behind_number.binary_search(&c).is_ok(),
            None => false,
        }
    }
}

/// The first characters of the words, in order.
fn firsts<T>(words: &Words<T>) -> Vec<char> {
    let mut firsts: Vec<char> = words.iter().filter_map(|(word, _)| word.chars().next()).collect();
    firsts.sort_unstable();
    firsts.dedup();
    firsts
}
