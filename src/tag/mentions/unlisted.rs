//! Divisions that no list has, by their form: 青山县, 乌兰塔拉市, 双河镇. A brand of two to four characters, and the word for its level.

use std::collections::BTreeMap;

use super::regions::Hit;
use super::{Draft, Marks, forms};
use crate::Span;
use crate::dict::{EntityKind, Listed, NameCue, Names};

/// How many characters a brand has, at most.
const BRAND: usize = 4;

/// How many bytes a listed name has that may stand inside such a name: 津市 in 海津市.
const INSIDE: usize = 6;

/// How sure it is that a form is a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Told {
    /// By two places or by the title.
    Again,
    /// By one place.
    Once,
}

/// The divisions of `text` that no list has.
pub(super) fn unlisted(text: &str, title: &str, names: &Names, marks: &Marks<'_>, hits: &[Hit<'_>]) -> Vec<Draft> {
    let mut forms: BTreeMap<&str, Told> = BTreeMap::new();
    for (class, len) in marks.cues(NameCue::County) {
        let end = class + len;
        let after = if text[class..end] == *"县" { NameCue::NoCounty } else { NameCue::AfterRegion };
        if names.cue_at(after, text, end).is_some() || names.cue_before(NameCue::NoRegion, text, end).is_some() {
            continue;
        }
        let Some((start, told)) = brand(text, class, end, names, marks, hits) else { continue };
        if let Some(form) = text.get(start..end) {
            let best = forms.entry(form).or_insert(told);
            *best = told.max(*best);
        }
    }
    let mut found = Vec::new();
    for (form, told) in forms {
        let sure = told == Told::Once || title.contains(form) || marks.standing(form).nth(1).is_some();
        let places = marks.standing(form).map(|at| Span::new(at, at + form.len()));
        found.extend(places.filter(|span| sure && free(*span, hits)).map(|span| Draft::new(text, span, EntityKind::Region)));
    }
    super::longest(found)
}

/// Where the name begins whose word for its level stands at `class..end`: the shortest brand that begins a word.
fn brand(text: &str, class: usize, end: usize, names: &Names, marks: &Marks<'_>, hits: &[Hit<'_>]) -> Option<(usize, Told)> {
    let letter = |c: char| c.is_alphabetic() && !c.is_ascii();
    let before = text.get(..class)?.char_indices().rev().take(BRAND).take_while(|(_, c)| letter(*c));
    for (count, (start, _)) in before.enumerate().skip(1) {
        // 7月|岭南县
        let dated = |t: &str| t.strip_suffix(['月', '年', '日']).is_some_and(|t| t.ends_with(|c: char| c.is_ascii_digit()));
        let opens = text.get(..start).is_none_or(|t| dated(t) || t.chars().next_back().is_none_or(|c| !c.is_alphanumeric()));
        if !opens && !forms::starts_word(text, start, names) && !behind_place(text, Span::new(start, end), marks, hits, names) {
            continue;
        }
        let brand = text.get(start..class)?;
        let word = |list: &crate::dict::Words<()>, at: usize| list.longest(text, at).map_or(0, |(len, ())| len);
        let places = || brand.char_indices().map(|(at, _)| start + at);
        if places().any(|at| names.borders.longest(text, at).is_some() || word(&names.generic, at) > '县'.len_utf8()) || forms::is_generic(brand, names) {
            return None;
        }
        let unheard = count == 1 && places().all(|at| word(&names.generic, at) == 0);
        let told = match text.get(class..end)? {
            "区" | "旗" => Told::Again,
            "市" if unheard && opens => Told::Once,
            "市" => Told::Again,
            _ if unheard => Told::Once,
            _ => Told::Again,
        };
        return Some((start, told)).filter(|(start, _)| free(Span::new(*start, end), hits));
    }
    None
}

/// 湖南省|青山县: the whole name of a place stands before it, or 株洲|云桂区: a short one, where the rest stands by itself elsewhere.
fn behind_place(text: &str, form: Span, marks: &Marks<'_>, hits: &[Hit<'_>], names: &Names) -> bool {
    let from = hits.partition_point(|hit| hit.start + 36 < form.start());
    let before = hits.iter().skip(from).take_while(|hit| hit.start < form.start()).find(|hit| hit.end == form.start());
    let Some(hit) = before else { return false };
    let division = |listed: &Listed| matches!(listed, Listed::Division(_) | Listed::Short(_));
    let alone = || marks.standing(&text[form]).any(|at| forms::starts_word(text, at, names));
    hit.listed.iter().any(division) && (hit.end - hit.start > INSIDE || alone())
}

/// True where no listed name stands, or only a short one inside: 吉林|长春市 is two listed ones.
fn free(span: Span, hits: &[Hit<'_>]) -> bool {
    let from = hits.partition_point(|hit| hit.start + 60 < span.start());
    let over = hits.iter().skip(from).take_while(|hit| hit.start < span.end()).filter(|hit| hit.end > span.start());
    over.into_iter().all(|hit| span.contains(Span::new(hit.start, hit.end)) && hit.end - hit.start <= INSIDE && hit.end - hit.start < span.len())
}
