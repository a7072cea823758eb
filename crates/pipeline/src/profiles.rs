//! Which mapping profile a sheet is read with.

use aimline_map::{HeadRow, Plan, Profile, Sheet, Stop};
use aimline_model::codes::Code;

/// A profile with its file name and hash.
pub(crate) type Named = (String, String, Profile);

/// The profiles that fit a sheet; those of the program give way to those of the user.
pub(crate) fn fitting(profiles: &[Named], sheet: &Sheet<'_>, head: &[HeadRow]) -> Vec<usize> {
    let mut fitting: Vec<usize> = (0..profiles.len()).filter(|profile| profiles[*profile].2.fits(sheet, head)).collect();
    if fitting.iter().any(|profile| !profiles[*profile].2.shipped) {
        fitting.retain(|profile| !profiles[*profile].2.shipped);
    }
    fitting
}

/// Plans a sheet with a profile.
///
/// # Errors
/// When the sheet cannot be understood with it. One of the program cannot be corrected by its user, who may write one that
/// goes before it.
pub(crate) fn planned(profile: &Named, sheet: &Sheet<'_>, head: &[HeadRow], more: bool) -> Result<Plan, Stop> {
    let (name, _, profile) = profile;
    aimline_map::plan(sheet, head, more, Some(&profile.map)).map_err(|stop| {
        if !profile.shipped {
            return stop;
        }
        Stop {
            seen: format!("{}; read as {} by aimline's own profile {name}", stop.seen, profile.title),
            help: "The export has changed, or is another one. Write a profile of your own, which goes before this one: \
                   `aimline profile suggest` begins it."
                .to_owned(),
            ..stop
        }
    })
}

/// Two profiles or more fit one sheet.
pub(crate) fn several(sheet: &Sheet<'_>, names: &[&str]) -> Stop {
    Stop {
        code: Code::H008,
        locator: sheet.name.to_owned(),
        seen: names.join(", "),
        expected: "one profile".to_owned(),
        help: String::new(),
        header: None,
    }
}
