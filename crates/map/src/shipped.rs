//! The profiles that come with the program, for exports of vendors that cannot be read without one.

use crate::profile::{Profile, ProfileError};

/// Name and text of each.
const TEXTS: &[(&str, &str)] = &[
    ("aimswebplus.toml", include_str!("../profiles/aimswebplus.toml")),
    ("easycbm.toml", include_str!("../profiles/easycbm.toml")),
    ("fastbridge_progress.toml", include_str!("../profiles/fastbridge_progress.toml")),
    ("infinite_campus_goals.toml", include_str!("../profiles/infinite_campus_goals.toml")),
    ("iready_ela.toml", include_str!("../profiles/iready_ela.toml")),
    ("iready_math.toml", include_str!("../profiles/iready_math.toml")),
    ("mclass_dibels.toml", include_str!("../profiles/mclass_dibels.toml")),
    ("nwea_map.toml", include_str!("../profiles/nwea_map.toml")),
    ("nwea_map_scale.toml", include_str!("../profiles/nwea_map_scale.toml")),
    ("powerschool_progress_logs.toml", include_str!("../profiles/powerschool_progress_logs.toml")),
    ("star_early_literacy.toml", include_str!("../profiles/star_early_literacy.toml")),
    ("star_math.toml", include_str!("../profiles/star_math.toml")),
    ("star_reading.toml", include_str!("../profiles/star_reading.toml")),
];

/// The profiles with their names and texts, in the order of the names.
///
/// # Errors
/// When one of them cannot be read; a test holds that all can.
pub fn shipped() -> Result<Vec<(String, &'static str, Profile)>, ProfileError> {
    let parsed = |(name, text): &(&str, &'static str)| {
        let profile = Profile { shipped: true, ..Profile::parse(text)? };
        Ok((format!("aimline/{name}"), *text, profile))
    };
    TEXTS.iter().map(parsed).collect()
}
