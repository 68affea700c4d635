//! Any bytes as a .docx: every second one as an archive, the others as what stands in one.
#![no_main]

use std::io::{Cursor, Write};

use libfuzzer_sys::fuzz_target;
use shuliang_fuzz::{document, input};
use zip::write::{SimpleFileOptions, ZipWriter};

fuzz_target!(|bytes: &[u8]| match bytes.split_first() {
    Some((first, rest)) if first % 4 != 0 => input(&archive(&document(rest)), "a.docx"),
    _ => input(bytes, "a.docx"),
});

/// An archive with a document in it.
fn archive(body: &str) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    archive.start_file("word/document.xml", options).expect("a file");
    let xml = format!("<?xml version=\"1.0\"?><w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>{body}</w:body></w:document>");
    archive.write_all(xml.as_bytes()).expect("bytes");
    archive.finish().expect("an archive").into_inner()
}
