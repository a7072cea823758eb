//! A tab of means in front of the tabs with the scores: it repeats them and is no data.

use super::*;
use crate::matching::exact;

/// The plan of a tab whose titles are `Student` and means or counts only; none for any other.
pub(super) fn tab(sheet: &Sheet<'_>, head: &[HeadRow]) -> Option<Plan> {
    let at = head.iter().take(5).position(is_titles)?;
    let row = head[at].number;
    let skips = Some((row + 1, u64::MAX, skip::MEANS));
    Some(Plan { header_row: row, header_top: row, skips, ..text_only(sheet, &head[..at]) })
}

fn is_titles(row: &HeadRow) -> bool {
    let who = |text: &str| exact(&normalize(text)).is_some_and(|claim| claim.field <= Field::Grade);
    let cells: Vec<&str> = row.filled().map(|(_, text)| text).collect();
    let others: Vec<String> = cells.iter().filter(|text| !who(text)).map(|text| plain(text)).collect();
    let begins = |words: &[&str]| others.iter().filter(|text| words.iter().any(|word| text.starts_with(word))).count();
    let means = begins(&["average ", "avg ", "mean ", "median ", "promedio ", "class average "]);
    let counts = begins(&["number of ", "count of ", "total number of ", "how many ", "min ", "max ", "lowest ", "highest "]);
    cells.len() > others.len() && means >= 1 && means + counts == others.len()
}
