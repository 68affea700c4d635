//! `quantity`: the quantities of a text, to try a word quickly.

use std::io::Write;
use std::process::ExitCode;

use shuliang::emit::quantities_in;

use crate::args::Quantity;
use crate::columns::aligned;
use crate::dictionary;
use crate::failure::Failure;

/// Runs the command.
pub fn run(options: &Quantity) -> Result<ExitCode, Failure> {
    let dict = dictionary::dict(options.words.dict.as_deref())?;
    let found = quantities_in(&options.text, &dict);
    let header = ["text", "value", "max", "unit", "comparison", "type", "dimension", "base value", "base max", "base unit"];
    let mut rows = vec![header.map(str::to_owned).to_vec()];
    for q in found {
        let (comparison, kind) = (q.comparison.to_owned(), q.r#type.to_owned());
        rows.push(vec![q.text, q.value, q.value_max, q.unit, comparison, kind, q.dimension, q.base_value, q.base_value_max, q.base_unit]);
    }
    let mut out = anstream::stdout().lock();
    let lines = if rows.len() > 1 { aligned(&rows) } else { vec!["no quantity".to_owned()] };
    lines.iter().try_for_each(|line| writeln!(out, "{line}")).map_err(|error| Failure::Output("standard output".to_owned(), error))?;
    Ok(ExitCode::SUCCESS)
}
