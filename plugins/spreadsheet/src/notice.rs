//! The diagnostics of this importer, in one place.

use aimline_plugin::{Diagnostic, Error, Host, Place, Result, Severity};

/// A cell's text is cut to this in a diagnostic.
const SEEN: usize = 80;

/// One problem. `at` and `seen` are filled in where it happens.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Notice<'a> {
    pub(crate) code: &'a str,
    pub(crate) severity: Severity,
    pub(crate) at: &'a str,
    pub(crate) seen: &'a str,
    pub(crate) expected: &'a str,
    pub(crate) help: &'a str,
}

impl Notice<'_> {
    pub(crate) const DAMAGED: Self = Self {
        code: "F003",
        severity: Severity::Error,
        at: "",
        seen: "a damaged or incomplete workbook",
        expected: "a whole file",
        help: "copy or download the file again; if it is the same, open it in Excel, let Excel repair it and save it as .xlsx",
    };
    pub(crate) const DAMAGED_SHEET: Self =
        Self { seen: "a damaged sheet; its rows were read up to the damage, and none after it", ..Self::DAMAGED };
    pub(crate) const TOO_BIG: Self = Self {
        code: "F013",
        severity: Severity::Error,
        at: "",
        seen: "a part that unpacks to more than is allowed",
        expected: "a workbook of the usual size",
        help: "check that it is the right file; split it when it is",
    };
    pub(crate) const LOCKED: Self = Self {
        code: "F004",
        severity: Severity::Error,
        at: "",
        seen: "a workbook with a password",
        expected: "a workbook without a password",
        help: "open it in Excel, remove the password (File, Info, Protect Workbook, Encrypt with Password) and save it",
    };
    pub(crate) const LOCKED_ODS: Self =
        Self { help: "open it in LibreOffice and save it again without \"Save with password\"", ..Self::LOCKED };
    pub(crate) const LOCKED_ZIP: Self = Self {
        seen: "a zip with a password",
        expected: "a file without a password",
        help: "unpack it with its password, and put what is in it here",
        ..Self::LOCKED
    };
    pub(crate) const ZIP: Self = Self {
        code: "F020",
        severity: Severity::Error,
        at: "",
        seen: "a zip with several files in it",
        expected: "the files themselves, or a zip with one workbook or table in it",
        help: "unpack it (right-click, Extract All), and put the files that are in it here",
    };
    pub(crate) const BIG_ZIP: Self = Self {
        seen: "a zip that unpacks to more than is allowed",
        help: "check that it is the right file; unpack it and put what is in it here when it is",
        ..Self::TOO_BIG
    };
    pub(crate) const DAMAGED_ZIP: Self =
        Self { seen: "a damaged zip", expected: "a whole zip", help: "copy or download it again", ..Self::DAMAGED };
    pub(crate) const WEB_PAGE: Self = Self {
        code: "F005",
        severity: Severity::Error,
        at: "",
        seen: "a web page without a table",
        expected: "a workbook, a table or delimited text",
        help: "open it in a browser: if it asks to sign in, the export has failed, so export it again; else open it in Excel and save it as .xlsx",
    };
    pub(crate) const EMPTY_SHEET: Self =
        Self { code: "F010", severity: Severity::Info, at: "", seen: "a sheet without any filled cell", expected: "", help: "" };
    /// `seen` names what is hidden.
    pub(crate) const HIDDEN: Self = Self {
        code: "F018",
        severity: Severity::Info,
        at: "",
        seen: "",
        expected: "",
        help: "nothing to do: hidden cells are read like all others; delete those that should not count",
    };
    pub(crate) const NUL: Self = Self {
        code: "F011",
        severity: Severity::Warning,
        at: "",
        seen: "a NUL character, which was left out",
        expected: "text",
        help: "the file may be damaged or not be text: export it again and compare",
    };
    pub(crate) const ENCODING: Self = Self {
        code: "F012",
        severity: Severity::Info,
        at: "",
        seen: "text that is not UTF-8; it was read as Windows-1252",
        expected: "UTF-8",
        help: "if accents look wrong, save it again as \"CSV UTF-8\"",
    };
    pub(crate) const MIXED: Self = Self {
        code: "F012",
        severity: Severity::Info,
        at: "",
        seen: "a row that is not UTF-8 like the others; it was read as Windows-1252",
        expected: "text in one encoding",
        help: "if accents look wrong in this row, type them again and save the file as \"CSV UTF-8\"",
    };
    pub(crate) const FIXED_WIDTH: Self = Self {
        code: "F019",
        severity: Severity::Error,
        at: "",
        seen: "a text whose columns are lined up with blanks",
        expected: "a comma, tab or the like between two columns",
        help: "open it in Excel with Data, From Text/CSV, choose Fixed Width as the delimiter, check where the columns end, and save it as .xlsx; or export it again as CSV",
    };
    pub(crate) const BAD_UTF8: Self = Self {
        code: "F012",
        severity: Severity::Info,
        at: "",
        seen: "bytes that are not text in the encoding that the file states; each became U+FFFD",
        expected: "text in one encoding",
        help: "save it again as \"CSV UTF-8\"",
    };
    pub(crate) const WIDE_ROW: Self = Self {
        code: "F013",
        severity: Severity::Error,
        at: "",
        seen: "a row of more than 16,383 cells; the cells after these were left out",
        expected: "at most 16,383 cells",
        help: "check the delimiter, or delete the columns that are not needed",
    };
    pub(crate) const LONG_CELL: Self = Self {
        code: "F013",
        severity: Severity::Error,
        at: "",
        seen: "a cell of more than 1 MiB; the rest of it was left out",
        expected: "at most 1 MiB",
        help: "look for a quote that is never closed, or shorten the text",
    };
    pub(crate) const OPEN_QUOTE: Self = Self {
        code: "F017",
        severity: Severity::Warning,
        at: "",
        seen: "a quote that is never properly closed; it was read as a character of its cell",
        expected: "quotes in pairs",
        help: "look at this row in a text editor and close or remove the quote",
    };
    pub(crate) const NO_SUCH_TEXT: Self = Self {
        code: "F003",
        severity: Severity::Error,
        at: "",
        seen: "a cell that points to a shared text that is not there; it was read as blank",
        expected: "a text of the workbook",
        help: "open the file in Excel, let Excel repair it and save it",
    };

    pub(crate) fn at<'a>(self, at: &'a str) -> Notice<'a>
    where
        Self: 'a,
    {
        Notice { at, ..self }
    }

    /// Sends it for one cell (column 0 is A), with the beginning of its text.
    pub(crate) fn cell(self, sheet: &str, column: usize, row: u64, text: &str, host: &mut Host<'_>) -> Result<()> {
        let name = format!("{}{row}", letters(column));
        let at = if sheet.is_empty() { name } else { format!("{sheet} \u{203a} {name}") };
        let seen = &text[..text.floor_char_boundary(SEEN)];
        Notice { at: &at, seen: if seen.is_empty() { self.seen } else { seen }, ..self }.send(host, row)
    }

    pub(crate) fn send(self, host: &mut Host<'_>, row: u64) -> Result<()> {
        let Self { code, severity, at, seen, expected, help } = self;
        host.diagnostic(Place { row, ..Place::default() }, Diagnostic { code, severity, at, seen, expected, help })
    }

    /// The end of an import that could not even begin: the diagnostic, and the same in a sentence.
    pub(crate) fn fail(self, host: &mut Host<'_>, error: fn(String) -> Error) -> Result<()> {
        self.send(host, 0)?;
        Err(error(format!("this is {}: {}", self.seen, self.help)))
    }
}

/// The letters over a column; 0 is A.
pub(crate) fn letters(mut column: usize) -> String {
    let mut letters = Vec::new();
    loop {
        letters.insert(0, b'A' + (column % 26) as u8);
        if column < 26 {
            return letters.into_iter().map(char::from).collect();
        }
        column = column / 26 - 1;
    }
}

impl<'a> Notice<'a> {
    /// A kind of spreadsheet that is known and not read.
    pub(crate) fn old(what: &'a str) -> Self {
        let expected = "a workbook or delimited text";
        Self {
            code: "F014",
            severity: Severity::Error,
            at: "",
            seen: what,
            expected,
            help: "open it in Excel and save it as .xlsx",
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn letters() {
        for (column, expected) in [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (16_383, "XFD")] {
            assert_eq!(super::letters(column), expected);
        }
    }
}
