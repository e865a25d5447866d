//! The words for what became of findings.

use sanxian_model::revision::{FeatureChange, FindingChange, GroundClass, LayerChange, ShapeChange};
use sanxian_model::{AreaSum, Lang, Role, SquareMetres};

use crate::figures;
use crate::report::Report;
use crate::revisions::counts::ChangeCounts;
use crate::revisions::input::Revisions;
use crate::summary::Summary;
use crate::words::{self, counted, list, pick};

/// What became of a finding.
pub(crate) fn change(change: FindingChange, lang: Lang) -> &'static str {
    match change {
        FindingChange::New => pick(lang, "新增", "new"),
        FindingChange::Worse => pick(lang, "加重", "worse"),
        FindingChange::Unchanged => pick(lang, "未变", "unchanged"),
        FindingChange::Better => pick(lang, "减轻", "better"),
        FindingChange::Healed => pick(lang, "已消除", "healed"),
    }
}

/// What became of the shape of features.
pub(super) fn shape(shape: ShapeChange, lang: Lang) -> &'static str {
    match shape {
        ShapeChange::Added => pick(lang, "新增", "added"),
        ShapeChange::Removed => pick(lang, "删除", "removed"),
        ShapeChange::Reshaped => pick(lang, "调整边界", "reshaped"),
        ShapeChange::Split => pick(lang, "分割", "split"),
        ShapeChange::Merged => pick(lang, "合并", "merged"),
        ShapeChange::Redrawn => pick(lang, "重划", "redrawn"),
        ShapeChange::Noise => pick(lang, "坐标噪声", "noise of coordinates"),
        ShapeChange::Same => pick(lang, "图形未变，属性有变", "same shape, other columns"),
    }
}

/// Everything that changed of features but their columns.
pub(super) fn feature_change(change: &FeatureChange, lang: Lang) -> String {
    let mut words = Vec::new();
    if change.shape != ShapeChange::Same {
        words.push(shape(change.shape, lang).to_owned());
    }
    if change.recoded {
        words.push(pick(lang, "改变地类", "recoded").to_owned());
    }
    if change.moved {
        words.push(pick(lang, "移到其他图层", "in another layer").to_owned());
    }
    if words.is_empty() {
        words.push(pick(lang, "属性变化", "other columns").to_owned());
    }
    list(&words, lang)
}

/// The class of a piece of ground.
pub(super) fn class(layer: &LayerChange, class: &GroundClass, lang: Lang) -> String {
    match class {
        GroundClass::Class(code) => layer.known_classes.get(code).map_or_else(
            || code.to_string(),
            |known| {
                let class = known.class();
                format!("{code} {}", pick(lang, &class.name, &class.english))
            },
        ),
        GroundClass::Covered if layer.class_field.is_some() => {
            pick(lang, "无地类", "without class").to_owned()
        }
        GroundClass::Covered => pick(lang, "已覆盖", "covered").to_owned(),
        GroundClass::Nothing => pick(lang, "未覆盖", "not covered").to_owned(),
    }
}

/// How much more area, with its sign, without the unit.
pub(crate) fn more(area: SquareMetres) -> String {
    let text = figures::m2(area);
    if area.get() > 0.0 && text != "0.00" { format!("+{text}") } else { text }
}

/// What the revision amounts to, in one sentence without a full stop.
#[must_use]
pub fn headline(revisions: &Revisions<'_>, lang: Lang) -> String {
    let counts = ChangeCounts::of(revisions);
    let parts: Vec<String> = FindingChange::ALL
        .into_iter()
        .filter(|change| counts.all(*change) > 0)
        .map(|of| match lang {
            Lang::Zh => format!("{} {} 项", change(of, lang), counts.all(of)),
            Lang::En => format!("{} {}", counts.all(of), change(of, lang)),
        })
        .collect();
    let worst = [FindingChange::New, FindingChange::Worse].into_iter().any(|change| counts.all(change) > 0);
    let verdict = if revisions.new.rules_run.is_empty() {
        pick(lang, "没有提供控制线，只比对变化", "No line was given, so only what changed is told")
    } else if worst {
        pick(lang, "修改后有新增或加重的问题", "The revision has new or worse findings")
    } else {
        pick(lang, "修改后没有新增或加重的问题", "The revision has no new and no worse finding")
    };
    let (colon, comma) = (pick(lang, "：", ": "), pick(lang, "，", ", "));
    let mut headline = verdict.to_owned();
    if !parts.is_empty() {
        headline.push_str(colon);
        headline.push_str(&parts.join(comma));
    }
    let accepted = words::accepted(revisions.new.accepted().len(), lang).into_iter();
    let more = elsewhere(revisions, lang)
        .into_iter()
        .chain(accepted)
        .chain(layers_changed(revisions, lang))
        .chain(words::filters(&revisions.new.inputs, lang));
    for text in more.chain(not_judged(revisions, lang).map(str::to_owned)) {
        headline.push_str(pick(lang, "；", "; "));
        headline.push_str(&text);
    }
    headline
}

/// The roles of which nothing lies where it lay.
fn elsewhere(revisions: &Revisions<'_>, lang: Lang) -> Option<String> {
    let layers = revisions.layers.iter().filter(|layer| layer.is_elsewhere());
    let titles: Vec<String> = layers.map(|layer| layer.role.title().in_lang(lang).to_owned()).collect();
    let titles = (!titles.is_empty()).then(|| list(&titles, lang))?;
    Some(match lang {
        Lang::Zh => format!("{titles}的两个版本没有任何共同的地面，请核对两者的坐标系"),
        Lang::En => {
            format!(
                "the revisions of the {titles} have no ground in common: make sure that the CRS of both is right"
            )
        }
    })
}

/// How much changed of each role: `规划图斑变化 3 处，0.1234 公顷地面有变化`.
fn layers_changed(revisions: &Revisions<'_>, lang: Lang) -> Vec<String> {
    let of_layer = |layer: &LayerChange| {
        let title = layer.role.title();
        let changed = layer.changed.iter().filter(|change| is_told(change)).count();
        let ground = layer.real_ground().map(|change| change.area).sum::<AreaSum>().area();
        let features = match (changed, lang) {
            (0, Lang::Zh) => format!("{}没有变化", title.zh),
            (0, Lang::En) => format!("{}: no change of features", title.en),
            (_, Lang::Zh) => format!("{}变化 {changed} 处", title.zh),
            (_, Lang::En) => format!("{}: {} of features", title.en, counted(changed, "change")),
        };
        if ground == SquareMetres::ZERO {
            return features;
        }
        let ground = figures::hectares(ground);
        match lang {
            Lang::Zh => format!("{features}，{ground} 公顷地面有变化"),
            Lang::En => format!("{features}, {ground} ha of ground changed"),
        }
    };
    // That nothing changed in a plan is worth saying; in a line it is what everybody expects.
    let told = |layer: &&LayerChange| !layer.is_empty() || layer.role == Role::PLAN;
    revisions.layers.iter().filter(told).map(of_layer).collect()
}

/// Whether a change of features is more than noise.
pub(super) fn is_told(change: &FeatureChange) -> bool {
    change.shape != ShapeChange::Noise || !change.fields.is_empty() || change.recoded || change.moved
}

/// What stands between the findings of both and what became of them: a finding may be new or healed only because it
/// could not be judged in the other revision.
fn not_judged(revisions: &Revisions<'_>, lang: Lang) -> impl Iterator<Item = &'static str> {
    let of_new =
        pick(lang, "修改后有内容未能判断，结论不完整", "part of the newer revision could not be judged");
    let of_old = pick(
        lang,
        "修改前有内容未能判断，新增的可能原已存在",
        "part of the older revision could not be judged, so what is new may have been there before",
    );
    let sides = [(&revisions.new, of_new), (&revisions.old, of_old)];
    let unjudged = |report: &Report<'_>| !report.rules_run.is_empty() && Summary::of(report).unjudged();
    sides.into_iter().filter(move |(report, _)| unjudged(report)).map(|(_, text)| text)
}
