//! What a whole process costs that reads one article, against one that only makes jieba-rs ready and tags the same article.
//!
//! `cargo bench --bench startup [RUNS]` runs both in turn (20 times unless said) and prints the least time of the processor, the least time of
//! the clock and the most memory of each, with empty processes beside them. Needs a Unix system, which tells what a child has used.

#![allow(clippy::print_stdout, reason = "a bench prints")]

#[cfg(unix)]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    unix::main()
}

#[cfg(not(unix))]
fn main() {
    println!("only on Unix systems");
}

#[cfg(unix)]
mod unix {
    use std::fs;
    use std::hint::black_box;
    use std::process::{Command, Stdio};
    use std::time::{Duration, Instant};

    use jieba_rs::Jieba;
    use nix::sys::resource::{UsageWho, getrusage};

    const ARTICLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/articles/industry/article.txt");
    const PROGRAM: &str = env!("CARGO_BIN_EXE_shuliang");
    type Error = Box<dyn std::error::Error>;

    /// A process of this bench: what it does, and its name.
    const PARTS: [(&str, &str); 4] = [
        ("nothing", "an empty process"),
        ("program", "shuliang, facts of one article"),
        ("new", "jieba-rs, Jieba::new()"),
        ("tag", "jieba-rs, Jieba::new() and tag of the article"),
    ];

    pub fn main() -> Result<(), Error> {
        let arguments: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
        match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
            ["--measure", part] => measure(part),
            ["--part", "nothing"] => Ok(()),
            ["--part", "new"] => {
                black_box(Jieba::new());
                Ok(())
            }
            ["--part", "tag"] => {
                let text = fs::read_to_string(ARTICLE)?;
                black_box(Jieba::new().tag(&text, true).len());
                Ok(())
            }
            rest => report(rest.first().map_or(Ok(20), |runs| runs.parse())?),
        }
    }

    /// Runs one process and prints what it used: microseconds of the processor and of the clock, KiB. A process of its own does this,
    /// because the system tells the most memory of all children together.
    fn measure(part: &str) -> Result<(), Error> {
        let mut command = Command::new(PROGRAM);
        if part == "program" {
            command.args(["extract", ARTICLE]);
        } else {
            command = Command::new(std::env::current_exe()?);
            command.args(["--part", part]);
        }
        let begin = Instant::now();
        let status = command.stdout(Stdio::null()).stderr(Stdio::null()).status()?;
        let clock = begin.elapsed();
        if !status.success() {
            return Err(format!("{part}: {status}").into());
        }
        let used = getrusage(UsageWho::RUSAGE_CHILDREN)?;
        let micros = |time: nix::sys::time::TimeVal| time.tv_sec() * 1_000_000 + time.tv_usec();
        println!("{} {} {}", micros(used.user_time()) + micros(used.system_time()), clock.as_micros(), used.max_rss());
        Ok(())
    }

    fn report(runs: usize) -> Result<(), Error> {
        let mut best = [[u64::MAX, u64::MAX, 0]; PARTS.len()];
        for _ in 0..runs {
            for (best, (part, _)) in best.iter_mut().zip(PARTS) {
                let output = Command::new(std::env::current_exe()?).args(["--measure", part]).stderr(Stdio::inherit()).output()?;
                let line = String::from_utf8(output.stdout)?;
                let found: Vec<u64> = line.split_whitespace().map(str::parse).collect::<Result<_, _>>()?;
                let [cpu, clock, memory] = found.try_into().map_err(|_| format!("{part}: no figures"))?;
                *best = [best[0].min(cpu), best[1].min(clock), best[2].max(memory)];
            }
        }
        println!("{:<48} {:>12} {:>12} {:>10}", "one article, whole process", "processor", "clock", "memory");
        for ([cpu, clock, memory], (_, name)) in best.into_iter().zip(PARTS) {
            // an aligned column needs a string
            let time = |micros: u64| format!("{:.1?}", Duration::from_micros(micros));
            println!("{name:<48} {:>12} {:>12} {:>10}", time(cpu), time(clock), format!("{} MB", memory.div_ceil(1024)));
        }
        Ok(())
    }
}
