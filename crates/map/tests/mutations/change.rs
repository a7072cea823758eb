//! Changes of sheets and of profiles: those that people make, and those that nobody would.

use aimline_map::{HeadRow, label};
use aimline_model::staged::Field;

use crate::Case;
use crate::random::Random;

/// What may stand in any cell.
#[rustfmt::skip]
const PIECES: &[&str] = &[
    "", "", " ", "-", "NA", "N/A", "NULL", "0", "1", "2", "-1", "12", "40", "80%", "4/5", "4 / 5", "1e308",
    "99999999999999999999", "0.1.2", "½", "9/5", "9/5/2025", "2025-09-05", "Sep 5", "05.09.2025", "31/31/2025", "2/30/2025",
    "Week of 9/5", "Week 3", "Week 99999999999", "Q1", "1st Quarter", "Fall", "Fall 2025", "Winter 2025-26", "BOY", "Sept",
    "Trial 1", "Trial 2", "Trial 0", "Score 1", "Date 1", "Score 2", "Date 2", "Session", "Fall Score", "Fall Date",
    "Fall Percentile", "Winter Score", "Total", "TOTAL:", "Average", "Mean", "n = 12", "Goal line", "Benchmark", "Target:",
    "Student: Ana Lopez", "Student:", ":", "::", "Name: Ben Ochoa (S1001)", "Goal 2", "Goal 1: read", "Goal #: 2", "Meta 3",
    "Baseline", "Intervention", "A", "B", "Ana Lopez", "Lopez, Ana", "Ben", "A.L.", "S1001", "1001", "0012345678", "1.23E+05",
    "By May 2026, Ana will read 90 words a minute in three of four trials.", "Note: the aide", "* see below", "+", "✓", "x", "G",
    "V", "independent", "percent", "wcpm", "(%)", "(wcpm)", "()", "(", ")", "/10", "Score /10", "Score (%)", "Score (", "Scroe",
    "Dte", "Pts", "Kid", "% Correct", "%", "#", "Goal #", "# Correct", "Error", "Errors", "Growth", "Fecha", "Puntaje",
    "Estudiante", "Área", "Línea base", "name", "id", "ID", "Goal", "Skill", "column A", "column B", "column ZZZ", "#REF!",
    "#DIV/0!", "TRUE", "\"", "'", "\\", "a\nb", "\n", "\t",
];

/// Letters that readers stumble over.
#[rustfmt::skip]
const ODD: &[&str] = &[
    "\u{feff}", "\u{200b}", "\u{a0}", "\u{301}", "\u{303}", "é", "ñ", "ß", "İ", "ı", "ǆ", "ﬁ", "Ⅷ", "½", "٣", "３", "中", "😀",
    "👩\u{200d}🏫", "\u{202e}", "\u{0}", "\u{7f}", "\u{85}", "\u{2028}", "\u{fffd}", "\u{10ffff}", "’", "–", "−", "…", "№", "º",
    "ª", "%", "#", "(", ")", "/", ":", "|", "~", ",", ";", "\"", "\\", "\n", "\r",
];

const KINDS: &[u8] = b"tnpdfbezmTNPDFBEMhZ|?\xc3";

#[rustfmt::skip]
const NAMES: &[&str] = &[
    "", "", "Ana Lopez", "Goal 2", "Speech", "Sheet1", "Fall 2025", "Lopez, Ana - G2", "G2 G3", "😀", "a\nb", "O'Neil's \"tab\"",
    "..", "2025-09-05",
];

const FILES: &[&str] =
    &["a.csv", "Tally 2025-09.csv", "Ana_Lopez.xlsx", "", ".", "0228.xml", "a?b*.csv", "no end", "é\"\\\n.csv", "....", "2025"];

/// A title that is known, or a piece.
fn piece(random: &mut Random) -> String {
    match random.below(10) {
        0..3 => label(*random.of(Field::ALL)).to_owned(),
        3 => {
            let (one, other) = (random.of(PIECES), random.of(PIECES));
            format!("{one} {other}")
        }
        4 => format!(
            "{} {}",
            random.of(&["Fall", "Winter", "Q1", "Sept", "9/5", "Week 3", "Trial 2"]),
            label(*random.of(Field::ALL))
        ),
        5 if random.one_in(40) => random.of(PIECES).repeat(2_000 + random.below(20_000)),
        5 if random.one_in(4) => format!("{} ", random.of(PIECES)).repeat(1 + random.below(40)),
        _ => (*random.of(PIECES)).to_owned(),
    }
}

/// Some letters of a text become others.
fn letters(text: &mut String, random: &mut Random) {
    let count = text.chars().count();
    let at = random.below(count + 1);
    let from = text.char_indices().nth(at).map_or(text.len(), |(from, _)| from);
    let to = text[from..].chars().next().map_or(from, |letter| from + letter.len_utf8());
    let odd = *random.of(ODD);
    match random.below(6) {
        0 => text.replace_range(from..to, ""),
        1 | 2 => text.insert_str(from, odd),
        3 => text.replace_range(from..to, odd),
        4 => text.truncate(from),
        _ => {
            *text = if random.one_in(2) { text.to_uppercase() } else { format!("{text}{text}") };
            if text.len() > 100_000 {
                *text = text.chars().take(1_000).collect();
            }
        }
    }
}

/// Rows count upwards from 1 again, with gaps where rows were blank.
fn number(rows: &mut [HeadRow], random: &mut Random) {
    let wild = random.one_in(200);
    let mut last = 0_u64;
    for row in rows {
        if row.number <= last {
            row.number = last + 1;
        }
        if random.one_in(60) {
            row.number += 1 + random.below(3) as u64;
        }
        last = row.number;
        if wild && random.one_in(3) {
            row.number = *random.of(&[0, 1, 1_048_577, u64::from(u32::MAX), u64::MAX - 1, u64::MAX]);
        }
        if last > 1 << 40 {
            last = 1;
        }
    }
}

/// The place of a row, and one past the last of a few.
fn span(random: &mut Random, count: usize) -> (usize, usize) {
    let from = random.below(count);
    (from, (from + 1 + random.below(4)).min(count))
}

fn column(rows: &mut [HeadRow], mut each: impl FnMut(&mut Vec<Option<String>>, &mut Vec<u8>)) {
    for row in rows {
        each(&mut row.cells, &mut row.kinds);
    }
}

fn cell<'a>(rows: &'a mut [HeadRow], random: &mut Random) -> Option<&'a mut Option<String>> {
    let count = rows.len();
    let row = rows.get_mut(random.below(count))?;
    let width = row.cells.len() + usize::from(random.one_in(8));
    let at = random.below(width);
    if at >= row.cells.len() {
        row.cells.resize(at + 1, None);
    }
    row.cells.get_mut(at)
}

/// One to a few changes, now and then very many columns or rows.
pub(crate) fn sheet(case: &mut Case, others: &[Case], random: &mut Random) {
    for _ in 0..1 + random.below(6) {
        if random.one_in(3) { tables(case, others, random) } else { cells(&mut case.rows, random) }
    }
    if random.one_in(60) {
        many(&mut case.rows, random);
    }
    if random.one_in(12) {
        case.name = (*random.of(NAMES)).to_owned();
        case.file = (*random.of(FILES)).to_owned();
    }
    case.rows.truncate(4_000);
    number(&mut case.rows, random);
}

fn cells(rows: &mut [HeadRow], random: &mut Random) {
    let count = rows.len();
    match random.below(12) {
        0..5 => {
            let text = piece(random);
            if let Some(cell) = cell(rows, random) {
                *cell = (!text.is_empty() || random.one_in(10)).then_some(text);
            }
        }
        5 | 6 => {
            if let Some(Some(text)) = cell(rows, random) {
                letters(text, random);
            }
        }
        7 => {
            // Two cells change places, or one is copied over the other.
            let text = cell(rows, random).map(|cell| if random_keep(cell) { cell.clone() } else { cell.take() });
            if let (Some(text), Some(cell)) = (text, cell(rows, random)) {
                *cell = text;
            }
        }
        8 => {
            // Merged: the first cell of some holds the text of all.
            if let Some(row) = rows.get_mut(random.below(count)) {
                let (from, to) = span(random, row.cells.len());
                row.cells.iter_mut().take(to).skip(from + 1).for_each(|cell| *cell = None);
            }
        }
        9 => {
            // One kind, or the whole of them.
            if let Some(row) = rows.get_mut(random.below(count)) {
                let kind = *random.of(KINDS);
                let width = row.cells.len();
                match random.below(4) {
                    0 => row.kinds = vec![kind; width],
                    1 => row.kinds.truncate(random.below(width)),
                    2 => row.kinds.extend_from_slice(b"|r"),
                    _ => {
                        let at = random.below(width);
                        if row.kinds.len() <= at {
                            row.kinds.resize(at + 1, b't');
                        }
                        row.kinds[at] = kind;
                    }
                }
            }
        }
        10 => {
            // Numbers, dates or known titles instead of titles.
            let what = random.below(3);
            if let Some(row) = rows.get_mut(random.below(count.min(4))) {
                for cell in row.cells.iter_mut().flatten() {
                    match what {
                        0 => *cell = random.below(300).to_string(),
                        1 => *cell = format!("{}/{}", 1 + random.below(12), 1 + random.below(28)),
                        _ => label(*random.of(Field::ALL)).clone_into(cell),
                    }
                }
            }
        }
        _ => {
            // A row's titles become blank, or the same.
            if let Some(row) = rows.get_mut(random.below(count.min(4))) {
                let text = (!random.one_in(2)).then(|| piece(random));
                row.cells.iter_mut().for_each(|cell| cell.clone_from(&text));
            }
        }
    }
}

fn random_keep(cell: &Option<String>) -> bool {
    cell.as_ref().is_some_and(|text| text.len() % 2 == 0)
}

fn tables(case: &mut Case, others: &[Case], random: &mut Random) {
    let rows = &mut case.rows;
    let count = rows.len();
    let width = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    match random.below(14) {
        0 if count > 1 => drop(rows.remove(random.below(count))),
        1 | 2 if count > 0 => {
            let (from, to) = span(random, count);
            let copy = rows[from..to].to_vec();
            let at = random.below(count + 1);
            rows.splice(at..at, copy);
        }
        3 if count > 0 => {
            let (one, other) = (random.below(count), random.below(count));
            rows.swap(one, other);
        }
        4 => {
            // A row of its own: a title, a label, a remark.
            let mut cells = vec![Some(piece(random))];
            if random.one_in(3) {
                cells.push(Some(piece(random)));
            }
            let at = random.below(count + 1);
            rows.insert(at, HeadRow { number: 0, kinds: Vec::new(), cells });
        }
        5 => {
            // A row of titles of groups above others.
            let text = |random: &mut Random| random.one_in(2).then(|| piece(random));
            let cells = (0..width).map(|_| text(random)).collect();
            rows.insert(random.below(count.min(3) + 1), HeadRow { number: 0, kinds: Vec::new(), cells });
        }
        6 if width > 0 => {
            let at = random.below(width);
            column(rows, |cells, kinds| {
                if at < cells.len() {
                    cells.remove(at);
                }
                if at < kinds.len() {
                    kinds.remove(at);
                }
            });
        }
        7 | 8 if width > 0 => {
            let (from, to) = span(random, width);
            let at = random.below(width + 1);
            column(rows, |cells, _| {
                let copy: Vec<Option<String>> = (from..to).map(|column| cells.get(column).cloned().flatten()).collect();
                cells.resize(cells.len().max(at), None);
                cells.splice(at..at, copy);
            });
        }
        9 if width > 0 => {
            let (one, other) = (random.below(width), random.below(width));
            column(rows, |cells, _| {
                cells.resize(cells.len().max(one + 1).max(other + 1), None);
                cells.swap(one, other);
            });
        }
        10 => {
            let at = random.below(width + 1);
            column(rows, |cells, _| {
                if at < cells.len() {
                    cells.insert(at, None)
                }
            });
        }
        11 => {
            // Another sheet below this one.
            let other = random.of(others);
            let from = rows.last().map_or(0, |row| row.number.min(1 << 40)) + 1 + random.below(3) as u64;
            rows.extend(other.rows.iter().map(|row| HeadRow { number: row.number + from, ..row.clone() }));
        }
        12 => {
            // Another sheet beside this one.
            let other = random.of(others);
            let at = width + random.below(2);
            for (place, beside) in other.rows.iter().enumerate() {
                if place >= rows.len() {
                    rows.push(HeadRow { number: 0, kinds: Vec::new(), cells: Vec::new() });
                }
                let row = &mut rows[place];
                row.cells.resize(at, None);
                row.kinds.resize(at, b't');
                row.cells.extend(beside.cells.iter().cloned());
                row.kinds.extend_from_slice(&beside.kinds);
            }
        }
        _ => rows.truncate(1 + random.below(count)),
    }
}

/// Thousands of columns, or more rows than are kept.
fn many(rows: &mut Vec<HeadRow>, random: &mut Random) {
    if random.one_in(3) {
        // Long texts stay a few: hundreds of them would only take time.
        let mut copy = rows.clone();
        let texts = copy.iter_mut().flat_map(|row| &mut row.cells).flatten();
        texts.filter(|text| text.len() > 400).for_each(|text| *text = text.chars().take(100).collect());
        let up_to = 900 + random.below(300);
        while !copy.is_empty() && rows.len() < up_to {
            rows.extend(copy.iter().cloned().map(|row| HeadRow { number: 0, ..row }));
        }
        return;
    }
    let most = if random.one_in(20) { 4_000 } else { 300 };
    let up_to = 100 + random.below(most);
    let counted = random.one_in(2);
    rows.truncate(12);
    for row in rows {
        let copy = row.cells.clone();
        let mut round = 1;
        while !copy.is_empty() && row.cells.len() < up_to {
            round += 1;
            // Titles with a number, or the same again.
            let again = |cell: &Option<String>| {
                let text: String = cell.as_ref()?.chars().take(80).collect();
                Some(if counted && !text.contains(['/', '-']) { format!("{text} {round}") } else { text })
            };
            row.cells.extend(copy.iter().map(again));
        }
    }
}

/// Lines of profiles.
#[rustfmt::skip]
const LINES: &[&str] = &[
    "[map]", "[match]", "[read]", "[map.columns]", "[map.units]", "[map.all_rows]", "[about]", "header_row = 1",
    "header_row = 2", "header_row = 99999999", "header_row = -1", "layout = 'long'", "layout = 'wide'", "layout = 'log'",
    "layout = 'roster'", "layout = 'screening'", "layout = 'assessments'", "layout = 'reports'", "layout = 'goal_list'",
    "layout = 'text'", "date_order = 'ymd'", "'*' = 'percent'", "'column A' = 'student_id'", "'column B' = 'score'",
    "'column XFD' = 'unused'", "Date = 'date'", "Score = 'score'", "'' = 'unused'", "'' = ''", "Date = 'unused'",
    "student_id = 'S1001'", "goal_number = '2'", "date = '2025-09-05'", "file = '***?*.csv'", "sheet = ''", "headers = []",
    "headers = ['']", "é = 'score'", "# only a remark", "= =",
];

/// A few changes of a profile's text.
pub(crate) fn profile(text: &mut String, random: &mut Random) {
    for _ in 0..1 + random.below(4) {
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        let count = lines.len();
        let at = random.below(count);
        match random.below(8) {
            0 if count > 1 => drop(lines.remove(at)),
            1 | 2 => lines.insert(at.min(count), (*random.of(LINES)).to_owned()),
            3 => lines.insert(at.min(count), format!("{:?} = {:?}", piece(random), random.of(Field::ALL).name())),
            4 if count > 1 => lines.swap(at, random.below(count)),
            5 if count > 0 => {
                let copy = lines[at].clone();
                lines.insert(random.below(count), copy);
            }
            _ => {
                if let Some(line) = lines.get_mut(at) {
                    letters(line, random);
                }
            }
        }
        *text = lines.join("\n");
    }
}
