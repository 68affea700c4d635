//! Firms by short names alone, where what stands beside one tells it: 昊晟锂材副总裁, 民企广禾面业, 星瀚储能拟投资.
//!
//! A brand of two or three characters that are no words, and the word for a trade. 商业地产 has no brand; 示范项目 has no trade.

use super::forms::{is_generic, starts_word};
use super::{Marks, lists};
use crate::dict::{EntityKind, NameCue, NameStart, Names};

/// The short names in `text`.
pub(super) fn told<'t>(text: &'t str, names: &Names, marks: &Marks<'t>) -> Vec<&'t str> {
    let mut forms = Vec::new();
    for (at, _) in marks.cues(NameCue::FirmAfter) {
        forms.extend(ending_at(text, at, names));
    }
    for (at, _) in marks.cues(NameCue::FirmOffice) {
        forms.extend(ending_at(text, at, names).or_else(|| officer_of(text, at, names)));
    }
    for (at, len) in marks.cues(NameCue::FirmBefore) {
        forms.extend(beginning_at(text, at + len, names));
    }
    for at in marks.of(NameStart::Anaphor) {
        // 来自浙江的昊晟锂材，该公司…
        let stop = text.get(..at).and_then(|before| before.strip_suffix('，')).map(str::len);
        let firm = text.get(at..).is_some_and(|rest| ["该公司", "该企业", "该集团"].iter().any(|word| rest.starts_with(word)));
        forms.extend(stop.filter(|_| firm).and_then(|end| ending_at(text, end, names)));
    }
    forms
}

/// How many characters a short name has.
const LENGTHS: std::ops::RangeInclusive<usize> = 4..=6;

/// 昊晟锂材|副总裁: the short name that ends at `end`.
fn ending_at<'t>(text: &'t str, end: usize, names: &Names) -> Option<&'t str> {
    let before = text.get(..end)?.char_indices().rev().take(*LENGTHS.end()).skip(LENGTHS.start() - 1);
    before.filter(|(start, _)| starts_word(text, *start, names)).map(|(start, _)| &text[start..end]).find(|form| is_firm(form, names))
}

/// 民企|广禾面业: the short name that begins at `start`.
fn beginning_at<'t>(text: &'t str, start: usize, names: &Names) -> Option<&'t str> {
    let rest = text.get(start..)?;
    let ends = rest.char_indices().map(|(at, c)| at + c.len_utf8()).take(*LENGTHS.end()).skip(LENGTHS.start() - 1);
    ends.map(|end| &rest[..end]).find(|form| is_firm(form, names))
}

/// 中科云启|董事长: four characters that are no words, before what only a firm has.
fn officer_of<'t>(text: &'t str, end: usize, names: &Names) -> Option<&'t str> {
    let (start, _) = text.get(..end)?.char_indices().rev().nth(3)?;
    let form = text.get(start..end)?;
    let letters = form.chars().all(|c| matches!(c, '\u{4e00}'..='\u{9fff}'));
    (letters && starts_word(text, start, names) && lists::is_short_name(form, names)).then_some(form)
}

/// A brand that is no word, and a trade.
fn is_firm(form: &str, names: &Names) -> bool {
    let by_ending = names.endings.ending(form, form.len()).filter(|(_, ending)| ending.kind == EntityKind::Company).map(|(len, _)| len);
    let Some(trade) = by_ending.max(names.cue_before(NameCue::Trade, form, form.len())) else { return false };
    let brand = &form[..form.len() - trade];
    let han = brand.chars().all(|c| matches!(c, '\u{4e00}'..='\u{9fff}'));
    let word = |at: usize| names.borders.longest(brand, at).is_some() || names.generic.longest(brand, at).is_some_and(|(len, ())| len > '有'.len_utf8());
    (2..=3).contains(&brand.chars().count()) && han && !brand.char_indices().any(|(at, _)| word(at)) && !is_generic(brand, names)
}
