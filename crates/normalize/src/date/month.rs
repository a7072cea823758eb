//! The names of months and weekdays, English and Spanish.

/// A name is told from its first three letters and must then be spelled out or be a usual short form.
const MONTHS: [&[&str]; 12] = [
    &["january", "jan", "enero", "ene"],
    &["february", "feb", "febrero", "febuary"],
    &["march", "mar", "marzo"],
    &["april", "apr", "abril", "abr"],
    &["may", "mayo"],
    &["june", "jun", "junio"],
    &["july", "jul", "julio"],
    &["august", "aug", "agosto", "ago"],
    &["september", "sep", "sept", "septiembre", "setiembre", "set"],
    &["october", "oct", "octubre"],
    &["november", "nov", "noviembre"],
    &["december", "dec", "diciembre", "dic"],
];

const WEEKDAYS: &[&str] = &[
    "mon",
    "monday",
    "tue",
    "tues",
    "tuesday",
    "wed",
    "weds",
    "wednesday",
    "thu",
    "thur",
    "thurs",
    "thursday",
    "fri",
    "friday",
    "sat",
    "saturday",
    "sun",
    "sunday",
    "lunes",
    "lun",
    "martes",
    "miércoles",
    "miercoles",
    "mié",
    "mie",
    "jueves",
    "jue",
    "viernes",
    "vie",
    "sábado",
    "sabado",
    "sáb",
    "sab",
    "domingo",
    "dom",
];

/// The number of a month's name or short form, 1 to 12.
pub(crate) fn month_of(word: &str) -> Option<u32> {
    if !(3..=10).contains(&word.len()) {
        return None;
    }
    let at = MONTHS.iter().position(|names| names.iter().any(|name| name.eq_ignore_ascii_case(word)))?;
    u32::try_from(at + 1).ok()
}

pub(super) fn is_weekday(word: &str) -> bool {
    WEEKDAYS.iter().any(|name| name.eq_ignore_ascii_case(word))
}

/// The letters after the number in `3rd`, `1º`, `1ro`.
pub(crate) fn ordinal_suffix(word: &str) -> bool {
    ["st", "nd", "rd", "th", "º", "ª", "ro", "er", "do", "to", "mo", "vo", "no"]
        .iter()
        .any(|suffix| suffix.eq_ignore_ascii_case(word))
}
