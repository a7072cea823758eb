//! Tables of a web page. Many systems write one and call it .xls, since Excel opens it.
//!
//! html5gum splits the page as a browser does; which cell belongs to which row is put together here, one row at a time. Each
//! table is a sheet of its own, and the text above it stands in its first rows, as Excel shows it.

mod charset;
mod page;
mod table;
#[cfg(test)]
pub(crate) mod tests;
mod text;

use crate::notice::Notice;
use aimline_plugin::{Error, Host, Input, Result};
pub(crate) use charset::decode;
use html5gum::{DefaultEmitter, Token, Tokenizer};
use page::Page;

/// Tags between two signs of life.
const STRIDE: u64 = 8192;

pub(crate) fn import(input: &Input<'_>, host: &mut Host<'_>) -> Result<()> {
    let (text, lossy) = decode(input.data, b"charset=");
    if lossy {
        Notice::ENCODING.send(host, 0)?;
    }
    let scale = input.data.len() as f64 / text.len().max(1) as f64;
    let mut emitter = DefaultEmitter::<usize>::new_with_span();
    emitter.naively_switch_states(true); // what stands in scripts and styles is no text
    let mut page = Page::new(&text);
    let mut seen = 0_u64;
    for token in Tokenizer::new_with_emitter(&*text, emitter) {
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) => {
                seen += 1;
                if seen.is_multiple_of(STRIDE) {
                    host.progress((tag.span.start as f64 * scale) as u64)?;
                }
                page.open(&tag, host)?;
            }
            Token::EndTag(tag) => page.close(&tag.name, host)?,
            Token::String(text) => page.text(&text),
            Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {}
        }
    }
    if page.finish(host)? == 0 {
        return Notice::WEB_PAGE.fail(host, Error::format);
    }
    host.progress(input.data.len() as u64)
}
