//! Man pages: `docs/man/sanxian.1` and one for each command.

use std::fmt::Write as _;

use anyhow::Result;
use clap::Command;
use clap_mangen::Man;

use super::page::Page;

/// The pages, from a command that is built.
///
/// # Errors
/// Never in practice; the writer of the pages is fallible by type.
pub(crate) fn pages(command: &Command) -> Result<Vec<Page>> {
    let mut pages = vec![page(command)?];
    for sub in command.get_subcommands().filter(|sub| !sub.is_hide_set()) {
        pages.push(page(sub)?);
    }
    Ok(pages)
}

/// One page, put together from its sections, because the whole page would carry the version.
fn page(command: &Command) -> Result<Page> {
    let man = Man::new(command.clone());
    let mut bytes = Vec::new();
    man.render_name_section(&mut bytes)?;
    man.render_synopsis_section(&mut bytes)?;
    man.render_description_section(&mut bytes)?;
    man.render_options_section(&mut bytes)?;
    let has_commands = command.get_subcommands().any(|sub| !sub.is_hide_set());
    if has_commands {
        man.render_subcommands_section(&mut bytes)?;
    }
    let mut text = once(&String::from_utf8(bytes)?);
    if let Some(after) = command.get_after_long_help().or(command.get_after_help()) {
        text.push_str(&notes(&after.to_string()));
    }
    let file = man.get_filename();
    let name = file.trim_end_matches(".1");
    if let (false, Some((program, _))) = (has_commands, name.split_once('-')) {
        let _ = write!(text, ".SH SEE ALSO\n.BR {program} (1)\n");
    }
    // The third argument is a date; left out, the next would be taken for it.
    let title = format!(".TH {} 1 \"\" \"sanxian\" \"sanxian manual\"\n", name.to_uppercase());
    Ok(Page { path: format!("docs/man/{file}"), text: format!("{PREAMBLE}{title}{text}") })
}

/// How each section begins: it says how an apostrophe is written.
const PREAMBLE: &str = ".ie \\n(.g .ds Aq \\(aq\n.el .ds Aq '\n";

/// Sections without their preambles, which one page needs once, and without spaces at the ends of lines.
fn once(sections: &str) -> String {
    let mut text = String::new();
    for line in sections.replace(PREAMBLE, "").lines() {
        let _ = writeln!(text, "{}", line.trim_end());
    }
    text
}

/// Examples and remarks, set line by line: filled text would join commands into one.
fn notes(after: &str) -> String {
    let mut text = String::from(".SH NOTES\n.nf\n");
    for line in after.trim_end().lines() {
        let line = line.replace('\\', "\\e").replace('-', "\\-");
        // A line that begins with one of these would be taken for a request.
        let guard = if line.starts_with(['.', '\'']) { "\\&" } else { "" };
        let _ = writeln!(text, "{guard}{line}");
    }
    text.push_str(".fi\n");
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_for_the_program_and_for_each_command() {
        let mut command = Command::new("tool").version("9.8.7").subcommand(Command::new("cut").about("Cuts"));
        command.build();
        let pages = pages(&command).expect("pages");
        let paths: Vec<&str> = pages.iter().map(|page| page.path.as_str()).collect();
        assert_eq!(paths[..2], ["docs/man/tool.1", "docs/man/tool-cut.1"]);
        assert!(pages.iter().all(|page| !page.text.contains("9.8.7")));
        assert!(pages[1].text.ends_with(".SH SEE ALSO\n.BR tool (1)\n"), "{}", pages[1].text);
        assert!(!pages[0].text.contains("SEE ALSO"), "{}", pages[0].text);
    }

    #[test]
    fn the_preamble_stands_once_and_the_date_is_empty() {
        let text = &pages(&Command::new("tool")).expect("pages")[0].text;
        assert_eq!(text.matches(".ds Aq '").count(), 1, "{text}");
        assert!(text.contains("\n.TH TOOL 1 \"\" \"sanxian\""), "{text}");
    }

    #[test]
    fn commands_keep_their_lines_and_hyphens() {
        let text = notes("Example:\n  tool --a \\\n.x");
        assert_eq!(text, ".SH NOTES\n.nf\nExample:\n  tool \\-\\-a \\e\n\\&.x\n.fi\n");
    }
}
