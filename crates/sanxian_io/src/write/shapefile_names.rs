//! Column names of a Shapefile: ten bytes each, and no two alike.

use encoding_rs::Encoding;

const LONGEST: usize = 10;

/// Names as the file will hold them, in the order given. A name is cut between characters; a name that is
/// taken then gets a number.
pub(crate) fn shortened<'a>(
    names: impl Iterator<Item = &'a str>,
    encoding: &'static Encoding,
) -> Vec<String> {
    let mut taken: Vec<String> = Vec::new();
    for name in names {
        let mut short = cut(name, LONGEST, encoding);
        let mut number = 1;
        while taken.iter().any(|other| other.eq_ignore_ascii_case(&short)) {
            let end = format!("_{number}");
            short = cut(name, LONGEST - end.len(), encoding) + &end;
            number += 1;
        }
        taken.push(short);
    }
    taken
}

fn cut(name: &str, bytes: usize, encoding: &'static Encoding) -> String {
    let mut length = 0;
    name.chars()
        .take_while(|c| {
            length += encoding.encode(c.encode_utf8(&mut [0; 4])).0.len();
            length <= bytes
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use encoding_rs::{GBK, UTF_8};

    use super::*;

    #[test]
    fn names_are_cut_between_characters_and_stay_apart() {
        let names = ["BSM", "project_class", "project_classes", "不可避让论证意见文号"];
        assert_eq!(shortened(names.into_iter(), UTF_8), ["BSM", "project_cl", "project__1", "不可避"]);
        assert_eq!(shortened(names.into_iter(), GBK)[3], "不可避让论");
    }
}
