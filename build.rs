//! Lists the dictionary files, so that a new file under `dict/` needs no line of code, and prepares the lists of names and
//! the dictionary of words, so that a run need not read them: the automaton that finds names, what each form stands for, and a tree of words.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::{env, fs, io};

use daachorse::CharwiseDoubleArrayAhoCorasick;

#[path = "src/dict/listing.rs"]
#[allow(dead_code, reason = "the program uses the rest")]
mod listing;
#[path = "src/dict/table.rs"]
#[allow(dead_code, reason = "the program uses the rest")]
mod table;
#[path = "build/words.rs"]
mod words;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo:rerun-if-changed=dict");
    println!("cargo:rerun-if-changed=src/dict/listing.rs");
    println!("cargo:rerun-if-changed=src/dict/table.rs");
    println!("cargo:rerun-if-changed=build/words.rs");
    println!("cargo:rerun-if-changed=Cargo.lock");
    let manifest = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let root = manifest.join("dict");
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    let mut files = Vec::new();
    collect(&root, &mut files)?;
    files.sort();
    let mut code = String::from("/// The dictionary files that are part of the program: name and text.\npub static FILES: &[(&str, &str)] = &[\n");
    let mut lists: Vec<(String, String)> = Vec::new();
    for file in &files {
        println!("cargo:rerun-if-changed={}", file.display());
        let name = file.strip_prefix(&root).unwrap_or(file).to_string_lossy().replace('\\', "/");
        code.push_str(&format!("    ({name:?}, include_str!({:?})),\n", file.display().to_string()));
        if listing::PLACES.contains(&name.as_str()) || listing::NAMED.iter().any(|(list, _)| *list == name) {
            lists.push((name, fs::read_to_string(file)?));
        }
    }
    code.push_str("];\n");
    fs::write(out.join("builtin.rs"), code)?;
    prepare(&lists, &out)?;
    words::prepare(&manifest, &out)
}

fn prepare(files: &[(String, String)], out: &Path) -> Result<(), Box<dyn std::error::Error>> {
    let mut edition = DefaultHasher::new();
    files.hash(&mut edition);
    println!("cargo:rustc-env=SHULIANG_LISTS={:016x}", edition.finish());
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let mut reader = table::Reader::new(&files, &[]);
    let lists = listing::Lists::read(&mut reader);
    let errors = reader.finish();
    if !errors.is_empty() {
        return Err(errors.iter().map(|error| format!("dict/{error}\n")).collect::<String>().into());
    }
    let patterns = lists.forms.keys().enumerate().map(|(i, form)| (&**form, i as u32));
    let automaton = CharwiseDoubleArrayAhoCorasick::<u32>::with_values(patterns).map_err(|error| error.to_string())?;
    fs::write(out.join("names.automaton"), automaton.serialize())?;
    let forms: Result<Vec<String>, _> = lists.forms.values().map(serde_json::to_string).collect();
    write_lines(out, "names", &forms?)?;
    let plain = |division: &listing::Division| if division.plain { "word" } else { "" };
    let divisions: Vec<String> = lists.divisions.iter().map(|d| format!("{}\t{}\t{}", d.code, d.name, plain(d))).collect();
    write_lines(out, "divisions", &divisions)?;
    let abbreviations: String = lists.abbreviations.iter().map(|(c, name)| format!("{c}\t{name}\n")).collect();
    fs::write(out.join("abbreviations.tsv"), abbreviations)?;
    Ok(())
}

/// Writes `NAME.lines`, and `NAME.ends` that says where each line ends, four bytes a line, so that a run can take one alone.
fn write_lines(out: &Path, name: &str, lines: &[String]) -> io::Result<()> {
    let ends = lines.iter().scan(0_u32, |end, line| {
        *end += line.len() as u32;
        Some(*end)
    });
    fs::write(out.join(format!("{name}.ends")), ends.flat_map(u32::to_le_bytes).collect::<Vec<u8>>())?;
    fs::write(out.join(format!("{name}.lines")), lines.concat())
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else if path.extension().is_some_and(|e| e == "tsv") {
            files.push(path);
        }
    }
    Ok(())
}
