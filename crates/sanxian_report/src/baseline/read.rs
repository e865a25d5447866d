//! From the text of a baseline to what was accepted.

use std::collections::BTreeMap;

use sanxian_model::nearest::nearest;
use sanxian_model::{Day, Position, Severity, SquareMetres, Text};
use serde_json::{Map, Value};

use super::amount::Amount;
use super::entry::BaselineEntry;
use super::error::{BaselineError, BaselineMistake, EntryPlace};
use super::file::Baseline;
use super::spot::Spot;
use super::version::BASELINE_VERSION;

const FILE_KEYS: [&str; 3] = ["schema_version", "profile", "entries"];
const ENTRY_KEYS: [&str; 15] = [
    "fingerprint",
    "code",
    "subject",
    "count",
    "severity",
    "area_m2",
    "ratio",
    "value",
    "crs",
    "box",
    "point",
    "reason",
    "approval",
    "expires",
    "by",
];

impl Baseline {
    /// Reads the text of a baseline; `file` names it in errors.
    ///
    /// # Errors
    /// [`BaselineError`] with the entry of the first mistake.
    pub fn parse(file: &str, text: &str) -> Result<Self, BaselineError> {
        baseline(file, text)
    }
}

fn baseline(file: &str, text: &str) -> Result<Baseline, BaselineError> {
    let nothing = Map::new();
    let whole = Object { file, entry: None, members: &nothing };
    let value: Value = serde_json::from_str(text.trim_start_matches('\u{feff}')).map_err(|error| {
        whole.error(BaselineMistake::Syntax { line: error.line(), cause: error.to_string() })
    })?;
    let Some(members) = value.as_object() else {
        return Err(whole.wrong("entries", &value, "一个对象", "an object with `entries`"));
    };
    let whole = Object { members, ..whole };
    // A file of another version may have other keys.
    match members.get("schema_version") {
        Some(version) if version.as_u64() == Some(u64::from(BASELINE_VERSION)) => {}
        Some(found) => {
            return Err(whole.error(BaselineMistake::Version { found: found.to_string() }));
        }
        None => return Err(whole.missing("schema_version")),
    }
    whole.refuse_other_keys(&FILE_KEYS)?;
    let profile = whole.text("profile")?.ok_or_else(|| whole.missing("profile"))?;
    let listed = members.get("entries").ok_or_else(|| whole.missing("entries"))?;
    let Some(listed) = listed.as_array() else {
        return Err(whole.wrong("entries", listed, "一个列表", "a list"));
    };
    let mut entries = Vec::with_capacity(listed.len());
    let mut numbers: BTreeMap<String, usize> = BTreeMap::new();
    for (index, value) in listed.iter().enumerate() {
        let number = index + 1;
        let fingerprint = value.get("fingerprint").and_then(Value::as_str).map(str::to_owned);
        let place = EntryPlace { number, fingerprint };
        let Some(members) = value.as_object() else {
            let whole = Object { entry: Some(place), ..whole };
            return Err(whole.wrong("entries", value, "由对象组成的列表", "a list of objects"));
        };
        let object = Object { file, entry: Some(place), members };
        let entry = entry(&object)?;
        if let Some(first) = numbers.insert(entry.fingerprint.clone(), number) {
            return Err(object.error(BaselineMistake::Twice { first }));
        }
        entries.push(entry);
    }
    entries.sort_by(|a, b| a.fingerprint.cmp(&b.fingerprint));
    Ok(Baseline { profile, entries })
}

fn entry(object: &Object<'_>) -> Result<BaselineEntry, BaselineError> {
    object.refuse_other_keys(&ENTRY_KEYS)?;
    let needed = |key: &'static str| object.text(key)?.ok_or_else(|| object.missing(key));
    let fingerprint = needed("fingerprint")?;
    if fingerprint.split('/').count() < 4 {
        let (zh, en) = ("指纹：规则/用途/标识/用途", "a fingerprint: rule/role/identifier/role");
        return Err(object.wrong("fingerprint", &Value::from(fingerprint), zh, en));
    }
    Ok(BaselineEntry {
        fingerprint,
        code: needed("code")?,
        subject: needed("subject")?,
        amount: amount(object)?,
        spot: spot(object)?,
        reason: object.text("reason")?,
        approval: object.text("approval")?,
        expires: expires(object)?,
        by: object.text("by")?,
    })
}

fn expires(object: &Object<'_>) -> Result<Option<Day>, BaselineError> {
    let Some(text) = object.text("expires")? else { return Ok(None) };
    let wrong =
        || object.wrong("expires", &Value::from(&*text), "日期，如 2026-12-31", "a day, as in 2026-12-31");
    Day::parse(&text).map(Some).ok_or_else(wrong)
}

fn amount(object: &Object<'_>) -> Result<Amount, BaselineError> {
    let count = match object.value("count") {
        None => 1,
        Some(value) => match value.as_u64().and_then(|count| usize::try_from(count).ok()) {
            Some(count) if count > 0 => count,
            _ => return Err(object.wrong("count", value, "大于零的整数", "a whole number above zero")),
        },
    };
    let name = object.text("severity")?.ok_or_else(|| object.missing("severity"))?;
    let severity = Severity::ALL.into_iter().find(|severity| severity.name() == name);
    let severity = severity.ok_or_else(|| {
        object.wrong(
            "severity",
            &Value::from(&*name),
            " error、warning 或 note",
            "one of error, warning, note",
        )
    })?;
    let number = |key: &'static str| {
        let Some(value) = object.value(key) else { return Ok(None) };
        let number = value.as_f64().filter(|number| *number >= 0.0);
        number.map(Some).ok_or_else(|| object.wrong(key, value, "不小于零的数", "a number of zero or more"))
    };
    let values = match object.value("value") {
        None => Vec::new(),
        Some(Value::String(one)) => vec![one.clone()],
        Some(value) => {
            let texts = value.as_array().and_then(|texts| {
                texts.iter().map(|text| text.as_str().map(str::to_owned)).collect::<Option<Vec<_>>>()
            });
            texts
                .ok_or_else(|| object.wrong("value", value, "文字或文字列表", "a text, or a list of them"))?
        }
    };
    Ok(Amount {
        count,
        severity,
        area: number("area_m2")?.map(SquareMetres),
        ratio: number("ratio")?,
        values,
    })
}

fn spot(object: &Object<'_>) -> Result<Option<Spot>, BaselineError> {
    let (crs, extent, point) = (object.text("crs")?, object.value("box"), object.value("point"));
    let (crs, extent, point) = match (crs, extent, point) {
        (None, None, None) => return Ok(None),
        (None, ..) => return Err(object.missing("crs")),
        (_, None, _) => return Err(object.missing("box")),
        (.., None) => return Err(object.missing("point")),
        (Some(crs), Some(extent), Some(point)) => (crs, extent, point),
    };
    let extent = numbers(extent).ok_or_else(|| {
        object.wrong("box", extent, "四个数：西、南、东、北", "four numbers: west, south, east, north")
    })?;
    let point: Position =
        numbers(point).ok_or_else(|| object.wrong("point", point, "两个坐标", "two coordinates"))?;
    Ok(Some(Spot { crs, extent, point }))
}

fn numbers<const N: usize>(value: &Value) -> Option<[f64; N]> {
    let numbers = value.as_array()?.iter().map(Value::as_f64).collect::<Option<Vec<f64>>>()?;
    numbers.try_into().ok()
}

/// An object of the file, and where it stands.
struct Object<'a> {
    file: &'a str,
    entry: Option<EntryPlace>,
    members: &'a Map<String, Value>,
}

impl<'a> Object<'a> {
    /// A value that is there and not null.
    fn value(&self, key: &str) -> Option<&'a Value> {
        self.members.get(key).filter(|value| !value.is_null())
    }

    fn text(&self, key: &'static str) -> Result<Option<String>, BaselineError> {
        let Some(value) = self.value(key) else { return Ok(None) };
        let wrong = || self.wrong(key, value, "引号中的文字", "a text in quotes");
        value.as_str().map(|text| Some(text.to_owned())).ok_or_else(wrong)
    }

    fn refuse_other_keys(&self, known: &'static [&'static str]) -> Result<(), BaselineError> {
        let Some(key) = self.members.keys().find(|key| !known.contains(&key.as_str())) else { return Ok(()) };
        let nearest = nearest(key, known.iter().copied());
        Err(self.error(BaselineMistake::UnknownKey { key: key.clone(), nearest, known }))
    }

    fn missing(&self, key: &'static str) -> BaselineError {
        self.error(BaselineMistake::MissingKey { key })
    }

    fn wrong(&self, key: &'static str, found: &Value, zh: &str, en: &str) -> BaselineError {
        // What is long is a list or an object, of which the kind is enough.
        let found = match found {
            Value::Array(_) => "[…]".to_owned(),
            Value::Object(_) => "{…}".to_owned(),
            other => format!("`{}`", other.as_str().map_or_else(|| other.to_string(), str::to_owned)),
        };
        self.error(BaselineMistake::Value { key, found, expected: Text::new(zh, en) })
    }

    fn error(&self, mistake: BaselineMistake) -> BaselineError {
        BaselineError { file: self.file.to_owned(), entry: self.entry.clone(), mistake: Box::new(mistake) }
    }
}
