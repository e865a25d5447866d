//! Does every rule say on which article of which document it rests?

use toml::{Table, Value};

use super::tree::{Fault, Tree};

const RULES: &str = "data/rules/";
const PROFILES: &str = "data/rules/profiles/";

/// Faults of rule files with a source that names no document or no article, or without any source.
pub(crate) fn check(tree: &Tree) -> Vec<Fault> {
    tree.texts(".toml")
        .filter(|(path, _)| path.starts_with(RULES) && !path.starts_with(PROFILES))
        .flat_map(|(path, text)| faults_of(path, text))
        .collect()
}

fn faults_of(path: &str, text: &str) -> Vec<Fault> {
    let rule: Table = match text.parse() {
        Ok(rule) => rule,
        Err(error) => return vec![Fault::of(path, format!("is no TOML: {}", error.message()))],
    };
    let sources = rule.get("source").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    if sources.is_empty() {
        return vec![Fault::of(path, "has no `[[source]]`; say on which document the rule rests")];
    }
    let mut faults = Vec::new();
    for (number, source) in sources.iter().enumerate() {
        for key in ["document", "article"] {
            let words = source.get(key).and_then(Value::as_str).unwrap_or_default();
            if words.trim().is_empty() {
                faults.push(Fault::of(path, format!("source {} has no `{key}`", number + 1)));
            }
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Vec<String> {
        let tree = Tree::of(&[("data/rules/p/a.toml", text), ("data/rules/profiles/p.toml", "rules = []")]);
        check(&tree).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn every_source_needs_document_and_article() {
        let good = "[[source]]\ndocument = \"法\"\narticle = \"第一条\"\n";
        assert!(told(good).is_empty());
        let second = format!("{good}[[source]]\ndocument = \"法\"\narticle = \" \"\n");
        assert_eq!(told(&second), ["data/rules/p/a.toml: source 2 has no `article`"]);
    }

    #[test]
    fn a_rule_without_sources_or_without_sense_is_a_fault() {
        assert!(told("name = \"x\"")[0].contains("has no `[[source]]`"));
        assert!(told("name = ")[0].contains("is no TOML"));
    }
}
