//! Any text from bytes to rows.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| shuliang_fuzz::input(shuliang_fuzz::text(bytes).as_bytes(), "a.txt"));
