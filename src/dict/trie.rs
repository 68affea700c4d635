//! A tree of characters: how a list of words is looked up at a place of the text in a few steps, whatever its length.

use super::sieve::{Sieve, mixed, mixed_pair};

/// "Nothing here", for numbers of nodes and of words.
pub(super) const NONE: u32 = u32::MAX;
const ROOT: u32 = 0;

/// Words as paths of characters from a root. A node holds its first step itself, because most have no other; what goes beyond stands in
/// one open hash table. Before the first step a sieve says of nearly every character that no word begins with it, and another of nearly
/// every two of them that no word begins with both.
#[derive(Debug)]
pub(super) struct Trie {
    nodes: Vec<Node>,
    /// Steps beside the first of their nodes.
    steps: Vec<Step>,
    taken: usize,
    /// First characters of words.
    firsts: Sieve,
    /// First two characters.
    pairs: Sieve,
    /// Characters that are words by themselves.
    alone: Sieve,
}

#[derive(Debug, Clone, Copy)]
struct Node {
    parent: u32,
    /// The word that ends here, or [`NONE`].
    word: u32,
    /// The character of the first step, and [`MORE`] where there are others.
    first: u32,
    to: u32,
}

/// No character.
const NO_CHARACTER: u32 = 0x1f_ffff;
const MORE: u32 = 1 << 31;

impl Node {
    fn new(parent: u32) -> Node {
        Node { parent, word: NONE, first: NO_CHARACTER, to: NONE }
    }
}

#[derive(Debug, Clone, Copy)]
struct Step {
    /// The node that the step begins at, and its character; [`FREE`] where the place holds none.
    key: u64,
    to: u32,
}

const FREE: u64 = u64::MAX;

impl Default for Trie {
    fn default() -> Trie {
        Trie { nodes: vec![Node::new(NONE)], steps: Vec::new(), taken: 0, firsts: Sieve::default(), pairs: Sieve::default(), alone: Sieve::default() }
    }
}

impl Trie {
    /// Adds a word under a number; gives the number that it had before, or [`NONE`].
    pub fn add(&mut self, word: impl Iterator<Item = char>, number: u32) -> u32 {
        let mut node = ROOT;
        let mut before = None;
        for c in word {
            let nodes = self.nodes.len();
            let from = node;
            node = self.step_or_add(node, c);
            if self.nodes.len() > nodes {
                match before {
                    None => self.firsts.add(mixed(c)),
                    Some((ROOT, first)) => self.pairs.add(mixed_pair(first, c)),
                    Some(_) => {}
                }
            }
            before = Some((from, c));
        }
        if let Some((ROOT, only)) = before {
            self.alone.add(mixed(only));
        }
        match self.nodes.get_mut(node as usize) {
            Some(last) if node != ROOT => std::mem::replace(&mut last.word, number),
            _ => NONE,
        }
    }

    /// The node of the longest word that the characters begin with.
    #[inline]
    pub fn longest(&self, chars: impl Iterator<Item = char>) -> u32 {
        let mut chars = chars;
        match chars.next() {
            Some(first) if self.may_begin(first) => self.longest_behind(first, chars),
            _ => NONE,
        }
    }

    /// The node of the longest word that a character and those behind it begin with.
    fn longest_behind(&self, first: char, chars: impl Iterator<Item = char>) -> u32 {
        let mut chars = chars;
        let second = chars.next();
        if !self.may_open(first, second) {
            return NONE;
        }
        let mut node = self.step(ROOT, first);
        let mut best = NONE;
        let mut next = second;
        while node != NONE {
            if self.word(node) != NONE {
                best = node;
            }
            let Some(c) = next else { break };
            node = self.step(node, c);
            next = chars.next();
        }
        best
    }

    /// The node of exactly these characters, which may end no word.
    pub fn node(&self, chars: impl Iterator<Item = char>) -> u32 {
        let mut node = ROOT;
        for c in chars {
            node = self.step(node, c);
            if node == NONE {
                break;
            }
        }
        node
    }

    /// The number of the word that ends at a node, or [`NONE`].
    pub fn word(&self, node: u32) -> u32 {
        self.nodes.get(node as usize).map_or(NONE, |node| node.word)
    }

    /// The node of the next shorter word on the way to a node, or [`NONE`].
    pub fn shorter(&self, node: u32) -> u32 {
        let mut node = node;
        while let Some(Node { parent, .. }) = self.nodes.get(node as usize).copied() {
            if self.word(parent) != NONE {
                return parent;
            }
            node = parent;
        }
        NONE
    }

    /// False for nearly every character that no word begins with; true for all others.
    #[inline]
    pub fn may_begin(&self, first: char) -> bool {
        self.firsts.may_hold(mixed(first))
    }

    /// False for nearly every character and the one behind it that no word begins with.
    #[inline]
    fn may_open(&self, first: char, second: Option<char>) -> bool {
        second.is_some_and(|second| self.pairs.may_hold(mixed_pair(first, second))) || self.alone.may_hold(mixed(first))
    }

    /// The places of `text` where a word may begin, in order: all where one does, and few others.
    pub fn begins(&self, text: &str) -> impl Iterator<Item = usize> {
        let mut chars = text.char_indices();
        let mut held = chars.next();
        std::iter::from_fn(move || {
            loop {
                let (at, first) = held?;
                held = chars.next();
                if self.may_begin(first) && self.may_open(first, held.map(|(_, second)| second)) {
                    return Some(at);
                }
            }
        })
    }

    #[inline]
    fn step(&self, node: u32, c: char) -> u32 {
        let Some(from) = self.nodes.get(node as usize) else { return NONE };
        if from.first & !MORE == c as u32 {
            return from.to;
        }
        if from.first & MORE == 0 {
            return NONE;
        }
        let key = key(node, c);
        let mut at = place(key, self.steps.len());
        while let Some(step) = self.steps.get(at) {
            if step.key == key {
                return step.to;
            }
            if step.key == FREE {
                return NONE;
            }
            at = (at + 1) & (self.steps.len() - 1);
        }
        NONE
    }

    fn step_or_add(&mut self, node: u32, c: char) -> u32 {
        let to = self.step(node, c);
        if to != NONE {
            return to;
        }
        let to = self.nodes.len() as u32;
        self.nodes.push(Node::new(node));
        match self.nodes.get_mut(node as usize) {
            Some(from) if from.first == NO_CHARACTER => (from.first, from.to) = (c as u32, to),
            Some(from) => {
                from.first |= MORE;
                self.put_new(Step { key: key(node, c), to });
            }
            None => {}
        }
        to
    }

    fn put_new(&mut self, step: Step) {
        self.taken += 1;
        if self.taken * 3 > self.steps.len() * 2 {
            let places = (self.steps.len() * 2).max(16);
            let old = std::mem::replace(&mut self.steps, vec![Step { key: FREE, to: NONE }; places]);
            old.into_iter().filter(|step| step.key != FREE).for_each(|step| self.put(step));
        }
        self.put(step);
    }

    fn put(&mut self, step: Step) {
        let mut at = place(step.key, self.steps.len());
        while self.steps.get(at).is_some_and(|taken| taken.key != FREE) {
            at = (at + 1) & (self.steps.len() - 1);
        }
        if let Some(free) = self.steps.get_mut(at) {
            *free = step;
        }
    }
}

#[inline]
fn key(node: u32, c: char) -> u64 {
    u64::from(node) << 32 | u64::from(c as u32)
}

/// Where a key is looked for first in a table of a power of two of places.
#[inline]
fn place(key: u64, places: usize) -> usize {
    let mixed = key.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    // the upper bits are mixed best; a table of no places is asked for none
    (mixed >> 32) as usize & places.wrapping_sub(1)
}
