//! How revisions are compared.

use sanxian_model::Metres;

use crate::watch::Watch;

/// How the layers of two revisions are compared.
#[derive(Debug, Clone, Default)]
pub struct RevisionOptions {
    /// Mean width up to which a strip of ground between both revisions is noise of coordinates. None for one millimetre, the XY
    /// tolerance of plan databases, or more where coordinates were written with fewer digits than tell so much.
    pub noise_width: Option<Metres>,
    /// Follows the run, and can end it.
    pub watch: Watch,
}
