//! Which role a layer may have, by the name that it or its file has, and by its columns.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

use sanxian_model::Role;

/// Role to what tells it, by section: `names` of layers, and `columns`.
type Table = BTreeMap<String, BTreeMap<String, Vec<String>>>;

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    toml::from_str(include_str!("../../../data/codes/layers.toml"))
        .expect("the table of layers is checked by a test")
});

/// The role that the name of a layer or of a file tells, and the name in the table that it holds. None when it tells none, or more than
/// one.
#[must_use]
pub fn role_of_name(name: &str) -> Option<(Role, &'static str)> {
    let lower = name.to_ascii_lowercase();
    let parts = parts(&lower);
    let mut found: Vec<(Range<usize>, &'static str, &'static str)> = Vec::new();
    for (role, signs) in section("names") {
        for sign in signs {
            let place = if sign.is_ascii() { among(&parts, &lower, sign) } else { within(&lower, sign) };
            found.extend(place.map(|place| (place, role.as_str(), sign.as_str())));
        }
    }
    let is_part = |place: &Range<usize>| {
        found.iter().any(|(other, ..)| {
            other.start <= place.start && place.end <= other.end && other.len() > place.len()
        })
    };
    let mut longest = found.iter().filter(|(place, ..)| !is_part(place));
    let &(_, role, sign) = longest.next()?;
    let same = longest.all(|(_, other, _)| *other == role);
    Some((Role::new(role).ok()?, sign.trim_end_matches('*'))).filter(|_| same)
}

/// The role that the columns of a layer tell, and those that tell it. None when they tell none, or more than one.
#[must_use]
pub fn role_of_columns<'a>(columns: impl IntoIterator<Item = &'a str>) -> Option<(Role, Vec<&'static str>)> {
    let columns: Vec<&str> = columns.into_iter().collect();
    let has = |wanted: &str| columns.iter().any(|column| column.eq_ignore_ascii_case(wanted));
    let mut found = section("columns").filter_map(|(role, signs)| {
        let joined = signs.iter().map(|sign| sign.split('+').map(str::trim).collect::<Vec<_>>());
        joined.into_iter().find(|wanted| wanted.iter().all(|wanted| has(wanted))).map(|wanted| (role, wanted))
    });
    let (role, wanted) = found.next()?;
    if found.next().is_some() {
        return None;
    }
    Some((Role::new(role).ok()?, wanted))
}

/// What a section of the table has for each role.
fn section(name: &str) -> impl Iterator<Item = (&'static String, &'static Vec<String>)> {
    TABLE.get(name).into_iter().flatten()
}

/// The runs of letters in a name.
fn parts(name: &str) -> Vec<Range<usize>> {
    let mut parts: Vec<Range<usize>> = Vec::new();
    for (at, _) in name.bytes().enumerate().filter(|(_, byte)| byte.is_ascii_alphabetic()) {
        match parts.last_mut() {
            Some(last) if last.end == at => last.end = at + 1,
            _ => parts.push(at..at + 1),
        }
    }
    parts
}

/// Where a name in letters stands among the parts of another.
fn among(parts: &[Range<usize>], name: &str, sign: &str) -> Option<Range<usize>> {
    let (sign, is_beginning) = match sign.strip_suffix('*') {
        Some(sign) => (sign.to_ascii_lowercase(), true),
        None => (sign.to_ascii_lowercase(), false),
    };
    let wanted: Vec<&str> = sign.split('_').collect();
    let fits = |part: &Range<usize>, wanted: &str| {
        let part = &name[part.clone()];
        part == wanted || is_beginning && part.starts_with(wanted)
    };
    let run = parts
        .windows(wanted.len())
        .find(|run| run.iter().zip(&wanted).all(|(part, wanted)| fits(part, wanted)))?;
    let start = run.first()?.start;
    let end = if is_beginning { start + sign.len() } else { run.last()?.end };
    Some(start..end)
}

/// Where a Chinese name stands in another: alone, behind a place or a year, or before a word that says what the layer is.
fn within(name: &str, sign: &str) -> Option<Range<usize>> {
    let start = name.find(sign)?;
    let end = start + sign.len();
    let is_sign = |c: char| c.is_ascii() || !c.is_alphanumeric();
    let before = name[..start].chars().next_back();
    let after = &name[end..];
    let begins = before.is_none_or(|c| is_sign(c) || PLACES.contains(&c));
    let ends = after.chars().next().is_none_or(is_sign) || KINDS.iter().any(|kind| after.starts_with(kind));
    (begins && ends).then_some(start..end)
}

/// Last characters of names of places, and of years.
const PLACES: [char; 9] = ['县', '市', '区', '镇', '乡', '村', '省', '旗', '年'];
/// Words that say no more than that it is a layer.
const KINDS: [&str; 9] = ["图斑", "图层", "图", "范围", "数据", "矢量", "划定", "成果", "面"];

#[cfg(test)]
mod tests {
    use super::*;

    fn role(name: &str) -> Option<String> {
        role_of_name(name).map(|(role, _)| role.name().to_owned())
    }

    #[test]
    fn the_table_is_whole() {
        assert!(TABLE.keys().eq(["columns", "names"]));
        for (role, _) in section("names").chain(section("columns")) {
            assert!(Role::new(role).is_ok_and(|role| Role::KNOWN.contains(&role)), "{role}");
        }
        for (role, signs) in section("names") {
            for sign in signs {
                assert_eq!(self::role(&sign.replace('*', "TB")).as_ref(), Some(role), "{sign}");
            }
        }
    }

    #[test]
    fn names_of_standard_layers_tell_the_role() {
        for (name, wanted) in [
            ("STBHHX", "redline"),
            ("330106_stbhhx_2023", "redline"),
            ("public.YJJBNTBHTB", "farmland"),
            ("YJJBNTCBQTB", "farmland-reserve"),
            ("CSKFBJ", "urban-boundary"),
            ("ZXCQGHYDYH", "plan"),
            ("示例县2035年生态保护红线图层", "redline"),
            ("永久基本农田储备区", "farmland-reserve"),
            ("项目红线", "project"),
            ("farmland-reserve", "farmland-reserve"),
        ] {
            assert_eq!(role(name).as_deref(), Some(wanted), "{name}");
        }
    }

    #[test]
    fn what_is_not_sure_stays_open() {
        for name in [
            "",
            "XZQJX",
            "规划地类图斑",
            "非生态保护红线",
            "生态保护红线与永久基本农田",
            "STBHHX_YJJBNT",
            "planning",
        ] {
            assert_eq!(role(name), None, "{name}");
        }
    }

    #[test]
    fn columns_tell_a_layer_whose_name_does_not() {
        let of = |columns: &[&str]| {
            role_of_columns(columns.iter().copied()).map(|(role, _)| role.name().to_owned())
        };
        assert_eq!(of(&["BSM", "hxbm"]).as_deref(), Some("redline"));
        assert_eq!(of(&["TBYBH", "DLBM", "TBMJ"]).as_deref(), Some("survey"));
        assert_eq!(of(&["BSM", "DLBM", "TBMJ"]), None);
        assert_eq!(of(&["HXBM", "YJJBNTMJ"]), None, "two roles");
    }
}
