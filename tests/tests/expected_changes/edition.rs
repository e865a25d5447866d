//! The two revisions of the sample county: as they are, in degrees, in another order, with other identifiers.

use std::sync::Arc;

use arrow_array::{ArrayRef, RecordBatch, StringArray};
use geo_types::{LineString, MultiPolygon, Polygon};
use sanxian::{Check, Crs, Layer, Plan, ReadOptions, Role, crs};
use sanxian_tests::data;

pub(crate) const LINES: [(Role, &str); 3] =
    [(Role::REDLINE, "STBHHX"), (Role::FARMLAND, "YJJBNTBHTB"), (Role::URBAN_BOUNDARY, "CZKFBJ")];

/// One of the two revisions: its file and what the plan is called there.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Edition {
    pub(crate) file: &'static str,
    pub(crate) plan: &'static str,
}

pub(crate) const BEFORE: Edition = Edition { file: "county.gpkg", plan: "GHYDYH" };
pub(crate) const NOW: Edition = Edition { file: "revision.gpkg", plan: "GHYDYH2027" };

/// What is done to the layers of a revision before they are compared.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Prepared {
    /// In degrees, EPSG:4490.
    pub(crate) in_degrees: bool,
    /// The features stand in another order.
    pub(crate) shuffled: bool,
    pub(crate) ids: Ids,
}

/// Which identifiers features have.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Ids {
    #[default]
    Kept,
    /// Others, which no feature had before.
    Fresh,
    /// Those that other features of the layer have.
    Rotated,
}

impl Edition {
    fn layer(self, role: &Role, name: &str, prepared: Prepared) -> Layer {
        let source = format!("{}#{name}", data("demo").join(self.file).display());
        let layer = Layer::read(&source, &ReadOptions::default()).expect("the sample county can be read");
        let plan = Plan::of([(role.clone(), layer)]).expect("a layer");
        assert_eq!(plan.faults(), []);
        prepared.made_of(plan.layers()[0].clone(), name)
    }

    pub(crate) fn check(self, prepared: Prepared) -> Check {
        let check = Check::new(self.layer(&Role::PLAN, self.plan, prepared));
        LINES.into_iter().fold(check, |check, (role, name)| {
            let layer = self.layer(&role, name, prepared);
            check.layer(role, layer)
        })
    }
}

impl Prepared {
    /// A layer in memory, of the rows of another.
    fn made_of(self, layer: sanxian_model::Layer, name: &str) -> Layer {
        let len = layer.len();
        let layer = if self.shuffled {
            // Any factor that shares no divisor with the number of features brings them into another order.
            let step = (len / 2 + 1..len).find(|step| divisor(*step, len) == 1).unwrap_or(1);
            layer.take(&(0..len).map(|at| (at * step % len) as u32).collect::<Vec<_>>())
        } else {
            layer
        };
        let layer = if self.in_degrees {
            let degrees = crs::from_epsg(4490).expect("CGCS2000");
            sanxian_io::transform_layer(layer, &degrees).expect("the same datum")
        } else {
            layer
        };
        let crs: Crs = layer.crs.clone();
        let ring = |ring: &[[f64; 2]]| ring.iter().map(|[x, y]| (*x, *y)).collect::<LineString>();
        let shapes: Vec<MultiPolygon> = layer
            .polygons
            .iter()
            .map(|feature| {
                let polygons = feature.polygons().map(|polygon| {
                    let mut rings = polygon.rings().map(ring);
                    Polygon::new(rings.next().expect("an exterior ring"), rings.collect())
                });
                MultiPolygon(polygons.collect())
            })
            .collect();
        let ids: Vec<String> =
            (0..len).map(|row| layer.text("id", row).expect("each feature has an identifier")).collect();
        let ids: Vec<String> = match self.ids {
            Ids::Kept => ids,
            Ids::Fresh => ids.iter().map(|id| format!("{FRESH}{id}")).collect(),
            Ids::Rotated => (0..len).map(|row| ids[(row + rotation(len)) % len].clone()).collect(),
        };
        let schema = layer.attributes.schema();
        let columns = schema.fields().iter().zip(layer.attributes.columns()).map(|(field, column)| {
            let column: ArrayRef = if field.name() == "BSM" {
                Arc::new(StringArray::from(ids.clone()))
            } else {
                Arc::clone(column)
            };
            (field.name(), column, true)
        });
        let attributes = RecordBatch::try_from_iter_with_nullable(columns).expect("columns of one length");
        Layer::from_geo_with(&shapes, attributes, crs).expect("a layer").named(name)
    }
}

pub(crate) const FRESH: &str = "N";

/// By how many rows identifiers are given on.
pub(crate) fn rotation(len: usize) -> usize {
    3.min(len.saturating_sub(1))
}

fn divisor(a: usize, b: usize) -> usize {
    if b == 0 { a } else { divisor(b, a % b) }
}

/// Name of the layer of a role in the table.
pub(crate) fn name_of(role: &Role) -> &'static str {
    LINES.iter().find(|(line, _)| line == role).map_or(BEFORE.plan, |(_, name)| name)
}
