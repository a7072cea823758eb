"""Sheet anatomy: what stands above the rows that count, their titles, and what is hidden."""

import datetime

from . import books, texts
from .cells import Sheet
from .people import climb, kids, ragged, weeks
from .plan import Case

TITLES = ["Student ID", "Student", "Goal", "Date", "WCPM"]


def rows_of(case, kid, sheet, goal="1", points=5, unit="wcpm", start=None):
    """Adds a child's rows under TITLES."""
    days = ragged(case.rng, points, start or datetime.date(2025, 9, 3))
    for day, score in zip(days, climb(case.rng, points)):
        sheet.add(kid.id, kid.name, goal, day, score)
        case.point(kid.id, goal, day, score, unit=unit)


def above():
    case = Case("anatomy/titles above.xlsx", "a merged title and a line of the school above the header")
    sheet = Sheet()
    sheet.add("Progress Monitoring - Reading Intervention")
    sheet.merge("A1:E1")
    sheet.add("Lark Valley Elementary     2025-2026")
    sheet.blank()
    sheet.add(*TITLES)
    for kid in kids(case.rng, 2):
        rows_of(case, kid, sheet)
    yield case, books.by_xlsxwriter([sheet])

    case = Case("anatomy/header in row 7.xlsx", "the header in row 7, as in the templates of state offices")
    sheet = Sheet("Data Entry")
    for line in ("Special Services", "Progress monitoring log", "Directions: type one row for each probe. Do not change the titles."):
        sheet.add(line)
    sheet.blank(2)
    sheet.add("Building:", "Lark Valley", None, "Teacher:", "Ms. Oleander")
    sheet.add(*TITLES)
    for kid in kids(case.rng, 2):
        rows_of(case, kid, sheet)
    yield case, books.by_openpyxl([sheet])

    case = Case("anatomy/two header rows.xlsx", "two rows of titles: an area over the first of its columns, Date and Score under it")
    sheet = Sheet()
    sheet.add(None, "Reading Fluency", None, "Math Computation", None)
    sheet.add("Student", "Date", "Score", "Date", "Score")
    for kid in kids(case.rng, 3):
        for one, two, read, math in zip(ragged(case.rng, 4), ragged(case.rng, 4), climb(case.rng, 4), climb(case.rng, 4, 8, 20, 2)):
            sheet.add(kid.name, one, read, two, math)
            case.point(kid.name, "Reading Fluency", one, read)
            case.point(kid.name, "Math Computation", two, math)
    yield case, books.by_openpyxl([sheet])

    case = Case("anatomy/three header rows.xlsx", "three rows of titles: the goal (merged), what each column holds, and its unit")
    sheet = Sheet()
    sheet.add(None, None, "Goal 1", None, "Goal 2", None)
    sheet.merge("C1:D1")
    sheet.merge("E1:F1")
    sheet.add("Student ID", "Student", "Date", "Score", "Date", "Score")
    sheet.add(None, None, None, "WCPM", None, "%")
    for kid in kids(case.rng, 2):
        for day, read, share in zip(weeks(4), climb(case.rng, 4), climb(case.rng, 4, 50, 80)):
            sheet.add(kid.id, kid.name, day, read, day, share)
            case.point(kid.id, "1", day, read, unit="wcpm")
            case.point(kid.id, "2", day, share, unit="percent")
    yield case, books.by_xlsxwriter([sheet])

    case = Case("anatomy/group titles.csv", "the goals over the first column of each group, dates under them, in a CSV")
    rows = [["", "", "Goal 1", "", "", "Goal 2", "", ""]]
    days = weeks(3)
    rows.append(["Student ID", "Student"] + days + days)
    for kid in kids(case.rng, 3):
        one, two = climb(case.rng, 3), climb(case.rng, 3, 5, 15, 1)
        rows.append([kid.id, kid.name] + one + two)
        for day, first, second in zip(days, one, two):
            case.point(kid.id, "1", day, first)
            case.point(kid.id, "2", day, second)
    yield case, texts.separated(rows).encode()


def titles():
    case = Case("anatomy/column without a title.xlsx", "a column without a title, with ticks in it")
    case.say("H005")
    sheet = Sheet()
    sheet.add("Student ID", "Student", None, "Goal", "Date", "WCPM")
    for kid in kids(case.rng, 2):
        for day, score in zip(weeks(4), climb(case.rng, 4)):
            sheet.add(kid.id, kid.name, case.rng.choice(["x", None, "ok"]), "1", day, score)
            case.point(kid.id, "1", day, score, unit="wcpm")
    yield case, books.by_openpyxl([sheet])

    case = Case("anatomy/two score columns.csv", "two columns that are called Score: nothing says which counts, so all rows are set aside")
    rows = [["Student ID", "Goal", "Date", "Score", "Score"]]
    for kid in kids(case.rng, 2):
        for day, score in zip(weeks(3), climb(case.rng, 3)):
            rows.append([kid.id, "1", day, score, score + 2])
            case.aside("H003")
    case.students = 0
    yield case, texts.separated(rows).encode()

    case = Case("anatomy/note columns twice.csv", "two columns called Notes: no score hangs on them, so the rows come in")
    rows = [["Student ID", "Goal", "Date", "Score", "Notes", "Notes"]]
    for kid in kids(case.rng, 2):
        for day, score in zip(weeks(4), climb(case.rng, 4)):
            rows.append([kid.id, "1", day, score, "tired", "see binder"])
            case.point(kid.id, "1", day, score)
    yield case, texts.separated(rows).encode()

    for title, unit, low, high, wrap in [
        ("% Correct", "percent", 40, 90, str), ("Score /10", "trials", 3, 9, str), ("Words Correct per Minute", "wcpm", 30, 70, str),
        ("Score (DCPM)", "dcpm", 10, 30, str), ("Accuracy (%)", "percent", 40, 90, str),
    ]:
        name = title.replace("/", " of ").replace("%", "percent")
        case = Case(f"anatomy/unit in the header - {name}.csv", f"the unit stands in the title of the scores: {title}")
        rows = [["Student ID", "Goal Area", "Date", title]]
        for kid in kids(case.rng, 2):
            for day, score in zip(weeks(4), climb(case.rng, 4, low, high, 1)):
                rows.append([kid.id, "Skill practice", day, score])
                if unit == "trials":
                    case.point(kid.id, "Skill practice", day, f"{score}/10")
                else:
                    case.point(kid.id, "Skill practice", day, score, unit=unit)
        yield case, texts.separated(rows).encode()

    case = Case("anatomy/wrapped titles.xlsx", "titles with line breaks, blanks at their ends, hard blanks and stars")
    sheet = Sheet()
    sheet.add("Student\nID ", " Student\u00a0Name", "Goal\n#", "Date *", "WCPM\n(1 min)")
    for kid in kids(case.rng, 2):
        rows_of(case, kid, sheet)
    yield case, books.by_openpyxl([sheet])


def hidden():
    case = Case("anatomy/hidden rows.xlsx", "rows that a filter hides still count, and are named")
    case.say("F018")
    sheet = Sheet()
    sheet.add(*TITLES)
    for kid in kids(case.rng, 2):
        rows_of(case, kid, sheet)
    sheet.hidden_rows = {4, 5, 9}
    yield case, books.by_openpyxl([sheet])

    case = Case("anatomy/hidden columns.xlsx", "the column of ids is hidden, and still counts")
    case.say("F018")
    sheet = Sheet()
    sheet.add(*TITLES)
    for kid in kids(case.rng, 2):
        rows_of(case, kid, sheet)
    sheet.hidden_columns = {0}
    yield case, books.by_xlsxwriter([sheet])

    for name, write in [("hidden sheet.xlsx", books.by_openpyxl), ("hidden sheet.xls", books.by_xlwt)]:
        case = Case(f"anatomy/{name}", "a second sheet is hidden, and still counts")
        case.say("F018")
        one, two = Sheet("Fall"), Sheet("Spring", hidden=True)
        for sheet, start in ((one, datetime.date(2025, 9, 3)), (two, datetime.date(2026, 1, 14))):
            sheet.add(*TITLES)
        for kid in kids(case.rng, 2):
            rows_of(case, kid, one)
            rows_of(case, kid, two, start=datetime.date(2026, 1, 14))
        yield case, write([one, two])


def all_cases():
    for part in (above, titles, hidden):
        yield from part()
