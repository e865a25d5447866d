//! `cargo xtask generate`: the pages under `docs/` that repeat what rules and flags already say.
//!
//! Pages hold no version and no date, so they change only when a rule or a flag does.

mod commands;
mod config;
mod conflicts;
mod man;
mod page;
mod rules;

use anyhow::{Result, bail};

use self::page::Page;
use crate::root::root;

/// Flags of `generate`.
#[derive(Debug, clap::Args)]
pub(crate) struct Generate {
    /// Writes nothing; fails and lists the pages that are not what would be written.
    #[arg(long)]
    check: bool,
}

impl Generate {
    /// Writes or compares the pages and says what was done.
    pub(crate) fn run(&self) -> Result<String> {
        let root = root()?;
        let pages = pages()?;
        let stale = page::stale(&root, &pages)?;
        let list: Vec<String> = stale.iter().map(ToString::to_string).collect();
        if self.check {
            if stale.is_empty() {
                return Ok(format!("{} generated pages are fresh\n", pages.len()));
            }
            let list = list.join("\n  ");
            bail!(
                "generated pages are stale:\n  {list}\nrun `cargo xtask generate` and commit what it writes"
            );
        }
        page::write(&root, &pages, &stale)?;
        let list: Vec<String> = list.iter().map(|path| format!("  {path}\n")).collect();
        Ok(format!("{} pages under docs/, {} of them changed\n{}", pages.len(), stale.len(), list.concat()))
    }
}

/// Every generated page.
fn pages() -> Result<Vec<Page>> {
    let mut command = sanxian_cli::command();
    // What clap only adds when it parses: flags of every command, and full names of the commands.
    command.build();
    let mut pages = rules::pages();
    pages.push(commands::page(&command));
    pages.push(config::page());
    pages.extend(conflicts::pages());
    pages.extend(man::pages(&command)?);
    Ok(pages)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_time_the_same_pages() {
        assert_eq!(pages().expect("pages"), pages().expect("pages"));
    }

    #[test]
    fn no_page_holds_the_version() {
        let version = concat!("sanxian ", env!("CARGO_PKG_VERSION"));
        for page in pages().expect("pages") {
            assert!(!page.text.contains(version), "{}", page.path);
        }
    }

    #[test]
    fn no_two_pages_share_a_path() {
        let mut paths: Vec<String> = pages().expect("pages").into_iter().map(|page| page.path).collect();
        let count = paths.len();
        paths.sort();
        paths.dedup();
        assert_eq!(paths.len(), count);
    }
}
