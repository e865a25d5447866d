//! The layers of a role in one revision, measured.

use std::sync::Arc;

use arrow_array::ArrayRef;
use rayon::prelude::*;
use sanxian_geom::{Extent, MeasuredLayer};
use sanxian_model::{AreaSum, CellValue, PolygonColumn, RoleLayers, SquareMetres};

/// Cells that one thread reads at a time.
const AT_A_TIME: usize = 1 << 12;

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
        let cell = |column: &ArrayRef, row: usize| {
            let text = CellValue::of(column, row).into_text()?;
            Some(text.trim()).filter(|text| !text.is_empty()).map(Arc::from)
        };
        let mut texts = Vec::with_capacity(self.len());
        for layer in self.layers.layers() {
            match layer.column(field) {
                Some(column) => {
                    texts.par_extend(
                        (0..layer.len()).into_par_iter().with_min_len(AT_A_TIME).map(|row| cell(column, row)),
                    );
                }
                None => texts.resize(texts.len() + layer.len(), None),
            }
        }
        texts
    }

    /// Whether a layer has the column.
    pub(super) fn has(&self, field: &str) -> bool {
        self.layers.layers().iter().any(|layer| layer.column(field).is_some())
    }
}
