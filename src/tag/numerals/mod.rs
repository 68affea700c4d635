//! Numerals: every stretch of text that spells a number, whatever it counts.
//!
//! One reading from left to right, no backtracking over what was read. It takes Arabic digits with grouping (`51,260`),
//! Chinese digits with scales (`三万五` is 35000), mixtures (`1万2千`, `3亿5000万`), decimals (`一点五`), inexact numerals
//! (`三四十`, `十几`, `数百`, `300余`), fractions (`三分之一`, `百分之五`), ordinals (`第三`), and says what was refused and
//! why (`三亚` holds no three).
//!
//! [`lexer`] reads one numeral with its sign, [`sum`] the number inside, [`arabic`] the digits, [`fraction`] what stands over
//! and under a line; [`refusal`] says what looks like a number and is none.

mod amount;
mod arabic;
mod blanks;
mod digits;
mod fraction;
mod lexer;
mod refusal;
mod sum;

use crate::Span;
use crate::dict::{NumberStart, Units, Vetoes};
use digits::begins_numeral;
use lexer::Lexer;

pub use amount::Amount;
pub(crate) use digits::{digit, scale};

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
    /// Why, in plain words.
    pub reason: &'static str,
}

/// All numerals of `text` in order, and what was refused.
pub fn numerals(text: &str, units: &Units, vetoes: &Vetoes) -> (Vec<Numeral>, Vec<Refusal>) {
    let lexer = Lexer::new(text, units, vetoes);
    let mut found: Vec<Numeral> = Vec::new();
    let mut refused = Vec::new();
    let mut at = 0;
    let mut last_end = 0;
    for start in vetoes.starts_in(text) {
        let place = start.at as usize;
        if place < at {
            continue;
        }
        at = place;
        let Some(c) = lexer.char_at(at) else { break };
        let next = at + c.len_utf8();
        if let Some((end, reason)) = lexer.skipped(at) {
            // read once and left out, or every place in it would be read to its end again
            refused.push(Refusal { span: Span::new(at, end), reason });
            at = end;
            continue;
        }
        if let Some((span, reason)) = NumberStart::Veto.is_in(start).then(|| lexer.veto(at, last_end)).flatten() {
            if text[span].chars().any(begins_numeral) {
                refused.push(Refusal { span, reason });
            }
            at = span.end();
            continue;
        }
        if matches!(c, '半' | '对') {
            if let Some(half) = lexer.half_or_discount(at, c) {
                found.push(half);
                last_end = half.span.end();
            }
            at = next.max(last_end);
            continue;
        }
        if !begins_numeral(c) {
            at = next;
            continue;
        }
        let Some(numeral) = lexer.numeral(at) else {
            at = next;
            continue;
        };
        // the 两 of 六斤八两 is the weight
        if at == last_end && at > 0 && text[numeral.span] == *"两" {
            at = numeral.span.end();
            refused.push(Refusal { span: numeral.span, reason: "a unit of weight" });
            continue;
        }
        at = numeral.span.end();
        last_end = at;
        match lexer.refusal(&numeral) {
            Some(reason) => refused.push(Refusal { span: numeral.span, reason }),
            None => found.push(numeral),
        }
    }
    (found, refused)
}
