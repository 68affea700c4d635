//! Word documents: paragraphs and tables of `word/document.xml`, title and day of `docProps/core.xml`.
//!
//! A document is a zip archive, which is opened within bounds; XML is read as a stream, and no entity is ever looked up.

use std::io::{Cursor, Read};

use jiff::civil::DateTime;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use super::decode::{Wish, decode};
use super::grid::{self, GridCell};
use super::published::moment_of;
use super::{Given, Options, Piece, SourceError, compose, too_long};
use crate::Article;
use crate::dict::Dict;

/// How long a part of the archive may be, unpacked.
const LONGEST_PART: u64 = 64 << 20;
/// How long all parts may be together.
const LONGEST: u64 = 256 << 20;
/// How many bytes may come out of one that goes in.
const RATIO: u64 = 100;
/// How long a part may be before its ratio counts.
const FREE: u64 = 1 << 20;
/// How many parts there may be.
const MOST_PARTS: usize = 10_000;
/// How deep elements may stand in each other.
const DEEPEST: usize = 256;

/// The article of a piece that is a Word document.
pub(super) fn piece(mut piece: Piece, options: &Options, dict: &Dict) -> Result<Article, SourceError> {
    let bytes = piece.take();
    let (raw, about) = read(bytes, options.max_article).map_err(|message| piece.error(message))?;
    let moment = about.created.as_deref().and_then(moment_of);
    let given = Given { id: piece.id, source: piece.source.to_string(), title: about.title(&raw), ..Given::default() };
    // the day on which the file was made counts only where the text names none
    Ok(compose(given, raw, moment.map(DateTime::date).or(options.published), dict))
}

fn read(bytes: Vec<u8>, max: usize) -> Result<(String, About), String> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| format!("expected a Word document, found a broken archive ({error})"))?;
    bounded(&mut archive)?;
    let body = part(&mut archive, "word/document.xml")?.ok_or_else(|| {
        let kind = ["xl/workbook.xml", "ppt/presentation.xml", "content.xml"].into_iter().find(|name| archive.index_for_name(name).is_some());
        let what = match kind {
            Some("xl/workbook.xml") => "an Excel file; save it as CSV",
            Some("ppt/presentation.xml") => "a PowerPoint file",
            Some(_) => "an OpenDocument file; save it as .docx",
            None => "a zip archive without word/document.xml",
        };
        format!("expected a Word document, found {what}")
    })?;
    let text = text(&in_unicode(body)?, max)?;
    let about = part(&mut archive, "docProps/core.xml").ok().flatten().and_then(|core| in_unicode(core).ok()).map(|core| about(&core)).unwrap_or_default();
    Ok((text, about))
}

/// Refuses archives that say themselves that they would fill the memory.
fn bounded(archive: &mut ZipArchive<Cursor<Vec<u8>>>) -> Result<(), String> {
    if archive.len() > MOST_PARTS {
        return Err(format!("expected at most {MOST_PARTS} parts in the archive, found {}", archive.len()));
    }
    let mut all = 0_u64;
    for at in 0..archive.len() {
        let part = archive.by_index_raw(at).map_err(|error| format!("the archive is broken: {error}"))?;
        let name = part.name().map(|name| name.into_owned()).unwrap_or_default();
        let size = part.size();
        all = all.saturating_add(size);
        if size > LONGEST_PART {
            return Err(format!("expected parts of at most {LONGEST_PART} bytes in the archive, found {size} in {name}"));
        }
        if size > FREE && size / part.compressed_size().max(1) >= RATIO {
            return Err(format!("expected at most {RATIO} bytes out of each packed one, found more in {name}"));
        }
        if all > LONGEST {
            return Err(format!("expected at most {LONGEST} bytes in the archive, found more"));
        }
    }
    Ok(())
}

/// The bytes of a part; none where there is no such part.
fn part(archive: &mut ZipArchive<Cursor<Vec<u8>>>, name: &str) -> Result<Option<Vec<u8>>, String> {
    let part = match archive.by_name(name) {
        Ok(part) => part,
        Err(zip::result::ZipError::FileNotFound) => return Ok(None),
        Err(error) => return Err(format!("{name}: {error}")),
    };
    let mut bytes = Vec::new();
    // what an archive says of its sizes need not be true
    let room = part.compressed_size().saturating_mul(RATIO).clamp(FREE, LONGEST_PART);
    part.take(room + 1).read_to_end(&mut bytes).map_err(|error| format!("{name}: {error}"))?;
    if bytes.len() as u64 > room { Err(format!("expected at most {RATIO} bytes out of each packed one, found more in {name}")) } else { Ok(Some(bytes)) }
}

/// XML is in UTF-8 or UTF-16.
fn in_unicode(xml: Vec<u8>) -> Result<String, String> {
    decode(xml, Wish::Any).map(|decoded| decoded.text).map_err(|error| format!("XML: {error}"))
}

/// What a document says about itself.
#[derive(Debug, Default)]
struct About {
    title: Option<String>,
    created: Option<String>,
}

impl About {
    /// The title, if it stands at the top of the text: files often keep that of the one that they were copied from.
    fn title(&self, text: &str) -> Option<String> {
        let title = self.title.as_deref().map(str::trim).filter(|title| !title.is_empty())?;
        text.lines().take(5).any(|line| line.trim() == title).then(|| title.to_owned())
    }
}

fn about(core: &str) -> About {
    let mut about = About::default();
    let mut reader = Reader::from_str(core);
    let mut field = String::new();
    loop {
        match reader.read_event() {
            Ok(Event::Start(start)) => field = start.local_name().as_ref().to_owned(),
            Ok(Event::Text(words)) => {
                let words = words.to_string();
                match field.as_str() {
                    "title" => about.title = Some(words),
                    "created" => about.created = Some(words),
                    _ => {}
                }
            }
            Ok(Event::End(_)) => field.clear(),
            Ok(Event::Eof) | Err(_) => return about,
            Ok(_) => {}
        }
    }
}

/// The paragraphs and tables of a document, one a line.
fn text(xml: &str, max: usize) -> Result<String, String> {
    let mut reader = Reader::from_str(xml);
    let mut document = Document::default();
    let (mut depth, mut skipped) = (0_usize, None);
    loop {
        let event = reader.read_event().map_err(|error| format!("word/document.xml: {error} (byte {})", reader.error_position()))?;
        match event {
            Event::Start(start) => {
                depth += 1;
                if depth > DEEPEST {
                    return Err(format!("expected XML elements at most {DEEPEST} deep, found more"));
                }
                // the same words again, for programs that cannot draw them
                if skipped.is_none() && start.local_name().as_ref() == "Fallback" {
                    skipped = Some(depth);
                }
                if skipped.is_none() {
                    document.open(&start);
                }
            }
            Event::Empty(start) if skipped.is_none() => {
                document.open(&start);
                document.close(start.local_name().as_ref());
            }
            Event::End(end) => {
                if skipped.is_none() {
                    document.close(end.local_name().as_ref());
                }
                if skipped == Some(depth) {
                    skipped = None;
                }
                depth = depth.saturating_sub(1);
            }
            Event::Text(words) if skipped.is_none() => document.words(&words),
            Event::CData(words) if skipped.is_none() => document.words(&words),
            Event::GeneralRef(name) if skipped.is_none() => {
                let words = match name.resolve_char_ref() {
                    Ok(Some(c)) => Some(c.to_string()),
                    _ => quick_xml::escape::resolve_predefined_entity(&name).map(str::to_owned),
                };
                // an entity of the document's own is never looked up
                document.words(&words.unwrap_or_default());
            }
            Event::DocType(_) => return Err("word/document.xml: expected no document type, found one".to_owned()),
            Event::Eof if depth > 0 => return Err("word/document.xml: breaks off".to_owned()),
            Event::Eof => break,
            _ => {}
        }
        if document.size > max {
            return Err(too_long(max));
        }
    }
    Ok(document.lines.join("\n"))
}

/// A document under way.
#[derive(Debug, Default)]
struct Document {
    lines: Vec<String>,
    /// The paragraphs that are open: a text box stands in one.
    paragraphs: Vec<String>,
    /// The tables that are open, one in a cell of the other.
    tables: Vec<Table>,
    /// True inside `w:t`, the only place where blanks and words count.
    in_text: bool,
    size: usize,
}

/// A table under way.
#[derive(Debug, Default)]
struct Table {
    rows: Vec<Vec<GridCell>>,
    /// The column at which a cell reaches down, and where it began: row and cell.
    down: Vec<(usize, (usize, usize))>,
}

impl Document {
    fn open(&mut self, start: &BytesStart<'_>) {
        let value = |name: &str| {
            let found = start.attributes().flatten().find(|attribute| attribute.key.local_name().as_ref() == name);
            found.map(|attribute| attribute.value.into_owned())
        };
        match start.local_name().as_ref() {
            "t" => self.in_text = true,
            "p" => self.paragraphs.push(String::new()),
            "tab" => self.add(" "),
            "noBreakHyphen" => self.add("-"),
            "br" | "cr" => self.add("\n"),
            "tbl" => self.tables.push(Table::default()),
            "tr" => self.in_table(|table| table.rows.push(Vec::new())),
            "tc" => self.in_row(|row| row.push(GridCell::plain(String::new()))),
            "gridSpan" => {
                let columns = value("val").and_then(|n| n.parse().ok()).unwrap_or(1);
                self.in_cell(|cell| cell.columns = columns);
            }
            "vMerge" => {
                let begins = value("val").is_some_and(|value| value == "restart");
                self.in_table(|table| table.merge(begins));
            }
            "tblHeader" => self.in_row(|row| row.iter_mut().for_each(|cell| cell.head = true)),
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "t" => self.in_text = false,
            "p" => {
                let words = self.paragraphs.pop().unwrap_or_default();
                self.end(&words);
            }
            "tbl" => {
                let Some(table) = self.tables.pop() else { return };
                for line in grid::lines(table.rows) {
                    self.end(&line);
                }
            }
            _ => {}
        }
    }

    fn words(&mut self, words: &str) {
        if self.in_text {
            self.add(words);
        }
    }

    fn add(&mut self, words: &str) {
        self.size += words.len();
        if let Some(paragraph) = self.paragraphs.last_mut() {
            paragraph.push_str(words);
        }
    }

    /// A paragraph in a cell is part of it; any other is a line, or several.
    fn end(&mut self, words: &str) {
        let cell = self.tables.last_mut().and_then(|table| table.rows.last_mut()).and_then(|row| row.last_mut());
        if let Some(cell) = cell {
            let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
            let apart = cell.text.ends_with(|c: char| c.is_ascii()) && words.starts_with(|c: char| c.is_ascii());
            cell.text.push_str(if apart && !cell.text.is_empty() { " " } else { "" });
            cell.text.push_str(&words);
            return;
        }
        self.lines.extend(words.lines().map(str::trim_end).filter(|line| !line.trim().is_empty()).map(str::to_owned));
    }

    fn in_table(&mut self, with: impl FnOnce(&mut Table)) {
        if let Some(table) = self.tables.last_mut() {
            with(table);
        }
    }

    fn in_row(&mut self, with: impl FnOnce(&mut Vec<GridCell>)) {
        self.in_table(|table| {
            if let Some(row) = table.rows.last_mut() {
                with(row);
            }
        });
    }

    fn in_cell(&mut self, with: impl FnOnce(&mut GridCell)) {
        self.in_row(|row| {
            if let Some(cell) = row.last_mut() {
                with(cell);
            }
        });
    }
}

impl Table {
    /// The cell under way begins to reach down, or goes on with what the one above it says. Word names every place of a
    /// column, so a cell that goes on is dropped and the one that it began with reaches one row further.
    fn merge(&mut self, begins: bool) {
        let Some(row) = self.rows.len().checked_sub(1) else { return };
        let Some(cell) = self.rows.get(row).and_then(|cells| cells.len().checked_sub(1)) else { return };
        let column: usize = self.column(row, cell);
        if begins {
            self.down.retain(|(at, _)| *at != column);
            self.down.push((column, (row, cell)));
            return;
        }
        let from = self.down.iter().find(|(at, _)| *at == column).map(|(_, from)| *from);
        let words = from.and_then(|(row, cell)| self.rows.get(row)?.get(cell)).map(|above| above.text.clone());
        if let (Some(words), Some(here)) = (words, self.rows.get_mut(row).and_then(|cells| cells.get_mut(cell))) {
            here.text = words;
        }
    }

    /// The column at which a cell stands.
    fn column(&self, row: usize, cell: usize) -> usize {
        self.rows.get(row).map_or(0, |cells| cells.iter().take(cell).map(|cell| cell.columns).sum())
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;
    use crate::source::{Reader, article, pieces};

    fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in parts {
            writer.start_file(*name, SimpleFileOptions::default()).expect("memory");
            writer.write_all(text.as_bytes()).expect("memory");
        }
        writer.finish().expect("memory").into_inner()
    }

    fn document(body: &str) -> Vec<u8> {
        let xml = format!("<?xml version=\"1.0\"?><w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>");
        let core = "<cp:coreProperties><dc:title>全县新增77项</dc:title><dcterms:created>2023-05-16T02:00:00Z</dcterms:created></cp:coreProperties>";
        archive(&[("word/document.xml", &xml), ("docProps/core.xml", core)])
    }

    fn read(bytes: Vec<u8>) -> Result<Article, String> {
        let (dict, options) = (Dict::builtin().expect("the dictionary"), Options::default());
        let piece = pieces(Reader::bytes(bytes), "a.docx", "a", &options, &dict).next().expect("a piece");
        piece.and_then(|piece| article(piece, &options, &dict)).map_err(|error| error.to_string())
    }

    #[test]
    fn paragraphs_and_tables_are_lines() {
        let cell = |text: &str, more: &str| format!("<w:tc><w:tcPr>{more}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>");
        let body = format!(
            "<w:p><w:r><w:t>全县新增77项</w:t></w:r></w:p><w:p><w:r><w:t xml:space=\"preserve\">投资 </w:t></w:r><w:r><w:t>3&lt;5&#20159;元。</w:t></w:r><w:del><w:delText>删</w:delText></w:del></w:p><w:tbl><w:tr>{}{}</w:tr><w:tr>{}{}{}</w:tr><w:tr>{}{}{}</w:tr></w:tbl>",
            cell("指标", "<w:vMerge w:val=\"restart\"/>"),
            cell("1月", "<w:gridSpan w:val=\"2\"/>"),
            cell("", "<w:vMerge/>"),
            cell("绝对值（万元）", ""),
            cell("增长%", ""),
            cell("产值", ""),
            cell("5", ""),
            cell("6.1", ""),
        );
        let article = read(document(&body)).expect("an article");
        assert_eq!(article.raw, "全县新增77项\n投资 3<5亿元。\n指标 | 1月绝对值（万元） | 1月增长%\n产值 | 5 | 6.1");
        assert_eq!((article.title.as_str(), article.published), ("全县新增77项", Some(jiff::civil::date(2023, 5, 16))));
    }

    #[test]
    fn bad_archives_say_what_they_are() {
        let cut = document("<w:p/>");
        let refused: &[(Vec<u8>, &str)] = &[
            (cut[..cut.len() / 2].to_vec(), "a broken archive"),
            (archive(&[("xl/workbook.xml", "<a/>")]), "an Excel file"),
            (archive(&[("a.txt", "甲")]), "without word/document.xml"),
            (archive(&[("word/document.xml", "<w:p><w:r>")]), "breaks off"),
            (archive(&[("word/document.xml", &"<w:p>".repeat(300))]), "at most 256 deep"),
            (archive(&[("word/document.xml", "<!DOCTYPE a [<!ENTITY b \"bb\">]><a>&b;</a>")]), "expected no document type"),
            (archive(&[("word/document.xml", &" ".repeat(8 << 20))]), "out of each packed one"),
        ];
        for (bytes, why) in refused {
            let error = read(bytes.clone()).expect_err(why);
            assert!(error.contains(why), "{why}: {error}");
        }
    }

    #[test]
    fn entities_of_other_names_are_nothing() {
        let article = read(document("<w:p><w:r><w:t>甲&nothing;乙</w:t></w:r></w:p>")).expect("an article");
        assert_eq!(article.raw, "甲乙");
    }
}
