//! What the workbooks share. A text is always written as text, whatever it begins with: nothing in a cell is ever a formula.

use crate::Input;
use chrono::{Datelike, NaiveDate};
use rust_xlsxwriter::{Color, DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError};
use std::collections::BTreeSet;

/// The longest text of a cell, in UTF-16 units.
const LONGEST: usize = 32_767;

/// Formats of cells.
pub(crate) struct Formats {
    /// Titles of columns.
    pub(crate) header: Format,
    /// Titles of columns that come from the file itself.
    pub(crate) original: Format,
    /// Text.
    pub(crate) text: Format,
    /// Text that a spreadsheet would take for a formula if it were typed.
    quoted: Format,
    /// Long text.
    pub(crate) wrapped: Format,
    quoted_wrapped: Format,
    date: Format,
    number: Format,
    share: Format,
    whole: Format,
    /// The cell that is wrong.
    pub(crate) wrong: Format,
}

impl Formats {
    pub(crate) fn new() -> Self {
        let header = Format::new().set_bold().set_align(FormatAlign::Top).set_text_wrap();
        let text = Format::new().set_num_format("@").set_align(FormatAlign::Top);
        let wrapped = text.clone().set_text_wrap();
        let top = Format::new().set_align(FormatAlign::Top);
        Self {
            header: header.clone().set_background_color(Color::RGB(0xE1_E5_EA)),
            original: header.set_background_color(Color::RGB(0xFF_F3_CD)),
            quoted: text.clone().set_quote_prefix(),
            quoted_wrapped: wrapped.clone().set_quote_prefix(),
            wrong: text.clone().set_quote_prefix().set_background_color(Color::RGB(0xFF_C7_CE)).set_bold(),
            text,
            wrapped,
            date: top.clone().set_num_format("yyyy-mm-dd"),
            number: top.clone().set_num_format("0.##"),
            share: top.clone().set_num_format("0.000"),
            whole: top.set_num_format("0"),
        }
    }
}

/// What a cell holds.
pub(crate) enum Cell {
    Text(String),
    /// Text that may be long.
    Long(String),
    Date(NaiveDate),
    Number(f64),
    /// A probability.
    Share(f64),
    Whole(i64),
    Empty,
}

impl Cell {
    pub(crate) fn text(text: Option<&str>) -> Self {
        text.filter(|text| !text.is_empty()).map_or(Self::Empty, |text| Self::Text(text.to_owned()))
    }

    pub(crate) fn long(text: Option<&str>) -> Self {
        text.filter(|text| !text.is_empty()).map_or(Self::Empty, |text| Self::Long(text.to_owned()))
    }

    pub(crate) fn date(date: Option<NaiveDate>) -> Self {
        date.map_or(Self::Empty, Self::Date)
    }

    pub(crate) fn number(number: Option<f64>) -> Self {
        number.filter(|number| number.is_finite()).map_or(Self::Empty, Self::Number)
    }

    pub(crate) fn share(number: Option<f64>) -> Self {
        number.filter(|number| number.is_finite()).map_or(Self::Empty, Self::Share)
    }
}

/// A workbook whose bytes depend on nothing but the input.
pub(crate) fn new(input: &Input, title: &str) -> Result<Workbook, XlsxError> {
    let mut workbook = Workbook::new();
    let day = excel_date(input.as_of).map_or_else(|| ExcelDateTime::from_ymd(2000, 1, 1), Ok)?;
    let properties = DocProperties::new()
        .set_title(title)
        .set_subject(format!("{}, as of {}", clip(input.district, 200), input.as_of))
        .set_author(format!("aimline {}", input.version))
        .set_creation_datetime(&day);
    workbook.set_properties(&properties);
    Ok(workbook)
}

/// A date that Excel can hold.
fn excel_date(date: NaiveDate) -> Option<ExcelDateTime> {
    let year = u16::try_from(date.year()).ok().filter(|year| (1900..=9999).contains(year))?;
    ExcelDateTime::from_ymd(year, u8::try_from(date.month()).ok()?, u8::try_from(date.day()).ok()?).ok()
}

/// At most `longest` UTF-16 units of a text.
pub(crate) fn clip(text: &str, longest: usize) -> &str {
    if text.len() <= longest {
        return text;
    }
    let mut units = 0;
    for (at, letter) in text.char_indices() {
        units += letter.len_utf16();
        if units > longest {
            return &text[..at];
        }
    }
    text
}

/// Whether a spreadsheet would take a text for a formula if a person typed it.
fn formula_like(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r'])
}

/// Writes a text.
pub(crate) fn text(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    text: &str,
    formats: &Formats,
    long: bool,
) -> Result<(), XlsxError> {
    let format = match (formula_like(text), long) {
        (false, false) => &formats.text,
        (false, true) => &formats.wrapped,
        (true, false) => &formats.quoted,
        (true, true) => &formats.quoted_wrapped,
    };
    styled(sheet, row, column, text, format)
}

/// Writes a text in a format of its own.
pub(crate) fn styled(sheet: &mut Worksheet, row: u32, column: u16, text: &str, format: &Format) -> Result<(), XlsxError> {
    sheet.write_string_with_format(row, column, clip(text, LONGEST), format)?;
    Ok(())
}

/// Writes a cell.
pub(crate) fn write(sheet: &mut Worksheet, row: u32, column: u16, cell: &Cell, formats: &Formats) -> Result<(), XlsxError> {
    match cell {
        Cell::Text(value) => text(sheet, row, column, value, formats, false)?,
        Cell::Long(value) => text(sheet, row, column, value, formats, true)?,
        Cell::Date(value) => match excel_date(*value) {
            Some(date) => {
                sheet.write_datetime_with_format(row, column, &date, &formats.date)?;
            }
            None => text(sheet, row, column, &value.to_string(), formats, false)?,
        },
        Cell::Number(value) => {
            sheet.write_number_with_format(row, column, *value, &formats.number)?;
        }
        Cell::Share(value) => {
            sheet.write_number_with_format(row, column, *value, &formats.share)?;
        }
        Cell::Whole(value) => {
            sheet.write_number_with_format(row, column, *value as f64, &formats.whole)?;
        }
        Cell::Empty => {}
    }
    Ok(())
}

/// Makes row 1 the titles: frozen, filtered, repeated on each printed page.
pub(crate) fn finish(sheet: &mut Worksheet, frozen_columns: u16, last_row: u32, last_column: u16) -> Result<(), XlsxError> {
    sheet.set_freeze_panes(1, frozen_columns)?;
    sheet.autofilter(0, 0, last_row, last_column)?;
    sheet.set_repeat_rows(0, 0)?;
    sheet.set_landscape();
    sheet.set_print_fit_to_pages(1, 0);
    if last_row > 0 {
        sheet.ignore_error_range(1, 0, last_row, last_column, rust_xlsxwriter::IgnoreError::NumberStoredAsText)?;
    }
    Ok(())
}

/// A name for the tab of a file: safe, at most 31 UTF-16 units, and not yet taken.
pub(crate) fn tab_name(path: &str, taken: &mut BTreeSet<String>) -> String {
    let file = path.rsplit(['/', '\\']).next().unwrap_or(path);
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| if stem.is_empty() { file } else { stem });
    let safe: String =
        stem.chars().map(|letter| if letter.is_control() || "[]:*?/\\".contains(letter) { ' ' } else { letter }).collect();
    let safe = safe.trim_matches([' ', '\'']);
    let safe = if safe.is_empty() || safe.eq_ignore_ascii_case("history") { "file" } else { safe };
    for number in 1u32.. {
        let ending = if number == 1 { String::new() } else { format!(" ({number})") };
        let name = format!("{}{ending}", clip(safe, 31 - ending.len()).trim_end_matches([' ', '\'']));
        if taken.insert(name.to_lowercase()) {
            return name;
        }
    }
    safe.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tabs_are_safe_short_and_unique() {
        let mut taken = BTreeSet::from(["summary".to_owned()]);
        for (path, name) in [
            ("a/Fall data.xlsx", "Fall data"),
            ("b/Fall data.csv", "Fall data (2)"),
            ("'[odd]:*?'.csv", "odd"),
            ("Summary.csv", "Summary (2)"),
            ("history.csv", "file"),
            (".csv", ".csv"),
            ("A very long name of a file that goes on and on.xlsx", "A very long name of a file that"),
            ("A very long name of a file that goes on again.xlsx", "A very long name of a file (2)"),
        ] {
            assert_eq!(tab_name(path, &mut taken), name);
        }
    }

    #[test]
    fn clipping_counts_as_excel_does() {
        assert_eq!(clip("ab😀cd", 3), "ab");
        assert_eq!(clip("ab😀cd", 4), "ab😀");
    }
}
