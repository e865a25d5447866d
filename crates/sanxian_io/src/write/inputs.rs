//! An output is never one of the inputs.

use std::path::{Path, PathBuf};

use crate::read::SourceRef;
use crate::read::sqlite::{ROLLBACK_JOURNAL, SHARED_MEMORY, WRITE_AHEAD_LOG};
use crate::write::WriteError;
use crate::write::atomic::refuse_pending_changes;

/// Refuses an output that is one of the inputs, by whatever name or link; that lies inside one (a File Geodatabase is
/// a folder) or around one; or that would write over a file that belongs to one, such as the `.prj` of a Shapefile.
///
/// # Errors
/// [`WriteError::IsInput`]; [`WriteError::PendingChanges`] when the output is a database that another program has
/// open, which is better told before the run than after it.
pub fn refuse_overwriting_inputs(output: &Path, inputs: &[&str]) -> Result<(), WriteError> {
    let Some(target) = real_path(output) else { return Ok(()) };
    refuse_pending_changes(output, &target)?;
    for input in inputs {
        let source = SourceRef::parse(input);
        if source.is_standard_input() {
            continue;
        }
        let Some(taken) = file_of(&source) else { continue };
        let one_in_the_other = target.starts_with(&taken) || taken.starts_with(&target);
        if one_in_the_other || share_a_file(&target, &taken) || is_one_file(&target, &taken) {
            return Err(WriteError::IsInput { path: output.to_owned(), input: source.path });
        }
    }
    Ok(())
}

/// The file of the system that an input is or lies in: a virtual file may be inside a zip, as in
/// `/vsizip/plan.zip/plan.shp`.
fn file_of(source: &SourceRef) -> Option<PathBuf> {
    if !source.is_virtual() {
        return std::fs::canonicalize(source.connection()).ok();
    }
    let inside = source.path.strip_prefix("/vsi")?;
    let path = Path::new(inside.split_once('/')?.1);
    // An absolute path has a slash of its own; without it the path counts from the working folder.
    path.ancestors().filter(|path| path.is_file()).find_map(|path| std::fs::canonicalize(path).ok())
}

/// Whether two names are hard links to one file, or the target is one to a file that belongs to the input.
#[cfg(unix)]
fn is_one_file(target: &Path, taken: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let identity = |path: &Path| {
        let file = std::fs::metadata(path).ok().filter(std::fs::Metadata::is_file)?;
        Some((file.dev(), file.ino()))
    };
    let Some(target) = identity(target) else { return false };
    let Some(name) = lower_name(taken) else { return false };
    let beside = files_of(&name).into_iter().map(|name| taken.with_file_name(name));
    std::iter::once(taken.to_owned()).chain(beside).any(|file| identity(&file) == Some(target))
}

/// Hard links are not looked for here: a target is replaced and not written into, so the input keeps its bytes.
#[cfg(not(unix))]
fn is_one_file(_: &Path, _: &Path) -> bool {
    false
}

/// Files of one layer, by their extensions: Shapefile with its indices, `MapInfo` in both forms, CSV with its types.
const FAMILIES: [&[&str]; 4] = [
    &[
        "shp", "shx", "dbf", "prj", "cpg", "qpj", "qix", "qmd", "sbn", "sbx", "idm", "ind", "ain", "aih",
        "atx", "fbn", "fbx", "ixs", "mxs", "shp.xml",
    ],
    &["tab", "dat", "map", "id", "ind"],
    &["mif", "mid"],
    &["csv", "csvt", "prj"],
];

/// Ends behind the whole name of a file: what `SQLite` and GDAL put beside it.
const ENDS: [&str; 5] = [WRITE_AHEAD_LOG, SHARED_MEMORY, ROLLBACK_JOURNAL, ".aux.xml", ".xml"];

/// Whether writing one file touches one that belongs to the other. Letters of either case are the same here: programs
/// look for `A.DBF` beside `a.shp` too.
fn share_a_file(target: &Path, taken: &Path) -> bool {
    let (Some(target_name), Some(taken_name)) = (lower_name(target), lower_name(taken)) else { return false };
    target.parent() == taken.parent()
        && target_name != taken_name
        && (files_of(&taken_name).contains(&target_name)
            // A CSV does not take the place of a Shapefile's parts, but a Shapefile writes a .prj beside the CSV's name.
            || Path::new(&target_name).extension().is_some_and(|e| e == "shp")
                && files_of(&target_name)
                    .iter()
                    .any(|file| files_of(&taken_name).contains(file) && target.with_file_name(file).exists()))
}

/// The names of the files that belong to one of this name.
fn files_of(name: &str) -> Vec<String> {
    let mut files: Vec<String> = ENDS.iter().map(|end| format!("{name}{end}")).collect();
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
    for family in FAMILIES.iter().filter(|family| family.contains(&extension)) {
        files.extend(family.iter().map(|extension| format!("{stem}.{extension}")));
    }
    files
}

fn lower_name(path: &Path) -> Option<String> {
    path.file_name().map(|name| name.to_string_lossy().to_lowercase())
}

/// The path without links; for a file that is not there yet, that of its folder and its name.
fn real_path(path: &Path) -> Option<PathBuf> {
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

    #[test]
    fn files_that_belong_to_an_input_are_refused() {
        let folder = tempfile::tempdir().expect("a folder");
        let at = |name: &str| folder.path().join(name);
        for name in ["in.shp", "in.prj", "in.dbf", "a.gpkg", "b.tab", "c.mif", "d.csv", "d.prj", "e.geojson"]
        {
            std::fs::write(at(name), b"x").expect("a file");
        }
        let refused = |output: &str, input: &str| {
            let input = at(input).display().to_string();
            refuse_overwriting_inputs(&at(output), &[&input]).is_err()
        };
        let of_shapefile =
            ["in.prj", "in.PRJ", "in.cpg", "in.sbn", "in.sbx", "in.qix", "in.shp.xml", "in.dbf"];
        for output in of_shapefile {
            assert!(refused(output, "in.shp"), "{output}");
        }
        for (output, input) in [
            ("a.gpkg-wal", "a.gpkg"),
            ("a.gpkg-shm", "a.gpkg"),
            ("a.gpkg-journal", "a.gpkg"),
            ("b.dat", "b.tab"),
            ("c.mid", "c.mif"),
            ("d.csvt", "d.csv"),
            ("d.shp", "d.csv"),
            ("e.geojson.aux.xml", "e.geojson"),
        ] {
            assert!(refused(output, input), "{output} over {input}");
        }
        for (output, input) in [
            ("in.csv", "in.shp"),
            ("in.gpkg", "in.shp"),
            ("in2.prj", "in.shp"),
            ("e.shp", "e.geojson"),
            ("a.gpkg.csv", "a.gpkg"),
            ("b.geojson", "b.tab"),
        ] {
            assert!(!refused(output, input), "{output} is not of {input}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_hard_link_to_an_input_is_refused() {
        let folder = tempfile::tempdir().expect("a folder");
        let at = |name: &str| folder.path().join(name);
        for name in ["in.shp", "in.dbf", "other.json"] {
            std::fs::write(at(name), b"x").expect("a file");
        }
        std::fs::hard_link(at("in.shp"), at("out.json")).expect("a link");
        std::fs::hard_link(at("in.dbf"), at("table.csv")).expect("a link");
        let input = at("in.shp").display().to_string();
        for output in ["out.json", "table.csv"] {
            let refused = refuse_overwriting_inputs(&at(output), &[&input]);
            assert!(matches!(refused, Err(WriteError::IsInput { .. })), "{output}");
        }
        assert!(refuse_overwriting_inputs(&at("other.json"), &[&input]).is_ok());
    }

    #[test]
    fn a_zip_that_a_virtual_input_lies_in_is_refused() {
        let folder = tempfile::tempdir().expect("a folder");
        let zip = folder.path().join("plan.zip");
        std::fs::write(&zip, b"x").expect("a file");
        let input = format!("/vsizip/{}/plan.shp", zip.display());
        assert!(refuse_overwriting_inputs(&zip, &[&input]).is_err());
        assert!(refuse_overwriting_inputs(&folder.path().join("a.json"), &[&input]).is_ok());
        assert!(refuse_overwriting_inputs(&zip, &["/vsimem/a.shp", "PG:dbname=plan"]).is_ok());
    }

    #[cfg(unix)]
    #[test]
    fn a_link_to_a_sidecar_and_a_folder_around_an_input_are_refused() {
        let folder = tempfile::tempdir().expect("a folder");
        let at = |name: &str| folder.path().join(name);
        std::fs::create_dir(at("x.gdb")).expect("a folder");
        for name in ["in.shp", "in.prj", "x.gdb/in.geojson"] {
            std::fs::write(at(name), b"x").expect("a file");
        }
        std::os::unix::fs::symlink(at("in.prj"), at("out.csv")).expect("a link");
        let name = |name: &str| at(name).display().to_string();
        assert!(refuse_overwriting_inputs(&at("out.csv"), &[&name("in.shp")]).is_err());
        assert!(refuse_overwriting_inputs(&at("x.gdb"), &[&name("x.gdb/in.geojson")]).is_err());
    }
}
