//! Printing: results to standard output, all else to standard error.

use std::io::Write;

/// Prints a line of results.
///
/// # Errors
/// When the reader has gone away.
pub(crate) fn line(text: &str) -> anyhow::Result<()> {
    Ok(writeln!(std::io::stdout().lock(), "{text}")?)
}

/// Prints a line for the one who waits; nobody may be there to read it.
pub(crate) fn status(text: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{text}");
}

/// Says why the program cannot go on.
pub(crate) fn failed(error: &anyhow::Error) {
    status(&format!("error: {error:#}"));
}

/// True when the reader of the results has closed its end, as `head` does.
pub(crate) fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<std::io::Error>())
        .any(|cause| cause.kind() == std::io::ErrorKind::BrokenPipe)
}

/// A count as people write it: 1,204.
pub(crate) fn count(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// "1 file", "2 files".
pub(crate) fn plural(number: u64, one: &str, many: &str) -> String {
    format!("{} {}", count(number), if number == 1 { one } else { many })
}
