//! The first pass: each file that is new or changed goes through a worker process into its bundle.

use crate::config::Config;
use crate::inbox::{Inbox, InboxFile};
use crate::survey::{Survey, Surveyor};
use crate::walk::Part;
use crate::{PipelineError, Progress};
use aimline_host::run::{Event, Failure, Job, Limits, read_file};
use aimline_host::wire::{Batch, Kind};
use aimline_host::{Library, find_importers};
use aimline_model::codes::Code;
use aimline_store::folder::Folder;
use aimline_store::ledger::{Entry, Ledger, source_id};
use aimline_store::{bundle, hash_key, sha256_hex};
use std::path::PathBuf;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::sync_channel;

/// What an importer or the host said of a file, not yet in the catalogue's words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Said {
    pub code: Option<Code>,
    pub locator: String,
    pub row: u64,
    pub seen: String,
    pub expected: String,
    pub help: String,
}

/// A source after the first pass.
#[derive(Debug)]
pub(crate) struct Source {
    pub entry: Entry,
    /// Base name, for profiles.
    pub name: String,
    /// Why nothing of it was read.
    pub failure: Option<Code>,
    /// What was said of it.
    pub said: Vec<Said>,
    /// An earlier source with the same bytes.
    pub same_as: Option<usize>,
    /// What was surveyed while its bundle was written.
    pub survey: Option<Survey>,
}

pub(crate) struct Reader<'a> {
    pub folder: &'a Folder,
    pub exe: PathBuf,
    pub plugin_dirs: &'a [PathBuf],
    pub limits: Limits,
    pub threads: usize,
    pub config: &'a Config,
    pub progress: &'a dyn Progress,
}

/// What one file came to.
struct Done {
    bundle: Option<String>,
    importer: Option<(String, String)>,
    failure: Option<Code>,
    said: Vec<Said>,
    survey: Option<Survey>,
}

impl Done {
    fn without_reading(failure: Option<Code>) -> Self {
        Self { bundle: None, importer: None, failure, said: Vec::new(), survey: None }
    }
}

impl Reader<'_> {
    /// Reads what is new, and answers with all sources: those of the inbox, and those that have left it.
    pub(crate) fn read(&self, inbox: &Inbox, old: &Ledger) -> Result<Vec<Source>, PipelineError> {
        let found = find_importers(self.plugin_dirs);
        if found.libraries.is_empty() && !inbox.files.is_empty() {
            let tried: Vec<String> = found.tried.iter().map(|attempt| format!("  {attempt}")).collect();
            return Err(PipelineError::NoImporters(tried.join("\n")));
        }
        let at_hand = importers_at_hand(&found.libraries);
        let hashes = self.hash(inbox);
        let ids = self.source_ids(inbox, &hashes, old);
        // The dearest file first, so that the last thread to finish began early. A workbook's bytes unpack to many more.
        let mut order: Vec<usize> = (0..inbox.files.len()).collect();
        let cost = |file: &InboxFile| {
            let bytes = std::fs::metadata(&file.file).map_or(0, |about| about.len());
            if file.path.ends_with("x") || file.path.ends_with("m") { bytes * 12 } else { bytes }
        };
        order.sort_by_cached_key(|file| std::cmp::Reverse(cost(&inbox.files[*file])));
        self.progress.stage("reading files", inbox.files.len() as u64);
        let next = AtomicUsize::new(0);
        let finished = AtomicUsize::new(0);
        let empty: Vec<Option<Result<Source, PipelineError>>> = (0..inbox.files.len()).map(|_| None).collect();
        let done = Mutex::new(empty);
        std::thread::scope(|scope| {
            for _ in 0..self.threads.max(1).min(inbox.files.len().max(1)) {
                scope.spawn(|| {
                    loop {
                        let turn = next.fetch_add(1, Ordering::Relaxed);
                        let Some(&file) = order.get(turn) else { break };
                        let read =
                            self.source(&inbox.files[file], &hashes[file], &ids[file], file, &found.libraries, &at_hand, old);
                        done.lock().expect("no thread panics while it holds this")[file] = Some(read);
                        self.progress.step(finished.fetch_add(1, Ordering::Relaxed) as u64 + 1);
                    }
                });
            }
        });
        let done = done.into_inner().expect("no thread panics while it holds this");
        let mut sources = done.into_iter().flatten().collect::<Result<Vec<Source>, _>>()?;
        for entry in &old.entries {
            if !sources.iter().any(|source| source.entry.source_id == entry.source_id) {
                let entry = Entry { present: false, ..entry.clone() };
                let name = base_name(&entry.path);
                sources.push(Source { entry, name, failure: None, said: Vec::new(), same_as: None, survey: None });
            }
        }
        sources.sort_by(|a, b| {
            (&a.entry.path, a.entry.present, &a.entry.source_id).cmp(&(&b.entry.path, b.entry.present, &b.entry.source_id))
        });
        mark_copies(&mut sources);
        Ok(sources)
    }

    fn hash(&self, inbox: &Inbox) -> Vec<Result<String, std::io::Error>> {
        use rayon::prelude::*;
        inbox.files.par_iter().map(|file| hash_file(&file.file)).collect()
    }

    /// The key of each file: that of its path; or, for bytes that lay at a path that is gone, that of the old path.
    fn source_ids(&self, inbox: &Inbox, hashes: &[Result<String, std::io::Error>], old: &Ledger) -> Vec<String> {
        let here = |path: &str| inbox.files.iter().any(|file| file.path == path);
        let mut moved: Vec<&Entry> = old.entries.iter().filter(|entry| !here(&entry.path)).collect();
        let mut ids = Vec::with_capacity(inbox.files.len());
        for (file, hash) in inbox.files.iter().zip(hashes) {
            let known = old.at(&file.path).map(|entry| entry.source_id.clone());
            let id = known.or_else(|| {
                let hash = hash.as_ref().ok()?;
                let place = moved.iter().position(|entry| &entry.sha256 == hash)?;
                Some(moved.remove(place).source_id.clone())
            });
            ids.push(id.unwrap_or_else(|| source_id(&file.path)));
        }
        ids
    }

    #[expect(clippy::too_many_arguments, reason = "all of it is one file's facts")]
    fn source(
        &self,
        file: &InboxFile,
        hash: &Result<String, std::io::Error>,
        id: &str,
        turn: usize,
        libraries: &[Library],
        at_hand: &str,
        old: &Ledger,
    ) -> Result<Source, PipelineError> {
        let name = base_name(&file.path);
        let options = self.options(&name);
        let sha256 = hash.as_ref().map_or_else(|_| String::new(), Clone::clone);
        let options_text: Vec<String> = options.iter().map(|(key, value)| format!("{key}={value}")).collect();
        let read_with = hash_key(&[at_hand.as_bytes(), options_text.join("\n").as_bytes()]);
        let known = old.entries.iter().find(|entry| {
            entry.sha256 == sha256
                && entry.read_with == read_with
                && entry.bundle.as_ref().is_some_and(|name| bundle::path(self.folder, name).exists())
        });
        let done = if let Some(code) = file.problem {
            Done::without_reading(Some(code))
        } else if hash.is_err() {
            Done::without_reading(Some(Code::F007))
        } else if let Some(entry) = known {
            let importer = entry.importer.clone().zip(entry.importer_version.clone());
            Done { bundle: entry.bundle.clone(), importer, ..Done::without_reading(None) }
        } else if std::fs::metadata(&file.file).is_ok_and(|about| about.len() == 0) {
            Done::without_reading(Some(Code::F001))
        } else {
            self.through_worker(file, &sha256, options, turn, libraries)?
        };
        let (importer, importer_version) = done.importer.unzip();
        let entry = Entry {
            source_id: id.to_owned(),
            path: file.path.clone(),
            sha256,
            present: true,
            bundle: done.bundle,
            read_with,
            importer,
            importer_version,
        };
        Ok(Source { entry, name, failure: done.failure, said: done.said, same_as: None, survey: done.survey })
    }

    /// The `[read]` parts of the profiles whose file pattern fits.
    fn options(&self, name: &str) -> Vec<(String, String)> {
        let mut options: Vec<(String, String)> = Vec::new();
        for (_, _, profile) in self.config.profiles.iter().filter(|(_, _, profile)| profile.fits_file(name)) {
            options.extend(profile.read.iter().map(|(key, value)| (key.clone(), value.clone())));
        }
        options.sort();
        options.dedup_by(|a, b| a.0 == b.0);
        options
    }

    fn through_worker(
        &self,
        file: &InboxFile,
        sha256: &str,
        options: Vec<(String, String)>,
        turn: usize,
        libraries: &[Library],
    ) -> Result<Done, PipelineError> {
        let options_hash =
            hash_key(&options.iter().flat_map(|(key, value)| [key.as_bytes(), value.as_bytes()]).collect::<Vec<_>>());
        let job =
            Job { exe: self.exe.clone(), file: file.file.clone(), libraries, skip: Vec::new(), options, limits: self.limits };
        let mut writer = bundle::Writer::create(self.folder, turn)?;
        let mut said = Vec::new();
        let mut diagnostics = None;
        let name = base_name(&file.path);
        // The survey goes on beside the reading; a file that turns out bad has only cost it some work.
        let (outcome, survey) = std::thread::scope(|scope| {
            let (send, receive) = sync_channel::<Part>(4);
            let (name, config) = (&name, self.config);
            let surveyor = scope.spawn(move || {
                let mut surveyor = Surveyor::new(name, config, None);
                receive.iter().for_each(|part| surveyor.part(&part));
                surveyor.finish()
            });
            let outcome = read_file(&job, &mut |event| {
                match event {
                    Event::Table(id, info) => {
                        if info.name == "diagnostics" && !info.is_grid() {
                            diagnostics = Some((id, info.columns.clone()));
                        }
                        writer.frame(Kind::Table as u8, id, &info.payload())?;
                        send.send(Part::Table(id, info))?;
                    }
                    Event::Batch(id, batch) => {
                        if let Some((_, columns)) = diagnostics.as_ref().filter(|(table, _)| *table == id) {
                            said.extend(read_diagnostics(columns, &batch));
                        }
                        writer.frame(Kind::Batch as u8, id, batch.payload())?;
                        send.send(Part::Batch(id, batch))?;
                    }
                    _ => {}
                }
                Ok(())
            });
            drop(send);
            (outcome, surveyor.join())
        });
        let survey = survey.unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        let importer = outcome.importer.as_ref().map(|chosen| (chosen.name.clone(), chosen.version.clone()));
        match outcome.end {
            Ok(()) => {
                let (name, version) = importer.clone().unwrap_or_default();
                let bundle = format!("{sha256}-{name}-{version}-{}.bundle", &options_hash[..8]);
                writer.finish(self.folder, &bundle)?;
                // What it said is in the bundle.
                Ok(Done { bundle: Some(bundle), importer, failure: None, said: Vec::new(), survey: Some(survey) })
            }
            Err(Failure::Stopped(error)) => {
                Err(PipelineError::Config { file: "output folder".into(), message: error.to_string() })
            }
            Err(failure) => {
                let fallback = match &failure {
                    Failure::NobodyReadsIt if outcome.skipped.len() >= libraries.len() => Code::P004,
                    Failure::NobodyReadsIt => foreign_kind(file),
                    Failure::Crashed { .. } => Code::P001,
                    Failure::Silent { .. } => Code::P002,
                    Failure::OutOfMemory { .. } => Code::P005,
                    Failure::Io(_) => Code::F007,
                    Failure::Said { status, .. } => match *status {
                        3 => Code::F014,
                        4 => Code::F013,
                        6 | 7 => Code::P001,
                        _ => Code::F003,
                    },
                    _ => Code::P003,
                };
                let worst = said.iter().filter_map(|said| said.code).max_by_key(|code| code.severity());
                let code = worst.filter(|_| matches!(failure, Failure::Said { .. })).unwrap_or(fallback);
                if !said.iter().any(|said| said.code == Some(code)) {
                    let seen = match failure {
                        Failure::Said { explanation, .. } => explanation,
                        Failure::NobodyReadsIt if code == Code::P004 => {
                            outcome.skipped.iter().map(|skipped| skipped.why.as_str()).collect::<Vec<_>>().join("; ")
                        }
                        Failure::NobodyReadsIt => String::new(),
                        other => other.to_string(),
                    };
                    said.push(Said { code: Some(code), seen, ..Said::default() });
                }
                Ok(Done { bundle: None, importer, failure: Some(code), said, survey: None })
            }
        }
    }
}

/// A file that nobody reads may still be of a kind that a person knows by name.
fn foreign_kind(file: &InboxFile) -> Code {
    let mut start = [0u8; 8];
    let known = std::fs::File::open(&file.file)
        .and_then(|mut file| std::io::Read::read(&mut file, &mut start))
        .is_ok_and(|_| start.starts_with(b"%PDF") || start.starts_with(b"{\\rtf"));
    if known { Code::F014 } else { Code::F002 }
}

fn hash_file(path: &std::path::Path) -> Result<String, std::io::Error> {
    use sha2::Digest;
    let mut file = std::fs::File::open(path)?;
    let mut state = sha2::Sha256::new();
    let mut buffer = vec![0; 1 << 18];
    loop {
        match std::io::Read::read(&mut file, &mut buffer)? {
            0 => break,
            n => state.update(&buffer[..n]),
        }
    }
    Ok(state.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}

/// A text that changes when an importer does, so that its files are read again.
fn importers_at_hand(libraries: &[Library]) -> String {
    let hash = |library: &Library| std::fs::read(&library.path).map(|bytes| sha256_hex(&bytes)).unwrap_or_default();
    let mut all: Vec<String> = libraries.iter().map(hash).collect();
    all.sort();
    all.join(" ")
}

fn base_name(path: &str) -> String {
    path.rsplit('/').next().unwrap_or(path).to_owned()
}

/// Of sources with the same bytes the first by path counts; the items of the others are duplicates.
fn mark_copies(sources: &mut [Source]) {
    for copy in 1..sources.len() {
        if !sources[copy].entry.present || sources[copy].entry.bundle.is_none() {
            continue;
        }
        let first = (0..copy).find(|first| {
            let first = &sources[*first];
            first.same_as.is_none() && first.entry.present && first.entry.sha256 == sources[copy].entry.sha256
        });
        sources[copy].same_as = first;
    }
}

/// Rows of the table in which importers report problems.
pub(crate) fn read_diagnostics(columns: &[String], batch: &Batch) -> Vec<Said> {
    let place = |name: &str| columns.iter().position(|column| column == name);
    let (code, at, seen, expected, help) = (place("code"), place("at"), place("seen"), place("expected"), place("help"));
    batch
        .rows()
        .map(|row| {
            let text = |column: Option<usize>| column.and_then(|column| row.cells.get(column)).unwrap_or("").to_owned();
            let mut locator = text(at);
            if locator.is_empty() && !row.part().is_empty() {
                locator = row.part().to_owned();
            }
            if locator.is_empty() && row.number > 0 {
                locator = format!("line {}", row.number);
            }
            Said {
                code: Code::of(&text(code)),
                locator,
                row: row.number,
                seen: text(seen),
                expected: text(expected),
                help: text(help),
            }
        })
        .collect()
}
