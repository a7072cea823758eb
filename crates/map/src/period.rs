//! The part of a title that says when: `Fall`, `BOY`, `Q1`, `Sept`, `Week 3`, `Trial 2`, `9/5`.

use crate::shape::{is_date, is_month};
use crate::title::words;

/// What a period is good for where no cell says the date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum When {
    /// A day: it is the date.
    Day,
    /// A season or a month: its school year has one of them.
    Time,
    /// A window of a school year that needs a calendar: `BOY`, `Q1`.
    Window,
    /// A number in an order: `Week 3`, `Trial 2`.
    Session,
    /// Nothing: the group has a name only.
    Never,
}

/// A period.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Period {
    /// As a date, a period or a session number is read: `Fall 2025`, `Q1`, `3`.
    pub(crate) text: String,
    /// As people call it: `Fall`, `Trial 2`.
    pub(crate) name: String,
    pub(crate) when: When,
}

/// A title without its period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Parts {
    pub(crate) period: Period,
    /// What is left of the title, as typed.
    pub(crate) rest: String,
}

fn year(word: &str) -> bool {
    word.len() == 4 && (word.starts_with("19") || word.starts_with("20")) && word.bytes().all(|byte| byte.is_ascii_digit())
}

fn digits(word: &str) -> bool {
    (1..=3).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_digit())
}

fn season(word: &str) -> Option<&'static str> {
    Some(match word {
        "fall" | "autumn" | "otono" => "Fall",
        "winter" | "invierno" => "Winter",
        "spring" | "primavera" => "Spring",
        "summer" | "verano" => "Summer",
        _ => return None,
    })
}

/// `first`, `1st` and `1` as a number.
fn nth(word: &str) -> Option<u32> {
    match word {
        "first" | "primer" | "primero" | "primera" => return Some(1),
        "second" | "segundo" | "segunda" => return Some(2),
        "third" | "tercer" | "tercero" | "tercera" => return Some(3),
        "fourth" | "cuarto" | "cuarta" => return Some(4),
        _ => {}
    }
    let number = word.trim_end_matches(['s', 't', 'n', 'd', 'r', 'h']);
    (number.len() <= 2 && word.len() - number.len() != 1).then(|| number.parse().ok())?
}

/// What is counted by a word that a number follows.
fn counted(words: &[&str]) -> Option<When> {
    Some(match words {
        ["week" | "wk" | "session" | "sess" | "trial" | "probe" | "day" | "observation" | "obs" | "attempt" | "opportunity"]
        | ["semana" | "sesion" | "ensayo" | "intento"]
        | ["data", "point"]
        | ["data", "pt"] => When::Session,
        ["quarter" | "qtr" | "q" | "trimester" | "tri" | "semester" | "sem" | "term" | "mp" | "period" | "window" | "round"]
        | ["administration" | "admin" | "benchmark" | "trimestre" | "semestre" | "bimestre" | "periodo"]
        | ["marking" | "grading" | "reporting" | "screening" | "benchmark" | "testing" | "assessment", "period" | "window"] => {
            When::Window
        }
        _ => return None,
    })
}

/// The period that begins with the first of some words, and how many words it takes.
fn period_at(words: &[&str]) -> Option<(String, When, usize)> {
    let get = |at: usize| words.get(at).copied().unwrap_or("");
    let first = get(0);
    let short_year = |word: &str| year(word) || word.len() == 2 && digits(word);
    if let Some(season) = season(first) {
        return Some(match (year(get(1)), short_year(get(2))) {
            // Winter 2025-26.
            (true, true) => (format!("{season} {}-{}", get(1), get(2)), When::Time, 3),
            (true, false) => (format!("{season} {}", get(1)), When::Time, 2),
            (false, _) => (season.to_owned(), When::Time, 1),
        });
    }
    // "Mar" is more often a name or a Tuesday.
    if is_month(first) && first != "mar" {
        return Some(if year(get(1)) {
            (format!("{first} {}", get(1)), When::Time, 2)
        } else {
            (first.to_owned(), When::Time, 1)
        });
    }
    if year(first) {
        if let Some(season) = season(get(1)) {
            return Some((format!("{season} {first}"), When::Time, 2));
        }
        if let Some(season) = season(get(2)).filter(|_| short_year(get(1))) {
            return Some((format!("{season} {first}-{}", get(1)), When::Time, 3));
        }
    }
    if matches!(first, "boy" | "moy" | "eoy") {
        return Some((first.to_uppercase(), When::Window, 1));
    }
    let window = |text: &str, length| Some((text.to_owned(), When::Window, length));
    match words {
        ["beginning" | "begin" | "start", "of", "year", ..] | ["inicio", "de", "ano", ..] => return window("BOY", 3),
        ["middle" | "mid", "of", "year", ..] | ["mitad", "de", "ano", ..] => return window("MOY", 3),
        ["mid", "year", ..] => return window("MOY", 2),
        ["end", "of", "year", ..] | ["fin", "de", "ano", ..] => return window("EOY", 3),
        _ => {}
    }
    // "Week 3", "Marking Period 2", "1st Quarter", and "Wk3", "Q1".
    for length in [2, 1] {
        if let Some(when) = words.get(..length).and_then(counted)
            && digits(get(length))
        {
            return Some(numbered(&words[..length], get(length), when, length + 1));
        }
    }
    if let Some(number) = nth(first).filter(|number| *number <= 40) {
        for length in [2, 1] {
            if let Some(when) = words.get(1..=length).and_then(counted) {
                return Some(numbered(&words[1..=length], &number.to_string(), when, length + 1));
            }
        }
    }
    let letters = first.trim_end_matches(|letter: char| letter.is_ascii_digit());
    let number = &first[letters.len()..];
    if digits(number)
        && let Some(when) = if letters == "w" { Some(When::Session) } else { counted(&[letters]) }
    {
        return Some(numbered(&[letters], number, when, 1));
    }
    None
}

fn numbered(words: &[&str], number: &str, when: When, length: usize) -> (String, When, usize) {
    let number = number.trim_start_matches('0');
    let number = if number.is_empty() { "0" } else { number };
    if when == When::Session {
        return (number.to_owned(), when, length);
    }
    let word = match words {
        ["quarter" | "qtr" | "q"] => return (format!("Q{number}"), when, length),
        words => words.join(" "),
    };
    (format!("{word} {number}"), when, length)
}

/// Splits a title into a period, before or behind, and the rest; none without a period.
pub(crate) fn split(title: &str) -> Option<Parts> {
    if title.len() > 120 {
        return None;
    }
    let spaces = title.trim().match_indices([' ', '\n']).map(|(at, _)| at).take(4);
    if let Some(at) = spaces.filter(|at| is_date(title.trim()[..*at].trim_end_matches([',', ':']))).last() {
        let (day, rest) = title.trim().split_at(at);
        let day = day.trim_end_matches([',', ':']);
        let period = Period { text: day.to_owned(), name: day.to_owned(), when: When::Day };
        return Some(Parts { period, rest: rest.trim().to_owned() });
    }
    let places = words(title);
    let all: Vec<&str> = places.iter().map(|(_, word)| word.as_str()).collect();
    let trim =
        |text: &str| text.trim_matches(|letter: char| !letter.is_alphanumeric() && !matches!(letter, '%' | '#')).to_owned();
    let begin = |at: usize| places.get(at).map_or(title.len(), |(begin, _)| *begin);
    if let Some((text, when, length)) = period_at(&all) {
        let name = trim(&title[begin(0)..begin(length)]);
        // What stands behind keeps its parentheses: "Error (Total Items - Items Correct)".
        let rest =
            title[begin(length)..].trim_start_matches(|letter: char| !letter.is_alphanumeric() && !matches!(letter, '%' | '#'));
        return Some(Parts { period: Period { text, name, when }, rest: rest.trim().to_owned() });
    }
    for at in 1..all.len() {
        if let Some((text, when, length)) = period_at(&all[at..])
            && at + length == all.len()
        {
            let name = trim(&title[begin(at)..]);
            return Some(Parts { period: Period { text, name, when }, rest: trim(&title[..begin(at)]) });
        }
    }
    None
}

/// Splits `Score 2` and `Date 2`: a number behind a title.
pub(crate) fn split_number(title: &str) -> Option<Parts> {
    let places = words(title);
    let ((begin, last), before) = places.split_last()?;
    if before.is_empty() || !digits(last) {
        return None;
    }
    let text = last.trim_start_matches('0').to_owned();
    let rest = title[..*begin].trim_end_matches(|letter: char| !letter.is_alphanumeric() && letter != '%');
    (!text.is_empty())
        .then(|| Parts { period: Period { name: text.clone(), text, when: When::Session }, rest: rest.trim().to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_with_a_period() {
        use When::{Day, Session, Time, Window};
        for (title, text, when, rest) in [
            ("Fall Letter Sounds WRC per minute", "Fall", Time, "Letter Sounds WRC per minute"),
            ("Fall CBMR-English Error(TWR - WRC)", "Fall", Time, "CBMR-English Error(TWR - WRC)"),
            ("Screening Period 4 Letter Names Final Date", "screening period 4", Window, "Letter Names Final Date"),
            ("Letter Names (Winter)", "Winter", Time, "Letter Names"),
            ("Score - Spring 2026", "Spring 2026", Time, "Score"),
            ("Winter 2025-26 Score", "Winter 2025-26", Time, "Score"),
            ("2025-2026 Fall Score", "Fall 2025-2026", Time, "Score"),
            ("August_ADMIN_DATE", "august", Time, "ADMIN_DATE"),
            ("Sept Score", "sept", Time, "Score"),
            ("BOY Composite Score", "BOY", Window, "Composite Score"),
            ("Mid-Year ORF", "MOY", Window, "ORF"),
            ("Q1", "Q1", Window, ""),
            ("1st Quarter %", "Q1", Window, "%"),
            ("Quarter 3", "Q3", Window, ""),
            ("Trial 07", "7", Session, ""),
            ("Wk3 Score", "3", Session, "Score"),
            ("W3", "3", Session, ""),
            ("WCPM week 12", "12", Session, "WCPM"),
            ("9/5 Accuracy", "9/5", Day, "Accuracy"),
            ("Sep 5, 2025 Score", "Sep 5, 2025", Day, "Score"),
            ("Otoño Puntaje", "Fall", Time, "Puntaje"),
        ] {
            let parts = split(title).unwrap_or_else(|| panic!("{title}"));
            assert_eq!((parts.period.text.as_str(), parts.period.when, parts.rest.as_str()), (text, when, rest), "{title}");
        }
        for title in [
            "",
            "Score",
            "Error",
            "Student ID",
            "Grade 3",
            "Test 1",
            "Falls",
            "Date of birth",
            "Fallon",
            "1",
            "Weekly",
            "W",
            "W 3",
        ] {
            assert_eq!(split(title), None, "{title}");
        }
    }

    #[test]
    fn titles_with_a_number() {
        for (title, number, rest) in [("Score 1", "1", "Score"), ("Date #2", "2", "Date"), ("Score_03", "3", "Score")] {
            let parts = split_number(title).unwrap_or_else(|| panic!("{title}"));
            assert_eq!((parts.period.text.as_str(), parts.rest.as_str()), (number, rest), "{title}");
        }
        for title in ["Score", "1", "Score 0", "Score 2025", "Score1"] {
            assert_eq!(split_number(title), None, "{title}");
        }
    }
}
