//! Compressed inputs, `.gz` and `.zst`, unpacked as a stream and within bounds.

#[cfg(feature = "packed")]
use std::io::BufReader;
use std::io::{self, BufRead, Read};
#[cfg(feature = "packed")]
use std::sync::Arc;
#[cfg(feature = "packed")]
use std::sync::atomic::{AtomicU64, Ordering};

#[cfg(feature = "packed")]
/// How many bytes may come out of one that goes in.
const RATIO: u64 = 100;
#[cfg(feature = "packed")]
/// How many bytes may come out before the ratio counts: short texts of blanks pack well.
const FREE: u64 = 1 << 20;

/// A way to pack bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Packing {
    /// `.gz`, of one member or several.
    Gzip,
    /// `.zst`.
    Zstd,
}

impl Packing {
    /// The packing of an input that begins with `head`.
    pub fn sniff(head: &[u8]) -> Option<Packing> {
        match head {
            [0x1f, 0x8b, 8, ..] => Some(Packing::Gzip),
            [0x28, 0xb5, 0x2f, 0xfd, ..] => Some(Packing::Zstd),
            _ => None,
        }
    }

    /// The name of what is inside: `news.jsonl.gz` holds `news.jsonl`.
    pub fn inner(name: &str) -> &str {
        match name.rsplit_once('.') {
            Some((inner, ending)) if ["gz", "gzip", "zst", "zstd"].iter().any(|known| ending.eq_ignore_ascii_case(known)) => inner,
            _ => name,
        }
    }

    /// What is inside, as a stream.
    #[cfg(feature = "packed")]
    pub fn unpack(self, packed: Box<dyn BufRead + Send>) -> io::Result<Box<dyn Read + Send>> {
        let seen = Arc::new(AtomicU64::new(0));
        let packed = BufReader::new(Counted { inner: packed, seen: seen.clone() });
        let inner: Box<dyn Read + Send> = match self {
            Packing::Gzip => Box::new(flate2::bufread::MultiGzDecoder::new(packed)),
            Packing::Zstd => {
                let mut decoder = zstd::stream::read::Decoder::with_buffer(packed)?;
                decoder.window_log_max(LARGEST_WINDOW)?;
                Box::new(decoder)
            }
        };
        Ok(Box::new(Bounded { inner, seen, given: 0 }))
    }

    #[cfg(not(feature = "packed"))]
    pub fn unpack(self, _: Box<dyn BufRead + Send>) -> io::Result<Box<dyn Read + Send>> {
        Err(io::Error::other(super::without("packed")))
    }
}

/// How much a packer may look back, as a power of two: 32 MiB.
#[cfg(feature = "packed")]
const LARGEST_WINDOW: u32 = 25;

#[cfg(feature = "packed")]
/// Counts what is read.
struct Counted<R> {
    inner: R,
    seen: Arc<AtomicU64>,
}

#[cfg(feature = "packed")]
impl<R: Read> Read for Counted<R> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(to)?;
        self.seen.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

#[cfg(feature = "packed")]
/// Ends with an error where too much comes out of too little.
struct Bounded {
    inner: Box<dyn Read + Send>,
    seen: Arc<AtomicU64>,
    given: u64,
}

#[cfg(feature = "packed")]
impl Read for Bounded {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(to).map_err(|error| io::Error::new(error.kind(), format!("cannot be unpacked: {error}")))?;
        self.given += read as u64;
        let seen = self.seen.load(Ordering::Relaxed).max(1);
        if self.given > FREE && self.given / seen >= RATIO {
            return Err(io::Error::other(format!("expected at most {RATIO} bytes out of each packed one, found more")));
        }
        Ok(read)
    }
}

#[cfg(all(test, feature = "packed"))]
mod tests {
    use std::io::{Cursor, Write};

    use crate::dict::Dict;
    use crate::source::{Format, Options, Reader, pieces};

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        encoder.write_all(bytes).expect("memory");
        encoder.finish().expect("memory")
    }

    fn read(bytes: Vec<u8>, name: &str) -> Vec<Result<(Format, usize), String>> {
        let (dict, options) = (Dict::builtin().expect("the dictionary"), Options::default());
        let all = pieces(Reader::Stream(Box::new(Cursor::new(bytes))), name, "n", &options, &dict);
        all.map(|piece| piece.map(|piece| (piece.format, piece.size())).map_err(|error| error.to_string())).collect()
    }

    #[test]
    fn what_is_inside_decides() {
        let lines = "{\"text\":\"甲\"}\n{\"text\":\"乙\"}\n";
        assert_eq!(read(gzip(lines.as_bytes()), "n.jsonl.gz"), [Ok((Format::JsonLines, 14)), Ok((Format::JsonLines, 14))]);
        let packed = zstd::encode_all(Cursor::new("<html>甲"), 3).expect("memory");
        assert_eq!(read(packed, "n.bin"), [Ok((Format::Html, 9))]);
        let two = [gzip(b"a"), gzip(b"b")].concat();
        assert_eq!(read(two, "n.txt.gz"), [Ok((Format::Plain, 2))]);
    }

    #[test]
    fn what_breaks_off_keeps_its_first_lines() {
        let lines: String = (0..2000).map(|i| format!("{{\"text\":\"第{i}条\"}}\n")).collect();
        let mut packed = gzip(lines.as_bytes());
        packed.truncate(packed.len() / 2);
        let found = read(packed, "n.jsonl.gz");
        assert!(found.len() > 100 && found[..found.len() - 1].iter().all(Result::is_ok));
        assert!(found.last().is_some_and(|last| last.as_ref().is_err_and(|error| error.contains("cannot be unpacked"))), "{:?}", found.last());
    }

    #[test]
    fn too_much_out_of_too_little_is_refused() {
        let bomb = gzip(&vec![b'\n'; 64 << 20]);
        for name in ["n.txt.gz", "n.jsonl.gz"] {
            let found = read(bomb.clone(), name);
            assert_eq!(found.len(), 1);
            assert!(found[0].as_ref().is_err_and(|error| error.contains("out of each packed one")), "{found:?}");
        }
        let twice = read(gzip(&gzip(b"a")), "n.txt.gz.gz");
        assert!(twice[0].as_ref().is_err_and(|error| error.contains("packed twice")), "{twice:?}");
    }
}
