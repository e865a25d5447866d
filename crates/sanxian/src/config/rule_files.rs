//! Rules of the user's own, from files and folders.

use std::path::{Path, PathBuf};

use sanxian_rules::RuleBook;

use super::ConfigError;

/// The rules of the library with the user's own, from rule files and folders of them; see
/// [`RuleBook::with_rules`]. Files of a folder are read in the order of their names, with those of folders in it.
///
/// # Errors
/// [`ConfigError::RulesUnreadable`], [`ConfigError::NoRules`] for a folder without a rule file, and
/// [`ConfigError::Rule`] for a file that is not a rule.
pub fn rule_book(own: &[PathBuf]) -> Result<RuleBook, ConfigError> {
    let mut files = Vec::new();
    for path in own {
        let before = files.len();
        collect(path, &mut files)?;
        if files.len() == before {
            return Err(ConfigError::NoRules { path: path.clone() });
        }
    }
    Ok(RuleBook::embedded().with_rules(files)?)
}

/// Name and text of every rule file.
fn collect(path: &Path, files: &mut Vec<(String, String)>) -> Result<(), ConfigError> {
    let failed = |source| ConfigError::RulesUnreadable { path: path.to_owned(), source };
    if !path.is_dir() {
        files.push((path.display().to_string(), std::fs::read_to_string(path).map_err(failed)?));
        return Ok(());
    }
    let entries = std::fs::read_dir(path).map_err(failed)?;
    let mut inside = entries
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<Vec<PathBuf>, _>>()
        .map_err(failed)?;
    inside.sort();
    for entry in inside {
        if entry.is_dir() || entry.extension().is_some_and(|extension| extension == "toml") {
            collect(&entry, files)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use sanxian_model::{Explain, Lang};

    use super::*;

    #[test]
    fn rules_that_cannot_be_had_are_told_with_their_path() {
        let folder = std::env::temp_dir().join(format!("sanxian-rule-files-{}", std::process::id()));
        std::fs::create_dir_all(folder.join("deep")).expect("a folder");
        let told = |path: &Path| {
            let error = rule_book(&[path.to_owned()]).expect_err("no rules").explain();
            [Lang::En, Lang::Zh].map(|lang| error.lines(lang))
        };
        let missing = told(&folder.join("missing.toml"));
        let empty = told(&folder);
        std::fs::write(folder.join("deep").join("broken.toml"), "\nname = 3").expect("a file");
        std::fs::write(folder.join("note.txt"), "no rule").expect("a file");
        let broken = told(&folder);
        std::fs::remove_dir_all(&folder).expect("a folder");
        assert!(missing[0].contains("cannot be read") && missing[0].contains("missing.toml"), "{missing:?}");
        assert!(empty[0].contains("no rule file") && empty[1].contains("没有规则文件"), "{empty:?}");
        let place = folder.join("deep").join("broken.toml");
        for told in &broken {
            assert!(told.contains(&format!("{}:2:8", place.display())), "{told}");
        }
        assert!(broken[1].contains("应为引号中的文字"), "{broken:?}");
    }
}
