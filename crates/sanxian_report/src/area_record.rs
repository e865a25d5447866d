//! An area in machine formats.

use sanxian_model::SquareMetres;
use serde::{Serialize, Serializer};

/// An area as a number of square metres; never a negative zero.
#[derive(Debug, Clone, Copy)]
pub(crate) struct M2(pub(crate) SquareMetres);

impl Serialize for M2 {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // Adding zero turns -0.0 into 0.0 and changes nothing else.
        serializer.serialize_f64(self.0.get() + 0.0)
    }
}
