//! PDF files with a text layer: the words of each page in the order in which they are drawn, lines put together to
//! paragraphs.
//!
//! What is drawn at one height is a line. A line that reaches to the right edge of the others goes on in the next; a gap
//! between words is a blank. Scans have no text layer and are refused: nothing here looks at pictures.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use lopdf::content::Content;
use lopdf::{Document, Encoding, LoadOptions, Object, ObjectId};

use super::{Given, Options, Piece, SourceError, compose, too_long};
use crate::Article;
use crate::dict::Dict;

/// How long the streams of a page may be, unpacked.
const LONGEST_PAGE: usize = 64 << 20;
/// How long the streams of all pages may be together, unpacked.
const LONGEST: usize = 256 << 20;
/// How many pages a file may have.
const MOST_PAGES: usize = 5_000;

/// The article of a piece that is a PDF file.
pub(super) fn piece(mut piece: Piece, options: &Options, dict: &Dict) -> Result<Article, SourceError> {
    let bytes = piece.take();
    // the reader of PDF is not ours, and files are broken in more ways than anybody has seen
    let text = catch_unwind(AssertUnwindSafe(|| text(&bytes))).unwrap_or_else(|_| Err("expected a PDF file, found one that cannot be read".to_owned()));
    let text = text.map_err(|message| piece.error(message))?;
    if text.len() > options.max_article {
        return Err(piece.error(too_long(options.max_article)));
    }
    Ok(compose(Given { id: piece.id, source: piece.source.to_string(), ..Given::default() }, text, options.published, dict))
}

fn text(bytes: &[u8]) -> Result<String, String> {
    let load = LoadOptions::with_max_decompressed_size(LONGEST_PAGE);
    let document = Document::load_mem_with_options(bytes, load).map_err(|error| format!("expected a PDF file, found {error}"))?;
    if document.is_encrypted() {
        return Err("expected a PDF file, found an encrypted one".to_owned());
    }
    let pages = document.get_pages();
    if pages.len() > MOST_PAGES {
        return Err(format!("expected at most {MOST_PAGES} pages, found {}", pages.len()));
    }
    let mut lines = Vec::new();
    let mut left = LONGEST;
    for (number, id) in pages {
        let content = document.get_page_content_with_limit(id, LONGEST_PAGE.min(left)).map_err(|error| format!("page {number}: {error}"))?;
        left = left.saturating_sub(content.len());
        lines.extend(Page::read(&document, id, &content).map_err(|error| format!("page {number}: {error}"))?);
    }
    let text = paragraphs(&lines);
    let (mut known, mut all, mut chinese) = (0, 0, 0);
    for c in text.chars().filter(|c| !c.is_whitespace()) {
        all += 1;
        chinese += usize::from(matches!(c, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}'));
        known += usize::from(!matches!(c, '\u{fffd}' | '\u{e000}'..='\u{f8ff}' | '\0'..='\u{1f}'));
    }
    if all == 0 {
        return Err("expected a PDF file with a text layer, found none: a scan must go through character recognition first".to_owned());
    }
    // letters where an article in Chinese should stand: the font's own characters were taken for Latin ones
    if known * 10 < all * 8 || chinese * 10 < all {
        return Err("expected a PDF file with a text layer, found one whose characters are not named as Chinese ones".to_owned());
    }
    Ok(text)
}

/// A line of a page, in thousandths of a point.
#[derive(Debug, Default, Clone)]
struct Line {
    text: String,
    /// Where it begins and ends.
    left: i64,
    right: i64,
    /// Its height on the page.
    at: i64,
    /// How high its characters are.
    size: i64,
}

/// A page under way: where the next characters are drawn.
struct Page {
    lines: Vec<Line>,
    /// Where the line of text under way begins, and how much its coordinates are stretched, in thousandths.
    line: (i64, i64),
    scale: i64,
    x: i64,
    size: i64,
    leading: i64,
}

impl Page {
    fn read(document: &Document, id: ObjectId, content: &[u8]) -> Result<Vec<Line>, lopdf::Error> {
        let fonts = document.get_page_fonts(id)?;
        let encodings: BTreeMap<&[u8], Encoding> =
            fonts.iter().filter_map(|(name, font)| Some((name.as_slice(), font.get_font_encoding_with_limit(document, LONGEST_PAGE).ok()?))).collect();
        let mut page = Page { lines: Vec::new(), line: (0, 0), scale: 1000, x: 0, size: 12_000, leading: 0 };
        let mut encoding = None;
        for operation in Content::decode(content)?.operations {
            let operands = &operation.operands;
            let number = |at: usize| operands.get(at).map_or(0, thousandths);
            match operation.operator.as_str() {
                "BT" => (page.line, page.x, page.scale) = ((0, 0), 0, 1000),
                "Tf" => {
                    encoding = operands.first().and_then(|font| font.as_name().ok()).and_then(|font| encodings.get(font));
                    page.size = number(1).abs();
                }
                "TL" => page.leading = number(0),
                "Td" => page.moved(number(0), number(1)),
                "TD" => {
                    page.leading = -number(1);
                    page.moved(number(0), number(1));
                }
                "T*" => page.moved(0, -page.leading),
                "Tm" => {
                    page.scale = number(3).abs().max(number(1).abs()).max(1);
                    page.line = (number(4), number(5));
                    page.x = page.line.0;
                }
                "Tj" | "TJ" => page.show(operands, encoding),
                "'" | "\"" => {
                    page.moved(0, -page.leading);
                    page.show(operands.last().map(std::slice::from_ref).unwrap_or_default(), encoding);
                }
                _ => {}
            }
        }
        Ok(page.lines)
    }

    fn moved(&mut self, x: i64, y: i64) {
        let scaled = |by: i64| by.saturating_mul(self.scale) / 1000;
        self.line = (self.line.0.saturating_add(scaled(x)), self.line.1.saturating_add(scaled(y)));
        self.x = self.line.0;
    }

    fn show(&mut self, operands: &[Object], encoding: Option<&Encoding<'_>>) {
        let Some(encoding) = encoding else { return };
        let size = (self.size.saturating_mul(self.scale) / 1000).max(1);
        for operand in operands {
            match operand {
                Object::Array(parts) => self.show(parts, Some(encoding)),
                Object::String(bytes, _) => {
                    if let Ok(words) = Document::decode_text(encoding, bytes) {
                        self.words(&words, size);
                    }
                }
                // a step back to the left, in thousandths of the size, is a gap
                number => self.x = self.x.saturating_sub(thousandths(number).saturating_mul(size) / 1_000_000),
            }
        }
    }

    fn words(&mut self, words: &str, size: i64) {
        let y = self.line.1;
        match self.lines.last_mut() {
            Some(line) if (line.at - y).abs() <= size / 3 => {
                let gap = self.x - line.right;
                if gap > size / 2 && !line.text.ends_with(' ') && !words.starts_with(' ') {
                    line.text.push(' ');
                }
            }
            _ => self.lines.push(Line { left: self.x, right: self.x, at: y, size, text: String::new() }),
        }
        // widths are guessed: Chinese characters fill a square, others half of one
        let width: i64 = words.chars().map(|c| if c.is_ascii() { size / 2 } else { size }).sum();
        self.x = self.x.saturating_add(width);
        if let Some(line) = self.lines.last_mut() {
            line.text.push_str(words);
            line.right = line.right.max(self.x);
        }
    }
}

/// A number of the file in thousandths.
#[allow(clippy::float_arithmetic, reason = "places on a page, which no value is made of")]
fn thousandths(object: &Object) -> i64 {
    match object {
        Object::Integer(number) => number.saturating_mul(1000),
        Object::Real(number) => (*number * 1000.0) as i64,
        _ => 0,
    }
}

/// Lines put together: one that reaches as far to the right as the longest goes on, unless the next one is indented.
fn paragraphs(lines: &[Line]) -> String {
    let edge = lines.iter().filter(|line| line.text.chars().count() > 15).map(|line| line.right).max().unwrap_or(i64::MAX);
    let start = lines.iter().filter(|line| line.text.chars().count() > 15).map(|line| line.left).min().unwrap_or(0);
    let mut text = String::new();
    let mut goes_on = false;
    for line in lines {
        let words = line.text.trim();
        if words.is_empty() {
            continue;
        }
        let indented = line.left - start > line.size * 3 / 2 || line.text.starts_with('\u{3000}');
        if !text.is_empty() && (!goes_on || indented) {
            text.push('\n');
        } else if goes_on && text.ends_with(|c: char| c.is_ascii_alphanumeric()) && words.starts_with(|c: char| c.is_ascii_alphabetic()) {
            text.push(' ');
        }
        text.push_str(words);
        goes_on = line.text.chars().count() > 15 && edge - line.right < line.size * 5 / 2 && !words.ends_with(['。', '！', '？', '：']);
    }
    text
}
