//! Delimited text.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use super::records::Records;
use super::shape::Dialect;
use crate::Spreadsheet;
use crate::test_kit::{Random, line, status};
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
    // How exports keep Excel from making numbers of ids.
    check(
        "id,n\n=\"00125867\",1\n\"=\"\"0012\"\"\",2\n=\"a\"&\"b\",=\"\"\n",
        &["1  id|n", "2  00125867|1", "3  0012|2", "4  =\"a\"&\"b\"|~"],
        &[],
    );
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

#[test]
fn rare_delimiters_and_quotes() {
    check("id^name^score\n1^Ana, B^4\n2^Li^5\n", &["1  id|name|score", "2  1|Ana, B|4", "3  2|Li|5"], &[]);
    check("id~name~score\n1~Ana~4\n", &["1  id|name|score", "2  1|Ana|4"], &[]);
    check("id\x1fname\x1fscore\n1\x1fAna\x1f4\n", &["1  id|name|score", "2  1|Ana|4"], &[]);
    check("sep=^\nid^name\n1^Ana\n", &["1  id|name", "2  1|Ana"], &[]);
    check("sep=\t\r\nid\tname\r\n1\tAna\r\n", &["1  id|name", "2  1|Ana"], &[]);
    // A time is no row of three columns, and a rare character must divide all lines.
    check("time,score\n9:30:00,4\n9:45:00,5\n", &["1  time|score", "2  9:30:00|4", "3  9:45:00|5"], &[]);
    check("note\na^b^c\nplain\n", &["1  note", "2  a^b^c", "3  plain"], &[]);
    // Apostrophes quote only where they do so in all lines; in names and before ids they are characters.
    check("'id','name'\n'1','Abel, Ana'\n'2','O''Neil, Li'\n", &["1  id|name", "2  1|Abel, Ana", "3  2|O'Neil, Li"], &[]);
    check("'id';'name';1\n'1';'x;y';2\n", &["1  id|name|1", "2  1|x;y|2"], &[]);
    check("id,name\n'00125867,O'Neil\n'00125868,Li\n", &["1  id|name", "2  '00125867|O'Neil", "3  '00125868|Li"], &[]);
    // A backslash makes a quote a character, unless it ends a path.
    check("a,b\n\"say \\\"hi\\\", he said\",2\n\"x\\\\\",3\n", &["1  a|b", "2  say \"hi\", he said|2", "3  x\\|3"], &[]);
    check("a,b\n\"C:\\\",2\n\"D:\\\",3\n", &["1  a|b", "2  C:\\|2", "3  D:\\|3"], &[]);
}

#[test]
fn two_encodings_in_one_file() {
    let text = b"name,score\nJos\xC3\xA9,4\nZo\xC3\xAB,5\nRen\xE9,6\nAna,7\n";
    check(text, &["1  name|score", "2  Jos\u{e9}|4", "3  Zo\u{eb}|5", "4  Ren\u{e9}|6", "5  Ana|7"], &["F012"]);
    assert_eq!(read(text).1.table("diagnostics").unwrap().rows[0].row, 4);
    // Two letters of Windows-1252 that could be one of UTF-8 do not change what the text is.
    check(
        b"name,score\n\xC3\xA9a,4\nRen\xE9,6\nJos\xE9,7\n",
        &["1  name|score", "2  \u{c3}\u{a9}a|4", "3  Ren\u{e9}|6", "4  Jos\u{e9}|7"],
        &["F012"],
    );
    // The end of one field and the beginning of the next are no character.
    check(
        b"a,b\nJos\xC3\xA9 Ren\xC3\xA9 Zo\xC3\xAB,1\nx\xC3,\x82y\n",
        &["1  a|b", "2  Jos\u{e9} Ren\u{e9} Zo\u{eb}|1", "3  x\u{c3}|\u{201a}y"],
        &["F012"],
    );
    // Quotes and offsets are those of the bytes.
    let (rows, recorded) = read(b"a,b\n\"x\xE9,y\",2\n3,4\n");
    assert_eq!(rows, ["1  a|b", "2  x\u{e9},y|2", "3  3|4"]);
    assert_eq!(recorded.table("").unwrap().rows.iter().map(|row| row.byte).collect::<Vec<_>>(), [0, 4, 13]);
}

#[test]
fn fixed_width() {
    let refused = |text: &str| {
        let recorded = read(text).1;
        assert_eq!((recorded.codes(), status(&recorded)), (vec!["F019"], abi::UNSUPPORTED), "{text}");
        assert!(recorded.result.unwrap_err().message.contains("Fixed Width"));
    };
    let header = "ID        Name              Date        Score\n";
    let row = |id: u32, name: &str, score: u32| format!("{id:08}  {name:<16}  10/{:02}/2025  {score:>5}\n", id % 28 + 1);
    let rows: String = (1..12).map(|id| row(id, ["Abel, Ana", "O'Neil, Li", "Wu, Kim Bo"][id as usize % 3], id * 7)).collect();
    refused(&format!("{header}{rows}"));
    refused(&format!("Progress of one class, fall\n\n{header}{}\n{rows}", header.replace(|one| one != '\n' && one != ' ', "-")));
    refused(&rows.replace('\n', "\r\n"));
    refused(&rows.lines().map(|line| format!("{line:<60}\n")).collect::<String>());
    // Padded cells between delimiters are none, nor are a text, a list of labels, a column of ids.
    let padded: String = (1..9).map(|id| format!("{id:<8}, {:<12}, {:>4}\n", "Ana", id * 3)).collect();
    assert_eq!(read(&padded).1.result, Ok(()));
    let tabs = "id\tname      \tscore\n1\tAna       \t4\n2\tLi        \t5\n3\tWu        \t6\n4\tKim       \t7\n";
    assert_eq!(read(tabs).0.len(), 5);
    assert_eq!(
        read("This is a text of\nsome lines, which\nhas no columns at\nall, as all see.\nThe end, at last.\n").1.result,
        Ok(())
    );
    assert_eq!(read("Student:   Ana\nGoal:      Reading\nTeacher:   L. Quade\nSchool:    Farrow\n").1.result, Ok(()));
    assert_eq!(read("0012586700\n0012586800\n0012586900\n0012587000\n0012587100\n").1.result, Ok(()));
}

#[test]
fn lines_without_quotes_are_read_as_all_others_are() {
    let mut random = Random(17);
    for turn in 0..40_000 {
        let letters: &[u8] = if turn % 3 == 0 { b"ab,,,\n\n\r\"\\" } else { b"abcd,,\n\"\r" };
        let text: Vec<u8> = (0..random.below(60)).map(|_| letters[random.below(letters.len())]).collect();
        let dialect = Dialect { delimiter: b',', quote: b'"', backslash: turn % 2 == 0 };
        let all = |plain_lines| {
            let mut records = Records::new(&text, dialect, 2);
            records.plain_lines = plain_lines;
            let mut all = Vec::new();
            while let Some(found) = records.next().unwrap() {
                let (bytes, ends) = records.fields();
                all.push((found, bytes.to_vec(), ends.to_vec(), records.at()));
            }
            all
        };
        assert_eq!(all(true), all(false), "{:?}", text.escape_ascii().to_string());
    }
}
