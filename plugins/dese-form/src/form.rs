//! Recognizes the parts of a Missouri IEP form by the text of their labels, never by position or field name.

use crate::body::{Block, Cell, Line, Row};
use crate::goals::{Goal, Header, Label, Mode, label};
use crate::labels::{Ask, Section, is_of_the_form, row_asks, section};
use crate::services::Summary;
use crate::text::{Tick, fold, key, ticked_labels, ticks, value};

/// The facts of page 1, or of an amendment page.
#[derive(Debug, Default)]
pub(crate) struct Plan {
    pub(crate) student_id: String,
    pub(crate) name: String,
    pub(crate) birth_date: String,
    pub(crate) grade: String,
    pub(crate) district: String,
    pub(crate) school: String,
    pub(crate) case_manager: String,
    pub(crate) iep_type: String,
    pub(crate) meeting: String,
    pub(crate) previous_review: String,
    pub(crate) evaluation: String,
    pub(crate) reevaluation_due: String,
    pub(crate) start: String,
    pub(crate) annual_review: String,
    pub(crate) provided: String,
    pub(crate) amendment_date: String,
}

/// What a question's boxes are about.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Question {
    #[default]
    Other,
    IepType,
    ExtendedYear,
    Schedule,
    Sections,
}

/// A form as it is read.
#[derive(Debug, Default)]
pub(crate) struct Form {
    /// Whether anything showed that it is such a form.
    pub(crate) known: bool,
    pub(crate) plan: Plan,
    pub(crate) amendment: Plan,
    pub(crate) goals: Vec<Goal>,
    pub(crate) summary: Summary,
    iep_type: Vec<Tick>,
    extended_year: Vec<Tick>,
    schedule: Vec<Tick>,
    schedule_typed: String,
    sections: Vec<Tick>,
    places: Vec<Tick>,
    /// A ticked MAP-A.
    pub(crate) map_a: bool,
    title_name: String,
    home_school: String,
    decision_maker: bool,
    section: Section,
    question: Question,
    mode: Mode,
    tables: usize,
}

/// Reads a body.
pub(crate) fn recognize(blocks: &[Block]) -> Form {
    let mut form = Form::default();
    form.walk(blocks);
    form.finish();
    form
}

impl Form {
    fn walk(&mut self, blocks: &[Block]) {
        for block in blocks {
            match block {
                Block::Line(line) if line.text.is_empty() => {}
                Block::Line(line) => {
                    let cell = Cell { blocks: vec![Block::Line(line.clone())], ..Cell::default() };
                    self.row(0, &Row { cells: vec![cell], ..Row::default() });
                }
                Block::Table(table) => {
                    self.tables += 1;
                    let number = self.tables;
                    for row in &table.rows {
                        self.row(number, row);
                    }
                }
            }
        }
    }

    /// One row of a table, or one line outside of tables (table 0).
    fn row(&mut self, table: usize, row: &Row) {
        let first = row.cells.first().and_then(|cell| cell.lines().find(|line| !line.text.is_empty()));
        let begins = first.is_some_and(|line| section(&line.text).is_some() || label(&line.text).is_some());
        if let Mode::Reports(owner, header) = &self.mode
            && *owner == table
            && !begins
        {
            let header = header.clone();
            if Header::of(row).is_none()
                && let Some(goal) = self.goals.last_mut()
            {
                goal.take_report_row(&header, row);
            }
            return;
        }
        if let Some(header) = Header::of(row) {
            self.known = true;
            if self.goals.is_empty() {
                self.goals.push(Goal::default());
            }
            self.mode = Mode::Reports(table, header);
            return;
        }
        let mut lines: Vec<&Line> = row.cells.iter().flat_map(Cell::lines).filter(|line| !line.text.is_empty()).collect();
        if let Some(line) = first
            && let Some(next) = section(&line.text)
        {
            self.section = next;
            self.question = Question::Other;
            self.mode = Mode::None;
            self.known |= matches!(next, Section::Goals);
            lines.retain(|other| !std::ptr::eq(*other, line));
        }
        self.known = self.known || lines.iter().any(|line| is_of_the_form(&line.text));
        self.contents(table, row, &lines);
        for cell in &row.cells {
            for block in &cell.blocks {
                if let Block::Table(_) = block {
                    self.walk(std::slice::from_ref(block));
                }
            }
        }
    }

    fn contents(&mut self, table: usize, row: &Row, lines: &[&Line]) {
        if self.goal_lines(lines) {
            return;
        }
        match self.section {
            Section::Services => return self.summary.take(table, row),
            Section::Front | Section::Amendment => {
                let cells: Vec<&Cell> = row.cells.iter().collect();
                for (ask, value) in row_asks(&cells) {
                    self.answer(ask, value);
                }
            }
            Section::After => return,
            Section::Present | Section::Special | Section::Goals | Section::Reporting => {}
        }
        self.questions(lines);
    }

    /// Lines of a goal table; says whether any of them belonged to a goal.
    fn goal_lines(&mut self, lines: &[&Line]) -> bool {
        let mut pending: Vec<Line> = Vec::new();
        let mut any = false;
        for line in lines {
            // "Objectives/Benchmarks:" may also head a list outside of the goals.
            let within = self.section == Section::Goals && !self.goals.is_empty();
            let Some(next) = label(&line.text).filter(|next| within || matches!(next, Label::Goal(_))) else {
                pending.push((*line).clone());
                continue;
            };
            any = true;
            self.flush(&mut pending);
            match next {
                Label::Goal(rest) => {
                    self.known = true;
                    self.section = Section::Goals;
                    self.goals.push(Goal::new(rest));
                    self.mode = Mode::Text;
                }
                Label::Objectives(rest) => {
                    self.mode = Mode::Objectives;
                    if !rest.is_empty() {
                        pending.push(Line { text: rest.to_owned(), numbered: line.numbered });
                    }
                }
                Label::Domains => self.mode = Mode::Domains,
                Label::Methods => self.mode = Mode::Methods,
                Label::Progress => self.mode = Mode::None,
                Label::Grid => {
                    self.mode = Mode::None;
                    if let Some(goal) = self.goals.last_mut() {
                        goal.other_grid = true;
                    }
                }
            }
        }
        any |= !matches!(self.mode, Mode::None | Mode::Reports(..)) && !pending.is_empty();
        self.flush(&mut pending);
        any
    }

    fn flush(&mut self, pending: &mut Vec<Line>) {
        if let Some(goal) = self.goals.last_mut() {
            goal.take(&self.mode, pending);
        }
        pending.clear();
    }

    fn answer(&mut self, ask: Ask, value: String) {
        let amendment = self.section == Section::Amendment;
        let plan = if amendment { &mut self.amendment } else { &mut self.plan };
        let field = match ask {
            Ask::StudentId => &mut plan.student_id,
            // Further names on page 1 are those of other people.
            Ask::Name if self.decision_maker && !amendment => return,
            Ask::Name => {
                self.decision_maker |= !amendment;
                &mut plan.name
            }
            Ask::Title => &mut self.title_name,
            Ask::BirthDate => &mut plan.birth_date,
            Ask::Grade => &mut plan.grade,
            Ask::District => &mut plan.district,
            Ask::School => &mut plan.school,
            Ask::HomeSchool => &mut self.home_school,
            Ask::CaseManager => &mut plan.case_manager,
            Ask::IepType => &mut plan.iep_type,
            Ask::Meeting => &mut plan.meeting,
            Ask::AnnualMeeting => &mut self.amendment.meeting,
            Ask::PreviousReview => &mut plan.previous_review,
            Ask::Evaluation => &mut plan.evaluation,
            Ask::ReevaluationDue => &mut plan.reevaluation_due,
            Ask::Initiation => &mut plan.start,
            Ask::AnnualReview => &mut plan.annual_review,
            Ask::Provided => &mut plan.provided,
            Ask::AmendmentDate => &mut self.amendment.amendment_date,
            Ask::Implementation => &mut self.amendment.start,
            Ask::Other => return,
        };
        if field.is_empty() && !crate::text::has_box(&value) {
            *field = value;
        }
    }

    /// Boxes outside of the goals, by the question before them.
    fn questions(&mut self, lines: &[&Line]) {
        // A box alone waits for the label in the next line of the row.
        let mut alone: Option<bool> = None;
        for line in lines {
            let (prefix, boxes) = ticks(&line.text);
            if !prefix.is_empty() {
                if let Some(ticked) = alone.take() {
                    self.tick(Tick { ticked, label: prefix.clone() });
                } else if boxes.is_empty() && self.continues(&prefix) {
                    continue;
                } else {
                    self.question = self.ask(&prefix);
                }
            }
            for tick in boxes {
                if tick.label.is_empty() {
                    alone = Some(tick.ticked);
                } else {
                    self.tick(tick);
                }
            }
        }
    }

    /// Whether a line is the text of the schedule's Other box above it.
    fn continues(&mut self, line: &str) -> bool {
        let last = self.schedule.last_mut().filter(|_| self.question == Question::Schedule);
        let Some(last) = last.filter(|last| key(&last.label) == "other" && !line.ends_with(':')) else { return false };
        last.label = format!("Other: {line}");
        true
    }

    fn ask(&mut self, prefix: &str) -> Question {
        let folded = fold(prefix);
        if folded.contains("iep type") {
            Question::IepType
        } else if folded.contains("extended school year") || folded.starts_with("esy") {
            Question::ExtendedYear
        } else if let Some((_, rest)) = folded.split_once("progress will be reported") {
            let typed = rest.split_once(':').map_or("", |(_, typed)| typed);
            let choices = ["bi-quarterly", "quarterly", "trimester", "semester"];
            let named = choices.iter().filter(|choice| typed.split([' ', ',', ';', '/']).any(|word| word == **choice)).count();
            if named == 1
                && let Some((_, typed)) = prefix.split_once(':')
            {
                value(typed.trim()).clone_into(&mut self.schedule_typed);
            }
            Question::Schedule
        } else if folded.contains("section(s) amended") || folded.contains("sections amended") {
            Question::Sections
        } else {
            Question::Other
        }
    }

    fn tick(&mut self, tick: Tick) {
        let label = fold(&tick.label);
        if label.starts_with("map-a") || label.starts_with("map a,") {
            self.map_a |= tick.ticked;
        } else if label.starts_with("objectives/benchmarks are on goal page")
            || label.starts_with("objectives/benchmarks described")
        {
            self.places.push(tick);
        } else {
            match self.question {
                Question::IepType => {
                    let known = ["initial", "annual", "amendment"].into_iter().find(|known| label.starts_with(known));
                    if let Some(known) = known {
                        let label = tick.label.chars().take(known.len()).collect();
                        self.iep_type.push(Tick { label, ..tick });
                    }
                }
                Question::ExtendedYear => self.extended_year.push(tick),
                Question::Schedule => self.schedule.push(tick),
                Question::Sections => self.sections.push(tick),
                Question::Other => {}
            }
        }
    }

    fn finish(&mut self) {
        if let Some(ticked) = ticked_labels(&self.iep_type) {
            self.plan.iep_type = ticked;
        }
        if self.plan.name.is_empty() {
            self.plan.name = std::mem::take(&mut self.title_name);
        }
        if self.plan.school.is_empty() {
            self.plan.school = std::mem::take(&mut self.home_school);
        }
        self.goals.retain(|goal| !goal.is_blank());
    }

    /// The ticked schedules, without what stands beside Other.
    pub(crate) fn schedule(&self) -> Option<String> {
        let short = |tick: &Tick| {
            let label = if is_other(&tick.label) { "Other".to_owned() } else { tick.label.clone() };
            Tick { ticked: tick.ticked, label }
        };
        let all: Vec<Tick> = self.schedule.iter().map(short).collect();
        ticked_labels(&all).or_else(|| some(&self.schedule_typed))
    }

    /// The text beside the schedule's Other box.
    pub(crate) fn schedule_other(&self) -> Option<String> {
        let other = self.schedule.iter().find(|tick| is_other(&tick.label))?;
        let rest = other.label.char_indices().nth("other".len()).map_or("", |(at, _)| &other.label[at..]);
        some(value(rest.trim_start_matches([':', ' '])))
    }

    /// The ticked choice about the extended school year.
    pub(crate) fn extended_year(&self) -> Option<String> {
        ticked_labels(&self.extended_year)
    }

    /// The ticked sections of an amendment.
    pub(crate) fn sections(&self) -> Option<String> {
        ticked_labels(&self.sections)
    }

    /// Where the objectives are, in short.
    pub(crate) fn objectives_place(&self) -> Option<String> {
        let short = |tick: &Tick| {
            let label = if fold(&tick.label).contains("goal page") { "goal page" } else { "described below" };
            Tick { ticked: tick.ticked, label: label.into() }
        };
        ticked_labels(&self.places.iter().map(short).collect::<Vec<_>>())
    }
}

fn is_other(label: &str) -> bool {
    let folded = fold(label);
    folded.strip_prefix("other").is_some_and(|rest| rest.is_empty() || rest.starts_with([':', ' ', '(']))
}

/// A text, unless it is empty.
pub(crate) fn some(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}
