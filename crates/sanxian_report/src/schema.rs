//! Whether the JSON report is what its schema promises. The schema uses a small part of JSON Schema, and
//! this is a checker for that part; a word it does not know fails, so that no promise goes unchecked.

use sanxian_model::Role;
use sanxian_rules::Reason;
use serde_json::Value;

use crate::Options;
use crate::format::{Format, write};
use crate::sample::Sample;

const SCHEMA: &str = include_str!("../schema/check.schema.json");

/// What is wrong with `value`, by path.
fn mistakes(root: &Value, schema: &Value, value: &Value, path: &str, found: &mut Vec<String>) {
    for (word, rule) in schema.as_object().expect("a schema is an object") {
        match (word.as_str(), value) {
            ("$ref", _) => {
                let name = rule.as_str().and_then(|r| r.strip_prefix("#/$defs/")).expect("a local reference");
                mistakes(root, &root["$defs"][name], value, path, found);
            }
            ("type", _) => {
                let accepted: Vec<&str> = match rule {
                    Value::Array(names) => names.iter().filter_map(Value::as_str).collect(),
                    name => name.as_str().into_iter().collect(),
                };
                if !accepted.iter().any(|name| is(value, name)) {
                    found.push(format!("{path}: {value} is not {rule}"));
                }
            }
            ("enum", _) => {
                if !rule.as_array().is_some_and(|values| values.contains(value)) {
                    found.push(format!("{path}: {value} is not one of {rule}"));
                }
            }
            ("required", Value::Object(members)) => {
                for key in rule.as_array().into_iter().flatten().filter_map(Value::as_str) {
                    if !members.contains_key(key) {
                        found.push(format!("{path}: `{key}` is missing"));
                    }
                }
            }
            ("properties", Value::Object(members)) => {
                for (key, member) in members {
                    match rule.get(key) {
                        Some(schema) => mistakes(root, schema, member, &format!("{path}.{key}"), found),
                        None => found.push(format!("{path}: `{key}` is not in the schema")),
                    }
                }
            }
            ("items", Value::Array(items)) => {
                for (index, item) in items.iter().enumerate() {
                    mistakes(root, rule, item, &format!("{path}[{index}]"), found);
                }
            }
            // Words that ask for nothing; then those that ask nothing of a null. Other members than those listed
            // are refused under `properties`.
            (
                "$schema"
                | "$defs"
                | "title"
                | "description"
                | "additionalProperties"
                | "required"
                | "properties"
                | "items",
                _,
            ) => {}
            (other, _) => found.push(format!("{path}: the checker does not know `{other}`")),
        }
    }
}

fn is(value: &Value, name: &str) -> bool {
    match name {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        "number" => value.is_number(),
        "integer" => value.is_i64() || value.is_u64(),
        _ => false,
    }
}

fn report(sample: &Sample) -> Value {
    let mut bytes = Vec::new();
    write(&sample.report(), Format::Json, &Options::default(), &mut bytes).expect("writing to memory works");
    serde_json::from_slice(&bytes).expect("a report is JSON")
}

fn check(value: &Value) -> Vec<String> {
    let schema: Value = serde_json::from_str(SCHEMA).expect("the schema is JSON");
    let mut found = Vec::new();
    mistakes(&schema, &schema, value, "$", &mut found);
    found
}

#[test]
fn reports_are_what_the_schema_promises() {
    assert_eq!(check(&report(&Sample::county())), Vec::<String>::new());
    assert_eq!(check(&report(&Sample::clean())), Vec::<String>::new());
    assert_eq!(check(&report(&Sample::accepted())), Vec::<String>::new());
}

#[test]
fn a_report_that_breaks_the_promise_is_noticed() {
    let mut broken = report(&Sample::county());
    broken["findings"][0]["severity"] = "fatal".into();
    broken["findings"][1]["subject"]["fid"] = "1".into();
    broken["summary"].as_object_mut().expect("an object").remove("errors");
    broken["surprise"] = 1.into();
    let found = check(&broken).join("\n");
    for part in
        ["\"fatal\" is not one of", "fid: \"1\" is not", "`errors` is missing", "`surprise` is not in"]
    {
        assert!(found.contains(part), "{part} in {found}");
    }
}

#[test]
fn every_reason_why_a_rule_did_not_run_is_in_the_schema() {
    let (role, layer, field) = (Role::PLAN, String::new(), String::new());
    let reasons = [
        Reason::NoSubject(vec![role.clone()]),
        Reason::NoZone(role.clone()),
        Reason::NoEarlierRevision,
        Reason::NoQuota(String::new()),
        Reason::QuotaIsZero(String::new()),
        Reason::FieldMissing { role: role.clone(), layer: layer.clone(), field: field.clone() },
        Reason::ValueUnknown { role: role.clone(), layer: layer.clone(), field, features: 1 },
        Reason::CountedTwice { role: role.clone(), layer, area: 1 },
        Reason::NothingToCompare { role, filter: String::new() },
    ];
    for reason in reasons {
        let mut sample = Sample::county();
        sample.not_run[0].reason = reason.clone();
        let mut bytes = Vec::new();
        write(&sample.report(), Format::Json, &Options::default(), &mut bytes).expect("memory");
        let report = serde_json::from_slice(&bytes).expect("JSON");
        let schema: Value = serde_json::from_str(SCHEMA).expect("JSON");
        let mut found = Vec::new();
        mistakes(&schema, &schema, &report, "$", &mut found);
        assert_eq!(found, Vec::<String>::new(), "{reason:?}");
    }
}
