//! Plain text: one file, one article.

use jiff::civil::Date;

use super::decode::{Decoded, Wish, decode};
use super::{Given, Options, Piece, SourceError, compose};
use crate::Article;
use crate::dict::Dict;

/// The article of a plain text file in any encoding that [`decode`] tells apart. `name` is the file as the caller names
/// it, `id` the article's name in the tables, `published` the day for an article that carries none.
pub fn plain(bytes: Vec<u8>, name: &str, id: &str, published: Option<Date>, dict: &Dict) -> Result<Article, SourceError> {
    let fail = |message: String| SourceError { article: id.to_owned(), ..SourceError::whole(name, message) };
    if bytes.len() > LONGEST {
        return Err(fail(format!("longer than {LONGEST} bytes")));
    }
    let Decoded { text, encoding, replaced } = decode(bytes, Wish::Any).map_err(|error| fail(error.to_string()))?;
    Ok(compose(Given { id: id.to_owned(), source: name.to_owned(), encoding, replaced, ..Given::default() }, text, published, dict))
}

/// The article of a piece that is one file.
pub(super) fn piece(mut piece: Piece, options: &Options, dict: &Dict) -> Result<Article, SourceError> {
    let Decoded { text, encoding, replaced } = decode(piece.take(), options.wish(None)).map_err(|error| piece.error(error.to_string()))?;
    Ok(compose(Given { id: piece.id, source: piece.source.to_string(), encoding, replaced, ..Given::default() }, text, options.published, dict))
}

/// The most bytes that one article may have: places are counted in 32 bits.
pub(crate) const LONGEST: usize = u32::MAX as usize / 4;

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &[u8]) -> Result<Article, SourceError> {
        plain(text.to_vec(), "a/b.txt", "b", None, &Dict::builtin().expect("the dictionary"))
    }

    #[test]
    fn a_byte_order_mark_is_no_text() {
        let article = read("\u{feff}建成3项。".as_bytes()).expect("an article");
        assert_eq!(article.raw, "建成3项。");
    }

    #[test]
    fn the_encoding_is_kept() {
        let article = read(b"\xbd\xa8\xb3\xc93\xcf\xee\xa1\xa3").expect("an article");
        assert_eq!((article.raw.as_str(), article.encoding, article.replaced), ("建成3项。", "GB18030", 0));
    }

    #[test]
    fn other_bytes_are_an_error_with_their_place() {
        let error = read(b"ab\xff").expect_err("no UTF-8");
        assert!(error.to_string().starts_with("a/b.txt: expected text in UTF-8"), "{error}");
        assert_eq!(error.article, "b");
    }

    #[test]
    fn nothing_is_an_article_too() {
        assert_eq!(read(b"").map(|article| article.title), Ok(String::new()));
    }
}
