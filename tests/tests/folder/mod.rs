//! A folder with a small plan and a redline, for tests of what the built program does with files.
#![allow(dead_code, unreachable_pub, reason = "each test file uses its own part")]

use std::fs;
use std::path::PathBuf;

use gdal::DriverManager;
use gdal::spatial_ref::SpatialRef;
use gdal::vector::{Geometry, LayerAccess, LayerOptions, OGRFieldType, OGRwkbGeometryType};
use sanxian_tests::{Sanxian, sanxian};
use serde_json::Value;

/// A spot in EPSG:4546.
pub const CORNER: [f64; 2] = [480_000.0, 3_790_000.0];

/// A folder with a plan of one square and a redline that takes half of it.
pub struct Folder(pub tempfile::TempDir);

/// A ring whose points are counted from the corner.
pub fn ring(points: &[[f64; 2]]) -> String {
    let points: Vec<String> =
        points.iter().map(|[x, y]| format!("[{:?},{:?}]", CORNER[0] + x, CORNER[1] + y)).collect();
    format!(r#"{{"type":"Polygon","coordinates":[[{}]]}}"#, points.join(","))
}

/// A square of 10 m, so many metres east of the corner.
pub fn square(east: f64) -> String {
    ring(&[[east, 0.0], [east + 10.0, 0.0], [east + 10.0, 10.0], [east, 10.0], [east, 0.0]])
}

/// Two triangles of 25 m² that touch in a point, drawn as one ring.
pub fn bow_tie(east: f64) -> String {
    ring(&[[east, 0.0], [east + 10.0, 10.0], [east + 10.0, 0.0], [east, 10.0], [east, 0.0]])
}

/// Features of urban housing with the identifiers A0, A1 ..., and the CRS when one is given.
pub fn collection(geometries: &[String], crs: Option<u32>) -> String {
    let features: Vec<String> = geometries
        .iter()
        .enumerate()
        .map(|(row, geometry)| {
            let properties =
                format!(r#"{{"BSM":"A{row}","MC":"小区{row}","YDYHFLDM":"0701","ZRBHDFQ":"一般控制区"}}"#);
            format!(r#"{{"type":"Feature","properties":{properties},"geometry":{geometry}}}"#)
        })
        .collect();
    let crs = crs.map_or(String::new(), |code| {
        format!(r#""crs":{{"type":"name","properties":{{"name":"urn:ogc:def:crs:EPSG::{code}"}}}},"#)
    });
    format!(r#"{{"type":"FeatureCollection",{crs}"features":[{}]}}"#, features.join(","))
}

impl Folder {
    pub fn new() -> Self {
        let folder = Self(tempfile::tempdir().expect("a folder"));
        folder.features("plan.geojson", &[square(0.0)]);
        folder.features("redline.geojson", &[square(5.0)]);
        folder
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        fs::write(self.path(name), bytes).expect("a file");
    }

    pub fn features(&self, name: &str, geometries: &[String]) {
        self.write(name, collection(geometries, Some(4546)));
    }

    pub fn sanxian(&self, words: &[&str]) -> Sanxian {
        sanxian(words).folder(self.0.path())
    }

    /// `check` of a plan against a redline.
    pub fn check(&self, plan: &str, redline: &str) -> Sanxian {
        self.sanxian(&["check", plan, "--redline", redline])
    }

    /// The same as JSON, ending with this code.
    pub fn report(&self, plan: &str, redline: &str, code: i32) -> Value {
        self.check(plan, redline).args(["--output-format", "json"]).ends(code).json()
    }

    /// Everything in the folder with its bytes.
    pub fn contents(&self) -> Vec<(String, Vec<u8>)> {
        let entries = fs::read_dir(self.0.path()).expect("a folder").map(|entry| entry.expect("an entry"));
        let mut contents: Vec<_> = entries
            .filter(|entry| entry.path().is_file())
            .map(|entry| {
                (entry.file_name().to_string_lossy().into_owned(), fs::read(entry.path()).expect("a file"))
            })
            .collect();
        contents.sort();
        contents
    }

    /// The bytes of every file that GDAL wrote under this name, cut or changed by `spoil`.
    pub fn spoil(&self, name: &str, spoil: impl Fn(&mut Vec<u8>)) {
        let mut bytes = fs::read(self.path(name)).expect("a file");
        spoil(&mut bytes);
        self.write(name, bytes);
    }

    /// Writes polygons by GDAL, as some other program would.
    pub fn gdal(&self, driver: &str, name: &str, options: &[&str], polygons: Vec<Geometry>) {
        let path = self.path(name);
        let driver = DriverManager::get_driver_by_name(driver).expect("a driver");
        let mut dataset = driver.create_vector_only(&path).expect("a data set");
        let crs = SpatialRef::from_epsg(4546).expect("a CRS");
        let layer = dataset
            .create_layer(LayerOptions {
                name: "plan",
                srs: Some(&crs),
                ty: OGRwkbGeometryType::wkbPolygon,
                options: Some(options),
            })
            .expect("a layer");
        layer
            .create_defn_fields(&[
                ("BSM", OGRFieldType::OFTString),
                ("名称", OGRFieldType::OFTString),
                ("YDYHFLDM", OGRFieldType::OFTString),
            ])
            .expect("columns");
        for (row, polygon) in polygons.into_iter().enumerate() {
            let mut feature = gdal::vector::Feature::new(layer.defn()).expect("a feature");
            feature.set_geometry(polygon).expect("a geometry");
            for (column, text) in
                [format!("A{row}"), format!("沁河小区{row}"), "0701".to_owned()].iter().enumerate()
            {
                feature.set_field_string(column, text).expect("a cell");
            }
            feature.create(&layer).expect("a feature");
        }
    }
}

/// A polygon of one ring, of any coordinates.
pub fn polygon(points: &[[f64; 2]]) -> Geometry {
    let mut wkb = vec![1_u8];
    for count in [3_u32, 1, points.len() as u32] {
        wkb.extend(count.to_le_bytes());
    }
    points.iter().flatten().for_each(|number| wkb.extend(number.to_le_bytes()));
    Geometry::from_wkb(&wkb).expect("well-known binary")
}

pub fn box_at(east: f64) -> [[f64; 2]; 5] {
    let [x, y] = [CORNER[0] + east, CORNER[1]];
    [[x, y], [x + 10.0, y], [x + 10.0, y + 10.0], [x, y + 10.0], [x, y]]
}
