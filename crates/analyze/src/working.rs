//! The scale on which each family's line is fitted.

use crate::facts::Family;
use crate::points::Point;
use aimline_trend::prior::Evidence;
use aimline_trend::{
    Aimline, Ols, OwnData, Refusal, Side, counts, duration_need, durations, log_need, logit, logit_need, median, trials,
};

/// The scale of a slope.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Scale {
    /// The measure's own unit.
    Identity,
    /// ln(p / (1 − p)) of a share.
    Logit,
    /// The logarithm of a rate or a duration.
    Log,
}

impl Scale {
    /// As written in tables.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Identity => "identity",
            Self::Logit => "logit",
            Self::Log => "log",
        }
    }
}

/// A line on its family's scale, and what it is held against there.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Working {
    pub(crate) scale: Scale,
    pub(crate) line: Evidence,
    pub(crate) against: OwnData,
    pub(crate) values: Values,
}

/// The values behind a line.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Values {
    /// Those of the points.
    AsTheyAre,
    /// On the scale.
    Moved(Vec<f64>),
    /// The line is not one of least squares.
    None,
}

impl Values {
    /// `points` are the values as they are.
    pub(crate) fn as_deref<'a>(&'a self, points: &'a [f64]) -> Option<&'a [f64]> {
        match self {
            Self::AsTheyAre => Some(points),
            Self::Moved(values) => Some(values),
            Self::None => None,
        }
    }
}

/// What is fitted.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Task<'a> {
    pub(crate) family: Family,
    pub(crate) points: &'a [Point],
    /// Weeks, one a point.
    pub(crate) x: &'a [f64],
    /// The points' values in the measure's unit.
    pub(crate) y: &'a [f64],
    /// The least-squares line in the measure's unit.
    pub(crate) fit: &'a Ols,
    pub(crate) aim: Aimline,
    pub(crate) worse: Side,
    pub(crate) kappa: f64,
    pub(crate) resolution: f64,
}

impl Task<'_> {
    /// Trials on the logit of their share, counts with times on the logarithm of their rate, durations on the logarithm of the
    /// seconds; all others, and what has no line there (all zero, parted by time), in the measure's own unit.
    pub(crate) fn working(&self) -> Working {
        let sized = self.points.iter().all(|point| point.size.is_finite());
        let own = match self.family {
            Family::Trials | Family::Percent if sized => self.trials(),
            Family::Count if sized => self.counts(),
            Family::Duration => self.durations(),
            _ => Err(Refusal::OutOfRange),
        };
        own.unwrap_or_else(|_| self.identity())
    }

    fn identity(&self) -> Working {
        let against = OwnData {
            need: self.aim.need(),
            kappa: self.kappa,
            x_g: self.aim.x_g(),
            goal: self.aim.g(),
            worse: self.worse,
            resolution: self.resolution,
        };
        let line = Evidence::of_ols(self.fit, self.resolution);
        Working { scale: Scale::Identity, line, against, values: Values::AsTheyAre }
    }

    fn on(&self, scale: Scale, line: Evidence, need: f64, goal: f64) -> Working {
        let against = OwnData { need, goal, resolution: 0.0, ..self.identity().against };
        Working { scale, line, against, values: Values::None }
    }

    fn weeks(&self) -> f64 {
        self.aim.x_g() - self.aim.x_b()
    }

    fn sizes(&self) -> Vec<f64> {
        self.points.iter().map(|point| point.size).collect()
    }

    fn trials(&self) -> Result<Working, Refusal> {
        let all = self.sizes();
        let right: Vec<f64> = self.y.iter().zip(&all).map(|(percent, n)| (percent / 100.0 * n).clamp(0.0, *n)).collect();
        let line = trials(self.x, &right, &all, true)?;
        let usual = median(&mut all.clone()).ok_or(Refusal::TooFew)?;
        let (baseline, target) = (self.aim.b() / 100.0, self.aim.g() / 100.0);
        let need = logit_need(baseline, target, self.weeks(), usual)?;
        // As far from the end as the need takes it to be.
        let kept = (0.5 / usual).min(0.5);
        Ok(self.on(Scale::Logit, Evidence::of_glm(&line), need, logit(target.clamp(kept, 1.0 - kept))))
    }

    fn counts(&self) -> Result<Working, Refusal> {
        let minutes = self.sizes();
        let count: Vec<f64> = self.y.iter().zip(&minutes).map(|(rate, minutes)| rate * minutes).collect();
        let line = counts(self.x, &count, &minutes)?;
        let usual = median(&mut minutes.clone()).ok_or(Refusal::TooFew)?;
        let need = log_need(self.aim.b(), self.aim.g(), self.weeks(), usual)?;
        let goal = if self.aim.g() > 0.0 { self.aim.g() } else { 0.5 / usual };
        Ok(self.on(Scale::Log, Evidence::of_glm(&line), need, libm::log(goal)))
    }

    fn durations(&self) -> Result<Working, Refusal> {
        let offset = 0.5 * self.resolution;
        let fit = durations(self.x, self.y, offset)?;
        let need = duration_need(self.aim.b(), self.aim.g(), self.weeks(), offset)?;
        let values: Vec<f64> = self.y.iter().map(|seconds| libm::log(seconds + offset)).collect();
        // A step of the clock on the logarithm, at the usual duration.
        let usual = libm::exp(median(&mut values.clone()).ok_or(Refusal::TooFew)?);
        let step = self.resolution / usual;
        let line = Evidence::of_ols(&fit, step);
        let goal = libm::log(self.aim.g() + offset);
        if !goal.is_finite() {
            return Err(Refusal::OutOfRange);
        }
        let on = self.on(Scale::Log, line, need, goal);
        Ok(Working { against: OwnData { resolution: step, ..on.against }, values: Values::Moved(values), ..on })
    }
}
