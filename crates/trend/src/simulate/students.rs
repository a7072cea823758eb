//! The students: true growth, baseline probes, weekly scores.

use super::random::Draws;
use crate::student::t_quantile;

/// How true slopes are spread, with the scenario's mean and standard deviation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SlopeLaw {
    /// Normal.
    Normal,
    /// Student's t with 3 degrees of freedom, scaled: heavy tails.
    HeavyTailed,
    /// Two normals, 3 in 10 students near no growth: half of the standard deviation within, the means as far apart as the whole
    /// asks.
    TwoGroups,
}

/// What is assumed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scenario {
    /// The seed.
    pub seed: u64,
    /// How many students.
    pub goals: u32,
    /// How many of them share a stratum, on which the prior is fitted.
    pub stratum: u32,
    /// Mean true slope, per week.
    pub slope_mean: f64,
    /// Standard deviation of the true slopes.
    pub slope_sd: f64,
    /// Their law.
    pub slope_law: SlopeLaw,
    /// The needed slope.
    pub need: f64,
    /// Standard error of estimate of the median student.
    pub see: f64,
    /// Standard deviation of its logarithm.
    pub see_log_sd: f64,
    /// Correlation of the errors of two weeks in a row.
    pub autocorrelation: f64,
    /// Baseline probes at week 0; their median is the baseline. Odd.
    pub probes: u32,
    /// The first week with a look.
    pub first_look: u32,
    /// The last.
    pub last_look: u32,
}

impl Default for Scenario {
    /// Plausible settings for words correct per minute, not estimates from any district.
    fn default() -> Self {
        Self {
            seed: 1,
            goals: 40_000,
            stratum: 40_000,
            slope_mean: 1.2,
            slope_sd: 0.6,
            slope_law: SlopeLaw::Normal,
            need: 1.5,
            see: 10.0,
            see_log_sd: 0.25,
            autocorrelation: 0.0,
            probes: 3,
            first_look: 6,
            last_look: 30,
        }
    }
}

/// One student: the truth and the data.
#[derive(Clone, Debug)]
pub struct Student {
    /// True slope, per week.
    pub slope: f64,
    /// Scores: the baseline probes at week 0, then one a week.
    pub y: Vec<f64>,
}

impl Scenario {
    /// The weeks of a student's scores.
    pub fn weeks(&self) -> Vec<f64> {
        (0..self.probes).map(|_| 0.0).chain((1..=self.last_look).map(f64::from)).collect()
    }

    /// Student number `index`. The true level at week 0 is 50; no rule depends on it. Baseline probes are of one day: their
    /// errors are independent, and the last one's carries over into week 1.
    pub fn student(&self, index: u32) -> Student {
        let mut draws = Draws::new(self.seed, u64::from(index));
        let slope = self.slope_mean + self.slope_sd * self.standard_slope(&mut draws);
        let see = self.see * libm::exp(self.see_log_sd * draws.normal());
        let (phi, fresh) = (self.autocorrelation, (1.0 - self.autocorrelation * self.autocorrelation).sqrt());
        let mut error = 0.0;
        let y = self
            .weeks()
            .into_iter()
            .map(|week| {
                let new = draws.normal();
                error = if week > 0.0 { phi * error + fresh * new } else { new };
                50.0 + slope * week + see * error
            })
            .collect();
        Student { slope, y }
    }

    /// A slope of mean 0 and variance 1.
    fn standard_slope(&self, draws: &mut Draws) -> f64 {
        match self.slope_law {
            SlopeLaw::Normal => draws.normal(),
            // The variance of t with 3 degrees of freedom is 3.
            SlopeLaw::HeavyTailed => t_quantile(draws.unit(), 3.0) / 3f64.sqrt(),
            SlopeLaw::TwoGroups => {
                // Variance within 1/4, between .3 · .7 · gap² = 3/4.
                let gap = (0.75f64 / 0.21).sqrt();
                let group = if draws.unit() < 0.3 { -0.7 * gap } else { 0.3 * gap };
                group + 0.5 * draws.normal()
            }
        }
    }
}
