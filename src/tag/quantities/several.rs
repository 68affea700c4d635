//! Several numbers that make one quantity, or share one unit.

use rust_decimal::Decimal;

use super::{Part, Scan, ends_clause};
use crate::Span;
use crate::dict::Kind;
use crate::tag::{Amount, Form, UnitExpr};

/// The most numbers that one proportion or size has.
const MEMBERS: usize = 16;

/// What stands between the ends of a range.
pub(super) const TO: [&str; 13] = ["——", "—", "–", "-", "~", "～", "－", "―", "至", "到", "−", "‒", "〜"];

impl Scan<'_> {
    /// `三元五角`, `六斤8两`, `1小时09分`: smaller units of the same dimension after the first.
    pub(super) fn compound(&self, first: Part) -> Part {
        let mut whole = first;
        let mut last_factor = self.units.get(first.unit.unit).factor;
        while !whole.unit.is_compound() && matches!(whole.kind, Kind::Money | Kind::Duration | Kind::Mass | Kind::Length) {
            let Some((amount, span, factor)) = self.smaller(&whole, last_factor) else { break };
            whole = Part { span, amount, next: whole.next + 1, ..whole };
            last_factor = factor;
        }
        self.day_and_night(whole).or_else(|| self.named_again(whole)).unwrap_or(whole)
    }

    /// 三天三夜 is three days.
    fn day_and_night(&self, days: Part) -> Option<Part> {
        let nights = self.numerals.get(days.next).filter(|n| n.span.start() == days.span.end() && n.amount == days.amount)?;
        let end = nights.span.end() + ["夜", "晚"].into_iter().find(|word| self.rest(nights.span.end()).starts_with(word))?.len();
        let same = self.text[days.span].ends_with('天') && days.kind == Kind::Duration;
        same.then_some(Part { span: Span::new(days.span.start(), end), next: days.next + 1, ..days })
    }

    /// 两块九毛九RMB: the currency once more after the amount.
    fn named_again(&self, money: Part) -> Option<Part> {
        let end = money.span.end();
        let currency = self.units.get(money.unit.unit).currency.as_deref().filter(|_| money.kind == Kind::Money && !money.unit.is_compound())?;
        let (len, _) = self.units.names_at(self.text, end).find(|(len, id)| *len >= 3 && self.units.get(*id).currency.as_deref() == Some(currency))?;
        (len > 3 || self.rest(end).is_ascii()).then_some(Part { span: Span::new(money.span.start(), end + len), ..money })
    }

    fn smaller(&self, whole: &Part, last_factor: crate::decimal::Ratio) -> Option<(Amount, Span, crate::decimal::Ratio)> {
        let numeral = self.numerals.get(whole.next)?;
        let gap = self.text.get(whole.span.end()..numeral.span.start())?;
        if !matches!(gap, "" | " " | "又" | "零" | "加" | "外加" | "加上") || !matches!(numeral.form, Form::Arabic | Form::Chinese | Form::Digits) {
            return None;
        }
        let (Amount::Exactly(sum), Amount::Exactly(value)) = (whole.amount, numeral.amount) else { return None };
        let first = self.units.get(whole.unit.unit);
        let at = self.past_blanks(numeral.span.end());
        let smaller = self.units.names_at(self.text, at).map(|(len, id)| (at + len, id)).find(|(_, id)| {
            let unit = self.units.get(*id);
            let smaller = unit.factor.divide(last_factor).and_then(|f| f.of(Decimal::ONE)).is_some_and(|f| f < Decimal::ONE);
            smaller && unit.kind == first.kind && unit.currency == first.currency && unit.offset.is_zero()
        });
        let (end, factor) = match smaller {
            Some((end, id)) => (end, self.units.get(id).factor),
            // 1小时09分
            None if first.kind == Kind::Duration && self.rest(at).starts_with('分') && !self.rest(at).starts_with("分之") => {
                (at + "分".len(), self.units.get(self.units.named("分钟")?).factor)
            }
            // 8天20时
            None if first.kind == Kind::Duration && self.rest(at).starts_with('时') && !self.char_at(at + "时".len()).is_some_and(super::han) => {
                (at + "时".len(), self.units.get(self.units.named("小时")?).factor)
            }
            // 九毛九, 三块五: the last unit is left out
            None if first.kind == Kind::Money
                && gap.is_empty()
                && value < Decimal::TEN
                && value.is_integer()
                && self.currency_or_end(at)
                && !self.text[whole.span].ends_with('元') =>
            {
                let tenth = last_factor.divide(crate::decimal::Ratio::new(10, 1)?)?;
                (numeral.span.end(), tenth)
            }
            // 一米八
            None if matches!(&first.name[..], "米")
                && gap.is_empty()
                && numeral.form == Form::Chinese
                && self.text[whole.span].ends_with('米')
                && value < Decimal::TEN
                && value.is_integer()
                && !self.units.begins(self.text, at) =>
            {
                (numeral.span.end(), crate::decimal::Ratio::new(1, 10)?)
            }
            None => return None,
        };
        let worth = factor.divide(first.factor)?;
        let part = worth.of(value)?;
        // 3元50分 is read, 3元500角 is two amounts
        let fits = factor.divide(last_factor)?.of(value)? < Decimal::ONE;
        let total = if sum.is_sign_negative() { sum.checked_sub(part)? } else { sum.checked_add(part)? };
        fits.then_some((Amount::Exactly(total), whole.span.join(Span::new(numeral.span.start(), end)), factor))
    }

    /// True where no unit follows but the currency itself: 九毛九RMB.
    fn currency_or_end(&self, at: usize) -> bool {
        !self.units.begins(self.text, at)
            || self.units.names_at(self.text, at).next().is_some_and(|(len, id)| len > 3 && self.units.get(id).kind == Kind::Money)
            || self.rest(at).starts_with("RMB")
    }

    /// `1.85亿元至2.30亿元`, `5%-8%`: the same dimension on both sides.
    pub(super) fn range(&self, first: Part) -> Option<Part> {
        let at = self.past_blanks(self.past_inclusive(first.span.end()));
        let mark = TO.into_iter().find(|mark| self.rest(at).starts_with(mark))?;
        let from = self.past_blanks(at + mark.len());
        let next = self.numerals.get(first.next).filter(|n| n.span.start() == from || self.money_sign(n.span.start()).is_some_and(|(sign, _)| sign == from))?;
        if next.form == Form::Ordinal {
            return None;
        }
        let second = self.compound(self.single(first.next).ok()?);
        let low = first.amount.low()?;
        let high = self.aligned(second, first.unit)?;
        let rising = low <= high || first.amount.low().is_some_and(|v| v.is_sign_negative()) || low.is_sign_negative();
        let dates = mark == "-" && low > high;
        if !rising || dates {
            return None;
        }
        // the wider unit name is printed: 个 to 个百分点 never comes here
        Some(Part { span: first.span.join(second.span), amount: Amount::Between(low.min(high), low.max(high)), unit: first.unit, next: second.next, ..first })
    }

    /// The value of `second` in the unit of the first end, where the two can be compared.
    fn aligned(&self, second: Part, unit: UnitExpr) -> Option<Decimal> {
        let value = second.amount.high().or(second.amount.low())?;
        if second.unit == unit {
            return Some(value);
        }
        let same = second.unit.dimension(self.units) == unit.dimension(self.units) && second.unit.base_unit(self.units) == unit.base_unit(self.units);
        let countable = self.units.get(unit.unit).kind == Kind::Count || unit.kind(self.units) == Kind::Count;
        if !same || countable || second.unit.is_compound() {
            return None;
        }
        let (mine, theirs) = (self.units.get(unit.unit), self.units.get(second.unit.unit));
        if !mine.offset.is_zero() || unit.is_compound() {
            return None;
        }
        theirs.factor.divide(mine.factor)?.of(value)
    }

    /// `1万(含)-5万元`
    fn past_inclusive(&self, at: usize) -> usize {
        ["（含）", "(含)", "（不含）", "(不含)"].into_iter().find(|word| self.rest(at).starts_with(word)).map_or(at, |word| at + word.len())
    }

    /// `3至5亿元`, `1.0至2.2`: the first end has no unit of its own.
    pub(super) fn bare_range(&self, i: usize) -> Option<Part> {
        let first = self.numerals.get(i)?;
        let at = self.past_blanks(self.past_inclusive(first.span.end()));
        let marks = TO.into_iter().chain(["与", "和"]);
        let mark = marks.into_iter().find(|mark| self.rest(at).starts_with(mark))?;
        let from = self.past_blanks(at + mark.len());
        let second = self.numerals.get(i + 1).filter(|n| n.span.start() == from)?;
        let between = matches!(mark, "与" | "和");
        let (Amount::Exactly(low), Amount::Exactly(high)) = (first.amount, second.amount) else { return None };
        let part = match self.single(i + 1).map(|second| self.compound(second)) {
            Ok(second) => second,
            Err(_) if self.range_of_numbers(i, between) => self.simple(second.span, second.span, second.amount, self.units.no_unit(), i + 2),
            Err(_) => return None,
        };
        if between && !self.rest(part.span.end()).trim_start().starts_with(['之', '间']) {
            return None;
        }
        let spoken = part.amount.low()?;
        // 成 makes tens of both; the half of 三到五岁半 belongs to the second
        let ratio = if high.is_zero() { Decimal::ONE } else { spoken.checked_div(high)? };
        let ratio = if ratio == Decimal::TEN || ratio == Decimal::ONE_HUNDRED { ratio } else { Decimal::ONE };
        let low = self.with_scale_of(i, low, high)?.checked_mul(ratio)?;
        let high = part.amount.high().unwrap_or(spoken);
        let negative = self.text[first.span].starts_with('-');
        if low > high && !negative {
            return None;
        }
        let span = Span::new(first.span.start(), part.span.end());
        Some(Part { span, number: span, amount: Amount::Between(low.min(high), low.max(high)), ..part })
    }

    /// True where two numbers without unit are a range of plain numbers: after an indicator, or with 之间.
    fn range_of_numbers(&self, i: usize, between: bool) -> bool {
        let (Some(first), Some(second)) = (self.numerals.get(i), self.numerals.get(i + 1)) else { return false };
        let plain = |c: Option<char>| c.is_none_or(|c| ends_clause(c) || matches!(c, '、' | '）' | ')' | '的' | '之' | '间' | ' '));
        between || plain(self.char_at(second.span.end())) && self.index_word_before(first.span.start())
    }

    /// `3至5亿元`: the scale of the second number counts for the first, where the first has none as large and stays smaller.
    pub(super) fn with_scale_of(&self, i: usize, low: Decimal, high: Decimal) -> Option<Decimal> {
        let (first, second) = (self.numerals.get(i)?, self.numerals.get(i + 1)?);
        let big = |span: Span| self.text[span].chars().filter_map(|c| crate::tag::numerals::scale(c).filter(|&k| k >= 2)).next_back();
        let ends_with_scale = self.text[second.span].ends_with(['万', '亿', '千', '仟', '百', '佰']);
        let (Some(scale), true) = (big(second.span), ends_with_scale) else { return Some(low) };
        if big(first.span).is_some_and(|mine| mine >= scale)
            || self.text[first.span].starts_with(|c: char| c.is_ascii_digit()) && scale == 2 && low >= Decimal::TEN
        {
            return Some(low);
        }
        // 1千至2万: the whole tail of scales, 百万 and 千万 included
        let tail: u32 = self.text[second.span].chars().rev().map_while(crate::tag::numerals::scale).filter(|&k| k >= 4).sum();
        let factor = crate::decimal::power_of_ten(if tail == 0 { scale } else { tail })?;
        let scaled = low.checked_mul(factor)?;
        Some(if scaled <= high { scaled } else { low })
    }

    /// `486万、117万和223万千瓦`: numbers in a row, the unit given once, after the last.
    pub(super) fn shared_unit(&self, i: usize) -> Option<Vec<Part>> {
        let mut last = i;
        while let (Some(numeral), Some(next)) = (self.numerals.get(last), self.numerals.get(last + 1)) {
            let gap = self.text.get(numeral.span.end()..next.span.start())?;
            let bare = matches!(numeral.form, Form::Arabic | Form::Chinese);
            if !bare || !matches!(gap, "、" | "和" | "及" | "与" | "以及" | "、和") {
                break;
            }
            last += 1;
            if last - i > 24 {
                return None;
            }
        }
        let points = self.shared_points(i);
        if points.is_some() {
            return points;
        }
        if last == i {
            return None;
        }
        let end = self.single(last).ok()?;
        if self.accept(&end).is_err() || end.unit.is_compound() && end.kind == Kind::Ratio {
            return None;
        }
        let own = self.numerals.get(last)?.amount.low()?;
        let factor = end.amount.low()?.checked_div(own).unwrap_or(Decimal::ONE);
        let mut list = Vec::new();
        for k in i..last {
            let numeral = self.numerals.get(k)?;
            let amount = numeral.amount.map(|v| v.checked_mul(factor))?;
            list.push(Part { span: numeral.span, number: numeral.span, amount, next: k + 1, ..end });
        }
        list.push(end);
        Some(list)
    }

    /// `16.3个和14.8个百分点`: 个 stands for 个百分点.
    fn shared_points(&self, i: usize) -> Option<Vec<Part>> {
        let mut list = Vec::new();
        let mut k = i;
        loop {
            let part = self.single(k).ok()?;
            let point = part.kind == Kind::Point;
            let ge = self.text[part.span].ends_with('个');
            list.push(part);
            if point {
                break;
            }
            let gap = self.text.get(part.span.end()..self.numerals.get(k + 1)?.span.start())?;
            if !ge || !matches!(gap, "、" | "和" | "及" | "与" | "，" | "或") || list.len() > 24 {
                return None;
            }
            k += 1;
        }
        let unit = list.last()?.unit;
        let points = |part: Part| Part { unit, kind: Kind::Point, ..part };
        (list.len() > 1).then(|| list.into_iter().map(points).collect())
    }

    /// `1:19`, `3比1`, `17.9∶48.6∶33.5`, `278×183×6mm`.
    pub(super) fn proportion(&self, i: usize) -> Option<Part> {
        let mark = |from: usize| ["∶", "：", ":", "比", "×", "*", "x", "X"].into_iter().find(|mark| self.rest(from).starts_with(mark));
        let first = self.numerals.get(i).filter(|n| matches!(n.form, Form::Arabic | Form::Chinese))?;
        let size = matches!(mark(self.past_dimension(first.span.end()))?, "×" | "*" | "x" | "X");
        let sign = mark(self.past_dimension(first.span.end()))?;
        let mut members = vec![first];
        let mut end = first.span.end();
        while members.len() < MEMBERS {
            let from = if size { self.past_dimension(end) } else { end };
            let Some(this) = mark(from).filter(|m| *m == sign || !size && matches!(*m, ":" | "：" | "∶")) else { break };
            let Some(next) = self.numerals.get(i + members.len()).filter(|n| n.span.start() == from + this.len() && n.form == first.form) else { break };
            members.push(next);
            end = next.span.end();
        }
        if members.len() < 2 {
            return None;
        }
        let span = Span::new(first.span.start(), end);
        let next = i + members.len();
        if size {
            return self.size(span, next);
        }
        if self.units.begins(self.text, end) || sign == "比" && first.form == Form::Chinese && members.len() > 2 {
            return None;
        }
        let clock = matches!(sign, ":") && members.iter().all(|n| self.text[n.span].len() == 2) && members.len() == 2;
        let quotient = match members.as_slice() {
            [a, b] if !clock => Amount::Exactly(a.amount.low()?.checked_div(b.amount.low()?)?.round_dp(6)),
            [_, _] => return None,
            _ => Amount::AsWritten,
        };
        Some(Part { span, number: span, amount: quotient, unit: UnitExpr::plain(self.units.ratio()), kind: Kind::Ratio, next })
    }

    /// The end of a unit of length between the members of a size: 3米×4米.
    fn past_dimension(&self, at: usize) -> usize {
        let length = self.units.names_at(self.text, at).find(|(_, id)| self.units.get(*id).kind == Kind::Length);
        length.map_or(at, |(len, _)| at + len)
    }

    fn size(&self, span: Span, next: usize) -> Option<Part> {
        let at = self.past_blanks(span.end());
        let named = self.units.names_at(self.text, at).find(|(_, id)| matches!(self.units.get(*id).kind, Kind::Length | Kind::Other));
        let (end, unit) = match named {
            Some((len, id)) => (at + len, id),
            // a resolution counts pixels
            None => {
                let pixels = self.cues.resolutions.occurs(self.clause_before(span.start()));
                (span.end(), if pixels { self.units.named("像素")? } else { self.units.no_unit() })
            }
        };
        let span = Span::new(span.start(), end);
        Some(Part { span, number: span, amount: Amount::AsWritten, unit: UnitExpr::plain(unit), kind: Kind::Dimension, next })
    }

    /// A number without unit that an indicator takes so: 容积率不大于1.8, 收入比为1.66.
    pub(super) fn index(&self, i: usize) -> Option<Part> {
        let numeral = self.numerals.get(i).filter(|n| n.form == Form::Arabic && !n.span.is_empty())?;
        let after = self.char_at(numeral.span.end());
        let turned = self.cues.changes.longest(self.text, numeral.span.end()).is_some();
        let ends = turned
            || after.is_none_or(|c| ends_clause(c) || matches!(c, '、' | '）' | ')' | '的' | '以' | '左' | '（'))
                && !self.rest(numeral.span.end()).starts_with(":");
        let clean = !self.text[numeral.span].contains(['万', '亿']);
        if !ends || !clean || !self.index_word_before(numeral.span.start()) {
            return None;
        }
        Some(self.simple(numeral.span, numeral.span, numeral.amount, self.units.no_unit(), i + 1))
    }

    /// True where the words before a number name something that has no unit: an index, a ratio, or a change of one.
    fn index_word_before(&self, start: usize) -> bool {
        let mut end = self.before(start).trim_end_matches(' ').len();
        // 容积率由现在的1.4提高至2.75, 收入比由上年的2.77缩小到2.69
        if let Some(words) = self.before(end).strip_suffix('的') {
            let from = words.char_indices().rev().take(8).find(|(_, c)| matches!(c, '由' | '从')).map(|(at, c)| at + c.len_utf8());
            end = from.unwrap_or(end);
        }
        for _ in 0..4 {
            let passed = self
                .cues
                .hedges_before
                .ending(self.text, end)
                .map(|(len, _)| len)
                .or_else(|| self.cues.copulas.ending(self.text, end).map(|(len, ())| len))
                .or_else(|| ["由", "从", "将"].into_iter().find(|w| self.before(end).ends_with(w)).map(str::len));
            match passed {
                Some(len) => end -= len,
                None => break,
            }
        }
        // 由2.01缩小到1.94: the level reached by what was a number before
        let reached = self.cues.changes.ending(self.text, end).is_some_and(|(len, _)| self.before(end - len).ends_with(|c: char| c.is_ascii_digit()));
        reached || self.cues.index_words.ending(self.text, end).is_some()
    }
}
