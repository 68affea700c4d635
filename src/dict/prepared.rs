//! The lists of names as `build.rs` prepared them, and the automaton that finds them.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::OnceLock;

use daachorse::CharwiseDoubleArrayAhoCorasick;

use super::listing::{Division, Listed, Meanings};

static AUTOMATON: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/names.automaton"));
static FORMS: &str = include_str!(concat!(env!("OUT_DIR"), "/names.jsonl"));
static DIVISIONS: &str = include_str!(concat!(env!("OUT_DIR"), "/divisions.tsv"));
static ABBREVIATIONS: &str = include_str!(concat!(env!("OUT_DIR"), "/abbreviations.tsv"));

/// The built-in divisions.
pub(super) fn divisions() -> Vec<Division> {
    let mut divisions = Vec::with_capacity(DIVISIONS.len() / 32);
    let (mut start, mut tabs) = (0, [0; 2]);
    let mut seen = 0;
    // by hand: there are 44,000 lines, and every run reads them
    for (at, b) in DIVISIONS.bytes().enumerate() {
        if b == b'\t' {
            if let Some(tab) = tabs.get_mut(seen) {
                *tab = at;
            }
            seen += 1;
        } else if b == b'\n' {
            let [first, second] = tabs;
            if let (Some(code), Some(name)) = (DIVISIONS.get(start..first), DIVISIONS.get(first + 1..second)) {
                divisions.push(Division { code: code.into(), name: name.into(), plain: second + 1 < at });
            }
            (start, seen) = (at + 1, 0);
        }
    }
    divisions
}

/// The built-in one-character names of places.
pub(super) fn abbreviations() -> BTreeMap<char, Box<str>> {
    ABBREVIATIONS.lines().filter_map(|line| line.split_once('\t')).filter_map(|(c, name)| Some((c.chars().next()?, name.into()))).collect()
}

/// The names of the program's own lists in one automaton. Names are numbered.
pub(super) struct Matcher {
    automaton: Option<CharwiseDoubleArrayAhoCorasick<u32>>,
    entries: Vec<Entry>,
}

/// What a form may stand for: read when it is first asked for, because an article asks for few.
struct Entry {
    /// As JSON, where it was prepared.
    line: &'static str,
    /// Where it was not.
    meanings: Meanings,
    listed: OnceLock<Vec<Listed>>,
}

impl Matcher {
    /// The names of these lists.
    pub fn new(forms: BTreeMap<Box<str>, Meanings>) -> Matcher {
        let (forms, entries): (Vec<Box<str>>, Vec<Meanings>) = forms.into_iter().unzip();
        let patterns = forms.iter().enumerate().map(|(i, form)| (&**form, i as u32));
        // An empty list has no automaton; forms are distinct, not empty and far fewer than the builder's limit.
        let automaton = CharwiseDoubleArrayAhoCorasick::with_values(patterns).ok();
        let entries = entries.into_iter().map(|meanings| Entry { line: "", meanings, listed: OnceLock::new() }).collect();
        Matcher { automaton, entries }
    }

    /// The built-in names.
    pub fn prepared() -> Matcher {
        let automaton = CharwiseDoubleArrayAhoCorasick::deserialize(AUTOMATON).ok().map(|(automaton, _)| automaton);
        let entries = FORMS.lines().map(|line| Entry { line, meanings: Vec::new(), listed: OnceLock::new() }).collect();
        Matcher { automaton, entries }
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
        self.entries.get(number as usize).map(|entry| entry.listed.get_or_init(|| distinct(self.meanings(number))).as_slice()).unwrap_or_default()
    }

    /// What a name may stand for, list by list.
    pub fn meanings(&self, number: u32) -> Meanings {
        let Some(entry) = self.entries.get(number as usize) else { return Vec::new() };
        if entry.line.is_empty() { entry.meanings.clone() } else { serde_json::from_str(entry.line).unwrap_or_default() }
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
        f.debug_struct("Matcher").field("forms", &self.entries.len()).finish_non_exhaustive()
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
        assert_eq!(divisions(), lists.divisions);
        assert_eq!(abbreviations(), lists.abbreviations);
        let prepared = Matcher::prepared();
        assert!(prepared.automaton.is_some());
        assert_eq!(prepared.entries.len(), lists.forms.len());
        for (number, (form, meanings)) in (0..).zip(&lists.forms) {
            assert_eq!(&prepared.meanings(number), meanings, "{form}");
            assert_eq!(prepared.number(form), Some(number), "{form}");
        }
    }
}
