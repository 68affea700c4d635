//! What a value is counted per, where 每 stands apart from the number: 每年可新增产值6亿元 (guideline I6).
//!
//! 青山县每年可新增产值6亿元。 => 青山县 · 新增产值 · 600000000 元/年 · forecast
//! 青山县每股收益0.3元。 => 青山县 · 每股收益 · 0.3 元

use crate::Span;
use crate::dict::Kind;
use crate::link::lead::{Layers, Lead};
use crate::link::left;

/// `每吨可多卖`, `一亩地能收`, `每年可新增产值`: what the value is counted per.
pub(in crate::link) fn each(layers: Layers<'_>, rest: Span, found: &mut Lead) -> Span {
    let text = layers.text;
    let place = text[rest]
        .rfind('每')
        .map(|at| (rest.start() + at, '每'.len_utf8()))
        .or_else(|| text[rest].starts_with('一').then_some((rest.start(), '一'.len_utf8())));
    let Some((at, len)) = place else { return rest };
    let from = at + len;
    let Some((unit_len, id)) = layers.units.names_at(text, from).next().filter(|(unit_len, _)| from + unit_len <= rest.end()) else { return rest };
    let after = &text[from + unit_len..rest.end()];
    let spoken = len == '每'.len_utf8() && text[at..].starts_with('每');
    // 每股收益, 每千人口床位数: part of the indicator
    let verb = after.trim_start_matches(['地', '田', '棚', '园']);
    let noun = ["收益", "收入", "产值", "处", "投资者", "补助标准", "减排", "增加值"].iter().any(|w| verb.starts_with(w));
    let acts = !noun
        && [
            "可", "能", "将", "增", "减", "多", "少", "补", "收", "产", "新增", "节", "向", "为", "安", "投", "处", "供", "平均", "卖", "有", "约", "安排",
            "派",
        ]
        .iter()
        .any(|w| verb.starts_with(w))
        || verb.is_empty() && (layers.units.get(id).kind == Kind::Duration || found.change.is_some() && found.basis.is_some());
    let counted = matches!(layers.units.get(id).kind, Kind::Duration | Kind::Mass | Kind::Area | Kind::Volume | Kind::Count | Kind::Length);
    if !acts || !counted || !spoken && layers.units.get(id).kind != Kind::Area {
        return rest;
    }
    found.each = Some(Span::new(from, from + unit_len));
    let before = Span::new(rest.start(), at);
    let mut outer = Lead::default();
    left::left(layers, before, &mut outer, true);
    found.subject = outer.subject;
    found.time = found.time.or(outer.time);
    // 向全体股东每股派发: to whom is no filter
    found.before_each = outer.indicator.filter(|span| layers.units.get(id).kind != Kind::Duration && !text[*span].starts_with('向'));
    Span::new(rest.end() - verb.len(), rest.end())
}
