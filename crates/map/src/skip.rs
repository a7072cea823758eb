//! Rows among the data that are no data: totals, means, repeated headers, notes below the table.

/// A row with a sum or a count.
pub(crate) const TOTAL: &str = "total row";
/// A row with a mean, a median or a spread.
pub(crate) const MEAN: &str = "mean row";
/// A row with the line or level to reach, the same for all.
pub(crate) const LINE: &str = "row of a goal line or benchmark";
/// The titles once more.
pub(crate) const REPEATED: &str = "repeated header";
/// A text below or between the rows.
pub(crate) const NOTE: &str = "note below the table";
/// A row of a tab that holds means of scores on other tabs.
pub(crate) const MEANS: &str = "tab of means";
/// What the codes of a table mean.
pub(crate) const KEY: &str = "key of the codes";
/// A line across the table where another phase begins.
pub(crate) const PHASE: &str = "phase line";
/// A row of a table with groups of columns that has a score in none of them.
pub(crate) const NO_SCORE: &str = "no score in any group of columns";

/// How sure a label is that its row is a total.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Label {
    /// Nobody is called so.
    Sure(&'static str),
    /// Only when the row has nothing else that says whose or when it is.
    Alone(&'static str),
}

/// Labels of rows, lower case.
const LABELS: &[(&str, Label)] = &[
    ("total", Label::Sure(TOTAL)),
    ("totals", Label::Sure(TOTAL)),
    ("grand total", Label::Sure(TOTAL)),
    ("subtotal", Label::Sure(TOTAL)),
    ("sub total", Label::Sure(TOTAL)),
    ("total general", Label::Sure(TOTAL)),
    ("totales", Label::Sure(TOTAL)),
    ("average", Label::Sure(MEAN)),
    ("averages", Label::Sure(MEAN)),
    ("class average", Label::Sure(MEAN)),
    ("group average", Label::Sure(MEAN)),
    ("overall average", Label::Sure(MEAN)),
    ("average score", Label::Sure(MEAN)),
    ("avg", Label::Sure(MEAN)),
    ("avg.", Label::Sure(MEAN)),
    ("class mean", Label::Sure(MEAN)),
    ("class median", Label::Sure(MEAN)),
    ("group mean", Label::Sure(MEAN)),
    ("mean score", Label::Sure(MEAN)),
    ("median score", Label::Sure(MEAN)),
    ("standard deviation", Label::Sure(MEAN)),
    ("std dev", Label::Sure(MEAN)),
    ("std. dev.", Label::Sure(MEAN)),
    ("st dev", Label::Sure(MEAN)),
    ("stdev", Label::Sure(MEAN)),
    ("promedio", Label::Sure(MEAN)),
    ("promedio general", Label::Sure(MEAN)),
    ("promedios", Label::Sure(MEAN)),
    ("desviación estándar", Label::Sure(MEAN)),
    ("desviacion estandar", Label::Sure(MEAN)),
    ("goal line", Label::Sure(LINE)),
    ("goalline", Label::Sure(LINE)),
    ("aim line", Label::Sure(LINE)),
    ("aimline", Label::Sure(LINE)),
    ("trend line", Label::Sure(LINE)),
    ("trendline", Label::Sure(LINE)),
    ("target", Label::Sure(LINE)),
    ("target line", Label::Sure(LINE)),
    ("target score", Label::Sure(LINE)),
    ("benchmark", Label::Sure(LINE)),
    ("norm", Label::Alone(LINE)),
    ("goal", Label::Alone(LINE)),
    ("línea meta", Label::Sure(LINE)),
    ("linea meta", Label::Sure(LINE)),
    ("mean", Label::Alone(MEAN)),
    ("median", Label::Alone(MEAN)),
    ("mode", Label::Alone(MEAN)),
    ("sd", Label::Alone(MEAN)),
    ("s.d.", Label::Alone(MEAN)),
    ("media", Label::Alone(MEAN)),
    ("mediana", Label::Alone(MEAN)),
    ("range", Label::Alone(MEAN)),
    ("rango", Label::Alone(MEAN)),
    ("sum", Label::Alone(TOTAL)),
    ("suma", Label::Alone(TOTAL)),
    ("count", Label::Alone(TOTAL)),
    ("n", Label::Alone(TOTAL)),
    ("min", Label::Alone(MEAN)),
    ("max", Label::Alone(MEAN)),
    ("minimum", Label::Alone(MEAN)),
    ("maximum", Label::Alone(MEAN)),
    ("mínimo", Label::Alone(MEAN)),
    ("máximo", Label::Alone(MEAN)),
    ("minimo", Label::Alone(MEAN)),
    ("maximo", Label::Alone(MEAN)),
];

/// Words that may begin a longer label: `Total points`, `Average of the group`, `n = 12`.
const BEGINNINGS: &[(&str, Label)] = &[
    ("total ", Label::Alone(TOTAL)),
    ("total:", Label::Sure(TOTAL)),
    ("average ", Label::Alone(MEAN)),
    ("average:", Label::Sure(MEAN)),
    ("avg ", Label::Alone(MEAN)),
    ("mean ", Label::Alone(MEAN)),
    ("promedio ", Label::Alone(MEAN)),
    ("promedio:", Label::Sure(MEAN)),
    ("n=", Label::Alone(TOTAL)),
    ("n =", Label::Alone(TOTAL)),
];

/// For each first letter of a label what follows it in labels, as bits.
const FOLLOWS: [u64; 26] = {
    let mut follows = [0; 26];
    let mut at = 0;
    while at < LABELS.len() + BEGINNINGS.len() {
        let (label, _) = if at < LABELS.len() { LABELS[at] } else { BEGINNINGS[at - LABELS.len()] };
        follows[letter(label.as_bytes(), 0) as usize] |= following(label.as_bytes());
        at += 1;
    }
    follows
};

/// The number of a letter; 26 for all else.
const fn letter(text: &[u8], at: usize) -> u8 {
    let byte = if at < text.len() { text[at].to_ascii_lowercase() } else { 0 };
    if byte.is_ascii_lowercase() { byte - b'a' } else { 26 }
}

/// A bit for the second and the third letter.
const fn following(text: &[u8]) -> u64 {
    let second = letter(text, 1) as u32;
    let third = if second == 26 { 26 } else { letter(text, 2) as u32 };
    1 << ((second * 31 + third) % 64)
}

/// The label of a row that is a total, in its first filled cell.
#[inline]
pub(crate) fn label(text: &str) -> Option<Label> {
    // This is asked of each row, and three letters tell nearly all texts from labels.
    let follows = *FOLLOWS.get(usize::from(letter(text.as_bytes(), 0)))?;
    let number = text.as_bytes().get(1).is_some_and(u8::is_ascii_digit);
    if follows & following(text.as_bytes()) != 0 && !number && text.len() <= 48 { slow_label(text) } else { None }
}

fn slow_label(text: &str) -> Option<Label> {
    let bare = text.trim_end_matches([':', ' ']);
    let same = |label: &str| label.len() == bare.len() && label.eq_ignore_ascii_case(bare);
    if let Some((_, label)) = LABELS.iter().find(|(label, _)| same(label)) {
        return Some(*label);
    }
    let bytes = text.as_bytes();
    BEGINNINGS
        .iter()
        .find(|(beginning, _)| {
            bytes.len() > beginning.len() && bytes[..beginning.len()].eq_ignore_ascii_case(beginning.as_bytes())
        })
        .map(|(_, label)| *label)
}

/// A text that is a remark and no value: long, or it begins as a remark does.
pub(crate) fn is_note(text: &str) -> bool {
    let begins = |word: &str| text.len() > word.len() && text.as_bytes()[..word.len()].eq_ignore_ascii_case(word.as_bytes());
    text.starts_with('*')
        || begins("note:")
        || begins("notes:")
        || begins("nota:")
        || begins("notas:")
        || begins("source:")
        || begins("fuente:")
        || begins("key:")
        || begins("clave:")
        || begins("legend:")
        || begins("end of ")
        || text.split_whitespace().nth(6).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_of_totals() {
        for text in [
            "Total",
            "TOTAL:",
            "Grand Total",
            "Goal line",
            "Benchmark",
            "Average",
            "promedio",
            "Class average",
            "Desviación estándar",
        ] {
            assert!(matches!(label(text), Some(Label::Sure(_))), "{text}");
        }
        for text in ["Mean", "n = 12", "N=3", "Max", "Total points", "Average of the group"] {
            assert!(matches!(label(text), Some(Label::Alone(_))), "{text}");
        }
        for text in ["Ana Lopez", "Max Miller", "S0900000", "Average", "Totally", "", "Meaney", "Nina"] {
            assert_eq!(label(text).is_some(), text == "Average", "{text}");
        }
    }
}
