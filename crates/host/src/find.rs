//! Where importer libraries are looked for. Never in the current folder.

use std::collections::BTreeSet;
use std::env::consts::{DLL_PREFIX, DLL_SUFFIX};
use std::ffi::OsString;
use std::fmt;
use std::path::{Path, PathBuf};

/// The environment variable with folders of plugins.
pub const VARIABLE: &str = "AIMLINE_PLUGIN_PATH";

/// Why a folder is searched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Why {
    /// `--plugin-dir` names it.
    Named,
    /// [`VARIABLE`] names it.
    Variable,
    /// It stands beside the program.
    Beside,
    /// `cargo build` puts libraries there.
    Build,
    /// It belongs to an installed program.
    Installed,
    /// It is in the user's data folder.
    User,
}

impl Why {
    /// True when a person asked for this folder: only then are importers loaded that are there for tests.
    #[must_use]
    pub fn asked_for(self) -> bool {
        matches!(self, Self::Named | Self::Variable)
    }
}

impl fmt::Display for Why {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Named => "--plugin-dir",
            Self::Variable => VARIABLE,
            Self::Beside => "beside the program",
            Self::Build => "cargo build",
            Self::Installed => "installed",
            Self::User => "user",
        })
    }
}

/// A library file that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Library {
    /// Absolute path.
    pub path: PathBuf,
    /// Why its folder was searched.
    pub why: Why,
}

/// What came of one folder.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Tried {
    /// This many importers, some perhaps hidden by earlier ones of the same name.
    Found(usize),
    /// There is no such folder.
    Absent,
    /// It could not be listed.
    Unreadable,
    /// A relative entry of the variable: skipped, as it would depend on the current folder.
    Relative,
}

/// One folder of the search, for messages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempt {
    /// Why it is searched.
    pub why: Why,
    /// The folder.
    pub folder: PathBuf,
    /// What came of it.
    pub result: Tried,
}

impl fmt::Display for Attempt {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} ({}): ", self.folder.display(), self.why)?;
        match self.result {
            Tried::Found(0) => out.write_str("no importers"),
            Tried::Found(1) => out.write_str("1 importer"),
            Tried::Found(n) => write!(out, "{n} importers"),
            Tried::Absent => out.write_str("no such folder"),
            Tried::Unreadable => out.write_str("cannot be listed"),
            Tried::Relative => out.write_str("skipped, not an absolute path"),
        }
    }
}

/// The importers that were found, in the order of the search, and each folder that was tried.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// One per file name: the first hit.
    pub libraries: Vec<Library>,
    /// Every folder.
    pub tried: Vec<Attempt>,
}

/// The surroundings of the search.
#[derive(Debug, Clone, Default)]
pub struct Surroundings {
    /// Value of [`VARIABLE`].
    pub variable: Option<OsString>,
    /// The program's own file.
    pub program: Option<PathBuf>,
    /// The user's data folder.
    pub user_data: Option<PathBuf>,
}

impl Surroundings {
    /// Those of this process.
    #[must_use]
    pub fn here() -> Self {
        let program = std::env::current_exe().and_then(|program| program.canonicalize()).ok();
        Self { variable: std::env::var_os(VARIABLE), program, user_data: user_data() }
    }
}

fn user_data() -> Option<PathBuf> {
    let absolute = |name| std::env::var_os(name).map(PathBuf::from).filter(|path: &PathBuf| path.is_absolute());
    if cfg!(windows) {
        absolute("APPDATA")
    } else if cfg!(target_os = "macos") {
        std::env::home_dir().map(|home| home.join("Library/Application Support"))
    } else {
        absolute("XDG_DATA_HOME").or_else(|| std::env::home_dir().map(|home| home.join(".local/share")))
    }
}

/// Finds all importer libraries: in the folders given, those of [`VARIABLE`], and the program's own places.
#[must_use]
pub fn find_importers(explicit: &[PathBuf]) -> Found {
    find_from(explicit, &Surroundings::here())
}

/// [`find_importers`] with other surroundings than those of this process.
#[must_use]
pub fn find_from(explicit: &[PathBuf], surroundings: &Surroundings) -> Found {
    let mut found = Found::default();
    let mut names = BTreeSet::new();
    for (why, folder) in folders(explicit, surroundings) {
        if found.tried.iter().any(|attempt| attempt.folder == folder) {
            continue;
        }
        let result = if folder.is_absolute() { list(&folder) } else { Err(Tried::Relative) };
        let result = result.map_or_else(
            |problem| problem,
            |files| {
                let n = files.len();
                for file in files.into_iter().filter(|file| names.insert(file.clone())) {
                    found.libraries.push(Library { path: folder.join(file), why });
                }
                Tried::Found(n)
            },
        );
        found.tried.push(Attempt { why, folder, result });
    }
    found
}

fn folders(explicit: &[PathBuf], surroundings: &Surroundings) -> Vec<(Why, PathBuf)> {
    let named = explicit.iter().map(|folder| std::path::absolute(folder).unwrap_or_else(|_| folder.clone()));
    let mut folders: Vec<_> = named.map(|folder| (Why::Named, folder)).collect();
    for folder in surroundings.variable.iter().flat_map(std::env::split_paths).filter(|folder| !folder.as_os_str().is_empty()) {
        folders.push((Why::Variable, folder));
    }
    if let Some(beside) = surroundings.program.as_deref().and_then(Path::parent) {
        folders.push((Why::Beside, beside.join("plugins")));
        if beside.ends_with("deps") {
            // A test program: its libraries are with it, older ones perhaps above.
            folders.push((Why::Build, beside.to_path_buf()));
            folders.extend(beside.parent().map(|above| (Why::Build, above.to_path_buf())));
        } else {
            if beside.join(".fingerprint").is_dir() {
                // First deps/: after `cargo build`, an edit and `cargo test` the library beside the program is the old one.
                folders.push((Why::Build, beside.join("deps")));
            }
            folders.push((Why::Beside, beside.to_path_buf()));
        }
        folders.extend(beside.parent().map(|above| (Why::Installed, above.join("lib/aimline/plugins"))));
    }
    folders.extend(surroundings.user_data.as_ref().map(|data| (Why::User, data.join("aimline").join("plugins"))));
    folders
}

/// Names of the importer libraries in a folder, sorted.
fn list(folder: &Path) -> Result<BTreeSet<OsString>, Tried> {
    let entries = std::fs::read_dir(folder).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory => Tried::Absent,
        _ => Tried::Unreadable,
    })?;
    let prefix = format!("{DLL_PREFIX}aimline_import_");
    let ours = |name: &OsString| name.to_str().is_some_and(|name| name.starts_with(&prefix) && name.ends_with(DLL_SUFFIX));
    Ok(entries.filter_map(Result::ok).map(|entry| entry.file_name()).filter(ours).collect())
}
