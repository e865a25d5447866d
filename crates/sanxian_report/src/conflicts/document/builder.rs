//! What every section of the document of a comparison is built from.

use sanxian_model::Lang;

use crate::conflicts::comparison::Comparison;
use crate::conflicts::statistics::Statistics;
use crate::document::Scope;
use crate::words::pick;

/// What every section is built from.
pub(super) struct Builder<'r, 'a> {
    pub(super) comparison: &'r Comparison<'a>,
    pub(super) statistics: Statistics,
    pub(super) scope: Scope,
}

impl Builder<'_, '_> {
    pub(super) fn lang(&self) -> Lang {
        self.scope.lang
    }

    pub(super) fn pick<'w>(&self, zh: &'w str, en: &'w str) -> &'w str {
        pick(self.scope.lang, zh, en)
    }

    /// How many of `total` rows a table takes.
    pub(super) fn shown(&self, total: usize) -> usize {
        self.scope.rows.map_or(total, |most| most.min(total))
    }
}
