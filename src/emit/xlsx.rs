//! One workbook for all tables: a sheet a table, typed cells, in front a sheet of counts, and behind one that says what the columns mean.
//!
//! Rows go to disk as they come (the library for workbooks keeps them in files without a name, in the folder that it is
//! given), so memory does not grow with the tables; only the counts of the first sheet are held.

mod legend;

use std::collections::BTreeMap;
use std::io::{self, Read, Write};
use std::path::Path;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, IgnoreError, Workbook, Worksheet, XlsxError};

use super::spool::{Cell, DOUBLE, Line, significant};
use super::{Column, Header, Holds, Spool, Table};

/// How many rows a sheet has.
const ROWS: u32 = 1_048_576;
/// How many UTF-16 units a cell holds.
const LENGTH: usize = 32_767;
/// How many digits behind the point a number shows at most.
const PLACES: usize = 20;
/// How many rows a list of counts has at most.
const COUNTS: usize = 1000;
/// How many digits wide a column of sentences is.
const LONG: u32 = 76;
/// How high a line is, in points.
const LINE_HEIGHT: u32 = 15;
/// How many lines a row has at most.
const MOST_LINES: u32 = 12;
/// From how many bytes of cells on the file may not fit into the 4 GiB that a simple zip archive holds.
const LARGE: u64 = 2 << 30;
/// How many bytes a cell takes beside its text.
const CELL: u64 = 80;
/// A font that knows Chinese; the number says that its characters are Chinese.
const FONT: (&str, u8) = ("Microsoft YaHei", 134);

/// Writes a workbook of the tables, in their order.
///
/// Numbers are numbers, unless they have more than 15 digits, which a spreadsheet would round; those and codes are text.
/// Days from March 1900 on are dates. A table that is longer than a sheet (1,048,576 rows) goes on in the next. A text that is longer
/// than a cell (32,767 UTF-16 units) is cut and ends with `…`; gives how many cells were. `scratch` is a folder for the rows until the
/// workbook is put together.
///
/// # Errors
///
/// Where a row of a table does not fit its columns, or something cannot be written.
pub fn write<R: Read>(spools: &mut [Spool<R>], header: Header, scratch: &Path, to: impl Write + Send) -> io::Result<u64> {
    let mut book = Workbook::new();
    book.set_tempdir(scratch).map_err(failed)?;
    let looks = Looks::new();
    book.set_default_format(&font(), 22, 72).map_err(failed)?;
    // the day of the run would make each run another file
    let day = ExcelDateTime::from_ymd(2000, 1, 1).map_err(failed)?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&day));
    book.add_worksheet().set_name(word(header, "summary", "概览")).map_err(failed)?;
    let mut counts = Counts::default();
    for spool in spools {
        sheets(&mut book, spool, header, &looks, &mut counts)?;
    }
    let tables: Vec<Table> = counts.rows.iter().map(|(table, _)| *table).collect();
    legend::legend(&mut book, &tables, header, &looks).map_err(failed)?;
    summary(book.worksheet_from_index(0).map_err(failed)?, &counts, header, &looks).map_err(failed)?;
    // older programs cannot open such files, so they are written only where there is no other way
    book.use_zip_large_file(counts.bytes > LARGE);
    book.save_to_writer(to).map_err(failed)?;
    Ok(counts.cut)
}

/// What the first sheet tells.
#[derive(Default)]
struct Counts {
    /// The rows of each table.
    rows: Vec<(Table, u64)>,
    /// The facts of each subject and indicator.
    facts: BTreeMap<String, BTreeMap<String, u64>>,
    /// How many cells were too long for a sheet.
    cut: u64,
    /// How many bytes all cells take, roughly.
    bytes: u64,
}

/// How cells look.
struct Looks {
    head: Format,
    text: Format,
    wrapped: Format,
    day: Format,
    clock: Format,
    time: Format,
    /// Numbers with so many digits behind the point.
    numbers: Vec<Format>,
}

impl Looks {
    fn new() -> Looks {
        let cell = || font().set_align(FormatAlign::Top);
        let number = |places: usize| if places == 0 { "0".to_owned() } else { format!("0.{}", "0".repeat(places)) };
        Looks {
            head: cell().set_bold().set_background_color(0xE8_EE_F4).set_border_bottom(FormatBorder::Thin).set_text_wrap(),
            text: cell().set_num_format("@"),
            wrapped: cell().set_num_format("@").set_text_wrap(),
            day: cell().set_num_format("yyyy-mm-dd").set_align(FormatAlign::Left),
            clock: cell().set_num_format("yyyy-mm-dd hh:mm:ss").set_align(FormatAlign::Left),
            time: cell().set_num_format("hh:mm:ss").set_align(FormatAlign::Left),
            numbers: (0..=PLACES).map(|places| cell().set_num_format(number(places))).collect(),
        }
    }
}

fn font() -> Format {
    Format::new().set_font_name(FONT.0).set_font_charset(FONT.1).set_font_size(10)
}

/// Writes a table onto as many sheets as it takes.
fn sheets<R: Read>(book: &mut Workbook, spool: &mut Spool<R>, header: Header, looks: &Looks, counts: &mut Counts) -> io::Result<()> {
    let table = spool.table();
    let (mut row, mut total, mut number) = (0, 0, 1);
    let mut sheet = sheet(book, table, number, header, looks)?;
    while let Some(line) = spool.next_line()? {
        if row + 1 == ROWS {
            end(sheet, table, row).map_err(failed)?;
            number += 1;
            sheet = self::sheet(book, table, number, header, looks)?;
            row = 0;
        }
        row += 1;
        total += 1;
        cells(sheet, row, line, looks, counts)?;
    }
    end(sheet, table, row).map_err(failed)?;
    counts.rows.push((table, total));
    Ok(())
}

/// Adds the sheet of a table with a number, from 1: `facts`, `facts 2`.
fn sheet<'a>(book: &'a mut Workbook, table: Table, number: usize, header: Header, looks: &Looks) -> io::Result<&'a mut Worksheet> {
    let title = table.title(header);
    let sheet = book.add_worksheet_with_constant_memory().map_err(failed)?;
    sheet.set_name(if number == 1 { title } else { format!("{title} {number}") }).map_err(failed)?;
    begin(sheet, table, header, looks).map_err(failed)?;
    Ok(sheet)
}

/// The header line and the widths.
fn begin(sheet: &mut Worksheet, table: Table, header: Header, looks: &Looks) -> Result<(), XlsxError> {
    sheet.set_freeze_panes(1, 0)?.set_landscape().set_print_fit_to_pages(1, 0).set_repeat_rows(0, 0)?;
    for (at, column) in (0u16..).zip(table.columns()) {
        sheet.set_column_width(at, width(table, *column))?;
        sheet.write_string_with_format(0, at, column.name(header), &looks.head)?;
    }
    Ok(())
}

/// What can only be said when the last row is known.
fn end(sheet: &mut Worksheet, table: Table, last: u32) -> Result<(), XlsxError> {
    let columns = (0u16..).zip(table.columns());
    sheet.autofilter(0, 0, last, columns.clone().map(|(at, _)| at).last().unwrap_or_default())?;
    for (at, column) in columns.filter(|_| last > 0) {
        if matches!(column.holds, Holds::Text | Holds::Decimal | Holds::Moment) {
            // codes are text because they are codes
            sheet.ignore_error_range(1, at, last, at, IgnoreError::NumberStoredAsText)?;
        }
    }
    Ok(())
}

fn cells(sheet: &mut Worksheet, row: u32, line: Line<'_>, looks: &Looks, counts: &mut Counts) -> io::Result<()> {
    // not every program makes a row as high as its text when it opens the file
    let lines = line.texts().filter(|(column, _)| is_long(line.table(), *column)).map(|(_, text)| lines(text)).max().unwrap_or(1);
    if lines > 1 {
        sheet.set_row_height(row, LINE_HEIGHT * lines.min(MOST_LINES)).map_err(failed)?;
    }
    for (at, cell) in (0u16..).zip(line.cells()) {
        let (column, cell) = cell?;
        counts.bytes += CELL;
        if let Cell::Text(text) = &cell {
            counts.bytes += text.len() as u64;
        }
        counts.cut += write_cell(sheet, (row, at), is_long(line.table(), column), cell, looks).map_err(failed)?;
    }
    if line.table() == Table::Facts {
        counts.fact(line.text("subject"), line.text("indicator"));
    }
    Ok(())
}

/// Writes a cell; gives 1 where it was cut.
fn write_cell(sheet: &mut Worksheet, (row, at): (u32, u16), long: bool, cell: Cell<'_>, looks: &Looks) -> Result<u64, XlsxError> {
    let written = match cell {
        Cell::Empty => return Ok(0),
        Cell::Text(text) => {
            let (fitting, is_cut) = fitting(text);
            let look = if long { &looks.wrapped } else { &looks.text };
            sheet.write_string_with_format(row, at, fitting, look)?;
            return Ok(is_cut.into());
        }
        Cell::Integer(number) => decimal(sheet, (row, at), &number.to_string(), looks),
        Cell::Decimal(digits) => decimal(sheet, (row, at), digits, looks),
        Cell::Day(day) => match date(day) {
            Some(date) => sheet.write_datetime_with_format(row, at, &date, &looks.day),
            None => sheet.write_string_with_format(row, at, day.to_string(), &looks.text),
        },
        Cell::Clock(moment) => match date(moment.date()).and_then(|date| clock(date, moment.time())) {
            Some(date) => sheet.write_datetime_with_format(row, at, &date, &looks.clock),
            None => sheet.write_string_with_format(row, at, moment.to_string(), &looks.text),
        },
        Cell::Time(time) => match ExcelDateTime::from_hms(hour(time), minute(time), second(time)) {
            Ok(time) => sheet.write_datetime_with_format(row, at, &time, &looks.time),
            Err(_) => sheet.write_string_with_format(row, at, format!("T{time}"), &looks.text),
        },
        Cell::Flag(flag) => sheet.write_boolean_with_format(row, at, flag, &looks.text),
    };
    written.map(|_| 0)
}

/// A number, or text where a spreadsheet would round it.
fn decimal<'a>(sheet: &'a mut Worksheet, (row, at): (u32, u16), digits: &str, looks: &Looks) -> Result<&'a mut Worksheet, XlsxError> {
    let places = digits.split_once('.').map_or(0, |(_, fraction)| fraction.len());
    match (looks.numbers.get(places), digits.parse::<f64>()) {
        (Some(look), Ok(number)) if significant(digits) <= DOUBLE => sheet.write_number_with_format(row, at, number, look),
        _ => sheet.write_string_with_format(row, at, digits, &looks.text),
    }
}

/// A day that spreadsheets agree on: before March 1900 they do not.
fn date(day: jiff::civil::Date) -> Option<ExcelDateTime> {
    if day < jiff::civil::date(1900, 3, 1) {
        return None;
    }
    ExcelDateTime::from_ymd(u16::try_from(day.year()).ok()?, u8::try_from(day.month()).ok()?, u8::try_from(day.day()).ok()?).ok()
}

fn clock(date: ExcelDateTime, time: jiff::civil::Time) -> Option<ExcelDateTime> {
    date.and_hms(hour(time), minute(time), second(time)).ok()
}

fn hour(time: jiff::civil::Time) -> u16 {
    u16::try_from(time.hour()).unwrap_or_default()
}

fn minute(time: jiff::civil::Time) -> u8 {
    u8::try_from(time.minute()).unwrap_or_default()
}

fn second(time: jiff::civil::Time) -> f64 {
    f64::from(time.second())
}

/// As much of a text as a cell holds, and whether that is less than all.
fn fitting(text: &str) -> (String, bool) {
    // a character is at least one byte for each of its UTF-16 units
    if text.len() <= LENGTH || text.chars().map(char::len_utf16).sum::<usize>() <= LENGTH {
        return (text.to_owned(), false);
    }
    let mut room = LENGTH - 1;
    let mut fitting: String = text
        .chars()
        .take_while(|c| {
            let fits = c.len_utf16() <= room;
            room = room.saturating_sub(c.len_utf16());
            fits
        })
        .collect();
    fitting.push('…');
    (fitting, true)
}

/// Whether its cells are sentences, which want more than one line.
fn is_long(table: Table, column: Column) -> bool {
    matches!(column.en, "evidence" | "error") || (table == Table::Sentences && column.en == "text")
}

/// How many lines a long text takes; a Chinese character is as wide as two digits.
fn lines(text: &str) -> u32 {
    let width = |line: &str| line.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum::<u32>();
    text.split('\n').map(|line| width(line).div_ceil(LONG).max(1)).sum()
}

/// In characters of the width of a digit; a Chinese character takes two.
fn width(table: Table, column: Column) -> f64 {
    match (column.holds, column.en) {
        _ if is_long(table, column) => f64::from(LONG + 4),
        (_, "title" | "source" | "notes") => 40.0,
        (_, "subject" | "indicator" | "text" | "name" | "path" | "basis" | "condition" | "rule" | "inferred") => 26.0,
        (_, "unit" | "base_unit") => 11.0,
        (Holds::Decimal, _) => 18.0,
        (Holds::Moment, _) => 20.0,
        (Holds::Integer | Holds::Flag, _) => 11.0,
        _ => 15.0,
    }
}

impl Counts {
    fn fact(&mut self, subject: &str, indicator: &str) {
        if !self.facts.contains_key(subject) {
            self.facts.insert(subject.to_owned(), BTreeMap::new());
        }
        let Some(indicators) = self.facts.get_mut(subject) else { return };
        match indicators.get_mut(indicator) {
            Some(count) => *count += 1,
            None => {
                indicators.insert(indicator.to_owned(), 1);
            }
        }
    }
}

/// The first sheet: rows of each table, and facts by subject and indicator, by subject, by indicator; the most first.
fn summary(sheet: &mut Worksheet, counts: &Counts, header: Header, looks: &Looks) -> Result<(), XlsxError> {
    let facts = || word(header, "facts", "事实数");
    let (subject, indicator) = (word(header, "subject", "主体"), word(header, "indicator", "指标"));
    let tables = counts.rows.iter().map(|(table, rows)| (vec![table.title(header)], *rows)).collect();
    sheet.set_freeze_panes(1, 0)?.set_landscape().set_print_fit_to_pages(1, 0).set_repeat_rows(0, 0)?;
    list(sheet, 0, &[word(header, "table", "表"), word(header, "rows", "行数")], tables, looks)?;
    if counts.cut > 0 {
        let row = u32::try_from(counts.rows.len()).unwrap_or_default() + 2;
        let note = word(header, "Cells too long for a spreadsheet, cut at their end by …:", "太长、末尾用 … 截断的单元格：");
        sheet.write_string_with_format(row, 0, note, &looks.wrapped)?;
        decimal(sheet, (row, 1), &counts.cut.to_string(), looks)?;
    }
    if !counts.rows.iter().any(|(table, _)| *table == Table::Facts) {
        return Ok(());
    }
    let mut by_indicator: BTreeMap<&str, u64> = BTreeMap::new();
    let (mut pairs, mut by_subject) = (Vec::new(), Vec::new());
    for (subject, indicators) in &counts.facts {
        by_subject.push((vec![subject.clone()], indicators.values().sum()));
        for (indicator, count) in indicators {
            pairs.push((vec![subject.clone(), indicator.clone()], *count));
            *by_indicator.entry(indicator).or_default() += count;
        }
    }
    let by_indicator = by_indicator.into_iter().map(|(indicator, count)| (vec![indicator.to_owned()], count)).collect();
    list(sheet, 3, &[subject.clone(), indicator.clone(), facts()], pairs, looks)?;
    list(sheet, 7, &[subject, facts()], by_subject, looks)?;
    list(sheet, 10, &[indicator, facts()], by_indicator, looks)
}

/// Names and how often each stands there, the most first, under a header line.
fn list(sheet: &mut Worksheet, left: u16, names: &[String], mut counts: Vec<(Vec<String>, u64)>, looks: &Looks) -> Result<(), XlsxError> {
    if left > 0 {
        counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    }
    for (at, name) in (left..).zip(names) {
        let width = if names.last() == Some(name) { 12.0 } else { 26.0 };
        sheet.set_column_width(at, width)?;
        sheet.write_string_with_format(0, at, name, &looks.head)?;
    }
    for (row, (words, count)) in (1u32..).zip(counts.iter().take(COUNTS)) {
        for (at, word) in (left..).zip(words) {
            sheet.write_string_with_format(row, at, fitting(word).0, &looks.text)?;
        }
        let at = (left..).zip(names).map(|(at, _)| at).last().unwrap_or(left);
        decimal(sheet, (row, at), &count.to_string(), looks)?;
    }
    if counts.len() > COUNTS {
        let row = u32::try_from(COUNTS).unwrap_or_default() + 1;
        sheet.write_string_with_format(row, left, format!("… +{}", counts.len() - COUNTS), &looks.text)?;
    }
    Ok(())
}

fn word(header: Header, en: &str, zh: &str) -> String {
    match header {
        Header::En => en.to_owned(),
        Header::Zh => zh.to_owned(),
        Header::Both => format!("{en} {zh}"),
    }
}

fn failed(error: XlsxError) -> io::Error {
    match error {
        XlsxError::IoError(error) => error,
        error => io::Error::other(error),
    }
}
