//! Projects by their names in quotation marks, where a figure is part of the name: “10万亩高标准农田建设项目”.

use super::{Draft, Marks};
use crate::Span;
use crate::dict::{EntityKind, NameCue, Names};
use crate::span::within;
use crate::tag::Quantity;

/// How many characters such a name may have.
const LONGEST: usize = 40;

/// The names in quotation marks that end in a word for a project and hold a figure. “民生工程” holds none and names nothing,
/// “12个重点项目” counts.
pub(super) fn quoted(text: &str, names: &Names, marks: &Marks<'_>, quantities: &[Quantity]) -> Vec<Draft> {
    let mut found = Vec::new();
    for (at, len) in marks.cues(NameCue::ListProject) {
        let end = at + len;
        if !text.get(end..).is_some_and(|rest| rest.starts_with('”')) {
            continue;
        }
        let before = text.get(..at).unwrap_or_default().char_indices().rev().take(LONGEST);
        let stops = |c: &char| matches!(c, '“' | '”' | '，' | '。' | '；' | '：' | '！' | '？' | '\n');
        let Some((open, '“')) = before.into_iter().find(|(_, c)| stops(c)) else { continue };
        let span = Span::new(open + '“'.len_utf8(), end);
        let mut figures = within(quantities, span, |quantity| quantity.span).map(|(_, quantity)| quantity.span);
        let counts = |figure: Span| figure.start() == span.start() && text[figure].ends_with(['个', '项', '大', '批', '类', '件']);
        let behind = |figure: Span| text.get(figure.end()..end).is_some_and(|words| words.chars().count() >= 4);
        if figures.any(|figure| !counts(figure) && behind(figure)) && !super::forms::is_generic(&text[span], names) {
            found.push(Draft::new(text, span, EntityKind::Project));
        }
    }
    found
}

/// True for a name that fills its quotation marks: a figure may open it.
pub(super) fn fills(text: &str, span: Span) -> bool {
    text.get(..span.start()).is_some_and(|before| before.ends_with('“')) && text.get(span.end()..).is_some_and(|after| after.starts_with('”'))
}
