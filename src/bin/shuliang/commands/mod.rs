//! One file a command.

pub mod extract;
