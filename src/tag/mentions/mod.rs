//! Mentions: every name of a place, firm, project or body, and every word that stands for one.

mod areas;
mod firms;
mod forms;
mod lists;
mod marks;
mod naming;
mod patterns;
mod projects;
mod quoted;
mod reference;
mod regions;
mod unlisted;

use std::collections::{BTreeMap, HashMap};

use crate::Span;
use crate::dict::{DivisionId, NameStart, Names};
use crate::tag::{Quantity, TimeRef};
use marks::Marks;
use regions::Listings;

pub use crate::dict::EntityKind;

/// Something that the article names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entity {
    /// What it is.
    pub kind: EntityKind,
    /// The longest form of its name in the article.
    pub name: String,
    /// GB/T 2260 code of a region, stock code of a listed company; else empty.
    pub code: String,
    /// `省/市/县` of a region, else empty.
    pub path: String,
}

/// The number of an entity in [`Mentions::entities`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntityId(pub u32);

/// A place where an entity is named or meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mention {
    /// The words.
    pub span: Span,
    /// What they stand for.
    pub entity: EntityId,
    /// True for a word that stands for a name: 全市, 该公司, 项目.
    pub anaphor: bool,
}

/// The names of an article.
#[derive(Debug, Clone, Default)]
pub struct Mentions {
    /// What is named, each once.
    pub entities: Vec<Entity>,
    /// Where, in order and disjoint.
    pub list: Vec<Mention>,
}

impl Mentions {
    /// The entity of an id.
    pub fn entity(&self, id: EntityId) -> Option<&Entity> {
        self.entities.get(id.0 as usize)
    }
}

/// A name found by one of the readers below, before it is known what else stands there.
#[derive(Debug, Clone)]
struct Draft {
    span: Span,
    kind: EntityKind,
    name: String,
    code: String,
    path: String,
    division: Option<DivisionId>,
    /// The words that name the thing itself: 泰兴市 in 江苏省泰兴市.
    last: Span,
    anaphor: bool,
}

impl Draft {
    fn new(text: &str, span: Span, kind: EntityKind) -> Draft {
        Draft { span, kind, name: text[span].to_owned(), code: String::new(), path: String::new(), division: None, last: span, anaphor: false }
    }
}

/// All mentions of `text`, in order and disjoint. `title` is the article's title (it tells what 全市 means even where it
/// is not part of `text`); quantities and times are never cut or covered by a name unless the name begins before them.
pub fn mentions(text: &str, title: &str, quantities: &[Quantity], times: &[TimeRef], names: &Names) -> Mentions {
    let barriers = barriers(quantities, times);
    let marks = Marks::new(text, names);
    let listings = Listings::new(text, names, &marks);
    let (places, about) = regions::places(text, title, names, &marks, &listings);
    let mut drafts = lists::listed(text, names, &marks, &places, &listings);
    drafts.extend(forms::formed(text, names, &marks, &places, &drafts, &barriers));
    drafts.extend(areas::villages(text, names, &marks, &places, &barriers));
    drafts.extend(places);
    drafts.extend(quoted::quoted(text, names, &marks, quantities));
    let books = quoted_titles(text, &marks);
    drafts.retain(|draft| !books.over(draft.span).any(|book| book.contains(draft.span)));
    let drafts = longest(drafts);
    // Short names open names of their own: 启明 after 吉林启明新材料有限公司, in 启明铝材制品项目.
    let shorts = reference::short_names(text, &drafts, names, &marks);
    // 海岚股份 is the firm that is named in full, 石柳高速公路 the road, 樊西经开区 the zone 以下简称樊西经开区; 市政府 stays what it is.
    let (other, mut all): (Vec<Draft>, Vec<Draft>) = shorts.into_iter().partition(|draft| draft.kind == EntityKind::Organisation);
    all.extend(drafts.into_iter().chain(other));
    let mut drafts = longest(all);
    let again = forms::formed_again(text, names, &marks, &drafts, &barriers);
    drafts.extend(again);
    let cut = |draft: &Draft, barrier: Span| barrier.start() < draft.span.start() || barrier.start() == draft.span.start() && !quoted::fills(text, draft.span);
    drafts.retain(|draft| !barriers.over(draft.span).any(|barrier| cut(draft, barrier)));
    let mut drafts = longest(drafts);
    projects::listed_projects(text, names, &marks, &mut drafts);
    let mut drafts = longest(drafts);
    naming::full_names(text, &about, names, &mut drafts);
    reference::anaphors(text, title, names, &marks, &about, &mut drafts);
    collect(longest(drafts))
}

fn barriers(quantities: &[Quantity], times: &[TimeRef]) -> Places {
    Places::new(quantities.iter().map(|quantity| quantity.span).chain(times.iter().map(|time| time.span)))
}

// 《青山县志》: a title of a law or book names nothing that the article is about.
fn quoted_titles(text: &str, marks: &Marks<'_>) -> Places {
    let opens = marks.of(NameStart::Title);
    Places::new(opens.filter_map(|at| text.get(at..)?.char_indices().take(100).find(|(_, c)| *c == '》').map(|(len, _)| Span::new(at, at + len))))
}

/// Spans in order of their starts, for questions about one place: a name is never longer than [`Places::REACH`].
#[derive(Debug)]
struct Places(Vec<Span>);

impl Places {
    const REACH: usize = 512;

    fn new(spans: impl IntoIterator<Item = Span>) -> Places {
        let mut spans: Vec<Span> = spans.into_iter().collect();
        spans.sort_unstable();
        Places(spans)
    }

    fn of(drafts: &[Draft]) -> Places {
        Places::new(drafts.iter().map(|draft| draft.span))
    }

    /// The spans that begin in `start..end`.
    fn within(&self, start: usize, end: usize) -> &[Span] {
        let from = self.0.partition_point(|span| span.start() < start);
        let to = self.0.partition_point(|span| span.start() < end);
        self.0.get(from..to).unwrap_or_default()
    }

    /// The spans that share a byte with `span`.
    fn over(&self, span: Span) -> impl Iterator<Item = Span> {
        self.within(span.start().saturating_sub(Places::REACH), span.end()).iter().copied().filter(move |other| other.overlaps(span))
    }

    fn cover(&self, span: Span) -> bool {
        self.over(span).next().is_some()
    }
}

// Of two names that share a character the longer one stands; of two alike the one found first.
fn longest(mut drafts: Vec<Draft>) -> Vec<Draft> {
    drafts.retain(|draft| !draft.span.is_empty());
    drafts.sort_by_key(|draft| draft.span.start());
    let spans: Vec<Span> = drafts.iter().map(|draft| draft.span).collect();
    if spans.iter().zip(spans.iter().skip(1)).all(|(one, next)| one.end() <= next.start()) {
        return drafts;
    }
    let mut order: Vec<&Span> = spans.iter().collect();
    order.sort_by_key(|span| (std::cmp::Reverse(span.len()), span.start()));
    let mut kept: BTreeMap<usize, usize> = BTreeMap::new();
    for span in order {
        let before = kept.range(..span.end()).next_back();
        if before.is_none_or(|(_, &end)| end <= span.start()) {
            kept.insert(span.start(), span.end());
        }
    }
    // of two alike the first
    drafts.retain(|draft| kept.get(&draft.span.start()) == Some(&draft.span.end()) && kept.remove(&draft.span.start()).is_some());
    drafts
}

fn collect(drafts: Vec<Draft>) -> Mentions {
    let mut mentions = Mentions::default();
    let mut ids: HashMap<(EntityKind, String), EntityId> = HashMap::new();
    for draft in drafts {
        let next = EntityId(mentions.entities.len() as u32);
        let entity = *ids.entry((draft.kind, draft.name.clone())).or_insert(next);
        if entity == next {
            mentions.entities.push(Entity { kind: draft.kind, name: draft.name, code: draft.code, path: draft.path });
        }
        mentions.list.push(Mention { span: draft.span, entity, anaphor: draft.anaphor });
    }
    mentions
}

#[cfg(test)]
mod tests;
