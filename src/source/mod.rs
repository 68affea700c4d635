//! Bytes into articles.

pub mod fold;
