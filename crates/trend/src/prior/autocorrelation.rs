//! Errors that hang together from one point to the next, estimated over the goals of a stratum.

use crate::exact_sum::Terms;
use crate::ols::ols;

/// The places of a [`LagGrid`].
const PLACES: [f64; 8] = [0.0, 0.1, 0.2, 0.3, 0.45, 0.6, 0.75, 0.9];

/// φ is looked for at this many places between two others, twice.
const GRID: usize = 20;

/// The largest φ that is looked at.
const MOST: f64 = 0.95;

/// Fewer points have no residuals to speak of.
const LEAST_POINTS: usize = 4;

/// How the time between points counts: the correlation of the errors of two points is φ^(time between them / unit).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lag {
    /// The time that φ belongs to, in the unit of x: the stratum's usual gap between points (a week; 0.2 for school days).
    pub unit: f64,
    /// Points nearer than this count as this far apart (a day, 1 / 7): two probes on one day have errors of their own.
    pub least: f64,
}

/// One goal's points as the autocorrelation sees them.
#[derive(Clone, Debug)]
pub struct Series {
    /// x less its mean, over √Sxx.
    slope: Vec<f64>,
    /// The time from the point before, in units; the first is 0.
    gap: Vec<f64>,
    /// Σ r_t r_(t+1) and Σ r² of the residuals from the goal's own line.
    products: f64,
    squares: f64,
}

/// What autocorrelated errors do to one goal's line. All 1 without autocorrelation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Autocorrelation {
    /// u′Ru / u′u, u = x − x̄: by so much the variance of the slope is larger.
    pub slope_factor: f64,
    /// 1′R1 / n: by so much that of the mean level is larger.
    pub level_factor: f64,
    /// tr(MR) / (n − 2), M the residual maker: by so much the residual variance is too small.
    pub variance_factor: f64,
}

impl Series {
    /// Points in order of x (of one x, in the order they were taken). `None` for fewer than four, x not ascending or all equal,
    /// values that are not finite, or a unit or least time that is not above 0.
    pub fn new(x: &[f64], y: &[f64], lag: Lag) -> Option<Self> {
        let line = ols(x, y)?;
        if x.len() < LEAST_POINTS || !x.is_sorted() || !(lag.unit > 0.0 && lag.least > 0.0) {
            return None;
        }
        let residuals: Vec<f64> = x.iter().zip(y).map(|(x, y)| y - line.at(*x)).collect();
        let products: f64 = residuals.iter().zip(residuals.iter().skip(1)).map(|(a, b)| a * b).sum();
        let squares: f64 = residuals.iter().map(|r| r * r).sum();
        let later = x.iter().zip(x.iter().skip(1)).map(|(a, b)| (b - a).max(lag.least) / lag.unit);
        Some(Self {
            slope: x.iter().map(|x| (x - line.x_mean) / line.sxx.sqrt()).collect(),
            gap: std::iter::once(0.0).chain(later).collect(),
            products,
            squares,
        })
    }

    /// R v for R_ij = φ^(time between i and j), by a sweep from either side.
    fn times(decay: &[f64], v: &[f64]) -> Vec<f64> {
        let mut carried = 0.0;
        let mut result: Vec<f64> = Vec::with_capacity(v.len());
        for (v, decay) in v.iter().zip(decay) {
            carried = v + decay * carried;
            result.push(carried);
        }
        // From the other side, the decay that leads to a point is the next one's.
        carried = 0.0;
        let from_later = decay.iter().skip(1).chain([&0.0]);
        for ((result, v), decay) in result.iter_mut().zip(v).zip(from_later.collect::<Vec<_>>()).rev() {
            // `carried` is the sum over later points, seen from the next one.
            let later = decay * carried;
            *result += later;
            carried = v + later;
        }
        result
    }

    /// tr(M S M R), S the lag-one matrix, and the factors, at `phi`.
    fn at(&self, phi: f64) -> (f64, Autocorrelation) {
        let n = self.slope.len() as f64;
        let decay: Vec<f64> = self.gap.iter().map(|gap| if phi > 0.0 { libm::pow(phi, *gap) } else { 0.0 }).collect();
        let level = vec![1.0 / n.sqrt(); self.slope.len()];
        let (r_level, r_slope) = (Self::times(&decay, &level), Self::times(&decay, &self.slope));
        let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
        let (c00, c01, c11) = (dot(&level, &r_level), dot(&level, &r_slope), dot(&self.slope, &r_slope));
        let mut trace = 0.0;
        let rows = || level.iter().zip(&self.slope).zip(r_level.iter().zip(&r_slope));
        for ((((l, s), (rl, rs)), ((l2, s2), (rl2, rs2))), decay) in rows().zip(rows().skip(1)).zip(decay.iter().skip(1)) {
            let once = l * rl2 + rl * l2 + s * rs2 + rs * s2;
            let twice = l * l2 * c00 + (l * s2 + s * l2) * c01 + s * s2 * c11;
            trace += decay - once + twice;
        }
        let factors = Autocorrelation { slope_factor: c11, level_factor: c00, variance_factor: (n - c00 - c11) / (n - 2.0) };
        (trace, factors)
    }

    /// The factors of this goal at `phi`, 0 to 0.95.
    pub fn factors(&self, phi: f64) -> Autocorrelation {
        self.at(phi.clamp(0.0, MOST)).1
    }
}

/// A stratum's φ in the making: two rounds of terms, as [`super::PriorFit`].
///
/// φ is where the sum over goals of Σ r_t r_(t+1) − Σ r² · tr(MSMR) / tr(MR) is 0: both sums of a goal are held against what φ
/// would make them, so that the bias of residuals (about −1/n) is taken out. Each goal's part has mean 0 at the true φ, whatever
/// its noise; noisy goals weigh more (dividing each by its own Σ r² would bias φ toward 0). Below 0 it is 0.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PhiFit {
    low: f64,
    high: f64,
    round: u32,
}

impl Default for PhiFit {
    fn default() -> Self {
        Self { low: 0.0, high: MOST, round: 0 }
    }
}

impl PhiFit {
    /// Before the first round.
    pub fn new() -> Self {
        Self::default()
    }

    fn place(&self, i: usize) -> f64 {
        self.low + (self.high - self.low) * i as f64 / (GRID - 1) as f64
    }

    /// One goal's terms.
    pub fn terms(&self, series: &Series) -> [f64; GRID] {
        let df = series.slope.len() as f64 - 2.0;
        std::array::from_fn(|i| {
            let (trace, factors) = series.at(self.place(i));
            series.products - series.squares * (trace / (factors.variance_factor * df))
        })
    }

    /// Ends a round with the exact sums. `None` when a term was not finite.
    pub fn advance(&mut self, sums: &Terms<GRID>) -> Option<()> {
        let sums = sums.values()?;
        // The sum falls as φ grows: the first place where it is not above 0, and the one before.
        let after = sums.iter().position(|sum| *sum <= 0.0);
        let last = self.round > 0;
        (self.low, self.high) = match after {
            Some(0) => (self.low, self.low),
            None => (self.high, self.high),
            Some(i) if last => {
                let (above, below) = (sums.get(i - 1)?, sums.get(i)?);
                let at = self.place(i - 1) + (self.place(i) - self.place(i - 1)) * above / (above - below);
                (at, at)
            }
            Some(i) => (self.place(i - 1), self.place(i)),
        };
        self.round += 1;
        Some(())
    }

    /// φ, after two rounds, or after one that already found an end.
    pub fn phi(&self) -> Option<f64> {
        (self.round > 1 || (self.round == 1 && self.low == self.high)).then_some(self.low)
    }
}

/// What one goal says of φ, and what each φ would do to it, at a few places: so that the points themselves are not needed again
/// once φ is known. In between, straight lines: within a few hundredths for points about a unit apart.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LagGrid {
    terms: [f64; PLACES.len()],
    factors: [Autocorrelation; PLACES.len()],
}

/// How many terms a goal gives for φ.
pub const LAG_TERMS: usize = PLACES.len();

impl LagGrid {
    /// Of a goal's points.
    pub fn of(series: &Series) -> Self {
        let df = series.slope.len() as f64 - 2.0;
        let at = PLACES.map(|phi| series.at(phi));
        let term = |(trace, factors): (f64, Autocorrelation)| {
            series.products - series.squares * (trace / (factors.variance_factor * df))
        };
        Self { terms: at.map(term), factors: at.map(|(_, factors)| factors) }
    }

    /// Its terms, to be summed exactly over the goals of a stratum for [`solve_phi`].
    pub fn terms(&self) -> [f64; LAG_TERMS] {
        self.terms
    }

    /// The factors of this goal at `phi`, 0 to 0.9.
    pub fn factors(&self, phi: f64) -> Autocorrelation {
        let after = PLACES.iter().position(|place| *place >= phi).unwrap_or(PLACES.len() - 1);
        let before = after.saturating_sub(1);
        let (low, high) = (PLACES[before], PLACES[after]);
        let share = if high > low { ((phi - low) / (high - low)).clamp(0.0, 1.0) } else { 0.0 };
        let (a, b) = (&self.factors[before], &self.factors[after]);
        let between = |a: f64, b: f64| a + share * (b - a);
        Autocorrelation {
            slope_factor: between(a.slope_factor, b.slope_factor),
            level_factor: between(a.level_factor, b.level_factor),
            variance_factor: between(a.variance_factor, b.variance_factor),
        }
    }
}

/// The φ at which the summed terms of [`LagGrid`] are 0 ([`PhiFit`] says why), on straight lines between its places; 0 when they
/// are never above 0, at most 0.9. `None` when a term was not finite.
pub fn solve_phi(sums: &Terms<LAG_TERMS>) -> Option<f64> {
    let sums = sums.values()?;
    Some(match sums.iter().position(|sum| *sum <= 0.0) {
        Some(0) => 0.0,
        None => PLACES[PLACES.len() - 1],
        Some(after) => {
            let (low, high) = (PLACES[after - 1], PLACES[after]);
            let (above, below) = (sums[after - 1], sums[after]);
            low + (high - low) * above / (above - below)
        }
    })
}
