//! Text columns: from bytes in some encoding to checked UTF-8.
//!
//! Who decides, in this order: the user, the file (`.cpg`, the language byte of the `.dbf`), the bytes.
//! Whatever decides is told in the report, since a wrong encoding is wrong names in an official table.

use std::sync::Arc;

use arrow_array::types::ByteArrayType;
use arrow_array::{
    Array, ArrayRef, BinaryArray, GenericByteArray, LargeBinaryArray, LargeListArray, LargeStringArray,
    ListArray, RecordBatch, RecordBatchOptions, StringArray,
};
use arrow_schema::{ArrowError, DataType, Field};
use encoding_rs::{BIG5, Encoding, GB18030, UTF_8, WINDOWS_1252};

use crate::read::ReadError;

/// An encoding and how it was known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TextEncoding {
    pub(crate) encoding: &'static Encoding,
    pub(crate) known_by: KnownBy,
}

/// How an encoding was known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum KnownBy {
    /// The format says so, or all text is plain.
    Format,
    /// The user said so.
    User,
    /// The `.cpg` file or the language byte of the `.dbf`.
    File,
    /// The bytes themselves.
    Bytes,
}

impl TextEncoding {
    pub(crate) const UTF_8: Self = Self { encoding: UTF_8, known_by: KnownBy::Format };

    fn detected(encoding: &'static Encoding) -> Self {
        Self { encoding, known_by: KnownBy::Bytes }
    }
}

impl std::fmt::Display for TextEncoding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // GB18030 contains GBK, and GBK is the word that people use.
        let name = if self.encoding == GB18030 { "GBK" } else { self.encoding.name() };
        match self.known_by {
            KnownBy::Format => f.write_str(name),
            KnownBy::User => write!(f, "{name} (given)"),
            KnownBy::File => write!(f, "{name} (declared)"),
            KnownBy::Bytes => write!(f, "{name} (detected)"),
        }
    }
}

/// The encoding of that name: labels of the web, and what `.cpg` files and code pages call it.
pub(crate) fn encoding_named(name: &str) -> Option<&'static Encoding> {
    let plain = name.trim().to_ascii_lowercase();
    let digits = plain.trim_start_matches(|c: char| !c.is_ascii_digit());
    let encoding = match digits {
        "936" | "54936" => GB18030,
        "950" => BIG5,
        "65001" => UTF_8,
        "1252" => WINDOWS_1252,
        _ => {
            let iso = digits.strip_prefix("8859").map(|part| part.trim_start_matches(['-', '_']));
            match iso {
                Some("1") => WINDOWS_1252,
                Some(part) => return Encoding::for_label(format!("iso-8859-{part}").as_bytes()),
                None => return for_label(&plain),
            }
        }
    };
    Some(encoding)
}

fn for_label(plain: &str) -> Option<&'static Encoding> {
    let encoding = Encoding::for_label(plain.as_bytes())?;
    // Every GBK text is a GB18030 text, and producers write the former when they use the latter.
    Some(if encoding == encoding_rs::GBK { GB18030 } else { encoding })
}

/// The encoding that the user names.
pub(crate) fn given(name: &str) -> Result<TextEncoding, ReadError> {
    encoding_named(name)
        .map(|encoding| TextEncoding { encoding, known_by: KnownBy::User })
        .ok_or_else(|| ReadError::UnknownEncoding { name: name.to_owned() })
}

/// A whole text file as text, and its encoding in the words of the report. A byte order mark is taken off.
pub(crate) fn decode_file(bytes: &[u8]) -> (std::borrow::Cow<'_, str>, String) {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let (text, _) = encoding.decode_without_bom_handling(&bytes[mark..]);
        return (text, encoding.name().to_owned());
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return (text.into(), TextEncoding::UTF_8.to_string());
    }
    let found = detect(bytes.split(|byte| *byte == b'\n'));
    (found.encoding.decode_without_bom_handling(bytes).0, found.to_string())
}

/// Finds the encoding of texts that are not declared, or whose declaration the bytes contradict.
pub(crate) fn detect<'a>(texts: impl Iterator<Item = &'a [u8]> + Clone) -> TextEncoding {
    let foreign = texts.filter(|text| !text.is_ascii());
    if foreign.clone().next().is_none() {
        return TextEncoding::UTF_8;
    }
    if is_utf8_but_for_cut_ends(foreign.clone()) {
        return TextEncoding::detected(UTF_8);
    }
    if is_double_byte(foreign.clone(), |lead, trail| {
        // Rows of GB2312: signs, then the 6763 characters that nearly all names are written with.
        matches!(lead, 0xA1..=0xA9 | 0xB0..=0xF7) && trail >= 0xA1
    }) {
        return TextEncoding::detected(GB18030);
    }
    if is_double_byte(foreign, |lead, trail| {
        (0xA1..=0xC6).contains(&lead) && ((0x40..=0x7E).contains(&trail) || trail >= 0xA1)
    }) {
        return TextEncoding::detected(BIG5);
    }
    TextEncoding::detected(WINDOWS_1252)
}

/// UTF-8, where a fixed width may have cut the last character of a text in two. At least one character must be
/// whole: a lone accented letter of Latin-1 at the end of a word looks just like a cut.
fn is_utf8_but_for_cut_ends<'a>(mut texts: impl Iterator<Item = &'a [u8]>) -> bool {
    let mut whole = false;
    let readable = texts.all(|text| match std::str::from_utf8(text) {
        Ok(_) => {
            whole = true;
            true
        }
        Err(error) => {
            whole |= !text[..error.valid_up_to()].is_ascii();
            error.error_len().is_none()
        }
    });
    readable && whole
}

/// Whether the bytes over 127 come in pairs and nearly all pairs are everyday ones.
///
/// In French or German a letter with an accent stands alone before a plain letter or a blank, which as a pair
/// is either impossible or far from everyday; so one in ten is where the line is drawn.
fn is_double_byte<'a>(texts: impl Iterator<Item = &'a [u8]>, everyday: impl Fn(u8, u8) -> bool) -> bool {
    let (mut usual, mut unusual) = (0_u32, 0_u32);
    for text in texts {
        let mut bytes = text.iter().copied();
        while let Some(lead) = bytes.next() {
            if lead.is_ascii() {
                continue;
            }
            // A width in bytes may have cut the last pair.
            let Some(trail) = bytes.next() else { break };
            if everyday(lead, trail) {
                usual += 1;
            } else {
                unusual += 1;
            }
        }
    }
    usual > 0 && unusual * 10 <= usual
}

/// The texts of a column of bytes, lists included.
pub(crate) fn texts_in(column: &ArrayRef) -> Vec<&[u8]> {
    fn all<T: ByteArrayType<Native = [u8]>>(array: &GenericByteArray<T>) -> Vec<&[u8]> {
        array.iter().flatten().collect()
    }
    let any = column.as_any();
    if let Some(bytes) = any.downcast_ref::<BinaryArray>() {
        all(bytes)
    } else if let Some(bytes) = any.downcast_ref::<LargeBinaryArray>() {
        all(bytes)
    } else if let Some(list) = any.downcast_ref::<ListArray>() {
        texts_in(list.values())
    } else if let Some(list) = any.downcast_ref::<LargeListArray>() {
        texts_in(list.values())
    } else {
        Vec::new()
    }
}

/// A column of bytes as a column of text.
///
/// # Errors
/// When UTF-8 is asked for and the bytes are not; or when the text is over 2 GB.
pub(crate) fn decode_column(
    column: &ArrayRef,
    encoding: &'static Encoding,
    lossy: bool,
) -> Result<ArrayRef, ArrowError> {
    match column.data_type() {
        DataType::Binary => {
            let bytes: &BinaryArray = as_array(column);
            if encoding == UTF_8 && !lossy {
                let (offsets, values, nulls) = bytes.clone().into_parts();
                return Ok(Arc::new(StringArray::try_new(offsets, values, nulls)?));
            }
            let texts: StringArray = bytes.iter().map(|text| text.map(|t| decode(t, encoding))).collect();
            Ok(Arc::new(texts))
        }
        DataType::LargeBinary => {
            let bytes: &LargeBinaryArray = as_array(column);
            if encoding == UTF_8 && !lossy {
                let (offsets, values, nulls) = bytes.clone().into_parts();
                return Ok(Arc::new(LargeStringArray::try_new(offsets, values, nulls)?));
            }
            let texts: LargeStringArray =
                bytes.iter().map(|text| text.map(|t| decode(t, encoding))).collect();
            Ok(Arc::new(texts))
        }
        DataType::List(_) => {
            let list: &ListArray = as_array(column);
            let (field, offsets, values, nulls) = list.clone().into_parts();
            let values = decode_column(&values, encoding, lossy)?;
            let field = Field::new(field.name(), values.data_type().clone(), true);
            Ok(Arc::new(ListArray::try_new(field.into(), offsets, values, nulls)?))
        }
        DataType::LargeList(_) => {
            let list: &LargeListArray = as_array(column);
            let (field, offsets, values, nulls) = list.clone().into_parts();
            let values = decode_column(&values, encoding, lossy)?;
            let field = Field::new(field.name(), values.data_type().clone(), true);
            Ok(Arc::new(LargeListArray::try_new(field.into(), offsets, values, nulls)?))
        }
        _ => Ok(Arc::clone(column)),
    }
}

/// Text that a library below took for Latin-1, in its real encoding: each character is a byte. A text with other
/// characters was understood and stays.
pub(crate) fn from_latin1(table: &RecordBatch, encoding: &'static Encoding) -> RecordBatch {
    let column = |column: &ArrayRef| -> ArrayRef {
        let Some(texts) = column.as_any().downcast_ref::<StringArray>() else { return Arc::clone(column) };
        let again = |text: &str| {
            let bytes: Option<Vec<u8>> = text.chars().map(|c| u8::try_from(u32::from(c)).ok()).collect();
            bytes.map_or_else(|| text.to_owned(), |bytes| decode(&bytes, encoding))
        };
        Arc::new(texts.iter().map(|text| text.map(again)).collect::<StringArray>())
    };
    let columns = table.columns().iter().map(column).collect();
    let options = RecordBatchOptions::new().with_row_count(Some(table.num_rows()));
    RecordBatch::try_new_with_options(table.schema(), columns, &options)
        .expect("columns keep their types and lengths")
}

fn as_array<T: 'static>(column: &ArrayRef) -> &T {
    column.as_any().downcast_ref().expect("the type of an array says what it is")
}

/// One text. A character that a fixed width cut in two at the end is dropped, others that cannot be read
/// become U+FFFD.
pub(crate) fn decode(text: &[u8], encoding: &'static Encoding) -> String {
    let (decoded, broken) = encoding.decode_without_bom_handling(text);
    if broken && decoded.ends_with('\u{FFFD}') {
        let cut = if encoding == UTF_8 { 1..=3 } else { 1..=1 };
        for drop in cut {
            let Some(shorter) = text.len().checked_sub(drop) else { break };
            let (decoded, broken) = encoding.decode_without_bom_handling(&text[..shorter]);
            if !broken {
                return decoded.into_owned();
            }
        }
    }
    decoded.into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn encoded(texts: &[&str], encoding: &'static Encoding) -> Vec<Vec<u8>> {
        texts.iter().map(|text| encoding.encode(text).0.into_owned()).collect()
    }

    fn detected(bytes: &[Vec<u8>]) -> String {
        detect(bytes.iter().map(Vec::as_slice)).to_string()
    }

    #[test]
    fn chinese_names_are_told_from_french_ones() {
        let chinese = ["示例县自然资源局", "商丘市睢阳区", "水浇地", "plan 2035", "堃宇产业园"];
        assert_eq!(detected(&encoded(&chinese, GB18030)), "GBK (detected)");
        assert_eq!(detected(&encoded(&chinese, UTF_8)), "UTF-8 (detected)");
        let french = ["Zone d'Aménagement Concerté", "Créé en 1998, réalisé", "Hôtel de Région", "Malbosc"];
        assert_eq!(detected(&encoded(&french, WINDOWS_1252)), "windows-1252 (detected)");
        let german = ["Größe", "Straßenfläche", "Übergang", "Schäßburg"];
        assert_eq!(detected(&encoded(&german, WINDOWS_1252)), "windows-1252 (detected)");
        let taiwan = ["新竹縣竹北市", "東海里", "臺中市西屯區"];
        assert_eq!(detected(&encoded(&taiwan, BIG5)), "Big5 (detected)");
        assert_eq!(detected(&[b"plain".to_vec()]), "UTF-8");
    }

    #[test]
    fn a_character_cut_by_the_width_is_dropped() {
        let mut gbk = GB18030.encode("自然资源").0.into_owned();
        gbk.pop();
        assert_eq!(decode(&gbk, GB18030), "自然资");
        assert_eq!(decode(&"自然".as_bytes()[..5], UTF_8), "自");
        assert_eq!(detected(&["自然".as_bytes()[..5].to_vec()]), "UTF-8 (detected)");
        assert_eq!(detected(&[b"Site Class\xE9".to_vec()]), "windows-1252 (detected)");
    }

    #[test]
    fn the_names_that_cpg_files_use_are_known() {
        for name in ["GBK", "gb2312", "CP936", "936", "GB18030"] {
            assert_eq!(encoding_named(name), Some(GB18030), "{name}");
        }
        for name in ["ISO-8859-1", "ISO 88591", "88591", "1252", "CP1252", "ANSI 1252", "latin1"] {
            assert_eq!(encoding_named(name), Some(WINDOWS_1252), "{name}");
        }
        assert_eq!(encoding_named("65001"), Some(UTF_8));
        assert_eq!(encoding_named("Big5"), Some(BIG5));
        assert_eq!(encoding_named("klingon"), None);
    }
}
