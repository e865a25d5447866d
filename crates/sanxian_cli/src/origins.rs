//! What `--verbose` says: which config was read, where each layer comes from, and how it was read. A config that lies
//! in a folder above and that nobody named is told in any case.

use sanxian::{Lang, Plan};

use crate::args::Common;
use crate::output;
use crate::settings::{ConfigFile, Settings};

/// Says which config was read and where each source is named.
pub(crate) fn tell_sources(common: &Common, settings: &Settings) {
    tell_config(common, settings.config.as_ref(), settings.lang);
    if !common.verbose {
        return;
    }
    for source in &settings.sources {
        let named_here = settings.from_command_line.contains(&source.role);
        let origin = match (settings.lang, named_here) {
            (Lang::Zh, true) => "命令行",
            (Lang::Zh, false) => "配置",
            (Lang::En, true) => "command line",
            (Lang::En, false) => "config",
        };
        output::tell(
            common,
            &format!("{}: {} ({origin})", source.role, sanxian::model::redact(&source.source)),
        );
    }
}

/// Says which config was read.
pub(crate) fn tell_config(common: &Common, config: Option<&ConfigFile>, lang: Lang) {
    if !common.verbose && !config.is_some_and(|config| config.found_above) {
        return;
    }
    let config = config.map(|config| config.path.display().to_string());
    output::tell(
        common,
        &match (lang, &config) {
            (Lang::Zh, Some(path)) => format!("配置：{path}"),
            (Lang::Zh, None) => "配置：无".to_owned(),
            (Lang::En, Some(path)) => format!("config: {path}"),
            (Lang::En, None) => "config: none".to_owned(),
        },
    );
}

/// Says how each layer was read.
pub(crate) fn tell_layers(common: &Common, plan: &Plan) {
    if !common.verbose {
        return;
    }
    for layer in plan.layers() {
        let fields: Vec<String> =
            layer.fields.iter().map(|(name, column)| format!("{name}={column}")).collect();
        let source = &layer.source;
        let crs = source.crs.short_name();
        let line =
            format!("{}: {}, {}, {crs}, {}", layer.role, source.driver, source.encoding, fields.join(" "));
        output::tell(common, &line);
    }
}
