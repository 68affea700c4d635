//! The whole way from an article to its facts: one `let` a layer, in order.

use crate::check::{self, Check};
use crate::dict::Dict;
use crate::link::discourse::Discourse;
use crate::link::when::Frame;
use crate::link::{self, Clause, Fact, Role};
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
    /// The clauses of its body.
    pub clauses: Vec<Clause>,
    /// The period that the title or the first sentence names: the time of facts that have none of their own.
    pub frame: Option<Frame>,
    /// The facts, in the order of their quantities.
    pub facts: Vec<Fact>,
    /// What the arithmetic of the article says of them.
    pub checks: Vec<Check>,
}

/// Reads an article.
pub fn read<'a>(article: &'a Article, dict: &'a Dict) -> Reading<'a> {
    layers(article, dict, &mut |_| {}, &mut |_, _| {})
}

/// Reads an article; `done` hears the name of each layer when it is made. The benches stop the time so.
pub fn read_by_layers<'a>(article: &'a Article, dict: &'a Dict, done: &mut dyn FnMut(&'static str)) -> Reading<'a> {
    layers(article, dict, done, &mut |_, _| {})
}

/// Reads an article; `watch` sees what is in force before each clause (subject, indicator, time, certainty …).
pub fn read_watched<'a>(article: &'a Article, dict: &'a Dict, watch: &mut dyn FnMut(&Clause, &Discourse)) -> Reading<'a> {
    layers(article, dict, &mut |_| {}, watch)
}

fn layers<'a>(article: &'a Article, dict: &'a Dict, done: &mut dyn FnMut(&'static str), watch: &mut dyn FnMut(&Clause, &Discourse)) -> Reading<'a> {
    let text = article.text.as_str();
    let lines = segment::lines(text, &article.title, &dict.furniture);
    done("lines");
    let sentences = segment::sentences(text);
    let body = segment::body(text, &lines, &article.copies);
    let body = body.as_str();
    done("sentences");
    let (numerals, mut refusals) = tag::numerals(body, &dict.units, &dict.vetoes);
    done("numerals");
    let times = tag::times(body, article.published_at(), &dict.times);
    done("times");
    let (quantities, refused) = tag::quantities(body, &numerals, &times, &dict.units, &dict.cues);
    done("quantities");
    let places = dict.cues.places(body);
    let tables = tag::tables(body, &lines, &numerals, &times, &dict.units, &dict.cues, &places);
    let quantities = tag::overlap::with_tables(quantities, &tables);
    done("tables");
    refusals.extend(refused);
    refusals.sort_by_key(|refusal| refusal.span);
    let numerals = tag::bounded(body, &numerals, &times, &quantities, &dict.units, &dict.cues);
    done("bounded");
    let mentions = tag::mentions(body, &article.title, &quantities, &times, &dict.names);
    done("mentions");
    let clauses = link::clauses(body, &lines, &quantities, &times, &mentions.list);
    done("clauses");
    let named = link::named(&mentions.list, &mentions.entities, &quantities);
    let layers = link::Layers {
        text: body,
        cues: &dict.cues,
        places: &places,
        times: &times,
        mentions: &mentions.list,
        entities: &mentions.entities,
        units: &dict.units,
        named: &named,
    };
    let roles = link::roles(layers, &quantities, &clauses, &dict.units);
    done("roles");
    let title_times = tag::times(&article.title, article.published_at(), &dict.times);
    let frame = link::frame(body, &times, &title_times, segment::first_body_sentence(&sentences, &lines), article.published);
    let source = link::Source {
        article,
        layers,
        clauses: &clauses,
        sentences: &sentences,
        quantities: &quantities,
        roles: &roles,
        mentions: &mentions,
        tables: &tables,
        frame,
    };
    let facts = link::facts(source, watch);
    done("facts");
    let checks = check::checks(check::Source { text: body, clauses: &clauses, quantities: &quantities, facts: &facts, mentions: &mentions, dict });
    done("checks");
    Reading { article, dict, lines, sentences, numerals, refusals, times, quantities, roles, mentions, clauses, frame, facts, checks }
}
