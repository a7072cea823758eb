//! Texts whose columns are lined up with blanks. Where one column ends and the next begins is not in the file, so they are
//! not read: a column of numbers would be cut at the wrong place sooner or later.

/// Lines that are looked at.
const LINES: usize = 80;
/// So many lines show whether blanks stand below each other.
const FEW: usize = 4;
/// Characters of a line that are looked at.
const WIDE: usize = 1000;

/// Number of columns that are lined up with blanks; 0 if there are none, or if the delimiter itself is lined up: then the
/// cells between are padded.
pub(crate) fn columns(text: &str, whole: bool, delimiter: u8) -> usize {
    let mut lines: Vec<&str> = text.split(['\n', '\r']).filter(|line| !line.trim().is_empty()).take(LINES + 1).collect();
    if lines.len() > LINES || !whole {
        lines.pop(); // it may be cut
    }
    // A title and the like stand above the table.
    let lines = &lines[lines.len() / 5..];
    if lines.len() < FEW {
        return 0;
    }
    let lines: Vec<Vec<char>> = lines.iter().map(|line| line.chars().take(WIDE).collect()).collect();
    let places = |line: &[char]| -> Vec<usize> { (0..line.len()).filter(|&at| line[at] == char::from(delimiter)).collect() };
    let usual = places(&lines[0]);
    if !usual.is_empty() && lines.iter().all(|line| places(line) == usual) {
        return 0;
    }
    let same_length = lines.iter().all(|line| line.len() == lines[0].len());
    let longest = lines.iter().map(Vec::len).max().unwrap_or(0);
    // How many lines have something there. One in twenty may be a total or a note that runs on.
    let filled: Vec<usize> =
        (0..longest).map(|at| lines.iter().filter(|line| line.get(at).is_some_and(|&one| one != ' ')).count()).collect();
    let stray = lines.len() / 20;
    let mut columns = Vec::new();
    let mut blanks = 2; // the first column needs none before it
    let mut open = false;
    for (at, &count) in filled.iter().enumerate() {
        if count <= stray {
            blanks += 1;
            open = false;
        } else {
            // One blank stands between words too; only more of them part columns.
            if !open && (blanks >= 2 || columns.is_empty()) {
                columns.push((at, at));
            }
            blanks = 0;
            open = true;
            if let Some(column) = columns.last_mut() {
                column.1 = at;
            }
        }
    }
    let in_use = |&&(first, last): &&(usize, usize)| {
        let used = lines.iter().filter(|line| line.iter().skip(first).take(last - first + 1).any(|&one| one != ' ')).count();
        used * 2 >= lines.len()
    };
    let columns = columns.iter().filter(in_use).count();
    // Two columns alone are a label and its text as often as a table.
    if columns > 2 || columns == 2 && same_length && lines[0].len() >= 20 { columns } else { 0 }
}
