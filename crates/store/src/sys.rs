//! Every change to the file system goes through here, so that a test build can count them and stop the process before
//! or after each one in turn. Files are synced where a commit depends on them.

use crate::StoreError;
use crate::error::Result;
use std::fs::{self, File};
use std::io::Write;
use std::path::Path;

/// Marks a point before or after a mutation. In a test build the process stops here when its turn has come.
#[cfg(feature = "kill-points")]
fn point() {
    use std::sync::OnceLock;
    use std::sync::atomic::{AtomicU64, Ordering};
    static PASSED: AtomicU64 = AtomicU64::new(0);
    static STOP: OnceLock<Option<u64>> = OnceLock::new();
    let stop = STOP.get_or_init(|| std::env::var("AIMLINE_KILL_AT").ok().and_then(|text| text.parse().ok()));
    if *stop == Some(PASSED.fetch_add(1, Ordering::SeqCst)) {
        std::process::abort();
    }
}

#[cfg(not(feature = "kill-points"))]
#[inline]
fn point() {}

fn mutate<T>(what: &'static str, path: &Path, change: impl FnOnce() -> std::io::Result<T>) -> Result<T> {
    point();
    let done = change().map_err(StoreError::io(what, path))?;
    point();
    Ok(done)
}

/// Creates a folder and those above it.
///
/// # Errors
/// When the system refuses.
pub fn create_dir(path: &Path) -> Result<()> {
    if path.is_dir() {
        return Ok(());
    }
    mutate("create the folder", path, || fs::create_dir_all(path))
}

/// Creates a folder that only its owner may enter.
///
/// # Errors
/// When the system refuses.
pub fn create_private_dir(path: &Path) -> Result<()> {
    create_dir(path)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let private = fs::Permissions::from_mode(0o700);
        if fs::metadata(path).map_err(StoreError::io("look at", path))?.permissions().mode() & 0o777 != 0o700 {
            mutate("set the rights of", path, || fs::set_permissions(path, private))?;
        }
    }
    Ok(())
}

/// Creates a file for writing; it replaces an old one.
///
/// # Errors
/// When the system refuses.
pub fn create(path: &Path) -> Result<File> {
    mutate("create", path, || File::create(path))
}

/// Writes a whole file and syncs it.
///
/// # Errors
/// When the system refuses.
pub fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    let mut file = create(path)?;
    mutate("write", path, || file.write_all(bytes))?;
    sync(path, &file)
}

/// Waits until a file is on disk.
///
/// # Errors
/// When the system refuses.
pub fn sync(path: &Path, file: &File) -> Result<()> {
    mutate("sync", path, || file.sync_all())
}

/// Waits until a folder's entries are on disk. Windows keeps them with the rename.
///
/// # Errors
/// When the system refuses.
pub fn sync_dir(path: &Path) -> Result<()> {
    if cfg!(windows) {
        return Ok(());
    }
    mutate("sync", path, || File::open(path)?.sync_all())
}

/// Puts a file in another's place, in one step.
///
/// # Errors
/// When the system refuses, as Windows does while Excel has the old file open.
pub fn rename(from: &Path, to: &Path) -> Result<()> {
    mutate("replace", to, || fs::rename(from, to))
}

/// Removes a file, if it is there.
///
/// # Errors
/// When the system refuses.
pub fn remove(path: &Path) -> Result<()> {
    if !path.exists() {
        return Ok(());
    }
    mutate("remove", path, || fs::remove_file(path))
}

/// Removes a folder and all in it, if it is there.
///
/// # Errors
/// When the system refuses.
pub fn remove_dir(path: &Path) -> Result<()> {
    if !path.exists() {
        return Ok(());
    }
    mutate("remove", path, || fs::remove_dir_all(path))
}
