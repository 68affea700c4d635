//! The lists of names: divisions, other regions, zones, companies, organisations, landmarks.
//!
//! `build.rs` reads this file as well: it runs [`Lists::read`] over the built-in files when the program is built and writes
//! down what a run needs. A user's own rows are read by the same code at run time.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::table::{Reader, Row};

/// The lists of places. They hang together by codes.
pub(crate) const PLACES: &[&str] = &["divisions.tsv", "former_names.tsv", "regions.tsv"];

/// The other lists with their columns, in the order in which a form's meanings stand. Their rows know nothing of each other.
pub(crate) const NAMED: [(&str, &[&str]); 5] = [
    ("zones.tsv", &["name", "aliases", "region", "kind"]),
    ("listed.tsv", &["name", "code", "plain"]),
    ("companies.tsv", &["name", "aliases", "code"]),
    ("organisations.tsv", &["name", "aliases"]),
    ("landmarks.tsv", &["name", "type"]),
];

/// The number of a list: 0 for [`PLACES`], then those of [`NAMED`].
pub(crate) type ListId = u8;

/// [`NAMED`] with the numbers of the lists.
pub(crate) fn named_lists() -> impl Iterator<Item = (ListId, &'static str, &'static [&'static str])> {
    (1..).zip(NAMED).map(|(list, (file, columns))| (list, file, columns))
}

/// The type of an entity: the column `type` of the table `entities` (guideline E2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
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
    /// All types.
    pub const ALL: [EntityKind; 8] = [
        EntityKind::Region,
        EntityKind::Zone,
        EntityKind::Company,
        EntityKind::Project,
        EntityKind::Organisation,
        EntityKind::Facility,
        EntityKind::Product,
        EntityKind::Other,
    ];

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
        EntityKind::ALL.into_iter().find(|kind| kind.name() == word)
    }
}

/// The number of a division in [`Names`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct DivisionId(pub u32);

/// A division of China: province, prefecture, county or town.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Division {
    /// GB/T 2260 code; a town has nine digits.
    pub code: Cow<'static, str>,
    /// The full name: 嘉定区.
    pub name: Cow<'static, str>,
    /// True where the name, or its short form, is an ordinary word as well: 合作, 城区.
    pub plain: bool,
}

impl Division {
    /// 1 a province, 2 a prefecture, 3 a county, 4 a town.
    pub fn level(&self) -> u8 {
        level(&self.code)
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

    /// What divisions are sorted by.
    pub(crate) fn order(&self) -> (u8, &str) {
        (self.level(), &self.code)
    }

    /// True where `other` lies in this division.
    pub fn holds(&self, other: &Division) -> bool {
        other.code.starts_with(self.prefix()) && other.code != self.code
    }
}

/// The level of the division with this code.
pub(crate) fn level(code: &str) -> u8 {
    match (code.len(), code.ends_with("0000"), code.ends_with("00")) {
        (6, true, _) => 1,
        (6, _, true) => 2,
        (6, ..) => 3,
        _ => 4,
    }
}

/// What kind of region a row beyond the divisions names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum AreaKind {
    /// A country.
    Country,
    /// An area of several provinces or countries: 东北, 欧盟.
    Larger,
    /// A district of Hong Kong, Macau or Taiwan.
    District,
}

/// What a listed name stands for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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

/// What a row of [`NAMED`] says, without its own forms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Naming<'a> {
    /// The type.
    pub kind: EntityKind,
    /// The first cell.
    pub name: &'a str,
    /// Stock code or the user's own id, or empty.
    pub code: &'a str,
    /// True where the form is an ordinary word as well.
    pub plain: bool,
}

impl<'a> Naming<'a> {
    /// What a row says, and the column of its other forms where the list has one; else what was expected and what was found.
    pub fn of(file: &str, row: &Row<'a>) -> Result<(Naming<'a>, Option<usize>), (&'static str, &'a str)> {
        let name = row.cell(0);
        let naming = |kind, code, plain| Naming { kind, name, code, plain };
        match file {
            "zones.tsv" => Ok((naming(EntityKind::Zone, "", false), Some(1))),
            "listed.tsv" => Ok((naming(EntityKind::Company, row.names(1).next().unwrap_or_default(), row.cell(2) == "word"), None)),
            "companies.tsv" => Ok((naming(EntityKind::Company, row.cell(2), false), Some(1))),
            "organisations.tsv" => Ok((naming(EntityKind::Organisation, "", false), Some(1))),
            _ => match EntityKind::named(row.cell(1)) {
                Some(kind) => Ok((naming(kind, "", false), None)),
                None => Err(("a type of the guideline (E2)", row.cell(1))),
            },
        }
    }

    /// The same as what a form stands for.
    pub fn listed(&self) -> Listed {
        Listed::Named { kind: self.kind, name: self.name.into(), code: self.code.into(), plain: self.plain }
    }
}

/// True for a form that is looked for. One character is never a name by itself, and a name without a Chinese character would
/// be found inside model numbers.
pub(crate) fn is_form(form: &str) -> bool {
    !form.is_ascii() && form.chars().nth(1).is_some()
}

/// What a form stands for, with the list that says so. Two lists may say the same.
pub(crate) type Meanings = Vec<(ListId, Listed)>;

/// Everything that the lists hold.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Lists {
    /// Divisions, by level and code; the place of a division is its [`DivisionId`].
    pub divisions: Vec<Division>,
    /// Every form of a name with what it may stand for.
    pub forms: BTreeMap<Box<str>, Meanings>,
    /// One-character names of places with their full names: 浙 => 浙江省.
    pub abbreviations: BTreeMap<char, Box<str>>,
}

impl Lists {
    /// Reads all lists, of [`NAMED`] only the built-in rows.
    pub fn read(reader: &mut Reader<'_>) -> Lists {
        let mut lists = Lists::default();
        lists.read_divisions(reader);
        lists.read_regions(reader);
        for (list, file, columns) in named_lists() {
            for row in reader.ours(file, columns) {
                match Naming::of(file, &row) {
                    Ok((naming, others)) => {
                        let others = others.into_iter().flat_map(|column| row.names(column));
                        std::iter::once(naming.name).chain(others).for_each(|form| lists.add(form, list, naming.listed()));
                    }
                    Err((expected, found)) => reader.fail(&row, expected, &format!("`{found}`")),
                }
            }
        }
        lists
    }

    fn read_divisions(&mut self, reader: &mut Reader<'_>) {
        let mut rows: Vec<(Division, Row<'_>)> = Vec::new();
        for row in reader.rows("divisions.tsv", &["code", "name", "short", "plain"]) {
            let code = row.cell(0);
            if !matches!(code.len(), 6 | 9) || !code.bytes().all(|b| b.is_ascii_digit()) {
                reader.fail(&row, "a code of six or nine digits", &format!("`{code}`"));
                continue;
            }
            rows.push((Division { code: code.to_owned().into(), name: row.cell(1).to_owned().into(), plain: row.cell(3) == "word" }, row));
        }
        rows.sort_by(|(one, _), (other, _)| one.order().cmp(&other.order()));
        let mut full: BTreeMap<&str, ()> = BTreeMap::new();
        let mut codes: BTreeMap<&str, DivisionId> = BTreeMap::new();
        for (i, (division, row)) in rows.iter().enumerate() {
            let id = DivisionId(i as u32);
            codes.insert(row.cell(0), id);
            if division.level() < 4 {
                full.insert(row.cell(1), ());
                self.add(row.cell(1), 0, Listed::Division(id));
                row.names(2).for_each(|short| self.add(short, 0, Listed::Short(id)));
            }
        }
        for row in reader.rows("former_names.tsv", &["name", "code", "until"]) {
            match codes.get(row.cell(1)) {
                Some(&id) if !full.contains_key(row.cell(0)) => self.add(row.cell(0), 0, Listed::Former(id)),
                Some(_) => {}
                None => reader.fail(&row, "a code of divisions.tsv", &format!("`{}`", row.cell(1))),
            }
        }
        self.divisions = rows.into_iter().map(|(division, _)| division).collect();
    }

    fn read_regions(&mut self, reader: &mut Reader<'_>) {
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
                        self.add(form, 0, Listed::Area { name: name.into(), code: row.cell(3).into(), kind });
                    }
                }
                "nickname" => self.add(row.cell(0), 0, Listed::Nickname(row.names(1).map(Box::from).collect())),
                "abbreviation" => {
                    if let (Some(c), Some(name)) = (row.cell(0).chars().next(), row.names(1).next()) {
                        self.abbreviations.entry(c).or_insert_with(|| name.into());
                    }
                }
                other => reader.fail(&row, "country, area, abbreviation, nickname or district", &format!("`{other}`")),
            }
        }
    }

    fn add(&mut self, form: &str, list: ListId, listed: Listed) {
        if is_form(form) {
            let meanings = self.forms.entry(form.into()).or_default();
            if !meanings.iter().any(|(other, same)| *other == list && *same == listed) {
                meanings.push((list, listed));
            }
        }
    }
}
