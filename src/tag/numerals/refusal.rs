//! What looks like a number and is none, with the reason.

use super::digits::{digit, financial, in_run, ordinary};
use super::lexer::Lexer;
use super::{Form, Numeral};
use crate::Span;
use crate::dict::Kind;

/// More digits in a row than any number has.
const TOO_LONG: usize = 48;

impl Lexer<'_> {
    /// A stretch that begins at `at` and holds no number as a whole: an address of the web, or more digits than a number has.
    pub(super) fn skipped(&self, at: usize) -> Option<(usize, &'static str)> {
        self.address(at).map(|end| (end, "a web address")).or_else(|| self.too_long(at).map(|end| (end, "more digits than a number has")))
    }

    /// Where the web address that begins at `at` ends: `https://example.com/?q=30%25`.
    fn address(&self, at: usize) -> Option<usize> {
        let rest = self.text.get(at..)?;
        let begins = ["http://", "https://", "www."].into_iter().any(|head| rest.starts_with(head));
        begins.then(|| at + rest.bytes().take_while(u8::is_ascii_graphic).count())
    }

    /// Where a run of digits and scales that begins at `at` ends, if it is too long to be a number.
    fn too_long(&self, at: usize) -> Option<usize> {
        let rest = &self.text[at..];
        if rest.chars().take(TOO_LONG + 1).take_while(|c| in_run(*c)).count() <= TOO_LONG {
            return None;
        }
        Some(at + rest.chars().take_while(|c| in_run(*c)).map(char::len_utf8).sum::<usize>())
    }

    /// The veto that begins at `at`, unless a numeral ends right there (`50万科` is a number and 科, not 万科) or a number
    /// reaches past it (十分钟).
    pub(super) fn veto(&self, at: usize, numeral_end: usize) -> Option<(Span, &'static str)> {
        if numeral_end == at && at > 0 {
            return None;
        }
        let (span, reason) = self.vetoes.at(self.text, at)?;
        // 第一桶金 is a word with an ordinal in it, 第一财经 a name
        let ordinal = reason == "word" && self.text[span].starts_with('第') && self.numeral(at).is_some();
        if ordinal || self.outreads(at, span) || self.smaller_unit(at, numeral_end, span) || self.whole_amount(span) {
            return None;
        }
        let plain = match reason {
            "name" => "part of a name",
            "place" => "part of a place name",
            "plan" => "part of a plan or slogan",
            "grade" => "a grade or class",
            "title" => "part of a title",
            _ => "part of a word",
        };
        Some((span, plain))
    }

    /// True where money follows: GDP100亿元 is an amount, X20 Pro a name.
    fn counts_money(&self, end: usize) -> bool {
        self.units.names_at(self.text, self.past_blanks(end)).next().is_some_and(|(_, id)| self.units.get(id).kind == Kind::Money)
    }

    /// True where a number with its unit, or a fraction, that begins at `at` reaches past the veto: 十分钟, 四平方米, 三分之一.
    fn outreads(&self, at: usize, veto: Span) -> bool {
        // a veto that ends in a numeral character does not cut a longer number: 五一二
        let Some(numeral) = self.numeral(at) else {
            let last = self.text[veto].chars().next_back();
            return last.is_some_and(|c| c.is_ascii_digit()) && self.char_at(veto.end()).is_some_and(|c| c.is_ascii_digit());
        };
        let end = numeral.span.end();
        let half = self.starts(self.past_blanks(end), "分半钟");
        end > veto.end() || half || self.units.names_at(self.text, self.past_blanks(end)).next().is_some_and(|(len, _)| end + len > veto.end())
    }

    /// True for 十分 in 两小时十分 and 九毛 in 两块九毛: a number in a smaller unit right after one in a larger unit.
    fn smaller_unit(&self, at: usize, numeral_end: usize, veto: Span) -> bool {
        let between = self.text.get(numeral_end..at).unwrap_or_default().trim();
        let measured = !between.is_empty()
            && between.len() <= 12
            && self.units.named(between).is_some_and(|id| matches!(self.units.get(id).kind, Kind::Duration | Kind::Money | Kind::Mass | Kind::Length));
        let tail = self.text[veto].trim_start_matches(in_run);
        measured && self.numeral(at).is_some_and(|n| n.span.end() <= veto.end()) && tail.starts_with(['分', '角', '毛', '秒', '两', '钱', '寸'])
    }

    /// True for 九毛九 alone: an amount of money that is a brand in running text.
    fn whole_amount(&self, veto: Span) -> bool {
        let mut chars = self.text[veto].chars();
        let money = matches!(
            (chars.next().and_then(digit), chars.next(), chars.next().and_then(digit), chars.next()),
            (Some(_), Some('毛' | '块' | '角'), Some(_), None)
        );
        money && self.whole == veto
    }

    /// Why a numeral that was read is none after all.
    pub(super) fn refusal(&self, numeral: &Numeral) -> Option<&'static str> {
        let span = numeral.span;
        let text = &self.text[span];
        let before = self.char_before(span.start());
        if before.is_some_and(|c| c.is_ascii_alphabetic())
            && text.starts_with(|c: char| c.is_ascii_digit())
            && !self.after_currency(span.start())
            && !self.counts_money(span.end())
        {
            return Some("part of a code");
        }
        let mut chars = text.chars();
        let (first, second, third) = (chars.next(), chars.next(), chars.next());
        if let (Some(only), None) = (first, second)
            && ordinary(only)
        {
            // 零售, 大陆, 入伍
            let bounded = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
            let alone = bounded(before) && bounded(self.char_at(span.end())) && only != '俩';
            let unit = self.units.names_at(self.text, span.end()).next().map(|(_, id)| self.units.get(id).kind);
            let measured = match unit {
                Some(Kind::Count) => !financial(only) && only != '俩',
                Some(_) => only != '俩',
                None => self.units.begins(self.text, span.end()) && !financial(only),
            };
            return (!alone && !measured).then_some("part of a word");
        }
        // 每千瓦时, 百帕: the scale belongs to the unit; 个百分点
        if numeral.form == Form::Scale
            && (self.units.prefixed(self.text, span.start()) || self.starts(span.start(), "百分点") || self.starts(span.start(), "千分点"))
        {
            return Some("part of a unit");
        }
        if numeral.form == Form::Scale && second.is_none() && !self.units.begins(self.text, span.end()) {
            return Some("part of a word");
        }
        // 两两, 一一
        if let (Some(a), Some(b), None) = (first, second, third)
            && a == b
            && matches!(a, '两' | '一')
        {
            return Some("part of a word");
        }
        None
    }

    /// True where a sign of money in letters ends before `at`: HKD13.5, RMB1200.
    fn after_currency(&self, at: usize) -> bool {
        self.units.prefix_before(self.text, at).is_some_and(|(len, _)| !self.char_before(at - len).is_some_and(|c| c.is_ascii_alphanumeric()))
    }
}
