//! What leaves the program: a reading as rows of owned cells, once, and then one file a format.
//!
//! [`csv`] writes the rows of each reading as plain CSV, as a run keeps them; every format that people open is written
//! from that by a [`Spool`], so all of them hold the same values.

pub mod annotate;
mod checks;
mod columns;
pub mod csv;
pub mod datapackage;
pub mod delimited;
pub mod guard;
pub mod jsonl;
pub mod own;
#[cfg(feature = "parquet")]
pub mod parquet;
mod plain;
#[cfg(feature = "report")]
pub mod report;
mod rows;
mod spool;
#[cfg(feature = "sqlite")]
pub mod sqlite;
mod tables;
#[cfg(feature = "xlsx")]
pub mod xlsx;

pub use checks::CheckRow;
pub use columns::{Column, Holds, Unit};
pub use rows::{ArticleRow, EntityRow, ErrorRow, FactRow, NumeralRow, QuantityRow, Rows, SentenceRow, TimeRow, TokenRow, quantities_in};
pub use spool::{Cell, Line, Spool};
pub use tables::{Header, Table};
