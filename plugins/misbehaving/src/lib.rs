//! An importer that misbehaves on purpose. It reads files that begin with `BAD `; the word after that says how.
//!
//! Before it misbehaves it sends some rows, so that a test can see that nothing of a failed file is kept.
#![expect(unsafe_code, reason = "misbehaviour that safe code cannot commit")]

use aimline_plugin::{Error, GridRow, Host, Importer, Input, Place, Probe, Result, abi, export_importer};
use std::hint::black_box;
use std::process::{abort, exit};
use std::thread;
use std::time::Duration;

struct Misbehaving;

unsafe extern "C" {
    fn write(file: i32, bytes: *const u8, length: usize) -> isize;
    fn close(file: i32) -> i32;
    fn fork() -> i32;
}

fn word<'a>(input: &Input<'a>) -> Option<&'a str> {
    std::str::from_utf8(input.data.strip_prefix(b"BAD ")?).ok().map(str::trim)
}

impl Importer for Misbehaving {
    fn probe(input: &Input<'_>) -> Probe {
        match word(input) {
            None => Probe::no(),
            Some("PROBEPANIC") => panic!("as told"),
            Some("PROBESEGV") => {
                invalid_access();
                Probe::no()
            }
            Some("PROBESPIN") => spin(),
            Some(_) => Probe::yes(99, "bad/1", "begins with BAD"),
        }
    }

    fn import(input: &Input<'_>, host: &mut Host<'_>) -> Result<()> {
        let mut words = word(input).unwrap_or_default().split(' ');
        let table = host.grid("first rows")?;
        let mut row = GridRow::default();
        for number in 1..=3 {
            row.clear();
            row.push('t', "a row before it goes wrong");
            host.grid_row(table, Place { row: number, ..Place::default() }, &row)?;
        }
        misbehave(words.next().unwrap_or_default(), words.next().unwrap_or_default(), host)?;
        row.clear();
        row.push('t', "the end");
        host.grid_row(table, Place { row: 4, ..Place::default() }, &row)
    }
}

#[expect(clippy::exit, clippy::print_stdout, reason = "misbehaviour")]
fn misbehave(word: &str, argument: &str, host: &mut Host<'_>) -> Result<()> {
    match word {
        "PANIC" => panic!("as told"),
        "SEGV" => invalid_access(),
        "ABORT" => abort(),
        "EXIT0" => exit(0),
        "STACK" => {
            black_box(deeper(0));
        }
        "HANG" => loop {
            thread::sleep(Duration::from_millis(20));
            host.progress(1)?;
        },
        "SPIN" => spin(),
        "FLOOD" => flood(host)?,
        "OOM" => eat_memory(),
        "STDOUT" => (0..1_000).for_each(|_| println!("printed by an importer, 30 bytes")),
        "CLOSEALL" => (0..256).for_each(|file| {
            // SAFETY: plain integers.
            unsafe { close(file) };
        }),
        "GARBAGE" => (3..256).for_each(|file| {
            // SAFETY: the bytes are there.
            unsafe { write(file, [0xA5; 4_096].as_ptr(), 4_096) };
        }),
        "THREAD" => drop(thread::spawn(|| {
            loop {
                thread::sleep(Duration::from_millis(50));
            }
        })),
        "FORK" => {
            // SAFETY: the child does nothing but sleep.
            if unsafe { fork() } == 0 {
                loop {
                    thread::sleep(Duration::from_secs(1));
                }
            }
        }
        // The refusal is ignored: the file must fail all the same.
        "BADUTF8" => drop(raw_row(host.raw(), 0, &[abi::Str { ptr: b"\xFF\xFE".as_ptr(), len: 2 }])),
        "HUGELEN" => return raw_row(host.raw(), 0, &[abi::Str { ptr: b"x".as_ptr(), len: usize::MAX / 2 }]),
        "BADID" => return raw_row(host.raw(), 77, &[abi::Str::NONE]),
        "WRONGN" => {
            host.records("goals", &["goal_id", "value"])?;
            return raw_row(host.raw(), 1, &[abi::Str::of("g"); 3]);
        }
        "OTHERTHREAD" => {
            let raw = std::ptr::from_ref(host.raw()).addr();
            // The refusal is ignored, as above.
            drop(
                thread::spawn(move || {
                    // SAFETY: the host's functions live until the import ends, which waits for this thread.
                    drop(raw_row(unsafe { &*std::ptr::with_exposed_provenance(raw) }, 0, &[abi::Str::of("from elsewhere")]));
                })
                .join(),
            );
        }
        "FSREAD" => say(host, if std::fs::read("/etc/passwd").is_ok() { "read" } else { "refused" })?,
        "NET" => say(host, if std::net::UdpSocket::bind("127.0.0.1:0").is_ok() { "bound" } else { "refused" })?,
        "EXEC" => say(host, if std::process::Command::new("/bin/true").spawn().is_ok() { "started" } else { "refused" })?,
        // Not misbehaviour, but many rows, for measurements.
        "ROWS" => many_rows(host, argument.parse().unwrap_or(1_000))?,
        "TABLES" => many_tables(host, argument.parse().unwrap_or(1_000))?,
        "OPTION" => say(host, &host.option(argument).unwrap_or_default())?,
        _ => return Err(Error::unsupported("an unknown word")),
    }
    Ok(())
}

fn invalid_access() {
    // SAFETY: none; that is the point.
    unsafe { black_box(8 as *mut u8).write_volatile(1) };
}

fn spin() -> ! {
    loop {
        std::hint::spin_loop();
    }
}

#[inline(never)]
#[expect(unconditional_recursion, reason = "to overflow the stack")]
fn deeper(n: u64) -> u64 {
    let frame = black_box([n; 512]);
    deeper(n + 1) + frame[7]
}

fn flood(host: &mut Host<'_>) -> Result<()> {
    let table = host.records("flood", &["goal_id", "value"])?;
    loop {
        host.record(table, Place::default(), &[Some("flooding the host with rows"), None])?;
    }
}

fn eat_memory() {
    let mut eaten = Vec::new();
    loop {
        eaten.push(black_box(vec![1u8; 16 << 20]));
    }
}

fn say(host: &mut Host<'_>, text: &str) -> Result<()> {
    let table = host.records("said", &["text"])?;
    host.record(table, Place { part: "as told", row: 1, byte: 4 }, &[Some(text)])
}

fn many_rows(host: &mut Host<'_>, rows: u64) -> Result<()> {
    let names: Vec<String> = (0..12).map(|column| format!("x_{column}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let table = host.records("many", &names)?;
    let mut digits = *b"S00000000";
    for row in 1..=rows {
        let mut rest = row;
        for digit in digits[1..].iter_mut().rev() {
            *digit = b'0' + (rest % 10) as u8;
            rest /= 10;
        }
        let key = std::str::from_utf8(&digits).ok();
        let (date, area) = (Some("2024-09-17"), Some("reading fluency"));
        let cells = [key, key, date, area, Some("96"), Some("wcpm"), None, key, Some("3"), date, area, Some("08")];
        host.record(table, Place { part: "", row, byte: row * 100 }, &cells)?;
        if row % 4_096 == 0 {
            host.progress(row)?;
        }
    }
    Ok(())
}

/// Rows that go to many tables in turn: what waits for all of them must not grow with their number.
fn many_tables(host: &mut Host<'_>, tables: usize) -> Result<()> {
    let tables: Vec<_> = (0..tables).map(|at| host.records(&format!("t{at}"), &["text"])).collect::<Result<_>>()?;
    let long = "x".repeat(1 << 10);
    for row in 1..=256 {
        for table in &tables {
            host.record(*table, Place { row, ..Place::default() }, &[Some(&long)])?;
        }
    }
    Ok(())
}

fn raw_row(host: &abi::Host, table: i32, cells: &[abi::Str]) -> Result<()> {
    let place = abi::Loc { part: abi::Str::NONE, row: 9, byte: 0 };
    let Some(row) = host.row else { return Err(Error::unsupported("no row function")) };
    // SAFETY: the place and the array are there; what the cells say is a lie at times.
    let status = unsafe { row(host.ctx, table, &place, cells.as_ptr(), cells.len() as u32) };
    if status == abi::OK { Ok(()) } else { Err(Error { status, message: String::new() }) }
}

export_importer!(
    Misbehaving,
    r#"{"name":"misbehaving","version":"0.1.0","license":"MIT OR Apache-2.0","formats":["files that begin with BAD "],"signatures":["text"],"test":true}"#
);
