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
    /// Most of it is UTF-8, the rest is Windows-1252, as when two exports were put together.
    Mixed,
    /// States that it is UTF-8, and is not all of it.
    Broken,
}

/// The encoding of a text, and how many bytes its mark at the front has. Looks at all bytes that it is given.
pub(crate) fn detect(data: &[u8], whole: bool) -> (Encoding, usize) {
    let valid = |data: &[u8]| match std::str::from_utf8(data) {
        Ok(_) => true,
        // The piece may end within a character.
        Err(error) => !whole && error.error_len().is_none(),
    };
    if let Some(text) = data.strip_prefix(b"\xEF\xBB\xBF") {
        return (if valid(text) { Encoding::Utf8 } else { Encoding::Broken }, 3);
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
    if valid(data) {
        return (Encoding::Utf8, 0);
    }
    (if whole && mostly_utf8(data) { Encoding::Mixed } else { Encoding::Windows1252 }, 0)
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

/// True if more accents and the like read as UTF-8 than do not. In Windows-1252 text nearly none do.
fn mostly_utf8(data: &[u8]) -> bool {
    let (mut good, mut bad) = (0_u64, 0_u64);
    for chunk in data.utf8_chunks() {
        good += chunk.valid().bytes().filter(|byte| *byte >= 0xC0).count() as u64;
        bad += u64::from(!chunk.invalid().is_empty());
    }
    good > bad
}

/// All characters. UTF-8 is borrowed.
pub(crate) fn decode(data: &[u8], encoding: Encoding) -> Cow<'_, str> {
    match encoding {
        Encoding::Utf8 | Encoding::Broken => String::from_utf8_lossy(data),
        Encoding::Utf16Le => UTF_16LE.decode_without_bom_handling(data).0,
        Encoding::Utf16Be => UTF_16BE.decode_without_bom_handling(data).0,
        Encoding::Windows1252 | Encoding::Mixed => WINDOWS_1252.decode_without_bom_handling(data).0,
    }
}
