//! .ods files of two writers, hand-written content, and calamine as the second reader.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use crate::Spreadsheet;
use crate::test_kit::{assert_same, by_calamine, by_us, lines, said, sheets, status, with_parts};
use aimline_plugin::abi;
use aimline_plugin::testkit::{Recorded, discard, import, probe};
use calamine::{Ods, Reader};
use std::io::Cursor;

pub(crate) const ODFPY: &[u8] = include_bytes!("../../tests/data/odfpy.ods");
pub(crate) const OFFICE: &[u8] = include_bytes!("../../tests/data/office.ods");

#[test]
fn written_by_odfpy() {
    let recorded = import::<Spreadsheet>("x.ods", ODFPY);
    assert_eq!(recorded.result, Ok(()));
    assert_eq!(
        lines(&recorded, "Math & more"),
        [
            "1 tmm Progress monitoring \u{2013} Fall 2025|~|~",
            "5  Student|Date|Score|Percent|Trials",
            "6 tdnpf Ana|2025-10-03|42|0.8|0.8",
            "7 tdNdb|r two\nlines|2025-10-10 13:05:00|42.5|09:30:00|TRUE",
            "8 zztt ~|~|same|same",
            "9 zztt ~|~|same|same",
            "1048577  last",
        ]
    );
    assert_eq!(lines(&recorded, "hidden"), ["1  still read"]);
    assert_eq!(said(&recorded), ["F018 Math & more: columns B to C; row 7", "F018 hidden: the sheet itself"]);
}

#[test]
fn written_by_libreoffice() {
    let recorded = import::<Spreadsheet>("x.ods", OFFICE);
    assert_eq!(recorded.result, Ok(()));
    let goal = lines(&recorded, "Goal 1");
    assert_eq!(goal[0], "1 tmmm Progress monitoring \u{2013} Fall 2025|~|~|~");
    assert_eq!(goal[2], "4 dnpftN 2025-09-01|0|0|0|read 42 words|0");
    // XML has no place for the bell that ended this text.
    assert_eq!(goal[3], "5 dnpftT 2025-09-08|1.1|0.025|0.125|tab\tand _x0041_ and|yes");
    assert_eq!(goal[5], "7 dnpfzE 2025-09-22|3.3|0.075|0.375|~|#DIV/0!");
    assert_eq!(goal[6], "8 dnpfzP 2025-09-29|4.4|0.1|0.5|~|0.1");
    assert_eq!(goal[8], "10 dnpf|r 2025-10-13|6.6|0.15|0.75");
    assert_eq!(sheets(&recorded), ["Goal 1", "Chart", "last"]);
}

#[test]
fn calamine_reads_the_same() {
    let mut book: Ods<_> = Reader::new(Cursor::new(OFFICE)).ok().unwrap();
    let mut theirs = by_calamine(&mut book, "Goal 1");
    for cell in &mut theirs {
        cell.3 = cell.3.trim_end().to_owned(); // blanks at the end of a paragraph do not count
        if cell.3 == "#DIV/0!" {
            cell.2 = 'e'; // a text for calamine
        }
    }
    assert_eq!(assert_same(by_us(&import::<Spreadsheet>("x.ods", OFFICE), "Goal 1"), theirs, true, ""), 174);
}

/// A document in one XML file from the inside of its first table.
fn flat(styles: &str, table: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?>\n<office:document xmlns:office=\"o\" office:mimetype=\"application/vnd.oasis.opendocument.spreadsheet\">\
        <office:automatic-styles>{styles}</office:automatic-styles><office:body><office:spreadsheet><table:table table:name=\"T\">{table}\
        </table:table></office:spreadsheet></office:body></office:document>"
    )
}

/// A document with most of what a document has.
pub(crate) fn sample() -> String {
    let styles = "<number:number-style style:name='N'><number:fraction/></number:number-style><style:style style:name='f' style:data-style-name='N'/>\
        <style:style style:name='T'><style:table-properties table:display='false'/></style:style>";
    let table = "<table:table-column table:number-columns-repeated='2' table:default-cell-style-name='f' table:visibility='collapse'/><table:table-row>\
        <table:table-cell table:number-columns-spanned='2' table:number-rows-spanned='2'><text:p>a<text:s text:c='2'/>b</text:p></table:table-cell>\
        <table:covered-table-cell/></table:table-row><table:table-row table:number-rows-repeated='3' table:visibility='filter'><table:table-cell \
        table:number-columns-repeated='2' table:formula='of:=1' office:value-type='float' office:value='0.8'/><table:table-cell office:value-type='date' \
        office:date-value='2025-10-03T13:05:00'/><table:table-cell office:value-type='time' office:time-value='PT1H5M9S'/></table:table-row>";
    flat(styles, table)
}

fn read(data: &str) -> Recorded {
    import::<Spreadsheet>("x.fods", data.as_bytes())
}

#[track_caller]
fn check(cells: &str, expected: &str) {
    let recorded = read(&flat("", &format!("<table:table-row>{cells}</table:table-row>")));
    assert_eq!(recorded.result, Ok(()), "{cells}");
    assert_eq!(lines(&recorded, "T"), [expected], "{cells}");
}

#[test]
fn cells() {
    let cell = |attributes: &str, inside: &str| format!("<table:table-cell {attributes}>{inside}</table:table-cell>");
    let p = |text: &str| format!("<text:p>{text}</text:p>");
    for (attributes, inside, expected) in [
        ("office:value-type='float' office:value='0.80000000000000004'", p("x"), "1 n 0.8"),
        ("office:value-type='float' office:value='1.5E3'", p("x"), "1 n 1500"),
        ("office:value-type='float' office:value='125867'", p("00125867"), "1 n 00125867"),
        ("office:value-type='float' office:value='0'", p("000"), "1 n 0"),
        ("office:value-type='currency' office:value='5'", p("$5"), "1 n 5"),
        ("office:value-type='percentage' office:value='0.5'", p("50%"), "1 p 0.5"),
        ("office:value-type='date' office:date-value='2025-10-03'", p("x"), "1 d 2025-10-03"),
        ("office:value-type='date' office:date-value='2025-10-03T00:00:00'", p("x"), "1 d 2025-10-03"),
        ("office:value-type='time' office:time-value='PT1H5M9.000S'", p("x"), "1 d 01:05:09"),
        ("office:value-type='time' office:time-value='P1D'", p("x"), "1 d P1D"),
        ("office:value-type='boolean' office:boolean-value='false'", p("FALSE"), "1 b FALSE"),
        ("office:value-type='string'", p("00125867"), "1  00125867"),
        ("office:value-type='string' office:string-value='a&amp;b'", p("x"), "1  a&b"),
        ("office:value-type='string' office:string-value='' calcext:value-type='error'", p("#N/A"), "1 e #N/A"),
        ("table:formula='of:=1/0' office:value-type='float' office:value='0'", p("#DIV/0!"), "1 E #DIV/0!"),
        ("table:formula='of:=X' office:value-type='float' office:value='0'", p("Err:508"), "1 E Err:508"),
        ("table:formula='of:=A2' office:value-type='string'", p("yes"), "1 T yes"),
        ("office:value-type='float'", p("4"), "1  4"),
        ("", p("bare"), "1  bare"),
    ] {
        check(&cell(attributes, &inside), expected);
    }
    check(
        &(cell("", "") + &cell("table:number-columns-repeated='3' office:value-type='float' office:value='7'", "")),
        "1 znnn ~|7|7|7",
    );
}

#[test]
fn texts() {
    for (inside, expected) in [
        ("<text:p>two</text:p><text:p>lines</text:p>", "two\nlines"),
        ("<text:p>two</text:p><text:p/><text:p>lines</text:p>", "two\n\nlines"),
        ("<text:p>  many \n  blanks </text:p>", "many blanks"),
        ("<text:p><text:s text:c='2'/>kept<text:s/> <text:s/>x</text:p>", "  kept   x"),
        ("<text:p>a<text:tab/>b<text:line-break/>c</text:p>", "a\tb\nc"),
        ("<text:p>read <text:span>42 </text:span><text:a>words</text:a> &lt;&#228;</text:p>", "read 42 words <\u{e4}"),
        ("<office:annotation><text:p>a note</text:p></office:annotation><text:p>seen</text:p>", "seen"),
        ("<text:p>a<draw:frame><draw:text-box><text:p>box</text:p></draw:text-box></draw:frame>b</text:p>", "ab"),
        ("<text:p><![CDATA[<x>]]></text:p>", "<x>"),
    ] {
        check(&format!("<table:table-cell>{inside}</table:table-cell>"), &format!("1  {expected}"));
    }
}

#[test]
fn merged_and_covered() {
    let row = |cells: &str| format!("<table:table-row>{cells}</table:table-row>");
    let cell = "<table:table-cell><text:p>x</text:p></table:table-cell>";
    let over = "<table:covered-table-cell/>";
    let table = [
        row(&format!(
            "<table:table-cell table:number-columns-spanned='2' table:number-rows-spanned='2'><text:p>t</text:p></table:table-cell>{over}{cell}"
        )),
        row(&format!("{over}<table:covered-table-cell><text:p>beneath</text:p></table:covered-table-cell>{cell}")),
        row(&format!("{cell}<table:table-cell/>{cell}")),
    ];
    let recorded = read(&flat("", &table.concat()));
    assert_eq!(lines(&recorded, "T"), ["1 tmt t|~|x", "2 mtt ~|beneath|x", "3 tzt x|~|x"]);
}

#[test]
fn fractions_by_the_style_of_the_column() {
    let styles = "<number:number-style style:name='N'><number:fraction/></number:number-style><style:style style:name='f' style:data-style-name='N'/>\
        <style:style style:name='plain'/>";
    let cell = |style: &str| format!("<table:table-cell {style} office:value-type='float' office:value='0.8'/>");
    let table = format!(
        "<table:table-column table:number-columns-repeated='2' table:default-cell-style-name='f'/><table:table-column/><table:table-row>{}{}{}</table:table-row>",
        cell(""),
        cell("table:style-name='plain'"),
        cell("")
    );
    assert_eq!(lines(&read(&flat(styles, &table)), "T"), ["1 fnn 0.8|0.8|0.8"]);
}

#[test]
fn a_sheet_of_blanks_costs_nothing_and_one_of_repetitions_has_a_limit() {
    let row =
        |count: u64, cells: &str| format!("<table:table-row table:number-rows-repeated='{count}'>{cells}</table:table-row>");
    let blank = "<table:table-cell table:number-columns-repeated='16384'/>";
    let recorded = read(&flat("", &(row(u64::MAX, blank) + &row(1, "<table:table-cell><text:p>x</text:p></table:table-cell>"))));
    assert_eq!(lines(&recorded, "T"), [format!("{}  x", (1_u64 << 32) + 1)]);
    let filled = "<table:table-cell table:number-columns-repeated='900'><text:p>x</text:p></table:table-cell>";
    let recorded = discard::<Spreadsheet>("x.fods", flat("", &row(1_048_576, filled)).as_bytes());
    assert_eq!(
        (status(&recorded), said(&recorded)),
        (abi::LIMIT, vec!["F013 T: a part that unpacks to more than is allowed".to_owned()])
    );
    let blanks =
        "<table:table-row><table:table-cell><text:p>x<text:s text:c='99999999'/></text:p></table:table-cell></table:table-row>";
    let recorded = read(&flat("", blanks));
    assert_eq!(recorded.codes(), ["F013"]);
    assert_eq!(lines(&recorded, "T")[0].len(), "1  ".len() + (1 << 20));
}

#[test]
fn other_tables() {
    let extra = "</table:table><table:table table:name=\"'file:///x.ods'#Sheet1\"><table:table-source/><table:table-row><table:table-cell>\
        <text:p>of another file</text:p></table:table-cell></table:table-row>";
    let recorded = read(&flat("", extra));
    assert_eq!((sheets(&recorded), recorded.codes()), (vec!["T"], vec!["F010"]));
}

#[test]
fn locked_and_damaged() {
    let manifest = b"<manifest:file-entry manifest:full-path='content.xml'><manifest:encryption-data/></manifest:file-entry>";
    let locked = with_parts(OFFICE, &[("META-INF/manifest.xml", manifest), ("content.xml", b"\x8f\x11")]);
    let recorded = import::<Spreadsheet>("x.ods", &locked);
    assert_eq!((recorded.codes(), status(&recorded)), (vec!["F004"], abi::UNSUPPORTED));
    assert!(recorded.result.unwrap_err().message.contains("LibreOffice"));
    let whole =
        flat("", "<table:table-row><table:table-cell><text:p>x</text:p></table:table-cell></table:table-row><table:table-row>");
    for cut in [whole.len(), whole.find("</text:p>").unwrap(), whole.find("<text:p>").unwrap()] {
        let recorded = read(&whole[..cut]);
        assert_eq!(
            (said(&recorded), status(&recorded)),
            (vec!["F003 T: a damaged sheet; its rows were read up to the damage, and none after it".to_owned()], abi::OK)
        );
    }
    let recorded = import::<Spreadsheet>("x.ods", &ODFPY[..ODFPY.len() / 2]);
    assert_eq!((recorded.codes(), status(&recorded)), (vec!["F003"], abi::FORMAT));
    assert_eq!(probe::<Spreadsheet>("x.ods", ODFPY).unwrap().confidence, 95);
}
