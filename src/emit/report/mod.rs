//! The report: one page that holds articles, their facts and all that is needed to look at them, and fetches nothing.
//!
//! The page is `page.html`; its style and its script stand in files beside it, and the words that it speaks in `words.json`.
//! What comes from articles goes into one element that browsers read as data and never run, and reaches the page as text
//! only. The page's policy lets nothing run but the script whose hash it names.

mod guard;
mod sheet;

use std::collections::BTreeMap;

use serde::Serialize;

use crate::emit::{Header, Table};
use crate::source::SourceError;

pub use sheet::Sheet;

const PAGE: &str = include_str!("page.html");
const STYLE: &str = include_str!("page.css");
const WORDS: &str = include_str!("words.json");
const SCRIPT: &str = concat!(
    include_str!("data.js"),
    include_str!("filters.js"),
    include_str!("table.js"),
    include_str!("text.js"),
    include_str!("series.js"),
    include_str!("chart.js"),
    include_str!("page.js"),
);

/// Articles with their facts, on their way to one page.
///
/// ```
/// use shuliang::emit::{Rows, report::{Report, Sheet}};
/// use shuliang::{Dict, read, source::plain::plain};
///
/// let dict = Dict::builtin().expect("a dictionary");
/// let article = plain("全县新开工项目12个。".as_bytes().to_vec(), "a.txt", "a", None, &dict).expect("UTF-8");
/// let page = Report { sheets: vec![Sheet::new(&Rows::new(&read(&article, &dict)))], ..Report::default() }.html();
/// assert!(page.starts_with("<!doctype html>") && page.contains("新开工项目"));
/// ```
#[derive(Debug, Default)]
pub struct Report {
    /// The articles, in order.
    pub sheets: Vec<Sheet>,
    /// What could not be read; the page says so.
    pub errors: Vec<SourceError>,
    /// The language that the page opens in; without one, that of the browser.
    pub language: Option<Header>,
}

/// What the script of the page reads.
#[derive(Serialize)]
struct Data<'a> {
    version: &'static str,
    language: Option<&'static str>,
    words: BTreeMap<String, [String; 2]>,
    columns: Vec<[&'static str; 2]>,
    errors: Vec<String>,
    articles: &'a [Sheet],
}

impl Report {
    /// The page. The same articles give the same bytes.
    pub fn html(&self) -> String {
        let data = Data {
            version: env!("CARGO_PKG_VERSION"),
            language: self.language.map(|language| match language {
                Header::Zh => "zh",
                _ => "en",
            }),
            words: serde_json::from_str(WORDS).unwrap_or_default(),
            columns: Table::Facts.columns().iter().map(|column| [column.en, column.zh]).collect(),
            errors: self.errors.iter().map(ToString::to_string).collect(),
            articles: &self.sheets,
        };
        // strings and numbers always have a form in JSON
        let data = serde_json::to_string(&data).unwrap_or_default();
        filled(
            PAGE,
            &[
                ("policy", &guard::policy(STYLE, SCRIPT)),
                ("title", &guard::text(&self.title())),
                ("style", STYLE),
                ("data", &guard::json(&data)),
                ("script", SCRIPT),
            ],
        )
    }

    fn title(&self) -> String {
        match self.sheets.as_slice() {
            [only] => only.title().to_owned(),
            all => format!("shuliang: {}", all.len()),
        }
    }
}

/// A template with its `{{names}}` filled. What is put in is never looked at for names again.
fn filled(template: &str, parts: &[(&str, &str)]) -> String {
    let mut page = String::with_capacity(template.len() + parts.iter().map(|(_, part)| part.len()).sum::<usize>());
    let mut rest = template;
    while let Some((before, (name, after))) = rest.split_once("{{").and_then(|(before, rest)| Some((before, rest.split_once("}}")?))) {
        page.push_str(before);
        page.push_str(parts.iter().find(|(known, _)| *known == name).map(|(_, part)| *part).unwrap_or_default());
        rest = after;
    }
    page.push_str(rest);
    page
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::emit::Rows;
    use crate::source::plain::plain;
    use crate::{Dict, read};

    fn page(text: &str) -> String {
        let dict = Dict::builtin().expect("a dictionary");
        let article = plain(text.as_bytes().to_vec(), "a<b>.txt", "a\"><script>alert(1)</script>", None, &dict).expect("UTF-8");
        Report { sheets: vec![Sheet::new(&Rows::new(&read(&article, &dict)))], ..Report::default() }.html()
    }

    #[test]
    fn what_an_article_says_stays_data() {
        let hostile = "</script><script>alert(1)</script><!--<script>\"><img src=x onerror=alert(2)>{{script}}\u{2028}今年全县新开工项目12个。";
        let page = page(hostile);
        assert_eq!(page.matches("<script").count(), PAGE.matches("<script").count());
        assert_eq!(page.matches("</script").count(), PAGE.matches("</script").count());
        assert!(!page.contains("<img") && !page.contains("<!--") && !page.contains('\u{2028}'));
        let data = page.split_once("id=\"data\">").and_then(|(_, rest)| rest.split_once("</script>")).expect("the data").0;
        let data: serde_json::Value = serde_json::from_str(data).expect("JSON");
        assert_eq!(data["articles"][0]["text"], hostile);
        assert_eq!(data["articles"][0]["facts"][0]["value"], "12");
    }

    #[test]
    fn the_page_is_whole_and_fetches_nothing() {
        let page = page("全县新开工项目12个。");
        assert!(!page.contains("{{"), "a place was not filled");
        for outside in ["http://", "https://", "src=", "url(", "@import", "fetch(", "innerHTML", "insertAdjacentHTML", "document.write", "eval("] {
            let found = page.replace("http://www.w3.org/2000/svg", "").contains(outside);
            assert!(!found, "{outside}");
        }
        assert!(page.contains("default-src 'none'"));
        assert_eq!(page, self::page("全县新开工项目12个。"));
    }

    #[test]
    fn every_word_is_there_in_both_languages() {
        let words: BTreeMap<String, [String; 2]> = serde_json::from_str(WORDS).expect("pairs of words");
        for (key, [zh, en]) in &words {
            assert_eq!(zh.is_empty(), en.is_empty(), "{key}");
            let places = |text: &str| text.split('{').skip(1).filter_map(|rest| rest.split('}').next()).map(str::to_owned).collect::<BTreeSet<_>>();
            assert_eq!(places(zh), places(en), "{key}");
        }
        let after = |text: &str, start: &str, end: char| -> Vec<String> {
            text.split(start).skip(1).filter_map(|rest| rest.split(end).next()).map(str::to_owned).collect()
        };
        let mut used = after(PAGE, "data-say=\"", '"');
        used.extend(after(PAGE, "data-hint=\"", '"'));
        used.extend(after(SCRIPT, " say(\"", '"'));
        used.extend(after(SCRIPT, "(say(\"", '"'));
        assert!(used.len() > 40);
        for key in used {
            assert!(words.contains_key(&key), "words.json has no {key}");
        }
    }

    #[test]
    fn templates_are_filled_once() {
        assert_eq!(filled("a{{x}}b{{y}}c{{z}}", &[("x", "{{y}}"), ("y", "2")]), "a{{y}}b2c");
        assert_eq!(filled("a{{x", &[("x", "1")]), "a{{x");
    }
}
