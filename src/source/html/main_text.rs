//! The part of a page that is the article.
//!
//! An element that publishing systems give to the article alone (`dict/pages.tsv`) is taken as it is; else the page is
//! weighed by how much text and how few links its parts hold (dom_smoothie). Lists of links inside are left out.

use dom_query::{Document, NodeRef};
use dom_smoothie::{Config, Readability};

use super::{meta, parse, render};
use crate::dict::Pages;

/// How many characters beside links an element named as the article must hold.
const LEAST: usize = 60;
/// How much of the page's prose must be in what is found, of a hundred.
const SHARE: usize = 30;

/// The text of the article, one block a line. `whole` is the text of the page.
pub(super) fn find(page: Document, whole: &str, pages: &Pages) -> String {
    prune(&page.root(), pages);
    let prose = prose(whole);
    if let Some(node) = meta::named(&page, &pages.containers) {
        let text = render::text(&node);
        if text.chars().count() >= LEAST && self::prose(&text) * 100 >= prose * SHARE {
            return text;
        }
    }
    let rest = render::text(&page.root());
    let weighed = weigh(page).filter(|text| self::prose(text) * 100 >= self::prose(&rest) * SHARE);
    weighed.unwrap_or(rest)
}

/// How many characters stand in lines that are sentences or rows of tables.
fn prose(text: &str) -> usize {
    text.lines().filter(|line| line.contains(['。', '；', '，']) || line.contains(" | ")).map(|line| line.chars().count()).sum()
}

fn weigh(page: Document) -> Option<String> {
    // the weighing joins the lines of some paragraphs
    let breaks: Vec<NodeRef<'_>> = page.root().descendants_it().filter(|node| node.has_name("br")).collect();
    for node in breaks {
        node.insert_before(&page.tree.new_text(render::LINE_BREAK.to_string()));
    }
    let config = Config { disable_json_ld: true, char_threshold: 200, ..Config::default() };
    let article = Readability::with_document(page, None, Some(config)).ok()?.parse().ok()?;
    let content = parse::parse(&article.content).ok()?;
    Some(render::text(&content.root()))
}

/// Takes out what stands beside an article: elements that say so by their kind or name, and lists of links.
fn prune(root: &NodeRef<'_>, pages: &Pages) {
    let around: Vec<NodeRef<'_>> = root.descendants_it().filter(|node| is_around(node, pages)).collect();
    for node in around {
        node.remove_from_parent();
    }
}

/// Elements that may be lists of links.
const LISTS: &[&str] = &["ul", "ol", "dl", "div", "section", "table", "p"];

fn is_around(node: &NodeRef<'_>, pages: &Pages) -> bool {
    let Some(name) = parse::name(node) else { return false };
    match name.as_str() {
        "nav" | "aside" | "footer" => return true,
        "html" | "body" | "main" | "article" => return false,
        _ => {}
    }
    let names = [node.id_attr(), node.class()].into_iter().flatten();
    let named = names.into_iter().any(|names| {
        let names = names.to_ascii_lowercase();
        names.split_whitespace().any(|name| pages.around.iter().any(|part| is_part(name, part)) && !pages.containers.iter().any(|own| own == name))
    });
    // a wrapper of the whole page may be called anything
    (named || LISTS.contains(&name.as_str())) && Weight::of(node).is_some_and(|weight| named && weight.prose < 200 || weight.is_links())
}

/// True where `part` is a word of a name: `side-nav` and `nav` hold `nav`, `navy` does not.
fn is_part(name: &str, part: &str) -> bool {
    name.match_indices(part).any(|(at, _)| {
        let letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic());
        !letter(name[..at].chars().next_back()) && !letter(name[at + part.len()..].chars().next().filter(|c| *c != 's'))
    })
}

/// How many nodes, and how many characters, something beside an article may have.
const HEAVIEST: usize = 3000;

/// How much text a small part of a page has, in characters.
#[derive(Debug, Default)]
struct Weight {
    text: usize,
    /// In texts that are sentences.
    prose: usize,
    /// In links.
    linked: usize,
    links: usize,
}

impl Weight {
    /// The weight of a part; none for one that is too large to stand beside an article.
    fn of(node: &NodeRef<'_>) -> Option<Weight> {
        let mut weight = Weight::default();
        for (at, inside) in node.descendants_it().enumerate() {
            if at > HEAVIEST || weight.text > HEAVIEST {
                return None;
            }
            let link = inside.has_name("a");
            if !link && !inside.is_text() {
                continue;
            }
            let words = inside.text();
            let count = words.chars().filter(|c| !c.is_whitespace()).count();
            if link {
                weight.links += 1;
                weight.linked += count;
            } else {
                weight.text += count;
                weight.prose += if words.contains(['。', '；', '，']) { count } else { 0 };
            }
        }
        Some(weight)
    }

    /// Three links or more with little beside them.
    fn is_links(&self) -> bool {
        self.links >= 3 && self.linked * 10 >= self.text * 6
    }
}
