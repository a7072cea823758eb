//! Binary workbooks (.xlsb): the container of an .xlsx with records in place of XML.
//!
//! calamine reads them too, but knows neither percent formats nor what is hidden, and reads no formula errors and no short
//! records; so it is the second reader in the tests.

mod cells;
mod outline;
mod records;
#[cfg(test)]
pub(crate) mod tests;

use crate::grid::Out;
use crate::markup::Broken;
use crate::trouble::{Stop, give_up, say};
use aimline_plugin::{Host, Input, Result};
use outline::{Outline, Sheet};
use std::collections::HashSet;
use std::io::Read;

/// A sheet of at most this size is held as a whole, for its merged cells.
const HELD: u64 = 8 << 20;

pub(crate) fn import(input: &Input<'_>, host: &mut Host<'_>) -> Result<()> {
    let mut outline = match Outline::open(input.data, host.max_unpacked()) {
        Ok(outline) => outline,
        Err(broken) => return give_up(host, broken, ""),
    };
    let mut done = 0;
    let mut parts = HashSet::new();
    for sheet in std::mem::take(&mut outline.sheets) {
        // One part is one sheet: a part of a thousand sheets would be read a thousand times.
        let fresh = parts.insert(sheet.part);
        let became = if fresh { import_sheet(&mut outline, &sheet, host, &mut done) } else { Err(Broken::Markup.into()) };
        say(&sheet.name, became, host)?;
        host.progress(done.min(input.data.len() as u64))?;
    }
    Ok(())
}

fn import_sheet(outline: &mut Outline<'_>, sheet: &Sheet, host: &mut Host<'_>, done: &mut u64) -> std::result::Result<(), Stop> {
    let limit = host.max_unpacked();
    let mut out = Out::new(&sheet.name, host)?;
    out.hidden.sheet = sheet.hidden;
    let book = &outline.book;
    let mut part = outline.archive.by_index(sheet.part).map_err(|_| Broken::Stream)?;
    let way = cells::Way { begin: *done, packed: part.compressed_size(), size: part.size() };
    *done += way.packed;
    if way.size <= HELD {
        let mut held = Vec::new();
        // A damaged stream still gives its beginning.
        let whole = part.by_ref().take(HELD + 1).read_to_end(&mut held).is_ok();
        if held.len() as u64 > HELD {
            return Err(Broken::TooBig.into()); // more than the container says
        }
        cells::merges(&held, &mut out);
        cells::send(held.as_slice(), limit, book, &mut out, &way, host)?;
        if !whole {
            return Err(Broken::Stream.into());
        }
    } else {
        cells::send(std::io::BufReader::with_capacity(128 << 10, part), limit, book, &mut out, &way, host)?;
    }
    Ok(out.finish(host)?)
}
