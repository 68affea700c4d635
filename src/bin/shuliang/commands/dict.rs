//! `dict check`: what is wrong in the dictionary, which of its examples are not read as they say, and how much there is of it.

use std::io::{self, Write};
use std::process::ExitCode;

use jieba_rs::Jieba;
use shuliang::dict::{Collision, collisions};
use shuliang::{Dict, check_files};

use crate::args::DictCheck;
use crate::columns::aligned;
use crate::dictionary;
use crate::failure::Failure;
use crate::inputs;

/// Runs the command.
pub fn check(options: &DictCheck) -> Result<ExitCode, Failure> {
    let files = options.folder.as_deref().map(|folder| dictionary::files(inputs::tables(folder)?)).transpose()?.unwrap_or_default();
    let dict = Dict::with(&files).map_err(|errors| Failure::Dict(options.folder.clone(), errors))?;
    let wrong = if options.folder.is_some() { check_files(&dict, &files) } else { shuliang::check(&dict) };
    if !wrong.is_empty() {
        return Err(Failure::Dict(options.folder.clone(), wrong));
    }
    let mut rows: Vec<Vec<String>> = Vec::new();
    if options.folder.is_none() {
        rows.extend(Dict::files().iter().map(|(name, text)| vec![(*name).to_owned(), count(text).to_string()]));
    }
    rows.extend(files.iter().map(|file| vec![file.name.clone(), count(&file.text).to_string()]));
    let total: usize = Dict::files().iter().map(|(_, text)| count(text)).sum();
    let mut lines = aligned(&rows);
    lines.push(match &options.folder {
        None => format!("{} files, {total} rows, no errors", rows.len()),
        Some(folder) => format!("{}: {} files, no errors (together with {total} built-in rows)", folder.display(), rows.len()),
    });
    if !files.is_empty() {
        let jieba = Jieba::new();
        lines.extend(collisions(&dict, &files, |name| is_word(name, &jieba)).iter().map(Collision::to_string));
    }
    let mut out = io::stdout().lock();
    lines.iter().try_for_each(|line| writeln!(out, "{line}")).map_err(|error| Failure::Output("standard output".to_owned(), error))?;
    Ok(ExitCode::SUCCESS)
}

/// The rows of a file: its lines without comments, empty ones and the header.
fn count(text: &str) -> usize {
    text.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#')).count().saturating_sub(1)
}

/// True for a word that jieba knows and does not know as a name of a person, place, body or brand.
fn is_word(name: &str, jieba: &Jieba) -> bool {
    let names = ["nr", "ns", "nt", "nz"];
    matches!(jieba.tag(name, false).as_slice(), [only] if only.tag != "x" && !names.iter().any(|tag| only.tag.starts_with(tag)))
}
