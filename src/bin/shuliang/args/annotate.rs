//! What `annotate` takes.

use std::path::PathBuf;

use clap::Args as Options;
use clap::ValueEnum;

use super::{FromFolders, Input, Words};

const EXAMPLES: &str = "\
Examples:
  shuliang annotate articles/ --format brat --out collection
  shuliang annotate articles/ --format label-studio --out project
  shuliang score collection                        after people have corrected it

brat: a .txt and a .ann for each article, and annotation.conf. doccano: articles.jsonl, for sequence labelling with relations.
Label Studio: tasks.json, and interface.xml for the settings of the project. All places count characters.";

/// The options of `annotate`.
#[derive(Debug, Options)]
#[command(after_help = EXAMPLES)]
pub struct AnnotateOptions {
    /// A file, a folder (read recursively, in sorted order) or - (standard input), as for extract
    #[arg(required = true, value_name = "INPUT")]
    pub inputs: Vec<PathBuf>,
    #[allow(missing_docs)]
    #[command(flatten)]
    pub from_folders: FromFolders,
    /// The tool that the files are for
    #[arg(long, value_name = "TOOL", value_enum)]
    pub format: Tool,
    /// The folder that the files go into
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    /// Write over files that are already there, even where people have corrected them
    #[arg(long)]
    pub overwrite: bool,
    #[allow(missing_docs)]
    #[command(flatten)]
    pub input: Input,
    #[allow(missing_docs)]
    #[command(flatten)]
    pub words: Words,
}

/// A tool in which people annotate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Tool {
    /// brat
    Brat,
    /// doccano
    Doccano,
    /// Label Studio
    LabelStudio,
}
