//! Where in a text names, and the words that tell of them, may begin: found once, asked by every reader.

use std::cell::OnceCell;

use crate::dict::{NameCue, NameStart, Names, Start};

/// The places of a text where something may begin.
pub(super) struct Marks<'t> {
    text: &'t str,
    names: &'t Names,
    starts: Vec<Start>,
    pairs: OnceCell<Pairs>,
}

impl<'t> Marks<'t> {
    pub fn new(text: &'t str, names: &'t Names) -> Marks<'t> {
        Marks { text, names, starts: names.starts_in(text), pairs: OnceCell::new() }
    }

    /// Where this may begin, in order. No one begins elsewhere.
    pub fn of(&self, what: NameStart) -> impl Iterator<Item = usize> {
        let bit = what.bit();
        self.starts.iter().filter(move |start| start.lists & bit != 0).map(|start| start.at as usize)
    }

    /// Where one of these may begin, in order, with the bits of all that may.
    pub fn of_any(&self, bits: u64) -> impl Iterator<Item = (usize, u64)> {
        self.starts.iter().filter(move |start| start.lists & bits != 0).map(|start| (start.at as usize, start.lists))
    }

    /// Every place where a word of the cue begins, with the length of the longest.
    pub fn cues(&self, cue: NameCue) -> impl Iterator<Item = (usize, usize)> {
        debug_assert!(NameStart::Cue(cue).bit() != 0, "{cue:?} is not looked for");
        self.of(NameStart::Cue(cue)).filter_map(move |at| Some((at, self.names.cue_at(cue, self.text, at)?)))
    }

    /// Where these words stand in the text, in order and disjoint, as [`str::match_indices`] gives them; it does not read the
    /// text again for each.
    pub fn standing<'a>(&'a self, words: &'a str) -> impl Iterator<Item = usize> {
        let mut free = 0;
        self.everywhere(words).filter(move |&at| {
            let stands = at >= free;
            if stands {
                free = at + words.len();
            }
            stands
        })
    }

    /// The same, places that overlap included.
    pub fn everywhere<'a>(&'a self, words: &'a str) -> impl Iterator<Item = usize> {
        self.candidates(words).filter(move |&at| self.text.get(at..).is_some_and(|rest| rest.starts_with(words)))
    }

    /// The places where these words may stand.
    fn candidates(&self, words: &str) -> impl Iterator<Item = usize> {
        let mut chars = words.chars();
        let (pair, single) = match (chars.next(), chars.next()) {
            (Some(first), Some(second)) => (self.pairs.get_or_init(|| Pairs::new(self.text)).of(first, second), None),
            (first, _) => (&[][..], first),
        };
        let single = single.into_iter().flat_map(|c| self.text.match_indices(c)).map(|(at, _)| at);
        pair.iter().map(|&at| at as usize).chain(single)
    }
}

/// The places of every pair of characters.
struct Pairs {
    /// Where the places of each bucket end; those of the first begin at 0.
    ends: Vec<u32>,
    places: Vec<u32>,
}

impl Pairs {
    fn new(text: &str) -> Pairs {
        // Two characters a place in each bucket, about: a character has three bytes.
        let buckets = (text.len() / 6).next_power_of_two().max(64);
        let mut ends = vec![0u32; buckets + 1];
        let mut pairs: Vec<(u32, u32)> = Vec::with_capacity(text.len() / 3 + 1);
        let (mut at, mut first) = (0, None);
        for (next, second) in text.char_indices() {
            if let Some(first) = first {
                let bucket = bucket(first, second, buckets);
                pairs.push((at, bucket as u32));
                if let Some(count) = ends.get_mut(bucket + 1) {
                    *count += 1;
                }
            }
            (at, first) = (next as u32, Some(second));
        }
        let mut sum = 0;
        for end in &mut ends {
            sum += *end;
            *end = sum;
        }
        // each end is first the start of its bucket, and moves with every place that is put in
        let mut places = vec![0; pairs.len()];
        for (at, bucket) in pairs {
            if let Some(next) = ends.get_mut(bucket as usize) {
                if let Some(place) = places.get_mut(*next as usize) {
                    *place = at;
                }
                *next += 1;
            }
        }
        ends.pop();
        Pairs { ends, places }
    }

    /// The places of the pair, and of a few others with it, in order.
    fn of(&self, first: char, second: char) -> &[u32] {
        let bucket = bucket(first, second, self.ends.len());
        let end = |bucket: usize| self.ends.get(bucket).map_or(0, |&end| end as usize);
        self.places.get(bucket.checked_sub(1).map_or(0, end)..end(bucket)).unwrap_or_default()
    }
}

fn bucket(first: char, second: char, buckets: usize) -> usize {
    let mixed = (u64::from(first as u32) << 32 | u64::from(second as u32)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    // the length is a power of two; the upper bits are mixed best
    (mixed >> 32) as usize & (buckets - 1)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::Dict;

    #[test]
    fn words_stand_where_the_text_says() {
        let dict = Dict::builtin().expect("a dictionary without mistakes");
        proptest!(|(text in "[三亚a大ж𠀀]{0,30}", words in "[三亚a大ж𠀀]{1,4}")| {
            let marks = Marks::new(&text, &dict.names);
            let expected: Vec<usize> = text.match_indices(&words).map(|(at, _)| at).collect();
            prop_assert_eq!(marks.standing(&words).collect::<Vec<_>>(), expected);
            let all: Vec<usize> = text.char_indices().map(|(at, _)| at).filter(|&at| text[at..].starts_with(&words)).collect();
            prop_assert_eq!(marks.everywhere(&words).collect::<Vec<_>>(), all);
        });
    }
}
