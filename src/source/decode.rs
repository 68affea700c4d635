//! Bytes into text: which encoding they are in, and what could not be read.
//!
//! In this order: an encoding that the caller forces; a byte order mark; UTF-8 where all bytes are valid; UTF-8 with a few
//! broken bytes (at most one for every [`FEW`] characters beyond ASCII); then GB18030 (with GBK and GB2312 in it), Big5 and
//! UTF-16 without a mark, whichever gives the most familiar text. Pages of one encoding are often valid in another (every
//! second page in Big5 is valid GB18030), so validity alone decides nothing.
//!
//! What is familiar stands in [`super::familiar`]: read in the wrong encoding, a text is full of other characters.

use std::borrow::Cow;
use std::str::FromStr;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, DecoderResult, Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

use super::familiar::familiar;

/// In a text of so many characters beyond ASCII one may be broken.
const FEW: usize = 10;
/// In a text that is mostly ASCII, one in so many characters may be broken.
const FEW_ASCII: usize = 50;
/// In a text of so many characters one may be a control character.
const FEW_CONTROLS: usize = 20;
/// How many bytes the choice of an encoding is made on, from the first that is not ASCII.
const SAMPLE: usize = 32 << 10;
/// The most that may be strange in a text, of a thousand.
const STRANGE: usize = 400;
/// How near two encodings are, of a thousand, where others may decide: the page's own word, or the detector's.
const NEAR: usize = 100;

/// A named encoding: any label of the WHATWG Encoding Standard (`gbk`, `big5`, `utf-16le`, `shift_jis` …).
///
/// ```
/// use shuliang::source::decode::Charset;
/// assert_eq!("gb2312".parse::<Charset>().map(|charset| charset.name()), Ok("GBK"));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Charset(&'static Encoding);

impl Charset {
    /// The standard's name of it.
    pub fn name(self) -> &'static str {
        name(self.0)
    }
}

/// The standard's name, but for the one that it writes small.
fn name(encoding: &'static Encoding) -> &'static str {
    if encoding == GB18030 { "GB18030" } else { encoding.name() }
}

impl FromStr for Charset {
    type Err = String;

    fn from_str(label: &str) -> Result<Charset, String> {
        Encoding::for_label_no_replacement(label.trim().as_bytes())
            .map(Charset)
            .ok_or_else(|| format!("expected an encoding such as gb18030, big5, utf-8 or utf-16le, found `{label}`"))
    }
}

/// What somebody says about the encoding of an input.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Wish {
    /// Nothing.
    #[default]
    Any,
    /// The input names its own encoding, as pages do; it may be mistaken.
    Hint(Charset),
    /// The user names it: it is read so, whatever it looks like.
    Force(Charset),
}

/// Text with the encoding that it was in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The text, without a byte order mark.
    pub text: String,
    /// The name of the encoding: `UTF-8`, `GB18030`, `Big5`, `UTF-16LE`, `UTF-16BE`, or what was asked for.
    pub encoding: &'static str,
    /// How many characters could not be read; each stands as U+FFFD in the text.
    pub replaced: usize,
}

/// Why bytes are no text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DecodeError {
    /// Full of control characters: the number of the first one, from 1, and what it is.
    #[error("expected text, found binary data (character {0} is U+{1:04X})")]
    Binary(usize, u32),
    /// In none of the encodings that are told apart.
    #[error("expected text in UTF-8, GB18030, Big5 or UTF-16, found other bytes (from byte {at} on no UTF-8); if they are {guess}, say so with --encoding")]
    Unknown {
        /// The first byte, from 1, that is not UTF-8.
        at: usize,
        /// The encoding that the bytes look most like.
        guess: &'static str,
    },
}

/// The text that `bytes` spell.
///
/// ```
/// use shuliang::source::decode::{Wish, decode};
/// let decoded = decode(b"\xcd\xb6\xd7\xca3\xd2\xda\xd4\xaa".as_slice(), Wish::Any);
/// assert_eq!(decoded.map(|d| (d.text, d.encoding, d.replaced)), Ok(("投资3亿元".to_owned(), "GB18030", 0)));
/// ```
pub fn decode<'a>(bytes: impl Into<Cow<'a, [u8]>>, wish: Wish) -> Result<Decoded, DecodeError> {
    let bytes: Cow<'a, [u8]> = bytes.into();
    let decoded = match (wish, Encoding::for_bom(&bytes)) {
        (Wish::Force(charset), _) => with(charset.0, &bytes),
        (_, Some((encoding, _))) => with(encoding, &bytes),
        _ => chosen(bytes, wish)?,
    };
    binary(&decoded.text)?;
    Ok(decoded)
}

/// Read in one encoding, a byte order mark of it left out.
fn with(encoding: &'static Encoding, bytes: &[u8]) -> Decoded {
    let (mut text, replaced) = read(encoding, bytes, Tail::Ends);
    if text.starts_with('\u{feff}') {
        text.drain(..'\u{feff}'.len_utf8());
    }
    Decoded { text, encoding: name(encoding), replaced }
}

/// Read in the encoding that fits best.
fn chosen(bytes: Cow<'_, [u8]>, wish: Wish) -> Result<Decoded, DecodeError> {
    let (at, bytes) = match utf8(bytes) {
        Ok(text) => {
            let wide = wide_ascii(text.as_bytes()).map(|encoding| with(encoding, text.as_bytes()));
            let narrow = || Decoded { text, encoding: name(UTF_8), replaced: 0 };
            return Ok(wide.filter(|decoded| binary(&decoded.text).is_ok()).unwrap_or_else(narrow));
        }
        Err(other) => other,
    };
    let utf8 = Utf8::of(&bytes);
    if utf8.wide > 0 && utf8.broken * FEW <= utf8.wide {
        return Ok(with(UTF_8, &bytes));
    }
    if let Some(encoding) = detect(&bytes, wish) {
        return Ok(with(encoding, &bytes));
    }
    if let Wish::Hint(Charset(encoding)) = wish
        && encoding != UTF_8
        && let decoded = with(encoding, &bytes)
        && decoded.replaced * FEW_ASCII <= bytes.len()
    {
        return Ok(decoded);
    }
    let decoded = with(UTF_8, &bytes);
    binary(&decoded.text)?;
    if utf8.broken * FEW_ASCII <= utf8.narrow {
        return Ok(decoded);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(sample(GB18030, &bytes), true);
    Err(DecodeError::Unknown { at, guess: name(detector.guess(None, Utf8Detection::Deny)) })
}

/// The bytes as UTF-8, or the first one, from 1, that is none.
fn utf8(bytes: Cow<'_, [u8]>) -> Result<String, (usize, Cow<'_, [u8]>)> {
    match bytes {
        Cow::Borrowed(bytes) => std::str::from_utf8(bytes).map(str::to_owned).map_err(|error| (error.valid_up_to() + 1, Cow::Borrowed(bytes))),
        Cow::Owned(bytes) => String::from_utf8(bytes).map_err(|error| (error.utf8_error().valid_up_to() + 1, Cow::Owned(error.into_bytes()))),
    }
}

/// UTF-16 where the text is all ASCII: every second byte is NUL, which is valid UTF-8 too.
fn wide_ascii(bytes: &[u8]) -> Option<&'static Encoding> {
    if !bytes.contains(&0) {
        return None;
    }
    let nuls = |from: usize| bytes.iter().skip(from).step_by(2).filter(|b| **b == 0).count();
    let (even, odd) = (nuls(0), nuls(1));
    ((even + odd) * 4 > bytes.len()).then_some(if even > odd { UTF_16BE } else { UTF_16LE })
}

/// How bytes look as UTF-8.
struct Utf8 {
    /// Characters of ASCII.
    narrow: usize,
    /// Characters of three or four bytes, as Chinese ones have: bytes of other encodings look like these by chance only.
    wide: usize,
    /// Stretches that are none.
    broken: usize,
}

impl Utf8 {
    fn of(bytes: &[u8]) -> Utf8 {
        let mut utf8 = Utf8 { narrow: 0, wide: 0, broken: 0 };
        for chunk in bytes.utf8_chunks() {
            utf8.narrow += chunk.valid().bytes().filter(u8::is_ascii).count();
            utf8.wide += chunk.valid().bytes().filter(|b| *b >= 0xe0).count();
            utf8.broken += usize::from(!chunk.invalid().is_empty());
        }
        utf8
    }
}

/// The encoding other than UTF-8 that gives the most familiar text; none where all are strange.
fn detect(bytes: &[u8], wish: Wish) -> Option<&'static Encoding> {
    let mut looks: Vec<Look> =
        [GB18030, BIG5, UTF_16LE, UTF_16BE].map(|encoding| Look::of(encoding, sample(encoding, bytes))).into_iter().filter(Look::fits).collect();
    // the first of equals stands first
    looks.sort_by_key(Look::strangeness);
    let best = looks.first()?;
    let near: Vec<&'static Encoding> = looks.iter().filter(|look| look.strangeness() <= best.strangeness() + NEAR).map(|look| look.encoding).collect();
    let asked = match wish {
        Wish::Hint(Charset(encoding)) => near.iter().find(|near| **near == encoding || **near == GB18030 && encoding == encoding_rs::GBK),
        _ => None,
    };
    asked.copied().or(Some(best.encoding))
}

/// The part of `bytes` that the choice is made on. It begins with the first byte beyond ASCII, which begins a character in
/// GB18030 and Big5, or, for UTF-16, with the pair of bytes that holds it.
fn sample<'a>(encoding: &'static Encoding, bytes: &'a [u8]) -> &'a [u8] {
    let start = bytes.iter().position(|b| !b.is_ascii()).unwrap_or_default();
    let start = if encoding == UTF_16LE || encoding == UTF_16BE { start & !1 } else { start };
    bytes.get(start..).map(|rest| &rest[..rest.len().min(SAMPLE)]).unwrap_or_default()
}

/// How a sample looks in an encoding.
struct Look {
    encoding: &'static Encoding,
    familiar: usize,
    strange: usize,
    broken: usize,
}

impl Look {
    fn of(encoding: &'static Encoding, sample: &[u8]) -> Look {
        let (text, broken) = read(encoding, sample, Tail::IsCut);
        let mut look = Look { encoding, familiar: 0, strange: 0, broken };
        for c in text.chars() {
            match familiar(c) {
                Some(true) => look.familiar += 1,
                Some(false) => look.strange += 1,
                None => {}
            }
        }
        look
    }

    /// Of a thousand characters that say something.
    fn strangeness(&self) -> usize {
        let strange = self.strange + self.broken * 3;
        strange * 1000 / (self.familiar + strange).max(1)
    }

    fn fits(&self) -> bool {
        self.broken * FEW <= self.familiar && self.strangeness() <= STRANGE && self.familiar > 0
    }
}

/// What the end of some bytes is.
#[derive(Clone, Copy)]
enum Tail {
    /// The end of the text: half a character is broken.
    Ends,
    /// The end of a sample: half a character may go on.
    IsCut,
}

/// The text with U+FFFD for what is broken, and how often that was.
fn read(encoding: &'static Encoding, bytes: &[u8], tail: Tail) -> (String, usize) {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut text = String::with_capacity(decoder.max_utf8_buffer_length_without_replacement(bytes.len()).unwrap_or(bytes.len()).min(bytes.len() * 2));
    let (mut at, mut broken) = (0, 0);
    loop {
        let (result, read) = decoder.decode_to_string_without_replacement(&bytes[at..], &mut text, matches!(tail, Tail::Ends));
        at += read;
        match result {
            DecoderResult::InputEmpty => return (text, broken),
            DecoderResult::OutputFull => text.reserve(bytes.len() - at + 16),
            DecoderResult::Malformed(..) => {
                broken += 1;
                text.reserve(4);
                text.push('\u{fffd}');
            }
        }
    }
}

/// An error for a text that is full of control characters.
fn binary(text: &str) -> Result<(), DecodeError> {
    // the control characters are those below the blank, U+007F, and U+0080 to U+009F, which begin with the byte C2
    let may_control = |b: u8| b < b' ' && !matches!(b, b'\t' | b'\n' | b'\r') || b == 0x7f || b == 0xc2;
    if !text.bytes().fold(false, |found, b| found | may_control(b)) {
        return Ok(());
    }
    let control = |c: char| c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{c}' | '\u{1a}' | '\u{85}');
    let (mut controls, mut all, mut first) = (0, 0, None);
    for c in text.chars() {
        all += 1;
        if control(c) {
            controls += 1;
            first = first.or(Some((all, c)));
        }
    }
    match first {
        Some((at, c)) if controls * FEW_CONTROLS > all => Err(DecodeError::Binary(at, c.into())),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The encoding that is found, how many characters were replaced, and the text.
    fn found(bytes: &[u8]) -> (&'static str, usize, String) {
        let decoded = decode(bytes, Wish::Any).unwrap_or_else(|error| panic!("{bytes:x?}: {error}"));
        (decoded.encoding, decoded.replaced, decoded.text)
    }

    const TEXT: &str = "全市完成固定资产投资1,286.5亿元，同比增长8.2%。";
    const TRADITIONAL: &str = "全市完成固定資產投資1,286.5億元，同比增長8.2%。";

    fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn every_encoding_is_found_with_and_without_a_mark() {
        let marked = |text: &str| format!("\u{feff}{text}");
        for (bytes, encoding, text) in [
            (TEXT.as_bytes().to_vec(), "UTF-8", TEXT),
            (marked(TEXT).into_bytes(), "UTF-8", TEXT),
            (GB18030.encode(TEXT).0.into_owned(), "GB18030", TEXT),
            (GB18030.encode(TRADITIONAL).0.into_owned(), "GB18030", TRADITIONAL),
            (GB18030.encode(&marked(TEXT)).0.into_owned(), "GB18030", TEXT),
            (BIG5.encode(TRADITIONAL).0.into_owned(), "Big5", TRADITIONAL),
            (utf16(TEXT, u16::to_le_bytes), "UTF-16LE", TEXT),
            (utf16(TEXT, u16::to_be_bytes), "UTF-16BE", TEXT),
            (utf16(&marked(TEXT), u16::to_le_bytes), "UTF-16LE", TEXT),
            (utf16(&marked(TEXT), u16::to_be_bytes), "UTF-16BE", TEXT),
            (utf16("GDP 3.2%", u16::to_le_bytes), "UTF-16LE", "GDP 3.2%"),
            (utf16("GDP 3.2%", u16::to_be_bytes), "UTF-16BE", "GDP 3.2%"),
            (b"GDP 3.2%".to_vec(), "UTF-8", "GDP 3.2%"),
            (Vec::new(), "UTF-8", ""),
        ] {
            assert_eq!(found(&bytes), (encoding, 0, text.to_owned()));
        }
    }

    #[test]
    fn a_few_broken_bytes_are_counted_and_change_no_encoding() {
        let mut utf8 = TEXT.as_bytes().to_vec();
        utf8.remove(4);
        assert_eq!(found(&utf8).0, "UTF-8");
        assert!(found(&utf8).1 > 0 && found(&utf8).2.contains("1,286.5亿元"));
        let mut gb = GB18030.encode(TEXT).0.into_owned();
        gb.push(0xd4);
        assert_eq!(found(&gb), ("GB18030", 1, format!("{TEXT}\u{fffd}")));
        let mut ascii = "GDP grew by 3.2 percent. ".repeat(4).into_bytes();
        ascii.push(0xe9);
        assert_eq!((found(&ascii).0, found(&ascii).1), ("UTF-8", 1));
    }

    #[test]
    fn long_markup_before_the_first_chinese_character_hides_nothing() {
        let page = "<div class=\"a\">".repeat(5000) + TEXT;
        assert_eq!(found(&GB18030.encode(&page).0).0, "GB18030");
        assert_eq!(found(&utf16(&page, u16::to_le_bytes)).0, "UTF-16LE");
    }

    #[test]
    fn rubbish_is_an_error_that_says_what_was_found() {
        let error = |bytes: &[u8]| decode(bytes, Wish::Any).expect_err("no text").to_string();
        assert_eq!(error(b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0"), "expected text, found binary data (character 1 is U+007F)");
        assert_eq!(error(&[0; 64]), "expected text, found binary data (character 1 is U+0000)");
        assert!(error(b"ab\xff").starts_with("expected text in UTF-8, GB18030, Big5 or UTF-16, found other bytes (from byte 3 on no UTF-8); if they are "));
        let noise: Vec<u8> = (0..4096u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        assert!(error(&noise).starts_with("expected text, found binary data"), "{}", error(&noise));
    }

    #[test]
    fn a_forced_encoding_is_used_and_a_hint_only_where_it_may_be_right() {
        let charset = |label: &str| label.parse::<Charset>().expect("a label");
        let gb = GB18030.encode(TEXT).0.into_owned();
        let with = |wish| decode(gb.as_slice(), wish).map(|decoded| decoded.encoding);
        assert_eq!(with(Wish::Force(charset("big5"))), Ok("Big5"));
        assert_eq!(with(Wish::Force(charset("gb2312"))), Ok("GBK"));
        assert_eq!(with(Wish::Hint(charset("gb2312"))), Ok("GB18030"));
        assert_eq!(with(Wish::Hint(charset("big5"))), Ok("GB18030"));
        assert_eq!(with(Wish::Hint(charset("utf-8"))), Ok("GB18030"));
        let japanese = encoding_rs::SHIFT_JIS.encode("これはテストのページです。").0.into_owned();
        assert_eq!(decode(japanese, Wish::Hint(charset("shift_jis"))).map(|decoded| decoded.encoding), Ok("Shift_JIS"));
        assert!("klingon".parse::<Charset>().is_err());
    }
}
