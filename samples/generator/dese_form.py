"""Writes Missouri-like IEP forms as Word files (.docx), with the fillable techniques found in real ones.

Only the Python standard library is needed. The same arguments give the same bytes (fixed zip and property dates).
The wording of labels follows the public form; longer prose is our own. All names must be invented ones.

    from dese_form import write_form
    write_form("form.docx", form, style)

`form` (every key may be missing or None; then the field is blank):

    {
      "student": {"name", "birth_date", "age", "student_id", "grade", "home_school", "district", "school",
                  "case_manager"},
      "iep_type": "Initial" | "Annual",
      "dates": {"evaluation",        # Date of most recent evaluation/reevaluation
                "previous_review",   # Date of Previous IEP Review
                "reevaluation_due",  # Projected date for next triennial evaluation
                "meeting",           # Date of IEP Meeting
                "initiation",        # Initiation Date of IEP
                "annual_review",     # Projected Date of Annual IEP Review
                "provided"},         # Parent(s)/Legal Guardian(s) provided copy of this IEP
      "present_levels": "text",
      "map_a": True | False,                      # ticks MAP-A, else the grade-level assessments
      "objectives_place": "goal page" | "described below",
      "esy": "no" | "yes" | "later", "esy_by": "05/2026",
      "schedule": ["Quarterly", ...],             # among Bi-Quarterly, Quarterly, Trimester, Semester, Other
      "schedule_other": "text",
      "goals": [{"number": "1", "text": "By ... \\n second paragraph",
                 "objectives": ["...", ...],      # without numbering
                 "domains": ["Employment", ...],  # of DOMAINS
                 "methods": ["Work samples", ...],# of METHODS; "Other: text" ticks Other
                 "reports": [{"date": "10/17/2025", "ticks": [MAKING], "description": "p1\\np2"}, None, ...]}],
                                                  # None (or {}) leaves that block blank
      "services": [{"category": SPECIAL, "service", "amount", "frequency",
                    "location": "reg ed" | "sped" | "home" | other text, "begin", "end"}],
      "placement": "Inside regular class at least 80% of time",
      "amendment": {"annual_meeting", "date", "implementation", "sections": ["Annual Goals", ...]},
      "amendment_only": True                      # the amendment page alone (it carries name, birth date, id)
    }

All values are texts as a teacher would type them ("10/3/25", "N/A", ...). Statements: MAKING, NOT_MAKING,
NOT_ADDRESSED, MET (real label text). Categories: SPECIAL, RELATED, SUPPLEMENTARY, SUPPORTS, MODIFICATIONS.

`style` (all optional):

    "ticks": "sdt" | "legacy" | "glyph" | "typed"   how boxes are made (default "sdt"; "typed" is [x] and [ ])
    "pre_ticked": True        legacy boxes are ticked by their default, not by `checked`
    "split_runs": True        labels and values are cut over several runs, with doubled spaces in some labels
    "curly": True             curly apostrophes
    "wrap_cells_in_sdt": True table cells of the goal and report rows sit in content controls
    "values_in_sdt": True     typed values sit in text controls; blanks hold placeholder text
    "drop_placeholder_flags": True   placeholders stay as plain text without `showingPlcHdr`
    "number_control": "dropdown" | "text"           the goal's number (default "dropdown")
    "values": "same" | "next" | "right"             page 1: value after the label, in the next paragraph, or cell
    "extra_blank_goals": 2    blank copies of the goal table after the real ones
    "report_blocks": 7        blocks in each goal's report table
    "statements": "rows" | "one_cell"               four rows with merged cells, or four paragraphs in one cell
    "service_layout": "stacked" | "table" | "rows"  services of a category stacked in one cell; the
                              Service/Amount/Frequency/Notes table; or one row a service
    "goal_gap": False         no paragraph between goal tables
"""

import zipfile
from xml.sax.saxutils import escape

MAKING = "Making progress toward annual goal"
NOT_MAKING = "Not making progress toward annual goal"
NOT_ADDRESSED = "Goal not addressed this reporting period"
MET = "Goal met"
STATEMENTS = [MAKING, NOT_MAKING, NOT_ADDRESSED, MET]
DOMAINS = ["Post-secondary Education/Training", "Employment", "Independent Living"]
METHODS = ["Work samples", "Curriculum based tests", "Portfolios", "Checklists",
           "Scoring guides", "Observation chart", "Reading record", "Other:"]
SCHEDULES = ["Bi-Quarterly", "Quarterly", "Trimester", "Semester", "Other"]
SPECIAL = "Special Education Service / Classroom Support"
RELATED = "Related Services"
SUPPLEMENTARY = "Supplementary Aids/Services"
SUPPORTS = "Parent and School Personnel Supports"
MODIFICATIONS = "Program Modifications and Accommodations"
CATEGORIES = [SPECIAL, RELATED, SUPPLEMENTARY, SUPPORTS, MODIFICATIONS]
SECTIONS = ["Present Level of Academic Achievement and Functional Performance", "Special Considerations",
            "Annual Goals", "Reporting Progress", "Services Summary", "Transportation as a Related Service",
            "Regular Education Participation", "Placement Considerations and Decision", "Forms A-G", "Other"]
PLACEMENTS = ["Inside regular class at least 80% of time", "Inside regular class 40% to 79% of time",
              "Inside regular class less than 40% of time", "Public separate school (day) facility",
              "Private separate school (day) facility", "Home/hospital"]

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"


class Form:
    """Makes the pieces of a form's XML in one style."""

    def __init__(self, style):
        self.style = dict(style or {})
        self.id = 1000

    def next_id(self):
        self.id += 1
        return self.id

    # Inline pieces.

    def run(self, text, bold=False):
        if self.style.get("curly"):
            text = text.replace("'", "\u2019")
        if not text:
            return ""
        properties = "<w:rPr><w:b/></w:rPr>" if bold else ""
        pieces = [text]
        if self.style.get("split_runs") and len(text) > 3:
            third = max(1, len(text) // 3)
            pieces = [text[:third], text[third:2 * third], text[2 * third:]]
        runs = []
        for index, piece in enumerate(pieces):
            extra = properties
            if index == 1:
                extra = properties.replace("</w:rPr>", "<w:i/></w:rPr>") if properties else "<w:rPr><w:i/></w:rPr>"
                runs.append('<w:proofErr w:type="spellStart"/>')
            lines = piece.split("\n")
            inner = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in lines)
            runs.append(f"<w:r>{extra}{inner}</w:r>")
        return "".join(runs)

    def label(self, text):
        """A printed label; real forms have doubled spaces in some."""
        if self.style.get("split_runs"):
            text = text.replace("reporting period", "reporting  period").replace("measured by:", "measured by: ")
        return self.run(text, bold=True)

    def box(self, ticked):
        """A tick box in the style's technique; its label follows."""
        kind = self.style.get("ticks", "sdt")
        if kind == "legacy":
            if ticked and self.style.get("pre_ticked"):
                state = '<w:default w:val="1"/>'
            elif ticked:
                state = '<w:default w:val="0"/><w:checked/>'
            elif self.style.get("pre_ticked"):
                state = '<w:default w:val="1"/><w:checked w:val="0"/>'
            else:
                state = '<w:default w:val="0"/>'
            return ('<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val="Check251"/><w:enabled/>'
                    f'<w:calcOnExit w:val="0"/><w:checkBox><w:sizeAuto/>{state}</w:checkBox></w:ffData></w:fldChar></w:r>'
                    '<w:r><w:instrText xml:space="preserve"> FORMCHECKBOX </w:instrText></w:r>'
                    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
                    '<w:r><w:t xml:space="preserve"> </w:t></w:r>')
        if kind == "glyph":
            return f'<w:r><w:t xml:space="preserve">{"☒" if ticked else "☐"} </w:t></w:r>'
        if kind == "typed":
            return f'<w:r><w:t xml:space="preserve">{"[x]" if ticked else "[ ]"} </w:t></w:r>'
        value, glyph = ("1", "☒") if ticked else ("0", "☐")
        return (f'<w:sdt><w:sdtPr><w:id w:val="{self.next_id()}"/><w14:checkbox><w14:checked w14:val="{value}"/>'
                '<w14:checkedState w14:val="2612" w14:font="MS Gothic"/>'
                '<w14:uncheckedState w14:val="2610" w14:font="MS Gothic"/></w14:checkbox></w:sdtPr><w:sdtContent>'
                '<w:r><w:rPr><w:rFonts w:ascii="MS Gothic" w:eastAsia="MS Gothic" w:hAnsi="MS Gothic" w:hint="eastAsia"/></w:rPr>'
                f'<w:t>{glyph}</w:t></w:r></w:sdtContent></w:sdt><w:r><w:t xml:space="preserve"> </w:t></w:r>')

    def ticks(self, labels, ticked):
        """Boxes with their labels, in one paragraph's content."""
        return self.run("   ").join(self.box(label in ticked) + self.label(label) for label in labels)

    def value(self, text, dropdown=None):
        """A value that somebody typed, or the blank that waits for it."""
        text = text or ""
        if not (self.style.get("values_in_sdt") or dropdown):
            return self.run(text)
        kind = "<w:text/>"
        if dropdown:
            items = "".join(f'<w:listItem w:displayText="{item}" w:value="{item}"/>' for item in dropdown)
            kind = f'<w:dropDownList><w:listItem w:value="Choose an item."/>{items}</w:dropDownList>'
        flag = ""
        if not text:
            text = "Choose an item." if dropdown else "Click or tap here to enter text."
            if not self.style.get("drop_placeholder_flags"):
                flag = "<w:showingPlcHdr/>"
            elif not dropdown:
                return self.run(text)
        return (f'<w:sdt><w:sdtPr><w:id w:val="{self.next_id()}"/>{flag}{kind}</w:sdtPr>'
                f"<w:sdtContent>{self.run(text)}</w:sdtContent></w:sdt>")

    # Paragraphs, cells, rows, tables.

    def p(self, content="", properties=""):
        return f"<w:p>{properties}{content}</w:p>"

    def texts(self, text):
        """Paragraphs of a value; one empty paragraph for none."""
        return "".join(self.p(self.value(line)) for line in (text or "").split("\n"))

    def cell(self, paragraphs, span=1, merge=None, width=1400, wrap=False):
        properties = f'<w:tcW w:w="{width * span}" w:type="dxa"/>'
        if span > 1:
            properties += f'<w:gridSpan w:val="{span}"/>'
        if merge:
            properties += '<w:vMerge w:val="restart"/>' if merge == "restart" else "<w:vMerge/>"
        cell = f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraphs or self.p()}</w:tc>"
        if wrap and self.style.get("wrap_cells_in_sdt"):
            return (f'<w:sdt><w:sdtPr><w:id w:val="{self.next_id()}"/></w:sdtPr><w:sdtContent>{cell}</w:sdtContent></w:sdt>')
        return cell

    def row(self, *cells):
        return f'<w:tr><w:trPr><w:cantSplit/></w:trPr>{"".join(cells)}</w:tr>'

    def table(self, rows, columns, width=1400):
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for _ in range(columns))
        borders = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
                          for side in ("top", "left", "bottom", "right", "insideH", "insideV"))
        return (f'<w:tbl><w:tblPr><w:tblW w:w="{width * columns}" w:type="dxa"/><w:tblBorders>{borders}</w:tblBorders>'
                f'</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{"".join(rows)}</w:tbl>')

    # The form's parts.

    def field(self, label, text, span=1, pairs=6):
        """A label with its value, as cells that fill `span` columns."""
        where = self.style.get("values", "same")
        label = label + ":"
        if where == "right" and span > 1:
            return (self.cell(self.p(self.label(label)), span // 2)
                    + self.cell(self.p(self.value(text)), span - span // 2, wrap=True))
        if where == "next":
            return self.cell(self.p(self.label(label)) + self.p(self.value(text)), span, wrap=True)
        return self.cell(self.p(self.label(label) + self.run(" ") + self.value(text)), span, wrap=True)

    def page_one(self, form):
        student, dates = form.get("student") or {}, form.get("dates") or {}
        title = "THE INDIVIDUALIZED EDUCATION PROGRAM (IEP) FOR:"
        rows = [
            self.row(self.cell(self.p(self.label(title)), 6)),
            self.row(self.field("Name", student.get("name"), 2), self.field("Current Address", "", 2), self.field("Phone", "", 2)),
            self.row(self.field("Birth Date", student.get("birth_date"), 2), self.field("Age", student.get("age"), 2),
                     self.field("Student ID #/MOSIS#", student.get("student_id"), 2)),
            self.row(self.field("Present Grade Level", student.get("grade"), 2),
                     self.field("Resident District Home School", student.get("home_school"), 4)),
            self.row(self.cell(self.p(self.label("STUDENT DEMOGRAPHIC INFORMATION (Optional):")), 6)),
            self.row(self.field("District/Agency Name", student.get("district"), 2),
                     self.field("School Name", student.get("school"), 2), self.field("Address", "", 2)),
            self.row(self.cell(self.p(self.label("Primary Language or Communication Mode(s): ")
                                      + self.ticks(["English", "Spanish", "Sign language", "Other (specify)"], ["English"])), 6)),
            self.row(self.cell(self.p(self.label("Educational Decision Maker is: "))
                               + self.p(self.ticks(["Parent", "Legal Guardian", "Educational Surrogate", "Foster Parent",
                                                    "Child [age 18+]", "Other"], ["Parent"])), 6)),
            self.row(self.field("Name", "Decision Maker", 2), self.field("Address", "", 2), self.field("Phone", "", 2)),
            self.row(self.field("IEP Case Manager", student.get("case_manager"), 4), self.field("Case Manager Phone", "", 2)),
            self.row(self.cell(self.p(self.label("IEP CONTENT (Required):")), 6)),
            self.row(self.cell(self.p(self.label("IEP Type: ") + self.ticks(["Initial", "Annual"], [form.get("iep_type")])), 6)),
            self.row(self.field("Date of most recent evaluation/reevaluation", dates.get("evaluation"), 2),
                     self.field("Date of Previous IEP Review", dates.get("previous_review"), 2),
                     self.field("Projected date for next triennial evaluation", dates.get("reevaluation_due"), 2)),
            self.row(self.field("Date of IEP Meeting", dates.get("meeting"), 2),
                     self.field("Initiation Date of IEP", dates.get("initiation"), 2),
                     self.field("Projected Date of Annual IEP Review", dates.get("annual_review"), 2)),
            self.row(self.field("Parent(s)/Legal Guardian(s) provided copy of this IEP", dates.get("provided"), 6)),
            self.row(self.cell(self.p(self.label("PARTICIPANTS IN IEP MEETING AND ROLES")), 6)),
            self.row(self.cell(self.p(self.label("Name of Person and Role")), 3),
                     self.cell(self.p(self.label("Method of Attendance/Participation")), 3)),
        ]
        for role in ["Parent/Guardian", "Parent/Guardian", "Student", "LEA Representative", "Special Education Teacher",
                     "Regular Classroom Teacher", "Individual Interpreting Instructional Implications of Evaluation Results", "Other"]:
            modes = self.ticks(["in person", "excused or did not participate", "in writing (if applicable)", "by phone", "other"], [])
            rows.append(self.row(self.cell(self.p(self.run("____________ ")) + self.p(self.label(role)), 3), self.cell(self.p(modes), 3)))
        return self.table(rows, 6)

    def present_levels(self, form):
        place = form.get("objectives_place")
        return self.table([
            self.row(self.cell(self.p(self.label("1. Present Level of Academic Achievement and Functional Performance")), 1, width=8400)),
            self.row(self.cell(self.p(self.label("How the student's disability affects progress in the general curriculum:"))
                               + self.texts(form.get("present_levels")), 1, width=8400)),
            self.row(self.cell(
                self.p(self.label("Please select one of the following for students determined eligible for alternative assessments:"))
                + self.p(self.box(place == "goal page") + self.label("Objectives/benchmarks are on goal page(s)."))
                + self.p(self.box(place == "described below") + self.label("Objectives/benchmarks described below.")), 1, width=8400)),
        ], 1, 8400)

    def considerations(self, form):
        map_a, esy = form.get("map_a"), form.get("esy")
        state = [("Grade-Level Assessments, Grades 3-8 (Form D-1) NA for MAP-A eligible students", map_a is False),
                 ("End of Course Exams, Grades 9-12 or earlier (Form D-2) NA for MAP-A eligible students", False),
                 ("MAP-A, eligible students in Grades 3-8 and Grade 11 (Form D-3)", bool(map_a)),
                 ("ACCESS for ELLs, EL K-12 (Form D-4)", False),
                 ("No state assessment is required for this student at this time.", False)]
        later = "The need for ESY services will be addressed at a later date. Will be addressed by "
        return self.table([
            self.row(self.cell(self.p(self.label("2. Special Considerations: Federal and State Requirements")), 2)),
            self.row(self.cell(self.p(self.label("Is the student blind or visually impaired?"))),
                     self.cell(self.p(self.box(True) + self.label("No")) + self.p(self.box(False) + self.label("Yes (Form A)")))),
            self.row(self.cell(self.p(self.label("Extended School Year:"))),
                     self.cell(self.p(self.box(esy == "no") + self.label("No")) + self.p(self.box(esy == "yes") + self.label("Yes (Form B)"))
                               + self.p(self.box(esy == "later") + self.label(later)
                                        + self.run((form.get("esy_by") or "__/__") + " (month/year)")))),
            self.row(self.cell(self.p(self.label("Transfer of Rights:"))),
                     self.cell(self.p(self.ticks(["N/A", "Notification was given"], ["N/A"])))),
            self.row(self.cell(self.p(self.label("State Assessments:"))),
                     self.cell("".join(self.p(self.box(on) + self.label(text)) for text, on in state))),
        ], 2, 4200)

    def statement(self, text, ticks):
        return self.p(self.box(text in (ticks or [])) + self.label(text))

    def goal(self, goal):
        numbers = [str(number) for number in range(1, 11)]
        number = goal.get("number")
        control = numbers if self.style.get("number_control", "dropdown") == "dropdown" else None
        objectives = list(goal.get("objectives") or [])
        objectives += [""] * (3 - len(objectives))
        methods = list(goal.get("methods") or [])
        other = next((method.partition(":")[2].strip() for method in methods if method.startswith("Other")), None)
        ticked = [method for method in methods if not method.startswith("Other")] + (["Other:"] if other is not None else [])
        label = "For students with Post-secondary Transition Plans, please indicate which goal domain(s) this annual goal will support:"
        method = [self.cell(self.p(self.box(name in ticked) + self.label(name)
                                   + (self.run(" " + (other or "")) if name == "Other:" else "")),
                            2 if index % 4 < 3 else 1, wrap=True) for index, name in enumerate(METHODS)]
        rows = [
            self.row(self.cell(self.p(self.label("3. Annual Measurable Goals")), 7)),
            self.row(self.cell(self.p(self.label("Annual Goal #") + self.run(" ") + self.value(number, control))
                               + self.texts(goal.get("text")), 7, wrap=True)),
            self.row(self.cell(self.p(self.label("Measurable Benchmarks/Objectives:")) + "".join(
                self.p(self.run(f"{index}. ") + self.value(text)) for index, text in enumerate(objectives, 1)), 7)),
            self.row(self.cell(self.p(self.label(label)), 7)),
            self.row(*(self.cell(self.p(self.box(name in (goal.get("domains") or [])) + self.label(name)), span)
                       for name, span in zip(DOMAINS, (3, 2, 2)))),
            self.row(self.cell(self.p(self.label("Progress toward the goal will be measured by: (check all that apply)")), 7)),
            self.row(*method[:4]),
            self.row(*method[4:]),
            self.row(self.cell(self.p(self.label("Progress Towards Meeting Goal")), 7)),
            self.row(self.cell(self.p(self.label("Date of Report"))),
                     self.cell(self.p(self.label("Summary Statement (Select one)")), 2),
                     self.cell(self.p(self.label("Description of progress data supporting selected summary statement")), 4)),
        ]
        reports = list(goal.get("reports") or [])
        reports += [None] * (self.style.get("report_blocks", 7) - len(reports))
        for report in reports:
            rows += self.report(report or {})
        return self.table(rows, 7, 1200)

    def report(self, report):
        date, ticks, text = report.get("date"), report.get("ticks"), report.get("description")
        if self.style.get("statements") == "one_cell":
            middle = "".join(self.statement(statement, ticks) for statement in STATEMENTS)
            return [self.row(self.cell(self.p(self.value(date))), self.cell(middle, 2, wrap=True), self.cell(self.texts(text), 4))]
        rows = []
        for index, statement in enumerate(STATEMENTS):
            merge = "restart" if index == 0 else "continue"
            rows.append(self.row(
                self.cell(self.p(self.value(date)) if index == 0 else "", 1, merge, wrap=index == 0),
                self.cell(self.statement(statement, ticks), 2, wrap=True),
                self.cell(self.texts(text) if index == 0 else "", 4, merge, wrap=index == 0)))
        return rows

    def reporting(self, form):
        ticked, other = form.get("schedule") or [], form.get("schedule_other")
        line = self.run("   ").join(self.box(name in ticked) + self.label(name if name != "Other" else "Other:")
                                    + (self.run(" " + (other or "_____")) if name == "Other" else "") for name in SCHEDULES)
        return self.table([
            self.row(self.cell(self.p(self.label("4. Reporting Progress")))),
            self.row(self.cell(self.p(self.label("Progress will be reported to the parent(s)/guardian(s):")) + self.p(line))),
        ], 1, 8400)

    def location(self, text):
        """The location's boxes, or the text where it is none of them."""
        if text in ("reg ed", "sped", "home", None, ""):
            return self.ticks(["reg ed", "sped", "home"], [text])
        return self.run(text)

    def services(self, form):
        services = form.get("services") or []
        layout = self.style.get("service_layout", "stacked")
        rows = [self.row(self.cell(self.p(self.label("5. Service Summary")), 6))]
        heads = ["Amount", "Frequency", "Location", "Begin Date*", "End Date*"]
        keys = ["amount", "frequency", "location", "begin", "end"]
        if layout == "table":
            rows.append(self.row(*(self.cell(self.p(self.label(head)))
                                   for head in ["Service", "Amount/Frequency", "Location", "Notes", "Begin*", "End*"])))
        for category in CATEGORIES:
            mine = [service for service in services if service.get("category", SPECIAL) == category]
            if layout == "table":
                if not mine:
                    continue
                rows.append(self.row(self.cell(self.p(self.label(category)), 6)))
                for service in mine:
                    both = " ".join(filter(None, [service.get("amount"), service.get("frequency")]))
                    texts = [service.get("service"), both, service.get("location"), service.get("notes"), service.get("begin"), service.get("end")]
                    rows.append(self.row(*(self.cell(self.p(self.value(text))) for text in texts)))
                continue
            head = self.p(self.label(category))
            if category == MODIFICATIONS:
                head += self.p(self.ticks(["Documented on alternate Form F", "None"], ["None"] if not mine else []))
            elif category != SPECIAL:
                head += self.p(self.ticks(["None"], ["None"] if not mine else []))
            rows.append(self.row(self.cell(head), *(self.cell(self.p(self.label(name))) for name in heads)))
            for group in [mine] if layout == "stacked" else [[service] for service in mine] or [[]]:
                cells = [self.cell("".join(self.p(self.value(service.get("service"))) for service in group))]
                for key in keys:
                    inner = [self.location(service.get(key)) if key == "location" else self.value(service.get(key)) for service in group]
                    cells.append(self.cell("".join(self.p(text) for text in inner)))
                rows.append(self.row(*cells))
        rows.append(self.row(self.cell(self.p(self.run("*N/A if will be same as initiation and annual review date indicated on page 1. "
                                                       "If a date is listed, it must include the month, day and year.")), 6)))
        return self.table(rows, 6)

    def closing(self, form):
        placement = form.get("placement")
        return [
            self.table([self.row(self.cell(self.p(self.label("6. Transportation as a Related Service")))),
                        self.row(self.cell(self.p(self.box(True) + self.label("The student does not require transportation as a related service."))))], 1, 8400),
            self.table([self.row(self.cell(self.p(self.label("7. Regular Education Participation")))),
                        self.row(self.cell(self.p(self.label("The student will take part in all regular class activities: "))
                                           + self.p(self.ticks(["Yes", "No"], ["Yes"]))))], 1, 8400),
            self.table([self.row(self.cell(self.p(self.label("8. Placement Considerations and Decision")), 3)),
                        self.row(*(self.cell(self.p(self.label(text))) for text in ["Placement", "Considered", "Selected"]))]
                       + [self.row(self.cell(self.p(self.label(text))), self.cell(self.p(self.box(text == placement))),
                                   self.cell(self.p(self.box(text == placement)))) for text in PLACEMENTS], 3, 2800),
        ]

    def amendment(self, form):
        change, student = form.get("amendment") or {}, form.get("student") or {}
        names = [self.row(self.field("Name", student.get("name"), 2), self.field("Birth Date", student.get("birth_date"), 2),
                          self.field("Student ID #/MOSIS#", student.get("student_id"), 2))]
        sections = change.get("sections") or []
        return self.table([
            self.row(self.cell(self.p(self.label("IEP Amendment")), 6)),
            *(names if form.get("amendment_only") else []),
            self.row(self.field("Date of annual IEP meeting", change.get("annual_meeting"), 2),
                     self.field("Date of amendment to the IEP", change.get("date"), 2),
                     self.field("Date of implementation", change.get("implementation"), 2)),
            self.row(self.cell(self.p(self.box(True) + self.label("The parent and the LEA agreed to amend the IEP without a meeting."))
                               + self.p(self.box(False) + self.label("The full IEP team met.")), 6)),
            self.row(self.cell(self.p(self.label("Section(s) amended:"))
                               + "".join(self.p(self.box(name in sections) + self.label(name)) for name in SECTIONS), 6)),
        ], 6)

    def body(self, form):
        blocks = []
        if not form.get("amendment_only"):
            blocks += [self.page_one(form), self.present_levels(form), self.considerations(form)]
        goals = list(form.get("goals") or []) + [{}] * self.style.get("extra_blank_goals", 0)
        tables = [self.goal(goal) for goal in goals]
        gap = self.p() if self.style.get("goal_gap", True) else ""
        if tables:
            blocks.append(gap.join(tables))
        if not form.get("amendment_only"):
            blocks += [self.reporting(form), self.services(form), *self.closing(form)]
        if form.get("amendment"):
            page = self.amendment(form)
            blocks = [page, *blocks] if form.get("amendment_only") else [*blocks, page]
        return self.p().join(blocks)


def document_xml(body):
    """The main part around a body."""
    return ('<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
            f'<w:document xmlns:w="{W}" xmlns:w14="{W14}" xmlns:mc="{MC}" mc:Ignorable="w14"><w:body>{body}<w:p/>'
            '<w:sectPr><w:pgSz w:w="12240" w:h="15840"/><w:pgMar w:top="720" w:right="720" w:bottom="720" w:left="720" '
            'w:header="720" w:footer="720" w:gutter="0"/></w:sectPr></w:body></w:document>')


def write_docx(path, document):
    """Writes a Word file around the text of its main part; the same text gives the same bytes."""
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    word = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    parts = {
        "[Content_Types].xml": f'{head}<Types xmlns="{package}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{word}.document.main+xml"/>'
        f'<Override PartName="/word/styles.xml" ContentType="{word}.styles+xml"/>'
        '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>',
        "_rels/.rels": f'{head}<Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="rId1" Type="{office}/officeDocument" Target="word/document.xml"/>'
        f'<Relationship Id="rId2" Type="{package}/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>',
        "docProps/core.xml": f'{head}<cp:coreProperties xmlns:cp="{package}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>THE INDIVIDUALIZED EDUCATION PROGRAM FOR:</dc:title>'
        '<dc:creator>synthetic</dc:creator><dcterms:created xsi:type="dcterms:W3CDTF">2025-08-01T00:00:00Z</dcterms:created>'
        '<dcterms:modified xsi:type="dcterms:W3CDTF">2025-08-01T00:00:00Z</dcterms:modified></cp:coreProperties>',
        "word/_rels/document.xml.rels": f'{head}<Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="rId1" Type="{office}/styles" Target="styles.xml"/></Relationships>',
        "word/styles.xml": f'{head}<w:styles xmlns:w="{W}"><w:docDefaults><w:rPrDefault><w:rPr>'
        '<w:rFonts w:ascii="Arial" w:hAnsi="Arial"/><w:sz w:val="18"/></w:rPr></w:rPrDefault></w:docDefaults>'
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style></w:styles>',
        "word/document.xml": document,
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, text in parts.items():
            entry = zipfile.ZipInfo(name, (2025, 8, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            archive.writestr(entry, text.encode("utf-8"))


def form_xml(form, style=None):
    """The main part of a form."""
    return document_xml(Form(style).body(form))


def write_form(path, form, style=None):
    """Writes a form; see the module's text for `form` and `style`."""
    write_docx(path, form_xml(form, style))
