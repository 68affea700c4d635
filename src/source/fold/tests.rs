//! What folding reads, and that it never loses the way back.

use proptest::prelude::*;

use super::fold;
use crate::article::Folded;
use crate::dict::{Dict, Folding};
use crate::{Article, Span};
use std::sync::LazyLock;

static DICT: LazyLock<Dict> = LazyLock::new(|| Dict::builtin().expect("the dictionary"));

fn read(raw: &str) -> String {
    fold(raw, &DICT).text
}

#[test]
fn every_kind_of_mess_is_read() {
    for (raw, expected) in [
        // full width
        ("同比增长８６．５％，ＧＤＰ＋３", "同比增长86.5%，GDP+3"),
        ("𝟏𝟐家，⼀个，\u{f92c}", "12家，一个，郎"),
        ("建成3项｡", "建成3项。"),
        // nobody sees them
        ("总投\u{ad}资\u{200b}1\u{2060}2\u{feff}亿元\u{200e}", "总投资12亿元"),
        ("\u{feff}建成\u{0}3项", "建成3项"),
        ("1\u{332}2\u{332}家", "12家"),
        ("e\u{301}", "e\u{301}"),
        // blanks
        ("建成\u{a0}3\u{3000}项", "建成 3 项"),
        ("完成12 345.6亿元", "完成12345.6亿元"),
        ("完成 1 012 345.6亿元", "完成 1012345.6亿元"),
        ("完成12\u{202f}345 亿元", "完成12345 亿元"),
        ("达86 .5%，增长12. 5%", "达86.5%，增长12.5%"),
        ("1 2 3", "1 2 3"),
        ("产量 12 345 678", "产量 12 345 678"),
        ("第一产业 12 345 678亿元", "第一产业 12345678亿元"),
        ("第二产业 1 234 12 345亿元", "第二产业 1 234 12 345亿元"),
        ("2020 300家", "2020 300家"),
        ("1. 5家企业", "1. 5家企业"),
        ("G 3 123公里", "G 3 123公里"),
        ("0 345家", "0 345家"),
        // marks twice
        ("增长3%，，完成。。建成：：3项", "增长3%，完成。建成：3项"),
        ("等等。。。3项", "等等。。。3项"),
        // escapes
        ("投资&nbsp;3&#20159;&#x5143;&ldquo;甲&rdquo;&amp;nbsp;乙", "投资 3亿元“甲” 乙"),
        ("\\u6295\\u8d443亿元\\ud83d\\ude00", "投资3亿元😀"),
        ("第一段。\\n第二段", "第一段。\n第二段"),
        ("AT&T;C:\\new\\u12&;&#xffffff;&#;", "AT&T;C:\\new\\u12&;&#xffffff;&#;"),
        // pinyin
        ("項(xiàng)目", "项目"),
        ("项（xia\u{300}ng）目、吕(lü3)梁、绿(lv4)地", "项目、吕梁、绿地"),
        ("吕(lǚ)梁市西(xī)安(ān)市", "吕梁市西安市"),
        ("西安(xī'ān)、重庆(Chóngqìng)、北京(běi jīng)", "西安、重庆、北京"),
        ("二期(PPP)、10公里(km)、5公顷(ha)、甲(a)、第一(1)、项(xmù)目、丙(lǐ", "二期(PPP)、10公里(km)、5公顷(ha)、甲(a)、第一(1)、项(xmù)目、丙(lǐ"),
        // script
        ("乾淨的歷史，乾隆年間", "干净的历史，乾隆年间"),
        ("衞生防疫，裡面，鐘錶，藉由，重覆", "卫生防疫，里面，钟表，借由，重复"),
        ("甲公司董事长游錫堃表示，乾坤集团去年在著名的县城投资建设了三个新的项目", "甲公司董事长游锡堃表示，乾坤集团去年在著名的县城投资建设了三个新的项目"),
    ] {
        assert_eq!(read(raw), expected, "{raw}");
    }
}

#[test]
fn every_example_of_the_dictionary_is_folded_so() {
    let (_, text) = Dict::files().iter().find(|(name, _)| *name == "folding.tsv").expect("the file");
    let mut kinds = 0;
    for line in text.lines().filter(|line| !line.starts_with('#')).skip(1) {
        let (raw, expected) = line.split('\t').nth(2).and_then(|cell| cell.split_once(" => ")).expect("an example");
        assert_eq!(read(raw), expected, "{line}");
        kinds += 1;
    }
    assert!(kinds > 20);
}

#[test]
fn quotes_are_what_was_published() {
    let raw = "項(xiàng)目&nbsp;投資１２\u{200b} 345.6\\u4ebf元。";
    let article = Article::new(String::new(), String::new(), raw.to_owned(), fold(raw, &DICT));
    assert_eq!(article.text, "项目 投资12 345.6亿元。");
    let quote = |words: &str| {
        let at = article.text.find(words).expect("the words");
        article.quote(Span::new(at, at + words.len()))
    };
    assert_eq!(quote("项目"), "項(xiàng)目");
    assert_eq!(quote("项"), "項");
    assert_eq!(quote("目 投"), "目&nbsp;投");
    assert_eq!(quote("12"), "１２");
    assert_eq!(quote("6亿元"), "6\\u4ebf元");
    assert_eq!(article.quote(Span::new(0, article.text.len())), raw);
}

#[test]
fn mess_without_end_is_read_to_its_end() {
    for piece in ["345 ", "345\u{202f}", "项(xiàng", "项（", "&amp;", "&#", "\\ud83d", "\\", "，", "。", "\u{300}", "\u{200b}", "12. ", "項", "項a"] {
        let raw = piece.repeat(200_000);
        assert!(fold(&raw, &DICT).text.len() <= raw.len(), "{piece}");
    }
}

/// Every span leads back to whole characters, in the same order, and to all of them.
fn check(raw: &str, folded: &Folded) {
    let article = Article::new(String::new(), String::new(), raw.to_owned(), folded.clone());
    let text = article.text.as_str();
    let places: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let mut last = Span::default();
    for pair in places.windows(2) {
        let span = article.raw_span(Span::new(pair[0], pair[1]));
        assert!(raw.get(span.range()).is_some_and(|quote| !quote.is_empty()), "{raw:?}: {span:?}");
        assert!(last.end() <= span.start() || last == span, "{raw:?}: {last:?} before {span:?}");
        last = span;
    }
    for window in places.windows(5) {
        let whole = article.raw_span(Span::new(window[0], window[4]));
        let (first, last) = (article.raw_span(Span::new(window[0], window[1])), article.raw_span(Span::new(window[3], window[4])));
        assert_eq!(whole, first.join(last), "{raw:?}");
    }
}

/// Pieces of mess, in any order.
fn mess() -> impl Strategy<Value = String> {
    let pieces = [
        "项",
        "項",
        "目",
        "(xiàng)",
        "（xia\u{300}ng）",
        "(km)",
        "(",
        "）",
        "&nbsp;",
        "&#x4E00;",
        "&amp;",
        "&",
        ";",
        "\\u4e00",
        "\\ud83d\\ude00",
        "\\n",
        "\\",
        "１",
        "12",
        " ",
        "345",
        ".",
        "\u{a0}",
        "\u{202f}",
        "\u{200b}",
        "\u{332}",
        "，",
        "。",
        "乾",
        "淨",
        "𠮷",
        "\n",
        "e\u{301}",
        "\u{f92c}",
        "%",
        "亿元",
        "\u{2028}",
    ];
    prop::collection::vec(prop::sample::select(pieces.to_vec()), 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn the_way_back_is_never_lost(raw in mess()) {
        check(&raw, &fold(&raw, &DICT));
    }

    #[test]
    fn nor_in_any_text(raw in "\\PC{0,40}") {
        check(&raw, &fold(&raw, &DICT));
    }

    #[test]
    fn plain_simplified_text_stays_as_it_is(raw in "[的一是在不了有和人这中大为上个国我以要他0-9a-z，。\n]{0,60}") {
        // a mark that stands twice is folded
        prop_assume!(!["，，", "。。"].iter().any(|twice| raw.contains(twice)));
        prop_assert_eq!(fold(&raw, &DICT).text, raw);
    }
}

#[test]
fn the_table_knows_its_characters() {
    let words: &Folding = &DICT.folding;
    assert!(words.is_traditional('項') && !words.is_traditional('项') && !words.is_traditional('乾') && !words.is_traditional('𠮷'));
    assert_eq!((words.simplified('項'), words.simplified('乾'), words.simplified('a')), ('项', '乾', 'a'));
}
