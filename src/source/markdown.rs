//! Markdown: its marks are left out, its headings, paragraphs, list items and rows of tables are lines. A link keeps its
//! words, code keeps its lines.
//!
//! A block at the top between `---` lines may name `title`, `date`, `source` and `author`.

use pulldown_cmark::{Options as Marks, Parser};

use super::decode::{Decoded, decode};
use super::published::moment_of;
use super::{Given, Options, Piece, SourceError, compose, html, too_long};
use crate::Article;
use crate::dict::Dict;

/// The article of a piece that is a Markdown file.
pub(super) fn piece(mut piece: Piece, options: &Options, dict: &Dict) -> Result<Article, SourceError> {
    let Decoded { text, encoding, replaced } = decode(piece.take(), options.wish(None)).map_err(|error| piece.error(error.to_string()))?;
    let (front, body) = front(&text);
    let mut page = String::with_capacity(body.len());
    pulldown_cmark::html::push_html(&mut page, Parser::new_ext(body, Marks::ENABLE_TABLES | Marks::ENABLE_STRIKETHROUGH | Marks::ENABLE_TASKLISTS));
    let raw = html::fragment(&page).map_err(|message| piece.error(message))?;
    if raw.len() > options.max_article {
        return Err(piece.error(too_long(options.max_article)));
    }
    let field = |name: &str| front.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned());
    let moment = field("date").as_deref().and_then(moment_of);
    let given = Given {
        id: piece.id,
        source: piece.source.to_string(),
        title: field("title"),
        published: moment.map(|moment| moment.date()),
        clock: moment.map(|moment| moment.time()),
        publisher: field("source").unwrap_or_default(),
        encoding,
        replaced,
    };
    Ok(compose(given, raw, options.published, dict))
}

/// The fields of the block at the top, and what follows it.
fn front(text: &str) -> (Vec<(&str, &str)>, &str) {
    let none = (Vec::new(), text);
    let Some(inside) = text.strip_prefix("---").filter(|rest| rest.trim_start_matches('\r').starts_with('\n')) else { return none };
    let Some(end) = inside.find("\n---") else { return none };
    let fields = inside[..end].lines().filter_map(|line| line.split_once(':'));
    let fields = fields.map(|(key, value)| (key.trim(), value.trim().trim_matches(['"', '\'']))).filter(|(_, value)| !value.is_empty()).collect();
    let after = &inside[end + "\n---".len()..];
    (fields, after.split_once('\n').map_or("", |(_, body)| body))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Reader, article, pieces};

    fn read(text: &str) -> Article {
        let (dict, options) = (Dict::builtin().expect("the dictionary"), Options::default());
        let mut all = pieces(Reader::bytes(text.into()), "a.md", "a", &options, &dict);
        article(all.next().expect("a piece").expect("bytes"), &options, &dict).expect("an article")
    }

    #[test]
    fn marks_are_no_text() {
        let article = read("# 全县**工业**\n\n新增[项目](http://a.b/1)`77`项，\n其中*3*项。\n\n- 甲\n- 乙\n\n| 指标 | 1月 |\n| --- | ---: |\n| 产值 | 5 |\n");
        assert_eq!(article.raw, "全县工业\n新增项目77项，其中3项。\n甲\n乙\n指标 | 1月\n产值 | 5");
        assert_eq!(article.title, "全县工业");
    }

    #[test]
    fn the_block_at_the_top_is_read() {
        let article = read("---\ntitle: \"某县新增77项\"\ndate: 2023-05-16\nsource: 江城日报\n---\n正文。\n");
        assert_eq!((article.raw.as_str(), article.title.as_str(), article.publisher.as_str()), ("正文。", "某县新增77项", "江城日报"));
        assert_eq!(article.published, Some(jiff::civil::date(2023, 5, 16)));
        assert_eq!(read("---\n甲").raw, "甲");
    }
}
