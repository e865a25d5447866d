//! Where a report goes: one output or several, each in its format.

use std::path::{Path, PathBuf};

use sanxian::Lang;
use sanxian::report::Format;

use crate::args::Common;
use crate::failure::Failure;
use crate::output;
use crate::progress;

/// The outputs of a run: files in the order in which they are named, then standard output.
#[derive(Debug)]
pub(crate) struct Outputs(Vec<Output>);

#[derive(Debug)]
struct Output {
    format: Format,
    /// None is standard output.
    path: Option<PathBuf>,
}

impl Outputs {
    /// The outputs with these paths, standard output when there is none. A format that is given is that of a single
    /// output; of several it is that of those whose extension tells none.
    pub(crate) fn of(given: Option<Format>, paths: &[PathBuf]) -> Result<Self, Failure> {
        let mut outputs = Vec::new();
        let several = paths.len() > 1;
        let mut is_used = false;
        for path in paths {
            let path = Some(path.clone()).filter(|path| path != Path::new("-"));
            let own = path.as_deref().and_then(of_extension);
            let format = match (own, given, &path) {
                (Some(own), _, _) if several => own,
                (_, Some(given), _) => {
                    is_used = true;
                    given
                }
                (Some(own), None, _) => own,
                (None, None, None) => Format::Full,
                (None, None, Some(path)) => return Err(no_format(path)),
            };
            outputs.push(Output { format, path });
        }
        if let Some(given) = given.filter(|_| several && !is_used) {
            return Err(Failure::own(
                "每个输出的扩展名都已说明格式，--output-format 没有作用",
                "the extension of each output tells its format, so that --output-format is for none",
            )
            .at(format!("--output-format {}", given.name()))
            .advise(
                "去掉 --output-format，或加 -o - 写到标准输出",
                "leave --output-format out, or add -o - for standard output",
            )
            .into());
        }
        if outputs.is_empty() {
            outputs.push(Output { format: given.unwrap_or_default(), path: None });
        }
        outputs.sort_by_key(|output| output.path.is_none());
        let outputs = Self(outputs);
        outputs.refuse_standard_output()?;
        Ok(outputs)
    }

    /// Refuses what standard output cannot take: two reports, or one that is not text.
    fn refuse_standard_output(&self) -> Result<(), Failure> {
        let mut on_stdout = self.0.iter().filter(|output| output.path.is_none());
        if on_stdout.next().is_some_and(|output| output.format == Format::Gpkg) {
            return Err(Failure::own(
                "GeoPackage 不能写到标准输出",
                "a GeoPackage cannot go to standard output",
            )
            .advise("用 -o 指定文件，如 -o findings.gpkg", "name a file, as in -o findings.gpkg")
            .into());
        }
        if on_stdout.next().is_some() {
            return Err(Failure::own("标准输出只能写一份报告", "standard output takes one report")
                .at("-o -")
                .advise("其他输出写成文件", "name files for the other outputs")
                .into());
        }
        Ok(())
    }

    /// Refuses a format in which what a command has to tell is not written.
    pub(crate) fn refuse_formats(
        &self,
        formats: &[Format],
        zh: &'static str,
        en: &'static str,
    ) -> Result<(), Failure> {
        let Some(output) = self.0.iter().find(|output| !formats.contains(&output.format)) else {
            return Ok(());
        };
        let name = output.format.name();
        let names: Vec<&str> = formats.iter().map(|format| format.name()).collect();
        let wrong = Failure::own(format!("{zh}没有 {name} 格式"), format!("{en} are not written as {name}"))
            .advise(format!("使用 {}", names.join("、")), format!("use one of {}", names.join(", ")));
        Err(match &output.path {
            Some(path) => wrong.at(path.display().to_string()),
            None => wrong,
        }
        .into())
    }

    /// The files, and others of the same run.
    pub(crate) fn files_and<'a>(&'a self, others: &[Option<&'a Path>]) -> Vec<&'a Path> {
        let files = self.0.iter().filter_map(|output| output.path.as_deref());
        files.chain(others.iter().copied().flatten()).collect()
    }

    /// Whether any output wants the pieces of overlap.
    pub(crate) fn wants_pieces(&self) -> bool {
        self.0.iter().any(|output| output.format.wants_pieces())
    }

    /// Whether any output is in one of these formats.
    pub(crate) fn has(&self, formats: &[Format]) -> bool {
        self.0.iter().any(|output| formats.contains(&output.format))
    }

    /// Whether a person reads the report on standard output.
    pub(crate) fn is_read_on_stdout(&self) -> bool {
        self.0.iter().any(|output| output.path.is_none() && output.format == Format::Full)
    }

    /// Writes every output. A reader of standard output that went away has seen enough, and is no failure.
    pub(crate) fn write(
        &self,
        write: impl Fn(Format, Option<&Path>) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        let written = self.0.iter().try_for_each(|Output { format, path }| {
            // The line of progress would stand in the middle of a report on the terminal.
            if path.is_none() {
                progress::finish();
            }
            write(*format, path.as_deref())
        });
        progress::finish();
        written.or_else(|failure| if failure.is_broken_pipe() { Ok(()) } else { Err(failure) })
    }

    /// Says which files were written.
    pub(crate) fn tell_written(&self, common: &Common, lang: Lang) {
        output::tell_written(common, lang, &self.files_and(&[]));
    }
}

/// The format that a file's extension asks for.
fn of_extension(path: &Path) -> Option<Format> {
    Format::of_extension(path.extension().and_then(|extension| extension.to_str()).unwrap_or_default())
}

fn no_format(path: &Path) -> Failure {
    let known = "txt, md, json, ndjson, geojson, gpkg, csv, svg, sarif, xml, rdjson";
    Failure::own("无法由扩展名判断格式", "the extension tells no format")
        .at(path.display().to_string())
        .advise(
            format!("使用扩展名 {known}，或用 --output-format 指定"),
            format!("use one of {known}, or say --output-format"),
        )
        .into()
}
