//! Names: regions, zones, companies, organisations, and the endings by which names are recognised.

use super::table::Reader;

/// What the stage `mentions` knows about names.
#[derive(Debug)]
pub struct Names {}

impl Names {
    pub(super) fn read(reader: &mut Reader<'_>) -> Names {
        let _ = reader;
        Names {}
    }
}
