//! The operating characteristic: what each rule says of students whose growth is known.

use super::students::{Scenario, Student};
use crate::Terms;
use crate::aimline::Aimline;
use crate::median::median;
use crate::ols::{Ols, ols};
use crate::position::{Position, Side};
use crate::posterior::{OwnData, own_data};
use crate::prior::{Evidence, Lag, PhiFit, Posteriors, PriorSettings, Series, fit_prior};
use crate::rules::{Limits, RulePoints, trend_position};
use crate::student::t_quantile;

/// A share of the needed slope below which a student is stalled.
const KAPPA: f64 = 0.5;

/// A rule with its setting.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Rule {
    /// The last k points below the aimline.
    Points(u32),
    /// The median of the last three below it.
    Median3,
    /// The least-squares slope below the needed one.
    Trend,
    /// Own data: p_slow at least this.
    OwnSlow(f64),
    /// Posterior: p_slow at least this.
    Slow(f64),
    /// Posterior: p_stall at least this.
    Stalled(f64),
}

impl Rule {
    /// The rules of the published table.
    pub const ALL: [Self; 13] = [
        Self::Points(3),
        Self::Points(4),
        Self::Points(5),
        Self::Points(6),
        Self::Median3,
        Self::Trend,
        Self::OwnSlow(0.9),
        Self::Slow(0.8),
        Self::Slow(0.9),
        Self::Slow(0.95),
        Self::Stalled(0.7),
        Self::Stalled(0.8),
        Self::Stalled(0.9),
    ];

    /// A name for the table.
    pub fn name(self) -> String {
        match self {
            Self::Points(k) => format!("{k} consecutive"),
            Self::Median3 => "median of 3".to_owned(),
            Self::Trend => "trend".to_owned(),
            Self::OwnSlow(gamma) => format!("own data slow {gamma:.2}"),
            Self::Slow(gamma) => format!("posterior slow {gamma:.2}"),
            Self::Stalled(gamma) => format!("posterior stalled {gamma:.2}"),
        }
    }
}

/// One rule's row. Shares of students; `None` where there are none to take a share of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Row {
    /// The rule.
    pub rule: Rule,
    /// Of those who truly grow as needed: flagged at some look.
    pub false_alarm: Option<f64>,
    /// Of those truly stalled: flagged by week 12.
    pub found_12: Option<f64>,
    /// Of those truly stalled: flagged by week 20.
    pub found_20: Option<f64>,
    /// Of those flagged, at their first flag: truly stalled.
    pub ppv_stalled: Option<f64>,
    /// Of those flagged, at their first flag: truly below the needed slope.
    pub ppv_slow: Option<f64>,
}

/// What the simulated truth says of the posterior itself.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Checks {
    /// Smallest and largest share of true slopes inside the 90 % interval, over the looks.
    pub coverage_90: (f64, f64),
    /// Root mean square error of the least-squares slope at week 8.
    pub rmse_ols_8: Option<f64>,
    /// Of the posterior mean at week 8.
    pub rmse_posterior_8: Option<f64>,
}

/// The operating characteristic of a scenario.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// One row a rule.
    pub rows: Vec<Row>,
    /// Calibration.
    pub checks: Checks,
}

/// What is kept of a student between looks.
struct Case {
    student: Student,
    aimline: Aimline,
    first: [Option<u32>; Rule::ALL.len()],
}

/// Plays the scenario: at each weekly look all students are judged by each rule, priors being fitted on that look's data only,
/// stratum by stratum. With `autocorrelated` the pooled φ is estimated and allowed for. `None` for a scenario that cannot be
/// played (no students, an even number of probes, no weeks).
pub fn operating_characteristic(scenario: &Scenario, autocorrelated: bool) -> Option<Table> {
    let weeks = scenario.weeks();
    let probes = scenario.probes as usize;
    let mut cases = (0..scenario.goals).map(|index| case(scenario, index)).collect::<Option<Vec<Case>>>()?;
    let mut coverage = (f64::INFINITY, f64::NEG_INFINITY);
    let (mut rmse_ols, mut rmse_posterior) = (None, None);
    for week in scenario.first_look..=scenario.last_look {
        let n = probes + week as usize;
        let x = weeks.get(..n)?;
        let (mut inside, mut judged, mut errors) = (0.0, 0.0, (0.0, 0.0));
        for stratum in cases.chunks_mut(scenario.stratum.max(1) as usize) {
            let lines: Vec<Ols> = stratum.iter().map(|case| ols(x, case.student.y.get(..n)?)).collect::<Option<_>>()?;
            let goals = evidence(stratum, &lines, x, autocorrelated)?;
            let prior = fit_prior(&goals, PriorSettings::default()).map(|prior| Posteriors::new(&prior));
            for ((case, line), goal) in stratum.iter_mut().zip(&lines).zip(&goals) {
                let estimate = judge(case, line, goal, prior.as_ref(), x, probes, week)?;
                if let Some((mean, sd, df)) = estimate {
                    let gap = (mean - case.student.slope).abs();
                    inside += f64::from(u8::from(gap <= sd * t_quantile(0.95, df)));
                    judged += 1.0;
                    errors.0 += (line.slope - case.student.slope) * (line.slope - case.student.slope);
                    errors.1 += gap * gap;
                }
            }
        }
        if judged > 0.0 {
            coverage = (coverage.0.min(inside / judged), coverage.1.max(inside / judged));
            if week == 8 {
                (rmse_ols, rmse_posterior) = (Some((errors.0 / judged).sqrt()), Some((errors.1 / judged).sqrt()));
            }
        }
    }
    let rows = Rule::ALL.iter().enumerate().map(|(i, rule)| row(scenario, &cases, i, *rule)).collect();
    Some(Table { rows, checks: Checks { coverage_90: coverage, rmse_ols_8: rmse_ols, rmse_posterior_8: rmse_posterior } })
}

fn case(scenario: &Scenario, index: u32) -> Option<Case> {
    let student = scenario.student(index);
    let baseline = median(&mut student.y.get(..scenario.probes as usize)?.to_vec())?;
    let end = f64::from(scenario.last_look) + 1.0;
    let aimline = Aimline::new(0.0, baseline, end, baseline + scenario.need * end)?;
    (!scenario.probes.is_multiple_of(2)).then_some(Case { student, aimline, first: [None; Rule::ALL.len()] })
}

fn evidence(stratum: &[Case], lines: &[Ols], x: &[f64], autocorrelated: bool) -> Option<Vec<Evidence>> {
    let plain = lines.iter().map(|line| Evidence::of_ols(line, 0.0));
    if !autocorrelated {
        return Some(plain.collect());
    }
    let lag = Lag { unit: 1.0, least: 1.0 };
    let series: Vec<Series> =
        stratum.iter().map(|case| Series::new(x, case.student.y.get(..x.len())?, lag)).collect::<Option<_>>()?;
    let mut fit = PhiFit::new();
    let phi = loop {
        if let Some(phi) = fit.phi() {
            break phi;
        }
        let mut sums = Terms::default();
        series.iter().for_each(|series| sums.add(fit.terms(series)));
        fit.advance(&sums)?;
    };
    // All students have the same weeks, so the factors are one's.
    let factors = series.first()?.factors(phi);
    Some(plain.map(|goal| goal.with(&factors)).collect())
}

/// Notes the first look at which each rule flags the student; posterior mean, standard deviation and degrees of freedom of the
/// slope.
fn judge(
    case: &mut Case,
    line: &Ols,
    goal: &Evidence,
    prior: Option<&Posteriors>,
    x: &[f64],
    probes: usize,
    week: u32,
) -> Option<Option<(f64, f64, f64)>> {
    let limits = Limits::default();
    let (need, span) = (case.aimline.need(), f64::from(week));
    let against =
        OwnData { need, kappa: KAPPA, x_g: case.aimline.x_g(), goal: case.aimline.g(), worse: Side::Below, resolution: 0.0 };
    let y = case.student.y.get(probes..x.len())?;
    let points = RulePoints::new(x.get(probes..)?, y, case.aimline, x.len(), span);
    let own = own_data(line, &against)?;
    let drawn = prior.and_then(|prior| prior.of(goal, &against));
    for (rule, first) in Rule::ALL.iter().zip(&mut case.first).filter(|(_, first)| first.is_none()) {
        let flagged = match *rule {
            Rule::Points(k) => points.k_point(k as usize, &limits).position == Position::Below,
            Rule::Median3 => points.median3(&limits).position == Position::Below,
            Rule::Trend => trend_position(Some(line.slope), need, x.len(), span, &limits).position == Position::Below,
            Rule::OwnSlow(gamma) => own.p_slow >= gamma,
            Rule::Slow(gamma) => drawn.is_some_and(|drawn| drawn.probabilities.p_slow >= gamma),
            Rule::Stalled(gamma) => drawn.is_some_and(|drawn| drawn.probabilities.p_stall >= gamma),
        };
        if flagged {
            *first = Some(week);
        }
    }
    Some(drawn.map(|drawn| (drawn.slope, drawn.slope_sd, drawn.df)))
}

fn row(scenario: &Scenario, cases: &[Case], rule_index: usize, rule: Rule) -> Row {
    let count = |keep: &dyn Fn(f64, Option<u32>) -> bool| {
        let kept = cases.iter().filter(|case| keep(case.student.slope, case.first.get(rule_index).copied().flatten()));
        kept.count() as f64
    };
    let share = |part: f64, whole: f64| (whole > 0.0).then(|| part / whole);
    let (need, stalled) = (scenario.need, KAPPA * scenario.need);
    let by = |week: u32| move |slope: f64, first: Option<u32>| slope < stalled && first.is_some_and(|first| first <= week);
    let all_stalled = count(&|slope, _| slope < stalled);
    let flagged = count(&|_, first| first.is_some());
    Row {
        rule,
        false_alarm: share(count(&|slope, first| slope >= need && first.is_some()), count(&|slope, _| slope >= need)),
        found_12: share(count(&by(12)), all_stalled),
        found_20: share(count(&by(20)), all_stalled),
        ppv_stalled: share(count(&|slope, first| slope < stalled && first.is_some()), flagged),
        ppv_slow: share(count(&|slope, first| slope < need && first.is_some()), flagged),
    }
}
