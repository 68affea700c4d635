//! Folding never loses the way back.
#![no_main]

use libfuzzer_sys::fuzz_target;
use shuliang::source::fold::fold;
use shuliang::{Article, Span};
use shuliang_fuzz::{DICT, text};

fuzz_target!(|bytes: &[u8]| {
    let raw = text(bytes);
    let article = Article::new(String::new(), String::new(), raw.clone(), fold(&raw, &DICT));
    let mut last = Span::default();
    for (at, c) in article.text.char_indices() {
        let span = article.raw_span(Span::new(at, at + c.len_utf8()));
        assert!(raw.get(span.range()).is_some_and(|quote| !quote.is_empty()));
        assert!(last.end() <= span.start() || last == span);
        last = span;
    }
});
