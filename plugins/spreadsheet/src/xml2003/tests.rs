//! Files as Excel writes them, and as systems do.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use crate::Spreadsheet;
use crate::test_kit::{lines, said, sheets};
use aimline_plugin::testkit::{Recorded, import, probe};

const HEAD: &str = "<?xml version=\"1.0\"?>\r\n<?mso-application progid=\"Excel.Sheet\"?>\r\n<Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\" \
    xmlns:ss=\"urn:schemas-microsoft-com:office:spreadsheet\" xmlns:html=\"http://www.w3.org/TR/REC-html40\">\r\n";
const STYLES: &str = "<Styles><Style ss:ID=\"Default\"/><Style ss:ID=\"d\"><NumberFormat ss:Format=\"Short Date\"/></Style><Style ss:ID=\"p\">\
    <NumberFormat ss:Format=\"0%\"/></Style><Style ss:ID=\"q\"><NumberFormat ss:Format=\"Percent\"/></Style><Style ss:ID=\"f\"><NumberFormat ss:Format=\"#\\ ?/?\"/>\
    </Style><Style ss:ID=\"s\"><NumberFormat ss:Format=\"Standard\"/></Style></Styles>";

fn book(table: &str, after: &str) -> String {
    format!("{HEAD}{STYLES}<Worksheet ss:Name=\"Math &amp; more\"><Table>{table}</Table>{after}</Worksheet></Workbook>")
}

/// A workbook with most of what a workbook has.
pub(crate) fn sample() -> String {
    book(
        "<Column ss:StyleID=\"p\"/><Column ss:Index=\"3\" ss:Span=\"1\" ss:Hidden=\"1\"/><Row ss:Index=\"2\"><Cell ss:MergeAcross=\"2\" ss:MergeDown=\"1\"><Data \
        ss:Type=\"String\">a&amp;<B>b</B></Data><Comment><ss:Data>c</ss:Data></Comment></Cell></Row><Row ss:Span=\"2\"/><Row ss:Hidden=\"1\"><Cell ss:Index=\"2\" \
        ss:StyleID=\"d\" ss:Formula=\"=A1\"><Data ss:Type=\"Number\">45933</Data></Cell><Cell><Data ss:Type=\"DateTime\">2025-10-03T13:05:00.000</Data></Cell></Row>",
        "<WorksheetOptions><Visible>SheetHidden</Visible></WorksheetOptions>",
    )
}

fn read(data: impl AsRef<[u8]>) -> Recorded {
    let recorded = import::<Spreadsheet>("x.xls", data.as_ref());
    assert_eq!(recorded.faults, [""; 0]);
    recorded
}

#[track_caller]
fn check(table: &str, expected: &[&str]) {
    let recorded = read(book(table, ""));
    assert_eq!((recorded.codes(), &recorded.result), (vec![], &Ok(())), "{table}");
    assert_eq!(lines(&recorded, "Math & more"), expected, "{table}");
}

#[test]
fn cells() {
    let cell = |attributes: &str, kind: &str, text: &str| {
        format!("<Row><Cell {attributes}><Data ss:Type=\"{kind}\">{text}</Data></Cell></Row>")
    };
    for (attributes, kind, text, expected) in [
        ("", "Number", "42", "1 n 42"),
        ("", "Number", "0.80000000000000004", "1 n 0.8"),
        ("ss:StyleID=\"p\"", "Number", "0.8", "1 p 0.8"),
        ("ss:StyleID='q'", "Number", "0.8", "1 p 0.8"),
        ("ss:StyleID=\"f\"", "Number", "0.8", "1 f 0.8"),
        ("ss:StyleID=\"s\"", "Number", "1200", "1 n 1200"),
        ("ss:StyleID=\"d\"", "Number", "45933", "1 d 2025-10-03"),
        ("ss:StyleID=\"d\"", "DateTime", "2025-10-03T00:00:00.000", "1 d 2025-10-03"),
        ("", "DateTime", "2025-10-03T13:05:00.000", "1 d 2025-10-03 13:05:00"),
        ("", "DateTime", "1899-12-31T09:30:00.000", "1 d 09:30:00"),
        ("", "Boolean", "1", "1 b TRUE"),
        ("", "Boolean", "0", "1 b FALSE"),
        ("", "Error", "#DIV/0!", "1 e #DIV/0!"),
        ("ss:Formula=\"=RC[-1]*2\"", "Number", "84", "1 N 84"),
        ("ss:Formula=\"=A1\"", "Error", "#REF!", "1 E #REF!"),
        ("", "String", "00125867", "1  00125867"),
        ("", "String", "two&#10;lines &amp; more", "1  two\nlines & more"),
        ("", "String", "<html:B>read</html:B> <html:Font>42</html:Font>", "1  read 42"),
        ("", "String", "<![CDATA[<x>]]>", "1  <x>"),
    ] {
        check(&cell(attributes, kind, text), &[expected]);
    }
    check(
        "<Row><Cell><Comment ss:Author=\"Q\"><ss:Data><B>Q:</B> a note</ss:Data></Comment></Cell><Cell><Data ss:Type=\"Number\">1</Data>\
        <Comment><ss:Data>note</ss:Data></Comment><NamedCell/></Cell></Row>",
        &["1 zn ~|1"],
    );
}

#[test]
fn places() {
    let cell = |attributes: &str, text: &str| format!("<Cell {attributes}><Data ss:Type=\"String\">{text}</Data></Cell>");
    let rows = [
        format!("<Row>{}{}</Row>", cell("ss:MergeAcross=\"2\"", "title"), cell("", "beside")),
        format!("<Row ss:Index=\"5\">{}{}</Row>", cell("ss:Index=\"3\"", "c"), cell("", "d")),
        "<Row ss:Span=\"2\"/>".to_owned(),
        format!("<Row>{}{}</Row>", cell("ss:MergeDown=\"1\"", "tall"), cell("", "x")),
        format!("<Row>{}</Row>", cell("ss:Index=\"2\"", "y")),
        format!("<Row ss:Hidden=\"1\">{}</Row>", cell("", "hid")),
        "<Row><Cell ss:StyleID=\"p\"/></Row>".to_owned(),
    ];
    let recorded = read(book(&rows.concat(), ""));
    assert_eq!(
        lines(&recorded, "Math & more"),
        ["1 tmmt title|~|~|beside", "5 zztt ~|~|c|d", "9  tall|x", "10 mt ~|y", "11 t|r hid"]
    );
    assert_eq!(said(&recorded), ["F018 Math & more: row 11"]);
}

#[test]
fn formats_of_columns_and_rows() {
    let number = "<Cell><Data ss:Type=\"Number\">0.5</Data></Cell>";
    let table = format!(
        "<Column ss:StyleID=\"p\"/><Column ss:Index=\"3\" ss:Span=\"1\" ss:StyleID=\"f\" ss:Hidden=\"1\"/><Row>{0}{0}{0}{0}{0}</Row><Row ss:StyleID=\"q\">{0}{0}</Row>",
        number
    );
    let recorded = read(book(&table, ""));
    assert_eq!(lines(&recorded, "Math & more"), ["1 pnffn 0.5|0.5|0.5|0.5|0.5", "2 pp 0.5|0.5"]);
    assert_eq!(said(&recorded), ["F018 Math & more: columns C to D"]);
}

#[test]
fn sheets_and_what_is_hidden() {
    let row = "<Row><Cell><Data ss:Type=\"String\">x</Data></Cell></Row>";
    let more = format!(
        "<WorksheetOptions><Visible>SheetHidden</Visible></WorksheetOptions></Worksheet><Worksheet ss:Name=\"empty\"/><Worksheet ss:Name=\"last\"><Table>{row}</Table>"
    );
    let recorded = read(book(row, &more));
    assert_eq!(sheets(&recorded), ["Math & more", "empty", "last"]);
    assert_eq!(said(&recorded), ["F018 Math & more: the sheet itself", "F010 empty: a sheet without any filled cell"]);
    // Days from 1904.
    let book = book("<Row><Cell ss:StyleID=\"d\"><Data ss:Type=\"Number\">44471</Data></Cell></Row>", "");
    let book = book.replace("<Styles>", "<ExcelWorkbook><Date1904/></ExcelWorkbook><Styles>");
    assert_eq!(lines(&read(book), "Math & more"), ["1 d 2025-10-03"]);
}

#[test]
fn prefixes_and_encodings() {
    let plain = book("<Row><Cell><Data ss:Type=\"String\">Jos\u{e9}</Data></Cell></Row>", "");
    let expected = ["1  Jos\u{e9}"];
    assert_eq!(lines(&read(&plain), "Math & more"), expected);
    let prefixed = plain.replace("<?mso-application progid=\"Excel.Sheet\"?>", "");
    let prefixed = ["Workbook", "Worksheet", "Table", "Row", "Cell", "Data"].iter().fold(prefixed, |text, name| {
        text.replace(&format!("<{name}"), &format!("<ss:{name}")).replace(&format!("</{name}"), &format!("</ss:{name}"))
    });
    assert_eq!(lines(&read(&prefixed), "Math & more"), expected);
    assert_eq!(probe::<Spreadsheet>("x.xml", prefixed.as_bytes()).unwrap().confidence, 95);
    let narrow: Vec<u8> =
        plain.replace("version=\"1.0\"", "version=\"1.0\" encoding=\"ISO-8859-1\"").chars().map(|one| one as u8).collect();
    assert_eq!((lines(&read(&narrow), "Math & more"), read(&narrow).codes()), (expected.map(str::to_owned).to_vec(), vec![]));
    let wide: Vec<u8> = format!("\u{feff}{plain}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(lines(&read(&wide), "Math & more"), expected);
}

#[test]
fn damage_keeps_the_rows_before_it() {
    let whole = book(
        "<Row><Cell><Data ss:Type=\"Number\">1</Data></Cell></Row><Row><Cell><Data ss:Type=\"Number\">2</Data></Cell></Row>",
        "",
    );
    for cut in [whole.rfind("</Data>").unwrap(), whole.rfind("</Cell>").unwrap(), whole.rfind("</Row>").unwrap()] {
        let recorded = read(&whole[..cut]);
        assert_eq!(lines(&recorded, "Math & more"), ["1 n 1"]);
        assert_eq!((recorded.codes(), &recorded.result), (vec!["F003"], &Ok(())));
    }
    assert_eq!(read(&whole[..whole.find("<Worksheet").unwrap()]).codes(), ["F003"]);
    let far = book("<Row><Cell ss:Index=\"99999999\"><Data ss:Type=\"Number\">1</Data></Cell></Row>", "");
    assert_eq!(read(far).codes(), ["F003"]);
}
