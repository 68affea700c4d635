//! Words: the segmenter fills the gaps between quantities, times and names, and never cuts through one.

use jieba_rs::Jieba;

use crate::Span;

/// A word of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// The word.
    pub span: Span,
    /// Its part of speech as jieba names it (`n`, `v`, `x` for marks), or the layer it comes from.
    pub tag: String,
}

/// All words of `text`, in order and disjoint; blanks belong to none. Each of `fixed` (in order and disjoint, with its
/// tag) is one word.
pub fn words(text: &str, fixed: &[(Span, &str)], jieba: &Jieba) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut at = 0;
    for &(span, tag) in fixed {
        if span.start() < at || span.is_empty() {
            continue;
        }
        cut(text, Span::new(at, span.start()), jieba, &mut tokens);
        tokens.push(Token { span, tag: tag.to_owned() });
        at = span.end();
    }
    cut(text, Span::new(at, text.len()), jieba, &mut tokens);
    tokens
}

fn cut(text: &str, gap: Span, jieba: &Jieba, tokens: &mut Vec<Token>) {
    let mut at = gap.start();
    // the segmenter is given a line at a time: its memory follows the length of what it is given
    for line in text[gap].split_inclusive('\n') {
        for word in jieba.tag(line, true) {
            let end = at + word.word.len();
            if !word.word.trim().is_empty() {
                tokens.push(Token { span: Span::new(at, end), tag: word.tag.to_owned() });
            }
            at = end;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_fixed_is_one_word() {
        let text = "平均投资强度4370元每平方米， 完成目标";
        let at = text.find("4370").expect("a number");
        let fixed = Span::new(at, at + "4370元每平方米".len());
        let tokens = words(text, &[(fixed, "quantity")], &Jieba::new());
        assert!(tokens.iter().any(|token| token.span == fixed && token.tag == "quantity"));
        let joined: String = tokens.iter().map(|token| &text[token.span]).collect();
        assert_eq!(joined, text.replace(' ', ""));
    }
}
