//! Which language the user reads, when `--lang` does not say.

use sanxian::Lang;

/// The language of the locale: `LC_ALL`, then `LC_MESSAGES`, then `LANG`, the first that is set; else, as on Windows and macOS, that of
/// the settings of the system.
pub(crate) fn from_environment() -> Lang {
    let variables = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().filter_map(|name| std::env::var(name).ok());
    of(variables.chain(std::iter::once_with(sys_locale::get_locale).flatten()))
}

fn of(mut values: impl Iterator<Item = String>) -> Lang {
    match values.find(|value| !value.is_empty()) {
        Some(locale) if locale.to_ascii_lowercase().starts_with("zh") => Lang::Zh,
        _ => Lang::En,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_variable_that_is_set_decides() {
        let of = |values: &[&str]| super::of(values.iter().map(|&v| v.to_owned()));
        assert_eq!(of(&["zh_CN.UTF-8"]), Lang::Zh);
        assert_eq!(of(&["", "ZH_TW", "en_GB"]), Lang::Zh);
        assert_eq!(of(&["en_US.UTF-8", "zh_CN.UTF-8"]), Lang::En);
        // As Windows and macOS write it.
        assert_eq!(of(&["", "zh-Hans-CN"]), Lang::Zh);
        assert_eq!(of(&["C"]), Lang::En);
        assert_eq!(of(&[]), Lang::En);
    }
}
