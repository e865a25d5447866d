//! Why an output could not be written, and what is told about it.

use std::path::PathBuf;

use sanxian_model::{Explain, Explanation, Text};

use crate::crs::CrsError;
use crate::gdal_log::Cause;

/// Why an output could not be written.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.explain())]
#[non_exhaustive]
pub enum WriteError {
    /// The extension tells no format.
    UnknownFormat {
        /// The output.
        path: PathBuf,
    },
    /// The folder is not there.
    NoFolder {
        /// The output.
        path: PathBuf,
    },
    /// The system refused: rights, a full disk, a name that is a folder.
    Io {
        /// The output.
        path: PathBuf,
        /// What the system says.
        #[source]
        source: std::io::Error,
    },
    /// GDAL refused.
    Driver {
        /// The output.
        path: PathBuf,
        /// GDAL's own words.
        cause: Cause,
    },
    /// The output is an input of the same run.
    IsInput {
        /// The output.
        path: PathBuf,
        /// The input as the user named it.
        input: String,
    },
    /// There is a file of that name, and it is to be kept.
    Exists {
        /// The output.
        path: PathBuf,
    },
    /// The database that would be replaced holds more than results of a check.
    HoldsOtherData {
        /// The output.
        path: PathBuf,
        /// Its layers and tables that are no results.
        layers: Vec<String>,
    },
    /// The file that would be replaced is no result of an earlier run.
    NoResult {
        /// The output.
        path: PathBuf,
        /// Its first line; none when it is no text.
        line: Option<String>,
    },
    /// The database that would be replaced has changes beside it that would be put into the new one.
    PendingChanges {
        /// The output.
        path: PathBuf,
        /// The log or journal beside it.
        pending: PathBuf,
    },
    /// The format holds one layer.
    OneLayerOnly {
        /// The output.
        path: PathBuf,
        /// Layers to write.
        layers: usize,
    },
    /// The encoding that the user named does not exist.
    UnknownEncoding {
        /// As written.
        name: String,
    },
    /// The format wants longitude and latitude and the layer has no place on the earth, or PROJ refuses.
    Crs {
        /// The output.
        path: PathBuf,
        /// The layer.
        layer: String,
        /// What is wrong.
        #[source]
        source: Box<CrsError>,
    },
    /// The format cannot hold what the layer has.
    NotInThisFormat {
        /// The output.
        path: PathBuf,
        /// The layer.
        layer: String,
        /// What does not fit.
        reason: Text,
        /// What to do.
        advice: Box<Text>,
    },
}

impl WriteError {
    pub(crate) fn io(path: &std::path::Path) -> impl Fn(std::io::Error) -> Self + '_ {
        move |source| Self::Io { path: path.to_owned(), source }
    }
}

impl Explain for WriteError {
    fn explain(&self) -> Explanation {
        let told = Explanation::new;
        match self {
            Self::UnknownFormat { path } => told(
                "unknown-output-format",
                format!("`{}` 的扩展名不是已知格式", path.display()),
                format!("`{}` has no extension of a known format", path.display()),
            )
            .advise(
                "使用 gpkg、shp、geojson、geojsonl、fgb、gdb、kml、csv、txt 之一",
                "use one of gpkg, shp, geojson, geojsonl, fgb, gdb, kml, csv, txt",
            ),
            Self::NoFolder { path } => told(
                "output-folder-missing",
                format!("`{}` 所在文件夹不存在", path.display()),
                format!("there is no folder for `{}`", path.display()),
            )
            .advise("先建立文件夹，或写到其他位置", "make the folder first, or write elsewhere"),
            Self::Io { path, source } => cannot_be_written("output-refused", path, source.to_string()),
            Self::Driver { path, cause } => cannot_be_written("output-failed", path, cause.words()),
            Self::IsInput { path, input } => told(
                "output-is-input",
                format!("输出文件 `{}` 同时是输入（{input}）", path.display()),
                format!("the output `{}` is also an input ({input})", path.display()),
            )
            .advise(
                "写到其他文件；输入文件不会被覆盖",
                "write to another file; an input is never overwritten",
            ),
            Self::Exists { path } => told(
                "output-exists",
                format!("输出文件 `{}` 已存在", path.display()),
                format!("`{}` is already there", path.display()),
            )
            .advise(
                "写到其他文件，或加 --overwrite 替换",
                "write to another file, or say --overwrite to replace it",
            ),
            Self::HoldsOtherData { path, layers } => told(
                "output-holds-other-data",
                format!("输出文件 `{}` 已存在，其中有其他数据", path.display()),
                format!("`{}` is already there and holds other data", path.display()),
            )
            .because(first_of(layers))
            .advise(
                "写到其他文件；确要整体替换时加 --overwrite",
                "write to another file, or say --overwrite to replace all of it",
            ),
            Self::NoResult { path, line } => no_result(path, line.as_deref()),
            Self::PendingChanges { path, pending } => told(
                "output-open-elsewhere",
                format!(
                    "`{}` 正由其他程序打开，或未正常关闭：`{}` 中有尚未写入的更改",
                    path.display(),
                    pending.display()
                ),
                format!(
                    "`{}` is open in another program, or was not closed properly: `{}` holds changes that are not \
                     yet in it",
                    path.display(),
                    pending.display()
                ),
            )
            .advise(
                "关闭该程序（QGIS、ArcGIS），或写到其他文件",
                "close the program (QGIS, ArcGIS), or write to another file",
            ),
            Self::OneLayerOnly { path, layers } => told(
                "output-one-layer-only",
                format!("`{}` 只能存一个图层，不能存 {layers} 个", path.display()),
                format!("`{}` can hold one layer, not {layers}", path.display()),
            )
            .advise(
                "写成 GeoPackage（.gpkg），或每个图层一个文件",
                "write a GeoPackage (.gpkg), or one file a layer",
            ),
            Self::UnknownEncoding { name } => told(
                "unknown-encoding",
                format!("`{name}` 不是已知的字符编码"),
                format!("`{name}` is not a text encoding"),
            )
            .advise("使用 UTF-8 或 GBK", "use UTF-8 or GBK"),
            Self::Crs { path, layer, source } => source.explain().at(Text::new(
                format!("图层 `{layer}`，写到 {}", path.display()),
                format!("layer `{layer}` on its way to {}", path.display()),
            )),
            Self::NotInThisFormat { path, layer, reason, advice } => told(
                "output-format-too-narrow",
                format!("图层 `{layer}` 不能写入 `{}`：{}", path.display(), reason.zh),
                format!("layer `{layer}` cannot be written to `{}`: {}", path.display(), reason.en),
            )
            .advise(advice.zh.as_str(), advice.en.as_str()),
        }
    }
}

fn cannot_be_written(key: &'static str, path: &std::path::Path, cause: impl Into<Text>) -> Explanation {
    let (zh, en) =
        (format!("`{}` 无法写出", path.display()), format!("`{}` cannot be written", path.display()));
    Explanation::new(key, zh, en)
        .because(cause)
        .advise("检查权限和磁盘空间，或写到其他位置", "check rights and free space, or write elsewhere")
}

/// A file is in the way that no earlier run wrote; `line` is how it begins.
fn no_result(path: &std::path::Path, line: Option<&str>) -> Explanation {
    let zh = format!("输出文件 `{}` 已存在，不是 sanxian 的检查结果", path.display());
    let en = format!("`{}` is already there and is no result of sanxian", path.display());
    let begins = |line| Text::new(format!("首行为 `{line}`"), format!("it begins with `{line}`"));
    Explanation::new("output-is-no-result", zh, en)
        .because(line.map_or_else(|| Text::new("不是文本", "it is no text"), begins))
        .advise(
            "写到其他文件，或加 --overwrite 替换",
            "write to another file, or say --overwrite to replace it",
        )
}

/// The first few names of layers.
fn first_of(layers: &[String]) -> Text {
    const SHOWN: usize = 5;
    let names: Vec<String> = layers.iter().take(SHOWN).map(|name| format!("`{name}`")).collect();
    let more = layers.len() > SHOWN;
    Text::new(
        names.join("、") + if more { " 等" } else { "" },
        names.join(", ") + if more { ", ..." } else { "" },
    )
}
