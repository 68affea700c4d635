//! JSON Lines: one object a row, numbers as numbers with all their digits, an empty cell as `null`.

use std::io::{self, Read, Write};

use super::spool::Cell;
use super::{Header, Spool};

/// Writes the rows of a table, each an object with a key for every column.
///
/// Decimals keep their digits (`0.1`, `12345678901234567890.5`); what a reader makes of them is the reader's choice.
/// Days and moments are strings in ISO form.
pub fn rows<R: Read>(spool: &mut Spool<R>, header: Header, to: &mut impl Write) -> io::Result<()> {
    let keys: Vec<String> =
        spool.table().columns().iter().map(|column| serde_json::to_string(&column.name(header))).collect::<Result<_, _>>().map_err(io::Error::other)?;
    while let Some(line) = spool.next_line()? {
        let mut before = b"{";
        for (key, cell) in keys.iter().zip(line.cells()) {
            to.write_all(before)?;
            write!(to, "{key}:")?;
            let (_, cell) = cell?;
            match cell {
                Cell::Empty => to.write_all(b"null")?,
                Cell::Text(text) => serde_json::to_writer(&mut *to, text)?,
                Cell::Integer(number) => write!(to, "{number}")?,
                Cell::Decimal(digits) => to.write_all(digits.as_bytes())?,
                Cell::Day(day) => write!(to, "\"{day}\"")?,
                Cell::Clock(moment) => write!(to, "\"{moment}\"")?,
                Cell::Time(time) => write!(to, "\"T{time}\"")?,
                Cell::Flag(flag) => write!(to, "{flag}")?,
            }
            before = b",";
        }
        to.write_all(b"}\n")?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::emit::Table;

    #[test]
    fn cells_keep_their_types_and_digits() {
        let mut bytes = Vec::new();
        let spool = "\"甲\"\"\n\",0,3,二,12345678901234567890.5,,eq\r\n";
        rows(&mut Spool::new(Table::Numerals, spool.as_bytes()), Header::En, &mut bytes).expect("a row");
        let expected = r#"{"article":"甲\"\n","start":0,"end":3,"text":"二","value":12345678901234567890.5,"value_max":null,"comparison":"eq"}"#;
        assert_eq!(String::from_utf8_lossy(&bytes), format!("{expected}\n"));

        bytes.clear();
        rows(&mut Spool::new(Table::Times, "a,0,1,x,clock,T04:30:00,2016-11-07T17:00:00\n".as_bytes()), Header::Zh, &mut bytes).expect("a row");
        let value: serde_json::Value = serde_json::from_slice(&bytes).expect("JSON");
        assert_eq!((&value["起始时间"], &value["截止时间"]), (&"T04:30:00".into(), &"2016-11-07T17:00:00".into()));
    }
}
