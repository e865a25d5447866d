//! A file of a Git revision, written to a temporary folder with what belongs to it, and read from there.

use std::fs;
use std::path::{Component, Path};

use sanxian_model::nearest::nearest;

use crate::read::ReadError;
use crate::read::git_error::GitError;
use crate::read::git_source::{GitSource, from_root};
use crate::read::git_tree::{Entry, EntryKind, Found, GitTree};
use crate::read::source_ref::SourceRef;
use crate::temporary_folder::TemporaryFolder;

/// A source that can be opened, and the folder it was written to when it is of a revision.
#[derive(Debug)]
pub(crate) struct Located {
    pub(crate) source: SourceRef,
    /// Goes when the source has been read.
    _folder: Option<TemporaryFolder>,
}

/// Files of one layer, by their extensions.
const FAMILIES: [&[&str]; 5] = [
    &[
        "shp", "shx", "dbf", "prj", "cpg", "qpj", "qix", "sbn", "sbx", "idm", "ind", "ain", "aih", "atx",
        "fbn", "fbx", "ixs", "mxs", "shp.xml",
    ],
    &["tab", "dat", "map", "id", "ind"],
    &["mif", "mid"],
    &["csv", "tsv", "csvt", "prj"],
    &["gml", "xsd", "gfs"],
];

/// Paths that are offered in place of one that is not there.
const NEAR: usize = 3;

/// Finds what a source names: something of the system or, when there is no such thing, a file of a Git revision, which is
/// written out. Without `git`, as for files of strangers, revisions are not looked for.
///
/// # Errors
/// [`ReadError::Git`], [`ReadError::Io`].
pub(crate) fn locate(source: &str, git: bool) -> Result<Located, ReadError> {
    let plain = SourceRef::parse(source);
    if !git || plain.kart.is_some() || plain.is_standard_input() || Path::new(plain.connection()).exists() {
        return Ok(Located { source: plain, _folder: None });
    }
    let Some(named) = GitSource::parse(source) else {
        return Ok(Located { source: plain, _folder: None });
    };
    match GitTree::list(&named, &plain.path)? {
        Some(tree) => written_out(&named, &tree),
        None => Ok(Located { source: plain, _folder: None }),
    }
}

fn written_out(named: &GitSource<'_>, tree: &GitTree) -> Result<Located, ReadError> {
    let at = |path: &str| from_root(path, &tree.here);
    let exists = |path: &str| at(path).is_some_and(|path| tree.find(&path) != Found::Nothing);
    let (path, layer) = named.path_and_layer(exists);
    let shown = SourceRef::named(&format!("{}{path}", named.head), None).path;
    let missing = || GitError::NoSuchPath {
        input: shown.clone(),
        revision: named.head.to_owned(),
        path: path.to_owned(),
        near: near(tree, path),
    };
    let from_root = at(path).ok_or_else(missing)?;
    let failed = |source| ReadError::Io { path: shown.clone(), source };
    let folder = TemporaryFolder::of_system().map_err(failed)?;
    let (parent, name) = from_root.rsplit_once('/').unwrap_or(("", &from_root));
    // The root of a repository has no name of its own.
    let name = if name.is_empty() { "root" } else { name };
    let wanted: Vec<(&str, &Entry)> = match tree.find(&from_root) {
        Found::Entry(path, entry) if path == from_root => siblings(tree, parent, name, (path, entry)),
        Found::Entry(path, entry) if entry.kind != EntryKind::File => vec![(path, entry)],
        Found::Entry(..) | Found::Nothing => return Err(missing().into()),
        Found::Folder => tree.below(&from_root).collect(),
    };
    for &(path, entry) in &wanted {
        let (input, path) = (shown.clone(), path.to_owned());
        match entry.kind {
            EntryKind::File => {}
            EntryKind::Link => return Err(GitError::Link { input, path }.into()),
            EntryKind::Submodule => return Err(GitError::Submodule { input, path }.into()),
        }
    }
    let is_folder = tree.find(&from_root) == Found::Folder;
    let opened = folder.path().join(name);
    for (path, entry) in wanted {
        let inside = if is_folder { path.get(from_root.len()..) } else { path.rsplit('/').next() };
        let inside = Path::new(inside.unwrap_or_default().trim_start_matches('/'));
        let is_plain = |part: Component<'_>| matches!(part, Component::Normal(_));
        if inside.as_os_str().is_empty() || !inside.components().all(is_plain) {
            return Err(GitError::UnsafeName { input: shown, path: path.to_owned() }.into());
        }
        let to = if is_folder { opened.join(inside) } else { folder.path().join(inside) };
        if let Some(parent) = to.parent() {
            fs::create_dir_all(parent).map_err(failed)?;
        }
        entry.write(path, &to, &shown)?;
    }
    let layer = layer.map(str::to_owned);
    let source = SourceRef::copied(shown, opened.to_string_lossy().into_owned(), layer);
    Ok(Located { source, _folder: Some(folder) })
}

/// A file and those beside it that are of the same layer. Letters of either case are the same here.
fn siblings<'t>(
    tree: &'t GitTree,
    parent: &str,
    name: &str,
    file: (&'t str, &'t Entry),
) -> Vec<(&'t str, &'t Entry)> {
    let name = name.to_lowercase();
    let (stem, extension) = name.rsplit_once('.').unwrap_or((&name, ""));
    let of_layer = |other: &str| {
        let beside = other.get(parent.len()..).unwrap_or_default().trim_start_matches('/').to_lowercase();
        let end = beside.strip_prefix(stem).and_then(|end| end.strip_prefix('.'));
        end.is_some_and(|end| {
            FAMILIES.iter().any(|family| family.contains(&extension) && family.contains(&end))
        })
    };
    let beside = tree.below(parent).filter(|(path, _)| *path != file.0 && of_layer(path));
    [file].into_iter().chain(beside).collect()
}

/// Paths that may be meant: the same from the working folder, the same name elsewhere, or one that is spelt alike.
fn near(tree: &GitTree, path: &str) -> Vec<String> {
    let from_here = format!("./{path}");
    if from_root(&from_here, &tree.here).is_some_and(|path| tree.find(&path) != Found::Nothing) {
        return vec![from_here];
    }
    let name = path.rsplit('/').next().unwrap_or(path).to_lowercase();
    let name_of = |path: &str| path.rsplit('/').next().unwrap_or(path).to_lowercase();
    let same: Vec<String> =
        tree.paths().filter(|path| name_of(path) == name).take(NEAR).map(str::to_owned).collect();
    if !same.is_empty() {
        return same;
    }
    nearest(path, tree.paths()).into_iter().collect()
}
