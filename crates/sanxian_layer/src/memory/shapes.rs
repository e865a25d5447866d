//! Layers from shapes of `geo-types`.

use std::sync::Arc;

use arrow_array::{RecordBatch, RecordBatchOptions};
use arrow_schema::Schema;
use geo_types::{Coord, Geometry, LineString, MultiPolygon, Polygon};
use sanxian_model::{FaultKind, PolygonColumnBuilder, Position};

use super::Features;
use crate::{Delivered, LayerError, OtherMembers};

mod sealed {
    pub trait Sealed {}
    impl Sealed for geo_types::Polygon {}
    impl Sealed for geo_types::MultiPolygon {}
    impl Sealed for geo_types::Geometry {}
}

/// A shape that a feature can have: `Polygon`, `MultiPolygon`, or a `Geometry` that may be one or a collection of them.
pub trait GeoShape: sealed::Sealed {
    /// Calls `each` with every polygon, and counts what is none.
    #[doc(hidden)]
    fn polygons<'s>(&'s self, each: &mut dyn FnMut(&'s Polygon), others: &mut OtherMembers);
}

impl GeoShape for Polygon {
    fn polygons<'s>(&'s self, each: &mut dyn FnMut(&'s Polygon), _: &mut OtherMembers) {
        each(self);
    }
}

impl GeoShape for MultiPolygon {
    fn polygons<'s>(&'s self, each: &mut dyn FnMut(&'s Polygon), _: &mut OtherMembers) {
        self.iter().for_each(each);
    }
}

impl GeoShape for Geometry {
    fn polygons<'s>(&'s self, each: &mut dyn FnMut(&'s Polygon), others: &mut OtherMembers) {
        match self {
            Self::Polygon(polygon) => each(polygon),
            Self::MultiPolygon(parts) => parts.polygons(each, others),
            Self::GeometryCollection(members) => {
                members.iter().for_each(|member| member.polygons(each, others));
            }
            Self::Point(_) => others.points += 1,
            Self::MultiPoint(points) => others.points += points.len(),
            // A triangle or a box is drawn as a polygon by whoever means ground.
            _ => others.lines += 1,
        }
    }
}

/// A layer of shapes, one feature each, numbered from 0; `attributes` has a row for each, or is left out.
///
/// # Errors
/// [`LayerError::RowsDiffer`] when there is another number of rows than of shapes.
///
/// # Panics
/// When there are more than 2³² coordinates.
pub fn from_geo<S: GeoShape>(
    name: &str,
    shapes: &[S],
    attributes: Option<RecordBatch>,
) -> Result<Delivered, LayerError> {
    let mut features = Features::default();
    for shape in shapes {
        let (mut polygons, mut others) = (Vec::new(), OtherMembers::default());
        shape.polygons(
            &mut |polygon| {
                if !polygon.exterior().0.is_empty() {
                    polygons.push(polygon);
                }
            },
            &mut others,
        );
        let none_but_polygons = others == OtherMembers::default();
        match (polygons.is_empty(), none_but_polygons) {
            (true, true) => features.leave_out(FaultKind::Empty, None),
            (true, false) => features.leave_out(FaultKind::NotPolygon, None),
            (false, true) => features.push(|builder| push(builder, &polygons)),
            (false, false) => features.push_of_collection(others, |builder| push(builder, &polygons)),
        }
    }
    let attributes = match attributes {
        Some(attributes) if attributes.num_rows() == shapes.len() => attributes,
        Some(attributes) => {
            return Err(LayerError::RowsDiffer {
                layer: name.to_owned(),
                shapes: shapes.len(),
                rows: attributes.num_rows(),
            });
        }
        None => {
            let options = RecordBatchOptions::new().with_row_count(Some(shapes.len()));
            RecordBatch::try_new_with_options(Arc::new(Schema::empty()), Vec::new(), &options)
                .expect("a table without columns has any number of rows")
        }
    };
    Ok(features.delivered(name, attributes))
}

fn push(builder: &mut PolygonColumnBuilder, polygons: &[&Polygon]) {
    for polygon in polygons {
        std::iter::once(polygon.exterior())
            .chain(polygon.interiors())
            .for_each(|ring| push_ring(builder, ring));
        builder.end_polygon();
    }
    builder.end_feature();
}

fn push_ring(builder: &mut PolygonColumnBuilder, ring: &LineString) {
    let position = |c: &Coord| -> Position { [c.x, c.y] };
    builder.extend_from(ring.coords().map(position));
    builder.end_ring();
}

#[cfg(test)]
mod tests {
    use geo_types::{Point, point, polygon};

    use super::*;

    #[test]
    fn what_is_no_polygon_is_told_and_not_lost() {
        let square = polygon![(x: 0.0, y: 0.0), (x: 1.0, y: 0.0), (x: 1.0, y: 1.0), (x: 0.0, y: 0.0)];
        let shapes: [Geometry; 5] = [
            square.clone().into(),
            Point::new(0.0, 0.0).into(),
            MultiPolygon::new(vec![square.clone(), square.clone()]).into(),
            Geometry::GeometryCollection(vec![square.into(), Geometry::Point(point!(x: 0.0, y: 0.0))].into()),
            MultiPolygon::empty().into(),
        ];
        let delivered = from_geo("plan", &shapes, None).expect("a layer");
        assert_eq!((delivered.features, delivered.rows), (5, vec![0, 2, 3]));
        let seen: Vec<_> = delivered.seen.iter().map(|seen| (seen.row, seen.kind, seen.kept)).collect();
        let (point, empty) = (FaultKind::NotPolygon, FaultKind::Empty);
        assert_eq!(seen, [(1, point, false), (3, point, true), (4, empty, false)]);
        assert_eq!(delivered.polygons.feature(1).polygons().len(), 2);
    }
}
