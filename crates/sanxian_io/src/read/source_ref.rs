//! Which file and which layer an input names: `FILE`, `FILE#LAYER`, `PG:…#LAYER` or `-`.

use std::path::Path;

/// An input as the user named it, taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceRef {
    /// File, folder or connection; `-` is standard input.
    pub path: String,
    /// Layer inside it; none when the user left the choice to us.
    pub layer: Option<String>,
}

impl SourceRef {
    /// Takes `FILE#LAYER` apart at the last `#`. A file whose own name holds that `#` wins.
    #[must_use]
    pub fn parse(source: &str) -> Self {
        let whole = || Self { path: source.to_owned(), layer: None };
        if Path::new(source).exists() {
            return whole();
        }
        match source.rsplit_once('#') {
            Some((path, layer)) if !path.is_empty() && !layer.is_empty() => {
                Self { path: path.to_owned(), layer: Some(layer.to_owned()) }
            }
            _ => whole(),
        }
    }

    /// Whether the input is standard input.
    #[must_use]
    pub fn is_standard_input(&self) -> bool {
        self.path == "-"
    }

    /// Whether the input is a connection or one of GDAL's virtual files, not a file of the system.
    #[must_use]
    pub fn is_virtual(&self) -> bool {
        let scheme = self.path.split_once(':').map_or("", |(scheme, _)| scheme);
        // One letter before the colon is a drive of Windows.
        self.path.starts_with("/vsi") || scheme.len() > 1 && scheme.bytes().all(|b| b.is_ascii_alphanumeric())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_hash_parts_file_and_layer() {
        let parsed = SourceRef::parse("plans/三线.gpkg#YJJBNT");
        assert_eq!((parsed.path.as_str(), parsed.layer.as_deref()), ("plans/三线.gpkg", Some("YJJBNT")));
        let parsed = SourceRef::parse("PG:dbname=plan#public.dltb");
        assert_eq!((parsed.path.as_str(), parsed.layer.as_deref()), ("PG:dbname=plan", Some("public.dltb")));
        assert!(parsed.is_virtual());
        assert_eq!(SourceRef::parse("a.gpkg#").layer, None);
        assert!(!SourceRef::parse("C:\\plan.gpkg").is_virtual());
    }

    #[test]
    fn a_file_whose_name_has_a_hash_wins() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("plan#2.gpkg");
        std::fs::write(&file, b"").expect("a file");
        let name = file.to_str().expect("a name");
        assert_eq!(SourceRef::parse(name), SourceRef { path: name.to_owned(), layer: None });
        let with_layer = SourceRef::parse(&format!("{name}#DLTB"));
        assert_eq!(with_layer, SourceRef { path: name.to_owned(), layer: Some("DLTB".to_owned()) });
    }
}
