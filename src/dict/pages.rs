//! How inputs name their parts: elements of web pages, columns of tables and fields of objects.

use super::table::Reader;

/// The names that publishing systems give to parts of a page.
#[derive(Debug, Default)]
pub struct Pages {
    /// Names of elements that hold the article and nothing else, in small letters.
    pub containers: Vec<String>,
    /// Parts of names of elements that stand beside the article, in small letters.
    pub around: Vec<String>,
    /// Labels of the source: 来源.
    pub sources: Vec<String>,
}

impl Pages {
    pub(super) fn read(reader: &mut Reader<'_>) -> Pages {
        let mut pages = Pages::default();
        for row in reader.rows("pages.tsv", &["text", "kind"]) {
            let names = match row.cell(1) {
                "container" => &mut pages.containers,
                "around" => &mut pages.around,
                "source" => &mut pages.sources,
                other => {
                    reader.fail(&row, "container, around or source", &format!("`{other}`"));
                    continue;
                }
            };
            names.extend(row.names(0).map(str::to_ascii_lowercase));
        }
        pages
    }
}

/// The usual names of columns and fields, best first, in small letters.
#[derive(Debug, Default)]
pub struct ColumnNames {
    /// Of the text: text, 正文.
    pub text: Vec<String>,
    /// Of the article's name: id, 编号.
    pub id: Vec<String>,
    /// Of the day of publication: published, 发布日期.
    pub date: Vec<String>,
    /// Of the title: title, 标题.
    pub title: Vec<String>,
    /// Of where it came from: source, 来源.
    pub source: Vec<String>,
}

impl ColumnNames {
    pub(super) fn read(reader: &mut Reader<'_>) -> ColumnNames {
        let mut columns = ColumnNames::default();
        for row in reader.rows("columns.tsv", &["part", "names"]) {
            let names = match row.cell(0) {
                "text" => &mut columns.text,
                "id" => &mut columns.id,
                "date" => &mut columns.date,
                "title" => &mut columns.title,
                "source" => &mut columns.source,
                other => {
                    reader.fail(&row, "text, id, date, title or source", &format!("`{other}`"));
                    continue;
                }
            };
            names.extend(row.names(1).map(str::to_lowercase));
        }
        columns
    }
}
