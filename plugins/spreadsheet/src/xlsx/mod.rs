//! Excel workbooks.

mod cells;
pub(crate) mod container;
mod formats;
mod markup;
mod merges;
mod package;
#[cfg(test)]
pub(crate) mod tests;
#[cfg(test)]
pub(crate) use tests as test_kit;
mod texts;

use crate::notice::Notice;
use crate::{MAX_CELL, MAX_WIDTH};
use aimline_plugin::{Error, Host, Input, Place, Result, Table};
use cells::{Book, Row, Rows};
use markup::Broken;
use merges::Merges;
use package::{Package, Sheet};
use std::io::Read;
use texts::Shared;

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
    let mut shared = Shared::default();
    if let Some(part) = package.shared {
        let read = package.archive.by_index(part).map_err(|_| Broken::Stream);
        match read.and_then(|part| Ok((part.compressed_size(), Shared::read(part, limit)?))) {
            Ok((packed, texts)) => {
                shared = texts;
                done += packed;
            }
            Err(broken) => return give_up(host, broken, "shared texts"),
        }
    }
    let mut trouble = None;
    for sheet in package.sheets.clone() {
        if let Err(stop) = import_sheet(&mut package, &sheet, &shared, host, &mut done) {
            match stop {
                Stop::Host(error) => return Err(error),
                Stop::File(broken) => {
                    let notice = if broken == Broken::TooBig { Notice::TOO_BIG } else { Notice::DAMAGED_SHEET };
                    notice.at(&sheet.name).send(host, 0)?;
                    trouble = Some(broken);
                }
            }
        }
        host.progress(done.min(input.data.len() as u64))?;
    }
    match trouble {
        None => Ok(()),
        Some(Broken::TooBig) => Err(too_big()),
        Some(_) => Err(Error::format("a sheet of this workbook is damaged: what could be read was read")),
    }
}

fn too_big() -> Error {
    Error::limit("a part of this workbook unpacks to more than is allowed")
}

fn give_up(host: &mut Host<'_>, broken: Broken, at: &str) -> Result<()> {
    if broken == Broken::TooBig {
        Notice::TOO_BIG.at(at).send(host, 0)?;
        return Err(too_big());
    }
    Notice::DAMAGED.at(at).fail(host, Error::format)
}

/// Who ended the reading of a sheet.
enum Stop {
    Host(Error),
    File(Broken),
}

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        Self::Host(error)
    }
}

impl From<Broken> for Stop {
    fn from(broken: Broken) -> Self {
        Self::File(broken)
    }
}

fn import_sheet(
    package: &mut Package<'_>,
    sheet: &Sheet,
    shared: &Shared,
    host: &mut Host<'_>,
    done: &mut u64,
) -> std::result::Result<(), Stop> {
    // A NUL cannot stand in XML, but the escape for it can.
    let name = sheet.name.replace('\0', "");
    let table = host.grid(&name)?;
    let limit = host.max_unpacked();
    let book = Book { shared, formats: &package.formats, from_1904: package.from_1904 };
    let mut part = package.archive.by_index(sheet.part).map_err(|_| Broken::Stream)?;
    let (packed, size) = (part.compressed_size(), part.size());
    let mut out = Out {
        table,
        name: &name,
        merges: Merges::default(),
        kinds: Vec::new(),
        line: String::new(),
        dangling: false,
        begin: *done,
        packed,
        size,
    };
    *done += packed;
    let rows = if size <= HELD {
        let mut held = Vec::new();
        // A damaged stream still gives its beginning.
        let whole = part.by_ref().take(HELD + 1).read_to_end(&mut held).is_ok();
        if held.len() as u64 > HELD {
            return Err(Broken::TooBig.into()); // more than the container says
        }
        out.merges = Merges::find(&held);
        let rows = out.send(Rows::new(held.as_slice(), limit, book), host)?;
        if !whole {
            return Err(Broken::Stream.into());
        }
        rows
    } else {
        out.send(Rows::new(part, limit, book), host)?
    };
    if rows == 0 {
        Notice::EMPTY_SHEET.at(&name).send(host, 0)?;
    }
    Ok(())
}

/// Where the rows of one sheet go.
struct Out<'a> {
    table: Table,
    name: &'a str,
    merges: Merges,
    kinds: Vec<u8>,
    line: String,
    dangling: bool,
    begin: u64,
    packed: u64,
    size: u64,
}

impl Out<'_> {
    /// Sends all rows that hold something, and counts them.
    fn send<R: Read>(&mut self, mut rows: Rows<'_, R>, host: &mut Host<'_>) -> std::result::Result<u64, Stop> {
        let mut sent = 0;
        let mut seen = 0_u64;
        loop {
            let row = match rows.next()? {
                Some(row) if row.is_blank() && row.dangling.is_none() => None,
                Some(row) => Some(row),
                None => return Ok(sent),
            };
            if let Some(row) = row {
                self.row(row, host)?;
                sent += 1;
            }
            seen += 1;
            if seen.is_multiple_of(STRIDE) {
                let share = rows.read().min(self.size) as f64 / self.size.max(1) as f64;
                host.progress(self.begin + (self.packed as f64 * share) as u64)?;
            }
        }
    }

    fn row(&mut self, row: &Row, host: &mut Host<'_>) -> Result<()> {
        if let (Some(column), false) = (row.dangling, self.dangling) {
            self.dangling = true;
            Notice::NO_SUCH_TEXT.cell(self.name, column, row.number, "", host)?;
        }
        self.kinds.clear();
        self.kinds.extend(row.columns().map(|(kind, _)| kind));
        self.merges.mark(row.number, &mut self.kinds);
        if self.kinds.len() > MAX_WIDTH {
            self.kinds.truncate(MAX_WIDTH);
            Notice::WIDE_ROW.at(self.name).send(host, row.number)?;
        }
        self.line.clear();
        if row.hidden || self.kinds.iter().any(|&kind| kind != b't') {
            self.line.extend(self.kinds.iter().map(|&kind| char::from(kind)));
        }
        if row.hidden {
            self.line.push_str("|r");
        }
        let mut long = false;
        let cells = row.columns().map(|(_, text)| {
            text.map(|text| {
                long |= text.len() > MAX_CELL;
                &text[..text.floor_char_boundary(MAX_CELL)]
            })
        });
        let cells = cells.chain(std::iter::repeat(None)).take(self.kinds.len());
        host.grid_cells(self.table, Place { row: row.number, ..Place::default() }, &self.line, cells)?;
        if long {
            Notice::LONG_CELL.at(self.name).send(host, row.number)?;
        }
        Ok(())
    }
}
