//! The command line: the only code that opens files, prints or exits.

mod args;
mod batch;
mod columns;
mod commands;
mod failure;
mod formats;
mod inputs;
mod output;
mod progress;

use std::process::ExitCode;

use clap::Parser;

use args::{Args, Command, DictCommand};

fn main() -> ExitCode {
    let done = match &Args::parse().command {
        Command::Extract(options) => commands::extract::run(options),
        Command::Report(options) => commands::report::run(options),
        Command::Explain(options) => commands::explain::run(options),
        Command::Quantity(options) => commands::quantity::run(options),
        Command::Score(options) => commands::score::run(options),
        Command::Dict { command: DictCommand::Check(options) } => commands::dict::check(options),
    };
    done.unwrap_or_else(|failure| failure.report())
}
