//! An output is never one of the inputs.

use std::path::Path;

use crate::read::SourceRef;
use crate::write::WriteError;
use crate::write::atomic::refuse_pending_changes;

/// Refuses an output that is one of the inputs, by whatever name or link, or that lies inside one (a File
/// Geodatabase is a folder), or that is another part of a Shapefile that is read.
///
/// # Errors
/// [`WriteError::IsInput`]; [`WriteError::PendingChanges`] when the output is a database that another program has
/// open, which is better told before the run than after it.
pub fn refuse_overwriting_inputs(output: &Path, inputs: &[&str]) -> Result<(), WriteError> {
    let Some(target) = real_path(output) else { return Ok(()) };
    refuse_pending_changes(output, &target)?;
    for input in inputs {
        let source = SourceRef::parse(input);
        if source.is_standard_input() || source.is_virtual() {
            continue;
        }
        let Ok(taken) = std::fs::canonicalize(&source.path) else { continue };
        let inside = taken.is_dir() && target.starts_with(&taken);
        let beside = is_shapefile(&taken)
            && is_shapefile(&target)
            && taken.with_extension("") == target.with_extension("");
        if target == taken || inside || beside {
            return Err(WriteError::IsInput { path: output.to_owned(), input: (*input).to_owned() });
        }
    }
    Ok(())
}

fn is_shapefile(path: &Path) -> bool {
    path.extension()
        .and_then(|e| e.to_str())
        .is_some_and(|e| ["shp", "dbf", "shx"].contains(&e.to_ascii_lowercase().as_str()))
}

/// The path without links; for a file that is not there yet, that of its folder and its name.
fn real_path(path: &Path) -> Option<std::path::PathBuf> {
    if let Ok(real) = std::fs::canonicalize(path) {
        return Some(real);
    }
    let folder = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    Some(std::fs::canonicalize(folder).ok()?.join(path.file_name()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_input_is_refused_by_any_name() {
        let folder = tempfile::tempdir().expect("a folder");
        let input = folder.path().join("规划.gpkg");
        std::fs::write(&input, b"x").expect("a file");
        let name = input.to_str().expect("a name");
        let layer = format!("{name}#DLTB");
        let roundabout = folder.path().join(".").join("规划.gpkg");
        assert!(refuse_overwriting_inputs(&roundabout, &[&layer]).is_err());
        assert!(refuse_overwriting_inputs(&folder.path().join("new.gpkg"), &[name, "-"]).is_ok());
    }

    #[test]
    fn a_folder_and_the_parts_of_a_shapefile_are_inputs_too() {
        let folder = tempfile::tempdir().expect("a folder");
        let geodatabase = folder.path().join("a.gdb");
        std::fs::create_dir(&geodatabase).expect("a folder");
        let inside = geodatabase.join("out.geojson");
        assert!(refuse_overwriting_inputs(&inside, &[geodatabase.to_str().expect("a name")]).is_err());
        let table = folder.path().join("b.dbf");
        std::fs::write(&table, b"x").expect("a file");
        let shapes = folder.path().join("b.shp");
        assert!(refuse_overwriting_inputs(&shapes, &[table.to_str().expect("a name")]).is_err());
    }
}
