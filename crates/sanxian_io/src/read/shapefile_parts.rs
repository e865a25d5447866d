//! Whether the three files of a Shapefile are of one export, by how many records each of them has.
//!
//! GDAL reads as many records as the `.shx` lists. One that is older than its `.shp` and `.dbf` hides those that came
//! later.

use std::io::{Read, Seek, SeekFrom};

use sanxian_model::Text;

use crate::read::gdal_file::GdalFile;

/// Parts that contradict each other.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Contradiction {
    /// The most records that a part has, and the fewest.
    pub(crate) most: u64,
    pub(crate) fewest: u64,
    /// What each of them says.
    pub(crate) reason: Text,
}

/// The head of a `.shp` and a `.shx`.
const HEAD: u64 = 100;

/// Compares the parts of a layer; `part` gives the name of the one with this extension. A part that is not there is
/// not compared.
pub(crate) fn contradiction(part: impl Fn(&str) -> Option<String>) -> Option<Contradiction> {
    let index = GdalFile::bytes_of(&part("shx")?)?;
    let listed = u64::from(u32::from_be_bytes(bytes_at(&index, 24)?)) * 2;
    let entries = index.get(HEAD as usize..listed.min(index.len() as u64) as usize)?.as_chunks::<8>().0;
    let records = entries.len() as u64;
    if let Some(rows) = part("dbf").and_then(|table| rows_of_table(&table))
        && rows != records
    {
        return Some(Contradiction {
            most: rows.max(records),
            fewest: rows.min(records),
            reason: Text::new(
                format!(".shx 列出 {records} 条记录，.dbf 有 {rows} 行"),
                format!("the .shx lists {records} records, and the .dbf has {rows} rows"),
            ),
        });
    }
    let end = entries.iter().copied().map(end_of_record).max().unwrap_or(HEAD);
    let behind = record_at(&mut GdalFile::open(&part("shp")?)?, end, records)?;
    Some(Contradiction {
        most: records + 1,
        fewest: records,
        reason: Text::new(
            format!(".shx 列出 {records} 条记录，.shp 之后还有第 {behind} 条"),
            format!("the .shx lists {records} records, and the .shp goes on with record {behind}"),
        ),
    })
}

fn bytes_at<const N: usize>(bytes: &[u8], at: usize) -> Option<[u8; N]> {
    bytes.get(at..at + N)?.try_into().ok()
}

fn rows_of_table(name: &str) -> Option<u64> {
    let mut head = [0; 8];
    GdalFile::open(name)?.read_exact(&mut head).ok()?;
    bytes_at(&head, 4).map(|count| u64::from(u32::from_le_bytes(count)))
}

/// Where the record of an entry ends in the `.shp`: the entry has its place and its length without its own head of
/// eight bytes, both in words of two bytes.
fn end_of_record(entry: [u8; 8]) -> u64 {
    let [place, length] = [0, 4].map(|at| {
        let word = [entry[at], entry[at + 1], entry[at + 2], entry[at + 3]];
        u64::from(u32::from_be_bytes(word))
    });
    (place + 4 + length) * 2
}

/// The number of a record that begins at this place, when it is the one that follows `records` others; some programs
/// count them from zero. What an editor left behind its last record is none.
fn record_at(file: &mut GdalFile, at: u64, records: u64) -> Option<u64> {
    let length = file.seek(SeekFrom::End(0)).ok()?;
    file.seek(SeekFrom::Start(at)).ok()?;
    let mut head = [0; 8];
    file.read_exact(&mut head).ok()?;
    let number = u64::from(u32::from_be_bytes(bytes_at(&head, 0)?));
    let content = u64::from(u32::from_be_bytes(bytes_at(&head, 4)?)) * 2;
    let is_record =
        (number == records || number == records + 1) && content >= 4 && at + 8 + content <= length;
    is_record.then_some(number)
}
