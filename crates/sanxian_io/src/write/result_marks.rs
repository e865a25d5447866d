//! By what a text file is known as a result of an earlier run. A `GeoPackage` of results has [`RESULT_MARK`].
//!
//! One line for each finding, workflow commands of GitHub and other texts that name nothing have no mark: they are
//! not known.
//!
//! [`RESULT_MARK`]: super::existing::RESULT_MARK

/// A text that begins in this way, and has these others further on in what is looked at.
type Mark = (&'static str, &'static [&'static str]);

/// How much of a file is looked at. Marks stand before the first finding, or in it.
pub(super) const LOOKED_AT: u64 = 64 * 1024;

const MARKS: [Mark; 25] = [
    // JSON of a check, a revision, a comparison; of areas in common; of times.
    ("{\n\"schema_version\": ", &[",\n\"tool\": {\"name\":\"sanxian\","]),
    ("{\n\"schema_version\": ", &[",\n\"overlaps\": ["]),
    ("{\n  \"read_s\": ", &["\n  \"index_s\": ", "\n  \"overlap_s\": "]),
    // NDJSON: a finding, the summary where there is none, a difference patch, an area in common.
    ("{\"code\":\"", &["\",\"rule\":\"", "\",\"severity\":\"", ",\"fingerprint\":\""]),
    ("{\"summary\":{", &[]),
    ("{\"id\":\"", &["\",\"kind\":\"", "\",\"area_m2\":", ",\"planar_m2\":", ",\"mean_width_m\":"]),
    ("{\"subject_id\":\"", &["\",\"zone_layer\":\"", "\",\"zone_id\":\""]),
    ("{\n\"type\": \"FeatureCollection\",\n\"schema_version\": ", &[]),
    // Tables.
    ("severity,code,rule,preview,title,", &[",area_m2,", ",planar_m2,"]),
    ("kind,patch_id,title,", &[",area_m2,planar_m2,"]),
    ("subject_id,zone_layer,zone_id,area_m2,planar_m2,", &[]),
    // Maps.
    ("<svg ", &["<title id=\"title\">控制线检查图</title>"]),
    ("<svg ", &["<title id=\"title\">Map of a control line check</title>"]),
    ("<svg ", &["<title id=\"title\">规划修改比对图</title>"]),
    ("<svg ", &["<title id=\"title\">Map of a revision of a plan</title>"]),
    // For platforms.
    ("{\n  \"$schema\": ", &["\"driver\": {\n          \"name\": \"sanxian\","]),
    ("<?xml ", &["\n<testsuites name=\"sanxian\" "]),
    ("{\"source\": {\"name\": \"sanxian\"}", &[]),
    ("[\n{\"description\":\"", &["\",\"check_name\":\"", "\",\"fingerprint\":\"", "\",\"severity\":\""]),
    // Markdown: the title, and the verdict below it.
    ("# 控制线检查报告\n\n**", &[]),
    ("# Control line check\n\n**", &[]),
    ("# 规划修改比对报告\n\n**", &[]),
    ("# Revision of a plan\n\n**", &[]),
    ("# 规划比对报告\n\n**", &[]),
    ("# Comparison of plans\n\n**", &[]),
];

/// Whether a text begins like a result.
pub(super) fn is_result(beginning: &[u8]) -> bool {
    let text = String::from_utf8_lossy(beginning);
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let mut marks = MARKS.iter();
    marks.any(|(start, others)| text.starts_with(start) && others.iter().all(|other| text.contains(other)))
        || is_page_of_text(text)
}

/// Whether a text is a page for a terminal: below the verdict, before any blank line, is what it rests on.
fn is_page_of_text(text: &str) -> bool {
    let head = text.split("\n\n").next().unwrap_or_default();
    head.lines().skip(1).any(|line| {
        line.starts_with("规则集 ") && line.contains("，容差 ")
            || line.starts_with("profile ") && line.contains(", tolerance ")
            || line.starts_with("面积小于地类最小上图面积")
            || line.starts_with("errors of digitising: ")
    })
}
