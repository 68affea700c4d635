//! The built program, as the tests run it.

use std::process::{Command, Output, Stdio};

/// The program with these arguments and nothing on standard input.
pub fn program(args: &[&str]) -> Command {
    let mut program = Command::new(env!("CARGO_BIN_EXE_shuliang"));
    program.args(args).stdin(Stdio::null());
    program
}

/// What comes of a run.
pub fn run(args: &[&str]) -> Output {
    program(args).output().expect("the program runs")
}
