//! The text of a cell: paragraphs, with blanks as OpenDocument counts them.

use crate::MAX_CELL;
use crate::markup::{Broken, Markup, Token, attribute, unescape};
use std::io::Read;

/// What stands in or over a cell and is no part of its text.
const BESIDE: [&[u8]; 9] = [b"annotation", b"frame", b"custom-shape", b"g", b"rect", b"line", b"control", b"ruby-text", b"note"];

/// A text under construction.
#[derive(Debug, Default)]
struct Words {
    text: String,
    /// A blank that counts if something follows it in its paragraph.
    blank: bool,
    /// The paragraph has begun.
    begun: bool,
}

impl Words {
    fn push(&mut self, one: char) {
        if std::mem::take(&mut self.blank) {
            self.text.push(' ');
        }
        self.begun = true;
        // What is longer is cut later on, and said.
        if self.text.len() <= MAX_CELL {
            self.text.push(one);
        }
    }

    fn append(&mut self, text: &str) {
        for one in text.chars() {
            if matches!(one, ' ' | '\t' | '\n' | '\r') {
                self.blank |= self.begun;
            } else {
                self.push(one);
            }
        }
    }
}

/// Reads up to the close of the cell, and leaves its text in `into`.
pub(crate) fn read<R: Read>(markup: &mut Markup<R>, cell: &[u8], into: &mut String) -> Result<(), Broken> {
    let mut words = Words { text: std::mem::take(into), ..Words::default() };
    words.text.clear();
    let mut paragraphs = 0_u32;
    let mut inside = 0_u32;
    let mut raw = String::new();
    loop {
        match markup.next()? {
            Token::Open { name, empty: false, .. } if BESIDE.contains(&name) => skip(markup)?,
            Token::Open { name: b"p" | b"h", empty, .. } => {
                if paragraphs > 0 && words.text.len() <= MAX_CELL {
                    words.text.push('\n');
                }
                paragraphs += 1;
                (words.blank, words.begun) = (false, false);
                inside += u32::from(!empty);
            }
            Token::Open { name: b"s", attributes, .. } if inside > 0 => {
                let count = attribute(attributes, b"c").and_then(|count| count.parse().ok()).unwrap_or(1_usize);
                for _ in 0..count.min(MAX_CELL) {
                    words.push(' ');
                }
            }
            Token::Open { name: b"tab", .. } if inside > 0 => words.push('\t'),
            Token::Open { name: b"line-break", .. } if inside > 0 => words.push('\n'),
            Token::Close(b"p" | b"h") => inside = inside.saturating_sub(1),
            Token::Text(text) if inside > 0 => {
                raw.clear();
                unescape(text, &mut raw)?;
                words.append(&raw);
            }
            Token::Literal(text) if inside > 0 => words.append(std::str::from_utf8(text).map_err(|_| Broken::Markup)?),
            Token::Close(name) if name == cell => break,
            Token::Close(b"table-row" | b"table") | Token::End => return Err(Broken::Markup),
            _ => {}
        }
    }
    *into = words.text;
    Ok(())
}

/// Passes over an element that was opened, with all inside.
pub(crate) fn skip<R: Read>(markup: &mut Markup<R>) -> Result<(), Broken> {
    let mut depth = 1_u32;
    while depth > 0 {
        match markup.next()? {
            Token::Open { empty: false, .. } => depth += 1,
            Token::Close(_) => depth -= 1,
            Token::End => return Err(Broken::Markup),
            _ => {}
        }
    }
    Ok(())
}
