//! How the time grows with the text: `time(2n) / time(n)` for texts that tempt a reader of numbers to start over.
//!
//! `cargo bench --bench linear [MEGABYTES]` prints one line a text with the ratios from 1 MB up to 16 MB (or MEGABYTES), for the
//! stages numerals, quantities and bounds together. Every ratio should stay below 2.3.

use std::hint::black_box;
use std::io::Write;
use std::time::{Duration, Instant};

use shuliang::{Dict, tag};

const MEGABYTE: usize = 1 << 20;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let dict = Dict::builtin().map_err(|errors| errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))?;
    let most: usize = std::env::args().filter_map(|word| word.parse().ok()).next().unwrap_or(16);
    let mut out = std::io::stdout().lock();
    for piece in ["9", "9,9,9,", "一一一", "每每每", "1×1×1×", "3至3至3至", "1比1比1比", "约3、4、5", "一万一万", "5 5 5 ", "3米-", "每1", "<>|1|2\n"]
    {
        let mut last = None;
        write!(out, "{:<12}", piece.escape_debug().to_string())?;
        let mut size = 1;
        while size <= most {
            let text = piece.repeat(size * MEGABYTE / piece.len());
            let seconds = time(&text, &dict);
            match last {
                Some(before) => write!(out, "  {:>2} MB {:.2} s ×{:.2}", size, seconds, ratio(seconds, before))?,
                None => write!(out, "  {size:>2} MB {seconds:.2} s")?,
            }
            out.flush()?;
            last = Some(seconds);
            size *= 2;
        }
        writeln!(out)?;
    }
    Ok(())
}

/// The shortest of five runs, in seconds of this thread.
fn time(text: &str, dict: &Dict) -> f64 {
    let begin = Instant::now();
    let once = || {
        let start = seconds(begin);
        let (numerals, _) = tag::numerals(text, &dict.units, &dict.vetoes);
        let (quantities, _) = tag::quantities(text, &numerals, &[], &dict.units, &dict.cues);
        black_box(tag::bounded(text, &numerals, &[], &quantities, &dict.units, &dict.cues));
        difference(seconds(begin), start)
    };
    (0..5).map(|_| once()).fold(f64::INFINITY, f64::min)
}

/// What this thread has worked so far, where the system tells; else the time since `begin`. Other programs on the machine
/// would spoil the ratios.
fn seconds(begin: Instant) -> f64 {
    let worked = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = worked.and_then(|text| text.split_whitespace().next()?.parse().ok());
    nanoseconds.map_or_else(|| begin.elapsed(), Duration::from_nanos).as_secs_f64()
}

#[allow(clippy::float_arithmetic, reason = "a difference of times")]
fn difference(after: f64, before: f64) -> f64 {
    after - before
}

#[allow(clippy::float_arithmetic, reason = "a ratio of times")]
fn ratio(after: f64, before: f64) -> f64 {
    after / before
}
