//! Which values of the words of filters are known. A value outside of the list may mean anything, so nobody knows
//! whether a condition on it holds.

use sanxian_model::Role;

/// Whether a value is one that rules know; of words without a list, every value is.
pub(crate) fn is_known(name: &str, role: &Role, value: &str) -> bool {
    match name {
        // The two parts of a nature reserve, in the words of the reader and of the delivery.
        "protection_zone" => ["core", "general", "核心保护区", "一般控制区"].contains(&value),
        // The schemes that rules name. A condition on a class of one of them says nothing about a class of another scheme, though
        // that may mean the same.
        "land_scheme" => ["land-sea-2023", "survey-2019"].contains(&value),
        "land_nature" => ["farm", "construction", "unused", "sea", "mixed"].contains(&value),
        // Concentrated, elastic and special-use zones, and their parts; shorter codes are groups of them.
        "zoning_code" if *role == Role::URBAN_BOUNDARY => {
            let code = value.as_bytes();
            code.len() == 3 && code[0] == b'4' && (b'1'..=b'3').contains(&code[1]) && code[2].is_ascii_digit()
        }
        _ => true,
    }
}

/// Whether a word has a list of values.
pub(crate) fn has_list(name: &str, role: &Role) -> bool {
    !is_known(name, role, "\u{0}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_with_a_list_know_what_is_in_it() {
        let known = |name: &str, value: &str| is_known(name, &Role::URBAN_BOUNDARY, value);
        for code in ["410", "411", "420", "430"] {
            assert!(known("zoning_code", code));
        }
        for code in ["", "41", "400", "440", "T3", "4300", "特别用途区"] {
            assert!(!known("zoning_code", code), "{code}");
        }
        assert!(known("protection_zone", "core") && !known("protection_zone", "I"));
        assert!(known("land_scheme", "survey-2019") && !known("land_scheme", "land-use-2006"));
        assert!(known("land_nature", "sea") && !known("land_nature", "建设用地"));
        assert!(is_known("zoning_code", &Role::PLAN, "T3") && known("name", "anything"));
        assert!(has_list("land_nature", &Role::PLAN) && !has_list("zoning_code", &Role::PLAN));
    }
}
