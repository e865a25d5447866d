//! What sources hold as one JSON document, with the same keys and words in every language; sentences are in both.

use std::io::{self, Write};

use sanxian_model::{Crs, CrsOrigin, Explanation, RoleGuess, RoleReason};
use serde::Serialize;

use crate::info::words::encoding_parts;
use crate::info::{
    ClassInfo, CommandLine, Contents, FaultGroup, FieldInfo, IdentifierInfo, Inspection, LayerInfo,
    SchemeReason, SourceInfo,
};
use crate::json::{SCHEMA_VERSION, Tool, list, member};
use crate::record::{CrsRecord, FaultRecord, TextRecord};

pub(super) fn write(inspection: &Inspection, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{{")?;
    member(out, "schema_version", &SCHEMA_VERSION)?;
    member(out, "tool", &Tool { name: "sanxian", version: inspection.tool_version })?;
    member(out, "command", &inspection.command.as_ref().map(CommandRecord::from))?;
    list(out, "sources", inspection.sources.iter().map(SourceRecord::from))?;
    writeln!(out, "\n}}")
}

#[derive(Serialize)]
struct CommandRecord<'a> {
    words: Vec<&'a str>,
    shell: String,
}

impl<'a> From<&'a CommandLine> for CommandRecord<'a> {
    fn from(command: &'a CommandLine) -> Self {
        Self { words: command.words().collect(), shell: command.for_shell() }
    }
}

#[derive(Serialize)]
struct SourceRecord<'a> {
    source: &'a str,
    error: Option<ErrorRecord>,
    layers: Vec<LayerRecord<'a>>,
}

impl<'a> From<&'a SourceInfo> for SourceRecord<'a> {
    fn from(source: &'a SourceInfo) -> Self {
        Self {
            source: &source.source,
            error: source.error.as_ref().map(Into::into),
            layers: source.layers.iter().map(Into::into).collect(),
        }
    }
}

#[derive(Serialize)]
struct ErrorRecord {
    key: &'static str,
    what: TextRecord,
    place: Option<TextRecord>,
    advice: TextRecord,
}

impl From<&Explanation> for ErrorRecord {
    fn from(error: &Explanation) -> Self {
        let Explanation { key, what, place, advice } = error.clone();
        Self { key, what: what.into(), place: place.map(Into::into), advice: advice.into() }
    }
}

#[derive(Serialize)]
struct LayerRecord<'a> {
    name: &'a str,
    source: &'a str,
    /// `read`, `not-polygons` or `failed`.
    state: &'static str,
    error: Option<ErrorRecord>,
    driver: Option<&'a str>,
    geometry: &'a str,
    features: Option<u64>,
    used: Option<usize>,
    crs: Option<KnownCrsRecord<'a>>,
    /// West, south, east and north in the units of the CRS.
    extent: Option<[f64; 4]>,
    encoding: Option<EncodingRecord<'a>>,
    role: Option<RoleRecord<'a>>,
    identifiers: Option<IdentifierRecord<'a>>,
    land_classes: Option<ClassRecord<'a>>,
    fields: Vec<FieldRecord<'a>>,
    faults: Vec<FaultGroupRecord<'a>>,
}

impl<'a> From<&'a LayerInfo> for LayerRecord<'a> {
    fn from(layer: &'a LayerInfo) -> Self {
        let contents = layer.contents();
        Self {
            name: &layer.name,
            source: &layer.source,
            state: match layer.contents {
                Contents::Read(_) => "read",
                Contents::NotPolygons => "not-polygons",
                Contents::Failed(_) => "failed",
            },
            error: layer.error().map(Into::into),
            driver: contents.map(|contents| contents.driver.as_str()),
            geometry: &layer.geometry,
            features: layer.features,
            used: contents.map(|contents| contents.used),
            crs: contents.and_then(|contents| contents.crs.as_ref().ok()).map(Into::into),
            extent: contents.and_then(|contents| contents.extent).map(|[[w, s], [e, n]]| [w, s, e, n]),
            encoding: contents.map(|contents| EncodingRecord::from(contents.encoding.as_str())),
            role: layer.role.as_ref().map(Into::into),
            identifiers: contents.map(|contents| (&contents.identifiers).into()),
            land_classes: contents.and_then(|contents| contents.classes.as_ref()).map(Into::into),
            fields: contents.iter().flat_map(|contents| &contents.fields).map(Into::into).collect(),
            faults: contents.iter().flat_map(|contents| &contents.faults).map(Into::into).collect(),
        }
    }
}

#[derive(Serialize)]
struct KnownCrsRecord<'a> {
    #[serde(flatten)]
    crs: CrsRecord<'a>,
    known_by: &'static str,
}

impl<'a> From<&'a (Crs, CrsOrigin)> for KnownCrsRecord<'a> {
    fn from((crs, origin): &'a (Crs, CrsOrigin)) -> Self {
        Self { crs: crs.into(), known_by: origin.name() }
    }
}

#[derive(Serialize)]
struct EncodingRecord<'a> {
    name: &'a str,
    known_by: &'a str,
}

impl<'a> From<&'a str> for EncodingRecord<'a> {
    fn from(encoding: &'a str) -> Self {
        let (name, known_by) = encoding_parts(encoding);
        Self { name, known_by }
    }
}

#[derive(Serialize)]
struct RoleRecord<'a> {
    name: &'a str,
    known_by: &'static str,
    /// The names that tell it.
    signs: Vec<&'a str>,
}

impl<'a> From<&'a RoleGuess> for RoleRecord<'a> {
    fn from(RoleGuess { role, reason }: &'a RoleGuess) -> Self {
        let signs = match reason {
            RoleReason::LayerName(sign) | RoleReason::FileName(sign) => vec![sign.as_str()],
            RoleReason::Columns(columns) => columns.iter().map(String::as_str).collect(),
            RoleReason::BoundaryPoints => Vec::new(),
        };
        Self { name: role.name(), known_by: reason.name(), signs }
    }
}

#[derive(Serialize)]
struct IdentifierRecord<'a> {
    column: Option<&'a str>,
    unique: bool,
    missing: usize,
    repeated: usize,
}

impl<'a> From<&'a IdentifierInfo> for IdentifierRecord<'a> {
    fn from(identifiers: &'a IdentifierInfo) -> Self {
        let IdentifierInfo { column, missing, repeated } = identifiers;
        Self {
            column: column.as_deref(),
            unique: identifiers.is_unique(),
            missing: *missing,
            repeated: *repeated,
        }
    }
}

#[derive(Serialize)]
struct ClassRecord<'a> {
    column: &'a str,
    known_by: &'static str,
    reason: Option<TextRecord>,
    schemes: Vec<SchemeRecord>,
    unknown: usize,
}

#[derive(Serialize)]
struct SchemeRecord {
    scheme: &'static str,
    features: usize,
}

impl<'a> From<&'a ClassInfo> for ClassRecord<'a> {
    fn from(classes: &'a ClassInfo) -> Self {
        let reason = match &classes.reason {
            SchemeReason::Values(text) | SchemeReason::Unknown(text) => text.clone(),
            _ => None,
        };
        let schemes = classes.schemes.iter();
        Self {
            column: &classes.column,
            known_by: classes.reason.name(),
            reason: reason.map(Into::into),
            schemes: schemes
                .map(|(scheme, features)| SchemeRecord { scheme: scheme.name(), features: *features })
                .collect(),
            unknown: classes.unknown,
        }
    }
}

#[derive(Serialize)]
struct FieldRecord<'a> {
    name: &'a str,
    kind: &'static str,
    meanings: &'a [String],
}

impl<'a> From<&'a FieldInfo> for FieldRecord<'a> {
    fn from(field: &'a FieldInfo) -> Self {
        Self { name: &field.name, kind: field.kind.name(), meanings: &field.meanings }
    }
}

#[derive(Serialize)]
struct FaultGroupRecord<'a> {
    count: usize,
    first: FaultRecord<'a>,
}

impl<'a> From<&'a FaultGroup> for FaultGroupRecord<'a> {
    fn from(group: &'a FaultGroup) -> Self {
        Self { count: group.count, first: (&group.first).into() }
    }
}
