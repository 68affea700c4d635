//! jieba's dictionary as it was prepared when the program was built, and the cut that jieba makes with it.
//!
//! Of all ways to cut a stretch into words of the dictionary the likeliest is taken, reckoned from the end as jieba does, so that
//! even ties fall alike. What is left of single characters goes to the hidden Markov model of jieba-rs itself.

use std::fmt;
use std::sync::OnceLock;

use crawdad::Trie;
use jieba_rs::Jieba;

static TRIE: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/words.trie"));
static HEAD: &str = include_str!(concat!(env!("OUT_DIR"), "/words.head"));

/// A value of the tree: which frequency the word has, and, in the lower bits, which tag.
const TAG_BITS: u32 = 6;
/// "Not in the dictionary."
const UNKNOWN: u32 = u32::MAX;

/// The dictionary, ready to cut.
pub(super) struct Lexicon {
    trie: Trie,
    tags: Vec<&'static str>,
    /// The logarithm of each frequency, less that of the sum of all.
    weights: Vec<f64>,
    /// The same of a frequency of one, for what the dictionary does not have.
    least: f64,
    /// jieba without a dictionary: nothing but its model of unknown words.
    model: OnceLock<Jieba>,
}

/// What is used again from line to line.
#[derive(Default)]
pub(super) struct Scratch {
    chars: Vec<(usize, char)>,
    route: Vec<Step>,
}

/// The best way on from a character.
#[derive(Clone, Copy)]
struct Step {
    weight: f64,
    end: usize,
    value: u32,
}

impl Lexicon {
    /// The dictionary; `None` where the program was built without one.
    #[allow(clippy::float_arithmetic, reason = "likelihoods of words, as jieba reckons them; no value of a table")]
    pub fn prepared() -> Option<Lexicon> {
        // the deserialiser must not see anything but what the serialiser wrote
        if TRIE.is_empty() {
            return None;
        }
        let mut lines = HEAD.lines();
        let total: f64 = lines.next()?.parse().ok()?;
        let total = total.ln();
        let tags = lines.next()?.split(' ').collect();
        let weights: Vec<f64> = lines.next()?.split(' ').filter_map(|number| number.parse::<f64>().ok()).map(|number| number.ln() - total).collect();
        let (trie, _) = Trie::deserialize_from_slice(TRIE);
        Some(Lexicon { trie, tags, weights, least: 0.0 - total, model: OnceLock::new() })
    }

    /// The words of a line in order: where each begins and ends, and its tag.
    pub fn words(&self, line: &str, scratch: &mut Scratch, found: &mut dyn FnMut(usize, usize, &str)) {
        let mut rest = line;
        while let Some(first) = rest.chars().next() {
            let start = line.len() - rest.len();
            let len = rest.find(|c| is_inside(c) != is_inside(first)).unwrap_or(rest.len());
            let (run, after) = rest.split_at(len);
            rest = after;
            if is_inside(first) {
                self.block(run, start, scratch, found);
            } else {
                self.marks(run, start, found);
            }
        }
    }

    /// Marks and foreign letters are words of one character each; a line end of two characters is one.
    fn marks(&self, run: &str, start: usize, found: &mut dyn FnMut(usize, usize, &str)) {
        let mut at = 0;
        while let Some(c) = run[at..].chars().next() {
            let len = if run[at..].starts_with("\r\n") { 2 } else { c.len_utf8() };
            found(start + at, start + at + len, self.known(&run[at..at + len]).unwrap_or("x"));
            at += len;
        }
    }

    fn block(&self, block: &str, start: usize, scratch: &mut Scratch, found: &mut dyn FnMut(usize, usize, &str)) {
        let Scratch { chars, route } = scratch;
        chars.clear();
        chars.extend(block.char_indices());
        self.route(chars, route);
        let byte = |at: usize| chars.get(at).map_or(block.len(), |&(byte, _)| byte);
        let mut single = None;
        let mut at = 0;
        while at < chars.len() {
            let Some(&Step { end, value, .. }) = route.get(at) else { break };
            if end - at == 1 {
                single = single.or(Some(at));
            } else {
                if let Some(from) = single.take() {
                    self.singles(block, start, from, at, chars, route, found);
                }
                found(start + byte(at), start + byte(end), self.tag(value));
            }
            at = end;
        }
        if let Some(from) = single {
            self.singles(block, start, from, at, chars, route, found);
        }
    }

    /// A run of single characters: as they are where the run is one character or a word, else as the model cuts it.
    #[allow(clippy::too_many_arguments, reason = "the state of one block")]
    fn singles(&self, block: &str, start: usize, from: usize, to: usize, chars: &[(usize, char)], route: &[Step], found: &mut dyn FnMut(usize, usize, &str)) {
        let byte = |at: usize| chars.get(at).map_or(block.len(), |&(byte, _)| byte);
        let run = &block[byte(from)..byte(to)];
        if to - from > 1 && self.known(run).is_none() {
            return self.unknown(run, start + byte(from), found);
        }
        for at in from..to {
            let (begin, end) = (byte(at), byte(at + 1));
            match route.get(at).map_or(UNKNOWN, |step| step.value) {
                UNKNOWN => self.unknown(&block[begin..end], start + begin, found),
                value => found(start + begin, start + end, self.tag(value)),
            }
        }
    }

    /// What the dictionary does not have, as jieba's model cuts it; the model guesses tags only for words that are not known.
    fn unknown(&self, run: &str, start: usize, found: &mut dyn FnMut(usize, usize, &str)) {
        let model = self.model.get_or_init(Jieba::empty);
        let words = model.cut(run, true);
        let known: Vec<Option<&str>> = words.iter().map(|token| self.known(token.word)).collect();
        let guessed = if known.iter().all(Option::is_some) { Vec::new() } else { model.tag(run, true) };
        for (i, (token, known)) in words.iter().zip(known).enumerate() {
            let tag = known.or_else(|| guessed.get(i).map(|token| token.tag)).unwrap_or("x");
            found(start + token.byte_start, start + token.byte_end, tag);
        }
    }

    #[allow(clippy::float_arithmetic, reason = "likelihoods of words, as jieba reckons them; no value of a table")]
    fn route(&self, chars: &[(usize, char)], route: &mut Vec<Step>) {
        route.clear();
        route.resize(chars.len() + 1, Step { weight: 0.0, end: chars.len(), value: UNKNOWN });
        for at in (0..chars.len()).rev() {
            let mut best: Option<Step> = None;
            let rest = chars.get(at..).unwrap_or_default();
            for (value, len) in self.trie.common_prefix_search(rest.iter().map(|&(_, c)| c)) {
                let end = at + len;
                let own = self.weights.get((value >> TAG_BITS) as usize).copied().unwrap_or(self.least);
                let weight = own + route.get(end).map_or(0.0, |step| step.weight);
                if best.is_none_or(|best| weight > best.weight || weight == best.weight && end > best.end) {
                    best = Some(Step { weight, end, value });
                }
            }
            let after = route.get(at + 1).map_or(0.0, |step| step.weight);
            if let Some(step) = route.get_mut(at) {
                *step = best.unwrap_or(Step { weight: self.least + after, end: at + 1, value: UNKNOWN });
            }
        }
    }

    fn tag(&self, value: u32) -> &'static str {
        self.tags.get((value & ((1 << TAG_BITS) - 1)) as usize).copied().unwrap_or("x")
    }

    fn known(&self, word: &str) -> Option<&'static str> {
        self.trie.exact_match(word.chars()).map(|value| self.tag(value))
    }
}

/// The characters that jieba looks up in its dictionary; all others stand for themselves.
fn is_inside(c: char) -> bool {
    match c {
        '\u{4e00}'..='\u{9fff}' => true,
        '\0'..='\u{7f}' => c.is_ascii_alphanumeric() || matches!(c, '+' | '#' | '&' | '.' | '_' | '%' | '-'),
        _ => matches!(c,
            '\u{3400}'..='\u{4dbf}'
            | '\u{f900}'..='\u{faff}'
            | '\u{20000}'..='\u{2a6df}'
            | '\u{2a700}'..='\u{2b73f}'
            | '\u{2b740}'..='\u{2b81f}'
            | '\u{2b820}'..='\u{2ceaf}'
            | '\u{2ceb0}'..='\u{2ebef}'
            | '\u{2f800}'..='\u{2fa1f}'),
    }
}

impl fmt::Debug for Lexicon {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Lexicon").field("nodes", &self.trie.num_elems()).finish_non_exhaustive()
    }
}
