//! What `diff` takes.

use std::path::PathBuf;

use clap::Args as Options;
use shuliang::emit::Table;

const EXAMPLES: &str = "\
Examples:
  shuliang diff tables-1 tables-2                  what changed between two runs
  shuliang diff tables-1 tables-2 --tables facts --show 0
  shuliang diff old/facts.csv new/facts.csv --json -

Exit status: 0 the tables are the same; 1 they differ; 2 they could not be compared.";

/// The options of `diff`.
#[derive(Debug, Options)]
#[command(after_help = EXAMPLES)]
pub struct DiffOptions {
    /// A folder that extract wrote, or one table of it (CSV or TSV)
    #[arg(value_name = "A")]
    pub before: PathBuf,
    /// Another folder or table, to be compared with the first
    #[arg(value_name = "B")]
    pub after: PathBuf,
    /// Which tables [default: all that are there]
    #[arg(long, value_name = "A,B", value_delimiter = ',', value_parser = super::table)]
    pub tables: Vec<Table>,
    /// Print the first N rows of each table that differ, field by field
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub show: usize,
    /// Write everything that differs to a file; - is standard output, in place of the text
    #[arg(long, value_name = "FILE")]
    pub json: Option<PathBuf>,
}
