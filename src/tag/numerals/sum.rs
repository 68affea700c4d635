//! The number inside a numeral: digits, scales, decimals and surplus words added up from left to right.

use rust_decimal::Decimal;

use super::Form;
use super::digits::{digit, scale, tens};
use super::lexer::{Lexer, Magnitude, Surplus};
use crate::decimal::{parse, power_of_ten};
use crate::dict::Kind;

/// The sum of what was read so far: finished sections, the section in progress (below 万), the digits not yet scaled.
#[derive(Default, Clone, Copy)]
pub(super) struct Sum {
    total: Pair,
    section: Pair,
    pub(super) digits: Option<Pair>,
    small: Option<u32>,
    big: Option<u32>,
    biggest: u32,
    pub(super) last_scale: Option<u32>,
    pub(super) surplus: Option<Surplus>,
    point: bool,
    pub(super) arabic: bool,
    pub(super) chinese_digits: bool,
    after_zero: bool,
    one_by_one: bool,
    bare: bool,
    ranged: bool,
}

/// Two readings kept side by side: 三四十 is 30 and 40.
#[derive(Default, Clone, Copy)]
pub(super) struct Pair {
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
    /// The number that begins at `start`.
    pub(super) fn read(mut self, lexer: &Lexer<'_>, start: usize) -> Option<Magnitude> {
        let (mut at, mut end) = (start, start);
        // the number up to its last scale: 一万三万 is 一万, and 三 begins the next
        let mut scaled = (self, start);
        while let Some(c) = lexer.char_at(at) {
            let before = self;
            if c == ' ' {
                match self.bridge(lexer, at) {
                    Some(next) => at = next,
                    None => break,
                }
                continue;
            }
            match self.step(lexer, start, at, c) {
                Some(next) => (at, end) = (next, next),
                None => {
                    self = before;
                    let cut = self.digits.is_some() && self.last_scale.is_some() && !self.point;
                    if cut && end == at && scale(c).is_some() && !lexer.units.prefixed(lexer.text, at) {
                        (self, end) = scaled;
                    }
                    break;
                }
            }
            if self.digits.is_none() && self.last_scale.is_some() {
                scaled = (self, end);
            }
        }
        self.finish(start, end)
    }

    fn step(&mut self, lexer: &Lexer<'_>, start: usize, at: usize, c: char) -> Option<usize> {
        if c.is_ascii_digit() || c == '.' && at == start {
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
        } else if c == '个' {
            self.pieces(lexer, at)
        } else if matches!(c, 'k' | 'K' | 'M') {
            self.latin_scale(lexer, at, c)
        } else {
            None
        }
    }

    /// True before the first digit or scale.
    pub(super) fn empty(&self) -> bool {
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
        let mut run: Vec<(char, u32)> = lexer.text[at..].chars().map_while(|c| digit(c).map(|d| (c, d))).collect();
        self.cut_weight(lexer, at, &mut run);
        let mut skipped = 0;
        if !self.empty() {
            // 一万零五十: zeros after a scale only hold the place
            skipped = run.iter().take_while(|(_, d)| *d == 0).count();
            self.after_zero = skipped > 0;
        }
        let width = |n: usize| run.iter().take(n).map(|(c, _)| c.len_utf8()).sum::<usize>();
        let digits: Vec<u32> = run.iter().skip(skipped).map(|(_, d)| *d).collect();
        let after = lexer.char_at(at + width(run.len()));
        let scaled = after.is_some_and(|c| scale(c).is_some());
        self.chinese_digits = true;
        match digits.as_slice() {
            // 一万零 is 一万 where no digit follows
            [] => (skipped > 0 && (scaled || after.is_some_and(|c| c.is_ascii_digit()))).then_some(at + width(skipped)),
            [one] => {
                // 两 after a number is the weight: 六斤8两, 两万两
                if run.last().is_some_and(|(c, _)| *c == '两') && !self.empty() && !scaled {
                    return None;
                }
                // 零十五: the zero only holds the place
                self.after_zero |= *one == 0 && after == Some('十');
                self.digits = (!self.after_zero || *one > 0).then(|| Pair::both(Decimal::from(*one)));
                if self.digits.is_none() {
                    self.last_scale = self.last_scale.or(Some(2));
                }
                Some(at + width(run.len()))
            }
            [low, high] if neighbours(*low, *high, scaled) && *low > 0 && skipped == 0 && self.paired(lexer, at, width(run.len()), after) => {
                self.digits = Some(Pair { low: Decimal::from(*low), high: Decimal::from(*high) });
                self.ranged = true;
                Some(at + width(run.len()))
            }
            _ if self.empty() && skipped == 0 && at == start => {
                // 两 begins no row of digits: 两一 is nothing
                if run.first().is_some_and(|(c, _)| matches!(c, '两' | '俩')) {
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

    /// Ends the run of digits before the weight 两: 二两, 六斤八两; but 一两天 and 一两百 are one or two.
    fn cut_weight(&self, lexer: &Lexer<'_>, at: usize, run: &mut Vec<(char, u32)>) {
        let Some(place) = run.iter().skip(1).position(|(c, _)| matches!(c, '两' | '俩')).map(|p| p + 1) else { return };
        let end = at + run.iter().take(place + 1).map(|(c, _)| c.len_utf8()).sum::<usize>();
        let one_or_two = place == 1 && run.first().is_some_and(|(c, _)| *c == '一');
        let goes_on = lexer.char_at(end).is_some_and(|c| scale(c).is_some()) || lexer.units.begins(lexer.text, end);
        if !(one_or_two && goes_on) {
            run.truncate(place);
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
        let from = if lexer.char_before(at) == Some(' ') { lexer.past_blanks(from) } else { from };
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
        if k < 4 {
            self.small_scale(start, at, k)?
        } else {
            self.big_scale(k)?
        }
        self.last_scale = Some(k);
        self.after_zero = false;
        Some(end)
    }

    /// 十 百 千.
    fn small_scale(&mut self, start: usize, at: usize, k: u32) -> Option<()> {
        let factor = power_of_ten(k)?;
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
            // 一百十五, 一万零十二; 百千 and 万百 are no numbers, 万千 neither
            None if k == 1 && (self.last_scale == Some(2) || self.after_zero) => Pair::both(Decimal::ONE),
            None if self.bare && at > start && self.big.is_none() && self.last_scale.is_some_and(|s| s != k) && self.small.is_some_and(|s| s < k) => {
                self.section = self.section.times(factor)?;
                self.small = Some(k);
                return Some(());
            }
            None => return None,
        };
        if self.point && self.big.is_none() && !self.arabic {
            self.point = false;
        }
        self.section = self.section.add(count.times(factor)?)?;
        self.small = Some(k);
        Some(())
    }

    /// 万 亿 兆.
    fn big_scale(&mut self, k: u32) -> Option<()> {
        let factor = power_of_ten(k)?;
        let part = self.section.add(self.digits.take().unwrap_or_default())?;
        let nothing = part.is_zero();
        match self.big {
            _ if nothing && self.last_scale.is_none() => {
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
            // 一万三万: two numbers
            Some(big) if k == big => return None,
            _ => self.total = self.total.add(part.times(factor)?)?,
        }
        self.section = Pair::default();
        self.small = None;
        self.big = Some(k);
        self.biggest = self.biggest.max(k);
        self.point = false;
        Some(())
    }

    /// True where the scale at `at` is the prefix of a unit: 千瓦, 百帕, 兆赫. 三千米 is three thousand metres all the same,
    /// and 千欧元 a thousand euros, no kilo-ohm.
    fn prefix_of_unit(&self, lexer: &Lexer<'_>, at: usize) -> bool {
        let spoken = !self.arabic && self.big.is_none();
        let own = lexer.units.names_at(lexer.text, at).next().map(|(len, _)| at + len);
        let after = at + lexer.char_at(at).map_or(0, char::len_utf8);
        let other = lexer.units.names_at(lexer.text, after).next().map(|(len, _)| after + len);
        lexer.units.prefixed(lexer.text, at) && !(spoken && lexer.starts(at, "千米")) && other <= own
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
        Some(if next.is_some_and(|n| scale(n).is_some()) { lexer.past_blanks(end) } else { end })
    }

    /// 两个亿, said for 两亿; but 3个亿元项目 are three projects.
    fn pieces(&mut self, lexer: &Lexer<'_>, at: usize) -> Option<usize> {
        let end = at + '个'.len_utf8();
        let after = end + '亿'.len_utf8();
        let closes = lexer.char_at(after).is_none_or(|c| !c.is_alphanumeric());
        let money = || lexer.units.names_at(lexer.text, after).any(|(len, id)| len > 3 && lexer.units.get(id).kind == Kind::Money);
        (self.digits.is_some() && lexer.starts(end, "亿") && (closes || money())).then_some(end)
    }

    /// 5k, 1.2M.
    fn latin_scale(&mut self, lexer: &Lexer<'_>, at: usize, c: char) -> Option<usize> {
        let end = at + 1;
        // 1.2k㎡, 40M/S: the letter belongs to the unit
        let unit = lexer.units.names_at(lexer.text, at).next().is_some_and(|(len, _)| len > 1);
        let bounded = !lexer.char_at(end).is_some_and(|n| n.is_ascii_alphanumeric()) && !unit;
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

/// Two digits that are said together for "about so many": 三四十, 一三, 三五千.
fn neighbours(low: u32, high: u32, scaled: bool) -> bool {
    high == low + 1 || (low, high) == (1, 3) || (low, high) == (3, 5) && scaled
}
