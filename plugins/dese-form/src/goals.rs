//! Section 3: the goal tables with their objectives and progress reports.

use crate::body::{Cell, Line, Merge, Row};
use crate::text::{Tick, fold, key, row_ticks, split_number, ticked_labels, value};

/// One progress report.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Report {
    /// Its position among the blocks of the form, from 1.
    pub(crate) position: usize,
    pub(crate) date: String,
    pub(crate) code: Option<String>,
    pub(crate) description: String,
}

/// One objective.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Objective {
    pub(crate) position: usize,
    /// As typed, when it says more than its position.
    pub(crate) number: Option<String>,
    pub(crate) text: String,
}

/// One annual goal.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Goal {
    pub(crate) number: String,
    text: Vec<String>,
    objective_lines: Vec<Line>,
    domains: Vec<Tick>,
    methods: Vec<Tick>,
    rows: Vec<ReportRow>,
    /// Has a progress grid of another layout.
    pub(crate) other_grid: bool,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct ReportRow {
    merge: Merge,
    date: String,
    statements: Vec<String>,
    description: String,
}

/// What the lines that follow belong to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) enum Mode {
    #[default]
    None,
    Text,
    Objectives,
    Domains,
    Methods,
    /// The report rows of this table, with the columns of its header.
    Reports(usize, Header),
}

/// Columns of the report header.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Header {
    /// For each cell of the header, where it begins and what it is.
    columns: Vec<(u32, Part)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Date,
    Statement,
    Description,
    Other,
}

/// The grid column at which each cell of a row begins.
pub(crate) fn starts(row: &Row) -> Vec<u32> {
    let mut at = row.before;
    row.cells
        .iter()
        .map(|cell| {
            let start = at;
            at = at.saturating_add(cell.span);
            start
        })
        .collect()
}

/// The index of the header's cell above each cell of a row: by number when the counts agree, else by grid column.
pub(crate) fn columns_of(row: &Row, header: &[u32]) -> Vec<usize> {
    if row.cells.len() == header.len() {
        return (0..header.len()).collect();
    }
    starts(row).iter().map(|start| header.iter().rposition(|column| column <= start).unwrap_or(0)).collect()
}

impl Header {
    /// Reads the header row of the report table.
    pub(crate) fn of(row: &Row) -> Option<Self> {
        if row.cells.len() < 2 {
            return None;
        }
        let part = |cell: &Cell| {
            let text = key(&cell.lines().map(|line| line.text.as_str()).collect::<Vec<_>>().join(" "));
            if text.starts_with("date of report") || text == "report date" {
                Part::Date
            } else if text.starts_with("summary statement") {
                Part::Statement
            } else if text.starts_with("description of progress") || text.starts_with("description of data") {
                Part::Description
            } else {
                Part::Other
            }
        };
        let columns: Vec<_> = starts(row).into_iter().zip(row.cells.iter().map(part)).collect();
        let known = columns.iter().filter(|(_, part)| *part != Part::Other).count();
        (known >= 2).then_some(Self { columns })
    }
}

/// What a line of a goal table begins.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Label<'a> {
    Goal(&'a str),
    Objectives(&'a str),
    Domains,
    Methods,
    Progress,
    /// The grid of the older form, with periods as columns.
    Grid,
}

/// The rest of a line behind a label of so many characters.
fn behind(line: &str, characters: usize) -> &str {
    let at = line.char_indices().nth(characters).map_or(line.len(), |(at, _)| at);
    line[at..].trim_start_matches([':', '#', ' ', '.', '*'])
}

/// The label at the beginning of a line.
pub(crate) fn label(line: &str) -> Option<Label<'_>> {
    let folded = fold(line);
    if let Some(rest) = folded.strip_prefix("annual goal") {
        let next = rest.trim_start();
        let spaced = rest.len() != next.len();
        let number = ["number", "no."].iter().find(|word| next.starts_with(**word)).map_or(0, |word| word.len());
        if next.is_empty()
            || next.starts_with(['#', ':'])
            || number > 0
            || spaced && next.starts_with(|c: char| c.is_ascii_digit())
        {
            let skipped = if number > 0 { rest.len() - next.len() + number } else { 0 };
            return Some(Label::Goal(behind(line, "annual goal".len() + skipped)));
        }
    }
    let objectives = [
        "measurable benchmarks/objectives",
        "measurable objectives/benchmarks",
        "measurable benchmarks",
        "measurable objectives",
        "benchmarks/objectives",
        "objectives/benchmarks",
        "short-term objectives",
        "short term objectives",
    ];
    if let Some(label) = objectives.iter().find(|label| folded.starts_with(**label)) {
        let rest = folded[label.len()..].trim_start();
        if rest.is_empty() || rest.starts_with(':') {
            return Some(Label::Objectives(behind(line, label.len())));
        }
    }
    let starts = |text: &str| folded.starts_with(text);
    if folded.contains("which goal domain") || folded.contains("students with post-secondary transition plan") {
        Some(Label::Domains)
    } else if (starts("progress toward the goal") || starts("progress towards the goal") || starts("progress toward goal"))
        && folded.contains("measured by")
    {
        Some(Label::Methods)
    } else if starts("periodic progress report") || starts("esy student progress report") {
        Some(Label::Grid)
    } else if starts("progress towards meeting goal") || starts("progress toward meeting goal") {
        Some(Label::Progress)
    } else {
        None
    }
}

/// A number at the beginning of a goal, such as `1`, `2.` or `1.1:`.
fn goal_number(text: &str) -> (Option<&str>, &str) {
    let end = text.find(|c: char| c.is_whitespace() || c == ':' || c == ')').unwrap_or(text.len());
    let number = text[..end].trim_end_matches(['.', '-']);
    let short = number.len() <= 6 && number.chars().all(|c| c.is_ascii_alphanumeric() || c == '.' || c == '-');
    let digits = number.starts_with(|c: char| c.is_ascii_digit())
        || number.len() == 1 && number.starts_with(|c: char| c.is_ascii_uppercase()) && end == text.len();
    if short && digits { (Some(number), text[end..].trim_start_matches([':', ')', '.', ' '])) } else { (None, text) }
}

impl Goal {
    /// Begins a goal with what stands behind its label.
    pub(crate) fn new(rest: &str) -> Self {
        let (number, text) = goal_number(value(rest));
        let text = value(text);
        Self {
            number: number.unwrap_or_default().to_owned(),
            text: Some(text.to_owned()).filter(|text| !text.is_empty()).into_iter().collect(),
            ..Self::default()
        }
    }

    /// Takes lines in the mode that they were found in.
    pub(crate) fn take(&mut self, mode: &Mode, lines: &[Line]) {
        match mode {
            Mode::Text => {
                for line in lines.iter().filter(|line| !value(&line.text).is_empty()) {
                    let text = value(&line.text);
                    match goal_number(text) {
                        (Some(number), "") if self.number.is_empty() && self.text.is_empty() => {
                            number.clone_into(&mut self.number);
                        }
                        _ => self.text.push(text.to_owned()),
                    }
                }
            }
            Mode::Objectives => self.objective_lines.extend(lines.iter().cloned()),
            Mode::Domains => self.domains.extend(row_ticks(lines.iter().map(|line| line.text.as_str()))),
            Mode::Methods => self.methods.extend(row_ticks(lines.iter().map(|line| line.text.as_str()))),
            Mode::None | Mode::Reports(..) => {}
        }
    }

    /// Takes a row below the report header.
    pub(crate) fn take_report_row(&mut self, header: &Header, row: &Row) {
        let grid: Vec<u32> = header.columns.iter().map(|(start, _)| *start).collect();
        let mut out = ReportRow::default();
        let (mut dates, mut texts, mut merges) = (Vec::new(), Vec::new(), Vec::new());
        for (cell, column) in row.cells.iter().zip(columns_of(row, &grid)) {
            match header.columns[column].1 {
                Part::Date => {
                    merges.push(cell.merge);
                    let text = cell.full_text().replace('\n', " ");
                    dates.extend(Some(value(&text).to_owned()).filter(|text| !text.is_empty()));
                }
                Part::Statement => {
                    out.statements.extend(cell.full_text().lines().map(str::to_owned));
                }
                Part::Description => {
                    merges.push(cell.merge);
                    let text = cell.full_text();
                    texts.extend(Some(value(&text).to_owned()).filter(|text| !text.is_empty()));
                }
                Part::Other => {}
            }
        }
        out.merge = merges.iter().copied().find(|merge| *merge != Merge::None).unwrap_or_default();
        out.date = dates.join(" ");
        out.description = texts.join("\n");
        self.rows.push(out);
    }

    /// The goal's sentences.
    pub(crate) fn text(&self) -> String {
        self.text.join("\n")
    }

    /// The ticked ways of measuring.
    pub(crate) fn methods(&self) -> Option<String> {
        ticked_labels(&self.methods)
    }

    /// The ticked post-secondary domains.
    pub(crate) fn domains(&self) -> Option<String> {
        ticked_labels(&self.domains)
    }

    /// The filled objectives.
    pub(crate) fn objectives(&self) -> Vec<Objective> {
        let numbers = |line: &Line| line.numbered || split_number(&line.text).0.is_some();
        let any = self.objective_lines.iter().any(numbers);
        let mut out: Vec<Objective> = Vec::new();
        let mut position = 0;
        for line in &self.objective_lines {
            let (number, text) = split_number(&line.text);
            let text = value(text);
            if any
                && !numbers(line)
                && let Some(last) = out.last_mut().filter(|_| !text.is_empty())
            {
                if !last.text.is_empty() {
                    last.text.push('\n');
                }
                last.text.push_str(text);
                continue;
            }
            if text.is_empty() && !numbers(line) {
                continue;
            }
            position = number.and_then(|number| number.parse().ok()).unwrap_or(position + 1);
            let number = number.filter(|number| number.contains('.')).map(str::to_owned);
            out.push(Objective { position, number, text: text.to_owned() });
        }
        out.retain(|objective| !objective.text.is_empty());
        out
    }

    /// The filled reports.
    pub(crate) fn reports(&self) -> Vec<Report> {
        let mut blocks: Vec<ReportRow> = Vec::new();
        let mut rows = 0;
        for row in &self.rows {
            match blocks.last_mut() {
                Some(block) if joins(block, row, rows) => {
                    rows += 1;
                    block.statements.extend(row.statements.iter().cloned());
                    for (text, more, between) in
                        [(&mut block.date, &row.date, " "), (&mut block.description, &row.description, "\n")]
                    {
                        if !text.is_empty() && !more.is_empty() {
                            text.push_str(between);
                        }
                        text.push_str(more);
                    }
                }
                _ => {
                    rows = 1;
                    blocks.push(row.clone());
                }
            }
        }
        let reports = blocks.into_iter().enumerate().map(|(index, block)| {
            let code = code(&block);
            Report { position: index + 1, date: block.date, code, description: block.description }
        });
        reports.filter(|report| !report.date.is_empty() || report.code.is_some() || !report.description.is_empty()).collect()
    }

    /// Whether there is nothing in it that somebody typed.
    pub(crate) fn is_blank(&self) -> bool {
        self.text.is_empty() && self.objectives().is_empty() && self.reports().is_empty() && !self.other_grid
    }
}

/// The printed statements without their boxes, as they are compared.
fn printed(row: &ReportRow) -> Vec<String> {
    let ticks = row_ticks(row.statements.iter().map(String::as_str));
    let mut out: Vec<String> = if ticks.is_empty() {
        row.statements.iter().map(|statement| key(statement)).collect()
    } else {
        ticks.iter().map(|tick| key(&tick.label)).collect()
    };
    out.retain(|statement| !statement.is_empty());
    out
}

/// Whether a row belongs to the block of the rows above it.
fn joins(block: &ReportRow, row: &ReportRow, rows: usize) -> bool {
    match row.merge {
        Merge::Continue => true,
        Merge::Restart => false,
        // Without merged cells: one statement a row, none of them twice.
        Merge::None => {
            let above = printed(block);
            let statements = printed(row);
            let [statement] = &statements[..] else { return false };
            block.merge == Merge::None && rows < 4 && above.len() == rows && row.date.is_empty() && !above.contains(statement)
        }
    }
}

/// The ticked statements; or the only statement where there is no box.
fn code(block: &ReportRow) -> Option<String> {
    let ticks = row_ticks(block.statements.iter().map(String::as_str));
    if ticks.is_empty() {
        let [only] = &block.statements[..] else { return None };
        let filled = !block.date.is_empty() || !block.description.is_empty();
        let text = value(only);
        let several =
            ["not making progress", "not addressed", "goal met"].iter().filter(|part| fold(text).contains(**part)).count() > 1;
        return (filled && !text.is_empty() && !several).then(|| text.to_owned());
    }
    ticked_labels(&ticks)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels() {
        for (line, expected) in [
            ("Annual Goal # 1", Some(Label::Goal("1"))),
            ("Annual Goal #: 1.1 By May", Some(Label::Goal("1.1 By May"))),
            ("Annual Goal #", Some(Label::Goal(""))),
            ("Annual Goal Number 2", Some(Label::Goal("2"))),
            ("Annual goal 3: By May", Some(Label::Goal("3: By May"))),
            ("Annual Goals", None),
            ("Annual goal setting is hard", None),
            ("Measurable Benchmarks/Objectives: 1. Given", Some(Label::Objectives("1. Given"))),
            ("Objectives/benchmarks are on goal page(s).", None),
            ("Progress toward the goal will be measured by: (check all that apply)", Some(Label::Methods)),
        ] {
            assert_eq!(label(line), expected, "{line}");
        }
    }

    #[test]
    fn numbers_of_goals() {
        for (text, expected) in [
            ("1", (Some("1"), "")),
            ("2. Given", (Some("2"), "Given")),
            ("1.1 By May", (Some("1.1"), "By May")),
            ("3: By May", (Some("3"), "By May")),
            ("By May", (None, "By May")),
            ("A", (Some("A"), "")),
        ] {
            assert_eq!(goal_number(text), expected, "{text}");
        }
    }
}
