//! Native GeoArrow: lists of lists of coordinates, interleaved or in columns of their own.

use arrow_array::{
    Array, ArrayRef, FixedSizeListArray, Float64Array, LargeListArray, ListArray, StructArray,
};
use arrow_schema::DataType;
use sanxian_model::{FaultKind, PolygonColumnBuilder, Position};

use super::Features;
use crate::LayerError;

/// Takes a column of `geoarrow.polygon`.
pub(super) fn polygons(
    column: &ArrayRef,
    features: &mut Features,
    broken: &dyn Fn(u32) -> LayerError,
) -> Result<(), LayerError> {
    let polygons = Lists::of(column).ok_or_else(|| broken(features.count))?;
    let rings = Lists::of(polygons.values()).ok_or_else(|| broken(features.count))?;
    let coords = Coords::of(rings.values()).ok_or_else(|| broken(features.count))?;
    for row in 0..column.len() {
        let parts = polygons.range(row).filter(|rings| !rings.is_empty());
        match parts {
            Some(part) => features.push(|builder| {
                push_polygon(builder, part, &rings, &coords);
                builder.end_feature();
            }),
            None => features.leave_out(FaultKind::Empty, None),
        }
    }
    Ok(())
}

/// Takes a column of `geoarrow.multipolygon`.
pub(super) fn multipolygons(
    column: &ArrayRef,
    features: &mut Features,
    broken: &dyn Fn(u32) -> LayerError,
) -> Result<(), LayerError> {
    let multi = Lists::of(column).ok_or_else(|| broken(features.count))?;
    let polygons = Lists::of(multi.values()).ok_or_else(|| broken(features.count))?;
    let rings = Lists::of(polygons.values()).ok_or_else(|| broken(features.count))?;
    let coords = Coords::of(rings.values()).ok_or_else(|| broken(features.count))?;
    for row in 0..column.len() {
        let parts: Vec<Rows> =
            multi.range(row).into_iter().flatten().filter_map(|p| polygons.range(p)).collect();
        if parts.iter().all(Rows::is_empty) {
            features.leave_out(FaultKind::Empty, None);
            continue;
        }
        features.push(|builder| {
            for part in parts.into_iter().filter(|rings| !rings.is_empty()) {
                push_polygon(builder, part, &rings, &coords);
            }
            builder.end_feature();
        });
    }
    Ok(())
}

type Rows = std::ops::Range<usize>;

fn push_polygon(builder: &mut PolygonColumnBuilder, part: Rows, rings: &Lists<'_>, coords: &Coords<'_>) {
    for ring in part {
        builder.extend_from(rings.range(ring).into_iter().flatten().map(|at| coords.position(at)));
        builder.end_ring();
    }
    builder.end_polygon();
}

/// Lists with offsets of either width.
enum Lists<'a> {
    Small(&'a ListArray),
    Large(&'a LargeListArray),
}

impl<'a> Lists<'a> {
    fn of(column: &'a ArrayRef) -> Option<Self> {
        let any = column.as_any();
        any.downcast_ref().map(Self::Small).or_else(|| any.downcast_ref().map(Self::Large))
    }

    fn values(&self) -> &'a ArrayRef {
        match self {
            Self::Small(lists) => lists.values(),
            Self::Large(lists) => lists.values(),
        }
    }

    /// The entries of one row; none where the row is null.
    fn range(&self, row: usize) -> Option<Rows> {
        match self {
            Self::Small(lists) => {
                let offsets = lists.value_offsets();
                lists.is_valid(row).then(|| offsets[row] as usize..offsets[row + 1] as usize)
            }
            Self::Large(lists) => {
                let offsets = lists.value_offsets();
                lists.is_valid(row).then(|| offsets[row] as usize..offsets[row + 1] as usize)
            }
        }
    }
}

/// Coordinates as they lie in memory; z and m are passed over.
enum Coords<'a> {
    Interleaved { values: &'a [f64], width: usize },
    Separated { x: &'a [f64], y: &'a [f64] },
}

impl<'a> Coords<'a> {
    fn of(column: &'a ArrayRef) -> Option<Self> {
        let numbers = |column: &'a ArrayRef| -> Option<&'a [f64]> {
            column.as_any().downcast_ref::<Float64Array>().map(|numbers| &numbers.values()[..])
        };
        match column.data_type() {
            DataType::FixedSizeList(_, width) => {
                let lists = column.as_any().downcast_ref::<FixedSizeListArray>()?;
                let width = usize::try_from(*width).ok().filter(|width| *width >= 2)?;
                // A slice of lists keeps the values of the whole.
                let from = lists.value_offset(0) as usize;
                let values = numbers(lists.values())?.get(from..from + lists.len() * width)?;
                Some(Self::Interleaved { values, width })
            }
            DataType::Struct(_) => {
                let fields = column.as_any().downcast_ref::<StructArray>()?;
                let axis = |name| numbers(fields.column_by_name(name)?);
                Some(Self::Separated { x: axis("x")?, y: axis("y")? })
            }
            _ => None,
        }
    }

    fn position(&self, at: usize) -> Position {
        match self {
            Self::Interleaved { values, width } => [values[at * width], values[at * width + 1]],
            Self::Separated { x, y } => [x[at], y[at]],
        }
    }
}
