//! What the tests share: a folder to work in, the real program, and its Parquet files read back.

use polars::prelude::AnyValue;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use tempfile::TempDir;

/// A folder with an inbox and an output folder.
pub(crate) struct Workspace(TempDir);

impl Workspace {
    pub(crate) fn new() -> Self {
        let dir = tempfile::Builder::new().prefix("aimline-it").tempdir().unwrap();
        std::fs::create_dir(dir.path().join("inbox")).unwrap();
        Self(dir)
    }

    /// One that lies in memory where the system has such a place: hundreds of runs would wait for the disk to sync.
    pub(crate) fn in_memory() -> Self {
        let memory = Path::new("/dev/shm");
        let dir = tempfile::Builder::new().prefix("aimline-it").tempdir_in(memory);
        let Ok(dir) = dir else { return Self::new() };
        std::fs::create_dir(dir.path().join("inbox")).unwrap();
        Self(dir)
    }

    /// One with these files in its inbox.
    pub(crate) fn with(files: &[(&str, &str)]) -> Self {
        let made = Self::new();
        for (name, text) in files {
            made.put(name, text);
        }
        made
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub(crate) fn inbox(&self) -> PathBuf {
        self.path("inbox")
    }

    pub(crate) fn out(&self) -> PathBuf {
        self.path("out")
    }

    /// Puts a file into the inbox.
    pub(crate) fn put(&self, name: &str, bytes: impl AsRef<[u8]>) {
        let path = self.inbox().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }

    pub(crate) fn command(&self, more: &[&str]) -> Command {
        let mut command = program();
        command.arg("run").arg(self.inbox()).arg("--out").arg(self.out()).args(more);
        command
    }

    /// Runs the inbox, with more arguments.
    pub(crate) fn try_run(&self, more: &[&str]) -> Ran {
        ran(&mut self.command(more))
    }

    /// Runs the inbox; the run must come to its end.
    pub(crate) fn run(&self, more: &[&str]) -> Ran {
        let ran = self.try_run(more);
        assert_eq!(ran.status, 0, "{}{}", ran.stdout, ran.stderr);
        ran
    }

    pub(crate) fn table(&self, name: &str) -> Vec<Row> {
        table(&self.out(), name)
    }

    pub(crate) fn run_json(&self) -> serde_json::Value {
        run_json(&self.out())
    }
}

/// The program, away from what the surroundings of the test may say.
pub(crate) fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_aimline"));
    command.env_remove("AIMLINE_PLUGIN_PATH").env_remove("AIMLINE_KILL_AT").stdin(Stdio::null());
    command
}

/// What came of a call of the program.
#[derive(Debug)]
pub(crate) struct Ran {
    /// Exit status; -1 when a signal ended it.
    pub(crate) status: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Ran {
    pub(crate) fn last_line(&self) -> &str {
        self.stdout.trim_end().lines().last().unwrap_or_default()
    }

    /// The words of the diagnostic of a code at a place, as they were printed: up to the next blank line.
    pub(crate) fn said(&self, code: &str, place: &str) -> Option<&str> {
        self.stdout.split("\n\n").map(str::trim_start).find(|block| {
            let mut lines = block.lines();
            lines.next().is_some_and(|line| line.contains(&format!("[{code}]: "))) && lines.next().map(str::trim) == Some(place)
        })
    }
}

pub(crate) fn ran(command: &mut Command) -> Ran {
    let output = command.output().unwrap();
    Ran {
        status: output.status.code().unwrap_or(-1),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

/// Calls the program.
pub(crate) fn aimline(args: &[&str]) -> Ran {
    ran(program().args(args))
}

/// A row by column; a null is not there.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Row(pub(crate) BTreeMap<String, String>);

impl Row {
    /// The cell as text; empty when it is null.
    pub(crate) fn text(&self, column: &str) -> &str {
        self.0.get(column).map_or("", String::as_str)
    }

    pub(crate) fn has(&self, column: &str) -> bool {
        self.0.contains_key(column)
    }

    /// The cell as a number; none when it is null.
    pub(crate) fn number(&self, column: &str) -> Option<f64> {
        self.0.get(column).map(|text| text.parse().unwrap())
    }

    pub(crate) fn is_true(&self, column: &str) -> bool {
        self.text(column) == "true"
    }
}

/// All rows of a Parquet file of an output folder: `dataset/goals`.
pub(crate) fn table(out: &Path, name: &str) -> Vec<Row> {
    let frame = aimline_store::read::frame(&out.join(format!("{name}.parquet"))).unwrap();
    let mut rows = vec![Row::default(); frame.height()];
    for column in frame.columns() {
        for (at, row) in rows.iter_mut().enumerate() {
            if let Some(text) = cell(column.get(at).unwrap()) {
                row.0.insert(column.name().to_string(), text);
            }
        }
    }
    rows
}

fn cell(value: AnyValue<'_>) -> Option<String> {
    Some(match value {
        AnyValue::Null => return None,
        AnyValue::String(text) => text.to_owned(),
        AnyValue::StringOwned(text) => text.to_string(),
        AnyValue::Float64(number) => number.to_string(),
        AnyValue::Int64(number) => number.to_string(),
        AnyValue::Boolean(is) => is.to_string(),
        AnyValue::Date(days) => (chrono::NaiveDate::default() + chrono::Days::new(u64::try_from(days).unwrap())).to_string(),
        other => panic!("a column of another type: {other:?}"),
    })
}

pub(crate) fn run_json(out: &Path) -> serde_json::Value {
    serde_json::from_slice(&std::fs::read(out.join("run.json")).unwrap()).unwrap()
}

/// Rows by one of their columns, which must be a key.
pub(crate) fn by<'a>(rows: &'a [Row], column: &str) -> BTreeMap<&'a str, &'a Row> {
    let map: BTreeMap<&str, &Row> = rows.iter().map(|row| (row.text(column), row)).collect();
    assert_eq!(map.len(), rows.len(), "{column} is no key");
    map
}

/// The root of the repository.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

pub(crate) fn sample_inbox() -> PathBuf {
    root().join("samples/riverbend/inbox")
}

/// The output folder of the sample district, run once for all tests that only look at it.
pub(crate) fn sample() -> &'static (PathBuf, Ran) {
    static SAMPLE: OnceLock<(PathBuf, Ran)> = OnceLock::new();
    SAMPLE.get_or_init(|| {
        // A static is never dropped, so a temporary folder would stay behind.
        let out = Path::new(env!("CARGO_TARGET_TMPDIR")).join("riverbend");
        if out.exists() {
            std::fs::remove_dir_all(&out).unwrap();
        }
        let ran = ran(program().arg("run").arg(sample_inbox()).arg("--out").arg(&out));
        assert_eq!(ran.status, 0, "{}{}", ran.stdout, ran.stderr);
        (out, ran)
    })
}

/// Each file under a folder with its bytes, by its path with `/`; the lock file is left out.
pub(crate) fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut all = BTreeMap::new();
    let mut waiting = vec![folder.to_path_buf()];
    while let Some(at) = waiting.pop() {
        for entry in std::fs::read_dir(&at).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                waiting.push(path);
            } else if path.file_name().unwrap() != "lock" {
                let name = path.strip_prefix(folder).unwrap().to_string_lossy().replace('\\', "/");
                all.insert(name, std::fs::read(&path).unwrap());
            }
        }
    }
    all
}

/// What a run gives to people: all but `.aimline/`, which holds bundles and bookkeeping.
pub(crate) fn given(out: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = files(out);
    files.retain(|name, _| !name.starts_with(".aimline/"));
    files
}

/// Says which files differ; bytes would fill the screen.
pub(crate) fn assert_same_files(one: &BTreeMap<String, Vec<u8>>, other: &BTreeMap<String, Vec<u8>>) {
    let names: std::collections::BTreeSet<&String> = one.keys().chain(other.keys()).collect();
    let differ: Vec<&&String> = names.iter().filter(|name| one.get(**name) != other.get(**name)).collect();
    assert!(!one.is_empty() && differ.is_empty(), "of {} files these differ: {differ:?}", names.len());
}

pub(crate) fn copy_folder(from: &Path, to: &Path) {
    for (name, bytes) in files(from) {
        let path = to.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
}

/// A CSV file with a header row, as rows by column; an empty cell is not there.
pub(crate) fn csv(path: &Path) -> Vec<Row> {
    let text = std::fs::read_to_string(path).unwrap();
    let mut records = records(&text).into_iter();
    let header = records.next().unwrap();
    let row = |cells: Vec<String>| {
        assert_eq!(cells.len(), header.len(), "{cells:?}");
        Row(header.iter().cloned().zip(cells).filter(|(_, cell)| !cell.is_empty()).collect())
    };
    records.map(row).collect()
}

/// The cells of a CSV file, row by row.
pub(crate) fn records(text: &str) -> Vec<Vec<String>> {
    let mut all = vec![vec![String::new()]];
    let mut quoted = false;
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let record = all.last_mut().unwrap();
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => record.last_mut().unwrap().push(letters.next().unwrap()),
            '"' => quoted = !quoted,
            ',' if !quoted => record.push(String::new()),
            '\r' if !quoted => {}
            '\n' if !quoted => all.push(vec![String::new()]),
            _ => record.last_mut().unwrap().push(letter),
        }
    }
    all.retain(|record| record.len() > 1 || !record[0].is_empty());
    all
}

/// The diagnostics that were printed: code and place, `file › cell`.
pub(crate) fn printed(stdout: &str) -> Vec<(String, String)> {
    let lines: Vec<&str> = stdout.lines().collect();
    let code = |line: &str| {
        let (severity, rest) = line.split_once('[')?;
        let (code, _) = rest.split_once("]: ")?;
        matches!(severity, "error" | "warning" | "info").then(|| code.to_owned())
    };
    let found = lines.windows(2).filter_map(|pair| Some((code(pair[0])?, pair[1].strip_prefix("  ")?.to_owned())));
    found.collect()
}
