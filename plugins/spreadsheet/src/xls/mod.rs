//! Workbooks of Excel 97 to 2003 (.xls, BIFF8), and of Excel 95 (BIFF5).
//!
//! The records of a sheet stand one after the other in one stream of an OLE container. calamine reads them too, but knows
//! neither percent formats nor what is hidden, makes a full rectangle of each sheet, and reserves as much memory as a
//! record claims; so it is the second reader in the tests.

mod cells;
mod globals;
mod records;
#[cfg(test)]
pub(crate) mod tests;
mod texts;

use crate::grid::Out;
use crate::markup::Broken;
use crate::notice::Notice;
use crate::trouble::{Stop, give_up, say};
use aimline_plugin::{Error, Host, Input, Result};
use cfb::CompoundFile;
use globals::{Globals, Opened, Sheet};
use std::borrow::Cow;
use std::collections::HashSet;
use std::io::{Cursor, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// The signature of an OLE container.
pub(crate) const OLE: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

/// True for the first record of a workbook that stands in no container; some programs write such files.
pub(crate) fn is_bare(data: &[u8]) -> bool {
    matches!(data, [0x09, 0x00 | 0x02 | 0x04 | 0x08, 4..=16, 0, ..])
}

pub(crate) fn import(input: &Input<'_>, host: &mut Host<'_>) -> Result<()> {
    let Some(stream) = stream(input.data) else { return give_up(host, Broken::Stream, "") };
    let book = match Globals::read(&stream) {
        Ok(Opened::Book(book)) => book,
        Ok(Opened::Locked) => return Notice::LOCKED.fail(host, Error::unsupported),
        Ok(Opened::Ancient) => return Notice::old("an Excel workbook from before Excel 95").fail(host, Error::unsupported),
        Err(broken) => return give_up(host, broken, ""),
    };
    let mut places = HashSet::new();
    // Progress counts bytes of the file; the stream is nearly all of it.
    let (mut done, mut walked) = (0, 0);
    for sheet in &book.sheets {
        // Sheets stand one after the other; of a file that says otherwise no byte is read many times.
        let fresh = places.insert(sheet.at) && walked <= 2 * stream.len() as u64;
        let became =
            if fresh { import_sheet(&book, &stream, sheet, host, &mut done, &mut walked) } else { Err(Broken::Markup.into()) };
        say(&sheet.name, became, host)?;
        host.progress(done.min(input.data.len() as u64))?;
    }
    Ok(())
}

fn import_sheet(
    book: &Globals,
    stream: &[u8],
    sheet: &Sheet,
    host: &mut Host<'_>,
    done: &mut u64,
    walked: &mut u64,
) -> std::result::Result<(), Stop> {
    let mut out = Out::new(&sheet.name, host)?;
    out.hidden.sheet = sheet.hidden;
    cells::send(book, stream, sheet.at, &mut out, host, done, walked)?;
    Ok(out.finish(host)?)
}

/// The stream of the workbook; nothing if the container is damaged.
fn stream(data: &[u8]) -> Option<Cow<'_, [u8]>> {
    if !data.starts_with(OLE) {
        return Some(Cow::Borrowed(data));
    }
    // cfb is no part of the trusted base: a panic in it is a damaged file.
    catch_unwind(AssertUnwindSafe(|| {
        let mut container = CompoundFile::open(Cursor::new(data)).ok()?;
        let entry = |wanted: &str| {
            let known =
                container.read_root_storage().find(|entry| entry.is_stream() && entry.name().eq_ignore_ascii_case(wanted));
            known.map(|entry| entry.path().to_owned())
        };
        let path = entry("Workbook").or_else(|| entry("Book"))?;
        let mut stream = Vec::new();
        // A stream is a part of the file and never longer, whatever it claims.
        container.open_stream(path).ok()?.take(data.len() as u64).read_to_end(&mut stream).ok()?;
        Some(Cow::Owned(stream))
    }))
    .ok()
    .flatten()
}
