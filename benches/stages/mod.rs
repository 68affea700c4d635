//! The stages of `src/pipeline.rs` one by one over a block of articles. Each is a function that is never inlined, so that a
//! profiler and the counter of instructions see it by name. `whole` and the stages give the same tables; `pipeline.rs` checks it.

use std::hint::black_box;

use shuliang::dict::Dict;
use shuliang::emit::{Rows, Table, csv};
use shuliang::link::{self, Clause, Fact, Role};
use shuliang::segment::{self, Line};
use shuliang::tag::tables::Cell;
use shuliang::tag::{self, Mentions, Numeral, Quantity, Refusal, TimeRef};
use shuliang::{Article, Reading, Span, check, source};

/// A stage over a block of articles.
pub type Stage = fn(&mut [Work], &Dict);

/// The stages after `source`, in order.
pub const STAGES: [(&str, Stage); 13] = [
    ("lines", stage_lines),
    ("sentences", stage_sentences),
    ("body", stage_body),
    ("numerals", stage_numerals),
    ("times", stage_times),
    ("quantities", stage_quantities),
    ("tables", stage_tables),
    ("bounded", stage_bounded),
    ("mentions", stage_mentions),
    ("clauses", stage_clauses),
    ("facts", stage_facts),
    ("checks", stage_checks),
    ("emit", stage_emit),
];

/// An article with the layers that it has so far.
pub struct Work {
    article: Article,
    lines: Vec<Line>,
    sentences: Vec<Span>,
    body: String,
    numerals: Vec<Numeral>,
    refusals: Vec<Refusal>,
    times: Vec<TimeRef>,
    quantities: Vec<Quantity>,
    cells: Vec<Cell>,
    mentions: Mentions,
    clauses: Vec<Clause>,
    roles: Vec<Role>,
    facts: Vec<Fact>,
    bytes: usize,
}

/// The bytes of a `.jsonl` file to articles.
#[inline(never)]
pub fn stage_source(bytes: &[u8], dict: &Dict) -> Vec<Work> {
    let articles = source::jsonl::lines(bytes).filter_map(|(number, line)| source::jsonl::line(line, "bench.jsonl", number, None, dict).ok());
    articles.map(Work::new).collect()
}

/// The whole way in one go: how many bytes of tables come out.
pub fn whole(bytes: &[u8], dict: &Dict) -> usize {
    let articles = source::jsonl::lines(bytes).filter_map(|(number, line)| source::jsonl::line(line, "bench.jsonl", number, None, dict).ok());
    articles.map(|article| emit(&shuliang::read(&article, dict))).sum()
}

/// How many bytes of tables the stages made.
pub fn size(works: &[Work]) -> usize {
    works.iter().map(|work| work.bytes).sum()
}

impl Work {
    fn new(article: Article) -> Work {
        Work {
            article,
            lines: Vec::new(),
            sentences: Vec::new(),
            body: String::new(),
            numerals: Vec::new(),
            refusals: Vec::new(),
            times: Vec::new(),
            quantities: Vec::new(),
            cells: Vec::new(),
            mentions: Mentions::default(),
            clauses: Vec::new(),
            roles: Vec::new(),
            facts: Vec::new(),
            bytes: 0,
        }
    }

    fn layers<'a>(&'a self, dict: &'a Dict) -> link::Layers<'a> {
        link::Layers {
            text: &self.body,
            cues: &dict.cues,
            times: &self.times,
            mentions: &self.mentions.list,
            entities: &self.mentions.entities,
            units: &dict.units,
        }
    }
}

#[inline(never)]
fn stage_lines(works: &mut [Work], dict: &Dict) {
    works.iter_mut().for_each(|work| work.lines = segment::lines(&work.article.text, &work.article.title, &dict.furniture));
}

#[inline(never)]
fn stage_sentences(works: &mut [Work], _: &Dict) {
    works.iter_mut().for_each(|work| work.sentences = segment::sentences(&work.article.text));
}

#[inline(never)]
fn stage_body(works: &mut [Work], _: &Dict) {
    works.iter_mut().for_each(|work| work.body = segment::body(&work.article.text, &work.lines));
}

#[inline(never)]
fn stage_numerals(works: &mut [Work], dict: &Dict) {
    works.iter_mut().for_each(|work| (work.numerals, work.refusals) = tag::numerals(&work.body, &dict.units, &dict.vetoes));
}

#[inline(never)]
fn stage_times(works: &mut [Work], dict: &Dict) {
    works.iter_mut().for_each(|work| work.times = tag::times(&work.body, work.article.published_at(), &dict.times));
}

#[inline(never)]
fn stage_quantities(works: &mut [Work], dict: &Dict) {
    for work in works {
        let (quantities, refused) = tag::quantities(&work.body, &work.numerals, &work.times, &dict.units, &dict.cues);
        work.quantities = quantities;
        work.refusals.extend(refused);
    }
}

#[inline(never)]
fn stage_tables(works: &mut [Work], dict: &Dict) {
    for work in works {
        work.cells = tag::tables(&work.body, &work.lines, &work.numerals, &work.times, &dict.units, &dict.cues);
        work.quantities = tag::overlap::with_cells(std::mem::take(&mut work.quantities), &work.cells, &dict.units);
        work.refusals.sort_by_key(|refusal| refusal.span);
    }
}

#[inline(never)]
fn stage_bounded(works: &mut [Work], dict: &Dict) {
    works.iter_mut().for_each(|work| work.numerals = tag::bounded(&work.body, &work.numerals, &work.times, &work.quantities, &dict.units, &dict.cues));
}

#[inline(never)]
fn stage_mentions(works: &mut [Work], dict: &Dict) {
    works.iter_mut().for_each(|work| work.mentions = tag::mentions(&work.body, &work.article.title, &work.quantities, &work.times, &dict.names));
}

#[inline(never)]
fn stage_clauses(works: &mut [Work], dict: &Dict) {
    for work in works {
        work.clauses = link::clauses(&work.body, &work.lines, &work.quantities, &work.times, &work.mentions.list);
        work.roles = link::roles(work.layers(dict), &work.quantities, &work.clauses, &dict.units);
    }
}

#[inline(never)]
fn stage_facts(works: &mut [Work], dict: &Dict) {
    for work in works {
        let title_times = tag::times(&work.article.title, work.article.published_at(), &dict.times);
        let first = segment::first_body_sentence(&work.sentences, &work.lines);
        let source = link::Source {
            article: &work.article,
            layers: work.layers(dict),
            clauses: &work.clauses,
            sentences: &work.sentences,
            quantities: &work.quantities,
            roles: &work.roles,
            mentions: &work.mentions,
            cells: &work.cells,
            frame: link::frame(&work.body, &work.times, &title_times, first, work.article.published),
        };
        work.facts = link::facts(source);
    }
}

#[inline(never)]
fn stage_checks(works: &mut [Work], dict: &Dict) {
    for work in works {
        let (clauses, quantities, facts, mentions) = (&work.clauses, &work.quantities, &work.facts, &work.mentions);
        black_box(check::checks(check::Source { text: &work.body, clauses, quantities, facts, mentions, dict }));
    }
}

#[inline(never)]
fn stage_emit(works: &mut [Work], dict: &Dict) {
    for work in works {
        let reading = Reading {
            article: &work.article,
            dict,
            lines: std::mem::take(&mut work.lines),
            sentences: std::mem::take(&mut work.sentences),
            numerals: std::mem::take(&mut work.numerals),
            refusals: std::mem::take(&mut work.refusals),
            times: std::mem::take(&mut work.times),
            quantities: std::mem::take(&mut work.quantities),
            roles: std::mem::take(&mut work.roles),
            mentions: std::mem::take(&mut work.mentions),
            clauses: std::mem::take(&mut work.clauses),
            facts: std::mem::take(&mut work.facts),
            checks: Vec::new(),
        };
        work.bytes = emit(&reading);
    }
}

/// The tables that `extract --out` writes unless told otherwise; without `checks`, whose rows the caller numbers.
fn emit(reading: &Reading<'_>) -> usize {
    let rows = Rows::new(reading);
    let tables = Table::DEFAULT.into_iter().filter(|table| *table != Table::Checks);
    tables.map(|table| black_box(csv::rows(table, &rows, &[])).map_or(0, |lines| lines.len())).sum()
}
