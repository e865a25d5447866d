//! How much ground features lost and gained, and how much of it is noise of coordinates.

use std::f64::consts::PI;

use sanxian_geom::{Area, LayerIndex, Measurer, Shapes, outside_piece};
use sanxian_model::{AreaSum, Crs, Metres, OverlapPair, PolygonColumnBuilder, SquareMetres};

use super::matching::Group;
use super::side::Side;
use crate::measure::mean_width;

/// Ground that the features of a group lost and gained.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Reshaped {
    /// In parts that are wider than the noise.
    pub(super) lost: SquareMetres,
    pub(super) gained: SquareMetres,
    /// In all other parts.
    pub(super) noise: SquareMetres,
}

/// Measures what groups lost and gained.
pub(super) struct Reshaping<'a> {
    pub(super) sides: [Side<'a>; 2],
    /// What features of the two sides share, in order.
    pub(super) shared: &'a [OverlapPair],
    pub(super) noise_width: Metres,
    pub(super) crs: &'a Crs,
}

impl Reshaping<'_> {
    pub(super) fn of(&self, group: &Group, measurer: &mut Measurer<'_>) -> Reshaped {
        let Group { old, new, .. } = group;
        let (before, now) = (self.sides[0].areas(old), self.sides[1].areas(new));
        if old.is_empty() || new.is_empty() {
            return Reshaped { lost: before, gained: now, noise: SquareMetres::ZERO };
        }
        let both: AreaSum = old.iter().map(|&row| self.shared_of(row, new)).sum();
        let both = both.area();
        let (lost, noise_of_old) = self.wide((0, old), new, before - both, measurer);
        let (gained, noise_of_new) = self.wide((1, new), old, now - both, measurer);
        Reshaped { lost, gained, noise: noise_of_old + noise_of_new }
    }

    /// What a feature of the older side shares with features of the newer one.
    fn shared_of(&self, row: u32, new: &[u32]) -> AreaSum {
        let start = self.shared.partition_point(|pair| pair.subject < row);
        let of_row = self.shared[start..].iter().take_while(|pair| pair.subject == row);
        of_row.filter(|pair| new.contains(&pair.zone)).map(|pair| pair.area).sum()
    }

    /// Of the ground that only these features cover, `area` in all, what lies in wide parts, and the rest.
    fn wide(
        &self,
        (side, rows): (usize, &[u32]),
        others: &[u32],
        area: SquareMetres,
        measurer: &mut Measurer<'_>,
    ) -> (SquareMetres, SquareMetres) {
        let area = area.max(SquareMetres::ZERO);
        let width = self.noise_width.get();
        // Of all shapes of an area the disc has the least boundary and the largest mean width: its radius.
        if area.get() < PI * width * width {
            return (SquareMetres::ZERO, area);
        }
        let [own, other] = [side, 1 - side].map(|side| &self.sides[side].measured.index);
        let mut wide = AreaSum::ZERO;
        for &row in rows {
            let parts = outside_piece((own, row as usize), (other, others), self.crs);
            wide += areas_of(&parts, self.crs, measurer)
                .filter(|(_, of_part)| *of_part > self.noise_width)
                .map(|(area, _)| area.ellipsoidal)
                .sum::<AreaSum>();
        }
        // Cut on a lattice, parts may have more than what was measured by its rounding.
        let wide = wide.area().min(area);
        (wide, area - wide)
    }
}

/// Area and mean width of each part of shapes.
fn areas_of<'a>(
    shapes: &'a Shapes,
    crs: &'a Crs,
    measurer: &'a mut Measurer<'_>,
) -> impl Iterator<Item = (Area, Metres)> + 'a {
    shapes.iter().map(|polygon| {
        let mut builder = PolygonColumnBuilder::new();
        builder.push_feature([polygon]);
        let index = LayerIndex::build(&builder.finish());
        let area = measurer.area(&index, 0);
        let rings = polygon.iter().map(Vec::as_slice);
        (area, mean_width(area.ellipsoidal, rings, crs).unwrap_or_default())
    })
}
