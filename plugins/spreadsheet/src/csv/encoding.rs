//! Which encoding a text is in, and its characters.

use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_1252};
use std::borrow::Cow;

/// How bytes become characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Encoding {
    Utf8,
    Utf16Le,
    Utf16Be,
    Windows1252,
}

/// The encoding of a text, and how many bytes its mark at the front has. Looks at all bytes that it is given.
pub(crate) fn detect(data: &[u8], whole: bool) -> (Encoding, usize) {
    if data.starts_with(b"\xEF\xBB\xBF") {
        return (Encoding::Utf8, 3);
    }
    if data.starts_with(b"\xFF\xFE") {
        return (Encoding::Utf16Le, 2);
    }
    if data.starts_with(b"\xFE\xFF") {
        return (Encoding::Utf16Be, 2);
    }
    if let Some(encoding) = wide(&data[..data.len().min(1024)]) {
        return (encoding, 0);
    }
    match std::str::from_utf8(data) {
        Ok(_) => (Encoding::Utf8, 0),
        // The piece may end within a character.
        Err(error) if !whole && error.error_len().is_none() => (Encoding::Utf8, 0),
        Err(_) => (Encoding::Windows1252, 0),
    }
}

/// UTF-16 without a mark: in Western text every other byte is NUL.
fn wide(head: &[u8]) -> Option<Encoding> {
    let pairs = head.len() / 2;
    let nuls = |odd: usize| head.iter().skip(odd).step_by(2).take(pairs).filter(|&&byte| byte == 0).count();
    let (even, odd) = (nuls(0), nuls(1));
    match head {
        // The first character decides; a lock file of Office has such text only later on.
        [first, 0, _, _, ..] if *first != 0 && odd * 10 > pairs * 4 && even * 20 < pairs => Some(Encoding::Utf16Le),
        [0, first, _, _, ..] if *first != 0 && even * 10 > pairs * 4 && odd * 20 < pairs => Some(Encoding::Utf16Be),
        _ => None,
    }
}

/// The characters, and whether some bytes were none. UTF-8 is borrowed; any other text is held as a whole.
pub(crate) fn decode(data: &[u8], encoding: Encoding) -> (Cow<'_, str>, bool) {
    match encoding {
        Encoding::Utf8 => match std::str::from_utf8(data) {
            Ok(text) => (Cow::Borrowed(text), false),
            Err(_) => (Cow::Owned(String::from_utf8_lossy(data).into_owned()), true),
        },
        Encoding::Utf16Le => UTF_16LE.decode_without_bom_handling(data),
        Encoding::Utf16Be => UTF_16BE.decode_without_bom_handling(data),
        Encoding::Windows1252 => WINDOWS_1252.decode_without_bom_handling(data),
    }
}
