//! Numerals: every stretch of text that spells a number, whatever it counts.
//!
//! One reading from left to right, no backtracking over what was read. It takes Arabic digits with grouping (`51,260`),
//! Chinese digits with scales (`三万五` is 35000), mixtures (`1万2千`, `3亿5000万`), decimals (`一点五`), inexact numerals
//! (`三四十`, `十几`, `数百`, `300余`), fractions (`三分之一`, `百分之五`), ordinals (`第三`), and says what was refused and
//! why (`三亚` holds no three).

use rust_decimal::Decimal;

use crate::Span;
use crate::decimal::{parse, power_of_ten};
use crate::dict::{Units, Vetoes};

/// How a number that stands in the text is to be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Amount {
    /// The number itself.
    Exactly(Decimal),
    /// About so much: 约, 近, 左右.
    About(Decimal),
    /// From the first to the second, both included: 3至5, 三四十, 十几.
    Between(Decimal, Decimal),
    /// So much or more: 不低于, 以上.
    AtLeast(Decimal),
    /// More than so much: 超过, 300余.
    Above(Decimal),
    /// So much or less: 不超过, 以下, 以内.
    AtMost(Decimal),
    /// Less than so much: 不足, 低于.
    Below(Decimal),
    /// More than one number that only the text tells: 278×183×6, 3.7:57.5:38.8.
    AsWritten,
}

impl Amount {
    /// The value, or the lower bound of a range; `None` where only the text tells.
    pub fn low(self) -> Option<Decimal> {
        match self {
            Amount::Exactly(v) | Amount::About(v) | Amount::AtLeast(v) | Amount::Above(v) | Amount::AtMost(v) | Amount::Below(v) => Some(v),
            Amount::Between(low, _) => Some(low),
            Amount::AsWritten => None,
        }
    }

    /// The upper bound of a range.
    pub fn high(self) -> Option<Decimal> {
        match self {
            Amount::Between(_, high) => Some(high),
            _ => None,
        }
    }

    /// The word of the tables for it: `eq approx range ge gt le lt`.
    pub fn comparison(self) -> &'static str {
        match self {
            Amount::Exactly(_) | Amount::AsWritten => "eq",
            Amount::About(_) => "approx",
            Amount::Between(..) => "range",
            Amount::AtLeast(_) => "ge",
            Amount::Above(_) => "gt",
            Amount::AtMost(_) => "le",
            Amount::Below(_) => "lt",
        }
    }

    /// The same statement about every value it names, changed by `change`; `None` where that fails for one.
    pub fn map(self, change: impl Fn(Decimal) -> Option<Decimal>) -> Option<Amount> {
        Some(match self {
            Amount::Exactly(v) => Amount::Exactly(change(v)?),
            Amount::About(v) => Amount::About(change(v)?),
            Amount::Between(low, high) => {
                let (low, high) = (change(low)?, change(high)?);
                Amount::Between(low.min(high), low.max(high))
            }
            Amount::AtLeast(v) => Amount::AtLeast(change(v)?),
            Amount::Above(v) => Amount::Above(change(v)?),
            Amount::AtMost(v) => Amount::AtMost(change(v)?),
            Amount::Below(v) => Amount::Below(change(v)?),
            Amount::AsWritten => Amount::AsWritten,
        })
    }
}

/// What kind of writing a numeral is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// 6.2, 51,260, 1.2万
    Arabic,
    /// 七, 三万五, 贰佰万
    Chinese,
    /// 二〇二一: digits read one by one
    Digits,
    /// a scale alone: 万(亩), 百亿, 千(元)
    Scale,
    /// 三分之一, 1/2
    Fraction,
    /// 百分之五, 千分之三
    Percent,
    /// 第三, 倒数第二
    Ordinal,
}

/// A number that stands in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Numeral {
    /// From the sign or first digit to the last digit, scale or surplus word.
    pub span: Span,
    /// The number; a fraction as its quotient (三分之一 is 0.333…).
    pub amount: Amount,
    /// How it is written.
    pub form: Form,
}

/// A stretch that looks like a number and is none, with the reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Refusal {
    /// The stretch.
    pub span: Span,
    /// Why: `name`, `word`, `place`, `code` …
    pub reason: &'static str,
}

/// All numerals of `text` in order, and what was refused.
pub fn numerals(text: &str, units: &Units, vetoes: &Vetoes) -> (Vec<Numeral>, Vec<Refusal>) {
    let lexer = Lexer { text, units };
    let mut found: Vec<Numeral> = Vec::new();
    let mut refused = Vec::new();
    let mut at = 0;
    let mut last_end = 0;
    while let Some(c) = lexer.char_at(at) {
        let next = at + c.len_utf8();
        if c == '半' {
            if let Some(half) = lexer.half(at) {
                found.push(half);
                last_end = half.span.end();
            }
            at = veto_here(text, at, last_end, vetoes).map_or(next, |(span, _)| span.end());
            continue;
        }
        if let Some(end) = too_long(text, at) {
            // read once and left out, or every place in it would be read to its end again
            refused.push(Refusal { span: Span::new(at, end), reason: "code" });
            at = end;
            continue;
        }
        let veto = veto_here(text, at, last_end, vetoes).filter(|(span, _)| !lexer.outreads(at, *span));
        if let Some((span, reason)) = veto {
            if text[span].chars().any(begins_numeral) {
                refused.push(Refusal { span, reason });
            }
            at = span.end();
            continue;
        }
        if !begins_numeral(c) {
            at = next;
            continue;
        }
        match lexer.numeral(at) {
            Some(numeral) => {
                at = numeral.span.end();
                last_end = at;
                match lexer.refusal(&numeral) {
                    Some(reason) => refused.push(Refusal { span: numeral.span, reason }),
                    None => found.push(numeral),
                }
            }
            None => at = next,
        }
    }
    (found, refused)
}

/// More digits in a row than any number has.
const TOO_LONG: usize = 48;

/// Where a run of digits and scales that begins at `at` ends, if it is too long to be a number.
fn too_long(text: &str, at: usize) -> Option<usize> {
    let rest = &text[at..];
    let in_run = |c: &char| c.is_ascii_digit() || digit(*c).is_some() || scale(*c).is_some();
    if rest.chars().take(TOO_LONG + 1).take_while(in_run).count() <= TOO_LONG {
        return None;
    }
    Some(at + rest.chars().take_while(in_run).map(char::len_utf8).sum::<usize>())
}

/// The veto that begins at `at`, unless a numeral ends right there (`50万科` is a number and 科, not 万科).
fn veto_here(text: &str, at: usize, numeral_end: usize, vetoes: &Vetoes) -> Option<(Span, &'static str)> {
    if numeral_end == at && at > 0 {
        return None;
    }
    vetoes.at(text, at)
}

fn begins_numeral(c: char) -> bool {
    c.is_ascii_digit() || digit(c).is_some() || scale(c).is_some() || matches!(c, '-' | '+' | '负' | '几' | '数' | '第' | '倒' | '⁻')
}

/// The value of a Chinese digit, financial forms included.
pub(crate) fn digit(c: char) -> Option<u32> {
    Some(match c {
        '零' | '〇' | '○' => 0,
        '一' | '壹' | '幺' | '弌' => 1,
        '二' | '贰' | '两' | '弍' => 2,
        '三' | '叁' | '参' | '弎' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        _ => return None,
    })
}

/// The power of ten of a scale character.
pub(crate) fn scale(c: char) -> Option<u32> {
    Some(match c {
        '十' | '拾' => 1,
        '廿' | '卅' | '卌' => 1,
        '百' | '佰' => 2,
        '千' | '仟' => 3,
        '万' => 4,
        '亿' => 8,
        '兆' => 12,
        _ => return None,
    })
}

/// How many tens a character stands for that is digit and scale in one: 廿 is 20.
fn tens(c: char) -> Option<u32> {
    match c {
        '廿' => Some(2),
        '卅' => Some(3),
        '卌' => Some(4),
        _ => None,
    }
}

/// The financial digits that are ordinary characters too, and count only beside another numeral character: 陆, 伍, 参.
fn ordinary(c: char) -> bool {
    matches!(c, '陆' | '伍' | '参' | '拾' | '肆' | '零' | '○' | '幺' | '兆' | '数' | '几' | '弌' | '弍' | '弎')
}

struct Lexer<'t> {
    text: &'t str,
    units: &'t Units,
}

/// A number without its sign: one value, or two where it is inexact.
#[derive(Clone, Copy)]
struct Magnitude {
    end: usize,
    low: Decimal,
    high: Option<Decimal>,
    surplus: Option<Surplus>,
    form: Form,
}

#[derive(Clone, Copy, PartialEq)]
enum Surplus {
    More,
    About,
}

impl Magnitude {
    fn amount(&self) -> Amount {
        match (self.high, self.surplus) {
            (Some(high), _) => Amount::Between(self.low, high),
            (None, Some(Surplus::More)) => Amount::Above(self.low),
            (None, Some(Surplus::About)) => Amount::About(self.low),
            (None, None) => Amount::Exactly(self.low),
        }
    }
}

impl Lexer<'_> {
    fn char_at(&self, at: usize) -> Option<char> {
        self.text.get(at..)?.chars().next()
    }

    fn char_before(&self, at: usize) -> Option<char> {
        self.text.get(..at)?.chars().next_back()
    }

    fn starts(&self, at: usize, word: &str) -> bool {
        self.text.get(at..).is_some_and(|rest| rest.starts_with(word))
    }

    /// Past the blanks that begin at `at` (at most two, never a line end).
    fn past_blanks(&self, at: usize) -> usize {
        let rest = self.text.get(at..).unwrap_or_default();
        at + rest.bytes().take(2).take_while(|&b| b == b' ').count()
    }

    /// The numeral that begins at `at`, sign, ordinal and fraction words included.
    fn numeral(&self, at: usize) -> Option<Numeral> {
        if self.starts(at, "第") || self.starts(at, "倒数第") {
            return self.ordinal(at);
        }
        let (start, negative) = self.sign(at)?;
        let first = self.magnitude(start)?;
        let numeral = self.fraction(at, first).unwrap_or(Numeral { span: Span::new(at, first.end), amount: first.amount(), form: first.form });
        let amount = if negative { numeral.amount.map(|v| Some(-v))? } else { numeral.amount };
        Some(Numeral { amount, ..numeral })
    }

    /// True where a number with its unit, or a fraction, that begins at `at` reaches past the veto: 十分钟, 四平方米, 三分之一.
    fn outreads(&self, at: usize, veto: Span) -> bool {
        // a veto that ends in a numeral character does not cut a longer number: 五一二
        let Some(numeral) = self.numeral(at) else {
            let last = self.text[veto].chars().next_back();
            return last.is_some_and(|c| c.is_ascii_digit()) && self.char_at(veto.end()).is_some_and(|c| c.is_ascii_digit());
        };
        let end = numeral.span.end();
        end > veto.end() || self.units.names_at(self.text, self.past_blanks(end)).next().is_some_and(|(len, _)| end + len > veto.end())
    }

    /// 半 before a unit: 半个月, 半成; but 上半年 is a time and 半导体 a word.
    fn half(&self, at: usize) -> Option<Numeral> {
        let end = at + '半'.len_utf8();
        let joined =
            self.char_before(at).is_some_and(|c| matches!(c, '上' | '下' | '前' | '后' | '大' | '小' | '多' | '一' | '两' | '各') || self.ended_by_unit(at));
        let counted = self.units.begins(self.text, end) && !self.starts(end, "半") || self.starts(end, "数") && !self.starts(end, "数据");
        (!joined && counted).then_some(Numeral { span: Span::new(at, end), amount: Amount::Exactly(Decimal::new(5, 1)), form: Form::Chinese })
    }

    /// True where a number with a unit ends before `at`: the 半 of 两年半以来.
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
    fn sign(&self, at: usize) -> Option<(usize, bool)> {
        for (word, negative) in [("负的", true), ("负", true), ("零下", true), ("-", true), ("+", false), ("⁻", true)] {
            if !self.starts(at, word) {
                continue;
            }
            // in 2019-12 and A8-300 the stroke joins
            let joins = word.len() == 1 && self.char_before(at).is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, ')' | '%' | '）' | '-' | '/'));
            let start = self.past_blanks(at + word.len());
            let c = self.char_at(start)?;
            let digits = c.is_ascii_digit() || word.len() > 1 && (digit(c).is_some() || scale(c).is_some());
            return (!joins && digits).then_some((start, negative));
        }
        Some((at, false))
    }

    /// `A分之B`, `A又B分之C`, `a/b`.
    fn fraction(&self, start: usize, first: Magnitude) -> Option<Numeral> {
        if let Some((over, end)) = self.over(first) {
            let hundredth = [2u32, 3, 4].iter().any(|&k| power_of_ten(k) == Some(first.low)) && first.form == Form::Scale;
            let form = if hundredth { Form::Percent } else { Form::Fraction };
            let amount = over.map(|v| v.checked_div(first.low))?;
            return Some(Numeral { span: Span::new(start, end), amount, form });
        }
        if self.starts(first.end, "又") {
            let under = self.magnitude(first.end + "又".len())?;
            let (over, end) = self.over(under)?;
            let amount = over.map(|v| first.low.checked_add(v.checked_div(under.low)?))?;
            return Some(Numeral { span: Span::new(start, end), amount, form: Form::Fraction });
        }
        self.slash(start, first)
    }

    /// What stands over the line after `under`: the numerator and where it ends.
    fn over(&self, under: Magnitude) -> Option<(Amount, usize)> {
        let mut at = self.past_blanks(under.end);
        // 百分百
        if under.form == Form::Scale && self.text.get(at..)?.starts_with("分百") {
            return Some((Amount::Exactly(Decimal::ONE_HUNDRED), at + "分百".len()));
        }
        at += self.starts(at, "分").then_some("分".len())?;
        at = self.past_blanks(at);
        at += self.starts(at, "之").then_some("之".len())?;
        at = self.past_blanks(at);
        let (digits, negative) = self.sign(at)?;
        let mut over = self.magnitude(digits)?;
        // 百分之五 十, 百分之一 点五: blanks inside what is read aloud in one go
        let gap = self.past_blanks(over.end);
        if gap > over.end && over.form == Form::Chinese {
            let joined: String = self.text.get(digits..over.end)?.chars().chain(self.text.get(gap..)?.chars().take(8)).collect();
            let whole = Lexer { text: &joined, units: self.units }.magnitude(0)?;
            let more = whole.end.checked_sub(over.end - digits).filter(|&more| more > 0);
            if let Some(more) = more {
                over = Magnitude { end: gap + more, ..whole };
            }
        }
        if under.low.is_zero() {
            return None;
        }
        let amount = if negative { over.amount().map(|v| Some(-v))? } else { over.amount() };
        Some((amount, over.end))
    }

    /// `3/4`, but no date (`2021/5/3`) and no code (`4/5G`).
    fn slash(&self, start: usize, first: Magnitude) -> Option<Numeral> {
        let bounded = |c: Option<char>| !c.is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '/' | '.' | '-' | '年' | '月'));
        if first.form != Form::Arabic || first.surplus.is_some() || !self.starts(first.end, "/") || !bounded(self.char_before(start)) {
            return None;
        }
        let under = self.magnitude(first.end + 1)?;
        let proper =
            under.form == Form::Arabic && first.low < under.low && under.low <= Decimal::ONE_HUNDRED && first.low.is_integer() && under.low.is_integer();
        if !proper || !bounded(self.char_at(under.end)) {
            return None;
        }
        Some(Numeral { span: Span::new(start, under.end), amount: Amount::Exactly(first.low.checked_div(under.low)?), form: Form::Fraction })
    }

    /// Why a numeral that was read is none after all.
    fn refusal(&self, numeral: &Numeral) -> Option<&'static str> {
        let span = numeral.span;
        let text = &self.text[span];
        let before = self.char_before(span.start());
        if before.is_some_and(|c| c.is_ascii_alphabetic()) && text.starts_with(|c: char| c.is_ascii_digit()) {
            return Some("code");
        }
        let mut chars = text.chars();
        if let (Some(only), None) = (chars.next(), chars.next())
            && ordinary(only)
        {
            // 零售, 大陆, 入伍
            let bounded = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
            let alone = bounded(before) && bounded(self.char_at(span.end()));
            let measured = self.units.begins(self.text, span.end());
            return (!alone && !measured).then_some("word");
        }
        // 每千瓦时, 百帕: the scale belongs to the unit; 个百分点
        if numeral.form == Form::Scale
            && (self.units.prefixed(self.text, span.start()) || self.starts(span.start(), "百分点") || self.starts(span.start(), "千分点"))
        {
            return Some("unit");
        }
        if numeral.form == Form::Scale && text.chars().count() == 1 && !self.units.begins(self.text, span.end()) {
            return Some("word");
        }
        // 两两, 一一
        let mut pair = text.chars();
        if let (Some(a), Some(b), None) = (pair.next(), pair.next(), pair.next())
            && a == b
            && matches!(a, '两' | '一')
        {
            return Some("word");
        }
        None
    }

    /// Digits with grouping and point: `51,260`, `28 324`, `0.35`.
    fn arabic(&self, at: usize) -> Option<(usize, Decimal)> {
        let bytes = self.text.as_bytes();
        let digits = |from: usize| bytes.get(from..).unwrap_or_default().iter().take_while(|b| b.is_ascii_digit()).count();
        let first = digits(at);
        if first == 0 {
            return None;
        }
        let mut end = at + first;
        let mut value: String = self.text[at..end].to_owned();
        if first <= 3 {
            let comma = |end: usize| ["，", ","].into_iter().find(|mark| self.starts(end, mark));
            while let Some(mark) = comma(end).or_else(|| (self.starts(end, " ") && first > 0 && self.blank_group(at, end)).then_some(" ")) {
                if digits(end + mark.len()) != 3 {
                    break;
                }
                let from = end + mark.len();
                value.push_str(&self.text[from..from + 3]);
                end = from + 3;
            }
        }
        if self.starts(end, ".") && digits(end + 1) > 0 {
            let fraction = digits(end + 1);
            // 2222.2222.22 is no decimal
            if !(self.starts(end + 1 + fraction, ".") && digits(end + 2 + fraction) > 0) && !self.follows_point(at) {
                value.push_str(&self.text[end..end + 1 + fraction]);
                end += 1 + fraction;
            }
        }
        Some((end, parse(&value)?))
    }

    /// True where the digits before a blank begin a number in groups of three: `28 324`, but not `100 200 300 米跑`.
    fn blank_group(&self, start: usize, end: usize) -> bool {
        let group = self.text.get(end + 1..end + 4).is_some_and(|g| g.bytes().all(|b| b.is_ascii_digit()));
        let after = self.char_at(end + 4);
        let clean = |c: Option<char>| !c.is_some_and(|c| c.is_ascii_digit() || matches!(c, '.' | ','));
        group && clean(after) && self.char_before(start).is_none_or(|c| !c.is_ascii_digit() && c != ' ')
    }

    fn follows_point(&self, at: usize) -> bool {
        self.char_before(at) == Some('.') && self.text.get(..at - 1).is_some_and(|t| t.ends_with(|c: char| c.is_ascii_digit()))
    }

    /// The number that begins at `at`, without sign.
    fn magnitude(&self, at: usize) -> Option<Magnitude> {
        Sum::default().read(self, at)
    }
}

/// The sum of what was read so far: finished sections, the section in progress (below 万), the digits not yet scaled.
#[derive(Default, Clone)]
struct Sum {
    total: Pair,
    section: Pair,
    digits: Option<Pair>,
    small: Option<u32>,
    big: Option<u32>,
    biggest: u32,
    last_scale: Option<u32>,
    surplus: Option<Surplus>,
    point: bool,
    arabic: bool,
    chinese_digits: bool,
    after_zero: bool,
    one_by_one: bool,
    bare: bool,
    ranged: bool,
}

/// Two readings kept side by side: 三四十 is 30 and 40.
#[derive(Default, Clone, Copy)]
struct Pair {
    low: Decimal,
    high: Decimal,
}

impl Pair {
    fn both(value: Decimal) -> Pair {
        Pair { low: value, high: value }
    }

    fn add(self, other: Pair) -> Option<Pair> {
        Some(Pair { low: self.low.checked_add(other.low)?, high: self.high.checked_add(other.high)? })
    }

    fn times(self, factor: Decimal) -> Option<Pair> {
        Some(Pair { low: self.low.checked_mul(factor)?, high: self.high.checked_mul(factor)? })
    }

    fn is_zero(self) -> bool {
        self.low.is_zero() && self.high.is_zero()
    }
}

impl Sum {
    fn read(mut self, lexer: &Lexer<'_>, start: usize) -> Option<Magnitude> {
        let mut at = start;
        while let Some(c) = lexer.char_at(at) {
            let step = if c.is_ascii_digit() {
                self.arabic_digits(lexer, at)
            } else if digit(c).is_some() {
                self.chinese_run(lexer, start, at)
            } else if matches!(c, '几' | '数') {
                self.inexact(lexer, start, at, c)
            } else if c == '点' {
                self.decimal_point(lexer, at)
            } else if tens(c).is_some() {
                self.packed_tens(at, c)
            } else if let Some(k) = scale(c) {
                self.scale(lexer, start, at, c, k)
            } else if matches!(c, '余' | '多' | '来') {
                self.surplus_word(lexer, start, at, c)
            } else if matches!(c, 'k' | 'K' | 'M') {
                self.latin_scale(lexer, at, c)
            } else {
                None
            };
            match step {
                Some(next) => at = next,
                None => break,
            }
        }
        self.finish(start, at)
    }

    fn empty(&self) -> bool {
        self.digits.is_none() && self.last_scale.is_none()
    }

    fn arabic_digits(&mut self, lexer: &Lexer<'_>, at: usize) -> Option<usize> {
        if self.digits.is_some() || self.surplus.is_some() || self.point {
            return None;
        }
        let (end, value) = lexer.arabic(at)?;
        self.digits = Some(Pair::both(value));
        self.arabic = true;
        self.chinese_digits = false;
        Some(end)
    }

    /// One or more Chinese digits in a row.
    fn chinese_run(&mut self, lexer: &Lexer<'_>, start: usize, at: usize) -> Option<usize> {
        if self.digits.is_some() || self.surplus.is_some() || self.point {
            return None;
        }
        let run: Vec<(char, u32)> = lexer.text[at..].chars().map_while(|c| digit(c).map(|d| (c, d))).collect();
        let mut skipped = 0;
        if !self.empty() {
            // 一万零五十: zeros after a scale only hold the place
            skipped = run.iter().take_while(|(_, d)| *d == 0).count();
            self.after_zero = skipped > 0;
        }
        let width = |n: usize| run.iter().take(n).map(|(c, _)| c.len_utf8()).sum::<usize>();
        let digits: Vec<u32> = run.iter().skip(skipped).map(|(_, d)| *d).collect();
        let after = lexer.char_at(at + width(run.len()));
        self.chinese_digits = true;
        match digits.as_slice() {
            [] => Some(at + width(skipped)),
            [one] => {
                // 两 after a number is the weight: 六斤8两, 两万两
                if run.last().is_some_and(|(c, _)| *c == '两') && !self.empty() && !after.is_some_and(|c| scale(c).is_some()) {
                    return None;
                }
                self.digits = Some(Pair::both(Decimal::from(*one)));
                Some(at + width(run.len()))
            }
            [low, high] if (*high == low + 1 || (*low, *high) == (1, 3)) && *low > 0 && (skipped == 0) && self.paired(lexer, at, width(run.len()), after) => {
                self.digits = Some(Pair { low: Decimal::from(*low), high: Decimal::from(*high) });
                self.ranged = true;
                Some(at + width(run.len()))
            }
            _ if self.empty() && skipped == 0 && at == start => {
                // 两 begins no row of digits: 两一 is nothing
                if run.first().is_some_and(|(c, _)| *c == '两') {
                    self.digits = Some(Pair::both(Decimal::TWO));
                    return Some(at + width(1));
                }
                let text: String = digits.iter().filter_map(|d| char::from_digit(*d, 10)).collect();
                self.digits = Some(Pair::both(parse(&text)?));
                self.one_by_one = true;
                Some(at + width(run.len()))
            }
            [one, ..] => {
                self.digits = Some(Pair::both(Decimal::from(*one)));
                Some(at + width(skipped + 1))
            }
        }
    }

    /// True where two digits in a row are "three or four" and not "thirty-four" read one by one.
    fn paired(&self, lexer: &Lexer<'_>, at: usize, width: usize, after: Option<char>) -> bool {
        let end = at + width;
        after.is_some_and(|c| scale(c).is_some_and(|k| k < 12)) || !self.empty() || lexer.units.begins(lexer.text, end)
    }

    /// 几十, 十几, 数百.
    fn inexact(&mut self, lexer: &Lexer<'_>, start: usize, at: usize, c: char) -> Option<usize> {
        if self.digits.is_some() || self.surplus.is_some() || self.point {
            return None;
        }
        let end = at + c.len_utf8();
        let scaled = lexer.char_at(end).is_some_and(|next| scale(next).is_some());
        let (low, high) = match (self.last_scale, scaled) {
            (Some(_), true) if self.small.is_some_and(|k| k > 1) || self.big.is_some() => (1, 9),
            (None, true) if at == start => {
                // 户数百 in a heading is 户数; the number begins after a word
                if c == '数' && lexer.char_before(at).is_some_and(|b| "人户次个件总位岁指函分基倍参系小多少无".contains(b)) {
                    return None;
                }
                (2, 9)
            }
            (Some(1), false) if self.small == Some(1) => (1, 9),
            _ => return None,
        };
        self.digits = Some(Pair { low: Decimal::from(low), high: Decimal::from(high) });
        self.ranged = true;
        self.chinese_digits = true;
        Some(end)
    }

    /// 一点五, 8点5: the point and the digits after it.
    fn decimal_point(&mut self, lexer: &Lexer<'_>, at: usize) -> Option<usize> {
        if self.point || self.surplus.is_some() || self.ranged || self.empty() {
            return None;
        }
        let from = at + '点'.len_utf8();
        let run: String = lexer.text[from..]
            .chars()
            .map_while(|c| c.to_digit(10).or_else(|| (c != '两').then(|| digit(c)).flatten()))
            .filter_map(|d| char::from_digit(d, 10))
            .collect();
        if run.is_empty() {
            return None;
        }
        let end = from + lexer.text[from..].chars().take(run.len()).map(char::len_utf8).sum::<usize>();
        let fraction = parse(&format!("0.{run}"))?;
        let whole = self.section.add(self.digits.unwrap_or_default())?;
        self.digits = Some(whole.add(Pair::both(fraction))?);
        self.section = Pair::default();
        self.small = None;
        self.point = true;
        Some(end)
    }

    fn packed_tens(&mut self, at: usize, c: char) -> Option<usize> {
        if self.digits.is_some() || self.small.is_some_and(|k| k <= 1) {
            return None;
        }
        self.section = self.section.add(Pair::both(Decimal::from(tens(c)? * 10)))?;
        self.small = Some(1);
        self.last_scale = Some(1);
        Some(at + c.len_utf8())
    }

    fn scale(&mut self, lexer: &Lexer<'_>, start: usize, at: usize, c: char, k: u32) -> Option<usize> {
        // 15万千瓦, 30兆帕: the scale belongs to the unit
        let arabic_or_big = self.arabic || self.big.is_some() || self.chinese_digits;
        if !self.empty() && arabic_or_big && matches!(c, '千' | '百' | '兆') && self.prefix_of_unit(lexer, at) {
            return None;
        }
        let end = at + c.len_utf8();
        let factor = power_of_ten(k)?;
        if k < 4 {
            if self.small.is_some_and(|small| small <= k) && self.digits.is_some() {
                // 三百五百: two numbers
                return None;
            }
            let count = match self.digits.take() {
                Some(digits) => digits,
                None if self.empty() => {
                    self.bare = k > 1;
                    Pair::both(Decimal::ONE)
                }
                // 一百十五; 百千 and 万百 are no numbers, 万千 neither
                None if k == 1 && self.last_scale == Some(2) => Pair::both(Decimal::ONE),
                None if self.bare
                    && at > start
                    && self.big.is_none()
                    && self.last_scale.is_some_and(|s| s != k)
                    && k < 4
                    && self.small.is_some_and(|s| s < k) =>
                {
                    self.section = self.section.times(factor)?;
                    self.small = Some(k);
                    self.last_scale = Some(k);
                    return Some(end);
                }
                None => return None,
            };
            if self.point && self.big.is_none() && !self.arabic {
                self.point = false;
            }
            self.section = self.section.add(count.times(factor)?)?;
            self.small = Some(k);
        } else {
            let part = self.section.add(self.digits.take().unwrap_or_default())?;
            let nothing = part.is_zero();
            match self.big {
                _ if nothing && self.empty_before(k) => {
                    self.bare = true;
                    self.total = Pair::both(factor);
                }
                // 1.2万亿, 五千四百万亿: the whole counts in the larger scale
                Some(big) if k > big || nothing && k >= big => {
                    if self.biggest >= k && !nothing {
                        return None;
                    }
                    self.total = self.total.add(part)?.times(factor)?;
                }
                Some(_) if nothing => return None,
                _ => self.total = self.total.add(part.times(factor)?)?,
            }
            self.section = Pair::default();
            self.small = None;
            self.big = Some(k);
            self.biggest = self.biggest.max(k);
            self.point = false;
        }
        self.last_scale = Some(k);
        self.after_zero = false;
        Some(end)
    }

    fn empty_before(&self, _k: u32) -> bool {
        self.last_scale.is_none()
    }

    /// True where the scale at `at` is the prefix of a unit: 千瓦, 百帕, 兆赫. 三千米 is three thousand metres all the same.
    fn prefix_of_unit(&self, lexer: &Lexer<'_>, at: usize) -> bool {
        let spoken = !self.arabic && self.big.is_none();
        lexer.units.prefixed(lexer.text, at) && !(spoken && lexer.starts(at, "千米"))
    }

    /// 300余, 十多万, 三十来: more than was said.
    fn surplus_word(&mut self, lexer: &Lexer<'_>, start: usize, at: usize, c: char) -> Option<usize> {
        if at == start || self.surplus.is_some() || self.ranged {
            return None;
        }
        let round = match self.digits {
            Some(digits) => self.arabic && digits.low >= Decimal::TEN,
            None => true,
        };
        let end = at + c.len_utf8();
        let next = lexer.char_at(lexer.past_blanks(end));
        let follows =
            next.is_some_and(|n| scale(n).is_some_and(|k| k >= 4)) || lexer.units.begins(lexer.text, lexer.past_blanks(end)) || c != '来' && next.is_none();
        let another_word =
            matches!((c, next), ('多', Some('于' | '少' | '数' | '样' | '元')) | ('来', Some('自' | '到' | '源' | '说')) | ('余', Some('额' | '下')));
        // 10多元 is more than ten yuan
        let money = c == '多' && next == Some('元') && !lexer.starts(end, "元化") && !lexer.starts(end, "元素");
        if !round || !follows || another_word && !money {
            return None;
        }
        self.surplus = Some(if c == '来' { Surplus::About } else { Surplus::More });
        Some(end)
    }

    /// 5k, 1.2M.
    fn latin_scale(&mut self, lexer: &Lexer<'_>, at: usize, c: char) -> Option<usize> {
        let end = at + 1;
        let bounded = !lexer.char_at(end).is_some_and(|n| n.is_ascii_alphanumeric());
        if !self.arabic || self.last_scale.is_some() || self.surplus.is_some() || !bounded {
            return None;
        }
        let factor = power_of_ten(if c == 'M' { 6 } else { 3 })?;
        self.digits = Some(self.digits?.times(factor)?);
        Some(end)
    }

    fn finish(mut self, start: usize, end: usize) -> Option<Magnitude> {
        if end == start || self.empty() {
            return None;
        }
        let mut rest = self.digits.unwrap_or_default();
        // 三万五, 一百二: the last unit is left out
        if let (Some(k), Some(_)) = (self.last_scale, self.digits)
            && k > 1
            && !self.after_zero
            && !self.point
            && rest.high < Decimal::TEN
            && rest.low.is_integer()
            && (self.chinese_digits || k >= 4)
        {
            rest = rest.times(power_of_ten(k - 1)?)?;
        }
        let value = self.total.add(self.section)?.add(rest)?;
        let form = if self.one_by_one && self.last_scale.is_none() && !self.point {
            Form::Digits
        } else if self.bare && self.digits.take().is_none() {
            Form::Scale
        } else if self.arabic {
            Form::Arabic
        } else {
            Form::Chinese
        };
        let high = (value.low != value.high).then_some(value.high);
        Some(Magnitude { end, low: value.low, high, surplus: self.surplus, form })
    }
}
