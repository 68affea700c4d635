//! Prepares the dictionary of jieba for the stage that cuts words: a tree of characters with the frequency and the tag of each word.
//! The dictionary is read where cargo keeps the source of jieba-rs; it is not copied into this repository. Without it the
//! program is built all the same and asks jieba-rs itself at run time.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs, io};

use crawdad::Trie;

/// How many bits of a value say which tag a word has; the rest say which frequency. `segment::lexicon` takes them apart.
const TAG_BITS: u32 = 6;

type Error = Box<dyn std::error::Error>;

/// Writes `words.trie` and `words.head` into `out`, empty ones where the dictionary is not found.
pub fn prepare(manifest: &Path, out: &Path) -> Result<(), Error> {
    let (mut trie, mut head) = (Vec::new(), String::new());
    match dictionary(manifest) {
        Some(file) => {
            println!("cargo:rerun-if-changed={}", file.display());
            (trie, head) = prepared(&fs::read_to_string(file)?)?;
        }
        None => println!("cargo:warning=the source of jieba-rs was not found: words are cut by jieba-rs at run time"),
    }
    fs::write(out.join("words.trie"), trie)?;
    Ok(fs::write(out.join("words.head"), head)?)
}

fn prepared(text: &str) -> Result<(Vec<u8>, String), Error> {
    let mut words: Vec<(&str, u64, &str)> = Vec::new();
    for line in text.lines() {
        let mut cells = line.split_ascii_whitespace();
        if let Some(word) = cells.next() {
            words.push((word, cells.next().unwrap_or("0").parse()?, cells.next().unwrap_or_default()));
        }
    }
    words.sort_by_key(|(word, ..)| *word);
    words.dedup_by_key(|(word, ..)| *word);
    let sum: u64 = words.iter().map(|(_, frequency, _)| frequency).sum();
    let frequencies: Vec<u64> = BTreeSet::from_iter(words.iter().map(|(_, frequency, _)| *frequency)).into_iter().collect();
    let tags: Vec<&str> = BTreeSet::from_iter(words.iter().map(|(.., tag)| *tag)).into_iter().collect();
    if tags.len() > 1 << TAG_BITS {
        return Err(format!("jieba's dictionary has {} tags, more than {}", tags.len(), 1 << TAG_BITS).into());
    }
    let mut records = Vec::with_capacity(words.len());
    for (word, frequency, tag) in &words {
        let value = frequencies.binary_search(frequency).unwrap_or_default() << TAG_BITS | tags.binary_search(tag).unwrap_or_default();
        records.push((*word, u32::try_from(value)?));
    }
    let trie = Trie::from_records(records).map_err(|error| error.to_string())?;
    let numbers: Vec<String> = frequencies.iter().map(u64::to_string).collect();
    Ok((trie.serialize_to_vec(), format!("{sum}\n{}\n{}\n", tags.join(" "), numbers.join(" "))))
}

/// The dictionary inside the source of the jieba-rs that this build uses.
fn dictionary(manifest: &Path) -> Option<PathBuf> {
    let version = version(manifest);
    let beside = manifest.parent().map(Path::to_owned);
    let home = env::var_os("CARGO_HOME").map(PathBuf::from).or_else(|| env::home_dir().map(|home| home.join(".cargo")));
    let registry = home.map(|home| home.join("registry/src")).and_then(|folder| folders(&folder).ok()).unwrap_or_default();
    let kept = registry.into_iter().chain(beside).filter_map(|folder| Some(folder.join(format!("jieba-rs-{}", version.as_deref()?))));
    let file = |folder: PathBuf| Some(folder.join("src/data/dict.txt")).filter(|file| file.is_file());
    kept.filter_map(file).next().or_else(|| asked(manifest).and_then(file))
}

/// The version of jieba-rs in `Cargo.lock`.
fn version(manifest: &Path) -> Option<String> {
    let lock = fs::read_to_string(manifest.join("Cargo.lock")).ok()?;
    let entry = lock.split("[[package]]").find(|entry| entry.contains("name = \"jieba-rs\""))?;
    entry.lines().find_map(|line| line.strip_prefix("version = \"")?.strip_suffix('"').map(str::to_owned))
}

fn folders(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut all = fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect::<Result<Vec<_>, _>>()?;
    all.sort();
    Ok(all)
}

/// The folder of jieba-rs as cargo tells it: vendored sources stand elsewhere.
fn asked(manifest: &Path) -> Option<PathBuf> {
    let cargo = env::var_os("CARGO")?;
    let arguments = ["metadata", "--format-version", "1", "--offline", "--frozen", "--filter-platform"];
    let output = Command::new(cargo).args(arguments).arg(env::var_os("TARGET")?).current_dir(manifest).output().ok()?;
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout).ok()?;
    let package = metadata.get("packages")?.as_array()?.iter().find(|package| package.get("name").is_some_and(|name| name == "jieba-rs"))?;
    Path::new(package.get("manifest_path")?.as_str()?).parent().map(Path::to_owned)
}
