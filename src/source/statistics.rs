//! A `.csv` or `.tsv` that is itself a table of figures and holds no articles: `指标,2023年,增长%` and rows of numbers. It is read as
//! one article, whose lines are those that a table of a document gives.

use csv::{ReaderBuilder, StringRecord};

use super::decode::{Decoded, Wish, decode};
use super::grid::{self, GridCell, is_figure};
use super::pieces::Piece;
use super::records::{Places, separator, whole_lines};
use super::{Format, Given, Options, SourceError, compose};
use crate::Article;
use crate::dict::Dict;

/// How many rows tell what an input is.
const ROWS: usize = 20;

/// True for the first bytes of an input without a column of texts, most of whose rows are a name and figures. `narrowed` is true
/// where they were turned into UTF-8 before.
pub(super) fn is_table(head: &[u8], format: Format, narrowed: bool, options: &Options, dict: &Dict) -> bool {
    if options.columns != super::Columns::default() {
        return false;
    }
    let wish = if narrowed { Wish::Any } else { options.wish(None) };
    let Ok(Decoded { text, .. }) = decode(whole_lines(head), wish) else { return false };
    let rows: Vec<StringRecord> = records(&text, format).take(ROWS).collect();
    let Some((names, rows)) = rows.split_first() else { return false };
    let names: Vec<String> = names.iter().map(str::to_owned).collect();
    if Places::find(&names, &options.columns, &dict.columns).is_ok() {
        return false;
    }
    let named = |row: &StringRecord| row.iter().take(2).any(|cell| cell.chars().any(|c| matches!(c, '\u{4e00}'..='\u{9fff}')) && cell.chars().count() <= 40);
    let figures = rows.iter().filter(|row| named(row) && row.iter().skip(1).any(is_figure)).count();
    figures > 0 && figures * 2 >= rows.len()
}

fn records(text: &str, format: Format) -> impl Iterator<Item = StringRecord> {
    let delimiter = if format == Format::Tsv { b'\t' } else { separator(text.as_bytes()) };
    let reader = ReaderBuilder::new().flexible(true).delimiter(delimiter).has_headers(false).from_reader(text.as_bytes());
    reader.into_records().map_while(Result::ok)
}

/// The article that a table is.
pub(super) fn article(piece: &Piece, bytes: Vec<u8>, options: &Options, dict: &Dict) -> Result<Article, SourceError> {
    let wish = if piece.encoding.is_some() { Wish::Any } else { options.wish(None) };
    let Decoded { text, encoding, replaced } = decode(bytes, wish).map_err(|error| piece.error(error.to_string()))?;
    let rows = records(&text, piece.format).map(|row| row.iter().map(|cell| GridCell::plain(cell.split_whitespace().collect::<Vec<_>>().join(" "))).collect());
    let lines = grid::lines(rows.collect());
    let given = Given { id: piece.id.clone(), source: piece.source.to_string(), encoding: piece.encoding.unwrap_or(encoding), replaced, ..Given::default() };
    let mut article = compose(given, lines.join("\n"), options.published, dict);
    article.notes.insert(0, "a table of figures, read as one article".to_owned());
    Ok(article)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Columns, Reader, article, pieces};

    fn read(bytes: &[u8], name: &str, options: &Options) -> Vec<Result<String, String>> {
        let dict = Dict::builtin().expect("the dictionary");
        let all = pieces(Reader::bytes(bytes.to_vec()), name, "n", options, &dict);
        all.map(|piece| piece.and_then(|piece| article(piece, options, &dict)).map(|article| article.raw).map_err(|error| error.to_string())).collect()
    }

    #[test]
    fn figures_are_one_article() {
        let table = "青山县主要指标,,\n指标,2023年（亿元）,增长%\n税收收入,\"1,203\",-2.4\n出口,30,5.1\n";
        let lines = "青山县主要指标\n指标 | 2023年（亿元） | 增长%\n税收收入 | 1,203 | -2.4\n出口 | 30 | 5.1";
        assert_eq!(read(table.as_bytes(), "n.csv", &Options::default()), [Ok(lines.to_owned())]);
        let wide: Vec<u8> = "\u{feff}地区\t产值\n柳河镇\t12\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(read(&wide, "n.tsv", &Options::default()), [Ok("地区 | 产值\n柳河镇 | 12".to_owned())]);
    }

    #[test]
    fn texts_and_named_columns_are_rows() {
        let texts = read("序号,正文\n1,税收3亿元。\n".as_bytes(), "n.csv", &Options::default());
        assert_eq!(texts, [Ok("税收3亿元。".to_owned())]);
        let options = Options { columns: Columns { text: Some("甲".to_owned()), ..Columns::default() }, ..Options::default() };
        assert!(read("指标,值\n税收,3\n".as_bytes(), "n.csv", &options)[0].is_err());
        assert!(read(b"a,b\n1,2\n3,4\n", "n.csv", &Options::default())[0].is_err());
    }
}
