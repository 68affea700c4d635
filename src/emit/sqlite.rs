//! SQLite: a database of the tables, with keys and indexes.

use std::io::{self, Read};

use ::rusqlite::types::{ToSqlOutput, Value, ValueRef};
use ::rusqlite::{Connection, ToSql, params_from_iter};

use super::spool::{Cell, DOUBLE, significant};
use super::{Column, Header, Holds, Spool, Table};

/// How many rows make a transaction.
const ROWS: u64 = 100_000;

/// Writes the tables into an empty database.
///
/// Each table has a key `id`: the number of the row, from 1. Its column `article` refers to the table `articles`, if that
/// is among the tables and each article has an id of its own. Columns of decimals have no declared type: a whole number
/// of up to 64 bits is an `INTEGER`, a number of up to 15 digits a `REAL`, and what neither can hold exactly is `TEXT`.
/// Days and moments are ISO text, truth values are 0 and 1.
///
/// # Errors
///
/// Where a row of a table does not fit its columns, or the database cannot be written.
pub fn write<R: Read>(spools: &mut [Spool<R>], header: Header, database: &mut Connection) -> io::Result<()> {
    // the file has another name until it is complete, so a journal protects nothing
    database.execute_batch("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF;").map_err(failed)?;
    // what others refer to comes first
    let mut order: Vec<usize> = (0..spools.len()).collect();
    order.sort_by_key(|&at| spools.get(at).is_some_and(|spool| spool.table() != Table::Articles));
    let mut refers = false;
    for at in order {
        let Some(spool) = spools.get_mut(at) else { continue };
        let table = spool.table();
        database.execute_batch(&create(table, header, refers && table != Table::Errors)).map_err(failed)?;
        fill(spool, header, database)?;
        let made = index(table, header, database)?;
        refers |= table == Table::Articles && made == Unique::Yes;
    }
    describe(spools, header, database).map_err(failed)
}

/// Whether each article has an id of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unique {
    Yes,
    No,
}

fn create(table: Table, header: Header, refers: bool) -> String {
    let mut columns = vec!["\"id\" INTEGER PRIMARY KEY".to_owned()];
    for column in table.columns() {
        let declared = match column.holds {
            Holds::Text | Holds::Moment | Holds::Day => " TEXT".to_owned(),
            Holds::OneOf(words) => format!(" TEXT CHECK ({} IN ('{}'))", quoted(&column.name(header)), words.join("', '")),
            Holds::Integer => " INTEGER".to_owned(),
            // an affinity would round long decimals
            Holds::Decimal => String::new(),
            Holds::Flag => " INTEGER".to_owned(),
        };
        let refers = match column.en {
            "article" if refers => format!(" REFERENCES \"articles\" ({})", quoted(&column.name(header))),
            _ => String::new(),
        };
        columns.push(format!("{}{declared}{refers}", quoted(&column.name(header))));
    }
    format!("CREATE TABLE {} (\n  {}\n);", quoted(table.name()), columns.join(",\n  "))
}

fn fill<R: Read>(spool: &mut Spool<R>, header: Header, database: &mut Connection) -> io::Result<()> {
    let table = spool.table();
    let names: Vec<String> = table.columns().iter().map(|column| quoted(&column.name(header))).collect();
    let places = vec!["?"; names.len() + 1].join(", ");
    let insert = format!("INSERT INTO {} (\"id\", {}) VALUES ({places})", quoted(table.name()), names.join(", "));
    database.execute_batch("BEGIN").map_err(failed)?;
    {
        let mut insert = database.prepare(&insert).map_err(failed)?;
        while let Some(line) = spool.next_line()? {
            let row = i64::try_from(line.row()).map_err(io::Error::other)?;
            let cells: Vec<Stored<'_>> = line.cells().map(|cell| cell.map(|(_, cell)| Stored(cell))).collect::<io::Result<_>>()?;
            let values = std::iter::once(&row as &dyn ToSql).chain(cells.iter().map(|cell| cell as &dyn ToSql));
            insert.execute(params_from_iter(values)).map_err(failed)?;
            if line.row() % ROWS == 0 {
                database.execute_batch("COMMIT; BEGIN").map_err(failed)?;
            }
        }
    }
    database.execute_batch("COMMIT").map_err(failed)
}

/// Makes the indexes of a table.
fn index(table: Table, header: Header, database: &Connection) -> io::Result<Unique> {
    let named = |column: &Column| quoted(&column.name(header));
    let columns = |names: &[&str]| -> Vec<String> { table.columns().iter().filter(|column| names.contains(&column.en)).map(named).collect() };
    let make = |unique: &str, name: &str, names: &[&str]| {
        let (index, table) = (quoted(&format!("{}_{name}", table.name())), quoted(table.name()));
        database.execute_batch(&format!("CREATE {unique} INDEX {index} ON {table} ({})", columns(names).join(", ")))
    };
    if table == Table::Articles {
        let articles = columns(&["article"]).join(", ");
        let twice = format!("SELECT EXISTS (SELECT 1 FROM \"articles\" GROUP BY {articles} HAVING count(*) > 1)");
        // two articles may come with one id
        let unique = if database.query_row(&twice, [], |row| row.get(0)).map_err(failed)? { Unique::No } else { Unique::Yes };
        make(if unique == Unique::Yes { "UNIQUE" } else { "" }, "article", &["article"]).map_err(failed)?;
        return Ok(unique);
    }
    make("", "article", &["article", "start"]).map_err(failed)?;
    if table == Table::Facts {
        make("", "subject", &["subject", "indicator"]).map_err(failed)?;
        make("", "indicator", &["indicator"]).map_err(failed)?;
    }
    Ok(Unique::No)
}

/// A table of the columns: what each is called in Chinese, what it counts and what it means.
fn describe<R: Read>(spools: &[Spool<R>], header: Header, database: &Connection) -> rusqlite::Result<()> {
    database.execute_batch(
        "CREATE TABLE \"columns\" (\"table\" TEXT NOT NULL, \"column\" TEXT NOT NULL, \"title\" TEXT, \"about\" TEXT, PRIMARY KEY (\"table\", \"column\"))",
    )?;
    let mut insert = database.prepare("INSERT INTO \"columns\" VALUES (?, ?, ?, ?)")?;
    for table in spools.iter().map(Spool::table) {
        for column in table.columns() {
            insert.execute((table.name(), column.name(header), column.zh, column.meaning(header)))?;
        }
    }
    Ok(())
}

/// A cell as it is stored.
struct Stored<'a>(Cell<'a>);

impl ToSql for Stored<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        let text = |text: String| ToSqlOutput::Owned(Value::Text(text));
        Ok(match self.0 {
            Cell::Empty => ToSqlOutput::Owned(Value::Null),
            Cell::Text(text) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
            Cell::Integer(number) => number.into(),
            Cell::Decimal(digits) => decimal(digits),
            Cell::Day(day) => text(day.to_string()),
            Cell::Clock(moment) => text(moment.to_string()),
            Cell::Time(time) => text(format!("T{time}")),
            Cell::Flag(flag) => i64::from(flag).into(),
        })
    }
}

/// The number of these digits, or their text where no number of the database has that value.
fn decimal(digits: &str) -> ToSqlOutput<'_> {
    match (digits.parse::<i64>(), digits.parse::<f64>()) {
        (Ok(whole), _) => whole.into(),
        (_, Ok(number)) if significant(digits) <= DOUBLE => number.into(),
        _ => ToSqlOutput::Borrowed(ValueRef::Text(digits.as_bytes())),
    }
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

fn failed(error: rusqlite::Error) -> io::Error {
    io::Error::other(error)
}
