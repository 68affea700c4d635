//! The whole way from an article to its facts: one `let` a layer, in order.

use crate::dict::Dict;
use crate::link::{Fact, Role};
use crate::segment::{self, Line};
use crate::tag::{self, Mentions, Numeral, Quantity, Refusal, TimeRef};
use crate::{Article, Span};

/// An article with every layer that was read from it.
#[derive(Debug)]
pub struct Reading<'a> {
    /// The article.
    pub article: &'a Article,
    /// The dictionary it was read with.
    pub dict: &'a Dict,
    /// Its lines.
    pub lines: Vec<Line>,
    /// Its sentences.
    pub sentences: Vec<Span>,
    /// Every number.
    pub numerals: Vec<Numeral>,
    /// What looks like a number and is none.
    pub refusals: Vec<Refusal>,
    /// Every time expression.
    pub times: Vec<TimeRef>,
    /// Every quantity.
    pub quantities: Vec<Quantity>,
    /// What each quantity does, in the order of `quantities`.
    pub roles: Vec<Role>,
    /// Every name.
    pub mentions: Mentions,
    /// The facts, in the order of their quantities.
    pub facts: Vec<Fact>,
}

/// Reads an article.
pub fn read<'a>(article: &'a Article, dict: &'a Dict) -> Reading<'a> {
    let text = article.text.as_str();
    let lines = Vec::new();
    let sentences = segment::sentences(text);
    let (numerals, refusals) = tag::numerals(text, &dict.units, &dict.vetoes);
    let times = tag::times(text, article.published_at(), &dict.times);
    let quantities = tag::quantities(text, &numerals, &times, &dict.units, &dict.cues);
    let mentions = tag::mentions(text, &article.title, &quantities, &times, &dict.names);
    let roles = quantities.iter().map(|_| Role::Value).collect();
    let facts = Vec::new();
    Reading { article, dict, lines, sentences, numerals, refusals, times, quantities, roles, mentions, facts }
}
