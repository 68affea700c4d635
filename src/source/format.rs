//! Which format an input has: its first bytes say it before its name does.

/// A format on the way in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// One article of plain text.
    Plain,
    /// One article of Markdown: `.md`, `.markdown`.
    Markdown,
    /// One page, of which the main text is the article: `.html`, `.htm`, `.xhtml`, `.shtml`.
    Html,
    /// One Word document: `.docx`.
    Docx,
    /// One PDF file with a text layer: `.pdf`.
    Pdf,
    /// One article a row, cells separated by commas, semicolons or tabs: `.csv`.
    Csv,
    /// One article a row, cells separated by tabs: `.tsv`.
    Tsv,
    /// One article a row: `.parquet`.
    Parquet,
    /// One article a line, as a JSON object: `.jsonl`, `.ndjson`.
    JsonLines,
}

/// What is known not to be text, by its first bytes.
const OTHER: &[(&[u8], &str)] = &[
    (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF87a", "a GIF picture"),
    (b"GIF89a", "a GIF picture"),
    (b"II*\0", "a TIFF picture"),
    (b"MM\0*", "a TIFF picture"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an Office file of before 2007, or an encrypted one"),
    (b"{\\rtf", "a Rich Text file"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"\xfd7zXZ\0", "an XZ archive"),
    (b"BZh", "a bzip2 archive"),
    (b"SQLite format 3\0", "an SQLite database"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90\0", "a program"),
];

impl Format {
    /// The format of an input that begins with `head` and is called `name`; an error says what it is that cannot be read.
    ///
    /// `head` is the first [`Format::HEAD`] bytes, or all where there are fewer. Content decides before the name does: a
    /// `.txt` whose first line is a JSON object is [`Format::JsonLines`].
    pub fn sniff(head: &[u8], name: &str) -> Result<Format, String> {
        if let Some((_, what)) = OTHER.iter().find(|(magic, _)| head.starts_with(magic)) {
            return Err(format!("expected an article, found {what}"));
        }
        if head.starts_with(b"PAR1") {
            return Ok(Format::Parquet);
        }
        if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
            return Ok(Format::Docx);
        }
        if head.get(..1024).unwrap_or(head).windows(5).any(|part| part == b"%PDF-") {
            return Ok(Format::Pdf);
        }
        let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
        Ok(match ending.as_str() {
            "docx" if head.is_empty() => return Err("expected a Word document, found nothing".to_owned()),
            "pdf" if head.is_empty() => return Err("expected a PDF file, found nothing".to_owned()),
            "parquet" if head.is_empty() => return Err("expected a Parquet file, found nothing".to_owned()),
            "jsonl" | "ndjson" => Format::JsonLines,
            _ if begins_as_a_page(head) => Format::Html,
            "html" | "htm" | "xhtml" | "shtml" => Format::Html,
            "md" | "markdown" => Format::Markdown,
            "csv" => Format::Csv,
            "tsv" | "tab" => Format::Tsv,
            _ if begins_with_an_object(head) => Format::JsonLines,
            _ => Format::Plain,
        })
    }

    /// How many bytes [`Format::sniff`] wants to see.
    pub const HEAD: usize = 64 << 10;

    /// True where the whole input is one article.
    pub fn is_one_article(self) -> bool {
        match self {
            Format::Plain | Format::Markdown | Format::Html | Format::Docx | Format::Pdf => true,
            Format::JsonLines | Format::Csv | Format::Tsv | Format::Parquet => false,
        }
    }
}

/// True where the first line is a JSON object with a text in it.
fn begins_with_an_object(head: &[u8]) -> bool {
    let seen = head.len();
    let head = head.strip_prefix("\u{feff}".as_bytes()).unwrap_or(head).trim_ascii_start();
    let line = head.split(|&b| b == b'\n').next().unwrap_or_default();
    let Some(inside) = line.strip_prefix(b"{") else { return false };
    if line.len() == head.len() && seen >= Format::HEAD {
        // a line longer than what is seen of it can only be judged by its beginning
        return inside.trim_ascii_start().starts_with(b"\"");
    }
    matches!(serde_json::from_slice(line), Ok(serde_json::Value::Object(_)))
}

/// How a page begins, in small letters.
const PAGES: &[&str] = &["<!doctype html", "<html", "<head", "<body", "<meta", "<title", "<div", "<table", "<script", "<link", "<article", "<section"];

/// True where the first thing is an element of a page. Comments, an XML declaration and the zeros of UTF-16 may stand
/// before it.
fn begins_as_a_page(head: &[u8]) -> bool {
    let text: Vec<u8> = head.iter().filter(|&&b| b != 0).take(4096).copied().collect();
    let text = String::from_utf8_lossy(&text).to_ascii_lowercase();
    let mut rest = text.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '\u{feff}' | '\u{fffd}'));
    while let Some(end) = [("<!--", "-->"), ("<?", "?>")].iter().find_map(|(open, close)| rest.strip_prefix(open).map(|inside| inside.split_once(close))) {
        let Some((_, after)) = end else { return false };
        rest = after.trim_start();
    }
    PAGES.iter().any(|tag| rest.strip_prefix(tag).is_some_and(|after| after.starts_with(|c: char| c.is_whitespace() || matches!(c, '>' | '/'))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_decides_before_the_name() {
        assert_eq!(Format::sniff("{\"text\":\"甲\"}\n".as_bytes(), "a.txt"), Ok(Format::JsonLines));
        assert_eq!(Format::sniff("\u{feff}{\"text\":\"甲\"}".as_bytes(), "stdin"), Ok(Format::JsonLines));
        assert_eq!(Format::sniff("{甲}乙".as_bytes(), "a.txt"), Ok(Format::Plain));
        assert_eq!(Format::sniff(b"\xff\xfe<\0h\0t\0m\0l\0>\0", "a.txt"), Ok(Format::Html));
        assert_eq!(Format::sniff("<!-- 甲 -->\n<?xml version='1.0'?> <!DOCTYPE html>".as_bytes(), "a"), Ok(Format::Html));
        assert_eq!(Format::sniff("<图1>某县".as_bytes(), "a.txt"), Ok(Format::Plain));
        assert_eq!(Format::sniff(b"# a", "a.md"), Ok(Format::Markdown));
        assert_eq!(Format::sniff(b"not json", "a.jsonl"), Ok(Format::JsonLines));
        assert_eq!(Format::sniff(b"", ""), Ok(Format::Plain));
    }

    #[test]
    fn a_long_first_line_is_judged_by_its_beginning() {
        let mut head = b"{ \"text\": \"".to_vec();
        head.resize(Format::HEAD, b'a');
        assert_eq!(Format::sniff(&head, "stdin"), Ok(Format::JsonLines));
    }

    #[test]
    fn what_is_no_text_is_named() {
        assert_eq!(Format::sniff(b"\x89PNG\r\n\x1a\n....", "a.txt"), Err("expected an article, found a PNG picture".to_owned()));
    }
}
