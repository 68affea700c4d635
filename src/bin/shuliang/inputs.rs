//! Inputs on disk: which files there are, and what each is called.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use globset::{GlobBuilder, GlobMatcher};
use shuliang::Dict;
use shuliang::source::{Format, Options, Pieces, Reader, SourceError, pieces};

use crate::args::FromFolders;
use crate::failure::Failure;
use crate::own::Own;

/// What standard input is called in the tables.
const STDIN: &str = "stdin";

/// A file to read, or standard input.
#[derive(Debug)]
pub struct Input {
    /// Where it is; `-` is standard input.
    pub path: PathBuf,
    /// The input as the tables and messages name it.
    pub name: String,
    /// The name of its article in the tables, where it is one.
    pub id: String,
}

impl Input {
    fn new(path: PathBuf, id: String) -> Input {
        let name = if path.as_os_str() == "-" { STDIN.to_owned() } else { path.display().to_string() };
        Input { path, name, id }
    }

    /// True for standard input, which can be read once.
    pub fn is_stdin(&self) -> bool {
        self.path.as_os_str() == "-"
    }

    /// Its articles, as bytes with their places. An input that cannot be opened is one error.
    pub fn pieces(&self, options: &Options, dict: &Dict) -> Pieces {
        let reader = if self.is_stdin() { Ok(Reader::Stream(Box::new(io::stdin()))) } else { open(&self.path) };
        match reader {
            Ok(reader) => pieces(reader, &self.name, &self.id, options, dict),
            Err(error) => {
                let one = Format::sniff(&[], &self.name).map_or(true, Format::is_one_article);
                let article = if one { self.id.clone() } else { String::new() };
                Pieces::failed(SourceError { article, ..SourceError::whole(&self.name, error.to_string()) })
            }
        }
    }
}

fn open(path: &Path) -> io::Result<Reader> {
    let file = fs::File::open(path)?;
    // a pipe that has a name cannot be read from any place
    Ok(if file.metadata()?.is_file() { Reader::File(Box::new(file)) } else { Reader::Stream(Box::new(file)) })
}

/// Which files of folders are read.
#[derive(Debug, Default)]
pub struct Patterns {
    /// All, where there is none.
    include: Vec<GlobMatcher>,
    exclude: Vec<GlobMatcher>,
}

impl Patterns {
    /// Reads patterns such as `*.html` or `2023/**`: one with a `/` is held against the path within the folder, any other
    /// against the file's name.
    pub fn new(options: &FromFolders) -> Result<Patterns, Failure> {
        let read = |patterns: &[String]| patterns.iter().map(|pattern| matcher(pattern)).collect::<Result<Vec<_>, Failure>>();
        Ok(Patterns { include: read(&options.include)?, exclude: read(&options.exclude)? })
    }

    fn takes(&self, within: &Path) -> bool {
        let any = |patterns: &[GlobMatcher]| patterns.iter().any(|pattern| pattern.is_match(within));
        (self.include.is_empty() || any(&self.include)) && !any(&self.exclude)
    }
}

fn matcher(pattern: &str) -> Result<GlobMatcher, Failure> {
    let within = if pattern.contains('/') { pattern.to_owned() } else { format!("**/{pattern}") };
    let glob = GlobBuilder::new(&within).literal_separator(true).build();
    glob.map(|glob| glob.compile_matcher())
        .map_err(|error| Failure::Message(format!("expected a pattern such as `*.html`, found `{pattern}`: {}", error.kind())))
}

/// The files of a command that reads once; says which it leaves out because this program wrote them.
pub fn chosen(inputs: &[PathBuf], from_folders: &FromFolders) -> Result<Listing, Failure> {
    let listing = Listing::new(inputs, &Patterns::new(from_folders)?, &mut Own::default());
    if let Some(note) = listing.note() {
        // if standard error is closed, nobody waits for it
        let _ = writeln!(anstream::stderr(), "{note}");
    }
    Ok(listing)
}

/// What the inputs of a command come to.
#[derive(Debug, Default)]
pub struct Listing {
    /// The files to read, in order.
    pub files: Vec<Input>,
    /// Folders that could not be looked into.
    pub errors: Vec<SourceError>,
    /// Files of folders that this program wrote: they are not read.
    pub own: Vec<PathBuf>,
}

impl Listing {
    /// The files of all inputs: folders are read recursively and in sorted order; hidden files in them, those that `patterns`
    /// leave out, and those that this program wrote are not read. A file that is named itself always is.
    pub fn new(inputs: &[PathBuf], patterns: &Patterns, own: &mut Own) -> Listing {
        let mut listing = Listing::default();
        let mut paths = Vec::new();
        for input in inputs {
            if !input.is_dir() {
                paths.push(input.clone());
                continue;
            }
            let mut inside = Vec::new();
            walk(input, &mut inside, &mut listing.errors);
            // files of one folder stand together
            let mut collection = (PathBuf::new(), false);
            for path in inside.into_iter().filter(|path| patterns.takes(path.strip_prefix(input).unwrap_or(path))) {
                let folder = path.parent().unwrap_or(input);
                if folder != collection.0 {
                    collection = (folder.to_owned(), own.is_collection(folder));
                }
                if collection.1 || own.is_own(&path) {
                    listing.own.push(path);
                } else {
                    paths.push(path);
                }
            }
        }
        let ids = ids(&paths);
        listing.files = paths.into_iter().zip(ids).map(|(path, id)| Input::new(path, id)).collect();
        listing
    }

    /// What is said of files that are not read because this program wrote them.
    pub fn note(&self) -> Option<String> {
        const NAMED: usize = 3;
        let (first, count) = (self.own.iter().take(NAMED).map(|path| path.display().to_string()).collect::<Vec<_>>().join(", "), self.own.len());
        let more = if count > NAMED { format!(" and {} more", count - NAMED) } else { String::new() };
        (count > 0).then(|| format!("note: not read, for this program wrote them: {first}{more}; a file that is named itself is read"))
    }
}

fn walk(folder: &Path, paths: &mut Vec<PathBuf>, errors: &mut Vec<SourceError>) {
    let entries = fs::read_dir(folder).and_then(|entries| entries.map(|entry| entry.map(|e| e.path())).collect::<io::Result<Vec<_>>>());
    let mut entries = match entries {
        Ok(entries) => entries,
        Err(error) => return errors.push(SourceError::whole(&folder.display().to_string(), error.to_string())),
    };
    entries.sort();
    for path in entries {
        let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        if hidden {
            continue;
        }
        // a link to a folder may lead back to where we are
        if path.is_dir() && !path.is_symlink() {
            walk(&path, paths, errors);
        } else if path.is_file() {
            paths.push(path);
        }
    }
}

/// One name a path: the file's name without its last ending, with as many of its folders as make it unique.
fn ids(paths: &[PathBuf]) -> Vec<String> {
    let mut ids: Vec<String> = paths.iter().map(|path| name_with(path, 0)).collect();
    let deepest = paths.iter().map(|path| path.components().count()).max().unwrap_or_default();
    for folders in 1..=deepest {
        let mut count: BTreeMap<String, usize> = BTreeMap::new();
        for id in &ids {
            *count.entry(id.clone()).or_default() += 1;
        }
        if count.values().all(|&n| n == 1) {
            return ids;
        }
        for (id, path) in ids.iter_mut().zip(paths) {
            if count.get(id).is_some_and(|&n| n > 1) {
                *id = name_with(path, folders);
            }
        }
    }
    // a.txt beside a.md, or the same file twice
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for id in &mut ids {
        let times = seen.entry(id.clone()).or_default();
        *times += 1;
        if *times > 1 {
            id.push_str(&format!("#{times}"));
        }
    }
    ids
}

fn name_with(path: &Path, folders: usize) -> String {
    if path.as_os_str() == "-" {
        return STDIN.to_owned();
    }
    // what is packed is called by what is inside: news.txt.gz is news
    let packed = path.extension().is_some_and(|ending| ["gz", "zst"].iter().any(|known| ending.eq_ignore_ascii_case(known)));
    let inner = if packed { Path::new(path.file_stem().unwrap_or_default()) } else { path };
    let stem = inner.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let mut parts: Vec<String> = path.iter().rev().skip(1).take(folders).map(|part| part.to_string_lossy().into_owned()).filter(|part| part != "/").collect();
    parts.reverse();
    parts.push(stem);
    parts.join("/")
}

/// The `.tsv` files of a dictionary folder in sorted order: their names relative to it, and where they are.
pub fn tables(folder: &Path) -> Result<Vec<(String, PathBuf)>, Failure> {
    if !folder.is_dir() {
        return Err(Failure::Message(format!("{}: expected a folder of dictionary files", folder.display())));
    }
    let (mut paths, mut errors) = (Vec::new(), Vec::new());
    walk(folder, &mut paths, &mut errors);
    if let Some(error) = errors.into_iter().next() {
        return Err(Failure::Message(error.to_string()));
    }
    let tables = paths.into_iter().filter(|path| path.extension().is_some_and(|ending| ending == "tsv"));
    let name = |path: &Path| path.strip_prefix(folder).unwrap_or(path).iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/");
    Ok(tables.map(|path| (name(&path), path)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_unique() {
        let of = |paths: &[&str]| ids(&paths.iter().map(PathBuf::from).collect::<Vec<_>>());
        assert_eq!(of(&["x/a.txt", "x/b.c.txt"]), ["a", "b.c"]);
        assert_eq!(of(&["x/a.txt", "y/a.txt", "y/b.txt"]), ["x/a", "y/a", "b"]);
        assert_eq!(of(&["/1/x/a.txt", "/2/x/a.txt"]), ["1/x/a", "2/x/a"]);
        assert_eq!(of(&["a.txt", "a.md", "-"]), ["a", "a#2", "stdin"]);
        assert_eq!(of(&["x/a.b.html.gz", "x/c.zst"]), ["a.b", "c"]);
    }
}
