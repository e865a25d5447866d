//! Whether two definitions are one system: by code and by parameters, never by text.

use sanxian_model::{Crs, CrsKind};

use crate::crs::define::spatial_ref;
use crate::crs::parameters::same_parameters;

/// Whether coordinates of one system are coordinates of the other.
///
/// The same EPSG code says yes. Otherwise projection, its parameters, units, ellipsoid and datum are
/// compared, so a .prj without any code matches the code that it means.
#[must_use]
pub fn same_crs(a: &Crs, b: &Crs) -> bool {
    if matches!(a.kind, CrsKind::Plane) || matches!(b.kind, CrsKind::Plane) {
        return a.kind == b.kind;
    }
    if let (Some(a), Some(b)) = (a.epsg, b.epsg)
        && a == b
    {
        return true;
    }
    if a.wkt == b.wkt {
        return true;
    }
    let (Some(a), Some(b)) = (spatial_ref(a), spatial_ref(b)) else { return false };
    a == b || same_parameters(&a, &b)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crs::crs_from_user;

    const ESRI: &str = r#"PROJCS["CGCS2000_3_Degree_GK_CM_111E",GEOGCS["GCS_China_Geodetic_Coordinate_System_2000",DATUM["D_China_2000",SPHEROID["CGCS2000",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Gauss_Kruger"],PARAMETER["False_Easting",500000.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",111.0],PARAMETER["Scale_Factor",1.0],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]"#;

    fn crs(text: &str) -> Crs {
        crs_from_user(text).expect("a CRS")
    }

    #[test]
    fn a_prj_without_code_is_the_code_it_means() {
        assert_eq!(crs(ESRI).epsg, Some(4546));
        assert!(same_crs(&crs(ESRI), &crs("EPSG:4546")));
        let own_name =
            ESRI.replace("CGCS2000_3_Degree_GK_CM_111E", "商丘坐标").replace("D_China_2000", "D_CGCS_2000");
        assert_eq!(crs(&own_name).epsg, Some(4546));
        assert!(same_crs(&crs(&own_name), &crs("EPSG:4546")));
    }

    #[test]
    fn a_prj_of_another_country_is_found_too() {
        let lambert = r#"PROJCS["RGF93_Lambert_93",GEOGCS["GCS_RGF_1993",DATUM["D_RGF_1993",SPHEROID["GRS_1980",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Lambert_Conformal_Conic"],PARAMETER["False_Easting",700000.0],PARAMETER["False_Northing",6600000.0],PARAMETER["Central_Meridian",3.0],PARAMETER["Standard_Parallel_1",44.0],PARAMETER["Standard_Parallel_2",49.0],PARAMETER["Latitude_Of_Origin",46.5],UNIT["Meter",1.0]]"#;
        assert_eq!(crs(lambert).epsg, Some(2154));
    }

    #[test]
    fn other_parameters_are_another_system() {
        let shifted = ESRI.replace("111.0", "111.05");
        assert_eq!(crs(&shifted).epsg, None);
        for other in ["EPSG:4547", "EPSG:4525", "EPSG:4490", "EPSG:2370", shifted.as_str()] {
            assert!(!same_crs(&crs("EPSG:4546"), &crs(other)), "{other}");
        }
        assert!(!same_crs(&crs("EPSG:4490"), &crs("EPSG:4326")));
        assert!(!same_crs(&crs("EPSG:4490"), &crs("EPSG:4258")));
    }

    #[test]
    fn the_plane_is_only_itself() {
        assert!(same_crs(&Crs::plane(), &Crs::plane()));
        assert!(!same_crs(&Crs::plane(), &crs("EPSG:4546")));
    }
}
