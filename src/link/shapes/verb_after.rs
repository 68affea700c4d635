//! A verb behind the value that no noun names: 首批500台将于4月交付 (guideline I3).
//!
//! 青山县首批500台将于4月交付。 => 青山县 · 交付 · 500 台 · @4月 · planned · if 首批
//! 青山县500台新能源公交车将于4月交付。 => 青山县 · 新能源公交车 · 500 台

use crate::Span;
use crate::dict::{Lead as LeadKind, Scope};
use crate::link::facts::Source;
use crate::link::lead::{Layers, Lead};
use crate::tag::Quantity;

/// `(500台)将于4月交付`: the verb behind a value, without the cue and the time before it.
pub(in crate::link) fn verb(source: Source<'_>, after: Span) -> Span {
    verb_of(source.layers, after).0
}

/// `首批(8000只)须于6月底前交付`: a batch with nothing but a verb behind it takes that verb with its time and its cue.
pub(in crate::link) fn later(layers: Layers<'_>, quantity: &Quantity, clause_end: usize, found: &mut Lead) {
    const BATCHES: [&str; 6] = ["首批", "第一批", "第二批", "其余", "剩余", "余下"];
    let before = layers.text[..quantity.span.start()].trim_end_matches(['的', ' ']);
    if found.change.is_some() || found.from || !BATCHES.iter().any(|batch| before.ends_with(batch)) {
        return;
    }
    let (verb, time) = verb_of(layers, Span::new(quantity.span.end(), clause_end.max(quantity.span.end())));
    if time.is_some() && (2..=4).contains(&layers.text[verb].chars().count()) {
        found.indicator = Some(verb);
        found.time = time;
        found.later = true;
    }
}

/// The verb and the number of the time before it.
fn verb_of(layers: Layers<'_>, after: Span) -> (Span, Option<usize>) {
    let mut when = None;
    let mut at = after.start();
    loop {
        let rest = &layers.text[at..after.end()];
        let cue = layers.cues.modality.longest(layers.text, at).filter(|(_, (_, scope))| *scope == Scope::Sentence).map(|(len, _)| len);
        let adverb = layers.cues.leads.longest(layers.text, at).filter(|(_, kind)| **kind == LeadKind::Adverb).map(|(len, _)| len);
        let timed = rest.strip_prefix('于').map_or(at, |stem| after.end() - stem.len());
        let time = layers.time_at(timed).map(|(index, time)| (time.span.end() - at, index));
        match cue.into_iter().chain(adverb).chain(time.map(|(len, _)| len)).max().filter(|len| *len < rest.len()) {
            Some(len) => {
                when = time.filter(|(timed, _)| *timed == len).map(|(_, index)| index).or(when);
                at += len;
            }
            None => return (Span::new(at, after.end()), when),
        }
    }
}
