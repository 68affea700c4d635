//! An article that stands on its page twice: once for the screen and once for print, or pasted twice.
//!
//! Taken: a text whose sentences, but for a few, all come again. Refused: a sentence that comes again (a summary above the
//! article, a refrain), rows of a table that are alike.

use std::collections::BTreeSet;

use super::{Line, LineKind, sentences};
use crate::Span;

/// How many bytes of the longest line are looked for a second time before anything else is done.
const PROBE: usize = 60;
/// The shortest sentence, in characters, that says something about a copy.
const SHORTEST: usize = 6;

/// The sentences of `text` that repeat earlier ones, where they repeat four fifths of the article; else none.
pub fn copies(text: &str, lines: &[Line]) -> Vec<Span> {
    if !may_repeat(text, lines) {
        return Vec::new();
    }
    let (mut seen, mut again) = (BTreeSet::new(), Vec::new());
    let (mut once, mut more) = (0, 0);
    let mut lines = lines.iter().peekable();
    for sentence in sentences(text) {
        while lines.next_if(|line| line.span.end() <= sentence.start()).is_some() {}
        if lines.peek().is_some_and(|line| line.kind == LineKind::Furniture) {
            continue;
        }
        let words: String = text[sentence].split_whitespace().collect();
        let length = words.chars().count();
        let counted = if length < SHORTEST { 0 } else { length };
        if seen.insert(words) {
            once += counted;
        } else {
            more += counted;
            again.push(sentence);
        }
    }
    if more * 5 >= once * 4 && more > 0 { again } else { Vec::new() }
}

/// True where the beginning of the longest line stands somewhere else too, without which there is no copy.
fn may_repeat(text: &str, lines: &[Line]) -> bool {
    let longest = lines.iter().filter(|line| line.kind == LineKind::Body).max_by_key(|line| line.span.len());
    longest.is_some_and(|line| {
        let words = &text[line.span];
        let end = (0..=PROBE.min(words.len())).rev().find(|end| words.is_char_boundary(*end)).unwrap_or_default();
        text.match_indices(&words[..end]).nth(1).is_some()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dict::Dict;
    use crate::segment::lines;

    fn found(text: &str) -> Vec<&str> {
        let dict = Dict::builtin().expect("the dictionary");
        copies(text, &lines(text, "", &dict.furniture)).into_iter().map(|span| &text[span]).collect()
    }

    const FIRST: &str = "全县新开工项目77项，用地6.2平方公里。";
    const SECOND: &str = "完成投资3.5亿元，同比增长12%。";

    #[test]
    fn the_second_copy_is_found() {
        assert_eq!(found(&format!("{FIRST}\n{SECOND}\n{FIRST}\n{SECOND}")), [FIRST, SECOND]);
        assert_eq!(found(&format!("{FIRST}{SECOND}{FIRST}{SECOND}")), [FIRST, SECOND]);
        assert_eq!(found(&format!("{FIRST}\n{SECOND}\n来源：互联网\n{FIRST}\n  {SECOND}")), [FIRST, SECOND]);
    }

    #[test]
    fn a_sentence_that_comes_again_is_no_copy() {
        let third = "其中工业投资1.5亿元，服务业投资2亿元，农业投资6000万元。";
        assert!(found(&format!("{FIRST}\n{FIRST}\n{SECOND}\n{third}")).is_empty());
        assert!(found(&format!("{FIRST}\n{SECOND}\n{third}")).is_empty());
        assert!(found("").is_empty());
    }
}
