//! Names of the user's lists, found beside the built-in ones: a thousand or a million of them, in one block of bytes that can be kept
//! and read again as it is.
//!
//! Forms stand in order within buckets, a bucket for what begins with the same three characters (forms of two characters have buckets of
//! their own). Bits for the first two and the first three characters say of nearly every place of a text that no form begins there. Where one may, all that can stand there are
//! the last form of the bucket that is not greater than the text, and the forms which that one begins with.

mod make;
#[cfg(test)]
mod tests;

use std::fmt;
use std::ops::Range;

use super::listing::{self, EntityKind, ListId, Listed, Naming};
use super::prepared::{Matcher, distinct};
use super::slots::Slots;

pub(super) use make::made;

/// The built-in names and the user's in `text`, overlapping ones too, by their ends and then by their starts: start, end, what each
/// may stand for.
pub(super) fn both<'a, 't>(
    text: &'t str,
    builtin: &'a Matcher,
    added: Option<&'a AddedNames>,
) -> impl Iterator<Item = (usize, usize, &'a [Listed])> + use<'a, 't> {
    let mut theirs = added.map(|added| added.in_text(text)).unwrap_or_default().into_iter().peekable();
    let ours = builtin.in_text(text).filter(move |(.., number)| !added.is_some_and(|added| added.tells(*number)));
    let mut ours = ours.peekable();
    let both = std::iter::from_fn(move || {
        let own_first = match (ours.peek(), theirs.peek()) {
            (Some(one), Some(other)) => (one.1, one.0) < (other.1, other.0),
            (one, _) => one.is_some(),
        };
        if own_first {
            return ours.next().map(|(start, end, number)| (start, end, builtin.listed(number)));
        }
        theirs.next().map(|(start, end, form)| (start, end, added.map_or(&[][..], |added| added.listed(form, builtin))))
    });
    // the user's row of a name may have taken its last meaning
    both.filter(|(.., listed)| !listed.is_empty())
}

/// What the bytes begin with. The number is that of their layout.
const MAGIC: &[u8; 8] = b"shnames2";
/// The built-in lists: the numbers of built-in names hang on them.
const LISTS: &[u8] = env!("SHULIANG_LISTS").as_bytes();
const HEAD: usize = MAGIC.len() + LISTS.len() + 8 * PARTS;
/// No form.
const NONE: u32 = u32::MAX;

/// The parts of the bytes, in order. All but the bits and the text are words of four bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// Bits: may any form begin with these two characters? They are few, and lie near the processor.
    Pairs,
    /// Bits: may a form of two characters begin with these two?
    ShortBits,
    /// Where each bucket of them begins in `Forms`, and where the last one ends.
    ShortBuckets,
    /// The same for the first three characters of longer forms.
    Bits,
    Buckets,
    /// Where a form's text stands, its length, the longest other form that it begins with, where its rows begin in `FormRows`.
    Forms,
    /// Rows of forms.
    FormRows,
    /// Where a row's name stands, its length, the same of its code, and what it is.
    Rows,
    /// Forms that are built-in names as well: form, number of the name, and which of its meanings are left, a bit each.
    Ours,
    Text,
}

const PARTS: usize = 10;
/// Words a form, a row, a built-in name.
const FORM: usize = 4;
const ROW: usize = 5;
const OURS: usize = 3;

/// The names of a user's lists, ready to be looked for.
pub struct AddedNames {
    bytes: Vec<u8>,
    parts: [Range<usize>; PARTS],
    /// Built-in names that are told here, in order.
    ours: Vec<u32>,
    listed: Slots<Vec<Listed>>,
}

impl AddedNames {
    /// The names as bytes that [`AddedNames::from_bytes`] takes.
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// What tells the bytes of this build of the program from those of others.
    pub fn edition() -> [&'static [u8]; 2] {
        [MAGIC, LISTS]
    }

    /// True for the files whose rows are told by the bytes.
    pub fn is_list(file: &str) -> bool {
        listing::named_lists().any(|(_, name, _)| name == file)
    }

    /// True for the files that the bytes hang on.
    pub fn hangs_on(file: &str) -> bool {
        AddedNames::is_list(file) || listing::PLACES.contains(&file)
    }

    /// Takes bytes of [`AddedNames::as_bytes`]; none where they are of another build or cut off. Bytes that were changed inside give
    /// wrong names, but never a panic.
    pub fn from_bytes(bytes: Vec<u8>) -> Option<AddedNames> {
        let rest = bytes.strip_prefix(MAGIC)?.strip_prefix(LISTS)?;
        let mut parts: [Range<usize>; PARTS] = Default::default();
        let mut end = HEAD;
        for (part, length) in parts.iter_mut().zip(rest.chunks_exact(8)) {
            let start = end;
            end = start.checked_add(usize::try_from(u64::from_le_bytes(length.try_into().ok()?)).ok()?)?;
            *part = start..end;
        }
        if end != bytes.len() {
            return None;
        }
        let mut names = AddedNames { bytes, parts, ours: Vec::new(), listed: Slots::default() };
        names.listed = Slots::new(names.forms());
        let numbers = names.part(Part::Ours).chunks_exact(4 * OURS).filter_map(|entry| Some(u32::from_le_bytes(*entry.get(4..)?.first_chunk()?)));
        let mut ours: Vec<u32> = numbers.collect();
        ours.sort_unstable();
        names.ours = ours;
        Some(names)
    }

    /// How many forms there are.
    fn forms(&self) -> usize {
        (self.part(Part::Forms).len() / (4 * FORM)).saturating_sub(1)
    }

    /// True where the built-in name of this number is told here.
    pub(super) fn tells(&self, number: u32) -> bool {
        self.ours.binary_search(&number).is_ok()
    }

    /// Every form in `text`, overlapping ones too, by their ends and then by their starts: start, end, form.
    pub(super) fn in_text(&self, text: &str) -> Vec<(usize, usize, u32)> {
        let mut found = Vec::new();
        if self.forms() == 0 {
            return found;
        }
        let (short, long) = (self.heads(Part::ShortBits, Part::ShortBuckets), self.heads(Part::Bits, Part::Buckets));
        let pairs = self.part(Part::Pairs);
        let pairs_shift = shift(pairs.len() * 8);
        let mut chars = text.char_indices();
        let (Some(mut first), Some(mut second)) = (chars.next(), chars.next()) else { return found };
        for third in chars.map(Some).chain([None]) {
            let pair = head(first.1, second.1, '\0');
            if is_set(pairs, pairs_shift, pair) {
                let three = third.and_then(|(_, third)| long.bucket(head(first.1, second.1, third)));
                short.bucket(pair).into_iter().chain(three).for_each(|bucket| self.at(text, first.0, bucket, &mut found));
            }
            let Some(third) = third else { break };
            (first, second) = (second, third);
        }
        found.sort_unstable_by_key(|&(start, end, _)| (end, start));
        found
    }

    /// The forms of a bucket that begin at `at`.
    fn at(&self, text: &str, at: usize, bucket: Range<u32>, found: &mut Vec<(usize, usize, u32)>) {
        let rest = text.as_bytes().get(at..).unwrap_or_default();
        let (mut low, mut high) = (bucket.start, bucket.end.max(bucket.start));
        while low < high {
            let middle = low + (high - low) / 2;
            if self.form(middle) <= rest { low = middle + 1 } else { high = middle }
        }
        let mut next = low.checked_sub(1).filter(|last| *last >= bucket.start);
        while let Some(form) = next {
            let words = self.form(form);
            let end = at + words.len();
            if rest.starts_with(words) && end > at && text.is_char_boundary(end) {
                found.push((at, end, form));
            }
            next = self.word(Part::Forms, form as usize * FORM + 2).filter(|shorter| *shorter < form);
        }
    }

    fn form(&self, form: u32) -> &[u8] {
        self.text(Part::Forms, form as usize * FORM)
    }

    /// What a form may stand for, together with what the built-in name of the same words stands for.
    pub(super) fn listed(&self, form: u32, builtin: &Matcher) -> &[Listed] {
        self.listed.get(form as usize, || self.meanings(form, builtin)).map(Vec::as_slice).unwrap_or_default()
    }

    fn meanings(&self, form: u32, builtin: &Matcher) -> Vec<Listed> {
        let mut all = Vec::new();
        if let Some((number, mut left)) = self.builtin(form) {
            all = builtin.meanings(number);
            all.retain(|(list, _)| {
                *list == 0 || {
                    let kept = left & 1 == 1;
                    // what stands beyond the bits stays
                    left = left >> 1 | 1 << 31;
                    kept
                }
            });
        }
        let at = |form: u32| self.word(Part::Forms, form as usize * FORM + 3);
        if let (Some(from), Some(to)) = (at(form), at(form + 1)) {
            let rows = (from..to).map_while(|at| self.word(Part::FormRows, at as usize));
            all.extend(rows.filter_map(|row| self.row(row)).map(|(list, naming)| (list, naming.listed())));
        }
        // the lists in their order, and the built-in rows of each before the user's
        all.sort_by_key(|(list, _)| *list);
        distinct(all)
    }

    /// The built-in name of the same words, and which of its meanings are left.
    fn builtin(&self, form: u32) -> Option<(u32, u32)> {
        let entry = |at: usize| self.word(Part::Ours, at * OURS);
        let (mut low, mut high) = (0, self.part(Part::Ours).len() / (4 * OURS));
        while low < high {
            let middle = low + (high - low) / 2;
            if entry(middle)? < form { low = middle + 1 } else { high = middle }
        }
        let at = low * OURS;
        (self.word(Part::Ours, at)? == form).then_some((self.word(Part::Ours, at + 1)?, self.word(Part::Ours, at + 2)?))
    }

    fn row(&self, row: u32) -> Option<(ListId, Naming<'_>)> {
        let at = row as usize * ROW;
        let words = |at: usize| std::str::from_utf8(self.text(Part::Rows, at)).ok();
        let [list, kind, plain, _] = self.word(Part::Rows, at + 4)?.to_le_bytes();
        Some((list, Naming { kind: *EntityKind::ALL.get(kind as usize)?, name: words(at)?, code: words(at + 2)?, plain: plain == 1 }))
    }

    fn heads(&self, bits: Part, buckets: Part) -> Heads<'_> {
        let (bits, buckets) = (self.part(bits), self.part(buckets));
        let count = (buckets.len() / 4).saturating_sub(1);
        Heads { bits, bits_shift: shift(bits.len() * 8), buckets, buckets_shift: shift(count) }
    }

    fn part(&self, part: Part) -> &[u8] {
        self.parts.get(part as usize).and_then(|part| self.bytes.get(part.clone())).unwrap_or_default()
    }

    fn word(&self, part: Part, at: usize) -> Option<u32> {
        Some(u32::from_le_bytes(*self.part(part).get(4 * at..)?.first_chunk()?))
    }

    /// The text that two words say: where it stands, and its length.
    fn text(&self, part: Part, at: usize) -> &[u8] {
        let place = || Some((self.word(part, at)? as usize, self.word(part, at + 1)? as usize));
        place().and_then(|(start, length)| self.part(Part::Text).get(start..start.checked_add(length)?)).unwrap_or_default()
    }
}

/// Which heads of forms there are.
struct Heads<'a> {
    bits: &'a [u8],
    bits_shift: u32,
    buckets: &'a [u8],
    buckets_shift: u32,
}

impl Heads<'_> {
    /// The forms that may begin with this head.
    #[inline]
    fn bucket(&self, head: u64) -> Option<Range<u32>> {
        if !is_set(self.bits, self.bits_shift, head) {
            return None;
        }
        let at = 4 * (head >> self.buckets_shift) as usize;
        let word = |at: usize| Some(u32::from_le_bytes(*self.buckets.get(at..)?.first_chunk()?));
        Some(word(at)?..word(at + 4)?).filter(|bucket| !bucket.is_empty())
    }
}

/// True where the bit of a head is set.
#[inline]
fn is_set(bits: &[u8], shift: u32, head: u64) -> bool {
    let bit = head >> shift;
    bits.get(bit as usize / 8).is_some_and(|byte| byte >> (bit % 8) & 1 == 1)
}

/// A number for the characters that a form begins with; its first bits differ most.
#[inline]
fn head(first: char, second: char, third: char) -> u64 {
    (u64::from(first) | u64::from(second) << 21 | u64::from(third) << 42).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// How far a head is shifted to be a number below `count`, a power of two.
fn shift(count: usize) -> u32 {
    u64::BITS - (count as u64).max(2).ilog2()
}

impl Default for AddedNames {
    /// No names.
    fn default() -> AddedNames {
        AddedNames { bytes: Vec::new(), parts: Default::default(), ours: Vec::new(), listed: Slots::default() }
    }
}

impl fmt::Debug for AddedNames {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AddedNames").field("forms", &self.forms()).field("bytes", &self.bytes.len()).finish_non_exhaustive()
    }
}
