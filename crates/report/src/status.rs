//! The words, shapes and groups of a status. A status is never told by colour alone.

/// How a status is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Look {
    /// As in the `flags` table.
    pub(crate) id: &'static str,
    /// Its word.
    pub(crate) word: &'static str,
    /// Its shape, so that it can be told in black and white.
    pub(crate) shape: &'static str,
    /// The group that it is counted in: an index into [`GROUPS`].
    pub(crate) group: usize,
    /// What it means.
    pub(crate) meaning: &'static str,
}

/// A group of the page: class, words after its number, name in the filter.
pub(crate) struct Group {
    pub(crate) class: &'static str,
    pub(crate) shape: &'static str,
    pub(crate) words: &'static str,
    pub(crate) words_of_one: &'static str,
    pub(crate) name: &'static str,
}

pub(crate) const GROUPS: [Group; 4] = [
    Group { class: "meet", shape: "■", words: "need a meeting", words_of_one: "needs a meeting", name: "need a meeting" },
    Group {
        class: "slow",
        shape: "◆",
        words: "are slow or uncertain",
        words_of_one: "is slow or uncertain",
        name: "slow or uncertain",
    },
    Group {
        class: "good",
        shape: "●",
        words: "are on track or met",
        words_of_one: "is on track or met",
        name: "on track or met",
    },
    Group {
        class: "none",
        shape: "○",
        words: "cannot be judged yet",
        words_of_one: "cannot be judged yet",
        name: "cannot be judged yet",
    },
];

const fn look(id: &'static str, word: &'static str, shape: &'static str, group: usize, meaning: &'static str) -> Look {
    Look { id, word, shape, group, meaning }
}

/// All, in the order of attention.
pub(crate) const LOOKS: [Look; 14] = [
    look("regressing", "regressing", "▼", 0, "surely moving away from the target"),
    look("stalled", "stalled", "■", 0, "surely growing at less than half of the rate that the aimline needs"),
    look("slow", "slow", "◆", 1, "surely growing more slowly than the aimline"),
    look("uncertain", "uncertain", "?", 1, "the data cannot say yet whether the growth is enough"),
    look("stale", "no recent data", "○", 3, "the last point is too long ago"),
    look("insufficient", "too few points", "○", 3, "not enough points, or not enough weeks, for a line that can be trusted"),
    look("no_data", "no data", "○", 3, "no scored point was found for this goal"),
    look("no_baseline", "no baseline", "○", 3, "nothing says where the student started"),
    look("no_target", "no target", "○", 3, "no target, or no date for it, was found"),
    look(
        "invalid_goal",
        "goal contradicts itself",
        "!",
        3,
        "the target lies on the wrong side of the baseline, the dates are reversed, or nothing says which way is better",
    ),
    look("ceiling", "at the ceiling", "○", 3, "the measure leaves no room to grow"),
    look("on_track", "on track", "●", 2, "likely to reach the target"),
    look("ahead", "ahead", "▲", 2, "on the better side of the aimline, and surely not slow"),
    look("met", "met", "★", 2, "the target is reached"),
];

const UNKNOWN: Look = look("", "not judged", "○", 3, "no verdict");

/// The look of a status.
pub(crate) fn of(status: &str) -> Look {
    LOOKS.into_iter().find(|look| look.id == status).unwrap_or(UNKNOWN)
}

impl Look {
    /// Its class in the style sheet.
    pub(crate) fn class(&self) -> &'static str {
        GROUPS.get(self.group).map_or("none", |group| group.class)
    }
}

/// Whether "since" says anything about a status: only for those that the data decides.
pub(crate) fn has_since(status: &str) -> bool {
    matches!(status, "regressing" | "stalled" | "slow" | "uncertain" | "on_track" | "ahead" | "met")
}

/// A reason of the `flags` table in words.
pub(crate) fn reason(code: &str, meanings: &[(&str, &str)]) -> String {
    let meaning = meanings.iter().find(|(known, _)| *known == code).map(|(_, meaning)| meaning.trim_end_matches('.'));
    meaning.map_or_else(|| code.replace('_', " "), str::to_owned)
}

/// A code of a progress report in words.
pub(crate) fn report(code: Option<&str>) -> &'static str {
    match code {
        Some("making") => "making progress",
        Some("not_making") => "not making progress",
        Some("not_addressed") => "not addressed in this period",
        Some("met") => "goal met",
        Some("other") => "other",
        _ => "no statement",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_status_is_told_by_a_shape_and_a_word() {
        for look in LOOKS {
            assert!(!look.shape.is_empty() && !look.word.is_empty() && look.group < GROUPS.len());
        }
        assert_eq!(of("something else").group, 3);
    }
}
