//! Where results go: standard output, or a file that appears whole or not at all.

use std::fs::File;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::time::Instant;

use sanxian::WriteError;
use sanxian::fault::Treatment;
use sanxian::report::Options;
use sanxian::{Fault, Lang, NotRun, reasons_not_run};

use crate::args::Common;
use crate::failure::Failure;

/// Columns of a report that goes to a file or a pipe.
const PLAIN_WIDTH: usize = 110;
/// Rows that a table of findings shows on a terminal before it counts the rest.
const TERMINAL_ROWS: usize = 20;

/// Faults that are told one by one where no report does.
const FAULTS_TOLD: usize = 5;

/// Writes to standard output.
pub(crate) fn to_stdout(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), Failure> {
    let mut out = BufWriter::new(io::stdout().lock());
    write(&mut out).and_then(|()| out.flush()).map_err(|source| Failure::Output { source })
}

/// Makes a folder for results, unless it is there.
pub(crate) fn make_folder(folder: &Path) -> Result<(), Failure> {
    std::fs::create_dir_all(folder).map_err(|error| {
        Failure::own(format!("文件夹无法建立：{error}"), format!("the folder cannot be made: {error}"))
            .at(folder.display().to_string())
            .advise("用 --output-dir 指定别处", "name another place with --output-dir")
            .into()
    })
}

/// Writes a file that appears whole or not at all; what was there before stays until the new one is whole.
pub(crate) fn to_file(
    path: &Path,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<(), Failure> {
    let whole = |unfinished: &Path| -> io::Result<()> {
        let mut out = BufWriter::new(File::create(unfinished)?);
        write(&mut out)?;
        out.flush()
    };
    let failed = |source| sanxian::Error::from(WriteError::Io { path: path.to_owned(), source });
    sanxian::files::write_atomically(path, |unfinished| {
        whole(unfinished).map_err(failed).map_err(Failure::from)
    })
}

/// Refuses outputs that are inputs of the same run or each other, before anything is read.
pub(crate) fn refuse_overwriting(outputs: &[&Path], inputs: &[&str]) -> Result<(), Failure> {
    for (k, output) in outputs.iter().enumerate() {
        sanxian::files::refuse_overwriting_inputs(output, inputs)?;
        if place(output)
            .is_some_and(|taken| outputs[..k].iter().any(|other| place(other) == Some(taken.clone())))
        {
            return Err(Failure::own("两个输出写到同一个文件", "two outputs go to one file")
                .at(output.display().to_string())
                .advise("为每个输出指定不同的文件", "give each output a file of its own")
                .into());
        }
    }
    Ok(())
}

/// The file that an output goes to, by whatever links; devices are none.
fn place(path: &Path) -> Option<PathBuf> {
    if let Ok(real) = std::fs::canonicalize(path) {
        return real.is_file().then_some(real);
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    Some(std::fs::canonicalize(folder).ok()?.join(path.file_name()?))
}

/// How to print to standard output: as wide as the terminal, and coloured if it is one.
pub(crate) fn terminal_options(common: &Common, lang: Lang) -> Options {
    let terminal = io::stdout().is_terminal();
    let no_color = common.no_color || std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    Options {
        lang,
        width: terminal_size::terminal_size().map_or(PLAIN_WIDTH, |(width, _)| usize::from(width.0)),
        colour: terminal && !no_color,
        rows: terminal.then_some(TERMINAL_ROWS),
        bom: false,
    }
}

/// How to print into a file.
pub(crate) fn file_options(lang: Lang) -> Options {
    Options { lang, width: PLAIN_WIDTH, colour: false, rows: None, bom: false }
}

/// Says something on standard error, unless the user wants quiet. Results never go there.
pub(crate) fn tell(common: &Common, text: &str) {
    if !common.quiet {
        let _ = writeln!(io::stderr().lock(), "{text}");
    }
}

/// Says which files were written.
pub(crate) fn tell_written(common: &Common, lang: Lang, paths: &[&Path]) {
    for path in paths {
        let path = path.display();
        tell(
            common,
            &match lang {
                Lang::Zh => format!("已写出 {path}"),
                Lang::En => format!("wrote {path}"),
            },
        );
    }
}

/// Says how long it took, to a person who waited for it; scripts have `--stats`.
pub(crate) fn tell_seconds(common: &Common, lang: Lang, started: Instant) {
    if io::stderr().is_terminal() {
        let seconds = started.elapsed().as_secs_f64();
        tell(
            common,
            &match lang {
                Lang::Zh => format!("用时 {seconds:.2} 秒"),
                Lang::En => format!("took {seconds:.2} s"),
            },
        );
    }
}

/// Says which rules were not judged.
pub(crate) fn tell_not_run(common: &Common, lang: Lang, not_run: &[NotRun]) {
    for (reason, codes) in reasons_not_run(not_run, lang) {
        tell(
            common,
            &match lang {
                Lang::Zh => format!("  {reason}：{} 未判断", codes.join("、")),
                Lang::En => format!("  {reason}: {} not judged", codes.join(", ")),
            },
        );
    }
}

/// Says which features and layers were not taken as they are, where no report does.
pub(crate) fn tell_faults(common: &Common, lang: Lang, faults: &[Fault]) {
    if faults.is_empty() {
        return;
    }
    let count =
        |wanted: fn(&Treatment) -> bool| faults.iter().filter(|fault| wanted(&fault.treatment)).count();
    let repaired = count(|outcome| matches!(outcome, Treatment::Repaired { .. }));
    let skipped = count(|outcome| *outcome == Treatment::Skipped);
    tell(
        common,
        &match lang {
            Lang::Zh => format!("数据问题 {} 处：修复 {repaired} 个要素，未用 {skipped} 个", faults.len()),
            Lang::En => {
                let plural = if faults.len() == 1 { "" } else { "s" };
                format!("{} fault{plural} in the data: {repaired} repaired, {skipped} left out", faults.len())
            }
        },
    );
    for fault in faults.iter().take(FAULTS_TOLD) {
        tell(common, &format!("  {}", sanxian::report::fault_line(fault, lang)));
    }
    if let Some(more) = faults.len().checked_sub(FAULTS_TOLD).filter(|more| *more > 0) {
        tell(
            common,
            &match lang {
                Lang::Zh => format!("  另有 {more} 处"),
                Lang::En => format!("  and {more} more"),
            },
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_appears_whole_or_not_at_all() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("report.json");
        to_file(&path, |out| out.write_all(b"first")).expect("it can be written");
        let half = to_file(&path, |out| {
            out.write_all(b"sec")?;
            Err(io::Error::from(io::ErrorKind::StorageFull))
        });
        assert!(half.is_err());
        assert_eq!(std::fs::read(&path).expect("the old file"), b"first");
        assert_eq!(
            std::fs::read_dir(folder.path()).expect("a folder").count(),
            1,
            "nothing is left beside it"
        );
    }

    #[test]
    fn a_folder_that_is_not_there_is_told() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("missing").join("report.json");
        let failure = to_file(&path, |_| Ok(())).expect_err("no folder");
        let told = failure.text(Lang::En);
        assert!(told.contains("no folder") && told.contains("report.json"), "{told}");
    }
}
