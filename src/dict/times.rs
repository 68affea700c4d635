//! Words of the calendar: holidays, seasons, relative days, day parts.

use super::table::Reader;

/// What the stage `times` knows about words.
#[derive(Debug)]
pub struct TimeWords {}

impl TimeWords {
    pub(super) fn read(reader: &mut Reader<'_>) -> TimeWords {
        let _ = reader;
        TimeWords {}
    }
}
