//! Files that this program wrote, told from articles by their names and by what stands in them.
//!
//! Tables are often written into the folder of the articles. Read again, each row of them would be an article.

use super::annotate::{brat, label_studio};
use super::{Header, Table};

/// How many bytes of the beginning and of the end of a file [`is_own`] wants to see.
pub const SEEN: usize = 16 << 10;

/// True where a file of this name could have been written by this program, so that it is worth a look inside.
pub fn could_be_own(name: &str) -> bool {
    let (stem, ending) = parts(name);
    match ending.as_str() {
        "csv" | "tsv" | "parquet" => table(stem).is_some(),
        "jsonl" => table(stem).is_some(),
        "html" | "htm" => true,
        _ => matches!(name, "tables.xlsx" | "tables.sqlite" | "datapackage.json" | "tasks.json" | "annotation.conf" | "interface.xml"),
    }
}

/// True where a file is one that this program wrote: a table of any format and header, `datapackage.json`, a report, or a file
/// for an annotation tool. `head` and `tail` are its first and last [`SEEN`] bytes, or all where it has fewer.
///
/// ```
/// use shuliang::emit::own::is_own;
///
/// assert!(is_own("times.csv", "文章,起始位置,结束位置,原文,类型,起始时间,截止时间\n".as_bytes(), b""));
/// assert!(!is_own("times.csv", "标题,正文\n".as_bytes(), b""));
/// ```
pub fn is_own(name: &str, head: &[u8], tail: &[u8]) -> bool {
    let (stem, ending) = parts(name);
    let text = String::from_utf8_lossy(head);
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    match (table(stem), ending.as_str()) {
        (Some(table), "csv") => has_header(table, text, ','),
        (Some(table), "tsv") => has_header(table, text, '\t'),
        (Some(table), "jsonl") => is_row(table, text) || is_doccano(text),
        (Some(_), "parquet") => head.starts_with(b"PAR1") && contains(tail, b"shuliang"),
        (_, "html" | "htm") => text.contains("<meta name=\"generator\" content=\"shuliang\">"),
        _ => match name {
            "tables.xlsx" => head.starts_with(b"PK\x03\x04"),
            "tables.sqlite" => head.starts_with(b"SQLite format 3\0"),
            "datapackage.json" => text.contains("\"name\": \"shuliang\""),
            "tasks.json" => text.starts_with("[\n{\"data\":{\"article\":") || text == "[\n\n]\n",
            "annotation.conf" => begins(brat::CONFIGURATION, text),
            "interface.xml" => begins(label_studio::CONFIGURATION, text),
            _ => false,
        },
    }
}

/// True where a file means that its whole folder holds articles that were written for brat: copies of texts, which stand
/// somewhere else too.
pub fn is_collection(name: &str, head: &[u8]) -> bool {
    name == "annotation.conf" && begins(brat::CONFIGURATION, &String::from_utf8_lossy(head))
}

fn parts(name: &str) -> (&str, String) {
    name.rsplit_once('.').map_or((name, String::new()), |(stem, ending)| (stem, ending.to_ascii_lowercase()))
}

fn table(stem: &str) -> Option<Table> {
    Table::ALL.into_iter().chain([Table::Errors]).find(|table| table.name() == stem)
}

/// Whether the first line begins with the names of the table's first columns. Those behind may be others in another version.
fn has_header(table: Table, text: &str, separator: char) -> bool {
    let line = text.lines().next().unwrap_or_default();
    let found: Vec<&str> = line.split(separator).map(|cell| cell.trim_matches('"')).collect();
    names(table).any(|names| found.len() >= names.len() && found.iter().zip(&names).all(|(found, name)| found == name))
}

/// Whether the first line is an object that begins with the table's first columns.
fn is_row(table: Table, text: &str) -> bool {
    let line = text.lines().next().unwrap_or_default();
    names(table).any(|names| {
        let mut rest = line;
        names.iter().enumerate().all(|(at, name)| {
            let key = format!("\"{name}\":");
            let found =
                if at == 0 { rest.strip_prefix('{').filter(|rest| rest.starts_with(&key)) } else { rest.find(&format!(",{key}")).map(|at| &rest[at + 1..]) };
            found.map(|found| rest = &found[key.len()..]).is_some()
        })
    })
}

/// How many columns of a table must be there, if it has so many: enough to tell it from a list of articles.
const FIRST: usize = 5;

/// The names of a table's first columns, in each language.
fn names(table: Table) -> impl Iterator<Item = Vec<String>> {
    let names = move |header| table.columns().iter().take(FIRST).map(|column| column.name(header)).collect();
    [Header::En, Header::Zh, Header::Both].into_iter().map(names)
}

fn is_doccano(text: &str) -> bool {
    text.starts_with("{\"article\":") && text.lines().next().is_some_and(|line| line.contains(",\"entities\":["))
}

/// Whether as much as was seen of a file is that of another.
fn begins(whole: &str, seen: &str) -> bool {
    !seen.is_empty() && whole.as_bytes().starts_with(seen.as_bytes())
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_known_by_their_columns() {
        for header in [Header::En, Header::Zh, Header::Both] {
            for table in Table::ALL.into_iter().chain([Table::Errors]) {
                let names: Vec<String> = table.columns().iter().map(|column| column.name(header)).collect();
                for (ending, separator) in [("csv", ","), ("tsv", "\t")] {
                    let head = format!("\u{feff}{}\r\n", names.join(separator));
                    let name = format!("{}.{ending}", table.name());
                    assert!(could_be_own(&name) && is_own(&name, head.as_bytes(), b""), "{name} {head}");
                }
                let row: Vec<String> = names.iter().map(|name| format!("\"{name}\":\"甲\"")).collect();
                let name = format!("{}.jsonl", table.name());
                assert!(is_own(&name, format!("{{{}}}\n", row.join(",")).as_bytes(), b""), "{name}");
            }
        }
    }

    #[test]
    fn tables_of_another_version_are_known() {
        let head = "文章,来源,标题,发布日期,字数,句数,数量数,实体数\n";
        assert!(is_own("articles.csv", head.as_bytes(), b""));
    }

    #[test]
    fn articles_of_the_same_names_are_read() {
        let others: &[(&str, &str)] = &[
            ("articles.csv", "编号,标题,正文\n"),
            ("articles.csv", "article\n"),
            ("articles.csv", "article,source,title,text\n"),
            ("articles.csv", "article,source,title,published,text\n"),
            ("articles.jsonl", "{\"id\":\"a\",\"text\":\"甲\"}\n"),
            ("facts.tsv", "article\ttext\tsubject\n"),
            ("a.csv", "article,start,end,text\n"),
            ("facts.html", "<html><head><meta name=\"generator\" content=\"甲\">"),
            ("tasks.json", "[{\"text\":\"甲\"}]"),
            ("annotation.conf", "[entities]\n"),
            ("annotation.conf", ""),
        ];
        for (name, head) in others {
            assert!(!is_own(name, head.as_bytes(), b""), "{name} {head}");
        }
        assert!(!could_be_own("a.txt") && !could_be_own("facts"));
    }
}
