//! A command that can be run as it stands.

/// The words of a command, the program first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommandLine {
    /// The program and its command, and then each flag with its value, or a value alone.
    pub groups: Vec<Vec<String>>,
}

/// Columns that a line of a command may take.
const WIDTH: usize = 76;

impl CommandLine {
    /// Its words.
    pub fn words(&self) -> impl Iterator<Item = &str> + '_ {
        self.groups.iter().flatten().map(String::as_str)
    }

    /// The command for a POSIX shell: on one line if it is short, else a flag a line.
    #[must_use]
    pub fn for_shell(&self) -> String {
        let groups: Vec<String> = self
            .groups
            .iter()
            .map(|group| group.iter().map(|word| quoted(word)).collect::<Vec<_>>().join(" "))
            .collect();
        let line = groups.join(" ");
        if crate::wrap::columns(&line) <= WIDTH { line } else { groups.join(" \\\n    ") }
    }
}

/// A word as a POSIX shell needs it.
fn quoted(word: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "_./:=@%+,-#".contains(c);
    if !word.is_empty() && word.chars().all(is_plain) && !word.starts_with('#') {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_quoted_where_a_shell_would_take_them_apart() {
        for (word, wanted) in [
            ("县.gpkg#STBHHX", "县.gpkg#STBHHX"),
            ("a b.shp", "'a b.shp'"),
            ("#a", "'#a'"),
            ("PG:host=h dbname=d#t", "'PG:host=h dbname=d#t'"),
            ("it's", r"'it'\''s'"),
            ("", "''"),
        ] {
            assert_eq!(quoted(word), wanted);
        }
    }

    #[test]
    fn a_long_command_has_a_flag_a_line() {
        let group = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
        let long = "county.gpkg#".repeat(3);
        let mut command = CommandLine { groups: vec![group(&["sanxian", "check", "a.gpkg"])] };
        assert_eq!(command.for_shell(), "sanxian check a.gpkg");
        command.groups.push(group(&["--redline", &long]));
        assert_eq!(command.for_shell(), format!("sanxian check a.gpkg --redline {long}"));
        command.groups.push(group(&["--farmland", "b.gpkg"]));
        assert_eq!(
            command.for_shell(),
            format!("sanxian check a.gpkg \\\n    --redline {long} \\\n    --farmland b.gpkg")
        );
    }
}
