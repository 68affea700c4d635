//! Filter, scope and scenario of a value (guideline §10).

use crate::Span;
use crate::dict::{CueStart, Kind, Lead as LeadKind};
use crate::link::discourse::Discourse;
use crate::link::facts::Source;
use crate::link::lead::{Layers, Lead};
use crate::link::{Change, Fact};
use crate::tag::Quantity;

/// Filter, scope and scenario of a fact (guideline §10).
pub(super) fn condition(
    source: Source<'_>,
    state: &Discourse,
    found: &Lead,
    quantity: &Quantity,
    after: Span,
    indicator: &str,
    change: Change,
) -> Option<String> {
    let text = source.layers.text;
    let mut parts: Vec<String> = Vec::new();
    if let Some(verb) = found.verb {
        parts.push(text[verb].to_owned());
    }
    if let Some(words) = found.label {
        parts.push(text[words].trim_start_matches("其中").to_owned());
    }
    if let Some(words) = found.before_each {
        parts.push(text[words].to_owned());
    }
    if quantity.kind == Kind::Count && found.indicator.is_some() && !after.is_empty() && found.change.is_none() {
        let words = text[after].trim_end_matches(['等', '的']);
        // 由100万人次提高到125万人次: the change is no condition
        let change = source.layers.cues.changes.get(words).is_some();
        if !change
            && !found.from
            && (2..=10).contains(&words.chars().count())
            && !words.contains(|c: char| c.is_ascii_digit())
            && after.end() - after.start() == words.len()
        {
            parts.push(words.to_owned());
        }
    }
    let growth = matches!(change, Change::UpBy | Change::DownBy | Change::Ratio);
    if let Some(scope) = state.scope.as_ref().filter(|s| growth || matches!(s.as_str(), "一期" | "二期" | "三期")) {
        parts.push(scope.clone());
    }
    let property = source.layers.cues.property.get(indicator).is_some();
    if let Some(group) = state.group.as_ref().filter(|g| property && quantity.kind != Kind::Percent && !indicator.contains(g.as_str())) {
        parts.push(group.clone());
    }
    if state.part
        && quantity.kind == Kind::Count
        && let Some(filter) = &state.filter
    {
        parts.push(filter.clone());
    }
    if let Some(scenario) = &state.scenario {
        parts.push(scenario.clone());
    }
    parts.dedup();
    (!parts.is_empty()).then(|| parts.join("；"))
}

/// `项目全部达产后`: the clause up to 后.
pub(super) fn scenario(layers: Layers<'_>, clause: Span) -> Option<String> {
    let words = &layers.text[clause];
    let end = layers.first_after(clause)? - clause.start();
    let before = &words[..end];
    let done = layers.cues.scenario.ending(before, before.len()).is_some()
        || layers.cues.scenario.ending(before.trim_end_matches(['使', '用', '产', '效']), before.trim_end_matches(['使', '用', '产', '效']).len()).is_some();
    let names_after = words[end + '后'.len_utf8()..].starts_with(['的', '续', '期', '勤', '备', '台']);
    (done && !names_after && before.chars().count() <= 20).then(|| format!("{before}后"))
}

/// `按可比价格计算`, `同口径`: how a figure is reckoned.
pub(super) fn scope(layers: Layers<'_>, clause: Span) -> Option<String> {
    let text = layers.text;
    let words = &text[clause];
    let mut places = layers.places.of(CueStart::Scope, clause).map(|at| at - clause.start());
    let (at, len) = places.find_map(|at| layers.cues.scope.longest(words, at).map(|(len, ())| (at, len)))?;
    let lead = words[..at].rfind('按').filter(|from| at - from <= 6);
    let from = lead.unwrap_or(at);
    let rest = &words[at + len..];
    let tail = ["因素", "价格因素", "价格计算", "价计算", "格计算", "计算", "口径", "农户", "价格", "价"]
        .iter()
        .find(|tail| rest.starts_with(**tail))
        .map_or(0, |tail| tail.len());
    Some(words[from..at + len + tail].to_owned())
}

/// A filter before what is counted.
pub(super) struct Filter {
    pub(super) span: Span,
    pub(super) words: String,
    pub(super) after: usize,
    threshold: bool,
}

impl Filter {
    pub(super) fn new(layers: Layers<'_>, span: Span) -> Filter {
        let end = past_hedge(layers, span.end());
        let after = end + usize::from(layers.text[end..].starts_with('的')) * '的'.len_utf8();
        // 超过250毫米的乡镇23个
        let hedge = layers
            .cues
            .hedges_before
            .ending(layers.text, span.start())
            .filter(|(_, hedge)| **hedge != crate::dict::Hedge::Nothing && **hedge != crate::dict::Hedge::About)
            .map_or(0, |(len, _)| len);
        let span = Span::new(span.start() - hedge, span.end());
        Filter { span, words: layers.text[span.start()..end].to_owned(), after, threshold: end > span.end() }
    }
}

pub(super) fn merge(outer: Lead, inner: Lead) -> Lead {
    Lead {
        subject: inner.subject.or(outer.subject),
        names: if inner.names.is_empty() { outer.names } else { inner.names },
        time: inner.time.or(outer.time),
        part: inner.part || outer.part,
        verb: outer.verb.or(inner.verb),
        ..inner
    }
}

/// Puts the filter into the condition, and a verb before it into the indicator: 新开工亿元以上项目 → 新开工项目.
pub(super) fn apply_filter(source: Source<'_>, filter: &Filter, verb: Option<Span>, fact: &mut Fact, state: &mut Discourse) {
    let words = verb.map(|span| &source.layers.text[span]).unwrap_or_default();
    let short = words.chars().count() <= 4;
    let mut condition = filter.words.clone();
    let counted = fact.indicator.clone();
    // 配套建设220千伏升压站: a light verb is no part of what is counted
    let transitive = source.layers.cues.transitive.ending(words, words.len()).is_some_and(|(len, ())| {
        let light = source.layers.cues.leads.get(&words[words.len() - len..]) == Some(&LeadKind::Light);
        (len == words.len() || short) && !light
    });
    if transitive {
        fact.indicator = format!("{words}{counted}");
    } else if !words.is_empty() && !filter.threshold {
        condition = format!("{words}{}", filter.words);
    }
    let earlier = state.filter.replace(filter.words.clone());
    if filter.threshold && source.layers.cues.group.ending(&counted, counted.len()).is_some() {
        let verb = if transitive { words } else { "" };
        state.group = Some(format!("{verb}{}{counted}", filter.words));
    }
    fact.condition = Some(match fact.condition.take().filter(|c| earlier.as_ref() != Some(c) && state.filter.as_ref() != Some(c)) {
        Some(other) if !other.contains(&condition) => format!("{other}；{condition}"),
        _ => condition,
    });
}

pub(super) fn past_hedge(layers: Layers<'_>, at: usize) -> usize {
    let class = usize::from(layers.text[at..].starts_with('级')) * '级'.len_utf8();
    // 4GB内存: 内 is a part of the noun
    let inner = ["内存", "内部", "内容", "内置", "内地"].iter().any(|noun| layers.text[at + class..].starts_with(noun));
    let hedge = layers.cues.hedges_after.longest(layers.text, at + class).filter(|_| !inner && !adds(layers.text, at + class));
    at + class + hedge.map_or(0, |(len, _)| len)
}

/// (比去年的30人)多2人, 多了2人: more than before, not 30 and some.
pub(super) fn adds(text: &str, at: usize) -> bool {
    let behind = text.get(at..).and_then(|rest| rest.strip_prefix('多'));
    behind.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '了' | '出' | '收' | '增' | '于')))
}
