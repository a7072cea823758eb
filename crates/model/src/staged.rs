//! The staged vocabulary: what an importer or the map may say about a record, still as text.
//!
//! It has a version of its own, apart from the dataset's schema, and is append-only: a name never changes its meaning.

/// Grows when a name is appended.
pub const VOCABULARY_VERSION: u32 = 1;

macro_rules! vocabulary {
    ($($(#[$doc:meta])* $variant:ident $name:literal,)*) => {
        /// One column of the staged vocabulary.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        pub enum Field { $($(#[$doc])* $variant,)* }

        impl Field {
            /// All fields, in the order of the vocabulary.
            pub const ALL: &'static [Field] = &[$(Field::$variant,)*];
            /// Number of fields.
            pub const COUNT: usize = Field::ALL.len();

            /// The column's name in record tables and mapping profiles.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Field::$variant => $name,)* }
            }
        }
    };
}

vocabulary! {
    // Who.
    /// A source's own reference to a student (a RefId of SIF); global.
    StudentRef "student_ref",
    /// An id whose kind is not said; the column's match rate against the roster decides.
    StudentId "student_id",
    /// The state's id (MOSIS).
    StateId "state_id",
    /// The district's id.
    LocalId "local_id",
    /// The whole name, in whatever order it was typed.
    StudentName "student_name",
    /// Family name.
    LastName "last_name",
    /// Given name.
    FirstName "first_name",
    /// Middle name or initial.
    MiddleName "middle_name",
    /// Date of birth.
    BirthDate "birth_date",
    // Where.
    /// District name or code.
    District "district",
    /// School name or code.
    School "school",
    /// Grade level.
    Grade "grade",
    /// School year, as typed.
    SchoolYear "school_year",
    /// Who manages the case.
    CaseManager "case_manager",
    /// Primary disability.
    Disability "disability",
    /// Educational environment.
    Placement "placement",
    /// Whether the student takes the alternate assessment (MAP-A).
    AlternateAssessment "alternate_assessment",
    /// First day of the enrollment.
    EntryDate "entry_date",
    /// Last day of the enrollment.
    ExitDate "exit_date",
    /// Why the enrollment ended.
    ExitCode "exit_code",
    /// Whether the student has an IEP; only an explicit no means no.
    HasIep "has_iep",
    // Plan.
    /// Reference to a plan within the source.
    PlanRef "plan_ref",
    /// Initial, annual, amendment.
    IepType "iep_type",
    /// Date of the IEP meeting.
    MeetingDate "meeting_date",
    /// Date of the previous review.
    PreviousReviewDate "previous_review_date",
    /// Date of the most recent evaluation.
    EvaluationDate "evaluation_date",
    /// When the next reevaluation is due.
    ReevaluationDue "reevaluation_due",
    /// First day of the plan.
    PlanStart "plan_start",
    /// Last day of the plan.
    PlanEnd "plan_end",
    /// Projected date of the annual review.
    AnnualReviewDue "annual_review_due",
    /// When parents got their copy.
    ProvidedDate "provided_date",
    /// Ticked reporting schedules, separated by `; `.
    Schedule "schedule",
    /// Text beside the schedule's Other box.
    ScheduleOther "schedule_other",
    /// Extended school year: the ticked choice.
    Esy "esy",
    /// Where objectives are described, as ticked.
    ObjectivesPlace "objectives_place",
    /// Date of an amendment.
    AmendmentDate "amendment_date",
    /// Sections that an amendment changes, separated by `; `.
    SectionsAmended "sections_amended",
    // Goal.
    /// Reference to a goal within the source.
    GoalRef "goal_ref",
    /// Reference to the goal above an objective.
    ParentRef "parent_ref",
    /// The goal's number, as typed.
    GoalNumber "goal_number",
    /// Area, such as Reading Fluency.
    GoalArea "goal_area",
    /// The goal's sentence.
    GoalText "goal_text",
    /// Ways of measuring, separated by `; `.
    Methods "methods",
    /// Post-secondary domains, separated by `; `.
    TransitionDomains "transition_domains",
    /// First day of the goal.
    GoalBegin "goal_begin",
    /// Last day of the goal.
    GoalEnd "goal_end",
    /// Status of the goal, as typed.
    GoalStatus "goal_status",
    /// Where the student started.
    Baseline "baseline",
    /// When.
    BaselineDate "baseline_date",
    /// Where the student should get.
    Target "target",
    /// By when.
    TargetDate "target_date",
    /// The criterion's text.
    Criterion "criterion",
    // Measure.
    /// Name of the measure.
    Measure "measure",
    /// Unit, as typed.
    Unit "unit",
    /// Form level or grade of the probe.
    Level "level",
    /// Increase or decrease.
    Direction "direction",
    // Data point.
    /// Day of the data point.
    Date "date",
    /// Session number, where there is no date.
    Session "session",
    /// The score, as typed.
    Score "score",
    /// Number correct.
    Correct "correct",
    /// Number of trials.
    Trials "trials",
    /// Minutes of observation.
    Minutes "minutes",
    /// Phase or intervention.
    Phase "phase",
    /// Form or passage.
    Form "form",
    /// Prompt level.
    PromptLevel "prompt_level",
    /// Who took the data; kept as a named column that is not used.
    Staff "staff",
    /// A remark; kept as a named column that is not used.
    Note "note",
    // Progress report.
    /// Day of the report.
    ReportDate "report_date",
    /// Reporting period.
    ReportPeriod "report_period",
    /// Ticked summary statements or a code, separated by `; `.
    ReportCode "report_code",
    /// Description of the progress data.
    Description "description",
    // Service.
    /// Group of the service summary.
    ServiceCategory "service_category",
    /// Service.
    Service "service",
    /// Amount, such as `30 minutes`.
    Amount "amount",
    /// Frequency, such as `3 x Weekly`.
    Frequency "frequency",
    /// Location.
    Location "location",
    /// First day of the service; `N/A` inherits the plan's.
    ServiceBegin "service_begin",
    /// Last day of the service; `N/A` inherits the plan's.
    ServiceEnd "service_end",
}

impl Field {
    /// The field of a column name of a record table or a mapping profile.
    #[must_use]
    pub fn of(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|field| field.name() == name)
    }
}

/// What one staged record is about. The name of a record table is one of these.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A student, with the school year's facts.
    Student,
    /// An IEP or an amendment.
    Plan,
    /// An annual goal, or an objective when it has a parent.
    Goal,
    /// One scored event.
    Point,
    /// One progress report on one goal.
    Report,
    /// A line of the service summary.
    Service,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Self; 6] = [Self::Student, Self::Plan, Self::Goal, Self::Point, Self::Report, Self::Service];

    /// The name of its record table.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Student => "student",
            Self::Plan => "plan",
            Self::Goal => "goal",
            Self::Point => "point",
            Self::Report => "report",
            Self::Service => "service",
        }
    }

    /// The kind of a record table's name.
    #[must_use]
    pub fn of(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}
