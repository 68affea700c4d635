//! Words: the segmenter fills the gaps between quantities, times and names, and never cuts through one.

use jieba_rs::Jieba;

use super::lexicon::{Lexicon, Scratch};
use crate::Span;

/// What cuts a text into words.
#[derive(Debug)]
pub struct Segmenter(Kind);

#[derive(Debug)]
enum Kind {
    Prepared(Box<Lexicon>),
    Jieba(Box<Jieba>),
}

impl Segmenter {
    /// The dictionary of jieba as it was prepared when the program was built: the words and tags of jieba-rs, ready in a few
    /// milliseconds. jieba-rs itself where the program was built without one.
    pub fn prepared() -> Segmenter {
        Lexicon::prepared().map_or_else(Segmenter::jieba, |lexicon| Segmenter(Kind::Prepared(Box::new(lexicon))))
    }

    /// jieba-rs itself; it reads its dictionary first, which takes about a tenth of a second.
    pub fn jieba() -> Segmenter {
        Segmenter(Kind::Jieba(Box::new(Jieba::new())))
    }

    /// True where the dictionary was prepared.
    pub fn is_prepared(&self) -> bool {
        matches!(self.0, Kind::Prepared(_))
    }

    /// The words of a line, blanks included: where each begins and ends, and its tag.
    fn line(&self, line: &str, scratch: &mut Scratch, found: &mut dyn FnMut(usize, usize, &str)) {
        match &self.0 {
            Kind::Prepared(lexicon) => lexicon.words(line, scratch, found),
            Kind::Jieba(jieba) => jieba.tag(line, true).iter().for_each(|word| found(word.byte_start, word.byte_end, word.tag)),
        }
    }
}

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
pub fn words(text: &str, fixed: &[(Span, &str)], segmenter: &Segmenter) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut scratch = Scratch::default();
    let mut at = 0;
    for &(span, tag) in fixed {
        if span.start() < at || span.is_empty() {
            continue;
        }
        cut(text, Span::new(at, span.start()), segmenter, &mut scratch, &mut tokens);
        tokens.push(Token { span, tag: tag.to_owned() });
        at = span.end();
    }
    cut(text, Span::new(at, text.len()), segmenter, &mut scratch, &mut tokens);
    tokens
}

fn cut(text: &str, gap: Span, segmenter: &Segmenter, scratch: &mut Scratch, tokens: &mut Vec<Token>) {
    let mut at = gap.start();
    // the segmenter is given a line at a time: its memory follows the length of what it is given
    for line in text[gap].split_inclusive('\n') {
        segmenter.line(line, scratch, &mut |start, end, tag| {
            if !line[start..end].trim().is_empty() {
                tokens.push(Token { span: Span::new(at + start, at + end), tag: tag.to_owned() });
            }
        });
        at += line.len();
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
        let tokens = words(text, &[(fixed, "quantity")], &Segmenter::prepared());
        assert!(tokens.iter().any(|token| token.span == fixed && token.tag == "quantity"));
        let joined: String = tokens.iter().map(|token| &text[token.span]).collect();
        assert_eq!(joined, text.replace(' ', ""));
    }
}
