//! Every estimator against an independent computation, by scipy, statsmodels and numpy (tests/differential.py).
//!
//! AIMLINE_TEST_PYTHON names an interpreter that has scipy and statsmodels; without one the test says so and ends, unless
//! AIMLINE_REQUIRE_SCIPY=1. AIMLINE_DIFFERENTIAL_SERIES sets the number of random series (300), AIMLINE_DIFFERENTIAL_SEED their
//! seed.
#![allow(clippy::unwrap_used, clippy::disallowed_methods, clippy::print_stderr)]

use std::collections::BTreeMap;
use std::process::Command;

use aimline_trend::prior::{Evidence, PriorSettings, fit_prior};
use aimline_trend::{
    Glm, OwnData, Share, Side, anchored, beta_cdf, celeration, counts, describe, mad_sd, mann_kendall, normal_cdf, ols, own_data,
    projection, quarter_intersect, siegel, split_middle, t_cdf, theil_sen, trials, tukey_line,
};

fn var(name: &str, default: &str) -> String {
    std::env::var(name).unwrap_or_else(|_| default.to_owned())
}

/// What the script prints, or why there is none.
fn computed() -> Result<String, String> {
    let python = var("AIMLINE_TEST_PYTHON", "python3");
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/differential.py");
    let run = |args: &[&str]| Command::new(&python).args(args).output().map_err(|error| format!("{python}: {error}"));
    if !run(&["-c", "import scipy, statsmodels.api"])?.status.success() {
        return Err(format!("{python} has no scipy with statsmodels"));
    }
    let output = run(&[script, &var("AIMLINE_DIFFERENTIAL_SERIES", "300"), &var("AIMLINE_DIFFERENTIAL_SEED", "1")])?;
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Ok(String::from_utf8(output.stdout).unwrap())
}

/// How far apart the two may be, in units of the scale that the script gives.
fn tolerance(kind: &str) -> f64 {
    match kind {
        // Nelder–Mead finds a maximum to about the root of the rounding.
        "penalized" => 1e-5,
        // statsmodels iterates to about 1e-9.
        "trials" | "counts" => 1e-7,
        // The fixed point of the spread, by two ways of iterating.
        "prior" => 1e-6,
        // scipy's distributions.
        "t" | "beta" | "share" => 1e-10,
        _ => 1e-10,
    }
}

#[test]
fn estimators_agree_with_other_programs() {
    let text = match computed() {
        Ok(text) => text,
        Err(why) => {
            assert_ne!(var("AIMLINE_REQUIRE_SCIPY", ""), "1", "{why}");
            eprintln!("skipped: {why}");
            return;
        }
    };
    let mut worst: BTreeMap<(String, usize), (f64, u32)> = BTreeMap::new();
    for line in text.lines() {
        let fields: Vec<&str> = line.split('|').collect();
        let numbers = |i: usize| -> Vec<f64> { fields[i].split_whitespace().map(|text| text.parse().unwrap()).collect() };
        let (kind, input) = (fields[0], [numbers(1), numbers(2), numbers(3), numbers(4)]);
        let got = compute(kind, &input);
        let wants: Vec<&str> = fields[5].split_whitespace().collect();
        assert_eq!(got.len(), wants.len(), "{line}");
        for (i, (got, want)) in got.into_iter().zip(wants).enumerate() {
            let entry = worst.entry((kind.to_owned(), i)).or_default();
            match (got, want.split_once(':')) {
                (Some(got), Some((value, scale))) => {
                    let (value, scale): (f64, f64) = (value.parse().unwrap(), scale.parse().unwrap());
                    let error = (got - value).abs() / scale;
                    assert!(error <= tolerance(kind), "value {i}: {got:e}, elsewhere {value:e}, off by {error:e}\n{line}");
                    *entry = (entry.0.max(error), entry.1 + 1);
                }
                (None, None) => {}
                // Only what the other program cannot give may be there on one side.
                (Some(_), None) if matches!((kind, i), ("kendall", 2) | ("prior", 6)) => {}
                (got, _) => panic!("value {i}: {got:?}, elsewhere {want}\n{line}"),
            }
        }
    }
    let kinds: Vec<&str> = worst.keys().map(|(kind, _)| kind.as_str()).collect();
    for kind in
        ["anchored", "beta", "celeration", "counts", "describe", "halves", "kendall", "ols", "own_data", "penalized", "prior"]
    {
        assert!(kinds.contains(&kind), "{kind}");
    }
    for ((kind, i), (error, compared)) in &worst {
        eprintln!("{kind:>12} {i}: {compared:>6} compared, worst {error:.1e}");
    }
}

fn compute(kind: &str, [a, b, c, d]: &[Vec<f64>; 4]) -> Vec<Option<f64>> {
    match kind {
        "ols" => {
            let fit = ols(a, b).unwrap();
            let ahead = projection(&fit, c[0], 0.0);
            vec![
                Some(fit.slope),
                Some(fit.intercept),
                fit.slope_se,
                fit.intercept_se,
                fit.residual_sd,
                fit.r2,
                ahead.map(|at| at.level),
                ahead.map(|at| at.level_se),
                ahead.map(|at| at.value_sd),
            ]
        }
        "anchored" => {
            let fit = anchored(a, b, c[0], c[1]).unwrap();
            vec![Some(fit.slope), fit.slope_se, fit.residual_sd]
        }
        "theil_sen" => {
            let fit = theil_sen(a, b, 0.9).unwrap();
            vec![Some(fit.slope), Some(fit.intercept_separate), Some(fit.intercept_joint), fit.lo, fit.hi]
        }
        "siegel" => siegel(a, b).map(|fit| vec![Some(fit.slope), Some(fit.intercept)]).unwrap(),
        "kendall" => {
            let test = mann_kendall(a, b).unwrap();
            // scipy's normal p has no continuity correction.
            let p = test.z.map(|_| 2.0 * normal_cdf(-test.s.abs() / test.var_s.sqrt()));
            vec![Some(test.s), test.tau_b, p, test.p_exact]
        }
        "describe" => {
            let got = describe(a).unwrap();
            vec![Some(got.mean), got.sd, mad_sd(a)]
        }
        "halves" => {
            let (tukey, quarter, middle) = (tukey_line(a, b), quarter_intersect(a, b).unwrap(), split_middle(a, b).unwrap());
            assert_eq!(quarter.slope, middle.slope);
            vec![
                tukey.map(|line| line.slope),
                tukey.map(|line| line.intercept),
                Some(quarter.slope),
                Some(quarter.intercept),
                Some(middle.intercept),
            ]
        }
        "celeration" => {
            let fit = celeration(a, b, &vec![0.1; b.len()]).unwrap();
            vec![Some(fit.celeration), Some(fit.bounce)]
        }
        "own_data" => {
            let worse = if c[0] > 0.0 { Side::Below } else { Side::Above };
            let against = OwnData { need: c[1], kappa: 0.5, x_g: c[2], goal: c[3], worse, resolution: 1.0 };
            let p = own_data(&ols(a, b).unwrap(), &against).unwrap();
            vec![Some(p.p_slow), Some(p.p_stall), Some(p.p_neg), Some(p.p_goal)]
        }
        "trials" => glm(trials(a, b, c, false).ok()),
        "counts" => glm(counts(a, b, c).ok()),
        "penalized" => {
            let fit = trials(a, b, c, true).unwrap_or_else(|why| panic!("{why} {a:?} {b:?} {c:?}"));
            vec![Some(fit.at(0.0)), Some(fit.slope)]
        }
        "t" => vec![Some(t_cdf(a[0], a[1]))],
        "beta" => vec![Some(beta_cdf(a[0], a[1], a[2]))],
        "share" => {
            let share = Share::new(a[0] as u32, a[1] as u32).unwrap();
            let (wilson, exact) = (share.wilson(0.9).unwrap(), share.clopper_pearson(0.9).unwrap());
            [wilson.0, wilson.1, exact.0, exact.1].map(Some).to_vec()
        }
        "prior" => {
            let goal = |((slope, variance), (df, slope_unit)): ((&f64, &f64), (&f64, &f64))| Evidence {
                x_mean: 0.0,
                level: 0.0,
                slope: *slope,
                level_unit: 1.0,
                slope_unit: *slope_unit,
                variance: *variance,
                df: *df,
                rounding: 0.0,
                least_variance: 0.0,
            };
            let goals: Vec<Evidence> = a.iter().zip(b).zip(c.iter().zip(d)).map(goal).collect();
            let two = fit_prior(&goals, PriorSettings::default()).unwrap();
            let settled = fit_prior(&goals, PriorSettings { weighted_rounds: 300, ..PriorSettings::default() }).unwrap();
            let numbers =
                [two.mean, two.spread_square, two.mean_var, two.spread_square_se, two.noise_df, two.noise, settled.spread_square];
            numbers.map(Some).to_vec()
        }
        other => panic!("{other}"),
    }
}

fn glm(fit: Option<Glm>) -> Vec<Option<f64>> {
    vec![
        fit.map(|fit| fit.at(0.0)),
        fit.map(|fit| fit.slope),
        fit.map(|fit| fit.var_at(0.0).sqrt()),
        fit.map(|fit| fit.slope_var.sqrt()),
        fit.and_then(|fit| fit.dispersion()),
    ]
}
