//! Text as XML has it: references, controls, names.

/// Most bytes of one value; a longer one is left out.
pub(crate) const MAX_VALUE: usize = 1 << 20;
/// Most bytes of a name.
const MAX_NAME: usize = 1000;

/// The names of HTML for U+00A0 to U+00FF, which exports use without declaring them.
const LATIN_1: &str = "nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute \
    micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave \
    Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml \
    Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth \
    ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml";

/// What a reference between `&` and `;` stands for.
pub(crate) enum Reference {
    /// A character.
    Char(char),
    /// A control that no text has.
    Nothing,
    /// A number that is no character.
    Bad,
    /// Declared nowhere.
    Unknown,
}

/// Resolves the text between `&` and `;`.
pub(crate) fn reference(name: &str) -> Reference {
    if let Some(number) = name.strip_prefix('#') {
        let parsed = number.strip_prefix(['x', 'X']).map_or_else(|| number.parse(), |hex| u32::from_str_radix(hex, 16));
        return match parsed.ok().and_then(char::from_u32) {
            Some('\0') | None => Reference::Bad,
            Some(c) if is_control(c) => Reference::Nothing,
            Some(c) => Reference::Char(c),
        };
    }
    let named = match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "ndash" => Some('–'),
        "mdash" => Some('—'),
        "lsquo" => Some('‘'),
        "rsquo" => Some('’'),
        "ldquo" => Some('“'),
        "rdquo" => Some('”'),
        "hellip" => Some('…'),
        "bull" => Some('•'),
        "trade" => Some('™'),
        "euro" => Some('€'),
        _ => LATIN_1.split_ascii_whitespace().position(|known| known == name).and_then(|at| char::from_u32(0xA0 + at as u32)),
    };
    named.map_or(Reference::Unknown, Reference::Char)
}

fn is_control(c: char) -> bool {
    c < ' ' && !matches!(c, '\t' | '\n' | '\r')
}

/// What was odd in a value.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Odd {
    /// A NUL or another control was dropped.
    pub(crate) control: bool,
    /// A character reference to no character.
    pub(crate) bad_reference: bool,
    /// A reference that is declared nowhere stays as it is.
    pub(crate) unknown_reference: bool,
}

impl Odd {
    /// Adds what another value had.
    pub(crate) fn merge(&mut self, other: Self) {
        self.control |= other.control;
        self.bad_reference |= other.bad_reference;
        self.unknown_reference |= other.unknown_reference;
    }

    /// True when something was odd.
    pub(crate) fn any(self) -> bool {
        self.control || self.bad_reference || self.unknown_reference
    }
}

/// Appends running text: line ends become `\n`, controls go.
pub(crate) fn push_text(into: &mut String, text: &str) -> Odd {
    if !text.bytes().any(|byte| byte < b' ' && byte != b'\n' && byte != b'\t') {
        into.push_str(text);
        return Odd::default();
    }
    let mut odd = Odd::default();
    let mut after_return = false;
    for c in text.chars() {
        match c {
            '\r' => into.push('\n'),
            '\n' if after_return => {}
            c if is_control(c) => odd.control = true,
            c => into.push(c),
        }
        after_return = c == '\r';
    }
    odd
}

/// Appends a reference (the text between `&` and `;`).
pub(crate) fn push_reference(into: &mut String, name: &str) -> Odd {
    let mut odd = Odd::default();
    match reference(name) {
        Reference::Char(c) => into.push(c),
        Reference::Nothing => odd.control = true,
        Reference::Bad => {
            into.push('\u{FFFD}');
            odd.bad_reference = true;
        }
        Reference::Unknown => {
            into.extend(["&", name, ";"]);
            odd.unknown_reference = true;
        }
    }
    odd
}

/// Appends an attribute's value: trimmed, references resolved, white space as blanks.
pub(crate) fn push_attribute(into: &mut String, raw: &str) -> Odd {
    if !raw.bytes().any(|byte| byte < b' ' || byte == b'&') {
        into.push_str(trim(raw));
        return Odd::default();
    }
    let mut odd = Odd::default();
    let start = into.len();
    let mut rest = raw;
    while let Some(at) = rest.find(|c: char| c < ' ' || c == '&') {
        into.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some(after) = rest.strip_prefix("\r\n") {
            into.push(' ');
            rest = after;
        } else if let Some(after) = rest.strip_prefix(['\t', '\n', '\r']) {
            into.push(' ');
            rest = after;
        } else if let Some(after) = rest.strip_prefix('&') {
            let end = after.bytes().take(64).position(|byte| byte == b';');
            match end.filter(|&end| !after[..end].contains([' ', '&'])) {
                Some(end) => {
                    odd.merge(push_reference(into, &after[..end]));
                    rest = &after[end + 1..];
                }
                None => {
                    into.push('&');
                    odd.unknown_reference = true;
                    rest = after;
                }
            }
        } else {
            odd.control = true;
            rest = &rest[1..];
        }
    }
    into.push_str(rest);
    trim_from(into, start);
    odd
}

/// Trims white space (no-break spaces and byte order marks too).
pub(crate) fn trim(text: &str) -> &str {
    match text.as_bytes() {
        [] => text,
        [first, .., last] if first.is_ascii_graphic() && last.is_ascii_graphic() => text,
        _ => text.trim_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}'),
    }
}

/// Trims what was appended since `start`.
pub(crate) fn trim_from(text: &mut String, start: usize) {
    let trimmed = trim(&text[start..]);
    let (length, lead) = (trimmed.len(), trimmed.as_ptr() as usize - text[start..].as_ptr() as usize);
    if lead > 0 {
        text.replace_range(start..start + lead, "");
    }
    text.truncate(start + length);
}

/// The name without its prefix.
pub(crate) fn local(name: &str) -> &str {
    name.find(':').map_or(name, |at| &name[at + 1..])
}

/// A name as its author meant it, up to a length: `_x0020_` is a blank.
pub(crate) fn plain_name(name: &str) -> String {
    let name = &name[..name.floor_char_boundary(MAX_NAME)];
    let mut out = String::with_capacity(name.len());
    let mut rest = name;
    while let Some(at) = rest.find("_x") {
        let (before, code) = rest.split_at(at);
        out.push_str(before);
        let decoded = code.get(2..6).zip(code.as_bytes().get(6)).and_then(|(hex, end)| {
            let number = u32::from_str_radix(hex, 16).ok().filter(|_| *end == b'_')?;
            char::from_u32(number).filter(|c| !c.is_control())
        });
        match decoded {
            Some(c) => {
                out.push(c);
                rest = &code[7..];
            }
            None => {
                out.push_str("_x");
                rest = &code[2..];
            }
        }
    }
    out.push_str(rest);
    out.retain(|c| !c.is_control());
    out
}
