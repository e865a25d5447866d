//! Which file and which layer an input names: `FILE`, `FILE#LAYER`, `PG:…#LAYER` or `-`.

use std::path::Path;

/// An input as the user named it, taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceRef {
    /// File, folder or connection, as it is shown; `-` is standard input. The password of a connection is
    /// hidden.
    pub path: String,
    /// The same with its password, for opening; none when there is nothing to hide.
    pub(crate) secret: Option<String>,
    /// Layer inside it; none when the user left the choice to us.
    pub layer: Option<String>,
}

impl SourceRef {
    /// Takes `FILE#LAYER` apart at the last `#`. A file whose own name holds that `#` wins.
    #[must_use]
    pub fn parse(source: &str) -> Self {
        let whole = || Self::named(source, None);
        if Path::new(source).exists() {
            return whole();
        }
        match source.rsplit_once('#') {
            Some((path, layer)) if !path.is_empty() && !layer.is_empty() => {
                Self::named(path, Some(layer.to_owned()))
            }
            _ => whole(),
        }
    }

    pub(crate) fn named(path: &str, layer: Option<String>) -> Self {
        match without_password(path) {
            Some(shown) => Self { path: shown, secret: Some(path.to_owned()), layer },
            None => Self { path: path.to_owned(), secret: None, layer },
        }
    }

    /// What is opened.
    pub(crate) fn connection(&self) -> &str {
        self.secret.as_deref().unwrap_or(&self.path)
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

/// A connection with its password hidden: reports and logs travel. None when it holds no password.
fn without_password(connection: &str) -> Option<String> {
    if !connection.starts_with("PG:") {
        return None;
    }
    let lower = connection.to_ascii_lowercase();
    if let Some(start) = lower.find("password=").map(|at| at + "password=".len()) {
        let rest = &connection[start..];
        let length = match rest.strip_prefix('\'') {
            Some(quoted) => quoted.find('\'').map_or(rest.len(), |end| end + 2),
            None => rest.find(char::is_whitespace).unwrap_or(rest.len()),
        };
        return Some(format!("{}***{}", &connection[..start], &rest[length..]));
    }
    // postgresql://user:password@host/database
    let (scheme, rest) = connection.split_once("://")?;
    let (login, host) = rest.split_once('@')?;
    let (user, _) = login.split_once(':')?;
    Some(format!("{scheme}://{user}:***@{host}"))
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
    }

    #[test]
    fn passwords_are_opened_with_but_never_shown() {
        for (given, shown) in [
            ("PG:host=db password=geheim user=me", "PG:host=db password=*** user=me"),
            ("PG:host=db password='a b' user=me", "PG:host=db password=*** user=me"),
            ("PG:host=db password=geheim", "PG:host=db password=***"),
            ("PG:postgresql://me:geheim@db/plan", "PG:postgresql://me:***@db/plan"),
            ("PG:host=db user=me", "PG:host=db user=me"),
        ] {
            let source = SourceRef::parse(&format!("{given}#dltb"));
            assert_eq!((source.path.as_str(), source.connection()), (shown, given));
        }
    }
}
