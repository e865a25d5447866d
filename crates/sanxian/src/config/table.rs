//! The keys of the file, described.

/// A key of `sanxian.toml`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ConfigKey {
    /// The key.
    pub name: &'static str,
    /// A value that it takes, as TOML.
    pub example: &'static str,
    /// What it says, in Chinese.
    pub zh: &'static str,
    /// What it says, in English.
    pub en: &'static str,
}

const fn key(name: &'static str, example: &'static str, zh: &'static str, en: &'static str) -> ConfigKey {
    ConfigKey { name, example, zh, en }
}

/// The keys of the file.
pub const KEYS: [ConfigKey; 26] = [
    key("layers", "{ plan = \"plan.gpkg#GHYDYH\" }", "图层，按用途", "the layers, by role"),
    key("roles", "[\"village\"]", "自己的图层用途", "roles of your own"),
    key("profile", "\"national-2026\"", "注明日期的规则集", "dated rule set"),
    key(
        "select",
        "[\"BF\", \"ER-01\"]",
        "代替规则集运行的规则：名称、编号或类别字母",
        "rules to run in place of the profile's: names, codes, or the letters of a family",
    ),
    key("ignore", "[\"IN\"]", "不运行的规则", "rules to leave out"),
    key("rules", "[\"rules/\"]", "自己的规则文件或其文件夹", "rule files of your own, or folders of them"),
    key(
        "baseline",
        "\"sanxian.baseline.json\"",
        "已认可问题的清单（基线）",
        "the list of findings that are accepted",
    ),
    key("tolerance", "\"0.5 m2\"", "面积容差", "areas below this are slivers"),
    key(
        "quotas",
        "{ permanent-farmland = \"12000 ha\", expansion-multiple = \"130 %\" }",
        "下达的指标，规则的上限和下限",
        "what the place is given: floors and caps of rules",
    ),
    key(
        "sliver-width",
        "\"0.05 m\"",
        "平均宽度小于此值的重叠不计；`0` 为全部计入",
        "overlaps whose mean width is below this are set aside; `0`: none",
    ),
    key(
        "area",
        "\"straight\"",
        "椭球面积计算口径：`straight`、`national`",
        "how areas on the ellipsoid are measured: `straight`, `national`",
    ),
    key(
        "crs",
        "\"EPSG:4546\"",
        "未注明坐标系的图层的坐标系；`none` 为平面米制坐标",
        "CRS of layers that do not say theirs; `none` for bare plane metres",
    ),
    key("encoding", "\"GBK\"", "代替自动识别的文字编码", "text encoding in place of the detected one"),
    key(
        "on-invalid",
        "\"repair\"",
        "无效图形的处理：`repair` 修复，`skip` 不用，`error` 终止",
        "what to do with geometry that is invalid: `repair`, `skip`, `error`",
    ),
    key(
        "pairs",
        "[]",
        "不得重叠的图层对，用于 `sanxian conflicts`",
        "pairs of layers that must not lie on each other, for `sanxian conflicts`",
    ),
    key("allow-empty", "false", "允许没有要素的图层", "let a layer without features pass"),
    key(
        "fail-on",
        "\"error\"",
        "自何种程度起以 1 结束：`error`、`warning`、`note`、`never`",
        "exit with 1 from findings of this severity up: `error`, `warning`, `note`, `never`",
    ),
    key("exit-zero", "false", "以 0 代替 1 结束", "exit with 0 in place of 1"),
    key(
        "require-complete",
        "false",
        "缺少规则所需图层时以 3 结束",
        "exit with 3 when a layer of a rule was not given",
    ),
    key("lang", "\"zh\"", "报告和提示的语言：`zh`、`en`", "language of reports and messages: `zh`, `en`"),
    key(
        "output-format",
        "\"json\"",
        "报告格式：`full`、`md`、`concise`、`json`、`ndjson`、`geojson`、`gpkg`、`csv`、`svg`、`sarif`、`junit`、`github`、`gitlab`、`rdjson`",
        "format of the report: `full`, `md`, `concise`, `json`, `ndjson`, `geojson`, `gpkg`, `csv`, `svg`, `sarif`, `junit`, \
         `github`, `gitlab`, `rdjson`",
    ),
    key(
        "output",
        "\"findings.gpkg\"",
        "报告文件，或多个文件的列表，格式随各自的扩展名；`-` 为标准输出",
        "write the report to this file, or to each of a list, in the format of its extension; `-` is standard output",
    ),
    key(
        "overwrite",
        "false",
        "替换不是 sanxian 报告或存有其他数据的输出文件",
        "replace a file that is no report of sanxian, or a database with other data in it",
    ),
    key("bom", "false", "CSV 以字节顺序标记开头", "begin a CSV with a byte-order mark"),
    key("rows", "20", "每条规则最多显示的行数", "show at most this many rows for each rule"),
    key(
        "stats",
        "\"stats.json\"",
        "用时、数量和内存峰值的文件",
        "write times, counts and peak memory to this file",
    ),
];

/// The keys of a table `layers.ROLE`.
pub const LAYER_KEYS: [ConfigKey; 6] = [
    key(
        "source",
        "\"plan.gpkg#GHYDYH\"",
        "文件、`文件#图层`、`PG:连接#表`、Git 版本中的文件（`HEAD~1:文件#图层`，路径从仓库根目录算起），或 `-`",
        "a file, `FILE#LAYER`, `PG:connection#table`, a file of a Git revision (`HEAD~1:FILE#LAYER`, from the root of the repository), or `-`",
    ),
    key("crs", "\"EPSG:4546\"", "图层未注明的坐标系", "its CRS, when it does not say it"),
    key("encoding", "\"GBK\"", "代替自动识别的文字编码", "text encoding in place of the detected one"),
    key(
        "scheme",
        "\"land-sea-2023\"",
        "地类体系：`land-sea-2023`、`survey-2019`、`land-sea-2020`、`urban-rural-2011`、`land-use-2006`",
        "scheme of its land classes: `land-sea-2023`, `survey-2019`, `land-sea-2020`, `urban-rural-2011`, `land-use-2006`",
    ),
    key("fields", "{ id = \"BSM\" }", "规则字段名与图层字段", "which column holds what: name = column"),
    key(
        "where",
        "\"DLBM LIKE '01%'\"",
        "只有符合条件的要素参与；写法同规则的条件",
        "only features that meet this filter take part; as the filters of rules",
    ),
];

/// The keys of a table `[[pairs]]`.
pub const PAIR_KEYS: [ConfigKey; 8] = [
    key("code", "\"LF-1\"", "编号，结果中的类型", "what its patches are told under"),
    key(
        "title",
        "{ zh = \"林地与永久基本农田重叠\", en = \"woods on permanent farmland\" }",
        "名称",
        "a few words",
    ),
    key("first", "\"farmland\"", "前一图层的用途", "role of the first layer"),
    key("second", "\"survey\"", "后一图层的用途", "role of the second layer"),
    key(
        "first-classes",
        "[\"01\"]",
        "前一图层中参与的地类：land-sea-2023 代码，或 `farm`、`construction`、`unused`、`sea`",
        "its classes that take part: codes of land-sea-2023, or `farm`, `construction`, `unused`, `sea`",
    ),
    key("second-classes", "[\"03\"]", "后一图层中参与的地类", "those of the second layer"),
    key("department", "{ zh = \"林草\", en = \"forestry\" }", "部门", "the department that it concerns"),
    key(
        "advice",
        "{ zh = \"以国土变更调查为准核实\", en = \"verify against the land survey\" }",
        "处理建议",
        "what to do",
    ),
];
