//! Parquet: a file a table, with decimals and dates as such.
//!
//! | cells | type |
//! | --- | --- |
//! | words | `STRING` |
//! | whole numbers | `INT64` |
//! | decimals | `DECIMAL(38, 12)`, with more places where a number needs them; see [`write`] |
//! | days | `DATE` |
//! | days or moments | `DATE`, and beside it a column `NAME_clock` of type `TIME`, empty where no clock time is given |
//! | true or false | `BOOLEAN` |

use std::io::{self, Read, Seek, Write};
use std::sync::Arc;

use ::parquet::basic::{Compression, LogicalType, Repetition, TimeUnit, Type as Physical};
use ::parquet::data_type::{BoolType, ByteArray, ByteArrayType, DataType, DoubleType, FixedLenByteArray, FixedLenByteArrayType, Int32Type, Int64Type};
use ::parquet::errors::ParquetError;
use ::parquet::file::properties::WriterProperties;
use ::parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use ::parquet::schema::types::{PrimitiveTypeBuilder, Type};
use jiff::civil::{Date, Time, date};

use super::spool::{Cell, DOUBLE, significant};
use super::{Column, Header, Holds, Spool};

/// How many rows are held at once.
const ROWS: usize = 32_768;
/// How many places behind the point a column has at least, so that the files of two runs have the same types.
const PLACES: usize = 12;
/// How many digits other readers can hold.
const DIGITS: usize = 38;
/// How many digits there can be.
const MOST: usize = 76;

/// Writes a table, which is read twice: first to see how many digits its decimals need.
///
/// A type of 38 digits is the longest that most readers know. Where the numbers of a column, the large and the small ones
/// together, need more, the column is `DOUBLE`, if none of its numbers has more than the 15 digits that this keeps, and
/// otherwise `DECIMAL(76, …)`. No number loses a digit.
///
/// # Errors
///
/// Where a row does not fit the columns, or something cannot be written.
pub fn write<R: Read + Seek>(spool: &mut Spool<R>, header: Header, to: impl Write + Send) -> io::Result<()> {
    let columns = spool.table().columns();
    let mut needs = vec![Needs::default(); columns.len()];
    while let Some(line) = spool.next_line()? {
        for (need, cell) in needs.iter_mut().zip(line.cells()) {
            if let (_, Cell::Decimal(digits)) = cell? {
                need.add(digits);
            }
        }
    }
    spool.rewind()?;

    let mut stores: Vec<Store> = columns.iter().zip(&needs).map(|(column, need)| Store::new(*column, *need)).collect();
    let fields: Result<Vec<Vec<Type>>, ParquetError> = columns.iter().zip(&stores).map(|(column, store)| store.fields(&column.name(header))).collect();
    let fields = fields.map_err(failed)?.into_iter().flatten().map(Arc::new).collect();
    let schema = Type::group_type_builder(spool.table().name()).with_fields(fields).build().map_err(failed)?;
    let properties = WriterProperties::builder().set_compression(Compression::SNAPPY).set_created_by("shuliang".to_owned()).build();
    let mut writer = SerializedFileWriter::new(to, Arc::new(schema), Arc::new(properties)).map_err(failed)?;
    let mut held = 0;
    while let Some(line) = spool.next_line()? {
        for (store, cell) in stores.iter_mut().zip(line.cells()) {
            store.push(cell?.1)?;
        }
        held += 1;
        if held == ROWS {
            write_group(&mut writer, &mut stores)?;
            held = 0;
        }
    }
    if held > 0 {
        write_group(&mut writer, &mut stores)?;
    }
    writer.close().map(|_| ()).map_err(failed)
}

fn write_group<W: Write + Send>(writer: &mut SerializedFileWriter<W>, stores: &mut [Store]) -> io::Result<()> {
    let mut group = writer.next_row_group().map_err(failed)?;
    for store in stores {
        store.write(&mut group).map_err(failed)?;
    }
    group.close().map(|_| ()).map_err(failed)
}

/// How many digits the decimals of a column need: before the point, behind it, and one number at most.
#[derive(Debug, Clone, Copy, Default)]
struct Needs {
    whole: usize,
    places: usize,
    longest: usize,
}

/// The type of a column of decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// So many digits in all, and so many behind the point.
    Decimal(usize, usize),
    Double,
}

impl Needs {
    fn add(&mut self, digits: &str) {
        let (whole, places) = digits.split_once('.').unwrap_or((digits, ""));
        self.whole = self.whole.max(whole.trim_start_matches('-').len());
        self.places = self.places.max(places.len());
        self.longest = self.longest.max(significant(digits));
    }

    fn form(self) -> Form {
        [self.places.max(PLACES), self.places]
            .into_iter()
            .find(|places| self.whole + places <= DIGITS)
            .map_or_else(|| if self.longest <= DOUBLE { Form::Double } else { Form::Decimal(MOST, self.places) }, |places| Form::Decimal(DIGITS, places))
    }
}

/// The values of a column that are not written yet; `true` where a row has one.
struct Held<T> {
    there: Vec<i16>,
    values: Vec<T>,
}

impl<T> Held<T> {
    fn new() -> Held<T> {
        Held { there: Vec::new(), values: Vec::new() }
    }

    fn push(&mut self, value: Option<T>) {
        self.there.push(value.is_some().into());
        self.values.extend(value);
    }

    fn write<D: DataType<T = T>, W: Write + Send>(&mut self, group: &mut SerializedRowGroupWriter<'_, W>) -> Result<(), ParquetError> {
        let Some(mut column) = group.next_column()? else {
            return Err(ParquetError::General("a column is missing".to_owned()));
        };
        column.typed::<D>().write_batch(&self.values, Some(&self.there), None)?;
        column.close()?;
        self.there.clear();
        self.values.clear();
        Ok(())
    }
}

/// A column with its type.
enum Store {
    Words(Held<ByteArray>),
    Whole(Held<i64>),
    Decimal(Held<FixedLenByteArray>, usize, usize),
    Double(Held<f64>),
    Day(Held<i32>),
    Moment(Held<i32>, Held<i32>),
    Flag(Held<bool>),
}

impl Store {
    fn new(column: Column, needs: Needs) -> Store {
        match column.holds {
            Holds::Text | Holds::OneOf(_) => Store::Words(Held::new()),
            Holds::Integer => Store::Whole(Held::new()),
            Holds::Decimal => match needs.form() {
                Form::Decimal(digits, places) => Store::Decimal(Held::new(), digits, places),
                Form::Double => Store::Double(Held::new()),
            },
            Holds::Day => Store::Day(Held::new()),
            Holds::Moment => Store::Moment(Held::new(), Held::new()),
            Holds::Flag => Store::Flag(Held::new()),
        }
    }

    fn fields(&self, name: &str) -> Result<Vec<Type>, ParquetError> {
        let clock = LogicalType::time(false, TimeUnit::MILLIS);
        Ok(match self {
            Store::Words(_) => vec![field(name, Physical::BYTE_ARRAY, Some(LogicalType::String)).build()?],
            Store::Whole(_) => vec![field(name, Physical::INT64, None).build()?],
            Store::Decimal(_, digits, places) => {
                let (precision, scale) = (int(*digits), int(*places));
                let logical = Some(LogicalType::decimal(scale, precision));
                let field = field(name, Physical::FIXED_LEN_BYTE_ARRAY, logical).with_length(int(width(*digits)));
                vec![field.with_precision(precision).with_scale(scale).build()?]
            }
            Store::Double(_) => vec![field(name, Physical::DOUBLE, None).build()?],
            Store::Day(_) => vec![field(name, Physical::INT32, Some(LogicalType::Date)).build()?],
            Store::Moment(..) => {
                vec![field(name, Physical::INT32, Some(LogicalType::Date)).build()?, field(&format!("{name}_clock"), Physical::INT32, Some(clock)).build()?]
            }
            Store::Flag(_) => vec![field(name, Physical::BOOLEAN, None).build()?],
        })
    }

    fn push(&mut self, cell: Cell<'_>) -> io::Result<()> {
        match (self, cell) {
            (Store::Words(held), Cell::Text(text)) => held.push(Some(text.into())),
            (Store::Words(held), _) => held.push(None),
            (Store::Whole(held), Cell::Integer(number)) => held.push(Some(number)),
            (Store::Whole(held), _) => held.push(None),
            (Store::Decimal(held, width_of, places), Cell::Decimal(digits)) => {
                let bytes = unscaled(digits, *places, width(*width_of));
                let bytes = bytes.ok_or_else(|| io::Error::new(io::ErrorKind::InvalidData, format!("{digits} has too many digits")))?;
                held.push(Some(FixedLenByteArray::from(bytes)));
            }
            (Store::Decimal(held, ..), _) => held.push(None),
            (Store::Double(held), Cell::Decimal(digits)) => held.push(digits.parse().ok()),
            (Store::Double(held), _) => held.push(None),
            (Store::Day(held), cell) => held.push(day(cell)),
            (Store::Moment(days, clocks), cell) => {
                days.push(day(cell));
                clocks.push(clock(cell));
            }
            (Store::Flag(held), Cell::Flag(flag)) => held.push(Some(flag)),
            (Store::Flag(held), _) => held.push(None),
        }
        Ok(())
    }

    fn write<W: Write + Send>(&mut self, group: &mut SerializedRowGroupWriter<'_, W>) -> Result<(), ParquetError> {
        match self {
            Store::Words(held) => held.write::<ByteArrayType, W>(group),
            Store::Whole(held) => held.write::<Int64Type, W>(group),
            Store::Decimal(held, ..) => held.write::<FixedLenByteArrayType, W>(group),
            Store::Double(held) => held.write::<DoubleType, W>(group),
            Store::Day(held) => held.write::<Int32Type, W>(group),
            Store::Moment(days, clocks) => {
                days.write::<Int32Type, W>(group)?;
                clocks.write::<Int32Type, W>(group)
            }
            Store::Flag(held) => held.write::<BoolType, W>(group),
        }
    }
}

/// A column that may be empty.
fn field(name: &str, physical: Physical, logical: Option<LogicalType>) -> PrimitiveTypeBuilder<'_> {
    Type::primitive_type_builder(name, physical).with_repetition(Repetition::OPTIONAL).with_logical_type(logical)
}

/// Days since 1970.
fn day(cell: Cell<'_>) -> Option<i32> {
    let since = |day: Date| day.since(date(1970, 1, 1)).ok().map(|span| span.get_days());
    match cell {
        Cell::Day(day) => since(day),
        Cell::Clock(moment) => since(moment.date()),
        _ => None,
    }
}

/// Milliseconds since midnight.
fn clock(cell: Cell<'_>) -> Option<i32> {
    let since = |time: Time| ((i32::from(time.hour()) * 60 + i32::from(time.minute())) * 60 + i32::from(time.second())) * 1000 + i32::from(time.millisecond());
    match cell {
        Cell::Clock(moment) => Some(since(moment.time())),
        Cell::Time(time) => Some(since(time)),
        _ => None,
    }
}

/// How many bytes a number of so many digits takes.
fn width(digits: usize) -> usize {
    if digits <= DIGITS { 16 } else { 32 }
}

/// The digits without their point, as a number of `width` bytes, the highest first, in two's complement.
fn unscaled(digits: &str, places: usize, width: usize) -> Option<Vec<u8>> {
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let (negative, whole) = whole.strip_prefix('-').map_or((false, whole), |whole| (true, whole));
    let zeros = places.checked_sub(fraction.len())?;
    let mut bytes = vec![0u8; width];
    for digit in whole.bytes().chain(fraction.bytes()).chain(std::iter::repeat_n(b'0', zeros)) {
        let mut carry = u16::from(digit.checked_sub(b'0')?);
        for byte in bytes.iter_mut().rev() {
            let next = u16::from(*byte) * 10 + carry;
            *byte = next.to_le_bytes()[0];
            carry = next >> 8;
        }
        if carry > 0 {
            return None;
        }
    }
    if bytes.first().is_some_and(|first| *first >= 0x80) {
        return None;
    }
    if negative {
        let mut carry = true;
        for byte in bytes.iter_mut().rev() {
            let (next, over) = (!*byte).overflowing_add(carry.into());
            *byte = next;
            carry = over;
        }
    }
    Some(bytes)
}

fn int(number: usize) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}

fn failed(error: ParquetError) -> io::Error {
    io::Error::other(error)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_keep_every_digit() {
        let number = |digits, places| unscaled(digits, places, 16).and_then(|bytes| bytes.try_into().ok()).map(i128::from_be_bytes);
        assert_eq!(number("-0.35", 12), Some(-350_000_000_000));
        assert_eq!(number("0", 2), Some(0));
        assert_eq!(number("79228162514264337593543950335", 9), Some(79_228_162_514_264_337_593_543_950_335_000_000_000));
        assert_eq!(number("79228162514264337593543950335", 12), None);
        assert_eq!(number("0.123", 2), None);
        assert_eq!(unscaled("-1", 0, 32), Some(vec![0xff; 32]));
    }

    #[test]
    fn columns_are_as_wide_as_they_must_be() {
        let needs = |all: &[&str]| {
            let mut needs = Needs::default();
            all.iter().for_each(|digits| needs.add(digits));
            needs.form()
        };
        assert_eq!(needs(&["62000000000", "-0.35"]), Form::Decimal(38, 12));
        assert_eq!(needs(&["0.000123456789012345"]), Form::Decimal(38, 18));
        assert_eq!(needs(&["79228162514264337593543950335", "0.5"]), Form::Decimal(38, 1));
        assert_eq!(needs(&["13680000000000000000", "0.00000000333333333333"]), Form::Double);
        assert_eq!(needs(&["1368000000000000001", "0.000000000333333333333"]), Form::Decimal(76, 21));
    }
}
