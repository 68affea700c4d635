//! Names of the lists: zones, listed and well-known companies, organisations, landmarks; and companies that a phrase introduces.

use super::{Draft, Listings, Marks, Places, firms};
use crate::Span;
use crate::dict::{EntityKind, Listed, NameCue, NameStart, Names};

/// The names of the lists in `text` that are no regions.
pub(super) fn listed(text: &str, names: &Names, marks: &Marks<'_>, places: &[Draft], listings: &Listings<'_>) -> Vec<Draft> {
    let taken = Places::of(places);
    let mut found = introduced(text, names, marks);
    let mut doubtful = Vec::new();
    for &(span, listed) in &listings.0 {
        let start = span.start();
        let end = span.end();
        for listed in listed {
            let Listed::Named { kind, name, code, plain } = listed else { continue };
            // 吉林高新区 stands after 吉林省: the longer name of the place is no part of it.
            if taken.over(span).any(|place| place.start() < start && place.end() < end) {
                continue;
            }
            if matches!(kind, EntityKind::Organisation | EntityKind::Company) && super::forms::cuts_word(text, end, names) {
                break;
            }
            let mut draft = Draft::new(text, span, *kind);
            draft.name = name.to_string();
            draft.code = code.to_string();
            if *plain && !has_cue(text, span, names) {
                doubtful.push(draft);
            } else {
                found.push(draft);
            }
            break;
        }
    }
    // 比亚迪、中国石油: beside a firm an ordinary word is one.
    let firms = Places::new(found.iter().filter(|draft| draft.kind == EntityKind::Company).map(|draft| draft.span));
    let beside = |span: Span| firms.within(span.start().saturating_sub(60), span.end() + 8);
    doubtful.retain(|draft| beside(draft.span).iter().any(|&firm| joined(text, draft.span, firm, names)));
    found.extend(doubtful);
    found
}

fn joined(text: &str, one: Span, other: Span, names: &Names) -> bool {
    let (first, second) = if one.start() < other.start() { (one, other) } else { (other, one) };
    let between = text.get(first.end()..second.start()).unwrap_or_default();
    between == "、" || names.cue_at(NameCue::Joint, between, 0) == Some(between.len())
}

// 机器人（300024.SZ）, 证券简称：机器人, 机器人公告: what makes an ordinary word a share.
fn has_cue(text: &str, span: Span, names: &Names) -> bool {
    names.cue_before(NameCue::IntroducesCompany, text, span.start()).is_some()
        || names.cue_at(NameCue::AfterCompany, text, span.end()).is_some()
        || ticker_at(text, span.end())
}

/// True where a stock code in brackets begins at `at`: （600000.SH）, (证券代码：002230).
fn ticker_at(text: &str, at: usize) -> bool {
    let rest = text.get(at..).unwrap_or_default();
    let Some(inside) = rest.strip_prefix(['（', '(']) else { return false };
    let Some(end) = inside.char_indices().take(17).find(|(_, c)| matches!(c, '）' | ')')) else { return false };
    let inside = &inside[..end.0];
    let digits = inside.bytes().filter(u8::is_ascii_digit).count();
    let hong_kong = inside.contains("HK") || digits == 5 && inside.len() == 5 && inside.starts_with('0');
    digits == 6 || (4..=5).contains(&digits) && hong_kong
}

/// The stock code in the brackets that begin at `at`, with its market: 603991.SH of （简称海岚股份，证券代码：603991）.
pub(super) fn stock_code(text: &str, at: usize) -> Option<String> {
    let inside = text.get(at..)?.strip_prefix(['（', '('])?.split(['）', ')', '\n']).next()?;
    let start = inside.find(|c: char| c.is_ascii_digit())?;
    let rest = inside.get(start..)?;
    let digits = rest.get(..rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len()))?;
    let market = rest.get(digits.len()..)?;
    let named = ["SH", "SZ", "BJ", "HK"].into_iter().find(|name| market.strip_prefix('.').is_some_and(|m| m.starts_with(name)));
    let told = inside.contains("代码") || named.is_some() || start == 0 && digits.len() == inside.len();
    let by_digit = match digits.bytes().next()? {
        b'6' => "SH",
        b'0' | b'2' | b'3' => "SZ",
        b'4' | b'8' | b'9' => "BJ",
        _ => return None,
    };
    (told && digits.len() == 6).then(|| format!("{digits}.{}", named.unwrap_or(by_digit)))
}

/// Companies that a phrase introduces: 证券简称：青禾装备; and each later place of the name.
fn introduced<'t>(text: &'t str, names: &Names, marks: &Marks<'t>) -> Vec<Draft> {
    let mut forms: Vec<&'t str> = Vec::new();
    for (at, bits) in marks.of_any(NameStart::Cue(NameCue::IntroducesCompany).bit() | NameStart::Bracket.bit()) {
        if let Some(len) = names.cue_at(NameCue::IntroducesCompany, text, at) {
            let rest = text.get(at + len..).unwrap_or_default().trim_start();
            let form = rest.split(|c: char| c.is_whitespace() || (!c.is_alphanumeric() && c != '*')).next().unwrap_or_default();
            if (2..=8).contains(&form.chars().count()) {
                forms.push(form);
            }
        }
        if bits & NameStart::Bracket.bit() != 0 && ticker_at(text, at) {
            forms.extend(before_ticker(text, at, names));
        }
    }
    let announced = marks.of(NameStart::Cue(NameCue::Announces)).next().is_some();
    if announced && (text.contains("公司") || text.contains("股份")) {
        forms.extend(text.lines().flat_map(|line| announcer(line, names)));
    }
    forms.extend(text.lines().find(|line| !line.trim().is_empty()).and_then(|line| headed(line, text, names)));
    forms.extend(firms::told(text, names, marks));
    forms.retain(|form| !super::forms::is_generic(form, names));
    forms.sort_unstable();
    forms.dedup();
    forms.iter().flat_map(|form| marks.standing(form).map(|at| Draft::new(text, Span::new(at, at + form.len()), EntityKind::Company))).collect()
}

/// How many characters a firm's short name has.
const SHORT: std::ops::RangeInclusive<usize> = 2..=5;

/// The firms that open a sentence of `line` and announce something: 尤佳卡20日晚间披露半年报.
fn announcer<'a>(line: &'a str, names: &Names) -> Vec<&'a str> {
    let starts = line.char_indices().filter(|(_, c)| matches!(c, '。' | '丨' | '】' | ']' | '|')).map(|(at, c)| at + c.len_utf8());
    let opening = |start: usize| {
        let start = start + line.get(start..)?.find(|c: char| !c.is_whitespace())?;
        let mut end = start;
        for (offset, c) in line.get(start..)?.char_indices().take(SHORT.end() + 1) {
            end = start + offset;
            if !c.is_alphabetic() || c.is_ascii() || offset > 0 && names.cue_at(NameCue::Announces, line, end).is_some() {
                break;
            }
        }
        // 20日, 4月15日, 今日
        let rest = line.get(end..)?;
        let date = rest.find(|c: char| !c.is_ascii_digit() && !matches!(c, '月' | '日' | '年'))?;
        let dated = date > 0 && rest.get(..date)?.ends_with('日');
        let past = if dated { end + date } else { end };
        let len = names.cue_at(NameCue::Announces, line, past)?;
        let told = dated || len > "公告".len();
        line.get(start..end).filter(|form| told && is_short_name(form, names))
    };
    std::iter::once(0).chain(starts).filter_map(opening).collect()
}

/// The firm that stands before the colon of a headline about a firm's figures: 尤佳卡：上半年净利润增长两成.
fn headed<'a>(line: &'a str, text: &str, names: &Names) -> Option<&'a str> {
    let (form, rest) = line.trim().split_once([':', '：'])?;
    let about = names.cues.of(NameCue::FirmFigure).occurs(rest);
    (about && text.contains("公司") && is_short_name(form, names)).then_some(form)
}

// A short name of a firm holds no border, is no place or body and not made of everyday words.
pub(super) fn is_short_name(form: &str, names: &Names) -> bool {
    let unheard = || form.char_indices().all(|(at, c)| c.is_alphabetic() && !c.is_ascii() && names.borders.longest(form, at).is_none());
    let body = || {
        names.endings.ending(form, form.len()).is_some_and(|(_, ending)| !matches!(ending.kind, EntityKind::Company | EntityKind::Other | EntityKind::Product))
    };
    let other = || names.listed_in(form).any(|(_, _, listed)| listed.iter().any(|l| !matches!(l, Listed::Named { kind: EntityKind::Company, .. })));
    let everyday =
        || names.generic.longest(form, 0).is_some_and(|(len, ())| len > 3) || names.generic.ending(form, form.len()).is_some_and(|(len, ())| len > 3);
    SHORT.contains(&form.chars().count()) && unheard() && !body() && !other() && !everyday()
}

/// The name before a stock code, back to a border: 记者从海川智能（301234）获悉.
fn before_ticker<'a>(text: &'a str, at: usize, names: &Names) -> Option<&'a str> {
    let before = text.get(..at)?;
    let run = before.char_indices().rev().take_while(|(_, c)| c.is_alphanumeric()).last()?.0;
    // A股公司 | 大族激光
    let edge = |i: usize| names.borders.longest(text, i).map(|(len, _)| len).max(names.cue_at(NameCue::FirmNoun, text, i));
    let start = (run..at).filter(|&i| text.is_char_boundary(i)).filter_map(|i| edge(i).map(|len| i + len)).filter(|&end| end < at).max().unwrap_or(run);
    let form = text.get(start..at)?;
    (2..=8).contains(&form.chars().count()).then_some(form)
}
