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

/// Damage of single sheets: it is said with the sheet, and the others go on.
#[derive(Debug, Default)]
pub(crate) struct Troubles(Option<Broken>);

impl Troubles {
    /// Takes what became of one sheet. An error is the host's wish to stop.
    pub(crate) fn take(&mut self, sheet: &str, became: std::result::Result<(), Stop>, host: &mut Host<'_>) -> Result<()> {
        match became {
            Ok(()) => Ok(()),
            Err(Stop::Host(error)) => Err(error),
            Err(Stop::File(broken)) => {
                let notice = if broken == Broken::TooBig { Notice::TOO_BIG } else { Notice::DAMAGED_SHEET };
                self.0 = Some(broken);
                notice.at(sheet).send(host, 0)
            }
        }
    }

    /// The answer for the whole file.
    pub(crate) fn end(self) -> Result<()> {
        match self.0 {
            None => Ok(()),
            Some(Broken::TooBig) => Err(too_big()),
            Some(_) => Err(Error::format("a sheet of this workbook is damaged: what could be read was read")),
        }
    }
}

/// Nothing can be read for a problem in the file as a whole.
pub(crate) fn give_up(host: &mut Host<'_>, broken: Broken, at: &str) -> Result<()> {
    if broken == Broken::TooBig {
        Notice::TOO_BIG.at(at).send(host, 0)?;
        return Err(too_big());
    }
    Notice::DAMAGED.at(at).fail(host, Error::format)
}

fn too_big() -> Error {
    Error::limit("a part of this workbook unpacks to more than is allowed")
}
