//! What `completions` and `man` take.

use std::path::PathBuf;

use clap::Args as Options;
use clap_complete::Shell;

const COMPLETION_EXAMPLES: &str = "\
Examples:
  shuliang completions bash > ~/.local/share/bash-completion/completions/shuliang
  shuliang completions zsh > ~/.zfunc/_shuliang    with ~/.zfunc in fpath
  shuliang completions fish > ~/.config/fish/completions/shuliang.fish
  shuliang completions powershell >> $PROFILE";

/// The options of `completions`.
#[derive(Debug, Options)]
#[command(after_help = COMPLETION_EXAMPLES)]
pub struct CompletionOptions {
    /// The shell
    #[arg(value_name = "SHELL", value_enum)]
    pub shell: Shell,
}

const MAN_EXAMPLES: &str = "\
Examples:
  shuliang man | man -l -                          read the page
  shuliang man --out ~/.local/share/man/man1       a page for each command";

/// The options of `man`.
#[derive(Debug, Options)]
#[command(after_help = MAN_EXAMPLES)]
pub struct ManOptions {
    /// Write a page for each command into a folder; without it the main page goes to standard output
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
}
