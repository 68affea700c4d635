//! Plain text: one file, one article.

use jiff::civil::Date;

use super::{Given, SourceError, article};
use crate::Article;
use crate::dict::Dict;

/// The article of a plain text file in UTF-8, with or without a byte order mark. `name` is the file as the caller names
/// it, `id` the article's name in the tables, `published` the day for an article that carries none.
pub fn plain(bytes: Vec<u8>, name: &str, id: &str, published: Option<Date>, dict: &Dict) -> Result<Article, SourceError> {
    let raw = decode(bytes).map_err(|message| SourceError { article: id.to_owned(), ..SourceError::whole(name, message) })?;
    Ok(article(Given { id: id.to_owned(), source: name.to_owned(), ..Given::default() }, raw, published, dict))
}

/// The most bytes that one article may have: places are counted in 32 bits.
pub(crate) const LONGEST: usize = u32::MAX as usize / 4;

fn decode(mut bytes: Vec<u8>) -> Result<String, String> {
    if bytes.len() > LONGEST {
        return Err(format!("longer than {LONGEST} bytes"));
    }
    if bytes.starts_with("\u{feff}".as_bytes()) {
        bytes.drain(..3);
    }
    String::from_utf8(bytes).map_err(|error| format!("not UTF-8: byte {}", error.utf8_error().valid_up_to()))
}

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
    fn other_bytes_are_an_error_with_their_place() {
        let error = read(b"ab\xff").expect_err("no UTF-8");
        assert_eq!(error.to_string(), "a/b.txt: not UTF-8: byte 2");
        assert_eq!(error.article, "b");
    }

    #[test]
    fn nothing_is_an_article_too() {
        assert_eq!(read(b"").map(|article| article.title), Ok(String::new()));
    }
}
