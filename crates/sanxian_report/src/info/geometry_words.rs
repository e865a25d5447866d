//! GDAL's words for kinds of geometry, in both languages.

use sanxian_model::Lang;

/// A kind of geometry in words: `Multi Polygon` is 多部件面 in Chinese and `multi polygon` in English. A kind that has no word here
/// stays as GDAL names it.
pub(super) fn geometry(kind: &str, lang: Lang) -> String {
    let mut rest = kind;
    let mut before = String::new();
    for (prefix, zh, en) in [("3D ", "三维", "3D "), ("Measured ", "带测量值的", "measured ")] {
        if let Some(of) = rest.strip_prefix(prefix) {
            rest = of;
            before += if lang == Lang::Zh { zh } else { en };
        }
    }
    let (zh, en) = match rest {
        "Polygon" => ("面", "polygon"),
        "Multi Polygon" => ("多部件面", "multi polygon"),
        "Curve Polygon" => ("曲线面", "curve polygon"),
        "Multi Surface" => ("多部件曲线面", "multi surface"),
        "Line String" => ("线", "line"),
        "Multi Line String" => ("多部件线", "multi line"),
        "Compound Curve" => ("复合曲线", "compound curve"),
        "Multi Curve" => ("多部件曲线", "multi curve"),
        "Point" => ("点", "point"),
        "Multi Point" => ("多点", "multi point"),
        "Geometry Collection" => ("几何集合", "collection"),
        "Unknown (any)" => ("任意类型", "any kind"),
        "None" => ("无几何", "none"),
        other => (other, other),
    };
    before + if lang == Lang::Zh { zh } else { en }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_have_words_in_both_languages() {
        assert_eq!(geometry("3D Measured Multi Polygon", Lang::Zh), "三维带测量值的多部件面");
        assert_eq!(geometry("3D Polygon", Lang::En), "3D polygon");
        assert_eq!(geometry("Tin", Lang::Zh), "Tin");
    }
}
