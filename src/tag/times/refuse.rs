//! What only looks like a time, and times that are part of a comparison: 《规划（2021—2025年）》, 比上年, 年初预算.

use super::number::is_digit;
use super::scene::Scene;
use crate::Span;
use crate::dict::{TimeCue, TimeWord};

/// How long, in bytes, the words after the year of a regulation may be: 修订草案征求意见稿.
const AMENDED: usize = 27;
/// How far a title in book marks may reach, in bytes.
const TITLE: usize = 300;

/// Past a stretch that holds no time.
pub(super) fn skip(scene: &Scene<'_>, at: usize) -> Option<usize> {
    let rest = scene.rest(at);
    if let Some(inner) = rest.strip_prefix('《') {
        let reach = inner.char_indices().map(|(i, c)| i + c.len_utf8()).take_while(|i| *i <= TITLE).last().unwrap_or(0);
        let close = inner.get(..reach)?.find('》')?;
        return Some(at + '《'.len_utf8() + close + '》'.len_utf8());
    }
    if let Some((TimeWord::Veto, past)) = scene.word(at) {
        return Some(past);
    }
    let c = rest.chars().next()?;
    // 投产后|年均: the year after next has no place there
    if c == '后' && scene.any(at, &["后年", "后天", "后日"]).is_some() && scene.after(at, TimeCue::Done) {
        return Some(at + c.len_utf8());
    }
    if !is_digit(c) {
        return None;
    }
    // 二十一点三: a decimal number in words
    let count = scene.number(at).filter(|count| !count.arabic)?;
    let tenths = scene.any(count.end, &["点"]).and_then(|at| scene.number(at)).filter(|tenths| !tenths.arabic)?;
    let clock = scene.any(tenths.end, &["分", "刻"]).is_some();
    let zero = count.value == 0 && !clock;
    let short = tenths.digits == 1 && !clock && !scene.before(at).ends_with(['午', '晚', '上', '晨', '里', '夜', '早']);
    (zero || short || tenths.digits > 2).then_some(tenths.end)
}

/// True where the time is what something is compared with: 比上年, 较2020年, 与上年基本持平, 恢复到去年同期.
pub(super) fn basis(scene: &Scene<'_>, span: Span) -> bool {
    let before = scene.before(span.start()).trim_end_matches([' ', '“', '"', '了']);
    let after = scene.rest(span.end());
    let of = after.strip_prefix('的');
    let ends = |text: &str, cue| scene.words.cues.of(cue).ending(text, text.len()).is_some();
    if ends(before, TimeCue::Compared) {
        // 比2022年的75万台增长, 比上年30万吨增产: the quantity has its own time
        return !(before.ends_with(['比', '较']) && of.unwrap_or(after).starts_with(is_digit));
    }
    if ends(before, TimeCue::Restored) {
        return true;
    }
    if scene.cue(span.end(), TimeCue::Budget).is_some() && scene.text[span].ends_with('初') {
        return true;
    }
    if before.ends_with(['是', '为']) && of.is_some_and(multiple) {
        return true;
    }
    if ends(before, TimeCue::Beside) {
        return clause(after).is_some_and(|clause| scene.words.cues.of(TimeCue::Level).occurs(clause));
    }
    false
}

/// A number of times or a share: 3.2倍, 85%, 七成.
fn multiple(rest: &str) -> bool {
    let digits = rest.char_indices().take(12).find(|(_, c)| !is_digit(*c) && *c != '.').map_or(0, |(i, _)| i);
    digits > 0 && rest.get(digits..).is_some_and(|unit| unit.starts_with(['倍', '%', '成']) || unit.starts_with("多倍"))
}

/// The text up to the next mark, where one is near.
fn clause(text: &str) -> Option<&str> {
    let near = text.char_indices().take(40).take_while(|(_, c)| !matches!(c, '，' | '。' | '；' | ',' | ';' | '\n' | '：' | '！' | '？'));
    text.get(..near.last().map_or(0, |(i, c)| i + c.len_utf8()))
}

/// True for the year inside the name of a project or paper: 临夏县2022年校园体育器材采购项目中标公告.
pub(super) fn inside_name(scene: &Scene<'_>, span: Span) -> bool {
    // （2019年修订）, （2019年本）
    if scene.before(span.start()).ends_with(['（', '(']) && scene.cue(span.end(), TimeCue::Amended).is_some() {
        let mut near = scene.rest(span.end()).char_indices().take_while(|(at, _)| *at <= AMENDED);
        if near.any(|(_, c)| matches!(c, '）' | ')')) {
            return true;
        }
    }
    if !scene.text[span].starts_with(is_digit) || !scene.text[span].ends_with(['年', '度']) || !scene.after(span.start(), TimeCue::Office) {
        return false;
    }
    let Some(clause) = clause(scene.rest(span.end())) else { return false };
    let cues = &scene.words.cues;
    if cues.of(TimeCue::Deed).occurs(clause) {
        return false;
    }
    cues.of(TimeCue::PaperEnd).ending(clause, clause.len()).is_some() || cues.of(TimeCue::Tender).occurs(clause)
}
