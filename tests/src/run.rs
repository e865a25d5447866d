//! The built program, as a shell runs it: words in; exit code, standard output and standard error out.

use std::env;
use std::ffi::OsStr;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;
use std::time::SystemTime;

use serde_json::Value;

/// One run that is being put together.
#[derive(Debug)]
pub struct Sanxian {
    command: Command,
    input: Option<Vec<u8>>,
}

/// What a run ended with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// Exit code; none when a signal ended it.
    pub code: Option<i32>,
    /// Standard output, which is always UTF-8.
    pub stdout: String,
    /// Standard error, which is always UTF-8.
    pub stderr: String,
}

/// Begins a run of the program, with the words that follow its name. The locale is C, whoever runs the tests.
#[must_use]
pub fn sanxian<S: AsRef<OsStr>>(words: impl IntoIterator<Item = S>) -> Sanxian {
    let mut command = Command::new(program());
    command.args(words);
    Sanxian { command, input: None }.clean()
}

/// The same program begun by a shell, which knows limits that a process can't give to another. The script
/// says `"$@"` where the program and its words go.
#[must_use]
pub fn sanxian_in_shell<S: AsRef<OsStr>>(script: &str, words: impl IntoIterator<Item = S>) -> Sanxian {
    let mut command = Command::new("sh");
    command.args(["-c", script, "sh"]).arg(program()).args(words);
    Sanxian { command, input: None }.clean()
}

impl Sanxian {
    fn clean(mut self) -> Self {
        for name in ["LC_ALL", "LC_MESSAGES", "LANGUAGE", "NO_COLOR", "GITHUB_STEP_SUMMARY"] {
            self.command.env_remove(name);
        }
        self.command.env("LANG", "C").stdin(Stdio::null());
        self
    }

    /// One more word.
    #[must_use]
    pub fn arg(mut self, word: impl AsRef<OsStr>) -> Self {
        self.command.arg(word);
        self
    }

    /// More words.
    #[must_use]
    pub fn args<S: AsRef<OsStr>>(mut self, words: impl IntoIterator<Item = S>) -> Self {
        self.command.args(words);
        self
    }

    /// The folder it runs in.
    #[must_use]
    pub fn folder(mut self, path: &Path) -> Self {
        self.command.current_dir(path);
        self
    }

    /// What comes on standard input; nothing otherwise.
    #[must_use]
    pub fn input(mut self, bytes: impl Into<Vec<u8>>) -> Self {
        self.input = Some(bytes.into());
        self
    }

    /// Starts it and leaves the rest to the caller.
    ///
    /// # Panics
    /// When it cannot be started.
    #[must_use]
    pub fn command(self) -> Command {
        self.command
    }

    /// Runs it to its end.
    ///
    /// # Panics
    /// When it cannot be started, or prints what is not UTF-8.
    #[must_use]
    pub fn run(mut self) -> Run {
        self.command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let Some(bytes) = self.input else {
            return Run::of(self.command.output().expect("the program starts"));
        };
        let mut child = self.command.stdin(Stdio::piped()).spawn().expect("the program starts");
        let mut pipe = child.stdin.take().expect("a pipe");
        // A program that ends without reading everything closes the pipe; its exit code tells the rest.
        let feeder = std::thread::spawn(move || drop(pipe.write_all(&bytes)));
        let output = child.wait_with_output().expect("the program ends");
        feeder.join().expect("the feeder ends");
        Run::of(output)
    }

    /// Runs it, and it has to end with this code.
    ///
    /// # Panics
    /// When it ends otherwise; the message holds everything it said.
    #[expect(clippy::must_use_candidate, reason = "that it ends so is often all that is asked")]
    #[track_caller]
    pub fn ends(self, code: i32) -> Run {
        let words = format!("{:?}", self.command);
        let run = self.run();
        assert_eq!(
            run.code,
            Some(code),
            "{words}\nstandard output:\n{}\nstandard error:\n{}",
            run.stdout,
            run.stderr
        );
        run
    }
}

impl Run {
    /// What a finished process left.
    ///
    /// # Panics
    /// When that is not UTF-8.
    #[must_use]
    pub fn of(output: Output) -> Self {
        let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
        Self { code: output.status.code(), stdout: text(output.stdout), stderr: text(output.stderr) }
    }

    /// Standard output as JSON.
    ///
    /// # Panics
    /// When it is something else.
    #[must_use]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error} in {}", self.stdout))
    }

    /// Standard error has all of these words.
    ///
    /// # Panics
    /// When one is missing.
    #[track_caller]
    pub fn tells(&self, words: &[&str]) {
        for word in words {
            assert!(self.stderr.contains(word), "`{word}` is not in:\n{}", self.stderr);
        }
    }

    /// Standard error says what is wrong and what to do, with these words, among which is the place; and
    /// standard output has nothing that could be taken for a result.
    ///
    /// # Panics
    /// When something of that is missing.
    #[track_caller]
    pub fn complains(&self, words: &[&str]) {
        let lines = |start: &str| self.stderr.lines().filter(|line| line.starts_with(start)).count();
        assert!(lines("error: ") == 1 && lines("  do: ") == 1, "not what and what to do:\n{}", self.stderr);
        assert!(!self.stderr.contains("panicked"), "{}", self.stderr);
        assert_eq!(self.stdout, "");
        self.tells(words);
    }
}

/// The workspace's own generators, with the words that follow their name.
#[must_use]
pub fn xtask<S: AsRef<OsStr>>(words: impl IntoIterator<Item = S>) -> Command {
    static XTASK: OnceLock<PathBuf> = OnceLock::new();
    let mut command = Command::new(XTASK.get_or_init(|| beside_the_tests("xtask", "xtask")));
    // Cargo says to its programs where they belong.
    command.args(words).env("CARGO_MANIFEST_DIR", Path::new(env!("CARGO_MANIFEST_DIR")).join("../xtask"));
    command
}

/// The program under test; `SANXIAN` names another one than that of this workspace.
fn program() -> &'static Path {
    static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
    PROGRAM.get_or_init(|| match env::var_os("SANXIAN") {
        Some(path) => path.into(),
        None => beside_the_tests("sanxian", "sanxian_cli"),
    })
}

/// A program beside the tests, which `cargo test --workspace` builds with them. Tests of this package alone
/// don't, so it is built when it is missing or older than its sources.
fn beside_the_tests(program: &str, package: &str) -> PathBuf {
    let test = env::current_exe().expect("a test has a path");
    let folder = test.parent().and_then(Path::parent).expect("tests are built in a folder of the profile");
    let path = folder.join(format!("{program}{}", env::consts::EXE_SUFFIX));
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let built = path.metadata().and_then(|file| file.modified()).ok();
    let sources = ["crates", "xtask/src", "data/rules", "data/codes"];
    if built.is_none_or(|built| sources.iter().any(|folder| changed_since(&root.join(folder), built))) {
        build(package, folder, &root);
    }
    path
}

fn build(package: &str, folder: &Path, root: &Path) {
    let profile = match folder.file_name().and_then(OsStr::to_str) {
        Some("debug") | None => "dev",
        Some(name) => name,
    };
    let done = Command::new(env!("CARGO"))
        .args(["build", "--quiet", "--package", package, "--profile", profile, "--target-dir"])
        .arg(folder.parent().expect("a profile has a folder in the target folder"))
        .current_dir(root)
        .status()
        .expect("cargo runs");
    assert!(done.success(), "{package} can be built");
}

/// Whether a file that goes into a program is newer than it. Tests beside sources are not in it.
fn changed_since(folder: &Path, time: SystemTime) -> bool {
    let Ok(entries) = folder.read_dir() else { return false };
    entries.filter_map(Result::ok).any(|entry| {
        let path = entry.path();
        if path.is_dir() {
            return entry.file_name() != "tests" && changed_since(&path, time);
        }
        entry.metadata().and_then(|file| file.modified()).is_ok_and(|modified| modified > time)
    })
}
