//! What ends the program early.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use shuliang::dict::DictError;

/// Some article could not be read; everything else is complete.
pub const SOME_FAILED: u8 = 1;
/// Nothing could be done.
pub const NOTHING_DONE: u8 = 2;

/// Why a command stopped.
#[derive(Debug)]
pub enum Failure {
    /// Bad usage, an unreadable file that everything depends on.
    Message(String),
    /// Mistakes in the dictionary, in the folder of the user where there is one.
    Dict(Option<PathBuf>, Vec<DictError>),
    /// The output could not be written: where, and what the system says.
    Output(String, io::Error),
    /// The run ended early, and `--resume` can go on with what it left in the folder.
    Kept(Box<Failure>, PathBuf),
}

impl Failure {
    /// Names what is wrong on standard error. A pipe that the reader has closed is no error.
    pub fn report(self) -> ExitCode {
        let mut err = anstream::stderr();
        // if standard error is closed there is nobody left to tell
        let _ = match self {
            Failure::Output(_, error) if error.kind() == io::ErrorKind::BrokenPipe => return ExitCode::SUCCESS,
            Failure::Output(place, error) => writeln!(err, "error: {place}: {error}"),
            Failure::Kept(failure, folder) => {
                let code = failure.report();
                let _ = writeln!(anstream::stderr(), "note: {}: what was read so far is kept; --resume goes on from there", folder.display());
                return code;
            }
            Failure::Message(message) => writeln!(err, "error: {message}"),
            Failure::Dict(folder, errors) => errors.iter().try_for_each(|error| writeln!(err, "error: {}", place(folder.as_deref(), error))),
        };
        ExitCode::from(NOTHING_DONE)
    }
}

/// An error of the dictionary with the folder before its file.
fn place(folder: Option<&Path>, error: &DictError) -> String {
    // the built-in files are correct whenever the program was tested, so what is wrong is the user's
    folder.map_or_else(|| error.to_string(), |folder| folder.join(error.to_string()).display().to_string())
}
