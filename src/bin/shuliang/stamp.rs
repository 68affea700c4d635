//! What tells that a file has changed without reading it.

use std::fs::Metadata;
use std::io;
use std::time::UNIX_EPOCH;

/// Size and time of change of a file, as far as they are known.
pub type Stamp = Option<(u64, Option<u128>)>;

/// The stamp of a file, from what the system says about it.
pub fn stamp(about: io::Result<Metadata>) -> Stamp {
    let about = about.ok()?;
    let changed = about.modified().ok().and_then(|at| at.duration_since(UNIX_EPOCH).ok());
    Some((about.len(), changed.map(|since| since.as_nanos())))
}
