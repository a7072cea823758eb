//! A run up to the dataset: read, survey, link, emit, partition, write.

use crate::as_of::default_as_of;
use crate::aside::Aside;
use crate::choice::Choices;
use crate::config::Config;
use crate::emit::{Emitted, Emitter};
use crate::entities::{Resolved, Tables, resolve, tables};
use crate::explain::{SheetMap, explain};
use crate::inbox::Inbox;
use crate::partition::{Finding, Sources, Written, work};
use crate::read::{Reader, Source};
use crate::repair::{Settled, settle};
use crate::survey::{Survey, survey};
use crate::tally::{SourceTally, Totals};
use crate::{PipelineError, Progress};
use aimline_host::Limits;
use aimline_link::{Found, Register, key_text};
use aimline_model::codes::Code;
use aimline_model::diagnostic::Diagnostic;
use aimline_model::register::{KeyEntry, KeyHistory};
use aimline_model::schema::Row;
use aimline_model::tables as t;
use aimline_store::commit::Generation;
use aimline_store::ledger::Ledger;
use aimline_store::parquet::{TableWriter, date};
use aimline_store::spill::Spill;
use aimline_store::{StoreError, bundle, choices, hash_key, keys, repairs};
use chrono::{Datelike, NaiveDate};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

/// What a run needs beside the inbox.
#[derive(Debug, Clone)]
pub struct Options {
    /// This program, which serves as worker.
    pub exe: PathBuf,
    /// Folders of importers that were named.
    pub plugin_dirs: Vec<PathBuf>,
    /// Limits of a worker.
    pub limits: Limits,
    /// Threads, and workers at a time.
    pub threads: usize,
    /// Day up to which data counts, when it was given.
    pub as_of: Option<NaiveDate>,
    /// Whether it is to be said where each cell of each sheet went.
    pub explain: bool,
}

/// What a run up to the dataset found.
#[derive(Debug, Default)]
pub struct Dataset {
    /// Day up to which data counts.
    pub as_of: Option<NaiveDate>,
    /// Counts of the run.
    pub totals: Totals,
    /// The sources, in the order of their paths.
    pub sources: Vec<t::Source>,
    /// Problems and remarks, in the order of sources and places.
    pub diagnostics: Vec<Diagnostic>,
    /// Items that were set aside; of a file with more than 100,000 the first ones.
    pub quarantine: Vec<t::Quarantine>,
    /// Students and goals that nobody could be found for.
    pub questions: Vec<aimline_model::repair::Question>,
    /// Students.
    pub students: Vec<t::Student>,
    /// Students in school years.
    pub enrollments: Vec<t::Enrollment>,
    /// Plans.
    pub plans: Vec<t::Plan>,
    /// Goals.
    pub goals: Vec<t::Goal>,
    /// Measures.
    pub measures: Vec<t::Measure>,
    /// Progress reports.
    pub reports: Vec<t::ProgressReport>,
    /// Phase changes.
    pub phase_changes: Vec<t::PhaseChange>,
    /// Number of data points in the file.
    pub data_points: usize,
    /// Share of student mentions that were identified, 0 to 1; none when there are none.
    pub match_rate: Option<f64>,
    /// What the undecided id columns were taken for: source, and a sentence.
    pub id_columns: Vec<(usize, String)>,
    /// Where the cells of each sheet went, when it was asked for.
    pub sheets: Vec<SheetMap>,
}

/// Builds the dataset in a generation.
///
/// # Errors
/// When the inbox, the configuration or the output folder cannot be used. A file that cannot be read is a diagnostic.
pub fn build(
    generation: &mut Generation<'_>,
    inbox: &Inbox,
    config: &Config,
    options: &Options,
    progress: &dyn Progress,
) -> Result<Dataset, PipelineError> {
    let folder = generation.folder();
    let old = Ledger::load(folder)?;
    let reader = Reader {
        folder,
        exe: options.exe.clone(),
        plugin_dirs: &options.plugin_dirs,
        limits: options.limits,
        threads: options.threads,
        config,
        progress,
    };
    let mut sources = reader.read(inbox, &old)?;
    let mut surveys = survey_all(&mut sources, config, folder, progress)?;
    let settled = settle(&sources, &surveys, repairs::load(folder)?, folder)?;
    for (source, patches) in &settled.patches {
        let bundle = sources[*source].entry.bundle.as_deref().unwrap_or_default();
        let path = bundle::path(folder, bundle);
        surveys[*source] = survey(*source, &sources[*source].name, &path, config, None, Some(patches))?;
    }

    let sheets = if options.explain { explain(&sources, &surveys, &config.profiles, folder)? } else { Vec::new() };
    let mut registers: [Vec<_>; 4] = Default::default();
    for (register, kind) in registers.iter_mut().zip(keys::KINDS) {
        *register = keys::load(folder, kind)?;
    }
    let generation_number = next_generation(&registers);
    progress.stage("identifying students and goals", 1);
    let mut choices = Choices::gather(&sources, &surveys, &config.decisions, choices::load(folder)?);
    let mut resolved = resolve(&surveys, registers, generation_number, config.settings.everyone, &mut choices);
    let (chosen, said_of_choices) = choices.into_parts(&sources);
    progress.step(1);

    let spill = Mutex::new(Spill::new(folder.work().join("points")));
    let emitted = emit_all(&sources, (&surveys, &resolved, &settled), config, &spill, folder, progress)?;
    let spill = spill.into_inner().expect("no thread panics while it holds this");
    let mut dataset = Dataset { sheets, ..Dataset::default() };
    let ids: Vec<String> = sources.iter().map(|source| source.entry.source_id.clone()).collect();
    // What only the tables at the end need is made beside the longest part of the writing.
    let registers = std::mem::take(&mut resolved.registers);
    let (points, (links, registers)) = rayon::join(
        || write_points(generation, &sources, &ids, &spill, progress),
        || {
            let entered = || registers.into_par_iter().map(Register::into_parts).collect::<Vec<_>>();
            rayon::join(|| links(&resolved, &surveys, &emitted, &ids), entered)
        },
    );
    let points = points?;
    release(spill);
    let mut history = keys::load_history(folder)?;
    let mut entered: Vec<(&str, Vec<KeyEntry>)> = Vec::new();
    for (kind, (entries, merges)) in keys::KINDS.into_iter().zip(registers) {
        entered.push((kind, entries));
        // A key that nothing stands for is said once.
        let new = |row: &KeyHistory| !row.into_key.is_empty() || !history.iter().any(|old| old.key == row.key);
        let merges: Vec<KeyHistory> = merges.into_iter().filter(new).collect();
        history.extend(merges);
    }
    dataset.data_points = points.rows;

    progress.stage("writing tables", 1);
    let mut days: BTreeSet<NaiveDate> = points.days.iter().filter_map(|day| date(*day)).collect();
    let mut tallies: Vec<SourceTally> = Vec::with_capacity(sources.len());
    for (number, emitted) in emitted.iter().enumerate() {
        days.extend(&emitted.days);
        let mut tally = emitted.tally;
        if let Some(correction) = points.tallies.get(&(number as u32)) {
            tally.accepted -= correction.duplicate;
            tally.duplicate += correction.duplicate;
            tally.conflicts += correction.conflicts;
        }
        dataset.totals.add(&tally);
        tallies.push(tally);
    }
    dataset.as_of = options.as_of.or_else(|| default_as_of(&days));

    dataset.phase_changes = points.phases;
    let Tables { students, enrollments, plans, events, goals, measures } = tables(&resolved, &surveys, &ids, &points.scored);
    dataset.sources = source_rows(&sources, &surveys, &tallies, config);
    dataset.diagnostics = diagnostics(&sources, &surveys, &emitted, points.findings);
    dataset.diagnostics.extend(resolved.disputed_plans());
    dataset.diagnostics.extend(settled.said);
    dataset.diagnostics.extend(said_of_choices);
    dataset.questions = resolved.questions(&surveys, &emitted, (&students, &goals));
    dataset.diagnostics.sort();
    dataset.match_rate = match_rate(&resolved);
    dataset.id_columns = id_columns(&resolved, &surveys);
    let (mut services, mut asides) = (Vec::new(), Vec::new());
    for emitted in emitted {
        dataset.reports.extend(emitted.reports);
        asides.push(emitted.aside);
        services.extend(emitted.services);
    }
    dataset
        .reports
        .sort_by(|a, b| (&a.goal_key, a.date, &a.source_id, &a.locator).cmp(&(&b.goal_key, b.date, &b.source_id, &b.locator)));
    (dataset.students, dataset.enrollments, dataset.plans) = (students, enrollments, plans);
    (dataset.goals, dataset.measures) = (goals, measures);

    let next = &*generation;
    let tables: [&(dyn Fn() -> Result<String, PipelineError> + Sync); 16] = [
        &|| write(next, &dataset.sources),
        &|| write(next, &dataset.students),
        &|| write(next, &dataset.enrollments),
        &|| write(next, &dataset.plans),
        &|| write(next, &events),
        &|| write(next, &dataset.goals),
        &|| write(next, &dataset.measures),
        &|| write(next, &dataset.phase_changes),
        &|| write(next, &dataset.reports),
        &|| write(next, &services),
        &|| write::<t::ServiceDelivery>(next, &[]),
        &|| write(next, &config.calendar),
        &|| write_aside(next, &asides),
        &|| write(next, &links),
        &|| write(next, &settled.rows),
        &|| Ok(keys::write_history(next, &history)?),
    ];
    let keys = entered.par_iter().map(|(kind, entries)| Ok(keys::write(next, kind, entries)?));
    let mut names: Vec<String> = tables.par_iter().map(|table| table()).chain(keys).collect::<Result<_, PipelineError>>()?;
    names.push(file_name(&t::DataPoint::TABLE));
    generation.add_all(&names)?;
    dataset.quarantine = asides.into_iter().flat_map(Aside::into_shown).collect();

    repairs::save(generation, &settled.kept)?;
    choices::save(generation, &chosen)?;
    Ledger { entries: sources.into_iter().map(|source| source.entry).collect() }.save(generation)?;
    release((surveys, resolved, links, entered));
    Ok(dataset)
}

/// Gives memory back beside the work that follows; at the end of the program nobody waits for it.
fn release(done_with: impl Send + 'static) {
    std::thread::spawn(move || drop(done_with));
}

fn next_generation(registers: &[Vec<aimline_model::register::KeyEntry>; 4]) -> i64 {
    registers.iter().flatten().map(|entry| entry.generation).max().unwrap_or(0) + 1
}

fn survey_all(
    sources: &mut [Source],
    config: &Config,
    folder: &aimline_store::folder::Folder,
    progress: &dyn Progress,
) -> Result<Vec<Survey>, PipelineError> {
    progress.stage("understanding tables", sources.len() as u64);
    let done = AtomicU64::new(0);
    sources
        .par_iter_mut()
        .enumerate()
        .map(|(number, source)| {
            let first = source.survey.take();
            let survey = match &source.entry.bundle {
                Some(name) if source.same_as.is_none() => {
                    survey(number, &source.name, &bundle::path(folder, name), config, first, None)
                }
                _ => Ok(Survey::default()),
            };
            progress.step(done.fetch_add(1, Ordering::Relaxed) + 1);
            survey
        })
        .collect()
}

fn emit_all(
    sources: &[Source],
    (surveys, resolved, settled): (&[Survey], &Resolved, &Settled),
    config: &Config,
    spill: &Mutex<Spill>,
    folder: &aimline_store::folder::Folder,
    progress: &dyn Progress,
) -> Result<Vec<Emitted>, PipelineError> {
    progress.stage("reading values", sources.len() as u64);
    let done = AtomicU64::new(0);
    let start_year = config.school_year_end.map_or(resolved.main_year, |day| day.year()) - 1;
    sources
        .par_iter()
        .enumerate()
        .map(|(number, source)| {
            let emitted = match &source.entry.bundle {
                Some(name) => Emitter {
                    number: source.same_as.unwrap_or(number),
                    source_id: &source.entry.source_id,
                    survey: &surveys[source.same_as.unwrap_or(number)],
                    resolved,
                    patches: settled.patches.get(&source.same_as.unwrap_or(number)),
                    spill,
                    calendar: &config.calendar,
                    start_year,
                    everyone: config.settings.everyone,
                    copy: source.same_as.is_some(),
                }
                .emit(&bundle::path(folder, name)),
                None => Ok(Emitted::default()),
            };
            progress.step(done.fetch_add(1, Ordering::Relaxed) + 1);
            emitted
        })
        .collect()
}

#[derive(Default)]
struct Points {
    rows: usize,
    tallies: BTreeMap<u32, SourceTally>,
    scored: BTreeMap<u32, u64>,
    days: BTreeSet<i32>,
    phases: Vec<t::PhaseChange>,
    findings: Vec<Finding>,
}

impl Points {
    fn write(&mut self, written: Written, writer: &mut TableWriter) -> Result<(), StoreError> {
        for group in &written.groups {
            writer.write_group(group)?;
        }
        self.rows += written.rows;
        self.days.extend(written.days);
        self.phases.extend(written.phases);
        self.findings.extend(written.findings);
        for (measure, count) in written.scored {
            *self.scored.entry(measure).or_default() += count;
        }
        for (source, tally) in written.tallies {
            self.tallies.entry(source).or_default().add(&tally);
        }
        Ok(())
    }
}

/// Works through the partitions, as many at a time as there are threads, and writes their row groups in order.
fn write_points(
    generation: &Generation<'_>,
    sources: &[Source],
    ids: &[String],
    spill: &Spill,
    progress: &dyn Progress,
) -> Result<Points, PipelineError> {
    let present: Vec<bool> = sources.iter().map(|source| source.entry.present).collect();
    let mut order: Vec<usize> = (0..ids.len()).collect();
    order.sort_by_key(|source| &ids[*source]);
    let mut rank = vec![0; ids.len()];
    for (place, source) in order.into_iter().enumerate() {
        rank[source] = place as u32;
    }
    let about = Sources { ids, present: &present, rank: &rank };
    let name = file_name(&t::DataPoint::TABLE);
    let mut writer = TableWriter::create(&generation.path(&name)?, t::DataPoint::TABLE)?;
    let mut points = Points::default();
    let partitions = spill.partitions();
    progress.stage("sorting data points", partitions.len() as u64);
    let mut finished = 0;
    // What is ready is written while the next partitions are worked through.
    let mut ready: Vec<Written> = Vec::new();
    let batches = partitions.chunks(rayon::current_num_threads().max(1)).chain(std::iter::once(&[][..]));
    for batch in batches {
        let work = || batch.par_iter().map(|partition| work(&spill.read(*partition)?, &about)).collect::<Result<Vec<_>, _>>();
        let (done, next) = rayon::join(|| ready.drain(..).try_for_each(|written| points.write(written, &mut writer)), work);
        done?;
        ready = next?;
        finished += batch.len() as u64;
        progress.step(finished);
    }
    writer.finish()?;
    Ok(points)
}

fn file_name(table: &aimline_model::schema::Table) -> String {
    format!("{}/{}.parquet", table.folder, table.name)
}

/// Writes a table and answers with its name.
fn write<R: Row>(generation: &Generation<'_>, rows: &[R]) -> Result<String, PipelineError> {
    let name = file_name(&R::TABLE);
    let mut writer = TableWriter::create(&generation.path(&name)?, R::TABLE)?;
    for row in rows {
        writer.push(row)?;
    }
    writer.finish()?;
    Ok(name)
}

fn write_aside(generation: &Generation<'_>, asides: &[Aside]) -> Result<String, PipelineError> {
    let name = file_name(&t::Quarantine::TABLE);
    let mut writer = TableWriter::create(&generation.path(&name)?, t::Quarantine::TABLE)?;
    for aside in asides {
        aside.write(&mut writer)?;
    }
    writer.finish()?;
    Ok(name)
}

fn source_rows(sources: &[Source], surveys: &[Survey], tallies: &[SourceTally], config: &Config) -> Vec<t::Source> {
    let rows = sources.iter().zip(surveys).zip(tallies).map(|((source, survey), tally)| {
        let profile = survey.tables.iter().find_map(|table| table.profile).map(|profile| &config.profiles[profile]);
        t::Source {
            source_id: source.entry.source_id.clone(),
            path: source.entry.path.clone(),
            sha256: source.entry.sha256.clone(),
            present: source.entry.present,
            importer: source.entry.importer.clone(),
            importer_version: source.entry.importer_version.clone(),
            profile: profile.map(|(name, ..)| name.clone()),
            profile_version: profile.map(|(_, hash, _)| hash[..16].to_owned()),
            read: tally.read() as i64,
            accepted: tally.accepted as i64,
            quarantined: tally.quarantined as i64,
            duplicate: tally.duplicate as i64,
            skipped: tally.skipped as i64,
            unmatched: tally.unmatched as i64,
            conflicts: tally.conflicts as i64,
            code: source.failure.map(|code| code.id().to_owned()),
        }
    });
    rows.collect()
}

/// All that was said, in the order of sources, rows and places.
fn diagnostics(sources: &[Source], surveys: &[Survey], emitted: &[Emitted], findings: Vec<Finding>) -> Vec<Diagnostic> {
    let mut all = Vec::new();
    for (number, source) in sources.iter().enumerate() {
        if source.said.is_empty()
            && let Some(code) = source.failure
        {
            all.push(Diagnostic::new(number, code, ""));
        }
        if let Some(first) = source.same_as {
            all.push(Diagnostic::new(number, Code::F009, "").seen(sources[first].entry.path.clone()));
        }
        for said in source.said.iter().chain(&surveys[number].said) {
            if let Some(code) = said.code {
                let mut found =
                    Diagnostic::new(number, code, said.locator.clone()).seen(said.seen.clone()).expected(said.expected.clone());
                found.row = said.row;
                found.help.clone_from(&said.help);
                all.push(found);
            }
        }
        all.extend(emitted[number].diagnostics.iter().cloned());
    }
    for finding in findings {
        let code = if finding.conflict { Code::R002 } else { Code::R001 };
        // The place on another tab of its own file, or the other file.
        let other = finding.beside.unwrap_or_else(|| sources[finding.other as usize].entry.path.clone());
        let mut found = Diagnostic::new(finding.source as usize, code, finding.locator).seen(finding.seen).expected(other);
        found.row = finding.row;
        all.push(found);
    }
    all.sort();
    all
}

fn match_rate(resolved: &Resolved) -> Option<f64> {
    let all = resolved.students.found.len();
    let found = resolved.students.found.iter().filter(|found| found.entity.is_some()).count();
    (all > 0).then(|| found as f64 / all as f64)
}

fn id_columns(resolved: &Resolved, surveys: &[Survey]) -> Vec<(usize, String)> {
    let said = resolved.students.id_columns.iter().map(|((source, table, column), (state, rate))| {
        let table = surveys[*source].tables.get(*table as usize);
        let plan = table.and_then(|table| table.plan.as_ref());
        let title = plan.and_then(|plan| plan.columns().get(usize::from(*column))).map(|column| column.title.as_str());
        let sheet = table.map(|table| table.name.as_str()).filter(|name| !name.is_empty());
        let kind = if *state { "the state's id" } else { "the district's id" };
        let how = if *rate > 0.0 {
            format!("{:.0} % of its ids are on the roster", rate * 100.0)
        } else {
            "judged by their shape, as no other file says what they are".to_owned()
        };
        let sheet = sheet.map_or_else(String::new, |sheet| format!(" of {sheet}"));
        (*source, format!("column \"{}\"{sheet} holds {kind}: {how}", title.unwrap_or_default()))
    });
    let mut said: Vec<(usize, String)> = said.collect();
    said.dedup();
    said
}

/// A row for each source and distinct mention.
fn links(resolved: &Resolved, surveys: &[Survey], emitted: &[Emitted], ids: &[String]) -> Vec<t::Link> {
    let mut rows = Vec::new();
    let (mut student_at, mut plan_at, mut goal_at, mut measure_at) = (0, 0, 0, 0);
    for (number, survey) in surveys.iter().enumerate() {
        let mut push = |kind: &'static str,
                        index: usize,
                        locator: &str,
                        found: &Found,
                        prefix: char,
                        key: &dyn Fn(usize) -> u32,
                        n: i64| {
            let candidates: Vec<String> = found.candidates.iter().map(|one| key_text(prefix, key(*one))).collect();
            rows.push(t::Link {
                source_id: ids[number].clone(),
                kind,
                mention: hash_key(&[kind.as_bytes(), ids[number].as_bytes(), &(index as u64).to_le_bytes(), locator.as_bytes()]),
                rule: found.rule.as_str(),
                score: found.entity.map(|_| 1.0),
                key: found.entity.map(|entity| key_text(prefix, key(entity))),
                candidates: (!candidates.is_empty()).then(|| candidates.join(" ")),
                n_items: n,
            });
        };
        let items = &emitted[number].items;
        let count = |kind: usize, index: usize| items[kind].get(index).copied().unwrap_or(0);
        for (index, (said, _)) in survey.mentions.students.iter().enumerate() {
            let found = &resolved.students.found[student_at + index];
            push("student", index, &said.at.locator, found, 'S', &|e| resolved.students.entities[e].key, count(0, index));
        }
        for (index, (said, _)) in survey.mentions.plans.iter().enumerate() {
            let found = &resolved.plans.found[plan_at + index];
            push("plan", index, &said.at.locator, found, 'P', &|e| resolved.plans.entities[e].key, count(1, index));
        }
        for (index, (said, _)) in survey.mentions.goals.iter().enumerate() {
            let mut answers: Vec<&Found> = Vec::new();
            for (_, found) in &resolved.goals.found[goal_at + index].by_plan {
                if !answers.contains(&found) {
                    answers.push(found);
                }
            }
            for found in answers {
                push("goal", index, &said.at.locator, found, 'G', &|e| resolved.goals.entities[e].key, count(2, index));
            }
        }
        for (index, (said, _)) in survey.mentions.measures.iter().enumerate() {
            for (_, measure, rule) in &resolved.measures.found[measure_at + index] {
                let found = Found { entity: Some(*measure), rule: *rule, candidates: Vec::new() };
                push("measure", index, &said.at.locator, &found, 'M', &|e| resolved.measures.entities[e].key, count(3, index));
            }
        }
        student_at += survey.mentions.students.len();
        plan_at += survey.mentions.plans.len();
        goal_at += survey.mentions.goals.len();
        measure_at += survey.mentions.measures.len();
    }
    rows
}
