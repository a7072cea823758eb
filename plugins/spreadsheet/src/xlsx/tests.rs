//! Workbooks as other programs write them, workbooks of hand-written XML, and calamine as the second reader of both.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use super::texts::shared;
use crate::Spreadsheet;
use crate::grid::formats::Format;
use crate::markup::Broken;
use crate::test_kit::{Random, Seen, assert_same, by_us, lines, said, seen, with_parts};
use aimline_plugin::abi;
use aimline_plugin::testkit::import;
use calamine::{Data, Reader, SheetType, Xlsx};
use std::fmt::Write as _;
use std::io::{Cursor, Write as _};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

pub(crate) const OPENPYXL: &[u8] = include_bytes!("../../tests/data/openpyxl.xlsx");
pub(crate) const XLSXWRITER: &[u8] = include_bytes!("../../tests/data/xlsxwriter.xlsx");
const EPOCH_1904: &[u8] = include_bytes!("../../tests/data/epoch1904.xlsx");

/// A workbook of one sheet from the inside of its sheetData, its shared texts and what follows the cells.
pub(crate) fn book(rows: &str, shared: &str, after: &str) -> Vec<u8> {
    whole_book(&format!("<worksheet><sheetData>{rows}</sheetData>{after}</worksheet>"), shared)
}

/// Styles: 1 percent, 2 date, 3 fraction, 4 elapsed hours, 5 date and time of an own code, 6 text, 7 eight digits.
fn whole_book(sheet: &str, shared: &str) -> Vec<u8> {
    const RELATION: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let workbook = r#"<workbook><workbookPr/><sheets><sheet name="S &amp; T" sheetId="1" r:id="r1"/></sheets></workbook>"#;
    let parts = [
        ("[Content_Types].xml", "<Types/>".to_owned()),
        ("_rels/.rels", format!(r#"<Relationships><Relationship Id="r" Type="{RELATION}/officeDocument" Target="xl/workbook.xml"/></Relationships>"#)),
        ("xl/workbook.xml", workbook.to_owned()),
        (
            "xl/_rels/workbook.xml.rels",
            format!(r#"<Relationships><Relationship Id="r1" Type="{RELATION}/worksheet" Target="/xl/worksheets/sheet1.xml"/></Relationships>"#),
        ),
        (
            "xl/styles.xml",
            r##"<styleSheet><numFmts><numFmt numFmtId="200" formatCode="d/m/yy\ h:mm;@"/><numFmt numFmtId="201" formatCode="00000000"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="9"/>
                <xf numFmtId="14"/><xf numFmtId="12"/><xf numFmtId="46"/><xf numFmtId="200"/><xf numFmtId="49"/><xf numFmtId="201"/></cellXfs></styleSheet>"##
                .to_owned(),
        ),
        ("xl/sharedStrings.xml", format!("<sst>{shared}</sst>")),
        ("xl/worksheets/sheet1.xml", sheet.to_owned()),
    ];
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[track_caller]
fn check(rows: &str, shared: &str, expected: &[&str]) {
    let recorded = import::<Spreadsheet>("x.xlsx", &book(rows, shared, ""));
    assert_eq!(recorded.result, Ok(()));
    assert_eq!(lines(&recorded, "S & T"), expected, "{rows}");
}

#[test]
fn cells() {
    check(r#"<row r="3"><c r="B3"><v>42</v></c><c r="D3" t="n"><v>0.1</v></c></row>"#, "", &["3 znzn ~|42|~|0.1"]);
    check("<row><c><v>1</v></c><c><v>2</v></c></row><row/><row><c><v>3</v></c></row>", "", &["1 nn 1|2", "3 n 3"]);
    check(r#"<row><c r="C9"><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>"#, "", &["9 zznn ~|~|1|2", "10 n 3"]);
    check(r#"<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>2</v></c><c r="B1"><v>3</v></c></row>"#, "", &["1 nn 2|3"]);
    check(r#"<row r="1"><c r="A1" s="1"/><c r="B1"></c><c r="C1"><v/></c><c r="D1"><v></v></c></row>"#, "", &[]);
    check(r#"<row r="2" hidden="1"><c r="A2"><v>5</v></c></row>"#, "", &["2 n|r 5"]);
    check(r#"<row r="2" hidden="true"><c r="A2" t="str"><v>a</v></c></row>"#, "", &["2 t|r a"]);
    check("<x:row xmlns:x='u' r='4'><x:c r='A4'><x:v>7</x:v></x:c></x:row>", "", &["4 n 7"]);
    check("<!-- <row> --><row r='4'><?x <c> ?><c r='A4' x='a>b'><v>7</v></c></row>", "", &["4 n 7"]);
    check(
        r#"<row r="1"><c r="A1"><v>1</v><extLst><ext><v>9</v></ext></extLst></c><c r="B1"><v>2</v></c></row>"#,
        "",
        &["1 nn 1|2"],
    );
}

#[test]
fn kinds() {
    let cell = |attributes: &str, inside: &str| format!(r#"<row r="1"><c r="A1" {attributes}>{inside}</c></row>"#);
    for (attributes, inside, expected) in [
        ("", "<v>80</v>", "n 80"),
        ("", "<v>1.50</v>", "n 1.5"),
        ("", "<v>0.80000000000000004</v>", "n 0.8"),
        ("", "<v>1E+3</v>", "n 1000"),
        ("", "<v>-0.5</v>", "n -0.5"),
        ("", "<v>007</v>", "n 7"),
        ("", "<v>abc</v>", "t abc"),
        ("", "<v>NaN</v>", "t NaN"),
        ("s='1'", "<v>0.8</v>", "p 0.8"),
        ("s='3'", "<v>0.8</v>", "f 0.8"),
        ("s='2'", "<v>45933</v>", "d 2025-10-03"),
        ("s='2'", "<v>45933.545138888891</v>", "d 2025-10-03 13:05:00"),
        ("s='5'", "<v>45933.999999999</v>", "d 2025-10-04"),
        ("s='2'", "<v>0.5</v>", "d 12:00:00"),
        ("s='2'", "<v>1</v>", "d 1900-01-01"),
        ("s='2'", "<v>60</v>", "d 1900-02-29"),
        ("s='2'", "<v>61</v>", "d 1900-03-01"),
        ("s='2'", "<v>-3</v>", "n -3"),
        ("s='4'", "<v>1.2604166666666667</v>", "d 30:15:00"),
        ("s='99'", "<v>5</v>", "n 5"),
        ("s='6'", "<v>5</v>", "n 5"),
        ("s='7'", "<v>125867</v>", "n 00125867"),
        ("s='7'", "<v>1.25867E5</v>", "n 00125867"),
        ("s='7'", "<v>123456789</v>", "n 123456789"),
        ("s='7'", "<v>-5</v>", "n -5"),
        ("s='7'", "<v>1.5</v>", "n 1.5"),
        ("t='b'", "<v>1</v>", "b TRUE"),
        ("t='b'", "<v>0</v>", "b FALSE"),
        ("t='e'", "<v>#REF!</v>", "e #REF!"),
        ("t='e'", "<v>#SPILL!</v>", "e #SPILL!"),
        ("t='d'", "<v>2025-10-03T00:00:00</v>", "d 2025-10-03"),
        ("t='d'", "<v>2025-10-03T13:05:00Z</v>", "d 2025-10-03 13:05:00"),
        ("t='str'", "<f>A2&amp;\"x\"</f><v>a &lt; b</v>", "T a < b"),
        ("t='str'", "<v xml:space='preserve'>  a </v>", "t   a "),
        ("", "<f t='shared' si='0'/><v>4</v>", "N 4"),
        ("s='1'", "<f>B1</f><v>0.25</v>", "P 0.25"),
        ("t='e'", "<f>1/0</f><v>#DIV/0!</v>", "E #DIV/0!"),
        ("t='inlineStr'", "<is><t>x_x0041_y</t></is>", "t xAy"),
        ("t='inlineStr'", "<is><r><t>a </t></r><r><t xml:space='preserve'> b</t></r><rPh><t>no</t></rPh></is>", "t a b"),
        ("t='new'", "<v>what</v>", "t what"),
    ] {
        // Kinds that are all text are left out.
        let expected = expected.strip_prefix("t ").map_or(expected.to_owned(), |text| format!(" {text}"));
        check(&cell(attributes, inside), "", &[&format!("1 {expected}")]);
    }
}

#[test]
fn shared_texts() {
    let shared = "<si><t>plain</t></si><si><r><rPr/><t>rich </t></r><r><t>text</t></r></si><si/><si><t>a&#13;\r\nb &amp;amp; &#x41;</t></si>\
        <si><t><![CDATA[<x>]]></t></si><si><t xml:space=\"preserve\"> kept </t></si>";
    let cell = |index: u32| format!("<c t='s'><v>{index}</v></c>");
    let row: String = (0..6).map(cell).collect();
    check(&format!("<row>{row}</row>"), shared, &["1 ttzttt plain|richtext|~|a\r\nb &amp; A|<x>| kept "]);
    let recorded = import::<Spreadsheet>("x.xlsx", &book("<row><c t='s'><v>7</v></c><c><v>1</v></c></row>", "", ""));
    assert_eq!(recorded.codes(), ["F003"]);
    assert_eq!(lines(&recorded, "S & T"), ["1 zn ~|1"]);
}

#[test]
fn merged_cells() {
    let rows = "<row r='1'><c r='A1' t='str'><v>title</v></c></row><row r='2'><c r='B2'><v>1</v></c></row>";
    let recorded = import::<Spreadsheet>(
        "x.xlsx",
        &book(rows, "", "<mergeCells><mergeCell ref='A1:C1'/><mergeCell ref='B2:B9'/></mergeCells>"),
    );
    assert_eq!(lines(&recorded, "S & T"), ["1 tmm title|~|~", "2 zn ~|1"]);
}

#[test]
fn a_used_range_of_blanks() {
    let mut rows: String =
        (1..200_000).map(|row| format!("<row r=\"{row}\"><c r=\"A{row}\" s=\"2\"/><c r=\"ZZ{row}\" s=\"1\"/></row>")).collect();
    rows += "<row r=\"1048576\"><c r=\"B1048576\"><v>1</v></c></row>";
    let recorded = import::<Spreadsheet>("x.xlsx", &book(&rows, "", ""));
    assert_eq!((recorded.result.clone(), lines(&recorded, "S & T")), (Ok(()), vec!["1048576 zn ~|1".to_owned()]));
}

#[test]
fn a_score_that_became_a_date_and_an_id_that_became_a_number_stay_what_the_file_says() {
    let rows = "<row r='1'><c r='A1' s='2'><v>45752</v></c><c r='B1'><v>1.23456789012E11</v></c><c r='C1' t='str'><v>00125867</v></c><c r='D1'><v>1.2E+20</v></c></row>";
    check(rows, "", &["1 dntn 2025-04-05|123456789012|00125867|120000000000000000000"]);
}

#[test]
fn one_part_is_one_sheet() {
    let twice = with_parts(
        &book("<row><c><v>1</v></c></row>", "", ""),
        &[("xl/workbook.xml", b"<workbook><sheets><sheet name='a' sheetId='1' r:id='r1'/><sheet name='b' sheetId='2' r:id='r1'/></sheets></workbook>")],
    );
    let recorded = import::<Spreadsheet>("x.xlsx", &twice);
    assert_eq!((lines(&recorded, "a"), lines(&recorded, "b").len()), (vec!["1 n 1".to_owned()], 0));
    assert_eq!(recorded.codes(), ["F003"]);
}

#[test]
fn hidden_columns() {
    let rows = "<row r='1'><c r='A1'><v>1</v></c><c r='D1'><v>2</v></c></row>";
    let sheet = format!(
        "<worksheet><cols><col min='1' max='1' hidden='0'/><col min='2' max='3' hidden='1'/><col min='9' max='16384' hidden='true'/></cols>\
        <sheetData>{rows}</sheetData></worksheet>"
    );
    let recorded = import::<Spreadsheet>("x.xlsx", &whole_book(&sheet, ""));
    assert_eq!(said(&recorded), ["F018 S & T: columns B to C"]);
    assert_eq!(lines(&recorded, "S & T"), ["1 nzzn 1|~|~|2"]);
}

#[test]
fn real_writers() {
    let recorded = import::<Spreadsheet>("o.xlsx", OPENPYXL);
    assert_eq!(recorded.result, Ok(()));
    assert_eq!(
        said(&recorded),
        ["F018 Reading <1>: row 8", "F010 empty: a sheet without any filled cell", "F018 hidden: the sheet itself"]
    );
    assert_eq!(
        lines(&recorded, "Reading <1>"),
        [
            "5 zzttt ~|~|Student|Date|Score",
            "6 zztdn ~|~|Ana O\u{2019}Neil|2025-10-03|42",
            "7 zztdpe ~|~|Li & Wu|2025-10-10 13:05:00|0.8|#REF!",
            "8 zztdf|r ~|~|  padded  |1900-03-01|0.8",
            "9 zztzn ~|~|line\nbreak|~|0.0000001",
            "10 zztdn ~|~|00125867|09:30:00|123456789012345700",
            "11 zzzdb ~|~|~|30:15:00|TRUE",
            "14 tmmmm Progress monitoring \u{2013} Fall 2025|~|~|~|~",
        ]
    );
    assert_eq!(lines(&recorded, "hidden"), ["1  still read"]);

    let recorded = import::<Spreadsheet>("x.xlsx", XLSXWRITER);
    let goal = lines(&recorded, "Goal 1");
    assert_eq!(goal[0], "1 tmmm Progress monitoring \u{2013} Fall 2025|~|~|~");
    assert_eq!(goal[1], "3  Date|Score|Percent|Trials|Note");
    assert_eq!(goal[2], "4 dnpftN 2025-09-01|0|0|0|read 42 words|0");
    assert_eq!(goal[3], "5 dnpftT 2025-09-08|1.1|0.025|0.125|tab\tand _x0041_ and \u{7}|yes");
    assert_eq!(goal[4], "6 dnpfbB 2025-09-15|2.2|0.05|0.25|FALSE|TRUE");
    assert_eq!(goal[5], "7 dnpfzE 2025-09-22|3.3|0.075|0.375|~|#DIV/0!");
    assert_eq!(goal[6], "8 dnpfzP 2025-09-29|4.4|0.1|0.5|~|0.1");
    assert_eq!(goal[8], "10 dnpf|r 2025-10-13|6.600000000000001|0.15|0.75");
    assert_eq!(lines(&recorded, "last")[0].len(), "2 ".len() + 16_383 + " ".len() + 2 * 16_383 - 1);
    assert_eq!(said(&recorded)[0], "F018 Goal 1: row 10");
    assert_eq!(recorded.codes(), ["F018", "F013"]);
    assert_eq!(recorded.tables.iter().filter(|table| table.columns.is_empty()).count(), 2, "a chart is no table");
    // Days of the 1904 system are the same dates.
    assert_eq!(lines(&import::<Spreadsheet>("x.xlsx", EPOCH_1904), "Goal 1"), goal);
}

#[test]
fn number_formats() {
    use Format::{Date, Duration, Fraction, Number, Padded, Percent};
    for (code, expected) in [
        ("General", Number),
        ("00000000", Padded(8)),
        ("00;-00", Padded(2)),
        ("0", Number),
        ("000-00", Number),
        ("0.00", Number),
        ("#,##0 ;[Red](#,##0)", Number),
        ("_($* #,##0.00_);_(@_)", Number),
        ("0.00E+00", Number),
        ("@", Number),
        ("\"days\" 0", Number),
        ("0\\d", Number),
        ("[Magenta]0", Number),
        ("[>=100]0;0", Number),
        ("0%", Percent),
        ("0.0 %;-0.0 %", Percent),
        ("0\"%\"", Number),
        ("# ?/?", Fraction),
        ("# ??/16", Fraction),
        ("m/d/yyyy", Date),
        ("[$-409]d\\-mmm\\-yy;@", Date),
        ("h:mm AM/PM", Date),
        ("[h]:mm:ss", Duration),
        ("[ss].00", Duration),
        ("General\" h\"", Number),
    ] {
        assert_eq!(Format::of(164, code), expected, "{code}");
    }
    assert_eq!(Format::of(30, "General"), Date);
}

/// The filled cells as calamine's cell reader gives them.
fn by_calamine(data: &[u8], sheet: &str) -> Option<Vec<Seen>> {
    let mut book = Xlsx::new(Cursor::new(data)).ok()?;
    let mut cells = book.worksheet_cells_reader(sheet).ok()?;
    let mut found = Vec::new();
    while let Some(cell) = cells.next_cell().ok()? {
        let (row, column) = cell.get_position();
        found.extend(seen(row, column, &Data::from(cell.get_value().clone())));
    }
    Some(found)
}

/// Compares all sheets cell by cell; says how many cells. A workbook that calamine cannot read is passed over.
#[track_caller]
fn compare(data: &[u8], loose_dates: bool) -> usize {
    let recorded = import::<Spreadsheet>("x.xlsx", data);
    let Ok(book) = Xlsx::new(Cursor::new(data)) else { return 0 };
    let mut count = 0;
    for sheet in book.sheets_metadata().iter().filter(|sheet| sheet.typ == SheetType::WorkSheet) {
        let Some(theirs) = by_calamine(data, &sheet.name) else { continue };
        count += assert_same(by_us(&recorded, &sheet.name), theirs, loose_dates, &sheet.name);
    }
    count
}

#[test]
fn calamine_reads_the_same() {
    assert!(compare(OPENPYXL, true) > 20);
    assert!(compare(XLSXWRITER, false) > 160);
    assert!(compare(EPOCH_1904, false) > 160);
}

/// Files from elsewhere: `AIMLINE_FILES="a.xlsx b.xlsx" cargo test ... -- --ignored calamine_reads_these`.
#[test]
#[ignore = "needs files"]
fn calamine_reads_these_the_same() {
    for path in std::env::var("AIMLINE_FILES").unwrap_or_default().split_whitespace() {
        assert!(compare(&std::fs::read(path).unwrap(), true) > 0, "{path}");
    }
}

/// What calamine's cell reader alone takes: opens the workbook and counts the cells.
pub(crate) fn calamine_only(data: &[u8]) -> usize {
    let mut book = Xlsx::new(Cursor::new(data)).unwrap();
    let mut count = 0;
    for name in book.sheet_names() {
        let mut cells = book.worksheet_cells_reader(&name).unwrap();
        while cells.next_cell().unwrap().is_some() {
            count += 1;
        }
    }
    count
}

/// Sheets of random shape, in the ways that writers write them.
#[test]
fn calamine_reads_generated_sheets_the_same() {
    let mut random = Random(20_251_003);
    let texts = [
        "a",
        " b ",
        "x_x000D_y",
        "_x_x0041_",
        "&lt;&amp;&#228;",
        "caf\u{e9}",
        "a\r\nb",
        "_xD83D__xDE00_",
        "_xd8",
        "",
        "tab\tbed",
    ];
    let mut cells = 0;
    for _ in 0..150 {
        let shared: String =
            texts.iter().map(|text| format!("<si><t{}>{text}</t></si>", random.of(&["", " xml:space=\"preserve\""]))).collect();
        let mut rows = String::new();
        let mut number = 0;
        for _ in 0..random.below(8) {
            number += 1 + random.below(3);
            let stated = random.below(3) > 0;
            rows += &if stated {
                format!("<row r=\"{number}\"{}>", random.of(&["", " spans='1:4'", " hidden=\"1\""]))
            } else {
                "<row>".to_owned()
            };
            if !stated && !rows.is_empty() {
                number = rows.matches("<row").count().max(number);
            }
            let mut column = 0;
            for _ in 0..random.below(6) {
                column += random.below(3);
                let reference = if stated && random.below(2) > 0 {
                    format!(" r=\"{}{number}\"", char::from(b'A' + column as u8))
                } else {
                    String::new()
                };
                let style = random.of(&["", " s=\"0\"", " s='1'", " s=\"3\""]);
                let formula = random.of(&["", "", "<f>A1&amp;B1</f>", "<f t=\"shared\" si=\"0\"/>", "<f></f>"]);
                rows += &match random.below(7) {
                    0 => format!("<c{reference}{style}/>"),
                    1 => format!("<c{reference}{style} t=\"s\"><v>{}</v></c>", random.below(texts.len())),
                    2 => format!("<c{reference}{style} t=\"str\">{formula}<v>{}</v></c>", random.of(&texts)),
                    3 => format!("<c{reference}{style} t=\"inlineStr\"><is><t>{}</t></is></c>", random.of(&texts)),
                    4 => format!("<c{reference}{style} t=\"b\">{formula}<v>{}</v></c>", random.below(2)),
                    5 => format!(
                        "<c{reference} s=\"2\">{formula}<v>{}.{}</v></c>",
                        36_526 + random.below(20_000),
                        random.of(&["0", "5", "25"])
                    ),
                    _ => format!(
                        "<c{reference}{style}>{formula}<v>{}</v></c>",
                        random.of(&["1", "0", "-7.25", "1e21", "0.30000000000000004", "12345678901234567890", "5.0", "+3", ".5"])
                    ),
                };
                column += 1;
            }
            rows += "</row>";
        }
        cells += compare(&book(&rows, &shared, ""), false);
    }
    assert!(cells > 500, "{cells}");
}

/// Tags and texts that lie across the borders of the buffer.
#[test]
fn calamine_reads_a_long_sheet_the_same() {
    let mut rows = String::new();
    for row in 1..6000 {
        let text = "x&amp;y".repeat(row % 37);
        write!(
            rows,
            "<row r=\"{row}\"><c r=\"A{row}\"><v>{row}</v></c><c r=\"C{row}\" t=\"inlineStr\"><is><t>{text}</t></is></c></row>"
        )
        .unwrap();
    }
    assert!(compare(&book(&rows, "", ""), false) > 11_000);
    let text = "long ".repeat(60_000);
    let rows = format!("<row><c t='inlineStr'><is><t>{text}</t></is></c><c><v>1</v></c></row>");
    assert_eq!(compare(&book(&rows, "", ""), false), 2);
}

#[test]
fn a_part_has_a_limit() {
    let texts = format!("<sst>{}</sst>", "<si><t>text</t></si>".repeat(100));
    assert_eq!(shared(texts.as_bytes(), 1000).err(), Some(Broken::TooBig));
    assert_eq!(
        shared(texts.as_bytes(), 10_000).ok().and_then(|shared| shared.get(99).map(str::to_owned)).as_deref(),
        Some("text")
    );
}

#[test]
fn a_damaged_sheet_keeps_its_rows() {
    let recorded = import::<Spreadsheet>("x.xlsx", &whole_book("<worksheet><sheetData><row><c><v>1</v></c></row><row><c", ""));
    assert_eq!(lines(&recorded, "S & T"), ["1 n 1"]);
    assert_eq!(recorded.codes(), ["F003"]);
    assert_eq!(recorded.result, Ok(()), "what was read counts");
}

#[test]
fn nothing_panics() {
    let mut random = Random(7);
    let rows = "<row r='1'><c r='A1' t='s'><v>0</v></c><c r='B1' s='2'><v>45933.5</v></c></row><row r='2'><c t='inlineStr'><is><t>a_x0041_</t></is></c></row>";
    let files = [
        OPENPYXL.to_vec(),
        XLSXWRITER.to_vec(),
        book(rows, "<si><t>&amp;</t></si>", "<mergeCells><mergeCell ref='A1:B2'/></mergeCells>"),
    ];
    for round in 0..600 {
        let mut file = files[round % files.len()].clone();
        for _ in 0..1 + random.below(6) {
            let at = random.below(file.len().max(1));
            match random.below(4) {
                0 => file.truncate(at.max(40)),
                1 => drop(file.remove(at)),
                _ => file[at] = random.below(256) as u8,
            }
        }
        assert_sound(&file);
    }
    // Damage within the XML, which a checksum would hide.
    for round in 0..600 {
        let mut sheet = format!("<worksheet><sheetData>{rows}</sheetData></worksheet>").into_bytes();
        for _ in 0..1 + random.below(4) {
            let at = random.below(sheet.len());
            sheet[at] = *b"<>/\"'&;=_x9\x00\xff ".get(random.below(15)).unwrap_or(&b'<');
        }
        let sheet = String::from_utf8_lossy(&sheet).into_owned();
        assert_sound(&whole_book(&sheet, if round % 2 == 0 { "<si><t>a</t></si>" } else { "<si><t>a" }));
    }
}

fn assert_sound(file: &[u8]) {
    let recorded = import::<Spreadsheet>("x.xlsx", file);
    assert_eq!(recorded.faults, [""; 0]);
    assert_ne!(recorded.result.err().map(|error| error.status), Some(abi::PANIC));
    assert!(aimline_plugin::testkit::probe::<Spreadsheet>("x.xlsx", file).is_ok());
}
