//! Files that are already where an output goes.

use std::path::Path;

use sanxian::{Existing, WriteError};

use crate::failure::Failure;

/// What may happen to a file where a report or a table goes: the one of an earlier run is replaced, a database with
/// other data in it only when that was asked for.
pub(crate) fn of_report(overwrite: bool) -> Existing {
    if overwrite { Existing::Replace } else { Existing::KeepDatabases }
}

/// What may happen to a file where a layer goes: it may be somebody's only copy of a layer.
pub(crate) fn of_layer(overwrite: bool) -> Existing {
    if overwrite { Existing::Replace } else { Existing::Keep }
}

/// Refuses outputs that would replace what has to be kept, before anything is read.
pub(crate) fn refuse(outputs: &[Option<&Path>], existing: Existing) -> Result<(), Failure> {
    for output in outputs.iter().flatten() {
        sanxian::refuse_replacing(output, existing).map_err(worded)?;
    }
    Ok(())
}

/// The library's words in both languages.
fn worded(error: WriteError) -> Failure {
    let (zh, en, path) = match error {
        WriteError::Exists { path } => {
            ("输出文件已存在".to_owned(), "the output is already there".to_owned(), path)
        }
        WriteError::HoldsOtherData { path, layers } => {
            let few = layers.iter().take(5).map(String::as_str).collect::<Vec<_>>();
            let more = if layers.len() > few.len() { " …" } else { "" };
            (
                format!("输出文件已存在，其中有其他数据：{}{more}", few.join("、")),
                format!("the output is already there and holds other data: {}{more}", few.join(", ")),
                path,
            )
        }
        error => return error.into(),
    };
    Failure::own(zh, en)
        .at(path.display().to_string())
        .advise(
            "写到其他文件；确要整体替换时加 --overwrite",
            "write to another file, or say --overwrite to replace all of it",
        )
        .into()
}
