//! The whole way from bytes to tables, and each stage of it, against bare jieba-rs: same text, same run, one thread.
//!
//! `cargo bench --bench pipeline [MEGABYTES [PASSES]]` prints a line a stage: seconds, MB a second, share. The text (20 MB unless said) is
//! cut into blocks of about half a megabyte; each block is cut by jieba-rs, tagged by jieba-rs and read by the pipeline in turn, and for each the shortest of the
//! passes (5 unless said) counts. `--write FILE` only writes the text as JSON Lines, `--read` only reads it so many times (for profilers).

mod text;

use std::hint::black_box;
use std::io::Write;
use std::time::{Duration, Instant};

use jieba_rs::Jieba;
use shuliang::emit::{Rows, Table, csv};
use shuliang::{Article, Dict, Reading, source};

use text::Made;

const MEGABYTE: usize = 1 << 20;
const SEED: u64 = 20_191_220;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let dict = Dict::builtin().map_err(|errors| errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))?;
    let arguments: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    let mut numbers = arguments.iter().filter_map(|word| word.parse::<usize>().ok());
    let (megabytes, passes) = (numbers.next().unwrap_or(20), numbers.next().unwrap_or(5));
    let articles = text::articles(megabytes * MEGABYTE, SEED, &dict)?;
    if let Some(at) = arguments.iter().position(|word| word == "--write") {
        let file = arguments.get(at + 1).ok_or("--write needs the name of a file")?;
        return Ok(std::fs::write(file, text::jsonl(&articles))?);
    }
    let blocks = blocks(&articles);
    if arguments.iter().any(|word| word == "--read") {
        for (bytes, _) in (0..passes).flat_map(|_| &blocks) {
            articles_of(bytes, &dict).for_each(|article| emit(&shuliang::read(&article, &dict)));
        }
        return Ok(());
    }
    let jieba = Jieba::new();
    let mut best: Vec<Vec<Duration>> = Vec::new();
    for _ in 0..passes {
        for (at, block) in blocks.iter().enumerate() {
            let times = run(block, &dict, &jieba);
            match best.get_mut(at) {
                Some(best) => best.iter_mut().zip(&times).for_each(|(best, time)| *best = (*best).min(*time)),
                None => best.push(times),
            }
        }
    }
    let total = |i: usize| best.iter().filter_map(|times| times.get(i)).sum::<Duration>();
    report(articles.iter().map(|article| article.text.len()).sum(), total)
}

/// The articles in groups of about half a megabyte, each as bytes of JSON Lines beside its texts.
fn blocks(articles: &[Made]) -> Vec<(String, &[Made])> {
    let mut blocks = Vec::new();
    let mut rest = articles;
    while !rest.is_empty() {
        let mut size = 0;
        let count = rest
            .iter()
            .take_while(|article| {
                size += article.text.len();
                size < MEGABYTE / 2
            })
            .count()
            .max(1);
        let (block, after) = rest.split_at(count);
        blocks.push((text::jsonl(block), block));
        rest = after;
    }
    blocks
}

/// What is timed in turn over every block.
const WHOLE: [&str; 3] = ["jieba-rs cut(hmm)", "jieba-rs tag(hmm)", "whole pipeline, CSV"];
/// The stages of the pipeline: those of `shuliang::read` between `source` and `emit`.
const STAGES: [&str; 14] =
    ["source", "lines", "sentences", "numerals", "times", "quantities", "tables", "bounded", "mentions", "clauses", "roles", "facts", "checks", "emit"];

fn run((bytes, block): &(String, &[Made]), dict: &Dict, jieba: &Jieba) -> Vec<Duration> {
    let mut clock = Clock::new();
    for article in *block {
        black_box(jieba.cut(&article.text, true));
    }
    let mut times = vec![clock.lap()];
    for article in *block {
        black_box(jieba.tag(&article.text, true));
    }
    times.push(clock.lap());
    for article in articles_of(bytes, dict) {
        emit(&shuliang::read(&article, dict));
    }
    times.push(clock.lap());
    times.extend(stages(bytes, dict));
    times
}

/// The time of each of [`STAGES`].
fn stages(bytes: &str, dict: &Dict) -> Vec<Duration> {
    let mut times = vec![Duration::ZERO; STAGES.len()];
    let mut last = Instant::now();
    let mut add = |stage: &str| {
        let now = Instant::now();
        if let Some(time) = STAGES.iter().position(|name| *name == stage).and_then(|at| times.get_mut(at)) {
            *time += now - last;
        }
        last = Instant::now();
    };
    for article in articles_of(bytes, dict) {
        add("source");
        let reading = shuliang::read_by_layers(&article, dict, &mut add);
        emit(&reading);
        add("emit");
        drop(reading);
    }
    times
}

fn articles_of<'a>(bytes: &'a str, dict: &'a Dict) -> impl Iterator<Item = Article> + 'a {
    let lines = bytes.lines().enumerate();
    lines.filter_map(move |(at, line)| source::jsonl::line(line.as_bytes(), "bench.jsonl", at + 1, None, dict).ok())
}

/// The tables that `extract --out` writes unless told otherwise.
fn emit(reading: &Reading<'_>) {
    let rows = Rows::new(reading);
    for table in Table::DEFAULT {
        let _ = csv::rows(table, &rows, &[], &mut std::io::sink());
    }
}

/// The time of this thread alone, where the system tells; else the time of the clock. Other programs on the machine would
/// spoil the ratios.
struct Clock {
    begin: Instant,
    last: Duration,
}

impl Clock {
    fn new() -> Clock {
        let begin = Instant::now();
        Clock { begin, last: worked(begin) }
    }

    fn lap(&mut self) -> Duration {
        let now = worked(self.begin);
        now - std::mem::replace(&mut self.last, now)
    }
}

#[allow(clippy::float_arithmetic, reason = "times and ratios")]
fn report(bytes: usize, total: impl Fn(usize) -> Duration) -> Result<(), Box<dyn std::error::Error>> {
    let mut out = std::io::stdout().lock();
    let megabytes = bytes as f64 / MEGABYTE as f64;
    let seconds = |i: usize| total(i).as_secs_f64();
    let whole = seconds(2);
    writeln!(out, "{megabytes:.1} MB of text, one thread, shortest passes\n")?;
    for (i, name) in WHOLE.iter().enumerate() {
        writeln!(out, "{name:<22} {:>8.3} s {:>7.1} MB/s", seconds(i), megabytes / seconds(i))?;
    }
    writeln!(out, "\npipeline / tag(hmm)    {:>8.2} ×\npipeline / cut(hmm)    {:>8.2} ×\n", seconds(1) / whole, seconds(0) / whole)?;
    for (i, name) in STAGES.iter().enumerate() {
        let own = seconds(WHOLE.len() + i);
        writeln!(out, "{name:<22} {own:>8.3} s {:>7.1} MB/s {:>5.1} %", megabytes / own, 100.0 * own / whole)?;
    }
    Ok(())
}

fn worked(begin: Instant) -> Duration {
    let worked = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = worked.and_then(|text| text.split_whitespace().next()?.parse().ok());
    nanoseconds.map_or_else(|| begin.elapsed(), Duration::from_nanos)
}
