//! A check cut into parts: each patch is measured in one of them, the results are merged in any order, and the whole is
//! judged once. Batches, processes and machines share a plan in this way.

use std::cell::OnceCell;
use std::sync::{Mutex, PoisonError};

use sanxian_model::{Layer, Ledger, OverlapTable, PolygonColumnBuilder, Role, SquareMetres};
use sanxian_rules::{Rule, RuleBook};

use super::chosen::{Chosen, Scope};
use super::judge::judge;
use super::merged::Merged;
use super::options::CheckOptions;
use super::outcome::Outcome;
use super::part_error::PartError;
use super::partial::{Answer, Partial, about};
use super::recording::Recording;
use crate::error::Error;
use crate::measure::{Ground, Measured, MeasuredLines, Wanted, ledger, lines_of};
use crate::plan::Plan;
use crate::stats::Stage;

/// A check that is made in parts.
///
/// The plan is normalised as a whole, since what its land classes mean and which identifiers are there twice is a matter
/// of all its patches. Then each part measures some of them against the lines, [`Self::rest`] what is about none of them,
/// and [`Self::finish`] judges.
///
/// # Promises
/// The outcome is that of [`check_with`](crate::check_with), bit for bit, however the rows are cut and in whatever order
/// and tree the parts are merged; only [`Outcome::stats`] differs.
///
/// ```
/// # use geo_types::polygon;
/// # use sanxian::{CheckOptions, Layer, PartedCheck, Plan, Role, RuleBook, crs};
/// # fn main() -> Result<(), sanxian::Error> {
/// # let square = |x: f64| polygon![
/// #     (x: x, y: 3_790_000.0), (x: x + 10.0, y: 3_790_000.0),
/// #     (x: x + 10.0, y: 3_790_010.0), (x: x, y: 3_790_010.0),
/// # ];
/// # let layer = |xs: &[f64]| {
/// #     let shapes: Vec<_> = xs.iter().map(|x| square(*x)).collect();
/// #     Layer::from_geo(&shapes, crs::from_epsg(4546)?)
/// # };
/// let plan = Plan::of([
///     (Role::PROJECT, layer(&[480_000.0, 480_020.0, 480_040.0])?),
///     (Role::FARMLAND, layer(&[480_005.0])?),
/// ])?;
/// let (book, options) = (RuleBook::embedded(), CheckOptions::default());
/// let check = PartedCheck::new(&plan, &book, &options)?;
/// let merged = check.part(&[0, 2])?.merge(check.rest()?).merge(check.part(&[1])?);
/// let outcome = check.finish(merged)?;
/// # assert_eq!(outcome.findings, sanxian::check(&plan, &options)?.findings);
/// # Ok(())
/// # }
/// ```
pub struct PartedCheck<'p> {
    plan: &'p Plan,
    book: &'p RuleBook,
    options: &'p CheckOptions,
    /// The layers after the subject, indexed once for all parts.
    lines: MeasuredLines,
}

impl<'p> PartedCheck<'p> {
    /// Indexes and measures the lines.
    ///
    /// # Errors
    /// [`Error::Rules`] for an unknown profile or rule, [`Error::Scale`] for lines outside the area of their CRS.
    pub fn new(plan: &'p Plan, book: &'p RuleBook, options: &'p CheckOptions) -> Result<Self, Error> {
        Chosen::of(plan, book, options, Scope::Everything)?;
        let others = Plan { layers: others(plan).to_vec(), ..plan.bare() };
        let roles = lines_of(&others);
        let stop = options.watch.asked();
        let lines = if others.layers.is_empty() {
            MeasuredLines::default()
        } else {
            Measured::index(&others, stop)?.into_lines(&roles)
        };
        Ok(Self { plan, book, options, lines })
    }

    /// Measures some rows of the plan, or of the project when there is no plan. Rows of several layers are numbered through,
    /// as [`RoleLayers`](crate::RoleLayers) does.
    ///
    /// # Errors
    /// [`PartError::NoSuchRow`], [`PartError::Twice`], [`Error::Scale`].
    pub fn part(&self, rows: &[u32]) -> Result<Partial, Error> {
        let Some(subject) = self.plan.subject() else {
            return rows.first().map_or_else(|| Ok(Partial::default()), |&row| Err(no_such(row)));
        };
        let mut rows = rows.to_vec();
        rows.sort_unstable();
        if let Some(&row) = rows.iter().find(|&&row| row as usize >= subject.len()) {
            return Err(no_such(row));
        }
        if let Some(pair) = rows.windows(2).find(|pair| pair[0] == pair[1]) {
            return Err(PartError::Twice { row: pair[0] }.into());
        }
        if rows.is_empty() {
            return Ok(Partial::default());
        }
        let taken = subject.iter().map(|(_, numbers, layer)| {
            let here = rows.iter().filter(|row| numbers.contains(&(**row as usize)));
            layer.take(&here.map(|row| row - numbers.start as u32).collect::<Vec<_>>())
        });
        let layers = taken.chain(others(self.plan).iter().cloned());
        let plan = Plan { layers: layers.collect(), ..self.plan.bare() };
        let chosen = Chosen::of(self.plan, self.book, self.options, Scope::Everything)?;
        let rules = rules_about(&chosen.rules, |role| role == subject.role());
        let measured = Measured::onto(&plan, &self.lines, self.options.watch.asked())?;
        let whole = Wanted::of(self.plan, &chosen.rules);
        let tables = whole.tables.into_iter().filter(|(from, _)| from == subject.role()).collect();
        let mut partial =
            self.measure(measured, &Wanted { tables, lines: whole.lines }, &rules, |measured| {
                ledger(measured, subject.role(), chosen.tolerance)
            })?;
        partial.areas = std::mem::take(&mut partial.other_areas)
            .remove(subject.role())
            .map(|areas| rows.iter().copied().zip(areas).collect())
            .unwrap_or_default();
        partial.twice.clear();
        partial.number_by(&rows, subject.role());
        Ok(partial)
    }

    /// Measures what is about no row of the plan: the lines among themselves, and a project beside a plan.
    ///
    /// # Errors
    /// [`Error::Scale`].
    pub fn rest(&self) -> Result<Partial, Error> {
        let subject = self.plan.subject().map(|layers| layers.role());
        let chosen = Chosen::of(self.plan, self.book, self.options, Scope::Everything)?;
        let rules = rules_about(&chosen.rules, |role| Some(role) != subject);
        let whole = Wanted::of(self.plan, &chosen.rules);
        let tables = whole.tables.into_iter().filter(|(from, _)| Some(from) != subject).collect();
        let wanted = Wanted { tables, lines: Vec::new() };
        // A rule may hold lines against the plan; then all of it is needed here.
        let needs_subject = rules.iter().any(|rule| rule.zone() == subject && subject.is_some());
        let others = Plan { layers: others(self.plan).to_vec(), ..self.plan.bare() };
        let mut partial = if needs_subject {
            let measured = Measured::onto(self.plan, &self.lines, self.options.watch.asked())?;
            self.measure(measured, &wanted, &rules, |_| Ledger::default())?
        } else if others.layers.is_empty() {
            Partial::default()
        } else {
            let measured = Measured::of_lines(&others, &self.lines, self.options.watch.asked())?;
            self.measure(measured, &wanted, &rules, |_| Ledger::default())?
        };
        partial.other_areas.retain(|role, _| Some(role) != subject);
        partial.rests = 1;
        Ok(partial)
    }

    /// Measures, and answers what findings will ask.
    fn measure(
        &self,
        mut measured: Measured<'_>,
        wanted: &Wanted,
        rules: &[Rule],
        accounts: impl FnOnce(&Measured<'_>) -> Ledger,
    ) -> Result<Partial, Error> {
        let (options, watch) = (self.options, &self.options.watch);
        measured.measure(wanted);
        watch.go_on()?;
        options.area.apply(&mut measured)?;
        let accounts = accounts(&measured).rows;
        let recording = Recording::of(&measured);
        let chosen = Chosen::of(self.plan, self.book, options, Scope::Everything)?;
        let rules: Vec<&Rule> = rules.iter().collect();
        let mut findings = sanxian_rules::check(&rules, &recording, &chosen.limits(options))?.findings;
        measured.locate(&mut findings);
        let narrow = measured.narrow(&findings, options.sliver_width);
        let pieces = options.pieces.then(|| measured.cut(&findings));
        let plan = measured.plan;
        let answers = findings.iter().zip(narrow).enumerate().map(|(k, (finding, narrow))| {
            let mut shape = PolygonColumnBuilder::new();
            if let Some((pieces, row)) =
                pieces.as_ref().and_then(|pieces| Some((pieces, pieces.of_finding[k]?)))
            {
                shape.push_view(pieces.column.feature(row as usize));
            }
            (about(plan, finding), Answer { point: finding.point, narrow, shape: shape.finish() })
        });
        let answers = answers.collect();
        watch.go_on()?;
        let Recording { unions, twice, .. } = recording;
        let inside = |lock: Mutex<_>| lock.into_inner().unwrap_or_else(PoisonError::into_inner);
        Ok(Partial {
            areas: Vec::new(),
            rests: 0,
            other_areas: measured.areas_by_role(),
            unions: inside(unions),
            twice: twice.into_inner().unwrap_or_else(PoisonError::into_inner),
            accounts,
            answers,
            tables: measured.into_tables(),
        })
    }

    /// Judges the whole.
    ///
    /// # Errors
    /// [`Error::Parts`] when rows are missing or there twice; those of [`check_with`](crate::check_with).
    pub fn finish(&self, merged: Partial) -> Result<Outcome, Error> {
        let plan = self.plan;
        let chosen = Chosen::of(plan, self.book, self.options, Scope::Everything)?;
        self.options.watch.begin(Stage::Rules)?;
        let Partial { mut areas, rests, other_areas, tables, unions, twice, mut accounts, answers } = merged;
        areas.sort_unstable_by_key(|(row, _)| *row);
        accounts.sort_unstable_by_key(|row| row.subject);
        let mut all_areas = other_areas;
        if let Some(subject) = plan.subject() {
            whole(&areas, subject.len())?;
            all_areas.insert(subject.role().clone(), areas.into_iter().map(|(_, area)| area).collect());
        }
        if rests != 1 {
            return Err(PartError::Rest { times: rests }.into());
        }
        let rows_of = |role: &Role| plan.of_role(role).map_or(0, |layers| layers.len());
        let tables = tables.into_iter().map(|((from, zone), mut pairs)| {
            pairs.sort_unstable_by_key(|pair| (pair.subject, pair.zone));
            let table = OverlapTable::from_ordered(pairs, rows_of(&from));
            ((from, zone), table)
        });
        let roles = lines_of(plan);
        let has_ledger = plan.subject().is_some();
        let ground = Merged {
            plan,
            areas: all_areas,
            tables: tables.collect(),
            unions,
            twice,
            answers,
            live: OnceCell::new(),
        };
        let ledger = if has_ledger {
            Ledger { roles, rows: accounts, tolerance: chosen.tolerance }
        } else {
            Ledger::default()
        };
        judge(plan, chosen, self.options, &ground, ledger)
    }
}

impl std::fmt::Debug for PartedCheck<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PartedCheck").field("options", self.options).finish_non_exhaustive()
    }
}

/// Every layer but those of the subject, which stand first.
fn others(plan: &Plan) -> &[Layer] {
    &plan.layers[plan.subject().map_or(0, |subject| subject.layers().len())..]
}

/// The rules that are about some roles, and about these alone.
fn rules_about(rules: &[&Rule], wanted: impl Fn(&Role) -> bool) -> Vec<Rule> {
    let mut about: Vec<Rule> = rules.iter().map(|rule| (*rule).clone()).collect();
    for rule in &mut about {
        rule.roles.retain(&wanted);
    }
    about.retain(|rule| !rule.roles.is_empty());
    about
}

/// Whether each row is there once.
fn whole(areas: &[(u32, SquareMetres)], rows: usize) -> Result<(), Error> {
    if let Some(pair) = areas.windows(2).find(|pair| pair[0].0 == pair[1].0) {
        return Err(PartError::Twice { row: pair[0].0 }.into());
    }
    if areas.len() < rows {
        let first = areas.iter().enumerate().find(|(k, (row, _))| *k as u32 != *row);
        let first = first.map_or(areas.len() as u32, |(k, _)| k as u32);
        return Err(PartError::Missing { rows: rows - areas.len(), first }.into());
    }
    Ok(())
}

fn no_such(row: u32) -> Error {
    PartError::NoSuchRow { row }.into()
}
