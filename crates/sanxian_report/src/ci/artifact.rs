//! The file of a finding as platforms name it: relative to the folder of the run, with slashes.

use std::path::{Component, MAIN_SEPARATOR, Path};

/// The file of an input. A path in the folder of the run becomes relative to it; of a file of a Git revision (`REVISION:file`) the
/// file remains; a connection stays as it is.
pub(super) fn path(input: &str, here: &Path) -> String {
    if input.contains("://") {
        return input.to_owned();
    }
    let file = of_revision(input).unwrap_or(input);
    let path = Path::new(file);
    let relative = path.strip_prefix(here).unwrap_or(path);
    let mut parts: Vec<String> = Vec::new();
    for part in relative.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir if parts.last().is_some_and(|last| !last.is_empty() && last != "..") => {
                parts.pop();
            }
            // After a drive of Windows the root is the slash that follows it anyway.
            Component::RootDir if !parts.is_empty() => {}
            Component::RootDir => parts.push(String::new()),
            other => parts.push(other.as_os_str().to_string_lossy().replace(MAIN_SEPARATOR, "/")),
        }
    }
    parts.join("/")
}

/// The file in `REVISION:file`. A drive of Windows has one letter, and a connection capital letters before its colon.
fn of_revision(input: &str) -> Option<&str> {
    let (before, file) = input.split_once(':')?;
    let is_connection =
        before != "HEAD" && before.len() > 1 && before.bytes().all(|b| b.is_ascii_uppercase());
    (before.len() != 1 && !is_connection && !file.starts_with("//")).then_some(file)
}

/// A path as a URI reference: what is no letter, digit or one of `-._~/` is escaped byte by byte. An absolute path is a file of the
/// machine, or of the server before the first folder (`//server/share`); an address stays one.
pub(super) fn uri(path: &str) -> String {
    use std::fmt::Write as _;

    let is_drive = path.as_bytes().get(1) == Some(&b':');
    let is_address = path.contains("://");
    let scheme = match path {
        _ if is_address => "",
        _ if path.starts_with("//") => "file:",
        _ if path.starts_with('/') => "file://",
        // A drive of Windows comes after the third slash.
        _ if is_drive => "file:///",
        _ => "",
    };
    let mut uri = scheme.to_owned();
    for byte in path.bytes() {
        let is_plain = byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte);
        if is_plain || (byte == b':' && (is_drive || is_address)) {
            uri.push(char::from(byte));
        } else {
            // Writing to a String cannot fail.
            let _ = write!(uri, "%{byte:02X}");
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_named_from_the_folder_of_the_run() {
        let here = Path::new("/builds/plan");
        for (input, wanted) in [
            ("plan.gpkg", "plan.gpkg"),
            ("./数据/规划.gpkg", "数据/规划.gpkg"),
            ("/builds/plan/a/b.shp", "a/b.shp"),
            ("a/../b.shp", "b.shp"),
            ("../b.shp", "../b.shp"),
            ("/elsewhere/b.shp", "/elsewhere/b.shp"),
            ("/../b.shp", "/../b.shp"),
            ("https://host/a/../b.geojson", "https://host/a/../b.geojson"),
            ("HEAD~1:plan/plan.gpkg", "plan/plan.gpkg"),
            ("HEAD:./plan.gpkg", "plan.gpkg"),
            (":plan.gpkg", "plan.gpkg"),
            ("PG:dbname=plan", "PG:dbname=plan"),
        ] {
            assert_eq!(path(input, here), wanted, "{input}");
        }
    }

    #[test]
    fn uris_are_escaped() {
        assert_eq!(uri("数据/规 划.gpkg"), "%E6%95%B0%E6%8D%AE/%E8%A7%84%20%E5%88%92.gpkg");
        assert_eq!(uri("/a#b"), "file:///a%23b");
        assert_eq!(uri("C:/a b"), "file:///C:/a%20b");
        assert_eq!(uri("//server/share/a"), "file://server/share/a");
        assert_eq!(uri("https://host:1/a b"), "https://host:1/a%20b");
        assert_eq!(uri("PG:dbname=plan"), "PG%3Adbname%3Dplan");
    }
}
