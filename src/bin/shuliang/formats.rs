//! Tables in the formats that people open, written from the plain tables that a run keeps.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use rayon::prelude::*;
#[cfg(any(feature = "xlsx", feature = "parquet", feature = "sqlite"))]
use shuliang::emit;
use shuliang::emit::delimited::{self, Formulas, LineEnd, Mark, Separator, Style};
use shuliang::emit::{Header, Spool, Table, datapackage, jsonl};

use crate::args::{Format, Shape};
use crate::failure::Failure;

/// A table of a run that is complete: plain CSV without a header line.
pub struct Kept {
    /// Which table.
    pub table: Table,
    /// Where it lies.
    pub path: PathBuf,
}

/// Where something is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    File,
    Stdout,
}

/// The one format for standard output.
pub fn single(shape: &Shape) -> Result<Format, Failure> {
    let inside = |format: &Format| matches!(format, Format::Csv | Format::Tsv | Format::Jsonl);
    match shape.formats().as_slice() {
        [format] if inside(format) => Ok(*format),
        [format] => Err(Failure::Message(format!("{} is a file; name a folder with --out DIR", format.name()))),
        _ => Err(Failure::Message("standard output takes one format; name a folder with --out DIR for more".to_owned())),
    }
}

/// What stands before the rows on standard output.
pub fn head(format: Format, table: Table, shape: &Shape) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    if let Some(style) = style(format, shape, Place::Stdout) {
        delimited::head(table, style, &mut bytes)?;
    }
    Ok(bytes)
}

/// Plain rows as they stand on standard output.
pub fn rows(format: Format, table: Table, plain: &[u8], shape: &Shape) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(plain.len() + plain.len() / 4);
    let mut spool = Spool::new(table, plain);
    match style(format, shape, Place::Stdout) {
        Some(style) => delimited::rows(&mut spool, style, &mut bytes)?,
        None => jsonl::rows(&mut spool, shape.header.into(), &mut bytes)?,
    }
    Ok(bytes)
}

/// Writes every format of the tables into a folder: each file whole under a temporary name in `work`, a folder on the same
/// disk, and then gives them their names. What was interrupted can be done again.
pub fn write(kept: &[Kept], folder: &Path, work: &Path, shape: &Shape) -> Result<(), Failure> {
    let mut files = Files { folder, work, pending: Vec::new() };
    for format in shape.formats() {
        files.format(format, kept, shape)?;
    }
    files.name()?;
    if !kept.iter().any(|kept| kept.table == Table::Errors) {
        // errors of an earlier run would be taken for ours
        for format in shape.formats().into_iter().filter(|format| format.is_file_a_table()) {
            let stale = folder.join(format!("{}.{}", Table::Errors.name(), format.ending()));
            remove_old(&stale).map_err(|error| failure(&stale, error))?;
        }
    }
    Ok(())
}

/// Files that have no names yet.
struct Files<'a> {
    folder: &'a Path,
    work: &'a Path,
    pending: Vec<Pending>,
}

/// A file that has no name yet.
#[derive(Debug, Clone)]
struct Pending {
    temporary: PathBuf,
    path: PathBuf,
}

impl Pending {
    fn write(&self, write: impl FnOnce(&mut BufWriter<File>) -> io::Result<()>) -> Result<(), Failure> {
        let done = File::create(&self.temporary).map(BufWriter::new).and_then(|mut to| {
            write(&mut to)?;
            to.flush()?;
            to.get_ref().sync_data()
        });
        done.map_err(|error| failure(&self.path, error))
    }
}

/// Writes one table as lines.
fn table(format: Format, kept: &Kept, file: &Pending, shape: &Shape) -> Result<(), Failure> {
    let mut spool = spool(kept)?;
    let header: Header = shape.header.into();
    file.write(|to| match style(format, shape, Place::File) {
        Some(style) => {
            delimited::head(kept.table, style, to)?;
            delimited::rows(&mut spool, style, to)
        }
        None => jsonl::rows(&mut spool, header, to),
    })
}

impl Files<'_> {
    fn format(&mut self, format: Format, kept: &[Kept], shape: &Shape) -> Result<(), Failure> {
        match format {
            Format::Csv | Format::Tsv | Format::Jsonl => {
                let files: Vec<(&Kept, Pending)> = kept.iter().map(|kept| (kept, self.pend(&format!("{}.{}", kept.table.name(), format.ending())))).collect();
                // the last part of a run, when nobody else has anything to do
                let done: Vec<Result<(), Failure>> = files.par_iter().map(|(kept, file)| table(format, kept, file, shape)).collect();
                done.into_iter().collect::<Result<(), Failure>>()?;
            }
            #[cfg(feature = "xlsx")]
            Format::Xlsx => self.workbook(kept, shape)?,
            #[cfg(feature = "parquet")]
            Format::Parquet => {
                for kept in kept {
                    let mut spool = spool(kept)?;
                    let name = format!("{}.parquet", kept.table.name());
                    self.file(&name, |to| emit::parquet::write(&mut spool, shape.header.into(), to))?;
                }
            }
            #[cfg(feature = "sqlite")]
            Format::Sqlite => self.database(kept, shape)?,
        }
        match style(format, shape, Place::File) {
            Some(style) if format == Format::Csv => self.package(kept, style, format.ending()),
            _ => Ok(()),
        }
    }

    #[cfg(feature = "xlsx")]
    fn workbook(&mut self, kept: &[Kept], shape: &Shape) -> Result<(), Failure> {
        let mut spools = spools(kept)?;
        let work = self.work;
        let mut cut = 0;
        self.file("tables.xlsx", |to| {
            cut = emit::xlsx::write(&mut spools, shape.header.into(), work, to)?;
            Ok(())
        })?;
        if cut > 0 {
            // if standard error is closed, the first sheet still tells
            let _ = writeln!(anstream::stderr(), "warning: tables.xlsx: {cut} cells are longer than a spreadsheet takes, and were cut; other formats hold all");
        }
        Ok(())
    }

    #[cfg(feature = "sqlite")]
    fn database(&mut self, kept: &[Kept], shape: &Shape) -> Result<(), Failure> {
        let mut spools = spools(kept)?;
        let Pending { temporary, path } = self.pend("tables.sqlite");
        let done = remove_old(&temporary).and_then(|()| {
            let mut database = rusqlite::Connection::open(&temporary).map_err(io::Error::other)?;
            emit::sqlite::write(&mut spools, shape.header.into(), &mut database)?;
            database.close().map_err(|(_, error)| io::Error::other(error))?;
            File::open(&temporary)?.sync_data()
        });
        done.map_err(|error| failure(&path, error))
    }

    fn package(&mut self, kept: &[Kept], style: Style, ending: &'static str) -> Result<(), Failure> {
        let tables: Vec<Table> = kept.iter().map(|kept| kept.table).collect();
        self.file("datapackage.json", |to| to.write_all(&datapackage::describe(&tables, style, ending)?))
    }

    /// Writes a file under a temporary name.
    fn file(&mut self, name: &str, write: impl FnOnce(&mut BufWriter<File>) -> io::Result<()>) -> Result<(), Failure> {
        self.pend(name).write(write)
    }

    /// A file to come.
    fn pend(&mut self, name: &str) -> Pending {
        let file = Pending { temporary: self.work.join(name), path: self.folder.join(name) };
        self.pending.push(file.clone());
        file
    }

    /// Gives all files their names.
    fn name(mut self) -> Result<(), Failure> {
        for Pending { temporary, path } in &self.pending {
            fs::rename(temporary, path).map_err(|error| failure(path, error))?;
        }
        self.pending.clear();
        Ok(())
    }
}

impl Drop for Files<'_> {
    /// Removes what was not completed.
    fn drop(&mut self) {
        for Pending { temporary, .. } in &self.pending {
            // nothing better can be done with a file that cannot be removed
            let _ = fs::remove_file(temporary);
        }
    }
}

/// How a format spells its cells; `None` for one that is no lines of cells.
fn style(format: Format, shape: &Shape, place: Place) -> Option<Style> {
    let separator = match format {
        Format::Csv => Separator::Comma,
        Format::Tsv => Separator::Tab,
        _ => return None,
    };
    let (mark, line_end) = match place {
        Place::File => (Mark::Bom, LineEnd::CrLf),
        Place::Stdout => (Mark::None, LineEnd::Lf),
    };
    let mark = match (shape.bom, shape.no_bom) {
        (true, _) => Mark::Bom,
        (_, true) => Mark::None,
        _ => mark,
    };
    let formulas = if shape.no_guard { Formulas::Kept } else { Formulas::Guarded };
    Some(Style { separator, line_end: shape.eol.map_or(line_end, LineEnd::from), mark, formulas, header: shape.header.into() })
}

fn spool(kept: &Kept) -> Result<Spool<File>, Failure> {
    let file = File::open(&kept.path).map_err(|error| failure(&kept.path, error))?;
    Ok(Spool::new(kept.table, file))
}

#[cfg(any(feature = "xlsx", feature = "sqlite"))]
fn spools(kept: &[Kept]) -> Result<Vec<Spool<File>>, Failure> {
    kept.iter().map(spool).collect()
}

fn remove_old(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

fn failure(path: &Path, error: io::Error) -> Failure {
    Failure::Output(path.display().to_string(), error)
}
