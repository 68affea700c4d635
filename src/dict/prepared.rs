//! The lists of names as `build.rs` prepared them, and the automaton that finds them.

use std::collections::BTreeMap;
use std::fmt;

use daachorse::CharwiseDoubleArrayAhoCorasick;

use super::listing::{self, Division, Listed, Meanings};
use super::slots::Slots;

static AUTOMATON: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/names.automaton"));
static FORMS: Lines = Lines { text: include_str!(concat!(env!("OUT_DIR"), "/names.lines")), ends: include_bytes!(concat!(env!("OUT_DIR"), "/names.ends")) };
static DIVISIONS: Lines =
    Lines { text: include_str!(concat!(env!("OUT_DIR"), "/divisions.lines")), ends: include_bytes!(concat!(env!("OUT_DIR"), "/divisions.ends")) };
static ABBREVIATIONS: &str = include_str!(concat!(env!("OUT_DIR"), "/abbreviations.tsv"));

/// Lines that are part of the program, one behind the other.
struct Lines {
    text: &'static str,
    /// Where each line ends, four bytes a line.
    ends: &'static [u8],
}

impl Lines {
    fn len(&self) -> usize {
        self.ends.len() / 4
    }

    fn get(&self, line: usize) -> Option<&'static str> {
        let end = |line: usize| Some(u32::from_le_bytes(*self.ends.get(line * 4..)?.first_chunk()?) as usize);
        let start = line.checked_sub(1).map_or(Some(0), end)?;
        self.text.get(start..end(line)?)
    }
}

/// All divisions, by level and code. The built-in ones are read one by one when they are asked for: there are 42,000, and an
/// article asks for few.
#[derive(Debug)]
pub(super) enum Divisions {
    Prepared(Slots<Division>),
    Read(Vec<Division>),
}

impl Divisions {
    /// The built-in divisions.
    pub fn prepared() -> Divisions {
        Divisions::Prepared(Slots::new(DIVISIONS.len()))
    }

    pub fn len(&self) -> usize {
        match self {
            Divisions::Prepared(_) => DIVISIONS.len(),
            Divisions::Read(all) => all.len(),
        }
    }

    pub fn get(&self, at: usize) -> Option<&Division> {
        match self {
            Divisions::Prepared(slots) => {
                let read = || {
                    let [code, name, plain] = cells(at).unwrap_or_default();
                    Division { code: code.into(), name: name.into(), plain: !plain.is_empty() }
                };
                if at < DIVISIONS.len() { slots.get(at, read) } else { None }
            }
            Divisions::Read(all) => all.get(at),
        }
    }

    /// Code and name of a division, which is not kept.
    pub fn peek(&self, at: usize) -> Option<(&str, &str)> {
        match self {
            Divisions::Prepared(_) => cells(at).map(|[code, name, _]| (code, name)),
            Divisions::Read(all) => all.get(at).map(|division| (&*division.code, &*division.name)),
        }
    }

    /// The place of the first division that is not before this level and code.
    pub fn place(&self, level: u8, code: &str) -> usize {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = low + (high - low) / 2;
            let before = self.peek(middle).is_some_and(|(own, _)| (listing::level(own), own) < (level, code));
            if before { low = middle + 1 } else { high = middle }
        }
        low
    }
}

fn cells(line: usize) -> Option<[&'static str; 3]> {
    let mut cells = DIVISIONS.get(line)?.split('\t');
    Some([cells.next()?, cells.next()?, cells.next()?])
}

/// The built-in one-character names of places.
pub(super) fn abbreviations() -> BTreeMap<char, Box<str>> {
    ABBREVIATIONS.lines().filter_map(|line| line.split_once('\t')).filter_map(|(c, name)| Some((c.chars().next()?, name.into()))).collect()
}

/// The names of the program's own lists in one automaton. Names are numbered.
pub(super) struct Matcher {
    automaton: Option<CharwiseDoubleArrayAhoCorasick<u32>>,
    /// What the names may stand for, where that was not prepared.
    read: Option<Vec<Meanings>>,
    listed: Slots<Vec<Listed>>,
}

impl Matcher {
    /// The names of these lists.
    pub fn new(forms: BTreeMap<Box<str>, Meanings>) -> Matcher {
        let (forms, meanings): (Vec<Box<str>>, Vec<Meanings>) = forms.into_iter().unzip();
        let patterns = forms.iter().enumerate().map(|(i, form)| (&**form, i as u32));
        // An empty list has no automaton; forms are distinct, not empty and far fewer than the builder's limit.
        let automaton = CharwiseDoubleArrayAhoCorasick::with_values(patterns).ok();
        Matcher { automaton, listed: Slots::new(meanings.len()), read: Some(meanings) }
    }

    /// The built-in names.
    pub fn prepared() -> Matcher {
        let automaton = CharwiseDoubleArrayAhoCorasick::deserialize(AUTOMATON).ok().map(|(automaton, _)| automaton);
        Matcher { automaton, read: None, listed: Slots::new(FORMS.len()) }
    }

    /// Every name in `text`, overlapping ones too, by their ends and then by their starts: start, end, number.
    pub fn in_text<'a, 't>(&'a self, text: &'t str) -> impl Iterator<Item = (usize, usize, u32)> + use<'a, 't> {
        let automaton = self.automaton.as_ref();
        automaton.into_iter().flat_map(move |a| a.find_overlapping_iter(text)).map(|m| (m.start(), m.end(), m.value()))
    }

    /// The number of exactly this name.
    pub fn number(&self, form: &str) -> Option<u32> {
        self.in_text(form).find(|&(start, end, _)| (start, end) == (0, form.len())).map(|(.., number)| number)
    }

    /// What a name may stand for.
    pub fn listed(&self, number: u32) -> &[Listed] {
        self.listed.get(number as usize, || distinct(self.meanings(number))).map(Vec::as_slice).unwrap_or_default()
    }

    /// What a name may stand for, list by list.
    pub fn meanings(&self, number: u32) -> Meanings {
        match &self.read {
            Some(read) => read.get(number as usize).cloned().unwrap_or_default(),
            None => FORMS.get(number as usize).and_then(|line| serde_json::from_str(line).ok()).unwrap_or_default(),
        }
    }
}

/// The meanings without their lists, each once.
pub(super) fn distinct(meanings: Meanings) -> Vec<Listed> {
    let mut all: Vec<Listed> = Vec::with_capacity(meanings.len());
    for (_, listed) in meanings {
        if !all.contains(&listed) {
            all.push(listed);
        }
    }
    all
}

impl fmt::Debug for Matcher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Matcher").field("prepared", &self.read.is_none()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::super::listing::Lists;
    use super::super::table::Reader;
    use super::*;
    use crate::Dict;

    #[test]
    fn what_was_prepared_is_what_the_files_say() {
        let mut reader = Reader::new(Dict::files(), &[]);
        let lists = Lists::read(&mut reader);
        let divisions = Divisions::prepared();
        assert_eq!((0..divisions.len()).filter_map(|at| divisions.get(at).cloned()).collect::<Vec<_>>(), lists.divisions);
        let read = Divisions::Read(lists.divisions);
        for (level, code) in [(1, "110000"), (2, "410300"), (4, "410399"), (4, "410322"), (3, "999999"), (4, "999999999")] {
            assert_eq!(divisions.place(level, code), read.place(level, code));
        }
        assert_eq!(abbreviations(), lists.abbreviations);
        let prepared = Matcher::prepared();
        assert!(prepared.automaton.is_some());
        assert_eq!(FORMS.len(), lists.forms.len());
        for (number, (form, meanings)) in (0..).zip(&lists.forms) {
            assert_eq!(&prepared.meanings(number), meanings, "{form}");
            assert_eq!(prepared.number(form), Some(number), "{form}");
        }
    }
}
