//! Texts of a workbook: rich text, phonetic helps, `_xHHHH_` escapes, and the table of shared texts.

use crate::grid::Texts;
use crate::markup::{Attributes, Broken, Markup, Token, unescape};
use std::io::Read;

/// Reads the texts inside an `<si>` or `<is>` up to its close, and appends them.
pub(crate) fn rich<R: Read>(markup: &mut Markup<R>, closing: &[u8], into: &mut String) -> Result<(), Broken> {
    let mut part = String::new();
    let mut phonetic = false;
    loop {
        match markup.next()? {
            Token::Open { name: b"rPh", empty, .. } => phonetic = !empty,
            Token::Close(b"rPh") => phonetic = false,
            Token::Open { name: b"t", attributes, empty: false } if !phonetic => {
                let keep = Attributes(attributes).any(|(name, value)| name == b"space" && value == b"preserve");
                part.clear();
                loop {
                    match markup.next()? {
                        Token::Text(text) => unescape(text, &mut part)?,
                        Token::Literal(text) => part.push_str(std::str::from_utf8(text).map_err(|_| Broken::Markup)?),
                        Token::Close(b"t") => break,
                        Token::End => return Err(Broken::Markup),
                        _ => {}
                    }
                }
                // As Excel does: blanks at the ends count only where the file says so.
                let text = if keep { part.as_str() } else { part.trim_matches([' ', '\t', '\r', '\n']) };
                decode(text, into);
            }
            Token::Close(name) if name == closing => return Ok(()),
            Token::End => return Err(Broken::Markup),
            _ => {}
        }
    }
}

/// Appends a text with its `_xHHHH_` escapes resolved.
pub(crate) fn decode(text: &str, into: &mut String) {
    let mut rest = text;
    while let Some(at) = memchr::memmem::find(rest.as_bytes(), b"_x") {
        into.push_str(&rest[..at]);
        rest = &rest[at..];
        let Some(unit) = unit(rest) else {
            into.push('_');
            rest = &rest[1..];
            continue;
        };
        rest = &rest[7..];
        let pair = match unit {
            0xD800..=0xDBFF => self::unit(rest).filter(|low| (0xDC00..=0xDFFF).contains(low)),
            _ => None,
        };
        let one = match pair {
            Some(low) => {
                rest = &rest[7..];
                char::from_u32(0x10000 + ((u32::from(unit) - 0xD800) << 10) + (u32::from(low) - 0xDC00))
            }
            None => char::from_u32(u32::from(unit)),
        };
        into.push(one.unwrap_or(char::REPLACEMENT_CHARACTER));
    }
    into.push_str(rest);
}

/// The number of an escape at the start of a text.
fn unit(text: &str) -> Option<u16> {
    let hex = text.as_bytes().get(..7)?.strip_prefix(b"_x")?.strip_suffix(b"_")?;
    if !hex.iter().all(u8::is_ascii_hexdigit) {
        return None;
    }
    u16::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok()
}

/// Reads the part of the shared texts.
pub(crate) fn shared<R: Read>(source: R, limit: u64) -> Result<Texts, Broken> {
    let mut shared = Texts::default();
    let mut markup = Markup::new(source, limit);
    loop {
        match markup.next()? {
            Token::Open { name: b"si", empty: true, .. } => shared.add(|_| ()),
            Token::Open { name: b"si", .. } => shared.add(|into| rich(&mut markup, b"si", into))?,
            Token::Close(b"sst") | Token::End => return Ok(shared),
            _ => {}
        }
    }
}
