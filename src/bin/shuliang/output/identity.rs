//! What makes two runs the same: `--resume` goes on with no other.

use std::hash::{DefaultHasher, Hash, Hasher};

use serde::{Deserialize, Serialize};
use shuliang::dict::File;

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
    /// The identity of a run. `options` is anything that differs where the options do.
    pub fn new(options: &str, dictionary: &[File], inputs: &[Input]) -> Identity {
        let files: Vec<(&str, &str)> = dictionary.iter().map(|file| (file.name.as_str(), file.text.as_str())).collect();
        let inputs: Vec<_> = inputs.iter().map(|input| (&input.path, stamp(std::fs::metadata(&input.path)))).collect();
        Identity { program: program(), options: number(&options), dictionary: number(&files), inputs: number(&inputs) }
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
        let file = |text: &str| File { name: "units/a.tsv".to_owned(), text: text.to_owned() };
        let one = Identity::new("a", &[file("x")], &[]);
        assert_eq!(one.differences(&Identity::new("a", &[file("x")], &[])), [""; 0]);
        assert_eq!(one.differences(&Identity::new("b", &[file("y")], &[])), ["the options", "the dictionary"]);
    }
}
