//! A baseline in a file.

use std::io::Write;
use std::path::Path;

use sanxian_io::{WriteError, write_atomically};
use sanxian_report::baseline::{Baseline, BaselineError};

use crate::error::Error;

/// Reads a baseline.
///
/// # Errors
/// [`Error::Baseline`] with the entry of the first mistake.
pub fn read_baseline(path: &Path) -> Result<Baseline, Error> {
    let file = path.display().to_string();
    let text =
        std::fs::read_to_string(path).map_err(|source| BaselineError::unreadable(file.clone(), source))?;
    Ok(Baseline::parse(&file, &text)?)
}

/// Writes a baseline; the one before stays until the new one is whole.
///
/// # Errors
/// [`Error::Write`] when the system refuses.
pub fn write_baseline(path: &Path, baseline: &Baseline) -> Result<(), Error> {
    let text = baseline.to_text();
    write_atomically(path, |unfinished| {
        let mut file = std::fs::File::create(unfinished).map_err(failed(path))?;
        file.write_all(text.as_bytes()).map_err(failed(path))?;
        file.flush().map_err(failed(path))
    })
}

fn failed(path: &Path) -> impl Fn(std::io::Error) -> Error + '_ {
    |source| Error::from(WriteError::Io { path: path.to_owned(), source })
}
