//! UTF-16 turned into UTF-8 as a stream, for inputs that are cut at line breaks and commas: in UTF-16 the bytes of these
//! stand inside other characters too.

use std::io::{self, BufRead, Read};

use encoding_rs::{CoderResult, Decoder, Encoding, UTF_16BE, UTF_16LE};

/// The UTF-16 that an input is in, by its byte order mark, or by the zeros of its first characters.
pub(super) fn sniff(head: &[u8]) -> Option<&'static Encoding> {
    match head {
        [0xff, 0xfe, ..] => Some(UTF_16LE),
        [0xfe, 0xff, ..] => Some(UTF_16BE),
        [a, 0, b, 0, ..] if *a != 0 && *b != 0 => Some(UTF_16LE),
        [0, a, 0, b, ..] if *a != 0 && *b != 0 => Some(UTF_16BE),
        _ => None,
    }
}

/// A stream of UTF-8 out of one of UTF-16.
pub(super) struct Narrowed {
    inner: Box<dyn BufRead + Send>,
    decoder: Decoder,
    ready: Vec<u8>,
    at: usize,
    ended: bool,
}

impl Narrowed {
    /// Reads `inner` as `encoding`; a byte order mark is left out.
    pub fn new(inner: Box<dyn BufRead + Send>, encoding: &'static Encoding) -> Narrowed {
        Narrowed { inner, decoder: encoding.new_decoder_with_bom_removal(), ready: Vec::new(), at: 0, ended: false }
    }
}

impl Read for Narrowed {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        while self.at == self.ready.len() && !self.ended {
            let seen = self.inner.fill_buf()?;
            self.ended = seen.is_empty();
            self.ready.resize(seen.len() * 3 + 16, 0);
            let (result, used, written, _) = self.decoder.decode_to_utf8(seen, &mut self.ready, self.ended);
            debug_assert_eq!(result, CoderResult::InputEmpty);
            self.inner.consume(used);
            self.ready.truncate(written);
            self.at = 0;
        }
        let count = to.len().min(self.ready.len() - self.at);
        to[..count].copy_from_slice(&self.ready[self.at..self.at + count]);
        self.at += count;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use std::io::{BufReader, Cursor};

    use super::*;

    #[test]
    fn characters_across_reads_are_whole() {
        let text = "甲乙\u{20000}\n".repeat(500);
        for (encoding, bytes) in [
            (UTF_16LE, text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>()),
            (UTF_16BE, text.encode_utf16().flat_map(u16::to_be_bytes).collect()),
        ] {
            let inner = Box::new(BufReader::with_capacity(7, Cursor::new(bytes)));
            let mut found = String::new();
            Narrowed::new(inner, encoding).read_to_string(&mut found).expect("UTF-8");
            assert_eq!(found, text);
        }
    }

    #[test]
    fn marks_and_zeros_say_which() {
        assert_eq!(sniff(b"\xff\xfea\0"), Some(UTF_16LE));
        assert_eq!(sniff(b"\0a\0b"), Some(UTF_16BE));
        assert_eq!(sniff(b"ab"), None);
    }
}
