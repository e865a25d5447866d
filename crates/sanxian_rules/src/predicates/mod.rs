//! The questions that rules ask, one file each, with their parameters. How they are judged is in `judge/`.

mod area_kept;
mod area_limit;
mod attribute_in;
mod changed_without_approval;
mod gain_within;
mod must_be_within;
mod overlap_conditional;
mod overlap_forbidden;
mod share_cap;
mod zone_test;

pub use area_kept::{AreaKept, Denied};
pub use area_limit::AreaLimit;
pub use attribute_in::AttributeIn;
pub use changed_without_approval::ChangedWithoutApproval;
pub use gain_within::GainWithin;
pub use must_be_within::MustBeWithin;
pub use overlap_conditional::OverlapConditional;
pub use overlap_forbidden::OverlapForbidden;
pub use share_cap::{ShareCap, Whole};
pub use zone_test::ZoneTest;

use sanxian_model::{Bound, Role, Severity, SquareMetres};

use crate::exception::Exception;
use crate::filter::Filter;
use crate::quota::Quota;
use crate::toml_reader::{Reader, TomlError};

/// The question of a rule, with its parameters.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Predicate {
    /// No area may be shared.
    OverlapForbidden(OverlapForbidden),
    /// Area may be shared only under a condition.
    OverlapConditional(OverlapConditional),
    /// The subject must lie inside the zones.
    MustBeWithin(MustBeWithin),
    /// One part of a layer must stay below a share of another.
    ShareCap(ShareCap),
    /// The area of a whole must be on the right side of a limit.
    AreaLimit(AreaLimit),
    /// A value must be among those accepted.
    AttributeIn(AttributeIn),
    /// The ground must be that of the revision before, unless there is an approval.
    ChangedWithoutApproval(ChangedWithoutApproval),
    /// The area may not become more, or not less, than in the revision before.
    AreaKept(AreaKept),
    /// What is gained since the revision before must come from where it should.
    GainWithin(GainWithin),
}

const NAMES: [&str; 10] = [
    "overlap-forbidden",
    "overlap-conditional",
    "must-be-within",
    "share-cap",
    "attribute-in",
    "changed-without-approval",
    "area-kept",
    "area-floor",
    "area-cap",
    "gain-within",
];

impl Predicate {
    /// Reads the `[test]` table of a rule.
    pub(crate) fn read(mut table: Reader<'_>, severity: Severity) -> Result<Self, TomlError> {
        let predicate = match table.need("predicate")?.one_of(NAMES.map(|name| (name, name)))? {
            "overlap-forbidden" => Self::OverlapForbidden(OverlapForbidden::read(&mut table)?),
            "overlap-conditional" => {
                Self::OverlapConditional(OverlapConditional::read(&mut table, severity)?)
            }
            "must-be-within" => Self::MustBeWithin(MustBeWithin::read(&mut table)?),
            "share-cap" => Self::ShareCap(ShareCap::read(&mut table)?),
            "attribute-in" => Self::AttributeIn(AttributeIn::read(&mut table)?),
            "changed-without-approval" => {
                Self::ChangedWithoutApproval(ChangedWithoutApproval::read(&mut table)?)
            }
            "area-kept" => Self::AreaKept(AreaKept::read(&mut table)?),
            "area-floor" => Self::AreaLimit(AreaLimit::read(&mut table, Bound::Floor)?),
            "area-cap" => Self::AreaLimit(AreaLimit::read(&mut table, Bound::Cap)?),
            _ => Self::GainWithin(GainWithin::read(&mut table)?),
        };
        table.finish()?;
        Ok(predicate)
    }

    /// The word that rule files use.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::OverlapForbidden(_) => NAMES[0],
            Self::OverlapConditional(_) => NAMES[1],
            Self::MustBeWithin(_) => NAMES[2],
            Self::ShareCap(_) => NAMES[3],
            Self::AttributeIn(_) => NAMES[4],
            Self::ChangedWithoutApproval(_) => NAMES[5],
            Self::AreaKept(_) => NAMES[6],
            Self::AreaLimit(test) if test.bound == Bound::Floor => NAMES[7],
            Self::AreaLimit(_) => NAMES[8],
            Self::GainWithin(_) => NAMES[9],
        }
    }

    fn zone_test(&self) -> Option<&ZoneTest> {
        match self {
            Self::OverlapForbidden(test) => Some(&test.zones),
            Self::OverlapConditional(test) => Some(&test.zones),
            Self::MustBeWithin(test) => Some(&test.zones),
            Self::ShareCap(_)
            | Self::AreaLimit(_)
            | Self::AttributeIn(_)
            | Self::ChangedWithoutApproval(_)
            | Self::AreaKept(_)
            | Self::GainWithin(_) => None,
        }
    }

    /// Whether it is judged by what features of the subject and of the zone share.
    #[must_use]
    pub fn needs_overlaps(&self) -> bool {
        self.zone_test().is_some()
    }

    /// Whether it judges the layers of a role as a whole, and no feature of them.
    #[must_use]
    pub fn is_about_the_whole(&self) -> bool {
        matches!(self, Self::ShareCap(_) | Self::AreaLimit(_) | Self::AreaKept(_) | Self::GainWithin(_))
    }

    /// The quotas that it takes its limits from, by name, each an area or a percentage like the sample beside it.
    pub fn quotas(&self) -> impl Iterator<Item = (&str, Quota)> {
        let (area, share) = (Quota::Area(SquareMetres::ZERO), Quota::Share(0.0));
        let quotas = match self {
            Self::AreaLimit(test) => [test.limit.quota().map(|name| (name, area)), None],
            Self::ShareCap(test) => {
                let of = match &test.whole {
                    Whole::Quota(name) => Some((name.as_str(), area)),
                    Whole::Features(_) => None,
                };
                [of, test.cap.quota().map(|name| (name, share))]
            }
            _ => [None, None],
        };
        quotas.into_iter().flatten()
    }

    /// Whether it asks what changed since an earlier revision.
    #[must_use]
    pub fn is_about_changes(&self) -> bool {
        matches!(self, Self::ChangedWithoutApproval(_) | Self::AreaKept(_) | Self::GainWithin(_))
    }

    /// The role of the zone layer; none when there is no zone.
    #[must_use]
    pub fn zone(&self) -> Option<&Role> {
        match self {
            Self::GainWithin(test) => Some(&test.zone),
            _ => self.zone_test().map(|test| &test.zone),
        }
    }

    /// Which features of the zone layer count; none means all.
    #[must_use]
    pub fn zone_filter(&self) -> Option<&Filter> {
        self.zone_test().and_then(|test| test.filter.as_ref())
    }

    /// The tolerance that the rule sets for itself; none leaves it to the profile.
    #[must_use]
    pub fn tolerance(&self) -> Option<SquareMetres> {
        self.zone_test().and_then(|test| test.tolerance)
    }

    /// The condition that is part of the predicate.
    pub(crate) fn allowed(&self) -> Option<&Exception> {
        match self {
            Self::OverlapConditional(test) => Some(&test.allowed),
            _ => None,
        }
    }

    /// The words that its own conditions read, other than those of what it allows.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let (filters, field) = match self {
            Self::ShareCap(test) => {
                let whole = match &test.whole {
                    Whole::Features(filter) => Some(filter),
                    Whole::Quota(_) => None,
                };
                ([Some(&test.part), whole], None)
            }
            Self::AreaLimit(test) => ([test.part.as_ref(), None], None),
            Self::AttributeIn(test) => ([None, None], Some(test.field.as_str())),
            _ => ([self.zone_filter(), None], None),
        };
        filters.into_iter().flatten().flat_map(Filter::names).chain(field)
    }

    /// The parameters as a card prints them, in the words of the rule file.
    #[must_use]
    pub fn parameters(&self) -> Vec<(&'static str, String)> {
        let mut list = self.zone_test().map(ZoneTest::parameters).unwrap_or_default();
        match self {
            Self::OverlapForbidden(_) | Self::MustBeWithin(_) => {}
            Self::OverlapConditional(test) => {
                list.push(("allowed-when", test.allowed.filter.text().to_owned()));
                list.push(("allowed-severity", test.allowed.severity.to_string()));
                if !test.allowed.evidence.is_empty() {
                    list.push(("allowed-evidence", test.allowed.evidence.join(", ")));
                }
            }
            Self::ShareCap(test) => list.extend(test.parameters()),
            Self::AreaLimit(test) => list.extend(test.parameters()),
            Self::GainWithin(test) => list.push(("zone", test.zone.to_string())),
            Self::AttributeIn(test) => {
                list.push(("field", test.field.clone()));
                list.push(("accepted", test.accepted.join(", ")));
                list.push(("missing", if test.missing_passes { "passes" } else { "found" }.to_owned()));
            }
            Self::AreaKept(test) => {
                list.push(("may-not", test.may_not.name().to_owned()));
                if !test.classes.is_empty() {
                    list.push(("classes", test.classes.join(", ")));
                }
            }
            Self::ChangedWithoutApproval(test) => {
                list.push(("approval", test.approval.clone()));
                if !test.together_with.is_empty() {
                    let roles: Vec<&str> = test.together_with.iter().map(Role::name).collect();
                    list.push(("together-with", roles.join(", ")));
                }
            }
        }
        list
    }
}
