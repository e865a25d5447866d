//! The CRS of a definition, under the code of the table where it is one of its systems.

use sanxian_model::{Crs, Ellipsoid};

use crate::crs::definition::Definition;
use crate::crs::error::DefinitionError;
use crate::crs::{registry, wkt_writer};

impl Definition {
    /// The CRS, under the code and the name of the table where its parameters are there.
    pub(super) fn into_crs(self, wkt: Option<String>) -> Result<Crs, DefinitionError> {
        if !self.unit.is_finite() || self.unit <= 0.0 {
            return Err(
                self.malformed("的坐标轴没有长度或角度单位", "has axes without a unit of length or angle")
            );
        }
        let Ellipsoid { semi_major, inverse_flattening } = self.base.ellipsoid;
        let figure = semi_major > 0.0 && (inverse_flattening == 0.0 || inverse_flattening > 2.0);
        if !figure || !semi_major.is_finite() {
            return Err(self.malformed("的椭球参数无效", "has an ellipsoid that is none"));
        }
        if let Some(listed) = self.epsg.and_then(registry::definition) {
            if !self.is(&listed) {
                return Err(DefinitionError::Contradictory {
                    name: self.name,
                    code: listed.epsg.unwrap_or(0),
                });
            }
            return Ok(listed.bare_crs(None));
        }
        if self.epsg.is_none()
            && let Some(listed) = registry::find(&self)
        {
            return Ok(listed.bare_crs(None));
        }
        Ok(self.bare_crs(wkt))
    }

    /// The CRS as it is defined.
    pub(super) fn bare_crs(self, wkt: Option<String>) -> Crs {
        let name = match self.epsg {
            Some(code) => format!("EPSG:{code} {}", self.name),
            None => self.name.clone(),
        };
        Crs {
            name,
            epsg: self.epsg,
            wkt: wkt.unwrap_or_else(|| wkt_writer::write(&self)),
            kind: self.kind(),
            ellipsoid: self.base.ellipsoid,
            projection: self.projection(),
        }
    }
}
