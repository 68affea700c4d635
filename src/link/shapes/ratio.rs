//! A multiple, or a percentage of what it is compared with: 是…的3倍, 完成预算的40%, 翻一番.
//!
//! 青山县产值是上年的3倍。 => 青山县 · 产值 · 3 倍 · ratio 上年
//! 青山县森林覆盖率为62%。 => 青山县 · 森林覆盖率 · 62 %

use crate::Span;
use crate::dict::{ChangeWord, Kind};
use crate::link::Change;
use crate::link::lead::{self, Layers, Lead};
use crate::link::shapes::change::{basis, basis_word};

/// `完成年初预算的`, `恢复到去年同期的`, `仅为预算的`.
pub(in crate::link) fn ratio(layers: Layers<'_>, rest: Span, kind: Kind, found: &mut Lead) -> Span {
    // 完成全年目标任务62.6%: a plan needs no 的
    let planned = kind == Kind::Percent
        && ["任务", "目标", "计划", "预算", "进度"].iter().any(|word| layers.text[rest].trim_end_matches(['数', '额', '值', '量']).ends_with(word));
    if !matches!(kind, Kind::Percent | Kind::Multiple) || !layers.text[rest].ends_with('的') && !planned {
        return rest;
    }
    let end = if planned { rest.end() } else { rest.end() - '的'.len_utf8() };
    let mut verb = layers.text[rest].char_indices().filter_map(|(offset, _)| {
        let at = rest.start() + offset;
        let (len, word) = layers.cues.changes.longest(layers.text, at)?;
        let completes = layers.text[at..at + len].contains("完成");
        (*word == ChangeWord::Ratio && at + len < end && (!planned || completes)).then_some((at, len))
    });
    let Some((at, len)) = verb.next_back() else { return rest };
    found.change = Some(Change::Ratio);
    found.basis = Some(Span::new(at + len, end));
    Span::new(rest.start(), at)
}

/// `比2017年翻一番`, `较去年同期翻了一番`: the basis of a multiple that has no change word.
pub(in crate::link) fn basis_of_multiple(layers: Layers<'_>, rest: Span, kind: Kind, found: &mut Lead) -> Span {
    if kind != Kind::Multiple {
        return rest;
    }
    found.change = Some(Change::Ratio);
    let mut rest = rest;
    // 在2020年基础上翻两番
    if let Some(stem) = ["的基础上", "基础上"].into_iter().find_map(|word| layers.text[rest].strip_suffix(word))
        && let Some(at) = stem.rfind('在')
    {
        let start = rest.start() + at + '在'.len_utf8();
        found.basis = Some(Span::new(start, rest.start() + stem.len()));
        return lead::trim_right(layers, Span::new(rest.start(), rest.start() + at));
    }
    if let Some(len) = basis_word(layers, rest.start(), rest.end()) {
        found.basis = Some(Span::new(rest.end() - len, rest.end()));
        rest = Span::new(rest.start(), rest.end() - len);
    }
    basis(layers, rest, found)
}
