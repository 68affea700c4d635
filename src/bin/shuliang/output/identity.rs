//! What makes two runs the same: `--resume` goes on with no other.

use std::hash::{DefaultHasher, Hash, Hasher};

use serde::{Deserialize, Serialize};

use crate::inputs::Input;
use crate::stamp::stamp;

/// A run, in a few numbers: what it reads, with what, and how.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    /// The version of the program, and its file.
    program: String,
    /// The options that the tables depend on.
    options: String,
    /// The dictionary files of the user.
    dictionary: String,
    /// The inputs: names, sizes, times of change.
    inputs: String,
}

impl Identity {
    /// The identity of a run. `options` and `dictionary` are anything that differs where those do.
    pub fn new(options: &str, dictionary: &str, inputs: &[Input]) -> Identity {
        let inputs: Vec<_> = inputs.iter().map(|input| (&input.path, stamp(std::fs::metadata(&input.path)))).collect();
        Identity { program: program(), options: number(&options), dictionary: dictionary.to_owned(), inputs: number(&inputs) }
    }

    /// What differs between two runs, in words.
    pub fn differences(&self, other: &Identity) -> Vec<&'static str> {
        let pairs = [
            (&self.program, &other.program, "the program"),
            (&self.options, &other.options, "the options"),
            (&self.dictionary, &other.dictionary, "the dictionary"),
            (&self.inputs, &other.inputs, "the inputs"),
        ];
        pairs.into_iter().filter(|(a, b, _)| a != b).map(|(_, _, name)| name).collect()
    }
}

/// The version alone does not tell two builds apart.
fn program() -> String {
    let file = std::env::current_exe().and_then(std::fs::metadata);
    format!("{} {}", env!("CARGO_PKG_VERSION"), number(&stamp(file)))
}

fn number(of: &impl Hash) -> String {
    let mut hasher = DefaultHasher::new();
    of.hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_differs_is_named() {
        let one = Identity::new("a", "x", &[]);
        assert_eq!(one.differences(&Identity::new("a", "x", &[])), [""; 0]);
        assert_eq!(one.differences(&Identity::new("b", "y", &[])), ["the options", "the dictionary"]);
    }
}
