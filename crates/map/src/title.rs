//! Column titles in one spelling: lower case, without accents and punctuation, CamelCase split.

/// A title in the spelling in which titles are compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Title {
    /// The title without what stands in parentheses at its end, and without a denominator.
    pub text: String,
    /// The title with everything.
    pub whole: String,
    /// What stood in parentheses, as typed; or `/10`.
    pub unit: Option<String>,
}

/// Brings a title into the spelling in which titles are compared.
#[must_use]
pub fn normalize(title: &str) -> Title {
    let whole = plain(title);
    let trimmed = title.trim().trim_end_matches([':', '*', '?']).trim_end();
    let (mut rest, mut unit) = (trimmed, None);
    if let Some(inner) = trimmed.strip_suffix(')')
        && let Some(open) = inner.rfind('(')
        && !plain(&inner[..open]).is_empty()
    {
        rest = inner[..open].trim_end();
        unit = Some(inner[open + 1..].trim().to_owned()).filter(|unit| !unit.is_empty());
    }
    let mut text = plain(rest);
    if title.trim_end().ends_with('?') {
        text = question(text);
    }
    if let Some((before, number)) = denominator(rest) {
        text = plain(before);
        unit = Some(format!("/{number}"));
    } else if let Some((before, number)) = unit.as_deref().and_then(denominator)
        && before.is_empty()
    {
        unit = Some(format!("/{number}"));
    }
    Title { text, whole, unit }
}

/// What a question of a form asks for: `How many words correct per minute?` asks for words correct per minute.
fn question(text: String) -> String {
    const BEGINNINGS: [&str; 12] = [
        "how many ",
        "what percent of ",
        "what is the ",
        "what was the ",
        "what is your ",
        "what are the ",
        "which ",
        "what ",
        "cuantas ",
        "cuantos ",
        "cual es el ",
        "cual es la ",
    ];
    let rest = BEGINNINGS.iter().find_map(|beginning| text.strip_prefix(beginning)).map(str::to_owned);
    rest.filter(|rest| !rest.is_empty()).unwrap_or(text)
}

/// `Score /10` and `score out of 10`: what stands before, and the number.
fn denominator(text: &str) -> Option<(&str, &str)> {
    let digits = text.len() - text.bytes().rev().take_while(u8::is_ascii_digit).count();
    let (before, number) = text.split_at(digits);
    if number.is_empty() || number.len() > 4 {
        return None;
    }
    let before = before.trim_end();
    let before = before.strip_suffix('/').or_else(|| {
        let cut = before.len().checked_sub("out of".len())?;
        (before.is_char_boundary(cut) && before[cut..].eq_ignore_ascii_case("out of")).then(|| &before[..cut])
    })?;
    let before = before.trim_end();
    (!before.ends_with(|letter: char| letter.is_ascii_digit())).then_some((before, number))
}

/// Lower case words with single spaces; `#` is "number", `%` is "percent".
pub(crate) fn plain(text: &str) -> String {
    let mut words = String::with_capacity(text.len() + 8);
    let mut letters = text.chars().peekable();
    let mut last = ' ';
    while let Some(letter) = letters.next() {
        // CamelCase: a capital after a small letter, or the last capital of a run before a small letter.
        if letter.is_uppercase() {
            let next_small = letters.peek().is_some_and(|next| next.is_lowercase());
            if last.is_lowercase() || (last.is_uppercase() && next_small) {
                space(&mut words);
            }
        }
        match letter {
            '#' => word(&mut words, "number"),
            '%' => word(&mut words, "percent"),
            '&' => word(&mut words, "and"),
            '\'' | '\u{2019}' | '\u{2018}' | '\u{300}'..='\u{36f}' => {}
            _ if letter.is_alphanumeric() => letter.to_lowercase().for_each(|small| fold(small, &mut words)),
            _ => space(&mut words),
        }
        last = letter;
    }
    words.truncate(words.trim_end().len());
    words
}

/// The words of a title as [`plain`] has them, each with the place where it begins in the title.
pub(crate) fn words(title: &str) -> Vec<(usize, String)> {
    let mut words: Vec<(usize, String)> = Vec::new();
    let mut begin = 0;
    let mut last = ' ';
    let mut letters = title.char_indices().peekable();
    let mut take = |from: usize, to: usize| {
        for word in plain(&title[from..to]).split(' ').filter(|word| !word.is_empty()) {
            words.push((from, word.to_owned()));
        }
    };
    while let Some((at, letter)) = letters.next() {
        let camel = letter.is_uppercase()
            && (last.is_lowercase() || (last.is_uppercase() && letters.peek().is_some_and(|(_, next)| next.is_lowercase())));
        let inside = letter.is_alphanumeric() || matches!(letter, '\'' | '\u{2019}' | '\u{2018}' | '\u{300}'..='\u{36f}');
        let sign = matches!(letter, '#' | '%' | '&');
        if camel || !inside {
            take(begin, at);
            begin = at;
        }
        if sign {
            take(at, at + letter.len_utf8());
            begin = at + letter.len_utf8();
        } else if !inside {
            begin = at + letter.len_utf8();
        }
        last = letter;
    }
    take(begin, title.len());
    words
}

fn space(words: &mut String) {
    if !words.is_empty() && !words.ends_with(' ') {
        words.push(' ');
    }
}

fn word(words: &mut String, word: &str) {
    space(words);
    words.push_str(word);
    words.push(' ');
}

/// Letters with accents of the languages of the schools, without them.
fn fold(letter: char, words: &mut String) {
    let plain = match letter {
        'à'..='å' | 'ª' => 'a',
        'ç' => 'c',
        'è'..='ë' => 'e',
        'ì'..='ï' => 'i',
        'ñ' => 'n',
        'ò'..='ö' | 'ø' | 'º' => 'o',
        'ù'..='ü' => 'u',
        'ý' | 'ÿ' => 'y',
        '\u{300}'..='\u{36f}' => return,
        'æ' => return words.push_str("ae"),
        'œ' => return words.push_str("oe"),
        'ß' => return words.push_str("ss"),
        _ => letter,
    };
    words.push(plain);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_have_one_spelling() {
        for (typed, plain) in [
            ("  Student ID ", "student id"),
            ("StudentUniqueId", "student unique id"),
            ("DOB", "dob"),
            ("IEPDate", "iep date"),
            ("PS_StudentID", "ps student id"),
            ("Línea Base", "linea base"),
            ("Año escolar", "ano escolar"),
            ("Goal #", "goal number"),
            ("How many words correct per minute?", "words correct per minute"),
            ("What is the student's name?", "students name"),
            ("How many", "how many"),
            ("Anything else?", "anything else"),
            ("% correct", "percent correct"),
            ("Student's name:", "students name"),
            ("No. de meta", "no de meta"),
            ("Nin\u{303}o", "nino"),
        ] {
            assert_eq!(normalize(typed).text, plain, "{typed}");
        }
    }

    #[test]
    fn words_have_their_places() {
        let places = |title: &'static str| -> Vec<&str> { words(title).iter().map(|(at, _)| &title[*at..]).collect() };
        assert_eq!(places("Fall CBM-R"), ["Fall CBM-R", "CBM-R", "R"]);
        assert_eq!(places("% Año"), ["% Año", "Año"]);
        for title in [
            "Fall Concepts of Print Error(Total Items - Items Correct)",
            "StudentUniqueId",
            "IEPDate",
            "Student's name:",
            "August_ADMIN_DATE",
            "% correct",
            "#Correct&Wrong",
            "Nin\u{303}o ½",
            "",
        ] {
            let joined: Vec<String> = words(title).into_iter().map(|(_, word)| word).collect();
            assert_eq!(joined.join(" "), plain(title), "{title}");
        }
    }

    #[test]
    fn units_in_titles_are_kept_apart() {
        for (typed, text, unit) in [
            ("Score (wcpm)", "score", Some("wcpm")),
            ("Score (%)", "score", Some("%")),
            ("score /10", "score", Some("/10")),
            ("Score out of 20", "score", Some("/20")),
            ("Score (out of 5)", "score", Some("/5")),
            ("(blank)", "blank", None),
            ("9/5", "9 5", None),
            ("Score", "score", None),
        ] {
            let title = normalize(typed);
            assert_eq!((title.text.as_str(), title.unit.as_deref()), (text, unit), "{typed}");
        }
    }
}
