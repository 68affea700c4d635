//! Any text as a dictionary file: read, or refused with file and line.
#![no_main]

use libfuzzer_sys::fuzz_target;
use shuliang::Dict;
use shuliang::dict::File;

fuzz_target!(|input: (u8, Vec<u8>)| {
    let (which, bytes) = input;
    let files = Dict::files();
    let (name, builtin) = files[usize::from(which) % files.len()];
    // the header that the file must have, so that its rows are reached
    let header = builtin.lines().find(|line| !line.starts_with('#')).unwrap_or_default();
    let body = shuliang_fuzz::text(&bytes);
    let text = if body.starts_with('!') { body } else { format!("{header}\n{body}") };
    match Dict::with(&[File { name: name.to_owned(), text }]) {
        Ok(_) => {}
        Err(errors) => errors.iter().for_each(|error| assert!(!error.to_string().is_empty() && error.file == name || error.line > 0, "{error}")),
    }
});
