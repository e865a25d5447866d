//! Is a CRS that is understood without PROJ the one that GDAL and PROJ read?

use gdal::spatial_ref::SpatialRef;
use proptest::prelude::*;
use sanxian_io::crs_from_user;
use sanxian_layer::crs::{codes, from_epsg, from_projjson, from_text, from_wkt, same_crs};
use sanxian_model::{Crs, CrsKind, Projection};

/// All but the WKT, which each side writes in its own words.
fn without_wkt(crs: Crs) -> Crs {
    Crs { wkt: String::new(), ..crs }
}

fn by_gdal(text: &str) -> Crs {
    crs_from_user(text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

#[test]
fn every_code_of_the_table_is_what_proj_says() {
    let mut count = 0;
    for code in codes() {
        let own = from_epsg(code).expect("in the table");
        let gdal = by_gdal(&format!("EPSG:{code}"));
        assert_eq!(without_wkt(own.clone()), without_wkt(gdal.clone()));
        // Its WKT is the same system to GDAL, with the code and without it.
        let bare = own.wkt.replace(&format!(",ID[\"EPSG\",{code}]"), "");
        for wkt in [&own.wkt, &bare] {
            let read = by_gdal(wkt);
            assert_eq!(read.projection, gdal.projection, "{wkt}");
            assert!(sanxian_io::same_crs(&read, &gdal), "{wkt}");
        }
        assert!(same_crs(&own, &gdal) && sanxian_io::same_crs(&own, &gdal), "{code}");
        count += 1;
    }
    assert_eq!(count, 186);
}

#[test]
fn every_dialect_of_gdal_is_understood() {
    for code in codes() {
        let expected = from_epsg(code).expect("in the table");
        let srs = SpatialRef::from_epsg(code).expect("PROJ has it");
        let projjson = srs.to_projjson().expect("PROJJSON");
        let esri = srs.clone();
        esri.morph_to_esri().expect("ESRI");
        for text in [srs.to_wkt(), srs.to_pretty_wkt(), Ok(projjson.clone()), esri.to_wkt()] {
            let text = text.expect("a definition");
            assert_eq!(without_wkt(from_text(&text).expect(&text)), without_wkt(expected.clone()), "{text}");
        }
        let mut bare: serde_json::Value = serde_json::from_str(&projjson).expect("JSON");
        bare.as_object_mut().expect("an object").remove("id");
        assert_eq!(from_projjson(&bare).expect("complete"), expected, "{code} without its code");
    }
}

/// The numbers of a CRS.
fn numbers(crs: &Crs) -> Vec<f64> {
    let unit = match crs.kind {
        CrsKind::Projected { metres } => metres,
        CrsKind::Geographic { degrees } => -degrees,
        CrsKind::Plane => 0.0,
    };
    let mut numbers = vec![unit, crs.ellipsoid.semi_major, crs.ellipsoid.inverse_flattening];
    if let Projection::TransverseMercator(tm) = crs.projection {
        numbers.extend([tm.latitude_of_origin, tm.central_meridian, tm.scale_factor]);
        numbers.extend([tm.false_easting, tm.false_northing]);
    }
    numbers
}

#[test]
fn systems_that_are_not_in_the_table_are_read_alike() {
    // Xian 1980 and Beijing 1954, feet, grads from Paris, other methods.
    for code in [2334, 2434, 2236, 4807, 27561, 2154, 3857, 28992, 4258, 2053, 4214, 31370] {
        let gdal = by_gdal(&format!("EPSG:{code}"));
        let srs = SpatialRef::from_epsg(code).expect("PROJ has it");
        for text in [srs.to_projjson(), srs.to_wkt()] {
            let text = text.expect("a definition");
            let own = from_text(&text).expect(&text);
            assert_eq!((&own.name, own.epsg), (&gdal.name, gdal.epsg), "{text}");
            // Definitions spell a foot or a radian with different numbers of digits.
            for (found, expected) in numbers(&own).into_iter().zip(numbers(&gdal)) {
                assert!((found - expected).abs() <= 1e-9 * expected.abs(), "{found} {expected} {text}");
            }
            assert_eq!(std::mem::discriminant(&own.projection), std::mem::discriminant(&gdal.projection));
            assert!(sanxian_io::same_crs(&by_gdal(&own.wkt), &gdal), "{}", own.wkt);
        }
    }
}

#[test]
fn heights_are_dropped_as_gdal_drops_them() {
    for text in ["EPSG:4480", "EPSG:4979", "EPSG:4546+5737"] {
        let gdal = by_gdal(text);
        let srs = SpatialRef::from_definition(text).expect("PROJ has it");
        let own = from_text(&srs.to_projjson().expect("PROJJSON")).expect(text);
        assert_eq!(without_wkt(own), without_wkt(gdal), "{text}");
    }
}

#[test]
fn the_same_pairs_are_the_same_system() {
    let systems = [4546, 4547, 4525, 4508, 4497, 4490, 4326, 4258, 32650, 32750, 2154, 2334]
        .map(|code| by_gdal(&format!("EPSG:{code}")));
    for a in &systems {
        for b in &systems {
            assert_eq!(same_crs(a, b), sanxian_io::same_crs(a, b), "{} and {}", a.name, b.name);
            // The code of one side alone must not decide.
            let bare = Crs { epsg: None, ..b.clone() };
            assert_eq!(same_crs(a, &bare), sanxian_io::same_crs(a, b), "{} and {} bare", a.name, b.name);
        }
    }
}

proptest! {
    #[test]
    fn a_broken_definition_is_an_error_and_no_panic(code in prop::sample::select(vec![4546_u32, 4490, 32750]), at in 0.0..1.0, length in 0_usize..40) {
        let srs = SpatialRef::from_epsg(code).expect("PROJ has it");
        for text in [srs.to_wkt(), srs.to_projjson(), from_epsg(code).map(|crs| crs.wkt).or(srs.to_wkt())] {
            let letters: Vec<char> = text.expect("a definition").chars().collect();
            let from = (letters.len() as f64 * at) as usize;
            let broken: String = letters.iter().take(from).chain(letters.iter().skip(from + length)).collect();
            let _ = from_text(&broken);
            let _ = from_wkt(&broken);
        }
    }
}
