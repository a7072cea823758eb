//! The files of an inbox, in the byte order of their paths.

use crate::PipelineError;
use aimline_model::codes::Code;
use std::path::{Path, PathBuf};

/// One file of the inbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InboxFile {
    /// Path under the inbox, with `/`.
    pub path: String,
    /// Where it is.
    pub file: PathBuf,
    /// Why it is not read, when that is known from the outside: a lock file, a folder that cannot be opened.
    pub problem: Option<Code>,
}

/// What is to be read.
#[derive(Debug, Clone, Default)]
pub struct Inbox {
    /// The files.
    pub files: Vec<InboxFile>,
}

/// The folder of the inbox that is configuration and never input.
const CONFIGURATION: &str = "aimline";

impl Inbox {
    /// Lists a folder and those under it.
    ///
    /// # Errors
    /// When the folder itself cannot be opened; one below it that cannot is a file with a problem.
    pub fn of_folder(root: &Path) -> Result<Self, PipelineError> {
        let mut inbox = Self::default();
        let entries = std::fs::read_dir(root).map_err(|source| PipelineError::Inbox { path: root.to_path_buf(), source })?;
        inbox.list(entries, "", true);
        inbox.files.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(inbox)
    }

    /// Takes files that were named one by one; a folder stands for what is in it.
    ///
    /// # Errors
    /// When a named folder cannot be opened.
    pub fn of_files(paths: &[PathBuf]) -> Result<Self, PipelineError> {
        let mut inbox = Self::default();
        for path in paths {
            if path.is_dir() {
                inbox.files.extend(Self::of_folder(path)?.files);
            } else if let Err(source) = std::fs::metadata(path) {
                return Err(PipelineError::Inbox { path: path.clone(), source });
            } else {
                let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
                inbox.push(name, path.clone());
            }
        }
        inbox.files.sort_by(|a, b| a.path.cmp(&b.path).then_with(|| a.file.cmp(&b.file)));
        inbox.files.dedup_by(|a, b| a.file == b.file);
        Ok(inbox)
    }

    fn push(&mut self, path: String, file: PathBuf) {
        let name = path.rsplit('/').next().unwrap_or_default();
        let problem = name.starts_with("~$").then_some(Code::F008);
        self.files.push(InboxFile { path, file, problem });
    }

    fn list(&mut self, entries: std::fs::ReadDir, above: &str, top: bool) {
        for entry in entries.flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            let path = if above.is_empty() { name.clone() } else { format!("{above}/{name}") };
            // Hidden files and folders belong to the system or to a cloud's client.
            if name.starts_with('.') || name.eq_ignore_ascii_case("thumbs.db") || name.eq_ignore_ascii_case("desktop.ini") {
                continue;
            }
            let Ok(kind) = std::fs::metadata(entry.path()) else {
                self.files.push(InboxFile { path, file: entry.path(), problem: Some(Code::F007) });
                continue;
            };
            if kind.is_dir() {
                if top && name == CONFIGURATION {
                    continue;
                }
                match std::fs::read_dir(entry.path()) {
                    // A link that leads back up would never end.
                    Ok(below) if path.matches('/').count() < 32 => self.list(below, &path, false),
                    _ => self.files.push(InboxFile { path, file: entry.path(), problem: Some(Code::F007) }),
                }
            } else {
                self.push(path, entry.path());
            }
        }
    }
}
