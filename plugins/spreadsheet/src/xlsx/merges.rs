//! Merged cells of a sheet that is held as a whole: they stand behind the cells.

use super::cells::place;
use crate::grid::Merges;
use crate::markup::attribute;
use memchr::memmem;

/// Adds the merged blocks of a sheet.
pub(crate) fn find(sheet: &[u8], into: &mut Merges) {
    for at in memmem::find_iter(sheet, b"mergeCell ").take(MANY) {
        let end = memchr::memchr(b'>', &sheet[at..]).map_or(sheet.len(), |length| at + length);
        let reference = attribute(&sheet[at + 9..end], b"ref").unwrap_or_default();
        let Some((from, to)) = reference.split_once(':') else { continue };
        if let ((Some(left), Some(top)), (Some(right), Some(bottom))) = (place(from.as_bytes()), place(to.as_bytes())) {
            into.add((top, bottom), (left, right));
        }
    }
    into.sort();
}

/// More are not looked at.
const MANY: usize = 100_000;
