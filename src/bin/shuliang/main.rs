//! The command line: the only code that opens files, prints or exits.

mod args;
mod batch;
mod columns;
mod commands;
mod dictionary;
mod failure;
mod formats;
mod inputs;
mod language;
mod output;
mod own;
mod progress;
mod reading;
mod stamp;
mod stop;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::FromArgMatches;

use args::{Args, Command, DictCommand};

fn main() -> ExitCode {
    let words: Vec<OsString> = std::env::args_os().collect();
    let command = || language::command(language::chosen(&words));
    let args = match Args::from_arg_matches(&command().get_matches_from(&words)) {
        Ok(args) => args,
        Err(error) => error.exit(),
    };
    let done = match &args.command {
        Command::Extract(options) => commands::extract::run(options),
        Command::Annotate(options) => commands::annotate::run(options),
        Command::Report(options) => commands::report::run(options, args.lang),
        Command::Explain(options) => commands::explain::run(options),
        Command::Quantity(options) => commands::quantity::run(options),
        Command::Score(options) => commands::score::run(options),
        Command::Diff(options) => commands::diff::run(options),
        Command::Dict { command: DictCommand::Check(options) } => commands::dict::check(options),
        Command::Completions(options) => commands::shell::completions(options, command()),
        Command::Man(options) => commands::shell::man(options, command()),
    };
    done.unwrap_or_else(|failure| failure.report())
}
