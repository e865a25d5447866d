//! What was wrong with a feature on reading, and what was done about it.

use crate::area::SquareMetres;
use crate::place::Place;
use crate::text::{Lang, Text};

/// What is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum FaultKind {
    /// The geometry is null or has no ring.
    Empty,
    /// A coordinate is NaN or infinite.
    NotFinite,
    /// The geometry is a point, a line or a solid.
    NotPolygon,
    /// A ring has fewer than three different points.
    TooFewPoints,
    /// The rings enclose no area.
    NoArea,
    /// A ring crosses itself or another ring of the feature.
    Crossing,
    /// Parts or holes lie on each other, or a hole lies outside its shell.
    Nesting,
    /// Two features carry the same identifier.
    DuplicateId,
    /// The code is not in the land-class scheme of the layer.
    UnknownCode,
    /// The layer has land classes, and nobody knows of which scheme.
    UnknownScheme,
    /// The scheme of the land classes was found by their values; the detail says how.
    SchemeFromValues,
    /// Land classes are not written as their scheme prints them, and were understood all the same; the detail says
    /// how many and how.
    ClassUnderstood,
    /// The code of a land class is that of one class, and the name beside it that of another; the detail says which.
    ClassContradicted,
    /// A plan takes its land classes from a column that is meant for current use; the detail names it.
    CurrentUseColumn,
    /// A plan names its land classes in one column, has no column of their codes, and a column of current use, which
    /// does not stand for them; the detail names both columns.
    PlannedCodeMissing,
    /// The layer has no feature, so nothing can be found on it.
    EmptyLayer,
    /// The layer has nothing where the plan is: their boxes share no ground. That may be right, and may be the lines of
    /// the neighbour.
    Apart,
    /// The layer lies so far from the plan that nothing can be found on it.
    FarAway,
}

impl FaultKind {
    /// What is wrong, after the feature or the layer: "环自相交", "has a ring that crosses itself".
    #[must_use]
    pub fn sentence(self, lang: Lang) -> &'static str {
        let (zh, en) = match self {
            Self::Empty => ("几何为空", "has no geometry"),
            Self::NotFinite => ("坐标不是有限数值", "has a coordinate that is not a finite number"),
            Self::NotPolygon => ("几何不是面", "is not a polygon"),
            Self::TooFewPoints => ("环的不同顶点少于三个", "has a ring of fewer than three points"),
            Self::NoArea => ("环不围成面积", "has rings that enclose no area"),
            Self::Crossing => ("环自相交或与他环相交", "has a ring that crosses itself or another"),
            Self::Nesting => (
                "部分或洞相互重叠，或洞在其外环之外",
                "has parts or holes that overlap, or a hole outside its shell",
            ),
            Self::DuplicateId => ("标识码重复", "shares its identifier with another feature"),
            Self::UnknownCode => ("地类代码不在分类表中", "has a code that is not in its scheme"),
            Self::UnknownScheme => (
                "地类代码属于哪个分类标准无法确定，请用 --scheme 指定",
                "has land classes of a scheme that is not known; say which with --scheme",
            ),
            Self::SchemeFromValues => {
                ("地类分类标准由代码值确定", "has land classes whose scheme follows from their values")
            }
            Self::ClassUnderstood => (
                "地类不是标准写法，已按含义读取",
                "has land classes that are not written as their scheme prints them",
            ),
            Self::ClassContradicted => (
                "地类代码与地类名称不一致",
                "has a land-class code and a land-class name that contradict each other",
            ),
            Self::CurrentUseColumn => (
                "规划地类取自现状地类字段，如非规划地类请用 --field land_class=字段 指定",
                "takes its land classes from a column of current use; if they are not the planned ones, name the column with \
             --field land_class=COLUMN",
            ),
            Self::PlannedCodeMissing => (
                "有规划地类名称，但没有规划地类代码字段，现状地类不能代替，请用 --field land_class=字段 指定",
                "has names of planned land classes without a column of their codes, and current use does not stand for \
             them; name the column with --field land_class=COLUMN",
            ),
            Self::EmptyLayer => ("图层没有要素", "has no feature, so nothing can be found on it"),
            Self::Apart => ("图层范围与规划不相交", "has nothing where the plan is"),
            Self::FarAway => ("图层远离规划范围", "lies far from the plan, so nothing can be found on it"),
        };
        match lang {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }
}

/// What was done with the feature.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Treatment {
    /// Repaired. Both areas are zero or positive; the area of the feature changed by `added` less `taken`. They are in
    /// the plane of the layer's CRS as delivered, and on the ellipsoid where that has no plane.
    Repaired {
        /// Ground that no part of the feature covered as delivered.
        added: SquareMetres,
        /// Ground that was counted more than once as delivered.
        taken: SquareMetres,
    },
    /// Left out of the run, and so of "passed".
    Skipped,
    /// Used as it is; the fault is only told.
    Kept,
}

/// One fault of one feature.
#[derive(Debug, Clone, PartialEq)]
pub struct Fault {
    /// Which feature.
    pub place: Place,
    /// What is wrong.
    pub kind: FaultKind,
    /// Where, in the CRS of the layer as delivered (east or longitude first).
    pub near: Option<[f64; 2]>,
    /// More words, such as the code that is unknown. Values stand in backticks, as they were delivered.
    pub detail: Option<Text>,
    /// What was done.
    pub treatment: Treatment,
}
