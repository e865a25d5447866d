//! A layer before it has a role: polygons with their CRS and attributes, from memory or from a file.

use std::sync::Arc;

#[cfg(feature = "files")]
use arrow_array::UInt32Array;
use arrow_array::cast::AsArray;
use arrow_array::types::Int64Type;
use arrow_array::{Array, ArrayRef, RecordBatch, StringArray};
use arrow_cast::cast;
use arrow_schema::{DataType, Field, Schema};
#[cfg(feature = "files")]
use arrow_select::take::take_record_batch;
use sanxian_geom::{OnInvalid, Stop};
use sanxian_layer::memory::{self, GeoShape, Table};
use sanxian_layer::{Delivered, LayerError, LayerOptions, NormalisedLayer, normalise};
use sanxian_model::conflict::PlannedClass;
use sanxian_model::{Crs, Role, Scheme};
use sanxian_rules::Filter;

use crate::class_table::{ClassTable, ClassTableError};
use crate::error::Error;
use crate::filtered;

/// Polygons with their CRS and attributes. What they mean in a check is said by the role that [`Check`](crate::Check)
/// gives them.
///
/// # Units and CRS
/// x is east (or longitude), y is north (or latitude), in the units of the layer's own CRS.
///
/// ```
/// use geo_types::polygon;
/// use sanxian::{Layer, crs};
///
/// # fn main() -> Result<(), sanxian::Error> {
/// let square = polygon![
///     (x: 480_000.0, y: 3_790_000.0), (x: 480_100.0, y: 3_790_000.0),
///     (x: 480_100.0, y: 3_790_100.0), (x: 480_000.0, y: 3_790_100.0),
/// ];
/// let plan = Layer::from_geo(&[square], crs::from_epsg(4546)?)?.named("plan");
/// assert_eq!(plan.len(), 1);
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
pub struct Layer {
    delivered: Delivered,
    crs: Crs,
    /// What messages and places call the input.
    path: String,
    options: LayerOptions,
    /// Which features take part.
    filter: Option<Filter>,
}

impl Layer {
    /// A layer of shapes of `geo-types` ([`GeoShape`]: `Polygon`, `MultiPolygon`, `Geometry`), one feature each, numbered from 0.
    ///
    /// Shapes that are no polygons are faults of the check.
    ///
    /// # Errors
    /// [`LayerError::OutOfPlace`] in [`Error::Layer`]: swapped axes, or another CRS.
    pub fn from_geo<S: GeoShape>(shapes: &[S], crs: Crs) -> Result<Self, Error> {
        Self::new(memory::from_geo(NAMELESS, shapes, None)?, crs)
    }

    /// The same with attributes: a row for each shape. The page of the crate has an example.
    ///
    /// # Errors
    /// [`LayerError::RowsDiffer`] and [`LayerError::OutOfPlace`] in [`Error::Layer`].
    pub fn from_geo_with<S: GeoShape>(
        shapes: &[S],
        attributes: RecordBatch,
        crs: Crs,
    ) -> Result<Self, Error> {
        Self::new(memory::from_geo(NAMELESS, shapes, Some(attributes))?, crs)
    }

    /// A layer of the rows of Arrow batches, numbered from 0: well-known binary or native `GeoArrow` polygons in the
    /// column `geometry`, whose metadata hold the CRS. All other columns are attributes.
    ///
    /// # Errors
    /// [`Error::Layer`], with [`LayerError::CrsMissing`] when the column has no CRS: give it by
    /// [`Self::from_arrow_in`]; [`LayerError::OutOfPlace`] for swapped axes or another CRS.
    pub fn from_arrow(batches: impl IntoIterator<Item = RecordBatch>, geometry: &str) -> Result<Self, Error> {
        let Table { delivered, crs } = memory::from_arrow(NAMELESS, batches, geometry)?;
        let crs = crs.ok_or_else(|| LayerError::CrsMissing { layer: NAMELESS.to_owned() })?;
        Self::new(delivered, crs)
    }

    /// The same for a column that holds no CRS. One that it does hold must be the one that is given.
    ///
    /// # Errors
    /// As [`Self::from_arrow`]; [`LayerError::CrsContradicted`].
    pub fn from_arrow_in(
        batches: impl IntoIterator<Item = RecordBatch>,
        geometry: &str,
        crs: Crs,
    ) -> Result<Self, Error> {
        let Table { delivered, crs: own } = memory::from_arrow(NAMELESS, batches, geometry)?;
        match own {
            Some(own) if !sanxian_layer::crs::same_crs(&own, &crs) => Err(LayerError::CrsContradicted {
                layer: NAMELESS.to_owned(),
                own: own.name,
                declared: crs.name,
            }
            .into()),
            _ => Self::new(delivered, crs),
        }
    }

    /// Reads a layer from a file: `FILE`, `FILE#LAYER`, a connection (`PG:…#LAYER`) or `-` for standard input.
    ///
    /// # Errors
    /// [`Error::Read`] says what happened, where, and what to do.
    #[cfg(feature = "files")]
    pub fn read(source: &str, options: &sanxian_io::ReadOptions) -> Result<Self, Error> {
        Self::read_as(source, None, options)
    }

    /// The same when the role is known, which a message about a missing CRS then names.
    #[cfg(feature = "files")]
    pub(crate) fn read_as(
        source: &str,
        role: Option<&Role>,
        options: &sanxian_io::ReadOptions,
    ) -> Result<Self, Error> {
        // Without features it is still a layer; the check tells it.
        let reading = sanxian_io::ReadOptions { allow_empty: true, ..options.clone() };
        let (path, delivered, crs) = sanxian_io::read_delivered(source, role, &reading)?;
        Ok(Self { delivered, crs, path, options: options.of_layer(), filter: None })
    }

    fn new(delivered: Delivered, crs: Crs) -> Result<Self, Error> {
        memory::check_position(&delivered.layer, &delivered.polygons, &crs)?;
        Ok(Self::of_delivered(delivered, crs))
    }

    /// A layer of features whose coordinates are known to lie in the CRS.
    pub(crate) fn of_delivered(delivered: Delivered, crs: Crs) -> Self {
        let path = delivered.layer.clone();
        Self { delivered, crs, path, options: LayerOptions::default(), filter: None }
    }

    /// The columns of its attributes.
    #[cfg(feature = "files")]
    pub(crate) fn columns(&self) -> &arrow_schema::Fields {
        self.delivered.attributes.schema_ref().fields()
    }

    /// Writes the layer into a new file, under its name; the extension says the format. Features without polygons are left out.
    ///
    /// # Errors
    /// [`Error::Write`] says what happened, where, and what to do.
    #[cfg(feature = "files")]
    pub fn write(
        &self,
        path: &std::path::Path,
        options: &sanxian_io::WriteOptions,
    ) -> Result<sanxian_io::Written, Error> {
        let (Delivered { layer, polygons, .. }, attributes) = (&self.delivered, self.of_polygons());
        let output = sanxian_io::OutputLayer {
            name: layer,
            crs: &self.crs,
            polygons,
            attributes: &attributes,
            style: None,
        };
        Ok(sanxian_io::write_layers(path, &[output], options)?)
    }

    /// Attributes of the features that have polygons.
    #[cfg(feature = "files")]
    fn of_polygons(&self) -> RecordBatch {
        let Delivered { rows, attributes, .. } = &self.delivered;
        take_record_batch(attributes, &UInt32Array::from(rows.clone())).expect("rows of the layer")
    }

    /// Names the layer, for messages and reports. What fails before, such as [`Self::from_geo`] itself, calls it `memory`.
    #[must_use]
    pub fn named(mut self, name: &str) -> Self {
        name.clone_into(&mut self.delivered.layer);
        name.clone_into(&mut self.path);
        self
    }

    /// Shows this in place of the path of its file, in reports and in messages of the check: what is handed on then holds
    /// no folder of the machine.
    #[must_use]
    pub fn shown_as(mut self, path: &str) -> Self {
        path.clone_into(&mut self.path);
        self
    }

    /// Says which column holds what: `field("land_class", "CLASS")`, `field("id", "NR")`;
    /// [`canonical_names`](crate::canonical_names) lists the words. Columns with the names of the standards (`BSM`, `YDYHFLDM`,
    /// `DLBM`, `XZQDM` …) are found by themselves.
    ///
    /// A column that is not named as in a standard does not tell the scheme of its codes: for `land_class` call
    /// [`Self::scheme`] too. Codes such as 0701 are in several schemes, and rules about land classes are not judged when
    /// nobody says in which.
    #[must_use]
    pub fn field(mut self, canonical: &str, column: &str) -> Self {
        self.options.fields.insert(canonical.to_owned(), column.to_owned());
        self
    }

    /// Takes the numbers of the features from a column of integers, which is then no attribute: the `fid` of GDAL and
    /// pyogrio.
    ///
    /// # Errors
    /// [`LayerError::NoFeatureIds`] in [`Error::Layer`] when there is no such column, or one with nulls or no integers.
    pub fn feature_ids(mut self, column: &str) -> Result<Self, Error> {
        let delivered = &mut self.delivered;
        let failed = || LayerError::NoFeatureIds { layer: self.path.clone(), column: column.to_owned() };
        let at = delivered.attributes.schema_ref().index_of(column).ok().ok_or_else(failed)?;
        let numbers = cast(delivered.attributes.column(at), &DataType::Int64).ok().ok_or_else(failed)?;
        let numbers = numbers.as_primitive_opt::<Int64Type>().filter(|numbers| numbers.null_count() == 0);
        delivered.fids = numbers.ok_or_else(failed)?.values().to_vec();
        delivered.attributes.remove_column(at);
        Ok(self)
    }

    /// Says in which scheme its land classes are, when neither the column's name nor the values tell it: `YDYHFLDM` does,
    /// `land_class` does not. New plans have [`Scheme::LandSea2023`].
    #[must_use]
    pub fn scheme(mut self, scheme: Scheme) -> Self {
        self.options.scheme = Some(scheme);
        self
    }

    /// Says what the values of a column are in a scheme: for plans that have a classification of their own. Values that the table does
    /// not have count as unknown, and are told.
    ///
    /// # Errors
    /// [`ClassTableError::NoColumn`] in [`Error::ClassTable`].
    pub fn classes(mut self, column: &str, table: &ClassTable) -> Result<Self, Error> {
        let attributes = &self.delivered.attributes;
        let failed = || ClassTableError::NoColumn { layer: self.path.clone(), column: column.to_owned() };
        let at = attributes.schema_ref().index_of(column).ok().ok_or_else(failed)?;
        let values = cast(attributes.column(at), &DataType::Utf8).ok().ok_or_else(failed)?;
        let values = values.as_string::<i32>();
        let class = |value: Option<&str>| {
            let value = value?;
            Some(table.class(value).map_or_else(|| table.missing(value), |class| class.code.to_owned()))
        };
        // Without a scheme of its own a value that is missing would be taken for one of the others.
        let scheme =
            |value: Option<&str>| value.and_then(|value| table.class(value)).map(|class| class.scheme);
        let classes: StringArray = values.iter().map(class).collect();
        let schemes = values.iter().map(scheme).map(|scheme| scheme.unwrap_or(Scheme::LandSea2023).name());
        let schemes: StringArray = schemes.map(Some).collect();
        self.set_classes(Arc::new(classes), Arc::new(schemes));
        Ok(self)
    }

    /// Says that every feature is of one class: a layer of woods, or of development zones.
    #[must_use]
    pub fn class(mut self, class: PlannedClass) -> Self {
        let rows = self.delivered.attributes.num_rows();
        let all = |text: &str| -> ArrayRef { Arc::new(StringArray::from(vec![text; rows])) };
        self.set_classes(all(class.code), all(class.scheme.name()));
        self
    }

    /// Adds columns of classes and of their schemes, which are then those of the layer.
    fn set_classes(&mut self, classes: ArrayRef, schemes: ArrayRef) {
        let attributes = &self.delivered.attributes;
        let (mut fields, mut columns) =
            (attributes.schema().fields().to_vec(), attributes.columns().to_vec());
        for (name, column) in [(CLASS_COLUMN, classes), (SCHEME_COLUMN, schemes)] {
            if let Some(at) = fields.iter().position(|field| field.name() == name) {
                fields.remove(at);
                columns.remove(at);
            }
            fields.push(Arc::new(Field::new(name, DataType::Utf8, true)));
            columns.push(column);
        }
        let batch = RecordBatch::try_new(Arc::new(Schema::new(fields)), columns);
        self.delivered.attributes = batch.expect("a cell for each row in each column");
        self.options.scheme = None;
        for (canonical, column) in [("land_class", CLASS_COLUMN), ("land_scheme", SCHEME_COLUMN)] {
            self.options.fields.insert(canonical.to_owned(), column.to_owned());
        }
    }

    /// Says what happens with features whose rings cannot be used as they are; by default they are repaired, and
    /// told.
    #[must_use]
    pub fn on_invalid(mut self, on_invalid: OnInvalid) -> Self {
        self.options.on_invalid = on_invalid;
        self
    }

    /// Says that only the features that meet a filter take part. The others are counted in the report and are otherwise as if
    /// they were not there; where none meets it, the layer is empty. Names are canonical ones or columns.
    ///
    /// A filter with a column that the layer does not have is an error of the check: [`Error::LayerFilter`].
    #[must_use]
    pub fn only(mut self, filter: Filter) -> Self {
        self.filter = Some(filter);
        self
    }

    /// Number of features, those included that a check will have to leave out.
    #[must_use]
    pub fn len(&self) -> usize {
        self.delivered.features
    }

    /// Whether there is no feature.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// What messages call the layer.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.path
    }

    /// The CRS of the coordinates.
    #[must_use]
    pub fn crs(&self) -> &Crs {
        &self.crs
    }

    /// Gives the layer a role, and with it a meaning. A layer without features is one.
    pub(crate) fn normalise(self, role: Role, stop: &Stop) -> Result<NormalisedLayer, Error> {
        let options = LayerOptions { allow_empty: true, stop: stop.clone(), ..self.options };
        let features = self.delivered.features;
        let (delivered, filter) = match &self.filter {
            Some(filter) => {
                let of = (&*self.path, &role, &self.crs);
                let (delivered, filter) = filtered::only(self.delivered, filter, of, &options)?;
                (delivered, Some(filter))
            }
            None => (self.delivered, None),
        };
        let mut normalised = normalise(delivered, self.crs, &self.path, role, &options)?;
        normalised.layer.source.features = features;
        normalised.layer.source.filter = filter;
        Ok(normalised)
    }

    /// Whether nobody minds when there is no feature.
    pub(crate) fn may_be_empty(&self) -> bool {
        self.options.allow_empty
    }
}

/// Columns of classes that a table or a caller gave.
const CLASS_COLUMN: &str = "sanxian_class";
const SCHEME_COLUMN: &str = "sanxian_scheme";

/// Whether a column holds what a table or a caller gave, and is not the layer's own.
pub(crate) fn is_given_column(name: &str) -> bool {
    [CLASS_COLUMN, SCHEME_COLUMN].contains(&name)
}

/// What a layer from memory is called until it is named.
const NAMELESS: &str = "memory";
