//! Names of files, sheets and headers are student values too: they appear where a person looks for them, and nowhere else.

use crate::support::{Workspace, files, program, ran, sample_inbox, table};

const MARK: &str = "CANARY";

/// A folder in which everything that can have a name or a value is marked.
fn marked() -> Workspace {
    let space = Workspace::new();
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet().set_name("CANARYsheet").unwrap();
    let rows = [
        ["Student ID", "Student", "Goal", "Measure", "Date", "Score", "CANARYheader"],
        ["CANARY7", "CANARYlast, CANARYfirst", "CANARY1", "CANARYmeasure", "2025-09-05", "40", "CANARYcell"],
        ["CANARY7", "CANARYlast, CANARYfirst", "CANARY1", "CANARYmeasure", "2025-09-12", "CANARYscore", "CANARYcell"],
        ["", "", "", "CANARYmeasure", "CANARYdate", "41", "CANARYcell"],
    ];
    for (at, row) in (0..).zip(rows) {
        sheet.write_row(at, 0, row).unwrap();
    }
    space.put("CANARYfolder/CANARYbook.xlsx", book.save_to_buffer().unwrap());
    space.put(
        "CANARYroster.csv",
        "State ID,Local ID,Last Name,First Name,Birth Date,Grade,School,Case Manager,IEP\n\
        CANARY9,CANARY8,CANARYlast,CANARYgiven,2016-01-02,03,CANARYschool,CANARYmanager,Yes\n",
    );
    space.put(
        "CANARYgoals.csv",
        "Student ID,Goal,Goal Statement,Baseline,Target,Target Date\n\
        CANARY8,1,By May CANARYgiven will read 90 words CANARYtext,40,90,2026-05-20\n",
    );
    space.put("CANARYodd.csv", "CANARYa,CANARYb\nCANARYc,CANARYd\n");
    // Files that fail, each in its own way.
    space.put("CANARYempty.csv", "");
    space.put("CANARYhalf.xlsx", b"PK\x03\x04CANARY");
    space.put("CANARYcut.xml", "<CANARYroot><Row><Student>CANARYlast</Student><Score CANARY=\"CANARY");
    space.put("CANARYletter.pdf", b"%PDF-1.7 CANARY");
    space.put("~$CANARYbook.xlsx", "CANARY");
    for word in ["PANIC", "ABORT", "EXIT0", "STDOUT", "PROBEPANIC", "BADUTF8", "CANARYword"] {
        space.put(&format!("CANARY{word}.bad"), format!("BAD {word} CANARYargument"));
    }
    space.put("CANARYcopy.csv", std::fs::read(space.inbox().join("CANARYroster.csv")).unwrap());
    space
}

fn plugin_dir() -> std::path::PathBuf {
    std::path::Path::new(env!("CARGO_BIN_EXE_aimline")).with_file_name("deps")
}

fn holds(bytes: &[u8]) -> bool {
    String::from_utf8_lossy(bytes).to_uppercase().contains(MARK)
}

#[test]
fn no_marked_name_leaves_the_places_where_names_belong() {
    let space = marked();
    let ran = space.run(&["--plugin-dir", plugin_dir().to_str().unwrap()]);
    assert!(!holds(ran.stderr.as_bytes()), "{}", ran.stderr);
    // The test means something only where the marks came through to the dataset and to the one who asked.
    assert!(ran.stdout.matches(MARK).count() > 10, "{}", ran.stdout);
    let sources = space.table("dataset/sources");
    assert!(sources.len() > 12 && sources.iter().all(|source| source.text("path").contains(MARK)));
    assert!(space.table("dataset/students").iter().any(|student| student.text("last_name") == "CANARYlast"));
    assert!(!space.table("dataset/quarantine").is_empty());
    for name in ["run.json", "dictionary.csv"] {
        assert!(!holds(&std::fs::read(space.out().join(name)).unwrap()), "{name}");
    }
    let links = space.table("dataset/links");
    assert!(links.len() > 4);
    for row in links {
        assert!(!row.0.values().any(|cell| holds(cell.as_bytes())), "{row:?}");
    }
    for name in ["trends", "flags"] {
        let rows = space.table(&format!("analysis/{name}"));
        assert!(!rows.iter().any(|row| row.0.values().any(|cell| holds(cell.as_bytes()))), "{name}");
    }
    // The footer of a Parquet file is not compressed: no file holds a name beside its cells.
    for (name, bytes) in files(&space.out().join("analysis")) {
        assert!(name == "summaries.parquet" || !holds(&bytes), "{name}");
    }
}

#[test]
fn a_check_says_nothing_of_a_child_on_standard_error() {
    let space = marked();
    let checked = ran(program().arg("check").arg(space.inbox()).arg("--plugin-dir").arg(plugin_dir()));
    assert_eq!(checked.status, 1);
    assert!(!holds(checked.stderr.as_bytes()), "{}", checked.stderr);
    assert!(checked.stdout.contains(MARK));
}

#[test]
fn a_run_that_cannot_begin_says_nothing_of_a_child() {
    let space = marked();
    for (name, text) in
        [("aimline.toml", "CANARYkey = 'CANARYvalue'\n"), ("calendar.csv", "kind,name,begin,end\nCANARYkind,x,y,z\n")]
    {
        space.put(&format!("aimline/{name}"), text);
        let refused = space.try_run(&[]);
        assert_eq!(refused.status, 2);
        assert!(refused.stderr.contains(name), "the file of the configuration is named: {}", refused.stderr);
        std::fs::remove_file(space.inbox().join("aimline").join(name)).unwrap();
    }
}

#[test]
fn the_sample_children_are_not_in_run_json_or_links() {
    let (out, ran) = crate::support::sample();
    let students = table(out, "dataset/students");
    let run = std::fs::read_to_string(out.join("run.json")).unwrap();
    let links = table(out, "dataset/links");
    for student in &students {
        for column in ["state_id", "local_id", "last_name"].into_iter().filter(|column| student.has(column)) {
            let value = student.text(column);
            assert!(!run.contains(value) && !ran.stderr.contains(value), "{value}");
            assert!(!links.iter().any(|link| link.0.values().any(|cell| cell.contains(value))), "{value}");
        }
    }
    for (name, _) in files(&sample_inbox()) {
        assert!(!run.contains(&name) && !ran.stderr.contains(&name), "{name}");
    }
}
