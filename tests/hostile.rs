//! Bad inputs by name, each with what must come of it: a clear error, or an article all the same. None may panic.
//!
//! To add one: a line in a table below, its name, its file name, its bytes, and what is expected of its articles in order.

use std::io::{Cursor, Write};
use std::sync::Arc;

use parquet::data_type::{ByteArray, ByteArrayType};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;
use shuliang::Dict;
use shuliang::source::{Options, Reader, article, pieces};

/// What comes of an input: an article, or an error that holds some words.
#[derive(Debug, Clone, Copy)]
enum Outcome {
    Read,
    Error(&'static str),
}
use Outcome::{Error, Read};

/// A bad input: its name here, its file name, its bytes, and what comes of it.
type Case = (&'static str, &'static str, Vec<u8>, &'static [Outcome]);

const SENTENCE: &str = "今年全市新开工工业项目77项，用地面积达到6.2平方公里。";

#[test]
fn other_kinds_of_files_are_named() {
    let with = |magic: &[u8]| [magic, &[7_u8; 600]].concat();
    check(vec![
        ("a picture called text", "a.txt", with(b"\x89PNG\r\n\x1a\n"), &[Error("a PNG picture")]),
        ("a photograph called a page", "a.html", with(b"\xff\xd8\xff\xe0"), &[Error("a JPEG picture")]),
        ("a picture called a Word file", "a.docx", with(b"GIF89a"), &[Error("a GIF picture")]),
        ("an old Word file", "a.doc", with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), &[Error("before 2007, or an encrypted one")]),
        ("an encrypted Word file", "a.docx", with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), &[Error("before 2007, or an encrypted one")]),
        ("rich text", "a.rtf", with(b"{\\rtf1\\ansi "), &[Error("a Rich Text file")]),
        ("an archive", "a.rar", with(b"Rar!\x1a\x07\x01"), &[Error("a RAR archive")]),
        ("a database called a table", "a.csv", with(b"SQLite format 3\0"), &[Error("an SQLite database")]),
        ("a program called Markdown", "a.md", with(b"\x7fELF\x02\x01"), &[Error("a program")]),
        ("random bytes", "a.txt", random(4096), &[Error("expected text")]),
        ("zeros", "a.txt", vec![0; 4096], &[Error("expected text")]),
    ]);
}

#[test]
fn little_or_nothing_is_read() {
    check(vec![
        ("an empty text", "a.txt", Vec::new(), &[Read]),
        ("an empty page", "a.html", Vec::new(), &[Read]),
        ("an empty Markdown file", "a.md", Vec::new(), &[Read]),
        ("an empty list of articles", "a.jsonl", Vec::new(), &[]),
        ("a byte order mark alone", "a.txt", b"\xef\xbb\xbf".to_vec(), &[Read]),
        ("an empty table", "a.csv", Vec::new(), &[Error("names of the columns, found nothing")]),
        ("a table of a head", "a.csv", b"text,id\n".to_vec(), &[]),
        ("an empty Word file", "a.docx", Vec::new(), &[Error("expected a Word document, found nothing")]),
        ("an empty PDF file", "a.pdf", Vec::new(), &[Error("expected a PDF file, found nothing")]),
        ("an empty Parquet file", "a.parquet", Vec::new(), &[Error("expected a Parquet file")]),
    ]);
}

#[test]
fn pages_are_read_within_bounds() {
    let page = |body: &str| format!("<html><body>{body}</body></html>").into_bytes();
    let fonts: String = (0..400).map(|i| format!("<font a={i}>")).collect();
    check(vec![
        ("200,000 elements in each other", "a.html", page(&"<div>".repeat(200_000)), &[Error("at most 512 deep")]),
        ("200,000 tables in each other", "a.html", page(&"<table><tr><td>".repeat(200_000)), &[Error("at most 512 deep")]),
        ("elements that are never closed", "a.html", page(&format!("<p>{fonts}{}", "<p>x".repeat(100_000))), &[Error("elements and texts")]),
        ("a page of scripts", "a.html", page("<script>document.write('100万元')</script>"), &[Read]),
        ("a page that breaks off", "a.html", format!("<html><body><p>{SENTENCE}<p class=\"a").into_bytes(), &[Read]),
        ("a page called text", "a.txt", page(&format!("<p>{SENTENCE}</p>")), &[Read]),
        ("a page called PDF", "a.pdf", page(&format!("<p>{SENTENCE}</p>")), &[Read]),
        ("a page that lies about its encoding", "a.html", page(&format!("<meta charset=big5><p>{SENTENCE}</p>")), &[Read]),
        ("a cell as wide as the sea", "a.html", page(&format!("<table><tr>{}</table>", "<td colspan=99999999 rowspan=99999999>甲".repeat(300))), &[Read]),
        ("quotations in each other", "a.md", ">".repeat(20_000).into_bytes(), &[Error("at most 512 deep")]),
        ("brackets without end", "a.md", "[".repeat(50_000).into_bytes(), &[Read]),
        ("lists in each other", "a.md", (0..2000).map(|i| format!("{}- 甲\n", "  ".repeat(i))).collect::<String>().into_bytes(), &[Error("at most 512 deep")]),
    ]);
}

#[test]
fn archives_are_opened_within_bounds() {
    let document = |xml: &str| zip(&[("word/document.xml", xml.as_bytes())]);
    let whole = document(&format!("<w:p><w:r><w:t>{SENTENCE}</w:t></w:r></w:p>"));
    let laughs: String = (1..9).map(|i| format!("<!ENTITY l{i} \"{}\">", format!("&l{};", i - 1).repeat(10))).collect();
    check(vec![
        ("a Word file that breaks off", "a.docx", whole[..whole.len() * 2 / 3].to_vec(), &[Error("a broken archive")]),
        ("a Word file called text", "a.txt", whole, &[Read]),
        ("a bomb in a Word file", "a.docx", document(&" ".repeat(16 << 20)), &[Error("out of each packed one")]),
        (
            "a bomb beside the text",
            "a.docx",
            zip(&[("word/document.xml", b"<a/>"), ("word/media/a.png", &vec![0; 16 << 20])]),
            &[Error("out of each packed one")],
        ),
        ("a thousand million laughs", "a.docx", document(&format!("<!DOCTYPE a [{laughs}]><a>&l8;</a>")), &[Error("no document type")]),
        ("an entity from elsewhere", "a.docx", document("<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>"), &[Error("no document type")]),
        ("XML in each other", "a.docx", document(&"<w:p>".repeat(5000)), &[Error("at most 256 deep")]),
        ("XML that breaks off", "a.docx", document("<w:p><w:r><w:t>甲"), &[Error("breaks off")]),
        ("a zip archive without a text", "a.docx", zip(&[("a.txt", b"a")]), &[Error("without word/document.xml")]),
        ("an Excel file", "a.xlsx", zip(&[("xl/workbook.xml", b"<a/>")]), &[Error("an Excel file")]),
    ]);
}

#[test]
fn packed_inputs_are_opened_within_bounds() {
    let lines = format!("{{\"text\":\"{SENTENCE}\"}}\n").repeat(2);
    let packed = gzip(lines.as_bytes());
    let zst = zstd::encode_all(Cursor::new(&lines), 3).expect("memory");
    let mut crooked = zst.clone();
    if let Some(byte) = crooked.get_mut(4) {
        *byte ^= 0xff;
    }
    check(vec![
        ("a packed list that breaks off", "a.jsonl.gz", packed[..packed.len() - 12].to_vec(), &[Read, Error("cannot be unpacked")]),
        ("a bomb in a packed file", "a.txt.gz", gzip(&vec![b'0'; 24 << 20]), &[Error("out of each packed one")]),
        ("packed twice", "a.txt.gz.gz", gzip(&packed), &[Error("packed twice")]),
        ("a packed picture", "a.txt.gz", gzip(b"\x89PNG\r\n\x1a\n"), &[Error("a PNG picture")]),
        ("packed in another way than it says", "a.jsonl.gz", zst.clone(), &[Read, Read]),
        ("a crooked byte", "a.jsonl.zst", crooked, &[Error("cannot be unpacked")]),
        ("called packed, and is not", "a.txt.gz", SENTENCE.as_bytes().to_vec(), &[Read]),
    ]);
}

#[test]
fn rows_are_read_one_by_one() {
    let rows = [b"id,text\n1,".as_slice(), SENTENCE.as_bytes(), b"\n2\n3,", &random(300).iter().map(|b| b | 0x80).collect::<Vec<_>>(), b"\n4,a\n"].concat();
    check(vec![
        ("a table without the column", "a.csv", b"a,b\n1,2\n".to_vec(), &[Error("name it with --text-column")]),
        ("a quotation mark that is never closed", "a.csv", format!("text\n\"{}", "长".repeat(12 << 20)).into_bytes(), &[Error("never closed")]),
        ("rows with too little and rows of bytes", "a.csv", rows, &[Read, Error("expected 2 cells, found 1"), Error("expected text"), Read]),
        ("tabs called commas", "a.csv", format!("id\ttext\n1\t{SENTENCE}\n").into_bytes(), &[Read]),
        ("a JSON array", "a.jsonl", b"[{\"text\":\"a\"}]".to_vec(), &[Error("expected an object")]),
        ("brackets in JSON without end", "a.jsonl", "[".repeat(100_000).into_bytes(), &[Error("expected an object")]),
        ("half of a character", "a.jsonl", br#"{"text":"\ud800"}"#.to_vec(), &[Error("a.jsonl:1:")]),
        ("a line without a text", "a.jsonl", b"{\"id\":1}\n{\"text\":\"a\"}\n".to_vec(), &[Error("text"), Read]),
        ("a text that is a number", "a.jsonl", b"{\"text\":5}\n".to_vec(), &[Error("expected a string")]),
        (
            "a line beyond all measure",
            "a.jsonl",
            format!("{{\"text\":\"{}\"}}\n{{\"text\":\"a\"}}\n", "长".repeat(6 << 20)).into_bytes(),
            &[Error("--max-article"), Read],
        ),
    ]);
}

#[test]
fn parquet_files_are_read_as_far_as_they_go() {
    let whole = parquet_file("text");
    let mut crooked = whole.clone();
    crooked.iter_mut().skip(10).take(60).for_each(|byte| *byte ^= 0x5a);
    check(vec![
        ("a Parquet file", "a.parquet", whole.clone(), &[Read, Read]),
        ("a Parquet file cut short", "a.parquet", whole[..whole.len() - 20].to_vec(), &[Error("expected a Parquet file")]),
        ("a Parquet file of a few bytes", "a.parquet", b"PAR1".to_vec(), &[Error("expected a Parquet file")]),
        ("a Parquet file without the column", "a.parquet", parquet_file("b"), &[Error("name it with --text-column")]),
        ("a Parquet file of crooked bytes", "a.parquet", crooked, &[Error("cannot be read on")]),
        ("a Parquet file called text", "a.txt", whole, &[Read, Read]),
    ]);
}

#[test]
fn pdf_files_say_what_they_are() {
    check(vec![
        ("the first line of a PDF file", "a.pdf", b"%PDF-1.7\n".to_vec(), &[Error("expected a PDF file")]),
        ("a PDF file of random bytes", "a.pdf", [b"%PDF-1.7\n".as_slice(), &random(3000)].concat(), &[Error("expected a PDF file")]),
        ("a scan", "a.pdf", pdf("0 0 100 100 re f"), &[Error("a text layer, found none")]),
        ("a PDF file whose content is no drawing", "a.pdf", pdf("(((("), &[Error("PDF")]),
    ]);
}

fn check(cases: Vec<Case>) {
    let dict = Dict::builtin().expect("the dictionary");
    let options = Options::default();
    let mut wrong = Vec::new();
    for (name, file, bytes, expected) in cases {
        let found: Vec<Result<_, _>> =
            pieces(Reader::bytes(bytes), file, "a", &options, &dict).map(|piece| piece.and_then(|piece| article(piece, &options, &dict))).collect();
        let fits = |(outcome, found): (&Outcome, &Result<_, shuliang::source::SourceError>)| match (outcome, found) {
            (Read, Ok(_)) => true,
            (Error(words), Err(error)) => error.to_string().starts_with(file) && error.to_string().contains(words),
            _ => false,
        };
        if found.len() != expected.len() || !expected.iter().zip(&found).all(fits) {
            let found: Vec<String> = found.iter().map(|found| found.as_ref().map_or_else(ToString::to_string, |_| "read".to_owned())).collect();
            wrong.push(format!("{name}: expected {expected:?}, found {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Bytes without sense, the same in each run.
fn random(count: u32) -> Vec<u8> {
    (0..count).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect()
}

fn zip(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).expect("memory");
        writer.write_all(bytes).expect("memory");
    }
    writer.finish().expect("memory").into_inner()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).expect("memory");
    encoder.finish().expect("memory")
}

/// Two rows of a column.
fn parquet_file(column: &str) -> Vec<u8> {
    let schema = parse_message_type(&format!("message m {{ REQUIRED BYTE_ARRAY {column} (UTF8); }}")).expect("a schema");
    let mut file = Vec::new();
    let mut writer = SerializedFileWriter::new(&mut file, Arc::new(schema), Arc::default()).expect("a writer");
    let mut rows = writer.next_row_group().expect("a group");
    let mut cells = rows.next_column().expect("a column").expect("a column");
    let texts = [ByteArray::from(SENTENCE), ByteArray::from("建成5项。")];
    cells.typed::<ByteArrayType>().write_batch(&texts, None, None).expect("memory");
    cells.close().expect("a column");
    rows.close().expect("a group");
    writer.close().expect("a file");
    file
}

/// A PDF file of one page without fonts.
fn pdf(content: &str) -> Vec<u8> {
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents 4 0 R /Resources << >> >>".to_owned(),
        format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()),
    ];
    let mut file = "%PDF-1.4\n".to_owned();
    let mut places = Vec::new();
    for (at, object) in objects.iter().enumerate() {
        places.push(file.len());
        file.push_str(&format!("{} 0 obj\n{object}\nendobj\n", at + 1));
    }
    let table = file.len();
    file.push_str("xref\n0 5\n0000000000 65535 f \n");
    for place in places {
        file.push_str(&format!("{place:010} 00000 n \n"));
    }
    file.push_str(&format!("trailer\n<< /Size 5 /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n"));
    file.into_bytes()
}

/// Text without marks is cut all the same: rows quote their sentence, and a value reads its clause.
#[test]
fn no_sentence_or_clause_is_endless() {
    let dict = Dict::builtin().expect("the dictionary");
    for pattern in ["{}米", "{}年{}月", "甲{}乙", "产值{}亿元", "“产值{}亿元", "（{}亿元", "{}%至", "全市{}个", "、{}"] {
        let text: String = (1000..3000).map(|i| pattern.replace("{}", &i.to_string())).collect();
        let article = shuliang::source::plain::plain(text.into_bytes(), "a", "a", None, &dict).expect("an article");
        let reading = shuliang::read(&article, &dict);
        let longest = |spans: &mut dyn Iterator<Item = usize>| spans.max().unwrap_or_default();
        let sentence = longest(&mut reading.sentences.iter().map(|span| span.len()));
        let clause = longest(&mut reading.clauses.iter().map(|clause| clause.span.len()));
        assert!((1..=2700).contains(&sentence), "{pattern}: a sentence of {sentence} bytes");
        assert!((1..=1600).contains(&clause), "{pattern}: a clause of {clause} bytes");
    }
}
