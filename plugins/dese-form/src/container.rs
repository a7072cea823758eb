//! The file around a form: what kind of container it is, and the main part in it.

use crate::body::Block;
use crate::reader::{self, End};
use std::io::{BufReader, Cursor, Read};
use zip::ZipArchive;
use zip::result::ZipError;

const OLE: &[u8] = &[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
const ZIP: &[u8] = b"PK\x03\x04";
const MAIN_PART: &str = "word/document.xml";
/// A member may unpack to this many times its size.
const MAX_RATIO: u64 = 200;

/// What the bytes are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A Word document.
    Word,
    /// A zip with members of a Word document, and without a directory that can be read.
    DamagedWord,
    /// The container of Office before 2007.
    Ole,
    /// Such a container around an encrypted document.
    Encrypted,
    Foreign,
}

fn contains(data: &[u8], text: &[u8]) -> bool {
    data.windows(text.len()).any(|window| window == text)
}

/// Says what the bytes are, without unpacking anything.
pub(crate) fn kind(data: &[u8]) -> Kind {
    if data.starts_with(OLE) {
        let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
        return if contains(data, &name) { Kind::Encrypted } else { Kind::Ole };
    }
    if !data.starts_with(ZIP) {
        return Kind::Foreign;
    }
    match ZipArchive::new(Cursor::new(data)) {
        Ok(archive) if main_part(&archive).is_some() => Kind::Word,
        Ok(_) => Kind::Foreign,
        // The names of the local headers are still there.
        Err(_) if contains(data, b"word/") => Kind::DamagedWord,
        Err(_) => Kind::Foreign,
    }
}

/// The name of the main part; some programs call it `word/document2.xml`.
fn main_part(archive: &ZipArchive<Cursor<&[u8]>>) -> Option<String> {
    if archive.index_for_name(MAIN_PART).is_some() {
        return Some(MAIN_PART.to_owned());
    }
    let stem = |name: &str| name.strip_prefix("word/document").and_then(|rest| rest.strip_suffix(".xml")).map(str::to_owned);
    let digits = |rest: &str| rest.len() < 4 && rest.chars().all(|c| c.is_ascii_digit());
    let mut names: Vec<String> = archive.file_names().flatten().map(|name| name.into_owned()).collect();
    names.retain(|name| stem(name).is_some_and(|rest| digits(&rest)));
    names.sort();
    names.into_iter().next()
}

/// Reads the main part of a Word document, to a line that is `enough`; at most `max` bytes of it.
///
/// `None`: it cannot be opened at all.
pub(crate) fn body(data: &[u8], max: u64, enough: Option<fn(&str) -> bool>) -> Option<(Vec<Block>, End)> {
    let mut archive = ZipArchive::new(Cursor::new(data)).ok()?;
    let name = main_part(&archive)?;
    let member = match archive.by_name(&name) {
        Ok(member) => member,
        Err(ZipError::FileNotFound) => return None,
        Err(_) => return Some((Vec::new(), End::Damaged)),
    };
    // Some slack for members that are so small that the ratio says nothing.
    let limit = max.min(member.compressed_size().saturating_mul(MAX_RATIO).saturating_add(1 << 16));
    let mut capped = BufReader::with_capacity(1 << 16, member.take(limit));
    let (blocks, mut end) = reader::read(&mut capped, enough);
    if capped.get_ref().limit() == 0 {
        // The take is spent: was there more?
        let mut member = capped.into_inner().into_inner();
        if member.read(&mut [0]).is_ok_and(|n| n > 0) {
            end = End::TooLarge;
        }
    }
    Some((blocks, end))
}
