//! The layers of a role in one revision, measured.

use std::sync::Arc;

use sanxian_geom::{Extent, MeasuredLayer};
use sanxian_model::{AreaSum, PolygonColumn, RoleLayers, SquareMetres};

/// The layers of a role in one revision, measured. Features are numbered through them.
#[derive(Clone, Copy)]
pub(super) struct Side<'a> {
    pub(super) layers: RoleLayers<'a>,
    pub(super) measured: &'a MeasuredLayer,
}

impl<'a> Side<'a> {
    /// Number of features.
    pub(super) fn len(&self) -> usize {
        self.measured.areas.len()
    }

    pub(super) fn polygons(&self) -> &'a PolygonColumn {
        self.measured.index.polygons()
    }

    pub(super) fn extent(&self, row: u32) -> Extent {
        self.measured.index.extent(row as usize)
    }

    /// Area of a feature on the ellipsoid.
    pub(super) fn area(&self, row: u32) -> SquareMetres {
        self.measured.areas[row as usize].ellipsoidal
    }

    /// Areas of features together.
    pub(super) fn areas(&self, rows: &[u32]) -> SquareMetres {
        rows.iter().map(|&row| self.area(row)).sum::<AreaSum>().area()
    }

    /// The values of a column by its canonical name, as text; none where a layer has no such column, or a feature no value.
    pub(super) fn texts(&self, field: &str) -> Vec<Option<Arc<str>>> {
        let cell = |text: String| Some(text.trim()).filter(|text| !text.is_empty()).map(Arc::from);
        let of_layer = self.layers.layers().iter().flat_map(|layer| {
            let has_column = layer.column(field).is_some();
            (0..layer.len())
                .map(move |row| has_column.then(|| layer.text(field, row)).flatten().and_then(cell))
        });
        of_layer.collect()
    }

    /// Whether a layer has the column.
    pub(super) fn has(&self, field: &str) -> bool {
        self.layers.layers().iter().any(|layer| layer.column(field).is_some())
    }
}
