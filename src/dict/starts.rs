//! Where the words of many lists may begin: one walk over a text for all of them.
//!
//! A list is asked at a place only where the two characters there open one of its words. The walk looks up each character
//! once, whatever the number of lists, and most places of a text open no word of any.

use super::words::Words;

/// The first two characters of the words of up to 64 lists, each a bit.
#[derive(Debug)]
pub struct Starts {
    /// The row of every character of the basic plane; the first row is for characters of no word.
    rows_of: Vec<u16>,
    rows: Vec<Row>,
    pairs: Vec<Pair>,
    /// The lists of each pair, at the place that its characters give: a few pairs share one.
    lists_of: Vec<u64>,
    /// Lists in which every first character may stand before every second one.
    free: u64,
}

/// The first two characters of a word.
#[derive(Debug, Clone, Copy)]
struct Pair {
    first: char,
    second: char,
    lists: u64,
}

/// What a character is in the words of the lists.
#[derive(Debug, Clone, Copy, Default)]
struct Row {
    /// Lists in which it is a word by itself.
    alone: u64,
    /// Lists in which a longer word begins with it.
    first: u64,
    /// Lists in which it is the second character of a word.
    second: u64,
}

/// What is not in the basic plane is left to the lists themselves.
const RARE: Row = Row { alone: u64::MAX, first: u64::MAX, second: u64::MAX };

/// A place where words of some lists may begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Start {
    /// The byte where they begin.
    pub at: u32,
    /// The bits of the lists.
    pub lists: u64,
}

impl Default for Starts {
    fn default() -> Starts {
        Starts { rows_of: vec![0; 1 << 16], rows: vec![Row::default()], pairs: Vec::new(), lists_of: vec![0; 64], free: 0 }
    }
}

impl Starts {
    /// Takes in the words of a list under the bits `lists`.
    pub fn add<T>(&mut self, lists: u64, words: &Words<T>) {
        for (word, _) in words.iter() {
            let mut chars = word.chars();
            match (chars.next(), chars.next()) {
                (Some(first), Some(second)) => self.add_pair(lists, first, second),
                (Some(only), None) => self.add_alone(lists, only),
                (None, _) => {}
            }
        }
    }

    /// Takes in a character that is a word by itself.
    pub fn add_alone(&mut self, lists: u64, c: char) {
        if let Some(row) = self.row_mut(c) {
            row.alone |= lists;
        }
    }

    /// Takes in every two of the characters, side by side.
    pub fn add_any_two(&mut self, lists: u64, chars: impl Iterator<Item = char>) {
        self.free |= lists;
        for c in chars {
            if let Some(row) = self.row_mut(c) {
                row.first |= lists;
                row.second |= lists;
            }
        }
    }

    /// Takes in the beginning of a word of at least two characters.
    pub fn add_pair(&mut self, lists: u64, first: char, second: char) {
        if let Some(row) = self.row_mut(first) {
            row.first |= lists;
        }
        if let Some(row) = self.row_mut(second) {
            row.second |= lists;
        }
        self.pairs.push(Pair { first, second, lists });
        if self.pairs.len() * 4 > self.lists_of.len() {
            self.lists_of = vec![0; self.lists_of.len() * 4];
            (0..self.pairs.len()).for_each(|number| self.mark(number));
        } else {
            self.mark(self.pairs.len() - 1);
        }
    }

    fn mark(&mut self, number: usize) {
        let Some(&Pair { first, second, lists }) = self.pairs.get(number) else { return };
        let place = self.place(first, second);
        if let Some(all) = self.lists_of.get_mut(place) {
            *all |= lists;
        }
    }

    /// Where the lists of a pair stand.
    #[inline]
    fn place(&self, first: char, second: char) -> usize {
        let mixed = (u64::from(first as u32) << 32 | u64::from(second as u32)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        // the length is a power of two; the upper bits are mixed best
        (mixed >> 32) as usize & (self.lists_of.len() - 1)
    }

    /// The lists in which a longer word may begin with two characters that are first and second in these.
    #[inline]
    fn longer(&self, lists: u64, first: char, second: char) -> u64 {
        let rare = first > '\u{ffff}' || second > '\u{ffff}';
        if lists == 0 || rare { lists } else { lists & (self.free | self.lists_of.get(self.place(first, second)).copied().unwrap_or(lists)) }
    }

    fn row_mut(&mut self, c: char) -> Option<&mut Row> {
        let number = self.rows_of.get_mut(c as usize)?;
        if *number == 0 {
            *number = u16::try_from(self.rows.len()).ok()?;
            self.rows.push(Row::default());
        }
        self.rows.get_mut(usize::from(*number))
    }

    #[inline]
    fn row(&self, c: char) -> Row {
        match self.rows_of.get(c as usize) {
            Some(&number) => self.rows.get(usize::from(number)).copied().unwrap_or(RARE),
            None => RARE,
        }
    }

    /// Every place of `text` where the first two characters of a word of some list may stand, in order. No word begins elsewhere;
    /// whether one does, the list tells.
    pub fn places(&self, text: &str) -> Vec<Start> {
        let mut places = Vec::with_capacity(text.len() / 8);
        let (mut before, mut first) = (Row::default(), '\n');
        let mut at = 0;
        for (next, c) in text.char_indices() {
            let row = self.row(c);
            let lists = before.alone | self.longer(before.first & row.second, first, c);
            if lists != 0 {
                places.push(Start { at, lists });
            }
            (before, first, at) = (row, c, next as u32);
        }
        if before.alone != 0 {
            places.push(Start { at, lists: before.alone });
        }
        places
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn no_word_begins_elsewhere(
            lists in prop::collection::vec(prop::collection::vec("[三亚a大ж𠀀]{1,4}", 0..8), 1..5),
            text in "[三亚a大ж𠀀x]{0,12}",
        ) {
            let mut starts = Starts::default();
            let mut all = Vec::new();
            for (i, list) in lists.iter().enumerate() {
                let mut words = Words::default();
                list.iter().for_each(|word| words.add(word, ()));
                starts.add(1 << i, &words);
                all.push(words);
            }
            let places = starts.places(&text);
            prop_assert!(places.is_sorted_by_key(|start| start.at));
            for (at, _) in text.char_indices() {
                let told = places.iter().find(|start| start.at as usize == at).map_or(0, |start| start.lists);
                for (i, words) in all.iter().enumerate() {
                    let begins = words.longest(&text, at).is_some();
                    prop_assert!(!begins || told >> i & 1 == 1, "{} at {}", i, at);
                }
            }
        }

        #[test]
        fn a_character_of_no_word_is_no_place(text in "[甲乙丙丁戊]{0,12}") {
            let mut words = Words::default();
            words.add("甲乙", ());
            let mut starts = Starts::default();
            starts.add(1, &words);
            starts.add_any_two(2, "丁戊".chars());
            let found: Vec<usize> = starts.places(&text).iter().map(|start| start.at as usize).collect();
            let two = |at: usize| text[at..].chars().take(2).filter(|c| matches!(c, '丁' | '戊')).count() == 2;
            let expected: Vec<usize> = text.char_indices().map(|(at, _)| at).filter(|&at| text[at..].starts_with("甲乙") || two(at)).collect();
            prop_assert_eq!(found, expected);
        }
    }
}
