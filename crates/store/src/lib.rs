//! What a run keeps on disk: bundles of what was read, the ledger of sources, the key register, and the one way in
//! which a Parquet file is written and a generation of files is put into place.
//!
//! A kill at any moment leaves every file whole, old or new: see [`commit`].
#![forbid(unsafe_code)]

pub mod bundle;
pub mod choices;
pub mod commit;
mod error;
pub mod folder;
pub mod keys;
pub mod ledger;
pub mod parquet;
pub mod read;
pub mod repairs;
pub mod spill;
pub mod sys;

pub use error::StoreError;

/// SHA-256 as 64 hex digits.
#[must_use]
pub fn sha256_hex(bytes: &[u8]) -> String {
    use sha2::Digest;
    hex(&sha2::Sha256::digest(bytes))
}

/// The first 16 hex digits of SHA-256 over parts, with their lengths so that they cannot run together.
#[must_use]
pub fn hash_key(parts: &[&[u8]]) -> String {
    use sha2::Digest;
    let mut state = sha2::Sha256::new();
    for part in parts {
        state.update((part.len() as u32).to_le_bytes());
        state.update(part);
    }
    hex(&state.finalize()[..8])
}

/// The first 16 hex digits of SHA-256 of some bytes, written into a text that serves again.
pub fn hash_into(bytes: &[u8], text: &mut String) {
    use sha2::Digest;
    text.clear();
    push_hex(&sha2::Sha256::digest(bytes)[..8], text);
}

fn hex(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 2);
    push_hex(bytes, &mut text);
    text
}

fn push_hex(bytes: &[u8], text: &mut String) {
    const DIGITS: [char; 16] = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'];
    text.reserve(bytes.len() * 2);
    text.extend(bytes.iter().flat_map(|byte| [DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 15)]]));
}

/// What a file of JSON holds; the default when there is none.
fn json<T: serde::de::DeserializeOwned + Default>(path: &std::path::Path) -> Result<T, StoreError> {
    match std::fs::read(path) {
        Ok(bytes) => serde_json::from_slice(&bytes).map_err(|error| StoreError::damaged(path, error)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(T::default()),
        Err(error) => Err(StoreError::io("read", path)(error)),
    }
}
