//! `cargo xtask tidy`: the house rules that a compiler does not know. One rule a file.

mod arrows;
mod circles;
mod file_size;
mod imports;
mod leftover_words;
mod machine_paths;
mod module_docs;
mod modules;
mod names;
mod rule_sources;
mod tree;

use anyhow::{Result, bail};

use self::tree::{Fault, Tree};
use crate::root::root;

/// Flags of `tidy`.
#[derive(Debug, clap::Args)]
pub(crate) struct Tidy {}

/// Every house rule.
const CHECKS: [fn(&Tree) -> Vec<Fault>; 8] = [
    arrows::check,
    circles::check,
    file_size::check,
    leftover_words::check,
    machine_paths::check,
    module_docs::check,
    names::check,
    rule_sources::check,
];

impl Tidy {
    /// Looks at every tracked file and says that all is well.
    ///
    /// # Errors
    /// The list of what is not.
    #[expect(clippy::unused_self, reason = "called like the other commands")]
    pub(crate) fn run(&self) -> Result<String> {
        let tree = Tree::tracked(&root()?)?;
        let mut faults: Vec<Fault> = CHECKS.iter().flat_map(|check| check(&tree)).collect();
        if faults.is_empty() {
            return Ok(format!("{} tracked files are tidy\n", tree.files.len()));
        }
        faults.sort();
        let list: Vec<String> = faults.iter().map(ToString::to_string).collect();
        bail!("{} places to tidy:\n  {}", faults.len(), list.join("\n  "));
    }
}
