//! What became of the layers of a role, as JSON. Features are named as findings name them.

use std::collections::BTreeMap;

use sanxian_model::revision::{
    Balance, FeatureChange, FieldChange, GroundChange, GroundClass, LayerChange, LayerRenamed, Transition,
};
use sanxian_model::{Position, Role, RoleLayers};
use serde::Serialize;

use crate::area_record::M2;
use crate::revisions::input::Revisions;

#[derive(Serialize)]
pub(super) struct LayerRecord<'a> {
    role: &'a str,
    features: Sides<usize>,
    area_m2: Sides<M2>,
    claimed_again_m2: Sides<M2>,
    class_field: Option<&'static str>,
    classes: BTreeMap<&'a str, ClassRecord>,
    identifiers: &'static str,
    noise_width_m: f64,
    noise: NoiseRecord,
    unchanged: usize,
    columns_dropped: &'a [String],
    columns_added: &'a [String],
    columns_reissued: &'a [String],
    renamed: Vec<RenamedRecord<'a>>,
    changed: Vec<FeatureChangeRecord<'a>>,
    ground: Vec<GroundRecord<'a>>,
    transitions: Vec<TransitionRecord<'a>>,
    balances: Vec<BalanceRecord>,
}

#[derive(Serialize)]
struct Sides<T> {
    old: T,
    new: T,
}

impl<T> From<[T; 2]> for Sides<T> {
    fn from([old, new]: [T; 2]) -> Self {
        Self { old, new }
    }
}

#[derive(Serialize)]
struct ClassRecord {
    scheme: &'static str,
    zh: &'static str,
    en: &'static str,
}

#[derive(Serialize)]
struct NoiseRecord {
    strips: usize,
    area_m2: M2,
}

#[derive(Serialize)]
struct RenamedRecord<'a> {
    old: &'a str,
    new: &'a str,
}

#[derive(Serialize)]
struct FeatureRecord {
    layer: String,
    fid: Option<i64>,
    id: Option<String>,
}

#[derive(Serialize)]
struct FeatureChangeRecord<'a> {
    shape: &'static str,
    matched_by: Option<&'static str>,
    recoded: bool,
    moved: bool,
    old: Vec<FeatureRecord>,
    new: Vec<FeatureRecord>,
    before_m2: M2,
    now_m2: M2,
    lost_m2: M2,
    gained_m2: M2,
    noise_m2: M2,
    fields: Vec<FieldRecord<'a>>,
}

#[derive(Serialize)]
struct FieldRecord<'a> {
    field: &'a str,
    old: Option<&'a str>,
    new: Option<&'a str>,
}

impl<'a> From<&'a FieldChange> for FieldRecord<'a> {
    fn from(change: &'a FieldChange) -> Self {
        Self { field: &change.field, old: change.old.as_deref(), new: change.new.as_deref() }
    }
}

/// A class; `null` where nothing covers the ground, and an object without a code where what covers it has none.
#[derive(Serialize)]
#[serde(transparent)]
struct SaidRecord<'a>(Option<CodeRecord<'a>>);

#[derive(Serialize)]
struct CodeRecord<'a> {
    code: Option<&'a str>,
}

impl<'a> From<&'a GroundClass> for SaidRecord<'a> {
    fn from(class: &'a GroundClass) -> Self {
        Self((*class != GroundClass::Nothing).then(|| CodeRecord { code: class.code() }))
    }
}

#[derive(Serialize)]
struct GroundRecord<'a> {
    was: SaidRecord<'a>,
    is: SaidRecord<'a>,
    area_m2: M2,
    mean_width_m: f64,
    noise: bool,
    point: Position,
    old: Vec<FeatureRecord>,
    new: Vec<FeatureRecord>,
}

#[derive(Serialize)]
struct TransitionRecord<'a> {
    was: SaidRecord<'a>,
    is: SaidRecord<'a>,
    area_m2: M2,
}

#[derive(Serialize)]
struct BalanceRecord {
    ground: &'static str,
    unit: Option<FeatureRecord>,
    before_m2: M2,
    lost_m2: M2,
    gained_m2: M2,
    now_m2: M2,
}

impl<'a> LayerRecord<'a> {
    pub(super) fn of(revisions: &Revisions<'a>, layer: &'a LayerChange) -> Self {
        let (old, new) = revisions.layers_of(&layer.role);
        let (strips, area) = layer.noise();
        let changed = |change: &'a FeatureChange| FeatureChangeRecord {
            shape: change.shape.name(),
            matched_by: change.matched_by.map(sanxian_model::revision::MatchedBy::name),
            recoded: change.recoded,
            moved: change.moved,
            old: features(old, &change.old),
            new: features(new, &change.new),
            before_m2: M2(change.before),
            now_m2: M2(change.now),
            lost_m2: M2(change.lost),
            gained_m2: M2(change.gained),
            noise_m2: M2(change.noise),
            fields: change.fields.iter().map(FieldRecord::from).collect(),
        };
        let ground = |change: &'a GroundChange| GroundRecord {
            was: (&change.old).into(),
            is: (&change.new).into(),
            area_m2: M2(change.area),
            mean_width_m: change.mean_width.get(),
            noise: change.is_noise,
            point: change.point,
            old: features(old, &change.of_old),
            new: features(new, &change.of_new),
        };
        let transition = |Transition { old, new, area }: &'a Transition| TransitionRecord {
            was: old.into(),
            is: new.into(),
            area_m2: M2(*area),
        };
        let units = revisions.layers_of(&Role::ADMIN_UNIT).1;
        let balance = |balance: &Balance| BalanceRecord {
            ground: balance.kind.name(),
            unit: balance.unit.and_then(|unit| features(units, &[unit]).pop()),
            before_m2: M2(balance.before),
            lost_m2: M2(balance.lost),
            gained_m2: M2(balance.gained),
            now_m2: M2(balance.now()),
        };
        let renamed = |LayerRenamed { old, new }: &'a LayerRenamed| RenamedRecord { old, new };
        let classes = layer.known_classes.iter().map(|(code, class)| {
            let (scheme, class) = (class.scheme.name(), class.class());
            (&**code, ClassRecord { scheme, zh: &class.name, en: &class.english })
        });
        Self {
            role: layer.role.name(),
            features: layer.features.into(),
            area_m2: layer.areas.map(M2).into(),
            claimed_again_m2: layer.claimed_again.map(M2).into(),
            class_field: layer.class_field,
            classes: classes.collect(),
            identifiers: layer.identifiers.name(),
            noise_width_m: layer.noise_width.get(),
            noise: NoiseRecord { strips, area_m2: M2(area) },
            unchanged: layer.unchanged,
            columns_dropped: &layer.columns_dropped,
            columns_added: &layer.columns_added,
            columns_reissued: &layer.columns_reissued,
            renamed: layer.renamed.iter().map(renamed).collect(),
            changed: layer.changed.iter().map(changed).collect(),
            ground: layer.ground.iter().map(ground).collect(),
            transitions: layer.transitions.iter().map(transition).collect(),
            balances: layer.balances.iter().map(balance).collect(),
        }
    }
}

fn features(layers: Option<RoleLayers<'_>>, rows: &[u32]) -> Vec<FeatureRecord> {
    let Some(layers) = layers else { return Vec::new() };
    let of_row = |row: &u32| {
        let place = layers.place(*row as usize);
        FeatureRecord { layer: place.layer.to_string(), fid: place.fid, id: place.id }
    };
    rows.iter().map(of_row).collect()
}
