//! Bad input: each gets a clear diagnostic with its code, the others go on, and nothing already written is harmed.

use crate::support::{Ran, Workspace, assert_same_files, by, files, program, ran, sample_inbox};
use std::path::Path;

const GOOD: &str = "Student ID,Goal,Measure,Date,Score\n00000012,1,WCPM,2025-09-05,50\n00000012,1,WCPM,2025-09-12,52\n";

/// Runs one bad file beside a good one and looks at what is said of it.
fn assert_said(name: &str, bytes: &[u8], code: &str, place: &str, seen: &str, items: &str) -> (Workspace, Ran) {
    let space = Workspace::with(&[("good.csv", GOOD)]);
    space.put(name, bytes);
    // `check` shows everything.
    let checked = ran(program().arg("check").arg(space.inbox()));
    let place = if place.is_empty() { name.to_owned() } else { format!("{name} › {place}") };
    let said = checked.said(code, &place).unwrap_or_else(|| panic!("{code} at {place} is not said: {}", checked.stdout));
    assert!(said.contains(seen), "{said}");
    let run = space.run(&[]);
    let sources = space.table("dataset/sources");
    let sources = by(&sources, "path");
    assert_eq!(sources["good.csv"].text("accepted"), "2", "the others go on");
    assert_eq!(sources[name].text("read"), items, "{name}: {}", checked.stdout);
    assert!(run.last_line().contains("from 2 files"), "{}", run.last_line());
    (space, checked)
}

#[test]
fn half_a_workbook() {
    let whole = std::fs::read(sample_inbox().join("Reading/Fall probes.xlsx")).unwrap();
    for cut in [whole.len() / 2, whole.len() - 20, 200] {
        assert_said("cut.xlsx", &whole[..cut], "F003", "", "a damaged or incomplete workbook", "0");
    }
}

#[test]
fn half_a_form() {
    let whole = std::fs::read(sample_inbox().join("IEPs/IEP Tarrant Ulric.docx")).unwrap();
    assert_said("cut.docx", &whole[..whole.len() / 2], "F003", "", "", "0");
}

#[test]
fn xml_that_is_cut_in_the_middle_of_a_tag_keeps_what_came_before() {
    let xml = "<?xml version=\"1.0\"?>\n<District><Student id=\"00000011\" name=\"Ana Abel\"><Goal id=\"1\" area=\"Reading\">\n\
        <DataPoint date=\"2025-09-05\" score=\"40\" measure=\"WCPM\"/>\n<DataPoint date=\"2025-09-12\" score=\"41\" measure=\"WCPM\"/>\n\
        <DataPoint date=\"2025-09-19\" score=\"42\" measure=\"WCPM\"/>\n<DataPoint date=\"2025-09";
    let (space, checked) = assert_said("cut.xml", xml.as_bytes(), "F006", "line 6", "not closed", "3");
    assert_eq!(checked.status, 1);
    let points = space.table("dataset/data_points");
    let before: Vec<&str> =
        points.iter().filter(|point| point.text("locator").starts_with("line")).map(|point| point.text("value")).collect();
    assert_eq!(before, ["40", "41", "42"]);
}

#[test]
fn a_csv_with_a_nul() {
    let text = "Student ID,Goal,Measure,Date,Score\n00000011,1,WC\0PM,2025-09-05,40\n00000011,1,WCPM,2025-09-12,41\n";
    let (space, _) = assert_said("nul.csv", text.as_bytes(), "F011", "C2", "seen      WCPM", "2");
    assert_eq!(space.table("dataset/measures").len(), 2, "the character was left out, so it is one measure a child");
}

#[test]
fn a_sign_in_page_under_the_name_of_a_workbook() {
    let page = b"<html><body><h1>Your session has ended</h1><form>Please sign in.</form></body></html>";
    for name in ["export.xlsx", "export.xls"] {
        assert_said(name, page, "F005", "", "a web page without a table", "0");
    }
}

/// The start of an OLE container with one stream name in its directory, which is how Office wraps what it encrypts.
fn encrypted() -> Vec<u8> {
    let mut file = vec![0xFF; 512 * 3];
    file[..512].fill(0);
    file[..8].copy_from_slice(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1");
    // Version 3, little-endian, sectors of 512 and 64 bytes; one table sector (0), the directory in sector 1.
    for (at, value) in [(24, 0x3E_u16), (26, 3), (28, 0xFFFE), (30, 9), (32, 6)] {
        file[at..at + 2].copy_from_slice(&value.to_le_bytes());
    }
    for (at, value) in [(44, 1_u32), (48, 1), (56, 4096), (60, 0xFFFF_FFFE), (68, 0xFFFF_FFFE)] {
        file[at..at + 4].copy_from_slice(&value.to_le_bytes());
    }
    file[76..512].fill(0xFF);
    file[76..80].fill(0);
    file[512..516].copy_from_slice(&0xFFFF_FFFD_u32.to_le_bytes());
    file[516..520].copy_from_slice(&0xFFFF_FFFE_u32.to_le_bytes());
    let names = ["Root Entry", "EncryptionInfo", "EncryptedPackage"];
    for (entry, name) in names.iter().enumerate() {
        let at = 1024 + 128 * entry;
        file[at..at + 128].fill(0);
        for (letter, unit) in name.encode_utf16().enumerate() {
            file[at + 2 * letter..at + 2 * letter + 2].copy_from_slice(&unit.to_le_bytes());
        }
        file[at + 64] = 2 * (name.len() as u8 + 1);
        file[at + 66] = if entry == 0 { 5 } else { 2 };
    }
    file
}

#[test]
fn a_workbook_with_a_password() {
    assert_said("locked.xlsx", &encrypted(), "F004", "", "remove the password", "0");
}

#[test]
fn a_form_with_a_password() {
    assert_said("locked.docx", &encrypted(), "F004", "", "", "0");
}

#[test]
fn an_empty_file() {
    for name in ["empty.csv", "empty.xlsx", "empty.docx", "empty.xml"] {
        assert_said(name, b"", "F001", "", "", "0");
    }
}

#[test]
fn a_workbook_with_an_empty_sheet() {
    let mut book = rust_xlsxwriter::Workbook::new();
    book.add_worksheet().set_name("Nothing").unwrap();
    assert_said("blank.xlsx", &book.save_to_buffer().unwrap(), "F010", "Nothing", "without any filled cell", "0");
}

/// A table of titles without rows is not an empty sheet, but somebody expects its scores: it must not pass in silence.
#[test]
fn a_sheet_of_titles_without_rows() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet().set_name("Titles").unwrap();
    for (column, title) in (0..).zip(["Student ID", "Goal", "Measure", "Date", "Score"]) {
        sheet.write(0, column, title).unwrap();
    }
    assert_said("titles.xlsx", &book.save_to_buffer().unwrap(), "F010", "Titles", "", "0");
    assert_said("titles.csv", b"Student ID,Goal,Measure,Date,Score\n", "F010", "", "", "0");
}

#[test]
fn a_lock_file_of_office() {
    let (_, checked) = assert_said("~$probes.xlsx", b"\x05Quade", "F008", "", "Nothing to do", "0");
    assert_eq!(checked.status, 0, "nobody has to do anything");
}

#[test]
fn the_same_file_twice_under_two_names() {
    let (space, checked) = assert_said("the same.csv", GOOD.as_bytes(), "F009", "", "seen      good.csv", "2");
    assert_eq!(checked.status, 0);
    let sources = space.table("dataset/sources");
    assert_eq!(by(&sources, "path")["the same.csv"].text("duplicate"), "2");
    assert_eq!(space.table("dataset/data_points").len(), 2);
}

#[test]
fn files_that_nobody_reads() {
    assert_said("letter.pdf", b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n1 0 obj\n", "F014", "", "save it as .xlsx", "0");
    let junk: Vec<u8> = (0_u32..3_000).map(|at| (at.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    assert_said("junk.dat", &junk, "F002", "", "aimline plugins list", "0");
    assert_said("picture.csv", b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0", "F002", "", "", "0");
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_nowhere() {
    let space = Workspace::with(&[("good.csv", GOOD)]);
    std::os::unix::fs::symlink("/nonexistent/scores.csv", space.inbox().join("link.csv")).unwrap();
    let run = space.run(&[]);
    assert!(run.said("F007", "link.csv").unwrap().contains("permission"));
    assert_eq!(space.table("dataset/data_points").len(), 2);
}

/// The system's user `nobody` where the test runs as root, whom no permission stops.
#[cfg(unix)]
#[test]
fn a_file_and_a_folder_without_permission() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
    let space = Workspace::with(&[("good.csv", GOOD), ("closed.csv", GOOD), ("Closed/inside.csv", GOOD)]);
    let root = std::fs::metadata(space.inbox()).unwrap().uid() == 0;
    std::fs::create_dir(space.out()).unwrap();
    let mode = |path: &Path, mode| std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
    mode(&space.path(""), 0o755);
    for path in ["closed.csv", "Closed"] {
        mode(&space.inbox().join(path), 0o000);
    }
    let mut command = space.command(&[]);
    if root {
        chown(space.out(), Some(65_534), Some(65_534)).unwrap();
        let plain = command;
        command = std::process::Command::new("setpriv");
        command.args(["--reuid=65534", "--regid=65534", "--clear-groups"]).arg(plain.get_program()).args(plain.get_args());
    }
    let run = ran(&mut command);
    mode(&space.inbox().join("Closed"), 0o755);
    assert_eq!(run.status, 0, "{}", run.stderr);
    for path in ["closed.csv", "Closed"] {
        assert!(run.said("F007", path).is_some_and(|said| said.contains("permission")), "{path}: {}", run.stdout);
    }
    assert_eq!(space.table("dataset/data_points").len(), 2, "the others go on");
}

#[test]
fn what_was_written_before_is_not_harmed() {
    let space = Workspace::with(&[("good.csv", GOOD)]);
    space.run(&[]);
    let before = files(&space.out());
    space.put("cut.xlsx", b"PK\x03\x04");
    space.put("empty.csv", "");
    space.run(&[]);
    let after = files(&space.out());
    assert_eq!(before["dataset/data_points.parquet"], after["dataset/data_points.parquet"]);
    // A run that cannot begin changes nothing.
    space.put("aimline/aimline.toml", "mode = 'guess'\n");
    assert_eq!(space.try_run(&[]).status, 2);
    assert_same_files(&after, &files(&space.out()));
}
