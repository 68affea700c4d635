//! What a page says about itself: title, publication date, publisher. Read from JSON-LD and meta elements, then from the
//! page's own headings and scripts.

use dom_query::{Document, NodeRef};
use jiff::Timestamp;
use jiff::tz::Offset;
use serde_json::Value;

use super::render;
use crate::dict::Dict;

/// The names of meta elements that hold the title, best first; in small letters.
const TITLES: &[&str] = &["articletitle", "og:title", "twitter:title", "dc.title"];
/// The names of meta elements that hold the date of publication, best first.
const DATES: &[&str] = &[
    "pubdate",
    "article:published_time",
    "publishdate",
    "publish_date",
    "publishtime",
    "publish_time",
    "apub:time",
    "weibo:article:create_at",
    "weibo: article:create_at",
    "og:published_time",
    "og:release_date",
    "bytedance:published_time",
    "datepublished",
    "dc.date",
    "dcterms.created",
    "releasedate",
];
/// The names of meta elements that hold who published it first, best first.
const SOURCES: &[&str] = &["contentsource", "source", "mediaid"];
/// The names of meta elements that hold the name of the site, best first.
const SITES: &[&str] = &["og:site_name", "sitename", "application-name"];
/// How long a title may be, in characters.
const LONGEST: usize = 120;

/// What a page says about itself.
#[derive(Debug, Default)]
pub(super) struct About {
    /// Titles, best first: each may be the article's, with the site's name behind it or not.
    titles: Vec<String>,
    /// The headings of the first level.
    headings: Vec<String>,
    /// The date of publication, as written.
    pub published: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// The name of the site, which may have it from somebody else.
    pub site: Option<String>,
}

/// Reads what a page says about itself.
pub(super) fn read(page: &Document) -> About {
    let mut about = About::default();
    let mut metas: Vec<(String, String)> = Vec::new();
    let mut linked = Linked::default();
    let (mut title, mut account) = (None, None);
    for node in page.root().descendants_it() {
        let Some(name) = super::parse::name(&node) else { continue };
        match name.as_str() {
            "meta" => {
                let key = ["name", "property", "itemprop"].into_iter().find_map(|key| node.attr(key));
                if let (Some(key), Some(value)) = (key, node.attr("content")) {
                    metas.push((key.trim().to_ascii_lowercase(), one_line(&value)));
                }
            }
            "title" if title.is_none() => title = Some(one_line(&node.text())),
            "h1" if about.headings.len() < 3 => about.headings.push(one_line(&render::text(&node))),
            "script" => {
                let kind = node.attr("type").unwrap_or_default().to_ascii_lowercase();
                if kind.contains("ld+json") {
                    linked.read(&node.text());
                } else if about.published.is_none() {
                    about.published = seconds(&node.text());
                }
            }
            "time" if about.published.is_none() => about.published = node.attr("datetime").map(|at| one_line(&at)),
            _ if account.is_none() && node.id_attr().is_some_and(|id| &*id == "js_name") => account = Some(one_line(&node.text())),
            _ => {}
        }
    }
    let meta = |names: &[&str]| -> Vec<String> {
        let found = names.iter().filter_map(|name| metas.iter().find(|(key, value)| key == name && !value.is_empty()));
        found.map(|(_, value)| value.clone()).collect()
    };
    about.titles = linked.headline.into_iter().chain(meta(TITLES)).chain(title).filter(|title| !title.is_empty()).collect();
    let dates = meta(DATES).into_iter().chain(linked.published).map(|date| local(&date));
    about.published = dates.into_iter().find(|date| crate::source::published::moment_of(date).is_some()).or(about.published.map(|date| local(&date)));
    let short = |name: &String| !name.is_empty() && name.chars().count() <= 40;
    about.publisher = meta(SOURCES).into_iter().chain(account).find(short);
    about.site = linked.publisher.into_iter().chain(meta(SITES)).find(short);
    about
}

impl About {
    /// The title of the article: a heading that a title begins with, else the best title that stands in the page, else
    /// the best without the site's name. `whole` is what a reader sees of the page.
    pub fn title(&self, whole: &str) -> String {
        let heading = self.headings.iter().find(|heading| !heading.is_empty() && self.titles.iter().any(|title| same(title, heading)));
        let seen = |title: &str| whole.lines().find(|line| same(line, title)).map(|line| line.trim().to_owned());
        let shortened = || self.titles.iter().map(|title| without_site(title)).find_map(|title| seen(&title));
        let first = || self.titles.first().map(|title| without_site(title)).or_else(|| self.headings.iter().find(|heading| !heading.is_empty()).cloned());
        let title = heading.cloned().or_else(|| self.titles.iter().find_map(|title| seen(title))).or_else(shortened).or_else(first).unwrap_or_default();
        if title.chars().count() <= LONGEST { title } else { String::new() }
    }
}

/// True where two titles are the same but for blanks, or the first has the site's name behind it.
pub(super) fn same(line: &str, title: &str) -> bool {
    let squeezed = |text: &str| text.chars().filter(|c| !c.is_whitespace()).map(narrow).collect::<String>();
    let (line, title) = (squeezed(line), squeezed(title));
    line == title || line.strip_prefix(title.as_str()).is_some_and(|rest| title.chars().count() >= 6 && rest.starts_with(BEFORE_SITE))
}

/// Titles in the head of a page often have other marks than the page itself.
fn narrow(c: char) -> char {
    match c {
        '：' => ':',
        '，' => ',',
        '！' => '!',
        '？' => '?',
        '（' => '(',
        '）' => ')',
        _ => c,
    }
}

/// What stands between a title and the name of the site.
const BEFORE_SITE: &[char] = &['_', '-', '|', '–', '—', '｜', '丨'];

/// A title without the name of the site behind it: 全市新开工77项_某某网.
fn without_site(title: &str) -> String {
    let cut = title.char_indices().find(|(at, c)| BEFORE_SITE.contains(c) && title[..*at].trim().chars().count() >= 6);
    cut.map_or(title, |(at, _)| &title[..at]).trim().to_owned()
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A moment of world time by the clock of China; any other as it stands.
fn local(date: &str) -> String {
    let world = date.ends_with('Z') || date.ends_with("+00:00") || date.ends_with("+0000");
    let moment = date.trim().parse::<Timestamp>().ok().filter(|_| world);
    moment.map_or_else(|| date.to_owned(), |moment| Offset::constant(8).to_datetime(moment).to_string())
}

/// The day in a script of a page that writes its date there: `var ct = "1684203600"`, in seconds since 1970.
fn seconds(script: &str) -> Option<String> {
    let at = script.find("var ct")?;
    let rest = script[at + "var ct".len()..].trim_start().strip_prefix('=')?.trim_start().trim_start_matches(['"', '\'']);
    let digits = &rest[..rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len())];
    let moment = Timestamp::from_second(digits.parse().ok().filter(|_| digits.len() == 10)?).ok()?;
    Some(Offset::constant(8).to_datetime(moment).to_string())
}

/// What the JSON-LD of a page says.
#[derive(Debug, Default)]
struct Linked {
    headline: Option<String>,
    published: Option<String>,
    publisher: Option<String>,
}

impl Linked {
    fn read(&mut self, json: &str) {
        let Ok(value) = serde_json::from_str::<Value>(json) else { return };
        let all = match &value {
            Value::Array(all) => all.iter().collect(),
            Value::Object(map) => map.get("@graph").and_then(Value::as_array).map_or_else(|| vec![&value], |graph| graph.iter().collect()),
            _ => Vec::new(),
        };
        for thing in all {
            let text = |key: &str| thing.get(key).and_then(Value::as_str).map(one_line).filter(|text| !text.is_empty());
            // a site and a path of links have names too
            self.headline = self.headline.take().or_else(|| text("headline"));
            self.published = self.published.take().or_else(|| text("datePublished").or_else(|| text("pubDate")));
            let publisher = thing.get("publisher").and_then(|publisher| publisher.get("name").unwrap_or(publisher).as_str());
            self.publisher = self.publisher.take().or_else(|| publisher.map(one_line));
        }
    }
}

/// How many lines after the title the source may stand.
const SOURCE_LINES: usize = 6;

/// What a line under the title says of the source: 来源：江城日报.
pub(super) fn source_line(from_title: &str, dict: &Dict) -> Option<String> {
    from_title.lines().take(SOURCE_LINES).find_map(|line| {
        let (at, label) = dict.pages.sources.iter().filter_map(|label| Some((line.find(label.as_str())?, label))).min()?;
        let value = line[at + label.len()..].trim_start().strip_prefix(['：', ':'])?.trim_start();
        let end = value.find(|c: char| c.is_whitespace() || matches!(c, '|' | '｜' | '丨' | ')' | '）' | '】' | ']' | ';' | '；')).unwrap_or(value.len());
        let name = &value[..end];
        (!name.is_empty() && name.chars().count() <= 30).then(|| name.to_owned())
    })
}

/// The text of an element that a page names as its article's own, if there is one.
pub(super) fn named<'a>(page: &'a Document, names: &[String]) -> Option<NodeRef<'a>> {
    let is_named = |node: &NodeRef<'_>| {
        let id = node.id_attr().unwrap_or_default();
        let class = node.class().unwrap_or_default();
        names.iter().any(|name| id.eq_ignore_ascii_case(name) || class.split_whitespace().any(|class| class.eq_ignore_ascii_case(name)))
    };
    page.root().descendants_it().find(|node| node.is_element() && is_named(node))
}
