//! Rows of a CSV that GDAL does not read as they are meant: it takes the first geometry of the geometry column and
//! leaves out whatever follows it in the cell, such as the next rows behind a quote that is missing.

use sanxian_model::Text;

use crate::read::ReadError;

/// Counts the rows of a file, and refuses one with ground that would not be read. `path` is what messages call it.
///
/// # Errors
/// [`ReadError::Csv`] with the line of a row that has more than one geometry, or something else around it.
pub(crate) fn count(path: &str, file: &str, bytes: &[u8]) -> Result<u64, ReadError> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let mut reader =
        csv::ReaderBuilder::new().flexible(true).delimiter(delimiter(file, bytes)).from_reader(bytes);
    let mut record = csv::ByteRecord::new();
    let mut rows = 0;
    // Bytes in memory cannot fail to be read, and rows may be of any length.
    while reader.read_byte_record(&mut record).unwrap_or(false) {
        rows += 1;
        if let Some(reason) = reason_not_read(&record) {
            let line = record.position().map_or(0, csv::Position::line);
            return Err(ReadError::Csv { path: path.to_owned(), line, reason });
        }
    }
    Ok(rows)
}

/// The delimiter as GDAL finds it: the only candidate in the first line, else a comma.
fn delimiter(file: &str, bytes: &[u8]) -> u8 {
    if file.to_ascii_lowercase().ends_with(".tsv") {
        return b'\t';
    }
    let head = bytes.split(|byte| matches!(byte, b'\n' | b'\r')).next().unwrap_or_default();
    let (mut in_quotes, mut found) = (false, None);
    for &byte in head {
        match byte {
            b'"' => in_quotes = !in_quotes,
            b',' | b';' | b'\t' | b'|' if !in_quotes => match found {
                Some(other) if other != byte => return b',',
                _ => found = Some(byte),
            },
            _ => {}
        }
    }
    found.unwrap_or(if head.contains(&b' ') { b' ' } else { b',' })
}

fn reason_not_read(record: &csv::ByteRecord) -> Option<Text> {
    let mut geometries = 0;
    for cell in record {
        let Some(geometry) = polygons_in(cell) else { continue };
        geometries += 1;
        match geometry {
            Polygons::Alone => {}
            Polygons::Behind => {
                return Some(Text::new(
                    "单元格中的几何之前有其他文字",
                    "a geometry stands behind other text in its cell",
                ));
            }
            Polygons::Followed => {
                return Some(Text::new("单元格中的几何之后还有内容", "a cell goes on after its geometry"));
            }
        }
    }
    (geometries > 1).then(|| Text::new("该行有多个含几何的单元格", "it has several cells with a geometry"))
}

/// How the polygons stand in a cell.
#[derive(Debug, PartialEq, Eq)]
enum Polygons {
    Alone,
    Behind,
    Followed,
}

/// Finds polygons as WKT or GeoJSON; none in other text.
fn polygons_in(cell: &[u8]) -> Option<Polygons> {
    let text = String::from_utf8_lossy(cell).to_ascii_lowercase();
    let text = text.trim();
    if text.starts_with('{') && text.contains("\"coordinates\"") {
        return Some(after(text, '{', '}'));
    }
    if !["polygon", "surface"]
        .into_iter()
        .any(|word| text.match_indices(word).any(|(at, _)| opens(&text[at + word.len()..])))
    {
        return None;
    }
    let plain = match text.split_once(';') {
        Some((srid, rest)) if srid.starts_with("srid=") => rest.trim_start(),
        _ => text,
    };
    let keyword = plain.find('(').map_or("", |at| &plain[..at]);
    let is_keyword = keyword.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_whitespace());
    Some(if is_keyword { after(plain, '(', ')') } else { Polygons::Behind })
}

/// Whether a bracket follows a keyword of WKT, perhaps behind `Z`, `M` or `ZM`.
fn opens(rest: &str) -> bool {
    rest.trim_start().trim_start_matches(['z', 'm']).trim_start().starts_with('(')
}

/// What follows the bracket that closes the first one.
fn after(text: &str, open: char, close: char) -> Polygons {
    let mut depth = 0_usize;
    for (at, character) in text.char_indices() {
        if character == open {
            depth += 1;
        } else if character == close {
            depth = depth.saturating_sub(1);
            if depth == 0 {
                let is_more = text[at..].chars().any(char::is_alphanumeric);
                return if is_more { Polygons::Followed } else { Polygons::Alone };
            }
        }
    }
    Polygons::Alone
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn polygons_stand_alone_or_not() {
        for (cell, wanted) in [
            ("POLYGON((0 0,1 0,1 1,0 0))", Some(Polygons::Alone)),
            (" SRID=4490;MultiPolygon ZM (((0 0,1 0,1 1,0 0))) ;", Some(Polygons::Alone)),
            ("GEOMETRYCOLLECTION(POINT(1 2),POLYGON((0 0,1 0,1 1,0 0)))", Some(Polygons::Alone)),
            ("CURVEPOLYGON(CIRCULARSTRING(0 0,1 1,0 0))", Some(Polygons::Alone)),
            ("POLYGON((0 0,1 0,1 1,0 0)) x", Some(Polygons::Followed)),
            ("POINT(1 2) POLYGON((0 0,1 0,1 1,0 0))", Some(Polygons::Followed)),
            ("0901,POLYGON((0 0,1 0,1 1,0 0))", Some(Polygons::Behind)),
            ("{\"type\":\"Polygon\",\"coordinates\":[[[0,0]]]}", Some(Polygons::Alone)),
            ("{\"type\":\"Polygon\",\"coordinates\":[[[0,0]]]} {}1", Some(Polygons::Followed)),
            ("POINT(1 2)", None),
            ("a polygon of land", None),
            ("POLYGON EMPTY", None),
            ("示范区", None),
        ] {
            assert_eq!(polygons_in(cell.as_bytes()), wanted, "{cell}");
        }
    }

    #[test]
    fn the_delimiter_is_that_of_the_first_line() {
        for (path, head, wanted) in [
            ("a.csv", "a,b", b','),
            ("a.csv", "a;\"b,c\";d", b';'),
            ("a.csv", "a\tb", b'\t'),
            ("a.csv", "a;b,c", b','),
            ("a.csv", "a b\n1,2", b' '),
            ("a.TSV", "a,b", b'\t'),
            ("a.csv", "a", b','),
        ] {
            assert_eq!(delimiter(path, head.as_bytes()), wanted, "{head}");
        }
    }
}
