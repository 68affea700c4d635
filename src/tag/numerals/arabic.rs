//! Arabic digits with grouping and point: `51,260`, `28 324`, `0.35`, `.77`.

use rust_decimal::Decimal;

use super::lexer::Lexer;
use crate::decimal::parse;

impl Lexer<'_> {
    /// The digits that begin at `at`: where they end and what they say.
    pub(super) fn arabic(&self, at: usize) -> Option<(usize, Decimal)> {
        let bytes = self.text.as_bytes();
        let digits = |from: usize| bytes.get(from..).unwrap_or_default().iter().take_while(|b| b.is_ascii_digit()).count();
        let first = digits(at);
        if first == 0 {
            return self.point_first(at);
        }
        let mut end = at + first;
        let mut value: String = self.text[at..end].to_owned();
        if first <= 3 {
            let comma = |end: usize| ["，", ","].into_iter().find(|mark| self.starts(end, mark));
            while let Some(mark) = comma(end).or_else(|| (self.starts(end, " ") && self.blank_group(at, end)).then_some(" ")) {
                if digits(end + mark.len()) != 3 || value.len() > 40 {
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
            if !(self.follows_point(at) || self.starts(end + 1 + fraction, ".") && digits(end + 2 + fraction) > 0) {
                value.push_str(&self.text[end..end + 1 + fraction]);
                end += 1 + fraction;
            }
        }
        Some((end, parse(&value)?))
    }

    /// `.77`, where no digit, letter or point stands before it.
    fn point_first(&self, at: usize) -> Option<(usize, Decimal)> {
        let joined = self.char_before(at).is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | ')' | '。' | '/'));
        let run = self.text.get(at..)?.strip_prefix('.').filter(|_| !joined)?;
        let len = run.bytes().take_while(u8::is_ascii_digit).count();
        let end = at + 1 + len;
        let more = self.starts(end, ".") && self.char_at(end + 1).is_some_and(|c| c.is_ascii_digit());
        if len == 0 || more {
            return None;
        }
        Some((end, parse(&format!("0.{}", &run[..len]))?))
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
}
