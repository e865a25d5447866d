//! A CRS from what a person or a file writes.

use sanxian_model::Crs;

use crate::crs::error::{DefinitionError, not_understood};
use crate::crs::{from_epsg, from_projjson, from_wkt};

/// The CRS that a text names: `EPSG:4546`, a bare `4546`, the same as a URN or an address of OGC, `OGC:CRS84`, PROJJSON, WKT, or
/// `none` for bare plane coordinates in metres.
///
/// ```
/// # extern crate sanxian_layer as sanxian;
/// use sanxian::crs::from_text;
///
/// let crs = from_text("EPSG:4546")?;
/// assert_eq!(crs.epsg, Some(4546));
/// assert_eq!(from_text("4546")?, crs);
/// assert_eq!(from_text("urn:ogc:def:crs:EPSG::4546")?, crs);
/// assert_eq!(from_text(&crs.wkt)?, crs);
/// # Ok::<(), sanxian::crs::DefinitionError>(())
/// ```
///
/// # Errors
/// [`DefinitionError`], when the text names none, or one that is not in the table or has no easting and northing.
pub fn from_text(text: &str) -> Result<Crs, DefinitionError> {
    let plain = text.trim();
    if plain.eq_ignore_ascii_case("none") {
        return Ok(Crs::plane());
    }
    if plain.starts_with('{') {
        let definition: serde_json::Value =
            serde_json::from_str(plain).ok().ok_or_else(|| not_understood(text))?;
        return from_projjson(&definition);
    }
    if plain.contains('[') {
        return from_wkt(plain);
    }
    let upper = plain.to_ascii_uppercase();
    if matches!(upper.as_str(), "OGC:CRS84" | "URN:OGC:DEF:CRS:OGC:1.3:CRS84" | "CRS:84") {
        return from_epsg(4326);
    }
    let address = ["HTTP://WWW.OPENGIS.NET/DEF/CRS/EPSG/", "HTTPS://WWW.OPENGIS.NET/DEF/CRS/EPSG/"]
        .into_iter()
        .find_map(|start| upper.strip_prefix(start))
        .and_then(|rest| rest.rsplit('/').next());
    // A URN may have a version between the registry and the code.
    let urn = upper.strip_prefix("URN:OGC:DEF:CRS:EPSG:").and_then(|rest| rest.rsplit(':').next());
    let code = address.or(urn).or(upper.strip_prefix("EPSG:")).unwrap_or(&upper);
    match code.trim().parse() {
        Ok(code) => from_epsg(code),
        Err(_) => Err(not_understood(text)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_may_be_written_in_many_ways() {
        for text in [
            "4546",
            " EPSG:4546 ",
            "epsg: 4546",
            "urn:ogc:def:crs:EPSG:9.8:4546",
            "http://www.opengis.net/def/crs/EPSG/0/4546",
        ] {
            assert_eq!(from_text(text).map(|crs| crs.epsg), Ok(Some(4546)), "{text}");
        }
        assert_eq!(from_text("OGC:CRS84").map(|crs| crs.epsg), Ok(Some(4326)));
        assert_eq!(from_text("None"), Ok(Crs::plane()));
    }

    #[test]
    fn what_is_no_crs_says_what_to_write() {
        for text in ["", "CGCS2000", "EPSG:", "{\"type\":", "+proj=tmerc +lon_0=111", "-4546"] {
            let error = from_text(text).expect_err(text);
            assert!(matches!(error, DefinitionError::NotUnderstood { .. }), "{text}: {error}");
            assert!(error.to_string().contains("do:"), "{error}");
        }
        let error = from_text("EPSG:2334").expect_err("not in the table");
        assert!(error.to_string().starts_with("EPSG:2334 is not known without PROJ"), "{error}");
        let long = "公".repeat(100);
        assert!(not_understood(&long).to_string().contains('…'));
    }
}
