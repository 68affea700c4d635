//! What stands beside a value and belongs to it: the words behind it, and the brackets before it.

use crate::Span;
use crate::dict::Kind;
use crate::link::clauses::Clause;
use crate::link::discourse::Discourse;
use crate::link::facts::Source;
use crate::link::lead::Lead;
use crate::link::shapes::counted_noun;
use crate::link::{Change, Role};
use crate::tag::Mention;

/// The words behind a value: 配套码头 of `1座2万吨级配套码头`, past a size that is no value of its own.
pub(super) fn behind(source: Source<'_>, clause: &Clause, index: usize) -> Span {
    let end = source.quantities.get(index).map_or(0, |q| q.span.end());
    // 年产2万吨|饲料项目: the rest of the name
    if named_by(source, clause, index).is_some() {
        return Span::new(end, end);
    }
    let size = source.quantities.get(index + 1).filter(|next| next.span.start() == end && clause.span.contains(next.span));
    let size = size.filter(|_| matches!(source.roles.get(index + 1), Some(Role::Filter | Role::Generic)));
    match size {
        Some(size) => counted_noun::words_after(
            source.layers,
            size.span.end() + if source.layers.text[size.span.end()..].starts_with('级') { '级'.len_utf8() } else { 0 },
            next_start(source, clause, index + 1),
        ),
        None => counted_noun::words_after(source.layers, end, next_start(source, clause, index)),
    }
}

/// The project that has a figure in its name, where no count of such projects stands behind it.
pub(super) fn named_by<'a>(source: Source<'a>, clause: &Clause, index: usize) -> Option<(usize, &'a Mention)> {
    let quantity = source.quantities.get(index)?;
    let (number, mention) = source.layers.named_in(quantity.span).filter(|(_, mention)| clause.span.contains(mention.span))?;
    let counted = source.quantities.get(index + 1).is_some_and(|next| next.kind == Kind::Count && next.span.start() == mention.span.end());
    (!counted).then_some((number, mention))
}

/// Where the words behind a value end: at the next value, or before the measure that it names (15个项目|用地3000亩).
pub(super) fn next_start(source: Source<'_>, clause: &Clause, index: usize) -> usize {
    let end = source.quantities.get(index).map_or(0, |q| q.span.end());
    let Some(next) = source.quantities.get(index + 1).filter(|next| next.span.start() < clause.span.end()) else { return clause.span.end().max(end) };
    let start = next.span.start().max(end);
    let gap = &source.layers.text[end..start];
    let dimension = next.unit.dimension_name(source.layers.units);
    let known = |at: usize| source.layers.cues.indicators.get(&gap[at..]).is_some_and(|known| known.dimensions.contains(&dimension));
    let places = || gap.char_indices().skip(2).map(|(at, _)| at).filter(|at| next.kind != Kind::Count && known(*at));
    let group = |at: &usize| source.layers.cues.group.ending(gap, *at).is_some();
    places().find(group).or_else(|| places().next()).map_or(start, |at| end + at)
}

/// `完成年初预算（195亿元）的73.1%`, `占全市总装机（1886万千瓦）的54.8%`: a part of what stands before the brackets, and of the measure
/// that was told before them.
pub(super) fn part_of_bracketed(source: Source<'_>, clause: &Clause, lead: Span, state: &mut Discourse, found: &mut Lead) {
    let text = source.layers.text;
    if text[lead].trim() != "的" || !text[..clause.span.start()].ends_with(['）', ')']) {
        return;
    }
    let Some((_, noun, _)) = state.pending else { return };
    let before = &text[..noun.start()];
    let (change, basis) = if text[noun].starts_with('占') {
        (Change::ShareOf, Span::new(noun.start() + '占'.len_utf8(), noun.end()))
    } else if before.ends_with('占') {
        (Change::ShareOf, noun)
    } else if ["完成", "为", "达", "达到", "相当于"].iter().any(|verb| before.ends_with(verb)) {
        (Change::Ratio, noun)
    } else {
        return;
    };
    // the value in the brackets is not what is measured
    let bracketed = state.last.as_ref().is_some_and(|last| source.quantities.get(last.quantity).is_some_and(|q| q.span.start() >= noun.end()));
    if bracketed && state.recent.len() >= 2 {
        state.last = state.recent.get(state.recent.len() - 2).cloned();
        found.change = Some(change);
        found.basis = Some(basis);
        state.pending = None;
    }
}
