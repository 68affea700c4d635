//! Lists of words that are looked up at a place of the text: what begins here, what ends here.

use std::collections::HashMap;

/// Words with a value each. A lookup gives the longest word that begins, or ends, at a place.
#[derive(Debug)]
pub struct Words<T> {
    entries: Vec<(Box<str>, T)>,
    first: HashMap<char, Vec<u32>>,
    last: HashMap<char, Vec<u32>>,
}

impl<T> Default for Words<T> {
    fn default() -> Words<T> {
        Words { entries: Vec::new(), first: HashMap::new(), last: HashMap::new() }
    }
}

impl<T> Words<T> {
    /// Adds a word; empty ones are left out. Call [`Words::sort`] after the last.
    pub fn add(&mut self, word: &str, value: T) {
        let index = self.entries.len() as u32;
        if let (Some(first), Some(last)) = (word.chars().next(), word.chars().next_back()) {
            self.entries.push((word.into(), value));
            self.first.entry(first).or_default().push(index);
            self.last.entry(last).or_default().push(index);
        }
    }

    /// Puts longer words before shorter ones; of two alike the later one counts (a user's row replaces ours).
    pub fn sort(&mut self) {
        let entries = &self.entries;
        #[allow(clippy::iter_over_hash_type, reason = "each list is sorted on its own")]
        for list in self.first.values_mut().chain(self.last.values_mut()) {
            list.sort_by_key(|&i| (std::cmp::Reverse(entries.get(i as usize).map_or(0, |e| e.0.len())), std::cmp::Reverse(i)));
        }
    }

    /// The longest word that begins at the byte `at` of `text`: its length in bytes and its value.
    pub fn longest(&self, text: &str, at: usize) -> Option<(usize, &T)> {
        let rest = text.get(at..)?;
        let list = self.first.get(&rest.chars().next()?)?;
        list.iter().filter_map(|&i| self.entries.get(i as usize)).find(|(word, _)| rest.starts_with(&**word)).map(|(word, value)| (word.len(), value))
    }

    /// Every word that begins at `at`, longest first.
    pub fn beginning<'a>(&'a self, text: &'a str, at: usize) -> impl Iterator<Item = (usize, &'a T)> {
        let rest = text.get(at..).unwrap_or_default();
        let list = rest.chars().next().and_then(|c| self.first.get(&c)).map(Vec::as_slice).unwrap_or_default();
        list.iter().filter_map(|&i| self.entries.get(i as usize)).filter(move |(word, _)| rest.starts_with(&**word)).map(|(word, value)| (word.len(), value))
    }

    /// The longest word that ends before the byte `end` of `text`.
    pub fn ending(&self, text: &str, end: usize) -> Option<(usize, &T)> {
        let rest = text.get(..end).unwrap_or_default();
        let list = rest.chars().next_back().and_then(|c| self.last.get(&c))?;
        list.iter().filter_map(|&i| self.entries.get(i as usize)).find(|(word, _)| rest.ends_with(&**word)).map(|(word, value)| (word.len(), value))
    }

    /// The value of exactly this word, the one added last where there are several.
    pub fn get(&self, word: &str) -> Option<&T> {
        let list = self.first.get(&word.chars().next()?)?;
        let mut same: Vec<u32> = list.iter().copied().filter(|&i| self.entries.get(i as usize).is_some_and(|(w, _)| **w == *word)).collect();
        same.sort_unstable();
        same.pop().and_then(|i| self.entries.get(i as usize)).map(|(_, value)| value)
    }

    /// The first place at or after `from` where one of the words begins: start, length, value.
    pub fn find(&self, text: &str, from: usize) -> Option<(usize, usize, &T)> {
        let rest = text.get(from..)?;
        rest.char_indices().find_map(|(i, _)| self.longest(text, from + i).map(|(len, value)| (from + i, len, value)))
    }

    /// True where one of the words stands anywhere in `text`.
    pub fn occurs(&self, text: &str) -> bool {
        self.find(text, 0).is_some()
    }

    /// How many words there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// True where there is no word.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// All words with their values, in the order of the file.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &T)> {
        self.entries.iter().map(|(word, value)| (&**word, value))
    }
}
