//! Why a file could not be taken out of a Git repository, and what is told about it.

use sanxian_model::{Explain, Explanation, Text};

/// Why a file could not be taken out of a Git repository.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.explain())]
#[non_exhaustive]
pub enum GitError {
    /// There is no program `git`.
    NotInstalled {
        /// The input.
        input: String,
    },
    /// The working folder is in no Git repository, or in one that git refuses to open.
    NotRepository {
        /// The input.
        input: String,
        /// Git's own words.
        cause: String,
    },
    /// The repository has no such revision.
    NoSuchRevision {
        /// The input.
        input: String,
        /// The revision asked for.
        revision: String,
        /// Whether the repository holds only the newest part of its history.
        shallow: bool,
        /// The branch or tag that is spelt most alike.
        near: Option<String>,
    },
    /// The revision has no such file.
    NoSuchPath {
        /// The input.
        input: String,
        /// The revision, as it is written before the path with its colon.
        revision: String,
        /// The path asked for.
        path: String,
        /// Paths that may be meant.
        near: Vec<String>,
    },
    /// The path is a symbolic link, or leads through one.
    Link {
        /// The input.
        input: String,
        /// The link.
        path: String,
    },
    /// The path is a submodule, or leads into one.
    Submodule {
        /// The input.
        input: String,
        /// The submodule.
        path: String,
    },
    /// The repository has only the pointer to a file that Git LFS keeps elsewhere.
    LfsPointer {
        /// The input.
        input: String,
        /// The file.
        path: String,
    },
    /// A name in the repository would lead out of the folder that files are written to.
    UnsafeName {
        /// The input.
        input: String,
        /// The name.
        path: String,
    },
    /// Git failed.
    Failed {
        /// The input.
        input: String,
        /// Git's own words.
        cause: String,
    },
}

impl Explain for GitError {
    fn explain(&self) -> Explanation {
        let told = Explanation::new;
        match self {
            Self::NotInstalled { input } => told(
                "git-not-installed",
                format!("没有文件 `{input}`；如指 Git 版本中的文件，读取需要 git，而本机未安装 git"),
                format!("there is no file `{input}`; git, which would read it from a revision, is not installed"),
            )
            .advise(
                "安装 git 并确认其在 PATH 中，或直接指定文件",
                "install git so that it is on the PATH, or name a file",
            ),
            Self::NotRepository { input, cause } => told(
                "git-repository-missing",
                format!("没有文件 `{input}`；当前文件夹也不在可用的 Git 仓库中，不能按“版本:路径”读取"),
                format!("there is no file `{input}`, and no Git repository here in which it could be a file of a revision"),
            )
            .because(cause.as_str())
            .advise(
                "核对文件名，或在仓库的文件夹中运行",
                "check the name, or run in a folder of the repository",
            ),
            Self::NoSuchRevision { input, revision, shallow: true, .. } => told(
                "git-clone-shallow",
                format!("Git 仓库中没有版本 `{revision}`：该仓库是浅克隆，缺少较早的历史"),
                format!("the Git repository has no revision `{revision}`: it is a shallow clone without the older history"),
            )
            .at(input.as_str())
            .advise(
                "运行 git fetch --unshallow；在 GitHub Actions 中给 actions/checkout 设置 fetch-depth: 0",
                "run git fetch --unshallow; in GitHub Actions give actions/checkout fetch-depth: 0",
            ),
            Self::NoSuchRevision { input, revision, shallow: false, near } => told(
                "git-revision-unknown",
                format!("Git 仓库中没有版本 `{revision}`，也没有文件 `{input}`"),
                format!("the Git repository has no revision `{revision}`, and there is no file `{input}`"),
            )
            .advise(
                "核对分支、标签或提交编号；远程分支写成 origin/main 的形式，并先运行 git fetch",
                "check the branch, tag or commit; a branch of the remote is written as origin/main, after git fetch",
            )
            .hint(near.as_ref().map(|near| perhaps(near)).as_ref()),
            Self::NoSuchPath { input, revision, path, near } => no_such_path(input, revision, path, near),
            Self::Link { input, path } => told(
                "git-symbolic-link",
                format!("`{path}` 在 Git 仓库中是符号链接，不按链接读取"),
                format!("`{path}` is a symbolic link in the Git repository, and links are not followed"),
            )
            .at(input.as_str())
            .advise("指定链接所指的文件", "name the file that it points at"),
            Self::Submodule { input, path } => told(
                "git-submodule",
                format!("`{path}` 是 Git 子模块，其文件在另一个仓库中"),
                format!("`{path}` is a Git submodule, whose files are in a repository of their own"),
            )
            .at(input.as_str())
            .advise("在子模块的文件夹中运行", "run in the folder of the submodule"),
            Self::LfsPointer { input, path } => told(
                "git-lfs-pointer",
                format!("`{path}` 由 Git LFS 存放，仓库中只有指针，没有数据"),
                format!("`{path}` is kept by Git LFS, and only its pointer is here, not its data"),
            )
            .at(input.as_str())
            .advise(
                "安装 Git LFS 并运行 `git lfs install`，再用 `git lfs pull` 取当前版本，或用 `git lfs fetch origin 版本` 取其他版本",
                "install Git LFS and run git lfs install, then git lfs pull for the current revision, or \
                 git lfs fetch origin REVISION for another",
            ),
            Self::UnsafeName { input, path } => told(
                "git-name-unsafe",
                format!("Git 仓库中的名称 `{path}` 不能用作文件名"),
                format!("`{path}` in the Git repository cannot be the name of a file here"),
            )
            .at(input.as_str())
            .advise("在仓库中改名", "rename it in the repository"),
            Self::Failed { input, cause } => {
                Explanation::new("git-failed", "git 未能读出文件", "git could not read the file")
                    .because(Text::from(cause.as_str()))
                    .at(input.as_str())
                    .advise("在同一文件夹中运行 git status 核对", "check with git status in the same folder")
            }
        }
    }
}

fn perhaps(near: &str) -> Text {
    Text::new(format!("可能是 `{near}`"), format!("perhaps it is `{near}`"))
}

/// `head` is the revision as it is written before the path, with its colon.
fn no_such_path(input: &str, head: &str, path: &str, near: &[String]) -> Explanation {
    let (zh, en) = match head.trim_matches(':') {
        "" | "0" | "1" | "2" | "3" => {
            (format!("Git 暂存区中没有 `{path}`"), format!("`{path}` is not staged in the Git repository"))
        }
        name => (format!("版本 `{name}` 中没有 `{path}`"), format!("revision `{name}` has no `{path}`")),
    };
    let told = Explanation::new("git-path-missing", zh, en).at(input);
    if near.is_empty() {
        return told.advise(
            format!("路径从仓库根目录算起，相对当前文件夹的写成 `{head}./…`"),
            format!(
                "paths count from the root of the repository; those from this folder are written `{head}./…`"
            ),
        );
    }
    let list =
        |between: &str| near.iter().map(|path| format!("`{head}{path}`")).collect::<Vec<_>>().join(between);
    told.advise(format!("可能是 {}", list("、")), format!("perhaps it is {}", list(", ")))
}
