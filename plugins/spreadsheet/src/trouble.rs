//! What stops the reading of a sheet or of a workbook, and what is said of it.

use crate::markup::Broken;
use crate::notice::Notice;
use aimline_plugin::{Error, Host, Result};

/// Who ended the reading of a sheet.
#[derive(Debug)]
pub(crate) enum Stop {
    Host(Error),
    File(Broken),
}

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        Self::Host(error)
    }
}

impl From<Broken> for Stop {
    fn from(broken: Broken) -> Self {
        Self::File(broken)
    }
}

/// Says what became of one sheet: its rows up to the damage count, and so do the other sheets. An error ends the file: the host
/// said stop, or it is a file that is made to grow without end.
pub(crate) fn say(sheet: &str, became: std::result::Result<(), Stop>, host: &mut Host<'_>) -> Result<()> {
    match became {
        Ok(()) => Ok(()),
        Err(Stop::Host(error)) => Err(error),
        Err(Stop::File(Broken::TooBig)) => give_up(host, Broken::TooBig, sheet),
        Err(Stop::File(_)) => Notice::DAMAGED_SHEET.at(sheet).send(host, 0),
    }
}

/// Nothing can be read for a problem in the file as a whole.
pub(crate) fn give_up(host: &mut Host<'_>, broken: Broken, at: &str) -> Result<()> {
    if broken == Broken::TooBig {
        Notice::TOO_BIG.at(at).send(host, 0)?;
        return Err(Error::limit("a part of this workbook unpacks to more than is allowed"));
    }
    Notice::DAMAGED.at(at).fail(host, Error::format)
}
