//! On which lines of their files the features of a plan begin.

use std::path::Path;

use sanxian_report::FeatureLines;

use crate::plan::Plan;

/// On which lines of their files the features of a plan begin, for layers of GeoJSON text that are still there.
#[must_use]
pub fn feature_lines(plan: &Plan) -> FeatureLines {
    let mut lines = FeatureLines::default();
    for layer in plan.layers() {
        if layer.source.driver.starts_with("GeoJSON") {
            lines.insert(&layer.source.path, sanxian_io::lines_of_features(Path::new(&*layer.source.path)));
        }
    }
    lines
}
