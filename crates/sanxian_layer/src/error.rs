//! Why a layer could not be made, and what is told about it.

use sanxian_model::{Explain, Explanation, Fault, Lang, Text};

/// Why a layer could not be made.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.explain())]
#[non_exhaustive]
pub enum LayerError {
    /// The layer has no feature at all.
    Empty {
        /// The input.
        path: String,
        /// The layer.
        layer: String,
    },
    /// Every feature had to be left out.
    NothingUsable {
        /// The input.
        path: String,
        /// The layer.
        layer: String,
        /// Features delivered.
        features: usize,
        /// What is wrong with the first of them.
        first: Option<Box<Fault>>,
    },
    /// The user mapped a field to a column that is not there.
    NoSuchColumn {
        /// The input.
        path: String,
        /// The layer.
        layer: String,
        /// Canonical name.
        field: String,
        /// Column asked for.
        column: String,
        /// Columns there are.
        known: Vec<String>,
    },
    /// A feature is invalid and the run was told to end then.
    Invalid(Box<Fault>),
    /// The layer has no CRS and none was given.
    CrsMissing {
        /// The layer.
        layer: String,
    },
    /// The CRS that was given is not the one that the layer carries.
    CrsContradicted {
        /// The layer.
        layer: String,
        /// CRS of the layer.
        own: String,
        /// CRS that was given.
        declared: String,
    },
    /// A vertex cannot lie in the CRS of its layer.
    OutOfPlace {
        /// The layer.
        layer: String,
        /// The CRS.
        crs: String,
        /// Easting or longitude.
        x: f64,
        /// Northing or latitude.
        y: f64,
    },
    /// The CRS of a layer is not understood.
    Crs {
        /// The layer.
        layer: String,
        /// What is wrong.
        #[source]
        source: Box<crate::crs::DefinitionError>,
    },
    /// A table has no column of that name.
    NoGeometryColumn {
        /// The layer.
        layer: String,
        /// Column asked for.
        column: String,
        /// Columns there are.
        known: Vec<String>,
    },
    /// The column holds no areas.
    NotAreas {
        /// The layer.
        layer: String,
        /// The column.
        column: String,
        /// Its Arrow type.
        kind: String,
    },
    /// The batches of one layer have different columns.
    SchemasDiffer {
        /// The layer.
        layer: String,
    },
    /// There are more shapes than rows of attributes, or fewer.
    RowsDiffer {
        /// The layer.
        layer: String,
        /// Number of shapes.
        shapes: usize,
        /// Number of rows.
        rows: usize,
    },
    /// The numbers of features cannot be taken from a column.
    NoFeatureIds {
        /// The layer.
        layer: String,
        /// The column.
        column: String,
    },
    /// The bytes of a geometry cannot be understood.
    BrokenGeometry {
        /// The layer.
        layer: String,
        /// Row, counted from 0 over all batches.
        row: u32,
    },
    /// Arrow did something that it does not do with whole columns.
    Columns {
        /// The input.
        path: String,
        /// The layer.
        layer: String,
        /// What the library says.
        reason: String,
    },
}

impl Explain for LayerError {
    #[expect(clippy::too_many_lines, reason = "one arm a variant, each the two texts of one error")]
    fn explain(&self) -> Explanation {
        let told = Explanation::new;
        match self {
            Self::Empty { path, layer } => {
                told("layer-empty", format!("图层 `{layer}` 为空"), format!("layer `{layer}` is empty"))
                    .at(path.as_str())
                    .advise(
                        "空图层会使全部检查通过：核对文件，确为空的加 --allow-empty",
                        "an empty layer would make everything pass: check the file, or say --allow-empty",
                    )
            }
            Self::NothingUsable { path, layer, features, first } => {
                let first = first.as_deref().map_or_else(Text::default, |fault| {
                    let first = sentence(fault);
                    Text::new(format!("，首个：{}", first.zh), format!("; the first: {}", first.en))
                });
                told(
                    "layer-unusable",
                    format!("图层 `{layer}` 的 {features} 个要素均不可用{}", first.zh),
                    format!("none of the {features} features of layer `{layer}` can be used{}", first.en),
                )
                .at(path.as_str())
                .advise("修复图层，或加 --allow-empty", "repair the layer, or say --allow-empty")
            }
            Self::NoSuchColumn { path, layer, field, column, known } => told(
                "unknown-column",
                format!("`{field}` 指定取自字段 `{column}`，图层 `{layer}` 没有该字段"),
                format!("field `{field}` is mapped to column `{column}`, which layer `{layer}` does not have"),
            )
            .at(path.as_str())
            .advise(
                format!("从以下字段中选择：{}", known.join("、")),
                format!("choose one of {}", known.join(", ")),
            ),
            Self::Invalid(fault) => {
                let what = sentence(fault);
                let near = fault.near.map_or_else(Text::default, |[x, y]| {
                    Text::new(format!("，({x}, {y}) 附近"), format!(", near ({x}, {y})"))
                });
                let path = &fault.place.path;
                told("feature-invalid", what.zh, what.en)
                    .at(Text::new(format!("{path}{}", near.zh), format!("{path}{}", near.en)))
                    .advise(
                        "在数据来源中修复，或用 --on-invalid repair、--on-invalid skip",
                        "repair it in the source, or say --on-invalid repair or --on-invalid skip",
                    )
            }
            Self::CrsMissing { layer } => told(
                "crs-missing",
                format!("图层 `{layer}` 没有坐标系"),
                format!("layer `{layer}` has no coordinate reference system"),
            )
            .advise(
                "指定坐标系，如 EPSG:4546；以米为单位的独立平面坐标指定为平面",
                "give it one, as in EPSG:4546, or the plane for bare coordinates in metres",
            ),
            Self::OutOfPlace { layer, crs, x, y } => told(
                "vertex-out-of-place",
                format!("图层 `{layer}` 的顶点 ({x}, {y}) 不在 {crs} 的范围内"),
                format!("the vertex ({x}, {y}) of layer `{layer}` cannot lie in {crs}"),
            )
            .advise(
                "核对坐标系和坐标次序：x 为东（经度），y 为北（纬度）",
                "check the CRS and the order of the coordinates: x is east (longitude), y is north (latitude)",
            ),
            Self::CrsContradicted { layer, own, declared } => told(
                "crs-contradicted",
                format!("图层 `{layer}` 的坐标系是 {own}，与指定的 {declared} 不一致"),
                format!("layer `{layer}` is in {own}, but {declared} was given for it"),
            )
            .advise("两者只保留一个", "leave one of them out"),
            Self::Crs { layer, source } => {
                source.explain().at(Text::new(format!("图层 `{layer}`"), format!("layer `{layer}`")))
            }
            Self::NoGeometryColumn { layer, column, known } => told(
                "unknown-geometry-column",
                format!("图层 `{layer}` 没有几何列 `{column}`"),
                format!("layer `{layer}` has no column `{column}` for its geometry"),
            )
            .advise(
                format!("从以下各列中选择：{}", known.join("、")),
                format!("choose one of {}", known.join(", ")),
            ),
            Self::NotAreas { layer, column, kind } => told(
                "geometry-column-not-areas",
                format!("图层 `{layer}` 的列 `{column}` 类型为 {kind}，不是面"),
                format!("column `{column}` of layer `{layer}` holds no areas but {kind}"),
            )
            .advise(
                "提供 WKB，或带扩展类型名的 GeoArrow polygon、multipolygon",
                "give well-known binary, or GeoArrow polygons or multipolygons with the name of their extension",
            ),
            Self::SchemasDiffer { layer } => told(
                "batches-differ",
                format!("图层 `{layer}` 各批数据的列不同"),
                format!("the batches of layer `{layer}` have different columns"),
            )
            .advise("各批数据使用同一结构", "give batches of one schema"),
            Self::RowsDiffer { layer, shapes, rows } => told(
                "rows-differ",
                format!("图层 `{layer}` 有 {shapes} 个图形、{rows} 行属性"),
                format!("layer `{layer}` has {shapes} shapes and {rows} rows of attributes"),
            )
            .advise("每个图形对应一行属性", "give a row for each shape"),
            Self::NoFeatureIds { layer, column } => told(
                "feature-ids-unusable",
                format!("图层 `{layer}` 的列 `{column}` 不能作为要素编号"),
                format!("column `{column}` of layer `{layer}` does not number its features"),
            )
            .advise("指定没有空值的整数列", "name a column of integers without nulls"),
            Self::BrokenGeometry { layer, row } => told(
                "geometry-broken",
                format!("图层 `{layer}` 第 {row} 个要素（从 0 起）的几何无法解析"),
                format!("feature {row} (counted from 0) of layer `{layer}` has a geometry that cannot be decoded"),
            )
            .advise("重新提供该要素的几何", "give it anew"),
            Self::Columns { path, layer, reason } => told(
                "columns-failed",
                format!("图层 `{layer}` 的数据无法读入"),
                format!("layer `{layer}` cannot be brought into columns"),
            )
            .because(reason.as_str())
            .at(path.as_str())
            .advise(
                "将图层另存为 GeoPackage 后重试；仍然出错的，请反馈",
                "save the layer as a GeoPackage and try again; if that fails too, report it",
            ),
        }
    }
}

/// The feature, what is wrong with it, and more words about it.
fn sentence(fault: &Fault) -> Text {
    let detail = fault.detail.as_ref();
    let zh = format!("{}：{}", fault.place.in_lang(Lang::Zh), fault.kind.sentence(Lang::Zh));
    let en = format!("{} {}", fault.place, fault.kind.sentence(Lang::En));
    match detail {
        Some(detail) => Text::new(format!("{zh}（{}）", detail.zh), format!("{en}; {}", detail.en)),
        None => Text::new(zh, en),
    }
}
