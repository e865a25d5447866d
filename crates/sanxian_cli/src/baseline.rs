//! The baseline of a run: read before, kept up to date after.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use sanxian::baseline::{Acceptance, BaselineChange, read_baseline, write_baseline};
use sanxian::{Baseline, Day, Lang, Outcome, Plan};

use crate::args::{Accepting, Common};
use crate::failure::Failure;
use crate::output;

/// The baseline of a run; an empty one where the run is to create it.
pub(crate) fn read(path: Option<&Path>, keeping: Option<&Keeping>) -> Result<Option<Arc<Baseline>>, Failure> {
    let Some(path) = path else { return Ok(None) };
    let creates = keeping.is_some_and(|keeping| keeping.update.is_some()) && !path.exists();
    let baseline = if creates { Baseline::default() } else { read_baseline(path)? };
    Ok(Some(Arc::new(baseline)))
}

/// How a run keeps the baseline up to date.
#[derive(Debug)]
pub(crate) struct Keeping {
    path: PathBuf,
    /// What is written about findings that are accepted now; none when nothing is added.
    update: Option<Acceptance>,
    prune: bool,
    today: Day,
}

impl Keeping {
    /// What the flags ask for, if they do.
    pub(crate) fn of(
        path: Option<&Path>,
        accepting: Option<&Accepting>,
        today: Option<Day>,
    ) -> Result<Option<Self>, Failure> {
        let Some(accepting) = accepting else { return Ok(None) };
        let Accepting { update_baseline, prune_baseline, reason, approval, expires, by } = accepting;
        if !update_baseline && !prune_baseline {
            return Ok(None);
        }
        let flag = if *update_baseline { "--update-baseline" } else { "--prune-baseline" };
        let (Some(path), Some(today)) = (path, today) else {
            return Err(Failure::own("没有指定基线文件", "no baseline is named")
                .at(flag)
                .advise(
                    format!("用 --baseline 指定，如 --baseline {}", Baseline::FILE_NAME),
                    format!("name it, as in --baseline {}", Baseline::FILE_NAME),
                )
                .into());
        };
        if let Some(day) = expires.filter(|day| today > *day) {
            return Err(Failure::own(
                format!("有效期 {day} 已过，认可无效"),
                format!("what is accepted until {day} is expired already"),
            )
            .at("--expires")
            .advise(format!("写 {today} 或之后的日期"), format!("name {today} or a later day"))
            .into());
        }
        let (reason, approval, by) = (reason.clone(), approval.clone(), by.clone());
        let update = update_baseline.then_some(Acceptance { reason, approval, expires: *expires, by });
        Ok(Some(Self { path: path.to_owned(), update, prune: *prune_baseline, today }))
    }

    /// Writes the baseline anew by what was found, and judges by it.
    pub(crate) fn keep(
        &self,
        plan: &Plan,
        outcome: &mut Outcome,
        common: &Common,
        lang: Lang,
    ) -> Result<(), Failure> {
        let summary = outcome.summary(plan);
        let mut told = BaselineChange::default();
        if let (Some(acceptance), Some(effect)) = (&self.update, &outcome.baseline) {
            let (updated, change) = outcome.updated(plan, &effect.baseline, acceptance, self.today);
            told = change;
            outcome.accept(plan, &Arc::new(updated), self.today);
        }
        if self.prune
            && let Some((pruned, change)) = outcome.pruned()
        {
            told.removed = change.removed;
            told.not_judged = change.not_judged;
            told.kept = change.kept - told.added - told.updated;
            outcome.accept(plan, &Arc::new(pruned), self.today);
        }
        if let Some(effect) = &outcome.baseline {
            write_baseline(&self.path, &effect.baseline)?;
        }
        tell(common, lang, &self.path, &told);
        if !plan.is_complete() || !summary.complete() {
            output::tell(
                common,
                match lang {
                    Lang::Zh => "  本次未能检查全部内容，基线中没有未检查部分的问题",
                    Lang::En => {
                        "  this run could not judge everything: the baseline has nothing of what was not judged"
                    }
                },
            );
        }
        Ok(())
    }
}

/// Says what became of the entries.
fn tell(common: &Common, lang: Lang, path: &Path, change: &BaselineChange) {
    let BaselineChange { added, updated, kept, removed, expired, not_judged } = *change;
    let path = path.display();
    let mut parts = vec![match lang {
        Lang::Zh => {
            format!("基线 {path}：新增 {added} 条，更新 {updated} 条，保留 {kept} 条，删去 {removed} 条")
        }
        Lang::En => {
            format!("baseline {path}: {added} added, {updated} updated, {kept} kept, {removed} removed")
        }
    }];
    if expired > 0 {
        parts.push(match lang {
            Lang::Zh => format!("{expired} 条已过期，用 --expires 延期"),
            Lang::En => format!("{expired} expired, renewed only with --expires"),
        });
    }
    if not_judged > 0 {
        parts.push(match lang {
            Lang::Zh => format!("{not_judged} 条本次未全部检查，不删去"),
            Lang::En => format!("{not_judged} not judged in full by this run, and not removed"),
        });
    }
    let joint = match lang {
        Lang::Zh => "；",
        Lang::En => "; ",
    };
    output::tell(common, &parts.join(joint));
}
