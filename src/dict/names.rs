//! Names: regions, zones, companies, organisations, and the endings by which names are recognised.

use std::collections::{BTreeMap, HashMap};
use std::fmt;

use daachorse::CharwiseDoubleArrayAhoCorasick;

use super::table::{Reader, Row};
use super::words::Words;

/// The type of an entity: the column `type` of the table `entities` (guideline E2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "the names are those of the tables")]
pub enum EntityKind {
    Region,
    Zone,
    Company,
    Project,
    Organisation,
    Facility,
    Product,
    Other,
}

impl EntityKind {
    /// The word of the tables.
    pub fn name(self) -> &'static str {
        match self {
            EntityKind::Region => "region",
            EntityKind::Zone => "zone",
            EntityKind::Company => "company",
            EntityKind::Project => "project",
            EntityKind::Organisation => "organisation",
            EntityKind::Facility => "facility",
            EntityKind::Product => "product",
            EntityKind::Other => "other",
        }
    }

    /// The type with this word of the tables.
    pub fn named(word: &str) -> Option<EntityKind> {
        use EntityKind::{Company, Facility, Organisation, Other, Product, Project, Region, Zone};
        [Region, Zone, Company, Project, Organisation, Facility, Product, Other].into_iter().find(|kind| kind.name() == word)
    }
}

/// The number of a division in [`Names`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DivisionId(pub u32);

/// A division of China: province, prefecture, county or town.
#[derive(Debug)]
pub struct Division {
    /// GB/T 2260 code; a town has nine digits.
    pub code: Box<str>,
    /// The full name: 嘉定区.
    pub name: Box<str>,
    /// True where the name, or its short form, is an ordinary word as well: 合作, 城区.
    pub plain: bool,
}

impl Division {
    /// 1 a province, 2 a prefecture, 3 a county, 4 a town.
    pub fn level(&self) -> u8 {
        match (self.code.len(), self.code.ends_with("0000"), self.code.ends_with("00")) {
            (6, true, _) => 1,
            (6, _, true) => 2,
            (6, ..) => 3,
            _ => 4,
        }
    }

    /// The digits that the codes of everything inside the division begin with.
    pub fn prefix(&self) -> &str {
        let len = match self.level() {
            1 => 2,
            2 => 4,
            3 => 6,
            _ => self.code.len(),
        };
        self.code.get(..len).unwrap_or(&self.code)
    }

    /// True where `other` lies in this division.
    pub fn holds(&self, other: &Division) -> bool {
        other.code.starts_with(self.prefix()) && other.code != self.code
    }
}

/// What kind of region a row beyond the divisions names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AreaKind {
    /// A country.
    Country,
    /// An area of several provinces or countries: 东北, 欧盟.
    Larger,
    /// A district of Hong Kong, Macau or Taiwan.
    District,
}

/// What a listed name stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Listed {
    /// A division by its full name.
    Division(DivisionId),
    /// A division by a short name: 嘉定.
    Short(DivisionId),
    /// A division by a name that it no longer has: 襄樊市.
    Former(DivisionId),
    /// A country or a larger area: 美国, 东北.
    Area {
        /// The longest form in the list.
        name: Box<str>,
        /// ISO 3166-1, or empty.
        code: Box<str>,
        /// What kind of area.
        kind: AreaKind,
    },
    /// A nickname, with the full names of all places that have it: 江城.
    Nickname(Box<[Box<str>]>),
    /// Anything else.
    Named {
        /// Its type.
        kind: EntityKind,
        /// The name in the list.
        name: Box<str>,
        /// Stock code or the user's own id, or empty.
        code: Box<str>,
        /// True where the form is an ordinary word as well and needs a cue: 太平洋.
        plain: bool,
    },
}

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
    /// Like `Again`, but only where the word opens a clause: 项目建成后.
    Opening,
}

/// A word that stands for a name.
#[derive(Debug)]
pub struct Anaphor {
    /// The type of what it stands for; `None` for 全国, which is its own name.
    pub kind: Option<EntityKind>,
    /// How the name ends that it stands for; empty for any.
    pub endings: Vec<Box<str>>,
    /// Where that is looked for.
    pub reach: Reach,
    /// What stands before the word where it is something else.
    pub not_after: Vec<Box<str>>,
    /// What stands behind the word where it is something else.
    pub not_before: Vec<Box<str>>,
}

/// What the stage `mentions` knows about names.
#[derive(Debug)]
pub struct Names {
    divisions: Vec<Division>,
    towns: HashMap<Box<str>, Vec<DivisionId>>,
    by_name: HashMap<Box<str>, Vec<DivisionId>>,
    by_code: HashMap<Box<str>, DivisionId>,
    listed: Matcher,
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
    /// One-character names of places with their full names: 浙 => 浙江省.
    pub abbreviations: HashMap<char, Box<str>>,
    /// Turns of phrase that introduce or join names, by what they do.
    pub cues: BTreeMap<Box<str>, Words<()>>,
}

impl Names {
    pub(super) fn read(reader: &mut Reader<'_>) -> Names {
        let mut names = Names {
            divisions: Vec::new(),
            towns: HashMap::new(),
            by_name: HashMap::new(),
            by_code: HashMap::new(),
            listed: Matcher::default(),
            endings: Words::default(),
            borders: Words::default(),
            generic: Words::default(),
            anaphors: Words::default(),
            vetoes: Words::default(),
            abbreviations: HashMap::new(),
            cues: BTreeMap::new(),
        };
        let mut entries: BTreeMap<Box<str>, Vec<Listed>> = BTreeMap::new();
        names.read_divisions(reader, &mut entries);
        names.read_regions(reader, &mut entries);
        read_named(reader, &mut entries);
        names.listed = Matcher::new(entries);
        names.read_words(reader);
        names
    }

    fn read_divisions(&mut self, reader: &mut Reader<'_>, entries: &mut BTreeMap<Box<str>, Vec<Listed>>) {
        for row in reader.rows("divisions.tsv", &["code", "name", "short", "plain"]) {
            let code = row.cell(0);
            if !matches!(code.len(), 6 | 9) || !code.bytes().all(|b| b.is_ascii_digit()) {
                reader.fail(&row, "a code of six or nine digits", &format!("`{code}`"));
                continue;
            }
            let id = DivisionId(self.divisions.len() as u32);
            let division = Division { code: code.into(), name: row.cell(1).into(), plain: row.cell(3) == "word" };
            self.by_code.insert(code.into(), id);
            if division.level() == 4 {
                self.towns.entry(code.get(..6).unwrap_or(code).into()).or_default().push(id);
            } else {
                self.by_name.entry(row.cell(1).into()).or_default().push(id);
                add(entries, row.cell(1), Listed::Division(id));
                for short in row.names(2) {
                    add(entries, short, Listed::Short(id));
                }
            }
            self.divisions.push(division);
        }
        for row in reader.rows("former_names.tsv", &["name", "code", "until"]) {
            match self.by_code.get(row.cell(1)) {
                Some(&id) if !self.by_name.contains_key(row.cell(0)) => add(entries, row.cell(0), Listed::Former(id)),
                Some(_) => {}
                None => reader.fail(&row, "a code of divisions.tsv", &format!("`{}`", row.cell(1))),
            }
        }
    }

    fn read_regions(&mut self, reader: &mut Reader<'_>, entries: &mut BTreeMap<Box<str>, Vec<Listed>>) {
        for row in reader.rows("regions.tsv", &["name", "aliases", "kind", "code"]) {
            match row.cell(2) {
                kind @ ("country" | "area" | "district") => {
                    let forms = || std::iter::once(row.cell(0)).chain(row.names(1));
                    let name = forms().max_by_key(|form| form.len()).unwrap_or_default();
                    let kind = match kind {
                        "country" => AreaKind::Country,
                        "district" => AreaKind::District,
                        _ => AreaKind::Larger,
                    };
                    for form in forms() {
                        add(entries, form, Listed::Area { name: name.into(), code: row.cell(3).into(), kind });
                    }
                }
                "nickname" => add(entries, row.cell(0), Listed::Nickname(row.names(1).map(Box::from).collect())),
                "abbreviation" => {
                    if let (Some(c), Some(name)) = (row.cell(0).chars().next(), row.names(1).next()) {
                        self.abbreviations.entry(c).or_insert_with(|| name.into());
                    }
                }
                other => reader.fail(&row, "country, area, abbreviation, nickname or district", &format!("`{other}`")),
            }
        }
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
                None => reader.fail(&row, "a type of the guideline, and topic, near, again or opening", &format!("`{}` and `{}`", row.cell(1), row.cell(3))),
            }
        }
        for row in reader.rows("name_vetoes.tsv", &["text", "example"]) {
            self.vetoes.add(row.cell(0), ());
        }
        for row in reader.rows("name_cues.tsv", &["text", "use", "example"]) {
            self.cues.entry(row.cell(1).into()).or_default().add(row.cell(0), ());
        }
        self.endings.sort();
        self.borders.sort();
        self.generic.sort();
        self.anaphors.sort();
        self.vetoes.sort();
        self.cues.values_mut().for_each(Words::sort);
    }

    /// The division of an id.
    pub fn division(&self, id: DivisionId) -> Option<&Division> {
        self.divisions.get(id.0 as usize)
    }

    /// The towns of a county, by the county's code.
    pub fn towns(&self, county: &str) -> impl Iterator<Item = (DivisionId, &Division)> {
        self.towns.get(county).into_iter().flatten().filter_map(|&id| Some((id, self.division(id)?)))
    }

    /// The divisions down to counties with this full name.
    pub fn divisions_named(&self, name: &str) -> &[DivisionId] {
        self.by_name.get(name).map(Vec::as_slice).unwrap_or_default()
    }

    /// The divisions that a division lies in, province first, itself last.
    pub fn chain(&self, id: DivisionId) -> Vec<DivisionId> {
        let Some(division) = self.division(id) else { return Vec::new() };
        let code = &division.code;
        let above = [(2, "0000"), (4, "00"), (6, "")].into_iter().filter_map(|(digits, zeros)| {
            let above = self.by_code.get(format!("{}{zeros}", code.get(..digits)?).as_str())?;
            (*above != id).then_some(*above)
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

    /// Every listed name in `text`, overlapping ones too: start, end, what it may stand for.
    pub fn listed_in<'a>(&'a self, text: &'a str) -> impl Iterator<Item = (usize, usize, &'a [Listed])> {
        let automaton = self.listed.automaton.as_ref();
        automaton.into_iter().flat_map(move |a| a.find_overlapping_iter(text)).map(|m| {
            let entry = self.listed.entries.get(m.value() as usize);
            (m.start(), m.end(), entry.map(Vec::as_slice).unwrap_or_default())
        })
    }

    /// The longest cue of this use that begins at `at`: its length.
    pub fn cue_at(&self, usage: &str, text: &str, at: usize) -> Option<usize> {
        self.cues.get(usage)?.longest(text, at).map(|(len, ())| len)
    }

    /// The longest cue of this use that ends at `end`: its length.
    pub fn cue_before(&self, usage: &str, text: &str, end: usize) -> Option<usize> {
        self.cues.get(usage)?.ending(text, end).map(|(len, ())| len)
    }
}

fn read_named(reader: &mut Reader<'_>, entries: &mut BTreeMap<Box<str>, Vec<Listed>>) {
    let named = |kind, name: &str, code: &str, plain| Listed::Named { kind, name: name.into(), code: code.into(), plain };
    for row in reader.rows("zones.tsv", &["name", "aliases", "region", "kind"]) {
        for form in std::iter::once(row.cell(0)).chain(row.names(1)) {
            add(entries, form, named(EntityKind::Zone, row.cell(0), "", false));
        }
    }
    for row in reader.rows("listed.tsv", &["name", "code", "plain"]) {
        let code = row.names(1).next().unwrap_or_default();
        add(entries, row.cell(0), named(EntityKind::Company, row.cell(0), code, row.cell(2) == "word"));
    }
    for row in reader.rows("companies.tsv", &["name", "aliases", "code"]) {
        for form in std::iter::once(row.cell(0)).chain(row.names(1)) {
            add(entries, form, named(EntityKind::Company, row.cell(0), row.cell(2), false));
        }
    }
    for row in reader.rows("organisations.tsv", &["name", "aliases"]) {
        for form in std::iter::once(row.cell(0)).chain(row.names(1)) {
            add(entries, form, named(EntityKind::Organisation, row.cell(0), "", false));
        }
    }
    for row in reader.rows("landmarks.tsv", &["name", "type"]) {
        match EntityKind::named(row.cell(1)) {
            Some(kind) => add(entries, row.cell(0), named(kind, row.cell(0), "", false)),
            None => reader.fail(&row, "a type of the guideline (E2)", &format!("`{}`", row.cell(1))),
        }
    }
}

fn anaphor(row: &Row<'_>) -> Option<Anaphor> {
    let kind = match row.cell(1) {
        "area" => None,
        word => Some(EntityKind::named(word)?),
    };
    let reach = match row.cell(3) {
        "topic" => Reach::Topic,
        "near" => Reach::Near,
        "again" => Reach::Again,
        "opening" => Reach::Opening,
        _ => return None,
    };
    let list = |column| row.names(column).map(Box::from).collect();
    Some(Anaphor { kind, endings: list(2), reach, not_after: list(4), not_before: list(5) })
}

// One character is never a name by itself, and a name without a Chinese character would be found inside model numbers.
fn add(entries: &mut BTreeMap<Box<str>, Vec<Listed>>, form: &str, listed: Listed) {
    if form.chars().count() > 1 && !form.is_ascii() {
        let list = entries.entry(form.into()).or_default();
        if !list.contains(&listed) {
            list.push(listed);
        }
    }
}

/// All listed names in one automaton.
#[derive(Default)]
struct Matcher {
    automaton: Option<CharwiseDoubleArrayAhoCorasick<u32>>,
    entries: Vec<Vec<Listed>>,
}

impl Matcher {
    fn new(entries: BTreeMap<Box<str>, Vec<Listed>>) -> Matcher {
        let (forms, entries): (Vec<Box<str>>, Vec<Vec<Listed>>) = entries.into_iter().unzip();
        let patterns = forms.iter().enumerate().map(|(i, form)| (&**form, i as u32));
        // An empty list has no automaton; forms are distinct, not empty and far fewer than the builder's limit.
        let automaton = CharwiseDoubleArrayAhoCorasick::with_values(patterns).ok();
        Matcher { automaton, entries }
    }
}

impl fmt::Debug for Matcher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Matcher").field("forms", &self.entries.len()).finish_non_exhaustive()
    }
}
