//! The questions that rules ask, one file each, with their parameters. How they are judged is in `judge/`.

mod area_kept;
mod attribute_in;
mod changed_without_approval;
mod must_be_within;
mod overlap_conditional;
mod overlap_forbidden;
mod share_cap;
mod zone_test;

pub use area_kept::{AreaKept, Denied};
pub use attribute_in::AttributeIn;
pub use changed_without_approval::ChangedWithoutApproval;
pub use must_be_within::MustBeWithin;
pub use overlap_conditional::OverlapConditional;
pub use overlap_forbidden::OverlapForbidden;
pub use share_cap::ShareCap;
pub use zone_test::ZoneTest;

use sanxian_model::{Role, Severity, SquareMetres};

use crate::exception::Exception;
use crate::figures::percent;
use crate::filter::Filter;
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
    /// A value must be among those accepted.
    AttributeIn(AttributeIn),
    /// The ground must be that of the revision before, unless there is an approval.
    ChangedWithoutApproval(ChangedWithoutApproval),
    /// The area may not become more, or not less, than in the revision before.
    AreaKept(AreaKept),
}

const NAMES: [&str; 7] = [
    "overlap-forbidden",
    "overlap-conditional",
    "must-be-within",
    "share-cap",
    "attribute-in",
    "changed-without-approval",
    "area-kept",
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
            _ => Self::AreaKept(AreaKept::read(&mut table)?),
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
        }
    }

    fn zone_test(&self) -> Option<&ZoneTest> {
        match self {
            Self::OverlapForbidden(test) => Some(&test.zones),
            Self::OverlapConditional(test) => Some(&test.zones),
            Self::MustBeWithin(test) => Some(&test.zones),
            Self::ShareCap(_)
            | Self::AttributeIn(_)
            | Self::ChangedWithoutApproval(_)
            | Self::AreaKept(_) => None,
        }
    }

    /// Whether it asks what changed since an earlier revision.
    #[must_use]
    pub fn is_about_changes(&self) -> bool {
        matches!(self, Self::ChangedWithoutApproval(_) | Self::AreaKept(_))
    }

    /// The role of the zone layer; none when there is no zone.
    #[must_use]
    pub fn zone(&self) -> Option<&Role> {
        self.zone_test().map(|test| &test.zone)
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
            Self::ShareCap(test) => ([Some(&test.part), Some(&test.whole)], None),
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
            Self::ShareCap(test) => {
                list.push(("zone-where", test.part.text().to_owned()));
                list.push(("of-where", test.whole.text().to_owned()));
                list.push(("cap", percent(test.cap)));
            }
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
