//! Why coordinates cannot be placed on the earth, or not where they are said to be.

use sanxian_model::{Explain, Explanation, Position, Text};

/// Why a CRS cannot be used, or why coordinates do not lie in it.
#[derive(Debug, Clone, thiserror::Error, PartialEq)]
#[error("{}", self.explain())]
#[non_exhaustive]
pub enum CrsError {
    /// The text names no CRS.
    Unknown {
        /// As written.
        text: String,
    },
    /// The CRS is not one of positions on a map: heights, or earth-centred.
    NotHorizontal {
        /// Name of the CRS.
        name: String,
    },
    /// Bare plane coordinates against a system on the earth.
    PlaneAndEarth {
        /// CRS of the layer.
        from: String,
        /// CRS of the run.
        to: String,
    },
    /// Only a guess leads from one datum to the other.
    NoExactTransform {
        /// CRS of the layer.
        from: String,
        /// CRS of the run.
        to: String,
    },
    /// PROJ refused.
    Failed {
        /// CRS of the layer.
        from: String,
        /// CRS of the run.
        to: Text,
        /// PROJ's words.
        reason: Text,
    },
    /// The eastings carry a zone number that the CRS does not expect.
    ZonePrefix {
        /// An easting of the layer.
        easting: f64,
        /// The zone number in front of it.
        prefix: u32,
        /// CRS of the layer.
        declared: String,
        /// The EPSG code that fits, when there is one.
        fits: Option<u32>,
    },
    /// The CRS expects a zone number and the eastings have none.
    ZonePrefixMissing {
        /// An easting of the layer.
        easting: f64,
        /// The zone number that should be in front.
        prefix: u32,
        /// CRS of the layer.
        declared: String,
        /// The EPSG code that fits, when there is one.
        fits: Option<u32>,
    },
    /// Features of several zones in one layer.
    SeveralZones {
        /// Smallest zone number.
        from: u32,
        /// Largest zone number.
        to: u32,
    },
    /// Degrees in a system of metres.
    DegreesAsMetres {
        /// A position of the layer.
        near: Position,
        /// CRS of the layer.
        declared: String,
    },
    /// Metres in a system of degrees.
    MetresAsDegrees {
        /// A position of the layer.
        near: Position,
        /// CRS of the layer.
        declared: String,
        /// What the coordinates themselves tell.
        hint: Option<Text>,
    },
    /// North and east are swapped.
    Swapped {
        /// A position of the layer.
        near: Position,
        /// CRS of the layer.
        declared: String,
    },
    /// Somewhere else on the earth.
    FarOutside {
        /// A position of the layer.
        near: Position,
        /// CRS of the layer.
        declared: String,
        /// Where the CRS is used.
        area: Text,
    },
}

impl Explain for CrsError {
    #[expect(clippy::too_many_lines, reason = "one arm a variant, each the two texts of one error")]
    fn explain(&self) -> Explanation {
        let told = Explanation::new;
        match self {
            Self::Unknown { text } => told(
                "unknown-crs",
                format!("`{text}` 不是坐标系"),
                format!("`{text}` is not a coordinate reference system"),
            )
            .advise(
                "写 EPSG:4546（CGCS2000，3 度带，中央子午线 111°）、其他 EPSG 代码、WKT 或 PROJ 定义；\
                 以米为单位的独立平面坐标写 `none`",
                "write EPSG:4546 (CGCS2000, 3-degree, CM 111E), another EPSG code, a WKT or PROJ definition, or `none` \
                 for bare plane coordinates in metres",
            ),
            Self::NotHorizontal { name } => told(
                "crs-not-horizontal",
                format!("`{name}` 不是平面或经纬度坐标系"),
                format!("`{name}` has no easting and northing"),
            )
            .advise("指定投影坐标系或地理坐标系", "give a projected or a geographic system"),
            Self::PlaneAndEarth { from, to } => told(
                "crs-plane-and-earth",
                format!("{from} 不能转换到 {to}"),
                format!("{from} cannot be brought to {to}"),
            )
            .advise(
                "独立平面坐标在地球上没有位置：为所有图层指定坐标系，或全部用 --crs none",
                "bare plane coordinates have no place on the earth: declare the CRS of all layers, or --crs none for \
                 all",
            ),
            Self::NoExactTransform { from, to } => told(
                "crs-no-exact-transform",
                format!("{from} 到 {to} 没有准确的转换"),
                format!("no exact transformation leads from {from} to {to}"),
            )
            .advise(
                "两个基准相差数十米，转换参数因地而异：先用当地法定参数转换该图层",
                "the two datums lie tens of metres apart and the parameters are local: transform the layer with your \
                 official parameters first",
            ),
            Self::Failed { from, to, reason } => told(
                "crs-transform-failed",
                format!("{from} 无法转换到 {}", to.zh),
                format!("{from} cannot be transformed to {}", to.en),
            )
            .because(reason.clone())
            .advise(
                "核对坐标是否在两个坐标系的适用范围内",
                "check that the coordinates are inside both systems",
            ),
            Self::ZonePrefix { easting, prefix, declared, fits } => {
                let instead = instead(*fits);
                told(
                    "crs-zone-number",
                    format!("横坐标（如 {easting:.3}）带有带号 {prefix}，与指定的坐标系 {declared} 不符"),
                    format!(
                        "eastings such as {easting:.3} carry the zone number {prefix}, but the layer is said to be in \
                         {declared}"
                    ),
                )
                .advise(instead.zh, instead.en)
            }
            Self::ZonePrefixMissing { easting, prefix, declared, fits } => {
                let instead = instead(*fits);
                told(
                    "crs-zone-number-missing",
                    format!("横坐标（如 {easting:.3}）没有带号，而 {declared} 要求带号 {prefix}"),
                    format!(
                        "eastings such as {easting:.3} carry no zone number, but {declared} expects the number \
                         {prefix} in front"
                    ),
                )
                .advise(instead.zh, instead.en)
            }
            Self::SeveralZones { from, to } => told(
                "crs-several-zones",
                format!("同一图层的横坐标带有带号 {from} 和 {to}"),
                format!("the eastings of one layer carry the zone numbers {from} and {to}"),
            )
            .advise(
                "按带拆分图层，或提供经纬度坐标（EPSG:4490）",
                "split the layer by zone, or deliver it in longitude and latitude (EPSG:4490)",
            ),
            Self::DegreesAsMetres { near: [x, y], declared } => told(
                "crs-degrees-as-metres",
                format!("坐标（如 {x}, {y}）是度，而图层指定为 {declared}"),
                format!("coordinates such as ({x}, {y}) are degrees, but the layer is said to be in {declared}"),
            )
            .advise(
                "确为经纬度的，指定 EPSG:4490（CGCS2000 经纬度）",
                "declare EPSG:4490 (CGCS2000 longitude and latitude) if that is what they are",
            ),
            Self::MetresAsDegrees { near: [x, y], declared, hint } => told(
                "crs-metres-as-degrees",
                format!("坐标（如 {x}, {y}）不是度，而图层指定为 {declared}"),
                format!("coordinates such as ({x}, {y}) are no degrees, but the layer is said to be in {declared}"),
            )
            .advise("指定坐标所在的投影坐标系", "declare the projected system that they are in")
            .hint(hint.as_ref()),
            Self::Swapped { near: [x, y], declared } => told(
                "crs-axes-swapped",
                format!("坐标（如 {x}, {y}）北坐标在前；横坐标在前时才落在 {declared} 范围内"),
                format!(
                    "coordinates such as ({x}, {y}) have north first; with x east and y north they would lie in \
                     {declared}"
                ),
            )
            .advise(
                "在数据来源中对调两列：测量的 X 是北坐标，文件中应先存东坐标",
                "swap the two columns in the source: survey X is north, but files store east first",
            ),
            Self::FarOutside { near: [x, y], declared, area } => told(
                "crs-far-outside",
                format!("坐标（如 {x}, {y}）远在 {declared} 的适用范围（{}）之外", area.zh),
                format!(
                    "coordinates such as ({x}, {y}) lie far outside {declared}, which is for {}",
                    area.en
                ),
            )
            .advise("核对图层的坐标系", "check the CRS of the layer"),
        }
    }
}

fn instead(fits: Option<u32>) -> Text {
    match fits {
        Some(code) => Text::new(
            format!("指定与坐标相符的 EPSG:{code}"),
            format!("declare EPSG:{code}, which fits these coordinates"),
        ),
        None => Text::new("指定与坐标相符的坐标系", "declare the system that fits these coordinates"),
    }
}
