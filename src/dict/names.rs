//! Names: regions, zones, companies, organisations, and the endings by which names are recognised.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::added::{self, AddedNames};
use super::listing::{self, Division, DivisionId, EntityKind, Listed, Lists};
use super::name_cues::{NameCue, NameCues};
use super::prepared::{self, Divisions, Matcher};
use super::slots::Slots;
use super::starts::{Start, Starts};
use super::table::{Reader, Row};
use super::words::Words;

/// An ending by which a name is recognised.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ending {
    /// The type of the name.
    pub kind: EntityKind,
    /// True where the ending alone makes a name of the words before it.
    pub strong: bool,
}

/// What a word says about where a name begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Border {
    /// No name runs across it: 位于.
    Strong,
    /// It joins names, and stands inside names of projects: 和.
    Weak,
}

/// How far an anaphor looks for what it stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// What the article is about.
    Topic,
    /// The last one named before.
    Near,
    /// The last one named before; without one the word is no anaphor.
    Again,
    /// Like `Again`, but without one the word stands for itself where a word can begin: 截至3月底，新区…
    Own,
    /// Like `Again`, but only where the word opens a clause: 项目建成后.
    Opening,
}

/// A word that stands for a name.
#[derive(Debug)]
pub struct Anaphor {
    /// The types that it may stand for; none for 全国, which is its own name.
    pub kinds: Vec<EntityKind>,
    /// How the name ends that it stands for; empty for any.
    pub endings: Vec<Box<str>>,
    /// Where that is looked for.
    pub reach: Reach,
    /// What stands before the word where it is something else.
    pub not_after: Vec<Box<str>>,
    /// What stands behind the word where it is something else.
    pub not_before: Vec<Box<str>>,
}

/// What is looked for all over a text: each is a bit of [`Start::lists`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum NameStart {
    /// An ending of names: 有限公司.
    Ending,
    /// A word that stands for a name: 全市.
    Anaphor,
    /// A stretch in which no listed name is one.
    Veto,
    /// Two one-character names of places side by side: 沪渝.
    Abbreviations,
    /// 号地块, 地段, 号
    Plot,
    /// A Latin letter.
    Latin,
    /// 《
    Title,
    /// ( or （
    Bracket,
    /// A word of this cue.
    Cue(NameCue),
}

/// The cues that are looked for all over a text.
const SOUGHT: [NameCue; 15] = [
    NameCue::IntroducesCompany,
    NameCue::Level,
    NameCue::Yield,
    NameCue::Water,
    NameCue::Port,
    NameCue::Storm,
    NameCue::County,
    NameCue::Village,
    NameCue::ListMark,
    NameCue::ListProject,
    NameCue::Announces,
    NameCue::Land,
    NameCue::FirmOffice,
    NameCue::FirmAfter,
    NameCue::FirmBefore,
];

impl NameStart {
    /// The bit of [`Start::lists`]; no bit for a cue that is not looked for.
    pub fn bit(self) -> u64 {
        let number = match self {
            NameStart::Ending => 0,
            NameStart::Anaphor => 1,
            NameStart::Veto => 2,
            NameStart::Abbreviations => 3,
            NameStart::Plot => 4,
            NameStart::Latin => 5,
            NameStart::Title => 6,
            NameStart::Bracket => 7,
            NameStart::Cue(cue) => match SOUGHT.iter().position(|sought| *sought == cue) {
                Some(place) => 8 + place,
                None => return 0,
            },
        };
        1 << number
    }
}

/// What the stage `mentions` knows about names.
#[derive(Debug)]
pub struct Names {
    divisions: Divisions,
    /// Down to counties; made when it is first asked for.
    by_name: OnceLock<HashMap<Box<str>, Vec<DivisionId>>>,
    /// Down to counties, by their codes as numbers; made when it is first asked for.
    by_code: OnceLock<Vec<(u32, DivisionId)>>,
    /// Where the towns of a county begin, by the number of the county.
    first_towns: Slots<usize>,
    builtin: Matcher,
    /// The user's companies, zones and the like.
    added: Option<AddedNames>,
    /// Endings of names.
    pub endings: Words<Ending>,
    /// Words beside which a name begins.
    pub borders: Words<Border>,
    /// Words that make no name.
    pub generic: Words<()>,
    /// Words that stand for a name.
    pub anaphors: Words<Anaphor>,
    /// Stretches in which no listed name is one.
    pub vetoes: Words<()>,
    abbreviations: Words<Box<str>>,
    starts: Starts,
    /// Turns of phrase that introduce or join names, by what they do.
    pub cues: NameCues,
}

impl Names {
    /// `kept` is what was made of the same files before.
    pub(super) fn read(reader: &mut Reader<'_>, kept: Option<AddedNames>) -> Names {
        // What the lists hold was prepared when the program was built; a user's own places need the whole way.
        let (divisions, abbreviations, builtin) = if reader.adds_to(listing::PLACES) {
            let Lists { divisions, forms, abbreviations } = Lists::read(reader);
            (Divisions::Read(divisions), abbreviations, Matcher::new(forms))
        } else {
            (Divisions::prepared(), prepared::abbreviations(), Matcher::prepared())
        };
        let has_names = listing::named_lists().any(|(_, file, _)| reader.adds_to(&[file]));
        let added = has_names.then(|| match kept {
            Some(kept) => {
                listing::named_lists().for_each(|(_, file, _)| reader.known(file));
                kept
            }
            None => added::made(reader, &builtin),
        });
        let mut by_character = Words::default();
        abbreviations.into_iter().for_each(|(c, name)| by_character.add(c.encode_utf8(&mut [0; 4]), name));
        let first_towns = Slots::new(divisions.place(4, ""));
        let mut names = Names {
            divisions,
            by_name: OnceLock::new(),
            by_code: OnceLock::new(),
            first_towns,
            builtin,
            added,
            endings: Words::default(),
            borders: Words::default(),
            generic: Words::default(),
            anaphors: Words::default(),
            vetoes: Words::default(),
            abbreviations: by_character,
            starts: Starts::default(),
            cues: NameCues::read(reader),
        };
        names.read_words(reader);
        names.starts = names.all_starts();
        names
    }

    fn read_words(&mut self, reader: &mut Reader<'_>) {
        for row in reader.rows("suffixes.tsv", &["suffix", "type", "strength", "example"]) {
            match EntityKind::named(row.cell(1)) {
                Some(kind) => self.endings.add(row.cell(0), Ending { kind, strong: row.cell(2) == "strong" }),
                None => reader.fail(&row, "a type of the guideline (E2)", &format!("`{}`", row.cell(1))),
            }
        }
        for row in reader.rows("name_borders.tsv", &["text", "kind"]) {
            match row.cell(1) {
                "strong" => self.borders.add(row.cell(0), Border::Strong),
                "weak" => self.borders.add(row.cell(0), Border::Weak),
                "generic" => self.generic.add(row.cell(0), ()),
                other => reader.fail(&row, "strong, weak or generic", &format!("`{other}`")),
            }
        }
        for row in reader.rows("anaphors.tsv", &["text", "kind", "endings", "reach", "not_after", "not_before"]) {
            match anaphor(&row) {
                Some(anaphor) => self.anaphors.add(row.cell(0), anaphor),
                None => {
                    reader.fail(&row, "a type of the guideline, and topic, near, again, own or opening", &format!("`{}` and `{}`", row.cell(1), row.cell(3)))
                }
            }
        }
        for row in reader.rows("name_vetoes.tsv", &["text", "example"]) {
            self.vetoes.add(row.cell(0), ());
        }
    }

    fn all_starts(&self) -> Starts {
        let mut starts = Starts::default();
        starts.add(NameStart::Ending.bit(), &self.endings);
        starts.add(NameStart::Anaphor.bit(), &self.anaphors);
        starts.add(NameStart::Veto.bit(), &self.vetoes);
        starts.add_any_two(NameStart::Abbreviations.bit(), self.abbreviations.iter().flat_map(|(word, _)| word.chars()));
        starts.add(NameStart::Plot.bit(), self.cues.of(NameCue::Plot));
        starts.add(NameStart::Plot.bit(), self.cues.of(NameCue::LotSection));
        starts.add_alone(NameStart::Plot.bit(), '号');
        ('a'..='z').chain('A'..='Z').for_each(|c| starts.add_alone(NameStart::Latin.bit(), c));
        starts.add_alone(NameStart::Title.bit(), '《');
        ['(', '（'].into_iter().for_each(|c| starts.add_alone(NameStart::Bracket.bit(), c));
        SOUGHT.iter().for_each(|&cue| starts.add(NameStart::Cue(cue).bit(), self.cues.of(cue)));
        starts
    }

    /// Where in `text` what is looked for everywhere may begin, in order: one walk over the text for all of [`NameStart`].
    pub fn starts_in(&self, text: &str) -> Vec<Start> {
        self.starts.places(text)
    }

    /// The division of an id.
    pub fn division(&self, id: DivisionId) -> Option<&Division> {
        self.divisions.get(id.0 as usize)
    }

    /// The towns of a county, by the county's code.
    pub fn towns<'a>(&'a self, county: &'a str) -> impl Iterator<Item = (DivisionId, &'a Division)> {
        let first = || self.divisions.place(4, county);
        let kept = self.coded(county).and_then(|id| self.first_towns.get(id.0 as usize, first));
        let towns = (kept.copied().unwrap_or_else(first)..).map_while(|at| Some((DivisionId(at as u32), self.divisions.get(at)?)));
        towns.take_while(move |(_, town)| town.code.starts_with(county))
    }

    /// The divisions down to counties with this full name.
    pub fn divisions_named(&self, name: &str) -> &[DivisionId] {
        let by_name = self.by_name.get_or_init(|| {
            let mut by_name: HashMap<Box<str>, Vec<DivisionId>> = HashMap::new();
            for at in 0..self.divisions.place(4, "") {
                if let Some((_, name)) = self.divisions.peek(at) {
                    by_name.entry(name.into()).or_default().push(DivisionId(at as u32));
                }
            }
            by_name
        });
        by_name.get(name).map(Vec::as_slice).unwrap_or_default()
    }

    /// The province, prefecture or county whose code begins with these digits and goes on with zeros.
    fn coded(&self, digits: &str) -> Option<DivisionId> {
        let by_code = self.by_code.get_or_init(|| {
            let upper = (0..self.divisions.place(4, "")).filter_map(|at| Some((self.divisions.peek(at)?.0.parse().ok()?, DivisionId(at as u32))));
            let mut by_code: Vec<(u32, DivisionId)> = upper.collect();
            by_code.sort_unstable();
            by_code
        });
        let zeros = 6u32.checked_sub(digits.len() as u32)?;
        let code = digits.parse::<u32>().ok()?.checked_mul(10u32.pow(zeros))?;
        let at = by_code.partition_point(|&(known, _)| known < code);
        by_code.get(at).filter(|&&(known, _)| known == code).map(|&(_, id)| id)
    }

    /// The divisions that a division lies in, province first, itself last.
    pub fn chain(&self, id: DivisionId) -> Vec<DivisionId> {
        let Some(division) = self.division(id) else { return Vec::new() };
        let code = &division.code;
        let above = [2, 4, 6].into_iter().filter_map(|digits| {
            let above = self.coded(code.get(..digits)?)?;
            (above != id).then_some(above)
        });
        let mut chain: Vec<DivisionId> = above.collect();
        chain.push(id);
        chain
    }

    /// `省/市/县` of a division; a municipality stands at both levels: 天津市/天津市/河北区.
    pub fn path(&self, id: DivisionId) -> String {
        let chain = self.chain(id);
        let mut parts: Vec<&str> = chain.iter().filter_map(|&id| self.division(id)).map(|d| &*d.name).collect();
        if let Some(first) = parts.first().copied().filter(|name| name.ends_with('市')) {
            parts.insert(1, first);
        }
        parts.join("/")
    }

    /// Every listed name in `text`, overlapping ones too, by their ends and then by their starts: start, end, what it may stand for.
    pub fn listed_in<'a, 't>(&'a self, text: &'t str) -> impl Iterator<Item = (usize, usize, &'a [Listed])> + use<'a, 't> {
        added::both(text, &self.builtin, self.added.as_ref())
    }

    /// What was made of the user's lists of companies, zones, organisations and landmarks, for [`Dict::with_names`](super::Dict::with_names).
    pub fn added(&self) -> Option<&AddedNames> {
        self.added.as_ref()
    }

    /// The full name of a place for its one-character name: 浙 => 浙江省.
    #[inline]
    pub fn abbreviation(&self, c: char) -> Option<&str> {
        if !self.abbreviations.may_begin(c) {
            return None;
        }
        self.abbreviations.get(c.encode_utf8(&mut [0; 4])).map(|name| &**name)
    }

    /// The longest cue of this kind that begins at `at`: its length.
    pub fn cue_at(&self, cue: NameCue, text: &str, at: usize) -> Option<usize> {
        self.cues.of(cue).longest(text, at).map(|(len, ())| len)
    }

    /// The longest cue of this kind that ends at `end`: its length.
    pub fn cue_before(&self, cue: NameCue, text: &str, end: usize) -> Option<usize> {
        self.cues.of(cue).ending(text, end).map(|(len, ())| len)
    }
}

fn anaphor(row: &Row<'_>) -> Option<Anaphor> {
    let kinds = match row.cell(1) {
        "area" => Vec::new(),
        _ => row.names(1).map(EntityKind::named).collect::<Option<Vec<EntityKind>>>()?,
    };
    let reach = match row.cell(3) {
        "topic" => Reach::Topic,
        "near" => Reach::Near,
        "again" => Reach::Again,
        "own" => Reach::Own,
        "opening" => Reach::Opening,
        _ => return None,
    };
    let list = |column| row.names(column).map(Box::from).collect();
    Some(Anaphor { kinds, endings: list(2), reach, not_after: list(4), not_before: list(5) })
}
