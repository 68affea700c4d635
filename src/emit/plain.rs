//! Rows as lines of a plain table: cells with commas between them, quoted where RFC 4180 asks for it.
//!
//! It writes what the crate csv writes with serde, byte for byte (a test holds the two against each other). It has its own way because
//! a fifth of the time of a whole article went into handing over, looking at and copying each cell.

use std::fmt::Write;

use super::checks::joined;
use super::{ArticleRow, CheckRow, EntityRow, ErrorRow, FactRow, NumeralRow, QuantityRow, SentenceRow, TimeRow, TokenRow};

/// Lines that are being written.
#[derive(Debug, Default)]
pub(super) struct Lines {
    /// What has been written.
    pub text: String,
}

/// A row that can be written as a line.
pub(super) trait PlainRow {
    /// Adds its cells, each with a comma behind it.
    fn cells(&self, to: &mut Lines);
}

/// What stands in one cell.
trait PlainCell {
    fn write(&self, to: &mut Lines);
}

impl Lines {
    /// Adds a row.
    pub fn add(&mut self, row: &impl PlainRow) {
        row.cells(self);
        self.text.pop();
        self.text.push_str("\r\n");
    }

    fn words(&mut self, words: &str) {
        if needs_quotes(words) {
            self.text.push('"');
            self.text.push_str(&words.replace('"', "\"\""));
            self.text.push('"');
        } else {
            self.text.push_str(words);
        }
    }
}

/// True for words with a comma, a quotation mark or the end of a line in them.
fn needs_quotes(words: &str) -> bool {
    let marked = |b: u8| matches!(b, b',' | b'"' | b'\r' | b'\n');
    // the least byte is found many bytes at a time; all marks are among the lowest
    let least = words.bytes().fold(u8::MAX, u8::min);
    least <= b',' && words.bytes().any(marked)
}

impl PlainCell for String {
    fn write(&self, to: &mut Lines) {
        to.words(self);
    }
}

/// A word of the program's own: none has a mark in it.
impl PlainCell for &'static str {
    fn write(&self, to: &mut Lines) {
        to.text.push_str(self);
    }
}

impl PlainCell for usize {
    fn write(&self, to: &mut Lines) {
        // a string takes everything
        let _ = write!(to.text, "{self}");
    }
}

impl PlainCell for bool {
    fn write(&self, to: &mut Lines) {
        to.text.push_str(if *self { "true" } else { "false" });
    }
}

impl PlainCell for Vec<usize> {
    fn write(&self, to: &mut Lines) {
        to.words(&joined(self));
    }
}

/// The cells of a row are its fields, in the order of the columns.
macro_rules! lines {
    ($($row:ident: $($field:ident)+;)+) => {
        $(impl PlainRow for $row {
            fn cells(&self, to: &mut Lines) {
                $(
                    self.$field.write(to);
                    to.text.push(',');
                )+
            }
        })+
    };
}

lines! {
    FactRow: article subject indicator written value value_max unit comparison change basis time_start time_end time_text modality condition
        subject_type subject_code base_value base_value_max base_unit inferred rule start end evidence;
    QuantityRow: article start end text value value_max unit comparison r#type role dimension base_value base_value_max base_unit;
    EntityRow: article start end text r#type name code path;
    TimeRow: article start end text r#type time_start time_end;
    ArticleRow: article source title published characters sentences quantities entities times facts notes encoding replaced publisher;
    CheckRow: article kind facts expected found holds;
    NumeralRow: article start end text value value_max comparison;
    TokenRow: article start end text tag;
    SentenceRow: article start end text;
    ErrorRow: source article error;
}

impl<R: PlainRow> PlainRow for &R {
    fn cells(&self, to: &mut Lines) {
        (*self).cells(to);
    }
}

#[cfg(test)]
mod tests {
    use csv::{Terminator, WriterBuilder};
    use proptest::prelude::*;
    use serde::Serialize;

    use super::*;

    fn same<R: Serialize + PlainRow>(row: &R) {
        let mut lines = Lines::default();
        lines.add(row);
        lines.add(row);
        let mut writer = WriterBuilder::new().has_headers(false).terminator(Terminator::CRLF).from_writer(Vec::new());
        writer.serialize(row).expect("a line");
        writer.serialize(row).expect("a line");
        assert_eq!(lines.text, String::from_utf8(writer.into_inner().expect("bytes")).expect("UTF-8"));
    }

    proptest! {
        #[test]
        fn lines_are_those_of_the_crate_csv(cells in prop::collection::vec("[a, \"\r\n\t万;']{0,6}", 12), numbers in prop::collection::vec(0usize..2000, 0..8), flag: bool) {
            let cell = |at: usize| cells[at].clone();
            let number = |at: usize| numbers.get(at).copied().unwrap_or(usize::MAX);
            let (start, end) = (number(0), number(1));
            same(&FactRow {
                article: cell(0), subject: cell(1), indicator: cell(2), written: cell(3), value: cell(4), value_max: cell(5), unit: cell(6),
                comparison: "eq", change: "none", basis: cell(7), time_start: cell(8), time_end: cell(9), time_text: cell(10), modality: "actual",
                condition: cell(11), subject_type: "region", subject_code: cell(1), base_value: cell(2), base_value_max: cell(3), base_unit: cell(4),
                inferred: cell(5), rule: "counted-noun", start, end, evidence: cell(6),
            });
            same(&QuantityRow {
                article: cell(0), start, end, text: cell(1), value: cell(2), value_max: cell(3), unit: cell(4), comparison: "ge", r#type: "money",
                role: "value", dimension: cell(5), base_value: cell(6), base_value_max: cell(7), base_unit: cell(8),
            });
            same(&EntityRow { article: cell(0), start, end, text: cell(1), r#type: "zone", name: cell(2), code: cell(3), path: cell(4) });
            same(&TimeRow { article: cell(0), start, end, text: cell(1), r#type: "date", time_start: cell(2), time_end: cell(3) });
            same(&ArticleRow {
                article: cell(0), source: cell(1), title: cell(2), published: cell(3), characters: start, sentences: end, quantities: number(2),
                entities: number(3), times: number(4), facts: number(5), notes: cell(4), encoding: "utf-8", replaced: number(6), publisher: cell(5),
            });
            same(&CheckRow { article: cell(0), kind: "parts", facts: numbers.clone(), expected: cell(1), found: cell(2), holds: flag });
            same(&NumeralRow { article: cell(0), start, end, text: cell(1), value: cell(2), value_max: cell(3), comparison: "lt" });
            same(&TokenRow { article: cell(0), start, end, text: cell(1), tag: cell(2) });
            same(&SentenceRow { article: cell(0), start, end, text: cell(1) });
            same(&ErrorRow { source: cell(0), article: cell(1), error: cell(2) });
        }
    }
}
