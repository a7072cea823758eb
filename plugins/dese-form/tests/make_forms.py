"""Makes the fixtures in tests/data: `python3 make_forms.py`. All people are invented."""

import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[2] / "samples" / "generator"))
from dese_form import *  # noqa: E402,F403
from dese_form import Form, document_xml, write_docx, write_form  # noqa: E402

ANA = {
    "student": {"name": "Ana O'Testa", "birth_date": "1/2/2014", "age": "11", "student_id": "0012345678", "grade": "05",
                "home_school": "Oak Elementary", "district": "Example R-I", "school": "Oak Elementary", "case_manager": "B. Teacher"},
    "iep_type": "Annual",
    "dates": {"evaluation": "10/3/2023", "previous_review": "9/12/2024", "reevaluation_due": "10/2/2026", "meeting": "9/10/2025",
              "initiation": "9/15/2025", "annual_review": "9/9/2026", "provided": "9/12/2025"},
    "present_levels": "Ana reads 52 words a minute.",
    "map_a": True, "objectives_place": "goal page", "esy": "later", "esy_by": "05/2026", "schedule": ["Quarterly"],
    "goals": [
        {"number": "1", "text": "By 9/9/2026, given a fifth grade passage, Ana's rate will rise from 52 to 90 words correct.\nSecond paragraph.",
         "objectives": ["Read 65 words.", "Read 80 words."], "domains": ["Employment"], "methods": ["Work samples", "Other: weekly probe"],
         "reports": [{"date": "10/17/2025", "ticks": [MAKING], "description": "Ana read 58 words.\nShe likes \"Frog & Toad\"."}, None,
                     {"date": "3/13/2026", "ticks": [MAKING, MET], "description": "71 words correct"},
                     {"date": "5/20/2026", "ticks": [], "description": "no tick"}]},
        {"number": "2", "text": "Ana will solve 8 of 10 problems.", "reports": [{"date": "10/17/2025", "ticks": [NOT_ADDRESSED]}]},
    ],
    "services": [
        {"category": SPECIAL, "service": "Basic Reading", "amount": "150 minutes", "frequency": "per week", "location": "sped", "begin": "N/A", "end": "N/A"},
        {"category": SPECIAL, "service": "Math", "amount": "30 minutes", "frequency": "1 x Weekly", "location": "reg ed", "begin": "9/15/2025", "end": "12/19/2025"},
        {"category": RELATED, "service": "Speech Language Therapy", "amount": "20 minutes", "frequency": "3 x Monthly", "location": "sped", "begin": "N/A", "end": "N/A"},
    ],
    "placement": "Inside regular class at least 80% of time",
}
BEN = {
    "student": {"name": "Ben Sample", "birth_date": "11/30/2010", "student_id": "77", "grade": "8", "district": "Example R-I", "school": "Elm Middle"},
    "iep_type": "Initial", "dates": {"meeting": "8/20/25", "initiation": "8/25/25", "annual_review": "8/19/26"}, "map_a": False, "esy": "no",
    "schedule": ["Trimester", "Other"], "schedule_other": "every six weeks",
    "goals": [{"number": "1.1", "text": "Ben will write three sentences.", "methods": ["Portfolios", "Checklists"],
               "reports": [{"date": "11/7/25", "ticks": [NOT_MAKING], "description": "1 of 3"}, {"date": "2/6/26", "ticks": [MET]}]}],
    "services": [{"category": SPECIAL, "service": "Written Expression", "amount": "60 minutes", "frequency": "per week", "location": "home", "begin": "N/A", "end": "N/A"}],
}
AMENDMENT = {
    "student": {"name": "Cara Example", "birth_date": "4/5/2012", "student_id": "555"}, "amendment_only": True,
    "amendment": {"annual_meeting": "9/10/2025", "date": "1/14/2026", "implementation": "1/20/2026", "sections": ["Annual Goals", "Reporting Progress"]},
    "goals": [{"number": "3", "text": "Cara will name 20 letters.", "reports": [{"date": "3/1/2026", "ticks": [MAKING]}]}],
}


def odd():
    """Structures that a person or another program leaves behind, around hand-made XML."""
    form = Form({"ticks": "legacy"})
    p, cell, row, table, run = form.p, form.cell, form.row, form.table, form.run
    text = lambda value, **more: cell(p(run(value)), **more)  # noqa: E731
    control = lambda inner: f"<w:sdt><w:sdtPr><w:id w:val=\"5\"/></w:sdtPr><w:sdtContent>{inner}</w:sdtContent></w:sdt>"  # noqa: E731
    symbol = lambda code: f'<w:r><w:sym w:font="Wingdings" w:char="{code}"/></w:r>'  # noqa: E731
    wingdings = lambda c: f'<w:r><w:rPr><w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/></w:rPr><w:t>{c}</w:t></w:r>'  # noqa: E731
    deleted = '<w:del w:id="1" w:author="a"><w:r><w:delText>OLD </w:delText></w:r></w:del>'
    inserted = '<w:ins w:id="2" w:author="a"><w:r><w:t xml:space="preserve">Dora </w:t></w:r></w:ins>'
    field = ('<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val="Text1"/><w:textInput/></w:ffData></w:fldChar></w:r>'
             '<w:r><w:instrText> FORMTEXT </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
             '<w:r><w:t>3/4/2013</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>')
    dropdown = ('<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val="D"/><w:ddList><w:result w:val="2"/><w:listEntry w:val="1"/>'
                '<w:listEntry w:val="2"/><w:listEntry w:val="3"/><w:listEntry w:val="4 &amp; 5"/></w:ddList></w:ffData></w:fldChar></w:r><w:r><w:instrText> FORMDROPDOWN </w:instrText>'
                '</w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>')
    box = ('<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><w:txbxContent><w:p><w:r><w:t>Present Grade Level: 04</w:t></w:r></w:p>'
           '</w:txbxContent></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent><w:p><w:r><w:t>Present Grade Level: 99</w:t></w:r></w:p>'
           '</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r>')
    page = table([
        row(text("THE INDIVIDUALIZED EDUCATION PROGRAM (IEP) FOR:", span=2)),
        row(cell(p(run("Name: ") + deleted + inserted + run("Odd\u2011Case"))), cell(p(run("Birth Date: ") + field))),
        control(row(text("Student ID #/MOSIS#"), text("9001"))),
        row(cell(p(run("IEP Type:") + symbol("F0A8") + run(" Initial ") + symbol("F0FE") + run(" Annual"))), text("Date of IEP Meeting: ____")),
        row(cell(p(run("Initiation Date of IEP:")) + p(run("2/3/2026"))), cell(p(run("IEP Case Manager: ") + run("E. Manager\tCase Manager Phone: 5")))),
        '<w:tr><w:trPr><w:del w:id="9"/></w:trPr>' + text("School Name: Gone") + "<w:tc><w:p/></w:tc></w:tr>",
    ], 2)
    header = row(text("Date of Report"), text("Summary Statement", span=2), text("Description of progress data supporting selected summary statement"))
    data = table([row(text("Week"), text("Score")), row(text("1"), text("40 %"))], 2)
    lone = [row(text(date), cell(p(wingdings("þ" if on else "¨"))), text(label), cell((p(run("see table")) + data + p()) if date else ""))
            for date, on, label in [("10/1/2025", False, MAKING), ("", True, NOT_MAKING), ("", False, NOT_ADDRESSED), ("", False, MET),
                                    ("12/1/2025", True, MAKING), ("", False, MET)]]
    first = table([
        row(cell(p(run("Annual Goal #: ") + dropdown + run(" Dora will count to twenty.")))),
        row(cell(p(run("Measurable Benchmarks/Objectives:")) + p(run("1. To ten.<".replace("<", "\n") + "2. To fifteen,")) + p(run("with help.")))),
        header, *lone,
    ], 4)
    second = table([
        row(text("Annual Goal # "), text("2"), text("By June, Dora will sort shapes.")),
        row(text("Measurable Benchmarks/Objectives:"), cell(p(run("Two shapes."), '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>')
                                                            + p(run("Three shapes."), '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>')), text("")),
        row(text("Date of Report"), text("Summary Statement"), text("Description of progress data supporting selected summary statement")),
        row(text("1/9/2026"), text("Goal met"), text("done")),
        row(text("2/9/2026"), cell("".join(p(run(statement)) for statement in STATEMENTS)), text("ticks are lost")),
        row(text(""), text("Goal met"), text("")),
    ], 3)
    third = table([
        row(text("Annual Goal #: 2", span=3)), row(text("By June, Dora will jump.", span=3)),
        row(text("Periodic Progress Report"), text("Q1"), text("Q2")), row(text("Making progress"), text("X"), text("")), row(text("Goal met"), text(""), text("X")),
    ], 3)
    services = table([
        row(text("Service Summary", span=6)),
        row(text("Special Education Service"), *(text(head) for head in ["Amount", "Frequency", "Location", "Begin Date*", "End Date*"])),
        row(cell(p(run("Reading\nMath\nWriting"))), cell(p(run("30 minutes")) + p() + p(run("10 minutes"))), text("weekly"),
            cell(p(form.ticks(["reg ed", "sped", "home"], ["sped"])) + "".join(p(form.ticks(["reg ed", "sped", "home"], ["reg ed"])) for _ in range(2))),
            text("N/A"), cell(p(run("5/1/26")) + p(run("5/2/26")) + p(run("5/3/26")))),
    ], 6)
    return document_xml(p(box) + page + p() + table([row(cell(first + second + p()))], 1) + p() + third + p() + services)


def main():
    data = HERE / "data"
    write_form(data / "controls.docx", ANA, {"split_runs": True, "curly": True, "wrap_cells_in_sdt": True, "values_in_sdt": True, "extra_blank_goals": 2})
    write_form(data / "legacy.docx", ANA, {"ticks": "legacy", "pre_ticked": True, "values": "next", "values_in_sdt": True,
                                           "drop_placeholder_flags": True, "goal_gap": False, "extra_blank_goals": 1, "report_blocks": 4,
                                           "number_control": "text", "service_layout": "rows"})
    write_form(data / "glyphs.docx", BEN, {"ticks": "glyph", "statements": "one_cell", "values": "right", "service_layout": "table", "report_blocks": 3})
    amended = {**BEN, "amendment": {"annual_meeting": "8/20/25", "date": "1/14/26", "implementation": "1/20/26", "sections": ["Services Summary"]}}
    write_form(data / "typed.docx", amended, {"ticks": "typed", "report_blocks": 2})
    write_form(data / "amendment.docx", AMENDMENT, {"report_blocks": 2})
    write_form(data / "blank.docx", {"iep_type": "Annual", "schedule": ["Quarterly"], "goals": [{}]}, {"values_in_sdt": True, "report_blocks": 2})
    write_docx(data / "odd.docx", odd())
    letter = "<w:p><w:r><w:t>Dear family, school starts on Monday.</w:t></w:r></w:p>"
    write_docx(data / "letter.docx", document_xml(letter))


if __name__ == "__main__":
    main()
