//! All tests that need more than one room, in one binary.

mod annotate;
mod articles;
mod batch;
mod cases;
mod checks;
mod cli;
mod columns;
mod dictionary;
mod diff;
mod encodings;
mod folders;
mod formats;
mod guides;
mod hostile;
mod layering;
#[cfg(feature = "xlsx")]
mod limits;
mod mess;
mod pages;
mod program;
mod readme;
mod report;
mod score;
mod shell;
mod spreadsheets;
#[cfg(all(feature = "xlsx", feature = "parquet", feature = "sqlite"))]
mod typed;
mod watch;
mod words;
