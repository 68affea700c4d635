//! What `report` takes.

use std::path::PathBuf;

use clap::Args as Options;
use clap::ValueEnum;
use shuliang::emit::Header;

use super::{FromFolders, Input, Words};

const EXAMPLES: &str = "\
Examples:
  shuliang report article.txt -o report.html       one article
  shuliang report articles/ news.jsonl -o all.html many; the page has a filter for each

The page is one file, needs no network and runs nothing that an article says.";

/// The options of `report`.
#[derive(Debug, Options)]
#[command(after_help = EXAMPLES)]
pub struct ReportOptions {
    /// A file, a folder (read recursively, in sorted order) or - (standard input), as for extract
    #[arg(required = true, value_name = "INPUT")]
    pub inputs: Vec<PathBuf>,
    #[allow(missing_docs)]
    #[command(flatten)]
    pub from_folders: FromFolders,
    /// The page; - is standard output
    #[arg(short, long, value_name = "FILE", default_value = "report.html")]
    pub output: PathBuf,
    #[allow(missing_docs)]
    #[command(flatten)]
    pub input: Input,
    #[allow(missing_docs)]
    #[command(flatten)]
    pub words: Words,
}

/// A language that the program speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Lang {
    /// English
    En,
    /// Chinese
    Zh,
}

impl From<Lang> for Header {
    fn from(lang: Lang) -> Header {
        match lang {
            Lang::En => Header::En,
            Lang::Zh => Header::Zh,
        }
    }
}
