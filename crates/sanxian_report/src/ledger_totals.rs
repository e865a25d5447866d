//! The ledger of a plan added up: one line for each control line, and what is left.
//!
//! Sums are kept as integers ([`AreaSum`]), so that they are the same in any order.

use sanxian_model::{AreaSum, Ledger, Role, SquareMetres};

/// What all patches together have on one line.
#[derive(Debug, Clone, PartialEq)]
pub struct LineTotal {
    /// Which line.
    pub role: Role,
    /// Patches on it above tolerance.
    pub patches: usize,
    /// Their area on the line, whatever else lies there.
    pub gross: SquareMetres,
    /// Their area on the line that no line of higher precedence took before.
    pub net: SquareMetres,
    /// Patches on it below tolerance.
    pub sliver_patches: usize,
    /// Net area of those.
    pub sliver_net: SquareMetres,
}

/// The ledger of a plan added up. `area = Σ net + Σ sliver_net + free`.
#[derive(Debug, Clone, PartialEq)]
pub struct LedgerTotals {
    /// Patches in the plan.
    pub patches: usize,
    /// Their area, after any repair.
    pub area: SquareMetres,
    /// What repair added or took.
    pub repaired: SquareMetres,
    /// One entry for each line, in the order of precedence.
    pub lines: Vec<LineTotal>,
    /// Area on no line.
    pub free: SquareMetres,
    /// Patches that lie on no line at all.
    pub untouched: usize,
    /// Area of those.
    pub untouched_area: SquareMetres,
}

#[derive(Default, Clone)]
struct Sums {
    patches: usize,
    gross: AreaSum,
    net: AreaSum,
    sliver_patches: usize,
    sliver_net: AreaSum,
}

impl LedgerTotals {
    /// Adds up a ledger.
    #[must_use]
    pub fn of(ledger: &Ledger) -> Self {
        let mut lines = vec![Sums::default(); ledger.roles.len()];
        let (mut area, mut repaired, mut free, mut untouched_area) =
            (AreaSum::ZERO, AreaSum::ZERO, AreaSum::ZERO, AreaSum::ZERO);
        let mut untouched = 0;
        for row in &ledger.rows {
            area += row.area;
            repaired += row.repaired;
            free += row.free;
            if row.lines.is_empty() {
                untouched += 1;
                untouched_area += row.area;
            }
            for line in &row.lines {
                let sums = &mut lines[usize::from(line.role)];
                if line.sliver {
                    sums.sliver_patches += 1;
                    sums.sliver_net += line.net;
                } else {
                    sums.patches += 1;
                    sums.gross += line.gross;
                    sums.net += line.net;
                }
            }
        }
        Self {
            patches: ledger.rows.len(),
            area: area.area(),
            repaired: repaired.area(),
            lines: ledger
                .roles
                .iter()
                .zip(lines)
                .map(|(role, sums)| LineTotal {
                    role: role.clone(),
                    patches: sums.patches,
                    gross: sums.gross.area(),
                    net: sums.net.area(),
                    sliver_patches: sums.sliver_patches,
                    sliver_net: sums.sliver_net.area(),
                })
                .collect(),
            free: free.area(),
            untouched,
            untouched_area: untouched_area.area(),
        }
    }

    /// Net area above tolerance, over all lines.
    #[must_use]
    pub fn net(&self) -> SquareMetres {
        self.lines.iter().map(|line| line.net).sum::<AreaSum>().area()
    }

    /// Patches on a line below tolerance, counted once for each line.
    #[must_use]
    pub fn sliver_patches(&self) -> usize {
        self.lines.iter().map(|line| line.sliver_patches).sum()
    }

    /// Net area below tolerance, over all lines.
    #[must_use]
    pub fn slivers(&self) -> SquareMetres {
        self.lines.iter().map(|line| line.sliver_net).sum::<AreaSum>().area()
    }
}
