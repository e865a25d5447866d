//! `docs/cli.md`: every command and every flag with its help.

use std::fmt::Write as _;

use clap::{Arg, Command};

use super::page::Page;

/// The page, from a command that is built.
pub(crate) fn page(command: &Command) -> Page {
    let mut text = String::from(
        "# Commands and flags\n\n\
         Written by `cargo xtask generate` from the program itself. `sanxian COMMAND --help` tells the same.\n\n",
    );
    for sub in shown(command) {
        let _ = writeln!(text, "- [`{}`](#{}): {}", full_name(sub), anchor(sub), about(sub));
    }
    text.push('\n');
    section(&mut text, command);
    for sub in shown(command) {
        section(&mut text, sub);
    }
    Page { path: "docs/cli.md".to_owned(), text: format!("{}\n", text.trim_end()) }
}

fn shown(command: &Command) -> impl Iterator<Item = &Command> {
    command.get_subcommands().filter(|sub| !sub.is_hide_set())
}

fn full_name(command: &Command) -> &str {
    command.get_bin_name().unwrap_or_else(|| command.get_name())
}

/// Where a heading of this name is found on the page.
fn anchor(command: &Command) -> String {
    full_name(command).replace(' ', "-")
}

fn about(command: &Command) -> String {
    command.get_long_about().or(command.get_about()).map(ToString::to_string).unwrap_or_default()
}

fn section(text: &mut String, command: &Command) {
    let usage = command.clone().render_usage().to_string();
    let usage = usage.strip_prefix("Usage: ").unwrap_or(&usage);
    let _ = write!(text, "## {}\n\n{}.\n\n```text\n{usage}\n```\n\n", full_name(command), about(command));
    for (heading, arguments) in by_heading(command) {
        let _ = write!(text, "**{heading}**\n\n");
        for argument in arguments {
            let _ = writeln!(text, "- {}", entry(argument));
        }
        text.push('\n');
    }
    if let Some(after) = command.get_after_long_help().or(command.get_after_help()) {
        text.push_str(&closing(&after.to_string()));
    }
}

/// Arguments under their headings, both in the order in which they are declared.
fn by_heading(command: &Command) -> Vec<(&str, Vec<&Arg>)> {
    let mut groups: Vec<(&str, Vec<&Arg>)> = Vec::new();
    // The flags for help and version are the same everywhere and need no words.
    let told = command
        .get_arguments()
        .filter(|a| !a.is_hide_set() && a.get_id() != "help" && a.get_id() != "version");
    for argument in told {
        let heading = match argument.get_help_heading() {
            Some(heading) => heading,
            None if argument.is_positional() => "Arguments",
            None => "Options",
        };
        match groups.iter_mut().find(|(name, _)| *name == heading) {
            Some((_, arguments)) => arguments.push(argument),
            None => groups.push((heading, vec![argument])),
        }
    }
    groups
}

fn entry(argument: &Arg) -> String {
    let mut entry = format!("{}: ", spelling(argument));
    let help = argument.get_long_help().or(argument.get_help()).map(ToString::to_string).unwrap_or_default();
    entry.push_str(&help.replace("\n\n", "\n\n  "));
    let values = argument.get_possible_values();
    // A switch has the values true and false, which nobody writes.
    if !values.is_empty() && takes_value(argument) {
        entry.push_str(if entry.ends_with('.') { " Values:" } else { ". Values:" });
        for (k, value) in values.iter().filter(|value| !value.is_hide_set()).enumerate() {
            let _ = write!(entry, "{} `{}`", if k == 0 { "" } else { "," }, value.get_name());
            if let Some(help) = value.get_help() {
                let _ = write!(entry, " ({help})");
            }
        }
        entry.push('.');
    }
    let defaults: Vec<_> = argument.get_default_values().iter().map(|v| v.to_string_lossy()).collect();
    if !defaults.is_empty() && takes_value(argument) && !argument.is_hide_default_value_set() {
        let _ = write!(entry, " [default: {}]", defaults.join(","));
    }
    entry
}

fn takes_value(argument: &Arg) -> bool {
    argument.is_positional() || argument.get_action().takes_values()
}

/// How an argument is written: `-o`, `--output <FILE>`.
fn spelling(argument: &Arg) -> String {
    let value = argument.get_value_names().map(|names| names.join(" ")).unwrap_or_default();
    if argument.is_positional() {
        return format!("`{}`", if argument.is_required_set() { value } else { format!("[{value}]") });
    }
    let value = if takes_value(argument) { format!(" <{value}>") } else { String::new() };
    let short = argument.get_short().map(|short| format!("`-{short}`, ")).unwrap_or_default();
    format!("{short}`--{}{value}`", argument.get_long().unwrap_or_default())
}

/// The words below the flags: paragraphs whose lines are indented below a heading are commands to copy.
fn closing(after: &str) -> String {
    let mut text = String::new();
    for paragraph in after.trim_end().split("\n\n") {
        match paragraph.split_once('\n') {
            Some((heading, code))
                if heading.ends_with(':') && code.lines().all(|line| line.starts_with("  ")) =>
            {
                let code: Vec<&str> = code.lines().map(|line| &line[2..]).collect();
                let heading = heading.trim_end_matches(':');
                let _ = write!(text, "**{heading}**\n\n```sh\n{}\n```\n\n", code.join("\n"));
            }
            // Each line of such a paragraph is a remark of its own.
            _ => {
                let _ = write!(text, "{}\n\n", paragraph.replace('\n', "  \n"));
            }
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use clap::{ArgAction, arg};

    use super::*;

    fn sample() -> Command {
        let mut command = Command::new("tool")
            .about("Does it")
            .subcommand(
                Command::new("cut")
                    .about("Cuts")
                    .arg(arg!(<file> "What to cut").value_name("FILE"))
                    .arg(arg!(-w --width <M> "How wide").default_value("5 m").help_heading("Size"))
                    .arg(arg!(--mode <MODE> "How").value_parser(["fast", "fine"]))
                    .arg(arg!(--dry "Only says").action(ArgAction::SetTrue))
                    .after_help("Example:\n  tool cut a\n\nIt ends with 0."),
            )
            .subcommand(Command::new("secret").hide(true));
        command.build();
        command
    }

    #[test]
    fn flags_show_values_and_defaults() {
        let text = page(&sample()).text;
        assert!(text.contains("- `-w`, `--width <M>`: How wide [default: 5 m]\n"), "{text}");
        assert!(text.contains("- `--mode <MODE>`: How. Values: `fast`, `fine`.\n"), "{text}");
        assert!(text.contains("- `--dry`: Only says\n"), "{text}");
        assert!(text.contains("- `FILE`: What to cut\n"), "{text}");
        assert!(text.contains("**Size**"), "{text}");
    }

    #[test]
    fn examples_are_code_and_remarks_are_not() {
        let text = page(&sample()).text;
        assert!(text.contains("**Example**\n\n```sh\ntool cut a\n```\n\nIt ends with 0.\n"), "{text}");
    }

    #[test]
    fn hidden_commands_stay_hidden() {
        assert!(!page(&sample()).text.contains("secret"));
    }
}
