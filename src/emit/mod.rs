//! What leaves the program: a reading as rows of owned cells, once, and then one file a format.

mod checks;
pub mod csv;
mod rows;
mod tables;

pub use checks::CheckRow;
pub use rows::{ArticleRow, EntityRow, ErrorRow, FactRow, NumeralRow, QuantityRow, Rows, SentenceRow, TimeRow, TokenRow, quantities_in};
pub use tables::{Column, Header, Table};
