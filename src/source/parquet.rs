//! Articles in the rows of a Parquet file. Only the columns that are asked for are read.

use std::io::{self, BufReader, Cursor, Read, SeekFrom};
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan, tz::Offset};
use parquet::errors::{ParquetError, Result as ParquetResult};
use parquet::file::reader::{ChunkReader, FileReader, Length};
use parquet::file::serialized_reader::SerializedFileReader;
use parquet::record::reader::RowIter;
use parquet::record::{Field, Row};
use parquet::schema::types::Type;

use super::pieces::{Content, Piece, Reader, Seekable, too_long};
use super::records::Places;
use super::{Format, Options, SourceError};
use crate::dict::Dict;

/// How long a stream may be: its end must be seen before its beginning can be read.
const LONGEST_STREAM: u64 = 256 << 20;

/// The rows of a file.
pub(super) struct Rows {
    rows: RowIter<'static>,
    source: Arc<str>,
    /// The names of the columns that are read.
    names: Vec<String>,
    places: Places,
    number: u64,
    max: usize,
    ended: bool,
}

impl Rows {
    /// Reads what the end of a file says of its columns.
    pub fn open(reader: Reader, source: Arc<str>, options: &Options, dict: &Dict) -> Result<Rows, String> {
        let fail = |error: ParquetError| format!("expected a Parquet file, found {error}");
        let file = Chunks::new(reader).map_err(|error| error.to_string())?;
        let file = SerializedFileReader::new(file).map_err(fail)?;
        let schema = file.metadata().file_metadata().schema().clone();
        let all: Vec<String> = schema.get_fields().iter().map(|field| field.name().to_owned()).collect();
        let places = Places::find(&all, &options.columns, &dict.columns)?;
        let wanted = [Some(places.text), places.id, places.date, places.title, places.source];
        let name = |at: Option<usize>| at.and_then(|at| all.get(at)).cloned();
        let fields = schema.get_fields().iter().enumerate().filter(|(at, _)| wanted.contains(&Some(*at))).map(|(_, field)| field.clone()).collect();
        let projection = Type::group_type_builder(schema.name()).with_fields(fields).build().map_err(fail)?;
        let rows = RowIter::from_file_into(Box::new(file)).project(Some(projection)).map_err(fail)?.with_batch_size(BATCH);
        let names: Vec<String> = wanted.into_iter().flat_map(name).collect();
        // the places now count among the columns that are read
        let at = |column: Option<usize>| name(column).and_then(|name| names.iter().position(|other| *other == name));
        let places = Places {
            text: at(Some(places.text)).unwrap_or_default(),
            id: at(places.id),
            date: at(places.date),
            title: at(places.title),
            source: at(places.source),
        };
        Ok(Rows { rows, source, names, places, number: 0, max: options.max_article, ended: false })
    }

    fn piece(&self, row: &Row) -> Result<Piece, SourceError> {
        let cell = |at: Option<usize>| {
            let name = at.and_then(|at| self.names.get(at));
            name.and_then(|name| row.get_column_iter().find(|(column, _)| *column == name)).map(|(_, field)| bytes(field)).unwrap_or_default()
        };
        let cells = self.places.cells(cell, None);
        let place = format!("{}:{}", self.source, self.number);
        let size = cells.size();
        let piece = Piece { format: Format::Parquet, source: self.source.clone(), id: place.clone(), place, encoding: None, content: Content::Cells(cells) };
        if size > self.max { Err(piece.error(too_long(self.max))) } else { Ok(piece) }
    }
}

/// How many rows are read ahead: articles are long.
const BATCH: usize = 16;

impl Iterator for Rows {
    type Item = Result<Piece, SourceError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        self.number += 1;
        match self.rows.next()? {
            Ok(row) => Some(self.piece(&row)),
            Err(error) => {
                self.ended = true;
                let place = format!("{}:{}", self.source, self.number);
                Some(Err(SourceError { place, ..SourceError::whole(&self.source, format!("cannot be read on: {error}")) }))
            }
        }
    }
}

/// A field as the other formats write it.
fn bytes(field: &Field) -> Vec<u8> {
    let moment = |at: Result<Timestamp, jiff::Error>| at.map(|at| Offset::UTC.to_datetime(at).to_string()).unwrap_or_default().into_bytes();
    match field {
        Field::Null => Vec::new(),
        Field::Str(text) => text.clone().into_bytes(),
        Field::Bytes(bytes) => bytes.data().to_vec(),
        Field::Date(days) => Date::constant(1970, 1, 1).checked_add(days.days()).map(|day| day.to_string()).unwrap_or_default().into_bytes(),
        Field::TimestampMillis(at) => moment(Timestamp::from_millisecond(*at)),
        Field::TimestampMicros(at) => moment(Timestamp::from_microsecond(*at)),
        other => other.to_string().into_bytes(),
    }
}

/// A file that is read from any place, by several at once.
struct Chunks {
    file: Arc<Mutex<Box<dyn Seekable>>>,
    length: u64,
}

impl Chunks {
    fn new(reader: Reader) -> io::Result<Chunks> {
        let mut file: Box<dyn Seekable> = match reader {
            Reader::File(file) => file,
            Reader::Stream(stream) => {
                let mut bytes = Vec::new();
                stream.take(LONGEST_STREAM + 1).read_to_end(&mut bytes)?;
                if bytes.len() as u64 > LONGEST_STREAM {
                    return Err(io::Error::other(format!("longer than {LONGEST_STREAM} bytes as a stream; give it as a file that is not packed")));
                }
                Box::new(Cursor::new(bytes))
            }
        };
        let length = file.seek(SeekFrom::End(0))?;
        Ok(Chunks { file: Arc::new(Mutex::new(file)), length })
    }
}

impl Length for Chunks {
    fn len(&self) -> u64 {
        self.length
    }
}

impl ChunkReader for Chunks {
    type T = BufReader<From>;

    fn get_read(&self, start: u64) -> ParquetResult<Self::T> {
        Ok(BufReader::new(From { file: self.file.clone(), at: start }))
    }

    fn get_bytes(&self, start: u64, length: usize) -> ParquetResult<Bytes> {
        // what is not there is not made room for
        if start.saturating_add(length as u64) > self.length {
            return Err(ParquetError::EOF(format!("a part beyond the end of the file ({start} + {length} of {})", self.length)));
        }
        let mut bytes = Vec::with_capacity(length);
        From { file: self.file.clone(), at: start }.take(length as u64).read_to_end(&mut bytes)?;
        Ok(bytes.into())
    }
}

/// A reader that begins somewhere and keeps its own place.
struct From {
    file: Arc<Mutex<Box<dyn Seekable>>>,
    at: u64,
}

impl Read for From {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(self.at))?;
        let read = file.read(to)?;
        self.at += read as u64;
        Ok(read)
    }
}
