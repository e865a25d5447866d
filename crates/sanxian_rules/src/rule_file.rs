//! From the text of a rule file to a [`Rule`]. Every mistake is an error with file, line and column.

use std::sync::Arc;

use crate::error::RuleError;
use crate::example::Example;
use crate::exception::Exception;
use crate::grade::Grade;
use crate::predicates::Predicate;
use crate::rule::{Rule, Source, Status};
use crate::template;
use crate::toml_reader::{FileText, Reader, TomlError, Value};

impl Rule {
    /// Reads one rule file. `file` only names it in errors; nothing is opened.
    ///
    /// # Errors
    /// The first mistake, with its place: bad TOML, an unknown or missing key, a value that does not fit,
    /// a filter outside the language, a placeholder that does not exist, a stable rule whose demand was not
    /// read.
    pub fn parse(file: &str, text: &str) -> Result<Self, RuleError> {
        let file = FileText::new(file, text);
        let mut table = file.table()?;
        let name = name(table.need("name")?)?;
        let code = code(table.need("code")?)?;
        let status = table.need("status")?;
        let unchecked = status
            .bad(
                "第一项依据的 grade 不是 text 或 copy 的规则不能为 stable",
                "a stable rule needs a first source, which carries the demand, of grade `text` or `copy`",
            )
            .advise(
                "读到原文或转载之前写 \"preview\"",
                "write \"preview\" until the sentence itself was read",
            );
        let status = status.one_of(Status::ALL.map(|status| (status.name(), status)))?;
        let rule_severity = table.need("severity")?.severity()?;
        let title = table.text("title")?;
        let quantity = table.optional("quantity", Value::text)?;
        let department = table.text("department")?;
        let sources =
            table.tables("source")?.into_iter().map(source).collect::<Result<Vec<_>, TomlError>>()?;
        let is_borne = sources.first().is_some_and(|source: &Source| source.grade.bears());
        if status == Status::Stable && !is_borne {
            return Err(unchecked.into());
        }
        let mut subject = table.table("subject")?;
        let roles = subject.need("role")?.one_or_more()?.into_iter().map(Value::role);
        let roles = roles.collect::<Result<Vec<_>, _>>()?;
        if roles.is_empty() {
            return Err(subject.missing("role").into());
        }
        let subject_filter = subject.optional("where", |value| value.filter(false))?;
        let subject_about = subject.optional("about", Value::text)?;
        subject.finish()?;
        let predicate = Predicate::read(table.table("test")?, rule_severity)?;
        let exceptions = table.optional("unless", |value| {
            let needless = value.bad(
                "此判断针对整个图层，图层没有可以免除它的申报",
                "this predicate judges a layer as a whole, which carries no declaration that could lift it",
            );
            if predicate.is_about_the_whole() || predicate.is_about_changes() {
                return Err(needless);
            }
            value.list()?.into_iter().map(|value| Exception::read(value.table()?, rule_severity)).collect()
        })?;
        let message = template::read(table.need("message")?)?;
        let help = template::read(table.need("help")?)?;
        let mut card = table.table("card")?;
        let (why, measured, blind_spots) =
            (card.text("why")?, card.text("measured")?, card.text("blind-spots")?);
        card.finish()?;
        let examples = table
            .tables("example")?
            .into_iter()
            .map(|table| Example::read(table, &roles))
            .collect::<Result<_, _>>()?;
        table.finish()?;
        Ok(Self {
            name: name.into(),
            code: code.into(),
            status,
            severity: rule_severity,
            title,
            quantity,
            sources,
            roles,
            subject_filter,
            subject_about,
            predicate,
            exceptions: exceptions.unwrap_or_default(),
            message,
            help,
            department,
            why,
            measured,
            blind_spots,
            examples,
            file: Arc::clone(&file.name),
        })
    }
}

fn name(value: Value<'_>) -> Result<String, TomlError> {
    let bad = value.bad(
        "名称只用小写字母、数字和连字符",
        "a name is kebab-case: lower-case letters, digits and hyphens",
    );
    let name = value.string()?;
    let plain = name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    let words = name.split('-').all(|word| !word.is_empty());
    if plain && words { Ok(name) } else { Err(bad) }
}

fn code(value: Value<'_>) -> Result<String, TomlError> {
    let bad = value.bad(
        "编号为大写字母、连字符和数字，如 `BF-01`",
        "a code is a family in capitals, a hyphen and a number, as in `BF-01`",
    );
    let code = value.string()?;
    let fits = code.split_once('-').is_some_and(|(family, number)| {
        !family.is_empty()
            && family.bytes().all(|b| b.is_ascii_uppercase())
            && !number.is_empty()
            && number.bytes().all(|b| b.is_ascii_digit())
    });
    if fits { Ok(code) } else { Err(bad) }
}

fn source(mut table: Reader<'_>) -> Result<Source, TomlError> {
    let source = Source {
        document: table.string("document")?,
        version: table.string("version")?,
        article: table.string("article")?,
        grade: table.need("grade")?.one_of(Grade::ALL.map(|grade| (grade.name(), grade)))?,
        note: table.optional("note", Value::text)?,
    };
    table.finish()?;
    Ok(source)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{rule_text, told};

    const PARTS: &str = r#"
[subject]
role = "plan"
where = "land_class = '0701'"
[test]
predicate = "overlap-forbidden"
zone = "farmland"
tolerance = "0.5 m2"
"#;

    /// The error after one replacement in a good file.
    fn refusal(from: &str, to: &str) -> String {
        let good = rule_text(PARTS);
        assert!(Rule::parse("f.toml", &good).is_ok());
        assert!(good.contains(from), "{from}");
        told(&Rule::parse("f.toml", &good.replacen(from, to, 1)).expect_err(to))
    }

    #[test]
    fn a_mistake_is_named_with_its_place_and_the_nearest_key() {
        let cases = [
            (
                "tolerance =",
                "tolerence =",
                "f.toml:20:1: unknown key `test.tolerence`; did you mean `test.tolerance`? known keys: predicate, zone",
            ),
            ("status", "state = 1\nstatus", "f.toml:4:1: unknown key `state`"),
            ("\"0.5 m2\"", "0.5", "f.toml:20:13: `test.tolerance`: expected an area with its unit"),
            ("\"0.5 m2\"", "\"0.5\"", "f.toml:20:13: `test.tolerance`: `0.5` is not an area"),
            ("land_class =", "land_class +", "f.toml:16:10: `subject.where`: `+` is not part"),
            ("'0701'", "'0701' AND", "f.toml:16:33: `subject.where`: Expected: an expression, found the end"),
            ("land_class =", "overlap_m2 =", "f.toml:16:10: `subject.where`: `overlap_m2` is measured"),
            (
                "overlap-forbidden",
                "overlap-forbiden",
                "f.toml:18:13: `test.predicate`: `overlap-forbiden` is not accepted; did you mean `overlap-forbidden`?",
            ),
            (
                "zone = \"farmland\"",
                "zone = \"Farmland\"",
                "f.toml:19:8: `test.zone`: `Farmland` is not a role",
            ),
            ("zone = \"farmland\"\n", "", "f.toml:17:1: the key `test.zone` is missing"),
            ("XX-01", "xx1", "f.toml:3:8: `code`: a code is a family"),
            ("test-rule", "Test rule", "f.toml:2:8: `name`: a name is kebab-case"),
            ("\"preview\"", "\"stable\"", "f.toml:4:10: `status`: a stable rule needs a first source"),
            (
                "severity = \"error\"",
                "severity = \"fatal\"",
                "f.toml:5:12: `severity`: `fatal` is not accepted; use one of error, warning, note",
            ),
            (
                "{subject}",
                "{subjekt}",
                "f.toml:8:11: `message`: unknown placeholder `{subjekt}` (did you mean `subject`?)",
            ),
            ("name = ", "name ", "f.toml:2:6: this is not TOML: "),
            (", en = \"help\"", "", "f.toml:9:8: the key `help.en` is missing"),
        ];
        for (from, to, wanted) in cases {
            let error = refusal(from, to);
            assert!(error.starts_with(wanted), "\n{error}\n{wanted}");
        }
    }

    #[test]
    fn a_filter_over_several_lines_keeps_its_place() {
        let error =
            refusal("\"land_class = '0701'\"", "\"\"\"\nland_class = '0701'\n  AND lower(name) = 'x'\"\"\"");
        assert!(error.starts_with("f.toml:18:7: `subject.where`: `lower(name)`"), "{error}");
    }

    #[test]
    fn a_mark_at_the_beginning_of_the_file_is_no_mistake() {
        assert!(Rule::parse("f.toml", &format!("\u{feff}{}", rule_text(PARTS))).is_ok());
    }

    #[test]
    fn an_exception_always_leaves_something_to_tell() {
        let exception = |severity: &str| {
            let parts = format!(
                "{PARTS}\n[[unless]]\nwhere = \"overlap_share > 0.5\"\nseverity = \"{severity}\"\nabout = {{ zh = \"例\", en = \"e\" }}"
            );
            Rule::parse("f.toml", &rule_text(&parts))
        };
        assert!(exception("note").is_ok());
        assert!(exception("none").unwrap_err().to_string().contains("use one of error, warning, note"));
    }

    #[test]
    fn an_example_names_its_role_and_its_outcome() {
        let example = |role: &str, severity: &str| {
            let parts = format!(
                "{PARTS}\n[[example]]\nabout = {{ zh = \"例\", en = \"e\" }}\ncrs = \"local-metres\"\nrole = \"{role}\"\nsubject = {{ wkt = \"POLYGON EMPTY\", n = 1, t = \"x\", f = true }}\nexpect = {{ severity = \"{severity}\", overlap = \"1 ha\" }}"
            );
            Rule::parse("f.toml", &rule_text(&parts))
        };
        let rule = example("plan", "note").unwrap();
        let [example_read] = &rule.examples[..] else { panic!() };
        assert_eq!(example_read.subjects[0].attributes.len(), 3);
        assert_eq!(example_read.expect.overlap.map(sanxian_model::SquareMetres::get), Some(10_000.0));
        assert!(
            example("park", "note").unwrap_err().to_string().contains("not a role that this rule judges")
        );
        assert!(example("plan", "bad").unwrap_err().to_string().contains("error, warning, note, none"));
    }
}
