//! What a zip container holds, by the names in its directory.

use crate::sniff::{Kind, named};
use aimline_plugin::Input;
use memchr::memmem;
use std::io::Cursor;
use zip::ZipArchive;

const XLSB: &str = "an Excel binary workbook (.xlsb)";
const ODS: &str = "an OpenDocument spreadsheet (.ods)";

pub(crate) fn kind(input: &Input<'_>) -> Kind {
    let Ok(archive) = ZipArchive::new(Cursor::new(input.data)) else { return broken(input) };
    let names: Vec<String> = archive.file_names().flatten().map(|name| name.replace('\\', "/").to_ascii_lowercase()).collect();
    let holds = |wanted: &str| names.iter().any(|name| name == wanted);
    if holds("xl/workbook.bin") {
        Kind::Old(XLSB)
    } else if holds("xl/workbook.xml") || names.iter().any(|name| name.starts_with("xl/worksheets/")) {
        Kind::Workbook
    } else if holds("mimetype") && holds("content.xml") {
        // The type is stored at the front, uncompressed.
        let sheet = memmem::find(&input.data[..input.data.len().min(200)], b"opendocument.spreadsheet").is_some();
        if sheet { Kind::Old(ODS) } else { Kind::Nothing }
    } else if holds("[content_types].xml") && spreadsheet_elsewhere(archive) {
        Kind::Workbook
    } else {
        Kind::Nothing
    }
}

/// The main part may have another name than usual; then the list of content types says so.
fn spreadsheet_elsewhere(mut archive: ZipArchive<Cursor<&[u8]>>) -> bool {
    super::package::read_part(&mut archive, "[Content_Types].xml")
        .is_ok_and(|types| types.is_some_and(|types| memmem::find(&types, b"spreadsheetml.sheet.main+xml").is_some()))
}

/// A container without a readable directory: the names in it or its own name tell what it was.
fn broken(input: &Input<'_>) -> Kind {
    let holds = |name: &str| memmem::find(input.data, name.as_bytes()).is_some();
    if holds("word/") || holds("ppt/") {
        Kind::Nothing
    } else if holds("xl/") || named(input.name, &["xlsx", "xlsm"]) {
        Kind::Damaged
    } else {
        Kind::Nothing
    }
}
