//! Excel workbooks.

mod cells;
pub(crate) mod container;
mod merges;
pub(crate) mod package;
#[cfg(test)]
pub(crate) mod tests;
#[cfg(test)]
pub(crate) use tests as test_kit;
mod texts;

use crate::grid::{Out, Texts};
use crate::markup::Broken;
use crate::trouble::{Stop, give_up, say};
use aimline_plugin::{Host, Input, Result};
use cells::{Book, Rows};
use package::{Package, Sheet};
use std::collections::HashSet;
use std::io::Read;

/// A sheet of at most this size is held as a whole, for its merged cells.
const HELD: u64 = 8 << 20;
/// Rows between two signs of life.
const STRIDE: u64 = 2048;

pub(crate) fn import(input: &Input<'_>, host: &mut Host<'_>) -> Result<()> {
    let mut package = match package::open(input.data) {
        Ok(package) => package,
        Err(broken) => return give_up(host, broken, ""),
    };
    let limit = host.max_unpacked();
    let mut done = 0;
    let mut shared = Texts::default();
    if let Some(part) = package.shared {
        let read = package.archive.by_index(part).map_err(|_| Broken::Stream);
        match read.and_then(|part| Ok((part.compressed_size(), texts::shared(part, limit)?))) {
            Ok((packed, texts)) => {
                shared = texts;
                done += packed;
            }
            Err(broken) => return give_up(host, broken, "shared texts"),
        }
    }
    let mut parts = HashSet::new();
    for sheet in package.sheets.clone() {
        // One part is one sheet: a part of a thousand sheets would be read a thousand times.
        let fresh = parts.insert(sheet.part);
        let became =
            if fresh { import_sheet(&mut package, &sheet, &shared, host, &mut done) } else { Err(Broken::Markup.into()) };
        say(&sheet.name, became, host)?;
        host.progress(done.min(input.data.len() as u64))?;
    }
    Ok(())
}

fn import_sheet(
    package: &mut Package<'_>,
    sheet: &Sheet,
    shared: &Texts,
    host: &mut Host<'_>,
    done: &mut u64,
) -> std::result::Result<(), Stop> {
    // A NUL cannot stand in XML, but the escape for it can.
    let name = sheet.name.replace('\0', "");
    let limit = host.max_unpacked();
    let book = Book { shared, formats: &package.formats, from_1904: package.from_1904 };
    let mut part = package.archive.by_index(sheet.part).map_err(|_| Broken::Stream)?;
    let (packed, size) = (part.compressed_size(), part.size());
    let mut out = Out::new(&name, host)?;
    let way = Way { begin: *done, packed, size };
    *done += packed;
    if size <= HELD {
        let mut held = Vec::new();
        // A damaged stream still gives its beginning.
        let whole = part.by_ref().take(HELD + 1).read_to_end(&mut held).is_ok();
        if held.len() as u64 > HELD {
            return Err(Broken::TooBig.into()); // more than the container says
        }
        merges::find(&held, &mut out.merges);
        way.send(Rows::new(held.as_slice(), limit, book), &mut out, sheet.hidden, host)?;
        if !whole {
            return Err(Broken::Stream.into());
        }
    } else {
        way.send(Rows::new(part, limit, book), &mut out, sheet.hidden, host)?;
    }
    Ok(out.finish(host)?)
}

/// How far a sheet is on its way through the file.
struct Way {
    begin: u64,
    packed: u64,
    size: u64,
}

impl Way {
    /// Sends all rows that hold something.
    fn send<R: Read>(
        &self,
        mut rows: Rows<'_, R>,
        out: &mut Out,
        hidden: bool,
        host: &mut Host<'_>,
    ) -> std::result::Result<(), Stop> {
        out.hidden.sheet = hidden;
        let mut seen = 0_u64;
        while let Some(row) = rows.next()? {
            out.row(row, host)?;
            seen += 1;
            if seen.is_multiple_of(STRIDE) {
                let share = rows.read().min(self.size) as f64 / self.size.max(1) as f64;
                host.progress(self.begin + (self.packed as f64 * share) as u64)?;
            }
        }
        rows.hidden.iter().for_each(|&(first, last)| out.hidden.columns(first, last));
        Ok(())
    }
}
