//! Delimited text.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use crate::Spreadsheet;
use crate::test_kit::{Random, line};
use aimline_plugin::abi;
use aimline_plugin::testkit::{Recorded, import};

fn read(data: impl AsRef<[u8]>) -> (Vec<String>, Recorded) {
    let recorded = import::<Spreadsheet>("x.csv", data.as_ref());
    assert_eq!(recorded.faults, [""; 0]);
    let rows = recorded.table("").map_or(Vec::new(), |table| table.rows.iter().map(line).collect());
    (rows, recorded)
}

#[track_caller]
fn check(data: impl AsRef<[u8]>, expected: &[&str], codes: &[&str]) {
    let (rows, recorded) = read(data);
    assert_eq!(recorded.result, Ok(()));
    assert_eq!(rows, expected);
    assert_eq!(recorded.codes(), codes);
}

#[test]
fn rows_and_cells() {
    check("a,b\n1,2\n", &["1  a|b", "2  1|2"], &[]);
    check("a,b\r\n\r\n,\r\n1,2", &["1  a|b", "4  1|2"], &[]);
    check("a,b\r1,2\r\r3,4\r", &["1  a|b", "2  1|2", "4  3|4"], &[]);
    check("a,b\n\n\n\"x\ny\",2\n3,4\n", &["1  a|b", "4  x\ny|2", "5  3|4"], &[]);
    check("a,b\n\"say \"\"hi\"\"\",\" pad \"\n", &["1  a|b", "2  say \"hi\"| pad "], &[]);
    check("a,b,\n1,2,\n", &["1  a|b|~", "2  1|2|~"], &[]);
    check("Title\n\na,b,c\n1,2\n1,2,3,4\n1,2,3\n", &["1  Title", "3  a|b|c", "4  1|2", "5  1|2|3|4", "6  1|2|3"], &[]);
    check("00125867,4/5,1e5\n", &["1  00125867|4/5|1e5"], &[]);
    check("\n\n", &[], &["F010"]);
}

#[test]
fn offsets() {
    let (_, recorded) = read("\u{feff}a,b\r\n\r\n\"x\r\ny\",2\r\n3,4");
    let bytes: Vec<u64> = recorded.table("").unwrap().rows.iter().map(|row| row.byte).collect();
    assert_eq!(bytes, [3, 10, 20]);
}

#[test]
fn delimiters() {
    check("a\tb\n1,5\t2\n", &["1  a|b", "2  1,5|2"], &[]);
    check("a;b;c\n1,5;2,5;3\n2,5;1,5;4\n", &["1  a|b|c", "2  1,5|2,5|3", "3  2,5|1,5|4"], &[]);
    check(
        "Bericht\na;b;c\n1,5;2,5;3,5\n2,5;1,5;4,5\n2,5;1,5;4,5\n2,5;1,5;4,5\n2,5;1,5;4,5\n2,5;1,5;4,5\n2,5;1,5;4,5\n2,5;1,5;4,5\n",
        &[
            "1  Bericht",
            "2  a|b|c",
            "3  1,5|2,5|3,5",
            "4  2,5|1,5|4,5",
            "5  2,5|1,5|4,5",
            "6  2,5|1,5|4,5",
            "7  2,5|1,5|4,5",
            "8  2,5|1,5|4,5",
            "9  2,5|1,5|4,5",
            "10  2,5|1,5|4,5",
        ],
        &[],
    );
    check("a|b\n1|2\n", &["1  a|b", "2  1|2"], &[]);
    check("name,list\nAna,x;y\nLi,x;y\nWu,z\n", &["1  name|list", "2  Ana|x;y", "3  Li|x;y", "4  Wu|z"], &[]);
    check("sep=;\r\na,x;b\r\n1;2\r\n", &["1  a,x|b", "2  1|2"], &[]);
    check("\"a;b\",c\n\"1;2\",3\n", &["1  a;b|c", "2  1;2|3"], &[]);
}

#[test]
fn encodings() {
    let wide = |text: &str, big: bool| -> Vec<u8> {
        text.encode_utf16().flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
    };
    let expected = ["1  name|score", "2  Jos\u{e9}|4"];
    let text = "name,score\nJos\u{e9},4\n";
    check(text, &expected, &[]);
    check(format!("\u{feff}{text}"), &expected, &[]);
    check(wide(&format!("\u{feff}{text}"), false), &expected, &[]);
    check(wide(&format!("\u{feff}{text}"), true), &expected, &[]);
    check(wide(text, false), &expected, &[]);
    check(wide(text, true), &expected, &[]);
    check(b"name,score\nJos\xe9,4\n", &expected, &["F012"]);
    check(b"name,score\nO\x92Neil,4\n", &["1  name|score", "2  O\u{2019}Neil|4"], &["F012"]);
    check(b"\xEF\xBB\xBFname,score\nJos\xe9,4\n", &["1  name|score", "2  Jos\u{fffd}|4"], &["F012"]);
}

#[test]
fn nul_characters() {
    check("a,b\n1\0,\0\n2,3\n", &["1  a|b", "2  1|~", "3  2|3"], &["F011"]);
    let (_, recorded) = read("a,b\n1,go\0od\n");
    let diagnostics = recorded.table("diagnostics").unwrap();
    assert_eq!((diagnostics.cell(0, "at"), diagnostics.cell(0, "seen")), (Some("B2"), Some("good")));
}

#[test]
fn open_quotes() {
    // The quote in row 3 would swallow rows up to the next quoted field.
    let text = "name,note,score\nAna,ok,1\nLi,\"not closed,2\nWu,ok,3\nKim,\"a, b\",4\nMax,ok,5\n";
    let expected = ["1  name|note|score", "2  Ana|ok|1", "3  Li|\"not closed|2", "4  Wu|ok|3", "5  Kim|a, b|4", "6  Max|ok|5"];
    check(text, &expected, &["F017"]);
    check(text.replace('\n', "\r"), &expected, &["F017"]);
    check(text.replace('\n', "\r\n"), &expected, &["F017"]);
    // To the end of the file.
    let rows: String = (0..20_000).map(|row| format!("x,y,{row}\n")).collect();
    let (read, recorded) = read(format!("a,b,c\n1,\"2,3\n{rows}"));
    assert_eq!((read.len(), recorded.codes()), (20_002, vec!["F017"]));
    assert_eq!((read[1].as_str(), read[20_001].as_str()), ("2  1|\"2|3", "20002  x|y|19999"));
    let diagnostics = recorded.table("diagnostics").unwrap();
    assert_eq!((diagnostics.rows[0].row, diagnostics.cell(0, "at"), diagnostics.cell(0, "seen")), (2, Some("B2"), Some("\"2")));
    check("a,b\n1,\"2", &["1  a|b", "2  1|\"2"], &["F017"]);
    // Closed again by a stray inch mark: the lines between are rows of the table.
    let text = "a,b,c\n1,\"2,3\n4,5,6\n7,8,9\n1,2,3\n1,2\",3\n";
    check(text, &["1  a|b|c", "2  1|\"2|3", "3  4|5|6", "4  7|8|9", "5  1|2|3", "6  1|2\"|3"], &["F017"]);
    // A long note is a long note.
    let note = "line, more\n".repeat(70);
    let (read, recorded) = self::read(format!("a,b,c\n1,\"{note}\",3\n4,5,6\n"));
    assert_eq!((read.len(), recorded.codes()), (3, vec![]));
    assert_eq!(recorded.table("").unwrap().rows[2].row, 3);
    // Marks of inches and feet within a cell.
    check("a,b\n5 ft 2\",x\n\"5' 2\"\"\",y\n", &["1  a|b", "2  5 ft 2\"|x", "3  5' 2\"|y"], &[]);
    // A text that does not use quotes at all.
    let rows: String = (0..1000).map(|row| format!("\"x,{row}\n")).collect();
    let (read, recorded) = self::read(format!("a,b\n{rows}"));
    assert_eq!(read.len(), 1001);
    assert!(recorded.codes().len() <= 200);
}

#[test]
fn limits() {
    let (read, recorded) = read(format!("a,b\n{},2\n{}\n", "x".repeat((1 << 20) + 5), ",1".repeat(20_000)));
    assert_eq!(recorded.codes(), ["F013", "F013"]);
    assert_eq!(read[1].len(), "2  ".len() + (1 << 20) + 2);
    assert_eq!(recorded.table("").unwrap().rows[2].cells.len(), 16_384);
    let stopped = aimline_plugin::testkit::import_until::<Spreadsheet>("x.csv", b"a,b\n1,2\n3,4\n", 2);
    assert_eq!(stopped.result.unwrap_err().status, abi::CANCELLED);
}

#[test]
fn nothing_panics() {
    let mut random = Random(11);
    let text = "\u{feff}id,\"na\"\"me\",score\r\n1,\"a\nb\",80%\r\n2,\u{e9},4/5\n\n3;4|5\t6\r7,8,9\n";
    for _ in 0..3000 {
        let mut data = text.as_bytes().to_vec();
        for _ in 0..1 + random.below(8) {
            let at = random.below(data.len());
            match random.below(5) {
                0 => data.truncate(at.max(1)),
                1 => data.insert(at, b'"'),
                _ => data[at] = b"\",;|\t\r\n\0\xff\xfe\xc3=s"[random.below(13)],
            }
        }
        let recorded = import::<Spreadsheet>("x.csv", &data);
        assert_eq!(recorded.faults, [""; 0], "{data:?}");
        assert_ne!(recorded.result.err().map(|error| error.status), Some(abi::PANIC), "{data:?}");
    }
}

/// What a plain reading of records gives, for texts without quotes.
#[test]
fn plain_texts_split_at_every_delimiter() {
    let mut random = Random(5);
    for _ in 0..300 {
        let rows: Vec<Vec<String>> = (0..2 + random.below(6))
            .map(|row| (0..3).map(|_| format!("{}{row}", random.of(&["a", "\u{e9}", " b", "0"]))).collect())
            .collect();
        let end = random.of(&["\n", "\r\n", "\r"]);
        let text: String = rows.iter().map(|row| row.join(",") + end).collect();
        let expected: Vec<String> =
            rows.iter().enumerate().map(|(index, row)| format!("{}  {}", index + 1, row.join("|"))).collect();
        assert_eq!(read(text).0, expected);
    }
}
