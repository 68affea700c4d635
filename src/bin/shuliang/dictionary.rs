//! The dictionary of a run: the built-in one with the rows of the user's folder. What is made of long lists of names is kept, because
//! a million names take seconds to put in order.
//!
//! What is kept lies in the user's folder for caches (`~/.cache/shuliang`), or where `SHULIANG_CACHE` says; where that is empty, nothing is
//! kept. A file there is named after what was read and which build of the program read it, and ends with a checksum. One that is
//! missing, cut off, changed or cannot be written costs time and nothing else.

use std::fs::{self, File as Open};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use etcetera::BaseStrategy;
use sha2::{Digest, Sha256};
use shuliang::Dict;
use shuliang::dict::{AddedNames, File};

use crate::failure::Failure;
use crate::inputs::tables;

/// From how many bytes on what is made of lists is kept.
const LONG: u64 = 1 << 20;
/// How many of them are kept, the last used.
const KEPT: usize = 4;
const CHECKSUM: usize = 32;

/// A number that tells contents apart.
type Sum = [u8; CHECKSUM];

/// The dictionary of a run.
pub struct Words {
    /// The built-in rows and the user's.
    pub dict: Dict,
    /// Differs where the user's files do; empty without any.
    pub identity: String,
}

/// The dictionary with the rows of a folder.
pub fn open(folder: Option<&Path>) -> Result<Words, Failure> {
    let Some(folder) = folder else {
        let dict = Dict::builtin().map_err(|errors| Failure::Dict(None, errors))?;
        return Ok(Words { dict, identity: String::new() });
    };
    let tables = tables(folder)?;
    let failed = |errors| Failure::Dict(Some(folder.to_owned()), errors);
    let size: u64 = lists(&tables).filter_map(|(_, path)| Some(fs::metadata(path).ok()?.len())).sum();
    let cache = if size < LONG { None } else { Cache::find() };
    if let Some(cache) = &cache
        && let Some(sums) = tables.iter().map(|(name, path)| Some((name.as_str(), sum_of(path).ok()?))).collect::<Option<Vec<_>>>()
        && let Some(names) = cache.read(&key(&sums))
    {
        // the lists are known: their names are enough
        let text = |name: &str, path: &Path| if AddedNames::is_list(name) { Ok(String::new()) } else { read(path) };
        let files = tables.iter().map(|(name, path)| Ok(File { name: name.clone(), text: text(name, path)? })).collect::<Result<Vec<_>, Failure>>()?;
        return Ok(Words { dict: Dict::with_names(&files, names).map_err(failed)?, identity: hex(&whole(&sums)) });
    }
    let files = files(tables)?;
    let sums: Vec<(&str, Sum)> = files.iter().map(|file| (file.name.as_str(), Sha256::digest(&file.text).into())).collect();
    let dict = Dict::with(&files).map_err(failed)?;
    if let (Some(cache), Some(names)) = (cache, dict.names.added()) {
        // the next run makes them again
        let _ = cache.write(&key(&sums), names.as_bytes());
    }
    Ok(Words { dict, identity: hex(&whole(&sums)) })
}

/// The dictionary alone.
pub fn dict(folder: Option<&Path>) -> Result<Dict, Failure> {
    open(folder).map(|words| words.dict)
}

/// The files of a dictionary folder.
pub fn files(tables: Vec<(String, PathBuf)>) -> Result<Vec<File>, Failure> {
    tables.into_iter().map(|(name, path)| Ok(File { text: read(&path)?, name })).collect()
}

fn read(path: &Path) -> Result<String, Failure> {
    fs::read_to_string(path).map_err(|error| Failure::Message(format!("{}: {error}", path.display())))
}

fn lists(tables: &[(String, PathBuf)]) -> impl Iterator<Item = &(String, PathBuf)> {
    tables.iter().filter(|(name, _)| AddedNames::is_list(name))
}

fn sum_of(path: &Path) -> io::Result<Sum> {
    let (mut file, mut sum, mut buffer) = (Open::open(path)?, Sha256::new(), vec![0; 1 << 16]);
    loop {
        let count = file.read(&mut buffer)?;
        match buffer.get(..count) {
            Some(bytes) if count > 0 => sum.update(bytes),
            _ => return Ok(sum.finalize().into()),
        }
    }
}

/// What the names hang on: the build, and the user's lists, of places too.
fn key(sums: &[(&str, Sum)]) -> Sum {
    let mut key = Sha256::new();
    AddedNames::edition().into_iter().for_each(|part| key.update(part));
    key.update(env!("CARGO_PKG_VERSION"));
    add(&mut key, sums.iter().filter(|(name, _)| AddedNames::hangs_on(name)));
    key.finalize().into()
}

fn whole(sums: &[(&str, Sum)]) -> Sum {
    let mut whole = Sha256::new();
    add(&mut whole, sums.iter());
    whole.finalize().into()
}

fn add<'a>(to: &mut Sha256, sums: impl Iterator<Item = &'a (&'a str, Sum)>) {
    for (name, sum) in sums {
        to.update((name.len() as u64).to_le_bytes());
        to.update(name);
        to.update(sum);
    }
}

fn hex(sum: &Sum) -> String {
    sum.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The folder of what is kept.
struct Cache(PathBuf);

impl Cache {
    fn find() -> Option<Cache> {
        let folder = match std::env::var_os("SHULIANG_CACHE") {
            Some(folder) => PathBuf::from(folder),
            None => etcetera::choose_base_strategy().ok()?.cache_dir().join("shuliang"),
        };
        (!folder.as_os_str().is_empty()).then_some(Cache(folder))
    }

    fn path(&self, key: &Sum) -> PathBuf {
        self.0.join(format!("{}.names", hex(key)))
    }

    fn read(&self, key: &Sum) -> Option<AddedNames> {
        let path = self.path(key);
        let mut bytes = fs::read(&path).ok()?;
        let end = bytes.len().checked_sub(CHECKSUM)?;
        let (names, sum) = bytes.split_at(end);
        if *Sha256::digest(names) != *sum {
            return None;
        }
        bytes.truncate(end);
        // it is the last used now; if that cannot be noted, it goes earlier
        let _ = Open::options().append(true).open(&path).and_then(|file| file.set_modified(SystemTime::now()));
        AddedNames::from_bytes(bytes)
    }

    /// Writes a file of the cache, whole or not at all, and removes those that were not used for long.
    fn write(&self, key: &Sum, names: &[u8]) -> io::Result<()> {
        fs::create_dir_all(&self.0)?;
        let unfinished = self.0.join(format!("{}.{}.part", hex(key), std::process::id()));
        let write = || {
            let mut file = Open::create(&unfinished)?;
            file.write_all(names)?;
            file.write_all(&Sha256::digest(names))?;
            drop(file);
            fs::rename(&unfinished, self.path(key))
        };
        if let Err(error) = write() {
            let _ = fs::remove_file(&unfinished);
            return Err(error);
        }
        self.clear()
    }

    fn clear(&self) -> io::Result<()> {
        let mut kept: Vec<(SystemTime, PathBuf)> = Vec::new();
        for entry in fs::read_dir(&self.0)? {
            let path = entry?.path();
            if path.extension().is_some_and(|ending| ending == "names" || ending == "part") {
                kept.push((fs::metadata(&path)?.modified()?, path));
            }
        }
        kept.sort_unstable_by(|one, other| other.cmp(one));
        kept.into_iter().skip(KEPT).try_for_each(|(_, path)| fs::remove_file(path))
    }
}

#[cfg(test)]
mod tests {
    use tempfile::TempDir;

    use super::*;

    #[test]
    fn what_is_kept_is_read_again_and_what_is_broken_is_not() {
        let at = TempDir::new().expect("a folder");
        let cache = Cache(at.path().join("deep/inside"));
        let file = File { name: "companies.tsv".to_owned(), text: "name\taliases\tcode\n云渡重工\t-\tU-1\n".to_owned() };
        let dict = Dict::with(&[file]).expect("a dictionary");
        let names = dict.names.added().expect("names").as_bytes();
        let key = key(&[("companies.tsv", [7; CHECKSUM])]);
        assert!(cache.read(&key).is_none());
        cache.write(&key, names).expect("it is written");
        assert_eq!(cache.read(&key).expect("it is read").as_bytes(), names);
        let path = cache.path(&key);
        let whole = fs::read(&path).expect("a file");
        for broken in [&whole[..whole.len() - 1], &whole[1..], &[], b"something else, longer than a checksum"] {
            fs::write(&path, broken).expect("it is written");
            assert!(cache.read(&key).is_none());
        }
        let mut changed = whole.clone();
        changed[200] ^= 1;
        fs::write(&path, changed).expect("it is written");
        assert!(cache.read(&key).is_none());
        assert!(Cache(path.clone()).write(&key, names).is_err(), "a file is no folder");
    }

    #[test]
    fn few_are_kept() {
        let at = TempDir::new().expect("a folder");
        let cache = Cache(at.path().to_owned());
        fs::write(at.path().join("mine.txt"), "not ours").expect("it is written");
        (0..=KEPT as u8 + 2).try_for_each(|i| cache.write(&[i; CHECKSUM], b"names")).expect("they are written");
        assert_eq!(fs::read_dir(at.path()).expect("a folder").count(), KEPT + 1);
        assert!(at.path().join("mine.txt").exists());
    }

    #[test]
    fn the_key_hangs_on_lists_only() {
        let [one, other] = [[1; CHECKSUM], [2; CHECKSUM]];
        assert_eq!(key(&[("companies.tsv", one), ("units/a.tsv", one)]), key(&[("companies.tsv", one), ("units/a.tsv", other)]));
        assert_ne!(key(&[("companies.tsv", one)]), key(&[("companies.tsv", other)]));
        assert_ne!(key(&[("companies.tsv", one)]), key(&[("zones.tsv", one)]));
        assert_ne!(key(&[("companies.tsv", one), ("divisions.tsv", one)]), key(&[("companies.tsv", one), ("divisions.tsv", other)]));
        assert_ne!(whole(&[("units/a.tsv", one)]), whole(&[("units/a.tsv", other)]));
    }
}
