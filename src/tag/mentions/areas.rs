//! Regions that are no divisions of the list: countries and larger areas, nicknames, towns named alone, pairs of one-character
//! names, and villages.

use std::collections::{BTreeMap, BTreeSet};

use super::regions::{About, Hit};
use super::{Draft, Marks, Places, forms, patterns};
use crate::Span;
use crate::dict::{AreaKind, DivisionId, EntityKind, Listed, NameCue, Names};

/// Countries, larger areas and nicknames.
pub(super) fn areas(text: &str, hits: &[Hit<'_>], places: &[Draft], about: &About, names: &Names) -> Vec<Draft> {
    let taken = Places::of(places);
    let mut found = Vec::new();
    for hit in hits {
        let span = Span::new(hit.start, hit.end);
        if taken.cover(span) {
            continue;
        }
        for listed in hit.listed {
            let mut draft = Draft::new(text, span, EntityKind::Region);
            match listed {
                Listed::Area { name, code, kind } => {
                    if *kind == AreaKind::District && hit.end - hit.start <= 6 {
                        break;
                    }
                    draft.code = code.to_string();
                    draft.path = if *kind == AreaKind::Country { name.to_string() } else { String::new() };
                    found.push(draft);
                    break;
                }
                Listed::Nickname(full) => {
                    let is_meant = |id: &DivisionId| names.division(*id).is_some_and(|d| full.iter().any(|name| **name == *d.name));
                    if let Some(&id) = about.title.iter().chain(about.text.keys()).find(|id| is_meant(id)) {
                        draft.division = Some(id);
                        draft.code = names.division(id).map(|d| d.code.to_string()).unwrap_or_default();
                        draft.path = names.path(id);
                        found.push(draft);
                        break;
                    }
                }
                _ => {}
            }
        }
    }
    found
}

/// Towns named alone, of the counties that the article names: 城关镇.
pub(super) fn towns(text: &str, places: &[Draft], about: &About, names: &Names, marks: &Marks<'_>) -> Vec<Draft> {
    let counties: BTreeSet<DivisionId> = about.text.keys().chain(&about.title).copied().collect();
    let mut standing: Vec<(Span, DivisionId)> = Vec::new();
    for county in counties.iter().filter_map(|&id| names.division(id)) {
        for (id, town) in names.towns(&county.code).filter(|(_, town)| town.name.chars().count() > 2) {
            standing.extend(marks.everywhere(&town.name).map(|at| (Span::new(at, at + town.name.len()), id)));
        }
    }
    // of towns that begin at one place the longest, and of two alike that of the last county
    standing.reverse();
    standing.sort_by_key(|(span, _)| (span.start(), std::cmp::Reverse(span.len())));
    let taken = Places::of(places);
    let mut found = Vec::new();
    let mut free = 0;
    for (span, id) in standing {
        if span.start() < free {
            continue;
        }
        free = span.end();
        if taken.cover(span) {
            continue;
        }
        let mut draft = Draft::new(text, span, EntityKind::Region);
        draft.division = Some(id);
        draft.code = names.division(id).map(|d| d.code.to_string()).unwrap_or_default();
        draft.path = names.path(id);
        found.push(draft);
    }
    found
}

/// 吉浙 in 吉浙对口合作: two or more one-character names, with a word behind them that joins places.
pub(super) fn pairs(text: &str, names: &Names, marks: &Marks<'_>) -> Vec<Draft> {
    let mut found = Vec::new();
    for (start, end) in patterns::runs(text, names, marks) {
        if names.cue_at(NameCue::Pair, text, end).is_some() {
            let run = text.get(start..end).unwrap_or_default();
            found.extend(run.char_indices().map(|(at, c)| abbreviation(text, start + at, c, names)));
        }
    }
    found
}

fn abbreviation(text: &str, start: usize, c: char, names: &Names) -> Draft {
    let mut draft = Draft::new(text, Span::new(start, start + c.len_utf8()), EntityKind::Region);
    let full = names.abbreviation(c).unwrap_or_default();
    draft.name = full.to_owned();
    if let [id] = names.divisions_named(full) {
        draft.division = Some(*id);
        draft.code = names.division(*id).map(|d| d.code.to_string()).unwrap_or_default();
        draft.path = names.path(*id);
    }
    draft
}

/// How many characters a village has before its class, at most.
const VILLAGE: usize = 4;

/// 漫水村, 吴家镇漫水村: villages and communities, behind a place, or named twice, or with a word beside them that belongs to one.
pub(super) fn villages(text: &str, names: &Names, marks: &Marks<'_>, places: &[Draft], barriers: &Places) -> Vec<Draft> {
    let mut found: Vec<(Draft, &str)> = Vec::new();
    let mut forms: BTreeSet<&str> = BTreeSet::new();
    for (at, len) in marks.cues(NameCue::Village) {
        let end = at + len;
        if names.cue_at(NameCue::NoVillage, text, end).is_some() && names.cue_at(NameCue::VillageCue, text, end).is_none() {
            continue;
        }
        if let Some(place) = place_before(text, at, end, names, places) {
            let mut draft = Draft::new(text, Span::new(place.span.start(), end), EntityKind::Region);
            draft.path = place.path.clone();
            let form = text.get(place.span.end()..end).unwrap_or_default();
            forms.insert(form);
            found.push((draft, form));
            continue;
        }
        let Some(form) = village_alone(text, at, end, names, barriers).and_then(|start| text.get(start..end)) else { continue };
        let start = end - form.len();
        let cued = names.cue_at(NameCue::VillageCue, text, end).is_some() || names.cue_before(NameCue::BeforeVillage, text, start).is_some();
        // 王沟村部分群众, at the head of a clause
        let heads =
            form.chars().count() <= 4 && len == '村'.len_utf8() && !text.get(..start).and_then(|t| t.chars().next_back()).is_some_and(char::is_alphanumeric);
        let goes_on = text.get(end..).and_then(|rest| rest.chars().next()).is_some_and(char::is_alphabetic);
        if cued || heads && goes_on || marks.standing(form).nth(1).is_some() {
            forms.insert(form);
        }
    }
    let again = forms.iter().flat_map(|form| marks.standing(form).map(|at| Draft::new(text, Span::new(at, at + form.len()), EntityKind::Region)));
    let again: Vec<Draft> =
        again.filter(|draft| names.cue_at(NameCue::NoVillage, text, draft.span.end()).is_none() || is_cued(text, draft.span, names)).collect();
    // 漫水村 after 吴家镇漫水村 is that village; the longest form is its name.
    let mut full: BTreeMap<&str, (String, String)> = BTreeMap::new();
    for (draft, key) in &found {
        let best = full.entry(key).or_default();
        if draft.span.len() > best.0.len() {
            *best = (text[draft.span].to_owned(), draft.path.clone());
        }
    }
    let again = again.into_iter().map(|draft| {
        let key = text.get(draft.span.range()).unwrap_or_default();
        (draft, key)
    });
    found.extend(again);
    let named = found.into_iter().map(|(mut draft, key)| {
        if let Some((name, path)) = full.get(key) {
            draft.name.clone_from(name);
            draft.path.clone_from(path);
        }
        draft
    });
    named.collect()
}

fn is_cued(text: &str, span: Span, names: &Names) -> bool {
    names.cue_at(NameCue::VillageCue, text, span.end()).is_some()
}

// 吴家镇 | 漫水 | 村: nothing but the village's own name stands between it and the place.
fn place_before<'a>(text: &str, at: usize, end: usize, names: &Names, places: &'a [Draft]) -> Option<&'a Draft> {
    places.iter().filter(|place| place.span.end() < at && at - place.span.end() <= VILLAGE * 3).find(|place| {
        let brand = text.get(place.span.end()..at).unwrap_or_default();
        (is_brand(brand, names) && !everyday(text, at, end, names) || is_village_brand(text, place.span.end(), at, end, names)) && !text[place.last].is_empty()
    })
}

// 农村, 示范村: the class is the end of an everyday word
fn everyday(text: &str, at: usize, end: usize, names: &Names) -> bool {
    names.generic.ending(text, end).is_some_and(|(len, ())| len > end - at)
}

// 龙镇 | 村, 上庄 | 村: everyday characters may stand in the name of a village in a sentence, everyday words may not: 示范村, 城中村, 多数村.
fn is_village_brand(text: &str, start: usize, at: usize, end: usize, names: &Names) -> bool {
    let brand = text.get(start..at).unwrap_or_default();
    let told = text.get(at..end) == Some("村") && end < text.len();
    let letters = told && brand.chars().count() > 1 && brand.chars().all(|c| c.is_alphabetic() && !c.is_ascii());
    let word = |i: usize| names.generic.longest(text, start + i).is_some_and(|(len, ())| len > 3) || names.cue_at(NameCue::Around, text, start + i).is_some();
    let verb = names.cue_at(NameCue::NoVillageBrand, text, start).is_some();
    letters
        && !everyday(text, at, end, names)
        && !verb
        && brand.char_indices().all(|(i, _)| names.borders.longest(brand, i).is_none() && !word(i))
        && !forms::is_generic(brand, names)
}

fn village_alone(text: &str, at: usize, end: usize, names: &Names, barriers: &Places) -> Option<usize> {
    let before: Vec<usize> = text.get(..at)?.char_indices().rev().take(VILLAGE).map(|(start, _)| start).collect();
    before.into_iter().skip(1).rev().find_map(|start| {
        let named = text.get(start..at).is_some_and(|brand| is_brand(brand, names)) || is_village_brand(text, start, at, end, names);
        let free = named && !barriers.cover(Span::new(start, at));
        let begin = if forms::starts_word(text, start, names) { Some(start) } else { town_before(text, start, names) };
        begin.filter(|_| free)
    })
}

// 吴家镇 | 漫水村: a town that no list has.
fn town_before(text: &str, at: usize, names: &Names) -> Option<usize> {
    let class = names.cue_before(NameCue::Town, text, at)?;
    let end = at - class;
    let before: Vec<usize> = text.get(..end)?.char_indices().rev().take(3).map(|(start, _)| start).collect();
    let town = |start: &usize| text.get(*start..end).is_some_and(|brand| is_brand(brand, names)) && forms::starts_word(text, *start, names);
    before.into_iter().skip(1).rev().find(town).or(Some(at))
}

fn is_brand(brand: &str, names: &Names) -> bool {
    let letters = brand.chars().all(|c| c.is_alphabetic() && !c.is_ascii());
    letters && !brand.is_empty() && brand.char_indices().all(|(at, _)| names.borders.longest(brand, at).is_none() && names.generic.longest(brand, at).is_none())
}
