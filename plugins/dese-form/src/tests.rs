//! What the host gets of whole files: the fixtures are made by `tests/make_forms.py`.

use crate::DeseForm;
use aimline_plugin::abi;
use aimline_plugin::testkit::{self, Recorded};
use std::fmt::Write as _;
use std::io::{Cursor, Read as _, Write as _};

fn fixture(name: &str) -> Vec<u8> {
    let path = format!("{}/tests/data/{name}.docx", env!("CARGO_MANIFEST_DIR"));
    std::fs::read(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Records as `part: column=value`, a table after the other.
fn show(recorded: &Recorded) -> String {
    let mut out = format!("{:?}\n", recorded.result);
    for table in &recorded.tables {
        let _ = writeln!(out, "\n{} ({})", table.name, table.columns.join(", "));
        for row in &table.rows {
            let cells =
                table.columns.iter().zip(&row.cells).filter_map(|(name, cell)| Some(format!("{name}={:?}", cell.as_ref()?)));
            let _ = writeln!(out, "- {}: {}", row.part, cells.collect::<Vec<_>>().join(" "));
        }
    }
    out
}

fn import(name: &str) -> Recorded {
    let recorded = testkit::import::<DeseForm>(&format!("{name}.docx"), &fixture(name));
    assert_eq!(recorded.faults, Vec::<String>::new());
    recorded
}

fn check(name: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../tests/snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, show(&import(name))));
}

#[test]
fn content_controls() {
    check("controls");
}

#[test]
fn legacy_fields() {
    check("legacy");
}

#[test]
fn glyph_boxes() {
    check("glyphs");
}

#[test]
fn typed_boxes() {
    check("typed");
}

#[test]
fn amendment_page() {
    check("amendment");
}

#[test]
fn odd_structures() {
    check("odd");
}

#[test]
fn blank_form() {
    check("blank");
}

#[test]
fn another_document() {
    check("letter");
}

fn probe(name: &str, data: &[u8]) -> u8 {
    testkit::probe::<DeseForm>(name, data).map_or(0, |answer| answer.confidence)
}

#[test]
fn what_it_claims() {
    for name in ["controls", "legacy", "glyphs", "typed", "amendment", "odd", "blank"] {
        assert_eq!(probe("renamed.bin", &fixture(name)), 95, "{name}");
    }
    let whole = fixture("controls");
    assert_eq!(probe("letter.docx", &fixture("letter")), 20);
    assert_eq!(probe("cut.docx", &whole[..whole.len() / 2]), 30);
    assert_eq!(probe("a.docx", b"PK\x03\x04 nothing"), 0);
    assert_eq!(probe("a.docx", b""), 0);
    let ole = [&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1][..], &[0; 600]].concat();
    let locked: Vec<u8> = ole.iter().copied().chain("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes)).collect();
    for (name, data, expected) in
        [("a.doc", &ole, 10), ("a.xls", &ole, 0), ("a.docx", &ole, 10), ("A.DOCX", &locked, 50), ("a.xlsx", &locked, 0)]
    {
        assert_eq!(probe(name, data), expected, "{name}");
    }
    for (data, code, status) in [
        (&ole[..], "F014", abi::UNSUPPORTED),
        (&locked[..], "F004", abi::UNSUPPORTED),
        (&whole[..whole.len() / 2], "F003", abi::FORMAT),
    ] {
        let recorded = testkit::import::<DeseForm>("a.docx", data);
        assert_eq!(recorded.codes(), [code]);
        assert_eq!(recorded.result.map_err(|error| error.status), Err(status));
    }
}

fn main_part(docx: &[u8]) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(docx)).expect("a fixture is a zip");
    let mut out = Vec::new();
    archive.by_name("word/document.xml").expect("it has a main part").read_to_end(&mut out).expect("it unpacks");
    out
}

fn docx(main: &[u8]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    archive.start_file("word/document.xml", zip::write::SimpleFileOptions::default()).expect("a new member");
    archive.write_all(main).expect("writing to memory");
    archive.finish().expect("a directory").into_inner()
}

/// Whatever comes in: no panic, nothing that a host would refuse.
fn survives(name: &str, data: &[u8]) -> Recorded {
    let recorded = testkit::import::<DeseForm>(name, data);
    assert_eq!(recorded.faults, Vec::<String>::new(), "{name}");
    assert_ne!(recorded.result.as_ref().map_err(|error| error.status), Err(abi::PANIC), "{name}");
    testkit::probe::<DeseForm>(name, data).expect("a probe answers");
    recorded
}

struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % below as u64) as usize
    }
}

#[test]
fn damaged_containers() {
    let mut dice = Dice(20_251_017);
    for fixture in ["odd", "glyphs"].map(fixture) {
        for round in 0..200 {
            let mut bytes = fixture.clone();
            for _ in 0..=dice.roll(4) {
                let at = dice.roll(bytes.len());
                bytes[at] ^= 1 << dice.roll(8);
            }
            if round % 4 == 0 {
                bytes.truncate(dice.roll(bytes.len()));
            }
            survives(&format!("round {round}.docx"), &bytes);
        }
    }
}

#[test]
fn damaged_documents() {
    let mut dice = Dice(7);
    let whole = main_part(&fixture("odd"));
    for cut in (1..whole.len()).step_by(211) {
        let recorded = survives(&format!("cut at {cut}.docx"), &docx(&whole[..cut]));
        assert!(recorded.codes().contains(&"F006"), "cut at {cut}: {:?}", recorded.codes());
    }
    for round in 0..200 {
        let mut bytes = whole.clone();
        for _ in 0..=dice.roll(6) {
            let at = dice.roll(bytes.len());
            match round % 3 {
                0 => bytes[at] = dice.roll(256) as u8,
                1 => drop(bytes.drain(at..(at + dice.roll(40)).min(bytes.len()))),
                _ => {
                    let from = dice.roll(bytes.len());
                    let piece = bytes[from..(from + dice.roll(400)).min(bytes.len())].to_vec();
                    bytes.splice(at..at, piece);
                }
            }
        }
        survives(&format!("round {round}.docx"), &docx(&bytes));
    }
}

#[test]
fn what_is_before_a_break_is_kept() {
    let whole = main_part(&fixture("legacy"));
    let text = String::from_utf8(whole).expect("UTF-8");
    let cut = text.find("4. Reporting").expect("section 4");
    let recorded = survives("cut.docx", &docx(&text.as_bytes()[..cut]));
    assert_eq!(recorded.result, Ok(()));
    assert_eq!(recorded.codes(), ["F006"]);
    assert_eq!(recorded.table("report").map(|table| table.rows.len()), Some(4));
    assert_eq!(recorded.table("service"), None);
}

#[test]
fn floods() {
    let name = "w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
    let start = format!("<{name}><w:body><w:p><w:r><w:t>Annual Goal # 1 ");
    let bomb = format!("{start}{}</w:t></w:r></w:p></w:body></w:document>", " ".repeat(16 << 20));
    let recorded = survives("bomb.docx", &docx(bomb.as_bytes()));
    assert_eq!(recorded.result.as_ref().map_err(|error| error.status), Err(abi::LIMIT));
    assert_eq!(recorded.codes(), ["F013"]);
    let deep = format!("<{name}>{}", "<w:tbl><w:tr><w:tc>".repeat(100_000));
    assert_eq!(survives("deep.docx", &docx(deep.as_bytes())).codes(), ["F013"]);
    let mut long = String::new();
    for at in 0..400_000 {
        let _ = write!(long, "{at} ");
    }
    let long = format!("{start}{long}</w:t></w:r></w:p></w:body></w:document>");
    let recorded = survives("long.docx", &docx(long.as_bytes()));
    assert_eq!(recorded.codes(), ["F013"]);
    assert_eq!(recorded.table("goal").and_then(|table| table.cell(0, "goal_text")).map(str::len), Some(1 << 20));
}

#[test]
fn a_host_that_says_stop() {
    let whole = fixture("controls");
    for rows in 0..6 {
        let recorded = testkit::import_until::<DeseForm>("a.docx", &whole, rows);
        assert_eq!(recorded.faults, Vec::<String>::new());
        assert_eq!(recorded.result.map_err(|error| error.status), Err(abi::CANCELLED), "{rows}");
    }
}

#[test]
#[ignore = "a measurement: cargo test --release -- --ignored --nocapture"]
#[expect(clippy::print_stderr, reason = "it prints what it measures")]
fn speed() {
    let best = |name: &str, data: &[u8]| {
        let time = |work: &dyn Fn()| {
            (0..30).fold(f64::MAX, |best, _| {
                let start = std::time::Instant::now();
                work();
                best.min(start.elapsed().as_secs_f64() * 1e3)
            })
        };
        let import = time(&|| drop(testkit::import::<DeseForm>(name, data)));
        let probe = time(&|| drop(testkit::probe::<DeseForm>(name, data)));
        let bytes = main_part(data).len();
        eprintln!("{name}: main part {bytes} bytes, import {import:.2} ms, probe {probe:.2} ms");
        import
    };
    let small = best("small", &fixture("controls"));
    let text = String::from_utf8(main_part(&fixture("legacy"))).expect("UTF-8");
    let (from, to) = (text.find("Present Level").expect("section 1"), text.find("4. Reporting").expect("section 4"));
    let (from, to) = (text[from..].find("<w:tbl>").expect("a table") + from, text[..to].rfind("<w:tbl>").expect("a table"));
    let mut large = text[..to].to_owned();
    while large.len() < 3_400_000 {
        large.push_str(&text[from..to]);
    }
    large.push_str(&text[to..]);
    let large = best("large", &docx(large.as_bytes()));
    assert!(cfg!(debug_assertions) || small < 5.0 && large < 100.0);
}

#[test]
fn other_namespace_prefixes() {
    let text = String::from_utf8(main_part(&fixture("controls"))).expect("UTF-8");
    let main = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    let expected = show(&import("controls"));
    let named = text.replace("<w:", "<ns0:").replace("</w:", "</ns0:").replace(" w:", " ns0:").replace("xmlns:w=", "xmlns:ns0=");
    assert_eq!(show(&survives("named.docx", &docx(named.as_bytes()))), expected);
    let strict = text.replace(main, "http://purl.oclc.org/ooxml/wordprocessingml/main");
    assert_eq!(show(&survives("strict.docx", &docx(strict.as_bytes()))), expected);
    let default = text.replace("<w:", "<").replace("</w:", "</").replace("xmlns:w=", "xmlns=");
    assert_eq!(show(&survives("default.docx", &docx(default.as_bytes()))), expected);
}

/// The report rows of one goal whose table has these rows below its header.
fn reports(rows: &str) -> String {
    let cell = |text: &str| format!("<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>");
    let rows: String =
        rows.lines().map(|row| format!("<w:tr>{}</w:tr>", row.split(" | ").map(cell).collect::<String>())).collect();
    let head = ["Date of Report", "Summary Statement (Select one)", "Description of progress data"].map(cell).concat();
    let main = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    let body = format!("<w:p><w:r><w:t>Annual Goal # 1 Read.</w:t></w:r></w:p><w:tbl><w:tr>{head}</w:tr>{rows}</w:tbl>");
    let document = format!("<w:document xmlns:w=\"{main}\"><w:body>{body}</w:body></w:document>");
    let recorded = survives("reports.docx", &docx(document.as_bytes()));
    let table = recorded.table("report");
    let row = |row: &testkit::RecordedRow| {
        let cells = row.cells[2..].iter().map(|cell| cell.as_deref().unwrap_or("-")).collect::<Vec<_>>().join(" | ");
        format!("{}: {cells}", row.part.trim_start_matches("goal 1 › "))
    };
    table.map_or_else(String::new, |table| table.rows.iter().map(row).collect::<Vec<_>>().join("\n"))
}

#[test]
fn report_blocks_without_merged_cells() {
    let making = "Making progress toward annual goal";
    for (rows, expected) in [
        // Four rows a block, the second block blank.
        (
            "1/1/26 | ☐ Making progress | a\n | ☒ Goal met | \n | ☐ Making progress | \n | ☐ Goal met | \n2/1/26 | ☒ Making progress | b",
            "report 1: 1/1/26 | Goal met | a\nreport 3: 2/1/26 | Making progress | b",
        ),
        // One row a report, the chosen statement typed or picked.
        ("1/1/26 | Goal met | a\n2/1/26 | Goal met | ", "report 1: 1/1/26 | Goal met | a\nreport 2: 2/1/26 | Goal met | -"),
        // No statement, no date.
        (" | ☐ Goal met | only text", "report 1: - | - | only text"),
        (" | ☐ Goal met | \n | Goal met | ", ""),
        // A cross typed before the statement.
        ("1/1/26 | X Goal met | ", "report 1: 1/1/26 | Goal met | -"),
        ("1/1/26 | __x__ Goal met | ", "report 1: 1/1/26 | Goal met | -"),
    ] {
        assert_eq!(reports(rows), expected, "{rows}");
    }
    assert_eq!(reports(&format!("1/1/26 | ☒ {making} | 58 of 90")), format!("report 1: 1/1/26 | {making} | 58 of 90"));
}
