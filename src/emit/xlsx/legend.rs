//! The last sheet: what each column means, for whoever has nothing but the workbook.

use rust_xlsxwriter::{Workbook, XlsxError};

use super::{LINE_HEIGHT, Looks, lines, word};
use crate::emit::{Header, Table, Unit};

/// How wide the meanings are, in digits.
const MEANING: u32 = 80;

/// Adds the sheet for tables.
pub(super) fn legend(book: &mut Workbook, tables: &[Table], header: Header, looks: &Looks) -> Result<(), XlsxError> {
    let sheet = book.add_worksheet();
    sheet.set_name(word(header, "columns", "各列说明"))?;
    sheet.set_freeze_panes(1, 0)?.set_landscape().set_print_fit_to_pages(1, 0).set_repeat_rows(0, 0)?;
    let heads = [("table", "表", 20.0), ("column", "列", 26.0), ("meaning", "含义", f64::from(MEANING)), ("unit", "单位", 20.0)];
    for (at, (en, zh, width)) in (0u16..).zip(heads) {
        sheet.set_column_width(at, width)?;
        sheet.write_string_with_format(0, at, word(header, en, zh), &looks.head)?;
    }
    let mut row = 0;
    for table in tables {
        for column in table.columns() {
            row += 1;
            let unit_in = |name: &str| table.columns().iter().find(|column| column.en == name).map(|column| column.name(header));
            let unit = match column.unit {
                Unit::None => String::new(),
                Unit::Of(unit) => word(header, unit, "字"),
                Unit::In(name) => unit_in(name).unwrap_or_default(),
            };
            let meaning = column.meaning(header);
            sheet.set_row_height(row, LINE_HEIGHT * lines(&meaning))?;
            sheet.write_string_with_format(row, 0, table.title(header), &looks.text)?;
            sheet.write_string_with_format(row, 1, column.name(header), &looks.text)?;
            sheet.write_string_with_format(row, 2, meaning, &looks.wrapped)?;
            sheet.write_string_with_format(row, 3, unit, &looks.text)?;
        }
    }
    sheet.autofilter(0, 0, row, 3)?;
    Ok(())
}
