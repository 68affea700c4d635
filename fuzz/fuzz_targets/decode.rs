//! Any bytes are text or an error; valid UTF-8 stays what it is.
#![no_main]

use libfuzzer_sys::fuzz_target;
use shuliang::source::decode::{Wish, decode};

const LABELS: [&str; 6] = ["gb18030", "big5", "utf-8", "utf-16le", "utf-16be", "shift_jis"];

fuzz_target!(|input: (u8, Vec<u8>)| {
    let (way, bytes) = input;
    let charset = LABELS[usize::from(way) % LABELS.len()].parse().expect("a label");
    let wish = match way / 64 {
        0 | 1 => Wish::Any,
        2 => Wish::Hint(charset),
        _ => Wish::Force(charset),
    };
    let decoded = decode(bytes.as_slice(), wish);
    if let (Wish::Any, Ok(decoded), Ok(text)) = (wish, &decoded, std::str::from_utf8(&bytes))
        && decoded.encoding == "UTF-8"
    {
        assert_eq!(decoded.text, text.strip_prefix('\u{feff}').unwrap_or(text));
    }
    if let Ok(decoded) = decoded {
        assert!(decoded.replaced <= decoded.text.matches('\u{fffd}').count());
    }
});
