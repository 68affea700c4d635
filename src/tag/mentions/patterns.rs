//! Names of a fixed pattern: plots by their codes, models, roads by their ends, waters, storms, firms that are described, and
//! projects that are named by what they make.

use std::collections::BTreeMap;

use super::forms::{cuts_word, is_built, is_generic};
use super::{Draft, Marks, Places};
use crate::Span;
use crate::dict::{EntityKind, NameCue, NameStart, Names};

/// How long a name may be that opens another, in bytes: 启明年产2万吨…项目, but the full name of a firm stands by itself.
const SHORT: usize = 18;

/// TX2021-07号地块, 苏地2023-WG-15号地块, 挂2023-08号, 屯门市地段第561号: a code and a word for land.
pub(super) fn plot(text: &str, at: usize, names: &Names, places: &Places) -> Option<Draft> {
    if let Some(len) = names.cue_at(NameCue::LotSection, text, at) {
        return section(text, at, at + len, names);
    }
    // 5号地, but 5号地铁站
    let cued = names.cue_at(NameCue::Plot, text, at).filter(|len| !cuts_word(text, at + len, names));
    let len = cued.or_else(|| text.get(at..)?.starts_with('号').then_some('号'.len_utf8()))?;
    let before = text.get(..at)?;
    let is_code = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '—' | '(' | ')' | '（' | '）' | '〔' | '〕' | '[' | ']' | '【' | '】' | '号' | '年');
    let run = before.char_indices().rev().take_while(|(_, c)| is_code(*c)).last()?.0;
    let start = run + text.get(run..at)?.find(|c: char| c.is_ascii_alphanumeric() || matches!(c, '〔' | '[' | '（' | '【'))?;
    let code = text.get(start..at)?;
    let prefix = names.cue_before(NameCue::LotPrefix, text, start).filter(|_| start == run);
    let bracketed = code.starts_with(|c: char| !c.is_ascii_alphanumeric());
    let begin = match prefix {
        Some(len) => start - len - text.get(..start - len)?.chars().next_back().filter(|c| names.abbreviation(*c).is_some()).map_or(0, char::len_utf8),
        None if bracketed => start + code.chars().next().map_or(0, char::len_utf8),
        None => start,
    };
    // 挂2023-08号 needs no word for land, but 8号 does.
    let told = cued.is_some() || prefix.is_some() && code.len() > 5;
    let begin = located(text, begin, places);
    (told && code.bytes().any(|b| b.is_ascii_digit())).then(|| Draft::new(text, Span::new(begin, at + len), EntityKind::Facility))
}

/// 鹿城区|滨江单元|A-17地块: the place right before the code of a plot, with the part of it that plans name, belongs to the name.
fn located(text: &str, code: usize, places: &Places) -> usize {
    const PARTS: [&str; 8] = ["单元", "片区", "板块", "组团", "街道", "新城", "园区", "街区"];
    let han = |c: char| matches!(c, '\u{4e00}'..='\u{9fff}');
    let before = places.within(code.saturating_sub(Places::REACH), code).iter().rev().find(|place| place.end() <= code);
    let joined = |gap: &str| gap.is_empty() || gap.chars().all(han) && gap.chars().count() <= 8 && PARTS.iter().any(|part| gap.ends_with(part));
    before.filter(|place| text.get(place.end()..code).is_some_and(joined)).map_or(code, |place| place.start())
}

/// 屯门市地段第561号, 粉岭上水市地段第278号: a place, a word for a section of land, a number.
fn section(text: &str, at: usize, end: usize, names: &Names) -> Option<Draft> {
    let rest = text.get(end..)?;
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let len = rest.get(digits..)?.starts_with('号').then_some(digits + '号'.len_utf8()).filter(|_| digits > 0)?;
    let before = text.get(..at)?;
    let mut start = at;
    for (i, c) in before.char_indices().rev().take(6) {
        if !c.is_alphabetic() || c.is_ascii() || names.borders.ending(text, i + c.len_utf8()).is_some() {
            break;
        }
        start = i;
    }
    (start < at).then(|| Draft::new(text, Span::new(start, end + len), EntityKind::Facility))
}

/// 青山县一化工企业: a firm that is described, not named.
pub(super) fn described(text: &str, names: &Names, places: &[Draft]) -> Vec<Draft> {
    let mut found = Vec::new();
    for place in places {
        let end = place.span.end();
        let Some(rest) = text.get(end..).and_then(|rest| rest.strip_prefix("一家").or_else(|| rest.strip_prefix('一'))) else { continue };
        let begin = text.len() - rest.len();
        let noun_end = rest.char_indices().take(7).skip(1).find_map(|(at, _)| {
            let len = names.cue_at(NameCue::FirmNoun, text, begin + at)?;
            is_generic(rest.get(..at)?, names).then_some(begin + at + len)
        });
        if let Some(noun_end) = noun_end {
            found.push(Draft::new(text, Span::new(place.span.start(), noun_end), EntityKind::Company));
        }
    }
    found
}

/// X20 Pro平板电脑, 澜驭G2人形机器人: a model in Latin letters and digits, the noun for what it is, and the firm before it.
pub(super) fn models(text: &str, names: &Names, marks: &Marks<'_>, firms: &Places) -> Vec<Draft> {
    let mut found = Vec::new();
    let is_model = |c: char| c.is_ascii_alphanumeric() || matches!(c, ' ' | '-' | '+');
    let mut at = 0;
    for begin in marks.of(NameStart::Latin) {
        if begin < at {
            continue;
        }
        let rest = text.get(begin..).unwrap_or_default();
        at = begin + rest.find(|c| !is_model(c)).unwrap_or(rest.len());
        let model = text.get(begin..at).unwrap_or_default().trim_end();
        let end = begin + model.len();
        if !model.bytes().any(|b| b.is_ascii_digit()) {
            continue;
        }
        // C919大型客机: a word of size or make may stand before the noun
        let noun = at + names.generic.longest(text, at).filter(|(len, ())| *len <= 6).map_or(0, |(len, ())| len);
        let ending = [at, noun]
            .into_iter()
            .filter(|_| end == at)
            .find_map(|at| names.endings.longest(text, at).filter(|(len, e)| e.kind == EntityKind::Product && *len > 3).map(|(len, _)| at + len));
        let firm = firms.within(begin.saturating_sub(Places::REACH), begin).iter().find(|firm| firm.end() == begin && firm.len() <= SHORT);
        let cased = model.bytes().next().is_some_and(|b| b.is_ascii_uppercase());
        match (ending, firm) {
            (Some(end), firm) => found.push(Draft::new(text, Span::new(firm.map_or(begin, |firm| firm.start()), end), EntityKind::Product)),
            // 澜驭G2 by itself
            (None, Some(firm)) if cased && !is_quantity_tail(text, end) => found.push(Draft::new(text, Span::new(firm.start(), end), EntityKind::Product)),
            (None, _) => {}
        }
    }
    found
}

// 启明A股3000万: a class of shares is no model.
fn is_quantity_tail(text: &str, end: usize) -> bool {
    text.get(end..).is_some_and(|rest| rest.starts_with(['股', '轮', '级', '类', '座', '区', '栋', '%']))
}

/// 沪渝高速, 沪渝蓉高铁: a road or line by the one-character names of the places it joins.
pub(super) fn roads(text: &str, names: &Names, marks: &Marks<'_>) -> Vec<Draft> {
    let mut found = Vec::new();
    for (start, at) in runs(text, names, marks) {
        if let Some(len) = names.cue_at(NameCue::Road, text, at) {
            let number = text.get(..start).unwrap_or_default().bytes().rev().take_while(u8::is_ascii_alphanumeric).count();
            let mut draft = Draft::new(text, Span::new(start - number, at + len), EntityKind::Facility);
            if is_built(text, at + len, names) {
                draft.kind = EntityKind::Project;
            }
            found.push(draft);
        }
    }
    found
}

/// The stretches of two or more one-character names of places: start and end.
pub(super) fn runs(text: &str, names: &Names, marks: &Marks<'_>) -> Vec<(usize, usize)> {
    let mut runs = Vec::new();
    let mut end = 0;
    for start in marks.of(NameStart::Abbreviations) {
        if start < end {
            continue;
        }
        let rest = text.get(start..).unwrap_or_default();
        end = start + rest.find(|c| names.abbreviation(c).is_none()).unwrap_or(rest.len());
        if text.get(start..end).is_some_and(|run| run.chars().nth(1).is_some()) {
            runs.push((start, end));
        }
    }
    runs
}

/// 年产10万吨再生铝精深加工生产线项目: a project that is named by what it makes (guideline Q10).
pub(super) fn yields(text: &str, names: &Names, marks: &Marks<'_>, openers: &Places) -> Vec<Draft> {
    let mut found = Vec::new();
    for (at, len) in marks.cues(NameCue::Yield) {
        let rest = text.get(at + len..).unwrap_or_default();
        if !rest.starts_with(|c: char| c.is_ascii_digit()) {
            continue;
        }
        let clause = rest
            .char_indices()
            .take(32)
            .find(|(_, c)| matches!(c, '，' | ',' | '。' | '；' | ';' | '、' | '\n' | '：' | '（' | '('))
            .map_or(rest.len(), |(end, _)| end);
        let end = rest
            .char_indices()
            .take(32)
            .take_while(|(i, _)| *i < clause)
            .find_map(|(i, _)| names.cue_at(NameCue::ListProject, text, at + len + i).map(|word| at + len + i + word));
        if let Some(end) = end {
            let start =
                openers.within(at.saturating_sub(SHORT), at).iter().filter(|opener| opener.end() == at).map(|opener| opener.start()).min().unwrap_or(at);
            found.push(Draft::new(text, Span::new(start, end), EntityKind::Project));
        }
    }
    found
}

/// 无定河, 店埠河, 城陵矶港: two or three characters and a word for water or a port, with nothing on either side that could go on;
/// then each place of the name.
pub(super) fn waters(text: &str, names: &Names, marks: &Marks<'_>) -> Vec<Draft> {
    let mut found: BTreeMap<&str, EntityKind> = BTreeMap::new();
    for (cue, after, kind) in [(NameCue::Water, NameCue::AfterWater, EntityKind::Other), (NameCue::Port, NameCue::AfterPort, EntityKind::Facility)] {
        for (water, len) in marks.cues(cue) {
            let end = water + len;
            let closes = !text.get(end..).and_then(|t| t.chars().next()).is_some_and(char::is_alphanumeric)
                || names.borders.longest(text, end).is_some()
                || names.cue_at(after, text, end).is_some();
            // A port needs the word behind it: 全港 and 到港 are none.
            let told = closes && (cue == NameCue::Water || names.cue_at(after, text, end).is_some());
            let mut before = text.get(..water).unwrap_or_default().char_indices().rev().skip(1).take(2).map(|(start, _)| start);
            if let Some(name) = before.find(|&start| told && opens_water(text, start, water, names)).and_then(|start| text.get(start..end)) {
                found.insert(name, kind);
            }
        }
    }
    found.iter().flat_map(|(name, kind)| marks.standing(name).map(|at| Draft::new(text, Span::new(at, at + name.len()), *kind))).collect()
}

fn opens_water(text: &str, start: usize, water: usize, names: &Names) -> bool {
    let Some(brand) = text.get(start..water).filter(|brand| brand.chars().all(|c| c.is_alphabetic() && !c.is_ascii())) else { return false };
    let opens = !text.get(..start).and_then(|t| t.chars().next_back()).is_some_and(char::is_alphanumeric) || names.borders.ending(text, start).is_some();
    // 城 in 城陵矶 is no word of its own.
    let word = |at: usize| names.generic.longest(brand, at).is_some_and(|(len, ())| len > 3 || at == 0 && brand.chars().count() == 2);
    opens && brand.char_indices().all(|(at, _)| names.borders.longest(brand, at).is_none() && !word(at))
}

/// 台风“烟花”: a storm and its name in quotes.
pub(super) fn storms(text: &str, marks: &Marks<'_>) -> Vec<Draft> {
    let storm = |(at, len): (usize, usize)| {
        let name = text.get(at + len..)?.strip_prefix('“')?;
        let close = name.find('”').filter(|&close| close <= 15)?;
        Some(Draft::new(text, Span::new(at, text.len() - name.len() + close + '”'.len_utf8()), EntityKind::Other))
    };
    marks.cues(NameCue::Storm).filter_map(storm).collect()
}

/// 【峰禾精工】 at the start of a line that goes on about 公司, 公告 or 股东: the firm that the line is about.
pub(super) fn headed(text: &str, names: &Names) -> Vec<Draft> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices('【') {
        let before = text.get(..at).unwrap_or_default().trim_end_matches([' ', '\u{3000}']);
        let Some(rest) = text.get(at + '【'.len_utf8()..).filter(|_| before.is_empty() || before.ends_with('\n')) else { continue };
        let Some((name, after)) = rest.char_indices().take(10).find(|(_, c)| *c == '】').map(|(close, _)| rest.split_at(close)) else { continue };
        let han = name.chars().all(|c| matches!(c, '\u{4e00}'..='\u{9fff}')) && (3..=6).contains(&name.chars().count());
        let told: String = after.chars().take(120).take_while(|c| *c != '\n').collect();
        let firm = ["公司", "公告", "股东", "净利润", "股份", "董事会", "新签"].iter().any(|word| told.contains(word));
        if han && firm && !is_generic(name, names) {
            let start = at + '【'.len_utf8();
            found.push(Draft::new(text, Span::new(start, start + name.len()), EntityKind::Company));
        }
    }
    found
}
