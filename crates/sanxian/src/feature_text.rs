//! The features of a file as lines of text, by which two revisions of it can be told apart line by line.

use std::io::Write;

use sanxian_geom::Stop;
use sanxian_io::{ReadOptions, list_layers};
use sanxian_model::{CellValue, Lang, Role};

use crate::error::Error;
use crate::layer::Layer;
use crate::measure::Measured;
use crate::plan::Plan;

/// Writes each feature of each polygon layer of a file as a line: layer, identifier or number, area on the ellipsoid in square metres,
/// west, south, east and north in the CRS of the layer, and its columns as `name=value`, with tabs in between. Lines are in order,
/// so that another order of features in the file changes none. A layer that cannot be read is a line that says why.
///
/// # Errors
/// [`Error::Read`] for a file that cannot be read at all, and what `out` reports.
pub fn write_feature_text(file: &str, lang: Lang, out: &mut dyn Write) -> Result<(), Error> {
    for layer in list_layers(file)?.into_iter().filter(|layer| layer.polygons) {
        let lines = match lines_of(&format!("{file}#{}", layer.name)) {
            Ok(lines) => lines,
            Err(error) => {
                vec![sanxian_model::Explain::explain(&error).lines(lang).replace('\n', "\t")]
            }
        };
        for line in lines {
            writeln!(out, "{}\t{line}", layer.name)?;
        }
    }
    Ok(())
}

fn lines_of(source: &str) -> Result<Vec<String>, Error> {
    let layer = Layer::read(source, &ReadOptions::default())?;
    let plan = Plan::of([(Role::PLAN, layer)])?;
    let measured = Measured::index(&plan, &Stop::default())?;
    let layer = &plan.layers()[0];
    let of_row = |row: usize| {
        let area = measured.layers[0].areas[row].ellipsoidal.get();
        let sides = measured.layers[0].index.extent(row);
        let [west, south] = sides.min;
        let [east, north] = sides.max;
        // A millimetre, in degrees too.
        let digits = if matches!(layer.crs.kind, sanxian_model::CrsKind::Geographic { .. }) { 8 } else { 3 };
        let place = [west, south, east, north].map(|side| format!("{side:.digits$}")).join(" ");
        let schema = layer.attributes.schema_ref();
        let cells = schema.fields().iter().zip(layer.attributes.columns()).filter_map(|(field, column)| {
            let text = CellValue::of(column, row).into_text()?;
            let plain: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
            Some(format!("{}={plain}", field.name()))
        });
        let cells: Vec<String> = cells.collect();
        format!("{}\t{area:.2} m²\t{place}\t{}", layer.place(row).label(), cells.join("\t"))
    };
    let mut lines: Vec<String> = (0..layer.len()).map(of_row).collect();
    lines.sort_unstable();
    Ok(lines)
}
