//! Reads a TOML table key by key, so that every error can name file, line, column and the nearest known
//! key. A derived deserialiser knows the line but not what the writer meant.

use std::sync::Arc;

use sanxian_model::nearest::nearest;
use sanxian_model::{SquareMetres, Text};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::error::{RuleError, Spot};
use crate::filter::Filter;

/// A file: its name for messages, and its text.
#[derive(Debug, Clone)]
pub(crate) struct FileText<'a> {
    pub(crate) name: Arc<str>,
    pub(crate) text: &'a str,
}

impl<'a> FileText<'a> {
    pub(crate) fn new(name: &str, text: &'a str) -> Self {
        // Files saved on Windows often begin with a byte-order mark, which TOML does not allow.
        Self { name: Arc::from(name), text: text.strip_prefix('\u{feff}').unwrap_or(text) }
    }

    fn spot(&self, offset: usize) -> Spot {
        let before = &self.text[..offset.min(self.text.len())];
        let line_start = before.rfind('\n').map_or(0, |end| end + 1);
        Spot {
            file: Arc::clone(&self.name),
            line: before.bytes().filter(|b| *b == b'\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
        }
    }

    /// The whole file as one table.
    pub(crate) fn table(&self) -> Result<Reader<'a>, RuleError> {
        let table = DeTable::parse(self.text).map_err(|error| RuleError::Syntax {
            spot: self.spot(error.span().map_or(0, |span| span.start)),
            reason: error.message().to_owned(),
        })?;
        Ok(Reader {
            file: self.clone(),
            path: String::new(),
            start: 0,
            table: table.into_inner(),
            known: vec![],
        })
    }
}

/// One table of a file. Each key is taken out as it is read; what is left at the end is unknown.
#[derive(Debug)]
pub(crate) struct Reader<'a> {
    file: FileText<'a>,
    path: String,
    start: usize,
    table: DeTable<'a>,
    known: Vec<&'static str>,
}

/// A value and where it stands.
#[derive(Debug)]
pub(crate) struct Value<'a> {
    file: FileText<'a>,
    key: String,
    start: usize,
    end: usize,
    found: DeValue<'a>,
}

impl<'a> Reader<'a> {
    fn full(&self, key: &str) -> String {
        if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) }
    }

    /// Where this table begins.
    pub(crate) fn spot(&self) -> Spot {
        self.file.spot(self.start)
    }

    pub(crate) fn take(&mut self, key: &'static str) -> Option<Value<'a>> {
        self.known.push(key);
        let value = self.table.remove(key)?;
        Some(self.value(key, value))
    }

    fn value(&self, key: &str, value: Spanned<DeValue<'a>>) -> Value<'a> {
        let span = value.span();
        Value {
            file: self.file.clone(),
            key: self.full(key),
            start: span.start,
            end: span.end,
            found: value.into_inner(),
        }
    }

    pub(crate) fn need(&mut self, key: &'static str) -> Result<Value<'a>, RuleError> {
        self.take(key).ok_or_else(|| RuleError::MissingKey { spot: self.spot(), key: self.full(key) })
    }

    pub(crate) fn string(&mut self, key: &'static str) -> Result<String, RuleError> {
        self.need(key)?.string()
    }

    pub(crate) fn text(&mut self, key: &'static str) -> Result<Text, RuleError> {
        self.need(key)?.text()
    }

    pub(crate) fn optional<T>(
        &mut self,
        key: &'static str,
        read: impl FnOnce(Value<'a>) -> Result<T, RuleError>,
    ) -> Result<Option<T>, RuleError> {
        self.take(key).map(read).transpose()
    }

    pub(crate) fn table(&mut self, key: &'static str) -> Result<Self, RuleError> {
        self.need(key)?.table()
    }

    /// The tables of an array of tables; none when the key is absent.
    pub(crate) fn tables(&mut self, key: &'static str) -> Result<Vec<Self>, RuleError> {
        self.optional(key, |value| value.list()?.into_iter().map(Value::table).collect())
            .map(Option::unwrap_or_default)
    }

    /// Every key that is left, for tables whose keys are free (the attributes of an example).
    pub(crate) fn rest(mut self) -> Vec<(String, Value<'a>)> {
        let table = std::mem::take(&mut self.table);
        let mut rest: Vec<_> =
            table.into_iter().map(|(key, value)| (key.get_ref().to_string(), value)).collect();
        rest.sort_by_key(|(_, value)| value.span().start);
        rest.into_iter()
            .map(|(key, value)| {
                let value = self.value(&key, value);
                (key, value)
            })
            .collect()
    }

    /// Done with this table: a key that nobody asked for is an error.
    pub(crate) fn finish(self) -> Result<(), RuleError> {
        let Some((offset, key)) =
            self.table.iter().map(|(key, _)| (key.span().start, key.get_ref().to_string())).min()
        else {
            return Ok(());
        };
        Err(RuleError::UnknownKey {
            spot: self.file.spot(offset),
            nearest: nearest(&key, self.known.iter().copied()).map(|known| self.full(&known)),
            key: self.full(&key),
        })
    }
}

impl<'a> Value<'a> {
    /// Where the value stands.
    pub(crate) fn spot(&self) -> Spot {
        self.file.spot(self.start)
    }

    /// An error about this value.
    pub(crate) fn bad(&self, reason: impl Into<String>) -> RuleError {
        RuleError::BadValue { spot: self.spot(), key: self.key.clone(), reason: reason.into() }
    }

    fn expected(&self, what: &str) -> RuleError {
        self.bad(format!("expected {what}, found {}", self.found.type_str()))
    }

    pub(crate) fn string(self) -> Result<String, RuleError> {
        match &self.found {
            DeValue::String(text) => Ok(text.to_string()),
            _ => Err(self.expected("a string")),
        }
    }

    pub(crate) fn boolean(self) -> Result<bool, RuleError> {
        self.found.as_bool().ok_or_else(|| self.expected("true or false"))
    }

    /// The value as it would be written in a table of attributes: text, number or boolean.
    pub(crate) fn scalar(self) -> Result<crate::example::Attribute, RuleError> {
        use crate::example::Attribute;
        let number = |text: &str| text.replace('_', "").parse::<f64>().ok();
        let found = match &self.found {
            DeValue::String(text) => Some(Attribute::Text(text.to_string())),
            DeValue::Boolean(value) => Some(Attribute::Flag(*value)),
            DeValue::Integer(value) => number(value.as_str()).map(Attribute::Number),
            DeValue::Float(value) => number(value.as_str()).map(Attribute::Number),
            _ => None,
        };
        found.ok_or_else(|| self.expected("a string, a number or a boolean"))
    }

    pub(crate) fn list(self) -> Result<Vec<Self>, RuleError> {
        let Self { file, key, start, end, found } = self;
        match found {
            DeValue::Array(items) => Ok(items
                .into_iter()
                .map(|item| {
                    let span = item.span();
                    Self {
                        file: file.clone(),
                        key: key.clone(),
                        start: span.start,
                        end: span.end,
                        found: item.into_inner(),
                    }
                })
                .collect()),
            found => Err(Self { file, key, start, end, found }.expected("a list")),
        }
    }

    /// A list, or a single value that stands for a list of one.
    pub(crate) fn one_or_more(self) -> Result<Vec<Self>, RuleError> {
        if matches!(self.found, DeValue::Array(_)) { self.list() } else { Ok(vec![self]) }
    }

    pub(crate) fn strings(self) -> Result<Vec<String>, RuleError> {
        self.list()?.into_iter().map(Self::string).collect()
    }

    pub(crate) fn table(self) -> Result<Reader<'a>, RuleError> {
        let Self { file, key, start, end, found } = self;
        match found {
            DeValue::Table(table) => Ok(Reader { file, path: key, start, table, known: vec![] }),
            found => Err(Self { file, key, start, end, found }.expected("a table")),
        }
    }

    /// Words in both languages: a table with `zh` and `en`.
    pub(crate) fn text(self) -> Result<Text, RuleError> {
        let mut table = self.table()?;
        let text = Text { zh: table.string("zh")?, en: table.string("en")? };
        table.finish()?;
        Ok(text)
    }

    /// A quantity with its unit, as in `"0.5 m2"`.
    pub(crate) fn area(self) -> Result<SquareMetres, RuleError> {
        match &self.found {
            DeValue::String(text) => SquareMetres::parse(text).map_err(|reason| self.bad(reason)),
            _ => Err(self.expected("an area with its unit, as in \"0.5 m2\"")),
        }
    }

    /// A share with its unit, as in `"15 %"`.
    pub(crate) fn percentage(self) -> Result<f64, RuleError> {
        let wanted = "a percentage, as in \"15 %\"";
        let DeValue::String(text) = &self.found else { return Err(self.expected(wanted)) };
        let number = text.trim().strip_suffix('%').and_then(|n| n.trim().parse::<f64>().ok());
        match number {
            Some(value) if value.is_finite() && value >= 0.0 => Ok(value / 100.0),
            _ => Err(self.bad(format!("`{text}` is not {wanted}"))),
        }
    }

    /// A filter; `facts` says whether the computed facts of an overlap may be named in it.
    pub(crate) fn filter(self, facts: bool) -> Result<Filter, RuleError> {
        let DeValue::String(text) = &self.found else { return Err(self.expected("a filter in quotes")) };
        Filter::parse(text, facts).map_err(|error| RuleError::BadValue {
            spot: self.spot_in_string(error.line, error.column),
            key: self.key.clone(),
            reason: error.reason,
        })
    }

    /// Where a line and a column of the string's content stand in the file. Exact for strings without
    /// escapes, which filters have no use for.
    fn spot_in_string(&self, line: usize, column: usize) -> Spot {
        let raw = &self.file.text[self.start..self.end];
        let quotes = if raw.starts_with("\"\"\"") || raw.starts_with("'''") { 3 } else { 1 };
        let content = &raw[quotes..];
        let skipped = ["\r\n", "\n"].iter().find(|end| quotes == 3 && content.starts_with(**end));
        let begin = self.file.spot(self.start + quotes + skipped.map_or(0, |end| end.len()));
        let column = if line == 1 { begin.column + column - 1 } else { column };
        Spot { file: begin.file, line: begin.line + line - 1, column }
    }
}
