//! `sanxian.toml`: layers by role, and settings whose keys are the names of flags.
//!
//! A key that is not known is an error with its full path and the nearest known key: a mistyped threshold
//! must not silently pass a plan. Relative paths are read from the folder of the file.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use sanxian::{Metres, Role, Scheme, SquareMetres, nearest};
use toml::{Table, Value};

use crate::args::{AreaArg, FailOn, FormatArg, LangArg, OnInvalidArg};
use crate::failure::{Complaint, Failure};

/// The name that is looked for when no config is named.
pub(crate) const FILE_NAME: &str = "sanxian.toml";

/// What a config says; what it does not say is left to flags and defaults.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Config {
    /// The file itself; none when there is no config.
    pub(crate) file: Option<PathBuf>,
    pub(crate) layers: Vec<LayerConfig>,
    /// Roles of the user's own.
    pub(crate) roles: Vec<Role>,
    pub(crate) profile: Option<String>,
    pub(crate) select: Vec<String>,
    pub(crate) ignore: Vec<String>,
    pub(crate) rules: Vec<PathBuf>,
    pub(crate) tolerance: Option<SquareMetres>,
    pub(crate) sliver_width: Option<Metres>,
    pub(crate) area: Option<AreaArg>,
    pub(crate) fail_on: Option<FailOn>,
    pub(crate) exit_zero: Option<bool>,
    pub(crate) require_complete: Option<bool>,
    pub(crate) lang: Option<LangArg>,
    pub(crate) crs: Option<String>,
    pub(crate) encoding: Option<String>,
    pub(crate) on_invalid: Option<OnInvalidArg>,
    pub(crate) allow_empty: Option<bool>,
    pub(crate) output_format: Option<FormatArg>,
    pub(crate) output: Option<PathBuf>,
    pub(crate) overwrite: Option<bool>,
    pub(crate) bom: Option<bool>,
    pub(crate) rows: Option<usize>,
    pub(crate) stats: Option<PathBuf>,
}

/// One layer of a config.
#[derive(Debug, PartialEq)]
pub(crate) struct LayerConfig {
    pub(crate) role: Role,
    pub(crate) source: String,
    pub(crate) crs: Option<String>,
    pub(crate) encoding: Option<String>,
    pub(crate) scheme: Option<Scheme>,
    pub(crate) fields: BTreeMap<String, String>,
}

const KEYS: [&str; 23] = [
    "layers",
    "roles",
    "profile",
    "select",
    "ignore",
    "rules",
    "tolerance",
    "sliver-width",
    "area",
    "fail-on",
    "exit-zero",
    "require-complete",
    "lang",
    "crs",
    "encoding",
    "on-invalid",
    "allow-empty",
    "output-format",
    "output",
    "overwrite",
    "bom",
    "rows",
    "stats",
];
const LAYER_KEYS: [&str; 5] = ["source", "crs", "encoding", "scheme", "fields"];

impl Config {
    /// Reads a config.
    pub(crate) fn read(path: &Path) -> Result<Self, Failure> {
        let text = std::fs::read_to_string(path).map_err(|error| {
            Failure::own(format!("配置文件无法读取：{error}"), format!("the config cannot be read: {error}"))
                .at(path.display().to_string())
                .advise("检查 --config 后的文件名", "check the name after --config")
        })?;
        let folder = path.parent().unwrap_or(Path::new(""));
        let config =
            Self::parse(&text, folder).map_err(|complaint| complaint.at(path.display().to_string()))?;
        Ok(Self { file: Some(path.to_owned()), ..config })
    }

    /// The config of the working folder, or of the nearest folder above it that has one.
    pub(crate) fn find() -> Option<PathBuf> {
        let here = Path::new(FILE_NAME);
        if here.is_file() {
            return Some(here.to_owned());
        }
        let folder = std::env::current_dir().ok()?;
        folder.ancestors().skip(1).map(|folder| folder.join(FILE_NAME)).find(|path| path.is_file())
    }

    fn parse(text: &str, folder: &Path) -> Result<Self, Complaint> {
        // A byte-order mark is what Windows editors put first; it means nothing.
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let table: Table = text.parse().map_err(|error: toml::de::Error| {
            let words = error.to_string();
            Failure::own(
                format!("不是有效的 TOML：{}", words.trim_end()),
                format!("this is not TOML: {}", words.trim_end()),
            )
        })?;
        known_only(&table, "", &KEYS)?;
        let keys = Keys { table: &table, path: String::new() };
        let paths = |key| -> Result<Vec<PathBuf>, Complaint> {
            Ok(keys.texts(key)?.into_iter().map(|path| folder.join(path)).collect())
        };
        let path = |key| -> Result<Option<PathBuf>, Complaint> {
            Ok(keys.text(key)?.map(|path| if path == "-" { path.into() } else { folder.join(path) }))
        };
        Ok(Self {
            file: None,
            layers: layers(&table, folder)?,
            roles: roles(&keys)?,
            profile: keys.text("profile")?,
            select: keys.texts("select")?,
            ignore: keys.texts("ignore")?,
            rules: paths("rules")?,
            tolerance: keys.parsed("tolerance", SquareMetres::parse)?,
            sliver_width: keys.parsed("sliver-width", Metres::parse)?,
            area: keys.word("area")?,
            fail_on: keys.word("fail-on")?,
            exit_zero: keys.switch("exit-zero")?,
            require_complete: keys.switch("require-complete")?,
            lang: keys.word("lang")?,
            crs: keys.text("crs")?,
            encoding: keys.text("encoding")?,
            on_invalid: keys.word("on-invalid")?,
            allow_empty: keys.switch("allow-empty")?,
            output_format: keys.word("output-format")?,
            output: path("output")?,
            overwrite: keys.switch("overwrite")?,
            bom: keys.switch("bom")?,
            rows: keys.count("rows")?,
            stats: path("stats")?,
        })
    }
}

/// Roles that the user declares beside the known ones.
fn roles(keys: &Keys<'_>) -> Result<Vec<Role>, Complaint> {
    let names = keys.texts("roles")?;
    names
        .iter()
        .map(|name| {
            Role::new(name).map_err(|reason| {
                Failure::own(
                    format!("键 `roles`：用途 `{name}` 只能由小写字母、数字和连字符组成"),
                    format!("key `roles`: {reason}"),
                )
            })
        })
        .collect()
}

fn layers(table: &Table, folder: &Path) -> Result<Vec<LayerConfig>, Complaint> {
    let Some(value) = table.get("layers") else { return Ok(Vec::new()) };
    let layers = value.as_table().ok_or_else(|| wrong_kind("layers", value, "表", "a table"))?;
    layers.iter().map(|(role, value)| layer(role, value, folder)).collect()
}

/// `layers.ROLE = "source"`, or a table with more.
fn layer(role: &str, value: &Value, folder: &Path) -> Result<LayerConfig, Complaint> {
    let path = format!("layers.{role}");
    let role = Role::new(role).map_err(|reason| {
        Failure::own(
            format!("键 `{path}`：用途只能由小写字母、数字和连字符组成"),
            format!("key `{path}`: {reason}"),
        )
    })?;
    let source_only;
    let table = match value {
        Value::Table(table) => table,
        Value::String(source) => {
            source_only = Table::from_iter([("source".to_owned(), Value::String(source.clone()))]);
            &source_only
        }
        other => return Err(wrong_kind(&path, other, "字符串或表", "a text or a table")),
    };
    known_only(table, &path, &LAYER_KEYS)?;
    let keys = Keys { table, path };
    let source = keys.text("source")?.ok_or_else(|| {
        let key = keys.full("source");
        Failure::own(format!("缺少键 `{key}`"), format!("key `{key}` is missing")).advise(
            "写明文件，如 source = \"plan.gpkg#GHYDYH\"",
            "name the file, as in source = \"plan.gpkg#GHYDYH\"",
        )
    })?;
    let mut fields = BTreeMap::new();
    if let Some(value) = table.get("fields") {
        let at = keys.full("fields");
        let table = value.as_table().ok_or_else(|| wrong_kind(&at, value, "表", "a table"))?;
        let columns = Keys { table, path: at };
        for name in table.keys() {
            fields.extend(columns.text(name)?.map(|column| (name.clone(), column)));
        }
    }
    Ok(LayerConfig {
        role,
        source: beside(folder, &source),
        crs: keys.text("crs")?,
        encoding: keys.text("encoding")?,
        scheme: keys.parsed("scheme", Scheme::parse)?,
        fields,
    })
}

/// A source as seen from the config's folder; connections, virtual files and standard input stay as they are.
fn beside(folder: &Path, source: &str) -> String {
    let scheme = source.split_once(':').map_or("", |(scheme, _)| scheme);
    // One letter before the colon is a drive of Windows.
    let connection = scheme.len() > 1 && scheme.bytes().all(|b| b.is_ascii_alphanumeric());
    if source == "-" || source.starts_with("/vsi") || connection || folder.as_os_str().is_empty() {
        source.to_owned()
    } else {
        folder.join(source).to_string_lossy().into_owned()
    }
}

fn known_only(table: &Table, path: &str, known: &[&str]) -> Result<(), Complaint> {
    for key in table.keys() {
        if known.contains(&key.as_str()) {
            continue;
        }
        let full = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
        let list = known.join(", ");
        let complaint = Failure::own(format!("未知的键 `{full}`"), format!("unknown key `{full}`"));
        return Err(match nearest(key, known.iter().copied()) {
            Some(meant) => complaint.advise(
                format!("是否想写 `{meant}`？可用的键：{list}"),
                format!("did you mean `{meant}`? known keys: {list}"),
            ),
            None => complaint.advise(format!("可用的键：{list}"), format!("known keys: {list}")),
        });
    }
    Ok(())
}

fn wrong_kind(key: &str, value: &Value, zh: &str, en: &str) -> Complaint {
    let found = value.type_str();
    Failure::own(
        format!("键 `{key}` 应为{zh}，现为 {found}"),
        format!("key `{key}` must be {en}, not {found}"),
    )
}

/// The values of one table, by key.
struct Keys<'a> {
    table: &'a Table,
    path: String,
}

impl Keys<'_> {
    fn full(&self, key: &str) -> String {
        if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) }
    }

    fn text(&self, key: &str) -> Result<Option<String>, Complaint> {
        match self.table.get(key) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text.clone())),
            Some(other) => Err(wrong_kind(&self.full(key), other, "字符串", "a text in quotes")),
        }
    }

    /// A list of texts; a single text counts as a list of one.
    fn texts(&self, key: &str) -> Result<Vec<String>, Complaint> {
        let wrong = |value| wrong_kind(&self.full(key), value, "字符串列表", "a list of texts");
        match self.table.get(key) {
            None => Ok(Vec::new()),
            Some(Value::String(text)) => Ok(vec![text.clone()]),
            Some(Value::Array(items)) => {
                items.iter().map(|item| item.as_str().map(str::to_owned).ok_or_else(|| wrong(item))).collect()
            }
            Some(other) => Err(wrong(other)),
        }
    }

    fn switch(&self, key: &str) -> Result<Option<bool>, Complaint> {
        match self.table.get(key) {
            None => Ok(None),
            Some(Value::Boolean(value)) => Ok(Some(*value)),
            Some(other) => Err(wrong_kind(&self.full(key), other, " true 或 false", "true or false")),
        }
    }

    fn count(&self, key: &str) -> Result<Option<usize>, Complaint> {
        match self.table.get(key) {
            None => Ok(None),
            Some(Value::Integer(value)) if *value >= 0 => Ok(usize::try_from(*value).ok()),
            Some(other) => {
                Err(wrong_kind(&self.full(key), other, "非负整数", "a whole number of zero or more"))
            }
        }
    }

    /// A text that the library reads; its own words say what is wrong with it.
    fn parsed<T, E: Display>(
        &self,
        key: &str,
        parse: impl Fn(&str) -> Result<T, E>,
    ) -> Result<Option<T>, Complaint> {
        self.text(key)?
            .map(|text| {
                parse(&text).map_err(|reason| {
                    let key = self.full(key);
                    Failure::own(
                        format!("键 `{key}` 的值 `{text}` 无效：{reason}"),
                        format!("key `{key}`: {reason}"),
                    )
                })
            })
            .transpose()
    }

    /// One of the words that the flag of the same name takes.
    fn word<T: ValueEnum>(&self, key: &str) -> Result<Option<T>, Complaint> {
        self.text(key)?
            .map(|text| {
                T::from_str(&text, false).map_err(|_unknown| {
                    let key = self.full(key);
                    let words: Vec<String> = T::value_variants()
                        .iter()
                        .filter_map(|value| Some(value.to_possible_value()?.get_name().to_owned()))
                        .collect();
                    let list = words.join(", ");
                    Failure::own(
                        format!("键 `{key}` 不接受 `{text}`"),
                        format!("key `{key}` does not take `{text}`"),
                    )
                    .advise(format!("可用的值：{list}"), format!("use one of {list}"))
                })
            })
            .transpose()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sanxian::Lang;

    fn complaint(text: &str) -> String {
        let complaint = Config::parse(text, Path::new("")).expect_err("a mistake");
        Failure::from(complaint).text(Lang::En)
    }

    #[test]
    fn layers_and_settings_are_read() {
        let text = r#"
profile = "national-2026"
tolerance = "1 m2"
sliver-width = "2 cm"
select = ["BF", "ER-01"]
fail-on = "warning"
output = "out/findings.gpkg"

[layers]
redline = "lines.gpkg#STBHHX"

[layers.plan]
source = "plans/plan.shp"
crs = "EPSG:4546"
encoding = "GBK"
scheme = "land-sea-2023"
fields = { id = "BSM", name = "项目名称" }
"#;
        let config = Config::parse(text, Path::new("county")).expect("a config");
        assert_eq!(config.tolerance, Some(SquareMetres(1.0)));
        assert_eq!(config.sliver_width, Some(Metres(0.02)));
        assert_eq!(config.fail_on, Some(FailOn::Warning));
        assert_eq!(config.select, ["BF", "ER-01"]);
        assert_eq!(config.output, Some(Path::new("county").join("out/findings.gpkg")));
        let plan = config.layers.iter().find(|l| l.role == Role::PLAN).expect("a plan");
        assert_eq!(Path::new(&plan.source), Path::new("county").join("plans/plan.shp"));
        assert_eq!(plan.fields["name"], "项目名称");
        assert_eq!(plan.scheme, Some(Scheme::LandSea2023));
        let redline = config.layers.iter().find(|l| l.role == Role::REDLINE).expect("a redline");
        assert_eq!(Path::new(&redline.source), Path::new("county").join("lines.gpkg#STBHHX"));
    }

    #[test]
    fn connections_and_standard_input_have_no_folder() {
        let county = Path::new("county");
        assert_eq!(beside(county, "PG:dbname=plan#dltb"), "PG:dbname=plan#dltb");
        assert_eq!(beside(county, "/vsizip/a.zip"), "/vsizip/a.zip");
        assert_eq!(beside(county, "-"), "-");
    }

    #[test]
    fn a_mistyped_key_is_told_with_its_path_and_the_nearest() {
        let told = complaint("tolerence = \"1 m2\"");
        assert!(
            told.contains("unknown key `tolerence`") && told.contains("did you mean `tolerance`?"),
            "{told}"
        );
        let told = complaint("[layers.plan]\nsource = \"a.shp\"\nencodng = \"GBK\"");
        assert!(told.contains("`layers.plan.encodng`") && told.contains("`encoding`"), "{told}");
    }

    #[test]
    fn a_value_that_does_not_fit_is_told_with_what_does() {
        assert!(complaint("tolerance = 0.5").contains("must be a text in quotes, not float"));
        assert!(complaint("tolerance = \"0.5\"").contains("m2, ha, mu, km2"));
        assert!(complaint("fail-on = \"fatal\"").contains("error, warning, note, never"));
        assert!(complaint("[layers]\nplan = 3").contains("`layers.plan`"));
        assert!(complaint("[layers.Plan]\nsource = \"a\"").contains("`layers.Plan`"));
        assert!(complaint("[layers.plan]\ncrs = \"none\"").contains("`layers.plan.source` is missing"));
        assert!(complaint("profile = ").contains("not TOML"));
    }
}
