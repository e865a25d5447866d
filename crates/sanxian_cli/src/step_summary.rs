//! The summary of a step of GitHub: a file to which each program of the step appends, named by an environment variable.

use std::fs::OpenOptions;
use std::io::Write;
use std::path::{Path, PathBuf};

use sanxian::report::STEP_SUMMARY_BYTES;

use crate::failure::Failure;

/// The file, when there is one.
pub(crate) fn file() -> Option<PathBuf> {
    std::env::var_os("GITHUB_STEP_SUMMARY").filter(|path| !path.is_empty()).map(PathBuf::from)
}

/// Appends a page that has at most as many bytes as it is told.
pub(crate) fn append(file: &Path, page: impl FnOnce(usize) -> String) -> Result<(), Failure> {
    let taken = std::fs::metadata(file).map_or(0, |metadata| metadata.len() as usize);
    let page = page(STEP_SUMMARY_BYTES.saturating_sub(taken));
    let appended = OpenOptions::new().create(true).append(true).open(file);
    appended.and_then(|mut file| file.write_all(page.as_bytes())).map_err(|error| {
        Failure::own(
            format!("无法写入步骤摘要：{error}"),
            format!("the summary of the step cannot be written: {error}"),
        )
        .at(file.display().to_string())
        .advise("检查 GITHUB_STEP_SUMMARY", "look at GITHUB_STEP_SUMMARY")
        .into()
    })
}
