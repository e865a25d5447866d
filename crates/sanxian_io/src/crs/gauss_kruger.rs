//! A Gauss-Kruger zone: which one a CRS is.

use gdal::spatial_ref::SpatialRef;

/// A transverse Mercator projection of scale one on the equator, as Gauss-Kruger zones are.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct GaussKruger {
    /// Central meridian in degrees east.
    pub(crate) meridian: f64,
    /// False easting in metres.
    pub(crate) false_easting: f64,
}

impl GaussKruger {
    /// The zone of a definition; none when it is another projection.
    pub(crate) fn of(srs: &SpatialRef) -> Option<Self> {
        let projection = srs.get_attr_value("PROJECTION", 0).ok().flatten()?;
        if !matches!(projection.as_str(), "Transverse_Mercator" | "Gauss_Kruger") {
            return None;
        }
        let number = |name: &str| srs.get_proj_param(name).ok().flatten();
        let plain = (number("scale_factor").unwrap_or(1.0) - 1.0).abs() < 1e-12
            && number("latitude_of_origin").unwrap_or(0.0).abs() < 1e-12
            && number("false_northing").unwrap_or(0.0).abs() < 1e-6
            && (srs.linear_units() - 1.0).abs() < 1e-12;
        plain.then_some(Self {
            meridian: number("central_meridian")?,
            false_easting: number("false_easting")?,
        })
    }

    /// The zone number that stands in front of the eastings; none when there is no number.
    pub(crate) fn prefix(self) -> Option<u32> {
        let rest = self.false_easting - 500_000.0;
        let number = (rest / 1e6).round();
        (number >= 1.0 && (rest - number * 1e6).abs() < 1e-6).then_some(number as u32)
    }

    /// Whether the eastings come without a zone number.
    pub(crate) fn has_no_prefix(self) -> bool {
        (self.false_easting - 500_000.0).abs() < 1e-6
    }

    /// The EPSG code of these parameters on CGCS2000.
    pub(crate) fn epsg_cgcs2000(self) -> Option<u32> {
        let meridian = self.meridian.round();
        if (meridian - self.meridian).abs() > 1e-9 {
            return None;
        }
        let meridian = meridian as i64;
        let three = (meridian % 3 == 0 && (75..=135).contains(&meridian)).then_some(meridian / 3);
        let six = (meridian % 6 == 3 && (75..=135).contains(&meridian)).then_some((meridian + 3) / 6);
        match self.prefix() {
            Some(prefix) if three == Some(i64::from(prefix)) => Some(4488 + prefix),
            Some(prefix) if six == Some(i64::from(prefix)) => Some(4478 + prefix),
            None if self.has_no_prefix() => three.map(|zone| 4509 + zone as u32),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zone_of(code: u32) -> GaussKruger {
        GaussKruger::of(&SpatialRef::from_epsg(code).expect("a code")).expect("a zone")
    }

    #[test]
    fn codes_follow_from_meridian_and_number() {
        for code in (4491..=4501).chain(4513..=4554) {
            let zone = zone_of(code);
            assert_eq!(zone.epsg_cgcs2000(), Some(code), "{zone:?}");
        }
        // 6-degree zones by meridian cannot be told from 3-degree zones by meridian: same numbers.
        assert_eq!(zone_of(4509).epsg_cgcs2000(), Some(4548));
    }
}
