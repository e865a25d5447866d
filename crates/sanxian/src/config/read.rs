//! From the text of a config to a [`Config`].

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use sanxian_geom::OnInvalid;
use sanxian_model::conflict::{LayerPair, PairSide};
use sanxian_model::{FieldMap, Lang, Role, Scheme};
use sanxian_report::Format;
use sanxian_rules::toml_reader::{FileText, Reader, Value};
use sanxian_rules::{Quotas, TomlError};

use super::{Config, FailOn, LayerConfig, ProgramConfig};
use crate::measure::AreaMethod;

/// Reads a config; relative paths are read from the folder of `file`.
pub(super) fn config(file: &Path, text: &str) -> Result<Config, TomlError> {
    let folder = file.parent().unwrap_or(Path::new(""));
    let path = |value: Value<'_>| {
        let path = value.path()?;
        Ok(if path == "-" { path.into() } else { folder.join(path) })
    };
    let paths = |value: Value<'_>| {
        let paths = value.one_or_more()?.into_iter();
        paths.map(|value| Ok(folder.join(value.path()?))).collect::<Result<Vec<PathBuf>, TomlError>>()
    };
    let mut table = FileText::new(&file.display().to_string(), text).table()?;
    let config = Config {
        file: Some(file.to_owned()),
        layers: table.optional("layers", |value| layers(value, folder))?.unwrap_or_default(),
        roles: table.optional("roles", roles)?.unwrap_or_default(),
        profile: table.optional("profile", Value::string)?,
        select: table.optional("select", texts)?.unwrap_or_default(),
        ignore: table.optional("ignore", texts)?.unwrap_or_default(),
        rules: table.optional("rules", paths)?.unwrap_or_default(),
        baseline: table.optional("baseline", |value| Ok(folder.join(value.path()?)))?,
        tolerance: table.optional("tolerance", Value::area)?,
        quotas: table.optional("quotas", Quotas::read)?.unwrap_or_default(),
        sliver_width: table.optional("sliver-width", Value::length)?,
        area: table
            .optional("area", |value| value.one_of(AreaMethod::ALL.map(|method| (method.name(), method))))?,
        crs: table.optional("crs", Value::string)?,
        encoding: table.optional("encoding", Value::string)?,
        on_invalid: table.optional("on-invalid", |value| {
            value.one_of([
                ("repair", OnInvalid::Repair),
                ("skip", OnInvalid::Skip),
                ("error", OnInvalid::Error),
            ])
        })?,
        allow_empty: table.optional("allow-empty", Value::boolean)?,
        pairs: table.optional("pairs", pairs)?.unwrap_or_default(),
        program: ProgramConfig {
            fail_on: table.optional("fail-on", |value| value.one_of(FailOn::named()))?,
            exit_zero: table.optional("exit-zero", Value::boolean)?,
            require_complete: table.optional("require-complete", Value::boolean)?,
            lang: table.optional("lang", |value| value.one_of([("zh", Lang::Zh), ("en", Lang::En)]))?,
            output_format: table.optional("output-format", |value| {
                let formats = Format::ALL.map(|format| (format.name(), format));
                value.one_of(formats.into_iter().chain([("markdown", Format::Markdown)]))
            })?,
            output: table
                .optional("output", |value| value.one_or_more()?.into_iter().map(path).collect())?
                .unwrap_or_default(),
            overwrite: table.optional("overwrite", Value::boolean)?,
            bom: table.optional("bom", Value::boolean)?,
            rows: table.optional("rows", Value::count)?,
            stats: table.optional("stats", path)?,
        },
    };
    table.finish()?;
    Ok(config)
}

/// A list of texts; a single text counts as a list of one.
fn texts(value: Value<'_>) -> Result<Vec<String>, TomlError> {
    value.one_or_more()?.into_iter().map(Value::string).collect()
}

/// Roles that the user declares beside the known ones.
fn roles(value: Value<'_>) -> Result<Vec<Role>, TomlError> {
    value.one_or_more()?.into_iter().map(Value::role).collect()
}

/// The layers, by the names of their roles.
fn layers(value: Value<'_>, folder: &Path) -> Result<Vec<LayerConfig>, TomlError> {
    let mut layers = Vec::new();
    for (role, value) in value.table()?.roles()? {
        for value in value.one_or_more()? {
            layers.push(layer(role.clone(), value, folder)?);
        }
    }
    layers.sort_by(|a, b| a.role.cmp(&b.role));
    Ok(layers)
}

/// `layers.ROLE = "source"`, or a table with more.
fn layer(role: Role, value: Value<'_>, folder: &Path) -> Result<LayerConfig, TomlError> {
    let spot = Some(value.key_spot());
    if !value.is_table() {
        let source = beside(folder, &value.path()?);
        return Ok(LayerConfig { spot, ..LayerConfig::new(role, source) });
    }
    let mut table = value.table()?;
    let source = table.optional("source", Value::path)?;
    let no_source = table.missing("source").advise(
        "写明文件，如 source = \"plan.gpkg#GHYDYH\"",
        "name the file, as in source = \"plan.gpkg#GHYDYH\"",
    );
    let crs = table.optional("crs", Value::string)?;
    let encoding = table.optional("encoding", Value::string)?;
    let scheme =
        table.optional("scheme", |value| value.one_of(Scheme::ALL.map(|scheme| (scheme.name(), scheme))))?;
    let (mut fields, mut field_spots) = (FieldMap::new(), BTreeMap::new());
    if let Some(value) = table.take("fields") {
        for (name, column) in value.table()?.rest() {
            field_spots.insert(name.clone(), column.key_spot());
            fields.insert(name, column.string()?);
        }
    }
    let filter = table.optional("where", |value| value.filter(false))?;
    // A mistyped `source` is told as what it is, not as missing.
    table.finish()?;
    let source = beside(folder, &source.ok_or(no_source)?);
    Ok(LayerConfig { role, source, crs, encoding, scheme, fields, filter, spot, field_spots })
}

/// Pairs of layers that must not lie on each other.
fn pairs(value: Value<'_>) -> Result<Vec<LayerPair>, TomlError> {
    value.list()?.into_iter().map(pair).collect()
}

fn pair(value: Value<'_>) -> Result<LayerPair, TomlError> {
    let mut table = value.table()?;
    let code = table.string("code")?;
    let title = table.text("title")?;
    let words = |table: &mut Reader<'_>, key| table.optional(key, Value::text);
    let department = words(&mut table, "department")?.unwrap_or_default();
    let advice = words(&mut table, "advice")?.unwrap_or_default();
    let first = side(&mut table, "first", "first-classes")?;
    let second = side(&mut table, "second", "second-classes")?;
    table.finish()?;
    Ok(LayerPair { code, title, department, advice, sides: [first, second] })
}

/// A layer of a pair, and the classes of it that take part: codes of land-sea-2023, or natures.
fn side(table: &mut Reader<'_>, role: &'static str, classes: &'static str) -> Result<PairSide, TomlError> {
    let role = table.need(role)?.role()?;
    let classes = table.optional(classes, |value| {
        let classes = value.one_or_more()?.into_iter();
        let class = |value: Value<'_>| {
            let wrong = value.bad(
                "应为 land-sea-2023 的地类代码，或 farm、construction、unused、sea",
                "expected a class of land-sea-2023, or one of farm, construction, unused, sea",
            );
            let class = value.string()?;
            let known = Scheme::LandSea2023.class(&class).is_some() || NATURES.contains(&class.as_str());
            if known { Ok(class) } else { Err(wrong) }
        };
        classes.map(class).collect::<Result<Vec<_>, TomlError>>()
    })?;
    Ok(PairSide { role, classes: classes.unwrap_or_default() })
}

const NATURES: [&str; 4] = ["farm", "construction", "unused", "sea"];

/// A source as seen from the config's folder; connections, virtual files, standard input and files of Git revisions, whose
/// paths count from the root of their repository, stay as they are.
fn beside(folder: &Path, source: &str) -> String {
    let scheme = source.split_once(':').map_or("", |(scheme, _)| scheme);
    // One letter before the colon is a drive of Windows.
    let connection = scheme.len() > 1 && scheme.bytes().all(|b| b.is_ascii_alphanumeric());
    if source == "-"
        || source.starts_with("/vsi")
        || connection
        || folder.as_os_str().is_empty()
        || is_of_revision(folder, source)
    {
        source.to_owned()
    } else {
        folder.join(source).to_string_lossy().into_owned()
    }
}

/// Whether a source can only be a file of a Git revision, as in `HEAD~1:plan.gpkg#GHYDYH`: no path, and no file of that name
/// is beside the config.
fn is_of_revision(folder: &Path, source: &str) -> bool {
    let is_file = || {
        let ends = source.match_indices('#').map(|(at, _)| at).chain([source.len()]);
        ends.into_iter().any(|end| folder.join(&source[..end]).exists())
    };
    let is_drive = source.find(':') == Some(1) && source.starts_with(|c: char| c.is_ascii_alphabetic());
    source.contains(':') && !is_drive && !source.starts_with(['.', '/', '\\']) && !is_file()
}

#[cfg(test)]
mod tests {
    use sanxian_model::{Explain, Lang, Metres, Severity, SquareMetres};

    use super::*;
    use crate::config::{ConfigError, KEYS, LAYER_KEYS, PAIR_KEYS};
    use sanxian_rules::toml_reader::TomlMistake;

    const PAIR: &str =
        "code = \"LF-1\"\ntitle.zh = \"甲\"\ntitle.en = \"a\"\nfirst = \"farmland\"\nsecond = \"survey\"\n";

    fn read(text: &str) -> Result<Config, ConfigError> {
        Config::parse(Path::new("county/sanxian.toml"), text)
    }

    /// What is told about a mistake, in English and in Chinese.
    fn mistakes(text: &str) -> [String; 2] {
        let error = read(text).and_then(|config| config.book().map(drop)).expect_err(text);
        [Lang::En, Lang::Zh].map(|lang| error.explain().lines(lang))
    }

    #[test]
    fn layers_and_settings_are_read() {
        let text = r#"
profile = "national-2026"
tolerance = "1 m2"
sliver-width = "2 cm"
select = ["BF", "ER-01"]
ignore = "BF-02"
fail-on = "warning"
output = "out/findings.gpkg"
rules = "rules"

[layers]
redline = "lines.gpkg#STBHHX"
farmland = ["a.shp", { source = "b.shp", encoding = "GBK" }]

[layers.plan]
source = "plans/plan.shp"
crs = "EPSG:4546"
encoding = "GBK"
scheme = "land-sea-2023"
fields = { id = "BSM", name = "项目名称" }
"#;
        let config = read(text).expect("a config");
        let county = Path::new("county");
        assert_eq!(config.tolerance, Some(SquareMetres(1.0)));
        assert_eq!(config.sliver_width, Some(Metres(0.02)));
        assert_eq!(config.program.fail_on, Some(FailOn::Severity(Severity::Warning)));
        assert_eq!(config.options().select, ["BF", "ER-01"]);
        assert_eq!(config.options().ignore, ["BF-02"]);
        assert_eq!(config.rules, [county.join("rules")]);
        assert_eq!(config.program.output, [county.join("out/findings.gpkg")]);
        let roles: Vec<&str> = config.layers.iter().map(|layer| layer.role.name()).collect();
        assert_eq!(roles, ["farmland", "farmland", "plan", "redline"]);
        let sources: Vec<&Path> = config.layers.iter().map(|layer| Path::new(&layer.source)).collect();
        let expected =
            ["a.shp", "b.shp", "plans/plan.shp", "lines.gpkg#STBHHX"].map(|name| county.join(name));
        assert_eq!(sources, expected);
        assert_eq!(config.layers[1].encoding.as_deref(), Some("GBK"));
        assert_eq!(config.layers[2].fields["name"], "项目名称");
        assert_eq!(config.layers[2].scheme, Some(Scheme::LandSea2023));
    }

    #[test]
    fn a_file_of_a_revision_stays_as_it_is_and_one_beside_the_config_wins() {
        let folder = std::env::temp_dir().join(format!("sanxian-config-{}", std::process::id()));
        let source = |source: &str| beside(&folder, source);
        for revision in ["HEAD~1:lines.gpkg#STBHHX", ":lines.gpkg", "origin/main:三线/a#b.gpkg"] {
            assert_eq!(source(revision), revision);
        }
        assert_eq!(Path::new(&source("./a:b.gpkg")), folder.join("./a:b.gpkg"));
        if cfg!(unix) {
            std::fs::create_dir_all(&folder).expect("a folder");
            std::fs::write(folder.join("a~1:b.gpkg"), "").expect("a file");
            assert_eq!(Path::new(&source("a~1:b.gpkg#DLTB")), folder.join("a~1:b.gpkg#DLTB"));
            std::fs::remove_dir_all(&folder).expect("it can be removed");
        }
    }

    #[test]
    fn pairs_of_layers_are_read_with_their_classes() {
        let config =
            read(&format!("[[pairs]]\n{PAIR}second-classes = [\"03\", \"construction\"]")).expect("a config");
        let [pair] = &config.pairs[..] else { panic!("one pair") };
        assert_eq!((&*pair.code, &*pair.title.zh, pair.department.is_empty()), ("LF-1", "甲", true));
        assert_eq!(pair.sides[0], PairSide { role: Role::FARMLAND, classes: vec![] });
        assert_eq!(pair.sides[1].classes, ["03", "construction"]);
        let [en, zh] = mistakes(&format!("[[pairs]]\n{PAIR}second-classes = \"forest\""));
        assert!(en.contains("expected a class of land-sea-2023") && en.contains("sanxian.toml:7:18"), "{en}");
        assert!(zh.contains("应为 land-sea-2023 的地类代码"), "{zh}");
        let [en, _] = mistakes("[[pairs]]\ncode = \"LF-1\"");
        assert!(en.contains("`pairs.title` is missing"), "{en}");
    }

    #[test]
    fn connections_and_standard_input_have_no_folder() {
        let county = Path::new("county");
        assert_eq!(beside(county, "PG:dbname=plan#dltb"), "PG:dbname=plan#dltb");
        assert_eq!(beside(county, "/vsizip/a.zip"), "/vsizip/a.zip");
        assert_eq!(beside(county, "-"), "-");
        assert_eq!(read("output = \"-\"").expect("a config").program.output, [Path::new("-")]);
        let several = read("output = [\"a.json\", \"-\"]").expect("a config").program.output;
        assert_eq!(several, [county.join("a.json"), "-".into()]);
    }

    #[test]
    fn a_mistake_is_told_with_its_place_in_both_languages() {
        let cases = [
            ("\nprofile = ", "2:11", "this is not TOML", "不是有效的 TOML"),
            ("lang = \"zh\"\nlang = \"en\"", "2:1", "duplicate key", "不是有效的 TOML"),
            ("tolerence = \"1 m2\"", "1:1", "did you mean `tolerance`?", "是否想写 `tolerance`？"),
            (
                "[layers.plan]\nsource = \"a.shp\"\nencodng = \"GBK\"",
                "3:1",
                "`layers.plan.encodng`\n  where: county/sanxian.toml:3:1\n  do:    did you mean `layers.plan.encoding`?",
                "未知的键 `layers.plan.encodng`",
            ),
            ("[layers.plan]\nsourse = \"a\"", "2:1", "did you mean `layers.plan.source`?", "未知的键"),
            (
                "[layers.plan]\ncrs = \"none\"",
                "1:1",
                "the key `layers.plan.source` is missing",
                "缺少键 `layers.plan.source`",
            ),
            ("tolerance = 0.5", "1:13", "expected an area with its unit", "应为带单位的面积"),
            ("tolerance = \"0.5\"", "1:13", "m2, ha, mu, km2", "`0.5` 不是面积"),
            ("sliver-width = \"5\"", "1:16", "m, cm, mm", "`5` 不是长度"),
            ("fail-on = \"fatal\"", "1:11", "use one of error, warning, note, never", "不接受 `fatal`"),
            ("bom = 1", "1:7", "expected true or false, found integer", "应为 true 或 false，现为整数"),
            ("rows = -1", "1:8", "a whole number of zero or more", "应为非负整数"),
            ("select = [\"BF\", 1]", "1:17", "`select`: expected a text in quotes", "应为引号中的文字"),
            ("layers = 3", "1:10", "expected a table", "应为表"),
            ("[layers]\nplan = 3", "2:8", "`layers.plan`: expected a text", "`layers.plan`"),
            ("[layers.Plan]\nsource = \"a\"", "1:9", "`Plan` is not a role", "`Plan` 不能作图层用途"),
            ("roles = [\"a b\"]", "1:10", "`a b` is not a role", "`a b` 不能作图层用途"),
            (
                "layers.plan = { source = \"a\", scheme = \"land-sea-2032\" }",
                "1:40",
                "did you mean `land-sea-2023`?",
                "是否想写 `land-sea-2023`？",
            ),
            ("[layers]\nfarmlands = \"a\"", "2:1", "did you mean `farmland`?", "未知的图层用途 `farmlands`"),
            (
                "[layers.plan]\nsource = \"a\"\nfields = { id = \"A\", landclass = \"B\" }",
                "3:22",
                "did you mean `land_class`?",
                "未知的字段名 `landclass`",
            ),
        ];
        for (text, place, en, zh) in cases {
            let [english, chinese] = mistakes(text);
            assert!(english.contains(en), "{text}: {english}");
            assert!(chinese.contains(zh), "{text}: {chinese}");
            for told in [english, chinese] {
                assert!(
                    told.contains(&format!(": county/sanxian.toml:{place}\n"))
                        || told.ends_with(&format!(": county/sanxian.toml:{place}")),
                    "{place}: {told}"
                );
            }
        }
    }

    #[test]
    fn a_path_of_windows_is_told_how_to_be_written() {
        for (text, place) in [
            ("[layers]\nplan = \"C:\\data\\plan.shp\"", "2:12"),
            ("[layers]\nplan = \"D:\\new\\table.shp\"", "2:8"),
            ("output = \"D:\\temp\\b.json\"", "1:10"),
        ] {
            for told in mistakes(text) {
                assert!(told.contains("'D:\\") && told.contains(&format!("sanxian.toml:{place}")), "{told}");
            }
        }
        let read = read("[layers]\nplan = 'D:\\new\\table.shp'").expect("a config");
        assert!(read.layers[0].source.ends_with("D:\\new\\table.shp"));
    }

    #[test]
    fn roles_that_are_declared_are_known() {
        let config = read("roles = [\"village\"]\n[layers]\nvillage = \"a\"").expect("a config");
        config.book().expect("no role is unknown");
    }

    #[test]
    fn every_key_that_is_described_is_read_and_no_other() {
        let known = |text: &str| {
            let Err(ConfigError::Toml(error)) = read(text) else { panic!("{text}") };
            let TomlMistake::UnknownKey { mut known, .. } = *error.mistake else { panic!("{error}") };
            known.sort_unstable();
            known
        };
        for (keys, known) in [
            (KEYS.as_slice(), known("x = 1")),
            (PAIR_KEYS.as_slice(), known(&format!("[[pairs]]\n{PAIR}x = 1"))),
            (LAYER_KEYS.as_slice(), known("[layers.plan]\nsource = \"a\"\nx = 1")),
        ] {
            let mut names: Vec<&str> = keys.iter().map(|key| key.name).collect();
            names.sort_unstable();
            assert_eq!(names, known);
        }
        for key in KEYS {
            read(&format!("{} = {}", key.name, key.example)).expect(key.name);
        }
        for key in PAIR_KEYS.iter().filter(|key| key.name.contains("classes") || !PAIR.contains(key.name)) {
            let (name, example) = (key.name, key.example);
            read(&format!("[[pairs]]\n{PAIR}{name} = {example}")).expect(name);
        }
        for key in LAYER_KEYS.iter().filter(|key| key.name != "source") {
            let (name, example) = (key.name, key.example);
            read(&format!("[layers.plan]\nsource = \"a\"\n{name} = {example}")).expect(name);
        }
    }
}
