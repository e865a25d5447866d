//! `sanxian demo`: the main job on the sample county, which is part of the program.

use std::path::{Path, PathBuf};
use std::time::Instant;

use sanxian::report::Format;
use sanxian::{Lang, Stage};

use crate::args::{Common, DemoArgs, Destination, LineSources, Reading, RuleChoice};
use crate::commands::check::{measure, write};
use crate::ending::Ending;
use crate::failure::Failure;
use crate::flags::Flags;
use crate::output;
use crate::progress;
use crate::settings::Settings;

/// The files of the sample county.
const COUNTY: [(&str, &[u8]); 7] = [
    ("county.gpkg", include_bytes!("../../../../data/demo/county.gpkg")),
    ("项目红线.shp", include_bytes!("../../../../data/demo/项目红线.shp")),
    ("项目红线.shx", include_bytes!("../../../../data/demo/项目红线.shx")),
    ("项目红线.dbf", include_bytes!("../../../../data/demo/项目红线.dbf")),
    ("项目红线.prj", include_bytes!("../../../../data/demo/项目红线.prj")),
    ("项目红线.txt", include_bytes!("../../../../data/demo/项目红线.txt")),
    ("sanxian.toml", include_bytes!("../../../../data/demo/sanxian.toml")),
];

/// What is written beside the table on the terminal.
const RESULTS: [(&str, Format); 3] =
    [("findings.gpkg", Format::Gpkg), ("findings.geojson", Format::GeoJson), ("report.json", Format::Json)];

pub(crate) fn run(args: &DemoArgs, common: &Common, locale: Lang) -> Result<Ending, Failure> {
    let started = Instant::now();
    let folder = args.output_dir.join("county");
    output::make_folder(&folder)?;
    for (name, bytes) in COUNTY {
        output::to_file(&folder.join(name), |out| out.write_all(bytes))?;
    }
    let mut settings = settings(&folder, common.lang.map(Lang::from), locale)?;
    settings.options.pieces = true;

    let (plan, outcome) = measure(&settings, common)?;
    progress::stage(Stage::Write);
    let mut written: Vec<PathBuf> = Vec::new();
    for (name, format) in RESULTS {
        let path = args.output_dir.join(name);
        write(&plan, &outcome, &settings, format, Some(&path), common)?;
        written.push(path);
    }
    progress::finish();
    write(&plan, &outcome, &settings, Format::Full, None, common)?;
    output::to_stdout(|out| {
        writeln!(out)?;
        written.push(folder.clone());
        for path in &written {
            let path = path.display();
            match settings.lang {
                Lang::Zh => writeln!(out, "已写出 {path}")?,
                Lang::En => writeln!(out, "wrote {path}")?,
            }
        }
        let again = folder.join("sanxian.toml");
        match settings.lang {
            Lang::Zh => writeln!(out, "再次运行：sanxian check --config {}", again.display()),
            Lang::En => writeln!(out, "run it again: sanxian check --config {}", again.display()),
        }
    })?;
    output::tell_seconds(common, settings.lang, started);
    // The county has findings on purpose: showing them is what was asked for.
    Ok(Ending::Clean)
}

fn settings(folder: &Path, lang: Option<Lang>, locale: Lang) -> Result<Settings, Failure> {
    Settings::of(&Flags {
        named: Vec::new(),
        lines: &LineSources { config: Some(folder.join("sanxian.toml")), ..LineSources::default() },
        reading: &Reading::default(),
        rules: &RuleChoice::default(),
        failing: None,
        output: &Destination::default(),
        lang,
        locale,
    })
}
