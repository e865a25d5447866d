//! Why a run could not be made, and what is told about it.

use sanxian_geom::ScaleError;
#[cfg(feature = "files")]
use sanxian_io::{CrsError, ReadError, WriteError};
use sanxian_layer::LayerError;
use sanxian_layer::crs::DefinitionError;
use sanxian_model::{Explain, Explanation, Lang, Place, Role, Text, redact};
use sanxian_rules::{LayerFilterError, NotRun, RuleError, reasons_not_run};

use crate::config::ConfigError;

/// Why a run could not be made. [`Explain`](crate::Explain) says of every variant what, where and what to do, in Chinese and
/// English; it prints the English; faults of single features
/// are not errors but part of the result.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.explain())]
#[non_exhaustive]
pub enum Error {
    /// An input could not be read.
    #[cfg(feature = "files")]
    #[error(transparent)]
    Read(Box<ReadError>),
    /// A layer cannot be used.
    #[error(transparent)]
    Layer(Box<LayerError>),
    /// A CRS cannot be reached from another, or coordinates do not lie in it.
    #[cfg(feature = "files")]
    #[error(transparent)]
    Crs(Box<CrsError>),
    /// A definition of a CRS is not understood.
    #[error(transparent)]
    Definition(Box<DefinitionError>),
    /// A layer is in another CRS than the run, and nothing is built in that brings one to the other.
    CrsDiffers {
        /// The layer.
        layer: String,
        /// Its CRS.
        own: String,
        /// CRS of the plan.
        run: String,
    },
    /// A config, the rules of the user's own, or a name that was given is wrong.
    #[error(transparent)]
    Config(Box<ConfigError>),
    /// A rule, a profile or a selection of rules is wrong.
    #[error(transparent)]
    Rules(Box<RuleError>),
    /// Nothing is built in that inverts the projection of a CRS.
    OtherProjection {
        /// The CRS.
        crs: String,
    },
    /// A vertex has no longitude and latitude.
    NoLonLat {
        /// The CRS.
        crs: String,
        /// What the projection says.
        cause: Text,
    },
    /// An output could not be written.
    #[cfg(feature = "files")]
    #[error(transparent)]
    Write(#[from] WriteError),
    /// A report could not be written as text.
    Io(#[from] std::io::Error),
    /// The area of a place on the ellipsoid could not be found.
    Scale {
        /// The feature that holds the place.
        place: Box<Place>,
        /// What failed.
        source: ScaleError,
    },
    /// A layer was given twice under one role.
    LayerTwice {
        /// The role.
        role: Role,
        /// Its path, or what it is called.
        path: String,
        /// Its name there.
        layer: String,
    },
    /// What is held against kept lines has a role that one of them has.
    SubjectAmongLines {
        /// The role.
        role: Role,
        /// The layer that has it among the lines.
        layer: String,
    },
    /// The run was ended by [`Watch::stop`](crate::Watch::stop).
    Stopped,
    /// The parts of a check are not a whole.
    #[error(transparent)]
    Parts(#[from] crate::check::PartError),
    /// Nothing was given to check.
    NothingToCheck,
    /// Plans cannot be compared as they were given.
    #[error(transparent)]
    Plans(#[from] crate::conflicts::PlansError),
    /// A list of accepted findings cannot be used.
    #[error(transparent)]
    Baseline(Box<sanxian_report::BaselineError>),
    /// A filter that was set does not fit its layer.
    #[error(transparent)]
    LayerFilter(Box<LayerFilterError>),
    /// A table of classes cannot be used.
    #[error(transparent)]
    ClassTable(#[from] crate::class_table::ClassTableError),
    /// A package of a revision cannot be made, or does not fit.
    #[error(transparent)]
    Package(Box<crate::revisions::PackageError>),
    /// No rule could be judged with the layers that were given, so there is no verdict.
    NothingJudged {
        /// The rules, and what each of them misses.
        not_run: Vec<NotRun>,
    },
    /// A role that the question needs has no layer.
    RoleMissing {
        /// The role.
        role: Role,
    },
}

impl Explain for Error {
    fn explain(&self) -> Explanation {
        let told = Explanation::new;
        match self {
            #[cfg(feature = "files")]
            Self::Read(error) => error.explain(),
            Self::Layer(error) => error.explain(),
            #[cfg(feature = "files")]
            Self::Crs(error) => error.explain(),
            Self::Definition(error) => error.explain(),
            Self::Config(error) => error.explain(),
            Self::Rules(error) => error.explain(),
            #[cfg(feature = "files")]
            Self::Write(error) => error.explain(),
            Self::CrsDiffers { layer, own, run } => told(
                "crs-differs",
                format!("图层 `{layer}` 的坐标系是 {own}，规划是 {run}"),
                format!("layer `{layer}` is in {own}, the plan in {run}"),
            )
            .advise(
                "所有图层使用同一坐标系，或启用 `files` 功能编译",
                "give all layers in one CRS, or build the library with its feature `files`",
            ),
            Self::OtherProjection { crs } => told(
                "projection-unsupported",
                format!("计算 {crs} 的面积需要投影反算，不用 PROJ 时只支持高斯-克吕格、UTM 和地理坐标系"),
                format!(
                    "areas in {crs} need its projection inverted, which only Gauss-Kruger, UTM and geographic \
                     systems are without PROJ"
                ),
            )
            .advise(
                "图层使用上述坐标系，或启用 `files` 功能编译",
                "give the layers in one of these, or build the library with its feature `files`",
            ),
            Self::NoLonLat { crs, cause } => told(
                "vertex-outside-crs",
                format!("有顶点在 {crs} 中没有经纬度"),
                format!("a vertex has no longitude and latitude in {crs}"),
            )
            .because(cause.clone())
            .advise("核对图层的坐标系", "check the CRS of the layer"),
            Self::Io(source) => Explanation::new("report-failed", "报告无法写出", "the report cannot be written")
                .because(source.to_string())
                .advise(
                    "检查接收报告的程序和磁盘空间",
                    "check the program that takes the report, and the space on the disk",
                ),
            Self::Scale { place, source } => source.explain().at(in_file(place)),
            Self::LayerTwice { role, path, layer } => told(
                "layer-twice",
                format!("图层 `{layer}` 作为 `{role}` 给出了两次"),
                format!("layer `{layer}` is given twice for the role `{role}`"),
            )
            .at(redact(path).as_ref())
            .advise(
                "去掉重复的一个；内存中的图层请分别命名",
                "leave one of them out; layers from memory need names of their own",
            ),
            Self::SubjectAmongLines { role, layer } => told(
                "subject-among-lines",
                format!("控制线中已有用途为 `{role}` 的图层"),
                format!("the lines hold a layer of the role `{role}` themselves"),
            )
            .at(redact(layer).as_ref())
            .advise(
                "控制线中只放控制线，待检查的图层单独给出",
                "keep only lines among the lines, and give what is to be checked apart",
            ),
            Self::Stopped => Explanation::new("stopped", "检查已中止，未完成", "the run was stopped before it was done")
                .advise("重新运行以得到结果", "run it again to have a result"),
            Self::Parts(error) => error.explain(),
            Self::NothingToCheck => {
                Explanation::new("nothing-to-check", "没有要检查的内容", "there is nothing to check").advise(
                    "给出规划，或要相互比对的控制线",
                    "name a plan, or the lines to be held against each other",
                )
            }
            Self::Plans(error) => error.explain(),
            Self::Baseline(error) => error.explain(),
            Self::LayerFilter(error) => error.explain(),
            Self::ClassTable(error) => error.explain(),
            Self::Package(error) => error.explain(),
            Self::NothingJudged { not_run } => told(
                "nothing-judged",
                format!("没有一条规则可以判断，未作检查：{}", missing(not_run, Lang::Zh)),
                format!("no rule could be judged, so nothing was checked: {}", missing(not_run, Lang::En)),
            )
            .advise(
                "给出所缺的图层和字段，如 --redline redline.shp；或用 --select 另选规则",
                "give the layers and fields that are missing, as in --redline redline.shp, or --select other rules",
            ),
            Self::RoleMissing { role } => told(
                "role-missing",
                format!("没有给出用途为 `{role}` 的图层"),
                format!("no layer is given for the role `{role}`"),
            )
            .advise(
                format!("给出图层，如 --zone {role}=文件#图层"),
                format!("name one, as in --zone {role}=FILE#LAYER"),
            ),
        }
    }
}

/// A feature, and the file in which it is.
fn in_file(place: &Place) -> Text {
    let path = &place.path;
    Text::new(format!("{path} 的{}", place.in_lang(Lang::Zh)), format!("{place} of {path}"))
}

/// What the rules miss, each thing once with the rules that miss it.
fn missing(not_run: &[NotRun], lang: Lang) -> String {
    let (open, close, comma, semicolon) = match lang {
        Lang::Zh => ("（", "）", "、", "；"),
        Lang::En => (" (", ")", ", ", "; "),
    };
    let reasons = reasons_not_run(not_run, lang).into_iter();
    reasons
        .map(|(reason, codes)| format!("{reason}{open}{}{close}", codes.join(comma)))
        .collect::<Vec<_>>()
        .join(semicolon)
}

// The library's own errors travel in boxes, so that a result is no larger than what it usually carries.
#[cfg(feature = "files")]
impl From<ReadError> for Error {
    fn from(error: ReadError) -> Self {
        Self::Read(Box::new(error))
    }
}

#[cfg(feature = "files")]
impl From<CrsError> for Error {
    fn from(error: CrsError) -> Self {
        Self::Crs(Box::new(error))
    }
}

impl From<LayerError> for Error {
    fn from(error: LayerError) -> Self {
        Self::Layer(Box::new(error))
    }
}

impl From<LayerFilterError> for Error {
    fn from(error: LayerFilterError) -> Self {
        Self::LayerFilter(Box::new(error))
    }
}

impl From<DefinitionError> for Error {
    fn from(error: DefinitionError) -> Self {
        Self::Definition(Box::new(error))
    }
}

impl From<ConfigError> for Error {
    fn from(error: ConfigError) -> Self {
        Self::Config(Box::new(error))
    }
}

impl From<crate::revisions::PackageError> for Error {
    fn from(error: crate::revisions::PackageError) -> Self {
        Self::Package(Box::new(error))
    }
}

impl From<sanxian_report::BaselineError> for Error {
    fn from(error: sanxian_report::BaselineError) -> Self {
        Self::Baseline(Box::new(error))
    }
}

impl From<RuleError> for Error {
    fn from(error: RuleError) -> Self {
        Self::Rules(Box::new(error))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_are_not_in_the_message_about_a_layer_given_twice() {
        for path in ["PG:host=h password=geheim#dltb", "postgresql://u:geheim@h/db"] {
            let path = path.to_owned();
            let words = Error::LayerTwice { role: Role::PLAN, path, layer: "dltb".to_owned() }.to_string();
            assert!(words.contains("@h/db") || words.contains("host=h"), "{words}");
            assert!(!words.contains("geheim"), "{words}");
        }
    }
}
