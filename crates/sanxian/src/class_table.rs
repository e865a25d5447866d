//! What the values of a plan's own classification are in a scheme that is known (自定义地类对照表).

use std::collections::BTreeMap;

use sanxian_model::conflict::PlannedClass;
use sanxian_model::{Explain, Explanation, Scheme, trimmed_cell};

/// What the values of a plan's own classification are in a scheme that is known: the zones of a city outside China, or the uses of
/// a cadastre.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClassTable {
    /// What messages call it.
    name: String,
    classes: BTreeMap<String, PlannedClass>,
}

/// Why a table of classes cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.explain())]
#[non_exhaustive]
pub enum ClassTableError {
    /// A line of the table is not a value and a class.
    Line {
        /// The table.
        table: String,
        /// Number of the line, from 1.
        line: u64,
        /// What it has.
        found: String,
    },
    /// A class that the scheme does not have.
    NoClass {
        /// The table.
        table: String,
        /// Number of the line, from 1.
        line: u64,
        /// The scheme.
        scheme: Scheme,
        /// The class.
        class: String,
    },
    /// A value stands in two lines.
    Twice {
        /// The table.
        table: String,
        /// Number of the second line, from 1.
        line: u64,
        /// The value.
        value: String,
    },
    /// The layer has no such column.
    NoColumn {
        /// The layer.
        layer: String,
        /// The column.
        column: String,
    },
}

impl ClassTable {
    /// Reads a table: CSV with the headings `value,class` or `value,class,scheme`. Without a scheme the class is of land-sea-2023.
    /// A class that is a group, or one of an older scheme that may be several of the present one, is compared as far as it is
    /// certain. `name` is what messages call it.
    ///
    /// # Errors
    /// The first line that is not a value and a class, with its number.
    pub fn parse(name: &str, text: &str) -> Result<Self, ClassTableError> {
        let mut classes = BTreeMap::new();
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut sheet =
            csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
        let failed = |line: u64, found: String| ClassTableError::Line { table: name.to_owned(), line, found };
        for (number, row) in sheet.records().enumerate() {
            let row = row.map_err(|error| failed(number as u64 + 1, error.to_string()))?;
            let line = row.position().map_or(number as u64 + 1, csv::Position::line);
            let cells: Vec<&str> = row.iter().map(str::trim).collect();
            if number == 0 {
                if !matches!(cells[..], ["value", "class"] | ["value", "class", "scheme"]) {
                    return Err(failed(line, cells.join(",")));
                }
                continue;
            }
            let (value, class, scheme) = match cells[..] {
                [value, class] => (value, class, ""),
                [value, class, scheme] => (value, class, scheme),
                _ => return Err(failed(line, cells.join(","))),
            };
            let scheme = match scheme {
                "" => Scheme::LandSea2023,
                scheme => Scheme::parse(scheme).map_err(|told| failed(line, told))?,
            };
            let planned = PlannedClass::of(scheme, class).ok_or_else(|| ClassTableError::NoClass {
                table: name.to_owned(),
                line,
                scheme,
                class: class.to_owned(),
            })?;
            if classes.insert(value.to_owned(), planned).is_some() {
                return Err(ClassTableError::Twice { table: name.to_owned(), line, value: value.to_owned() });
            }
        }
        Ok(Self { name: name.to_owned(), classes })
    }

    /// The class of a value, blanks around it aside.
    #[must_use]
    pub fn class(&self, value: &str) -> Option<PlannedClass> {
        self.classes.get(&*trimmed_cell(value)).copied()
    }

    /// What a value that is not in the table is told as: never a code, whatever its digits.
    pub(crate) fn missing(&self, value: &str) -> String {
        format!("{} ∌ {}", self.name, trimmed_cell(value))
    }
}

impl Explain for ClassTableError {
    fn explain(&self) -> Explanation {
        let at = |table: &str, line: u64| format!("{table}:{line}");
        match self {
            Self::Line { table, line, found } => Explanation::new(
                "class-table-line",
                format!("地类对照表的这一行无法读取：{found}"),
                format!("a line of the table of classes cannot be read: {found}"),
            )
            .at(at(table, *line))
            .advise(
                "首行写 value,class 或 value,class,scheme，其后每行一个取值和地类代码",
                "begin with value,class or value,class,scheme; then one value and its class a line",
            ),
            Self::NoClass { table, line, scheme, class } => Explanation::new(
                "class-table-class",
                format!("{scheme} 没有地类 `{class}`"),
                format!("{scheme} has no class `{class}`"),
            )
            .at(at(table, *line))
            .advise(
                "改正代码，或在第三列写明它所属的标准",
                "correct the code, or name its scheme in the third column",
            ),
            Self::Twice { table, line, value } => Explanation::new(
                "class-table-twice",
                format!("取值 `{value}` 在表中出现两次"),
                format!("the value `{value}` stands in the table twice"),
            )
            .at(at(table, *line))
            .advise("每个取值只保留一行", "keep one line for each value"),
            Self::NoColumn { layer, column } => Explanation::new(
                "class-table-column",
                format!("图层没有字段 `{column}`"),
                format!("the layer has no column `{column}`"),
            )
            .at(layer.clone())
            .advise(
                "写明保存地类的字段，如 --field 城规.land_class=YDXZ",
                "name the column that holds the classes, as in --field city.land_class=USE",
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_gives_the_class_of_each_value_and_none_of_the_others() {
        let table = ClassTable::parse(
            "zones.csv",
            "\u{feff}value,class,scheme\nC-1,07\nMXD, 21 ,land-use-2006\n0101,0901,\n",
        )
        .expect("a table");
        let of = |value| table.class(value).map(|class| (class.scheme, class.code));
        assert_eq!(of("C-1"), Some((Scheme::LandSea2023, "07")));
        assert_eq!(of(" MXD "), Some((Scheme::LandUse2006, "21")));
        // The digits of a use are those of a paddy field in the scheme.
        assert_eq!((of("0101"), of("0102")), (Some((Scheme::LandSea2023, "0901")), None));
        assert_eq!(
            Scheme::LandSea2023.understand(&table.missing("0102")).map(|(class, _)| &class.code),
            None
        );
    }

    #[test]
    fn a_mistake_is_told_with_its_line() {
        for (text, key, place) in [
            ("zone;class\n", "class-table-line", "zones.csv:1"),
            ("value,class\nC-1,07\nC-2\n", "class-table-line", "zones.csv:3"),
            ("value,class\nC-1,0799\n", "class-table-class", "zones.csv:2"),
            ("value,class,scheme\nC-1,07,usa\n", "class-table-line", "zones.csv:2"),
            ("value,class\nC-1,07\nC-1,09\n", "class-table-twice", "zones.csv:3"),
        ] {
            let error = ClassTable::parse("zones.csv", text).expect_err(text);
            let explanation = error.explain();
            assert_eq!((explanation.key, error.to_string().contains(place)), (key, true), "{error}");
        }
    }
}
