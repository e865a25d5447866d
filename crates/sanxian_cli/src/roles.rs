//! Which roles and which words of field maps a run knows. A mistyped one must not pass for one of the user's own:
//! the rules would look for a layer or a column that nobody gave.

use std::collections::BTreeSet;

use sanxian::{Role, RuleBook, canonical_name_of_column, canonical_names, nearest};

use crate::config::Config;
use crate::failure::{Complaint, Failure};
use crate::flags::Flags;

/// Refuses roles that are neither known, nor declared, nor named by a rule; and words of field maps that no
/// rule reads.
pub(crate) fn refuse_unknown(flags: &Flags<'_>, config: &Config, book: &RuleBook) -> Result<(), Failure> {
    let mut known: BTreeSet<&Role> = Role::KNOWN.iter().collect();
    known.extend(config.roles.iter().chain(&flags.lines.role));
    known.extend(book.rules().iter().flat_map(|rule| rule.roles.iter().chain(rule.zone())));
    let check = |role: &Role, place: String| -> Result<(), Failure> {
        if known.contains(role) { Ok(()) } else { Err(unknown(role, &known).at(place).into()) }
    };
    for (role, source) in flags.named() {
        check(&role, format!("{role}={source}"))?;
    }
    let words = field_words(book);
    let reading = flags.reading;
    for given in reading.crs.iter().chain(&reading.encoding) {
        if let Some(role) = &given.role {
            check(role, format!("{role}={}", given.value))?;
        }
    }
    for field in &reading.field {
        check(&field.role, format!("--field {}.{}={}", field.role, field.name, field.column))?;
        field_word(&field.role, &field.name, &words).map_err(|complaint| complaint.at("--field"))?;
    }
    let file = || config.file.as_ref().map_or_else(String::new, |path| path.display().to_string());
    for layer in &config.layers {
        check(&layer.role, format!("{}: layers.{}", file(), layer.role))?;
        for name in layer.fields.keys() {
            let place = format!("{}: layers.{}.fields", file(), layer.role);
            field_word(&layer.role, name, &words).map_err(|complaint| complaint.at(place))?;
        }
    }
    Ok(())
}

fn unknown(role: &Role, known: &BTreeSet<&Role>) -> Complaint {
    let list = known.iter().map(|role| role.name()).collect::<Vec<_>>().join(", ");
    let complaint = Failure::own(
        format!("未知的图层用途 `{role}`"),
        format!("`{role}` is no role that a rule or the config knows"),
    );
    let (zh, en) = match nearest(role.name(), known.iter().map(|role| role.name())) {
        Some(meant) => (format!("是否想写 `{meant}`？"), format!("did you mean `{meant}`? ")),
        None => (String::new(), String::new()),
    };
    complaint.advise(
        format!("{zh}可用：{list}；自己的用途在配置中声明：roles = [\"{role}\"]，或用 --role {role}"),
        format!(
            "{en}known: {list}; declare your own in the config: roles = [\"{role}\"], or with --role {role}"
        ),
    )
}

/// Whether a run computes what a word of a filter stands for, so that no column can give it.
fn is_computed(name: &str) -> bool {
    matches!(name, "role" | "overlap_m2" | "overlap_share" | "outside_m2" | "zone_count")
}

/// The words that a field map may give a column: those of the vocabulary, and what filters of the rules name.
fn field_words(book: &RuleBook) -> BTreeSet<&str> {
    let mut words: BTreeSet<&str> = canonical_names().collect();
    for rule in book.rules() {
        for filter in rule.subject_filter.iter().chain(rule.all_exceptions().map(|it| &it.filter)) {
            words.extend(filter.names());
        }
        words.extend(rule.predicate.names());
        words.extend(rule.all_exceptions().flat_map(|exception| &exception.evidence).map(String::as_str));
    }
    words.retain(|name| !is_computed(name));
    words
}

/// Refuses a word that no rule reads: the mapping would be ignored, and the rules would go without the column.
fn field_word(role: &Role, name: &str, known: &BTreeSet<&str>) -> Result<(), Complaint> {
    if known.contains(name) {
        return Ok(());
    }
    let meant = canonical_name_of_column(role, name)
        .map(str::to_owned)
        .or_else(|| nearest(name, known.iter().copied()));
    let (zh, en) = match meant {
        Some(meant) => (format!("是否想写 `{meant}`？"), format!("did you mean `{meant}`? ")),
        None => (String::new(), String::new()),
    };
    let list = known.iter().copied().collect::<Vec<_>>().join(", ");
    Err(Failure::own(format!("未知的字段名 `{name}`"), format!("`{name}` is no field that rules use"))
        .advise(format!("{zh}可用：{list}"), format!("{en}known: {list}")))
}
