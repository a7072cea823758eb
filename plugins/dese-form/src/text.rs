//! Texts of forms: spaces, letters that look alike, blanks, and tick boxes with their labels.

use crate::body::{TICKED, UNTICKED};

const PLACEHOLDERS: [&str; 6] = [
    "Click or tap here to enter text",
    "Click here to enter text",
    "Click or tap to enter a date",
    "Click here to enter a date",
    "Choose an item",
    "Enter text here",
];

/// Single spaces, no invisible characters, no placeholder of an empty control.
pub(crate) fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_whitespace() || c.is_control() {
            if !out.is_empty() && !out.ends_with(' ') {
                out.push(' ');
            }
        } else if !matches!(c, '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' | '\u{00AD}') {
            out.push(c);
        }
    }
    out.truncate(out.trim_end().len());
    for placeholder in PLACEHOLDERS {
        if out.contains(placeholder) {
            let without = out.replace(&format!("{placeholder}."), "").replace(placeholder, "");
            out = without.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
        }
    }
    out
}

/// One letter as it is compared: small, with plain quotation marks and hyphens.
pub(crate) fn fold_char(c: char) -> char {
    match c {
        '\u{2018}' | '\u{2019}' | '\u{02BC}' => '\'',
        '\u{201C}' | '\u{201D}' => '"',
        '\u{2010}'..='\u{2015}' => '-',
        _ => c.to_lowercase().next().unwrap_or(c),
    }
}

/// A text as it is compared.
pub(crate) fn fold(text: &str) -> String {
    text.chars().map(fold_char).collect()
}

/// Takes a leading `3.`, `(3)` or `2.1)` off; answers with the number and the rest.
pub(crate) fn split_number(text: &str) -> (Option<&str>, &str) {
    let inner = text.strip_prefix('(').unwrap_or(text);
    let end = inner.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(inner.len());
    let number = inner[..end].trim_end_matches('.');
    let closed = end > number.len() || inner[end..].starts_with(')');
    if number.is_empty() || number.len() > 7 || !number.starts_with(|c: char| c.is_ascii_digit()) {
        return (None, text);
    }
    let rest = inner[end..].strip_prefix(')').unwrap_or(&inner[end..]);
    // "2.5 words" is no numbering, "2.1 Given" could be: a bare number needs its mark, or a dot and a capital letter.
    let dotted = number.contains('.') && rest.trim_start().starts_with(char::is_uppercase);
    if !(closed || dotted) || !(rest.is_empty() || rest.starts_with(char::is_whitespace) || closed && !rest.starts_with('%')) {
        return (None, text);
    }
    (Some(number), rest.trim_start())
}

/// A heading or label without its numbering, colons and stars, as it is compared.
pub(crate) fn key(text: &str) -> String {
    let folded = fold(text);
    split_number(&folded).1.trim_matches([' ', ':', '*', '.', '_']).to_owned()
}

/// A value without the underscores that made its blank; empty when nothing else is there.
pub(crate) fn value(text: &str) -> &str {
    let text = text.trim_matches(['_', ' ', '\t']);
    if text.chars().all(|c| matches!(c, '_' | '/' | ' ' | '-' | '\u{2013}' | '\u{2014}')) { "" } else { text }
}

/// A tick box with the label that follows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Tick {
    pub(crate) ticked: bool,
    pub(crate) label: String,
}

fn glyph(c: char) -> Option<bool> {
    match c {
        '☒' | '☑' | '✓' | '✔' | '✗' | '✘' | '✅' | '❎' | '⌧' | '☓' | '🗹' | '🗷' => Some(true),
        '☐' | '□' | '◻' | '▢' | '❏' | '❐' | '❑' | '❒' | '⬜' => Some(false),
        _ => None,
    }
}

/// Whether a line holds a tick box of any kind.
pub(crate) fn has_box(text: &str) -> bool {
    text.chars().any(|c| c == TICKED || c == UNTICKED) || !boxes(&text.chars().collect::<Vec<_>>()).is_empty()
}

/// A box that is typed at `at`: its length and state.
fn typed_box(chars: &[char], at: usize) -> Option<(usize, bool)> {
    let mark = |c: char| matches!(c, 'x' | 'X') || glyph(c) == Some(true);
    let fresh = at == 0 || chars[at - 1].is_whitespace();
    match chars[at] {
        open @ ('[' | '(') if fresh => {
            let close = if open == '[' { ']' } else { ')' };
            let end = (at + 1..chars.len().min(at + 6)).find(|&i| chars[i] == close)?;
            let inner: Vec<char> = chars[at + 1..end].iter().copied().filter(|c| !c.is_whitespace() && *c != '_').collect();
            match inner[..] {
                [] if open == '[' || end > at + 1 => Some((end + 1 - at, false)),
                [c] if mark(c) => Some((end + 1 - at, true)),
                _ => None,
            }
        }
        '_' if fresh => {
            let first = chars[at..].iter().take_while(|c| **c == '_').count();
            let after = chars.get(at + first).copied();
            if after.is_some_and(mark) {
                let second = chars[at + first + 1..].iter().take_while(|c| **c == '_').count();
                let next = chars.get(at + first + 1 + second);
                return (second > 0 || next.is_some_and(|c| c.is_whitespace())).then_some((first + 1 + second, true));
            }
            let spaced = after.is_none_or(|c| c.is_whitespace() || c.is_alphabetic());
            (first >= 2 && spaced).then_some((first, false))
        }
        'x' | 'X' if at == 0 => {
            let blank = chars[1..].iter().take_while(|c| **c == '_').count();
            let spaced = chars.get(1 + blank).is_some_and(|c| c.is_whitespace());
            let upper = chars.get(2).is_some_and(|c| c.is_uppercase());
            (spaced && (blank > 0 || upper)).then_some((1 + blank, true))
        }
        _ => None,
    }
}

/// Position, length and state of each box of a line.
fn boxes(chars: &[char]) -> Vec<(usize, usize, bool)> {
    let mut found: Vec<_> = chars.iter().enumerate().filter_map(|(at, c)| glyph(*c).map(|ticked| (at, 1, ticked))).collect();
    if !found.is_empty() {
        return found;
    }
    let mut at = 0;
    while at < chars.len() {
        if let Some((length, ticked)) = typed_box(chars, at) {
            found.push((at, length, ticked));
            at += length;
        } else {
            at += 1;
        }
    }
    found
}

/// The text before the first box of a line, and each box with its label.
pub(crate) fn ticks(text: &str) -> (String, Vec<Tick>) {
    let chars: Vec<char> = text.chars().collect();
    let found = boxes(&chars);
    let piece = |from: usize, to: usize| chars[from..to].iter().collect::<String>().trim().to_owned();
    let Some(first) = found.first() else { return (text.to_owned(), Vec::new()) };
    let prefix = piece(0, first.0);
    let mut out = Vec::with_capacity(found.len());
    for (index, (at, length, ticked)) in found.iter().enumerate() {
        let end = found.get(index + 1).map_or(chars.len(), |next| next.0);
        out.push(Tick { ticked: *ticked, label: piece(at + length, end) });
    }
    if let [only] = &mut out[..]
        && only.label.is_empty()
        && !prefix.is_empty()
        && !prefix.ends_with([':', '?', '.'])
    {
        only.label = prefix;
        return (String::new(), out);
    }
    (prefix, out)
}

/// The boxes of the lines of one row: a box alone takes the next line as its label, and an empty `Other:` the line after it.
pub(crate) fn row_ticks<'a>(lines: impl IntoIterator<Item = &'a str>) -> Vec<Tick> {
    let mut out: Vec<Tick> = Vec::new();
    for line in lines {
        let (prefix, more) = ticks(line);
        if let Some(last) = out.last_mut()
            && !prefix.is_empty()
        {
            if last.label.is_empty() {
                last.label.clone_from(&prefix);
            } else if more.is_empty() && key(&last.label) == "other" {
                last.label = format!("{} {prefix}", last.label.trim_end());
            }
        }
        out.extend(more);
    }
    out
}

/// The ticked labels, as they are printed.
pub(crate) fn ticked_labels(ticks: &[Tick]) -> Option<String> {
    let labels: Vec<&str> = ticks
        .iter()
        .filter(|tick| tick.ticked && !value(&tick.label).is_empty())
        .map(|tick| value(&tick.label).trim_end_matches([';', ',', ':']))
        .collect();
    (!labels.is_empty()).then(|| labels.join("; "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(text: &str) -> String {
        let (prefix, ticks) = ticks(text);
        let ticks: Vec<_> = ticks.iter().map(|tick| format!("{}{}", if tick.ticked { '+' } else { '-' }, tick.label)).collect();
        format!("{prefix}|{}", ticks.join("|"))
    }

    #[test]
    fn boxes_of_all_kinds() {
        for (text, expected) in [
            ("☐ No ☒ Yes (Form B)", "|-No|+Yes (Form B)"),
            ("IEP Type: ☑ Initial □ Annual", "IEP Type:|+Initial|-Annual"),
            ("[x] Quarterly [ ] Semester [] Other:", "|+Quarterly|-Semester|-Other:"),
            ("(X) Goal met", "|+Goal met"),
            ("__X__ Goal met", "|+Goal met"),
            ("_x_ Quarterly ___ Trimester", "|+Quarterly|-Trimester"),
            ("X Goal met", "|+Goal met"),
            ("X__ Goal met", "|+Goal met"),
            ("Goal met ✓", "|+Goal met"),
            ("Child [age 18+] is f(x) or (a) of 12", "Child [age 18+] is f(x) or (a) of 12|"),
            ("Will be addressed by __/__ (month/year)", "Will be addressed by __/__ (month/year)|"),
            ("Xavier reads", "Xavier reads|"),
            ("no box at all", "no box at all|"),
        ] {
            assert_eq!(show(text), expected, "{text}");
        }
    }

    #[test]
    fn numbering() {
        for (text, expected) in [
            ("1. Given a text", (Some("1"), "Given a text")),
            ("2.1 Given", (Some("2.1"), "Given")),
            ("2.5 words", (None, "2.5 words")),
            ("(3) Given", (Some("3"), "Given")),
            ("4) Given", (Some("4"), "Given")),
            ("1.", (Some("1"), "")),
            ("80 % of", (None, "80 % of")),
            ("Given 5", (None, "Given 5")),
        ] {
            assert_eq!(split_number(text), expected, "{text}");
        }
    }

    #[test]
    fn placeholders_and_spaces() {
        assert_eq!(clean(" Goal  not\u{A0}met "), "Goal not met");
        assert_eq!(clean("Name: Click or tap here to enter text."), "Name:");
        assert_eq!(clean("Annual Goal # Choose an item."), "Annual Goal #");
        assert_eq!(value("____"), "");
        assert_eq!(value("__/__"), "");
        assert_eq!(value("__4/5/25__"), "4/5/25");
    }
}
