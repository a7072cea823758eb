//! What texts look like: dates, scores, ids, names of people. Looks decide between readings of a title, never values.

use crate::title::plain;

#[rustfmt::skip]
const MONTHS: [&str; 24] = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
    "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre",
    "diciembre",
];
#[rustfmt::skip]
const WEEKDAYS: [&str; 14] = [
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "lunes", "martes", "miercoles", "jueves",
    "viernes", "sabado", "domingo",
];

pub(crate) fn is_month(word: &str) -> bool {
    word.len() >= 3
        && word.is_ascii()
        && (MONTHS.iter().any(|month| month.starts_with(word)) || word == "sept" || word == "setiembre")
}

fn is_weekday(word: &str) -> bool {
    word.len() >= 2 && WEEKDAYS.iter().any(|day| day.starts_with(word))
}

/// The part of a header that is a date: `Week of 9/5` has `9/5`.
pub(crate) fn date_part(text: &str) -> Option<&str> {
    let mut text = text.trim();
    if text.len() > 40 || !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    loop {
        if is_date(text) {
            return Some(text);
        }
        // Only words that go before a date may be left out.
        let (first, rest) = text.split_once([' ', ':', ',', '\n'])?;
        let word = plain(first);
        if !(word.is_empty()
            || is_weekday(&word)
            || matches!(word.as_str(), "week" | "wk" | "of" | "date" | "fecha" | "semana" | "del" | "de"))
        {
            return None;
        }
        text = rest.trim_start();
    }
}

/// True for `9/5/2025`, `9/5`, `2025-09-05`, `Sep 5`, `5 de septiembre de 2025`.
pub(crate) fn is_date(text: &str) -> bool {
    let text = text.trim();
    if text.len() > 32 || !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return false;
    }
    // A time of day after the date.
    if let Some((day, time)) = text.split_once(['T', ' '])
        && time.as_bytes().first().is_some_and(u8::is_ascii_digit)
        && numeric_date(day)
    {
        return time.contains(':')
            && time.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b':' | b'.' | b'Z' | b' ' | b'A' | b'M' | b'P'));
    }
    numeric_date(text) || worded_date(text)
}

fn numeric_date(text: &str) -> bool {
    let Some(separator) = text.bytes().find(|byte| !byte.is_ascii_digit()) else { return false };
    if !matches!(separator, b'/' | b'-' | b'.') {
        return false;
    }
    let parts: Vec<&str> = text.split(char::from(separator)).map(str::trim).collect();
    if parts.iter().any(|part| part.is_empty() || part.len() > 4 || !part.bytes().all(|byte| byte.is_ascii_digit())) {
        return false;
    }
    let number = |at: usize| parts[at].parse::<u32>().unwrap_or(0);
    let day_and_month = |a: u32, b: u32| (1..=31).contains(&a) && (1..=31).contains(&b) && a.min(b) <= 12;
    match parts.len() {
        2 => separator == b'/' && parts[0].len() <= 2 && parts[1].len() <= 2 && day_and_month(number(0), number(1)),
        3 if parts[0].len() == 4 => day_and_month(number(1), number(2)),
        3 => parts[0].len() <= 2 && parts[1].len() <= 2 && matches!(parts[2].len(), 2 | 4) && day_and_month(number(0), number(1)),
        _ => false,
    }
}

fn worded_date(text: &str) -> bool {
    let words = plain(text);
    let mut parts: Vec<&str> = words.split(' ').filter(|word| !matches!(*word, "de" | "del" | "of")).collect();
    if parts.first().is_some_and(|word| is_weekday(word)) && parts.len() > 2 {
        parts.remove(0);
    }
    let day = |word: &str| {
        let digits = word.trim_end_matches(['s', 't', 'n', 'd', 'r', 'h']);
        digits.len() <= 2 && digits.parse::<u32>().is_ok_and(|day| (1..=31).contains(&day))
    };
    let year = |word: &str| matches!(word.len(), 2 | 4) && word.bytes().all(|byte| byte.is_ascii_digit());
    match parts.as_slice() {
        [a, b] => (is_month(a) && day(b)) || (day(a) && is_month(b)),
        [a, b, c] => year(c) && ((is_month(a) && day(b)) || (day(a) && is_month(b))),
        _ => false,
    }
}

/// A number, with or without a percent sign or separators of thousands.
pub(crate) fn number(text: &str) -> Option<f64> {
    let text = text.trim().trim_end_matches('%').trim_end();
    if !text.bytes().any(|byte| byte.is_ascii_digit())
        || !text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'.' | b',' | b'-' | b'+'))
    {
        return None;
    }
    if text.contains(',') { text.replace(',', "").parse().ok() } else { text.parse().ok() }
}

/// A number, percent, fraction, number with a unit, or a mark that stands in place of one.
pub(crate) fn is_score(text: &str) -> bool {
    if number(text).is_some() {
        return true;
    }
    let words = plain(text);
    if words.is_empty() {
        return text.chars().all(|letter| matches!(letter, '-' | '–' | '—' | '+' | '.' | '/'));
    }
    if matches!(
        words.as_str(),
        "na" | "n a"
            | "abs"
            | "absent"
            | "refused"
            | "r"
            | "nr"
            | "no data"
            | "nd"
            | "ausente"
            | "excused"
            | "ex"
            | "rechazo"
            | "no response"
    ) {
        return true;
    }
    let mut parts = words.split(' ');
    let digits = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit());
    parts.next().is_some_and(digits) && words.split(' ').count() <= 5
}

/// One trial as a mark: right, wrong, or no mark of a trial.
pub(crate) fn trial_mark(text: &str) -> Option<bool> {
    match text {
        "+" | "✓" | "✔" | "√" => Some(true),
        "-" | "–" | "—" | "−" | "✗" | "✘" | "x" | "X" => Some(false),
        _ => None,
    }
}

/// The marks of several trials in one cell: `++-+`, `+ - + +`.
fn are_trial_marks(text: &str) -> bool {
    let mark = |letter: char| matches!(letter, '+' | '-' | '–' | '—' | '−' | '✓' | '✔' | '√' | '✗' | '✘');
    let marks = text.chars().filter(|letter| mark(*letter)).count();
    marks >= 2 && text.contains(['+', '✓', '✔', '√']) && text.chars().all(|letter| mark(letter) || matches!(letter, ' ' | ','))
}

/// An id: digits, or letters and digits without a blank.
pub(crate) fn is_id(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    digits >= 3 && text.len() <= 24 && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'))
}

/// A grade level: `K`, `PK`, `03`, `3rd`, `Grade 3`, `Kindergarten`.
pub(crate) fn is_grade(text: &str) -> bool {
    let words = plain(text);
    let words = words.strip_prefix("grade ").or(words.strip_prefix("grado ")).unwrap_or(&words);
    let words = words.strip_suffix(" grade").or(words.strip_suffix(" grado")).unwrap_or(words);
    if matches!(
        words,
        "k" | "kg"
            | "kn"
            | "kf"
            | "ka"
            | "kp"
            | "kdg"
            | "pk"
            | "pre k"
            | "prek"
            | "ps"
            | "tk"
            | "kindergarten"
            | "kinder"
            | "preschool"
            | "prekinder"
            | "pre kindergarten"
            | "ec"
            | "ecse"
            | "first"
            | "second"
            | "third"
            | "fourth"
            | "fifth"
            | "sixth"
            | "seventh"
            | "eighth"
            | "ninth"
            | "tenth"
            | "eleventh"
            | "twelfth"
            | "primero"
            | "segundo"
            | "tercero"
            | "cuarto"
            | "quinto"
            | "sexto"
            | "ung"
            | "ungraded"
    ) {
        return true;
    }
    let digits = words.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
    words.len() - digits.len() <= 2 && digits.parse::<u32>().is_ok_and(|grade| grade <= 13)
}

/// A prompt level: `I`, `VP`, `full physical`.
pub(crate) fn is_prompt(text: &str) -> bool {
    let words = plain(text);
    matches!(words.as_str(), "i" | "v" | "g" | "m" | "p" | "pp" | "fp" | "vp" | "gp" | "ind" | "hoh")
        || words.split(' ').any(|word| {
            matches!(
                word,
                "independent"
                    | "verbal"
                    | "gesture"
                    | "gestural"
                    | "model"
                    | "physical"
                    | "hand"
                    | "prompt"
                    | "independiente"
                    | "fisico"
            )
        })
}

/// Words that stand in titles and names of tabs, and in no person's name.
#[rustfmt::skip]
const NO_NAMES: &[&str] = &[
    "a", "absent", "academic", "activity", "adaptive", "all", "and", "annual", "april", "area", "articulation", "assessment",
    "august", "autumn", "average", "baseline", "behavior", "benchmark", "blank", "building", "calculation", "caseload", "cbm",
    "chart", "class", "classroom", "collection", "communication", "comprehension", "copy", "county", "daily", "data", "date",
    "datos", "december", "description", "district", "draft", "dr", "due", "education", "elementary", "end", "escuela",
    "estudiante", "example", "expression", "fall", "fecha", "february", "final", "fine", "fluency", "for", "form", "friday",
    "goal", "goals", "grade", "graph", "gross", "group", "high", "hoja", "home", "iep", "independent", "info", "information",
    "instructions", "january", "july", "june", "k", "key", "kindergarten", "language", "lectura", "letter", "life", "list",
    "lista", "living", "log", "main", "march", "master", "matematicas", "math", "may", "measure", "meta", "metas", "middle",
    "mr", "mrs", "ms", "monday", "monitoring", "month", "monthly", "motor", "name", "nombre", "note", "notes", "november",
    "objective", "objetivo", "occupational", "october", "of", "old", "oral", "ot", "other", "percent", "phonics", "physical",
    "plan", "practice", "present", "problem", "program", "progress", "progreso", "progresos", "pt", "public", "quarter",
    "raw", "reading", "readme", "record", "records", "report", "results", "room", "roster", "rubric", "sample", "school",
    "schools", "score", "scores", "self", "semester", "september", "service", "services", "session", "sheet", "skill",
    "skills", "slp", "social", "solving", "special", "sped", "speech", "spelling", "spring", "staff", "student", "students",
    "summary", "summer", "target", "teacher", "team", "template", "test", "the", "therapy", "therapist", "to", "tab", "table",
    "term", "thursday", "total", "tracker", "tracking", "transition", "trial", "trials", "trimester", "tuesday", "unit",
    "vocabulary", "wednesday", "week", "weekly", "winter", "with", "words", "writing", "written", "year", "sheet1",
    "seguimiento", "informe", "clase", "grado", "maestra", "maestro", "resumen", "sight", "phoneme", "word", "number",
    "numbers", "sense", "counting",
];

/// Words that say whose work it is, and not whose scores.
#[rustfmt::skip]
const ROLES: &[&str] = &[
    "dr", "mr", "mrs", "ms", "maestra", "maestro", "ot", "pt", "slp", "staff", "teacher", "team", "therapist", "home", "to",
    "due",
];

/// Only words such as "progress monitoring", or the name of a school.
pub(crate) fn is_school_talk(text: &str) -> bool {
    let words = plain(text);
    let mut words = words.split(' ');
    words.clone().any(|word| matches!(word, "school" | "elementary" | "escuela" | "academy" | "district"))
        || words.all(|word| word.parse::<u32>().is_ok() || (NO_NAMES.contains(&word) && !ROLES.contains(&word)))
}

/// A person's name of two to four words: `Ana Lopez`, `López, Ana M.`, `Ana L.`.
pub(crate) fn is_person(text: &str) -> bool {
    let text = text.trim();
    if text.len() < 4 || text.len() > 48 || text.contains(|letter: char| letter.is_ascii_digit()) {
        return false;
    }
    if !text.chars().all(|letter| letter.is_alphabetic() || matches!(letter, ' ' | ',' | '.' | '-' | '\'' | '\u{2019}')) {
        return false;
    }
    if text.matches(',').count() > 1 || text.ends_with(',') {
        return false;
    }
    let words: Vec<&str> = text.split([' ', ',']).filter(|word| !word.is_empty()).collect();
    if !(2..=5).contains(&words.len()) {
        return false;
    }
    let particle = |word: &str| {
        matches!(word, "de" | "la" | "los" | "las" | "del" | "van" | "von" | "da" | "di" | "y" | "bin" | "al" | "el")
    };
    if !words.iter().all(|word| word.starts_with(char::is_uppercase) || particle(word)) {
        return false;
    }
    if words.iter().filter(|word| word.chars().filter(|letter| letter.is_alphabetic()).count() >= 2 && !particle(word)).count()
        < 1
    {
        return false;
    }
    !words.iter().any(|word| {
        let word = plain(word);
        !particle(&word)
            && word.len() > 1
            && NO_NAMES.contains(&word.as_str())
            && !matches!(word.as_str(), "may" | "april" | "june" | "summer" | "autumn")
    })
}

/// Words of behaviors, which often come in twos with capitals, as names do: `Hand Raising`, `Task Completion`.
#[rustfmt::skip]
const DEEDS: &[&str] = &[
    "aggression", "arm", "attention", "blurts", "body", "break", "breaks", "call", "calls", "chair", "cleanup", "compliance",
    "contact", "directions", "elopement", "elopements", "engaged", "eye", "eyes", "feet", "floor", "food", "hand", "hands", "hits",
    "kicks", "line", "mood", "off", "on", "out", "outbursts", "peer", "peers", "play", "prompts", "quiet", "response", "requests",
    "routine", "rules", "safe", "screams", "seat", "steps", "tantrums", "task", "tasks", "time", "toilet", "transitions", "up",
    "verbal", "voice", "wait", "water", "work",
];

/// A person's name that is no name of a behavior or a skill.
pub(crate) fn surely_person(text: &str) -> bool {
    let deed = |word: &str| {
        DEEDS.contains(&word) || word.len() > 5 && ["ing", "tion", "sion", "ness"].iter().any(|end| word.ends_with(end))
    };
    is_person(text) && !plain(text).split(' ').any(deed)
}

/// Words that say that a tab or title names an area of learning.
pub(crate) fn is_area(text: &str) -> bool {
    let words = plain(text);
    let count = words.split(' ').count();
    (1..=4).contains(&count)
        && words.split(' ').any(|word| {
            matches!(
                word,
                "reading"
                    | "fluency"
                    | "comprehension"
                    | "math"
                    | "mathematics"
                    | "writing"
                    | "written"
                    | "spelling"
                    | "speech"
                    | "articulation"
                    | "language"
                    | "behavior"
                    | "social"
                    | "motor"
                    | "adaptive"
                    | "communication"
                    | "vocabulary"
                    | "phonics"
                    | "calculation"
                    | "lectura"
                    | "matematicas"
                    | "escritura"
                    | "conducta"
                    | "lenguaje"
                    | "habla"
            )
        })
}

/// How the filled cells of a column look.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Shape {
    pub(crate) filled: usize,
    dates: usize,
    numbers: usize,
    percents: usize,
    scores: usize,
    ids: usize,
    grades: usize,
    prompts: usize,
    people: usize,
    sentences: usize,
    codes: usize,
    /// Trials that were right, and wrong.
    marks: [usize; 2],
    /// Several marks in one cell: `++-+`.
    rows_of_marks: usize,
    max: f64,
}

impl Shape {
    pub(crate) fn add(&mut self, text: &str, kind: u8) {
        self.filled += 1;
        let kind = kind.to_ascii_lowercase();
        self.dates += usize::from(kind == b'd' || is_date(text));
        if let Some(number) = number(text) {
            self.numbers += 1;
            self.max = self.max.max(number);
        }
        self.percents += usize::from(kind == b'p' || text.ends_with('%'));
        // A fraction that Excel made a date is still in a score's place.
        self.scores += usize::from(kind != b'd' && is_score(text));
        self.ids += usize::from(is_id(text));
        self.grades += usize::from(is_grade(text));
        self.prompts += usize::from(is_prompt(text));
        self.people += usize::from(is_person(text));
        if let Some(right) = trial_mark(text) {
            self.marks[usize::from(!right)] += 1;
        }
        self.rows_of_marks += usize::from(are_trial_marks(text));
        self.sentences += usize::from(text.len() >= 30 && text.split_whitespace().count() >= 5);
        self.codes += usize::from(text.len() <= 24 && text.bytes().any(|byte| byte.is_ascii_digit()));
    }

    fn most(&self, count: usize, share: f64) -> bool {
        self.filled > 0 && count as f64 >= share * self.filled as f64
    }

    pub(crate) fn dates(&self) -> bool {
        self.most(self.dates, 0.6)
    }

    pub(crate) fn numbers(&self) -> bool {
        self.most(self.numbers, 0.8)
    }

    pub(crate) fn scores(&self) -> bool {
        self.most(self.scores, 0.6)
    }

    pub(crate) fn ids(&self) -> bool {
        self.most(self.ids, 0.8)
    }

    pub(crate) fn grades(&self) -> bool {
        self.most(self.grades, 0.5)
    }

    pub(crate) fn prompts(&self) -> bool {
        self.most(self.prompts, 0.8)
    }

    pub(crate) fn people(&self) -> bool {
        self.most(self.people, 0.8)
    }

    pub(crate) fn sentences(&self) -> bool {
        self.most(self.sentences, 0.5)
    }

    pub(crate) fn codes(&self) -> bool {
        self.most(self.codes, 0.8)
    }

    /// Too large for the number of a goal.
    pub(crate) fn large(&self) -> bool {
        self.max > 20.0 || self.most(self.percents, 0.5)
    }

    /// How many cells are right and wrong trials.
    pub(crate) fn marks(&self) -> [usize; 2] {
        self.marks
    }

    /// Most cells are not plain numbers.
    pub(crate) fn fractions(&self) -> bool {
        !self.numbers() || self.most(self.percents, 0.5)
    }

    /// Most cells hold the marks of all trials.
    pub(crate) fn rows_of_marks(&self) -> bool {
        self.most(self.rows_of_marks, 0.6)
    }

    pub(crate) fn score_cells(&self) -> usize {
        self.scores
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_in_headers() {
        for text in [
            "9/5/2025",
            "9/5/25",
            "09/05/2025",
            "9/5",
            "2025-09-05",
            "2025-09-05T00:00:00",
            "9/5/2025 10:33:00 AM",
            "Sep 5",
            "Sept 5, 2025",
            "5-Sep",
            "5-Sep-25",
            "5 de septiembre",
            "5 de septiembre de 2025",
            "September 5th",
            "9-5-2025",
            "05.09.2025",
            "Mon Sep 5",
        ] {
            assert_eq!(date_part(text), Some(text), "{text}");
        }
        for (text, part) in [("Week of 9/5", "9/5"), ("Mon 9/8", "9/8"), ("Date: 9/8/2025", "9/8/2025")] {
            assert_eq!(date_part(text), Some(part), "{text}");
        }
        for text in [
            "",
            "Score",
            "8/10/12/3",
            "13/40",
            "Goal 1",
            "2025",
            "4.5",
            "2022-2023",
            "Sep",
            "May",
            "Week 3",
            "12",
            "1-2",
            "80%",
            "Grade 3",
        ] {
            assert_eq!(date_part(text), None, "{text}");
        }
    }

    #[test]
    fn people_have_names() {
        for text in ["Ana Lopez", "López, Ana M.", "Ana L.", "María de la Cruz", "O'Neil, Sean", "June Carter", "Nguyen, Minh"]
        {
            assert!(is_person(text), "{text}");
        }
        for text in [
            "Speech",
            "Reading Fluency",
            "Goal 2",
            "Oak Hill Elementary",
            "Fall 2025",
            "Sheet1",
            "progress monitoring",
            "Ana",
            "Mrs. Smith",
            "",
            "Percent Correct",
            "By May Ana will read",
            "Data, Scores, Ana",
        ] {
            assert!(!is_person(text), "{text}");
        }
    }

    #[test]
    fn scores_and_marks() {
        for text in ["80", "80%", ".8", "4/5", "4 of 5", "45 wcpm", "NA", "n/a", "-", "absent", "12.5", "1,024"] {
            assert!(is_score(text), "{text}");
        }
        for text in ["Ana Lopez", "P", "Reading", "see notes"] {
            assert!(!is_score(text), "{text}");
        }
    }
}
