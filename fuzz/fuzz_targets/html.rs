//! Any bytes as a page: every second one as they are, the others as pieces of markup.
#![no_main]

use libfuzzer_sys::fuzz_target;
use shuliang_fuzz::{input, page};

fuzz_target!(|bytes: &[u8]| match bytes.split_first() {
    Some((first, rest)) if first % 2 == 0 => input(format!("<html>{}", page(rest)).as_bytes(), "a.html"),
    _ => input(bytes, "a.html"),
});
