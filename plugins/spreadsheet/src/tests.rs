//! What a file is taken for.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use crate::Spreadsheet;
use crate::test_kit::{lines, said, sheets, status};
use crate::xlsx::test_kit::book;
use aimline_plugin::abi;
use aimline_plugin::testkit::{discard, import, probe};
use std::io::{Cursor, Write as _};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

fn zip(names: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in names {
        let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        zip.start_file(*name, stored).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn ole(stream: &str) -> Vec<u8> {
    let mut file = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
    file.resize(1024, 0);
    file.extend(stream.encode_utf16().flat_map(u16::to_le_bytes));
    file.resize(2048, 0);
    file
}

#[test]
fn confidence_and_answer() {
    let sheet = book("<row><c><v>1</v></c></row>", "", "");
    let cut = &sheet[..sheet.len() - 30];
    let page = "\u{feff}  <!DOCTYPE html><html><table><tr><td>1</td></tr></table></html>";
    let old_xml = "<?xml version=\"1.0\"?>\n<?mso-application progid=\"Excel.Sheet\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\"/>";
    let cases: &[(&str, &[u8], u8, &str, abi::Status)] = &[
        ("a.xlsx", &sheet, 95, "", abi::OK),
        ("a.bin", &sheet, 95, "", abi::OK),
        ("a.docx", &zip(&[("[Content_Types].xml", "<Types/>"), ("word/document.xml", "<x/>")]), 0, "", abi::FORMAT),
        ("a.epub", &zip(&[("mimetype", "application/epub+zip"), ("a.html", "<html>")]), 0, "", abi::FORMAT),
        ("a.numbers", &zip(&[("Index/Document.iwa", ""), ("Index/Tables/1.iwa", "")]), 40, "F014", abi::UNSUPPORTED),
        ("a.jar", &zip(&[("META-INF/MANIFEST.MF", "")]), 0, "", abi::FORMAT),
        ("a.xlsb", &zip(&[("xl/workbook.bin", "")]), 95, "F003", abi::FORMAT),
        (
            "a.ods",
            &zip(&[("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", "")]),
            95,
            "F003",
            abi::FORMAT,
        ),
        ("a.odt", &zip(&[("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", "")]), 0, "", abi::FORMAT),
        ("a.xlsx", cut, 30, "F003", abi::FORMAT),
        (
            "a.xlsx",
            &zip(&[("xl/workbook.xml", "<workbook><sheets><sheet name='a' r:id='x'/></sheets></workbook>")]),
            95,
            "F003",
            abi::FORMAT,
        ),
        ("a.xls", &ole("Workbook"), 95, "F003", abi::FORMAT),
        ("a.doc", &ole("WordDocument"), 0, "", abi::FORMAT),
        ("a.xlsx", &ole("EncryptedPackage"), 60, "F004", abi::UNSUPPORTED),
        ("a.docx", &ole("EncryptedPackage"), 0, "", abi::FORMAT),
        ("a.xls", page.as_bytes(), 85, "", abi::OK),
        ("a.xls", b"<html><body>Please sign in</body></html>", 60, "F005", abi::FORMAT),
        ("a.csv", b"<table><tr><td>1</td></tr></table>", 85, "", abi::OK),
        ("a.xml", b"<table><row><id>1</id></row></table>", 0, "", abi::FORMAT),
        ("a.xml", old_xml.as_bytes(), 95, "F003", abi::FORMAT),
        ("a.xml", b"<?xml version=\"1.0\"?><Students/>", 0, "", abi::FORMAT),
        ("a.csv", b"id,score\n1,2\n3,4\n", 50, "", abi::OK),
        ("a.dat", b"id\tscore\n1\t2\n", 50, "", abi::OK),
        ("a.csv", b"one column\n1\n2\n", 20, "", abi::OK),
        ("a.md", b"# Notes\n\nSome prose, and more of it.\nAnother line.\n\nThe end, at last, of it.\n", 5, "", abi::OK),
        ("a.csv", b"%PDF-1.7\n1,2\n", 0, "", abi::FORMAT),
        ("a.csv", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\0\0\0\x01\0\x08\x06\0\0\0", 0, "", abi::FORMAT),
        ("~$a.xlsx", b"\x05Quade     \x05\0Q\0u\0a\0d\0e\0 \0 \0 \0 \0 \0 \0 \0 \0", 0, "", abi::FORMAT),
        ("a.csv", b"", 0, "", abi::FORMAT),
    ];
    for (name, data, confidence, code, status) in cases {
        let what = format!("{name} {}", String::from_utf8_lossy(&data[..data.len().min(40)]));
        assert_eq!(probe::<Spreadsheet>(name, data).unwrap().confidence, *confidence, "{what}");
        let recorded = import::<Spreadsheet>(name, data);
        assert_eq!(recorded.codes().first().copied().unwrap_or(""), *code, "{what}");
        assert_eq!(recorded.result.as_ref().err().map_or(abi::OK, |error| error.status), *status, "{what}");
        assert!(recorded.result.is_ok() || !recorded.result.unwrap_err().message.is_empty(), "{what}");
    }
}

#[test]
fn a_zip_with_one_file_is_that_file() {
    let csv = "id,score\n00125867,4/5\n";
    let read = |files: &[(&str, &str)]| import::<Spreadsheet>("a.zip", &zip(files));
    let rows = ["1  id|score", "2  00125867|4/5"];
    assert_eq!(lines(&read(&[("export/scores.csv", csv)]), ""), rows);
    let added = [("__MACOSX/._scores.csv", "x"), ("export/", ""), ("export/.DS_Store", "y"), ("export/scores.csv", csv)];
    assert_eq!(lines(&read(&added), ""), rows);
    assert_eq!(lines(&read(&[("a.xls", "<table><tr><td>1</td></tr></table>")]), ""), ["1  1"]);
    // A workbook within.
    let mut outer = ZipWriter::new(Cursor::new(Vec::new()));
    outer.start_file("a.xlsx", SimpleFileOptions::default()).unwrap();
    outer.write_all(&book("<row><c><v>1</v></c></row>", "", "")).unwrap();
    let outer = outer.finish().unwrap().into_inner();
    assert_eq!(lines(&import::<Spreadsheet>("a.zip", &outer), "S & T"), ["1 n 1"]);
    assert_eq!(probe::<Spreadsheet>("a.zip", &outer).unwrap().confidence, 50);
}

#[test]
fn other_zips_are_refused_in_words() {
    let inner = String::from_utf8_lossy(b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0").into_owned();
    for (files, seen) in [
        (&[("a.csv", "a,b\n"), ("b.csv", "a,b\n")][..], "a zip with 2 files in it"),
        (&[("folder/", "")], "a zip without a file in it"),
        (&[("a.zip", &inner)], "a zip within a zip"),
        (&[("a.pdf", "%PDF-1.7")], "a zip with a file that is no table"),
    ] {
        let recorded = import::<Spreadsheet>("a.zip", &zip(files));
        assert_eq!((said(&recorded), status(&recorded)), (vec![format!("F020 : {seen}")], abi::UNSUPPORTED));
    }
    // Encrypted: the flag of the file, in its own header and in the directory.
    let mut locked = zip(&[("a.csv", "a,b\n1,2\n")]);
    let directory = memchr::memmem::find(&locked, b"PK\x01\x02").unwrap();
    (locked[6], locked[directory + 8]) = (locked[6] | 1, locked[directory + 8] | 1);
    let recorded = import::<Spreadsheet>("a.zip", &locked);
    assert_eq!((said(&recorded), status(&recorded)), (vec!["F004 : a zip with a password".to_owned()], abi::UNSUPPORTED));
}

#[test]
fn a_zip_unpacks_to_no_more_than_is_allowed() {
    let mut bomb = ZipWriter::new(Cursor::new(Vec::new()));
    bomb.start_file("a.csv", SimpleFileOptions::default()).unwrap();
    let zeros = vec![b'0'; 1 << 20];
    (0..400).for_each(|_| bomb.write_all(&zeros).unwrap());
    let bomb = bomb.finish().unwrap().into_inner();
    assert!(bomb.len() < 1 << 20);
    let recorded = import::<Spreadsheet>("a.zip", &bomb);
    assert_eq!(
        (said(&recorded), status(&recorded)),
        (vec!["F013 : a zip that unpacks to more than is allowed".to_owned()], abi::LIMIT)
    );
}

/// Shows what is read of files from elsewhere: `AIMLINE_FILES="a.xls b.ods" cargo test --release ... -- --ignored shows --nocapture`.
#[test]
#[ignore = "for a person to look at"]
#[expect(clippy::print_stdout, reason = "it is what the person looks at")]
fn shows() {
    for path in std::env::var("AIMLINE_FILES").unwrap_or_default().split_whitespace() {
        let data = std::fs::read(path).unwrap();
        let recorded = import::<Spreadsheet>(path, &data);
        println!("\n{path}: {:?} {:?}", probe::<Spreadsheet>(path, &data).unwrap(), recorded.result);
        for sheet in sheets(&recorded) {
            println!("[{sheet}]");
            lines(&recorded, sheet).iter().take(12).for_each(|line| println!("  {}", line.chars().take(200).collect::<String>()));
        }
        said(&recorded).iter().take(12).for_each(|said| println!("  {said}"));
    }
}

/// Times the importer without a host: `AIMLINE_FILES="a.csv b.xlsx" cargo test --release ... -- --ignored timing --nocapture`.
#[test]
#[ignore = "a measurement"]
#[expect(clippy::print_stdout, reason = "it is what the measurement says")]
fn timing() {
    let files = std::env::var("AIMLINE_FILES").unwrap_or_default();
    for path in files.split_whitespace() {
        let data = std::fs::read(path).unwrap();
        let start = std::time::Instant::now();
        let answer = probe::<Spreadsheet>(path, &data).unwrap();
        let probed = start.elapsed();
        let start = std::time::Instant::now();
        let recorded = discard::<Spreadsheet>(path, &data);
        let ours = start.elapsed();
        let start = std::time::Instant::now();
        let cells = if answer.variant == "xlsx" { crate::xlsx::test_kit::calamine_only(&data) } else { 0 };
        let theirs = start.elapsed();
        let codes = recorded.codes().len();
        println!(
            "{path}: probe {probed:.3?} import {ours:.3?} calamine {theirs:.3?} ({cells} cells) rows {} {codes} {:?}",
            recorded.rows, recorded.result
        );
    }
}
