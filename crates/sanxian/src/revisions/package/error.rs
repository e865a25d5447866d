//! Why a package cannot be made, written or applied, and what is told about it.

use std::path::PathBuf;

use sanxian_model::{Explain, Explanation, Fault, Lang, Place, Text, redact};

/// Why a package cannot be made, written or applied.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("{}", self.explain())]
#[non_exhaustive]
pub enum PackageError {
    /// A package is of one plan layer.
    NotOneLayer {
        /// Plan layers of the older revision.
        before: usize,
        /// And of the newer one.
        now: usize,
    },
    /// The revisions are in two CRSs.
    CrsDiffers {
        /// That of the older one.
        before: String,
        /// That of the newer one.
        now: String,
    },
    /// Changes have no such field, or it is not for callers to fill.
    NoSuchField {
        /// What was asked for.
        field: String,
        /// Fields that can be given.
        known: Vec<&'static str>,
    },
    /// A text is longer than its field.
    TextTooLong {
        /// The field.
        field: String,
        /// Characters that it has.
        width: usize,
        /// Characters of the text.
        length: usize,
    },
    /// There are more changes than a day has numbers for.
    TooMany {
        /// Changes.
        changes: usize,
        /// Numbers.
        most: usize,
    },
    /// Packages are databases.
    NotADatabase {
        /// The file.
        path: PathBuf,
    },
    /// A File Geodatabase would change a name.
    NameInGeodatabase {
        /// The column or layer.
        name: String,
    },
    /// A layer of a package is missing.
    NoPackage {
        /// The file.
        path: String,
        /// The layer.
        layer: String,
    },
    /// A file has packages of several plan layers, and none was named.
    SeveralPackages {
        /// The file.
        path: String,
        /// The plan layers.
        layers: Vec<String>,
    },
    /// A feature of a package cannot be used.
    Incomplete {
        /// What is wrong with it.
        fault: Box<Fault>,
    },
    /// A package is in another CRS than the plan.
    CrsOfPackage {
        /// Its CRS.
        package: String,
        /// That of the plan.
        plan: String,
    },
    /// The plan does not have an old feature of the package.
    NotFound {
        /// The feature, in the package.
        feature: Box<Place>,
        /// What it has in its place.
        why: NotFound,
    },
    /// The plan has an old feature of the package more than once.
    FoundAgain {
        /// The feature, in the package.
        feature: Box<Place>,
        /// One of them in the plan that the package does not name.
        plan: Box<Place>,
    },
    /// A feature has another value in the plan than in the package.
    ValueDiffers {
        /// The feature, in the package.
        feature: Box<Place>,
        /// The column.
        column: String,
        /// The value in the package.
        package: Option<String>,
        /// And in the plan.
        plan: Option<String>,
    },
    /// The plan has a new feature of the package already.
    AlreadyThere {
        /// The feature, in the package.
        feature: Box<Place>,
        /// The same in the plan.
        plan: Box<Place>,
    },
    /// Values of a column of the plan have no place in the type that the package has for it.
    ColumnType {
        /// The column.
        column: String,
    },
}

/// What a plan has in place of a feature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotFound {
    /// Its shape under another identifier, or under none.
    OtherIdentifier {
        /// That identifier.
        is: Option<String>,
    },
    /// Its identifier with another shape.
    OtherShape,
    /// Neither.
    Nowhere,
    /// It is there less often than in the package.
    NotSoOften,
}

impl NotFound {
    fn words(&self) -> Text {
        match self {
            Self::OtherIdentifier { is: Some(is) } => Text::new(
                format!("同一图形的标识码是 `{is}`"),
                format!("its shape has the identifier `{is}` there"),
            ),
            Self::OtherIdentifier { is: None } => {
                Text::new("同一图形没有标识码", "its shape has no identifier there")
            }
            Self::OtherShape => Text::new("同一标识码的图形不同", "its identifier has another shape there"),
            Self::Nowhere => Text::new("图形和标识码都没有", "neither its shape nor its identifier is there"),
            Self::NotSoOften => {
                Text::new("数量少于维护成果中的", "it is there less often than in the package")
            }
        }
    }
}

impl Explain for PackageError {
    #[expect(clippy::too_many_lines, reason = "one arm a variant, each the two texts of one error")]
    fn explain(&self) -> Explanation {
        let told = Explanation::new;
        match self {
            Self::NotOneLayer { before, now } => told(
                "package-of-one-layer",
                format!("维护成果只对应一个规划图层；修改前有 {before} 个，修改后有 {now} 个"),
                format!("a package is of one plan layer; there are {before} before and {now} after"),
            )
            .advise(
                "每次只比对一个图层，每个图层一个维护成果",
                "compare one layer at a time, and write a package of each",
            ),
            Self::CrsDiffers { before, now } => told(
                "package-crs-differs",
                format!("修改前的坐标系是 {before}，修改后是 {now}，不能生成维护成果"),
                format!("the plan is in {before} before and in {now} after: there is no package of these"),
            )
            .advise(
                "先用 sanxian convert --to-crs 转换到同一坐标系",
                "bring both into one CRS with sanxian convert --to-crs",
            ),
            Self::NoSuchField { field, known } => told(
                "package-field-unknown",
                format!("维护图斑没有可以填写的字段 `{field}`"),
                format!("changes have no field `{field}` that can be given"),
            )
            .advise(
                format!("可填写的字段：{}", known.join("、")),
                format!("fields that can be given: {}", known.join(", ")),
            ),
            Self::TextTooLong { field, width, length } => told(
                "package-text-too-long",
                format!("字段 `{field}` 长度为 {width}，给出的文字有 {length} 个字符"),
                format!("field `{field}` has {width} characters, and the text {length}"),
            )
            .advise("缩短文字；不会截断", "shorten the text; it is not cut"),
            Self::TooMany { changes, most } => told(
                "package-too-many-changes",
                format!("维护图斑有 {changes} 个，一天的维护编号只够 {most} 个"),
                format!("{changes} changes, and a day has numbers for {most}"),
            )
            .advise("分几次修改，各用一个日期", "make several revisions of it, each of a day of its own"),
            Self::NotADatabase { path } => told(
                "package-format",
                format!("维护成果和维护后的规划要完整保存，不能写成 `{}`", path.display()),
                format!("packages, and plans that are made with them, are kept whole, which `{}` cannot do", path.display()),
            )
            .advise("使用扩展名 gpkg 或 gdb", "use the extension gpkg or gdb"),
            Self::NameInGeodatabase { name } => told(
                "package-name-in-geodatabase",
                format!("文件地理数据库（gdb）不能保留名称 `{name}`"),
                format!("a File Geodatabase does not keep the name `{name}`"),
            )
            .advise(
                "字段和图层名称只用文字、数字和下划线，不以数字开头，也不用 DATE、ORDER 等保留字；或写成 gpkg",
                "names of letters, digits and underscores are kept that begin with no digit and are no words such as DATE or \
                 ORDER; or write a gpkg",
            ),
            Self::NoPackage { path, layer } => told(
                "package-layer-missing",
                format!("维护成果中没有图层 `{layer}`"),
                format!("the package has no layer `{layer}`"),
            )
            .at(redact(path).as_ref())
            .advise(
                "维护成果有 WHQ、WHC、WHH 加图层名的三个图层；用 --package-layer 指定图层名",
                "a package has three layers, WHQ, WHC and WHH before the name of the plan layer; name that with --package-layer",
            ),
            Self::SeveralPackages { path, layers } => told(
                "package-of-several-layers",
                format!("文件中有 {} 个图层的维护成果：{}", layers.len(), layers.join("、")),
                format!("the file has packages of {} layers: {}", layers.len(), layers.join(", ")),
            )
            .at(redact(path).as_ref())
            .advise("用 --package-layer 指定其中一个", "name one of them with --package-layer"),
            Self::Incomplete { fault } => Explanation::new(
                "package-incomplete",
                "维护成果中有不能使用的要素",
                "the package has a feature that cannot be used",
            )
            .at(of(&fault.place))
            .advise("重新生成维护成果", "make the package again"),
            Self::CrsOfPackage { package, plan } => told(
                "package-crs",
                format!("维护成果的坐标系是 {package}，规划是 {plan}"),
                format!("the package is in {package}, the plan in {plan}"),
            )
            .advise(
                "使用生成维护成果时的规划",
                "give the plan from which the package was made",
            ),
            Self::NotFound { feature, why } => does_not_fit(
                "package-feature-missing",
                Text::new("规划中没有维护成果中的原要素", "the plan does not have an old feature of the package"),
                feature,
            )
            .because(why.words()),
            Self::FoundAgain { feature, plan } => does_not_fit(
                "package-feature-twice",
                Text::new(
                    format!("维护成果中的原要素在规划中不止一个，如{}", plan.in_lang(Lang::Zh)),
                    format!("the plan has an old feature of the package more than once, as in {plan}"),
                ),
                feature,
            ),
            Self::ValueDiffers { feature, column, package, plan } => {
                let [package, plan] = [package, plan].map(|value| value.as_deref().unwrap_or_default());
                does_not_fit(
                    "package-value-differs",
                    Text::new(
                        format!("字段 `{column}` 在规划中是“{plan}”，在维护成果中是“{package}”"),
                        format!("column `{column}` is `{plan}` in the plan and `{package}` in the package"),
                    ),
                    feature,
                )
            }
            Self::AlreadyThere { feature, plan } => does_not_fit(
                "package-feature-there",
                Text::new(
                    format!("规划中已有维护成果中的新要素：{}", plan.in_lang(Lang::Zh)),
                    format!("the plan has a new feature of the package already: {plan}"),
                ),
                feature,
            ),
            Self::ColumnType { column } => told(
                "package-column-type",
                format!("字段 `{column}` 在规划中的值不能存为维护成果中该字段的类型"),
                format!("values of column `{column}` of the plan do not go into the type it has in the package"),
            )
            .advise(
                "使用生成维护成果时的规划",
                "give the plan from which the package was made",
            ),
        }
    }
}

/// A package of another revision than the plan that is there.
fn does_not_fit(key: &'static str, what: Text, feature: &Place) -> Explanation {
    Explanation::new(key, what.zh, what.en).at(of(feature)).advise(
        "维护成果与此规划不符，未写出结果；使用生成维护成果时的规划，或重新生成维护成果",
        "the package does not fit this plan, and nothing was written: give the plan from which it was made, or make it again",
    )
}

fn of(place: &Place) -> Text {
    Text::new(place.in_lang(Lang::Zh), place.to_string())
}
