//! OpenDocument spreadsheets (.ods, and .fods, which is the same in one XML file).
//!
//! All sheets stand in one part, row by row, so they stream by. calamine reads them too, but knows neither percents nor what
//! is hidden, and holds each sheet with its repeated rows written out; so it is the second reader in the tests.

mod cell;
mod styles;
mod table;
#[cfg(test)]
pub(crate) mod tests;
mod words;

use crate::markup::{Broken, Markup, Token, attribute};
use crate::notice::Notice;
use crate::trouble::{Stop, give_up, say};
use crate::xlsx::package::{find, open_archive, read_part};
use aimline_plugin::{Error, Host, Input, Result};
use memchr::memmem;
use std::io::Read;
use styles::Styles;

pub(crate) fn import(input: &Input<'_>, host: &mut Host<'_>) -> Result<()> {
    if !input.data.starts_with(b"PK") {
        let way = Way { packed: input.data.len() as u64, size: input.data.len() as u64 };
        return sheets(Markup::new(input.data, host.max_unpacked()), &way, host);
    }
    let mut archive = match open_archive(input.data) {
        Ok(archive) => archive,
        Err(broken) => return give_up(host, broken, ""),
    };
    let manifest = match read_part(&mut archive, "META-INF/manifest.xml") {
        Ok(manifest) => manifest.unwrap_or_default(),
        Err(broken) => return give_up(host, broken, ""),
    };
    if memmem::find(&manifest, b"encryption-data").is_some() || find(&archive, "encrypted-package").is_some() {
        return Notice::LOCKED_ODS.fail(host, Error::unsupported);
    }
    let part = find(&archive, "content.xml").and_then(|part| archive.by_index(part).ok());
    let Some(part) = part else { return give_up(host, Broken::Stream, "") };
    let way = Way { packed: part.compressed_size(), size: part.size() };
    sheets(Markup::new(part, host.max_unpacked()), &way, host)
}

/// How the bytes of the part stand to those of the file.
struct Way {
    packed: u64,
    size: u64,
}

impl Way {
    fn done(&self, read: u64) -> u64 {
        (self.packed as f64 * (read.min(self.size) as f64 / self.size.max(1) as f64)) as u64
    }
}

fn sheets<R: Read>(mut markup: Markup<R>, way: &Way, host: &mut Host<'_>) -> Result<()> {
    let mut styles = Styles::default();
    let mut any = false;
    loop {
        match markup.next() {
            Ok(Token::Open { name: b"table", attributes, empty }) => {
                any = true;
                let name = attribute(attributes, b"name").unwrap_or_default().replace('\0', "");
                let hidden = styles.hides(&attribute(attributes, b"style-name").unwrap_or_default());
                // What a link to another workbook remembers of it is no sheet of this one.
                if empty || name.starts_with("'file:") {
                    continue;
                }
                let became = table::send(&mut markup, &styles, &name, hidden, way, host);
                let lost = matches!(became, Err(Stop::File(_)));
                say(&name, became, host)?;
                if lost {
                    return Ok(()); // what follows cannot be found
                }
            }
            Ok(Token::Open { name, attributes, empty }) => styles.open(name, attributes, empty),
            Ok(Token::Close(name)) => styles.close(name),
            Ok(Token::End) if any => return Ok(()),
            Ok(Token::End) => return give_up(host, Broken::Markup, ""),
            Ok(_) => {}
            Err(broken) => return give_up(host, broken, ""),
        }
    }
}
