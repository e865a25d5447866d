//! Numbers that are handed down to a place (下达指标), by name.

use std::collections::BTreeMap;

use sanxian_model::SquareMetres;

use crate::toml_reader::{TomlError, Value};

/// A number that is handed down to a place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Quota {
    /// An area on the ellipsoid.
    Area(SquareMetres),
    /// A ratio, 1.3 for 130 %.
    Share(f64),
}

impl Quota {
    /// Reads `12000 ha` or `130 %`; units are those of areas, or per cent.
    ///
    /// # Errors
    /// A sentence, when the text is neither.
    pub fn parse(text: &str) -> Result<Self, String> {
        if let Some(number) = text.trim().strip_suffix('%') {
            return match number.trim().parse::<f64>() {
                Ok(value) if value.is_finite() && value >= 0.0 => Ok(Self::Share(value / 100.0)),
                _ => Err(format!("`{text}` is not a percentage, as in `130 %`")),
            };
        }
        SquareMetres::parse(text).map(Self::Area)
    }
}

/// The quotas of a place, by name.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Quotas(BTreeMap<String, Quota>);

impl Quotas {
    /// The quota of that name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<Quota> {
        self.0.get(name).copied()
    }

    /// Sets a quota; one of the same name is replaced.
    pub fn set(&mut self, name: impl Into<String>, quota: Quota) {
        self.0.insert(name.into(), quota);
    }

    /// The quotas in the order of their names.
    pub fn iter(&self) -> impl Iterator<Item = (&str, Quota)> {
        self.0.iter().map(|(name, quota)| (name.as_str(), *quota))
    }

    /// Reads a table of quotas, as in `permanent-farmland = "12000 ha"`.
    ///
    /// # Errors
    /// [`TomlMistake::BadValue`](crate::toml_reader::TomlMistake::BadValue).
    pub fn read(value: Value<'_>) -> Result<Self, TomlError> {
        let mut quotas = Self::default();
        for (name, value) in value.table()?.rest() {
            let told = value.clone();
            let text = value.string()?;
            let quota = Quota::parse(&text).map_err(|reason| {
                let zh = format!("`{text}` 不是指标：写面积（如 \"12000 ha\"）或百分比（如 \"130 %\"）");
                told.bad(zh, reason)
            })?;
            quotas.set(name, quota);
        }
        Ok(quotas)
    }
}

impl FromIterator<(String, Quota)> for Quotas {
    fn from_iter<T: IntoIterator<Item = (String, Quota)>>(quotas: T) -> Self {
        Self(quotas.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quota_has_a_unit() {
        assert_eq!(Quota::parse("1.5 ha"), Ok(Quota::Area(SquareMetres(15_000.0))));
        assert_eq!(Quota::parse("130 %"), Ok(Quota::Share(1.3)));
        for wrong in ["130", "-1 %", "x %", "NaN %", "1 acre"] {
            assert!(Quota::parse(wrong).is_err(), "{wrong}");
        }
    }
}
