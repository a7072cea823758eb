//! A zip that holds one file: it is unpacked and read. What holds several is refused, since each needs a place of its own.

use crate::notice::Notice;
use crate::sniff::{self, Kind};
use crate::xlsx::package::{Archive, open_archive};
use aimline_plugin::{Error, Host, Input, Result};
use std::io::Read;
use zip::result::ZipError;

/// The largest file that is unpacked; the rest of an importer's memory is for reading it.
const LARGEST: u64 = 384 << 20;

/// The files of an archive without those that systems add by themselves.
pub(crate) fn files(archive: &Archive<'_>) -> Vec<usize> {
    let own = |name: &str| {
        let name = name.replace('\\', "/");
        let base = name.rsplit('/').next().unwrap_or_default();
        let added = name.starts_with("__MACOSX/") || base.starts_with("._") || base.starts_with("~$");
        !base.is_empty()
            && !added
            && ![".DS_Store", "Thumbs.db", "desktop.ini"].iter().any(|known| base.eq_ignore_ascii_case(known))
    };
    archive
        .file_names()
        .enumerate()
        .filter(|(_, name)| name.as_ref().is_ok_and(|name| own(name)))
        .map(|(index, _)| index)
        .collect()
}

pub(crate) fn import(input: &Input<'_>, host: &mut Host<'_>) -> Result<()> {
    let Ok(mut archive) = open_archive(input.data) else { return Notice::DAMAGED.fail(host, Error::format) };
    let files = files(&archive);
    let &[file] = files.as_slice() else {
        let seen = if files.is_empty() {
            "a zip without a file in it".to_owned()
        } else {
            format!("a zip with {} files in it", files.len())
        };
        return Notice { seen: &seen, ..Notice::ZIP }.fail(host, Error::unsupported);
    };
    let part = match archive.by_index(file) {
        Ok(part) => part,
        Err(ZipError::UnsupportedArchive(why)) if why == ZipError::PASSWORD_REQUIRED => {
            return Notice::LOCKED_ZIP.fail(host, Error::unsupported);
        }
        Err(ZipError::UnsupportedArchive(_)) => {
            return Notice { seen: "a zip of a kind that is not read", ..Notice::ZIP }.fail(host, Error::unsupported);
        }
        Err(_) => return Notice::DAMAGED_ZIP.fail(host, Error::format),
    };
    let name = part
        .name()
        .map_or_else(|_| String::new(), |name| name.replace('\\', "/").rsplit('/').next().unwrap_or_default().to_owned());
    let limit = host.max_unpacked().min(LARGEST);
    let mut data = Vec::new();
    match part.take(limit + 1).read_to_end(&mut data) {
        Ok(_) if data.len() as u64 > limit => return Notice::BIG_ZIP.fail(host, Error::limit),
        Ok(_) => {}
        Err(_) => return Notice::DAMAGED_ZIP.fail(host, Error::format),
    }
    let inner = Input { name: &name, data: &data };
    match sniff::kind(&inner) {
        Kind::Zip => Notice { seen: "a zip within a zip", ..Notice::ZIP }.fail(host, Error::unsupported),
        Kind::Nothing => Notice { seen: "a zip with a file that is no table", ..Notice::ZIP }.fail(host, Error::unsupported),
        kind => crate::import(kind, &inner, host),
    }
}
