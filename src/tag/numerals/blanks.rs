//! Blanks inside a number: `20 亿`, `7 万5 千4 百`, `三千 八百`, `四百 点 五`; but `2021 万科` and a row of table cells stay apart.

use super::digits::{digit, scale};
use super::lexer::Lexer;
use super::sum::Sum;

impl Sum {
    /// Past the blanks at `at`, where the number goes on behind them.
    pub(super) fn bridge(&self, lexer: &Lexer<'_>, at: usize) -> Option<usize> {
        let next = lexer.past_blanks(at);
        let c = lexer.char_at(next)?;
        if next == at || self.empty() || self.surplus.is_some() || lexer.vetoes.at(lexer.text, next).is_some() {
            return None;
        }
        let after = |from: usize| lexer.char_at(lexer.past_blanks(from));
        let pending = self.digits.is_some();
        let goes_on = if let Some(k) = scale(c) {
            // 50 千瓦: the scale belongs to the unit
            !lexer.units.prefixed(lexer.text, next) && (pending || k >= 4) && (k >= 4 || self.chinese_digits || self.last_scale.is_some())
        } else if digit(c).is_some() || c.is_ascii_digit() {
            // 千 4 百: a smaller scale follows; 四 百 五 ends the text
            let run = lexer.text[next..].chars().take(6).take_while(char::is_ascii_digit).count().max(1);
            let end = next + lexer.text[next..].chars().take(run).map(char::len_utf8).sum::<usize>();
            let scaled = after(end).and_then(scale);
            let last = run == 1 && digit(c).is_some() && end == lexer.whole.end();
            !pending && self.last_scale.is_some_and(|mine| last || scaled.is_some_and(|k| k < mine))
        } else if c == '点' {
            self.chinese_digits
                && after(next + c.len_utf8()).is_some_and(|d| digit(d).is_some() || d.is_ascii_digit())
                && (pending || self.last_scale.is_some())
        } else if matches!(c, '余' | '多') {
            self.last_scale.is_some() && after(next + c.len_utf8()).and_then(scale).is_some_and(|k| k >= 4)
        } else if matches!(c, 'k' | 'K') {
            self.arabic && next + 1 == lexer.whole.end()
        } else {
            false
        };
        goes_on.then_some(next)
    }
}
