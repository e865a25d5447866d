//! A layer in memory: polygons and attributes in columns, and what the layer means.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use arrow_array::{ArrayRef, RecordBatch, RecordBatchOptions, UInt32Array};
use arrow_select::take::take;

use crate::area::SquareMetres;
use crate::cell_value::CellValue;
use crate::crs::Crs;
use crate::place::Place;
use crate::polygons::{PolygonColumn, PolygonColumnBuilder};
use crate::role::Role;

/// Where a layer came from and how it was read; printed in the report, never used to compute.
#[derive(Debug, Clone, PartialEq)]
pub struct LayerSource {
    /// The input as the user named it.
    pub path: Arc<str>,
    /// Layer name inside the input.
    pub layer: Arc<str>,
    /// Driver that read it: `GPKG`, `ESRI Shapefile`, `boundary TXT`, …
    pub driver: String,
    /// Text encoding and how it was known: `GBK (detected)`, `UTF-8`, …
    pub encoding: String,
    /// CRS as delivered.
    pub crs: Crs,
    /// Step of the coordinates as delivered, in units of `crs`: 1e-7 when all of them have seven decimals or fewer.
    /// None when they have the full precision of floating point, or when nobody looked.
    pub step: Option<f64>,
    /// The PROJ pipeline that brought the layer to the run's CRS; none when nothing was moved.
    pub pipeline: Option<String>,
    /// Features in the input, those that could not be used included.
    pub features: usize,
    /// The filter that the user set; none when every feature was asked about.
    pub filter: Option<RowFilter>,
    /// Features whose rings were turned, closed, or freed of repeated points and spikes; no vertex was moved.
    pub tidied: usize,
}

/// A filter that the user set, and what it left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowFilter {
    /// The filter as written.
    pub text: Arc<str>,
    /// Features that do not meet it.
    pub left_out: usize,
}

/// Which column of the input holds what: canonical name to column name.
///
/// Canonical names are the words that rule filters use: `id`, `name`, `land_class`, `land_scheme`,
/// `zoning_code`, `protection_zone`, `project_class`, … (`data/codes/fields.toml` lists them all).
pub type FieldMap = BTreeMap<String, String>;

/// A layer: one row for each feature in use, in input order.
#[derive(Debug, Clone, PartialEq)]
pub struct Layer {
    /// What the layer means in the run.
    pub role: Role,
    /// Where it came from.
    pub source: LayerSource,
    /// CRS of the coordinates in memory; after normalising, that of the run.
    pub crs: Crs,
    /// The polygons; see [`PolygonColumn`] for what normalising promises.
    pub polygons: PolygonColumn,
    /// Feature id of the driver, one for each row.
    pub fids: Vec<i64>,
    /// Attributes as delivered, one row for each feature; they travel untouched to the output.
    pub attributes: RecordBatch,
    /// Canonical name to column of `attributes`.
    pub fields: FieldMap,
    /// Columns computed on reading under their canonical names (`land_nature`, `land_space`, `land_name`,
    /// `protection_zone` …); they win over columns of `attributes`.
    pub derived: RecordBatch,
    /// What repair added or took, for the rows that were repaired, in row order.
    pub repaired: Vec<(u32, SquareMetres)>,
}

impl Layer {
    /// Number of features in use.
    #[must_use]
    pub fn len(&self) -> usize {
        self.polygons.len()
    }

    /// Whether no feature is in use.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.polygons.is_empty()
    }

    /// The layer of some of its rows, in their order. How many features the input has stays as it is.
    ///
    /// # Panics
    /// When there is no such row.
    #[must_use]
    pub fn take(&self, rows: &[u32]) -> Self {
        let mut builder = PolygonColumnBuilder::new();
        for &row in rows {
            builder.push_view(self.polygons.feature(row as usize));
        }
        let taken = UInt32Array::from(rows.to_vec());
        let of = |batch: &RecordBatch| {
            let columns =
                batch.columns().iter().map(|column| take(column, &taken, None).expect("rows of the layer"));
            let options = RecordBatchOptions::new().with_row_count(Some(rows.len()));
            RecordBatch::try_new_with_options(batch.schema(), columns.collect(), &options)
                .expect("a value for each row")
        };
        let repaired = |row: &u32| {
            let at = self.repaired.binary_search_by_key(row, |(row, _)| *row).ok()?;
            Some(self.repaired[at].1)
        };
        let numbered = rows.iter().enumerate();
        Self {
            polygons: builder.finish(),
            fids: rows.iter().map(|&row| self.fids[row as usize]).collect(),
            attributes: of(&self.attributes),
            derived: of(&self.derived),
            repaired: numbered.filter_map(|(k, row)| Some((k as u32, repaired(row)?))).collect(),
            role: self.role.clone(),
            source: self.source.clone(),
            crs: self.crs.clone(),
            fields: self.fields.clone(),
        }
    }

    /// A column by canonical name or by its own: derived columns first, then the field map, then a column
    /// of that very name, then one that differs in case only.
    #[must_use]
    pub fn column(&self, name: &str) -> Option<&ArrayRef> {
        if let Some(column) = self.derived.column_by_name(name) {
            return Some(column);
        }
        let own = self.fields.get(name).map_or(name, String::as_str);
        self.attributes.column_by_name(own).or_else(|| {
            let schema = self.attributes.schema_ref();
            let index = schema.fields().iter().position(|f| f.name().eq_ignore_ascii_case(own))?;
            Some(self.attributes.column(index))
        })
    }

    /// The text of one cell by canonical or own column name; none when the column or the value is missing.
    /// [`CellValue`] says how a value reads as text.
    #[must_use]
    pub fn text(&self, name: &str, row: usize) -> Option<String> {
        CellValue::of(self.column(name)?, row).into_text().map(Cow::into_owned)
    }

    /// Where the feature of one row is.
    #[must_use]
    pub fn place(&self, row: usize) -> Place {
        Place {
            path: Arc::clone(&self.source.path),
            layer: Arc::clone(&self.source.layer),
            fid: Some(self.fids[row]),
            id: self.text("id", row),
        }
    }

    /// The layer as a whole.
    #[must_use]
    pub fn whole(&self) -> Place {
        Place {
            path: Arc::clone(&self.source.path),
            layer: Arc::clone(&self.source.layer),
            fid: None,
            id: None,
        }
    }
}
