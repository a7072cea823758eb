//! The encoding of a page or an XML file, which it states itself, and not always truly.

use crate::csv::encoding::{self, Encoding};
use encoding_rs::{Encoding as Known, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use std::borrow::Cow;

/// Where the encoding is stated.
const HEAD: usize = 4096;

/// All characters of a page. `sign` is what stands before the name of the encoding. True if the text is neither UTF-8 nor
/// what it states, and was read as Windows-1252.
pub(crate) fn decode<'a>(data: &'a [u8], sign: &[u8]) -> (Cow<'a, str>, bool) {
    let (found, mark) = encoding::detect(data, true);
    let data = &data[mark..];
    match found {
        Encoding::Utf8 | Encoding::Broken => (String::from_utf8_lossy(data), false),
        Encoding::Utf16Le | Encoding::Utf16Be => (encoding::decode(data, found), false),
        Encoding::Windows1252 | Encoding::Mixed => {
            // The usual 8-bit encodings are all the same here; one that says UTF-8 or UTF-16 is wrong.
            let stated = stated(data, sign).filter(|stated| ![UTF_8, UTF_16LE, UTF_16BE].contains(stated));
            let text = match (stated, found) {
                (Some(stated), _) => stated.decode_without_bom_handling(data).0,
                (None, Encoding::Mixed) => Cow::Owned(mixed(data)),
                (None, _) => WINDOWS_1252.decode_without_bom_handling(data).0,
            };
            (text, stated.is_none())
        }
    }
}

fn stated(data: &[u8], sign: &[u8]) -> Option<&'static Known> {
    let head = data[..data.len().min(HEAD)].to_ascii_lowercase();
    let at = memchr::memmem::find(&head, sign)? + sign.len();
    let name = head[at..].trim_ascii_start();
    let name = name.strip_prefix(b"\"").or(name.strip_prefix(b"'")).unwrap_or(name);
    let end = name.iter().position(|byte| matches!(byte, b'"' | b'\'' | b'>' | b'/' | b';' | b'?' | b' ')).unwrap_or(name.len());
    Known::for_label(&name[..end])
}

/// UTF-8 where it is that, and Windows-1252 between.
fn mixed(data: &[u8]) -> String {
    let mut text = String::with_capacity(data.len());
    for chunk in data.utf8_chunks() {
        text.push_str(chunk.valid());
        text.push_str(&WINDOWS_1252.decode_without_bom_handling(chunk.invalid()).0);
    }
    text
}
