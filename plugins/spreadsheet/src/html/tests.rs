//! Pages as systems, Excel and LibreOffice write them.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use crate::Spreadsheet;
use crate::test_kit::{lines, said, sheets, status};
use aimline_plugin::abi;
use aimline_plugin::testkit::{Recorded, import, probe};

fn read(page: impl AsRef<[u8]>) -> Recorded {
    let recorded = import::<Spreadsheet>("x.xls", page.as_ref());
    assert_eq!(recorded.faults, [""; 0]);
    recorded
}

/// A page with one table.
#[track_caller]
fn check(table: &str, expected: &[&str]) {
    let recorded = read(table);
    assert_eq!((recorded.codes(), &recorded.result), (vec![], &Ok(())), "{table}");
    assert_eq!(lines(&recorded, ""), expected, "{table}");
}

/// A page with most of what a page has.
pub(crate) const SAMPLE: &str = "<!DOCTYPE html><html><head><meta charset=utf-8><title>x</title><style>a</style></head><body><h2>Ana</h2><table><caption>c</caption>\
    <col span=2 style='display:none'><tr><th colspan=2 rowspan=3>a&nbsp;&eacute;</th><td x:num=1 x:fmla='=A1'>1<br>2</td></tr><tr hidden><td>b<table><tr><td>in\
    </td></tr></table></td></tr></table><p>between</p><table><tr><td>4/5<td>6</table>below</body></html>";

#[test]
fn a_table() {
    let page = "\u{feff}  <!DOCTYPE html>\r\n<html><head><title>Export</title><style>td { a: b }</style></head><body>\r\n<table border=1>\r\n\
        <thead><tr><th>Student ID</th><th>Name</th><th>Score</th></tr></thead>\r\n<tbody>\r\n<tr><td>00125867</td><td>Abel, Ana</td><td>4/5</td></tr>\r\n\
        <tr><td>00125868</td><td>O&#8217;Neil &amp; Wu&nbsp;</td><td>&nbsp;</td></tr>\r\n</tbody></table></body></html>";
    check(page, &["1  Student ID|Name|Score", "2  00125867|Abel, Ana|4/5", "3  00125868|O\u{2019}Neil & Wu"]);
    assert_eq!(probe::<Spreadsheet>("x.xls", page.as_bytes()).unwrap().confidence, 85);
}

#[test]
fn tags_that_are_not_closed() {
    check("<table><tr><td>a<td>b<tr><td>c<td>d</table>", &["1  a|b", "2  c|d"]);
    check("<TABLE><TR><TD>a</TD><TD>b</TD></TR><TR><TD>c", &["1  a|b", "2  c"]);
    check("<table><td>a</td><td>b</td></table>", &["1  a|b"]);
    check("<tr><td>outside</td></tr><table><tr><td>a</td></tr></table>", &["1  outside", "2  a"]);
}

#[test]
fn text_of_cells() {
    let cell = |inside: &str| format!("<table><tr><td>{inside}</td></tr></table>");
    for (inside, expected) in [
        ("  two \r\n words ", "two words"),
        ("two<br>lines", "two\nlines"),
        ("a<br/><br/>b<br>", "a\n\nb"),
        ("<p>one</p><p>two</p>", "one\ntwo"),
        ("<b>read</b> <i>42</i>&nbsp;words", "read 42 words"),
        ("a<script>var x = '<td>';</script>b<!-- <td>c</td> -->", "ab"),
        ("&lt;5 &eacute; &#x41; &unknown; A&B", "<5 \u{e9} A &unknown; A&B"),
        ("x<ul><li>1</li><li>2</li></ul>", "x\n1\n2"),
        ("=\"00125867\"", "00125867"),
    ] {
        check(&cell(inside), &[&format!("1  {expected}")]);
    }
}

#[test]
fn cells_that_reach_over_others() {
    check(
        "<table><tr><td colspan=3>Fall</td><td>x</td></tr><tr><td rowspan=2>Ana</td><td>1</td><td>2</td><td>3</td></tr><tr><td>4</td><td>5</td></tr>\
        <tr><td>Li</td><td>6</td></tr></table>",
        &["1 tmmt Fall|~|~|x", "2  Ana|1|2|3", "3 mtt ~|4|5", "4  Li|6"],
    );
    check(
        "<table><tr><td rowspan=\"0\">all</td><td rowspan='2' colspan='2'>x</td></tr><tr><td>a</td></tr><tr><td>b</td></tr></table>",
        &["1 ttm all|x|~", "2 mmmt ~|~|~|a", "3 mt ~|b"],
    );
    // Numbers that no page means.
    let wide =
        read("<table><tr><td colspan=999999999 rowspan=99999999999999999999>a</td><td>b</td></tr><tr><td>c</td></tr></table>");
    assert_eq!(lines(&wide, "").len(), 2);
}

#[test]
fn several_tables_and_the_text_around_them() {
    let page = "<html><body><h2>Progress of Ana Abel</h2><div>Goal 1: <b>Reading</b></div><table><tr><td>Date</td><td>Score</td></tr><tr><td>9/5/2025</td>\
        <td>40</td></tr></table><p>Goal 2: Math</p><table><caption>by week</caption><tr><td>9/12/2025</td><td>41</td></tr></table><table><tr><td> </td></tr></table>\
        <table><tr><td>9/19/2025</td></tr></table>Printed by Q.</body></html>";
    let recorded = read(page);
    assert_eq!(sheets(&recorded), ["table 1", "table 2", "table 4"]);
    assert_eq!(lines(&recorded, "table 1"), ["1  Progress of Ana Abel", "2  Goal 1: Reading", "3  Date|Score", "4  9/5/2025|40"]);
    assert_eq!(lines(&recorded, "table 2"), ["1  Goal 2: Math", "2  by week", "3  9/12/2025|41"]);
    assert_eq!(lines(&recorded, "table 4"), ["1  9/19/2025", "2  Printed by Q."]);
}

#[test]
fn tables_within_tables() {
    let page = "<table><tr><td>Report<table><tr><td>a</td><td>b</td></tr></table></td><td><table><tr><td>c</td></tr></table></td></tr></table>";
    let recorded = read(page);
    assert_eq!(lines(&recorded, "table 1"), ["1  Report"]);
    assert_eq!(lines(&recorded, "table 2"), ["1  a|b"]);
    assert_eq!(lines(&recorded, "table 3"), ["1  c"]);
    let deep = format!("{}<tr><td>x</td></tr>", "<table><tr><td>".repeat(5000));
    assert_eq!(read(&deep).result, Ok(()));
}

#[test]
fn as_excel_writes_it() {
    let page = "<html xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><head><meta http-equiv=Content-Type content=\"text/html; charset=windows-1252\">\
        <!--[if gte mso 9]><xml><x:ExcelWorkbook><x:ExcelWorksheets><x:ExcelWorksheet><x:Name>Speech</x:Name></x:ExcelWorksheet></x:ExcelWorksheets>\
        </x:ExcelWorkbook></xml><![endif]--></head><body><table x:str><col width=64><col width=0 style='display:none'><col width=64>\
        <tr><td class=xl24 align=right x:num=\"45933\">10/3/2025</td><td>hid</td><td x:num=\"0.8\" x:fmla=\"=A1\">80%</td></tr>\
        <tr style='display:none'><td>seen</td></tr><![if supportMisalignedColumns]><tr height=0 style='display:none'><td width=64></td></tr><![endif]></table></body></html>";
    let recorded = read(page);
    assert_eq!(lines(&recorded, "Speech"), ["1 ttT 10/3/2025|hid|80%", "2 t|r seen"]);
    assert_eq!(said(&recorded), ["F018 Speech: column B; row 2"]);
}

#[test]
fn encodings() {
    let page = |head: &str| format!("<html><head>{head}</head><table><tr><td>Jos\u{e9}</td></tr></table></html>");
    let narrow = |page: String| page.chars().map(|one| one as u8).collect::<Vec<u8>>();
    let expected = ["1  Jos\u{e9}"];
    check(&page(""), &expected);
    let stated = narrow(page("<meta charset='iso-8859-1'>"));
    assert_eq!((lines(&read(&stated), ""), read(&stated).codes()), (expected.map(str::to_owned).to_vec(), vec![]));
    for head in ["", "<meta charset=utf-8>", "<meta http-equiv='Content-Type' content='text/html; charset=unicode'>"] {
        let page = narrow(page(head));
        assert_eq!(
            (lines(&read(&page), ""), read(&page).codes()),
            (expected.map(str::to_owned).to_vec(), vec!["F012"]),
            "{head}"
        );
    }
    let wide: Vec<u8> = format!("\u{feff}{}", page("<meta charset=utf-16>")).encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(lines(&read(&wide), ""), expected);
    let turkish = b"<meta charset=windows-1254><table><tr><td>\xDDlker</td></tr></table>";
    assert_eq!(lines(&read(turkish), ""), ["1  \u{130}lker"]);
}

#[test]
fn a_page_without_a_table() {
    let page = "<html><body><form>Your session has ended. Please sign in.<input name=user></form></body></html>";
    let recorded = read(page);
    assert_eq!((recorded.codes(), status(&recorded)), (vec!["F005"], abi::FORMAT));
    assert_eq!(read("<html><body><table><tr><td> </td></tr></table></body></html>").codes(), ["F005"]);
    let archive = "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x\r\n\r\n<html><table><tr><td>1</td></tr></table>";
    assert_eq!(read(archive).codes(), ["F014"]);
}
