//! One number with its unit: `6.2平方公里`, `7个半`, `百亿级`, `¥50`, `零下30℃`.

use rust_decimal::Decimal;

use super::{Part, Scan, ends_clause, han};
use crate::Span;
use crate::dict::{Kind, UnitId};
use crate::tag::units::{divisors_at, unit_at};
use crate::tag::{Amount, Form, Numeral, UnitExpr};

impl Scan<'_> {
    /// The numeral `i` with the unit after it (or the sign of money before it).
    pub(super) fn single(&self, i: usize) -> Result<Part, &'static str> {
        let numeral = self.numerals.get(i).ok_or("no number left")?;
        if let Some(part) = self.share(i).or_else(|| self.temperature(i)).or_else(|| self.metre(i)) {
            return Ok(part);
        }
        if numeral.form == Form::Percent || numeral.form == Form::Fraction {
            return Err("a fraction without a unit");
        }
        // 百亿级企业: money that leaves out its unit
        let ends_big = self.text[numeral.span].ends_with(['亿', '万']);
        let class = self.rest(numeral.span.end()).starts_with('级') && !self.rest(numeral.span.end()).starts_with("级别");
        if ends_big && (class || self.untold_money(numeral)) {
            let yuan = self.units.named("元").ok_or("no unit")?;
            return Ok(self.simple(numeral.span, numeral.span, numeral.amount, yuan, i + 1));
        }
        let at = self.past_blanks(numeral.span.end());
        if let Some(part) = self.with_unit(i, numeral, at) {
            return Ok(part);
        }
        if let Some((_, currency)) = self.money_sign(numeral.span.start()) {
            return Ok(self.simple(numeral.span, numeral.span, numeral.amount, currency, i + 1));
        }
        Err(if numeral.form == Form::Digits { "digits read one by one" } else { "no unit" })
    }

    /// True for `总投资12亿，`: an amount of money at the end of its clause without 元.
    fn untold_money(&self, numeral: &Numeral) -> bool {
        let end = numeral.span.end();
        // 年收入达4300万以上
        let hedged = ["以上", "左右", "以内", "以下"].iter().find(|word| self.rest(end).starts_with(**word)).map_or(0, |word| word.len());
        let ends = self.char_at(end + hedged).is_none_or(|c| ends_clause(c) || matches!(c, '、' | '的'));
        ends && numeral.form == Form::Arabic && self.cues.money_words.occurs(self.clause_before(numeral.span.start()))
    }

    fn with_unit(&self, i: usize, numeral: &Numeral, at: usize) -> Option<Part> {
        if let Some(minutes) = self.minutes(i, numeral, at) {
            return Some(minutes);
        }
        let (mut end, mut unit) = self.unit_here(at)?;
        let mut amount = numeral.amount;
        if self.rest(end).starts_with('半') {
            (end, unit, amount) = self.and_a_half(at, end, unit, amount)?;
        } else if let Some((last, longer)) = self.and_more(at) {
            (end, unit) = (last, UnitExpr::plain(longer));
            amount = amount.low().filter(|_| matches!(amount, Amount::Exactly(_))).map_or(amount, Amount::Above);
        }
        if unit.kind(self.units) == Kind::Duration {
            end = self.old(end);
        }
        let span = Span::new(numeral.span.start(), end);
        // 12次会议 in 第12次 is an ordinal already; 8吨级 is a class, its 级 outside
        Some(Part { span, number: numeral.span, amount, unit, kind: unit.kind(self.units), next: i + 1 })
    }

    /// `五分三十秒`, `一分半钟`: 分 that can only be minutes.
    fn minutes(&self, i: usize, numeral: &Numeral, at: usize) -> Option<Part> {
        if self.text[numeral.span] == *"分半" {
            let end = at + if self.rest(at).starts_with('钟') { "钟".len() } else { 0 };
            return Some(self.simple(Span::new(numeral.span.start(), end), numeral.span, numeral.amount, self.units.named("分钟")?, i + 1));
        }
        let rest = self.rest(at).strip_prefix('分').filter(|rest| !rest.starts_with(['之', '钟']))?;
        let mut end = at + '分'.len_utf8();
        let mut amount = numeral.amount;
        let half = |v: Decimal| v.checked_add(Decimal::new(5, 1));
        if rest.starts_with("半钟") || self.alone && rest.trim_end() == "半" {
            end += if rest.starts_with("半钟") { "半钟".len() } else { "半".len() };
            amount = amount.map(half)?;
        } else {
            let seconds = self.numerals.get(i + 1).filter(|n| n.span.start() == end)?;
            self.rest(self.past_blanks(seconds.span.end())).strip_prefix('秒')?;
        }
        Some(self.simple(Span::new(numeral.span.start(), end), numeral.span, amount, self.units.named("分钟")?, i + 1))
    }

    /// Past the 大 of an age: 三周大, 90天大的孩子.
    fn old(&self, end: usize) -> usize {
        let Some(rest) = self.rest(end).strip_prefix('大') else { return end };
        let closes = rest.chars().next().is_none_or(|c| !han(c) && !c.is_ascii_alphanumeric() || matches!(c, '的' | '了' | '时'));
        if closes { end + '大'.len_utf8() } else { end }
    }

    /// The unit at `at`; one-character units that mean several things by the sentence they stand in.
    fn unit_here(&self, at: usize) -> Option<(usize, UnitExpr)> {
        if let Some(counted) = self.counted_unit(at) {
            return Some(counted);
        }
        let (end, unit) = unit_at(self.text, at, self.units)?;
        let first_end = at + self.units.names_at(self.text, at).next()?.0;
        let name = self.text.get(at..first_end)?;
        // 3万元欧元
        if matches!(name, "元" | "圆")
            && let Some((len, currency)) = self.units.names_at(self.text, first_end).find(|(len, id)| *len > 3 && self.units.get(*id).kind == Kind::Money)
        {
            return Some((first_end + len, UnitExpr::plain(currency)));
        }
        if let Some(meant) = self.units.sense_alone(name).filter(|_| self.alone) {
            return Some(divisors_at(self.text, first_end, UnitExpr::plain(meant), self.units));
        }
        let Some(meant) = self.units.sense(name, self.sentence(at)) else { return Some((end, self.per_meant(unit, at))) };
        let meant = meant?;
        Some(divisors_at(self.text, first_end, UnitExpr::plain(meant), self.units))
    }

    /// 0.56元/度 beside 电价: what the unit below means in this sentence.
    fn per_meant(&self, unit: UnitExpr, at: usize) -> UnitExpr {
        let meant = |id: UnitId| self.units.sense(&self.units.get(id).name, self.sentence(at)).flatten().unwrap_or(id);
        UnitExpr { per: unit.per.map(|per| per.map(meant)), ..unit }
    }

    /// 六个加仑, 20个比特币: a unit of measure with 个 before it.
    fn counted_unit(&self, at: usize) -> Option<(usize, UnitExpr)> {
        let from = at + self.rest(at).starts_with('个').then_some('个'.len_utf8())?;
        let longest = self.units.names_at(self.text, at).next().map_or(0, |(len, _)| at + len);
        let (len, id) = self.units.names_at(self.text, from).next()?;
        let measure = !matches!(self.units.get(id).kind, Kind::Count | Kind::Ratio | Kind::Duration) && self.rest(from)[..len].chars().count() > 1;
        let closes = self.char_at(from + len).is_none_or(|c| !han(c));
        (measure && closes && from + len > longest).then_some((from + len, UnitExpr::plain(id)))
    }

    /// `7个半`, `两年半`, `1个半小时`: half of one more.
    fn and_a_half(&self, at: usize, end: usize, unit: UnitExpr, amount: Amount) -> Option<(usize, UnitExpr, Amount)> {
        let half = Decimal::new(5, 1);
        let after = end + '半'.len_utf8();
        let more = amount.map(|v| if v.is_sign_negative() { v.checked_sub(half) } else { v.checked_add(half) })?;
        if self.text.get(at..end) == Some("个") {
            // 1个半小时, 一个半月
            let measured = self.units.names_at(self.text, after).find(|(_, id)| self.units.get(*id).kind == Kind::Duration);
            if let Some((len, id)) = measured {
                return Some((after + len, UnitExpr::plain(id), more));
            }
            if self.rest(after).starts_with('月') {
                return Some((after + "月".len(), UnitExpr::plain(self.units.named("个月")?), more));
            }
        }
        // 三年半以来, but 三天半数人
        if self.rest(after).starts_with(['数', '导', '径']) {
            return Some((end, unit, amount));
        }
        Some((after, unit, more))
    }

    /// `三个多月`, `两个多小时`: more than so many of the unit that follows 多.
    fn and_more(&self, at: usize) -> Option<(usize, UnitId)> {
        let from = at + self.rest(at).starts_with("个多").then_some("个多".len())?;
        if self.rest(from).starts_with('月') {
            return Some((from + "月".len(), self.units.named("个月")?));
        }
        self.units.names_at(self.text, from).find(|(_, id)| self.units.get(*id).kind == Kind::Duration).map(|(len, id)| (from + len, id))
    }

    /// `零下30℃` is a number already; this reads `摄氏30度`, `华氏零下三十一度半`, `零下摄氏11度`.
    fn temperature(&self, i: usize) -> Option<Part> {
        let numeral = self.numerals.get(i)?;
        let mut start = numeral.span.start();
        let before = self.before(start).trim_end_matches(' ');
        let scale =
            [("摄氏温度", "摄氏度"), ("华氏温度", "华氏度"), ("摄氏", "摄氏度"), ("华氏", "华氏度")].into_iter().find(|(word, _)| before.ends_with(word));
        let at = self.past_blanks(numeral.span.end());
        let after = [("摄氏", "摄氏度"), ("华氏", "华氏度")].into_iter().find(|(word, _)| self.rest(at).starts_with(word));
        let (unit, mut end) = match (scale, after) {
            (Some((word, unit)), _) => {
                start = before.len() - word.len();
                (unit, at)
            }
            (None, Some((word, unit))) => (unit, at + word.len()),
            (None, None) => return None,
        };
        end += ["度", "°"].into_iter().find(|mark| self.rest(end).starts_with(mark))?.len();
        let mut amount = numeral.amount;
        if self.rest(end).starts_with('半') {
            end += '半'.len_utf8();
            amount = amount.map(|v| if v.is_sign_negative() { v.checked_sub(Decimal::new(5, 1)) } else { v.checked_add(Decimal::new(5, 1)) })?;
        }
        if let Some(word) = ["零下", "负的", "负"].into_iter().find(|word| self.before(start).ends_with(word)) {
            start -= word.len();
            amount = amount.map(|v| Some(-v))?;
        }
        let unit = self.units.named(unit)?;
        Some(self.simple(Span::new(start, end), numeral.span, amount, unit, i + 1))
    }

    /// The sign or word of money before `start`: ￥, US$, 人民币.
    pub(super) fn money_sign(&self, start: usize) -> Option<(usize, UnitId)> {
        let before = self.before(start).trim_end_matches(' ');
        let (len, currency) = self.units.prefix_before(self.text, before.len())?;
        let from = before.len() - len;
        let word = &self.text[from..before.len()];
        let word_like = word.chars().all(han);
        // 兑美元6.8 is a rate, 人民币50元 an amount
        let bounded = !self.char_before(from).is_some_and(|c| if word_like { han(c) && word != "人民币" } else { c.is_ascii_alphanumeric() });
        (bounded && before.len() + 2 >= start).then_some((from, currency))
    }

    /// Where the quantity begins with what stands before its number: signs of money, `每平方米`, `翻`.
    pub(super) fn prefix(&self, part: &Part, taken: usize) -> (usize, UnitExpr) {
        let mut start = part.span.start();
        let mut unit = part.unit;
        if part.kind == Kind::Money || unit.is_compound() && self.units.get(unit.unit).kind == Kind::Money {
            if let Some((from, currency)) = self.money_sign(start)
                && from >= taken
                && self.units.get(currency).currency == self.units.get(unit.unit).currency
            {
                start = from;
            } else if let Some((from, currency)) = self.currency_word(part).filter(|(from, _)| *from >= taken) {
                start = from;
                unit = UnitExpr { unit: currency, ..unit };
            }
        }
        while let Some((from, per)) = self.each_before(start) {
            let Some(longer) = unit.per(per).filter(|_| from >= taken && part.kind != Kind::Percent) else { break };
            (start, unit) = (from, longer);
        }
        (start, unit)
    }

    /// 港币两千九百六十元: the word before the number says whose 元 they are.
    fn currency_word(&self, part: &Part) -> Option<(usize, UnitId)> {
        let start = self.before(part.span.start()).trim_end_matches(' ').len();
        let (len, currency) = self.units.prefix_before(self.text, start).filter(|_| self.text[part.span].ends_with('元'))?;
        let from = start - len;
        let rate = self.char_before(from).is_some_and(|c| matches!(c, '兑' | '对' | '折' | '换' | '购'));
        let yuan = self.units.get(part.unit.unit).currency.as_deref() == Some("CNY");
        (yuan && !rate && self.text[from..start].chars().all(han)).then_some((from, currency))
    }

    /// The span with the 上 of 上亿元.
    pub(super) fn with_bound(&self, span: Span, part: &Part) -> Span {
        let scale = self.text[part.number].chars().all(|c| crate::tag::numerals::scale(c).is_some());
        let Some(from) = self.before(span.start()).strip_suffix('上').map(str::len).filter(|_| scale) else { return span };
        if self.hedge_before(span.start()).is_some() { Span::new(from, span.end()) } else { span }
    }

    /// `每亩` that touches `end`: where it begins and the unit.
    pub(super) fn each_before(&self, end: usize) -> Option<(usize, UnitId)> {
        let before = self.before(end);
        let (at, _) = before.char_indices().rev().take_while(|(at, _)| end - at <= 24).find(|(_, c)| *c == '每')?;
        let name = before.get(at + '每'.len_utf8()..)?.trim_end_matches(' ');
        let unit = self.units.named(name).or_else(|| match name {
            "月" => self.units.named("个月"),
            _ => None,
        })?;
        Some((at, self.units.sense(name, self.sentence(at)).flatten().unwrap_or(unit)))
    }
}
