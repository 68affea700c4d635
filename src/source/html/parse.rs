//! A page into a tree, within bounds: pages that nest without end, or make millions of nodes of a few bytes, are refused
//! while they are read.

use dom_query::{Document, NodeRef};
use html5ever::tendril::TendrilSink;
use html5ever::tokenizer::TokenizerOpts;
use html5ever::tree_builder::TreeBuilderOpts;
use html5ever::{ParseOpts, parse_document};

/// How deep elements may stand in each other.
pub(super) const DEEPEST: usize = 512;
/// How many nodes a page may have.
const MOST: usize = 1_000_000;
/// How many bytes are read between two looks at the tree. Unclosed elements can make hundreds of nodes of every tag.
const STEP: usize = 512;

/// The tree of a page, or what is wrong with it.
pub(super) fn parse(html: &str) -> Result<Document, String> {
    let tree_builder = TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() };
    let mut parser = parse_document(Document::default(), ParseOpts { tokenizer: TokenizerOpts::default(), tree_builder });
    let mut rest = html;
    while !rest.is_empty() {
        let end = (STEP.min(rest.len())..=rest.len()).find(|&at| rest.is_char_boundary(at)).unwrap_or(rest.len());
        let (now, later) = rest.split_at(end);
        parser.process(now.into());
        rest = later;
        let page = &parser.tokenizer.sink.sink;
        page.errors.borrow_mut().clear();
        bounded(page, open(page))?;
    }
    let page = parser.finish();
    bounded(&page, deepest(&page))?;
    Ok(page)
}

fn bounded(page: &Document, depth: usize) -> Result<(), String> {
    if depth > DEEPEST {
        return Err(format!("expected elements at most {DEEPEST} deep, found more"));
    }
    if page.tree.len() > MOST {
        return Err(format!("expected at most {MOST} elements and texts, found more"));
    }
    Ok(())
}

/// How deep the place stands that is being read: the last child of the last child.
fn open(page: &Document) -> usize {
    let mut node = page.root();
    let mut depth = 0;
    while let Some(last) = node.last_child() {
        node = last;
        depth += 1;
    }
    depth
}

/// How deep the deepest element stands. A loop, as deep trees would exhaust the stack.
fn deepest(page: &Document) -> usize {
    let (mut node, mut depth, mut deepest) = (page.root(), 0_usize, 0);
    loop {
        if let Some(child) = node.first_child() {
            depth += 1;
            deepest = deepest.max(depth);
            node = child;
            continue;
        }
        loop {
            if let Some(next) = node.next_sibling() {
                node = next;
                break;
            }
            let Some(parent) = node.parent().filter(|_| depth > 0) else { return deepest };
            depth -= 1;
            node = parent;
        }
    }
}

/// The element's name, in small letters; none for texts.
pub(super) fn name(node: &NodeRef<'_>) -> Option<String> {
    node.is_element().then(|| node.node_name().map(|name| name.to_string())).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_parsed() {
        let page = parse("<p>甲<p>乙").expect("a page");
        assert_eq!(deepest(&page), 4);
    }

    #[test]
    fn nesting_without_end_is_refused() {
        for tag in ["<div>", "<b>", "<svg><style><div>", "<table><tr><td>", "<font color=red>", "<a href=x><p>", "<select><option>", "<math><mi>"] {
            let deep = tag.repeat(200_000);
            match parse(&deep) {
                Err(message) => assert!(message.contains("512 deep") || message.contains("1000000"), "{tag}: {message}"),
                // some nest no deeper, whatever stands in the source
                Ok(page) => assert!(deepest(&page) <= DEEPEST, "{tag}"),
            }
        }
    }

    #[test]
    fn nodes_without_end_are_refused() {
        let fonts: String = (0..400).map(|i| format!("<font a={i}>")).collect();
        let page = format!("<p>{fonts}{}", "<p>x".repeat(100_000));
        assert!(parse(&page).is_err());
    }
}
