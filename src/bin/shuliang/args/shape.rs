//! What the tables look like, and the formats that there are.

use clap::builder::PossibleValue;
use clap::{Args as Options, ValueEnum};
use shuliang::emit::Header;
use shuliang::emit::delimited::LineEnd;

use super::Tool;

/// What the tables look like.
#[derive(Debug, Clone, Options)]
#[command(next_help_heading = "Format of the tables")]
pub struct Shape {
    /// The formats of the tables; standard output takes csv, tsv or jsonl. brat, doccano or label-studio, alone, writes the articles
    /// for people to correct, as annotate does [default: csv]
    #[arg(long = "format", value_name = "A,B", value_delimiter = ',', value_enum)]
    pub format: Vec<Wanted>,
    /// The language of the column names
    #[arg(long, value_name = "LANGUAGE", value_enum, default_value_t = Language::En)]
    pub header: Language,
    /// Begin CSV and TSV with a byte order mark, by which spreadsheets know UTF-8 [default: in files]
    #[arg(long, conflicts_with = "no_bom")]
    pub bom: bool,
    /// Begin CSV and TSV without a byte order mark
    #[arg(long)]
    pub no_bom: bool,
    /// The line ends of CSV and TSV [default: crlf in files, lf on standard output]
    #[arg(long, value_name = "END", value_enum)]
    pub eol: Option<Eol>,
    /// Leave text in CSV and TSV as it is, even where a spreadsheet would read it as a formula
    #[arg(long)]
    pub no_guard: bool,
}

impl Shape {
    /// The formats of tables, each once.
    pub fn formats(&self) -> Vec<Format> {
        let mut formats: Vec<Format> = Vec::new();
        for wanted in &self.format {
            if let Wanted::Table(format) = wanted
                && !formats.contains(format)
            {
                formats.push(*format);
            }
        }
        if self.format.is_empty() { vec![Format::Csv] } else { formats }
    }

    /// The annotation tools, each once.
    pub fn tools(&self) -> Vec<Tool> {
        let mut tools: Vec<Tool> = Vec::new();
        for wanted in &self.format {
            if let Wanted::Tool(tool) = wanted
                && !tools.contains(tool)
            {
                tools.push(*tool);
            }
        }
        tools
    }
}

/// What can be asked for: a format of tables, or files for an annotation tool.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// Tables.
    Table(Format),
    /// Articles with their marks.
    Tool(Tool),
}

impl ValueEnum for Wanted {
    fn value_variants<'a>() -> &'a [Wanted] {
        &[
            Wanted::Table(Format::Csv),
            Wanted::Table(Format::Tsv),
            Wanted::Table(Format::Jsonl),
            #[cfg(feature = "xlsx")]
            Wanted::Table(Format::Xlsx),
            #[cfg(feature = "parquet")]
            Wanted::Table(Format::Parquet),
            #[cfg(feature = "sqlite")]
            Wanted::Table(Format::Sqlite),
            Wanted::Tool(Tool::Brat),
            Wanted::Tool(Tool::Doccano),
            Wanted::Tool(Tool::LabelStudio),
        ]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        match self {
            Wanted::Table(format) => format.to_possible_value(),
            Wanted::Tool(tool) => tool.to_possible_value(),
        }
    }
}

/// A format of the tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Comma-separated, a file a table, with datapackage.json beside them
    Csv,
    /// Tab-separated, a file a table
    Tsv,
    /// JSON Lines, a file a table
    Jsonl,
    /// tables.xlsx, a workbook with a sheet a table
    #[cfg(feature = "xlsx")]
    Xlsx,
    /// Parquet, a file a table
    #[cfg(feature = "parquet")]
    Parquet,
    /// tables.sqlite, a database
    #[cfg(feature = "sqlite")]
    Sqlite,
}

impl Format {
    /// The name of the option.
    pub fn name(self) -> String {
        self.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
    }

    /// How its files end.
    pub fn ending(self) -> &'static str {
        match self {
            Format::Csv => "csv",
            Format::Tsv => "tsv",
            Format::Jsonl => "jsonl",
            #[cfg(feature = "xlsx")]
            Format::Xlsx => "xlsx",
            #[cfg(feature = "parquet")]
            Format::Parquet => "parquet",
            #[cfg(feature = "sqlite")]
            Format::Sqlite => "sqlite",
        }
    }

    /// Whether each table is a file of its own.
    pub fn is_file_a_table(self) -> bool {
        match self {
            Format::Csv | Format::Tsv | Format::Jsonl => true,
            #[cfg(feature = "xlsx")]
            Format::Xlsx => false,
            #[cfg(feature = "parquet")]
            Format::Parquet => true,
            #[cfg(feature = "sqlite")]
            Format::Sqlite => false,
        }
    }
}

/// What ends a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Eol {
    /// As on Unix
    Lf,
    /// As on Windows
    Crlf,
}

impl From<Eol> for LineEnd {
    fn from(eol: Eol) -> LineEnd {
        match eol {
            Eol::Lf => LineEnd::Lf,
            Eol::Crlf => LineEnd::CrLf,
        }
    }
}

/// A language of column names.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Language {
    /// English
    En,
    /// Chinese
    Zh,
    /// English and Chinese: subject 主体
    Both,
}

impl From<Language> for Header {
    fn from(language: Language) -> Header {
        match language {
            Language::En => Header::En,
            Language::Zh => Header::Zh,
            Language::Both => Header::Both,
        }
    }
}
