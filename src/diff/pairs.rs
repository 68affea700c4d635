//! Which row of one table is which row of another.
//!
//! Rows that are alike in every common column are the same. Of the others of an article, those with the same `start` and
//! `end` belong together, the most alike first; what then is left is paired by its words, for an article may have changed
//! above it, but only where most cells agree.

use std::collections::{BTreeMap, VecDeque};

use super::Sheet;

/// From how many possible pairs on rows that share a key are paired in their order: to weigh all of them would take too long.
const MANY: usize = 4_000_000;

/// A row of the first table, of the second, or of both.
pub type Pair = (Option<usize>, Option<usize>);

/// How many rows are the same, and the pairs of all others.
pub fn pairs(before: &Sheet, after: &Sheet) -> (usize, Vec<Pair>) {
    let common: Vec<&str> = before.columns.iter().map(String::as_str).filter(|name| after.at(name).is_some()).collect();
    let cells = |sheet: &Sheet, row: usize| -> Vec<String> { common.iter().map(|column| sheet.cell(row, column).to_owned()).collect() };
    let old: Vec<Vec<String>> = (0..before.rows.len()).map(|row| cells(before, row)).collect();
    let new: Vec<Vec<String>> = (0..after.rows.len()).map(|row| cells(after, row)).collect();
    let mut left = Left { old: (0..old.len()).collect(), new: (0..new.len()).collect(), done: Vec::new() };
    let same = left.take_equal(&old, &new);
    let at = |name: &str| common.iter().position(|column| *column == name);
    let keys = |names: &[&str]| -> Vec<usize> { names.iter().filter_map(|name| at(name)).collect() };
    let place = if at("start").is_some() { keys(&["article", "start", "end"]) } else { keys(&["article", "source", "kind"]) };
    left.take_alike(&old, &new, &place, 0);
    // at least half of the cells beside the places
    let most = common.len().saturating_sub(2) / 2;
    let words = if at("written").is_some() { "written" } else { "text" };
    if at("start").is_some() {
        left.take_alike(&old, &new, &keys(&["article", words]), most);
    }
    let mut pairs = left.done;
    pairs.extend(left.old.into_iter().map(|row| (Some(row), None)));
    pairs.extend(left.new.into_iter().map(|row| (None, Some(row))));
    (same, pairs)
}

/// Where a pair stands among others: by article, then by place; what went stands before what took its place.
pub fn place<'a>(before: &'a Sheet, old: Option<usize>, after: &'a Sheet, new: Option<usize>) -> (&'a str, usize, bool, usize) {
    let (sheet, row) = match (old, new) {
        (_, Some(new)) => (after, new),
        (old, None) => (before, old.unwrap_or_default()),
    };
    (sheet.cell(row, "article"), sheet.cell(row, "start").parse().unwrap_or_default(), new.is_some(), row)
}

/// The rows that have no counterpart yet.
struct Left {
    old: Vec<usize>,
    new: Vec<usize>,
    done: Vec<Pair>,
}

impl Left {
    /// Takes out rows that are the same; gives their number.
    fn take_equal(&mut self, old: &[Vec<String>], new: &[Vec<String>]) -> usize {
        let mut places: BTreeMap<&[String], VecDeque<usize>> = BTreeMap::new();
        for &row in &self.old {
            places.entry(&old[row]).or_default().push_back(row);
        }
        let mut same = vec![false; old.len()];
        let mut count = 0;
        self.new.retain(|&row| match places.get_mut(new[row].as_slice()).and_then(VecDeque::pop_front) {
            Some(twin) => {
                same[twin] = true;
                count += 1;
                false
            }
            None => true,
        });
        self.old.retain(|&row| !same[row]);
        count
    }

    /// Pairs rows that have the same cells in `keys`, the most alike first, where at least `least` cells agree.
    fn take_alike(&mut self, old: &[Vec<String>], new: &[Vec<String>], keys: &[usize], least: usize) {
        let key = |cells: &[String]| -> Vec<String> { keys.iter().filter_map(|&at| cells.get(at).cloned()).collect() };
        let mut groups: BTreeMap<Vec<String>, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
        for &row in &self.old {
            groups.entry(key(&old[row])).or_default().0.push(row);
        }
        for &row in &self.new {
            groups.entry(key(&new[row])).or_default().1.push(row);
        }
        let (mut taken_old, mut taken_new) = (vec![false; old.len()], vec![false; new.len()]);
        for (olds, news) in groups.into_values() {
            if olds.len().saturating_mul(news.len()) > MANY {
                for (&one, &other) in olds.iter().zip(&news) {
                    taken_old[one] = true;
                    taken_new[other] = true;
                    self.done.push((Some(one), Some(other)));
                }
                continue;
            }
            let mut candidates: Vec<(std::cmp::Reverse<usize>, usize, usize)> = Vec::new();
            for &one in &olds {
                for &other in &news {
                    let alike = old[one].iter().zip(&new[other]).filter(|(a, b)| a == b).count();
                    if alike >= least {
                        candidates.push((std::cmp::Reverse(alike), one, other));
                    }
                }
            }
            candidates.sort_unstable();
            for (_, one, other) in candidates {
                if !taken_old[one] && !taken_new[other] {
                    taken_old[one] = true;
                    taken_new[other] = true;
                    self.done.push((Some(one), Some(other)));
                }
            }
        }
        self.old.retain(|&row| !taken_old[row]);
        self.new.retain(|&row| !taken_new[row]);
    }
}
