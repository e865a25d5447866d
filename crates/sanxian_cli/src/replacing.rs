//! Files that are already where an output goes.

use std::path::Path;

use sanxian::Existing;

use crate::failure::Failure;

/// What may happen to a file where a report or a table goes: the one of an earlier run is replaced, any other only
/// when that was asked for.
pub(crate) fn of_report(overwrite: bool) -> Existing {
    if overwrite { Existing::Replace } else { Existing::KeepOthers }
}

/// What may happen to a file where a layer goes: it may be somebody's only copy of a layer.
pub(crate) fn of_layer(overwrite: bool) -> Existing {
    if overwrite { Existing::Replace } else { Existing::Keep }
}

/// Refuses outputs that would replace what has to be kept, before anything is read.
pub(crate) fn refuse(outputs: &[&Path], existing: Existing) -> Result<(), Failure> {
    for output in outputs {
        sanxian::files::refuse_replacing(output, existing)?;
    }
    Ok(())
}
