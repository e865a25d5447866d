//! Which columns of two revisions are one.

use sanxian_model::Layer;

/// The place of the column of a layer that has this name, in any case, or else this meaning.
pub(in crate::revisions) fn place_of_column(
    layer: &Layer,
    name: &str,
    canonical: Option<&str>,
) -> Option<usize> {
    let schema = layer.attributes.schema_ref();
    let named = |name: &str| schema.fields().iter().position(|field| field.name().eq_ignore_ascii_case(name));
    named(name).or_else(|| named(layer.fields.get(canonical?)?))
}

/// Columns that databases keep themselves: row numbers, lengths and areas of shapes.
pub(in crate::revisions) fn is_of_database(name: &str) -> bool {
    const NAMES: [&str; 9] = [
        "fid",
        "ogc_fid",
        "objectid",
        "objectid_1",
        "shape_length",
        "shape_leng",
        "shape_area",
        "st_length(shape)",
        "st_area(shape)",
    ];
    NAMES.iter().any(|known| known.eq_ignore_ascii_case(name))
}
