//! `aimline explain GOAL --out OUT`: how the verdict on a goal came about, for the one who teaches the child.

use crate::args::ExplainArgs;
use crate::output;
use crate::run::analysis_config;
use aimline_analyze::{Analysis, ChartPoint, REASONS, chart_points, sentence};
use aimline_model::analysis::{Flag, PriorRow, Trend};
use aimline_model::tables::Measure;
use aimline_pipeline::Config;
use aimline_store::parquet::date;
use aimline_store::read;
use anyhow::{Context, bail};
use chrono::NaiveDate;
use std::collections::BTreeMap;
use std::path::Path;

pub(crate) fn explain(goal: &str, args: &ExplainArgs) -> anyhow::Result<u8> {
    let Some(out) = &args.out else { bail!("say with --out which output folder {goal} is in") };
    let (analysis, config, run) = analysis_of(out, args.config.as_deref(), |_| ())?;
    if run["ruleset"].as_str().is_some_and(|used| used != aimline_analyze::ruleset_label(&config.rules)) {
        bail!("the run had another rule set; name its configuration with --config");
    }
    let Some(flag) = analysis.flags.iter().find(|flag| flag.goal_key == goal) else {
        bail!("there is no goal {goal} in {}", out.display())
    };
    let trends: Vec<&Trend> =
        analysis.trends.iter().filter(|trend| Some(&trend.measure_key) == flag.measure_key.as_ref()).collect();
    let tables = Tables { folder: out };
    let measure = flag.measure_key.as_deref().map(|key| tables.measure(key)).transpose()?.flatten();
    let points = match &measure {
        Some(measure) => chart_points(out, [measure])?.remove(&measure.measure_key).unwrap_or_default(),
        None => Vec::new(),
    };
    heading(&tables, flag)?;
    output::line(&format!(
        "\n{}: {}",
        capital(flag.status),
        sentence(flag, trends.last().copied(), measure.as_ref(), &config.rules)
    ))?;
    if let (Some(since), Some(as_of)) = (flag.since, flag.as_of) {
        output::line(&format!("It is so since {}. Judged up to {}, by {}.", day(since), day(as_of), mode(flag.mode)))?;
    }
    reasons(flag)?;
    let Some(trend) = trends.last() else { return Ok(0) };
    line_and_aimline(trend, flag, measure.as_ref())?;
    listing(trend, &points, &tables.paths()?)?;
    drawn(flag, trend, &analysis.priors)?;
    probabilities(flag)?;
    rules(flag)?;
    Ok(0)
}

/// The analysis of an output folder once more, with the run's day and a configuration that `change` may change; that
/// configuration; and run.json.
pub(crate) fn analysis_of(
    out: &Path,
    config: Option<&Path>,
    change: impl FnOnce(&mut aimline_analyze::Config),
) -> anyhow::Result<(Analysis, aimline_analyze::Config, serde_json::Value)> {
    let run = std::fs::read(out.join("run.json")).with_context(|| format!("{} is no output folder of a run", out.display()))?;
    let run: serde_json::Value = serde_json::from_slice(&run).context("run.json")?;
    let as_of: NaiveDate = run["as_of"].as_str().and_then(|day| day.parse().ok()).context("the run had no dated records")?;
    let mut config = analysis_config(&Config::load(config.unwrap_or_else(|| Path::new("")))?)?;
    change(&mut config);
    let scratch = tempfile::Builder::new().prefix("aimline-analysis").tempdir().context("cannot make a folder")?;
    let paths = ["trends", "flags", "checks", "summaries", "priors"].map(|name| scratch.path().join(name));
    let [trends, flags, checks, summaries, priors] = &paths;
    let written = aimline_analyze::Output { trends, flags, checks, summaries, priors };
    let analysis = aimline_analyze::run(&out.join("dataset"), as_of, &config, &written)?;
    Ok((analysis, config, run))
}

fn heading(tables: &Tables<'_>, flag: &Flag) -> anyhow::Result<()> {
    let about = tables.texts("goals", "goal_key", &flag.goal_key, &["number", "area", "statement"])?;
    let who = match &flag.student_key {
        Some(key) => tables.texts("students", "student_key", key, &["first_name", "last_name"])?.join(" "),
        None => String::new(),
    };
    let key = flag.student_key.as_deref().unwrap_or("no student");
    let who = if who.trim().is_empty() { String::new() } else { format!("{who} ") };
    output::line(&format!("{} of {who}({key})", flag.goal_key))?;
    let number = if about[0].is_empty() { String::new() } else { format!("Goal {}", about[0]) };
    let title: Vec<&str> = [number.as_str(), &about[1]].into_iter().filter(|text| !text.is_empty()).collect();
    [title.join(", "), about[2].clone()].iter().filter(|text| !text.is_empty()).try_for_each(|text| output::line(text))
}

fn reasons(flag: &Flag) -> anyhow::Result<()> {
    for code in flag.reasons.as_deref().unwrap_or_default().split_whitespace() {
        let meaning = REASONS.iter().find(|(known, _)| *known == code).map_or(code, |(_, meaning)| meaning);
        output::line(&format!("- {meaning}"))?;
    }
    Ok(())
}

fn line_and_aimline(trend: &Trend, flag: &Flag, measure: Option<&Measure>) -> anyhow::Result<()> {
    let unit = match measure.map(|measure| (measure.family.as_deref(), measure.unit.as_deref())) {
        Some((Some("percent" | "trials"), _)) => " %".to_owned(),
        Some((_, Some(unit))) => format!(" {unit}"),
        _ => String::new(),
    };
    let aim = |value: Option<f64>, on: Option<NaiveDate>| match (value, on) {
        (Some(value), Some(on)) => format!("{}{unit} on {}", number(value), day(on)),
        (Some(value), None) => format!("{}{unit}", number(value)),
        (None, _) => "none".to_owned(),
    };
    output::line("")?;
    output::line(&format!("Baseline   {} ({})", aim(trend.baseline, trend.baseline_date), trend.baseline_source))?;
    output::line(&format!("Target     {}", aim(trend.target, trend.target_date)))?;
    if let Some(need) = trend.need_per_week {
        output::line(&format!("Aimline    {} a week", signed(need)))?;
    }
    if let (Some(slope), lo, hi) = (trend.slope_ols, trend.slope_ols_lo, trend.slope_ols_hi) {
        let range = lo.zip(hi).map_or_else(String::new, |(lo, hi)| {
            format!(", {:.0} % sure between {} and {}", trend.ci * 100.0, signed(lo), signed(hi))
        });
        output::line(&format!("Trend line {} a week by least squares{range}", signed(slope)))?;
    }
    if let Some(slope) = trend.slope_ts {
        output::line(&format!("           {} a week by Theil–Sen, which single odd points cannot pull", signed(slope)))?;
    }
    if let Some(now) = trend.needed_from_now.filter(|_| flag.status != "met") {
        output::line(&format!("From now   {} a week would reach the target on its date", signed(now)))?;
    }
    Ok(())
}

/// The points of the current segment, with what the aimline asks on their days.
fn listing(trend: &Trend, points: &[ChartPoint], paths: &BTreeMap<String, String>) -> anyhow::Result<()> {
    let used = |point: &&ChartPoint| {
        !point.conflict
            && point
                .date
                .is_some_and(|on| trend.first_date.is_some_and(|first| on >= first) && trend.as_of.is_none_or(|end| on <= end))
    };
    let before =
        if trend.n_pre > 0 { format!("; {} before the baseline's date are in nothing", trend.n_pre) } else { String::new() };
    if trend.n == 0 {
        return output::line("\nNo point can be used yet.");
    }
    output::line(&format!("\n{} points of the current phase are used, from {} rows{before}:", trend.n, trend.n_raw))?;
    for point in points.iter().filter(used) {
        let Some(on) = point.date else { continue };
        let asked = trend
            .baseline
            .zip(trend.baseline_date)
            .zip(trend.need_per_week)
            .map(|((baseline, from), need)| baseline + need * (on - from).num_days() as f64 / 7.0);
        let against = asked.map_or_else(String::new, |asked| {
            let side = if (point.value - asked).abs() <= 1e-9 {
                "on"
            } else if point.value < asked {
                "below"
            } else {
                "above"
            };
            format!("   aimline {:>7}   {side}", number(asked))
        });
        let file = paths.get(&point.source_id).map_or("", String::as_str);
        output::line(&format!("  {on}  {:>7}{against}   {file} › {}", number(point.value), point.locator))?;
    }
    Ok(())
}

/// The shrunken slope beside the raw one: a team reads both.
fn drawn(flag: &Flag, trend: &Trend, priors: &[PriorRow]) -> anyhow::Result<()> {
    let (Some(slope), Some(sd), Some(share)) = (flag.slope_posterior, flag.slope_posterior_sd, flag.own_share) else {
        return Ok(());
    };
    let Some(prior) = priors.iter().find(|row| Some(&row.prior) == flag.prior.as_ref()) else { return Ok(()) };
    let alike = match prior.rung {
        "stratum" => "on the same measure and level",
        "measure" => "on the same measure",
        _ => "in the same unit",
    };
    output::line(&format!("\nBeside {} goals {alike}, which gain {} a week on average", prior.goals, signed(prior.mean)))?;
    let unit = match prior.scale.as_str() {
        "logit" => " on the logit of the share",
        "log" => " on the logarithm",
        _ => "",
    };
    let own = trend
        .slope_ols
        .filter(|_| unit.is_empty())
        .map_or_else(String::new, |own| format!("{} of its own points; ", signed(own)));
    output::line(&format!(
        "  {own}{} with theirs{unit}, give or take {sd:.2}. The goal's own data weigh {:.0} %.",
        signed(slope),
        share * 100.0
    ))
}

fn probabilities(flag: &Flag) -> anyhow::Result<()> {
    let all = [
        (flag.p_slow, "grows more slowly than the aimline"),
        (flag.p_stall, "grows at less than half of the aimline's rate"),
        (flag.p_neg, "moves away from the target"),
        (flag.p_goal, "is at the target on its date, if it goes on like this"),
    ];
    if all.iter().any(|(p, _)| p.is_some()) {
        output::line(match flag.rung.as_deref() {
            Some("own_data") | None => "\nHow sure the goal's own data make it that the child",
            _ => "\nHow sure the goal's data and those of goals alike make it that the child",
        })?;
    }
    for (p, words) in all {
        if let Some(p) = p {
            let share = match p * 100.0 {
                share if share < 1.0 => "under 1 %".to_owned(),
                share if share > 99.0 => "over 99 %".to_owned(),
                share => format!("{share:.0} %"),
            };
            output::line(&format!("  {share:>9}  {words}"))?;
        }
    }
    if let Some(more) = flag.points_needed {
        output::line(&format!("About {more} more weekly points like these would settle it."))?;
    }
    Ok(())
}

fn rules(flag: &Flag) -> anyhow::Result<()> {
    let bad = flag.worse.as_deref().map_or_else(String::new, |side| format!("; {side} is the bad side"));
    let all = [
        ("last three points", flag.rule_3pt),
        ("last four points", flag.rule_4pt),
        ("last five points", flag.rule_5pt),
        ("median of the last three", flag.rule_median3),
        ("least-squares line", flag.rule_trend_ols),
        ("Theil–Sen line", flag.rule_trend_ts),
    ];
    if all.iter().all(|(_, position)| *position == "insufficient") {
        return output::line("\nThe usual rules have nothing to go by: too few points, or no aimline.");
    }
    output::line(&format!("\nWhat the usual rules see, against the aimline{bad}"))?;
    all.iter().try_for_each(|(rule, position)| output::line(&format!("  {rule:<24} {position}")))
}

fn mode(mode: &str) -> &str {
    match mode {
        "classical" => "the classical rules",
        "posterior" => "the goal's data and what goals alike say of it",
        _ => "the goal's own data",
    }
}

fn day(day: NaiveDate) -> String {
    day.format("%-d %B %Y").to_string()
}

fn number(value: f64) -> String {
    let text = format!("{value:.1}");
    text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
}

fn signed(value: f64) -> String {
    format!("{value:+.2}")
}

fn capital(status: &str) -> String {
    let text = status.replace('_', " ");
    text.char_indices().map(|(at, letter)| if at == 0 { letter.to_ascii_uppercase() } else { letter }).collect()
}

/// The tables of an output folder, a row at a time.
struct Tables<'a> {
    folder: &'a Path,
}

impl Tables<'_> {
    /// Texts of the row with this key; empty where nothing stands.
    fn texts(&self, table: &str, key_column: &str, key: &str, columns: &[&str]) -> anyhow::Result<Vec<String>> {
        let frame = read::frame(&self.folder.join(format!("dataset/{table}.parquet")))?;
        let keys = frame.column(key_column)?.str()?;
        let row = (0..frame.height()).find(|row| keys.get(*row) == Some(key));
        let text = |column: &&str| -> anyhow::Result<String> {
            let cells = frame.column(column)?.str()?;
            Ok(row.and_then(|row| cells.get(row)).unwrap_or_default().to_owned())
        };
        columns.iter().map(text).collect()
    }

    /// Paths of the sources, by their keys.
    fn paths(&self) -> anyhow::Result<BTreeMap<String, String>> {
        let frame = read::frame(&self.folder.join("dataset/sources.parquet"))?;
        let (keys, paths) = (frame.column("source_id")?.str()?, frame.column("path")?.str()?);
        let pair = |row| Some((keys.get(row)?.to_owned(), paths.get(row)?.to_owned()));
        Ok((0..frame.height()).filter_map(pair).collect())
    }

    fn measure(&self, key: &str) -> anyhow::Result<Option<Measure>> {
        let path = self.folder.join("dataset/measures.parquet");
        let frame = read::frame(&path)?;
        let keys = frame.column("measure_key")?.str()?;
        let Some(row) = (0..frame.height()).find(|row| keys.get(*row) == Some(key)) else { return Ok(None) };
        let text = |name: &str| -> anyhow::Result<Option<String>> { Ok(frame.column(name)?.str()?.get(row).map(str::to_owned)) };
        let whole = |name: &str| -> anyhow::Result<Option<i64>> { Ok(frame.column(name)?.i64()?.get(row)) };
        let float = |name: &str| -> anyhow::Result<Option<f64>> { Ok(frame.column(name)?.f64()?.get(row)) };
        Ok(Some(Measure {
            measure_key: key.to_owned(),
            name: text("name")?,
            unit: text("unit")?,
            family: text("family")?,
            direction: text("direction")?,
            target_value: float("target_value")?,
            target_date: frame.column("target_date")?.date()?.physical().get(row).and_then(date),
            criterion_k: whole("criterion_k")?,
            criterion_n: whole("criterion_n")?,
            ..Measure::default()
        }))
    }
}
