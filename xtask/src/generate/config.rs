//! `docs/config.md`: the keys of `sanxian.toml`.

use std::fmt::Write as _;

use sanxian::config::{ConfigKey, KEYS, LAYER_KEYS, PAIR_KEYS};

use super::page::Page;

/// A config in which a key of each kind is set.
const EXAMPLE: &str = r#"profile   = "national-2026"
tolerance = "0.5 m2"
output    = "findings.gpkg"

[layers]
redline  = "lines.gpkg#STBHHX"
farmland = ["east/farmland.shp", { source = "west/farmland.shp", encoding = "GBK" }]

[layers.plan]
source = "plan.gpkg#GHYDYH"
crs    = "EPSG:4546"
fields = { id = "BSM" }
"#;

/// The page.
pub(crate) fn page() -> Page {
    let mut text = format!(
        "# Config · 配置\n\n\
         Written by `cargo xtask generate` from the table in `crates/sanxian/src/config/table.rs`.\n\n\
         `sanxian.toml` is taken from the working folder or the nearest folder above it, or named by `--config`. Relative paths are read \
         from its folder. A flag of the same name wins. A key that is not listed here is an error.\n\n\
         程序使用当前文件夹或最近的上级文件夹中的 `sanxian.toml`，也可用 `--config` 指定。相对路径从该文件所在的文件夹算起。\
         同名的命令行选项优先。下表以外的键为错误。\n\n\
         ```toml\n{EXAMPLE}```\n\n## Keys · 键\n\n"
    );
    table(&mut text, &KEYS);
    text.push_str(
        "\n## Layers · 图层\n\n\
         `layers.ROLE` is a source, or a table with the keys below, or a list of these: layers of one role are judged as if they were \
         one. Roles: \
         `plan`, `project`, `redline`, `farmland`, `urban-boundary`, `park`, `admin-unit`, `survey`, `approved`, `farmland-reserve`, those that rules name, and those \
         declared under `roles`.\n\n\
         `layers.用途` 为来源，或含下列键的表，也可为两者的列表：同一用途的多个图层合并判断。\n\n",
    );
    table(&mut text, &LAYER_KEYS);
    text.push_str(
        "\n## Pairs of layers · 图层对\n\n\
         Each `[[pairs]]` names two layers of `layers` by their roles; `sanxian conflicts` finds the ground that both cover. \
         Roles of your own are declared under `roles`.\n\n\
         每个 `[[pairs]]` 按用途写明 `layers` 中的两个图层，`sanxian conflicts` 找出两者重叠之处。自己的用途在 `roles` 中声明。\n\n\
         ```toml\n[[pairs]]\ncode           = \"LF-1\"\ntitle.zh       = \"永久基本农田现状为林地\"\n\
         title.en       = \"permanent farmland that is woods\"\nfirst          = \"farmland\"\nsecond         = \"survey\"\n\
         second-classes = [\"03\"]\ndepartment.zh  = \"林草\"\ndepartment.en  = \"forestry\"\n```\n\n",
    );
    table(&mut text, &PAIR_KEYS);
    Page { path: "docs/config.md".to_owned(), text }
}

fn table(text: &mut String, keys: &[ConfigKey]) {
    text.push_str("| Key · 键 | Example · 例 | Meaning | 含义 |\n|---|---|---|---|\n");
    for ConfigKey { name, example, zh, en } in keys {
        let _ = writeln!(text, "| `{name}` | `{example}` | {en} | {zh} |");
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use sanxian::{Config, Role};

    use super::*;

    #[test]
    fn the_example_is_a_config_and_every_known_role_is_named() {
        let config = Config::parse(Path::new("sanxian.toml"), EXAMPLE).expect("a config");
        assert_eq!(config.layers.len(), 4);
        let text = page().text;
        for role in &Role::KNOWN {
            assert!(text.contains(&format!("`{role}`")), "{role}");
        }
    }
}
