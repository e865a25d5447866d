//! Which file and which layer an input names: `FILE`, `FILE#LAYER`, `PG:…#LAYER`, a side of a Kart diff
//! (`kart-old:FILE#DATASET`) or `-`; files of Git revisions are copied first, see [`git_revision`](super::git_revision).

use std::borrow::Cow;
use std::path::Path;

use sanxian_model::redact::{HIDDEN, redact};

/// An input as the user named it, taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceRef {
    /// File, folder or connection, as it is shown; `-` is standard input. Passwords are hidden, see
    /// [`redact`].
    pub path: String,
    /// What is opened in its place: the same with its password, or the copy of a file of a revision.
    pub(crate) opened: Option<String>,
    /// The side that is read, when the file is a Kart diff.
    pub(crate) kart: Option<KartSide>,
    /// Layer inside it; none when the user left the choice to us.
    pub layer: Option<String>,
}

impl SourceRef {
    /// Takes `FILE#LAYER` apart: at the `#` behind the longest name of a file that is there, so that the names of
    /// files and of layers may hold one, else at the last.
    #[must_use]
    pub fn parse(source: &str) -> Self {
        let exists = |path: &str| !path.is_empty() && Path::new(path).exists();
        if let Some((prefix, side)) = KartSide::of(source).filter(|_| !exists(source)) {
            let file = Self::parse(&source[prefix.len()..]);
            let path = format!("{prefix}{}", file.path);
            return Self {
                path,
                opened: Some(file.connection().to_owned()),
                kart: Some(side),
                layer: file.layer,
            };
        }
        if let Some((path, table)) = table_of_geopackage(source).filter(|(path, _)| exists(path)) {
            return Self::named(path, Some(table.to_owned()));
        }
        if exists(source) {
            return Self::named(source, None);
        }
        let there = source.rmatch_indices('#').map(|(at, _)| at).find(|&at| exists(&source[..at]));
        let parting = there.or_else(|| source.rfind('#').filter(|&at| is_layer(&source[at + 1..])));
        match parting {
            Some(at) if at > 0 && at + 1 < source.len() => {
                Self::named(&source[..at], Some(source[at + 1..].to_owned()))
            }
            _ => Self::named(source, None),
        }
    }

    pub(crate) fn named(path: &str, layer: Option<String>) -> Self {
        match redact(path) {
            // A file that is there is no connection, whatever its name.
            Cow::Owned(shown) if !Path::new(path).exists() => {
                Self { path: shown, opened: Some(path.to_owned()), kart: None, layer }
            }
            _ => Self { path: path.to_owned(), opened: None, kart: None, layer },
        }
    }

    /// A copy that is opened in place of what the user named.
    pub(crate) fn copied(shown: String, copy: String, layer: Option<String>) -> Self {
        Self { path: shown, opened: Some(copy), kart: None, layer }
    }

    /// A text of GDAL or of the system with the name that the user knows in place of that of the copy.
    pub(crate) fn in_messages(&self, text: &str) -> String {
        let Some(opened) = &self.opened else { return text.to_owned() };
        let text = text.replace(opened, &self.path);
        // What belongs to the file lies beside it.
        let name = opened.rsplit(['/', '\\']).next().unwrap_or_default();
        match (opened.strip_suffix(name), self.path.strip_suffix(name)) {
            (Some(folder), Some(shown)) if !folder.is_empty() => text.replace(folder, shown),
            _ => text,
        }
    }

    /// The layer for messages: hidden where the `#` before it may be part of a password without quotes, as in
    /// `PG:password=a#b`.
    pub(crate) fn shown_layer(&self) -> &str {
        let Some(layer) = &self.layer else { return "" };
        let whole = format!("{}#{layer}", self.connection());
        let is_shown = self.opened.is_none() || redact(&whole).ends_with(&format!("#{layer}"));
        if is_shown { layer } else { HIDDEN }
    }

    /// What is opened.
    pub(crate) fn connection(&self) -> &str {
        self.opened.as_deref().unwrap_or(&self.path)
    }

    /// Whether the input is standard input.
    #[must_use]
    pub fn is_standard_input(&self) -> bool {
        self.path == "-"
    }

    /// Whether the input is a connection or one of GDAL's virtual files, not a file of the system.
    #[must_use]
    pub fn is_virtual(&self) -> bool {
        let opened = self.connection();
        let scheme = opened.split_once(':').map_or("", |(scheme, _)| scheme);
        // One letter before the colon is a drive of Windows.
        opened.starts_with("/vsi") || scheme.len() > 1 && scheme.bytes().all(|b| b.is_ascii_alphanumeric())
    }
}

/// A side of a diff that Kart wrote: what was before, or what is now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum KartSide {
    Old,
    New,
}

impl KartSide {
    /// The side that the beginning of a source names.
    fn of(source: &str) -> Option<(&'static str, Self)> {
        [("kart-old:", Self::Old), ("kart-new:", Self::New)]
            .into_iter()
            .find(|(prefix, _)| source.starts_with(prefix))
    }

    /// The key of this side in a change.
    pub(crate) fn key(self) -> &'static str {
        match self {
            Self::Old => "-",
            Self::New => "+",
        }
    }
}

/// File and table of `GPKG:file:table`, as GDAL writes it: the same as `file#table`. The file may be in quotes.
fn table_of_geopackage(source: &str) -> Option<(&str, &str)> {
    let prefix = source.get(..5).filter(|prefix| prefix.eq_ignore_ascii_case("GPKG:"))?;
    let (path, table) = source[prefix.len()..].rsplit_once(':')?;
    let path = path.strip_prefix('"').and_then(|path| path.strip_suffix('"')).unwrap_or(path);
    (!table.is_empty()).then_some((path, table))
}

/// Whether the end of a source can be a layer, and is no part of a connection whose password has a `#`.
fn is_layer(end: &str) -> bool {
    !end.contains(['=', '@', '\'', '"'])
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
        assert_eq!(SourceRef::parse(name), SourceRef::named(name, None));
        let with_layer = SourceRef::parse(&format!("{name}#DLTB"));
        assert_eq!(with_layer, SourceRef::named(name, Some("DLTB".to_owned())));
        let hash_in_layer = SourceRef::parse(&format!("{name}#地类#2"));
        assert_eq!(hash_in_layer, SourceRef::named(name, Some("地类#2".to_owned())));
    }

    #[test]
    fn what_may_be_the_end_of_a_password_is_not_shown() {
        let shown = |source: &str| SourceRef::parse(source).shown_layer().to_owned();
        assert_eq!(shown("PG:host=h password=a#b"), "***");
        assert_eq!(shown("PG:host=h password='a'#b"), "b");
        assert_eq!(shown("PG:password=a host=h#b"), "b");
        assert_eq!(shown("postgresql://u:pw@h/db#b"), "b");
        assert_eq!(shown("plan.gpkg#b"), "b");
        let whole = "PG:host=h password=a#b user=u";
        assert_eq!(SourceRef::parse(whole).path, "PG:host=h password=*** user=u");
        assert_eq!(redact("redline=PG:host=h password=a#b"), "redline=PG:host=h password=***");
    }

    #[test]
    fn a_side_of_a_kart_diff_is_a_file_with_a_dataset() {
        let source = SourceRef::parse("kart-old:changes.jsonl#land/plan");
        assert_eq!((source.path.as_str(), source.connection()), ("kart-old:changes.jsonl", "changes.jsonl"));
        assert_eq!((source.layer.as_deref(), source.kart), (Some("land/plan"), Some(KartSide::Old)));
        assert!(!source.is_virtual());
    }

    #[test]
    fn passwords_are_opened_with_but_never_shown() {
        for (given, shown) in [
            ("PG:host=db password=geheim user=me", "PG:host=db password=*** user=me"),
            ("PG:host=db password='a b' user=me", "PG:host=db password=*** user=me"),
            ("PG:host=db password=geheim", "PG:host=db password=***"),
            ("PG:postgresql://me:geheim@db/plan", "PG:postgresql://me:***@db/plan"),
            ("PG:host=db user=me", "PG:host=db user=me"),
            ("PG:host=db password='ge#heim' user=me", "PG:host=db password=*** user=me"),
            ("MYSQL:plan,password=geheim,host=h", "MYSQL:plan,password=***,host=h"),
        ] {
            let source = SourceRef::parse(&format!("{given}#dltb"));
            assert_eq!((source.path.as_str(), source.connection()), (shown, given));
        }
    }
}
