//! Pages: the main text with its paragraphs, lists and tables; what stands around it is left out.
//!
//! The page is parsed within bounds (`parse`), what it says about itself is read (`meta`), the element that holds the
//! article is found (`main_text`), and its blocks become lines (`render`).

mod main_text;
mod meta;
mod parse;
mod render;

use super::decode::{Charset, Decoded, decode};
use super::published::moment_of;
use super::{Given, Options, Piece, SourceError, compose, published, too_long};
use crate::Article;
use crate::dict::Dict;
use crate::segment::{LineKind, lines};

/// The article of a piece that is a page.
pub(super) fn piece(mut piece: Piece, options: &Options, dict: &Dict) -> Result<Article, SourceError> {
    let bytes = piece.take();
    let Decoded { text, encoding, replaced } = decode(&bytes, options.wish(charset(&bytes))).map_err(|error| piece.error(error.to_string()))?;
    drop(bytes);
    let page = parse::parse(&text).map_err(|message| piece.error(message))?;
    drop(text);
    let about = meta::read(&page);
    // all that a reader sees: dates and sources stand beside the article, not in it
    let whole = render::text(&page.root());
    let title = about.title(&whole);
    let head = &whole[whole.find(title.as_str()).unwrap_or_default()..];
    let moment = about.published.as_deref().and_then(moment_of).or_else(|| {
        let folded = super::fold::fold(head, dict).text;
        published::find(&folded, &lines(&folded, &title, &dict.furniture), None, &dict.furniture)
    });
    let publisher = about.publisher.clone().or_else(|| meta::source_line(head, dict)).or_else(|| about.site.clone()).unwrap_or_default();
    let mut main = without_byline(&main_text::find(page, &whole, &dict.pages), &title, dict);
    if !title.is_empty() && !main.lines().take(3).any(|line| meta::same(line, &title)) {
        main.insert(0, '\n');
        main.insert_str(0, &title);
    }
    if main.len() > options.max_article {
        return Err(piece.error(too_long(options.max_article)));
    }
    let given = Given {
        id: piece.id,
        source: piece.source.to_string(),
        title: Some(title),
        published: moment.map(|moment| moment.date()),
        clock: moment.map(|moment| moment.time()),
        publisher,
        encoding,
        replaced,
    };
    Ok(compose(given, main, options.published, dict))
}

/// How many lines at the top may be a byline: dates, sources, counters.
const BYLINE: usize = 4;

/// A text without the lines of furniture between its title and its first paragraph, which are read for what they say.
fn without_byline(text: &str, title: &str, dict: &Dict) -> String {
    let folded = super::fold::fold(text, dict).text;
    let lines = lines(&folded, &super::fold::fold(title, dict).text, &dict.furniture);
    // folding keeps lines, and there are no empty ones
    if lines.len() != text.lines().count() {
        return text.to_owned();
    }
    let mut top = true;
    let kept = text.lines().zip(&lines).enumerate().filter(|(at, (_, line))| {
        top &= line.kind != LineKind::Body && *at < BYLINE;
        !top || line.kind != LineKind::Furniture
    });
    kept.map(|(_, (line, _))| line).collect::<Vec<_>>().join("\n")
}

/// All the text of a piece of HTML, nothing left out: what other formats are turned into.
pub(super) fn fragment(html: &str) -> Result<String, String> {
    Ok(render::text(&parse::parse(html)?.root()))
}

/// How far into a page its own word on its encoding may stand.
const CHARSET: usize = 4096;

/// The encoding that a page names: `<meta charset="gb2312">`.
fn charset(bytes: &[u8]) -> Option<Charset> {
    let head = String::from_utf8_lossy(bytes.get(..CHARSET).unwrap_or(bytes)).to_ascii_lowercase();
    let label = head.split("charset").skip(1).find_map(|rest| {
        let rest = rest.trim_start().strip_prefix('=')?.trim_start().trim_start_matches(['"', '\'']);
        let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))).unwrap_or(rest.len());
        (end > 0).then(|| rest[..end].to_owned())
    })?;
    label.parse().ok()
}
