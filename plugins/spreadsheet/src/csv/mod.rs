//! Delimited text. Only UTF-16 is decoded as a whole; everything else is read as it stands and decoded row by row.

pub(crate) mod encoding;
mod fixed;
mod records;
mod rows;
mod shape;
#[cfg(test)]
mod tests;

pub(crate) use shape::Shape;

use crate::grid::all_said;
use crate::notice::Notice;
use crate::sniff;
use aimline_plugin::{Error, Host, Input, Result};
use encoding::Encoding;
use records::Records;
use rows::Rows;
use std::borrow::Cow;

/// Records between two signs of life.
const STRIDE: u64 = 4096;

/// The first characters of a file, of about so many bytes.
pub(crate) fn head(data: &[u8], length: usize) -> Cow<'_, str> {
    let piece = &data[..data.len().min(length)];
    let (encoding, mark) = encoding::detect(piece, data.len() <= length);
    let mut piece = &piece[mark..];
    // A character that the piece cuts in two is not looked at.
    if let (Encoding::Utf8, Err(error)) = (encoding, std::str::from_utf8(piece))
        && error.error_len().is_none()
    {
        piece = &piece[..error.valid_up_to()];
    }
    encoding::decode(piece, encoding)
}

pub(crate) fn import(input: &Input<'_>, host: &mut Host<'_>) -> Result<()> {
    let (encoding, mark) = encoding::detect(input.data, true);
    let mut shape = Shape::of(input.data);
    if shape.fixed {
        return Notice::FIXED_WIDTH.fail(host, Error::unsupported);
    }
    if shape.columns < 2 && sniff::named(input.name, &["tsv", "tab"]) {
        shape.dialect.delimiter = b'\t';
    }
    let data = &input.data[mark..];
    let text = match encoding {
        Encoding::Utf16Le | Encoding::Utf16Be => Cow::Owned(encoding::decode(data, encoding).into_owned().into_bytes()),
        _ => Cow::Borrowed(data),
    };
    match encoding {
        Encoding::Windows1252 => Notice::ENCODING.send(host, 0)?,
        Encoding::Broken => Notice::BAD_UTF8.send(host, 0)?,
        _ => {}
    }
    // Offsets are those of the file only where its bytes are read as they are.
    let offset = matches!(text, Cow::Borrowed(_)).then_some(mark + shape.skip);
    let scale = input.data.len() as f64 / text.len().max(1) as f64;
    let text = &text[shape.skip.min(text.len())..];
    let mut rows = Rows::new(host.grid("")?, encoding, offset, memchr::memchr(0, text).is_some());
    let mut records = Records::new(text, shape.dialect, shape.columns);
    let mut count = 0_u64;
    loop {
        let found = records.next().map_err(|_| Error::limit("a row of more than 64 MiB: this is hardly a table"))?;
        let Some(found) = found else { break };
        rows.send(&records, found, host)?;
        count += 1;
        if count.is_multiple_of(STRIDE) {
            host.progress((records.at() as f64 * scale) as u64)?;
        }
    }
    all_said(rows.wide, Notice::WIDE_ROW, host)?;
    all_said(rows.long, Notice::LONG_CELL, host)?;
    all_said(rows.other, Notice::MIXED, host)?;
    if !rows.any {
        Notice::EMPTY_SHEET.send(host, 0)?;
    }
    host.progress(input.data.len() as u64)
}
