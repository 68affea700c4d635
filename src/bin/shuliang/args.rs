//! What the command line takes.

mod annotate;
mod diff;
mod report;
mod shape;
mod shell;

use std::path::PathBuf;

use clap::{Args as Options, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;
use shuliang::emit::Table;
use shuliang::segment::Segmenter;
use shuliang::source::{self, decode::Charset};

pub use annotate::{AnnotateOptions, Tool};
pub use diff::DiffOptions;
pub use report::{Lang, ReportOptions};
pub use shape::{Format, Shape, Wanted};
pub use shell::{CompletionOptions, ManOptions};

const EXAMPLES: &str = "\
Examples:
  shuliang extract article.txt                     facts of one article, to standard output
  shuliang extract articles/ --out tables          a folder of articles, one file a table
  shuliang explain article.txt                     why each fact was found
  shuliang quantity 平均投资强度4370元每平方米
  shuliang dict check my-words/";

/// Facts out of Chinese articles: who, what, how much, when, how certain.
#[derive(Debug, Parser)]
#[command(version, about, max_term_width = 100, after_help = EXAMPLES)]
pub struct Args {
    /// The command.
    #[command(subcommand)]
    pub command: Command,
    /// The language of help, and of the page of report [default: that of the system]
    #[arg(long, global = true, value_name = "LANGUAGE", value_enum)]
    pub lang: Option<Lang>,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Read articles and write tables
    Extract(Extract),
    /// Make one HTML page with the articles and their facts, to look at in a browser
    Report(ReportOptions),
    /// Write articles with their marks and facts for a tool in which people correct them: brat, doccano, Label Studio
    Annotate(AnnotateOptions),
    /// Show what every layer found in each sentence, and which rule made each fact
    Explain(Explain),
    /// Show the quantities of a text
    Quantity(Quantity),
    /// Compare what the program finds with what a careful reader finds
    Score(ScoreOptions),
    /// Compare the tables of two runs: which rows appeared, went and changed, and by which rule
    Diff(DiffOptions),
    /// The dictionary: what the program knows about words
    Dict {
        /// What to do with it.
        #[command(subcommand)]
        command: DictCommand,
    },
    /// Print a script that lets a shell complete commands and options
    Completions(CompletionOptions),
    /// Print the manual page, or write one for each command
    Man(ManOptions),
}

const SCORE_EXAMPLES: &str = "\
Examples:
  shuliang score gold/                             precision, recall and F1 over a folder of gold files
  shuliang score gold/a.json --show 20             the first 20 facts that differ
  shuliang score fixtures/articles                 folders with article.txt and facts.csv";

/// The options of `score`.
#[derive(Debug, Options)]
#[command(after_help = SCORE_EXAMPLES)]
pub struct ScoreOptions {
    /// A gold file in JSON, what people corrected in brat, doccano or Label Studio, a folder of these, or a folder whose
    /// folders hold article.txt and facts.csv
    #[arg(required = true, value_name = "GOLD")]
    pub gold: Vec<PathBuf>,
    /// Print the first N facts that differ, field by field
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub show: usize,
    /// Write the figures to a file
    #[arg(long, value_name = "FILE")]
    pub json: Option<PathBuf>,
    #[allow(missing_docs)]
    #[command(flatten)]
    pub words: Words,
}

/// The commands of `dict`.
#[derive(Debug, Subcommand)]
pub enum DictCommand {
    /// Check the dictionary and say what is wrong, file and line
    Check(DictCheck),
}

const EXTRACT_EXAMPLES: &str = "\
Examples:
  shuliang extract article.txt                     facts of one article, to standard output
  shuliang extract articles/ --out tables          a folder of articles, one file a table
  shuliang extract news.jsonl --out tables --tables facts,times
  shuliang extract articles/ --out tables --format xlsx --header zh
  shuliang extract news.jsonl --out tables --resume
  shuliang extract inbox/ --out tables --watch     until Ctrl-C, whenever an article comes
  cat article.txt | shuliang extract - --published 2019-12-20

Exit status: 0 everything read; 1 some article failed (see standard error and errors.csv);
2 nothing could be done.";

/// The options of `extract`.
#[derive(Debug, Clone, Options)]
#[command(after_help = EXTRACT_EXAMPLES)]
pub struct Extract {
    /// A file, a folder (read recursively, in sorted order) or - (standard input). One article each: plain text,
    /// Markdown, HTML pages, Word (.docx), PDF with a text layer. One article a line or row: .jsonl, .ndjson, .csv, .tsv,
    /// .parquet. All of them also as .gz and .zst. The encoding is found from the bytes: UTF-8, GB18030, Big5, UTF-16
    #[arg(required = true, value_name = "INPUT")]
    pub inputs: Vec<PathBuf>,
    #[allow(missing_docs)]
    #[command(flatten)]
    pub from_folders: FromFolders,
    /// Write DIR/facts.csv and so on; without it the facts go to standard output
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Which tables: facts, quantities, entities, times, articles, checks, numerals, tokens, sentences
    /// [default: the first six]
    #[arg(long, value_name = "A,B", value_delimiter = ',', value_parser = table)]
    pub tables: Vec<Table>,
    /// What cuts the words of the table tokens
    #[arg(long, value_enum, default_value_t = Cutter::Prepared, value_name = "WHICH")]
    pub segmenter: Cutter,
    #[allow(missing_docs)]
    #[command(flatten)]
    pub input: Input,
    #[allow(missing_docs)]
    #[command(flatten)]
    pub shape: Shape,
    /// How many articles are read at once [default: one a processor]
    #[arg(long, help_heading = "Running", value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub jobs: Option<u16>,
    /// Go on with a run into the same folder that was interrupted; with other options, inputs or words this is refused. Where
    /// there is none, begin
    #[arg(long, help_heading = "Running", requires = "out")]
    pub resume: bool,
    /// Stay, and write the tables anew whenever articles are added, changed or taken away; what has not changed is not read
    /// again. Ctrl-C ends
    #[arg(long, help_heading = "Running", requires = "out", conflicts_with = "resume")]
    pub watch: bool,
    /// Say nothing on standard error but errors: no progress, no summary
    #[arg(long, short, help_heading = "Running")]
    pub quiet: bool,
    #[allow(missing_docs)]
    #[command(flatten)]
    pub words: Words,
}

/// Which files of folders are read. Those that this program wrote are not.
#[derive(Debug, Clone, Default, Options)]
pub struct FromFolders {
    /// Of folders, read only files of this pattern: `*.html`, `2023/**`. May be given more than once
    #[arg(long, value_name = "GLOB")]
    pub include: Vec<String>,
    /// Of folders, leave out files of this pattern. May be given more than once
    #[arg(long, value_name = "GLOB")]
    pub exclude: Vec<String>,
}

/// What cuts words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Cutter {
    /// The dictionary of jieba, prepared when the program was built
    Prepared,
    /// jieba-rs itself, which reads its dictionary at each start
    Jieba,
}

impl Cutter {
    /// The segmenter, ready to cut.
    pub fn open(self) -> Segmenter {
        match self {
            Cutter::Prepared => Segmenter::prepared(),
            Cutter::Jieba => Segmenter::jieba(),
        }
    }
}

const EXPLAIN_EXAMPLES: &str = "\
Examples:
  shuliang explain article.txt                     each sentence, what was found in it, and why
  cat article.txt | shuliang explain - --published 2019-12-20";

/// The options of `explain`.
#[derive(Debug, Options)]
#[command(after_help = EXPLAIN_EXAMPLES)]
pub struct Explain {
    /// A file or - (standard input)
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    #[allow(missing_docs)]
    #[command(flatten)]
    pub input: Input,
    #[allow(missing_docs)]
    #[command(flatten)]
    pub words: Words,
}

/// How inputs are read.
#[derive(Debug, Clone, Options)]
#[command(next_help_heading = "Reading")]
pub struct Input {
    /// The publication date for articles that carry none
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub published: Option<Date>,
    /// The encoding of the input: gb18030, big5, utf-16le or another label; without it, it is found out
    #[arg(long, value_name = "NAME")]
    pub encoding: Option<Charset>,
    /// The longest article that is read; KiB, MiB and GiB may stand behind the number
    #[arg(long, value_name = "BYTES", value_parser = size, default_value = "16MiB")]
    pub max_article: usize,
    /// The column or field that holds the text of an article [default: text, content, 正文 and the like]
    #[arg(long, value_name = "NAME")]
    pub text_column: Option<String>,
    /// The one that holds its name in the tables [default: id, 编号 and the like]
    #[arg(long, value_name = "NAME")]
    pub id_column: Option<String>,
    /// The one that holds its day of publication [default: published, date, 发布日期 and the like]
    #[arg(long, value_name = "NAME")]
    pub date_column: Option<String>,
    /// The one that holds its title [default: title, 标题 and the like]
    #[arg(long, value_name = "NAME")]
    pub title_column: Option<String>,
}

impl Input {
    /// What the library is told.
    pub fn source(&self) -> source::Options {
        let columns =
            source::Columns { text: self.text_column.clone(), id: self.id_column.clone(), date: self.date_column.clone(), title: self.title_column.clone() };
        source::Options { published: self.published, max_article: self.max_article, encoding: self.encoding, columns }
    }
}

const QUANTITY_EXAMPLES: &str = "\
Examples:
  shuliang quantity 平均投资强度4370元每平方米
  shuliang quantity --dict my-words/ 相当于120个标准足球场";

/// The options of `quantity`.
#[derive(Debug, Options)]
#[command(after_help = QUANTITY_EXAMPLES)]
pub struct Quantity {
    /// The text
    #[arg(value_name = "TEXT")]
    pub text: String,
    #[allow(missing_docs)]
    #[command(flatten)]
    pub words: Words,
}

const DICT_CHECK_EXAMPLES: &str = "\
Examples:
  shuliang dict check my-words/                    your own files: how many lines each has, or what is wrong
  shuliang dict check                              the built-in ones";

/// The options of `dict check`.
#[derive(Debug, Options)]
#[command(after_help = DICT_CHECK_EXAMPLES)]
pub struct DictCheck {
    /// A folder of your own dictionary files, checked together with the built-in ones
    #[arg(value_name = "DIR")]
    pub folder: Option<PathBuf>,
}

/// The dictionary of the user.
#[derive(Debug, Clone, Options)]
#[command(next_help_heading = "Dictionary")]
pub struct Words {
    /// A folder of dictionary files; their rows add to the built-in ones or replace those with the same first cell
    #[arg(long, value_name = "DIR")]
    pub dict: Option<PathBuf>,
}

fn table(name: &str) -> Result<Table, String> {
    Table::named(name.trim()).ok_or_else(|| format!("expected one of {}", Table::ALL.map(Table::name).join(", ")))
}

fn day(text: &str) -> Result<Date, String> {
    source::published::date_of(text).ok_or_else(|| "expected a date such as 2019-12-20".to_owned())
}

/// Places in a text are counted in 32 bits.
const LARGEST: u64 = u32::MAX as u64 / 4;

fn size(text: &str) -> Result<usize, String> {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let factor = match text[digits.len()..].to_ascii_lowercase().as_str() {
        "" | "b" => 1_u64,
        "k" | "kb" | "kib" => 1 << 10,
        "m" | "mb" | "mib" => 1 << 20,
        "g" | "gb" | "gib" => 1 << 30,
        _ => 0,
    };
    let bytes = digits.trim().parse::<u64>().ok().and_then(|number| number.checked_mul(factor)).filter(|bytes| (1..=LARGEST).contains(bytes));
    bytes.and_then(|bytes| usize::try_from(bytes).ok()).ok_or_else(|| format!("expected a size such as 16MiB, of at most {LARGEST} bytes"))
}
