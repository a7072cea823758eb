//! Regenerates the operating characteristic, as CSV on standard output:
//!
//!     cargo run --release -p aimline-trend --example operating_characteristic > crates/trend/tests/data/operating_characteristic.csv
//!
//! A number after `--` sets the students of each scenario (40,000). Simulated under stated assumptions: slopes N(1.2, 0.6²) a
//! week, 1.5 needed, three baseline probes, weekly looks at weeks 6 to 30.
#![allow(clippy::print_stdout)]

use aimline_trend::simulate::{Scenario, SlopeLaw, operating_characteristic};

fn main() {
    let goals = std::env::args().nth(1).and_then(|text| text.parse().ok()).unwrap_or(40_000);
    let base = Scenario { goals, stratum: goals, ..Scenario::default() };
    let mut scenarios = Vec::new();
    for see in [5.0, 10.0, 15.0] {
        scenarios.push(("prior on all", Scenario { see, ..base }, false));
        for stratum in [30, 100, 200, 1_000] {
            scenarios.push(("prior on a stratum", Scenario { see, stratum, ..base }, false));
        }
    }
    let correlated = Scenario { autocorrelation: 0.3, ..base };
    scenarios.push(("errors correlated 0.3 (not allowed for)", correlated, false));
    scenarios.push(("errors correlated 0.3 (allowed for)", correlated, true));
    scenarios.push(("heavy-tailed slopes", Scenario { slope_law: SlopeLaw::HeavyTailed, ..base }, false));
    scenarios.push(("slopes of two groups", Scenario { slope_law: SlopeLaw::TwoGroups, ..base }, false));
    println!(
        "assumption,see,stratum,rule,false_alarm_30,found_12,found_20,ppv_stalled,ppv_slow,coverage_90_least,coverage_90_most,rmse_8_ols,rmse_8_posterior"
    );
    for (name, scenario, autocorrelated) in scenarios {
        let Some(table) = operating_characteristic(&scenario, autocorrelated) else { continue };
        let show = |value: Option<f64>| value.map_or_else(String::new, |value| format!("{value:.3}"));
        for row in &table.rows {
            let shares = [row.false_alarm, row.found_12, row.found_20, row.ppv_stalled, row.ppv_slow].map(show).join(",");
            let checks = &table.checks;
            let (least, most) = checks.coverage_90;
            let rmse = [checks.rmse_ols_8, checks.rmse_posterior_8].map(show).join(",");
            println!("{name},{},{},{},{shares},{least:.3},{most:.3},{rmse}", scenario.see, scenario.stratum, row.rule.name());
        }
    }
}
