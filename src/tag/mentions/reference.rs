//! Reference: short names of what the article names in full, and words that stand for a name.

use std::collections::BTreeMap;

use super::regions::About;
use super::{Draft, Marks, Places, forms};
use crate::Span;
use crate::dict::{Anaphor, DivisionId, EntityKind, Listed, NameCue, NameStart, Names, Reach};

/// How far back a name is looked for at all, in bytes.
const FAR: usize = 6000;

/// How many lines above a word like 该项目 the name may stand.
const LINES: usize = 2;

/// Short forms of the names in `drafts`, wherever they stand: 云砚科技 after 杭州云砚科技有限公司.
pub(super) fn short_names(text: &str, drafts: &[Draft], names: &Names, marks: &Marks<'_>) -> Vec<Draft> {
    let mut shorts: BTreeMap<String, &Draft> = BTreeMap::new();
    for draft in drafts {
        for short in short_forms(text, draft, names) {
            shorts.entry(short).or_insert(draft);
        }
    }
    let taken = Places::of(drafts);
    let mut found = Vec::new();
    for (short, full) in &shorts {
        for at in marks.standing(short) {
            let span = Span::new(at, at + short.len());
            let inside = taken.over(span).any(|other| other != span && !span.contains(other));
            if inside || full.kind == EntityKind::Organisation && !forms::starts_word(text, at, names) {
                continue;
            }
            found.push(Draft { span, last: span, ..(*full).clone() });
        }
    }
    found.extend(drafts.iter().chain(&found.clone()).filter_map(|draft| with_tail(text, draft, names)));
    found
}

// 昌飞公司, 广西交投集团: a short name with the word for a firm.
fn with_tail(text: &str, draft: &Draft, names: &Names) -> Option<Draft> {
    let end = draft.span.end();
    let len = names.cue_at(NameCue::FirmTail, text, end).filter(|_| draft.kind == EntityKind::Company && draft.span.len() <= 18)?;
    let goes_on = names.endings.beginning(text, end).any(|(longer, ending)| longer > len && ending.kind == EntityKind::Company);
    let span = Span::new(draft.span.start(), end + len);
    (!goes_on).then(|| Draft { span, last: span, ..draft.clone() })
}

fn short_forms(text: &str, draft: &Draft, names: &Names) -> Vec<String> {
    let full = &text[draft.span];
    let mut shorts = Vec::new();
    let place = leading_place(full, names);
    let rest = full.get(place..).unwrap_or_default();
    match draft.kind {
        EntityKind::Company => {
            let Some(body) = names.cue_before(NameCue::Legal, rest, rest.len()).and_then(|len| rest.get(..rest.len() - len)) else { return shorts };
            let body = body.trim_end_matches(['（', '(']);
            let mut brand = body;
            while let Some((len, _)) = names.endings.ending(brand, brand.len()).filter(|(_, ending)| ending.kind == EntityKind::Company) {
                brand = brand.get(..brand.len() - len).unwrap_or_default();
            }
            // 三峡 is not 中国三峡总公司: only a firm of limited liability has a brand of its own.
            let limited = names.cue_before(NameCue::Limited, rest, rest.len()).is_some();
            if brand.chars().count() < 2 || !limited {
                brand = body;
            }
            // 启明新材 of 启明新材料: what a firm is called for short is its brand, with or without its trade.
            let two = body.char_indices().nth(2).and_then(|(end, _)| body.get(..end)).unwrap_or(body);
            shorts.push(full.get(..place + body.len()).unwrap_or_default().to_owned());
            shorts.extend([body.to_owned(), brand.to_owned(), format!("{two}公司"), format!("{brand}公司")]);
            // 海岚股份 of 浙江海岚电气股份有限公司
            for tail in names.cues.of(NameCue::ShortTail).iter().map(|(tail, ())| tail) {
                if rest.contains(tail) || tail == "集团" {
                    shorts.extend([format!("{brand}{tail}"), format!("{two}{tail}")]);
                }
            }
            if brand.chars().count() > 2 {
                shorts.push(two.to_owned());
                shorts.extend(body.char_indices().nth(4).and_then(|(end, _)| body.get(..end)).map(str::to_owned));
            }
            shorts.extend(in_quotes(text, draft.span.end(), names));
            shorts.retain(|short| {
                short.chars().count() >= if limited { 2 } else { 3 } && !forms::is_generic(short, names) && leading_place(short, names) < short.len()
            });
        }
        // 石柳高速 of 石柳高速公路
        EntityKind::Facility if names.cue_before(NameCue::RoadTail, rest, rest.len()).is_some() => {
            let tail = names.cue_before(NameCue::RoadTail, rest, rest.len()).unwrap_or_default();
            let road = rest.get(..rest.len() - tail).unwrap_or_default();
            shorts.extend([rest, road].into_iter().filter(|short| short.chars().count() >= 4 && !forms::is_generic(short, names)).map(str::to_owned));
            shorts.extend(in_quotes(text, draft.span.end(), names));
        }
        EntityKind::Organisation | EntityKind::Facility if place > 0 => {
            if rest.chars().count() >= 3 && (draft.kind == EntityKind::Organisation || !forms::is_generic(rest, names)) {
                shorts.push(rest.to_owned());
            }
            if let Some(level) = full.get(..place).and_then(|place| place.chars().next_back()).filter(|_| draft.kind == EntityKind::Organisation) {
                shorts.push(format!("{level}{rest}"));
            }
            shorts.extend(in_quotes(text, draft.span.end(), names));
            shorts.retain(|short| short.chars().count() >= 3);
        }
        EntityKind::Project | EntityKind::Zone | EntityKind::Organisation | EntityKind::Facility | EntityKind::Product => {
            shorts.extend(in_quotes(text, draft.span.end(), names));
        }
        EntityKind::Region | EntityKind::Other => {}
    }
    shorts
}

/// The length of the places that a name begins with.
pub(super) fn leading_place(full: &str, names: &Names) -> usize {
    let mut end = 0;
    while let Some(len) = names
        .listed_in(full.get(end..).unwrap_or_default())
        .filter(|(start, _, listed)| *start == 0 && listed.iter().any(|l| matches!(l, Listed::Division(_) | Listed::Short(_) | Listed::Area { .. })))
        .map(|(_, end, _)| end)
        .max()
    {
        end += len;
    }
    end
}

/// （证券代码：603991，以下简称“海岚股份”或“公司”）: the short names that a bracket behind the full one gives.
fn in_quotes(text: &str, at: usize, names: &Names) -> Vec<String> {
    let inside = text.get(at..).and_then(|rest| rest.strip_prefix(['（', '('])).and_then(|rest| rest.split(['）', ')', '\n']).next());
    let Some(inside) = inside.filter(|inside| inside.chars().count() < 80) else { return Vec::new() };
    let Some((cue, len)) = inside.char_indices().find_map(|(i, _)| Some((i, names.cue_at(NameCue::Alias, inside, i)?))) else { return Vec::new() };
    let shorts = inside.get(cue + len..).unwrap_or_default().split(['，', ',', '；', ';']).next().unwrap_or_default();
    let parts = shorts.split(['“', '”', '"', '「', '」', '、', '或', '：', ':', '为', ' ']).map(str::trim);
    let is_name = |short: &&str| (2..=12).contains(&short.chars().count()) && names.anaphors.get(short).is_none();
    parts.filter(is_name).map(str::to_owned).collect()
}

/// Adds the words that stand for a name, resolved.
pub(super) fn anaphors(text: &str, title: &str, names: &Names, marks: &Marks<'_>, about: &About, drafts: &mut Vec<Draft>) {
    drafts.sort_by_key(|draft| draft.span.start());
    let lead = lead_company(text, title, drafts);
    let mut at = 0;
    let mut all: Vec<Draft> = Vec::new();
    let named = std::mem::take(drafts);
    let mut later = named.iter().cloned().peekable();
    for start in marks.of(NameStart::Anaphor) {
        while let Some(draft) = later.next_if(|draft| draft.span.start() <= start.max(at)) {
            at = at.max(draft.span.end());
            all.push(draft);
        }
        if start < at {
            continue;
        }
        let Some((len, anaphor)) = names.anaphors.longest(text, start) else { continue };
        let end = start + len;
        if fits(text, start, end, anaphor) && later.peek().is_none_or(|next| next.span.start() >= end) {
            let meant = resolve(text, Span::new(start, end), anaphor, title, names, about, lead.as_ref(), &all, &named);
            if let Some(draft) = meant {
                all.push(draft);
                at = end;
            }
        }
    }
    all.extend(later);
    *drafts = all;
}

fn fits(text: &str, start: usize, end: usize, anaphor: &Anaphor) -> bool {
    let before = text.get(..start).unwrap_or_default();
    let after = text.get(end..).unwrap_or_default();
    if anaphor.not_after.iter().any(|word| before.ends_with(&**word)) || anaphor.not_before.iter().any(|word| after.starts_with(&**word)) {
        return false;
    }
    match anaphor.reach {
        // 学校21所 are many, 学校2025届毕业生 are of one
        Reach::Again | Reach::Own => {
            let rest = after.trim_start_matches(|c: char| c.is_ascii_digit());
            rest.len() == after.len() || after.len() - rest.len() == 4 && rest.starts_with(['年', '届', '级'])
        }
        Reach::Opening => !before.chars().next_back().is_some_and(char::is_alphanumeric),
        Reach::Topic | Reach::Near => true,
    }
}

// The firm that the title names is the one that 公司 means; where it names several, it is the one named last.
fn lead_company(text: &str, title: &str, drafts: &[Draft]) -> Option<Draft> {
    let mut titled = drafts.iter().filter(|draft| draft.kind == EntityKind::Company && (title.contains(&draft.name) || title.contains(&text[draft.span])));
    let first = titled.next()?;
    titled.all(|other| other.name == first.name).then(|| first.clone())
}

/// How far into a line, in bytes, the firm that it is about may stand.
const HEAD: usize = 12;
/// How long a line may be, in bytes, that is read back to its firm.
const LINE: usize = 3000;

/// How many mentions back a word may point.
const REMEMBERED: usize = 2000;

#[allow(clippy::too_many_arguments, reason = "what a word may stand for comes from all of these")]
fn resolve(
    text: &str,
    span: Span,
    anaphor: &Anaphor,
    title: &str,
    names: &Names,
    about: &About,
    lead: Option<&Draft>,
    earlier: &[Draft],
    named: &[Draft],
) -> Option<Draft> {
    let earlier = &earlier[earlier.len().saturating_sub(REMEMBERED)..];
    let mut draft = Draft::new(text, span, anaphor.kinds.first().copied().unwrap_or(EntityKind::Region));
    draft.anaphor = true;
    let Some(&kind) = anaphor.kinds.first() else { return Some(draft) };
    if kind == EntityKind::Region {
        return Some(region(text, draft, anaphor, title, names, about, earlier));
    }
    let fits = |other: &&Draft| {
        anaphor.kinds.contains(&other.kind) && (anaphor.endings.is_empty() || anaphor.endings.iter().any(|ending| other.name.ends_with(&**ending)))
    };
    // 朝阳市实验小学与该校: what is joined to the word is something else.
    let joined = |other: &Draft| {
        text.get(other.span.end()..span.start()).is_some_and(|between| names.cue_at(NameCue::Joint, between, 0).is_some_and(|len| len == between.len()))
    };
    let reach = |other: &&Draft| kind == EntityKind::Company || span.start() - other.span.end().min(span.start()) < FAR;
    let near = || {
        earlier
            .iter()
            .rev()
            .take_while(reach)
            .filter(|other| !joined(other))
            .find(fits)
            .filter(|other| kind == EntityKind::Company || lines_between(text, other.span, span) <= LINES)
    };
    // 合作社 may come before its name, but not far: in the same line.
    let ahead = || {
        named
            .iter()
            .skip(named.partition_point(|other| other.span.start() <= span.end()))
            .take(40)
            .find(|other| other.span.start() > span.end() && fits(other))
            .filter(|other| !text.get(span.end()..other.span.start()).unwrap_or_default().contains('\n'))
    };
    let titled = || earlier.iter().rev().find(|other| fits(other) && title.contains(&text[other.span])).or_else(near);
    // 港澜物流公告，公司为某某公司担保: the firm that the line begins with
    let headed = || {
        let from = (span.start().saturating_sub(LINE)..=span.start()).find(|at| text.is_char_boundary(*at))?;
        let line = match text.get(from..span.start())?.rfind('\n') {
            Some(at) => from + at + 1,
            None if from == 0 => 0,
            None => return None,
        };
        let first =
            earlier.iter().rev().take_while(|other| other.span.start() >= line).filter(|other| other.kind == EntityKind::Company && !other.anaphor).last();
        first.filter(|first| first.span.start() - line <= HEAD)
    };
    let meant = match (kind, anaphor.reach) {
        (EntityKind::Company, Reach::Topic | Reach::Near) if lead.is_some() && !this(text, span) => lead,
        (EntityKind::Company, Reach::Topic) if !this(text, span) => headed().or_else(near),
        (EntityKind::Project, _) => near().or_else(|| built(text, title, earlier, span)),
        (EntityKind::Organisation, Reach::Again) => titled().or_else(ahead),
        (EntityKind::Zone, Reach::Again | Reach::Own) => {
            near().filter(|other| !text.get(other.span.end()..span.start()).unwrap_or_default().contains('。')).or_else(titled)
        }
        _ => near(),
    };
    if meant.is_none() && kind == EntityKind::Zone {
        let own = (anaphor.reach == Reach::Own && stands_free(text, span, names)).then(|| draft.clone());
        return governed(draft, anaphor, names, earlier).or(own);
    }
    let meant = meant?;
    Some(Draft { span, last: span, anaphor: true, ..meant.clone() })
}

// 截至3月底，新区…: nothing before the word, and nothing behind it that would make it a part of another: 建设|新区|大道.
fn stands_free(text: &str, span: Span, names: &Names) -> bool {
    let before = text.get(..span.start()).and_then(|t| t.chars().next_back());
    !before.is_some_and(char::is_alphanumeric) && names.endings.beginning(text, span.end()).next().is_none()
}

// 开发区 after 青山经济开发区管委会: the body names the zone.
fn governed(mut draft: Draft, anaphor: &Anaphor, names: &Names, earlier: &[Draft]) -> Option<Draft> {
    draft.name = earlier.iter().rev().filter(|other| other.kind == EntityKind::Organisation).find_map(|other| {
        let len = names.cue_before(NameCue::ZoneBody, &other.name, other.name.len())?;
        let zone = other.name.get(..other.name.len() - len)?;
        anaphor.endings.iter().any(|ending| zone.ends_with(&**ending)).then(|| zone.to_owned())
    })?;
    Some(draft)
}

// 该公司 is the firm named last, 公司 the one that the article is about.
fn this(text: &str, span: Span) -> bool {
    text[span].starts_with('该')
}

// 该项目 after 坝缘二期风电场: what is built is a project, too; the one that the title names before its parts.
fn built<'a>(text: &str, title: &str, earlier: &'a [Draft], span: Span) -> Option<&'a Draft> {
    let built = || earlier.iter().rev().filter(|other| other.kind == EntityKind::Facility);
    let titled = built().find(|other| title.contains(&other.name) || title.contains(&text[other.span]));
    titled.or_else(|| built().next().filter(|other| lines_between(text, other.span, span) <= LINES))
}

fn lines_between(text: &str, from: Span, to: Span) -> usize {
    text.get(from.end()..to.start()).unwrap_or_default().lines().filter(|line| !line.trim().is_empty()).count().saturating_sub(1)
}

/// 云岭县 of `云岭县2024年统计公报`, `关于云岭县…的报告`: a place that no list has, by its form, at the start of a title.
fn opens_title(title: &str) -> Option<&str> {
    let rest = title.trim_start_matches(['《', '【', '“', ' ']);
    let rest = rest.strip_prefix("关于").unwrap_or(rest);
    let han = |c: char| matches!(c, '\u{4e00}'..='\u{9fff}');
    let mut chars = rest.char_indices().take(6).take_while(|(_, c)| han(*c)).skip(2);
    let (at, level) = chars.find(|(_, c)| matches!(c, '省' | '市' | '县' | '區' | '区' | '州' | '旗' | '镇' | '乡' | '縣'))?;
    let end = at + level.len_utf8();
    let goes_on = rest[end..].starts_with(['场', '域', '城', '级', '里', '内', '外', '区', '市', '县', '民', '值', '直', '道']);
    (!goes_on).then(|| &rest[..end])
}

fn region(text: &str, mut draft: Draft, anaphor: &Anaphor, title: &str, names: &Names, about: &About, earlier: &[Draft]) -> Draft {
    let ends = |name: &str| anaphor.endings.iter().any(|ending| name.ends_with(&**ending));
    let fits = |id: &&DivisionId| names.division(**id).is_some_and(|division| ends(&division.name));
    if anaphor.reach == Reach::Near {
        let near =
            earlier.iter().rev().find(|other| other.kind == EntityKind::Region && (other.division.as_ref().is_some_and(|id| fits(&id)) || ends(&other.name)));
        if let Some(other) = near {
            return Draft { span: draft.span, last: draft.span, anaphor: true, ..other.clone() };
        }
    }
    let mut often: Vec<(&DivisionId, usize)> = about.text.iter().map(|(id, count)| (id, *count)).collect();
    often.sort_by_key(|&(id, count)| (std::cmp::Reverse(count), *id));
    let subject = about.title.first().or(often.first().map(|(id, _)| *id)).copied();
    let above = subject.map(|id| names.chain(id)).unwrap_or_default();
    let related = |id: &DivisionId| above.contains(id) || subject.is_some_and(|subject| names.chain(*id).contains(&subject));
    let often: Vec<DivisionId> = often.into_iter().map(|(id, _)| *id).collect();
    let close = often.iter().filter(|id| related(id));
    // 宁川市 of the title, which no list has, before a listed district that the text names
    let own = |other: &&Draft| other.kind == EntityKind::Region && other.division.is_none() && !other.anaphor && ends(&other.name);
    let titled = earlier.iter().filter(own).find(|other| title.contains(&text[other.span]));
    if let Some(other) = titled.filter(|_| !about.title.iter().any(|id| fits(&id))) {
        return Draft { span: draft.span, last: draft.span, anaphor: true, ..other.clone() };
    }
    let Some(&id) = about.title.iter().chain(close).chain(above.iter().rev()).chain(&often).find(fits) else {
        if let Some(other) = earlier.iter().rev().find(own) {
            return Draft { span: draft.span, last: draft.span, anaphor: true, ..other.clone() };
        }
        // 全区 in an article about 青岛西海岸新区
        let titled = |other: &&Draft| title.contains(&other.name) || title.contains(&text[other.span]);
        let zone = earlier.iter().find(|other| other.kind == EntityKind::Zone && ends(&other.name) && titled(other));
        if let Some(name) = opens_title(title).filter(|name| zone.is_none() && anaphor.reach == Reach::Topic && ends(name)) {
            return Draft { name: name.to_owned(), anaphor: true, ..draft };
        }
        return zone.map_or(draft.clone(), |zone| Draft { span: draft.span, last: draft.span, anaphor: true, ..zone.clone() });
    };
    draft.division = Some(id);
    draft.code = names.division(id).map(|d| d.code.to_string()).unwrap_or_default();
    draft.path = names.path(id);
    // Only a name that the article has is a full name (E3); else the word stays, with its code.
    if let Some(name) = about.names.get(&id) {
        draft.name.clone_from(name);
    } else if let Some(other) = earlier.iter().find(|other| other.division == Some(id) && !other.anaphor) {
        draft.name.clone_from(&other.name);
    } else if let Some(full) = names.division(id).map(|division| &*division.name)
        && earlier.iter().any(|other| other.kind == EntityKind::Organisation && other.name.starts_with(full))
    {
        full.clone_into(&mut draft.name);
    }
    draft
}
