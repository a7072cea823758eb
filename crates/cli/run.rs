//! `aimline run INBOX --out OUT`: everything.

use crate::args::{RunArgs, Until};
use crate::folders::{in_pool, keep_apart, options};
use crate::progress::Shown;
use crate::{dictionary, messages, output, priors, run_json};
use aimline_analyze::{Analysis, ChartPoint, Mode, MonthDay, RuleSet};
use aimline_model::tables::Source;
use aimline_pipeline::{Config, Dataset, Inbox, Progress};
use aimline_store::bundle;
use aimline_store::commit::Generation;
use aimline_store::folder::Folder;
use aimline_store::ledger::Ledger;
use aimline_store::sys;
use anyhow::Context;
use std::collections::{BTreeMap, BTreeSet};

pub(crate) fn run(args: &RunArgs) -> anyhow::Result<u8> {
    keep_apart(&args.inbox, &args.out)?;
    let options = options(&args.common, args.as_of)?;
    let threads = options.threads;
    let config = Config::load(&args.common.config.clone().unwrap_or_else(|| args.inbox.join("aimline")))?;
    let analysis_config = analysis_config(&config)?;
    let inbox = Inbox::of_folder(&args.inbox)?;
    let folder = Folder::open(&args.out)?;
    let progress = Shown::new();
    let (dataset, rungs, status) = in_pool(threads, || {
        let mut generation = Generation::begin(&folder)?;
        let dataset = aimline_pipeline::build(&mut generation, &inbox, &config, &options, &progress)?;
        let mut rungs = None;
        generation.write("dictionary.csv", dictionary::text().as_bytes())?;
        if args.until >= Until::Analysis {
            progress.stage("drawing trend lines", 1);
            let analysis = analyze(&mut generation, &dataset, &analysis_config)?;
            rungs = priors::rungs(&analysis).filter(|_| analysis_config.mode == Mode::Posterior);
            if args.until >= Until::Report {
                progress.stage("writing the page and the workbooks", 1);
                report(&mut generation, &config, &analysis_config, &dataset, &analysis)?;
            }
        }
        let status = u8::from(args.strict && messages::needs_a_person(&dataset));
        let label = aimline_analyze::ruleset_label(&analysis_config.rules);
        run_json::write(&mut generation, &dataset, &label, &config.hash, status)?;
        generation.commit("run.json")?;
        sys::remove_dir(&folder.work())?;
        bundle::prune(&folder, &Ledger::load(&folder)?)?;
        Ok((dataset, rungs, status))
    })?;
    progress.end();
    messages::print(&dataset, false, &|path| args.inbox.join(path).display().to_string())?;
    say_where(args, &dataset)?;
    rungs.iter().try_for_each(|text| output::line(text))?;
    let files = dataset.sources.iter().filter(|source| source.present).count();
    output::line(&messages::sum(&dataset.totals, files, dataset.match_rate))?;
    // The program ends here, and the system takes memory back faster than it is given.
    std::mem::forget(dataset);
    Ok(status)
}

fn say_where(args: &RunArgs, dataset: &Dataset) -> anyhow::Result<()> {
    if let Some(day) = dataset.as_of {
        output::line(&format!("Data up to {} counts.", day.format("%-d %B %Y")))?;
    }
    let out = args.out.display();
    if args.until >= Until::Report {
        output::line(&format!("Open {out}/report/index.html in a browser."))?;
        let totals = &dataset.totals;
        if totals.quarantined > 0 {
            output::line(&format!("What was set aside waits in {out}/report/quarantine.xlsx."))?;
        } else if !dataset.questions.is_empty() {
            output::line(&format!("Rows without a student or goal wait for an answer in {out}/report/quarantine.xlsx."))?;
        }
    }
    Ok(())
}

/// The configuration of the analysis.
///
/// # Errors
/// When the rule set cannot be used.
pub(crate) fn analysis_config(config: &Config) -> anyhow::Result<aimline_analyze::Config> {
    let rules =
        if config.ruleset.is_empty() { RuleSet::default() } else { RuleSet::parse(&config.ruleset).context("ruleset.toml")? };
    let priors = config.priors.iter().map(|(name, text)| {
        let rows = aimline_analyze::read_priors(text).with_context(|| format!("{name} is no prior file"))?;
        Ok((name.clone(), rows))
    });
    Ok(aimline_analyze::Config {
        mode: match config.settings.mode.as_str() {
            "classical" => Mode::Classical,
            "own_data" => Mode::OwnData,
            _ => Mode::Posterior,
        },
        priors: priors.collect::<anyhow::Result<_>>()?,
        frozen: config.settings.priors == "files",
        first_three: config.settings.first_three,
        school_year_end: config.school_year_end.map(MonthDay::of),
        breaks: config.breaks().into_iter().map(|(begin, end, _)| (begin, end)).collect(),
        rules,
        checks: config.settings.checks.clone(),
    })
}

fn analyze(generation: &mut Generation<'_>, dataset: &Dataset, config: &aimline_analyze::Config) -> anyhow::Result<Analysis> {
    let names = ["trends", "flags", "checks", "summaries", "priors"].map(|name| format!("analysis/{name}.parquet"));
    let paths = names.iter().map(|name| generation.path(name)).collect::<Result<Vec<_>, _>>()?;
    let [trends, flags, checks, summaries, priors] = paths.as_slice() else { anyhow::bail!("a table has no path") };
    let out = aimline_analyze::Output { trends, flags, checks, summaries, priors };
    let as_of = dataset.as_of.unwrap_or_default();
    let analysis = aimline_analyze::run(&generation.folder().next().join("dataset"), as_of, config, &out)?;
    for name in &names {
        generation.add(name)?;
    }
    Ok(analysis)
}

fn report(
    generation: &mut Generation<'_>,
    config: &Config,
    analysis_config: &aimline_analyze::Config,
    dataset: &Dataset,
    analysis: &Analysis,
) -> anyhow::Result<()> {
    let trends: BTreeMap<&str, _> = analysis.trends.iter().map(|trend| (trend.measure_key.as_str(), trend)).collect();
    let measures: BTreeMap<&str, _> = dataset.measures.iter().map(|measure| (measure.measure_key.as_str(), measure)).collect();
    let sentences: BTreeMap<String, String> = analysis
        .flags
        .iter()
        .map(|flag| {
            let key = flag.measure_key.as_deref().unwrap_or_default();
            // The last segment of a measure is the one that is judged; it comes last in the list.
            let sentence =
                aimline_analyze::sentence(flag, trends.get(key).copied(), measures.get(key).copied(), &analysis_config.rules);
            (flag.goal_key.clone(), sentence)
        })
        .collect();
    let totals = &dataset.totals;
    let breaks = config.breaks();
    let label = aimline_analyze::ruleset_label(&analysis_config.rules);
    let input = aimline_report::Input {
        district: &district_name(config, dataset),
        as_of: dataset.as_of.unwrap_or_default(),
        mode: &config.settings.mode,
        ruleset: &label,
        version: env!("CARGO_PKG_VERSION"),
        totals: aimline_report::Totals {
            read: totals.read(),
            accepted: totals.accepted,
            quarantined: totals.quarantined,
            duplicate: totals.duplicate,
            skipped: totals.skipped,
            unmatched: totals.unmatched,
            conflicts: totals.conflicts,
        },
        sources: &dataset.sources,
        students: &dataset.students,
        enrollments: &dataset.enrollments,
        plans: &dataset.plans,
        goals: &dataset.goals,
        measures: &dataset.measures,
        reports: &dataset.reports,
        phase_changes: &dataset.phase_changes,
        breaks: &breaks,
        flags: &analysis.flags,
        trends: &analysis.trends,
        checks: &analysis.checks,
        check_places: &analysis.check_places,
        check_settings: &aimline_analyze::check_settings_in_words(&analysis_config.checks),
        reasons: aimline_analyze::REASONS,
        sentences: &sentences,
        diagnostics: &dataset.diagnostics,
        quarantine: &dataset.quarantine,
        questions: &dataset.questions,
    };
    let wanted: BTreeSet<String> = aimline_report::goals_with_cards(&input).into_iter().collect();
    let measures = dataset.measures.iter().filter(|measure| wanted.contains(&measure.measure_key));
    let points = aimline_analyze::chart_points(&generation.folder().next(), measures)?;
    let points = points.into_iter().map(|(key, points)| (key, for_page(points, &dataset.sources))).collect();
    generation.write("report/index.html", aimline_report::page(&input, &points)?.as_bytes())?;
    generation.write("report/caseload.xlsx", &aimline_report::caseload(&input)?)?;
    generation.write("report/checks.xlsx", &aimline_report::checks(&input)?)?;
    generation.write("report/quarantine.xlsx", &aimline_report::quarantine(&input)?)?;
    Ok(())
}

/// The name that the configuration gives, else the one that most enrollments have.
fn district_name(config: &Config, dataset: &Dataset) -> String {
    if !config.settings.district.is_empty() {
        return config.settings.district.clone();
    }
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for name in dataset.enrollments.iter().filter_map(|row| row.district_code.as_deref()) {
        if name.contains(char::is_alphabetic) {
            *counts.entry(name).or_default() += 1;
        }
    }
    counts.into_iter().max_by_key(|(_, count)| *count).map_or_else(String::new, |(name, _)| name.to_owned())
}

fn for_page(points: Vec<ChartPoint>, sources: &[Source]) -> Vec<aimline_report::Point> {
    let path =
        |id: &str| sources.iter().find(|source| source.source_id == id).map_or_else(String::new, |source| source.path.clone());
    let shown = points.into_iter().map(|point| aimline_report::Point {
        date: point.date,
        session_no: point.session_no,
        value: point.value,
        source: path(&point.source_id),
        locator: point.locator,
        conflict: point.conflict,
    });
    shown.collect()
}
