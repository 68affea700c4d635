#!/usr/bin/env python3
"""Read the tables of `shuliang extract` with the programs that people read them with, and compare.

usage: check.py BIN [INPUT ...]

BIN is the program; INPUT is what it reads, the fixture articles without one. The tables are written once in every format. What
Python's own csv module reads from the CSV is held against what the csv module, pandas, Polars, DuckDB, sqlite3, json and
openpyxl read from each format: the number of rows, the type of each column as datapackage.json names it, and every cell,
numbers as exact decimals. Needs the packages of requirements.txt. Exit status 1 with the first difference.
"""
import csv
import datetime
import json
import sqlite3
import subprocess
import sys
import tempfile
from decimal import Decimal
from pathlib import Path

import duckdb
import openpyxl
import pandas
import polars

ROOT = Path(__file__).resolve().parents[2]
TABLES = "facts,quantities,entities,times,articles,checks,numerals,sentences"


def cell(text, kind):
    """The cell of a CSV as a Python value of its type."""
    if text == "":
        return None
    if kind == "integer":
        return int(text)
    if kind == "number":
        return Decimal(text)
    if kind == "boolean":
        return {"true": True, "false": False}[text]
    if kind == "date":
        return datetime.date.fromisoformat(text)
    return text


def compare(reader, table, fields, expected, found):
    """Stops where the rows that a reader found are not those of the CSV."""
    found = list(found)
    if len(found) != len(expected):
        sys.exit(f"{reader}, {table}: expected {len(expected)} rows, found {len(found)}")
    for number, (want, got) in enumerate(zip(expected, found), 1):
        for field, a, b in zip(fields, want, got):
            if a != b or type(a) is not type(b):
                sys.exit(f"{reader}, {table}, row {number}, {field['name']}: expected {a!r}, found {b!r}")


def expect(reader, table, fields, types, allowed):
    """Stops where a column has a type that is not allowed for it."""
    for field in fields:
        kind = types[field["name"]]
        if not any(kind.startswith(start) for start in allowed[field["type"]]):
            sys.exit(f"{reader}, {table}, {field['name']}: expected {' or '.join(allowed[field['type']])}, found {kind}")


def near(expected, fields):
    """The rows with decimals as the nearest floating-point numbers, for readers that know no others."""
    return [[float(v) if isinstance(v, Decimal) else v for v in row] for row in expected]


def plain(value):
    """A value of a data frame as plain Python; what is missing as None."""
    if value is None or value is pandas.NaT or (isinstance(value, float) and value != value) or value is pandas.NA:
        return None
    if isinstance(value, (pandas.Timestamp, datetime.datetime)):
        return value.date()
    return value.item() if hasattr(value, "item") else value


def typed(value, field):
    """A number of a data frame as the type of its column: readers use floats for whole numbers with gaps."""
    value = plain(value)
    if value is None:
        return None
    if field["type"] == "number" and not isinstance(value, Decimal):
        return float(value)
    return int(value) if field["type"] == "integer" else value


def moments(fields, clocks):
    """The names of the columns of a Parquet file: a moment has its clock time beside it."""
    return [name for field in fields for name in ([field["name"], f"{field['name']}_clock"] if field["name"] in clocks else [field["name"]])]


def joined(row, fields, clocks):
    """The cells of a Parquet row, with day and clock time as one text."""
    cells = iter(row)
    for field in fields:
        value = plain(next(cells))
        if field["name"] not in clocks:
            yield value
            continue
        time = plain(next(cells))
        day = value.isoformat() if value else ""
        yield f"{day}T{time.isoformat()}" if time is not None else day or None


def exact(row):
    """Decimals without the zeros that their type puts behind them; a floating-point number as the digits that it stands for."""
    row = [Decimal(repr(v)) if isinstance(v, float) else v for v in row]
    return [Decimal(format(v.normalize(), "f")) if isinstance(v, Decimal) else v for v in row]


def check_csv(path, name, fields, expected):
    strings = [field["name"] for field in fields if field["type"] == "string"]
    numbers = {"string": ("str", "object"), "integer": ("int",), "number": ("float", "int", "object"), "boolean": ("bool", "object"), "date": ("datetime",)}
    days = [field["name"] for field in fields if field["type"] == "date"]
    frame = pandas.read_csv(path, dtype={s: str for s in strings}, parse_dates=days, keep_default_na=False, na_values=[""])
    expect("pandas csv", name, fields, {c: str(t) for c, t in frame.dtypes.items()}, numbers)
    compare("pandas csv", name, fields, near(expected, fields), ([typed(v, f) for v, f in zip(row, fields)] for row in frame.itertuples(index=False, name=None)))

    types = {"string": polars.String, "integer": polars.Int64, "number": polars.Float64, "boolean": polars.Boolean, "date": polars.Date}
    frame = polars.read_csv(path, schema_overrides={f["name"]: types[f["type"]] for f in fields})
    compare("polars csv", name, fields, near(expected, fields), ([typed(v, f) for v, f in zip(row, fields)] for row in frame.iter_rows()))

    types = {"string": "VARCHAR", "integer": "BIGINT", "number": "DOUBLE", "boolean": "BOOLEAN", "date": "DATE"}
    wanted = {f["name"]: types[f["type"]] for f in fields}
    table = duckdb.read_csv(str(path), dtype=wanted, header=True, quotechar='"')
    compare("duckdb csv", name, fields, near(expected, fields), table.fetchall())


def check_parquet(path, name, fields, expected, clocks):
    expected = [exact(row) for row in expected]
    frame = pandas.read_parquet(path)
    if list(frame.columns) != moments(fields, clocks):
        sys.exit(f"pandas parquet, {name}: found the columns {list(frame.columns)}")
    rows = (list(joined(row, fields, clocks)) for row in frame.itertuples(index=False, name=None))
    compare("pandas parquet", name, fields, expected, (exact([int(v) if f["type"] == "integer" and v is not None else v for v, f in zip(row, fields)]) for row in rows))

    frame = polars.read_parquet(path)
    kinds = {"string": ("String", "Date"), "integer": ("Int64",), "number": ("Decimal", "Float64"), "boolean": ("Boolean",), "date": ("Date",)}
    expect("polars parquet", name, fields, {c: str(t) for c, t in frame.schema.items()}, kinds)
    compare("polars parquet", name, fields, expected, (exact(joined(row, fields, clocks)) for row in frame.iter_rows()))

    table = duckdb.read_parquet(str(path))
    kinds = {"string": ("VARCHAR", "DATE"), "integer": ("BIGINT",), "number": ("DECIMAL", "DOUBLE"), "boolean": ("BOOLEAN",), "date": ("DATE",)}
    expect("duckdb parquet", name, fields, dict(zip(table.columns, map(str, table.types))), kinds)
    compare("duckdb parquet", name, fields, expected, (exact(joined(row, fields, clocks)) for row in table.fetchall()))


def check_sqlite(database, name, fields, expected):
    columns = ", ".join(f'"{field["name"]}"' for field in fields)

    def value(cell, field):
        if cell is None:
            return None
        if field["type"] == "number":
            return Decimal(str(cell))
        if field["type"] == "boolean":
            return bool(cell)
        return datetime.date.fromisoformat(cell) if field["type"] == "date" else cell

    rows = database.execute(f'SELECT {columns} FROM "{name}" ORDER BY id')
    compare("sqlite3", name, fields, [exact(row) for row in expected], (exact([value(v, f) for v, f in zip(row, fields)]) for row in rows))


def check_jsonl(path, name, fields, expected):
    def value(cell, field):
        if field["type"] == "number" and cell is not None:
            return Decimal(cell)
        return datetime.date.fromisoformat(cell) if field["type"] == "date" and cell else cell

    with open(path, encoding="utf-8") as lines:
        rows = [json.loads(line, parse_float=str) for line in lines]
    compare("json", name, fields, expected, ([value(row[f["name"]], f) for f in fields] for row in rows))


def check_xlsx(book, name, fields, expected, clocks):
    def value(cell, field):
        if cell is None:
            return None
        if field["type"] == "number":
            return Decimal(repr(cell)) if isinstance(cell, float) else Decimal(cell)
        if field["name"] in clocks and isinstance(cell, datetime.time):
            return f"T{cell.isoformat()}"
        if field["name"] in clocks and isinstance(cell, datetime.datetime):
            return cell.isoformat() if cell.time() != datetime.time() else cell.date().isoformat()
        return cell.date() if isinstance(cell, datetime.datetime) else cell

    rows = book[name].iter_rows(min_row=2, values_only=True, max_col=len(fields))
    # midnight is the one clock time that a spreadsheet cannot tell from a day
    expected = [exact([v.removesuffix("T00:00:00") if f["name"] in clocks and v else v for v, f in zip(row, fields)]) for row in expected]
    compare("openpyxl", name, fields, expected, (exact([value(v, f) for v, f in zip(row, fields)]) for row in rows))


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    inputs = sys.argv[2:] or sorted(str(path) for path in (ROOT / "fixtures" / "articles").glob("*/article.txt"))
    with tempfile.TemporaryDirectory() as folder:
        formats = "csv,tsv,jsonl,xlsx,parquet,sqlite"
        subprocess.run([sys.argv[1], "extract", *inputs, "--out", folder, "--format", formats, "--tables", TABLES, "--no-guard"], check=True)
        folder = Path(folder)
        package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
        database = sqlite3.connect(folder / "tables.sqlite")
        if database.execute("PRAGMA foreign_key_check").fetchall():
            sys.exit("sqlite3: a row refers to no article")
        book = openpyxl.load_workbook(folder / "tables.xlsx", read_only=True)
        total = 0
        for resource in package["resources"]:
            name, fields = resource["name"], resource["schema"]["fields"]
            clocks = {field["name"] for field in fields if "pattern" in field.get("constraints", {})}
            tables = {}
            for ending, delimiter in (("csv", ","), ("tsv", "\t")):
                with open(folder / f"{name}.{ending}", encoding="utf-8-sig", newline="") as f:
                    header, *rows = csv.reader(f, delimiter=delimiter)
                if header != [field["name"] for field in fields]:
                    sys.exit(f"csv, {name}.{ending}: found the columns {header}")
                tables[ending] = [[cell(text, field["type"]) for text, field in zip(row, fields)] for row in rows]
            expected = tables["csv"]
            compare("csv", name, fields, expected, tables["tsv"])
            check_csv(folder / f"{name}.csv", name, fields, expected)
            check_parquet(folder / f"{name}.parquet", name, fields, expected, clocks)
            check_sqlite(database, name, fields, expected)
            check_jsonl(folder / f"{name}.jsonl", name, fields, expected)
            check_xlsx(book, name, fields, expected, clocks)
            print(f"{name:12} {len(expected):7} rows, {len(fields):3} columns: the same in every reader")
            total += len(expected)
        if not total:
            sys.exit("no rows: nothing was compared")


if __name__ == "__main__":
    main()
