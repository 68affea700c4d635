//! Lines.

use super::{Line, LineKind};
use crate::Span;
use crate::dict::Furniture;

/// All lines of `text` that hold something, blanks around them left out.
pub fn lines(text: &str, title: &str, furniture: &Furniture) -> Vec<Line> {
    let _ = (title, furniture);
    let mut lines = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive(['\n', '\r']) {
        let body = line.trim();
        if !body.is_empty() {
            let from = start + (line.len() - line.trim_start().len());
            lines.push(Line { span: Span::new(from, from + body.len()), kind: LineKind::Body });
        }
        start += line.len();
    }
    lines
}
