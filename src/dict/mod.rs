//! The dictionary: what the program knows about Chinese words, read once from `dict/*.tsv` and borrowed by every stage.
//!
//! Files are TSV with a header line and `#` comments. The built-in ones are part of the program; a folder of the user's
//! with files of the same names adds rows to them or replaces those with the same first cell. Errors name file, line,
//! what was expected and what was found, and all come at once.

mod added;
mod builtin;
mod checks;
mod collisions;
mod cue_starts;
mod cues;
mod folding;
mod furniture;
mod listing;
mod name_cues;
mod names;
mod pages;
mod prepared;
mod sieve;
mod slots;
mod starts;
mod table;
mod time_cues;
mod time_starts;
mod times;
mod trie;
mod units;
mod words;

pub use added::AddedNames;
pub use checks::{Breakdown, CheckWords, Quotient};
pub use collisions::{Collision, Other, collisions};
pub use cue_starts::{CuePlaces, CueStart};
pub use cues::{Certainty, ChangeWord, Cues, Hedge, Indicator, Lead, Scope};
pub use folding::Folding;
pub use furniture::Furniture;
pub use listing::{AreaKind, Division, DivisionId, EntityKind, Listed};
pub use name_cues::{NameCue, NameCues};
pub use names::{Anaphor, Border, Ending, NameStart, Names, Reach};
pub use pages::{ColumnNames, Pages};
pub use starts::{Start, Starts};
pub use table::{DictError, File};
pub use time_cues::{TimeCue, TimeCues};
pub use time_starts::TimeStart;
pub use times::{Clockwise, Feast, LunarYear, Part, Rule, TimeUnit, TimeWord, TimeWords};
pub use units::{Dimension, Kind, Safety, Unit, UnitId, Units};
pub use words::Words;

use crate::Span;
use table::Reader;

/// Everything the stages borrow: one section a stage.
#[derive(Debug)]
pub struct Dict {
    /// How texts as published become texts that are read.
    pub folding: Folding,
    /// Units, currencies and classifiers.
    pub units: Units,
    /// What looks like a number or a name and is none.
    pub vetoes: Vetoes,
    /// Words that steer the reading of quantities and facts.
    pub cues: Cues,
    /// Words of the calendar.
    pub times: TimeWords,
    /// Names and the endings of names.
    pub names: Names,
    /// Words of page furniture.
    pub furniture: Furniture,
    /// Words of the cross-checks.
    pub checks: CheckWords,
    /// Names of the parts of web pages.
    pub pages: Pages,
    /// Names of columns and fields.
    pub columns: ColumnNames,
}

impl Dict {
    /// The files that are part of the program: name and text.
    pub fn files() -> &'static [(&'static str, &'static str)] {
        builtin::FILES
    }

    /// The dictionary that is part of the program.
    pub fn builtin() -> Result<Dict, Vec<DictError>> {
        Dict::with(&[])
    }

    /// The built-in dictionary with the rows of `files` added or, where the first cell is the same, put in place of its own.
    pub fn with(files: &[File]) -> Result<Dict, Vec<DictError>> {
        Dict::read(files, None)
    }

    /// The same with what was made of the user's lists of names before, so that they need not be read again.
    ///
    /// `names` are [`Names::added`] of a dictionary with the same files; whoever keeps them makes sure of that.
    pub fn with_names(files: &[File], names: AddedNames) -> Result<Dict, Vec<DictError>> {
        Dict::read(files, Some(names))
    }

    fn read(files: &[File], added: Option<AddedNames>) -> Result<Dict, Vec<DictError>> {
        let mut reader = Reader::new(builtin::FILES, files);
        let folding = Folding::read(&mut reader);
        let units = Units::read(&mut reader);
        let vetoes = Vetoes::read(&mut reader);
        let cues = Cues::read(&mut reader);
        let times = TimeWords::read(&mut reader);
        let names = Names::read(&mut reader, added);
        let furniture = Furniture::read(&mut reader);
        let checks = CheckWords::read(&mut reader);
        let pages = Pages::read(&mut reader);
        let columns = ColumnNames::read(&mut reader);
        let errors = reader.finish();
        if errors.is_empty() { Ok(Dict { folding, units, vetoes, cues, times, names, furniture, checks, pages, columns }) } else { Err(errors) }
    }
}

/// What looks like a number and is none: 三亚, 一体化, 五角大楼.
#[derive(Debug)]
pub struct Vetoes {
    words: Words<&'static str>,
    starts: Starts,
}

/// What the reader of numbers looks for: bits of [`Start::lists`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u64)]
pub enum NumberStart {
    /// A stretch that is no number.
    Veto = 1,
    /// A character that a number may begin with.
    Number = 2,
    /// An address of the web.
    Address = 4,
}

impl NumberStart {
    /// True where the place may begin so.
    pub fn is_in(self, start: Start) -> bool {
        start.lists & self as u64 != 0
    }
}

/// The characters that a number may begin with.
const NUMBER: &str = "0123456789零〇○一壹幺弌二贰两弍俩三叁参弎四肆五伍六陆七柒八捌九玖十拾廿卅卌百佰千仟万亿兆-+±.负正几数第倒⁻半对";

impl Vetoes {
    fn read(reader: &mut Reader<'_>) -> Vetoes {
        let mut words = Words::default();
        reader.each("vetoes.tsv", &["text", "reason", "example"], |reader, row| {
            let reason = match row.cell(1) {
                "name" => "name",
                "place" => "place",
                "word" => "word",
                "plan" => "plan",
                "grade" => "grade",
                "title" => "title",
                other => {
                    return reader.fail(&row, "name, place, word, plan, grade or title", &format!("`{other}`"));
                }
            };
            words.add(row.cell(0), reason);
        });
        let mut starts = Starts::default();
        starts.add(NumberStart::Veto as u64, &words);
        NUMBER.chars().for_each(|c| starts.add_alone(NumberStart::Number as u64, c));
        [('h', 't'), ('w', 'w')].into_iter().for_each(|(first, second)| starts.add_pair(NumberStart::Address as u64, first, second));
        Vetoes { words, starts }
    }

    /// Where numbers, vetoes and addresses may begin, in order.
    pub fn starts_in(&self, text: &str) -> Vec<Start> {
        self.starts.places(text)
    }

    /// The longest veto that begins at the byte `at`, with its reason.
    pub fn at(&self, text: &str, at: usize) -> Option<(Span, &'static str)> {
        self.words.longest(text, at).map(|(len, reason)| (Span::new(at, at + len), *reason))
    }
}
