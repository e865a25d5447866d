//! Layers from what a program has in memory: Arrow record batches and shapes of `geo-types`.

mod arrow;
mod crs_metadata;
mod geoarrow;
mod geometry_column;
mod position;
mod shapes;

pub use arrow::{Table, from_arrow};
pub use position::check_position;
pub use shapes::{GeoShape, from_geo};

use arrow_array::RecordBatch;
use sanxian_model::{FaultKind, PolygonColumnBuilder, Text};

use crate::{Delivered, OtherMembers, SeenOnReading};

/// What a layer from memory is called as driver.
const DRIVER: &str = "memory";

/// Collects the features of a layer from memory, numbered from 0.
#[derive(Debug, Default)]
struct Features {
    builder: PolygonColumnBuilder,
    rows: Vec<u32>,
    seen: Vec<SeenOnReading>,
    count: u32,
}

impl Features {
    /// Takes the feature whose polygons `add` puts at the end of the column.
    fn push(&mut self, add: impl FnOnce(&mut PolygonColumnBuilder)) {
        add(&mut self.builder);
        self.rows.push(self.count);
        self.count += 1;
    }

    /// The same for a feature that has members beside its polygons.
    fn push_of_collection(&mut self, others: OtherMembers, add: impl FnOnce(&mut PolygonColumnBuilder)) {
        self.seen.push(SeenOnReading::other_members(self.count, others));
        self.push(add);
    }

    fn leave_out(&mut self, kind: FaultKind, detail: Option<Text>) {
        self.seen.push(SeenOnReading { row: self.count, kind, kept: false, detail });
        self.count += 1;
    }

    /// The same for a feature without polygons, by the name of what it is.
    fn leave_out_not_polygon(&mut self, name: &str) {
        self.seen.push(SeenOnReading::not_polygon(self.count, name));
        self.count += 1;
    }

    fn delivered(self, name: &str, attributes: RecordBatch) -> Delivered {
        let features = self.count as usize;
        Delivered {
            layer: name.to_owned(),
            driver: DRIVER.to_owned(),
            encoding: "UTF-8".to_owned(),
            features,
            polygons: self.builder.finish(),
            rows: self.rows,
            fids: (0..features as i64).collect(),
            attributes,
            seen: self.seen,
        }
    }
}
