//! Why a definition is no CRS that can be used.

use sanxian_model::{Explain, Explanation, Text};

/// Why a definition is no CRS that can be used.
#[derive(Debug, Clone, thiserror::Error, PartialEq)]
#[error("{}", self.explain())]
#[non_exhaustive]
pub enum DefinitionError {
    /// The text names no CRS.
    NotUnderstood {
        /// The beginning of what was written.
        text: String,
    },
    /// A code that is not in the table.
    UnknownCode {
        /// The code.
        code: u32,
    },
    /// A part of a definition is missing or makes no sense.
    Malformed {
        /// Name of the system.
        name: String,
        /// What is wrong, as a predicate.
        what: Text,
    },
    /// Heights, or earth-centred coordinates.
    NotHorizontal {
        /// Name of the system.
        name: String,
    },
    /// The code says one system and the parameters another.
    Contradictory {
        /// Name of the system.
        name: String,
        /// The code it calls itself.
        code: u32,
    },
}

/// The error for a text that is no CRS.
#[must_use]
pub fn not_understood(text: &str) -> DefinitionError {
    const MOST: usize = 60;
    let mut beginning: String = text.trim().chars().take(MOST).collect();
    if text.trim().chars().nth(MOST).is_some() {
        beginning.push('…');
    }
    DefinitionError::NotUnderstood { text: beginning }
}

impl Explain for DefinitionError {
    fn explain(&self) -> Explanation {
        let told = Explanation::new;
        match self {
            Self::NotUnderstood { text } => told(
                "unknown-crs",
                format!("`{text}` 不是坐标系"),
                format!("`{text}` is not a coordinate reference system"),
            )
            .advise(
                "写 EPSG:4546（CGCS2000，3 度带，中央子午线 111°）、其他 EPSG 代码、PROJJSON 或 WKT；\
                 以米为单位的独立平面坐标写 `none`",
                "write EPSG:4546 (CGCS2000, 3-degree, CM 111E), another EPSG code, PROJJSON, WKT, or `none` for bare \
                 plane coordinates in metres",
            ),
            Self::UnknownCode { code } => told(
                "unknown-crs-code",
                format!("不用 PROJ 时不能识别 EPSG:{code}"),
                format!("EPSG:{code} is not known without PROJ"),
            )
            .advise(
                "用 PROJJSON 或 WKT 给出定义；可按代码识别的有 CGCS2000（4490、4491 至 4554）和 WGS 84（4326、32601 至 \
                 32660、32701 至 32760）",
                "give its definition as PROJJSON or WKT; known by code are CGCS2000 (4490, 4491 to 4554) and WGS 84 \
                 (4326, 32601 to 32660, 32701 to 32760)",
            ),
            Self::Malformed { name, what } => told(
                "crs-malformed",
                format!("`{name}` 的定义{}", what.zh),
                format!("the definition of `{name}` {}", what.en),
            )
            .advise(
                "重新导出为 PROJJSON 或 WKT，或给出 EPSG 代码",
                "export it anew as PROJJSON or WKT, or give its EPSG code",
            ),
            Self::NotHorizontal { name } => told(
                "crs-not-horizontal",
                format!("`{name}` 不是平面或经纬度坐标系"),
                format!("`{name}` has no easting and northing"),
            )
            .advise("指定投影坐标系或地理坐标系", "give a projected or a geographic system"),
            Self::Contradictory { name, code } => told(
                "crs-contradictory",
                format!("`{name}` 标为 EPSG:{code}，但参数与之不同"),
                format!("`{name}` calls itself EPSG:{code}, but its parameters are others"),
            )
            .advise(
                "代码无误的只给代码，否则给出不带代码的定义",
                "give the code alone if it is right, or the definition without a code",
            ),
        }
    }
}
