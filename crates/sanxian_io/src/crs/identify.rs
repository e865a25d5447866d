//! The EPSG code of a definition that does not carry one, as the .prj of a Shapefile never does.

use std::ffi::c_int;

use gdal::spatial_ref::SpatialRef;

use crate::crs::datum::is_cgcs2000;
use crate::crs::gauss_kruger::GaussKruger;
use crate::crs::parameters::same_parameters;

/// The definition without heights: EPSG's three-dimensional and compound systems have the same two
/// horizontal axes as their two-dimensional counterparts.
pub(crate) fn flat(srs: SpatialRef) -> SpatialRef {
    #[expect(unsafe_code, reason = "the gdal crate has no call to drop the vertical part")]
    // SAFETY: the handle is alive and owned by `srs`; both calls change the definition in place and do
    // nothing to one that is flat already.
    unsafe {
        if srs.is_compound() {
            gdal_sys::OSRStripVertical(srs.to_c_hsrs());
        }
        gdal_sys::OSRDemoteTo2D(srs.to_c_hsrs(), std::ptr::null());
    }
    srs
}

/// The EPSG code, by the definition's own word or by its parameters.
pub(crate) fn epsg(srs: &SpatialRef) -> Option<u32> {
    if srs.auth_name().is_some_and(|name| name == "EPSG")
        && let Ok(code) = srs.auth_code()
    {
        return u32::try_from(code).ok();
    }
    by_match(srs).or_else(|| by_match(&without_code(srs)?)).or_else(|| by_zone(srs))
}

/// The definition without the code of another registry, under which GDAL would find nothing else.
fn without_code(srs: &SpatialRef) -> Option<SpatialRef> {
    srs.auth_name()?;
    let bare = srs.clone();
    bare.morph_to_esri().ok()?;
    SpatialRef::from_wkt(&bare.to_wkt().ok()?).ok()
}

/// GDAL's own search. It gives the confidence in per cent: 90 and more mean the same parameters and, but for
/// the spelling, the same names; 70 means the same parameters under other names.
fn by_match(srs: &SpatialRef) -> Option<u32> {
    let code_of = |found: &SpatialRef| {
        let of_epsg = found.auth_name().is_some_and(|name| name == "EPSG");
        if of_epsg { found.auth_code().ok().and_then(|code| u32::try_from(code).ok()) } else { None }
    };
    matches(srs)
        .iter()
        .filter(|(confidence, found)| *confidence >= 90 || *confidence >= 70 && same_parameters(srs, found))
        .find_map(|(_, found)| code_of(found))
}

/// The candidates of the search, the most likely first. Other registries hold some of EPSG's systems too.
fn matches(srs: &SpatialRef) -> Vec<(c_int, SpatialRef)> {
    let mut count: c_int = 0;
    let mut confidence: *mut c_int = std::ptr::null_mut();
    let mut found = Vec::new();
    #[expect(unsafe_code, reason = "the gdal crate has no call for this search")]
    // SAFETY: the handle is alive. GDAL allocates both arrays, `count` entries each, or returns null; each
    // entry is read, and each handle cloned, before the arrays are freed.
    unsafe {
        let array = gdal_sys::OSRFindMatches(
            srs.to_c_hsrs(),
            std::ptr::null_mut(),
            &raw mut count,
            &raw mut confidence,
        );
        if !array.is_null() && !confidence.is_null() {
            for index in 0..usize::try_from(count).unwrap_or(0) {
                if let Ok(candidate) = SpatialRef::from_c_obj(*array.add(index)) {
                    found.push((*confidence.add(index), candidate));
                }
            }
        }
        if !array.is_null() {
            gdal_sys::OSRFreeSRSArray(array);
        }
        gdal_sys::VSIFree(confidence.cast());
    }
    found
}

/// A Gauss-Kruger zone of CGCS2000 under a name of somebody's own.
fn by_zone(srs: &SpatialRef) -> Option<u32> {
    if !is_cgcs2000(srs) {
        return None;
    }
    if srs.is_geographic() {
        return (srs.angular_units().to_degrees() - 1.0).abs().lt(&1e-12).then_some(4490);
    }
    GaussKruger::of(srs)?.epsg_cgcs2000()
}
