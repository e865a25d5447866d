//! What a person sees while the work runs: the stage, on standard error, when that is a terminal.

use std::io::IsTerminal;
use std::sync::OnceLock;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};
use sanxian::{Lang, Stage, Watch};

/// Ctrl-C takes the line away too, and its handler is a plain function.
static BAR: OnceLock<(ProgressBar, Lang)> = OnceLock::new();

/// Stages in the order in which they come.
const STAGES: [Stage; 5] = [Stage::Read, Stage::Index, Stage::Overlap, Stage::Rules, Stage::Write];

/// Shows stages from now on, unless `quiet` or standard error is no terminal.
pub(crate) fn start(quiet: bool, lang: Lang) {
    if quiet || !std::io::stderr().is_terminal() {
        return;
    }
    let (bar, _) = BAR.get_or_init(|| {
        let bar = ProgressBar::new(STAGES.len() as u64);
        let style = ProgressStyle::with_template("{spinner} [{pos}/{len}] {msg}  {elapsed}");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        (bar, lang)
    });
    bar.enable_steady_tick(Duration::from_millis(100));
}

/// Shows the stages of a run of the library.
pub(crate) fn watch() -> Watch {
    Watch::default().on_stage(stage)
}

/// Says that a stage begins.
pub(crate) fn stage(stage: Stage) {
    if let Some((bar, lang)) = BAR.get() {
        bar.set_position(STAGES.iter().position(|s| *s == stage).map_or(0, |at| at as u64 + 1));
        bar.set_message(words(stage, *lang));
    }
}

/// Takes the line away, so that results stand alone.
pub(crate) fn finish() {
    if let Some((bar, _)) = BAR.get() {
        bar.finish_and_clear();
    }
}

fn words(stage: Stage, lang: Lang) -> &'static str {
    let (zh, en) = match stage {
        Stage::Read => ("读取", "read"),
        Stage::Index => ("建立索引", "index"),
        Stage::Overlap => ("量算重叠", "overlap"),
        Stage::Rules => ("按规则检查", "rules"),
        Stage::Write => ("写出结果", "write"),
    };
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}
