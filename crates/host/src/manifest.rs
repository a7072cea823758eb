//! What an importer says of itself, and which files it is asked about.

use serde::{Deserialize, Serialize};

/// The manifest of an importer. Members that are not known here are ignored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Short name, such as `spreadsheet`.
    pub name: String,
    /// Its version.
    pub version: String,
    /// Its license.
    #[serde(default)]
    pub license: String,
    /// What it reads, in words.
    #[serde(default)]
    pub formats: Vec<String>,
    /// The kinds of content that it is asked about.
    pub signatures: Vec<Signature>,
    /// It is there for tests: loaded only from a folder that a person asked for.
    #[serde(default)]
    pub test: bool,
}

/// A kind of content, told from a file's first bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Signature {
    /// A ZIP archive, which new Office files are.
    Zip,
    /// An old Office file.
    Ole,
    /// None of these.
    Text,
    /// All files.
    Any,
    /// One that this host does not know.
    #[serde(other)]
    Unknown,
}

impl Signature {
    /// The kind of a file.
    #[must_use]
    pub fn of(content: &[u8]) -> Self {
        if content.starts_with(b"PK\x03\x04") || content.starts_with(b"PK\x05\x06") {
            Self::Zip
        } else if content.starts_with(b"\xD0\xCF\x11\xE0") {
            Self::Ole
        } else {
            Self::Text
        }
    }
}

/// Why a manifest is none.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ManifestError {
    /// Not the JSON that is expected.
    #[error("its manifest cannot be read: {0}")]
    Json(#[from] serde_json::Error),
    /// A name or a version that cannot be shown.
    #[error("its manifest has a bad {0}")]
    Bad(&'static str),
}

impl Manifest {
    /// Reads the JSON of a manifest.
    ///
    /// # Errors
    /// When it is not one.
    pub fn parse(json: &[u8]) -> Result<Self, ManifestError> {
        let manifest: Self = serde_json::from_slice(json)?;
        for (what, text) in [("name", &manifest.name), ("version", &manifest.version)] {
            if text.is_empty() || text.len() > 64 || text.chars().any(char::is_control) {
                return Err(ManifestError::Bad(what));
            }
        }
        Ok(manifest)
    }

    /// True when the importer is to be asked about a file of this kind.
    #[must_use]
    pub fn fits(&self, kind: Signature) -> bool {
        self.signatures.iter().any(|signature| *signature == kind || *signature == Signature::Any)
    }
}
