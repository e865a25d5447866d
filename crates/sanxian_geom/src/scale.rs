//! How large a piece of the plane of a CRS is on the ellipsoid.
//!
//! The areal scale is square metres on the ellipsoid for one square unit of the plane. It varies over
//! thousands of kilometres, so across a window of a few kilometres its value, gradient and second
//! derivatives at the window's centre say all there is to say, and the area of a region follows from its
//! moments without mapping a single vertex.
//!
//! # Promises
//! The scale at a place depends on the CRS and the place alone, so areas do not change with what else is in
//! the run. Projected systems are fitted cell by cell on a fixed grid of [`CELL`] units: 6 × 6 Chebyshev
//! nodes, where the scale comes from the inverse projection by central differences; tests hold the fit to
//! 10⁻¹¹. Geographic systems use the closed form.

use std::collections::BTreeMap;

use sanxian_model::{Crs, CrsKind, Ellipsoid, Position};

use crate::extent::Extent;
use crate::index::LayerIndex;
use crate::moments::Moments;
use crate::tiling::Cut;

/// Side of a cell of the fit, in units of the CRS.
const CELL: f64 = 65_536.0;
/// Nodes along a side of a cell.
const NODES: usize = 6;
/// Half distance of the central differences, in units of the CRS.
const STEP: f64 = 1_000.0;

/// Cells that the box of one feature may have: 8 000 km a side, more than any country.
const CELLS_A_FEATURE: f64 = 16_384.0;

/// Why the areal scale of a CRS could not be found.
#[derive(Debug, thiserror::Error)]
#[error("no longitude and latitude at ({x}, {y}): the coordinates lie outside the area of the CRS ({cause})")]
pub struct ScaleError {
    /// Easting.
    pub x: f64,
    /// Northing.
    pub y: f64,
    /// Which of the layers holds the place.
    pub layer: usize,
    /// The row in that layer of the feature that holds it.
    pub row: usize,
    /// What the projection said.
    pub cause: String,
}

/// Square metres on the ellipsoid for one square unit of a CRS, at any place of a run.
#[derive(Debug, Clone)]
pub struct ArealScale {
    kind: Kind,
}

#[derive(Debug, Clone)]
enum Kind {
    /// Bare plane coordinates: the plane is all there is.
    Plane,
    Geographic {
        ellipsoid: Ellipsoid,
        degrees: f64,
    },
    Projected {
        square_metres: f64,
        cells: BTreeMap<(i32, i32), Fit>,
    },
}

/// Coefficients of uⁱ vʲ, u and v from −1 to 1 across the cell.
type Fit = [[f64; NODES]; NODES];

/// The scale near a place: value, first and second derivatives.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Local {
    value: f64,
    x: f64,
    y: f64,
    xx: f64,
    xy: f64,
    yy: f64,
}

impl Local {
    /// Square metres for one square unit at the place itself.
    pub(crate) fn value(&self) -> f64 {
        self.value
    }

    /// Integral of the scale over a region, from its moments about the place.
    pub(crate) fn integrate(&self, m: &Moments) -> f64 {
        let first = self.x * m.x + self.y * m.y;
        let second = self.xx * m.xx * 0.5 + self.xy * m.xy + self.yy * m.yy * 0.5;
        self.value * m.area + (first + second)
    }
}

impl ArealScale {
    /// The scale of a CRS wherever a feature of one of `layers` lies.
    ///
    /// `lon_lat` turns positions of the CRS into longitude and latitude in degrees on its own datum; it is
    /// not called for geographic and plane systems.
    ///
    /// # Errors
    /// When a vertex has no longitude and latitude, or a feature is larger than any country. What lies between the vertices of a
    /// feature is not asked for a longitude and latitude that it may not have.
    pub fn fit<'l, 'c: 'l, E: std::fmt::Display>(
        crs: &Crs,
        layers: impl IntoIterator<Item = &'l LayerIndex<'c>>,
        mut lon_lat: impl FnMut(&mut [Position]) -> Result<(), E>,
    ) -> Result<Self, ScaleError> {
        let kind = match crs.kind {
            CrsKind::Plane => Kind::Plane,
            CrsKind::Geographic { degrees } => {
                for (number, layer) in layers.into_iter().enumerate() {
                    on_the_globe(degrees, (number, layer))?;
                }
                Kind::Geographic { ellipsoid: crs.ellipsoid, degrees }
            }
            CrsKind::Projected { metres } => {
                let mut cells = BTreeMap::new();
                for (number, layer) in layers.into_iter().enumerate() {
                    fit_layer(&mut cells, crs.ellipsoid, (number, layer), &mut lon_lat)?;
                }
                let cells = cells.into_iter().filter_map(|(cell, fit)| Some((cell, fit?))).collect();
                Kind::Projected { square_metres: metres * metres, cells }
            }
        };
        Ok(Self { kind })
    }

    /// Square metres in the plane for one square unit; none when the CRS has no plane.
    #[must_use]
    pub fn planar(&self) -> Option<f64> {
        match self.kind {
            Kind::Plane => Some(1.0),
            Kind::Geographic { .. } => None,
            Kind::Projected { square_metres, .. } => Some(square_metres),
        }
    }

    /// Longest side of a window across which a quadratic says enough about the scale, and sums over which
    /// keep enough digits.
    pub(crate) fn longest_window(&self) -> f64 {
        match self.kind {
            Kind::Geographic { degrees, .. } => 0.0625 / degrees,
            // Nearly all patches are smaller, and rounding stays below 10⁻⁶ m² along a shore of any length.
            Kind::Plane | Kind::Projected { .. } => 8_192.0,
        }
    }

    /// How far windows must be cut.
    pub(crate) fn cut(&self) -> Cut {
        if matches!(self.kind, Kind::Plane) { Cut::AsItPays } else { Cut::Fine }
    }

    /// The scale about a place. Where it was not fitted, because nothing lies there or the place has no
    /// longitude and latitude, the nearest fit is extended.
    pub(crate) fn near(&self, place: Position) -> Local {
        match &self.kind {
            Kind::Plane => Local { value: 1.0, x: 0.0, y: 0.0, xx: 0.0, xy: 0.0, yy: 0.0 },
            Kind::Geographic { ellipsoid, degrees } => geographic(*ellipsoid, *degrees, place[1]),
            Kind::Projected { square_metres, cells } => {
                let cell = cell_of(place);
                if let Some(fit) = cells.get(&cell) {
                    return evaluate(fit, cell, place);
                }
                let distance = |other: &(i32, i32)| {
                    let [dx, dy] =
                        [i64::from(other.0) - i64::from(cell.0), i64::from(other.1) - i64::from(cell.1)];
                    dx.abs().max(dy.abs())
                };
                // A polynomial says nothing far from its cell; there its edge must do.
                match cells.iter().min_by_key(|(other, _)| distance(other)) {
                    Some((other, fit)) => evaluate(fit, *other, into_cell(*other, place)),
                    None => Local { value: *square_metres, x: 0.0, y: 0.0, xx: 0.0, xy: 0.0, yy: 0.0 },
                }
            }
        }
    }

    /// Integral of the scale over a box of any size.
    pub(crate) fn over_box(&self, extent: &Extent) -> f64 {
        match &self.kind {
            Kind::Plane => extent.width() * extent.height(),
            Kind::Geographic { ellipsoid, degrees } => {
                let bands = (extent.height() * degrees).ceil().clamp(1.0, 360.0);
                let step = extent.height() / bands;
                let band = |k: f64| {
                    let middle = extent.min[1] + (k + 0.5) * step;
                    GAUSS
                        .iter()
                        .map(|[at, weight]| {
                            weight * geographic(*ellipsoid, *degrees, middle + at * step * 0.5).value
                        })
                        .sum::<f64>()
                };
                let sum: f64 = (0..bands as u32).map(|k| band(f64::from(k))).sum();
                sum * 0.5 * step * extent.width()
            }
            Kind::Projected { .. } => {
                let (from, to) = (cell_of(extent.min), cell_of(extent.max));
                let mut sum = 0.0;
                for cx in from.0..=to.0 {
                    for cy in from.1..=to.1 {
                        let corner = |c: (i32, i32)| [f64::from(c.0) * CELL, f64::from(c.1) * CELL];
                        let cell = Extent { min: corner((cx, cy)), max: corner((cx + 1, cy + 1)) };
                        let part = cell.intersection(*extent);
                        if !part.has_inside() {
                            continue;
                        }
                        let centre = part.centre();
                        for [u, of_u] in GAUSS {
                            for [v, of_v] in GAUSS {
                                let place =
                                    [centre[0] + u * part.width() * 0.5, centre[1] + v * part.height() * 0.5];
                                let area = part.width() * part.height() * 0.25;
                                sum += of_u * of_v * self.near(place).value * area;
                            }
                        }
                    }
                }
                sum
            }
        }
    }
}

/// Nodes and weights of the Gauss-Legendre rule of four nodes: exact for polynomials up to the seventh degree.
const GAUSS: [[f64; 2]; 4] = [
    [-0.861_136_311_594_052_6, 0.347_854_845_137_453_9],
    [-0.339_981_043_584_856_26, 0.652_145_154_862_546_1],
    [0.339_981_043_584_856_26, 0.652_145_154_862_546_1],
    [0.861_136_311_594_052_6, 0.347_854_845_137_453_9],
];

fn cell_of([x, y]: Position) -> (i32, i32) {
    // The clamp keeps the arithmetic whole; no place so far out has a longitude and latitude.
    let index = |value: f64| (value / CELL).floor().clamp(-1e9, 1e9) as i32;
    (index(x), index(y))
}

/// The place of a cell that is nearest to a place.
fn into_cell(cell: (i32, i32), [x, y]: Position) -> Position {
    let within = |value: f64, index: i32| value.clamp(f64::from(index) * CELL, f64::from(index + 1) * CELL);
    [within(x, cell.0), within(y, cell.1)]
}

/// Fits the cells in the boxes of the features of a layer. A cell that cannot be fitted is an error only where a vertex lies.
fn fit_layer<E: std::fmt::Display>(
    cells: &mut BTreeMap<(i32, i32), Option<Fit>>,
    ellipsoid: Ellipsoid,
    (number, layer): (usize, &LayerIndex<'_>),
    lon_lat: &mut impl FnMut(&mut [Position]) -> Result<(), E>,
) -> Result<(), ScaleError> {
    for row in 0..layer.polygons().len() {
        let extent = layer.extent(row);
        let (from, to) = (cell_of(extent.min), cell_of(extent.max));
        let along = |from: i32, to: i32| f64::from(to) - f64::from(from) + 1.0;
        let too_large = along(from.0, to.0) * along(from.1, to.1) > CELLS_A_FEATURE;
        let at = |[x, y]: Position, cause: String| ScaleError { x, y, layer: number, row, cause };
        let vertices = || layer.polygons().feature(row).rings().flatten().copied();
        let mut fit = |cell: (i32, i32)| -> Result<(), String> {
            match cells.entry(cell) {
                std::collections::btree_map::Entry::Occupied(slot) if slot.get().is_some() => Ok(()),
                std::collections::btree_map::Entry::Occupied(mut slot) => {
                    // It failed before, where no vertex was.
                    fit_cell(cell, ellipsoid, lon_lat).map(|fit| *slot.get_mut() = Some(fit))
                }
                std::collections::btree_map::Entry::Vacant(slot) => {
                    let (fit, result) = match fit_cell(cell, ellipsoid, lon_lat) {
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
            return Err(at(farthest, "the feature would be larger than a continent".to_owned()));
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

/// Refuses longitudes and latitudes that there are not; without that a slip of the pen would cost tiles around the globe.
fn on_the_globe(degrees: f64, (number, layer): (usize, &LayerIndex<'_>)) -> Result<(), ScaleError> {
    let globe = Extent { min: [-360.5, -90.5].map(|v| v / degrees), max: [360.5, 90.5].map(|v| v / degrees) };
    let outside = |p: &Position| !Extent::of(&[*p]).touches(&globe);
    for row in 0..layer.polygons().len() {
        let extent = layer.extent(row);
        if outside(&extent.min) || outside(&extent.max) {
            let place = layer.polygons().feature(row).rings().flatten().find(|p| outside(p));
            let [x, y] = place.copied().unwrap_or(extent.min);
            let cause = "latitudes end at 90 degrees, longitudes at 360".to_owned();
            return Err(ScaleError { x, y, layer: number, row, cause });
        }
    }
    Ok(())
}

/// Area element of the ellipsoid in square metres for one square unit of longitude and latitude.
fn geographic(ellipsoid: Ellipsoid, degrees: f64, latitude: f64) -> Local {
    let unit = degrees.to_radians();
    let e2 = ellipsoid.eccentricity_squared();
    let (s, c) = (latitude * unit).sin_cos();
    let d = 1.0 / (1.0 - e2 * s * s);
    let k = ellipsoid.semi_major * ellipsoid.semi_major * (1.0 - e2) * unit * unit;
    let value = k * c * d * d;
    let first = k * d * d * (-s + 4.0 * e2 * s * c * c * d);
    let second = k
        * d
        * d
        * (-c - 4.0 * e2 * s * s * c * d
            + 4.0 * e2 * (c * c * c - 2.0 * s * s * c) * d
            + 24.0 * e2 * e2 * s * s * c * c * c * d * d);
    Local { value, x: 0.0, y: first * unit, xx: 0.0, xy: 0.0, yy: second * unit * unit }
}

fn fit_cell<E: std::fmt::Display>(
    cell: (i32, i32),
    ellipsoid: Ellipsoid,
    lon_lat: &mut impl FnMut(&mut [Position]) -> Result<(), E>,
) -> Result<Fit, String> {
    let nodes: [f64; NODES] =
        std::array::from_fn(|k| (std::f64::consts::PI * (k as f64 + 0.5) / NODES as f64).cos());
    let centre = |index: i32| (f64::from(index) + 0.5) * CELL;
    let mut values = [[0.0; NODES]; NODES];
    for (row, &u) in values.iter_mut().zip(&nodes) {
        for (value, &v) in row.iter_mut().zip(&nodes) {
            let place = [centre(cell.0) + u * CELL * 0.5, centre(cell.1) + v * CELL * 0.5];
            *value = scale_at(place, ellipsoid, lon_lat)?;
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

/// The scale at one place, from the inverse projection by fourth-order central differences.
fn scale_at<E: std::fmt::Display>(
    [x, y]: Position,
    ellipsoid: Ellipsoid,
    lon_lat: &mut impl FnMut(&mut [Position]) -> Result<(), E>,
) -> Result<f64, String> {
    let mut at = [
        [x, y],
        [x - 2.0 * STEP, y],
        [x - STEP, y],
        [x + STEP, y],
        [x + 2.0 * STEP, y],
        [x, y - 2.0 * STEP],
        [x, y - STEP],
        [x, y + STEP],
        [x, y + 2.0 * STEP],
    ];
    lon_lat(&mut at).map_err(|cause| cause.to_string())?;
    if at.iter().flatten().any(|value| !value.is_finite()) {
        return Err("the result is not finite".to_owned());
    }
    let slope = |k: usize, axis: usize| {
        let d = |i: usize| at[k + i][axis] - at[0][axis];
        // Longitudes may wrap between two places.
        let wrap = |v: f64| {
            if v > 180.0 {
                v - 360.0
            } else if v < -180.0 {
                v + 360.0
            } else {
                v
            }
        };
        (8.0 * (wrap(d(2)) - wrap(d(1))) - (wrap(d(3)) - wrap(d(0)))) / (12.0 * STEP)
    };
    let jacobian = slope(1, 0) * slope(5, 1) - slope(5, 0) * slope(1, 1);
    Ok(jacobian.abs() * geographic(ellipsoid, 1.0, at[0][1]).value)
}

/// Rows: powers; columns: nodes. Solved by Gauss-Jordan; 6 Chebyshev nodes are well conditioned.
fn inverse_vandermonde(nodes: &[f64; NODES]) -> [[f64; NODES]; NODES] {
    let mut left: [[f64; NODES]; NODES] =
        std::array::from_fn(|k| std::array::from_fn(|power| nodes[k].powi(power as i32)));
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

fn evaluate(fit: &Fit, cell: (i32, i32), place: Position) -> Local {
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
    use super::*;

    #[test]
    fn the_closed_form_has_the_derivatives_it_claims() {
        let at = |latitude: f64| geographic(Ellipsoid::CGCS2000, 1.0, latitude);
        for latitude in [-60.0, 3.0, 31.8, 53.0] {
            let h = 1e-3;
            let (before, here, after) = (at(latitude - h), at(latitude), at(latitude + h));
            let first = (after.value - before.value) / (2.0 * h);
            let second = (after.y - before.y) / (2.0 * h);
            assert!((first / here.y - 1.0).abs() < 1e-7, "{latitude}: {first} {}", here.y);
            assert!((second / here.yy - 1.0).abs() < 1e-7, "{latitude}: {second} {}", here.yy);
        }
    }

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
        let cell = cell_of([500_000.0, 3_500_000.0]);
        let fit = fit_cell(cell, sphere, &mut lon_lat).expect("fit");
        for y in [3_480_000.0, 3_500_123.0, 3_531_000.0] {
            let found = evaluate(&fit, cell, [510_000.0, y]);
            let phi: f64 = y / 6_371_000.0;
            assert!((found.value / phi.cos() - 1.0).abs() < 1e-11, "{} {}", found.value, phi.cos());
            assert!((found.y / (-phi.sin() / 6_371_000.0) - 1.0).abs() < 1e-6);
            assert!(found.x.abs() < 1e-15);
        }
    }
}
