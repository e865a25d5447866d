//! Man pages: `docs/man/sanxian.1` and one for each command.

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
    let man = Man::new(command.clone()).source("sanxian").manual("sanxian manual");
    let mut bytes = Vec::new();
    man.render_title(&mut bytes)?;
    man.render_name_section(&mut bytes)?;
    man.render_synopsis_section(&mut bytes)?;
    man.render_description_section(&mut bytes)?;
    man.render_options_section(&mut bytes)?;
    if command.get_subcommands().any(|sub| !sub.is_hide_set()) {
        man.render_subcommands_section(&mut bytes)?;
    }
    if let Some(after) = command.get_after_long_help().or(command.get_after_help()) {
        bytes.extend(notes(&after.to_string()).into_bytes());
    }
    Ok(Page { path: format!("docs/man/{}", man.get_filename()), text: String::from_utf8(bytes)? })
}

/// Examples and remarks, set line by line: filled text would join commands into one.
fn notes(after: &str) -> String {
    let mut text = String::from(".SH NOTES\n.nf\n");
    for line in after.trim_end().lines() {
        let line = line.replace('\\', "\\e").replace('-', "\\-");
        // A line that begins with one of these would be taken for a request.
        let guard = if line.starts_with(['.', '\'']) { "\\&" } else { "" };
        text.push_str(&format!("{guard}{line}\n"));
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
    }

    #[test]
    fn commands_keep_their_lines_and_hyphens() {
        let text = notes("Example:\n  tool --a \\\n.x");
        assert_eq!(text, ".SH NOTES\n.nf\nExample:\n  tool \\-\\-a \\e\n\\&.x\n.fi\n");
    }
}
