//! Why a fit was not made.

/// Why there is no fit: what cannot be computed is refused by name, never guessed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Refusal {
    /// Slices of different length.
    LengthsDiffer,
    /// Fewer points than the fit needs.
    TooFew,
    /// All points at the same x.
    NoTimeSpread,
    /// A number that is not finite.
    NotFinite,
    /// A number that cannot be: more successes than trials, a negative count, no minutes, a share outside 0 to 1.
    OutOfRange,
    /// Every count is 0: the rate has no logarithm.
    AllZero,
    /// Time separates the values so well that the slope has no finite estimate.
    Separated,
    /// Values of different scales (prompt hierarchies) are not one series.
    MixedScales,
    /// The iteration did not settle.
    NotConverged,
}

impl Refusal {
    /// A name for tables.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::LengthsDiffer => "lengths_differ",
            Self::TooFew => "too_few_points",
            Self::NoTimeSpread => "no_time_spread",
            Self::NotFinite => "not_finite",
            Self::OutOfRange => "out_of_range",
            Self::AllZero => "all_zero",
            Self::Separated => "separated",
            Self::MixedScales => "mixed_scales",
            Self::NotConverged => "not_converged",
        }
    }
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl std::error::Error for Refusal {}

/// Slices of one length, at least `least` points, all finite, not all at one x.
pub(crate) fn check(x: &[f64], others: &[&[f64]], least: usize) -> Result<(), Refusal> {
    if others.iter().any(|other| other.len() != x.len()) {
        Err(Refusal::LengthsDiffer)
    } else if x.len() < least {
        Err(Refusal::TooFew)
    } else if !others.iter().chain([&x]).all(|slice| slice.iter().all(|v| v.is_finite())) {
        Err(Refusal::NotFinite)
    } else if x.windows(2).all(|pair| pair.first() == pair.last()) {
        Err(Refusal::NoTimeSpread)
    } else {
        Ok(())
    }
}
