//! From the text of a rule file to a [`Rule`]. Every mistake is an error with file, line and column.

use std::sync::Arc;

use sanxian_model::{Role, Severity, Text};

use crate::error::RuleError;
use crate::example::Example;
use crate::message;
use crate::predicates::Predicate;
use crate::rule::{Exception, Rule, Source, Status};
use crate::toml_reader::{FileText, Reader, Value};

impl Rule {
    /// Reads one rule file. `file` only names it in errors; nothing is opened.
    ///
    /// # Errors
    /// The first mistake, with its place: bad TOML, an unknown or missing key, a value that does not fit,
    /// a filter outside the language, a placeholder that does not exist, a stable rule with an unchecked
    /// source.
    pub fn parse(file: &str, text: &str) -> Result<Self, RuleError> {
        let file = FileText::new(file, text);
        let mut table = file.table()?;
        let name = name(table.need("name")?)?;
        let code = code(table.need("code")?)?;
        let status = status(table.need("status")?)?;
        let rule_severity = severity(table.need("severity")?)?;
        let title = table.text("title")?;
        let department = table.text("department")?;
        let sources =
            table.tables("source")?.into_iter().map(source).collect::<Result<Vec<_>, RuleError>>()?;
        if status == Status::Stable && !(sources.iter().all(|s| s.checked) && !sources.is_empty()) {
            return Err(RuleError::BadValue {
                spot: table.spot(),
                key: "status".to_owned(),
                reason: "a stable rule needs sources, each with `checked = true`; write \"preview\" until the texts are compared"
                    .to_owned(),
            });
        }
        let mut subject = table.table("subject")?;
        let roles =
            subject.need("role")?.one_or_more()?.into_iter().map(role).collect::<Result<Vec<_>, _>>()?;
        if roles.is_empty() {
            return Err(RuleError::MissingKey { spot: subject.spot(), key: "subject.role".to_owned() });
        }
        let subject_filter = subject.optional("where", |value| value.filter(false))?;
        subject.finish()?;
        let predicate = Predicate::read(table.table("test")?, rule_severity)?;
        let exceptions = table
            .tables("unless")?
            .into_iter()
            .map(|table| exception(table, rule_severity))
            .collect::<Result<_, _>>()?;
        let message = template(table.need("message")?)?;
        let help = template(table.need("help")?)?;
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
            sources,
            roles,
            subject_filter,
            predicate,
            exceptions,
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

fn name(value: Value<'_>) -> Result<String, RuleError> {
    let bad = value.bad("a name is kebab-case: lower-case letters, digits and hyphens");
    let name = value.string()?;
    let plain = name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    let words = name.split('-').all(|word| !word.is_empty());
    if plain && words { Ok(name) } else { Err(bad) }
}

fn code(value: Value<'_>) -> Result<String, RuleError> {
    let bad = value.bad("a code is a family in capitals, a hyphen and a number, as in `BF-01`");
    let code = value.string()?;
    let fits = code.split_once('-').is_some_and(|(family, number)| {
        !family.is_empty()
            && family.bytes().all(|b| b.is_ascii_uppercase())
            && !number.is_empty()
            && number.bytes().all(|b| b.is_ascii_digit())
    });
    if fits { Ok(code) } else { Err(bad) }
}

fn status(value: Value<'_>) -> Result<Status, RuleError> {
    let bad = value.bad("accepted: stable, preview, deprecated");
    let word = value.string()?;
    Status::ALL.into_iter().find(|status| status.name() == word).ok_or(bad)
}

pub(crate) fn severity(value: Value<'_>) -> Result<Severity, RuleError> {
    let bad = value.bad("accepted: error, warning, note");
    let word = value.string()?;
    Severity::ALL.into_iter().find(|severity| severity.name() == word).ok_or(bad)
}

pub(crate) fn role(value: Value<'_>) -> Result<Role, RuleError> {
    let bad = |reason| value.bad(reason);
    let at = bad(String::new());
    Role::new(&value.string()?).map_err(|reason| match at {
        RuleError::BadValue { spot, key, .. } => RuleError::BadValue { spot, key, reason },
        other => other,
    })
}

/// A template whose placeholders all exist, in both languages.
pub(crate) fn template(value: Value<'_>) -> Result<Text, RuleError> {
    let at = value.bad(String::new());
    let text = value.text()?;
    for words in [&text.zh, &text.en] {
        if let Err(reason) = message::check_template(words) {
            return Err(match at {
                RuleError::BadValue { spot, key, .. } => RuleError::BadValue { spot, key, reason },
                other => other,
            });
        }
    }
    Ok(text)
}

fn source(mut table: Reader<'_>) -> Result<Source, RuleError> {
    let source = Source {
        document: table.string("document")?,
        version: table.string("version")?,
        article: table.string("article")?,
        checked: table.need("checked")?.boolean()?,
        note: table.optional("note", Value::text)?,
    };
    table.finish()?;
    Ok(source)
}

fn exception(mut table: Reader<'_>, rule: Severity) -> Result<Exception, RuleError> {
    let exception = Exception {
        filter: table.need("where")?.filter(true)?,
        severity: milder(table.need("severity")?, rule)?,
        evidence: table.optional("evidence", Value::strings)?.unwrap_or_default(),
        about: table.text("about")?,
        message: table.optional("message", template)?,
    };
    table.finish()?;
    Ok(exception)
}

/// The severity that an exception leaves. It cannot be worse than the rule's own, and there is no way to
/// leave nothing: what was excused is still told.
pub(crate) fn milder(value: Value<'_>, rule: Severity) -> Result<Severity, RuleError> {
    let bad = value.bad(format!("an exception cannot be worse than the rule itself, which is `{rule}`"));
    let found = severity(value)?;
    if found <= rule { Ok(found) } else { Err(bad) }
}
