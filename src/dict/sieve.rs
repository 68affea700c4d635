//! A set that says of nearly everything that is not in it that it is not: the first look before a dearer one.

/// Numbers of 32 well mixed bits, kept as one bit each of their upper bits. There are sixteen bits for each number, so that one in
/// sixteen of those that are not in the set passes.
#[derive(Debug)]
pub(super) struct Sieve {
    /// A power of two of bits.
    bits: Vec<u64>,
    /// How far a number is moved to the right to be the place of its bit.
    shift: u32,
    members: Vec<u32>,
}

/// How many bits there are for each number, and how many at least.
const ROOM: usize = 16;
const LEAST: usize = 256;

impl Default for Sieve {
    fn default() -> Sieve {
        Sieve { bits: vec![0; LEAST / 64], shift: u32::BITS - LEAST.trailing_zeros(), members: Vec::new() }
    }
}

impl Sieve {
    /// Takes in a number.
    pub fn add(&mut self, member: u32) {
        self.members.push(member);
        if self.members.len() * ROOM > self.bits.len() * 64 {
            self.bits = vec![0; self.bits.len() * 2];
            self.shift -= 1;
            (0..self.members.len()).for_each(|number| self.mark(number));
        } else {
            self.mark(self.members.len() - 1);
        }
    }

    /// False for nearly everything that was not taken in; true for all that was.
    #[inline]
    pub fn may_hold(&self, number: u32) -> bool {
        let bit = self.bit(number);
        self.bits.get(bit / 64).is_some_and(|bits| bits >> (bit % 64) & 1 == 1)
    }

    fn mark(&mut self, number: usize) {
        let Some(&member) = self.members.get(number) else { return };
        let bit = self.bit(member);
        if let Some(bits) = self.bits.get_mut(bit / 64) {
            *bits |= 1 << (bit % 64);
        }
    }

    #[inline]
    fn bit(&self, number: u32) -> usize {
        (number >> self.shift) as usize
    }
}

/// A character as a number of mixed bits.
#[inline]
pub(super) fn mixed(c: char) -> u32 {
    (c as u32).wrapping_mul(0x9e37_79b1)
}

/// Two characters as a number of mixed bits.
#[inline]
pub(super) fn mixed_pair(first: char, second: char) -> u32 {
    let both = u64::from(first as u32) << 32 | u64::from(second as u32);
    (both.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_taken_in_is_held_and_little_else() {
        let mut sieve = Sieve::default();
        let numbers = |from: u32| (from..from + 3000).filter_map(char::from_u32).map(mixed);
        numbers(0x4e00).for_each(|number| sieve.add(number));
        assert!(numbers(0x4e00).all(|number| sieve.may_hold(number)));
        assert!(numbers(0x6000).filter(|&number| sieve.may_hold(number)).count() < 600);
        assert!(numbers(0x4e00).filter(|&number| sieve.may_hold(number.swap_bytes())).count() < 600);
    }
}
