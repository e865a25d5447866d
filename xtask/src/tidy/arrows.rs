//! Do the dependencies of the crates run along the arrow only?
//!
//! model → geom → layer → io, model → rules → report, then sanxian and the command line on top. Dependencies of
//! tests count too: a test that needs a crate from above is a test of that crate.

use toml::{Table, Value};

use super::tree::{Fault, Tree};

/// Each crate and which of ours it may stand on.
const ARROW: [(&str, &[&str]); 8] = [
    ("sanxian_model", &[]),
    ("sanxian_geom", &["sanxian_model"]),
    ("sanxian_rules", &["sanxian_model"]),
    ("sanxian_layer", &["sanxian_model", "sanxian_geom"]),
    ("sanxian_io", &["sanxian_model", "sanxian_layer"]),
    ("sanxian_report", &["sanxian_model", "sanxian_rules"]),
    (
        "sanxian",
        &["sanxian_model", "sanxian_geom", "sanxian_layer", "sanxian_rules", "sanxian_io", "sanxian_report"],
    ),
    (
        "sanxian_cli",
        &[
            "sanxian_model",
            "sanxian_geom",
            "sanxian_layer",
            "sanxian_rules",
            "sanxian_io",
            "sanxian_report",
            "sanxian",
        ],
    ),
];

/// Packages from elsewhere that few crates may use: whose C libraries they bring, who starts threads, whose types are a format.
const KEPT_TO: [(&str, &[&str]); 6] = [
    ("gdal", &["sanxian_io"]),
    ("gdal-sys", &["sanxian_io"]),
    ("proj", &["sanxian_io"]),
    ("proj-sys", &["sanxian_io"]),
    // The program only sets how many threads there are.
    ("rayon", &["sanxian_geom", "sanxian_layer", "sanxian_io", "sanxian", "sanxian_cli"]),
    // Rule cards, reports, and the timing of a run.
    ("serde", &["sanxian_rules", "sanxian_report", "sanxian_cli"]),
];

/// Faults of crates that stand on one they must not know.
pub(crate) fn check(tree: &Tree) -> Vec<Fault> {
    let mut packages = Vec::new();
    let mut faults = Vec::new();
    for (path, text) in tree.texts("Cargo.toml") {
        match text.parse::<Table>() {
            Ok(manifest) => packages.push((path, manifest)),
            Err(error) => faults.push(Fault::of(path, format!("is no TOML: {}", error.message()))),
        }
    }
    let ours: Vec<&str> = packages.iter().filter_map(|(_, manifest)| name_of(manifest)).collect();
    for (path, manifest) in packages.iter().filter(|(path, _)| path.starts_with("crates/")) {
        let name = name_of(manifest).unwrap_or_default();
        let Some((_, below)) = ARROW.iter().find(|(known, _)| *known == name) else {
            faults.push(Fault::of(
                path,
                format!("`{name}` has no place on the arrow; give it one in arrows.rs"),
            ));
            continue;
        };
        for dependency in dependencies(manifest) {
            let kept_to = KEPT_TO.iter().find(|(package, _)| *package == dependency);
            let is_kept_away = kept_to.is_some_and(|(_, crates)| !crates.contains(&name));
            if (ours.contains(&dependency) && !below.contains(&dependency)) || is_kept_away {
                faults.push(Fault::of(path, format!("`{name}` must not depend on `{dependency}`")));
            }
        }
    }
    faults
}

fn name_of(manifest: &Table) -> Option<&str> {
    manifest.get("package")?.get("name")?.as_str()
}

/// Names of all packages a manifest asks for: to run, to build, to test, everywhere or on one platform.
fn dependencies(manifest: &Table) -> Vec<&str> {
    let platforms = manifest.get("target").and_then(Value::as_table).into_iter().flat_map(Table::values);
    std::iter::once(manifest)
        .chain(platforms.filter_map(Value::as_table))
        .flat_map(|table| {
            ["dependencies", "dev-dependencies", "build-dependencies"]
                .into_iter()
                .filter_map(|kind| table.get(kind)?.as_table())
        })
        .flatten()
        .map(|(key, value)| value.get("package").and_then(Value::as_str).unwrap_or(key))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const MODEL: &str = "[package]\nname = \"sanxian_model\"\n";
    const RULES: &str =
        "[package]\nname = \"sanxian_rules\"\n[dependencies]\nsanxian_model.workspace = true\n";

    fn told(report: &str) -> Vec<String> {
        let report = format!("[package]\nname = \"sanxian_report\"\n{report}");
        let tree = Tree::of(&[
            ("crates/sanxian_model/Cargo.toml", MODEL),
            ("crates/sanxian_report/Cargo.toml", &report),
            ("crates/sanxian_rules/Cargo.toml", RULES),
            ("crates/sanxian_io/Cargo.toml", "[package]\nname = \"sanxian_io\"\n"),
            (
                "xtask/Cargo.toml",
                "[package]\nname = \"xtask\"\n[dependencies]\nsanxian_io.workspace = true\n",
            ),
        ]);
        check(&tree).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn along_the_arrow_is_fine() {
        assert!(told("[dependencies]\nsanxian_rules.workspace = true\nserde = \"1\"\n").is_empty());
    }

    #[test]
    fn against_it_is_not_whatever_the_kind_of_dependency() {
        for table in
            ["dependencies", "dev-dependencies", "build-dependencies", "target.'cfg(unix)'.dependencies"]
        {
            let told =
                told(&format!("[{table}]\nio = {{ package = \"sanxian_io\", path = \"../sanxian_io\" }}\n"));
            assert_eq!(told.len(), 1, "{table}");
            assert!(told[0].ends_with("`sanxian_report` must not depend on `sanxian_io`"), "{}", told[0]);
        }
        assert_eq!(told("[dependencies]\nxtask.workspace = true\n").len(), 1);
    }

    #[test]
    fn packages_that_few_may_use_are_kept_to_them() {
        for package in ["gdal", "proj-sys", "rayon"] {
            let told = told(&format!("[dependencies]\n{package}.workspace = true\n"));
            assert_eq!(told.len(), 1, "{package}");
            assert!(
                told[0].ends_with(&format!("`sanxian_report` must not depend on `{package}`")),
                "{}",
                told[0]
            );
        }
    }

    #[test]
    fn a_new_crate_needs_a_place() {
        let tree = Tree::of(&[("crates/extra/Cargo.toml", "[package]\nname = \"extra\"\n")]);
        assert!(check(&tree)[0].to_string().contains("no place on the arrow"));
    }
}
