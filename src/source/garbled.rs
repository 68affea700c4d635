//! Texts that were garbled before they came here: read in a wrong encoding, and written again so. What was lost is lost; the
//! article's notes say what it looks like, and nothing is converted.

use encoding_rs::{BIG5, Encoding, GB18030, UTF_8, WINDOWS_1252};

use super::familiar::familiar;
use crate::dict::Folding;

/// How many bytes, from the first beyond ASCII, are looked at.
const SAMPLE: usize = 1200;
/// The fewest characters beyond ASCII that say something.
const FEWEST: usize = 8;

/// What a reader of the tables should know: `replaced` characters were lost in decoding, and are not told again.
pub(super) fn notes(raw: &str, replaced: usize, words: &Folding) -> Vec<String> {
    let mut notes = Vec::new();
    let lost = raw.matches('\u{fffd}').count().saturating_sub(replaced);
    if lost > 0 {
        notes.push(format!("{lost} characters stand as \u{fffd} in the text as published"));
    }
    if let Some((sign, ())) = words.broken.iter().find(|(sign, ())| raw.contains(*sign)) {
        notes.push(format!("{sign}: characters were lost before the text was published"));
    }
    if let Some((inner, outer, sample)) = mistaken(raw) {
        notes.push(format!("looks like {inner} read as {outer} ({sample}…): not converted"));
    }
    notes
}

/// The encoding that a text was in, the one that it was read in by mistake, and some of it.
fn mistaken(raw: &str) -> Option<(&'static str, &'static str, String)> {
    let start = raw.bytes().position(|b| !b.is_ascii())?;
    let end = (start..=(start + SAMPLE).min(raw.len())).rev().find(|end| raw.is_char_boundary(*end))?;
    let sample = &raw[start..end];
    let own = Look::of(sample);
    if own.good() {
        return None;
    }
    let name = |encoding: &'static Encoding| if encoding == GB18030 { "GB18030" } else { encoding.name() };
    let pairs = [(UTF_8, WINDOWS_1252), (GB18030, WINDOWS_1252), (BIG5, WINDOWS_1252), (UTF_8, GB18030), (BIG5, GB18030), (UTF_8, BIG5), (GB18030, BIG5)];
    let fits = |&(inner, outer): &(&'static Encoding, &'static Encoding)| {
        let (bytes, _, _) = outer.encode(sample);
        let (text, _) = inner.decode_without_bom_handling(&bytes);
        // every third character may be lost on the way, but not more
        let look = Look::of(&text);
        look.familiar >= FEWEST && look.familiar >= 2 * (look.strange + look.latin)
    };
    let (inner, outer) = pairs.into_iter().find(fits)?;
    Some((name(inner), name(outer), sample.chars().filter(|c| !c.is_whitespace()).take(FEWEST).collect()))
}

/// What a sample is made of.
struct Look {
    familiar: usize,
    strange: usize,
    /// Letters that a Chinese text has none of: Ö, Ð, é.
    latin: usize,
}

impl Look {
    fn of(sample: &str) -> Look {
        let mut look = Look { familiar: 0, strange: 0, latin: 0 };
        for c in sample.chars().filter(|c| !c.is_ascii()) {
            match familiar(c) {
                Some(true) => look.familiar += 1,
                Some(false) => look.strange += 1,
                None if ('\u{a1}'..='\u{ff}').contains(&c) => look.latin += 1,
                None => {}
            }
        }
        look
    }

    /// True where nothing looks garbled.
    fn good(&self) -> bool {
        let odd = self.strange + self.latin;
        odd < FEWEST || odd * 2 < self.familiar
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dict::Dict;

    const TEXT: &str = "全市完成固定资产投资1,286.5亿元，同比增长8.2%，规模以上工业企业新增28家。";
    const TRADITIONAL: &str = "全市完成固定資產投資1,286.5億元，同比增長8.2%，規模以上工業企業新增28家。";

    fn said(raw: &str) -> Vec<String> {
        notes(raw, 0, &Dict::builtin().expect("the dictionary").folding)
    }

    fn garbled(text: &str, inner: &'static Encoding, outer: &'static Encoding) -> String {
        outer.decode_without_bom_handling(&inner.encode(text).0).0.into_owned()
    }

    #[test]
    fn a_wrong_encoding_is_named() {
        for (text, inner, outer, names) in [
            (TEXT, GB18030, WINDOWS_1252, "GB18030 read as windows-1252"),
            (TEXT, UTF_8, WINDOWS_1252, "UTF-8 read as windows-1252"),
            (TRADITIONAL, BIG5, WINDOWS_1252, "Big5 read as windows-1252"),
            (TEXT, UTF_8, GB18030, "UTF-8 read as GB18030"),
            (TRADITIONAL, BIG5, GB18030, "Big5 read as GB18030"),
        ] {
            let found = said(&garbled(text, inner, outer));
            assert!(found.iter().any(|note| note.contains(names)), "{names}: {found:?} {}", garbled(text, inner, outer));
        }
    }

    #[test]
    fn what_was_lost_is_said() {
        assert_eq!(said("投资锟斤拷3亿元"), ["锟斤拷: characters were lost before the text was published"]);
        assert_eq!(said("投资\u{fffd}3亿元"), ["1 characters stand as \u{fffd} in the text as published"]);
        assert!(notes("投资\u{fffd}3亿元", 1, &Dict::builtin().expect("the dictionary").folding).is_empty());
    }

    #[test]
    fn good_texts_have_no_notes() {
        for text in [TEXT, TRADITIONAL, "", "GDP 3.2%", "面积6.2㎡，温度±3℃，Ⅱ期①", "Émile Zola à Paris, près de l'Église", "饕餮魑魅魍魉"]
        {
            assert!(said(text).is_empty(), "{text}: {:?}", said(text));
        }
    }
}
