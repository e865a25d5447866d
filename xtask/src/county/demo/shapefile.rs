//! A Shapefile as many offices still deliver it: names in GBK, no `.cpg`, no language byte.
//!
//! Written here byte by byte, because a good writer must not make such a file. Layout after ESRI's white
//! paper of July 1998 and the dBASE III header.

use std::path::Path;

use anyhow::{Context, Result, ensure};
use arrow_array::{Array, Float64Array, StringArray};

use super::super::write::MadeLayer;

/// EPSG:4546 as ESRI's software writes it; there is no authority code in it.
const PRJ: &str = concat!(
    r#"PROJCS["CGCS2000_3_Degree_GK_CM_111E",GEOGCS["GCS_China_Geodetic_Coordinate_System_2000","#,
    r#"DATUM["D_China_2000",SPHEROID["CGCS2000",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],"#,
    r#"UNIT["Degree",0.0174532925199433]],PROJECTION["Gauss_Kruger"],PARAMETER["False_Easting",500000.0],"#,
    r#"PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",111.0],PARAMETER["Scale_Factor",1.0],"#,
    r#"PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]"#
);

/// Writes `stem.shp`, `.shx`, `.dbf` and `.prj`.
pub(super) fn write(folder: &Path, stem: &str, layer: &MadeLayer) -> Result<()> {
    let (shp, shx) = shapes(layer);
    let dbf = table(layer)?;
    for (extension, bytes) in [("shp", &shp), ("shx", &shx), ("dbf", &dbf), ("prj", &PRJ.as_bytes().to_vec())]
    {
        let path = folder.join(format!("{stem}.{extension}"));
        std::fs::write(&path, bytes).with_context(|| format!("cannot write {}", path.display()))?;
    }
    Ok(())
}

/// The main file and its index.
fn shapes(layer: &MadeLayer) -> (Vec<u8>, Vec<u8>) {
    const POLYGON: i32 = 5;
    let mut records = Vec::new();
    let mut index = Vec::new();
    let mut all = Box::empty();
    for feature in layer.polygons.iter() {
        let mut content = Vec::new();
        content.extend(POLYGON.to_le_bytes());
        let mut own = Box::empty();
        feature.rings().flatten().for_each(|&position| own.add(position));
        own.corners().iter().for_each(|&corner| all.add(corner));
        content.extend(own.bytes());
        let points: usize = feature.rings().map(<[_]>::len).sum();
        content.extend((feature.rings().len() as i32).to_le_bytes());
        content.extend((points as i32).to_le_bytes());
        let mut start = 0_i32;
        for ring in feature.rings() {
            content.extend(start.to_le_bytes());
            start += ring.len() as i32;
        }
        // This format has its exteriors clockwise; ours are the other way round.
        for position in feature.rings().flat_map(|ring| ring.iter().rev()) {
            content.extend(position[0].to_le_bytes());
            content.extend(position[1].to_le_bytes());
        }
        let words = (content.len() / 2) as i32;
        index.extend((50 + records.len() as i32 / 2).to_be_bytes());
        index.extend(words.to_be_bytes());
        records.extend((feature.row() as i32 + 1).to_be_bytes());
        records.extend(words.to_be_bytes());
        records.extend(content);
    }
    let file = |body: &[u8]| {
        let mut file = Vec::with_capacity(100 + body.len());
        file.extend(9994_i32.to_be_bytes());
        file.extend([0; 20]);
        file.extend((50 + body.len() as i32 / 2).to_be_bytes());
        file.extend(1000_i32.to_le_bytes());
        file.extend(POLYGON.to_le_bytes());
        file.extend(all.bytes());
        file.extend([0; 32]);
        file.extend(body);
        file
    };
    (file(&records), file(&index))
}

/// West, south, east, north.
#[derive(Debug, Clone, Copy)]
struct Box([f64; 4]);

impl Box {
    fn empty() -> Self {
        Self([f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY])
    }

    fn add(&mut self, [x, y]: [f64; 2]) {
        let Self([west, south, east, north]) = *self;
        *self = Self([west.min(x), south.min(y), east.max(x), north.max(y)]);
    }

    fn corners(self) -> [[f64; 2]; 2] {
        let Self([west, south, east, north]) = self;
        [[west, south], [east, north]]
    }

    fn bytes(self) -> Vec<u8> {
        self.0.iter().flat_map(|value| value.to_le_bytes()).collect()
    }
}

/// The table: text in GBK, numbers with two decimals.
fn table(layer: &MadeLayer) -> Result<Vec<u8>> {
    const TEXT: u8 = 60;
    const NUMBER: u8 = 16;
    let batch = &layer.attributes;
    let schema = batch.schema();
    let is_number = |index: usize| batch.column(index).as_any().is::<Float64Array>();
    let width = |index: usize| if is_number(index) { NUMBER } else { TEXT };
    let columns = batch.num_columns();
    let record: usize = 1 + (0..columns).map(|index| usize::from(width(index))).sum::<usize>();

    let mut out = vec![3, 126, 3, 1];
    out.extend((batch.num_rows() as u32).to_le_bytes());
    out.extend((33 + 32 * columns as u16).to_le_bytes());
    out.extend((record as u16).to_le_bytes());
    // Among these zeros is the language byte, which would tell the encoding.
    out.extend([0; 20]);
    for (index, field) in schema.fields().iter().enumerate() {
        let mut name = gbk(field.name())?;
        ensure!(name.len() <= 10, "{} is longer than ten bytes in GBK", field.name());
        name.resize(11, 0);
        out.extend(name);
        out.push(if is_number(index) { b'N' } else { b'C' });
        out.extend([0; 4]);
        out.extend([width(index), if is_number(index) { 2 } else { 0 }]);
        out.extend([0; 14]);
    }
    out.push(13);
    for row in 0..batch.num_rows() {
        out.push(b' ');
        for index in 0..columns {
            let column = batch.column(index);
            let mut cell = if column.is_null(row) {
                Vec::new()
            } else if let Some(numbers) = column.as_any().downcast_ref::<Float64Array>() {
                format!("{:>16.2}", numbers.value(row)).into_bytes()
            } else {
                let texts = column.as_any().downcast_ref::<StringArray>().context("text or numbers")?;
                gbk(texts.value(row))?
            };
            let width = usize::from(width(index));
            ensure!(
                cell.len() <= width,
                "a value of {} is longer than {width} bytes",
                schema.field(index).name()
            );
            cell.resize(width, b' ');
            out.extend(cell);
        }
    }
    out.push(26);
    Ok(out)
}

fn gbk(text: &str) -> Result<Vec<u8>> {
    let (bytes, _, lost) = encoding_rs::GBK.encode(text);
    ensure!(!lost, "GBK cannot hold `{text}`");
    Ok(bytes.into_owned())
}
