//! Articles out of inputs, read side by side and handed on in order: for commands that look at whole articles.

use std::panic::{AssertUnwindSafe, catch_unwind};

use rayon::prelude::*;
use shuliang::emit::Rows;
use shuliang::source::{Options, Piece, SourceError, article};
use shuliang::{Dict, read};

use crate::failure::Failure;
use crate::inputs::Listing;

/// How many articles are held at once.
const BATCH: usize = 256;

/// Reads all articles of a listing; `make` is called side by side, `take` in their order.
pub fn each<T: Send>(
    listing: Listing,
    source: &Options,
    dict: &Dict,
    make: impl Fn(&Rows<'_>) -> T + Sync,
    mut take: impl FnMut(Result<T, SourceError>) -> Result<(), Failure>,
) -> Result<(), Failure> {
    listing.errors.into_iter().try_for_each(|error| take(Err(error)))?;
    let mut pieces = listing.files.iter().flat_map(|input| input.pieces(source, dict));
    loop {
        let batch: Vec<Result<Piece, SourceError>> = pieces.by_ref().take(BATCH).collect();
        if batch.is_empty() {
            return Ok(());
        }
        let done: Vec<Result<T, SourceError>> = batch.into_par_iter().map(|piece| piece.and_then(|piece| one(piece, source, dict, &make))).collect();
        done.into_iter().try_for_each(&mut take)?;
    }
}

/// One article. A mistake of ours in it must not cost the others.
fn one<T>(piece: Piece, source: &Options, dict: &Dict, make: impl Fn(&Rows<'_>) -> T) -> Result<T, SourceError> {
    let (name, place, id) = (piece.source.to_string(), piece.place.clone(), piece.id.clone());
    let made = || article(piece, source, dict).map(|article| make(&Rows::new(&read(&article, dict))));
    let message = "the program failed on it; please report this".to_owned();
    catch_unwind(AssertUnwindSafe(made)).unwrap_or(Err(SourceError { source: name, article: id, place, message }))
}
