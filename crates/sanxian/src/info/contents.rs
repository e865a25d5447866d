//! What is in one layer, by reading it as a check does.

use sanxian_geom::Extent;
use sanxian_io::{Found, ReadOptions, read_found};
use sanxian_layer::{LayerOptions, NormalisedLayer, normalise};
use sanxian_model::{Crs, Explain, Role, RoleGuess};
use sanxian_report::info::LayerContents;

use crate::error::Error;
use crate::info::{classes, faults, fields, identifiers, role};

/// A layer that was read, and what it may be.
pub(super) struct Read {
    pub(super) name: String,
    pub(super) features: usize,
    pub(super) role: Option<RoleGuess>,
    pub(super) contents: LayerContents,
}

/// Reads a layer; `file` is the name of the file of which it is the only layer.
pub(super) fn read(source: &str, file: Option<&str>, options: &ReadOptions) -> Result<Read, Error> {
    let reading = ReadOptions { allow_empty: true, ..options.clone() };
    let Found { path, delivered, crs } = read_found(source, None, &reading)?;
    let role = role::guess(&delivered, file);
    // Columns, identifiers and classes are told, whatever is the matter with the CRS.
    let (measured_in, crs) = match crs {
        Ok((crs, origin)) => (crs.clone(), Ok((crs, origin))),
        Err(error) => (Crs::plane(), Err(Box::new(error.explain()))),
    };
    let read_as = role.as_ref().map_or_else(unspecified, |guess| guess.role.clone());
    let of_layer = LayerOptions { allow_empty: true, ..reading.of_layer() };
    let NormalisedLayer { layer, faults } = normalise(delivered, measured_in, &path, read_as, &of_layer)?;
    let extent = Extent::of(layer.polygons.coords());
    let is_known = [extent.min, extent.max].iter().flatten().all(|side| side.is_finite());
    let contents = LayerContents {
        driver: layer.source.driver.clone(),
        used: layer.len(),
        crs,
        extent: is_known.then_some([extent.min, extent.max]),
        encoding: layer.source.encoding.clone(),
        fields: fields::of(&layer),
        identifiers: identifiers::of(&layer, &faults),
        classes: classes::of(&layer, &faults),
        faults: faults::grouped(&layer, faults),
    };
    Ok(Read { name: layer.source.layer.to_string(), features: layer.source.features, role, contents })
}

/// The role of a layer that has none: only what holds for every layer is known of its columns.
fn unspecified() -> Role {
    Role::new("unspecified").expect("lower-case letters")
}
