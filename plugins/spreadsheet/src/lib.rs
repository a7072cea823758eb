//! The importer for sheets: workbooks (.xlsx, .xlsm, .xlsb, .xls) and delimited text (.csv, .tsv, .txt).
//!
//! A sheet becomes one grid table: text cells from column A on, a letter for the kind of each, and the row number that
//! Excel shows. Nothing is guessed here: which row is a header, what a date in text means and what an id is are
//! questions for the core. What cannot be read is a diagnostic with its row.
//!
//! - `sniff` says what a file is, by its bytes.
//! - `xlsx` reads workbooks: calamine reads the workbook's own parts, cells and shared texts stream past it.
//! - `xls` reads workbooks of before 2007.
//! - `xlsb` reads binary workbooks.
//! - `ods` reads OpenDocument spreadsheets.
//! - `html` reads the tables of a web page, `xml2003` an XML spreadsheet, `archive` a zip with one file.
//! - `grid` sends the rows of all of them.
//! - `csv` reads delimited text: encoding, delimiter, quotes.

mod archive;
mod csv;
mod grid;
mod html;
mod le;
mod markup;
#[cfg(test)]
mod mutations;
mod notice;
mod ods;
mod sniff;
#[cfg(test)]
mod test_kit;
#[cfg(test)]
mod tests;
mod trouble;
mod xls;
mod xlsb;
mod xlsx;
mod xml2003;

use aimline_plugin::{Error, Host, Importer, Input, Probe, Result, export_importer};
use notice::Notice;
use sniff::Kind;

/// The longest text of a cell that the host takes.
const MAX_CELL: usize = 1 << 20;
/// The host takes this many cells a row beside the kinds.
const MAX_WIDTH: usize = aimline_plugin::abi::MAX_CELLS - 1;

/// What Excel shows for a cell of a text: `="00125867"` is how exports keep it from making a number of an id.
fn shown(text: &str) -> &str {
    match text.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"')) {
        Some(inside) if !inside.contains('"') => inside,
        _ => text,
    }
}

struct Spreadsheet;

export_importer!(
    Spreadsheet,
    r#"{"name":"spreadsheet","version":"0.1.0","license":"MIT OR Apache-2.0","formats":["Excel workbook (.xlsx, .xlsm, .xlsb, .xls)","OpenDocument spreadsheet (.ods, .fods)","XML spreadsheet 2003","tables of a web page","a zip with one of these","CSV, TSV and other delimited text"],"signatures":["zip","ole","text"]}"#
);

impl Importer for Spreadsheet {
    fn probe(input: &Input<'_>) -> Probe {
        sniff::probe(input)
    }

    fn import(input: &Input<'_>, host: &mut Host<'_>) -> Result<()> {
        import(sniff::kind(input), input, host)
    }
}

/// Reads a file of this kind.
fn import(kind: Kind, input: &Input<'_>, host: &mut Host<'_>) -> Result<()> {
    match kind {
        Kind::Workbook => xlsx::import(input, host),
        Kind::Xls => xls::import(input, host),
        Kind::Xlsb => xlsb::import(input, host),
        Kind::Ods => ods::import(input, host),
        Kind::Html => html::import(input, host),
        Kind::Xml2003 => xml2003::import(input, host),
        Kind::Zip => archive::import(input, host),
        Kind::Text(_) => csv::import(input, host),
        Kind::Damaged => Notice::DAMAGED.fail(host, Error::format),
        Kind::Locked => Notice::LOCKED.fail(host, Error::unsupported),
        Kind::Old(what, help) => Notice { help, ..Notice::old(what) }.fail(host, Error::unsupported),
        Kind::Nothing => Err(Error::format("this is neither a workbook nor a table nor delimited text")),
    }
}
