//! What a zip container holds, by the names in its directory.

use crate::sniff::{Kind, named};
use aimline_plugin::Input;
use memchr::memmem;
use std::io::Cursor;
use zip::ZipArchive;

pub(crate) fn kind(input: &Input<'_>) -> Kind {
    let Ok(archive) = ZipArchive::new(Cursor::new(input.data)) else { return broken(input) };
    let names: Vec<String> = archive.file_names().flatten().map(|name| name.replace('\\', "/").to_ascii_lowercase()).collect();
    let holds = |wanted: &str| names.iter().any(|name| name == wanted);
    if holds("xl/workbook.bin") {
        Kind::Xlsb
    } else if holds("xl/workbook.xml") || names.iter().any(|name| name.starts_with("xl/worksheets/")) {
        Kind::Workbook
    } else if holds("mimetype") && (holds("content.xml") || holds("encrypted-package")) {
        if open_document(archive) { Kind::Ods } else { Kind::Nothing }
    } else if holds("[content_types].xml") {
        if spreadsheet_elsewhere(archive) { Kind::Workbook } else { Kind::Nothing }
    } else if names.iter().any(|name| name.ends_with(".iwa")) {
        Kind::Old("an Apple Numbers spreadsheet", "open it in Numbers, choose File, Export To, Excel, and use that file")
    } else if holds("mimetype") || names.iter().any(|name| name.starts_with("meta-inf/")) {
        Kind::Nothing // a book, a program
    } else {
        Kind::Zip
    }
}

/// The main part may have another name than usual; then the list of content types says so.
fn spreadsheet_elsewhere(mut archive: ZipArchive<Cursor<&[u8]>>) -> bool {
    super::package::read_part(&mut archive, "[Content_Types].xml")
        .is_ok_and(|types| types.is_some_and(|types| memmem::find(&types, b"spreadsheetml.sheet.main+xml").is_some()))
}

fn open_document(mut archive: ZipArchive<Cursor<&[u8]>>) -> bool {
    super::package::read_part(&mut archive, "mimetype").is_ok_and(|kind| {
        kind.is_some_and(|kind| kind.trim_ascii_start().starts_with(b"application/vnd.oasis.opendocument.spreadsheet"))
    })
}

/// A container without a readable directory: the names in it or its own name tell what it was.
fn broken(input: &Input<'_>) -> Kind {
    let holds = |name: &str| memmem::find(input.data, name.as_bytes()).is_some();
    if holds("word/") || holds("ppt/") {
        Kind::Nothing
    } else if holds("xl/") || holds("opendocument.spreadsheet") || named(input.name, &["xlsx", "xlsm", "xlsb", "ods"]) {
        Kind::Damaged
    } else {
        Kind::Nothing
    }
}
