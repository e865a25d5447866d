//! A value and where it stands.

use sanxian_model::nearest::nearest;
use sanxian_model::{Metres, Role, Severity, SquareMetres, Text};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::error::PATHS;
use super::{FileText, Spot, TomlError, TomlMistake};
use crate::attribute::Attribute;
use crate::filter::Filter;

/// A value and where it stands.
#[derive(Debug, Clone)]
pub struct Value<'a> {
    file: FileText<'a>,
    key: String,
    key_start: usize,
    start: usize,
    end: usize,
    found: DeValue<'a>,
}

impl<'a> Value<'a> {
    pub(super) fn new(
        file: FileText<'a>,
        key: String,
        key_start: usize,
        value: Spanned<DeValue<'a>>,
    ) -> Self {
        let span = value.span();
        Self { file, key, key_start, start: span.start, end: span.end, found: value.into_inner() }
    }

    /// Where the value stands.
    #[must_use]
    pub fn spot(&self) -> Spot {
        self.file.spot(self.start)
    }

    /// Where its key stands.
    #[must_use]
    pub fn key_spot(&self) -> Spot {
        self.file.spot(self.key_start)
    }

    /// An error about this value: what is wrong, after the key.
    #[must_use]
    pub fn bad(&self, zh: impl Into<String>, en: impl Into<String>) -> TomlError {
        self.bad_at(self.spot(), zh, en)
    }

    fn bad_at(&self, spot: Spot, zh: impl Into<String>, en: impl Into<String>) -> TomlError {
        let reason = Text { zh: zh.into(), en: en.into() };
        let advice = Text::default();
        TomlError::new(spot, TomlMistake::BadValue { key: self.key.clone(), reason, advice })
    }

    fn expected(&self, zh: &str, en: &str) -> TomlError {
        let found = self.found.type_str();
        let kind = match found {
            "string" => "字符串",
            "integer" => "整数",
            "float" => "小数",
            "boolean" => "布尔值",
            "datetime" => "日期",
            "array" => "列表",
            "table" => "表",
            other => other,
        };
        self.bad(format!("应为{zh}，现为{kind}"), format!("expected {en}, found {found}"))
    }

    fn quoted(&self, zh: &str, en: &str) -> Result<&str, TomlError> {
        match &self.found {
            DeValue::String(text) => Ok(text),
            _ => Err(self.expected(zh, en)),
        }
    }

    /// A text.
    ///
    /// # Errors
    /// [`TomlMistake::BadValue`], as of every method here.
    pub fn string(self) -> Result<String, TomlError> {
        self.quoted("引号中的文字", "a text in quotes").map(str::to_owned)
    }

    /// `true` or `false`.
    ///
    /// # Errors
    /// [`TomlMistake::BadValue`].
    pub fn boolean(self) -> Result<bool, TomlError> {
        self.found.as_bool().ok_or_else(|| self.expected(" true 或 false", "true or false"))
    }

    /// A whole number of zero or more.
    ///
    /// # Errors
    /// [`TomlMistake::BadValue`].
    pub fn count(self) -> Result<usize, TomlError> {
        let (zh, en) = ("非负整数", "a whole number of zero or more");
        let DeValue::Integer(number) = &self.found else { return Err(self.expected(zh, en)) };
        usize::from_str_radix(number.as_str().trim_start_matches('+'), number.radix()).map_err(|error| {
            self.bad(
                format!("应为{zh}，现为 {number}：{error}"),
                format!("expected {en}, found {number}: {error}"),
            )
        })
    }

    /// One of these words.
    ///
    /// # Errors
    /// [`TomlMistake::BadValue`] with the nearest and all of them.
    pub fn one_of<T: Copy>(self, known: impl IntoIterator<Item = (&'static str, T)>) -> Result<T, TomlError> {
        let word = self.quoted("引号中的文字", "a text in quotes")?;
        let known: Vec<_> = known.into_iter().collect();
        if let Some((_, meant)) = known.iter().find(|(name, _)| *name == word) {
            return Ok(*meant);
        }
        let names: Vec<&str> = known.iter().map(|(name, _)| *name).collect();
        let list = names.join(", ");
        let (zh, en) = match nearest(word, names) {
            Some(meant) => (format!("是否想写 `{meant}`？"), format!("did you mean `{meant}`? ")),
            None => (String::new(), String::new()),
        };
        Err(self
            .bad(format!("不接受 `{word}`"), format!("`{word}` is not accepted"))
            .advise(format!("{zh}可用的值：{list}"), format!("{en}use one of {list}")))
    }

    /// A role.
    ///
    /// # Errors
    /// [`TomlMistake::BadValue`].
    pub fn role(self) -> Result<Role, TomlError> {
        self.role_of(self.quoted("引号中的文字", "a text in quotes")?, self.spot())
    }

    pub(super) fn role_of(&self, name: &str, spot: Spot) -> Result<Role, TomlError> {
        Role::new(name).map_err(|reason| {
            let zh = format!(
                "`{name}` 不能作图层用途：只用小写字母、数字和连字符，如 `redline`、`village-boundary`"
            );
            self.bad_at(spot, zh, reason)
        })
    }

    /// A severity by its name.
    pub(crate) fn severity(self) -> Result<Severity, TomlError> {
        self.one_of(Severity::ALL.into_iter().rev().map(|severity| (severity.name(), severity)))
    }

    /// The value as it would be written in a table of attributes: text, number or boolean.
    pub(crate) fn scalar(self) -> Result<Attribute, TomlError> {
        let number = |text: &str| text.replace('_', "").parse::<f64>().ok();
        let found = match &self.found {
            DeValue::String(text) => Some(Attribute::Text(text.to_string())),
            DeValue::Boolean(value) => Some(Attribute::Flag(*value)),
            DeValue::Integer(value) => number(value.as_str()).map(Attribute::Number),
            DeValue::Float(value) => number(value.as_str()).map(Attribute::Number),
            _ => None,
        };
        found.ok_or_else(|| self.expected("文字、数值或布尔值", "a string, a number or a boolean"))
    }

    /// A list.
    ///
    /// # Errors
    /// [`TomlMistake::BadValue`].
    pub fn list(self) -> Result<Vec<Self>, TomlError> {
        let Self { file, key, key_start, start, end, found } = self;
        match found {
            DeValue::Array(items) => Ok(items
                .into_iter()
                .map(|item| Self::new(file.clone(), key.clone(), key_start, item))
                .collect()),
            found => Err(Self { file, key, key_start, start, end, found }.expected("列表", "a list")),
        }
    }

    /// A list, or a single value that stands for a list of one.
    ///
    /// # Errors
    /// None of its own.
    pub fn one_or_more(self) -> Result<Vec<Self>, TomlError> {
        if matches!(self.found, DeValue::Array(_)) { self.list() } else { Ok(vec![self]) }
    }

    /// A list of texts.
    ///
    /// # Errors
    /// [`TomlMistake::BadValue`].
    pub fn strings(self) -> Result<Vec<String>, TomlError> {
        self.list()?.into_iter().map(Self::string).collect()
    }

    /// Whether it is a table.
    #[must_use]
    pub fn is_table(&self) -> bool {
        self.found.is_table()
    }

    /// A table: its file, the full path of its key, where it begins, and its entries.
    pub(super) fn entries(self) -> Result<(FileText<'a>, String, usize, DeTable<'a>), TomlError> {
        let Self { file, key, key_start, start, end, found } = self;
        match found {
            DeValue::Table(table) => Ok((file, key, start, table)),
            found => Err(Self { file, key, key_start, start, end, found }.expected("表", "a table")),
        }
    }

    /// A path, or another source. A line break or a tab in it is a backslash of Windows that was read as an escape.
    ///
    /// # Errors
    /// [`TomlMistake::BadValue`].
    pub fn path(self) -> Result<String, TomlError> {
        let (zh, en) = PATHS;
        let escaped = self
            .bad(
                "路径中有换行符、制表符或其他控制字符",
                "there is a line break, a tab or another control character in the path",
            )
            .advise(zh, en);
        let path = self.string()?;
        if path.chars().any(char::is_control) { Err(escaped) } else { Ok(path) }
    }

    /// A quantity with its unit, as in `"0.5 m2"`.
    ///
    /// # Errors
    /// [`TomlMistake::BadValue`].
    pub fn area(self) -> Result<SquareMetres, TomlError> {
        let text = self.quoted("带单位的面积，如 \"0.5 m2\"", "an area with its unit, as in \"0.5 m2\"")?;
        SquareMetres::parse(text).map_err(|reason| {
            let zh = format!("`{text}` 不是面积：写非负数值和单位 m2、ha、mu、km2，如 \"0.5 m2\"");
            self.bad(zh, reason)
        })
    }

    /// A length with its unit, as in `"0.05 m"`.
    ///
    /// # Errors
    /// [`TomlMistake::BadValue`].
    pub fn length(self) -> Result<Metres, TomlError> {
        let text = self.quoted("带单位的长度，如 \"0.05 m\"", "a length with its unit, as in \"0.05 m\"")?;
        Metres::parse(text).map_err(|reason| {
            let zh = format!("`{text}` 不是长度：写非负数值和单位 m、cm、mm，如 \"0.05 m\"");
            self.bad(zh, reason)
        })
    }

    /// A share with its unit, as in `"15 %"`.
    ///
    /// # Errors
    /// [`TomlMistake::BadValue`].
    pub fn percentage(self) -> Result<f64, TomlError> {
        let (zh, en) = ("百分比，如 \"15 %\"", "a percentage, as in \"15 %\"");
        let text = self.quoted(zh, en)?;
        let number = text.trim().strip_suffix('%').and_then(|n| n.trim().parse::<f64>().ok());
        match number {
            Some(value) if value.is_finite() && value >= 0.0 => Ok(value / 100.0),
            _ => Err(self.bad(format!("`{text}` 不是{zh}"), format!("`{text}` is not {en}"))),
        }
    }

    /// A filter; `facts` says whether the computed facts of an overlap may be named in it.
    ///
    /// # Errors
    /// When it is no text, or outside the language of filters.
    pub fn filter(self, facts: bool) -> Result<Filter, TomlError> {
        let text = self.quoted("引号中的筛选条件", "a filter in quotes")?;
        Filter::parse(text, facts).map_err(|error| {
            let spot = self.spot_in_string(error.line, error.column);
            self.bad_at(spot, format!("筛选条件无法读取：{}", error.reason.zh), error.reason.en)
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

#[cfg(test)]
mod tests {
    use super::*;

    fn value(text: &str) -> Value<'_> {
        FileText::new("f.toml", text).table().expect("TOML").take("v").expect("a value")
    }

    #[test]
    fn a_count_is_a_whole_number_in_any_notation() {
        for (text, count) in [("v = 0", 0), ("v = +7", 7), ("v = 1_000", 1000), ("v = 0x1F", 31)] {
            assert_eq!(value(text).count(), Ok(count), "{text}");
        }
        for text in ["v = -1", "v = 1.0", "v = \"1\"", "v = 99999999999999999999999"] {
            let told = value(text).count().expect_err(text).to_string();
            assert!(told.contains("a whole number of zero or more"), "{told}");
        }
    }

    #[test]
    fn a_word_that_is_not_accepted_leads_to_the_nearest() {
        let one = |text| value(text).one_of([("error", 1), ("warning", 2)]);
        assert_eq!(one("v = \"warning\""), Ok(2));
        let told = one("v = \"waring\"").expect_err("a slip").to_string();
        assert_eq!(
            told,
            "`v`: `waring` is not accepted\n  where: f.toml:1:5\n  do:    did you mean `warning`? use one of error, warning"
        );
    }
}
