//! Why an input could not be read, and what is told about it.

use sanxian_layer::LayerError;
use sanxian_model::{Explain, Explanation, Text};

use crate::crs::CrsError;
use crate::gdal_log::Cause;
use crate::read::LayerInfo;
use crate::read::git_error::GitError;

/// Why an input could not be read.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.explain())]
#[non_exhaustive]
pub enum ReadError {
    /// What was read is no layer that can be checked.
    #[error(transparent)]
    Layer(#[from] LayerError),
    /// A file could not be taken out of a Git repository.
    #[error(transparent)]
    Git(#[from] GitError),
    /// There is no such file or folder.
    Missing {
        /// The input as the user named it.
        path: String,
    },
    /// The file is there and cannot be opened as spatial data.
    NotReadable {
        /// The input.
        path: String,
        /// GDAL's own words.
        cause: Cause,
    },
    /// A zip cannot be opened.
    ZipNotReadable {
        /// The input.
        path: String,
    },
    /// A part that belongs to a Shapefile is missing.
    SidecarMissing {
        /// The input.
        path: String,
        /// The file that should be beside it.
        missing: String,
    },
    /// The input has no layer of that name.
    NoSuchLayer {
        /// The input.
        path: String,
        /// The layer asked for.
        layer: String,
        /// The layers there are.
        known: Vec<LayerInfo>,
    },
    /// The input has several layers with polygons and none was chosen.
    SeveralLayers {
        /// The input.
        path: String,
        /// The layers with polygons.
        layers: Vec<LayerInfo>,
    },
    /// No layer of the input can hold polygons.
    NoPolygonLayer {
        /// The input.
        path: String,
        /// The layers there are.
        layers: Vec<LayerInfo>,
    },
    /// The layer holds points, lines or nothing spatial.
    NotPolygons {
        /// The input.
        path: String,
        /// The layer.
        layer: String,
        /// Kind of geometry in words.
        geometry: Text,
    },
    /// Lines or points were given a width, and their coordinates are longitude and latitude.
    WidthInDegrees {
        /// The input.
        path: String,
        /// The layer.
        layer: String,
        /// Name of the CRS.
        crs: String,
    },
    /// The file breaks off or is damaged.
    Damaged {
        /// The input.
        path: String,
        /// The layer.
        layer: String,
        /// Features that the file announces.
        announced: u64,
        /// Features read before it broke off.
        read: u64,
        /// GDAL's own words.
        cause: Cause,
    },
    /// The layer has no CRS and none was declared.
    CrsMissing {
        /// The input.
        path: String,
        /// The layer.
        layer: String,
        /// Role of the layer, for the key in the config.
        role: String,
        /// What the coordinates themselves tell.
        hint: Option<Box<Text>>,
    },
    /// The declared CRS is not the one that the file carries.
    CrsContradicted {
        /// The input.
        path: String,
        /// The layer.
        layer: String,
        /// CRS in the file.
        own: String,
        /// CRS declared.
        declared: String,
    },
    /// The CRS cannot be used, or the coordinates do not lie in it.
    Crs {
        /// The input.
        path: String,
        /// The layer.
        layer: String,
        /// What is wrong.
        #[source]
        source: Box<CrsError>,
    },
    /// The encoding that the user named does not exist.
    UnknownEncoding {
        /// As written.
        name: String,
    },
    /// The bytes of a feature's geometry cannot be understood.
    BrokenGeometry {
        /// The input.
        path: String,
        /// The layer.
        layer: String,
        /// Place of the feature in the layer, counted from zero.
        row: usize,
    },
    /// Standard input held nothing.
    NoInput,
    /// Text that is not GeoJSON.
    GeoJson {
        /// The input.
        path: String,
        /// Line, counted from one.
        line: usize,
        /// What the parser says.
        reason: String,
    },
    /// A boundary TXT that breaks its own rules.
    BoundaryTxt {
        /// The input.
        path: String,
        /// Line, counted from one; zero for the file as a whole.
        line: usize,
        /// What is wrong.
        reason: Text,
        /// What to do.
        advice: Box<Text>,
    },
    /// A diff of Kart that cannot be read in full.
    KartDiff {
        /// The input.
        path: String,
        /// Line, counted from one.
        line: usize,
        /// What is wrong.
        reason: Text,
    },
    /// A row of a CSV has more in it than its geometry, which would not be read.
    Csv {
        /// The input.
        path: String,
        /// Line on which the row begins, counted from one.
        line: u64,
        /// What is wrong.
        reason: Text,
    },
    /// A column has integers that GDAL cannot hold, and would change in silence.
    LongIntegers {
        /// The input.
        path: String,
        /// The layer.
        layer: String,
        /// The column.
        column: String,
    },
    /// None of the drivers that are allowed opens it.
    NotAllowed {
        /// The input.
        path: String,
    },
    /// Another program changes the database.
    BeingWritten {
        /// The input.
        path: String,
    },
    /// The system refused.
    Io {
        /// The input.
        path: String,
        /// What the system says.
        #[source]
        source: std::io::Error,
    },
}

impl Explain for ReadError {
    #[expect(clippy::too_many_lines, reason = "one arm a variant, each the two texts of one error")]
    fn explain(&self) -> Explanation {
        let told = Explanation::new;
        match self {
            Self::Layer(error) => error.explain(),
            Self::Git(error) => error.explain(),
            Self::Missing { path } => {
                told("file-missing", format!("文件 `{path}` 不存在"), format!("there is no file `{path}`"))
                    .advise("核对文件名", "check the name")
                    .hint(path.contains('#').then(layer_after_hash).as_ref())
            }
            Self::NotReadable { path, cause } => told(
                "file-not-readable",
                format!("`{path}` 无法按空间数据打开"),
                format!("`{path}` cannot be opened as spatial data"),
            )
            .because(cause.words())
            .advise(
                "核对文件是否完整，格式应为 GeoPackage、Shapefile、File Geodatabase、FlatGeobuf、GeoJSON、KML、DXF、\
                 含 WKT 的 CSV 或界址点 TXT",
                "check that the file is whole and is one of GeoPackage, Shapefile, File Geodatabase, FlatGeobuf, \
                 GeoJSON, KML, DXF, CSV with WKT, or boundary TXT",
            ),
            Self::ZipNotReadable { path } => told(
                "zip-not-readable",
                format!("压缩包 `{path}` 无法打开"),
                format!("`{path}` cannot be opened as a zip"),
            )
            .advise("核对压缩包是否完整，或解压后重试", "check that the zip is whole, or unpack it"),
            Self::SidecarMissing { path, missing } => told(
                "shapefile-part-missing",
                format!("缺少文件 `{missing}`"),
                format!("`{missing}` is missing"),
            )
            .at(path.as_str())
            .advise(
                "Shapefile 图层由 .shp、.shx、.dbf 三个文件组成，请一并提供",
                "deliver the .shp with its .shx and .dbf; they are one layer in three files",
            ),
            Self::NoSuchLayer { path, layer, known } => told(
                "unknown-layer",
                format!("`{path}` 中没有图层 `{layer}`"),
                format!("`{path}` has no layer `{layer}`"),
            )
            .advise(
                format!("从以下图层中选择：{}", names(known, "、")),
                format!("choose one of {}", names(known, ", ")),
            ),
            Self::SeveralLayers { path, layers } => told(
                "layer-not-chosen",
                format!("`{path}` 中有多个面图层"),
                format!("`{path}` has several layers with polygons"),
            )
            .advise(
                format!("指定其中一个：{}", choices(path, layers, "、")),
                format!("choose one: {}", choices(path, layers, ", ")),
            ),
            Self::NoPolygonLayer { path, layers } => {
                let there_are = kinds(layers);
                told(
                    "no-polygon-layer",
                    format!("`{path}` 中没有面图层；{}", there_are.zh),
                    format!("`{path}` has no layer with polygons; {}", there_are.en),
                )
                .advise("提供面图层，不要提供其边线或点", "deliver the areas, not their lines or points")
            }
            Self::NotPolygons { path, layer, geometry } => told(
                "layer-not-polygons",
                format!("图层 `{layer}` 的几何类型为{}，不是面", geometry.zh),
                format!("layer `{layer}` holds {}, not polygons", geometry.en),
            )
            .at(path.as_str())
            .advise(
                "选择面图层，或先将线构成面；比对规划时也可给线和点定宽度（--width 名称=20m）",
                "choose a layer of areas, or close the lines into areas first; where plans are compared, lines and points may have a width (--width NAME=20m)",
            ),
            Self::WidthInDegrees { path, layer, crs } => told(
                "width-in-degrees",
                format!("图层 `{layer}` 的坐标为经纬度（{crs}），不能给线和点定宽度"),
                format!("layer `{layer}` is in longitude and latitude ({crs}): its lines and points can have no width in metres"),
            )
            .at(path.as_str())
            .advise(
                "先转换到投影坐标系，如 ogr2ogr -t_srs EPSG:4546",
                "bring it into a projected CRS first, as with ogr2ogr -t_srs EPSG:4546",
            ),
            Self::Damaged { path, layer, announced, read, cause } => told(
                "layer-damaged",
                format!("图层 `{layer}` 已损坏：共 {announced} 个要素，只读出 {read} 个"),
                format!("layer `{layer}` is damaged: {read} of {announced} features could be read"),
            )
            .because(cause.words())
            .at(path.as_str())
            .advise(
                "从数据来源重新复制文件；不检查残缺的图层",
                "copy the file again from its source; a part of a layer is never checked",
            ),
            Self::CrsMissing { path, layer, role, hint } => told(
                "crs-missing",
                format!("图层 `{layer}` 没有坐标系"),
                format!("layer `{layer}` has no coordinate reference system"),
            )
            .at(path.as_str())
            .advise(
                format!(
                    "用 --crs EPSG:4546 或 `layers.{role}.crs` 指定；以米为单位的独立平面坐标用 --crs none"
                ),
                format!(
                    "say --crs EPSG:4546, or set `layers.{role}.crs`; --crs none for bare plane coordinates in metres"
                ),
            )
            .hint(hint.as_deref()),
            Self::CrsContradicted { path, layer, own, declared } => told(
                "crs-contradicted",
                format!("图层 `{layer}` 的坐标系是 {own}，与指定的 {declared} 不一致"),
                format!("layer `{layer}` is in {own}, but {declared} was declared for it"),
            )
            .at(path.as_str())
            .advise(
                "不必指定，按文件自带的坐标系读取，并自动转换到检查所用的坐标系；文件有误的，在文件中更正",
                "leave the declaration out; the file's own system is used, and a layer is transformed to the run's \
                 system by itself. If the file is wrong, correct it there",
            ),
            Self::Crs { path, layer, source } => source
                .explain()
                .at(Text::new(format!("{path} 的图层 `{layer}`"), format!("layer `{layer}` of {path}"))),
            Self::UnknownEncoding { name } => told(
                "unknown-encoding",
                format!("`{name}` 不是已知的字符编码"),
                format!("`{name}` is not a text encoding"),
            )
            .advise(
                "使用 GBK、GB18030、UTF-8、Big5、windows-1252 或其他 Web 编码名称",
                "use GBK, GB18030, UTF-8, Big5, windows-1252 or another label of the web",
            ),
            Self::BrokenGeometry { path, layer, row } => told(
                "geometry-broken",
                format!("图层 `{layer}` 第 {row} 个要素（从 0 起）的几何无法解析"),
                format!(
                    "feature number {row} (counted from 0) of layer `{layer}` has a geometry that cannot be decoded"
                ),
            )
            .at(path.as_str())
            .advise(
                "文件已损坏，从数据来源重新复制",
                "the file is damaged; copy it again from its source",
            ),
            Self::NoInput => Explanation::new("input-empty", "标准输入为空", "standard input is empty").advise(
                "向标准输入提供 GeoJSON，或用文件名代替 `-`",
                "pipe GeoJSON into it, or name a file in place of `-`",
            ),
            Self::GeoJson { path, line, reason } => told(
                "geojson-invalid",
                format!("第 {line} 行不是 GeoJSON"),
                format!("line {line} is not GeoJSON"),
            )
            .because(reason.as_str())
            .at(path.as_str())
            .advise(
                "提供 FeatureCollection，或每行一个要素",
                "deliver a FeatureCollection, or one feature a line",
            ),
            Self::BoundaryTxt { path, line, reason, advice } => {
                Explanation::new("boundary-txt-invalid", reason.zh.as_str(), reason.en.as_str())
                    .at(line_of(path, *line as u64))
                    .advise(advice.zh.as_str(), advice.en.as_str())
            }
            Self::KartDiff { path, line, reason } => told(
                "kart-diff-invalid",
                format!("Kart 差异文件无法读取：{}", reason.zh),
                format!("the Kart diff cannot be read: {}", reason.en),
            )
            .at(line_of(path, *line as u64))
            .advise(
                "用 kart diff -o json-lines 重新导出，不加 --crs",
                "write it again with kart diff -o json-lines, without --crs",
            ),
            Self::Csv { path, line, reason } => told(
                "csv-row-incomplete",
                format!("该行不能完整读取：{}", reason.zh),
                format!("the row would be read in part: {}", reason.en),
            )
            .at(line_of(path, *line))
            .advise(
                "每行只在一个单元格中写一个几何，并补全引号",
                "give each row one geometry in one cell, and close the quotes around it",
            ),
            Self::LongIntegers { path, layer, column } => told(
                "integers-too-long",
                format!("图层 `{layer}` 的字段 `{column}` 有超过 64 位的整数，读取会改变其值"),
                format!(
                    "column `{column}` of layer `{layer}` has integers of more than 64 bits, which would be changed"
                ),
            )
            .at(path.as_str())
            .advise(
                "改为文本（加引号），或提供不在压缩包或服务器中的单独文件",
                "deliver them as text, in quotes, or as a file of its own that is not in a zip or on a server",
            ),
            Self::NotAllowed { path } => told(
                "driver-not-allowed",
                format!("`{path}` 不是允许读取的格式的完整文件"),
                format!("`{path}` is no whole file of a format that may be read"),
            )
            .advise(
                "另存为 GeoPackage、Shapefile 或 GeoJSON 后提供",
                "deliver it as GeoPackage, Shapefile or GeoJSON",
            ),
            Self::BeingWritten { path } => told(
                "file-being-written",
                format!("`{path}` 正由其他程序写入"),
                format!("`{path}` is being written to by another program"),
            )
            .advise(
                "等待写入完成，或关闭该程序后重新运行",
                "wait until that is done, or close the program, and run again",
            ),
            Self::Io { path, source } => {
                told("file-refused", format!("`{path}` 无法读取"), format!("`{path}` cannot be read"))
                    .because(source.to_string())
                    .advise("检查权限和磁盘空间", "check rights and free space")
            }
        }
    }
}

fn layer_after_hash() -> Text {
    Text::new(
        "图层名写在文件名和 `#` 之后，如 plan.gpkg#DLTB",
        "a layer follows the file after `#`, as in plan.gpkg#DLTB",
    )
}

fn names(layers: &[LayerInfo], between: &str) -> String {
    layers.iter().map(|layer| format!("`{}`", layer.name)).collect::<Vec<_>>().join(between)
}

fn choices(path: &str, layers: &[LayerInfo], between: &str) -> String {
    layers.iter().map(|layer| format!("{path}#{}", layer.name)).collect::<Vec<_>>().join(between)
}

/// The layers and what they hold, the kinds of geometry in GDAL's words.
fn kinds(layers: &[LayerInfo]) -> Text {
    if layers.is_empty() {
        return Text::new("文件中没有图层", "it has no layer at all");
    }
    let list = |open: &str, close: &str, between: &str| {
        let kind =
            |layer: &LayerInfo| format!("`{}`{open}{}{close}", layer.name, layer.geometry.to_lowercase());
        layers.iter().map(kind).collect::<Vec<_>>().join(between)
    };
    Text::new(format!("现有图层：{}", list("（", "）", "、")), format!("there are {}", list(" (", ")", ", ")))
}

/// A line of a file; line 0 is the file as a whole.
fn line_of(path: &str, line: u64) -> Text {
    match line {
        0 => Text::from(path),
        _ => Text::new(format!("{path} 第 {line} 行"), format!("{path}: line {line}")),
    }
}
