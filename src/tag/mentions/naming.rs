//! Full names: the longest form in the article of what a mention names.

use std::collections::BTreeMap;

use super::regions::About;
use super::{Draft, lists};
use crate::dict::{DivisionId, EntityKind, Names};

/// Gives every draft the longest form of its name in the article.
///
/// A division down to the county takes its own full name where the article has it (江苏省泰兴市 => 泰兴市, 旌德 => 旌德县), a
/// town the longest form with what it lies in (郏县薛店镇).
pub(super) fn full_names(text: &str, about: &About, names: &Names, drafts: &mut [Draft]) {
    let mut longest: BTreeMap<(EntityKind, String), String> = BTreeMap::new();
    let mut divisions: BTreeMap<DivisionId, String> = BTreeMap::new();
    for draft in drafts.iter().filter(|draft| draft.kind != EntityKind::Region) {
        let form = &text[draft.span];
        let best = longest.entry((draft.kind, draft.name.clone())).or_default();
        if form.len() > best.len() {
            form.clone_into(best);
        }
    }
    for draft in drafts.iter() {
        let Some((id, division)) = draft.division.and_then(|id| names.division(id).map(|d| (id, d))) else { continue };
        let form = match division.level() {
            4 => &text[draft.span],
            // 浙 in 吉浙合作 brings its full name along
            _ if draft.span.len() < 4 => &draft.name,
            _ => &text[draft.last],
        };
        let best = divisions.entry(id).or_default();
        if form.len() > best.len() && !(division.level() < 4 && **best == *division.name) {
            form.clone_into(best);
        }
        if let Some(full) = about.names.get(&id) {
            best.clone_from(full);
        }
    }
    let code = |draft: &Draft| lists::stock_code(text, draft.span.end());
    let codes: BTreeMap<String, String> =
        drafts.iter().filter(|draft| draft.kind == EntityKind::Company).filter_map(|draft| Some((draft.name.clone(), code(draft)?))).collect();
    for draft in drafts.iter_mut().filter(|draft| draft.kind == EntityKind::Company && draft.code.is_empty()) {
        if let Some(code) = codes.get(&draft.name) {
            draft.code.clone_from(code);
        }
    }
    for draft in drafts.iter_mut() {
        let name = match draft.division {
            Some(id) => divisions.get(&id),
            None => longest.get(&(draft.kind, draft.name.clone())),
        };
        match name {
            Some(name) => draft.name.clone_from(name),
            // 中 in 中美关系 keeps the full name that it was found with
            None if draft.span.len() < 4 => {}
            // 漫水村 of 吴家镇漫水村
            None if draft.name.ends_with(&text[draft.last]) => {}
            None => text[draft.last].clone_into(&mut draft.name),
        }
    }
}
