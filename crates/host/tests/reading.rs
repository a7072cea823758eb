//! Files are read by real libraries in real workers, and nothing that a library does harms the reader.

use aimline_host::find::{Library, Why};
use aimline_host::run::{Event, Failure, Job, Limits, Outcome, inspect, read_file};
use aimline_host::{Death, TableInfo};
use std::env::consts::{DLL_PREFIX, DLL_SUFFIX};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};
use tempfile::TempDir;

const WORKER: &str = env!("CARGO_BIN_EXE_host-test-worker");

fn misbehaving() -> Library {
    let file = format!("{DLL_PREFIX}aimline_import_misbehaving{DLL_SUFFIX}");
    Library { path: std::env::current_exe().expect("this program").with_file_name(file), why: Why::Named }
}

/// The C example, compiled as its README says.
fn example_c(folder: &TempDir) -> Library {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let path = folder.path().join("libaimline_import_example_c.so");
    let done = Command::new("cc")
        .args(["-std=c11", "-O2", "-shared", "-fPIC", "-fvisibility=hidden"])
        .args(["-Wall", "-Wextra", "-Wpedantic", "-Wconversion", "-Werror"])
        .arg("-I")
        .arg(here.join("../plugin/include"))
        .arg("-o")
        .arg(&path)
        .arg(here.join("../../plugins/example-c/importer.c"))
        .output()
        .expect("a C compiler");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    Library { path, why: Why::User }
}

fn limits() -> Limits {
    Limits { memory_bytes: 128 << 20, idle: Duration::from_millis(1_500), max_rows: 5_000_000, max_unpacked: 1 << 20 }
}

/// Table, row number, byte, part, cells.
type Line = (u32, u64, u64, String, Vec<Option<String>>);

/// What was read: the tables, and the rows as text.
#[derive(Default)]
struct Seen {
    tables: Vec<TableInfo>,
    rows: Vec<Line>,
}

fn read_with(content: &[u8], change: impl FnOnce(&mut Job<'_>), libraries: &[Library]) -> (Outcome, Seen) {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("scores.txt");
    fs::write(&file, content).expect("a file");
    let options = [("key".into(), "välue".into()), ("folder".into(), folder.path().to_string_lossy().into_owned())];
    let mut job = Job { exe: WORKER.into(), file, libraries, skip: Vec::new(), options: options.into(), limits: limits() };
    change(&mut job);
    let mut seen = Seen::default();
    let outcome = read_file(&job, &mut |event| {
        match event {
            Event::Table(id, info) => {
                assert_eq!(id as usize, seen.tables.len());
                seen.tables.push(info);
            }
            Event::Batch(id, batch) if seen.rows.len() < 100_000 => seen.rows.extend(batch.rows().map(|row| {
                let cells = row.cells.iter().map(|cell| cell.map(str::to_owned)).collect();
                (id, row.number, row.byte, row.part().to_owned(), cells)
            })),
            _ => {}
        }
        Ok(())
    });
    assert!(none_is_left(folder.path()), "a process is left");
    (outcome, seen)
}

fn read(word: &str) -> (Outcome, Seen) {
    read_with(format!("BAD {word}\n").as_bytes(), |_| {}, &[misbehaving()])
}

fn fails(word: &str) -> Failure {
    let (outcome, _) = read(word);
    outcome.end.expect_err(word)
}

/// True as soon as no process is left that was started with this folder among its options.
fn none_is_left(folder: &Path) -> bool {
    let token = folder.to_string_lossy().into_owned().into_bytes();
    let is_one = |process: PathBuf| {
        let environment = fs::read(process.join("environ")).unwrap_or_default();
        environment.windows(token.len()).any(|part| part == token)
    };
    let until = Instant::now() + Duration::from_secs(2);
    while fs::read_dir("/proc").is_ok_and(|processes| processes.filter_map(Result::ok).any(|process| is_one(process.path()))) {
        if Instant::now() > until {
            return false;
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    true
}

fn crashes(word: &str, signals: &[i32]) {
    match fails(word) {
        Failure::Crashed { death: Death::Signal(signal), while_probing: None } if signals.contains(&signal) => {}
        other => panic!("{word}: {other:?}"),
    }
}

fn says(word: &str, status: i32, words: &str) {
    match fails(word) {
        Failure::Said { status: said, explanation } => {
            assert_eq!(said, status, "{word}: {explanation}");
            assert!(explanation.contains(words), "{word}: {explanation}");
        }
        other => panic!("{word}: {other:?}"),
    }
}

#[test]
fn a_crash_is_told_with_its_signal() {
    crashes("SEGV", &[11]);
    crashes("ABORT", &[6]);
    crashes("STACK", &[6, 11]);
}

#[test]
fn a_panic_is_caught_and_its_text_is_not_repeated() {
    says("PANIC", 7, "the importer panicked");
}

#[test]
fn leaving_in_the_middle_is_a_crash_whatever_the_exit_code() {
    assert!(matches!(fails("EXIT0"), Failure::Crashed { death: Death::Exit(0), .. }));
}

#[test]
fn an_importer_that_does_nothing_is_stopped() {
    for word in ["HANG", "SPIN"] {
        assert!(matches!(fails(word), Failure::Silent { seconds: 1, while_probing: None }), "{word}");
    }
}

#[test]
fn too_many_rows_are_refused() {
    says("FLOOD", 4, "more than 5000000 rows");
}

#[test]
fn an_importer_that_eats_memory_is_stopped_by_its_limit() {
    assert!(matches!(fails("OOM"), Failure::OutOfMemory { megabytes: 128 }));
}

#[test]
fn what_an_importer_prints_does_no_harm_and_is_counted_only() {
    let (outcome, seen) = read("STDOUT");
    assert!(outcome.end.is_ok(), "{:?}", outcome.end);
    assert_eq!(outcome.stderr_bytes, 33_000);
    assert_eq!(seen.rows.len(), 4);
}

#[test]
fn an_importer_that_closes_or_writes_to_every_file_only_fails() {
    fails("CLOSEALL");
    assert!(matches!(fails("GARBAGE"), Failure::BrokeInterface(why) if why.contains("not a frame")));
}

#[test]
fn threads_and_children_of_an_importer_end_with_it() {
    for word in ["THREAD", "FORK"] {
        let (outcome, seen) = read(word);
        assert!(outcome.end.is_ok(), "{word}: {:?}", outcome.end);
        assert_eq!((outcome.rows, seen.rows.len()), (vec![4], 4));
    }
}

#[test]
fn a_refused_row_fails_the_file_even_when_the_refusal_is_ignored() {
    says("HUGELEN", 4, "row 9 has a cell of");
    for (word, expected) in [
        ("BADUTF8", "row 9, cell 1: not UTF-8"),
        ("OTHERTHREAD", "from another thread"),
        ("BADID", "a row for table 77"),
        ("WRONGN", "row 9 has 3 cells, its table has 2 columns"),
    ] {
        let failure = fails(word);
        assert!(matches!(&failure, Failure::BrokeInterface(why) if why.contains(expected)), "{word}: {failure:?}");
    }
}

#[test]
#[cfg(target_os = "linux")]
fn files_network_and_programs_are_closed_to_an_importer() {
    for word in ["FSREAD", "NET", "EXEC"] {
        let (outcome, seen) = read(word);
        assert!(outcome.end.is_ok(), "{word}: {:?}", outcome.end);
        let sandbox = outcome.sandbox.expect("a report");
        let closed = if word == "FSREAD" { sandbox.files } else { sandbox.calls };
        let (.., said) = seen.rows.iter().find(|row| row.0 == 1).expect("an answer");
        assert_eq!(said[0].as_deref() == Some("refused"), closed, "{word}: {said:?}");
    }
}

#[test]
fn an_importer_that_dies_while_it_looks_is_left_out_and_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let libraries = [misbehaving(), example_c(&folder)];
    let (outcome, _) = read_with(b"BAD PROBESEGV", |_| {}, &libraries);
    let failure = outcome.end.expect_err("nobody reads it");
    assert_eq!(
        failure.to_string(),
        "the importer crashed while `misbehaving` looked at the file (signal 11, invalid memory access)"
    );
    assert_eq!(outcome.skipped.len(), 1);
    assert_eq!(outcome.skipped[0].name.as_deref(), Some("misbehaving"));

    let (outcome, _) = read_with(b"BAD PROBESPIN", |_| {}, &libraries);
    assert!(matches!(outcome.end, Err(Failure::Silent { while_probing: Some(name), .. }) if name == "misbehaving"));

    // A panic is caught in the importer: no second start is needed.
    let (outcome, _) = read_with(b"BAD PROBEPANIC", |_| {}, &libraries);
    assert!(matches!(outcome.end, Err(Failure::NobodyReadsIt)), "{:?}", outcome.end);
    assert!(outcome.skipped[0].why.contains("the importer panicked"), "{:?}", outcome.skipped);
}

#[test]
fn a_test_importer_is_used_only_when_its_folder_was_asked_for() {
    for (why, used) in [(Why::Named, true), (Why::Variable, true), (Why::Build, false), (Why::Beside, false)] {
        let (outcome, _) = read_with(b"BAD STDOUT", |_| {}, &[Library { why, ..misbehaving() }]);
        assert_eq!(outcome.end.is_ok(), used, "{why}");
        assert!(used || matches!(outcome.end, Err(Failure::NobodyReadsIt)));
    }
    let (outcome, _) = read_with(b"BAD STDOUT", |job| job.skip.push("misbehaving".into()), &[misbehaving()]);
    assert!(matches!(outcome.end, Err(Failure::NobodyReadsIt)));
}

#[test]
fn the_c_example_reads_its_format() {
    let folder = tempfile::tempdir().expect("a folder");
    let libraries = [misbehaving(), example_c(&folder)];
    let content = "AIMC\ng1|2024-09-17|42\ng2||\nnothing\n\nñ|2024-09-18|7";
    let (outcome, seen) = read_with(content.as_bytes(), |_| {}, &libraries);
    assert!(outcome.end.is_ok(), "{:?}", outcome.end);
    let chosen = outcome.importer.expect("an importer");
    assert_eq!((chosen.name.as_str(), chosen.version.as_str(), chosen.variant.as_str()), ("example-c", "0.1.0", "AIMC"));
    assert_eq!((chosen.confidence, outcome.rows), (95, vec![4, 1]));
    assert!(seen.tables[0].is_grid());
    assert_eq!(seen.tables[1].name, "diagnostics");
    let shown: Vec<String> = seen
        .rows
        .iter()
        .map(|(table, number, byte, part, cells)| {
            let cells: Vec<&str> = cells.iter().map(|cell| cell.as_deref().unwrap_or("-")).collect();
            format!("{table} {number} {byte} {part}{}", cells.join(","))
        })
        .collect();
    assert_eq!(
        shown,
        [
            "0 1 0 hhh,goal,date,value",
            "0 2 5 ttt,g1,2024-09-17,42",
            "0 3 22 ttt,g2,-,-",
            "0 6 36 ttt,ñ,2024-09-18,7",
            "1 4 27 F016,warning,-,nothing,goal|date|value,-"
        ]
    );
}

#[test]
fn an_empty_file_a_folder_and_a_missing_file_are_told_apart() {
    let (outcome, _) = read_with(b"", |_| {}, &[misbehaving()]);
    assert!(matches!(outcome.end, Err(Failure::NobodyReadsIt)));
    let (outcome, _) = read_with(b"", |job| job.file = std::env::temp_dir(), &[misbehaving()]);
    assert!(matches!(outcome.end, Err(Failure::Io(error)) if error.to_string() == "not a regular file"));
    let (outcome, _) = read_with(b"", |job| job.file = "/nowhere".into(), &[misbehaving()]);
    assert!(matches!(outcome.end, Err(Failure::Io(error)) if error.kind() == std::io::ErrorKind::NotFound));
    let (outcome, _) = read_with(b"BAD X", |job| job.exe = "/bin/ls".into(), &[misbehaving()]);
    assert!(outcome.end.is_err());
}

#[test]
fn libraries_that_cannot_be_loaded_are_skipped_with_the_reason() {
    let folder = tempfile::tempdir().expect("a folder");
    let bytes = fs::read(misbehaving().path).expect("the library");
    let put = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        fs::write(&path, bytes).expect("a file");
        Library { path, why: Why::Named }
    };
    let stranger = folder.path().join("stranger.c");
    fs::write(&stranger, "int nothing;").expect("a file");
    let compile = |to: &Path| Command::new("cc").args(["-shared", "-fPIC", "-o"]).arg(to).arg(&stranger).status().expect("cc");
    let no_entry = folder.path().join("no_entry.so");
    assert!(compile(&no_entry).success());
    fs::write(&stranger, "#include <stdlib.h>\n__attribute__((constructor)) static void x(void) { abort(); }").expect("a file");
    let dies = folder.path().join("dies.so");
    assert!(compile(&dies).success());
    let libraries = [
        put("cut.so", &bytes[..bytes.len() / 2]),
        put("text.so", b"not a library"),
        Library { path: no_entry, why: Why::Named },
        Library { path: dies, why: Why::Named },
        misbehaving(),
    ];
    let (outcome, _) = read_with(b"BAD STDOUT", |_| {}, &libraries);
    assert!(outcome.end.is_ok(), "{:?}", outcome.end);
    let mut whys: Vec<String> = outcome.skipped.iter().map(|skipped| skipped.why.clone()).collect();
    whys.sort();
    assert_eq!(whys.len(), 4, "{whys:?}");
    let inspection = inspect(Path::new(WORKER), &libraries, limits());
    let said: Vec<String> = inspection
        .libraries
        .iter()
        .map(|inspected| inspected.manifest.as_ref().map_or_else(Clone::clone, |manifest| manifest.name.clone()))
        .collect();
    assert!(said[0].starts_with("cut short: "), "{said:?}");
    assert_eq!(said[1], "not a library of this system (expected ELF)");
    assert_eq!(said[2], "not an aimline importer: it does not export `aimline_importer`");
    assert_eq!(said[3], "it crashed when it was opened (signal 6, abort)");
    assert_eq!(said[4], "misbehaving");
    let sandbox = inspection.sandbox.expect("a report");
    assert!(sandbox.to_string().starts_with("files "), "{sandbox}");
}

#[test]
fn options_reach_the_importer_and_places_reach_the_reader() {
    let (outcome, seen) = read("OPTION key");
    assert!(outcome.end.is_ok(), "{:?}", outcome.end);
    assert!(seen.rows.contains(&(1, 1, 4, "as told".into(), vec![Some("välue".into())])), "{:?}", seen.rows);
}

#[test]
fn a_sink_can_stop_the_reading() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("many");
    fs::write(&file, "BAD ROWS 4000000").expect("a file");
    let libraries = [misbehaving()];
    let job = Job { exe: WORKER.into(), file, libraries: &libraries, skip: vec![], options: vec![], limits: limits() };
    let mut n = 0;
    let outcome = read_file(&job, &mut |event| {
        n += usize::from(matches!(event, Event::Batch(..)));
        if n == 2 { Err("enough".into()) } else { Ok(()) }
    });
    assert_eq!(outcome.end.expect_err("stopped").to_string(), "stopped: enough");
}

#[test]
fn a_slow_sink_is_waited_for_and_memory_stays_flat() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("many");
    fs::write(&file, "BAD ROWS 200000").expect("a file");
    let libraries = [misbehaving()];
    let limits = Limits { memory_bytes: 64 << 20, idle: Duration::from_millis(400), ..limits() };
    let job = Job { exe: WORKER.into(), file, libraries: &libraries, skip: vec![], options: vec![], limits };
    let mut first = true;
    let outcome = read_file(&job, &mut |event| {
        if matches!(event, Event::Batch(1, _)) && std::mem::take(&mut first) {
            std::thread::sleep(Duration::from_millis(900));
        }
        Ok(())
    });
    assert!(outcome.end.is_ok(), "{:?}", outcome.end);
    assert_eq!(outcome.rows, [4, 200_000]);
    let (outcome, _) = read_with(b"BAD TABLES 1000", |job| job.limits.memory_bytes = 64 << 20, &libraries);
    assert!(outcome.end.is_ok(), "{:?}", outcome.end);
    assert_eq!(outcome.rows.iter().sum::<u64>(), 256_004);
    let (outcome, _) = read_with(b"BAD TABLES 1024", |_| {}, &libraries);
    assert!(matches!(outcome.end, Err(Failure::Said { status: 4, explanation }) if explanation == "more than 1024 tables"));
}

/// A worker that is hostile itself sends the frames given.
#[test]
#[cfg(unix)]
fn the_parent_believes_no_frame_that_breaks_the_order() {
    use aimline_host::wire::{BatchWriter, Kind, write_frame};
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().expect("a folder");
    let exe = folder.path().join("worker.sh");
    let frames = folder.path().join("frames");
    fs::write(&exe, format!("#!/bin/sh\nexec /bin/cat '{}'\n", frames.display())).expect("a file");
    fs::set_permissions(&exe, fs::Permissions::from_mode(0o700)).expect("a mode");
    let frame = |kind, table, payload: &[u8]| {
        let mut stream = Vec::new();
        write_frame(&mut stream, kind, table, payload).expect("a vector takes all");
        stream
    };
    let batch = |cells: &[Option<&str>]| {
        let (mut writer, mut stream) = (BatchWriter::default(), Vec::new());
        writer.push(1, 0, "", cells);
        writer.write(&mut stream, 0).expect("a vector takes all");
        stream
    };
    let chosen = frame(
        Kind::Chosen,
        0,
        br#"{"library":0,"name":"n","version":"1","variant":"","confidence":9,"sandbox":{"files":true,"calls":true}}"#,
    );
    let table = frame(Kind::Table, 0, b"goals\0value");
    let end = |rows: &str, status: i32| {
        let json = format!(r#"{{"nobody":false,"status":{status},"explanation":"","rows":{rows},"peak_memory":null}}"#);
        frame(Kind::End, 0, json.as_bytes())
    };
    let one = || batch(&[Some("a")]);
    let outcome = |stream: &[Vec<u8>]| {
        fs::write(&frames, stream.concat()).expect("a file");
        read_with(b"x", |job| job.exe.clone_from(&exe), &[misbehaving()]).0
    };
    let good = outcome(&[chosen.clone(), table.clone(), one(), end("[1]", 0)]);
    assert!(good.end.is_ok(), "{:?}", good.end);
    assert_eq!(good.rows, [1]);
    let broken = [
        ("out of turn", vec![table.clone()]),
        ("not announced", vec![one()]),
        ("not announced", vec![chosen.clone(), one()]),
        ("out of turn", vec![chosen.clone(), chosen.clone()]),
        ("out of turn", vec![chosen.clone(), frame(Kind::Table, 1, b"")]),
        ("two columns have one name", vec![chosen.clone(), frame(Kind::Table, 0, b"goals\0a\0a")]),
        ("more or fewer cells", vec![chosen.clone(), table.clone(), batch(&[None, None])]),
        ("without cells", vec![chosen.clone(), frame(Kind::Table, 0, b""), batch(&[])]),
        ("bad batch frame", vec![chosen.clone(), table.clone(), frame(Kind::Batch, 0, b"123456789")]),
        ("other row counts", vec![chosen.clone(), table.clone(), one(), end("[2]", 0)]),
        ("other row counts", vec![chosen.clone(), table.clone(), one(), end("[]", 0)]),
        ("end without an importer", vec![end("[]", 0)]),
        ("cannot be read", vec![frame(Kind::Chosen, 0, b"{}")]),
        ("was not given", vec![frame(Kind::About, 0, br#"{"library":7,"name":null}"#)]),
        ("short frame", vec![chosen.clone(), frame(Kind::Progress, 0, b"1")]),
        ("not a frame", vec![b"#!/bin/sh".to_vec()]),
    ];
    for (words, stream) in broken {
        match outcome(&stream).end {
            Err(Failure::BrokeInterface(why)) if why.contains(words) => {}
            other => panic!("{words}: {other:?}"),
        }
    }
    let cut = [chosen.clone(), table.clone(), one()];
    assert!(matches!(outcome(&cut).end, Err(Failure::Crashed { death: Death::Exit(0), .. })), "no end frame");
    let refused = outcome(&[chosen, table, end("[0]", 3)]);
    assert!(matches!(refused.end, Err(Failure::Said { status: 3, explanation }) if explanation == "the importer gave up"));
}

/// Not a test: `cargo test --release -p aimline-host --test reading -- --ignored --nocapture measure`.
#[test]
#[ignore = "a measurement"]
#[expect(clippy::print_stdout, reason = "a measurement")]
fn measure() {
    let folder = tempfile::tempdir().expect("a folder");
    let c = example_c(&folder);
    let libraries = [misbehaving(), c];
    let file = |name: &str, content: String| -> PathBuf {
        let path = folder.path().join(name);
        fs::write(&path, content).expect("a file");
        path
    };
    let job =
        |file| Job { exe: WORKER.into(), file, libraries: &libraries, skip: vec![], options: vec![], limits: Limits::default() };
    let small = job(file("small", format!("AIMC\n{}", "goal 1|2024-09-17|42\n".repeat(476))));
    let start = Instant::now();
    for _ in 0..500 {
        assert!(read_file(&small, &mut |_| Ok(())).end.is_ok());
    }
    println!("a small file: {:?}", start.elapsed() / 500);
    let large = job(file("large", "BAD ROWS 2000000".into()));
    for _ in 0..3 {
        let (start, before) = (Instant::now(), cpu());
        let (mut cells, mut bytes) = (0, 0);
        let outcome = read_file(&large, &mut |event| {
            if let Event::Batch(_, batch) = event {
                bytes += batch.payload().len();
                cells += batch.rows().map(|row| row.cells.iter().flatten().count()).sum::<usize>();
            }
            Ok(())
        });
        assert!(outcome.end.is_ok());
        let (own, workers) = cpu();
        let (own, workers) = (own - before.0, workers - before.1);
        println!(
            "2M rows: {:?}, CPU s: parent {own:.2}, worker {workers:.2}; {cells} cells, {} MB, worker's peak {:?} MB",
            start.elapsed(),
            bytes >> 20,
            outcome.peak_memory.map(|bytes| bytes >> 20)
        );
    }
}

/// CPU seconds of this process and of its dead children.
fn cpu() -> (f64, f64) {
    let stat = fs::read_to_string("/proc/self/stat").expect("/proc");
    let fields: Vec<f64> =
        stat.rsplit(')').next().unwrap_or("").split_whitespace().map(|field| field.parse().unwrap_or(0.0)).collect();
    ((fields[11] + fields[12]) / 100.0, (fields[13] + fields[14]) / 100.0)
}
