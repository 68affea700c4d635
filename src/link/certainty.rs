//! How certain: cues of plan, target and forecast, and how far they reach (guideline §9).

use crate::Span;
use crate::dict::{Certainty, Cues, Scope};
use crate::link::Modality;

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

/// The cues of certainty in a stretch of text, in order, longest first and disjoint.
pub fn cues(text: &str, span: Span, words: &Cues) -> Vec<Cue> {
    let mut found = Vec::new();
    let mut at = span.start();
    while at < span.end() {
        let step = text[at..].chars().next().map_or(1, char::len_utf8);
        match words.modality.longest(text, at).filter(|(len, _)| at + len <= span.end()) {
            Some((len, (certainty, scope))) => {
                if *scope != Scope::Nothing {
                    found.push(Cue { span: Span::new(at, at + len), certainty: *certainty, scope: *scope });
                }
                at += len;
            }
            None => at += step,
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
