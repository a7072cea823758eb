//! Decimal numbers as people type them.

use crate::text::trim;

/// A decimal number, exact: `digits / 10^places`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Decimal {
    negative: bool,
    digits: u64,
    places: u32,
}

/// The powers of ten that an `f64` holds exactly.
const POWERS: [f64; 23] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21,
    1e22,
];

impl Decimal {
    /// The nearest `f64`.
    pub(crate) fn value(self) -> f64 {
        self.times_power(0)
    }

    /// The nearest `f64` of a hundred times the number, so that 0.07 gives 7 and not 7.000000000000001.
    pub(crate) fn hundredfold(self) -> f64 {
        self.times_power(2)
    }

    /// True for a number with a decimal point.
    pub(crate) fn has_places(self) -> bool {
        self.places > 0
    }

    fn times_power(self, up: u32) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "beyond 2^53 the nearest value is wanted")]
        let digits = self.digits as f64;
        let size = if self.places > up {
            digits / POWERS[(self.places - up) as usize]
        } else {
            digits * POWERS[(up - self.places) as usize]
        };
        if self.negative { -size } else { size }
    }
}

/// Reads a number at the start of `bytes`: `12`, `3.5`, `.8`, `1,204`, `-4`, `+4`. Gives it with its length.
/// A comma counts only before groups of three digits; `3.` is 3 with the point left over.
pub(crate) fn scan(bytes: &[u8]) -> Option<(Decimal, usize)> {
    let mut at = 0;
    let negative = match bytes.first() {
        Some(b'-') => {
            at = 1;
            true
        }
        Some(b'+') => {
            at = 1;
            false
        }
        // The minus sign of typesetters, U+2212.
        Some(0xe2) if bytes.starts_with("\u{2212}".as_bytes()) => {
            at = 3;
            true
        }
        _ => false,
    };
    let start = at;
    let mut digits = 0u64;
    let mut count = 0;
    while let Some(&byte) = bytes.get(at) {
        if byte.is_ascii_digit() {
            digits = digits.checked_mul(10)?.checked_add(u64::from(byte - b'0'))?;
            count += 1;
            at += 1;
        } else if byte == b',' && (1..=3).contains(&(at - start)) && is_grouped(&bytes[at..]) {
            while bytes.get(at) == Some(&b',') {
                for &digit in &bytes[at + 1..at + 4] {
                    digits = digits.checked_mul(10)?.checked_add(u64::from(digit - b'0'))?;
                }
                at += 4;
            }
            break;
        } else {
            break;
        }
    }
    let mut places = 0;
    if bytes.get(at) == Some(&b'.') && bytes.get(at + 1).is_some_and(u8::is_ascii_digit) {
        at += 1;
        while let Some(&byte) = bytes.get(at)
            && byte.is_ascii_digit()
        {
            // Digits past the precision of an f64 change nothing; a long binary fraction written out has 17.
            if digits < 100_000_000_000_000_000 && places < 22 {
                digits = digits * 10 + u64::from(byte - b'0');
                places += 1;
            }
            count += 1;
            at += 1;
        }
    }
    (count > 0).then_some((Decimal { negative, digits, places }, at))
}

/// One or more groups of a comma and exactly three digits, then no digit.
fn is_grouped(mut rest: &[u8]) -> bool {
    while rest.first() == Some(&b',') {
        if rest.len() < 4 || !rest[1..4].iter().all(u8::is_ascii_digit) {
            return false;
        }
        rest = &rest[4..];
    }
    !rest.first().is_some_and(u8::is_ascii_digit)
}

/// A whole text as a number: `12`, `3.5`, `.8`, `1,204`, `-4`. Nothing else may stand beside it.
///
/// ```
/// assert_eq!(aimline_normalize::number::parse_number(" 1,204 "), Some(1204.0));
/// assert_eq!(aimline_normalize::number::parse_number("0,8"), None);
/// ```
#[must_use]
pub fn parse_number(text: &str) -> Option<f64> {
    decimal(text).map(Decimal::value)
}

pub(crate) fn decimal(text: &str) -> Option<Decimal> {
    let text = trim(text);
    let (decimal, length) = scan(text.as_bytes())?;
    (length == text.len()).then_some(decimal)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers() {
        let check = |text: &str, expected: Option<f64>| assert_eq!(parse_number(text), expected, "{text:?}");
        check("12", Some(12.0));
        check("3.5", Some(3.5));
        check(".8", Some(0.8));
        check("-.8", Some(-0.8));
        check("+4", Some(4.0));
        check("\u{2212}4", Some(-4.0));
        check("1,204", Some(1204.0));
        check("1,204.5", Some(1204.5));
        check("12,345,678", Some(12_345_678.0));
        check("00125867", Some(125_867.0));
        check(" 7\u{a0}", Some(7.0));
        check("0.30000000000000004", Some(0.300_000_000_000_000_04));
        for bad in [
            "",
            " ",
            ".",
            "-",
            "3.",
            "1,5",
            "0,8",
            "1,20",
            "1204,567",
            "1,2045",
            "1e5",
            "1.2.3",
            "99999999999999999999",
            "twelve",
        ] {
            check(bad, None);
        }
    }

    #[test]
    fn a_hundredfold_is_clean() {
        for percent in 0..=1000u32 {
            let decimal = decimal(&format!("{}", f64::from(percent) / 1000.0)).expect("a number");
            assert_eq!(decimal.hundredfold(), f64::from(percent) / 10.0);
        }
    }

    proptest! {
        #[test]
        fn what_a_sheet_writes_reads_back(value in -1e9f64..1e9) {
            let text = format!("{value}");
            let read = parse_number(&text).expect("a number");
            prop_assert!((read - value).abs() <= value.abs() * 1e-15, "{} {}", read, value);
        }

        #[test]
        fn no_text_panics(text in "\\PC{0,20}") {
            let _ = parse_number(&text);
        }
    }
}
