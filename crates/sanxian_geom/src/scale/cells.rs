//! The areal scale of a projection, fitted cell by cell on a fixed grid.
//!
//! A window costs one polynomial this way, however dear the scale of a single place is.

use std::collections::BTreeMap;

use sanxian_model::{Position, Text};

use crate::extent::Extent;
use crate::index::LayerIndex;
use crate::scale::error::ScaleError;
use crate::scale::gauss_legendre::GAUSS;
use crate::scale::local::Local;

/// Side of a cell of the fit, in units of the CRS.
const CELL: f64 = 65_536.0;
/// Nodes along a side of a cell.
const NODES: usize = 6;

/// Cells that the box of one feature may have: 8 000 km a side, more than any country.
const CELLS_A_FEATURE: f64 = 16_384.0;

/// Column and row of a cell.
type Cell = (i32, i32);

/// Coefficients of uⁱ vʲ, u and v from −1 to 1 across the cell.
type Fit = [[f64; NODES]; NODES];

/// The cells in which a feature of the run lies.
#[derive(Debug, Clone)]
pub(super) struct Cells {
    fits: BTreeMap<Cell, Fit>,
}

impl Cells {
    /// Fits the cells of all layers to what `scale_at` gives at their nodes.
    pub(super) fn fit<'l>(
        layers: impl IntoIterator<Item = &'l LayerIndex>,
        mut scale_at: impl FnMut(Position) -> Result<f64, Text>,
    ) -> Result<Self, ScaleError> {
        let mut cells = BTreeMap::new();
        for (number, layer) in layers.into_iter().enumerate() {
            fit_layer(&mut cells, (number, layer), &mut scale_at)?;
        }
        Ok(Self { fits: cells.into_iter().filter_map(|(cell, fit)| Some((cell, fit?))).collect() })
    }

    /// The scale about a place; none when nothing was fitted. Elsewhere the nearest fit is extended.
    pub(super) fn near(&self, place: Position) -> Option<Local> {
        let cell = cell_of(place);
        if let Some(fit) = self.fits.get(&cell) {
            return Some(evaluate(fit, cell, place));
        }
        let distance = |other: &Cell| {
            let [dx, dy] = [i64::from(other.0) - i64::from(cell.0), i64::from(other.1) - i64::from(cell.1)];
            dx.abs().max(dy.abs())
        };
        // A polynomial says nothing far from its cell; there its edge must do.
        let (other, fit) = self.fits.iter().min_by_key(|(other, _)| distance(other))?;
        Some(evaluate(fit, *other, into_cell(*other, place)))
    }
}

/// Integral over a box of any size of a scale that is smooth within each cell.
pub(super) fn over_box(extent: &Extent, scale: impl Fn(Position) -> f64) -> f64 {
    let (from, to) = (cell_of(extent.min), cell_of(extent.max));
    let mut sum = 0.0;
    for cx in from.0..=to.0 {
        for cy in from.1..=to.1 {
            let corner = |c: Cell| [f64::from(c.0) * CELL, f64::from(c.1) * CELL];
            let cell = Extent { min: corner((cx, cy)), max: corner((cx + 1, cy + 1)) };
            let part = cell.intersection(*extent);
            if !part.has_inside() {
                continue;
            }
            let centre = part.centre();
            for [u, of_u] in GAUSS {
                for [v, of_v] in GAUSS {
                    let place = [centre[0] + u * part.width() * 0.5, centre[1] + v * part.height() * 0.5];
                    let area = part.width() * part.height() * 0.25;
                    sum += of_u * of_v * scale(place) * area;
                }
            }
        }
    }
    sum
}

fn cell_of([x, y]: Position) -> Cell {
    // The clamp keeps the arithmetic whole; no place so far out has a longitude and latitude.
    let index = |value: f64| (value / CELL).floor().clamp(-1e9, 1e9) as i32;
    (index(x), index(y))
}

/// The place of a cell that is nearest to a place.
fn into_cell(cell: Cell, [x, y]: Position) -> Position {
    let within = |value: f64, index: i32| value.clamp(f64::from(index) * CELL, f64::from(index + 1) * CELL);
    [within(x, cell.0), within(y, cell.1)]
}

/// Fits the cells in the boxes of the features of a layer. A cell that cannot be fitted is an error only where a vertex lies.
fn fit_layer(
    cells: &mut BTreeMap<Cell, Option<Fit>>,
    (number, layer): (usize, &LayerIndex),
    scale_at: &mut impl FnMut(Position) -> Result<f64, Text>,
) -> Result<(), ScaleError> {
    for row in 0..layer.polygons().len() {
        let extent = layer.extent(row);
        let (from, to) = (cell_of(extent.min), cell_of(extent.max));
        let along = |from: i32, to: i32| f64::from(to) - f64::from(from) + 1.0;
        let too_large = along(from.0, to.0) * along(from.1, to.1) > CELLS_A_FEATURE;
        let at = |[x, y]: Position, cause: Text| ScaleError { x, y, layer: number, row, cause };
        let vertices = || layer.polygons().feature(row).rings().flatten().copied();
        let mut fit = |cell: Cell| -> Result<(), Text> {
            match cells.entry(cell) {
                std::collections::btree_map::Entry::Occupied(slot) if slot.get().is_some() => Ok(()),
                std::collections::btree_map::Entry::Occupied(mut slot) => {
                    // It failed before, where no vertex was.
                    fit_cell(cell, scale_at).map(|fit| *slot.get_mut() = Some(fit))
                }
                std::collections::btree_map::Entry::Vacant(slot) => {
                    let (fit, result) = match fit_cell(cell, scale_at) {
                        Ok(fit) => (Some(fit), Ok(())),
                        Err(cause) => (None, Err(cause)),
                    };
                    slot.insert(fit);
                    result
                }
            }
        };
        if too_large {
            for vertex in vertices() {
                fit(cell_of(vertex)).map_err(|cause| at(vertex, cause))?;
            }
            let centre = extent.centre();
            let far = |p: &Position| (p[0] - centre[0]).abs().max((p[1] - centre[1]).abs());
            let farthest = vertices().max_by(|p, q| far(p).total_cmp(&far(q))).unwrap_or(centre);
            let cause = Text::new("要素比大洲还大", "the feature would be larger than a continent");
            return Err(at(farthest, cause));
        }
        for cx in from.0..=to.0 {
            for cy in from.1..=to.1 {
                if let Err(cause) = fit((cx, cy))
                    && let Some(vertex) = vertices().find(|&p| cell_of(p) == (cx, cy))
                {
                    return Err(at(vertex, cause));
                }
            }
        }
    }
    Ok(())
}

fn fit_cell(cell: Cell, scale_at: &mut impl FnMut(Position) -> Result<f64, Text>) -> Result<Fit, Text> {
    let nodes: [f64; NODES] =
        std::array::from_fn(|k| libm::cos(std::f64::consts::PI * (k as f64 + 0.5) / NODES as f64));
    let centre = |index: i32| (f64::from(index) + 0.5) * CELL;
    let mut values = [[0.0; NODES]; NODES];
    for (row, &u) in values.iter_mut().zip(&nodes) {
        for (value, &v) in row.iter_mut().zip(&nodes) {
            let place = [centre(cell.0) + u * CELL * 0.5, centre(cell.1) + v * CELL * 0.5];
            *value = scale_at(place)?;
        }
    }
    // Interpolate along v for each u, then along u.
    let inverse = inverse_vandermonde(&nodes);
    let along = |samples: [f64; NODES]| -> [f64; NODES] {
        std::array::from_fn(|power| (0..NODES).map(|k| inverse[power][k] * samples[k]).sum())
    };
    let by_v: [[f64; NODES]; NODES] = values.map(along);
    let mut fit = [[0.0; NODES]; NODES];
    for j in 0..NODES {
        let column = along(std::array::from_fn(|i| by_v[i][j]));
        for (row, value) in fit.iter_mut().zip(column) {
            row[j] = value;
        }
    }
    Ok(fit)
}

/// Rows: powers; columns: nodes. Solved by Gauss-Jordan; 6 Chebyshev nodes are well conditioned.
fn inverse_vandermonde(nodes: &[f64; NODES]) -> [[f64; NODES]; NODES] {
    // Multiplied, since the bits of powi are not promised.
    let power = |node: f64, power: usize| (0..power).fold(1.0, |product, _| product * node);
    let mut left: [[f64; NODES]; NODES] =
        std::array::from_fn(|k| std::array::from_fn(|exponent| power(nodes[k], exponent)));
    let mut right: [[f64; NODES]; NODES] =
        std::array::from_fn(|i| std::array::from_fn(|j| if i == j { 1.0 } else { 0.0 }));
    for column in 0..NODES {
        let pivot = (column..NODES)
            .max_by(|&a, &b| left[a][column].abs().total_cmp(&left[b][column].abs()))
            .unwrap_or(column);
        left.swap(column, pivot);
        right.swap(column, pivot);
        let factor = 1.0 / left[column][column];
        for j in 0..NODES {
            left[column][j] *= factor;
            right[column][j] *= factor;
        }
        for row in 0..NODES {
            if row != column {
                let factor = left[row][column];
                for j in 0..NODES {
                    left[row][j] -= factor * left[column][j];
                    right[row][j] -= factor * right[column][j];
                }
            }
        }
    }
    right
}

fn evaluate(fit: &Fit, cell: Cell, place: Position) -> Local {
    let half = CELL * 0.5;
    let u = (place[0] - (f64::from(cell.0) + 0.5) * CELL) / half;
    let v = (place[1] - (f64::from(cell.1) + 0.5) * CELL) / half;
    // Value and two derivatives of each row in v, then of those in u.
    let rows = fit.map(|row| horner(&row, v));
    let column = |k: usize| horner(&rows.map(|row| row[k]), u);
    let [value, x, xx] = column(0);
    let [y, xy, _] = column(1);
    let [yy, ..] = column(2);
    Local {
        value,
        x: x / half,
        y: y / half,
        xx: xx / (half * half),
        xy: xy / (half * half),
        yy: yy / (half * half),
    }
}

/// A polynomial and its first and second derivative.
fn horner(coefficients: &[f64; NODES], t: f64) -> [f64; 3] {
    let (mut p, mut d, mut dd) = (0.0, 0.0, 0.0);
    for &c in coefficients.iter().rev() {
        dd = dd * t + 2.0 * d;
        d = d * t + p;
        p = p * t + c;
    }
    [p, d, dd]
}

#[cfg(test)]
mod tests {
    use sanxian_model::Ellipsoid;

    use super::*;
    use crate::scale::differences::by_differences;

    #[test]
    fn a_fit_returns_the_scale_between_its_nodes() {
        // Lambert cylindrical on a sphere has scale 1; a plate carrée has 1/cos.
        let sphere = Ellipsoid { semi_major: 6_371_000.0, inverse_flattening: 0.0 };
        let mut lon_lat = |at: &mut [Position]| -> Result<(), String> {
            for p in at {
                *p = [(p[0] / 6_371_000.0).to_degrees(), (p[1] / 6_371_000.0).to_degrees()];
            }
            Ok(())
        };
        let mut scale_at = |place: Position| by_differences(place, sphere, &mut lon_lat);
        let cell = cell_of([500_000.0, 3_500_000.0]);
        let fit = fit_cell(cell, &mut scale_at).expect("fit");
        for y in [3_480_000.0, 3_500_123.0, 3_531_000.0] {
            let found = evaluate(&fit, cell, [510_000.0, y]);
            let phi: f64 = y / 6_371_000.0;
            assert!((found.value / phi.cos() - 1.0).abs() < 1e-11, "{} {}", found.value, phi.cos());
            assert!((found.y / (-phi.sin() / 6_371_000.0) - 1.0).abs() < 1e-6);
            assert!(found.x.abs() < 1e-15);
        }
    }
}
