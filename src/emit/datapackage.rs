//! `datapackage.json`: what stands in the CSV files beside it, as a Data Package with a Table Schema for each.

use std::io;

use serde::Serialize;

use super::delimited::{LineEnd, Separator, Style};
use super::{Column, Header, Holds, Table, Unit};

#[derive(Serialize)]
struct Package {
    profile: &'static str,
    name: &'static str,
    title: &'static str,
    resources: Vec<Resource>,
}

#[derive(Serialize)]
struct Resource {
    profile: &'static str,
    name: &'static str,
    path: String,
    title: String,
    description: &'static str,
    format: &'static str,
    mediatype: &'static str,
    encoding: &'static str,
    dialect: Dialect,
    schema: Schema,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Dialect {
    delimiter: char,
    line_terminator: &'static str,
    quote_char: char,
    double_quote: bool,
    header: bool,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Schema {
    fields: Vec<Field>,
    missing_values: [&'static str; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Field {
    name: String,
    r#type: &'static str,
    title: &'static str,
    description: String,
    /// What the numbers count.
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<&'static str>,
    /// The field of the same row that says what the number counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    unit_field: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    constraints: Option<Constraints>,
}

#[derive(Serialize)]
#[serde(rename_all = "lowercase")]
enum Constraints {
    Enum(&'static [&'static str]),
    Pattern(&'static str),
}

/// What a moment looks like; a Table Schema has no type for "a day or a moment".
const MOMENT: &str = r"-?\d{4,6}-\d{2}-\d{2}|(-?\d{4,6}-\d{2}-\d{2})?T\d{2}:\d{2}:\d{2}(\.\d+)?";

/// The text of `datapackage.json` for tables that are written in a style; `ending` is that of their files.
pub fn describe(tables: &[Table], style: Style, ending: &'static str) -> io::Result<Vec<u8>> {
    let resources = tables.iter().map(|&table| resource(table, style, ending)).collect();
    let package = Package { profile: "tabular-data-package", name: "shuliang", title: "Facts of Chinese articles", resources };
    let mut bytes = serde_json::to_vec_pretty(&package)?;
    bytes.push(b'\n');
    Ok(bytes)
}

fn resource(table: Table, style: Style, ending: &'static str) -> Resource {
    let mediatype = match style.separator {
        Separator::Comma => "text/csv",
        Separator::Tab => "text/tab-separated-values",
    };
    Resource {
        profile: "tabular-data-resource",
        name: table.name(),
        path: format!("{}.{ending}", table.name()),
        title: table.title(Header::Zh),
        description: table.about(),
        format: ending,
        mediatype,
        encoding: "utf-8",
        dialect: Dialect {
            delimiter: style.separator.character(),
            line_terminator: match style.line_end {
                LineEnd::Lf => "\n",
                LineEnd::CrLf => "\r\n",
            },
            quote_char: '"',
            double_quote: true,
            header: true,
        },
        schema: Schema { fields: table.columns().iter().map(|&column| field(table, column, style.header)).collect(), missing_values: [""] },
    }
}

fn field(table: Table, column: Column, header: Header) -> Field {
    let (r#type, constraints) = match column.holds {
        Holds::Text => ("string", None),
        Holds::OneOf(words) => ("string", Some(Constraints::Enum(words))),
        Holds::Integer => ("integer", None),
        Holds::Decimal => ("number", None),
        Holds::Day => ("date", None),
        Holds::Moment => ("string", Some(Constraints::Pattern(MOMENT))),
        Holds::Flag => ("boolean", None),
    };
    let unit_of = |name: &str| table.columns().iter().find(|column| column.en == name).map(|column| column.name(header));
    let (unit, unit_field) = match column.unit {
        Unit::None => (None, None),
        Unit::Of(unit) => (Some(unit), None),
        Unit::In(name) => (None, unit_of(name)),
    };
    Field { name: column.name(header), r#type, title: column.zh, description: column.meaning(header), unit, unit_field, constraints }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::emit::delimited::{Formulas, Mark};

    #[test]
    fn every_column_has_type_and_title() {
        let style = Style { separator: Separator::Comma, line_end: LineEnd::CrLf, mark: Mark::Bom, formulas: Formulas::Guarded, header: Header::Zh };
        let package: Value = serde_json::from_slice(&describe(&[Table::Facts, Table::Checks], style, "csv").expect("JSON")).expect("JSON");
        let facts = &package["resources"][0];
        assert_eq!(facts["path"], "facts.csv");
        assert_eq!(facts["dialect"]["lineTerminator"], "\r\n");
        let fields = facts["schema"]["fields"].as_array().expect("fields");
        assert_eq!(fields.len(), Table::Facts.columns().len());
        assert_eq!((&fields[4]["name"], &fields[4]["type"], &fields[4]["unitField"]), (&json!("数值"), &json!("number"), &json!("单位")));
        assert_eq!(fields[13]["constraints"], json!({ "enum": ["actual", "planned", "target", "forecast"] }));
        assert_eq!(package["resources"][1]["schema"]["fields"][5]["type"], "boolean");
    }
}
