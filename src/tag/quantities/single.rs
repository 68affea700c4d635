//! One number with its unit: `6.2平方公里`, `7个半`, `百亿级`, `¥50`, `零下30℃`.

use rust_decimal::Decimal;

use super::{Part, Scan, ends_clause, han};
use crate::Span;
use crate::dict::{Kind, Safety, UnitId};
use crate::tag::units::{divisors_at, unit_at};
use crate::tag::{Amount, Form, Numeral, UnitExpr};

impl Scan<'_> {
    /// The numeral `i` with the unit after it (or the sign of money before it).
    pub(super) fn single(&self, i: usize) -> Result<Part, &'static str> {
        let numeral = self.numerals.get(i).ok_or("end")?;
        if let Some(part) = self.share(i).or_else(|| self.temperature(i)) {
            return Ok(part);
        }
        if numeral.form == Form::Percent || numeral.form == Form::Fraction {
            return Err("fraction");
        }
        let at = self.past_blanks(numeral.span.end());
        let class = self.text[numeral.span].ends_with(['亿', '万']) && self.rest(numeral.span.end()).starts_with('级');
        if let Some(part) = self.with_unit(i, numeral, at).filter(|_| !class) {
            return Ok(part);
        }
        if let Some((_, currency)) = self.money_sign(numeral.span.start()) {
            return Ok(self.simple(numeral.span, numeral.span, numeral.amount, currency, i + 1));
        }
        // 百亿级企业: money that leaves out its unit
        let ends_big = self.text[numeral.span].ends_with(['亿', '万']);
        if ends_big && (self.rest(numeral.span.end()).starts_with('级') || self.untold_money(numeral)) {
            let yuan = self.units.named("元").ok_or("no unit")?;
            return Ok(self.simple(numeral.span, numeral.span, numeral.amount, yuan, i + 1));
        }
        Err(if numeral.form == Form::Digits { "digits" } else { "no unit" })
    }

    /// True for `总投资12亿，`: an amount of money at the end of its clause without 元.
    fn untold_money(&self, numeral: &Numeral) -> bool {
        let ends = self.char_at(numeral.span.end()).is_none_or(|c| ends_clause(c) || matches!(c, '、' | '的'));
        ends && numeral.form == Form::Arabic && self.cues.money_words.occurs(self.clause_before(numeral.span.start()))
    }

    fn with_unit(&self, i: usize, numeral: &Numeral, at: usize) -> Option<Part> {
        let (mut end, mut unit) = self.unit_here(at)?;
        let mut amount = numeral.amount;
        if self.rest(end).starts_with('半') {
            (end, unit, amount) = self.and_a_half(at, end, unit, amount)?;
        }
        let span = Span::new(numeral.span.start(), end);
        // 12次会议 in 第12次 is an ordinal already; 8吨级 is a class, its 级 outside
        Some(Part { span, number: numeral.span, amount, unit, kind: unit.kind(self.units), next: i + 1 })
    }

    /// The unit at `at`; one-character units that mean several things by the sentence they stand in.
    fn unit_here(&self, at: usize) -> Option<(usize, UnitExpr)> {
        let (end, unit) = unit_at(self.text, at, self.units)?;
        let first_end = at + self.units.names_at(self.text, at).next()?.0;
        let name = self.text.get(at..first_end)?;
        let Some(meant) = self.units.sense(name, self.sentence(at)) else { return Some((end, unit)) };
        let meant = meant?;
        Some(divisors_at(self.text, first_end, UnitExpr::plain(meant), self.units))
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
            }
        }
        while let Some((from, per)) = self.each_before(start) {
            let Some(longer) = unit.per(per).filter(|_| from >= taken && part.kind != Kind::Percent) else { break };
            (start, unit) = (from, longer);
        }
        (start, unit)
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
        Some((at, unit))
    }

    /// Refuses what is no quantity after all: 一个 before a noun, grades, themes, closing counts.
    pub(super) fn accept(&self, part: &Part) -> Result<(), &'static str> {
        let unit = self.units.get(part.unit.unit);
        let number = &self.text[part.number];
        let after = self.char_at(part.span.end());
        let before = self.char_before(part.span.start());
        if unit.safety == Safety::Never {
            return Err("grade");
        }
        // 恢复到2019年的九成: a year, left out of the times because it is a basis
        if unit.name == "年" && number.len() == 4 && number.starts_with(['1', '2']) && number.bytes().all(|b| b.is_ascii_digit()) {
            return Err("year");
        }
        // 单位：万元
        if number.starts_with(['百', '千', '万', '亿']) && self.cues.unit_line.occurs(self.line_before(part.span.start())) && !after.is_some_and(han) {
            return Err("unit of a table");
        }
        let ends = after.is_none_or(|c| !han(c) && !c.is_ascii_alphanumeric());
        let plain = !part.unit.is_compound();
        if plain && unit.safety == Safety::Context {
            let counted = before.is_some_and(han) && (ends || self.hedge_follows(part.span.end()));
            let arabic = number.starts_with(|c: char| c.is_ascii_digit()) || number.chars().count() > 1;
            if !counted && !(arabic && after.is_some_and(han)) {
                return Err("no counted noun");
            }
        }
        if number == "一" && plain && !matches!(unit.kind, Kind::Percent | Kind::Multiple | Kind::Point) && !self.one_counts(part, ends) {
            return Err("一 before a noun");
        }
        if plain && unit.kind == Kind::Count && (self.theme_follows(part.span.end()) || self.closes_list(part)) {
            return Err("theme");
        }
        Ok(())
    }

    /// Guideline Q9: 一 counts after its noun (泵站一座), after 仅 or 至少, and for repeated actions (每月调度一次).
    fn one_counts(&self, part: &Part, ends: bool) -> bool {
        let start = part.span.start();
        if self.text[part.span].contains('半') || self.hedge_before(start).is_some() || self.each_before(start).is_some() {
            return true;
        }
        let clause = self.clause_before(start);
        if matches!(&self.units.get(part.unit.unit).name[..], "次" | "回" | "遍" | "趟") {
            return self.cues.repeats.occurs(clause);
        }
        let noun_before = self.char_before(start).is_some_and(|c| han(c) && !self.cues.before_one.get(&c.to_string()).is_some());
        ends && noun_before || self.cues.only.ending(self.text, start).is_some()
    }

    /// True where a noun follows that is spoken of in general: 四个方面, 三大产业.
    fn theme_follows(&self, end: usize) -> bool {
        // 四个“最严”
        if self.rest(end).starts_with(['“', '「', '"']) {
            return true;
        }
        let Some((len, ())) = self.cues.themes.longest(self.text, end) else { return false };
        // 四个重点 is a slogan, 156个重点项目 is not
        !self.char_at(end + len).is_some_and(|c| {
            han(c) && !matches!(c, '上' | '下' | '中' | '的' | '是' | '和' | '与' | '及' | '等' | '方' | '都' | '发' | '入' | '着' | '进' | '推' | '开' | '抓')
        })
    }

    /// `A、B两个版本`: the count closes a list that has just been given in full.
    fn closes_list(&self, part: &Part) -> bool {
        let Some(count) = part.amount.low().filter(|v| *v >= Decimal::TWO && *v <= Decimal::from(12) && matches!(part.amount, Amount::Exactly(_))) else {
            return false;
        };
        if !self.text[part.number].chars().all(han) || !self.char_at(part.span.end()).is_some_and(han) {
            return false;
        }
        let clause = self.clause_before(part.span.start());
        let joints = clause.matches(['、', '和', '与', '及']).count();
        let touching = clause.chars().next_back().is_some_and(|c| c != '、');
        touching && joints > 0 && Decimal::from(joints + 1) == count
    }
}
