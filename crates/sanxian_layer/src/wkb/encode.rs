//! Polygons as well-known binary and as well-known text.

use std::fmt::Write as _;

use sanxian_model::FeatureView;

/// Writes a feature into `bytes`, as a multipolygon when asked or when it has several polygons.
pub fn feature_to_wkb(feature: FeatureView<'_>, multi: bool, bytes: &mut Vec<u8>) {
    bytes.clear();
    let count = |bytes: &mut Vec<u8>, n: usize| bytes.extend_from_slice(&(n as u32).to_le_bytes());
    let head = |bytes: &mut Vec<u8>, kind: u32| {
        bytes.push(1);
        bytes.extend_from_slice(&kind.to_le_bytes());
    };
    if multi || feature.polygons().len() != 1 {
        head(bytes, 6);
        count(bytes, feature.polygons().len());
    }
    for polygon in feature.polygons() {
        head(bytes, 3);
        count(bytes, polygon.rings().len());
        for ring in polygon.rings() {
            count(bytes, ring.len());
            for [x, y] in ring {
                bytes.extend_from_slice(&x.to_le_bytes());
                bytes.extend_from_slice(&y.to_le_bytes());
            }
        }
    }
}

/// A feature as well-known text, each number with the fewest digits that read back to it.
pub fn feature_to_wkt(feature: FeatureView<'_>, text: &mut String) {
    text.clear();
    let multi = feature.polygons().len() != 1;
    text.push_str(if multi { "MULTIPOLYGON (" } else { "POLYGON " });
    for (p, polygon) in feature.polygons().enumerate() {
        text.push_str(if p > 0 { ", (" } else { "(" });
        for (r, ring) in polygon.rings().enumerate() {
            text.push_str(if r > 0 { ", (" } else { "(" });
            for (k, [x, y]) in ring.iter().enumerate() {
                let comma = if k > 0 { ", " } else { "" };
                let _ = write!(text, "{comma}{x} {y}");
            }
            text.push(')');
        }
        text.push(')');
    }
    if multi {
        text.push(')');
    }
}

#[cfg(test)]
mod tests {
    use sanxian_model::PolygonColumnBuilder;

    use super::*;

    #[test]
    fn text_is_short_and_exact() {
        let ring = [[0.1, 0.0], [37_500_000.123, 1.0], [2.0, 1e-9], [0.1, 0.0]];
        let mut builder = PolygonColumnBuilder::new();
        builder.push_feature([[ring]]);
        builder.push_feature([[ring], [ring]]);
        let column = builder.finish();
        let mut text = String::new();
        feature_to_wkt(column.feature(0), &mut text);
        assert_eq!(text, "POLYGON ((0.1 0, 37500000.123 1, 2 0.000000001, 0.1 0))");
        feature_to_wkt(column.feature(1), &mut text);
        assert!(text.starts_with("MULTIPOLYGON (((0.1 0, ") && text.ends_with("0.1 0)))"), "{text}");
    }
}
