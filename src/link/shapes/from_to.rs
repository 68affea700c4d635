//! From one level to another: both are facts, the first without a direction (guideline C4).
//!
//! 青山县产能由800台增至5000台。 => 青山县 · 产能 · 800 台 ; 青山县 · 产能 · 5000 台 · up_to
//! 青山县从业人员3000人。 => 青山县 · 从业人员 · 3000 人

use crate::Span;
use crate::dict::ChangeWord;
use crate::link::lead::Layers;

pub(in crate::link) fn strip_end(text: &str, span: Span, words: &[&str]) -> Option<Span> {
    let longest = words.iter().filter(|word| text[span].ends_with(**word)).map(|word| word.len()).max()?;
    Some(Span::new(span.start(), span.end() - longest))
}

/// `由2020年的`, `由目前的`: where the start of a from–to names its time.
pub(in crate::link) fn time_of_start(layers: Layers<'_>, rest: Span) -> Option<(Span, usize)> {
    let (index, time) = layers.times_in(rest).next_back()?;
    let after = &layers.text[time.span.end()..rest.end()];
    let before = &layers.text[rest.start()..time.span.start()];
    let verb = ["由", "从", "相比", "相较", "对比", "比", "较"].into_iter().find(|verb| before.ends_with(verb))?;
    (after == "的" || after.is_empty()).then(|| (Span::new(rest.start(), time.span.start() - verb.len()), index))
}

/// `由上一代的72.5%提高到94%`: the start of a from–to in words.
pub(in crate::link) fn state_of_start(layers: Layers<'_>, rest: Span) -> Option<Span> {
    let words = layers.text[rest].strip_suffix('的')?;
    let at = words.rfind(['由', '从'])?;
    let between = &words[at + '由'.len_utf8()..];
    let count = between.chars().count();
    ((2..=8).contains(&count) && !words[..at].ends_with(['自', '来', '理']) && !between.contains(['，', '、']))
        .then(|| Span::new(rest.start(), rest.start() + at))
}

/// `提高到今年上半年的38.2%`, `降至第二季2.8%`: the time stands between the verb and the level.
pub(in crate::link) fn time_reached(layers: Layers<'_>, rest: Span) -> Option<(Span, usize)> {
    let text = layers.text;
    let end = if text[rest].ends_with('的') { rest.end() - '的'.len_utf8() } else { rest.end() };
    let (index, time) = layers.times_in(rest).rev().find(|(_, t)| t.span.end() == end && t.span.start() > rest.start())?;
    let reached = layers
        .cues
        .changes
        .ending(text, time.span.start())
        .is_some_and(|(len, word)| time.span.start() - len >= rest.start() && matches!(word, ChangeWord::UpTo | ChangeWord::DownTo | ChangeWord::To));
    reached.then(|| (Span::new(rest.start(), time.span.start()), index))
}
