//! Which sources name a file in the history of a Git repository: `REVISION:path`, or `:path` for what is staged.

use std::path::Path;

use gdal::{DriverManager, Metadata};

/// A source that may name a file of a revision; whether it does, the repository tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct GitSource<'a> {
    /// Where the file is looked for.
    pub(crate) tree: TreeName<'a>,
    /// What stands before the path, with its colon.
    pub(crate) head: &'a str,
    /// Path and perhaps layer: `plan/plan.gpkg#GHYDYH`.
    pub(crate) rest: &'a str,
    /// Whether it can be nothing else; otherwise it may also be a connection that GDAL knows.
    pub(crate) certain: bool,
}

/// A tree of files as Git names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TreeName<'a> {
    /// That of a revision: a branch, a tag, `HEAD~1`, the digits of a commit.
    Revision(&'a str),
    /// What is staged for the next commit; stages above 0 are the sides of a merge that is not finished.
    Index { stage: char },
}

/// Words before the colon that begin a connection or name a driver, also where GDAL is built without it.
const CONNECTIONS: [&str; 28] = [
    "pg",
    "pgeo",
    "postgresql",
    "postgres",
    "gpkg",
    "sqlite",
    "mysql",
    "mssql",
    "odbc",
    "oci",
    "hana",
    "wfs",
    "wfs3",
    "oapif",
    "es",
    "sde",
    "mongodb",
    "mongodbv3",
    "carto",
    "http",
    "https",
    "ftp",
    "file",
    "geojson",
    "esrijson",
    "topojson",
    "gmlas",
    "zarr",
];

impl<'a> GitSource<'a> {
    /// Takes a source apart for which there is no file.
    pub(crate) fn parse(source: &'a str) -> Option<Self> {
        // No revision begins so, but an option of git does, and paths do.
        if source.starts_with(['-', '/', '\\', '.', '~']) {
            return None;
        }
        let colon = colon(source)?;
        let (before, rest) = (&source[..colon], &source[colon + 1..]);
        if rest.starts_with("//") {
            return None;
        }
        if before.is_empty() {
            let (stage, path) = match rest.as_bytes() {
                [stage @ b'0'..=b'3', b':', ..] => (char::from(*stage), &rest[2..]),
                _ => ('0', rest),
            };
            let head = &source[..source.len() - path.len()];
            return Some(Self { tree: TreeName::Index { stage }, head, rest: path, certain: true });
        }
        // One letter before the colon is a drive of Windows.
        let is_drive = before.len() == 1 && before.starts_with(|c: char| c.is_ascii_alphabetic());
        if is_drive || is_connection(before) {
            return None;
        }
        let like_connection =
            before.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_');
        Some(Self {
            tree: TreeName::Revision(before),
            head: &source[..=colon],
            rest,
            certain: !like_connection || before.ends_with("HEAD"),
        })
    }

    /// The path and the layer: at the `#` behind the longest path that is there, else at the last.
    pub(crate) fn path_and_layer(&self, exists: impl Fn(&str) -> bool) -> (&'a str, Option<&'a str>) {
        if exists(self.rest) {
            return (self.rest, None);
        }
        let parts = || self.rest.rmatch_indices('#').map(|(at, _)| (&self.rest[..at], &self.rest[at + 1..]));
        match parts().find(|(path, _)| exists(path)).or_else(|| parts().next()) {
            Some((path, layer)) => (path, Some(layer).filter(|layer| !layer.is_empty())),
            None => (self.rest, None),
        }
    }
}

/// The first colon outside of braces, as in `HEAD@{2026-05-01 10:00}:plan.gpkg`.
fn colon(source: &str) -> Option<usize> {
    let mut depth = 0_usize;
    source.char_indices().find_map(|(at, letter)| {
        match letter {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            ':' if depth == 0 => return Some(at),
            _ => {}
        }
        None
    })
}

fn is_connection(word: &str) -> bool {
    let of_driver = || {
        (0..DriverManager::count()).any(|index| {
            let driver = DriverManager::get_driver(index).ok();
            let prefix = driver.and_then(|driver| driver.metadata_item("DMD_CONNECTION_PREFIX", ""));
            prefix.is_some_and(|prefix| prefix.trim_end_matches(':').eq_ignore_ascii_case(word))
        })
    };
    CONNECTIONS.iter().any(|known| known.eq_ignore_ascii_case(word)) || of_driver()
}

/// A path of a source as seen from the root of the repository, in the parts that Git knows: `./` and `../` count from
/// the folder `here`. None when it leads out.
pub(crate) fn from_root(path: &str, here: &str) -> Option<String> {
    let path = if cfg!(windows) { path.replace('\\', "/") } else { path.to_owned() };
    let relative = matches!(path.split('/').next(), Some("." | ".."));
    let mut parts: Vec<&str> = Vec::new();
    let start = if relative { here } else { "" };
    for part in start.split('/').chain(path.split('/')) {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            _ => parts.push(part),
        }
    }
    (!Path::new(&path).is_absolute()).then(|| parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(source: &str) -> Option<(TreeName<'_>, &str, bool)> {
        GitSource::parse(source).map(|git| (git.tree, git.rest, git.certain))
    }

    #[test]
    fn a_revision_stands_before_the_first_colon_outside_of_braces() {
        for (source, revision, rest) in [
            ("HEAD~1:plan/plan.gpkg#GHYDYH", "HEAD~1", "plan/plan.gpkg#GHYDYH"),
            ("main:三线.gpkg", "main", "三线.gpkg"),
            ("HEAD@{2026-05-01 10:00}:a.shp", "HEAD@{2026-05-01 10:00}", "a.shp"),
            ("HEAD^{/fix: it}:./a.shp", "HEAD^{/fix: it}", "./a.shp"),
            ("送审稿:规划 图斑.shp", "送审稿", "规划 图斑.shp"),
        ] {
            assert_eq!(parsed(source), Some((TreeName::Revision(revision), rest, true)), "{source}");
        }
        assert_eq!(parsed("V1:a.shp"), Some((TreeName::Revision("V1"), "a.shp", false)));
        assert_eq!(parsed(":a:b.shp"), Some((TreeName::Index { stage: '0' }, "a:b.shp", true)));
        assert_eq!(parsed(":2:a.shp"), Some((TreeName::Index { stage: '2' }, "a.shp", true)));
    }

    #[test]
    fn connections_drives_paths_and_options_are_none() {
        for source in [
            "PG:dbname=plan",
            "pg:dbname=plan",
            "GPKG:plan.gpkg:DLTB",
            "https://example.org/plan.geojson",
            "s3://bucket/plan.gpkg",
            "C:\\plan.gpkg",
            "c:/plan.gpkg",
            "/vsizip/a:b.zip",
            "./a:b.gpkg",
            "--help:plan.gpkg",
            "plan.gpkg#a",
            "-",
        ] {
            assert_eq!(parsed(source), None, "{source}");
        }
    }

    #[test]
    fn paths_count_from_the_root_or_from_the_folder() {
        assert_eq!(from_root("a/b.shp", "sub/").as_deref(), Some("a/b.shp"));
        assert_eq!(from_root("./b.shp", "sub/").as_deref(), Some("sub/b.shp"));
        assert_eq!(from_root("../b.gdb/", "sub/").as_deref(), Some("b.gdb"));
        assert_eq!(from_root("../../b.shp", "sub/"), None);
        assert_eq!(from_root("", "").as_deref(), Some(""));
    }

    #[test]
    fn the_longest_path_that_is_there_parts_path_and_layer() {
        let git = GitSource::parse("HEAD:plan#2.gpkg#DLTB").expect("a source");
        assert_eq!(git.path_and_layer(|path| path == "plan#2.gpkg"), ("plan#2.gpkg", Some("DLTB")));
        assert_eq!(git.path_and_layer(|_| false), ("plan#2.gpkg", Some("DLTB")));
        assert_eq!(git.path_and_layer(|_| true), ("plan#2.gpkg#DLTB", None));
    }
}
