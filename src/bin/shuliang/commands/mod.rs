//! One file a command.

pub mod annotate;
pub mod dict;
pub mod diff;
pub mod explain;
pub mod extract;
pub mod quantity;
pub mod report;
pub mod score;
pub mod shell;
pub mod watch;
