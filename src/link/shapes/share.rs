//! A share of a whole: 占…的三成, 占比 (guideline C5).
//!
//! 青山县出口20亿元，占全省的三成。 => 青山县 · 出口 · 2000000000 元 ; 青山县 · 出口 · 30 % · share_of 全省
//! 青山县工业用地占地60亩。 => 青山县 · 工业用地占地 · 60 亩

use crate::Span;
use crate::dict::Kind;
use crate::link::Change;
use crate::link::discourse::Discourse;
use crate::link::facts::Source;
use crate::link::lead::{Layers, Lead};
use crate::tag::Quantity;

/// `占全县的三成`, `占比`, `占营业收入比重`.
pub(in crate::link) fn share(layers: Layers<'_>, rest: Span, kind: Kind, found: &mut Lead) -> Span {
    if !matches!(kind, Kind::Percent | Kind::Ratio) {
        return rest;
    }
    let text = &layers.text[rest];
    let Some(at) = text.rfind('占') else { return rest };
    let after = &text[at + '占'.len_utf8()..];
    if after == "地"
        || ["地面积", "地约", "地达", "地规模"].iter().any(|word| after.starts_with(word))
        || after.starts_with(['用', '领', '道', '有'])
        || after.contains(['，', '。'])
    {
        return rest;
    }
    found.change = Some(Change::ShareOf);
    let mut basis = after.trim_end_matches('的');
    basis = basis.strip_suffix("比重").or_else(|| basis.strip_suffix("比例")).or_else(|| basis.strip_suffix("的比重")).unwrap_or(basis);
    basis = basis.trim_end_matches('的');
    if !matches!(basis, "" | "比" | "比例" | "比重" | "到" | "了" | "据" | "总量" | "有率") {
        let start = rest.start() + at + '占'.len_utf8();
        found.basis = Some(Span::new(start, start + basis.len()));
    }
    Span::new(rest.start(), rest.start() + at)
}

/// `新增财力的八成以上用于民生`: the words behind the share say what it goes to or comes from; the noun before it is the whole.
pub(in crate::link) fn goes_to(layers: Layers<'_>, quantity: &Quantity, after: Span, found: &mut Lead) {
    let Some(whole) = found.indicator.filter(|_| quantity.kind == Kind::Percent && found.change.is_none() && !found.from) else { return };
    let words = &layers.text[after];
    let told = layers.text[..quantity.span.start()].ends_with('的') && layers.cues.goes_to.longest(words, 0).is_some_and(|(len, ())| len < words.len());
    if !told || words.chars().count() > 12 {
        return;
    }
    found.change = Some(Change::ShareOf);
    found.basis = Some(whole);
    found.indicator = Some(after);
}

/// `亩均保费40元，其中农户自缴两成`: after 其中 a percentage that is no rate is a share of the whole (C5).
pub(in crate::link) fn of_whole(source: Source<'_>, state: &Discourse, quantity: &Quantity, indicator: &str) -> bool {
    let level = state.whole.as_ref().filter(|_| state.part && quantity.kind == Kind::Percent);
    let rate =
        || indicator.ends_with(['率', '比', '度', '幅', '速', '例', '重', '数', '差', '价', '温']) || source.layers.cues.indicators.get(indicator).is_some();
    level.is_some_and(|whole| !matches!(source.layers.units.get(whole.unit.unit).kind, Kind::Percent | Kind::Point) && whole.indicator != indicator && !rate())
}
