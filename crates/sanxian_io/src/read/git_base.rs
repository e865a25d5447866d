//! A source as it was in a revision of the Git repository of the working folder.

use std::env;
use std::path::Path;

use crate::read::ReadError;
use crate::read::git_source::{GitSource, TreeName};
use crate::read::git_tree::{Found, GitTree};
use crate::read::source_ref::SourceRef;

/// The source as it was in a revision: `REVISION:path#LAYER` for a file that the repository of the working folder keeps, and the
/// source itself for anything else, such as a connection or a file that is not in the repository.
///
/// # Errors
/// [`ReadError::Git`] when the working folder is in no repository, or the repository has no such revision. A file that the
/// repository keeps and the revision does not have is told when it is read.
pub fn at_revision(source: &str, revision: &str) -> Result<String, ReadError> {
    let named = SourceRef::parse(source);
    let whole = GitSource { tree: TreeName::Revision(revision), head: revision, rest: "", certain: true };
    let Some(tree) = GitTree::list(&whole, revision)? else { return Ok(source.to_owned()) };
    let file = Path::new(named.connection());
    if named.kart.is_some() || named.is_standard_input() || named.is_virtual() || !file.exists() {
        return Ok(source.to_owned());
    }
    let Some(path) = from_root(file, &tree) else { return Ok(source.to_owned()) };
    if tree.find(&path) == Found::Nothing {
        let staged = GitSource { tree: TreeName::Index { stage: '0' }, ..whole };
        let is_kept =
            GitTree::list(&staged, revision)?.is_some_and(|tree| tree.find(&path) != Found::Nothing);
        if !is_kept {
            return Ok(source.to_owned());
        }
    }
    let layer = named.layer.map_or_else(String::new, |layer| format!("#{layer}"));
    Ok(format!("{revision}:{path}{layer}"))
}

/// A file of the system as seen from the root of the repository; none when it lies outside.
fn from_root(file: &Path, tree: &GitTree) -> Option<String> {
    let here = env::current_dir().and_then(std::fs::canonicalize).ok()?;
    let depth = tree.here.split('/').filter(|part| !part.is_empty()).count();
    let root = here.ancestors().nth(depth)?;
    let file = std::fs::canonicalize(file).ok()?;
    let parts = file.strip_prefix(root).ok()?.iter().map(|part| part.to_str());
    Some(parts.collect::<Option<Vec<&str>>>()?.join("/"))
}
