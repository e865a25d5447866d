//! What a check has to say about one feature, or about a whole layer.

use std::fmt;
use std::sync::Arc;

use crate::area::SquareMetres;
use crate::place::Place;
use crate::polygons::Position;
use crate::role::Role;
use crate::role_layers::LayerId;

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// For information (提示).
    Note,
    /// Allowed only with a document or an attribute (需核实).
    Warning,
    /// Blocks (不符合).
    Error,
}

impl Severity {
    /// Every severity, mildest first.
    pub const ALL: [Self; 3] = [Self::Note, Self::Warning, Self::Error];

    /// The word used in rules, flags and reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// One zone feature that a finding is about.
#[derive(Debug, Clone, PartialEq)]
pub struct ZoneShare {
    /// Which zone feature.
    pub place: Place,
    /// Its layer.
    pub layer: LayerId,
    /// Its row in that layer.
    pub row: u32,
    /// Its name for a reader, when the layer has one (名称).
    pub name: Option<String>,
    /// Area shared with the subject, on the ellipsoid.
    pub area: SquareMetres,
}

/// On which side of a limit a quantity must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Bound {
    /// At the limit or above it (下限).
    Floor,
    /// At the limit or below it (上限).
    Cap,
}

impl Bound {
    /// The word used in machine formats.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Floor => "floor",
            Self::Cap => "cap",
        }
    }

    /// How far an area is on the wrong side; zero or less when it is on the right one.
    #[must_use]
    pub fn missed_by(self, area: SquareMetres, limit: SquareMetres) -> SquareMetres {
        match self {
            Self::Floor => limit - area,
            Self::Cap => area - limit,
        }
    }
}

/// What was measured and what it was held against.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Measure {
    /// Area of the subject that lies on zones where it may not, or not without a condition.
    Overlap {
        /// On the ellipsoid, each spot counted once.
        area: SquareMetres,
        /// In the plane of the run's CRS; none in a geographic CRS.
        planar: Option<SquareMetres>,
        /// `area` over the area of the subject.
        share: f64,
        /// Largest area that is let pass.
        tolerance: SquareMetres,
    },
    /// Area of the subject outside the zones in which it must lie.
    Outside {
        /// On the ellipsoid.
        area: SquareMetres,
        /// `area` over the area of the subject.
        share: f64,
        /// Largest area that is let pass.
        tolerance: SquareMetres,
    },
    /// A ratio and its cap.
    Ratio {
        /// As measured, 0.15 for 15 %.
        value: f64,
        /// Largest ratio that is let pass.
        limit: f64,
        /// Area above the bar.
        numerator: SquareMetres,
        /// Area below the bar.
        denominator: SquareMetres,
    },
    /// Ground that a line gained and lost since an earlier revision.
    Changed {
        /// Covered now, and not before.
        gained: SquareMetres,
        /// Covered before, and not now.
        lost: SquareMetres,
        /// Covered before and now, by a part of another kind.
        recoded: SquareMetres,
        /// Largest area that is let pass.
        tolerance: SquareMetres,
    },
    /// The area of a whole, and the area that it may not be below or above.
    Total {
        /// On the ellipsoid.
        area: SquareMetres,
        /// The area that it is held against.
        limit: SquareMetres,
        /// On which side of it the area must be.
        bound: Bound,
    },
    /// A value that is not among those accepted.
    Value {
        /// Column, by its canonical name.
        field: String,
        /// As found; empty when missing.
        found: String,
        /// The values accepted.
        accepted: Vec<String>,
    },
}

impl Measure {
    /// The area that it is about, on the ellipsoid: that on the zones, outside of them, changed, or missing below a floor and above a
    /// cap. None for a ratio and for a value.
    #[must_use]
    pub fn area(&self) -> Option<SquareMetres> {
        match *self {
            Self::Overlap { area, .. } | Self::Outside { area, .. } => Some(area),
            Self::Changed { gained, lost, recoded, .. } => Some(gained + lost + recoded),
            Self::Total { area, limit, bound } => Some(bound.missed_by(area, limit)),
            Self::Ratio { .. } | Self::Value { .. } => None,
        }
    }
}

/// An exception that lifted a finding to another severity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exemption {
    /// The condition, as written in the rule.
    pub condition: String,
    /// Fields of the subject that hold the evidence, with their values.
    pub evidence: Vec<(String, String)>,
}

/// One finding: one rule about one feature (or about the layers of a role as a whole).
///
/// The order of findings is total: rule code, path, layer, feature id. Words are not in here: the rule's message template
/// and these values make the sentence in any language.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// Name of the rule, its identity: `permanent-farmland-occupied`.
    pub rule: Arc<str>,
    /// Code of the rule: `BF-01`.
    pub code: Arc<str>,
    /// After any exemption.
    pub severity: Severity,
    /// Whether the rule is in preview: its source is not checked yet.
    pub preview: bool,
    /// Role of the subject layer.
    pub role: Role,
    /// What the finding is about.
    pub subject: Place,
    /// Layer of the subject; the first of its role when the finding is about all of them.
    pub layer: LayerId,
    /// Row of the subject in its layer; none when the finding is about the layers of the role as a whole.
    pub row: Option<u32>,
    /// Name of the subject for a reader, when the layer has one.
    pub name: Option<String>,
    /// Role of the zone layer; none when the rule has no zone.
    pub zone_role: Option<Role>,
    /// The zone features involved, in row order.
    pub zones: Vec<ZoneShare>,
    /// What was measured.
    pub measure: Measure,
    /// The exception that applied, if one did.
    pub exemption: Option<Exemption>,
    /// A position on the spot, in the CRS of the run; for an overlap it lies on the overlap.
    pub point: Option<Position>,
    /// What a subject without an identifier of its own is known by in the fingerprint: its shape, after the identifier that it shares
    /// with others. None where the identifier is its own, and for the layers as a whole.
    pub key: Option<String>,
}

impl Finding {
    /// The area that it is about, see [`Measure::area`].
    #[must_use]
    pub fn area(&self) -> Option<SquareMetres> {
        self.measure.area()
    }

    /// A name for this finding that survives redrawing and renamed layers: rule, subject role and identifier, zone
    /// role. No layer, no file, no number of a feature and no measured area enters. A feature without an identifier of its own is named by its
    /// shape, see [`Self::key`]; where nobody told that, by its feature id.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        let id = self.subject.id.as_deref().filter(|id| !id.trim().is_empty());
        let subject = match (&self.key, id, self.subject.fid) {
            (Some(key), ..) => key.clone(),
            (None, Some(id), _) => id.to_owned(),
            (None, None, Some(fid)) => format!("#{fid}"),
            (None, None, None) => "*".to_owned(),
        };
        let zone = self.zone_role.as_ref().map_or("-", Role::name);
        format!("{}/{}/{subject}/{zone}", self.rule, self.role)
    }

    /// The key that orders findings in every report.
    #[must_use]
    pub fn order(&self) -> impl Ord + '_ {
        (&self.code, &self.subject.path, &self.subject.layer, self.row)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finding(layer: &str, id: Option<&str>, fid: i64) -> Finding {
        let place =
            Place { path: "a.gpkg".into(), layer: layer.into(), fid: Some(fid), id: id.map(str::to_owned) };
        Finding {
            rule: "redline-occupied".into(),
            code: "ER-02".into(),
            severity: Severity::Error,
            preview: false,
            role: Role::PLAN,
            subject: place,
            layer: LayerId::default(),
            row: Some(0),
            name: None,
            zone_role: Some(Role::REDLINE),
            zones: Vec::new(),
            measure: Measure::Value { field: String::new(), found: String::new(), accepted: Vec::new() },
            exemption: None,
            key: None,
            point: None,
        }
    }

    #[test]
    fn features_with_an_empty_identifier_have_fingerprints_of_their_own() {
        let print = |id, fid| finding("GHDK", id, fid).fingerprint();
        assert_eq!(print(Some("A1"), 1), print(Some("A1"), 9));
        for id in [Some(""), Some(" "), None] {
            assert_ne!(print(id, 1), print(id, 2));
        }
    }

    #[test]
    fn a_renamed_layer_keeps_its_fingerprints() {
        let print = |layer| finding(layer, Some("A1"), 1).fingerprint();
        assert_eq!(print("GHDK"), print("规划地块_v2"));
    }
}
