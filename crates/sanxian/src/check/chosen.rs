//! Which rules a check judges, and what follows from choosing them.

use std::sync::Arc;

use sanxian_model::{Role, SquareMetres};
use sanxian_rules::{Limits, Rule, RuleBook};

use super::options::CheckOptions;
use crate::error::Error;
use crate::plan::Plan;

/// What a check judges.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scope {
    /// The plan, the project, and the lines among themselves.
    Everything,
    /// The plan and the project.
    Subjects,
}

impl Scope {
    fn holds(self, rule: &Rule) -> bool {
        self == Self::Everything || rule.roles.iter().any(is_subject)
    }
}

/// The rules of a check, and what follows from choosing them.
pub(crate) struct Chosen<'b> {
    pub(crate) rules: Vec<&'b Rule>,
    pub(crate) tolerance: SquareMetres,
    pub(crate) usual_tolerance: SquareMetres,
    pub(crate) left_out: Vec<Arc<str>>,
    pub(crate) replaced: Vec<Arc<str>>,
}

impl<'b> Chosen<'b> {
    pub(crate) fn of(
        plan: &Plan,
        book: &'b RuleBook,
        options: &CheckOptions,
        scope: Scope,
    ) -> Result<Self, Error> {
        let mut rules = book.pick(&options.profile, &options.select, &options.ignore)?;
        rules.retain(|rule| {
            scope.holds(rule) && (!options.select.is_empty() || is_asked(rule, plan, options))
        });
        let usual_tolerance = book.tolerance(&options.profile)?;
        Ok(Self {
            left_out: left_out(plan, book, options, scope, &rules)?,
            replaced: replaced(book, &options.profile)?,
            rules,
            tolerance: options.tolerance.unwrap_or(usual_tolerance),
            usual_tolerance,
        })
    }

    /// What the rules are told.
    pub(crate) fn limits(&self, options: &CheckOptions) -> Limits {
        Limits {
            tolerance: options.tolerance,
            default_tolerance: self.usual_tolerance,
            quotas: options.quotas.clone(),
        }
    }
}

/// The rules that would be judged if nobody had selected or ignored any, and are not. Rules about a plan are none
/// of them where there is no plan.
fn left_out(
    plan: &Plan,
    book: &RuleBook,
    options: &CheckOptions,
    scope: Scope,
    rules: &[&Rule],
) -> Result<Vec<Arc<str>>, Error> {
    let all = book.pick(&options.profile, &[], &[])?;
    let runs = |rule: &Rule| rules.iter().any(|other| other.name == rule.name);
    let about = |rule: &Rule| rule.roles.iter().any(|role| !is_subject(role) || plan.of_role(role).is_some());
    let asked = |rule: &Rule| scope.holds(rule) && is_asked(rule, plan, options);
    let left_out = all.into_iter().filter(|rule| asked(rule) && !runs(rule) && about(rule));
    Ok(left_out.map(|rule| Arc::clone(&rule.code)).collect())
}

/// Whether a rule is asked where nobody names it: one about changes is where there is a revision before and the layer that what changed
/// is held against, one about quotas where all of them are given.
fn is_asked(rule: &Rule, plan: &Plan, options: &CheckOptions) -> bool {
    let predicate = &rule.predicate;
    let changes = !predicate.is_about_changes()
        || options.since.is_some() && predicate.zone().is_none_or(|zone| plan.of_role(zone).is_some());
    changes && predicate.quotas().all(|(name, _)| options.quotas.get(name).is_some())
}

/// The rules of a profile that the user's own have replaced.
fn replaced(book: &RuleBook, profile: &str) -> Result<Vec<Arc<str>>, Error> {
    let embedded = RuleBook::embedded();
    let Ok(rules) = embedded.pick(profile, &[], &[]) else { return Ok(Vec::new()) };
    let mut replaced = Vec::new();
    for rule in rules {
        if book.rule(&rule.name)?.file != rule.file {
            replaced.push(Arc::clone(&rule.code));
        }
    }
    Ok(replaced)
}

fn is_subject(role: &Role) -> bool {
    [Role::PLAN, Role::PROJECT].contains(role)
}
