//! Where the area of each patch went: on which line, net of what an earlier line already took, below
//! tolerance, or free. The entries of a row add up to the area of the patch.

use crate::area::SquareMetres;
use crate::role::Role;

/// What one patch has on one line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LedgerLine {
    /// Which of [`Ledger::roles`].
    pub role: u16,
    /// Area on the line, whatever else lies there.
    pub gross: SquareMetres,
    /// Area on the line that no line of higher precedence took before.
    pub net: SquareMetres,
    /// Whether `gross` is below the tolerance: a sliver, counted here and in no finding.
    pub sliver: bool,
}

/// The account of one patch. `area = Σ lines.net + free`.
#[derive(Debug, Clone, PartialEq)]
pub struct LedgerRow {
    /// Row of the plan layer.
    pub subject: u32,
    /// Area of the patch as it was checked, after any repair.
    pub area: SquareMetres,
    /// What repair added (positive) or took (negative) before the check.
    pub repaired: SquareMetres,
    /// One entry for each line on which the patch lies, in the order of precedence.
    pub lines: Vec<LedgerLine>,
    /// Area on no line at all.
    pub free: SquareMetres,
}

impl LedgerRow {
    /// Net area above tolerance, over all lines.
    #[must_use]
    pub fn net(&self) -> SquareMetres {
        self.lines.iter().filter(|l| !l.sliver).fold(SquareMetres::ZERO, |sum, l| sum + l.net)
    }

    /// Net area of slivers, over all lines.
    #[must_use]
    pub fn slivers(&self) -> SquareMetres {
        self.lines.iter().filter(|l| l.sliver).fold(SquareMetres::ZERO, |sum, l| sum + l.net)
    }

    /// What is left when every entry is taken from the area; zero up to rounding in a ledger that closes.
    #[must_use]
    pub fn residual(&self) -> SquareMetres {
        self.area - self.net() - self.slivers() - self.free
    }
}

/// The accounts of all patches of a plan.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Ledger {
    /// The lines of the run in the order of precedence.
    pub roles: Vec<Role>,
    /// One row for each patch of the plan, in plan order.
    pub rows: Vec<LedgerRow>,
    /// Areas up to this are let pass.
    pub tolerance: SquareMetres,
}
