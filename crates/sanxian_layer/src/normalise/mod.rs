//! Gives a layer as delivered its meaning: the CRS it is in, rings that can be used, which column is what,
//! land classes with their scheme.

mod class_faults;
mod class_names;
mod control_zones;
mod derive;
mod fields;
mod identifiers;
mod land_class;
mod land_scheme;
mod step;

pub use fields::canonical_name_of_column;

use std::borrow::Cow;
use std::sync::Arc;

use arrow_array::{RecordBatch, UInt32Array};
use sanxian_geom::{Crossings, OnInvalid, RingFault, RingOutcome, normalise_rings};
use sanxian_model::{CellValue, Crs, Fault, Layer, LayerSource, Place, Role, Text, Treatment};

use crate::{Delivered, LayerError, LayerOptions, NormalisedLayer, SeenOnReading};

/// The layer that a delivery is, and what was wrong with it.
///
/// `path` is what messages and places call the input. Coordinates are in `crs`, x east and y north.
///
/// # Promises
/// Every feature of the delivery is either in the layer or in the faults.
///
/// # Errors
/// Each variant of [`LayerError`] says when.
pub fn normalise(
    delivered: Delivered,
    crs: Crs,
    path: &str,
    role: Role,
    options: &LayerOptions,
) -> Result<NormalisedLayer, LayerError> {
    let Delivered { layer, driver, encoding, features, polygons, rows, fids, attributes, seen } = delivered;
    if features == 0 && !options.allow_empty {
        return Err(LayerError::Empty { path: path.to_owned(), layer });
    }
    let step = if options.stop.is_asked() { None } else { step::of(polygons.coords()) };
    let normalised = normalise_rings(polygons, &crs, options.on_invalid, &options.stop);
    let used: Vec<u32> = normalised.rows.iter().map(|&row| rows[row as usize]).collect();
    let (options, by_feature_id) = without_feature_id(options, &attributes);
    let options = options.as_ref();
    let fields = fields::map(&attributes, &role, options, path, &layer)?;
    let id = identifiers::column(&attributes, &fields).filter(|_| !by_feature_id);
    let id = id.map(|field| field.name().clone());
    let only_id = id
        .as_ref()
        .and_then(|name| identifiers::only_value(attributes.column_by_name(name)?))
        .zip(id.clone());
    let lost_digits = id
        .clone()
        .filter(|name| attributes.column_by_name(name).is_some_and(identifiers::has_lost_digits))
        .filter(|_| only_id.is_none());
    let places =
        Places { path: path.into(), layer: layer.as_str().into(), fids: &fids, attributes: &attributes };
    let id_column = id.as_deref().filter(|_| only_id.is_none() && lost_digits.is_none());
    let mut faults: Vec<(u32, Fault)> = Vec::new();
    for seen in &seen {
        faults.push((seen.row, seen_fault(seen, places.of(seen.row, id_column))));
    }
    for fault in &normalised.faults {
        let row = rows[fault.row];
        faults.push((row, ring_fault(fault, places.of(row, id_column), &crs)));
    }
    // The sort is stable: the faults of one feature stay in the order in which they were found.
    faults.sort_by_key(|(row, _)| *row);
    if options.on_invalid == OnInvalid::Error
        && let Some((_, fault)) = faults.iter().find(|(_, fault)| ends_the_run(fault))
    {
        return Err(LayerError::Invalid(Box::new(fault.clone())));
    }
    if used.is_empty() && features > 0 && !options.allow_empty {
        let first = faults.first().map(|(_, fault)| Box::new(fault.clone()));
        return Err(LayerError::NothingUsable { path: path.to_owned(), layer, features, first });
    }
    let repaired = repaired(&normalised.faults, &normalised.rows);
    let mut faults: Vec<Fault> = faults.into_iter().map(|(_, fault)| fault).collect();

    let attributes = keep(attributes, &used, features, (path, &layer))?;
    let fids =
        if used.len() == features { fids } else { used.iter().map(|&row| fids[row as usize]).collect() };
    let mut layer = Layer {
        role,
        source: LayerSource {
            filter: None,
            path: path.into(),
            layer: layer.into(),
            driver,
            encoding,
            crs: crs.clone(),
            tidied: normalised.tidied,
            step,
            pipeline: None,
            features,
        },
        crs,
        polygons: normalised.polygons,
        fids,
        attributes,
        fields,
        derived: RecordBatch::new_empty(Arc::new(arrow_schema::Schema::empty())),
        repaired,
    };
    if options.stop.is_asked() {
        return Ok(NormalisedLayer { layer, faults });
    }
    derive::fill(&mut layer, options, &mut faults);
    if let Some((value, column)) = &only_id {
        identifiers::tell_only_value(&layer, column, value, &mut faults);
    }
    if let Some(column) = &lost_digits {
        identifiers::tell_lost_digits(&layer, column, &mut faults);
    }
    if by_feature_id || only_id.is_some() || lost_digits.is_some() {
        identifiers::name_by_feature_id(&mut layer);
    }
    identifiers::tell_duplicates(&layer, &mut faults);
    Ok(NormalisedLayer { layer, faults })
}

/// The options without the identifier, when it was asked for as the feature id: `fid`, and no column has that name.
fn without_feature_id<'a>(
    options: &'a LayerOptions,
    attributes: &RecordBatch,
) -> (Cow<'a, LayerOptions>, bool) {
    let asked = options.fields.get("id").is_some_and(|column| column.eq_ignore_ascii_case("fid"));
    let is_column =
        attributes.schema_ref().fields().iter().any(|field| field.name().eq_ignore_ascii_case("fid"));
    if !asked || is_column {
        return (Cow::Borrowed(options), false);
    }
    let mut options = options.clone();
    options.fields.remove("id");
    (Cow::Owned(options), true)
}

/// Names features of the delivery, those that are left out included.
struct Places<'a> {
    path: Arc<str>,
    layer: Arc<str>,
    fids: &'a [i64],
    attributes: &'a RecordBatch,
}

impl Places<'_> {
    fn of(&self, row: u32, id_column: Option<&str>) -> Place {
        let ids = id_column.and_then(|name| self.attributes.column_by_name(name));
        let id = ids
            .filter(|ids| (row as usize) < ids.len())
            .and_then(|ids| CellValue::of(ids, row as usize).into_text().map(Cow::into_owned));
        Place {
            path: Arc::clone(&self.path),
            layer: Arc::clone(&self.layer),
            fid: self.fids.get(row as usize).copied(),
            id,
        }
    }
}

fn seen_fault(seen: &SeenOnReading, place: Place) -> Fault {
    let treatment = if seen.kept { Treatment::Kept } else { Treatment::Skipped };
    Fault { place, kind: seen.kind, near: None, detail: seen.detail.clone(), treatment }
}

fn ring_fault(fault: &RingFault, place: Place, crs: &Crs) -> Fault {
    let treatment = match fault.outcome {
        RingOutcome::Repaired { added, taken } => Treatment::Repaired { added, taken },
        RingOutcome::Left => Treatment::Skipped,
    };
    let detail = fault.crossings.as_ref().and_then(|crossings| places_of(crossings, crs));
    Fault { place, kind: fault.kind, near: fault.near, detail, treatment }
}

/// How often edges cross and where first, in figures that need no language; none for a single crossing, whose
/// place the fault has.
fn places_of(crossings: &Crossings, crs: &Crs) -> Option<Text> {
    if crossings.count < 2 && crossings.complete {
        return None;
    }
    let decimals = if crs.has_plane() { 3 } else { 8 };
    let places: Vec<String> =
        crossings.places.iter().map(|[x, y]| format!("({x:.decimals$}, {y:.decimals$})")).collect();
    let at_least = if crossings.complete { "" } else { "≥ " };
    let more = if crossings.count > crossings.places.len() { " …" } else { "" };
    Some(Text::from(format!("{at_least}{} × {}{more}", crossings.count, places.join(" "))))
}

/// With `error`, whatever would be left out ends the run: a user who asks for that wants all or nothing.
fn ends_the_run(fault: &Fault) -> bool {
    fault.treatment == Treatment::Skipped
}

/// What repair added or took, by row of the layer in use; the faults of one feature are summed.
fn repaired(faults: &[RingFault], rows: &[u32]) -> Vec<(u32, sanxian_model::SquareMetres)> {
    let mut sums: Vec<(u32, sanxian_model::SquareMetres)> = Vec::new();
    for fault in faults {
        let RingOutcome::Repaired { added, taken } = fault.outcome else { continue };
        let change = added - taken;
        let Ok(row) = rows.binary_search(&(fault.row as u32)) else { continue };
        match sums.last_mut() {
            Some((last, sum)) if *last == row as u32 => *sum = *sum + change,
            _ => sums.push((row as u32, change)),
        }
    }
    sums
}

/// The attributes of the features in use; the delivered ones themselves when all are.
fn keep(
    attributes: RecordBatch,
    used: &[u32],
    features: usize,
    (path, layer): (&str, &str),
) -> Result<RecordBatch, LayerError> {
    if used.len() == features {
        return Ok(attributes);
    }
    let rows = UInt32Array::from(used.to_vec());
    let columns = attributes
        .columns()
        .iter()
        .map(|column| arrow_select::take::take(column, &rows, None))
        .collect::<Result<Vec<_>, _>>();
    let options = arrow_array::RecordBatchOptions::new().with_row_count(Some(used.len()));
    columns
        .and_then(|columns| RecordBatch::try_new_with_options(attributes.schema(), columns, &options))
        .map_err(|error| LayerError::Columns {
            path: path.to_owned(),
            layer: layer.to_owned(),
            reason: error.to_string(),
        })
}
