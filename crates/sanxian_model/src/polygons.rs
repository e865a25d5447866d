//! Polygons of a whole layer in flat columns, in the GeoArrow layout: one buffer of coordinates, and the
//! offsets of rings, polygons and features into it.

use std::ops::Range;
use std::sync::Arc;

/// A position: `[x, y]`, x east (or longitude) and y north (or latitude), in the CRS of its layer.
pub type Position = [f64; 2];

/// The polygons of all features of a layer.
///
/// After normalising, each ring is closed (its first position is repeated at the end), has at least four
/// positions, all finite; exterior rings run counter-clockwise and holes clockwise. A feature has one or
/// more polygons, and a polygon's first ring is its exterior.
///
/// A clone shares the buffers.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PolygonColumn(Arc<Buffers>);

#[derive(Debug, Clone, Default, PartialEq)]
struct Buffers {
    coords: Vec<Position>,
    /// First coordinate of each ring; one more entry than there are rings. The same for the two below.
    rings: Vec<u32>,
    polygons: Vec<u32>,
    features: Vec<u32>,
}

impl PolygonColumn {
    /// Number of features.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.features.len().saturating_sub(1)
    }

    /// Whether both are one and the same column in memory, not only equal ones.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }

    /// Whether there is no feature.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Number of rings over all features.
    #[must_use]
    pub fn ring_count(&self) -> usize {
        self.0.rings.len().saturating_sub(1)
    }

    /// All coordinates, ring after ring.
    #[must_use]
    pub fn coords(&self) -> &[Position] {
        &self.0.coords
    }

    /// The positions of ring number `ring`, counted over the whole layer.
    #[must_use]
    pub fn ring(&self, ring: usize) -> &[Position] {
        &self.0.coords[self.ring_range(ring)]
    }

    /// Where ring number `ring` lies in [`Self::coords`].
    #[must_use]
    pub fn ring_range(&self, ring: usize) -> Range<usize> {
        self.0.rings[ring] as usize..self.0.rings[ring + 1] as usize
    }

    /// The ring numbers of one feature.
    #[must_use]
    pub fn rings_of(&self, feature: usize) -> Range<usize> {
        let polygons = self.polygons_of(feature);
        self.0.polygons[polygons.start] as usize..self.0.polygons[polygons.end] as usize
    }

    /// The polygon numbers of one feature.
    #[must_use]
    pub fn polygons_of(&self, feature: usize) -> Range<usize> {
        self.0.features[feature] as usize..self.0.features[feature + 1] as usize
    }

    /// Number of coordinates of one feature.
    #[must_use]
    pub fn vertices_of(&self, feature: usize) -> usize {
        let rings = self.rings_of(feature);
        (self.0.rings[rings.end] - self.0.rings[rings.start]) as usize
    }

    /// The features of some columns, one column after the other. One alone is shared; several are copied.
    ///
    /// # Panics
    /// When they have more than 2³² coordinates in all.
    #[must_use]
    pub fn concat<'c>(columns: impl IntoIterator<Item = &'c Self>) -> Self {
        let columns: Vec<&Self> = columns.into_iter().collect();
        if let [one] = columns[..] {
            return one.clone();
        }
        let total = |of: fn(&Self) -> usize| columns.iter().map(|column| of(column)).sum();
        let mut builder =
            PolygonColumnBuilder::with_capacity(total(Self::len), total(|column| column.coords().len()));
        columns.iter().flat_map(|column| column.iter()).for_each(|feature| builder.push_view(feature));
        builder.finish()
    }

    /// One feature.
    #[must_use]
    pub fn feature(&self, feature: usize) -> FeatureView<'_> {
        FeatureView { column: self, feature }
    }

    /// Every feature in order.
    #[must_use]
    pub fn iter(&self) -> impl ExactSizeIterator<Item = FeatureView<'_>> {
        (0..self.len()).map(|feature| self.feature(feature))
    }
}

/// One feature of a [`PolygonColumn`].
#[derive(Debug, Clone, Copy)]
pub struct FeatureView<'a> {
    column: &'a PolygonColumn,
    feature: usize,
}

impl<'a> FeatureView<'a> {
    /// Row of the feature in its layer.
    #[must_use]
    pub fn row(self) -> usize {
        self.feature
    }

    /// Every ring, exteriors and holes alike, in stored order.
    #[must_use]
    pub fn rings(self) -> impl ExactSizeIterator<Item = &'a [Position]> {
        self.column.rings_of(self.feature).map(move |ring| self.column.ring(ring))
    }

    /// Every polygon.
    #[must_use]
    pub fn polygons(self) -> impl ExactSizeIterator<Item = PolygonView<'a>> {
        self.column.polygons_of(self.feature).map(move |polygon| PolygonView { column: self.column, polygon })
    }
}

/// One polygon of a feature: an exterior ring and its holes.
#[derive(Debug, Clone, Copy)]
pub struct PolygonView<'a> {
    column: &'a PolygonColumn,
    polygon: usize,
}

impl<'a> PolygonView<'a> {
    /// The exterior ring, then the holes.
    #[must_use]
    pub fn rings(self) -> impl ExactSizeIterator<Item = &'a [Position]> {
        let range =
            self.column.0.polygons[self.polygon] as usize..self.column.0.polygons[self.polygon + 1] as usize;
        range.map(move |ring| self.column.ring(ring))
    }
}

/// Fills a [`PolygonColumn`] feature by feature.
#[derive(Debug)]
pub struct PolygonColumnBuilder {
    buffers: Buffers,
}

impl Default for PolygonColumnBuilder {
    fn default() -> Self {
        Self::new()
    }
}

impl PolygonColumnBuilder {
    /// An empty column.
    #[must_use]
    pub fn new() -> Self {
        Self::with_capacity(0, 0)
    }

    /// An empty column with room for that much.
    #[must_use]
    pub fn with_capacity(features: usize, coords: usize) -> Self {
        let offsets = || {
            let mut offsets = Vec::with_capacity(features + 1);
            offsets.push(0);
            offsets
        };
        Self {
            buffers: Buffers {
                coords: Vec::with_capacity(coords),
                rings: offsets(),
                polygons: offsets(),
                features: offsets(),
            },
        }
    }

    /// Adds a position to the ring under construction.
    pub fn push(&mut self, position: Position) {
        self.buffers.coords.push(position);
    }

    /// Adds positions to the ring under construction.
    pub fn extend(&mut self, positions: &[Position]) {
        self.buffers.coords.extend_from_slice(positions);
    }

    /// Adds positions to the ring under construction, as they come out of a decoder.
    pub fn extend_from(&mut self, positions: impl IntoIterator<Item = Position>) {
        self.buffers.coords.extend(positions);
    }

    /// Ends the ring.
    ///
    /// # Panics
    /// When the layer has more than 2³² coordinates.
    pub fn end_ring(&mut self) {
        let end = u32::try_from(self.buffers.coords.len()).expect("a layer holds at most 2^32 coordinates");
        self.buffers.rings.push(end);
    }

    /// Ends the polygon: the rings since the last one are its exterior and holes.
    pub fn end_polygon(&mut self) {
        self.buffers.polygons.push(self.buffers.rings.len() as u32 - 1);
    }

    /// Ends the feature: the polygons since the last one are its parts.
    pub fn end_feature(&mut self) {
        self.buffers.features.push(self.buffers.polygons.len() as u32 - 1);
    }

    /// Adds a whole feature from nested rings: polygons, their rings, their positions.
    pub fn push_feature<P, R>(&mut self, polygons: impl IntoIterator<Item = P>)
    where
        P: IntoIterator<Item = R>,
        R: AsRef<[Position]>,
    {
        for polygon in polygons {
            for ring in polygon {
                self.extend(ring.as_ref());
                self.end_ring();
            }
            self.end_polygon();
        }
        self.end_feature();
    }

    /// Copies a feature from another column.
    pub fn push_view(&mut self, feature: FeatureView<'_>) {
        self.push_feature(feature.polygons().map(PolygonView::rings));
    }

    /// Number of features so far.
    #[must_use]
    pub fn len(&self) -> usize {
        self.buffers.features.len().saturating_sub(1)
    }

    /// Whether there is no feature yet.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The finished column.
    #[must_use]
    pub fn finish(mut self) -> PolygonColumn {
        self.buffers.coords.shrink_to_fit();
        PolygonColumn(Arc::new(self.buffers))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_feature_comes_back_as_it_went_in() {
        let square = |x: f64| vec![[x, 0.0], [x + 1.0, 0.0], [x + 1.0, 1.0], [x, 0.0]];
        let mut builder = PolygonColumnBuilder::new();
        builder.push_feature([vec![square(0.0), square(0.1)], vec![square(5.0)]]);
        builder.push_feature([vec![square(9.0)]]);
        let column = builder.finish();
        assert_eq!(column.len(), 2);
        assert_eq!(column.ring_count(), 4);
        assert_eq!(column.rings_of(0), 0..3);
        assert_eq!(column.feature(0).polygons().map(|p| p.rings().len()).collect::<Vec<_>>(), [2, 1]);
        assert_eq!(column.feature(1).rings().next(), Some(square(9.0).as_slice()));
        assert_eq!(column.vertices_of(0), 12);
    }
}
