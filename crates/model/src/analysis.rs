//! The rows of `analysis/`.

use crate::schema::tables;
use chrono::NaiveDate;

type Text = Option<String>;
type Date = Option<NaiveDate>;
type Float = Option<f64>;
type Int = Option<i64>;

tables! {
    /// One segment of a measure.
    Trend "analysis" / "trends", "a measure and segment" {
        measure_key: String, Text, Indirect, "", "", "Measure.";
        goal_key: Text, Text, Indirect, "", "", "Goal.";
        student_key: Text, Text, Indirect, "", "", "Student.";
        as_of: Date, Date, None, "", "", "Day up to which data counts.";
        segment: i64, Int, None, "", "", "1 is the first; a change of phase or form level begins another.";
        segment_label: Text, Text, Direct, "", "", "Phase and level of the segment.";
        axis: &'static str, Text, None, "calendar, instructional, session", "", "What x counts.";
        n: i64, Int, None, "points", "", "Analysis points: one a day, session and form.";
        n_raw: i64, Int, None, "rows", "", "Rows behind them.";
        n_pre: i64, Int, None, "points", "", "Points before the baseline's date; they are in nothing else.";
        first_date: Date, Date, Indirect, "", "", "First point.";
        last_date: Date, Date, Indirect, "", "", "Last point.";
        baseline: Float, Float, None, "the measure's unit", "", "Baseline of the aimline.";
        baseline_date: Date, Date, Indirect, "", "", "Where the aimline begins.";
        baseline_source: String, Text, None, "stated, text, first_three, none", "", "Where the baseline comes from.";
        target: Float, Float, None, "the measure's unit", "", "Where the aimline ends.";
        target_date: Date, Date, Indirect, "", "", "When.";
        need_per_week: Float, Float, None, "unit per 7 days", "", "(target - baseline) / weeks between them, the same in every phase.";
        slope_ols: Float, Float, None, "unit per 7 days", "", "Rate of improvement by ordinary least squares.";
        slope_ols_se: Float, Float, None, "unit per 7 days", "", "Its standard error.";
        slope_ols_lo: Float, Float, None, "unit per 7 days", "", "Lower end of its interval.";
        slope_ols_hi: Float, Float, None, "unit per 7 days", "", "Upper end of its interval.";
        intercept_ols: Float, Float, None, "the measure's unit", "", "Fitted level at the segment's first point.";
        residual_sd: Float, Float, None, "the measure's unit", "", "Spread around the line, n - 2 degrees of freedom.";
        r2: Float, Float, None, "0 to 1", "", "Share of variance; null for a constant series. Not a measure of growth.";
        slope_ts: Float, Float, None, "unit per 7 days", "", "Theil-Sen slope: the median of the slopes of all pairs.";
        slope_ts_lo: Float, Float, None, "unit per 7 days", "", "Lower end of Sen's interval.";
        slope_ts_hi: Float, Float, None, "unit per 7 days", "", "Upper end of Sen's interval.";
        ci: f64, Float, None, "0 to 1", "", "Level of the intervals.";
        level_now: Float, Float, None, "the measure's unit", "", "Fitted level at the last point; the median when there are fewer than 3.";
        needed_from_now: Float, Float, None, "unit per 7 days", "", "Rate that would still reach the target on its date.";
        ruleset: String, Text, None, "", "", "Name and hash of the rule set.";
    }
    /// The verdict on a goal.
    Flag "analysis" / "flags", "a goal, for its primary measure" {
        goal_key: String, Text, Indirect, "", "", "Goal.";
        measure_key: Text, Text, Indirect, "", "", "Primary measure.";
        student_key: Text, Text, Indirect, "", "", "Student.";
        as_of: Date, Date, None, "", "", "Day of the verdict; the last day of a goal that is not current.";
        status: &'static str, Text, None, "invalid_goal, no_target, no_baseline, no_data, met, ceiling, stale, insufficient, regressing, stalled, slow, ahead, on_track, uncertain", "", "Verdict.";
        since: Date, Date, Indirect, "", "", "First day of the unbroken run of looks with this status.";
        mode: &'static str, Text, None, "posterior, own_data, classical", "", "What sets the status.";
        worse: Text, Text, None, "above, below", "", "The bad side of the aimline.";
        rule_3pt: &'static str, Text, None, "below, above, on, mixed, insufficient", "", "Last three points, literally.";
        rule_4pt: &'static str, Text, None, "below, above, on, mixed, insufficient", "", "Last four points, literally.";
        rule_5pt: &'static str, Text, None, "below, above, on, mixed, insufficient", "", "Last five points, literally.";
        rule_median3: &'static str, Text, None, "below, above, on, mixed, insufficient", "", "Median of the last three against the aimline at the last date.";
        rule_trend_ols: &'static str, Text, None, "below, above, on, mixed, insufficient", "", "Least-squares slope against the aimline's.";
        rule_trend_ts: &'static str, Text, None, "below, above, on, mixed, insufficient", "", "Theil-Sen slope against the aimline's.";
        run_below: i64, Int, None, "points", "", "Latest unbroken points on the worse side.";
        n_used: i64, Int, None, "points", "", "Analysis points of the current segment.";
        p_slow: Float, Float, None, "0 to 1", "", "Probability that the slope is below need_per_week.";
        p_stall: Float, Float, None, "0 to 1", "", "Probability that it is below half of it.";
        p_neg: Float, Float, None, "0 to 1", "", "Probability that the student moves the wrong way.";
        p_goal: Float, Float, None, "0 to 1", "", "Probability that the level on the target's date is at the target or better.";
        scale: Text, Text, None, "identity, logit, log", "", "Scale on which the line behind the probabilities is fitted: the measure's own unit, the logit of a share, the logarithm of a rate or duration.";
        rung: Text, Text, None, "stratum, measure, family, own_data", "", "Which goals lend it strength: same measure and level, same measure, same unit; or none.";
        prior: Text, Text, None, "", "", "The prior's hash in priors; null where the goal's own data stand alone.";
        slope_posterior: Float, Float, None, "the scale per 7 days", "", "Slope drawn toward the prior's mean by as much as the goal's own data are uncertain.";
        slope_posterior_sd: Float, Float, None, "the scale per 7 days", "", "Its standard deviation.";
        own_share: Float, Float, None, "0 to 1", "", "Weight of the goal's own data in it.";
        current: bool, Bool, None, "", "", "Whether the goal is in effect on the run's as_of.";
        reported_code: Text, Text, None, "making, not_making, not_addressed, met, other", "", "Code of the latest progress report.";
        not_making_run: i64, Int, None, "reports", "", "Latest unbroken reports that say not making progress.";
        points_needed: Int, Int, None, "weekly points", "", "Further weekly points that would settle an uncertain verdict.";
        reasons: Text, Text, None, "", "", "Reasons, separated by spaces.";
        attention: i64, Int, None, "", "", "Place in the order of attention, 1 first.";
        ruleset: String, Text, None, "", "", "Name and hash of the rule set.";
    }
    /// What a check found.
    Check "analysis" / "checks", "a check and what it looked at" {
        check: &'static str, Text, None, "", "", "Check: C01 and so on; the workbook checks.xlsx explains each.";
        title: &'static str, Text, None, "", "", "The check in few words.";
        subject_kind: &'static str, Text, None, "student, plan, goal, objective, report, service", "", "What was looked at.";
        subject_key: String, Text, Indirect, "", "", "Its key; of a report: goal and day, or a hash of its place; of a service: plan and place in the list.";
        student_key: Text, Text, Indirect, "", "", "Student.";
        plan_key: Text, Text, Indirect, "", "", "Plan.";
        goal_key: Text, Text, Indirect, "", "", "Goal.";
        outcome: &'static str, Text, None, "pass, fail, not_applicable, cannot_determine", "", "Answer.";
        severity: &'static str, Text, None, "error, warning, info", "", "What a fail is.";
        as_of: Date, Date, None, "", "", "Day up to which records count.";
        due: Date, Date, Indirect, "", "", "Day by which it is due, where there is one; included.";
        citation: Text, Text, None, "", "", "Rule that asks for it; null for practice.";
        dese_indicator: Text, Text, None, "", "", "Indicator number that the district's configuration gives the check.";
        seen: String, Text, Indirect, "", "", "What was seen, in words.";
        why: Text, Text, None, "", "", "Why it does not apply or cannot be told.";
        evidence: Text, Text, Indirect, "", "", "Keys of the rows it rests on, separated by spaces.";
        source_id: Text, Text, None, "", "", "Source of what was looked at.";
        ruleset: String, Text, None, "", "", "Name and hash of the rule set.";
    }
    /// Counts of a group.
    Summary "analysis" / "summaries", "a district, school or case manager" {
        level: &'static str, Text, None, "district, school, case_manager", "", "What the group is.";
        name: Text, Text, Indirect, "", "", "Which one.";
        as_of: Date, Date, None, "", "", "Day of the verdicts.";
        students: i64, Int, None, "students", "", "Students with a current goal.";
        goals: i64, Int, None, "goals", "", "Current goals: the sum of the four counts that follow.";
        need_meeting: i64, Int, None, "goals", "", "Regressing or stalled.";
        slow_or_uncertain: i64, Int, None, "goals", "", "Slow or uncertain.";
        on_track_or_met: i64, Int, None, "goals", "", "On track, ahead or met.";
        cannot_judge: i64, Int, None, "goals", "", "All others.";
        ruleset: String, Text, None, "", "", "Name and hash of the rule set.";
    }
    /// What goals on one measure say of one another. No child's data.
    PriorRow "analysis" / "priors", "a prior" {
        prior: String, Text, None, "", "", "Hash of its numbers.";
        rung: &'static str, Text, None, "stratum, measure, family", "", "What its goals share: measure and level, measure, or unit and family only.";
        measure: Text, Text, None, "", "", "Name of the measure, in small letters; null for a family.";
        unit: Text, Text, None, "", "", "Unit.";
        family: String, Text, None, "", "", "Family of the measure.";
        direction: String, Text, None, "increase, decrease", "", "Better side.";
        level: Text, Text, None, "", "", "Form level or grade of the material; only of a stratum.";
        schedule: Text, Text, None, "daily, weekly", "", "Usual gap between points: under four days, or more; only of a stratum.";
        scale: String, Text, None, "identity, logit, log", "", "Scale of all that follows.";
        goals: i64, Int, None, "goals", "", "How many goals it was fitted on.";
        files: i64, Int, None, "files", "", "How many prior files are pooled in it.";
        used: i64, Int, None, "goals", "", "Goals of this run whose verdict rests on it.";
        mean: f64, Float, None, "the scale per 7 days", "", "Mean slope.";
        mean_var: f64, Float, None, "", "", "Variance of that mean.";
        spread_square: f64, Float, None, "", "", "Variance of the true slopes, noise taken off; below 0 when the slopes differ by less than their noise.";
        spread_square_se: f64, Float, None, "", "", "Its standard error.";
        noise: f64, Float, None, "the scale squared", "", "Typical residual variance, or dispersion.";
        noise_df: Float, Float, None, "", "", "What it is worth in degrees of freedom; null when all goals are equally noisy.";
        excess_kurtosis: f64, Float, None, "", "", "Of the standardized slopes.";
        weight_1: Float, Float, None, "0 to 1", "", "Where two normals stand for one: weight of the first.";
        mean_1: Float, Float, None, "the scale per 7 days", "", "Its mean.";
        spread_1: Float, Float, None, "the scale per 7 days", "", "Its standard deviation.";
        weight_2: Float, Float, None, "0 to 1", "", "Weight of the second.";
        mean_2: Float, Float, None, "the scale per 7 days", "", "Its mean.";
        spread_2: Float, Float, None, "the scale per 7 days", "", "Its standard deviation.";
        autocorrelation: f64, Float, None, "0 to 1", "", "Correlation of the errors of two points a week apart (daily: a school day apart).";
    }
}
