//! `completions` and `man`: what a shell and `man` should know, from the definitions of the command line.

use std::fs;
use std::io::{self, Write};
use std::process::ExitCode;

use clap::Command;
use clap_mangen::Man;

use crate::args::{CompletionOptions, ManOptions};
use crate::failure::Failure;

/// Runs `completions`.
pub fn completions(options: &CompletionOptions, mut command: Command) -> Result<ExitCode, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(options.shell, &mut command, "shuliang", &mut script);
    print(&script)
}

/// Runs `man`.
pub fn man(options: &ManOptions, command: Command) -> Result<ExitCode, Failure> {
    let fail = |place: String| move |error: io::Error| Failure::Output(place, error);
    let Some(folder) = &options.out else {
        let mut page = Vec::new();
        Man::new(command).render(&mut page).map_err(fail("standard output".to_owned()))?;
        return print(&page);
    };
    fs::create_dir_all(folder).and_then(|()| clap_mangen::generate_to(command, folder)).map_err(fail(folder.display().to_string()))?;
    Ok(ExitCode::SUCCESS)
}

fn print(bytes: &[u8]) -> Result<ExitCode, Failure> {
    let mut out = io::stdout().lock();
    out.write_all(bytes).and_then(|()| out.flush()).map_err(|error| Failure::Output("standard output".to_owned(), error))?;
    Ok(ExitCode::SUCCESS)
}
