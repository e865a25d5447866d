//! The files of a revision or of the index of a Git repository, as git itself lists them.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read};
use std::process::{Command, Output, Stdio};

use sanxian_model::nearest::nearest;

use crate::read::ReadError;
use crate::read::git_error::GitError;
use crate::read::git_source::{GitSource, TreeName};

/// The files of a tree by their path from the root of the repository.
#[derive(Debug)]
pub(crate) struct GitTree {
    entries: BTreeMap<String, Entry>,
    /// The working folder as seen from the root: empty, or with a slash at its end.
    pub(crate) here: String,
}

/// What a path of a tree is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Entry {
    pub(crate) kind: EntryKind,
    /// Number of the object, in hexadecimal digits.
    id: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum EntryKind {
    File,
    Link,
    Submodule,
}

/// What lies at a path.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Found<'a> {
    /// One entry.
    Entry(&'a str, &'a Entry),
    /// A folder with something in it.
    Folder,
    Nothing,
}

impl GitTree {
    /// Lists the files; none when the source is no matter of Git after all.
    ///
    /// # Errors
    /// [`ReadError::Git`].
    pub(crate) fn list(source: &GitSource<'_>, input: &str) -> Result<Option<Self>, ReadError> {
        let place = match git(&["rev-parse", "--git-dir", "--show-prefix"]) {
            Ok(place) => place,
            Err(_) if !source.certain => return Ok(None),
            Err(error) => return Err(not_run(error, input)),
        };
        if !place.status.success() {
            let error = GitError::NotRepository { input: input.to_owned(), cause: words(&place) };
            return if source.certain { Err(error.into()) } else { Ok(None) };
        }
        let here = String::from_utf8_lossy(&place.stdout).lines().nth(1).unwrap_or_default().to_owned();
        let listed = match source.tree {
            TreeName::Revision(revision) => {
                let Some(id) = tree_of(revision).map_err(|error| not_run(error, input))? else {
                    return no_revision(source, revision, input);
                };
                git(&["ls-tree", "-r", "-z", "--full-tree", &id])
            }
            TreeName::Index { .. } => git(&["ls-files", "--stage", "-z", "--full-name", "--", ":(top)"]),
        };
        let listed = listed.map_err(|error| not_run(error, input))?;
        if !listed.status.success() {
            return Err(GitError::Failed { input: input.to_owned(), cause: words(&listed) }.into());
        }
        let lines = listed.stdout.split(|byte| *byte == 0);
        let entries = lines.filter_map(|line| entry(line, source.tree)).collect();
        Ok(Some(Self { entries, here }))
    }

    /// What lies at a path from the root; a link or a submodule on the way to it in its place.
    pub(crate) fn find(&self, path: &str) -> Found<'_> {
        let mut ends = path.match_indices('/').map(|(at, _)| at).chain([path.len()]);
        if let Some((path, entry)) = ends.find_map(|end| self.entries.get_key_value(&path[..end])) {
            return Found::Entry(path, entry);
        }
        if self.below(path).next().is_some() { Found::Folder } else { Found::Nothing }
    }

    /// Everything in a folder, by its path from the root.
    pub(crate) fn below(&self, folder: &str) -> impl Iterator<Item = (&str, &Entry)> {
        let start = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        self.entries
            .range(start.clone()..)
            .take_while(move |(path, _)| path.starts_with(&start))
            .map(|(path, entry)| (path.as_str(), entry))
    }

    /// Every path.
    pub(crate) fn paths(&self) -> impl Iterator<Item = &str> {
        self.entries.keys().map(String::as_str)
    }
}

impl Entry {
    /// Writes the bytes as a checkout would, with the filters of the path: Git LFS, ends of lines, encodings.
    ///
    /// # Errors
    /// [`ReadError::Git`], [`ReadError::Io`].
    pub(crate) fn write(&self, path: &str, to: &std::path::Path, input: &str) -> Result<(), ReadError> {
        let failed = |source| ReadError::Io { path: input.to_owned(), source };
        // Straight into the file: it may be larger than the memory.
        let file = File::create(to).map_err(failed)?;
        let written = command(&["cat-file", "--filters", &format!("--path={path}"), &self.id])
            .stdout(file)
            .stderr(Stdio::piped())
            .output()
            .map_err(|error| not_run(error, input))?;
        if !written.status.success() {
            return Err(GitError::Failed { input: input.to_owned(), cause: words(&written) }.into());
        }
        if is_lfs_pointer(to).map_err(failed)? {
            return Err(GitError::LfsPointer { input: input.to_owned(), path: path.to_owned() }.into());
        }
        Ok(())
    }
}

/// Runs git in the working folder. The variables that hooks set, such as `GIT_INDEX_FILE`, are passed on.
pub(crate) fn git(words: &[&str]) -> io::Result<Output> {
    command(words).output()
}

fn command(words: &[&str]) -> Command {
    let mut command = Command::new("git");
    command.args(words).stdin(Stdio::null()).env("GIT_OPTIONAL_LOCKS", "0").env("GIT_TERMINAL_PROMPT", "0");
    // `:(top)` is no name of a file.
    command.env_remove("GIT_LITERAL_PATHSPECS");
    command
}

/// The number of the tree of a revision; none when there is no such revision.
fn tree_of(revision: &str) -> io::Result<Option<String>> {
    let found = git(&["rev-parse", "--verify", "--quiet", &format!("{revision}^{{tree}}")])?;
    let id = String::from_utf8_lossy(&found.stdout).trim().to_owned();
    // A negated revision is answered with a circumflex before the digits.
    let is_id = !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_hexdigit());
    Ok((found.status.success() && is_id).then_some(id))
}

fn no_revision(source: &GitSource<'_>, revision: &str, input: &str) -> Result<Option<GitTree>, ReadError> {
    if !source.certain {
        return Ok(None);
    }
    let shallow =
        git(&["rev-parse", "--is-shallow-repository"]).is_ok_and(|told| told.stdout.trim_ascii() == b"true");
    let named =
        git(&["for-each-ref", "--format=%(refname:short)"]).map(|told| told.stdout).unwrap_or_default();
    let near = nearest(revision, String::from_utf8_lossy(&named).lines());
    let (input, revision) = (input.to_owned(), revision.to_owned());
    Err(GitError::NoSuchRevision { input, revision, shallow, near }.into())
}

/// A line of `ls-tree` (mode, type, object) or `ls-files` (mode, object, stage), with the path behind a tab.
fn entry(line: &[u8], tree: TreeName<'_>) -> Option<(String, Entry)> {
    let tab = line.iter().position(|byte| *byte == b'\t')?;
    let head = std::str::from_utf8(&line[..tab]).ok()?;
    let mut words = head.split(' ');
    let (mode, second, third) = (words.next()?, words.next()?, words.next()?);
    let id = match tree {
        TreeName::Revision(_) => third,
        TreeName::Index { stage } if third.chars().eq([stage]) => second,
        TreeName::Index { .. } => return None,
    };
    let kind = match mode {
        "120000" => EntryKind::Link,
        "160000" => EntryKind::Submodule,
        _ => EntryKind::File,
    };
    Some((String::from_utf8_lossy(&line[tab + 1..]).into_owned(), Entry { kind, id: id.to_owned() }))
}

/// Whether a file is what Git LFS leaves in place of a large one: <https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md>
fn is_lfs_pointer(path: &std::path::Path) -> io::Result<bool> {
    let mut head = Vec::new();
    File::open(path)?.take(64).read_to_end(&mut head)?;
    Ok(head.starts_with(b"version https://git-lfs.github.com/spec/"))
}

/// What git says when it fails, in one line.
fn words(output: &Output) -> String {
    let text = String::from_utf8_lossy(&output.stderr);
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let line = lines.clone().find(|line| line.starts_with("fatal:")).or_else(|| lines.next());
    line.unwrap_or_default().trim_start_matches("fatal:").trim().to_owned()
}

pub(crate) fn not_run(error: io::Error, input: &str) -> ReadError {
    if error.kind() == io::ErrorKind::NotFound {
        GitError::NotInstalled { input: input.to_owned() }.into()
    } else {
        ReadError::Io { path: input.to_owned(), source: error }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree() -> GitTree {
        let lines: [&[u8]; 5] = [
            b"100644 blob 1\ta.shp",
            "100644 blob 2\t计划/b c.gpkg".as_bytes(),
            b"120000 blob 3\tlink",
            b"160000 commit 4\tsub",
            b"100755 blob 5\tx.gdb/a",
        ];
        let entries = lines.into_iter().filter_map(|line| entry(line, TreeName::Revision("HEAD"))).collect();
        GitTree { entries, here: String::new() }
    }

    #[test]
    fn files_folders_links_and_submodules_are_told_apart() {
        let tree = tree();
        let kind = |path: &str| match tree.find(path) {
            Found::Entry(path, entry) => Some((path.to_owned(), entry.kind)),
            _ => None,
        };
        assert_eq!(kind("计划/b c.gpkg"), Some(("计划/b c.gpkg".to_owned(), EntryKind::File)));
        assert_eq!(kind("link/a"), Some(("link".to_owned(), EntryKind::Link)));
        assert_eq!(kind("sub/a"), Some(("sub".to_owned(), EntryKind::Submodule)));
        assert_eq!(tree.find("x.gdb"), Found::Folder);
        assert_eq!(tree.find(""), Found::Folder);
        assert_eq!(tree.find("x.gd"), Found::Nothing);
        assert_eq!(tree.below("x.gdb").map(|(path, _)| path).collect::<Vec<_>>(), ["x.gdb/a"]);
    }

    #[test]
    fn of_the_index_one_stage_counts() {
        let index =
            |line: &str, stage| entry(line.as_bytes(), TreeName::Index { stage }).map(|(_, entry)| entry.id);
        assert_eq!(index("100644 ab 0\ta", '0').as_deref(), Some("ab"));
        assert_eq!(index("100644 ab 2\ta", '0'), None);
    }
}
