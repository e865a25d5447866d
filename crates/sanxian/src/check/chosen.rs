//! Which rules a check judges, and what follows from choosing them.

use std::sync::Arc;

use sanxian_model::{Role, SquareMetres};
use sanxian_rules::{Rule, RuleBook, Tolerances};

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
        rules.retain(|rule| scope.holds(rule) && is_asked(rule, options));
        let usual_tolerance = book.profile(&options.profile)?.tolerance;
        Ok(Self {
            left_out: left_out(plan, book, options, scope, &rules)?,
            replaced: replaced(book, &options.profile)?,
            rules,
            tolerance: options.tolerance.unwrap_or(usual_tolerance),
            usual_tolerance,
        })
    }

    /// What the rules are told.
    pub(crate) fn tolerances(&self, options: &CheckOptions) -> Tolerances {
        Tolerances { tolerance: options.tolerance, default_tolerance: self.usual_tolerance }
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
    // Whoever has no revision before leaves out no rule about changes.
    let asked =
        |rule: &Rule| scope.holds(rule) && (options.since.is_some() || !rule.predicate.is_about_changes());
    let left_out = all.into_iter().filter(|rule| asked(rule) && !runs(rule) && about(rule));
    Ok(left_out.map(|rule| Arc::clone(&rule.code)).collect())
}

/// Whether a rule is asked at all: one about changes is where there is a revision before, or somebody names it.
fn is_asked(rule: &Rule, options: &CheckOptions) -> bool {
    !rule.predicate.is_about_changes() || options.since.is_some() || !options.select.is_empty()
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
