//! Encodings are told apart by what the text looks like: snippets of the fixtures, in every encoding.

use std::fs;
use std::path::Path;

use encoding_rs::{BIG5, GB18030};
use ferrous_opencc::OpenCC;
use ferrous_opencc::config::BuiltinConfig;
use shuliang::source::decode::{Wish, decode};

/// How many Chinese characters a snippet has.
const CHARACTERS: usize = 20;
/// How far apart snippets begin, in characters.
const STEP: usize = 11;

type Encode = fn(&str) -> Option<Vec<u8>>;

#[test]
#[allow(clippy::print_stdout, reason = "the figures are worth a look")]
fn snippets_of_twenty_characters_are_read_in_the_right_encoding() {
    let taiwan = OpenCC::from_config(BuiltinConfig::S2twp).expect("a converter");
    let encode: [(&str, &str, Encode); 6] = [
        ("UTF-8", "simplified", |text| Some(text.as_bytes().to_vec())),
        ("GB18030", "simplified", |text| Some(GB18030.encode(text).0.into_owned())),
        ("GB18030", "traditional", |text| Some(GB18030.encode(text).0.into_owned())),
        ("Big5", "traditional", |text| Some(BIG5.encode(text)).filter(|(_, _, lost)| !lost).map(|(bytes, _, _)| bytes.into_owned())),
        ("UTF-16LE", "simplified", |text| Some(text.encode_utf16().flat_map(u16::to_le_bytes).collect())),
        ("UTF-16BE", "traditional", |text| Some(text.encode_utf16().flat_map(u16::to_be_bytes).collect())),
    ];
    for (encoding, script, bytes) in encode {
        let (mut all, mut right, mut cannot, mut wrong) = (0, 0, 0, Vec::new());
        for text in articles() {
            let text = if script == "traditional" { taiwan.convert(&text) } else { text };
            for snippet in snippets(&text) {
                let Some(bytes) = bytes(&snippet) else {
                    cannot += 1;
                    continue;
                };
                all += 1;
                match decode(bytes, Wish::Any) {
                    Ok(decoded) if (decoded.encoding, decoded.replaced) == (encoding, 0) && decoded.text == snippet => right += 1,
                    other => wrong.push(format!("{snippet}: {other:?}")),
                }
            }
        }
        println!("{encoding}, {script}: {right} of {all} snippets right, {cannot} not writable in it");
        assert!(all > 1000 && cannot * 20 < all, "{encoding}: enough snippets");
        assert!(right * 1000 >= all * 999, "{encoding}, {script}: {right} of {all}\n{}", wrong.join("\n"));
    }
}

/// Stretches of `text` that hold twenty Chinese characters each, with what stands between them.
fn snippets(text: &str) -> Vec<String> {
    let characters: Vec<char> = text.chars().collect();
    let chinese = |c: &char| ('\u{4e00}'..='\u{9fff}').contains(c);
    let mut snippets = Vec::new();
    for start in (0..characters.len()).step_by(STEP) {
        let mut count = 0;
        let end = characters[start..].iter().position(|c| {
            count += usize::from(chinese(c));
            count == CHARACTERS
        });
        let Some(end) = end else { break };
        snippets.push(characters[start..=start + end].iter().collect());
    }
    snippets
}

fn articles() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/articles");
    let mut paths: Vec<_> = fs::read_dir(folder).expect("the fixtures").map(|entry| entry.expect("an entry").path().join("article.txt")).collect();
    paths.sort();
    paths.iter().map(|path| fs::read_to_string(path).expect("UTF-8")).collect()
}
