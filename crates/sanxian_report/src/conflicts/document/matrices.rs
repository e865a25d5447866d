//! The class × class matrices (地类转移矩阵): of each two plans, and of the status layer and each plan.

use std::collections::BTreeMap;

use sanxian_model::conflict::Matrix;
use sanxian_model::{Answer, AreaSum, ConflictKind, LandNature, Lang};

use super::builder::Builder;
use crate::conflicts::matrix_rows::{MatrixRow, rows};
use crate::conflicts::present_class::{self, PresentClass};
use crate::conflicts::words;
use crate::document::build::builder::{note, section};
use crate::document::{Block, Cell, Column, Kind, Section, Table, Total, Unit};

pub(super) fn of_plans<'a>(build: &Builder<'_, 'a>) -> Vec<Section<'a>> {
    build
        .comparison
        .matrices
        .iter()
        .map(|matrix| of_two(build, "matrix", matrix, cells(build, matrix)))
        .collect()
}

/// What the status layer has, and what each plan makes of it.
pub(super) fn from_status<'a>(build: &Builder<'_, 'a>) -> Vec<Section<'a>> {
    let of_plan = |matrix: &Matrix| {
        let changes = Block::Table(changes(build, matrix));
        let natures = Block::Table(natures(build, matrix));
        let classes = Block::Table(before_and_after(build, matrix));
        let text = build.pick(
            "各分类标准统一换算为 land-sea-2023 的三大类和一级类；净增减为规划减现状，另一方有一对多地类可能属于该类的不列；重复占用的地面只计一次",
            "all schemes in the natures and the first level of land-sea-2023; change is plan less status, and left open where ground of the other may be of the class too; ground claimed twice counts once",
        );
        of_two(build, "status", matrix, vec![changes, natures, classes, note("change", text.to_owned())])
    };
    build.comparison.from_status.iter().map(of_plan).collect()
}

fn of_two<'a>(build: &Builder<'_, 'a>, key: &str, matrix: &Matrix, blocks: Vec<Block<'a>>) -> Section<'a> {
    let [first, second] = matrix.plans.map(|plan| name(build, plan));
    let number = |plan: usize| if plan < build.comparison.plans.len() { plan + 1 } else { 0 };
    let [a, b] = matrix.plans.map(number);
    let key = format!("{key}.{a}-{b}");
    let heading = match (build.lang(), a) {
        (Lang::Zh, 0) => format!("现状与规划：{second}"),
        (Lang::En, 0) => format!("Status layer and plan: {second}"),
        (Lang::Zh, _) => format!("地类矩阵：{first} × {second}"),
        (Lang::En, _) => format!("Class matrix: {first} × {second}"),
    };
    section(&key, &heading, blocks)
}

fn name(build: &Builder<'_, '_>, plan: usize) -> String {
    let plan = build.comparison.plans.get(plan).map(|plan| plan.name.clone());
    plan.unwrap_or_else(|| build.pick("现状", "status").to_owned())
}

/// The rows that are told: less than a square centimetre is what rounding leaves along edges that two layers share.
fn told(matrix: &Matrix) -> impl Iterator<Item = MatrixRow> + use<> {
    rows(matrix).into_iter().filter(|row| row.area.get() >= 1e-4)
}

/// The rows that are told, the largest first.
fn largest_first(matrix: &Matrix) -> Vec<MatrixRow> {
    let mut rows: Vec<MatrixRow> = told(matrix).collect();
    rows.sort_by(|a, b| b.area.get().total_cmp(&a.area.get()).then_with(|| a.answers.cmp(&b.answers)));
    rows
}

fn cells<'a>(build: &Builder<'_, 'a>, matrix: &Matrix) -> Vec<Block<'a>> {
    let lang = build.lang();
    let [first, second] = matrix.plans.map(|plan| name(build, plan));
    let area = build.pick("面积", "area");
    let mut table = Table::new(vec![
        Column::new("first", &first, Kind::Text),
        Column::new("second", &second, Kind::Text),
        Column::new("kind", build.pick("类型", "kind"), Kind::Identifier),
        Column::area("area_ha", area, Unit::Hectare).brief(build.pick("面积公顷", "ha")),
        Column::area("area_mu", area, Unit::Mu).brief(build.pick("亩", "mu")).beside(),
    ]);
    let rows = largest_first(matrix);
    let shown = build.shown(rows.len());
    for row in &rows[..shown] {
        let kind = row.kind.code().unwrap_or(build.pick("无法判断", "not known"));
        table.row(vec![
            Cell::text(words::answer(row.answers[0], lang)),
            Cell::text(words::answer(row.answers[1], lang)),
            Cell::identifier(kind),
            Cell::area(row.area),
            Cell::area(row.area),
        ]);
    }
    let rest = &rows[shown..];
    if !rest.is_empty() {
        let area = rest.iter().map(|row| row.area).sum::<AreaSum>().area();
        let words = match lang {
            Lang::Zh => format!("其余 {} 项", rest.len()),
            Lang::En => format!("{} more", rest.len()),
        };
        table.row(vec![Cell::text(words), Cell::Empty, Cell::Empty, Cell::area(area), Cell::area(area)]);
    }
    let all = rows.iter().map(|row| row.area).sum::<AreaSum>().area();
    table.total = Some(Total {
        cells: vec![
            Cell::text(build.pick("合计（任一方覆盖的范围）", "union of both")),
            Cell::Empty,
            Cell::Empty,
            Cell::area(all),
            Cell::area(all),
        ],
        sums: vec![false, false, false, true, true],
    });
    let mut blocks = vec![];
    if !table.unequal_sums().is_empty() {
        let text = build.pick(
            "合计按未取整数值计算，各行之和与合计的末位可能不一致",
            "rounded: rows may differ from the total in the last digit",
        );
        blocks.push(note("rounding", text.to_owned()));
    }
    blocks.insert(0, Block::Table(table));
    blocks
}

/// What becomes of the ground of the status layer, by how the two differ.
fn changes(build: &Builder<'_, '_>, matrix: &Matrix) -> Table {
    let mut sums: BTreeMap<u8, AreaSum> = BTreeMap::new();
    for row in told(matrix) {
        *sums.entry(change(&row)).or_insert(AreaSum::ZERO) += row.area;
    }
    let area = build.pick("面积", "area");
    let mut table = Table::new(vec![
        Column::new("change", build.pick("变化", "change"), Kind::Text),
        Column::area("area_ha", area, Unit::Hectare).brief(build.pick("面积公顷", "ha")),
        Column::area("area_mu", area, Unit::Mu).brief(build.pick("亩", "mu")).beside(),
    ]);
    for (change, sum) in &sums {
        let (zh, en) = CHANGES[usize::from(*change)];
        table.row(vec![Cell::text(build.pick(zh, en)), Cell::area(sum.area()), Cell::area(sum.area())]);
    }
    let all = sums.values().copied().sum::<AreaSum>().area();
    table.total = Some(Total {
        cells: vec![Cell::text(build.pick("合计", "all")), Cell::area(all), Cell::area(all)],
        sums: vec![false, true, true],
    });
    table
}

/// What may become of ground, in the order in which it is told.
const CHANGES: [(&str, &str); 8] = [
    ("现状非建设，规划为建设用地", "not built, planned as construction land"),
    ("现状建设，规划为非建设用地", "built, planned as land that does not build"),
    ("现状建设，规划为其他建设用途", "built, planned for another use"),
    ("现状非建设，规划为其他非建设地类", "not built, planned as another class that does not build"),
    ("不变", "the same"),
    ("规划未覆盖", "not covered by the plan"),
    ("现状未覆盖", "not covered by the status layer"),
    ("地类未知或对应多类，无法判断", "of unknown class, or of one that may be several"),
];

fn change(row: &MatrixRow) -> u8 {
    match (row.answers, row.kind) {
        ([_, Answer::Nothing], _) => 5,
        ([Answer::Nothing, _], _) => 6,
        (_, ConflictKind::SecondBuilds) => 0,
        (_, ConflictKind::FirstBuilds) => 1,
        (_, ConflictKind::OtherUse) => 2,
        (_, ConflictKind::OtherLand) => 3,
        (_, ConflictKind::Agree) => 4,
        _ => 7,
    }
}

/// Areas by class in the status layer and in the plan, in one classification. A class has no change that anybody knows when ground
/// of the other side may be of it too.
fn before_and_after(build: &Builder<'_, '_>, matrix: &Matrix) -> Table {
    let lang = build.lang();
    let mut sums: BTreeMap<PresentClass, [AreaSum; 2]> = BTreeMap::new();
    for row in told(matrix) {
        for (place, answer) in row.answers.into_iter().enumerate() {
            if let Some(class) = PresentClass::of(answer) {
                sums.entry(class).or_insert([AreaSum::ZERO; 2])[place] += row.area;
            }
        }
    }
    let open: Vec<PresentClass> = sums.keys().copied().filter(|class| !class.is_certain()).collect();
    let certain = |class: PresentClass| class.is_certain() && !open.iter().any(|other| other.may_be(class));
    table_of_changes(
        build,
        build.pick("地类", "class"),
        sums.iter().map(|(class, sums)| (class.words(lang), *sums, certain(*class))),
    )
}

/// The same by nature (三大类). What is unknown or of several natures has rows of its own, and no change.
fn natures(build: &Builder<'_, '_>, matrix: &Matrix) -> Table {
    let mut sums: BTreeMap<Option<LandNature>, [AreaSum; 2]> = BTreeMap::new();
    for row in told(matrix) {
        for (place, answer) in row.answers.into_iter().enumerate() {
            if answer != Answer::Nothing {
                let nature = present_class::nature(answer);
                sums.entry(nature).or_insert([AreaSum::ZERO; 2])[place] += row.area;
            }
        }
    }
    let words = |nature: Option<LandNature>| match nature {
        Some(LandNature::Farm) => build.pick("农用地", "farm land"),
        Some(LandNature::Construction) => build.pick("建设用地", "construction land"),
        Some(LandNature::Unused) => build.pick("未利用地", "unused land"),
        Some(LandNature::Sea) => build.pick("海域", "sea"),
        Some(LandNature::Mixed) => build.pick("性质不定", "of several natures"),
        None => build.pick("未知地类", "unknown class"),
    };
    table_of_changes(
        build,
        build.pick("三大类", "nature"),
        sums.iter().map(|(nature, sums)| {
            (words(*nature).to_owned(), *sums, !matches!(nature, None | Some(LandNature::Mixed)))
        }),
    )
}

/// Rows of a name, the areas before and after, and whether the change is known.
fn table_of_changes(
    build: &Builder<'_, '_>,
    first: &str,
    rows: impl Iterator<Item = (String, [AreaSum; 2], bool)>,
) -> Table {
    let (before, after) = (build.pick("现状", "status"), build.pick("规划", "plan"));
    let mut table = Table::new(vec![
        Column::new("class", first, Kind::Text),
        Column::area("before_ha", before, Unit::Hectare).brief(build.pick("现状公顷", "status ha")),
        Column::area("after_ha", after, Unit::Hectare).brief(build.pick("规划公顷", "plan ha")),
        Column::area("change_ha", build.pick("净增减", "change"), Unit::Hectare)
            .brief(build.pick("净增减公顷", "change ha")),
    ]);
    let cells = |title: String, [before, after]: [AreaSum; 2], known: bool| {
        let change = if known { Cell::area((after - before).area()) } else { Cell::Empty };
        vec![Cell::text(title), Cell::area(before.area()), Cell::area(after.area()), change]
    };
    let mut all = [AreaSum::ZERO; 2];
    for (title, sums, known) in rows {
        all = [all[0] + sums[0], all[1] + sums[1]];
        table.row(cells(title, sums, known));
    }
    table.total = Some(Total {
        cells: cells(build.pick("合计", "all").to_owned(), all, true),
        sums: vec![false, true, true, false],
    });
    table
}
