//! A verb behind the value that no noun names: 首批500台将于4月交付 (guideline I3).
//!
//! 青山县首批500台将于4月交付。 => 青山县 · 交付 · 500 台 · if 首批
//! 青山县500台新能源公交车将于4月交付。 => 青山县 · 新能源公交车 · 500 台

use crate::Span;
use crate::dict::{Lead as LeadKind, Scope};
use crate::link::facts::Source;

/// `(500台)将于4月交付`: the verb behind a value, without the cue and the time before it.
pub(in crate::link) fn verb(source: Source<'_>, after: Span) -> Span {
    let layers = source.layers;
    let mut at = after.start();
    loop {
        let rest = &layers.text[at..after.end()];
        let cue = layers.cues.modality.longest(layers.text, at).filter(|(_, (_, scope))| *scope == Scope::Sentence).map(|(len, _)| len);
        let adverb = layers.cues.leads.longest(layers.text, at).filter(|(_, kind)| **kind == LeadKind::Adverb).map(|(len, _)| len);
        let timed = rest.strip_prefix('于').map_or(at, |stem| after.end() - stem.len());
        let time = layers.time_at(timed).map(|(_, time)| time.span.end() - at);
        match cue.into_iter().chain(adverb).chain(time).max().filter(|len| *len < rest.len()) {
            Some(len) => at += len,
            None => return Span::new(at, after.end()),
        }
    }
}
