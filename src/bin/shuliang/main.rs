//! The command line: the only code that opens files, prints or exits.

mod args;
mod commands;
mod failure;
mod inputs;
mod output;

use std::process::ExitCode;

use clap::Parser;

use args::{Args, Command};

fn main() -> ExitCode {
    let args = Args::parse();
    let done = match &args.command {
        Command::Extract(options) => commands::extract::run(options),
    };
    done.unwrap_or_else(|failure| failure.report())
}
