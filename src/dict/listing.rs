//! The lists of names: divisions, other regions, zones, companies, organisations, landmarks.
//!
//! `build.rs` reads this file as well: it runs [`Lists::read`] over the built-in files when the program is built and writes
//! down what a run needs. A user's own rows are read by the same code at run time.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::table::{Reader, Row};

/// The files that are read here.
pub(crate) const FILES: &[&str] =
    &["divisions.tsv", "former_names.tsv", "regions.tsv", "zones.tsv", "listed.tsv", "companies.tsv", "organisations.tsv", "landmarks.tsv"];

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

/// Everything that the lists hold.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Lists {
    /// Divisions, by level and code; the place of a division is its [`DivisionId`].
    pub divisions: Vec<Division>,
    /// Every form of a name with what it may stand for.
    pub forms: BTreeMap<Box<str>, Vec<Listed>>,
    /// One-character names of places with their full names: 浙 => 浙江省.
    pub abbreviations: BTreeMap<char, Box<str>>,
}

impl Lists {
    /// Reads the files of [`FILES`].
    pub fn read(reader: &mut Reader<'_>) -> Lists {
        let mut lists = Lists::default();
        lists.read_divisions(reader);
        lists.read_regions(reader);
        lists.read_named(reader);
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
                self.add(row.cell(1), Listed::Division(id));
                row.names(2).for_each(|short| self.add(short, Listed::Short(id)));
            }
        }
        for row in reader.rows("former_names.tsv", &["name", "code", "until"]) {
            match codes.get(row.cell(1)) {
                Some(&id) if !full.contains_key(row.cell(0)) => self.add(row.cell(0), Listed::Former(id)),
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
                        self.add(form, Listed::Area { name: name.into(), code: row.cell(3).into(), kind });
                    }
                }
                "nickname" => self.add(row.cell(0), Listed::Nickname(row.names(1).map(Box::from).collect())),
                "abbreviation" => {
                    if let (Some(c), Some(name)) = (row.cell(0).chars().next(), row.names(1).next()) {
                        self.abbreviations.entry(c).or_insert_with(|| name.into());
                    }
                }
                other => reader.fail(&row, "country, area, abbreviation, nickname or district", &format!("`{other}`")),
            }
        }
    }

    fn read_named(&mut self, reader: &mut Reader<'_>) {
        let named = |kind, name: &str, code: &str, plain| Listed::Named { kind, name: name.into(), code: code.into(), plain };
        for row in reader.rows("zones.tsv", &["name", "aliases", "region", "kind"]) {
            for form in std::iter::once(row.cell(0)).chain(row.names(1)) {
                self.add(form, named(EntityKind::Zone, row.cell(0), "", false));
            }
        }
        for row in reader.rows("listed.tsv", &["name", "code", "plain"]) {
            let code = row.names(1).next().unwrap_or_default();
            self.add(row.cell(0), named(EntityKind::Company, row.cell(0), code, row.cell(2) == "word"));
        }
        for row in reader.rows("companies.tsv", &["name", "aliases", "code"]) {
            for form in std::iter::once(row.cell(0)).chain(row.names(1)) {
                self.add(form, named(EntityKind::Company, row.cell(0), row.cell(2), false));
            }
        }
        for row in reader.rows("organisations.tsv", &["name", "aliases"]) {
            for form in std::iter::once(row.cell(0)).chain(row.names(1)) {
                self.add(form, named(EntityKind::Organisation, row.cell(0), "", false));
            }
        }
        for row in reader.rows("landmarks.tsv", &["name", "type"]) {
            match EntityKind::named(row.cell(1)) {
                Some(kind) => self.add(row.cell(0), named(kind, row.cell(0), "", false)),
                None => reader.fail(&row, "a type of the guideline (E2)", &format!("`{}`", row.cell(1))),
            }
        }
    }

    // One character is never a name by itself, and a name without a Chinese character would be found inside model numbers.
    fn add(&mut self, form: &str, listed: Listed) {
        if form.chars().count() > 1 && !form.is_ascii() {
            let list = self.forms.entry(form.into()).or_default();
            if !list.contains(&listed) {
                list.push(listed);
            }
        }
    }
}
