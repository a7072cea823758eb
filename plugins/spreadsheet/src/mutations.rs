//! Damage of every kind in small files of every container: nothing panics, nothing sends what a host refuses. Parts are changed
//! within their containers too, where a checksum would hide the damage.
//!
//! The same files come on every machine. For longer runs:
//! `AIMLINE_MUTATIONS=100000 AIMLINE_SEED=7 cargo test --release -p aimline-import-spreadsheet mutations`, best under `ulimit -v`. Seeds 101 to 112
//! were run with 200,000 rounds each, an hour of CPU, and found nothing.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use crate::Spreadsheet;
use crate::test_kit::{Random, status};
use aimline_plugin::abi;
use aimline_plugin::testkit::{import_until, probe};
use std::io::{Cursor, Read as _, Write as _};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// More rows are not asked for; repetition makes millions of them.
const ROWS: u64 = 1000;

/// How often each file is changed.
fn rounds() -> u64 {
    std::env::var("AIMLINE_MUTATIONS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(150)
}

fn seed() -> u64 {
    std::env::var("AIMLINE_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(1)
}

/// What stands in files of all kinds and is read as a number, a place or a sign.
const PIECES: &[&[u8]] = &[
    b"0",
    b"1",
    b"-1",
    b"65535",
    b"65536",
    b"4294967295",
    b"99999999999999999999",
    b"1e308",
    b"NaN",
    b"\0",
    b"\xff",
    b"\xff\xff",
    b"\xff\xff\xff\xff",
    b"\xfe\xff",
    b"\x7f",
    b"\x80",
    b"<",
    b">",
    b"</",
    b"/>",
    b"\"",
    b"'",
    b"&",
    b"&#0;",
    b"&#x110000;",
    b"<![CDATA[",
    b"]]>",
    b"<!--",
    b"<?",
    b"\r",
    b"\n",
    b"\t",
    b",",
    b";",
    b"|",
    b"^",
    b"\\\"",
    b"\xc3",
    b"\xe9",
    b"sep=;\n",
    b"<table>",
    b"</td>",
    b"<tr>",
    b"\x3c\0\x04\0",
    b"\x0a\0\0\0",
    b"\x09\x08\x10\0",
];

/// One to a few changes; the beginning, which says what the file is, is left alone most of the time.
fn change(data: &mut Vec<u8>, random: &mut Random) {
    for _ in 0..1 + random.below(5) {
        let length = data.len().max(1);
        let from = if random.below(8) == 0 { 0 } else { 8.min(length - 1) };
        let at = from + random.below(length - from);
        let span = 1 + random.below(24.min(length));
        let end = (at + span).min(data.len());
        let piece = PIECES[random.below(PIECES.len())];
        match random.below(9) {
            0 => data.truncate(at.max(1)),
            1 => drop(data.drain(at.min(end)..end)),
            2 => drop(data.splice(at..at, piece.iter().copied())),
            3 => drop(data.splice(at.min(end)..end, piece.iter().copied())),
            4 => {
                let copy = data[at.min(end)..end].to_vec();
                let to = random.below(data.len().max(1));
                data.splice(to..to, copy);
            }
            5 => {
                if let Some(byte) = data.get_mut(at) {
                    *byte ^= 1 << random.below(8);
                }
            }
            6 => {
                // A number in the text becomes another.
                if let Some(digit) = data[at..].iter().position(u8::is_ascii_digit) {
                    let first = at + digit;
                    let last =
                        data[first..].iter().position(|byte| !byte.is_ascii_digit()).map_or(data.len(), |length| first + length);
                    data.splice(first..last, PIECES[random.below(9)].iter().copied());
                }
            }
            7 => {
                for byte in data.iter_mut().skip(at).take(4) {
                    *byte = [0, 0xFF, 0x7F, 0x80][random.below(4)];
                }
            }
            _ => {
                if let Some(byte) = data.get_mut(at) {
                    *byte = random.below(256) as u8;
                }
            }
        }
    }
}

/// The parts of a container, in order.
fn parts(container: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = ZipArchive::new(Cursor::new(container)).unwrap();
    (0..archive.len())
        .map(|index| {
            let mut part = archive.by_index(index).unwrap();
            let mut data = Vec::new();
            part.read_to_end(&mut data).unwrap();
            (part.name().unwrap().into_owned(), data)
        })
        .collect()
}

fn packed(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut to = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, data) in parts {
        to.start_file(name.as_str(), SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored)).unwrap();
        to.write_all(data).unwrap();
    }
    to.finish().unwrap().into_inner()
}

#[track_caller]
fn assert_sound(name: &str, data: &[u8], round: u64) {
    let recorded = import_until::<Spreadsheet>(name, data, ROWS);
    let keep = || {
        let path = std::env::temp_dir().join(format!("aimline-mutation-{name}"));
        std::fs::write(&path, data).unwrap();
        format!("round {round} of seed {}; the file is {}", seed(), path.display())
    };
    assert!(recorded.faults.is_empty(), "{:?} in {}", recorded.faults, keep());
    assert!(![abi::PANIC, abi::INTERNAL].contains(&status(&recorded)), "{:?} in {}", recorded.result, keep());
    assert!(
        recorded.result.is_ok()
            || status(&recorded) == abi::CANCELLED
            || !recorded.result.as_ref().unwrap_err().message.is_empty(),
        "{}",
        keep()
    );
    assert!(probe::<Spreadsheet>(name, data).is_ok(), "{}", keep());
}

/// A file as it is.
fn whole(name: &str, file: &[u8]) {
    let mut random = Random(seed().wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
    assert_sound(name, file, 0);
    for round in 1..=rounds() {
        let mut data = file.to_vec();
        change(&mut data, &mut random);
        assert_sound(name, &data, round);
    }
}

/// A part within its container.
fn within(name: &str, container: &[u8]) {
    let mut random = Random(seed().wrapping_mul(0xD134_2543_DE82_EF95) | 1);
    let parts = parts(container);
    for round in 1..=rounds() {
        let mut parts = parts.clone();
        let which = random.below(parts.len());
        change(&mut parts[which].1, &mut random);
        if random.below(10) == 0 {
            parts.remove(random.below(parts.len()));
        }
        assert_sound(name, &packed(&parts), round);
    }
}

#[test]
fn xlsx() {
    for file in [crate::xlsx::test_kit::OPENPYXL, crate::xlsx::test_kit::XLSXWRITER] {
        whole("a.xlsx", file);
        within("b.xlsx", file);
    }
}

#[test]
fn xls() {
    for file in [crate::xls::tests::XLWT, crate::xls::tests::OFFICE] {
        whole("a.xls", file);
    }
    // The stream without its container.
    for (name, stream) in [("b.xls", crate::xls::tests::sample(0x0600)), ("c.xls", crate::xls::tests::sample(0x0500))] {
        whole(name, &stream);
    }
}

#[test]
fn xlsb() {
    whole("a.xlsb", crate::xlsb::tests::PACKED);
    within("b.xlsb", crate::xlsb::tests::PACKED);
}

#[test]
fn ods() {
    for file in [crate::ods::tests::ODFPY, crate::ods::tests::OFFICE] {
        whole("a.ods", file);
        within("b.ods", file);
    }
    whole("c.fods", crate::ods::tests::sample().as_bytes());
}

#[test]
fn html() {
    whole("a.xls", crate::html::tests::SAMPLE.as_bytes());
}

#[test]
fn xml2003() {
    whole("a.xml", crate::xml2003::tests::sample().as_bytes());
}

#[test]
fn text() {
    let text = "\u{feff}id,\"na\"\"me\",score\r\n1,\"a\nb\",80%\r\n2,\u{e9},4/5\n\n3;4|5\t6\r7,8,9\n'x','y','z'\n";
    whole("a.csv", text.as_bytes());
    whole("b.csv", &text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>());
    whole("c.csv", "sep=;\r\nname;note\r\nRen\u{e9};\"a;b\"\r\n".chars().map(|one| one as u8).collect::<Vec<u8>>().as_slice());
    whole("d.txt", "id   name   score\n001  Ana    40\n002  Li     41\n003  Wu     42\n004  Kim    43\n".as_bytes());
}

#[test]
fn a_zip() {
    let one = packed(&[("scores.csv".to_owned(), b"id,score\n00125867,4/5\n".to_vec())]);
    whole("a.zip", &one);
    within("b.zip", &packed(&[("old.xls".to_owned(), crate::html::tests::SAMPLE.as_bytes().to_vec())]));
}
