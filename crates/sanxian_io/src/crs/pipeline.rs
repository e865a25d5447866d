//! One PROJ operation, found once for a pair of systems and then applied to any number of positions.
//!
//! Between two systems PROJ may know several operations and choose anew for each position. Here the choice is
//! made once, at the middle of the data, so that every position takes the same way and the report can name it.

use std::cell::RefCell;

use proj::Proj;
use sanxian_model::{Crs, Position};

use crate::crs::CrsError;

/// An operation as a PROJ pipeline, x east and y north on both sides, degrees for angles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Pipeline {
    definition: String,
    /// Whether the datums are taken for one another.
    one_for_the_other: bool,
}

thread_local! {
    /// The operation that this thread used last: a `Proj` belongs to its thread and costs a search to make.
    static LAST: RefCell<Option<(String, Proj)>> = const { RefCell::new(None) };
}

impl Pipeline {
    /// The operation from one system to the other, as it applies at `middle`.
    ///
    /// # Errors
    /// [`CrsError::NoExactTransform`] when PROJ only knows to take one datum for the other and the two may be
    /// far apart, [`CrsError::Failed`] when it knows nothing.
    pub(crate) fn between(from: &Crs, to: &Crs, middle: Position) -> Result<Self, CrsError> {
        let pipeline = Self::search(&definition(from), &definition(to), middle);
        match pipeline {
            Ok((definition, description)) => {
                let one_for_the_other = description.contains("Ballpark");
                if one_for_the_other && !(is_earth_centred(from) && is_earth_centred(to)) {
                    return Err(CrsError::NoExactTransform { from: from.name.clone(), to: to.name.clone() });
                }
                Ok(Self { definition, one_for_the_other })
            }
            Err(reason) => Err(CrsError::Failed {
                from: from.name.clone(),
                to: to.name.as_str().into(),
                reason: reason.into(),
            }),
        }
    }

    /// Definition and description of the operation that PROJ takes at a position.
    pub(crate) fn search(from: &str, to: &str, at: Position) -> Result<(String, String), String> {
        let proj = Proj::new_known_crs(from, to, None).map_err(|error| error.to_string())?;
        // The choice among several operations is made on first use.
        let wanted = proj.convert((at[0], at[1])).map_err(|error| error.to_string())?;
        let info = proj.proj_info();
        let definition = info.definition.filter(|text| !text.is_empty()).ok_or("PROJ names no operation")?;
        let again = Proj::new(&definition).map_err(|error| error.to_string())?;
        let found = again.convert((at[0], at[1])).map_err(|error| error.to_string())?;
        let close = |a: f64, b: f64| (a - b).abs() <= 1e-9 * a.abs().max(1.0);
        if !(close(wanted.0, found.0) && close(wanted.1, found.1)) {
            return Err(format!("PROJ's operation `{definition}` does not repeat"));
        }
        Ok((definition, info.description.unwrap_or_default()))
    }

    /// A pipeline by its definition.
    pub(crate) fn from_definition(definition: String) -> Self {
        Self { definition, one_for_the_other: false }
    }

    /// The operation in PROJ's words, for the report.
    pub(crate) fn told(&self) -> String {
        let remark =
            if self.one_for_the_other { " (datums taken as equal: they agree to about a metre)" } else { "" };
        format!("{}{remark}", self.definition)
    }

    /// Moves positions.
    ///
    /// # Errors
    /// PROJ's words for a position that the operation does not reach.
    pub(crate) fn apply(&self, positions: &mut [Position]) -> Result<(), String> {
        LAST.with_borrow_mut(|last| {
            if last.as_ref().is_none_or(|(definition, _)| *definition != self.definition) {
                let proj = Proj::new(&self.definition).map_err(|error| error.to_string())?;
                *last = Some((self.definition.clone(), proj));
            }
            let (_, proj) = last.as_ref().expect("it was filled above");
            // PROJ takes four numbers a position; a buffer that stays in the cache is faster than one of all.
            let mut buffer: Vec<(f64, f64)> = Vec::with_capacity(positions.len().min(AT_ONCE));
            for chunk in positions.chunks_mut(AT_ONCE) {
                buffer.clear();
                buffer.extend(chunk.iter().map(|&[x, y]| (x, y)));
                proj.convert_array(&mut buffer).map_err(|error| error.to_string())?;
                for (position, &(x, y)) in chunk.iter_mut().zip(&buffer) {
                    if !(x.is_finite() && y.is_finite()) {
                        return Err(format!("({}, {}) is out of reach", position[0], position[1]));
                    }
                    *position = [x, y];
                }
            }
            Ok(())
        })
    }
}

const AT_ONCE: usize = 2048;

/// Whether the datum is one of those that satellites made: CGCS2000, WGS 84, ITRF, ETRS89 and the like share
/// centre and figure of the earth and agree to about a metre. EPSG lists no operation between most of them.
fn is_earth_centred(crs: &Crs) -> bool {
    let figure = crs.ellipsoid;
    (figure.semi_major - 6_378_137.0).abs() < 1e-6
        && (298.257_22..298.257_23).contains(&figure.inverse_flattening)
}

/// What PROJ is told about a system: its code, or the whole definition.
pub(crate) fn definition(crs: &Crs) -> String {
    crs.epsg.map_or_else(|| crs.wkt.clone(), |code| format!("EPSG:{code}"))
}
