//! Lengths on the ground.

use std::fmt;

/// A length in metres (米).
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Default)]
pub struct Metres(pub f64);

impl Metres {
    /// No length.
    pub const ZERO: Self = Self(0.0);

    /// The bare number of metres.
    #[must_use]
    pub const fn get(self) -> f64 {
        self.0
    }

    /// The larger of two lengths.
    #[must_use]
    pub fn max(self, other: Self) -> Self {
        Self(self.0.max(other.0))
    }

    /// Reads a length with its unit: `0.05 m`, `5 cm`, `2 mm`, `0.05 米`, `5 厘米`, `2 毫米`; `0` needs none.
    ///
    /// # Errors
    /// A sentence that names the text and the accepted units.
    pub fn parse(text: &str) -> Result<Self, String> {
        let trimmed = text.trim();
        let split = trimmed
            .find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | '+' | '-')))
            .unwrap_or(trimmed.len());
        let (number, unit) = trimmed.split_at(split);
        let value = match number.parse::<f64>() {
            Ok(value) if value.is_finite() && value >= 0.0 => value,
            _ => return Err(format!("`{text}` is not a length: `{number}` is not a number of zero or more")),
        };
        match unit.trim() {
            "m" | "米" => Ok(Self(value)),
            "cm" | "厘米" => Ok(Self(value / 100.0)),
            "mm" | "毫米" => Ok(Self(value / 1000.0)),
            "" if value == 0.0 => Ok(Self::ZERO),
            _ => Err(format!(
                "`{text}` is not a length: write a number and one of m, cm, mm, as in \"0.05 m\""
            )),
        }
    }
}

impl fmt::Display for Metres {
    /// Three decimals and the unit; a precision given by the caller wins.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.*} m", f.precision().unwrap_or(3), self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_length_has_a_unit_unless_it_is_none() {
        for (text, metres) in [("0.05 m", 0.05), ("5cm", 0.05), ("2 毫米", 0.002), ("0", 0.0), ("0 m", 0.0)]
        {
            assert_eq!(Metres::parse(text), Ok(Metres(metres)), "{text}");
        }
        for text in ["0.05", "m", "-1 m", "1 ft", "nan m", ""] {
            assert!(Metres::parse(text).is_err(), "{text}");
        }
    }
}
