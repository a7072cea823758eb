//! The catalogue of diagnostic codes: stable, searchable, one meaning each. `aimline explain CODE` prints it.

/// How bad a diagnostic is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing; nothing to do.
    Info,
    /// Was read, but a person should look at it.
    Warning,
    /// Could not be used; set aside.
    Error,
}

impl Severity {
    /// Its word.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

macro_rules! catalogue {
    ($($id:ident $severity:ident $title:literal, $meaning:literal, $help:literal;)*) => {
        /// A diagnostic code.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code { $(#[doc = $title] $id,)* }

        impl Code {
            /// All codes, in the order of the catalogue.
            pub const ALL: &'static [Code] = &[$(Code::$id,)*];

            /// The code as printed.
            #[must_use]
            pub fn id(self) -> &'static str {
                match self { $(Code::$id => stringify!($id),)* }
            }

            /// How bad it is.
            #[must_use]
            pub fn severity(self) -> Severity {
                match self { $(Code::$id => Severity::$severity,)* }
            }

            /// What happened, in a few words.
            #[must_use]
            pub fn title(self) -> &'static str {
                match self { $(Code::$id => $title,)* }
            }

            /// What it means and what aimline did about it.
            #[must_use]
            pub fn meaning(self) -> &'static str {
                match self { $(Code::$id => $meaning,)* }
            }

            /// What to do.
            #[must_use]
            pub fn help(self) -> &'static str {
                match self { $(Code::$id => $help,)* }
            }
        }
    };
}

catalogue! {
    // Files.
    F001 Error "the file is empty", "The file has no bytes, so nothing could be read from it.", "Export or save it again; a cloud folder may not have finished its download.";
    F002 Error "no importer reads this file", "The content fits none of the formats that the installed importers read, whatever the name says.", "Save it as .xlsx, .csv or .docx, or remove it from the inbox; `aimline plugins list` shows what is read.";
    F003 Error "the file is damaged", "The compressed container breaks off or its directory is missing, as after an interrupted copy.", "Open it in Excel or Word, let it be repaired, save it again; or copy it anew.";
    F004 Error "the file is protected by a password", "The content is encrypted, so nothing could be read.", "Open it, remove the password (File, Info, Protect), and save it.";
    F005 Error "a web page is saved under an Excel name", "Some systems export a web page and call it .xls. The tables of such a page are read, but this one has none, as when somebody was signed out and the sign-in page was saved.", "Export it again, or open it in Excel and save it as .xlsx.";
    F006 Error "the XML breaks off or is not well formed", "Everything before the break was read; what follows it was not.", "Export the file again; compare its size with an export that worked.";
    F007 Error "the file or folder cannot be opened", "The operating system refused it.", "Ask for permission to read it, or close the program that has it open.";
    F008 Info "a lock file of Office was skipped", "Files that begin with ~$ only say that somebody has a document open.", "Nothing to do. Save and close the document so that its latest state is read.";
    F009 Info "the same file is here twice", "Two files have exactly the same bytes. The first by name is used, the items of the other are duplicates.", "Remove one of the two.";
    F010 Info "a sheet is empty", "The sheet or file has no filled cell.", "Nothing to do.";
    F011 Warning "the file holds NUL characters", "A text file with NUL characters was cut or written by a faulty export. They were left out; the rest was read.", "Look at the row; export the file again when cells are missing.";
    F012 Info "the text was read as Windows-1252", "The file is not valid UTF-8, which older Windows programs do not write.", "Nothing to do when names with accents look right; otherwise save it as \"CSV UTF-8\".";
    F013 Error "a limit was passed", "The file, a row or a cell is larger than anything that these records need, so reading stopped there.", "Check that it is the right file; split it when it is.";
    F014 Error "this kind of file is not read in this version", "The format was recognized, but only .xlsx, .xlsm, .xlsb, .xls, .ods, .csv, .tsv, .txt, .docx and .xml are read.", "Open it and save it as .xlsx (or .docx for forms).";
    F015 Info "the document type definition was ignored", "A DTD in an XML file may change what it says; it is never followed, for safety.", "Nothing to do.";
    F016 Warning "a form has parts that were not understood", "The document looks like an IEP form, but a part of it has another layout than the forms that are known.", "Compare the named part with the document; type it into a spreadsheet when it matters.";
    F017 Warning "a quotation mark is never closed", "In a CSV file an opening quotation mark without its partner would swallow the rows that follow. It was read as a plain character.", "Remove the quotation mark in the named row.";
    F018 Info "something on the sheet is hidden", "Hidden sheets, rows and columns are read like all others: Excel keeps their values, and a filter hides rows that still count.", "Nothing to do; delete hidden cells that should not count.";
    F019 Error "the columns are lined up with blanks", "Nothing in the file says where one column ends and the next begins, and a guess would cut numbers and names in two. It was not read.", "Open it in Excel with Data, From Text/CSV, choose Fixed Width, check the columns, and save it as .xlsx; or export it again as CSV.";
    F020 Error "a zip is not read", "A zip is read when it holds one workbook or table, so that each place has one file. This one holds something else, or several files.", "Unpack it, and put the files that are in it here.";
    // Importers.
    P001 Error "the importer crashed on this file", "The importer runs in a process of its own, so nothing else was harmed. Nothing of this file was kept.", "Report the importer's name and version to its author; the file itself is unchanged.";
    P002 Error "the importer did not answer", "It made no progress within the time limit and was stopped. Nothing of this file was kept.", "Try the file alone; report it to the importer's author when it repeats.";
    P003 Error "the importer broke the rules of the interface", "What it sent could not be trusted. Nothing of this file was kept.", "Report it to the importer's author.";
    P004 Error "an importer could not be loaded", "The library file is damaged, built for another machine, or speaks another version of the interface.", "Install it again; `aimline plugins list` shows each place that was tried.";
    P005 Error "the importer needed too much memory", "It passed its memory limit and was stopped. Nothing of this file was kept.", "Split the file, or raise the limit with --worker-memory.";
    // Sheets and headers.
    H001 Error "no known column titles were found", "No row of the sheet looks like column titles that are known, so its rows could not be understood.", "Give the columns titles such as Student ID, Goal, Date and Score, or write a mapping profile.";
    H002 Error "a column that the rows need is missing", "The table has scores but nothing that says whose they are, or when they were taken.", "Add the column that is named here.";
    H003 Error "two columns claim the same meaning", "Two headers fit equally well, and a guess could mix up children's data.", "Rename one of them, or say in a mapping profile which one counts.";
    H004 Info "a row was skipped", "Totals, means, repeated header rows and rows without any score are not data points.", "Nothing to do.";
    H005 Info "a column is not used", "Its title fits nothing in the records that aimline keeps. Its cells stay in the source file.", "Nothing to do, or name it in a mapping profile.";
    H006 Error "a header is not sure enough", "The title resembles a known one, but not closely enough to rely on it.", "Rename the column as suggested, or confirm it in a mapping profile.";
    H007 Error "a mapping profile names a column that is missing", "The sheet does not have a column that its profile maps.", "Correct the profile, or the sheet.";
    H008 Error "two mapping profiles fit the same sheet", "Each claims the sheet, and they may disagree.", "Make the [match] part of one of them narrower.";
    H009 Info "columns were read in groups", "Titles repeat by season, month or number, so each group of columns gives a row one data point: its score, on its date. Percentiles, levels, errors and growth norms say something about a score and are none; their cells stay in the source file.", "Nothing to do when the named columns are the right ones; otherwise make the wrong one \"unused\" in a mapping profile.";
    H010 Info "the scores are numbered and not dated", "They stand in the order of their sessions. Their trend is one per session, and what a goal needs per week cannot be told without dates.", "Add a column with the date of each session when the dates are known.";
    H011 Info "each row has several scores", "The titles beside the date are measures, goals or children of their own, and each filled cell under them is one data point.", "Nothing to do when the named titles are what they are taken for; otherwise say in a mapping profile which column is \"score\", and make the others \"unused\".";
    H012 Info "the scores are points of a total", "The title names the total, such as Score /10. The numbers stay as they are, and are on a line with a target that is in points too; they are no percents and no trials.", "Nothing to do when baseline and target are in points. When they are percents, type the scores as 7/10, or add a column Trials.";
    H013 Error "another table begins far down on the sheet", "Tables below each other are told apart in the first 1,000 rows of a sheet. Another one begins below, and its rows would be taken for those of the table above, so they are set aside.", "Put the table on a sheet of its own.";
    // Dates.
    D001 Error "this is not a date", "The cell stands where a date is expected, but it reads as none.", "Type the date as 10/3/2025 or 2025-10-03.";
    D002 Error "this date does not exist", "The month has no such day.", "Look up the right date in the original record.";
    D003 Error "the date is missing", "A score without a date or a session number cannot be placed on a trend line.", "Fill in the date.";
    D004 Error "the date cannot be right", "The year is far outside of any school record.", "Correct the year.";
    D005 Info "day and month could be either way round", "All dates of this column read both as month/day and as day/month. Month first was used.", "Nothing to do when the dates are American; otherwise type them as 2025-10-03.";
    D006 Error "the column mixes month/day and day/month", "Some dates of the column only read one way, some only the other.", "Type the dates of this column as 2025-10-03.";
    D007 Error "the title names a part of the year, and no date", "Scores under a title such as Fall, BOY or Q1 have no date of their own, and nothing says of which school year they are, or when that part of it was.", "Add a column with the date of each score, or a School Year column; or the period with its days to calendar.csv in the configuration.";
    D008 Warning "a date of a row was left out", "The row was read, but this date of it, such as a date of birth or of a target, is none. The row counts without it.", "Correct the date, and run again.";
    // Scores.
    S001 Error "this is not a score", "The cell stands where a score is expected, but it is neither a number, a percent, a fraction such as 4/5, nor a known mark.", "Type the number, or a mark such as absent or NA.";
    S002 Error "more correct than trials", "The first number of a fraction cannot be larger than the second.", "Correct the fraction.";
    S003 Error "the percent is out of range", "A percent lies between 0 and 100.", "Correct the number; 8/10 should be 80 %.";
    S004 Error "the cell holds a formula error", "Excel shows an error such as #REF! there, so there is no number.", "Repair the formula, or type the number.";
    S005 Error "Excel made a date out of this score", "A fraction such as 4/5 typed into an unformatted cell becomes 5 April.", "Format the cell as Text and type the fraction again.";
    S006 Error "the number is negative", "Counts, rates, times and rubric levels are never below zero.", "Correct the number.";
    S007 Error "there are no trials", "A fraction with zero trials says nothing.", "Use a mark such as NA when there was no opportunity.";
    S008 Info "the column mixes .8 and 80", "Most numbers of the column decide whether they are fractions of one or percents.", "Nothing to do when the shown values look right.";
    S009 Warning "a number is in another unit than its column", "A plain 4 among fractions such as 4/5, or a percent among words per minute, could mean several things. The row is kept as typed, and is in no line.", "Type the score as in the other rows.";
    // Identities.
    I001 Error "nothing says whose row this is", "The row has a score but no student id and no name.", "Fill in the id.";
    I002 Warning "the student is not on any roster", "No student of the roster fits this id or name. The rows are kept without a student.", "Correct the id or the name, or add the student to the roster.";
    I003 Warning "more than one student fits", "The name or id fits several students. The rows are kept without a student.", "Add the state or local id to the sheet.";
    I004 Error "nothing says which goal this is", "The row names no goal, number, area or measure.", "Fill in the goal.";
    I005 Warning "no goal of the student's plan fits", "The student has a plan in effect on that day, but none of its goals fits. The rows are kept without a goal.", "Correct the goal's number or area.";
    I006 Warning "more than one goal fits", "Several goals of the plan fit. The rows are kept without a goal.", "Add the goal's number.";
    I007 Info "the student has no IEP", "The roster or the row itself says no. The row was skipped.", "Nothing to do; use `everyone = true` in aimline.toml to keep such rows.";
    I008 Warning "one id stands for different children", "Rows with the same id have different names or birth dates, or a label such as Student 1 stands for a child in each of several groups. Nothing was merged, and the rows are kept without a student.", "Correct the id, or give each child a name or an id.";
    I009 Error "an id has lost its digits", "Excel shows long ids as 1.23E+08 and forgets the rest.", "Format the column as Text and type the id again.";
    I010 Info "choices were used", "Students or goals that fit more than one, or none, were taken for those that a person chose.", "Nothing to do.";
    I011 Warning "a choice cannot be used", "What was chosen is no student's or goal's key, id or number, or two workbooks chose differently. Nothing was linked by it.", "Type one of the keys that stand under Candidates, such as S00000018, or the student's id.";
    I012 Warning "an id without its leading zeros", "Excel drops zeros in front of numbers. Only one child has this id with zeros before it, so the rows were given to that child.", "Format the column as Text and type the zeros.";
    // Duplicates.
    R001 Info "the item was already known", "The same values for the same child, goal, measure and date were read elsewhere.", "Nothing to do.";
    R002 Warning "two sources disagree", "Two sources give different values for the same child, goal, measure and date. Both are kept, neither is used.", "Find out which one is right, and correct or remove the other.";
    // Corrections in a copy of quarantine.xlsx.
    R003 Info "corrections were used", "The rows that these lines correct were read as if the corrections had stood in their files. The files themselves are as they were.", "Nothing to do.";
    R004 Info "the row of a line is no longer there", "The line's key names a row that its file does not hold any more: the file was corrected itself, or the key was changed.", "Nothing, if the file was corrected. Otherwise copy the line from the newest quarantine.xlsx and correct it there.";
    R005 Warning "two workbooks correct a row differently", "Neither correction is used; the row stays as it is in its file.", "Keep the line with the right correction, and delete the other.";
    R006 Warning "a column that the row does not have", "A line of corrections has text in a column that its row does not have; that text is not used.", "Type the correction into the column that has the title of the original one.";
    // Forms and reports.
    T001 Warning "two statements are ticked in one report", "The form says: select one. The report is kept without a code.", "Look at the form; correct the ticks.";
    T002 Warning "a report has no date", "The report is kept, but stands nowhere in time.", "Fill in the Date of Report.";
    T003 Warning "the lines of a service do not fit together", "Amount, frequency and location have different numbers of lines in the form.", "Look at the service summary; one line a service.";
    T004 Info "a number in a text is not sure", "The goal or the report has a number that could be read in more than one way; it is not used.", "Type the number into a spreadsheet when it is a data point.";
    T005 Warning "a report code is not known", "The text is kept as typed; no code was given.", "Use one of the four statements of the form.";
    T006 Warning "two plans of a student begin on the same day", "Two files hold a plan of the same student from the same day. They are taken for one plan; of each fact the first file that says it counts.", "Remove the older form from the inbox, or correct its dates.";
}

impl Code {
    /// The code of a printed id, in any case of letters.
    #[must_use]
    pub fn of(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.id().eq_ignore_ascii_case(id))
    }
}
