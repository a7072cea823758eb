//! Where a value lies in relation to the aimline, and which side is the worse one.

/// Two values whose difference is at most this, times the larger of 1 and the second's size, are a tie.
pub const TIE: f64 = 1e-9;

/// Whether `value` lies on `line`: |value − line| <= 1e-9 · max(1, |line|).
pub fn is_tie(value: f64, line: f64) -> bool {
    (value - line).abs() <= TIE * line.abs().max(1.0)
}

/// A literal position: `Below` is below on the chart, whichever side is the worse one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Position {
    /// Below the aimline; of a trend, a smaller slope.
    Below,
    /// Above the aimline; of a trend, a larger slope.
    Above,
    /// On the aimline (a tie).
    On,
    /// The points looked at do not agree.
    Mixed,
    /// Too few points or weeks to say.
    Insufficient,
}

impl Position {
    /// Of one value against one number; `Insufficient` when either is not finite.
    pub fn of(value: f64, line: f64) -> Self {
        if !(value.is_finite() && line.is_finite()) {
            Self::Insufficient
        } else if is_tie(value, line) {
            Self::On
        } else if value < line {
            Self::Below
        } else {
            Self::Above
        }
    }

    /// As written in the `flags` table.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Below => "below",
            Self::Above => "above",
            Self::On => "on",
            Self::Mixed => "mixed",
            Self::Insufficient => "insufficient",
        }
    }

    /// Whether this is that side of the aimline.
    pub fn is(self, side: Side) -> bool {
        self == side.position()
    }
}

/// A side of the aimline. The *worse* side is `Below` when the value ought to rise, `Above` when it ought to fall.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Side {
    /// Below the aimline.
    Below,
    /// Above the aimline.
    Above,
}

impl Side {
    /// As written in the `worse` column.
    pub fn as_str(self) -> &'static str {
        self.position().as_str()
    }

    /// The other side.
    pub fn opposite(self) -> Self {
        match self {
            Self::Below => Self::Above,
            Self::Above => Self::Below,
        }
    }

    /// The position that is this side.
    pub fn position(self) -> Position {
        match self {
            Self::Below => Position::Below,
            Self::Above => Position::Above,
        }
    }

    /// Of the worse side, the working sign d: values times d are better when higher.
    pub fn sign(self) -> f64 {
        match self {
            Self::Below => 1.0,
            Self::Above => -1.0,
        }
    }
}
