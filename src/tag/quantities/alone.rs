//! Expressions that stand alone: `一分`, `七周`, `米九`, `约两块五`. With nothing around them they can only mean a quantity, and
//! are read more freely than in running text.

use super::several::TO;
use crate::Span;
use crate::dict::{Cues, Kind, Units};
use crate::tag::Numeral;

/// The longest text, in bytes, that is looked at.
const LONGEST: usize = 120;

/// Words of one expression that are neither numbers nor units.
const JOINTS: [&str; 13] = ["个", "半", "分", "零", "又", "外加", "加上", "加", "米", "钟", "/", "和", ","];

/// True where `text` is nothing but numbers with their units and the words that touch them.
pub(super) fn stands_alone(text: &str, numerals: &[Numeral], units: &Units, cues: &Cues) -> bool {
    let whole = text.trim();
    let Some(first) = numerals.first().filter(|_| whole.len() <= LONGEST) else { return false };
    let end = text.trim_end().len();
    if !opens(text, text.len() - text.trim_start().len(), first.span.start(), units, cues) {
        return false;
    }
    let mut at = first.span.start();
    let mut rest = numerals;
    // two units in a row are a word: 四个台阶
    let mut measured = false;
    while at < end {
        if let Some((numeral, more)) = rest.split_first().filter(|(numeral, _)| numeral.span.start() <= at) {
            at = at.max(numeral.span.end());
            rest = more;
            measured = false;
            continue;
        }
        let limit = rest.first().map_or(end, |numeral| numeral.span.start());
        let unit = units
            .names_at(text, at)
            .filter(|(_, id)| !(measured || text[..at].ends_with('个') && units.get(*id).kind == Kind::Count))
            .map(|(len, _)| len)
            .find(|len| at + len <= limit);
        let joint = JOINTS.into_iter().chain(TO).find(|word| text[at..].starts_with(word)).map(str::len);
        let lengths = [
            cues.hedges_after.longest(text, at).map(|(len, _)| len),
            cues.hedges_before.longest(text, at).map(|(len, _)| len).filter(|_| !rest.is_empty()),
            unit,
            joint,
            text[at..].starts_with(' ').then_some(1),
        ];
        match lengths.into_iter().flatten().find(|len| at + len <= limit) {
            Some(len) => {
                measured |= Some(len) == unit && !text[at..].starts_with('个');
                at += len;
            }
            None => return measured && &text[at..end] == "大",
        }
    }
    true
}

/// True where nothing but signs of money and words such as 约 stands before the first number.
fn opens(text: &str, start: usize, first: usize, units: &Units, cues: &Cues) -> bool {
    let mut end = first;
    while end > start {
        let before = &text[..end];
        let len = cues
            .hedges_before
            .ending(text, end)
            .map(|(len, _)| len)
            .filter(|len| cues.before_one.get(&text[end - len..end]).is_none())
            .or_else(|| units.prefix_before(text, end).map(|(len, _)| len))
            .or_else(|| ["米", " "].into_iter().find(|word| before.ends_with(word)).map(str::len));
        match len.filter(|len| end - len >= start) {
            Some(len) => end -= len,
            None => return false,
        }
    }
    true
}

impl super::Scan<'_> {
    /// `米九`: a height that leaves out its first metre.
    pub(super) fn metre(&self, i: usize) -> Option<super::Part> {
        let numeral = self.numerals.get(i).filter(|_| self.alone)?;
        let start = self.before(numeral.span.start()).strip_suffix('米')?.len();
        let first = self.char_before(start).is_none_or(|c| !c.is_ascii_digit() && crate::tag::numerals::digit(c).is_none() && c != '厘' && c != '平');
        let tenths = numeral.amount.map(|v| v.checked_div(rust_decimal::Decimal::TEN)?.checked_add(rust_decimal::Decimal::ONE))?;
        let single = self.text[numeral.span].chars().count() == 1 && !self.units.begins(self.text, numeral.span.end());
        let span = Span::new(start, numeral.span.end());
        (first && single).then_some(self.simple(span, numeral.span, tenths, self.units.named("米")?, i + 1))
    }
}
