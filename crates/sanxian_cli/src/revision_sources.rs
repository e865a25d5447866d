//! Where the two revisions of a comparison are read from: two plans, or one config at two revisions of a Git repository.

use sanxian::{Error, Role, Source, at_revision};

use crate::args::RevisionFlags;
use crate::failure::Failure;
use crate::settings::Settings;

/// The plans of both revisions as the command line names them, the older one first; none where the config has it.
pub(crate) fn plans(plans: &[String], base: Option<&str>) -> Result<[Option<String>; 2], Failure> {
    match (plans, base) {
        ([old, new], None) => Ok([Some(old.clone()), Some(new.clone())]),
        ([], Some(_)) => Ok(plans_beside(None)),
        ([new], Some(_)) => Ok(plans_beside(Some(new.clone()))),
        ([_, _], Some(_)) => Err(Failure::own(
            "--base 已指明修改前的版本，不能再给两个规划",
            "--base says what to compare with, so there are not two plans to name",
        )
        .advise("只写修改后的规划，或去掉 --base", "name the plan as revised alone, or leave --base out")
        .into()),
        _ => {
            Err(Failure::own("需要修改前和修改后两个规划", "a plan before and a plan as revised are needed")
                .advise(
                    "如 sanxian diff old.gpkg new.gpkg，或 sanxian diff --base main",
                    "as in sanxian diff old.gpkg new.gpkg, or sanxian diff --base main",
                )
                .into())
        }
    }
}

/// The plan of both revisions, where one source names both.
pub(crate) fn plans_beside(plan: Option<String>) -> [Option<String>; 2] {
    [plan.clone(), plan]
}

/// Has the sources of both revisions name what is read: the older ones as they were in the base, those of layers that are given
/// with `--before` in their place.
pub(crate) fn place(
    flags: &RevisionFlags,
    base: Option<&str>,
    old: &mut Settings,
    new: &mut Settings,
) -> Result<(), Failure> {
    if let Some(base) = base {
        at(&mut old.sources, base)?;
    }
    if let Some(head) = &flags.head {
        at(&mut new.sources, head)?;
    }
    for (role, source) in &flags.before {
        let of_role = old.sources.iter().find(|source| source.role == *role);
        let Some(Source { options, filter, .. }) = of_role.cloned() else { return Err(not_there(role)) };
        let is_given = |source: &Source| flags.before.iter().any(|(_, given)| *given == source.source);
        old.sources.retain(|source| source.role != *role || is_given(source));
        old.sources.push(Source { role: role.clone(), source: source.clone(), options, filter });
    }
    Ok(())
}

fn at(sources: &mut [Source], revision: &str) -> Result<(), Failure> {
    for source in sources {
        source.source = at_revision(&source.source, revision).map_err(Error::from)?;
    }
    Ok(())
}

fn not_there(role: &Role) -> Failure {
    Failure::own(
        format!("--before 给了 {role}，但修改后没有这类图层"),
        format!("--before gives {role}, of which the newer revision has no layer"),
    )
    .advise(
        format!("同时给出修改后的图层，如 --zone {role}=FILE"),
        format!("give the layer as revised, too, as in --zone {role}=FILE"),
    )
    .into()
}
