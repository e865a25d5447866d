//! What the geometry column of an Arrow table holds, by its type and by the name of its extension.

use arrow_array::{Array, ArrayRef, BinaryArray, BinaryViewArray, LargeBinaryArray, StructArray};
use arrow_schema::{DataType, Field};
use sanxian_model::{FaultKind, Text};

use super::{Features, geoarrow};
use crate::LayerError;
use crate::wkb::{self, Shape};

/// Key of a field's metadata for the name of its extension type.
const NAME: &str = "ARROW:extension:name";

/// How a column holds its geometries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Encoding {
    /// Well-known binary, a value each.
    Wkb,
    /// Well-known binary in a structure beside the number of a CRS, as Spark has it.
    WkbInStruct,
    /// Lists of rings (`geoarrow.polygon`).
    Polygon,
    /// Lists of lists of rings (`geoarrow.multipolygon`).
    MultiPolygon,
}

impl Encoding {
    /// The encoding of a field; none when it is no column of areas.
    pub(super) fn of(field: &Field) -> Option<Self> {
        let name = field.metadata().get(NAME).map(String::as_str);
        match (name, field.data_type()) {
            (
                None | Some("geoarrow.wkb" | "ogc.wkb"),
                DataType::Binary | DataType::LargeBinary | DataType::BinaryView,
            ) => Some(Self::Wkb),
            (None, DataType::Struct(fields)) => fields.find("wkb").map(|_| Self::WkbInStruct),
            (Some("geoarrow.polygon"), DataType::List(_) | DataType::LargeList(_)) => Some(Self::Polygon),
            (Some("geoarrow.multipolygon"), DataType::List(_) | DataType::LargeList(_)) => {
                Some(Self::MultiPolygon)
            }
            _ => None,
        }
    }
}

/// Takes the geometries of one chunk. `broken` makes the error for the feature of a number.
pub(super) fn read(
    encoding: Encoding,
    column: &ArrayRef,
    features: &mut Features,
    broken: &dyn Fn(u32) -> LayerError,
) -> Result<(), LayerError> {
    let any = column.as_any();
    match encoding {
        Encoding::Polygon => geoarrow::polygons(column, features, broken),
        Encoding::MultiPolygon => geoarrow::multipolygons(column, features, broken),
        Encoding::WkbInStruct => {
            let wkb = any.downcast_ref::<StructArray>().and_then(|fields| fields.column_by_name("wkb"));
            let Some(wkb) = wkb else { return Err(broken(features.count)) };
            read(Encoding::Wkb, wkb, features, broken)
        }
        Encoding::Wkb => {
            let mut each = |wkb: Option<&[u8]>| feature(wkb, features, broken);
            if let Some(values) = any.downcast_ref::<BinaryArray>() {
                values.iter().try_for_each(&mut each)
            } else if let Some(values) = any.downcast_ref::<LargeBinaryArray>() {
                values.iter().try_for_each(&mut each)
            } else if let Some(values) = any.downcast_ref::<BinaryViewArray>() {
                values.iter().try_for_each(&mut each)
            } else {
                Err(broken(features.count))
            }
        }
    }
}

/// One feature of well-known binary.
fn feature(
    wkb: Option<&[u8]>,
    features: &mut Features,
    broken: &dyn Fn(u32) -> LayerError,
) -> Result<(), LayerError> {
    let bytes = wkb.unwrap_or_default();
    match wkb.map_or(Shape::Empty, wkb::shape_of) {
        Shape::Polygons => features.push(|builder| wkb::push_feature(bytes, builder)),
        Shape::Mixed(others) => features.push_of_collection(others, |b| wkb::push_feature(bytes, b)),
        Shape::Empty => features.leave_out(FaultKind::Empty, None),
        Shape::NotPolygon(name) => features.leave_out_not_polygon(name),
        Shape::Curved => {
            let detail = Text::new(
                "含有圆弧，请改用折线，或从文件读取",
                "it has arcs; give it with chords, or read it from a file",
            );
            features.leave_out(FaultKind::NotPolygon, Some(detail));
        }
        Shape::Broken => return Err(broken(features.count)),
    }
    Ok(())
}
