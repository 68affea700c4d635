//! All tests that need more than one room, in one binary.

mod articles;
mod checks;
mod cases;
mod cli;
mod columns;
mod layering;
mod readme;
