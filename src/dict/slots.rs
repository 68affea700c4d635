//! Places for things that are made when they are first asked for, because an article asks for few of very many.

use std::sync::OnceLock;

/// How many places are made together.
const CHUNK: usize = 64;

/// Numbered places, empty until they are asked for.
#[derive(Debug, Default)]
pub(super) struct Slots<T>(Vec<OnceLock<Box<[OnceLock<T>]>>>);

impl<T> Slots<T> {
    /// So many places, rounded up.
    pub fn new(count: usize) -> Slots<T> {
        let mut chunks = Vec::new();
        chunks.resize_with(count.div_ceil(CHUNK), OnceLock::new);
        Slots(chunks)
    }

    /// What is at a place, made if nothing is there yet; none beyond the last place.
    pub fn get(&self, at: usize, make: impl FnOnce() -> T) -> Option<&T> {
        let chunk = self.0.get(at / CHUNK)?.get_or_init(|| std::iter::repeat_with(OnceLock::new).take(CHUNK).collect());
        chunk.get(at % CHUNK).map(|slot| slot.get_or_init(make))
    }
}
