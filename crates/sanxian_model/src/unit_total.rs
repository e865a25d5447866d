//! What of a plan lies in each administrative unit.

use crate::area::SquareMetres;
use crate::role::Role;

/// What of a plan lies in an administrative unit, patch by patch. Areas are on the ellipsoid.
#[derive(Debug, Clone, PartialEq)]
pub struct UnitTotal {
    /// Number of the unit among the administrative units of the run; none for what lies in no unit.
    pub unit: Option<u32>,
    /// Area of the patches there.
    pub area: SquareMetres,
    /// What of it lies on each line, in the order of precedence: each spot of a patch once for each line.
    pub lines: Vec<(Role, SquareMetres)>,
}
