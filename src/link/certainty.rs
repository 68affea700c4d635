//! How certain: cues of plan, target and forecast, and how far they reach (guideline §9).

use jiff::civil::Date;

use crate::Span;
use crate::dict::{Certainty, CueStart, Scope};
use crate::link::Modality;
use crate::link::clauses::Clause;
use crate::link::discourse::Discourse;
use crate::link::facts::Source;
use crate::link::lead::{Layers, Lead};
use crate::link::when::{day, ends_before, is_start_of};
use crate::span::within;
use crate::tag::{Period, Quantity, TimeRef};

/// A cue that stands in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cue {
    /// The words.
    pub span: Span,
    /// What they say.
    pub certainty: Certainty,
    /// How far that reaches.
    pub scope: Scope,
}

/// The cues of certainty in a stretch of text, in order, longest first and disjoint; names hold none.
pub fn cues(layers: Layers<'_>, span: Span) -> Vec<Cue> {
    let mut found = Vec::new();
    let mut next = span.start();
    for at in layers.places.of(CueStart::Modality, span) {
        if at < next {
            continue;
        }
        // 冀能 inside a firm's name says nothing
        let name = layers.mentions.get(layers.mentions.partition_point(|m| m.span.end() <= at));
        if let Some(name) = name.filter(|m| m.span.covers(at) && !m.anaphor) {
            next = name.span.end();
            continue;
        }
        if let Some((len, (certainty, scope))) = layers.cues.modality.longest(layers.text, at).filter(|(len, _)| at + len <= span.end()) {
            if *scope != Scope::Nothing {
                found.push(Cue { span: Span::new(at, at + len), certainty: *certainty, scope: *scope });
            }
            next = at + len;
        }
    }
    found
}

/// The modality that a certainty stands for.
pub fn modality(certainty: Certainty) -> Modality {
    match certainty {
        Certainty::Actual => Modality::Actual,
        Certainty::Planned => Modality::Planned,
        Certainty::Forecast => Modality::Forecast,
        Certainty::Target => Modality::Target,
    }
}

/// How certain the fact is (guideline §9).
#[allow(clippy::too_many_arguments, reason = "all that bears on certainty")]
pub(super) fn certain(
    source: Source<'_>,
    state: &Discourse,
    cues: &[Cue],
    found: &Lead,
    quantity: &Quantity,
    clause: &Clause,
    period: Period,
    indicator: &str,
) -> Modality {
    if found.from {
        return Modality::Actual;
    }
    if state.scenario.is_some() {
        return Modality::Forecast;
    }
    let lead_start = within(source.quantities, Span::new(clause.span.start(), quantity.span.start()), |q| q.span)
        .next_back()
        .map_or(clause.span.start(), |(_, q)| q.span.end());
    let own = cues
        .iter()
        .filter(|cue| (cue.span.end() <= quantity.span.start() || found.later) && !found.basis.is_some_and(|basis| basis.overlaps(cue.span)))
        .filter(|cue| cue.scope == Scope::Sentence || cue.span.start() >= lead_start);
    let strongest = own.clone().map(|cue| cue.certainty).max();
    let published = source.article.published;
    let past = found.time.is_some() && ends_before(period, published);
    let tail = &source.layers.text[quantity.span.end()..clause.span.end().max(quantity.span.end())];
    let goal = ["的目标", "目标", "左右的目标", "以上的目标", "以上目标", "以上的任务"].iter().any(|word| tail.starts_with(word));
    let aimed = goal || aimed_at(source, state, found, clause, published);
    match strongest {
        _ if goal => Modality::Target,
        // 预计到2025年，占比超过15%
        None if aimed && state.certainty != Some(Modality::Forecast) => Modality::Target,
        Some(crate::dict::Certainty::Actual) if aimed => Modality::Target,
        Some(cue) if modality(cue) != Modality::Actual => modality(cue),
        None | Some(crate::dict::Certainty::Actual) if unfinished(source, indicator, quantity) => Modality::Planned,
        Some(_) if own.clone().any(|cue| cue.certainty == crate::dict::Certainty::Actual) => future(period, published),
        _ if past => Modality::Actual,
        _ => state.certainty.unwrap_or_else(|| future(period, published)),
    }
}

/// M3: the output of a project that its sentence shows to be unfinished: 年产2万吨，计划明年10月投产.
fn unfinished(source: Source<'_>, indicator: &str, quantity: &Quantity) -> bool {
    let text = source.layers.text;
    let output = ["年产", "年处理", "年加工", "年发电", "年上网", "年供", "年出栏", "日处理", "日产"].iter().any(|word| indicator.starts_with(word));
    // 年产能 and 年产值 are levels
    if !output || ["能", "值", "量"].iter().any(|level| indicator.trim_start_matches(['年', '日', '产']).starts_with(level)) {
        return false;
    }
    let rest = &text[quantity.span.end()..];
    let sentence = &rest[..rest.find(['。', '！', '？', '\n']).unwrap_or(rest.len())];
    let span = Span::new(quantity.span.end(), quantity.span.end() + sentence.len());
    let ahead = |t: &TimeRef| matches!((t.period.start.and_then(day), source.article.published), (Some(start), Some(published)) if start > published);
    let planned = source.layers.times_in(span).any(|(_, t)| ahead(t))
        || cues(source.layers, span).iter().any(|cue| matches!(modality(cue.certainty), Modality::Planned | Modality::Forecast));
    planned && source.layers.cues.scenario.occurs(sentence)
}

/// True for 到2025年 with a year that is still to come.
fn aimed_at(source: Source<'_>, state: &Discourse, found: &Lead, clause: &Clause, published: Option<Date>) -> bool {
    let own = source.layers.times_in(clause.span).find(|(index, _)| !is_start_of(source, *index)).map(|(index, _)| index);
    let Some(time) = found.time.or(own).or(state.period_time).and_then(|index| source.layers.times.get(index)) else { return false };
    let words = &source.layers.text[time.span];
    let ahead = matches!((time.period.end, published), (Some(end), Some(published)) if day(end).is_some_and(|end| end > published));
    ahead && (words.starts_with('到') || words.starts_with('至'))
}

/// A date after publication with no other cue is planned.
fn future(period: Period, published: Option<Date>) -> Modality {
    match (period.start, published) {
        (Some(start), Some(published)) if day(start).is_some_and(|start| start > published) => Modality::Planned,
        _ => Modality::Actual,
    }
}

/// The verbal cue that holds after this clause.
pub(super) fn carry_certainty(cues: &[Cue], state: &mut Discourse) {
    for cue in cues.iter().filter(|cue| cue.scope == Scope::Sentence) {
        state.certainty = match modality(cue.certainty) {
            Modality::Actual => None,
            other => Some(other),
        };
    }
}
