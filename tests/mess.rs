//! Articles as they come: what folding must not change in the tables.

use std::fs;
use std::path::Path;

use ferrous_opencc::OpenCC;
use ferrous_opencc::config::BuiltinConfig;
use shuliang::emit::{FactRow, Rows};
use shuliang::source::fold::fold;
use shuliang::source::plain::plain;
use shuliang::{Article, Dict, read};

fn article(text: &str, dict: &Dict) -> Article {
    plain(text.as_bytes().to_vec(), "inline", "inline", Some(jiff::civil::date(2023, 1, 10)), dict).expect("an article")
}

fn facts(text: &str, dict: &Dict) -> Vec<FactRow> {
    let article = article(text, dict);
    Rows::new(&read(&article, dict)).facts().collect()
}

/// The fixture articles, sorted by name.
fn fixtures() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/articles");
    let mut names: Vec<String> =
        fs::read_dir(&folder).expect("the fixtures").map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names.into_iter().map(|name| (fs::read_to_string(folder.join(&name).join("article.txt")).expect("UTF-8"), name)).map(|(text, name)| (name, text)).collect()
}

/// A row with its words in simplified characters.
fn simplified(row: FactRow, dict: &Dict) -> FactRow {
    let plain = |words: String| fold(&words, dict).text;
    FactRow {
        subject: plain(row.subject),
        indicator: plain(row.indicator),
        written: plain(row.written),
        basis: plain(row.basis),
        time_text: plain(row.time_text),
        condition: plain(row.condition),
        evidence: plain(row.evidence),
        ..row
    }
}

#[test]
#[allow(clippy::print_stdout, reason = "the figures are worth a look")]
fn traditional_script_gives_the_same_facts() {
    let dict = Dict::builtin().expect("the dictionary");
    for (name, config) in [("Taiwan", BuiltinConfig::S2tw), ("Hong Kong", BuiltinConfig::S2hk)] {
        let converter = OpenCC::from_config(config).expect("a converter");
        let (mut all, mut same, mut differ) = (0, 0, Vec::new());
        for (fixture, text) in fixtures() {
            let expected: Vec<FactRow> = facts(&text, &dict).into_iter().map(|row| simplified(row, &dict)).collect();
            let found: Vec<FactRow> = facts(&converter.convert(&text), &dict).into_iter().map(|row| simplified(row, &dict)).collect();
            all += expected.len().max(found.len());
            for row in &expected {
                if found.contains(row) {
                    same += 1;
                } else {
                    let other = found.iter().find(|other| other.start == row.start);
                    differ.push(format!("{fixture}: {row:?}\n   {other:?}"));
                }
            }
        }
        println!("{name}: {same} of {all} facts are the same");
        assert!(all > 500 && same * 1000 >= all * 995, "{name}: {same} of {all}\n{}", differ.join("\n"));
    }
}

const PARAGRAPHS: [&str; 2] =
    ["江城县今年新开工工业项目77项，总投资达到126.5亿元，同比增长8.2%。", "全县规模以上工业企业新增28家，完成产值12345.6亿元，用地面积6.2平方公里。"];

/// What every row says, but for its place; its words as they are read.
fn said(text: &str, dict: &Dict) -> Vec<[String; 6]> {
    let cells = |row: FactRow| [row.subject, row.indicator, row.value, row.unit, row.basis, row.time_start].map(|cell| fold(&cell, dict).text);
    facts(text, dict).into_iter().map(cells).collect()
}

#[test]
fn mess_gives_the_same_facts_as_clean_text() {
    let dict = Dict::builtin().expect("the dictionary");
    let clean = PARAGRAPHS.join("\n");
    let expected = said(&clean, &dict);
    assert!(expected.len() >= 6, "{expected:?}");
    let wide: String =
        clean.chars().map(|c| if c.is_ascii_digit() || c == '.' || c == '%' { char::from_u32(c as u32 + 0xfee0).unwrap_or(c) } else { c }).collect();
    let escaped: String = clean
        .chars()
        .map(|c| {
            if c == '\n' {
                "\\n".to_owned()
            } else if c.is_ascii() {
                c.to_string()
            } else {
                format!("\\u{:04x}", c as u32)
            }
        })
        .collect();
    let entities: String = clean.chars().map(|c| if c.is_ascii() { c.to_string() } else { format!("&#x{:X};", c as u32) }).collect();
    for (mess, text) in [
        ("full-width digits", wide),
        ("bracketed pinyin", clean.replace("项目", "项(xiàng)目").replace("亿元", "亿（yì）元")),
        ("soft hyphens and zero-width characters", clean.replace("投资", "投\u{ad}资").replace("企业", "企\u{200b}业\u{2060}").replace("126", "1\u{200d}26")),
        ("marks over digits", clean.replace("77", "7\u{332}7\u{332}")),
        ("a byte order mark inside", clean.replace("总投资", "\u{feff}总投资")),
        ("blanks inside numbers", clean.replace("12345.6", "12 345.6").replace("126.5", "126 .5").replace("8.2", "8. 2")),
        ("no-break spaces", clean.replace("12345.6亿", "12\u{a0}345.6亿")),
        ("marks that stand twice", clean.replace('，', "，，").replace('。', "。。")),
        ("escapes of JSON", escaped),
        ("entities", entities),
        (
            "furniture around it",
            format!(
                "您的位置：首页 > 新闻 > 正文\n字号：大 中 小　浏览次数：5678次\n{clean}\n责任编辑：王晓\n相关阅读\n江城县投资增长99%\n版权所有 江城网 ICP备12345678号"
            ),
        ),
        ("the article twice", format!("{clean}\n{clean}")),
        ("the article twice in one line", format!("{0}{0}", PARAGRAPHS.concat())),
    ] {
        assert_eq!(said(&text, &dict), expected, "{mess}: {text}");
    }
}

#[test]
fn rows_hold_the_words_as_published() {
    let dict = Dict::builtin().expect("the dictionary");
    let text = "江城县新開工業項(xiàng)目１２ 345.6&nbsp;億元，总投\u{ad}资3&#20159;元。";
    let characters: Vec<char> = text.chars().collect();
    let rows = facts(text, &dict);
    assert!(!rows.is_empty());
    for row in rows {
        assert_eq!(characters[row.start..row.end].iter().collect::<String>(), row.written);
        assert!(text.contains(&row.evidence), "{}", row.evidence);
    }
}

#[test]
fn a_copy_is_noted() {
    let dict = Dict::builtin().expect("the dictionary");
    let clean = PARAGRAPHS.join("\n");
    let notes = article(&format!("{clean}\n{clean}"), &dict).notes;
    let at = clean.chars().count() + 1;
    assert_eq!(notes, [format!("stands on the page more than once: from character {at} on it is a copy, which is not read again")]);
    assert!(article(&clean, &dict).notes.is_empty());
}
