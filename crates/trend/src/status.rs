//! The names of the statuses, their groups, and the order in which goals ask for attention.

/// The status of a goal, in order of precedence: the first that applies is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Status {
    /// The goal contradicts itself, or its direction is unknown.
    InvalidGoal,
    /// No target, or no date for it.
    NoTarget,
    /// No scored point.
    NoData,
    /// The target is reached.
    Met,
    /// Three or more points, but no baseline and `first_three` is off.
    NoBaseline,
    /// The measure has no room left.
    Ceiling,
    /// The last point is too old.
    Stale,
    /// Too few points or weeks.
    Insufficient,
    /// Surely moving away from the target.
    Regressing,
    /// Surely under a share (half) of the needed slope; in classical mode, a point or trend rule fired.
    Stalled,
    /// Surely under the needed slope.
    Slow,
    /// On the better side of the aimline and surely not slow.
    Ahead,
    /// Likely to reach the target.
    OnTrack,
    /// The data cannot say yet.
    Uncertain,
}

/// The page's four groups of current goals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Group {
    /// Regressing, stalled.
    NeedMeeting,
    /// Slow, uncertain.
    SlowOrUncertain,
    /// On track, ahead, met.
    OnTrackOrMet,
    /// All others.
    CannotBeJudged,
}

impl Status {
    /// All, in order of precedence.
    pub const ALL: [Self; 14] = [
        Self::InvalidGoal,
        Self::NoTarget,
        Self::NoData,
        Self::Met,
        Self::NoBaseline,
        Self::Ceiling,
        Self::Stale,
        Self::Insufficient,
        Self::Regressing,
        Self::Stalled,
        Self::Slow,
        Self::Ahead,
        Self::OnTrack,
        Self::Uncertain,
    ];

    /// Says that the slope is too small.
    pub fn is_a_flag(self) -> bool {
        matches!(self, Self::Regressing | Self::Stalled | Self::Slow)
    }

    /// Says of the same slope that it may not be: what a flag gives way to.
    pub fn clears_a_flag(self) -> bool {
        matches!(self, Self::Ahead | Self::OnTrack | Self::Uncertain)
    }

    /// As written in the `flags` table.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::InvalidGoal => "invalid_goal",
            Self::NoTarget => "no_target",
            Self::NoData => "no_data",
            Self::Met => "met",
            Self::NoBaseline => "no_baseline",
            Self::Ceiling => "ceiling",
            Self::Stale => "stale",
            Self::Insufficient => "insufficient",
            Self::Regressing => "regressing",
            Self::Stalled => "stalled",
            Self::Slow => "slow",
            Self::Ahead => "ahead",
            Self::OnTrack => "on_track",
            Self::Uncertain => "uncertain",
        }
    }

    /// The status of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.as_str() == name)
    }

    /// The group it is counted in.
    pub fn group(self) -> Group {
        match self {
            Self::Regressing | Self::Stalled => Group::NeedMeeting,
            Self::Slow | Self::Uncertain => Group::SlowOrUncertain,
            Self::OnTrack | Self::Ahead | Self::Met => Group::OnTrackOrMet,
            _ => Group::CannotBeJudged,
        }
    }
}

/// The place of a goal in the order of attention, 0 first. `not_making` is whether its last two or more reports in a row said
/// "not making": such a goal comes after the stalled ones and before the slow ones, whatever its status, unless that is worse.
pub fn attention_rank(status: Status, not_making: bool) -> u8 {
    const NOT_MAKING: u8 = 2;
    let rank = match status {
        Status::Regressing => 0,
        Status::Stalled => 1,
        Status::Slow => 3,
        Status::Uncertain => 4,
        Status::Stale => 5,
        Status::Insufficient => 6,
        Status::NoData => 7,
        Status::NoBaseline => 8,
        Status::NoTarget => 9,
        Status::InvalidGoal => 10,
        Status::Ceiling => 11,
        Status::OnTrack => 12,
        Status::Ahead => 13,
        Status::Met => 14,
    };
    if not_making { rank.min(NOT_MAKING) } else { rank }
}
