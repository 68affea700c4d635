//! What has a number and a unit and is no quantity: 一个 before a noun, grades, years, coordinates, slogans, closing counts.

use rust_decimal::Decimal;

use super::{Part, Scan, han};
use crate::Span;
use crate::dict::{Kind, Safety};
use crate::tag::Amount;

impl Scan<'_> {
    /// Refuses what is no quantity after all: 一个 before a noun, grades, themes, closing counts.
    pub(super) fn accept(&self, part: &Part) -> Result<(), &'static str> {
        let unit = self.units.get(part.unit.unit);
        let number = &self.text[part.number];
        let after = self.char_at(part.span.end());
        let before = self.char_before(part.span.start());
        if unit.safety == Safety::Never {
            return Err("a grade or an edition");
        }
        // 恢复到2019年的九成: a year, left out of the times because it is a basis
        if unit.name == "年" && number.len() == 4 && number.starts_with(['1', '2']) && number.bytes().all(|b| b.is_ascii_digit()) {
            return Err("a year");
        }
        self.on_the_calendar(part)?;
        if self.coordinate(part) {
            return Err("a coordinate");
        }
        // 单位：万元
        if number.starts_with(['百', '千', '万', '亿']) && self.cues.unit_line.occurs(self.line_before(part.span.start())) && !after.is_some_and(han) {
            return Err("the unit of a table");
        }
        // 产量（万吨）, and a cell that is a unit alone
        if number.chars().all(|c| matches!(c, '百' | '千' | '万' | '亿')) && self.stands_as_label(part.span) {
            return Err("the unit of a table");
        }
        let ends = after.is_none_or(|c| !han(c) && !c.is_ascii_alphanumeric());
        let plain = !part.unit.is_compound();
        if self.alone {
            return Ok(());
        }
        if plain && unit.safety == Safety::Context {
            // “光伏羊”1.2万只
            let counted = before.is_some_and(|c| han(c) || c == '”') && (ends || self.hedge_follows(part.span.end()));
            let arabic = number.starts_with(|c: char| c.is_ascii_digit()) || number.chars().count() > 1;
            let counts_noun = arabic && after.is_some_and(han);
            if !counted && !counts_noun {
                return Err("a measure word without the noun that it counts");
            }
        }
        if number == "一" && plain && !matches!(unit.kind, Kind::Percent | Kind::Multiple | Kind::Point) && !self.one_counts(part, ends) {
            return Err("one of something, not a count");
        }
        // 只望见一角: a corner
        if number == "一"
            && plain
            && unit.kind == Kind::Money
            && self.text[part.span].ends_with('角')
            && !self.rest(part.span.end()).starts_with(['钱', '硬', '五'])
        {
            return Err("one of something, not a count");
        }
        if plain && unit.kind == Kind::Count && (self.theme_follows(part.span.end()) || self.closes_list(part)) {
            return Err("a theme or a closing count");
        }
        // 二标段, 三标段: which one, not how many
        if plain && unit.name == "标段" && number.chars().all(han) && number != "两" {
            return Err("an ordinal");
        }
        // 十六届人大四次会议: which meeting
        if plain && unit.name == "次" && ["会议", "全会", "全体会议"].iter().any(|noun| self.rest(part.span.end()).starts_with(noun)) {
            let line = self.line_before(part.span.start());
            if line.chars().rev().take(12).any(|c| c == '届') {
                return Err("an ordinal");
            }
        }
        // 龙湾区LW-2024-08地块: nobody counts with a nought in front
        if plain && unit.kind == Kind::Count && number.len() > 1 && number.starts_with('0') && number.bytes().all(|b| b.is_ascii_digit()) {
            return Err("a code");
        }
        // A-17地块: the end of a code
        let joined = self.text[..part.span.start()].strip_suffix(['-', '—', '－']).is_some_and(|code| code.ends_with(|c: char| c.is_ascii_alphabetic()));
        if plain && unit.kind == Kind::Count && joined {
            return Err("a code");
        }
        // 麒麟970旗舰, 20处理器: the measure word is the beginning of a noun
        if plain && unit.kind == Kind::Count && ["旗舰", "处理", "处于", "层级", "款式"].iter().any(|noun| self.rest(part.number.end()).starts_with(noun))
        {
            return Err("a model or a noun");
        }
        // 5月9日及10日两天: the length of days just named
        if plain && unit.name == "天" && self.closes_days(part) {
            return Err("the length of days just named");
        }
        if plain && unit.kind == Kind::Count && self.slogan(part) {
            return Err("a slogan");
        }
        Ok(())
    }

    /// True for all that stands in brackets, or in a cell between bars.
    fn stands_as_label(&self, span: Span) -> bool {
        let before = self.text[..span.start()].trim_end_matches([' ', '\u{3000}']);
        let after = self.text[span.end()..].trim_start_matches([' ', '\u{3000}']);
        let bracketed = before.ends_with(['（', '(']) && after.starts_with(['）', ')', '、', '，', ',', '/']);
        let cell = before.ends_with(['|', '｜', '\t']) && (after.is_empty() || after.starts_with(['|', '｜', '\t', '\n', '\r']));
        bracketed || cell
    }

    /// Refuses 2021—2025年 in 《行动方案（2021—2025年）》.
    pub(super) fn on_the_calendar(&self, part: &Part) -> Result<(), &'static str> {
        let years = |low: Decimal, high: Decimal| low >= Decimal::from(1900) && high <= Decimal::from(2100) && low < high;
        let year = self.units.get(part.unit.unit).name == "年" && !part.unit.is_compound();
        if year && matches!(part.amount, Amount::Between(low, high) if years(low, high)) { Err("years of the calendar") } else { Ok(()) }
    }

    /// Guideline Q9: 一 counts after its noun (泵站一座), after 仅 or 至少, and for repeated actions (每月调度一次).
    fn one_counts(&self, part: &Part, ends: bool) -> bool {
        let start = part.span.start();
        // 过一座 is "past a", 超一座 more than one
        let touched =
            self.hedge_before(start).is_some() && self.char_before(start).is_none_or(|c| self.cues.before_one.get(c.encode_utf8(&mut [0; 4])).is_none());
        let compound =
            self.text[part.number.end()..part.span.end()].chars().any(|c| c.is_ascii_digit() || crate::tag::numerals::digit(c).is_some_and(|_| c != '两'));
        if compound
            || self.text[part.span].contains('半')
            || touched
            || self.hedge_after(part.span.end(), part.unit).is_some()
            || self.each_before(start).is_some()
        {
            return true;
        }
        let clause = self.clause_before(start);
        if matches!(&self.units.get(part.unit.unit).name[..], "次" | "回" | "遍" | "趟") {
            return self.cues.repeats.occurs(clause);
        }
        let noun_before = self.char_before(start).is_some_and(|c| han(c) && self.cues.before_one.get(&c.to_string()).is_none());
        ends && noun_before || self.cues.only.ending(self.text, start).is_some()
    }

    /// `东经106°21′`, `32.5°N`: a place on the globe.
    fn coordinate(&self, part: &Part) -> bool {
        let end = part.span.end();
        let minute = |c: Option<char>| matches!(c, Some('°' | '′' | '\'' | '’'));
        if self.text[part.span].ends_with('°') {
            let compass = self.char_at(end).is_some_and(|c| c.is_ascii_digit() || matches!(c, 'E' | 'W' | 'N' | 'S' | '东' | '西' | '南' | '北'));
            return compass || self.char_before(part.span.start()).is_some_and(|c| matches!(c, '经' | '纬'));
        }
        self.text[part.span].ends_with(['′', '″', '’', '\'', '"', '”']) && minute(self.char_before(part.span.start()))
    }

    /// `“六个重大”方向`, `“冬季三项促投资”`: a small count inside a short quotation.
    fn slogan(&self, part: &Part) -> bool {
        let small = part.amount.low().is_some_and(|v| v <= Decimal::from(12)) && self.text[part.number].chars().all(han);
        let open = self.before(part.span.start()).char_indices().rev().take(8).find(|(_, c)| !han(*c)).filter(|(_, c)| matches!(c, '“' | '「' | '"'));
        let close = self.rest(part.span.end()).char_indices().take(9).find(|(_, c)| !han(*c)).filter(|(_, c)| matches!(c, '”' | '」' | '"'));
        small && open.is_some() && close.is_some_and(|(len, _)| len > 0)
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

    /// `5月9日及10日两天`: as many days as have just been named.
    fn closes_days(&self, part: &Part) -> bool {
        let named = self.before(part.span.start()).ends_with(['日', '号']);
        let small = part.amount.low().is_some_and(|v| v >= Decimal::TWO && v <= Decimal::TEN);
        let clause = self.clause_before(part.span.start());
        named && small && clause.contains(['、', '和', '与', '及', '至', '到', '—', '-'])
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
