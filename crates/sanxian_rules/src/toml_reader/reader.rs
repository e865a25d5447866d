//! A table, read key by key: what a file is as a whole, and what a value may be.

use sanxian_model::nearest::nearest;
use sanxian_model::{Role, Text};
use toml::de::DeTable;

use super::{FileText, Spot, TomlError, TomlMistake, Value};

/// One table of a file. Each key is taken out as it is read; what is left at the end is unknown.
#[derive(Debug)]
pub struct Reader<'a> {
    file: FileText<'a>,
    path: String,
    start: usize,
    table: DeTable<'a>,
    known: Vec<&'static str>,
}

impl<'a> Reader<'a> {
    fn new(file: FileText<'a>, path: String, start: usize, table: DeTable<'a>) -> Self {
        Self { file, path, start, table, known: Vec::new() }
    }

    fn full(&self, key: &str) -> String {
        if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) }
    }

    /// Where this table begins.
    #[must_use]
    pub fn spot(&self) -> Spot {
        self.file.spot(self.start)
    }

    /// The value of a key, if it is there.
    pub fn take(&mut self, key: &'static str) -> Option<Value<'a>> {
        self.known.push(key);
        let (name, value) = self.table.remove_entry(key)?;
        Some(Value::new(self.file.clone(), self.full(key), name.span().start, value))
    }

    /// The value of a key that must be there.
    ///
    /// # Errors
    /// [`TomlMistake::MissingKey`].
    pub fn need(&mut self, key: &'static str) -> Result<Value<'a>, TomlError> {
        self.take(key).ok_or_else(|| self.missing(key))
    }

    /// The error for a key that must be there.
    #[must_use]
    pub fn missing(&self, key: &str) -> TomlError {
        let advice = Text { zh: "补上此键".to_owned(), en: "add it".to_owned() };
        TomlError::new(self.spot(), TomlMistake::MissingKey { key: self.full(key), advice })
    }

    /// A text that must be there.
    ///
    /// # Errors
    /// [`TomlMistake::MissingKey`], or [`TomlMistake::BadValue`] when it is no text.
    pub fn string(&mut self, key: &'static str) -> Result<String, TomlError> {
        self.need(key)?.string()
    }

    /// Words in both languages that must be there.
    ///
    /// # Errors
    /// As [`Value::text`], and [`TomlMistake::MissingKey`].
    pub fn text(&mut self, key: &'static str) -> Result<Text, TomlError> {
        self.need(key)?.text()
    }

    /// What a key holds, if it is there.
    ///
    /// # Errors
    /// Those of `read`.
    pub fn optional<T>(
        &mut self,
        key: &'static str,
        read: impl FnOnce(Value<'a>) -> Result<T, TomlError>,
    ) -> Result<Option<T>, TomlError> {
        self.take(key).map(read).transpose()
    }

    /// A table that must be there.
    ///
    /// # Errors
    /// [`TomlMistake::MissingKey`], or [`TomlMistake::BadValue`] when it is no table.
    pub fn table(&mut self, key: &'static str) -> Result<Self, TomlError> {
        self.need(key)?.table()
    }

    /// The tables of an array of tables; none when the key is absent.
    ///
    /// # Errors
    /// [`TomlMistake::BadValue`] when it is no list of tables.
    pub fn tables(&mut self, key: &'static str) -> Result<Vec<Self>, TomlError> {
        self.optional(key, |value| value.list()?.into_iter().map(Value::table).collect())
            .map(Option::unwrap_or_default)
    }

    /// Every key that is left with its value, in the order of the file: for tables whose keys are free.
    #[must_use]
    pub fn rest(mut self) -> Vec<(String, Value<'a>)> {
        let table = std::mem::take(&mut self.table);
        let mut rest: Vec<_> = table.into_iter().collect();
        rest.sort_by_key(|(key, _)| key.span().start);
        rest.into_iter()
            .map(|(key, value)| {
                let name = key.get_ref().to_string();
                let value = Value::new(self.file.clone(), self.full(&name), key.span().start, value);
                (name, value)
            })
            .collect()
    }

    /// Every key that is left as a role with its value.
    ///
    /// # Errors
    /// [`TomlMistake::BadValue`] for a key that is no name of a role.
    pub fn roles(self) -> Result<Vec<(Role, Value<'a>)>, TomlError> {
        self.rest()
            .into_iter()
            .map(|(key, value)| Ok((value.role_of(&key, value.key_spot())?, value)))
            .collect()
    }

    /// Done with this table.
    ///
    /// # Errors
    /// [`TomlMistake::UnknownKey`] for a key that nobody asked for.
    pub fn finish(self) -> Result<(), TomlError> {
        let Some((offset, key)) =
            self.table.iter().map(|(key, _)| (key.span().start, key.get_ref().to_string())).min()
        else {
            return Ok(());
        };
        let mistake = TomlMistake::UnknownKey {
            nearest: nearest(&key, self.known.iter().copied()).map(|known| self.full(&known)),
            key: self.full(&key),
            known: self.known,
        };
        Err(TomlError::new(self.file.spot(offset), mistake))
    }
}

impl<'a> FileText<'a> {
    /// The whole file as one table.
    ///
    /// # Errors
    /// [`TomlMistake::Syntax`].
    pub fn table(&self) -> Result<Reader<'a>, TomlError> {
        let table = DeTable::parse(self.text).map_err(|error| {
            let start = error.span().map_or(0, |span| span.start);
            let after_backslash = self.text.get(..start).is_some_and(|text| text.ends_with('\\'));
            let reason = error.message().to_owned();
            TomlError::new(self.spot(start), TomlMistake::Syntax { reason, after_backslash })
        })?;
        Ok(Reader::new(self.clone(), String::new(), 0, table.into_inner()))
    }
}

impl<'a> Value<'a> {
    /// A table.
    ///
    /// # Errors
    /// [`TomlMistake::BadValue`].
    pub fn table(self) -> Result<Reader<'a>, TomlError> {
        let (file, key, start, table) = self.entries()?;
        Ok(Reader::new(file, key, start, table))
    }

    /// Words in both languages: a table with `zh` and `en`.
    ///
    /// # Errors
    /// [`TomlMistake::MissingKey`], [`TomlMistake::UnknownKey`], [`TomlMistake::BadValue`].
    pub fn text(self) -> Result<Text, TomlError> {
        let mut table = self.table()?;
        let text = Text { zh: table.string("zh")?, en: table.string("en")? };
        table.finish()?;
        Ok(text)
    }
}
