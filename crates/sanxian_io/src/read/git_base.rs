//! A source as it was in a revision of the Git repository of the working folder.

use std::env;
use std::path::Path;

use crate::read::ReadError;
use crate::read::git_source::{self, GitSource, TreeName};
use crate::read::git_tree::{Found, GitTree, git, not_run};
use crate::read::source_ref::SourceRef;

/// The source as it was in a revision: `REVISION:path#LAYER` for a file that the repository of the working folder keeps, and the
/// source itself for anything else, such as a connection or a file that is not in the repository.
///
/// # Errors
/// [`ReadError::Git`] when the working folder is in no repository, or the repository has no such revision. A file that the
/// repository keeps and the revision does not have is told when it is read.
pub fn at_revision(source: &str, revision: &str) -> Result<String, ReadError> {
    let named = SourceRef::parse(source);
    let whole = whole(revision);
    let Some(tree) = GitTree::list(&whole, revision)? else { return Ok(source.to_owned()) };
    let file = Path::new(named.connection());
    if named.kart.is_some() || named.is_standard_input() || named.is_virtual() {
        return Ok(source.to_owned());
    }
    let layer = named.layer.as_ref().map_or_else(String::new, |layer| format!("#{layer}"));
    if !file.exists() {
        // A bare repository has no files, and one may be gone from the working folder.
        let path = git_source::from_root(&format!("./{}", named.connection()), &tree.here);
        let kept = path.filter(|path| file.is_relative() && tree.find(path) != Found::Nothing);
        return Ok(kept.map_or_else(|| source.to_owned(), |path| format!("{revision}:{path}{layer}")));
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
    Ok(format!("{revision}:{path}{layer}"))
}

/// The last commit that two revisions have in common, which a branch is compared with; none when they have none.
///
/// # Errors
/// [`ReadError::Git`] when the working folder is in no repository, or one of the revisions is not there.
pub fn merge_base(one: &str, other: &str) -> Result<Option<String>, ReadError> {
    for revision in [one, other] {
        GitTree::list(&whole(revision), revision)?;
    }
    let found = git(&["merge-base", one, other]).map_err(|error| not_run(error, one))?;
    let commit = String::from_utf8_lossy(&found.stdout).trim().to_owned();
    Ok(Some(commit).filter(|commit| !commit.is_empty()))
}

/// Whether the working folder is a repository without files of its own.
#[must_use]
pub fn is_bare_repository() -> bool {
    git(&["rev-parse", "--is-bare-repository"]).is_ok_and(|told| told.stdout.trim_ascii() == b"true")
}

/// The tree of a revision.
fn whole(revision: &str) -> GitSource<'_> {
    GitSource { tree: TreeName::Revision(revision), head: revision, rest: "", certain: true }
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
