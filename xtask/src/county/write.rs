//! Made layers go to files.

use std::path::Path;

use anyhow::{Context, Result, ensure};
use arrow_array::{Array, Float64Array, RecordBatch, StringArray};
use gdal::spatial_ref::SpatialRef;
use gdal::vector::{FieldValue, Geometry, LayerOptions, OGRFieldType, OGRwkbGeometryType};
use gdal::{DriverManager, vector::FieldDefn};
use sanxian_model::PolygonColumn;

use super::table::Table;

/// CGCS2000 / 3-degree Gauss-Kruger CM 111E.
pub(crate) const EPSG: u32 = 4546;

/// A layer that was made up and goes to a file.
pub(crate) struct MadeLayer {
    pub(crate) name: &'static str,
    pub(crate) polygons: PolygonColumn,
    pub(crate) attributes: RecordBatch,
}

impl MadeLayer {
    /// A layer of polygons with a row of attributes each.
    pub(crate) fn new(name: &'static str, polygons: PolygonColumn, table: Table) -> Result<Self> {
        ensure!(polygons.len() == table.len(), "{name}: {} polygons, {} rows", polygons.len(), table.len());
        Ok(Self { name, polygons, attributes: table.finish()? })
    }
}

/// Writes the layers to one GeoPackage.
pub(crate) fn write_geopackage(path: &Path, layers: &[MadeLayer]) -> Result<()> {
    if path.exists() {
        std::fs::remove_file(path)?;
    }
    let driver = DriverManager::get_driver_by_name("GPKG")?;
    let mut dataset = driver.create_vector_only(path)?;
    let srs = SpatialRef::from_epsg(EPSG)?;
    for layer in layers {
        let tx = dataset.start_transaction()?;
        drop(tx);
        let out = dataset.create_layer(LayerOptions {
            name: layer.name,
            srs: Some(&srs),
            ty: OGRwkbGeometryType::wkbPolygon,
            options: None,
        })?;
        for field in layer.attributes.schema().fields() {
            let kind = if field.data_type() == &arrow_schema_of::<Float64Array>() {
                OGRFieldType::OFTReal
            } else {
                OGRFieldType::OFTString
            };
            FieldDefn::new(field.name(), kind)?.add_to_layer(&out)?;
        }
        let _ = &out;
        let mut wkb = Vec::new();
        let name = layer.name;
        let tx = dataset.start_transaction()?;
        let out = tx.layer_by_name(name)?;
        let defn = gdal::vector::Defn::from_layer(&out);
        for row in 0..layer.polygons.len() {
            wkb.clear();
            wkb.push(1_u8);
            let polygon = layer.polygons.feature(row).polygons().next().context("no polygon")?;
            wkb.extend(3_u32.to_le_bytes());
            wkb.extend((polygon.rings().len() as u32).to_le_bytes());
            for ring in polygon.rings() {
                wkb.extend((ring.len() as u32).to_le_bytes());
                for p in ring {
                    wkb.extend(p[0].to_le_bytes());
                    wkb.extend(p[1].to_le_bytes());
                }
            }
            let mut feature = gdal::vector::Feature::new(&defn)?;
            feature.set_geometry(Geometry::from_wkb(&wkb)?)?;
            for (index, column) in layer.attributes.columns().iter().enumerate() {
                if column.is_null(row) {
                    continue;
                }
                if let Some(text) = column.as_any().downcast_ref::<StringArray>() {
                    feature.set_field(index, &FieldValue::StringValue(text.value(row).to_owned()))?;
                } else if let Some(numbers) = column.as_any().downcast_ref::<Float64Array>() {
                    feature.set_field(index, &FieldValue::RealValue(numbers.value(row)))?;
                }
            }
            feature.create(&out)?;
        }
        tx.commit()?;
    }
    Ok(())
}

fn arrow_schema_of<T>() -> arrow_schema::DataType {
    let _ = std::any::type_name::<T>();
    arrow_schema::DataType::Float64
}
