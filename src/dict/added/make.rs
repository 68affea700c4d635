//! The user's rows, put in order once.

use std::collections::{BTreeSet, HashMap};

use rayon::slice::ParallelSliceMut;

use super::{AddedNames, EntityKind, HEAD, LISTS, MAGIC, NONE, PARTS, ROW, head, shift};
use crate::dict::listing::{self, ListId, Listed, Meanings, Naming};
use crate::dict::prepared::Matcher;
use crate::dict::table::{Reader, Row};

/// The row of a form that belonged to a built-in row which is replaced.
const NO_ROW: u32 = u32::MAX;
/// How many bits there are a form.
const BITS: usize = 16;

/// The names of the user's rows in [`listing::NAMED`] beside the built-in ones.
pub(in crate::dict) fn made(reader: &mut Reader<'_>, builtin: &Matcher) -> AddedNames {
    let mut maker = Maker::default();
    for (list, file, columns) in listing::named_lists() {
        if !reader.adds_to(&[file]) {
            continue;
        }
        let mut ours: HashMap<&str, Vec<Row<'_>>> = HashMap::new();
        reader.ours(file, columns).into_iter().for_each(|row| ours.entry(row.cell(0)).or_default().push(row));
        reader.theirs(file, columns, |reader, row| match Naming::of(file, &row) {
            Ok((naming, others)) => {
                if let Some(rows) = ours.remove(naming.name) {
                    maker.replaced.insert((list, naming.name.into()));
                    rows.iter().for_each(|row| maker.free(row.cell(0), others.into_iter().flat_map(|column| row.names(column))));
                }
                if maker.add(list, naming, others.into_iter().flat_map(|column| row.names(column))).is_none() {
                    reader.fail(&row, "names of at most 4 GiB", "more");
                }
            }
            Err((expected, found)) => reader.fail(&row, expected, &format!("`{found}`")),
        });
    }
    maker.finish(builtin)
}

/// Rows and their forms, in the order in which they were read.
#[derive(Default)]
struct Maker<'a> {
    forms: Vec<Form<'a>>,
    /// As the bytes have them.
    rows: Words,
    text: Vec<u8>,
    /// Built-in rows that a row of the user's replaces: list and first cell.
    replaced: BTreeSet<(ListId, Box<str>)>,
}

struct Form<'a> {
    words: &'a str,
    /// Where the words stand in the text.
    at: u32,
    row: u32,
    /// The bucket, those of two characters first.
    bucket: (bool, u32),
}

impl<'a> Maker<'a> {
    /// Adds a row with its forms; none where there is no room.
    fn add(&mut self, list: ListId, naming: Naming<'a>, others: impl Iterator<Item = &'a str>) -> Option<()> {
        let row = u32::try_from(self.rows.0.len() / (4 * ROW)).ok().filter(|row| *row != NO_ROW)?;
        let (name, code) = (self.put(naming.name)?, self.put(naming.code)?);
        let kind = EntityKind::ALL.iter().position(|kind| *kind == naming.kind)? as u8;
        let what = u32::from_le_bytes([list, kind, u8::from(naming.plain), 0]);
        self.rows.add([name, naming.name.len() as u32, code, naming.code.len() as u32, what]);
        self.form(naming.name, name, row);
        for words in others.filter(|other| *other != naming.name) {
            let at = self.put(words)?;
            self.form(words, at, row);
        }
        Some(())
    }

    /// Notes the forms of a built-in row that is replaced.
    fn free(&mut self, name: &'a str, others: impl Iterator<Item = &'a str>) {
        for words in std::iter::once(name).chain(others) {
            if let Some(at) = self.put(words) {
                self.form(words, at, NO_ROW);
            }
        }
    }

    fn form(&mut self, words: &'a str, at: u32, row: u32) {
        if listing::is_form(words) {
            self.forms.push(Form { words, at, row, bucket: (false, 0) });
        }
    }

    fn put(&mut self, words: &str) -> Option<u32> {
        let at = u32::try_from(self.text.len()).ok()?;
        u32::try_from(self.text.len() + words.len()).ok()?;
        self.text.extend_from_slice(words.as_bytes());
        Some(at)
    }

    fn finish(mut self, builtin: &Matcher) -> AddedNames {
        let count = self.forms.iter().filter(|form| key(form.words).0).count();
        let (mut short, mut long) = (Heads::new(self.forms.len() - count), Heads::new(count));
        for form in &mut self.forms {
            let (is_long, head) = key(form.words);
            form.bucket = (is_long, if is_long { &long } else { &short }.bucket(head));
        }
        self.forms.par_sort_unstable_by(|one, other| (one.bucket, one.words, one.row, one.at).cmp(&(other.bucket, other.words, other.row, other.at)));
        let mut pairs: Vec<u64> = self.forms.iter().map(|form| pair(form.words)).collect();
        pairs.sort_unstable();
        pairs.dedup();
        let (mut forms, mut form_rows, mut ours) = (Words::default(), Words::default(), Words::default());
        // forms of one bucket, each of which the next begins with
        let mut open: Vec<(u32, &str)> = Vec::new();
        let mut last = (false, 0);
        let mut number = 0;
        for same in self.forms.chunk_by(|one, other| one.words == other.words) {
            let Some(Form { words, at, bucket, .. }) = same.first() else { continue };
            if std::mem::replace(&mut last, *bucket) != *bucket {
                open.clear();
            }
            while open.pop_if(|(_, shorter)| !words.starts_with(*shorter)).is_some() {}
            forms.add([*at, words.len() as u32, open.last().map_or(NONE, |(shorter, _)| *shorter), form_rows.len()]);
            open.push((number, words));
            let mut rows: Vec<u32> = same.iter().map(|form| form.row).filter(|row| *row != NO_ROW).collect();
            rows.dedup();
            rows.into_iter().for_each(|row| form_rows.add([row]));
            if let Some(name) = builtin.number(words) {
                ours.add([number, name, self.left(builtin.meanings(name))]);
            }
            let (is_long, head) = key(words);
            if is_long {
                short.end(number);
                long.add(head, number);
            } else {
                short.add(head, number);
            }
            number += 1;
        }
        short.end(number);
        long.end(number);
        forms.add([0, 0, NONE, form_rows.len()]);
        let parts: [Vec<u8>; PARTS] =
            [bits(&pairs), short.bits, short.buckets.0, long.bits, long.buckets.0, forms.0, form_rows.0, self.rows.0, ours.0, self.text];
        let mut bytes = Vec::with_capacity(HEAD + parts.iter().map(Vec::len).sum::<usize>());
        bytes.extend_from_slice(MAGIC);
        bytes.extend_from_slice(LISTS);
        parts.iter().for_each(|part| bytes.extend_from_slice(&(part.len() as u64).to_le_bytes()));
        parts.into_iter().for_each(|part| bytes.extend(part));
        AddedNames::from_bytes(bytes).unwrap_or_default()
    }

    /// Which of the meanings of a built-in name are left, a bit for each that is of a list in [`listing::NAMED`].
    fn left(&self, meanings: Meanings) -> u32 {
        let named = meanings.into_iter().filter(|(list, _)| *list > 0).enumerate();
        named.fold(0, |bits, (at, (list, listed))| {
            let Listed::Named { name, .. } = listed else { return bits };
            let replaced = self.replaced.contains(&(list, name));
            bits | u32::from(!replaced).checked_shl(at as u32).unwrap_or_default()
        })
    }
}

/// The first two characters of a form.
fn pair(words: &str) -> u64 {
    let mut chars = words.chars();
    head(chars.next().unwrap_or_default(), chars.next().unwrap_or_default(), '\0')
}

/// Bits in which those of the heads are set.
fn bits(heads: &[u64]) -> Vec<u8> {
    let mut bits = vec![0; heads.len().next_power_of_two().max(8) * BITS / 8];
    heads.iter().for_each(|head| set(&mut bits, *head));
    bits
}

fn set(bits: &mut [u8], head: u64) {
    let bit = head >> shift(bits.len() * 8);
    if let Some(byte) = bits.get_mut(bit as usize / 8) {
        *byte |= 1 << (bit % 8);
    }
}

/// True for a form of more than two characters, and what it begins with.
fn key(words: &str) -> (bool, u64) {
    let mut chars = words.chars();
    let [first, second, third] = [(); 3].map(|()| chars.next());
    let [first, second] = [first, second].map(Option::unwrap_or_default);
    (third.is_some(), head(first, second, third.unwrap_or_default()))
}

/// What is told of the heads of forms.
struct Heads {
    bits: Vec<u8>,
    buckets: Words,
    count: usize,
}

impl Heads {
    /// Heads of so many forms.
    fn new(forms: usize) -> Heads {
        let count = forms.next_power_of_two().max(8);
        let bits = if forms == 0 { 0 } else { count * BITS / 8 };
        Heads { bits: vec![0; bits], buckets: Words::default(), count }
    }

    fn bucket(&self, head: u64) -> u32 {
        (head >> shift(self.count)) as u32
    }

    /// Adds a form, by its bucket.
    fn add(&mut self, head: u64, number: u32) {
        set(&mut self.bits, head);
        while self.buckets.len() <= self.bucket(head) {
            self.buckets.add([number]);
        }
    }

    /// Ends the last bucket before the form of this number.
    fn end(&mut self, number: u32) {
        while self.buckets.len() as usize <= self.count {
            self.buckets.add([number]);
        }
    }
}

/// Words of four bytes.
#[derive(Default)]
struct Words(Vec<u8>);

impl Words {
    fn add<const N: usize>(&mut self, words: [u32; N]) {
        words.into_iter().for_each(|word| self.0.extend_from_slice(&word.to_le_bytes()));
    }

    fn len(&self) -> u32 {
        (self.0.len() / 4) as u32
    }
}
