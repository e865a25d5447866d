//! What can be asked about the ground that findings are about.

use sanxian_model::{Finding, Metres, Role, UnitTotal};
use sanxian_rules::Facts;

use super::measured::Measured;
use super::pieces::{FindingPieces, cut, locate};
use super::slivers::widths;
use super::unit_totals::unit_totals;

/// What is measured of a plan, and what can be asked about findings that follow from it.
pub(crate) trait Ground: Facts {
    /// Names for each finding a position inside the region that it is about.
    fn locate(&self, findings: &mut [Finding]);

    /// For each finding the mean width of what it is about and the limit that it is below; none when it is not.
    fn narrow(&self, findings: &[Finding], asked: Option<Metres>) -> Vec<Option<(Metres, Metres)>>;

    /// The shapes of what the findings are about.
    fn cut(&self, findings: &[Finding]) -> FindingPieces;

    /// What of the layers of a role lies in each administrative unit.
    fn unit_totals(&self, subject: &Role) -> Vec<UnitTotal>;
}

impl Ground for Measured<'_> {
    fn locate(&self, findings: &mut [Finding]) {
        locate(self, findings);
    }

    fn narrow(&self, findings: &[Finding], asked: Option<Metres>) -> Vec<Option<(Metres, Metres)>> {
        widths(self, findings, asked)
    }

    fn cut(&self, findings: &[Finding]) -> FindingPieces {
        cut(self, findings)
    }

    fn unit_totals(&self, subject: &Role) -> Vec<UnitTotal> {
        unit_totals(self, self, subject)
    }
}
