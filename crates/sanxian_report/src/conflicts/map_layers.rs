//! Difference patches as a layer of a map, coloured by kind, with the lines under them as background, and the class × class
//! matrices as a table.

use sanxian_model::conflict::{LayerPair, PairPatch, Placement, PlacementVerdict};
use sanxian_model::{DifferencePatch, Lang, PolygonColumn, PolygonColumnBuilder, Role, SquareMetres};

use crate::columns::Columns;
use crate::conflicts::comparison::Comparison;
use crate::conflicts::matrix_rows::{MatrixRow, rows};
use crate::conflicts::{kinds, words};
use crate::line_layers::line_layers;
use crate::map_layer::MapLayer;
use crate::map_style::{Category, by_column};
use crate::words::pick;

/// The layers of a comparison: `patches`, `digitising` when it is listed, the lines, and `matrix`, one row for each cell,
/// without shapes.
#[must_use]
pub fn map_layers(comparison: &Comparison<'_>, lang: Lang) -> Vec<MapLayer> {
    let standing: Vec<usize> = (0..comparison.patches.len())
        .filter(|number| comparison.patches[*number].digitising.is_none())
        .collect();
    let description = pick(lang, "差异图斑", "Difference patches");
    let mut layers = vec![patches(comparison, "patches", description, &standing, lang)];
    if comparison.list_digitising {
        let errors: Vec<usize> = (0..comparison.patches.len())
            .filter(|number| comparison.patches[*number].digitising.is_some())
            .collect();
        let description = pick(lang, "数字化误差", "Errors of digitising");
        layers.push(patches(comparison, "digitising", description, &errors, lang));
    }
    if !comparison.placements.is_empty() {
        layers.push(projects(comparison, lang));
    }
    if !comparison.pairs.is_empty() {
        layers.push(pairs(comparison, lang));
    }
    layers.extend(line_layers(comparison.layers, lang));
    layers.push(matrix(comparison, lang));
    layers
}

fn patches(
    comparison: &Comparison<'_>,
    name: &str,
    description: &str,
    numbers: &[usize],
    lang: Lang,
) -> MapLayer {
    let all = || numbers.iter().map(|number| &comparison.patches[*number]);
    let say = |zh, en| pick(lang, zh, en);
    let guide = comparison.guide;
    let text = |value: &str| Some(value.to_owned()).filter(|value| !value.is_empty());
    let mut columns = Columns::default();
    columns.text("kind", say("类型", "kind"), all().map(|patch| patch.kind.code().map(str::to_owned)));
    columns.text("patch_id", say("图斑号", "patch"), all().map(|patch| Some(patch.id.clone())));
    columns.text(
        "title",
        say("含义", "meaning"),
        all().map(|patch| guide.kind(patch.kind).and_then(|card| text(card.title.in_lang(lang)))),
    );
    for (number, plan) in comparison.plans.iter().enumerate() {
        let (name, place) = (&plan.name, number + 1);
        columns.text(
            &format!("class_{place}"),
            &format!("{name}{}", say("地类代码", ": class")),
            all().map(|patch| words::codes_of_plan(patch, number)),
        );
        columns.text(
            &format!("class_name_{place}"),
            &format!("{name}{}", say("地类", ": class name")),
            all().map(|patch| words::answers_of_plan(patch, number, lang)),
        );
    }
    let area = |of: fn(SquareMetres) -> f64| all().map(move |patch| Some(of(patch.area) + 0.0));
    columns.number("area_m2", say("面积（平方米）", "area m²"), area(SquareMetres::get));
    columns.number("area_ha", say("面积（公顷）", "area ha"), area(SquareMetres::hectares));
    columns.number("area_mu", say("面积（亩）", "area mu"), area(SquareMetres::mu));
    columns.number(
        "mean_width_m",
        say("平均宽度（米）", "mean width m"),
        all().map(|patch| Some(patch.mean_width.get())),
    );
    for role in [Role::REDLINE, Role::FARMLAND, Role::URBAN_BOUNDARY] {
        if comparison.layers.iter().any(|layer| layer.role == role) {
            let name = format!("{}_m2", role.name().replace('-', "_"));
            let alias = format!("{}{}", role.title().in_lang(lang), say("（平方米）", " m²"));
            let on = |patch: &DifferencePatch| {
                let line = patch.lines.iter().find(|line| line.role == role);
                Some(line.map_or(0.0, |line| line.area.get()))
            };
            columns.number(&name, &alias, all().map(on));
        }
    }
    let unit = |patch: &DifferencePatch| patch.units.first().map(|unit| comparison.unit_name(unit.row));
    columns.text("unit", say("行政区", "unit"), all().map(unit));
    columns.text(
        "cause",
        say("原因", "cause"),
        all().map(|patch| words::cause(comparison, patch).and_then(|card| text(card.title.in_lang(lang)))),
    );
    columns.text(
        "decided_by",
        say("处理规则", "decided by"),
        all().map(|patch| words::rank(comparison, patch).and_then(|card| text(card.title.in_lang(lang)))),
    );
    columns.text(
        "follow",
        say("依从", "follow"),
        all().map(|patch| words::followed(comparison, patch).map(str::to_owned)),
    );
    columns.text(
        "departments",
        say("部门", "departments"),
        all().map(|patch| text(&words::departments(comparison, patch, lang))),
    );
    columns.text(
        "advice",
        say("处理建议", "advice"),
        all().map(|patch| guide.kind(patch.kind).and_then(|card| text(card.advice.in_lang(lang)))),
    );
    columns.text(
        "digitising",
        say("数字化误差", "error of digitising"),
        all().map(|patch| patch.digitising.map(|error| words::digitising(error, lang))),
    );
    let mut shapes = PolygonColumnBuilder::new();
    for number in numbers {
        shapes.push_view(comparison.polygons.feature(*number));
    }
    let (attributes, aliases) = columns.batch();
    let style = say("按类型", "by kind");
    MapLayer {
        name: name.to_owned(),
        description: description.to_owned(),
        shapes: shapes.finish(),
        attributes,
        style: by_column(style, "kind", &kinds::categories(comparison, lang), &aliases, 150, ""),
    }
}

/// The projects, coloured by whether they have a place.
fn projects(comparison: &Comparison<'_>, lang: Lang) -> MapLayer {
    let say = |zh, en| pick(lang, zh, en);
    let all = || comparison.placements.iter();
    let mut columns = Columns::default();
    columns.text("verdict", say("落位", "place"), all().map(|of| Some(of.verdict().name().to_owned())));
    columns.text(
        "project",
        say("项目", "project"),
        all().map(|of| comparison.project(of).map(|(name, _)| name)),
    );
    let place = |of: &Placement| comparison.project(of).map(|(_, place)| place);
    columns.text(
        "layer",
        say("图层", "layer"),
        all().map(|of| place(of).map(|place| place.layer.to_string())),
    );
    columns.whole(
        "project_fid",
        say("要素号", "feature"),
        all().map(|of| place(of).and_then(|place| place.fid)),
    );
    columns.text(
        "project_id",
        say("标识码", "identifier"),
        all().map(|of| place(of).and_then(|place| place.id)),
    );
    columns.text(
        "class",
        say("地类", "class"),
        all().map(|of| of.class.class().map(|_| words::answer(of.class, lang))),
    );
    let area = |of: fn(&Placement) -> Option<SquareMetres>| {
        all().map(move |placement| of(placement).map(|area| area.get() + 0.0))
    };
    columns.number("area_m2", say("面积（平方米）", "area m²"), area(|of| Some(of.area)));
    columns.number("placed_m2", say("落位（平方米）", "placed m²"), area(|of| Some(of.placed)));
    columns.number(
        "contradicted_m2",
        say("不符（平方米）", "contradicted m²"),
        area(|of| Some(of.contradicted)),
    );
    columns.number("uncovered_m2", say("未覆盖（平方米）", "not covered m²"), area(|of| Some(of.uncovered)));
    columns.number("unknown_m2", say("无法判断（平方米）", "not known m²"), area(|of| Some(of.unknown)));
    columns.number("in_parks_m2", say("园区内（平方米）", "in parks m²"), area(|of| of.in_parks));
    columns.number(
        "outside_parks_m2",
        say("园区外（平方米）", "outside parks m²"),
        area(Placement::outside_parks),
    );
    let mut shapes = PolygonColumnBuilder::new();
    for placement in comparison.placements {
        match comparison.projects.map(|projects| projects.at(placement.row as usize)) {
            Some((_, layer, row)) => shapes.push_view(layer.polygons.feature(row)),
            None => shapes.end_feature(),
        }
    }
    let (attributes, aliases) = columns.batch();
    let category = |verdict: PlacementVerdict| Category {
        value: verdict.name().to_owned(),
        label: words::placement(verdict, lang).to_owned(),
        colour: match verdict {
            PlacementVerdict::NoPlace => [215, 25, 28],
            PlacementVerdict::InPart => [253, 174, 97],
            PlacementVerdict::Unknown => [115, 115, 115],
            PlacementVerdict::Placed => [26, 150, 65],
        },
    };
    let categories = PlacementVerdict::ALL.map(category);
    MapLayer {
        name: "projects".to_owned(),
        description: say("项目落位", "Projects and their place").to_owned(),
        shapes: shapes.finish(),
        attributes,
        style: by_column(say("按落位", "by place"), "verdict", &categories, &aliases, 150, ""),
    }
}

/// The patches of pairs of layers that are listed.
fn pairs(comparison: &Comparison<'_>, lang: Lang) -> MapLayer {
    let say = |zh, en| pick(lang, zh, en);
    let all = || comparison.listed_in_pairs().map(|(_, patch)| patch);
    let pair_of = |patch: &PairPatch| &comparison.pairs[patch.pair];
    let text = |value: &str| Some(value.to_owned()).filter(|value| !value.is_empty());
    let mut columns = Columns::default();
    columns.text("pair", say("图层对", "pair"), all().map(|patch| Some(pair_of(patch).code.clone())));
    columns.text("patch_id", say("图斑号", "patch"), all().map(|patch| Some(patch.id.clone())));
    columns.text(
        "title",
        say("含义", "meaning"),
        all().map(|patch| text(pair_of(patch).title.in_lang(lang))),
    );
    for (side, (name, alias)) in
        [("first", say("前一图层", "first layer")), ("second", say("后一图层", "second layer"))]
            .into_iter()
            .enumerate()
    {
        let sources = all().map(|patch| text(&words::sources_of_pair(comparison, patch, side, lang)));
        columns.text(name, alias, sources);
    }
    let area = |of: fn(SquareMetres) -> f64| all().map(move |patch| Some(of(patch.area) + 0.0));
    columns.number("area_m2", say("面积（平方米）", "area m²"), area(SquareMetres::get));
    columns.number("area_ha", say("面积（公顷）", "area ha"), area(SquareMetres::hectares));
    let unit = |patch: &PairPatch| patch.units.first().map(|unit| comparison.unit_name(unit.row));
    columns.text("unit", say("行政区", "unit"), all().map(unit));
    let department = all().map(|patch| text(pair_of(patch).department.in_lang(lang)));
    columns.text("departments", say("部门", "departments"), department);
    let mut shapes = PolygonColumnBuilder::new();
    for (number, _) in comparison.listed_in_pairs() {
        shapes.push_view(comparison.pair_polygons.feature(number));
    }
    let (attributes, aliases) = columns.batch();
    let category = |pair: &LayerPair| Category {
        value: pair.code.clone(),
        label: format!("{} {}", pair.code, pair.title.in_lang(lang)),
        colour: [201, 148, 199],
    };
    let categories: Vec<Category> = comparison.pairs.iter().map(category).collect();
    MapLayer {
        name: "pairs".to_owned(),
        description: say("图层对的重叠", "Ground that pairs of layers have in common").to_owned(),
        shapes: shapes.finish(),
        attributes,
        style: by_column(say("按图层对", "by pair"), "pair", &categories, &aliases, 150, ""),
    }
}

/// The cells of all matrices.
fn matrix(comparison: &Comparison<'_>, lang: Lang) -> MapLayer {
    let say = |zh, en| pick(lang, zh, en);
    let status = say("现状", "status");
    let name = |plan: usize| comparison.plans.get(plan).map_or(status, |plan| &plan.name).to_owned();
    let matrices = || comparison.matrices.iter().chain(comparison.from_status);
    let rows: Vec<([usize; 2], MatrixRow)> =
        matrices().flat_map(|matrix| rows(matrix).into_iter().map(|row| (matrix.plans, row))).collect();
    let mut columns = Columns::default();
    let all = || rows.iter();
    for (place, alias) in
        [say("前一规划", "first plan"), say("后一规划", "second plan")].into_iter().enumerate()
    {
        let plans = all().map(|(plans, _)| Some(name(plans[place])));
        columns.text(&format!("plan_{}", place + 1), alias, plans);
    }
    for (place, alias) in
        [say("前一地类", "first class"), say("后一地类", "second class")].into_iter().enumerate()
    {
        let classes = all().map(|(_, row)| Some(words::answer(row.answers[place], lang)));
        columns.text(&format!("class_{}", place + 1), alias, classes);
    }
    columns.text("kind", say("类型", "kind"), all().map(|(_, row)| row.kind.code().map(str::to_owned)));
    let area = |of: fn(SquareMetres) -> f64| all().map(move |(_, row)| Some(of(row.area) + 0.0));
    columns.number("area_m2", say("面积（平方米）", "area m²"), area(SquareMetres::get));
    columns.number("area_ha", say("面积（公顷）", "area ha"), area(SquareMetres::hectares));
    let (attributes, aliases) = columns.batch();
    MapLayer {
        name: "matrix".to_owned(),
        description: say("地类矩阵", "Class matrices").to_owned(),
        shapes: without_shapes(rows.len()),
        attributes,
        style: by_column(
            say("按类型", "by kind"),
            "kind",
            &kinds::categories(comparison, lang),
            &aliases,
            150,
            "",
        ),
    }
}

fn without_shapes(rows: usize) -> PolygonColumn {
    let mut shapes = PolygonColumnBuilder::new();
    for _ in 0..rows {
        shapes.end_feature();
    }
    shapes.finish()
}
