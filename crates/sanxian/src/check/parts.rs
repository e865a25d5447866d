//! A check cut into parts: each patch is measured in one of them, the results are merged in any order, and the whole is
//! judged once. Batches, processes and machines share a plan in this way.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use sanxian_geom::{Shapes, Stop};
use sanxian_model::{
    Explain, Explanation, Finding, Lang, Layer, Ledger, LedgerRow, Metres, OverlapPair, OverlapTable,
    PolygonColumn, PolygonColumnBuilder, PolygonView, Position, Role, RoleLayers, SquareMetres,
};
use sanxian_rules::{Facts, Rule, RuleBook};

use super::{CheckOptions, Chosen, Ground, Outcome, Scope, judge, wanted};
use crate::accounts::{ledger, lines_of};
use crate::error::Error;
use crate::measured::{Measured, MeasuredLines, Wanted};
use crate::pieces::FindingPieces;
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

/// What one part of a check measured.
#[derive(Debug, Clone, Default)]
pub struct Partial {
    /// Rows of the subject, with their areas.
    areas: Vec<(u32, SquareMetres)>,
    /// Whether what is about no row of the subject is in it, and how often.
    rests: usize,
    /// Areas of the features of the other layers.
    other_areas: BTreeMap<Role, Vec<SquareMetres>>,
    tables: BTreeMap<(Role, Role), Vec<OverlapPair>>,
    unions: BTreeMap<UnionOf, (SquareMetres, SquareMetres)>,
    twice: BTreeMap<Role, SquareMetres>,
    accounts: Vec<LedgerRow>,
    answers: BTreeMap<About, Answer>,
}

/// Subject, row, zone, rows.
type UnionOf = (Role, u32, Role, Vec<u32>);

/// What a finding is about: rule, role, number of the feature.
type About = (Arc<str>, Role, Option<u32>);

/// What geometry says about a finding.
#[derive(Debug, Clone)]
struct Answer {
    point: Option<Position>,
    narrow: Option<(Metres, Metres)>,
    /// Without polygons for a finding that has none, or when shapes are not asked for.
    shape: PolygonColumn,
}

/// Why the parts of a check are not a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum PartError {
    /// Rows of the subject are in no part.
    Missing {
        /// How many.
        rows: usize,
        /// The first of them.
        first: u32,
    },
    /// A row of the subject is in two parts.
    Twice {
        /// The row.
        row: u32,
    },
    /// There is no such row.
    NoSuchRow {
        /// The row.
        row: u32,
    },
    /// What is about no row of the subject is not there, or there more than once.
    Rest {
        /// How often it is there.
        times: usize,
    },
}

impl Explain for PartError {
    fn explain(&self) -> Explanation {
        match *self {
            Self::Missing { rows, first } => Explanation::new(
                "part-missing",
                format!("{rows} 个图斑不在任何部分中，第一个是第 {first} 行（从 0 起）"),
                format!("{rows} patches are in no part, the first of them in row {first} (counted from 0)"),
            )
            .advise("补齐缺少的部分后再合并", "merge the part that is missing"),
            Self::Twice { row } => Explanation::new(
                "part-twice",
                format!("第 {row} 行（从 0 起）在两个部分中"),
                format!("row {row} (counted from 0) is in two parts"),
            )
            .advise("每个图斑只划入一个部分", "put each patch into one part"),
            Self::NoSuchRow { row } => Explanation::new(
                "part-no-such-row",
                format!("规划没有第 {row} 行（从 0 起）"),
                format!("the plan has no row {row} (counted from 0)"),
            )
            .advise("行号从 0 起，小于要素数", "count rows from 0, below the number of features"),
            Self::Rest { times } => Explanation::new(
                "part-rest",
                format!("与图斑无关的部分应有 1 份，现有 {times} 份"),
                format!("what is about no patch is there {times} times and not once"),
            )
            .advise("合并时恰好加入一份 `rest`", "merge one result of `rest`"),
        }
    }
}

impl std::fmt::Display for PartError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.explain().lines(Lang::En))
    }
}

impl std::error::Error for PartError {}

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
    /// as [`RoleLayers`] does.
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
        let rules = about(&chosen.rules, |role| role == subject.role());
        let measured = Measured::onto(&plan, &self.lines, self.options.watch.asked())?;
        let whole = wanted(self.plan, &chosen.rules);
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
        let rules = about(&chosen.rules, |role| Some(role) != subject);
        let whole = wanted(self.plan, &chosen.rules);
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
        let mut findings = sanxian_rules::check(&rules, &recording, &chosen.rule_options(options))?.findings;
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
            (of(plan, finding), Answer { point: finding.point, narrow, shape: shape.finish() })
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

impl Partial {
    /// Two parts as one. The order does not matter, nor what was merged before.
    #[must_use]
    pub fn merge(mut self, other: Self) -> Self {
        self.areas.extend(other.areas);
        self.rests += other.rests;
        self.other_areas.extend(other.other_areas);
        for (key, pairs) in other.tables {
            self.tables.entry(key).or_default().extend(pairs);
        }
        self.unions.extend(other.unions);
        self.twice.extend(other.twice);
        self.accounts.extend(other.accounts);
        self.answers.extend(other.answers);
        self
    }

    /// How many patches were measured.
    #[must_use]
    pub fn len(&self) -> usize {
        self.areas.len()
    }

    /// Whether no patch was measured.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.areas.is_empty()
    }

    /// Numbers the rows of the part's subject as the plan does.
    fn number_by(&mut self, rows: &[u32], subject: &Role) {
        let number = |row: &mut u32| *row = rows[*row as usize];
        for ((from, _), pairs) in &mut self.tables {
            if from == subject {
                for pair in pairs {
                    number(&mut pair.subject);
                }
            }
        }
        self.accounts.iter_mut().for_each(|row| number(&mut row.subject));
        let renumbered = std::mem::take(&mut self.unions).into_iter().map(|(mut of, area)| {
            number(&mut of.1);
            (of, area)
        });
        self.unions = renumbered.collect();
        let renumbered = std::mem::take(&mut self.answers).into_iter().map(|(mut about, answer)| {
            about.2.iter_mut().for_each(number);
            (about, answer)
        });
        self.answers = renumbered.collect();
    }
}

/// Every layer but those of the subject, which stand first.
fn others(plan: &Plan) -> &[Layer] {
    &plan.layers[plan.subject().map_or(0, |subject| subject.layers().len())..]
}

/// The rules that are about some roles, and about these alone.
fn about(rules: &[&Rule], wanted: impl Fn(&Role) -> bool) -> Vec<Rule> {
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

fn of(plan: &Plan, finding: &Finding) -> About {
    let layers = plan.of_role(&finding.role);
    let number =
        layers.zip(finding.row).map(|(layers, row)| layers.number(finding.layer, row as usize) as u32);
    (Arc::clone(&finding.rule), finding.role.clone(), number)
}

/// Measured layers, with a memory of what was asked that needs geometry.
struct Recording<'m, 'p> {
    measured: &'m Measured<'p>,
    unions: Mutex<BTreeMap<UnionOf, (SquareMetres, SquareMetres)>>,
    twice: Mutex<BTreeMap<Role, SquareMetres>>,
}

impl<'m, 'p> Recording<'m, 'p> {
    fn of(measured: &'m Measured<'p>) -> Self {
        Self { measured, unions: Mutex::default(), twice: Mutex::default() }
    }
}

impl Facts for Recording<'_, '_> {
    fn layers(&self, role: &Role) -> Option<RoleLayers<'_>> {
        self.measured.layers(role)
    }

    fn area(&self, role: &Role, row: usize) -> SquareMetres {
        self.measured.area(role, row)
    }

    fn area_twice(&self, role: &Role) -> SquareMetres {
        let area = self.measured.area_twice(role);
        self.twice.lock().unwrap_or_else(PoisonError::into_inner).insert(role.clone(), area);
        area
    }

    fn overlaps(&self, subject: &Role, zone: &Role) -> Option<&OverlapTable> {
        self.measured.overlaps(subject, zone)
    }

    fn union(&self, subject: &Role, row: usize, zone: &Role, zones: &[u32]) -> (SquareMetres, SquareMetres) {
        let areas = self.measured.union(subject, row, zone, zones);
        let of = (subject.clone(), row as u32, zone.clone(), zones.to_vec());
        self.unions.lock().unwrap_or_else(PoisonError::into_inner).insert(of, areas);
        areas
    }
}

/// What the parts measured, as one.
struct Merged<'p> {
    plan: &'p Plan,
    areas: BTreeMap<Role, Vec<SquareMetres>>,
    tables: BTreeMap<(Role, Role), OverlapTable>,
    unions: BTreeMap<UnionOf, (SquareMetres, SquareMetres)>,
    twice: BTreeMap<Role, SquareMetres>,
    answers: BTreeMap<About, Answer>,
    /// For what no part can know: whether the patches of the plan lie on each other.
    live: OnceCell<Option<Measured<'p>>>,
}

impl Merged<'_> {
    fn live(&self) -> Option<&Measured<'_>> {
        self.live.get_or_init(|| Measured::index(self.plan, &Stop::default()).ok()).as_ref()
    }

    fn answer(&self, finding: &Finding) -> Option<&Answer> {
        self.answers.get(&of(self.plan, finding))
    }
}

impl Facts for Merged<'_> {
    fn layers(&self, role: &Role) -> Option<RoleLayers<'_>> {
        self.plan.of_role(role)
    }

    fn area(&self, role: &Role, row: usize) -> SquareMetres {
        self.areas.get(role).and_then(|areas| areas.get(row)).copied().unwrap_or(SquareMetres::ZERO)
    }

    fn area_twice(&self, role: &Role) -> SquareMetres {
        let live = || self.live().map_or(SquareMetres::ZERO, |measured| measured.area_twice(role));
        self.twice.get(role).copied().unwrap_or_else(live)
    }

    fn overlaps(&self, subject: &Role, zone: &Role) -> Option<&OverlapTable> {
        self.tables.get(&(subject.clone(), zone.clone()))
    }

    fn union(&self, subject: &Role, row: usize, zone: &Role, zones: &[u32]) -> (SquareMetres, SquareMetres) {
        let of = (subject.clone(), row as u32, zone.clone(), zones.to_vec());
        self.unions.get(&of).copied().expect("the part that measured the row was asked the same")
    }
}

impl Ground for Merged<'_> {
    fn locate(&self, findings: &mut [Finding]) {
        for finding in findings {
            finding.point = self.answer(finding).and_then(|answer| answer.point);
        }
    }

    fn narrow(&self, findings: &[Finding], _: Option<Metres>) -> Vec<Option<(Metres, Metres)>> {
        findings.iter().map(|finding| self.answer(finding)?.narrow).collect()
    }

    fn cut(&self, findings: &[Finding]) -> FindingPieces {
        let shapes = findings.iter().map(|finding| -> Shapes {
            let shape = self.answer(finding).filter(|answer| !answer.shape.is_empty());
            shape.map_or_else(Shapes::new, |answer| {
                let polygons = answer.shape.feature(0).polygons();
                polygons
                    .map(|polygon: PolygonView<'_>| polygon.rings().map(<[_]>::to_vec).collect())
                    .collect()
            })
        });
        FindingPieces::of(shapes)
    }
}
