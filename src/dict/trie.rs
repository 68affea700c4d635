//! A tree of characters: how a list of words is looked up at a place of the text in a few steps, whatever its length.

/// "Nothing here", for numbers of nodes and of words.
pub(super) const NONE: u32 = u32::MAX;
const ROOT: u32 = 0;

/// Words as paths of characters from a root. A node holds its first step itself, because most have no other; what goes beyond stands in
/// one open hash table. Before the first step a small set of bits says of nearly every character that no word begins with it.
#[derive(Debug)]
pub(super) struct Trie {
    nodes: Vec<Node>,
    /// Steps beside the first of their nodes.
    steps: Vec<Step>,
    taken: usize,
    firsts: Vec<char>,
    bits: Vec<u64>,
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
        Trie { nodes: vec![Node::new(NONE)], steps: Vec::new(), taken: 0, firsts: Vec::new(), bits: vec![0; 4] }
    }
}

impl Trie {
    /// Adds a word under a number; gives the number that it had before, or [`NONE`].
    pub fn add(&mut self, word: impl Iterator<Item = char>, number: u32) -> u32 {
        let mut node = ROOT;
        for c in word {
            node = self.step_or_add(node, c);
        }
        match self.nodes.get_mut(node as usize) {
            Some(last) if node != ROOT => std::mem::replace(&mut last.word, number),
            _ => NONE,
        }
    }

    /// The node of the longest word that the characters begin with.
    pub fn longest(&self, chars: impl Iterator<Item = char>) -> u32 {
        let mut chars = chars;
        let Some(first) = chars.next().filter(|&first| self.may_begin(first)) else { return NONE };
        let mut node = self.step(ROOT, first);
        let mut best = NONE;
        while node != NONE {
            if self.word(node) != NONE {
                best = node;
            }
            let Some(c) = chars.next() else { break };
            node = self.step(node, c);
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
        let bit = self.bit(first);
        self.bits.get(bit / 64).is_some_and(|bits| bits >> (bit % 64) & 1 == 1)
    }

    #[inline]
    fn bit(&self, first: char) -> usize {
        // the length is a power of two, of at least four words of 64 bits
        let width = self.bits.len().trailing_zeros() + 6;
        ((first as u32).wrapping_mul(0x9e37_79b1) >> (32 - width)) as usize
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
        if node == ROOT {
            self.firsts.push(c);
            if self.firsts.len() * 16 > self.bits.len() * 64 {
                self.bits = vec![0; self.bits.len() * 2];
                (0..self.firsts.len() - 1).for_each(|i| self.mark(i));
            }
            self.mark(self.firsts.len() - 1);
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

    fn mark(&mut self, first: usize) {
        let Some(&first) = self.firsts.get(first) else { return };
        let bit = self.bit(first);
        if let Some(bits) = self.bits.get_mut(bit / 64) {
            *bits |= 1 << (bit % 64);
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
