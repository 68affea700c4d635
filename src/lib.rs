//! Facts out of Chinese articles: who, what, how much, when, how certain.

mod article;
pub mod check;
pub mod decimal;
pub mod dict;
pub mod diff;
pub mod emit;
mod examples;
pub mod link;
mod pipeline;
pub mod score;
pub mod segment;
pub mod source;
pub mod span;
pub mod tag;

pub use article::Article;
pub use dict::Dict;
pub use examples::{check, check_files};
pub use pipeline::{Reading, read, read_by_layers, read_watched};
pub use span::Span;
