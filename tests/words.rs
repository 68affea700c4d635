//! The prepared dictionary against jieba-rs itself: the same words with the same tags.

use std::sync::LazyLock;

use proptest::prelude::*;
use shuliang::Dict;
use shuliang::segment::{Segmenter, Token, words};

static PREPARED: LazyLock<Segmenter> = LazyLock::new(Segmenter::prepared);
static JIEBA: LazyLock<Segmenter> = LazyLock::new(Segmenter::jieba);

#[allow(clippy::print_stderr, reason = "a test that is skipped says so")]
fn skipped() -> bool {
    let skipped = !PREPARED.is_prepared();
    if skipped {
        eprintln!("skipped: the program was built without the dictionary of jieba-rs");
    }
    skipped
}

fn both(text: &str) -> (Vec<Token>, Vec<Token>) {
    (words(text, &[], &PREPARED), words(text, &[], &JIEBA))
}

#[test]
fn varied_text_is_cut_and_tagged_as_jieba_does() {
    if skipped() {
        return;
    }
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/articles");
    let mut texts: Vec<String> = Dict::files().iter().map(|(_, text)| (*text).to_owned()).collect();
    for article in std::fs::read_dir(folder).expect("the fixtures") {
        let file = article.expect("a folder").path().join("article.txt");
        texts.push(std::fs::read_to_string(file).expect("an article"));
    }
    let (mut all, mut equal) = (0usize, 0usize);
    for text in &texts {
        let (ours, theirs) = both(text);
        let chinese = |token: &&Token| !text[token.span].starts_with(|c: char| c.is_ascii());
        let ours: std::collections::HashSet<(usize, usize, &str)> = ours.iter().map(|t| (t.span.start(), t.span.end(), t.tag.as_str())).collect();
        for token in theirs.iter().filter(chinese) {
            all += 1;
            equal += usize::from(ours.contains(&(token.span.start(), token.span.end(), token.tag.as_str())));
        }
    }
    assert!(all > 100_000, "only {all} words");
    // 99.99 of a hundred
    assert!((all - equal) * 10_000 <= all, "{} of {all} words differ", all - equal);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_text_is_cut_as_jieba_does(text in "[一三年投资的了是亿万元在中国人民公司发展经济市县区项目ａ𠀀㐀，。 \r\nA-c0-4.%+é]{0,40}") {
        if !skipped() {
            let (ours, theirs) = both(&text);
            prop_assert_eq!(ours, theirs);
        }
    }
}
