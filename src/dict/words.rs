//! Lists of words that are looked up at a place of the text: what begins here, what ends here.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use super::trie::{NONE, Trie};

/// Words with a value each. A lookup gives the longest word that begins, or ends, at a place; of two words alike the one
/// added last (a user's row replaces ours).
#[derive(Debug)]
pub struct Words<T> {
    /// All words, one behind the other.
    text: String,
    entries: Vec<Entry<T>>,
    forward: Trie,
    // few lists are read from the end of their words
    backward: OnceLock<Trie>,
    /// How often a long list was asked what ends at a place.
    asked: AtomicU32,
    /// How many bytes the longest word has.
    longest: usize,
}

/// How many words a list has that is read from the ends of its words by trying where they may begin, until it is asked
/// [`OFTEN`]: to turn it around costs as much as reading ten articles.
const MANY: usize = 4000;
const OFTEN: u32 = 1000;

#[derive(Debug)]
struct Entry<T> {
    /// Where the word ends in the text, and its length.
    end: u32,
    len: u32,
    value: T,
    /// The same word added before, or [`NONE`].
    before: u32,
}

impl<T> Default for Words<T> {
    fn default() -> Words<T> {
        Words { text: String::new(), entries: Vec::new(), forward: Trie::default(), backward: OnceLock::new(), asked: AtomicU32::new(0), longest: 0 }
    }
}

impl<T> Words<T> {
    /// Adds a word; empty ones are left out.
    pub fn add(&mut self, word: &str, value: T) {
        if !word.is_empty() {
            let before = self.forward.add(word.chars(), self.entries.len() as u32);
            self.text.push_str(word);
            self.longest = self.longest.max(word.len());
            self.entries.push(Entry { end: self.text.len() as u32, len: word.len() as u32, value, before });
            self.backward = OnceLock::new();
        }
    }

    /// The longest word that begins at the byte `at` of `text`: its length in bytes and its value.
    #[inline]
    pub fn longest(&self, text: &str, at: usize) -> Option<(usize, &T)> {
        let node = self.forward.longest(text.get(at..)?.chars());
        if node == NONE { None } else { self.entry(&self.forward, node) }
    }

    /// Every word that begins at `at`, longest first.
    #[inline]
    pub fn beginning<'a>(&'a self, text: &'a str, at: usize) -> impl Iterator<Item = (usize, &'a T)> {
        let chars = text.get(at..).unwrap_or_default().chars();
        let mut node = self.forward.longest(chars);
        let mut number = self.forward.word(node);
        std::iter::from_fn(move || {
            if number == NONE && node != NONE {
                node = self.forward.shorter(node);
                number = self.forward.word(node);
            }
            let entry = self.entries.get(number as usize)?;
            number = entry.before;
            Some((entry.len as usize, &entry.value))
        })
    }

    /// The longest word that ends before the byte `end` of `text`.
    pub fn ending(&self, text: &str, end: usize) -> Option<(usize, &T)> {
        match self.backward() {
            Some(backward) => self.entry(backward, backward.longest(text.get(..end)?.chars().rev())),
            None => self.tried(text, end).next(),
        }
    }

    /// The words read from their ends, made when they are first asked for; none for a long list that is not asked often.
    fn backward(&self) -> Option<&Trie> {
        if self.entries.len() > MANY && self.backward.get().is_none() && self.asked.fetch_add(1, Ordering::Relaxed) < OFTEN {
            return None;
        }
        Some(self.backward.get_or_init(|| {
            let mut trie = Trie::default();
            for (number, entry) in self.entries.iter().enumerate() {
                trie.add(self.word(entry).chars().rev(), number as u32);
            }
            trie
        }))
    }

    /// Every word that ends before the byte `end` of `text`, longest first.
    pub fn endings<'a>(&'a self, text: &'a str, end: usize) -> impl Iterator<Item = (usize, &'a T)> {
        let backward = self.backward();
        let mut node = backward.map_or(NONE, |backward| backward.longest(text.get(..end).unwrap_or_default().chars().rev()));
        let by_end = std::iter::from_fn(move || {
            let found = self.entry(backward?, node)?;
            node = backward?.shorter(node);
            Some(found)
        });
        by_end.chain(backward.is_none().then(|| self.tried(text, end)).into_iter().flatten())
    }

    /// The same by trying every place where a word may begin.
    fn tried<'a, 't>(&'a self, text: &'t str, end: usize) -> impl Iterator<Item = (usize, &'a T)> + use<'a, 't, T> {
        let before = text.get(..end).unwrap_or_default();
        let from = (end.saturating_sub(self.longest)..end).find(|&at| before.is_char_boundary(at)).unwrap_or(end);
        let words = before.get(from..).unwrap_or_default();
        self.forward.begins(words).filter_map(move |at| self.entry(&self.forward, self.forward.node(words.get(at..)?.chars())))
    }

    /// The value of exactly this word, the one added last where there are several.
    pub fn get(&self, word: &str) -> Option<&T> {
        self.entry(&self.forward, self.forward.node(word.chars())).map(|(_, value)| value)
    }

    /// The first place at or after `from` where one of the words begins: start, length, value.
    pub fn find(&self, text: &str, from: usize) -> Option<(usize, usize, &T)> {
        let mut begins = self.forward.begins(text.get(from..)?);
        begins.find_map(|i| self.longest(text, from + i).map(|(len, value)| (from + i, len, value)))
    }

    /// Every place of `text` where one of the words begins, with the longest of them: start, length, value. Places overlap.
    pub fn places<'a>(&'a self, text: &'a str) -> impl Iterator<Item = (usize, usize, &'a T)> {
        self.forward.begins(text).filter_map(|at| self.longest(text, at).map(|(len, value)| (at, len, value)))
    }

    /// False for nearly every character that no word begins with; true for all others.
    #[inline]
    pub fn may_begin(&self, first: char) -> bool {
        self.forward.may_begin(first)
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
        self.entries.iter().map(|entry| (self.word(entry), &entry.value))
    }

    fn word(&self, entry: &Entry<T>) -> &str {
        self.text.get((entry.end - entry.len) as usize..entry.end as usize).unwrap_or_default()
    }

    fn entry(&self, trie: &Trie, node: u32) -> Option<(usize, &T)> {
        self.entries.get(trie.word(node) as usize).map(|entry| (entry.len as usize, &entry.value))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn longest_first(words: &[String], fits: impl Fn(&str) -> bool) -> Vec<(usize, usize)> {
        let mut found: Vec<(usize, usize)> = words.iter().enumerate().filter(|(_, word)| fits(word)).map(|(i, word)| (word.len(), i)).collect();
        found.sort_by_key(|&(len, i)| std::cmp::Reverse((len, i)));
        found
    }

    proptest! {
        #[test]
        fn words_are_found_where_they_stand(words in prop::collection::vec("[三亚a大ж𠀀]{1,4}", 0..60), text in "[三亚a大ж𠀀]{0,12}") {
            let mut list = Words::default();
            words.iter().enumerate().for_each(|(i, word)| list.add(word, i));
            for (at, _) in text.char_indices().chain([(text.len(), ' ')]) {
                let begin = longest_first(&words, |word| text[at..].starts_with(word));
                prop_assert_eq!(list.beginning(&text, at).map(|(len, &i)| (len, i)).collect::<Vec<_>>(), begin.clone());
                prop_assert_eq!(list.longest(&text, at).map(|(len, &i)| (len, i)), begin.first().copied());
                let end = longest_first(&words, |word| text[..at].ends_with(word));
                prop_assert_eq!(list.ending(&text, at).map(|(len, &i)| (len, i)), end.first().copied());
                let mut tried: Vec<(usize, usize)> = list.tried(&text, at).map(|(len, &i)| (len, i)).collect();
                prop_assert_eq!(&tried, &list.endings(&text, at).map(|(len, &i)| (len, i)).collect::<Vec<_>>());
                tried.dedup();
                prop_assert_eq!(tried.first(), end.first());
            }
            let exact = longest_first(&words, |word| word == text);
            prop_assert_eq!(list.get(&text).copied(), exact.first().map(|&(_, i)| i));
            let places: Vec<(usize, usize, usize)> = list.places(&text).map(|(at, len, &i)| (at, len, i)).collect();
            prop_assert_eq!(list.find(&text, 0).map(|(at, len, &i)| (at, len, i)), places.first().copied());
        }
    }
}
