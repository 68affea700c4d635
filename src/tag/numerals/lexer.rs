//! One numeral with what belongs to it: sign, 第, 半.

use rust_decimal::Decimal;

use super::digits::{digit, scale};
use super::sum::Sum;
use super::{Amount, Form, Numeral};
use crate::Span;
use crate::dict::{Units, Vetoes};

/// The text with what is needed to read a number in it.
pub(super) struct Lexer<'t> {
    pub(super) text: &'t str,
    pub(super) units: &'t Units,
    pub(super) vetoes: &'t Vetoes,
    /// The text without the blanks around it: a number that fills it stands alone and may be read more freely.
    pub(super) whole: Span,
}

/// A number without its sign: one value, or two where it is inexact.
#[derive(Clone, Copy)]
pub(super) struct Magnitude {
    pub(super) end: usize,
    pub(super) low: Decimal,
    pub(super) high: Option<Decimal>,
    pub(super) surplus: Option<Surplus>,
    pub(super) form: Form,
}

/// What 余, 多 and 来 say.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Surplus {
    More,
    About,
}

impl Magnitude {
    pub(super) fn amount(&self) -> Amount {
        match (self.high, self.surplus) {
            (Some(high), _) => Amount::Between(self.low, high),
            (None, Some(Surplus::More)) => Amount::Above(self.low),
            (None, Some(Surplus::About)) => Amount::About(self.low),
            (None, None) => Amount::Exactly(self.low),
        }
    }
}

impl<'t> Lexer<'t> {
    pub(super) fn new(text: &'t str, units: &'t Units, vetoes: &'t Vetoes) -> Lexer<'t> {
        let start = text.len() - text.trim_start().len();
        let whole = Span::new(start, start + text.trim().len());
        Lexer { text, units, vetoes, whole }
    }
}

impl Lexer<'_> {
    pub(super) fn char_at(&self, at: usize) -> Option<char> {
        self.text.get(at..)?.chars().next()
    }

    pub(super) fn char_before(&self, at: usize) -> Option<char> {
        self.text.get(..at)?.chars().next_back()
    }

    pub(super) fn starts(&self, at: usize, word: &str) -> bool {
        self.text.get(at..).is_some_and(|rest| rest.starts_with(word))
    }

    /// Past the blanks that begin at `at` (at most two, never a line end).
    pub(super) fn past_blanks(&self, at: usize) -> usize {
        let rest = self.text.get(at..).unwrap_or_default();
        at + rest.bytes().take(2).take_while(|&b| b == b' ').count()
    }

    /// The numeral that begins at `at`, sign, ordinal and fraction words included.
    pub(super) fn numeral(&self, at: usize) -> Option<Numeral> {
        if self.starts(at, "第") || self.starts(at, "倒数第") {
            return self.ordinal(at);
        }
        let (start, negative) = self.sign(at)?;
        let first = self.magnitude(start)?;
        let numeral = self.half_of_all(at, first).or_else(|| self.fraction(at, start, first));
        let numeral = numeral.unwrap_or(Numeral { span: Span::new(at, first.end), amount: first.amount(), form: first.form });
        let amount = if negative { numeral.amount.map(|v| Some(-v))? } else { numeral.amount };
        Some(Numeral { amount, ..numeral })
    }

    /// The number that begins at `at`, without sign.
    pub(super) fn magnitude(&self, at: usize) -> Option<Magnitude> {
        self.spaced_discount(at).or_else(|| Sum::default().read(self, at))
    }

    /// `7 2 折`, `九 九 折`: two digits with a blank between them, before 折.
    fn spaced_discount(&self, at: usize) -> Option<Magnitude> {
        let one = |at: usize| self.char_at(at).and_then(|c| c.to_digit(10).or_else(|| digit(c)).map(|d| (d, at + c.len_utf8())));
        let (tens, first_end) = one(at)?;
        let second = self.past_blanks(first_end);
        if second == first_end || self.char_before(at).is_some_and(|c| c.is_ascii_digit() || c == '.') {
            return None;
        }
        let (ones, end) = one(second)?;
        let low = Decimal::from(tens * 10 + ones);
        self.starts(self.past_blanks(end), "折").then_some(Magnitude { end, low, high: None, surplus: None, form: Form::Chinese })
    }

    /// 一半 is a half; 一半个 is not written.
    fn half_of_all(&self, at: usize, first: Magnitude) -> Option<Numeral> {
        let end = first.end + '半'.len_utf8();
        let half = self.text.get(at..first.end) == Some("一") && self.starts(first.end, "半") && !self.units.begins(self.text, end);
        half.then_some(Numeral { span: Span::new(at, end), amount: Amount::Exactly(Decimal::new(5, 1)), form: Form::Fraction })
    }

    /// A half that is written with no digit.
    pub(super) fn half_or_discount(&self, at: usize, c: char) -> Option<Numeral> {
        if c == '半' { self.half(at) } else { self.discount(at) }
    }

    /// 打对折 is half the price; 对折 alone folds paper.
    fn discount(&self, at: usize) -> Option<Numeral> {
        let end = at + "对折".len();
        let sold = self.text.get(at..)?.starts_with("对折") && (self.char_before(at) == Some('打') || self.whole == Span::new(at, end));
        sold.then_some(Numeral { span: Span::new(at, end), amount: Amount::Exactly(Decimal::new(5, 1)), form: Form::Fraction })
    }

    /// 半 before a unit: 半个月, 半成; but 上半年 is a time and 半导体 a word.
    fn half(&self, at: usize) -> Option<Numeral> {
        let end = at + '半'.len_utf8();
        // 分半钟, said alone, is a minute and a half
        if let Some(from) = at.checked_sub("分".len()).filter(|&from| from == self.whole.start() && self.starts(from, "分半")) {
            return Some(Numeral { span: Span::new(from, end), amount: Amount::Exactly(Decimal::new(15, 1)), form: Form::Chinese });
        }
        // 过半, but 过半年 and 过半数
        let over = at.checked_sub("过".len()).filter(|&from| self.starts(from, "过半"));
        if let Some(from) = over.filter(|_| self.char_at(end).is_none_or(|c| !c.is_alphanumeric() || matches!(c, '的' | '以'))) {
            return Some(Numeral { span: Span::new(from, end), amount: Amount::Above(Decimal::new(5, 1)), form: Form::Fraction });
        }
        let joined = self
            .char_before(at)
            .is_some_and(|c| matches!(c, '上' | '下' | '前' | '后' | '大' | '小' | '多' | '一' | '两' | '各' | '分') || self.ended_by_unit(at));
        let counted = self.units.begins(self.text, end) && !self.starts(end, "半") || self.starts(end, "数") && !self.starts(end, "数据");
        (!joined && counted).then_some(Numeral { span: Span::new(at, end), amount: Amount::Exactly(Decimal::new(5, 1)), form: Form::Chinese })
    }

    /// True where a number with a unit ends before `at`: the 半 of 两年半以来, the stroke of 5元-8元.
    fn ended_by_unit(&self, at: usize) -> bool {
        let before = self.text.get(..at).unwrap_or_default();
        before.char_indices().rev().take(4).any(|(from, _)| {
            let unit = self.units.named(&before[from..]).is_some();
            unit && self.char_before(from).is_some_and(|c| c.is_ascii_digit() || digit(c).is_some() || scale(c).is_some())
        })
    }

    /// 第三, 第3万, 倒数第二.
    fn ordinal(&self, at: usize) -> Option<Numeral> {
        let backwards = self.starts(at, "倒数第");
        let start = at + if backwards { "倒数第".len() } else { "第".len() };
        let number = self.magnitude(self.past_blanks(start))?;
        let value = if backwards { -number.low } else { number.low };
        Some(Numeral { span: Span::new(at, number.end), amount: Amount::Exactly(value), form: Form::Ordinal })
    }

    /// Where the digits begin and whether a minus stands before them; `None` where a sign leads to no digit.
    pub(super) fn sign(&self, at: usize) -> Option<(usize, bool)> {
        let signs = [("正负", false), ("±", false), ("+-", false), ("负的", true), ("负", true), ("零下", true), ("-", true), ("+", false), ("⁻", true)];
        for (word, negative) in signs {
            if !self.starts(at, word) {
                continue;
            }
            let start = self.past_blanks(at + word.len());
            let c = self.char_at(start)?;
            let digits = c.is_ascii_digit() || c == '.' || word.len() > 2 && (digit(c).is_some() || scale(c).is_some());
            return (digits && !(word.len() == 1 && self.joins(at, start))).then_some((start, negative));
        }
        Some((at, false))
    }

    /// True where a stroke joins two things and is no sign: 2019-12, A8-300, 20 - 100, 1万-5万, 5元-8元.
    fn joins(&self, at: usize, start: usize) -> bool {
        let before = self.text.get(..at).unwrap_or_default();
        let last = before.chars().next_back();
        let blank = last == Some(' ');
        if blank && start > at + 1 {
            return before.trim_end_matches(' ').ends_with(|c: char| c.is_ascii_alphanumeric());
        }
        let ends = |c: char| c.is_ascii_alphanumeric() || matches!(c, ')' | '%' | '）' | '-' | '/') || digit(c).is_some() || scale(c).is_some();
        last.is_some_and(ends) || self.ended_by_unit(at)
    }
}
