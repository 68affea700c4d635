//! All tests that need more than one room, in one binary.

mod articles;
mod cases;
mod checks;
mod cli;
mod columns;
mod encodings;
mod layering;
mod readme;
mod score;
