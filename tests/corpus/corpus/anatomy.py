"""Sheet anatomy: what stands above, below, between and beside the rows that count."""

import datetime

from . import books, texts
from .cells import Error, Formula, Percent, Sheet, at
from .people import climb, kids, ragged, us, weeks
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


def below():
    case = Case("anatomy/totals row.xlsx", "a row of totals below each child and one below all, with formulas")
    sheet = Sheet()
    sheet.add(*TITLES)
    for kid in kids(case.rng, 2):
        rows_of(case, kid, sheet)
        sheet.add("Total", None, None, None, Formula("=SUM(E2:E6)", 100))
        case.skipped += 1
    sheet.add("Grand Total", None, None, None, Formula("=SUM(E2:E12)", 200))
    case.skipped += 1
    yield case, books.by_xlsxwriter([sheet])

    case = Case("anatomy/means and SD.xlsx", "dates across with Mean, Median, SD and N below, and a column of averages at the right")
    sheet = Sheet("Reading group")
    days = weeks(5)
    sheet.add("Student ID", "Student", "Goal Area", *days, "Average")
    for kid in kids(case.rng, 4):
        scores = climb(case.rng, 5)
        sheet.add(kid.id, kid.name, "Reading Fluency", *scores, Formula("=AVERAGE(D2:H2)", sum(scores) / 5))
        for day, score in zip(days, scores):
            case.point(kid.id, "Reading Fluency", day, score)
    for label in ("Mean", "Median", "SD", "N"):
        sheet.add(label, None, None, *[Formula("=AVERAGE(D2:D5)", 33.25)] * 5)
        case.skipped += 1
    yield case, books.by_xlsxwriter([sheet])

    case = Case("anatomy/notes below.csv", "a blank line and three remarks below the table")
    rows = [TITLES]
    sheet = Sheet(rows=rows)
    for kid in kids(case.rng, 2):
        rows_of(case, kid, sheet)
    rows += [[], ["* two probes on one day: the better one counts"], ["Note: Mrs. Oleander was on leave from 10/6 to 10/17"],
             ["All probes were given in the hallway outside of room 12"]]
    case.skipped += 3
    yield case, texts.separated(rows).encode()

    case = Case("anatomy/printed pages.csv", "a report in pages: title, header and a page number are repeated every few rows")
    rows = [["Lark Valley R-IV Progress Log"], TITLES]
    sheet = Sheet(rows=rows)
    for number, kid in enumerate(kids(case.rng, 3)):
        if number:
            rows.append(list(TITLES))
            case.skipped += 1
        rows_of(case, kid, sheet, points=4)
    yield case, texts.separated(rows).encode()


def several():
    case = Case("anatomy/stacked same titles.xlsx", "one table a child under the other on one sheet, each with a name above and its own header")
    sheet = Sheet("Group A")
    for kid in kids(case.rng, 3):
        sheet.add(f"Student: {kid.name}")
        sheet.add("Goal", "Date", "WCPM")
        for day, score in zip(ragged(case.rng, 4), climb(case.rng, 4)):
            sheet.add("1", day, score)
            case.point(kid.name, "1", day, score, unit="wcpm")
        sheet.blank(2)
    yield case, books.by_openpyxl([sheet])

    case = Case("anatomy/stacked two goals.xlsx", "two tables under each other on a child's sheet: words a minute, then percent correct")
    [kid] = kids(case.rng, 1)
    sheet = Sheet(kid.name)
    sheet.add("Goal 1 - Reading Fluency")
    sheet.add("Date", "WCPM")
    for day, score in zip(ragged(case.rng, 5), climb(case.rng, 5)):
        sheet.add(day, score)
        case.point(kid.name, "1", day, score, unit="wcpm")
    sheet.blank()
    sheet.add("Goal 2 - Comprehension")
    sheet.add("Date", "% Correct")
    for day, share in zip(ragged(case.rng, 5), climb(case.rng, 5, 40, 80)):
        sheet.add(day, Percent(share / 100))
        case.point(kid.name, "2", day, share, unit="percent")
    yield case, books.by_xlsxwriter([sheet])

    case = Case("anatomy/key below.xlsx", "below the scores stands a second table: a key of the codes, which is no data")
    sheet = Sheet()
    sheet.add(*TITLES)
    for kid in kids(case.rng, 2):
        rows_of(case, kid, sheet)
    sheet.blank()
    sheet.add("Code", "Meaning")
    sheet.add("NA", "not assessed")
    sheet.add("ABS", "absent from school")
    case.skipped += 3
    yield case, books.by_openpyxl([sheet])

    case = Case("anatomy/side by side.xlsx", "two children's tables beside each other, with a blank column between, names above")
    sheet = Sheet("Pair work")
    one, two = kids(case.rng, 2)
    sheet.beside(1, 0, f"Student: {one.name}")
    sheet.beside(1, 4, f"Student: {two.name}")
    for left, kid in ((0, one), (4, two)):
        sheet.beside(2, left, "Goal", "Date", "WCPM")
        for row, (day, score) in enumerate(zip(ragged(case.rng, 5), climb(case.rng, 5)), 3):
            sheet.beside(row, left, "1", day, score)
            case.point(kid.name, "1", day, score, unit="wcpm")
    yield case, books.by_openpyxl([sheet])

    case = Case("anatomy/far corner.xlsx", "a formatted blank cell at XFD900000: the sheet seems to have millions of rows")
    sheet = Sheet(far="XFD900000")
    sheet.add(*TITLES)
    for kid in kids(case.rng, 2):
        rows_of(case, kid, sheet)
    yield case, books.by_openpyxl([sheet])

    case = Case("anatomy/table far inside.xlsx", "the table begins at F12, with nothing above it and left of it")
    sheet = Sheet()
    sheet.beside(12, 5, *TITLES)
    row = 12
    for kid in kids(case.rng, 2):
        for day, score in zip(ragged(case.rng, 4), climb(case.rng, 4)):
            row += 1
            sheet.beside(row, 5, kid.id, kid.name, "1", day, score)
            case.point(kid.id, "1", day, score, unit="wcpm")
    yield case, books.by_openpyxl([sheet])

    case = Case("anatomy/empty sheets.xlsx", "Sheet2 and Sheet3 are empty, as in every workbook of old")
    case.say("F010")
    sheet = Sheet("Sheet1")
    sheet.add(*TITLES)
    for kid in kids(case.rng, 2):
        rows_of(case, kid, sheet)
    yield case, books.by_xlwt([sheet, Sheet("Sheet2"), Sheet("Sheet3")])

    case = Case("anatomy/titles only.xlsx", "a template that nobody has filled in: titles and no rows")
    case.students = 0
    yield case, books.by_openpyxl([Sheet("Template", [list(TITLES)])])

    case = Case("anatomy/read me first.xlsx", "a sheet of directions before the sheet of data")
    guide = Sheet("Read me")
    for line in ("How to use this workbook", "Type each score on the day of the probe.", "Ask Ms. Oleander about codes."):
        guide.add(line)
    sheet = Sheet("Data")
    sheet.add(*TITLES)
    for kid in kids(case.rng, 2):
        rows_of(case, kid, sheet)
    yield case, books.by_xlsxwriter([guide, sheet])


def cells():
    case = Case("anatomy/formulas.xlsx", "correct ones, trials and a formula for the percent, with the result that Excel kept")
    sheet = Sheet()
    sheet.add("Student ID", "Goal", "Date", "Score")
    row = 1
    for kid in kids(case.rng, 2):
        for day, share in zip(weeks(4), climb(case.rng, 4, 8, 19, 1)):
            row += 1
            sheet.add(kid.id, "2", day, Formula(f"={share}*5", share * 5))
            case.point(kid.id, "2", day, share * 5)
    yield case, books.by_xlsxwriter([sheet])

    case = Case("anatomy/error cells.xlsx", "#REF! and #DIV/0! among the scores: those two rows are set aside, the others come in")
    sheet = Sheet()
    sheet.add("Student ID", "Goal", "Date", "WCPM")
    [kid] = kids(case.rng, 1)
    for number, (day, score) in enumerate(zip(weeks(7), climb(case.rng, 7)), 2):
        bad = {3: "#REF!", 6: "#DIV/0!"}.get(number)
        sheet.add(kid.id, "1", day, Error(bad) if bad else score)
        if bad:
            case.aside("S004", f"D{number}")
        else:
            case.point(kid.id, "1", day, score, unit="wcpm")
    yield case, books.by_xlsxwriter([sheet])

    for file, tokens in [
        ("nothing in many words.csv", [("NULL", "blank"), ("N/A", "absent"), ("-", "absent"), ("", "blank"), (" ", "blank"), ("abs", "absent"),
                              ("refused", "refused"), ("no school", "absent")]),
    ]:
        case = Case(f"anatomy/{file}", "NULL, N/A, -, nothing, a single blank, abs, refused and no school among the scores")
        rows = [["Student ID", "Goal", "Date", "WCPM"]]
        [kid] = kids(case.rng, 1)
        scores = climb(case.rng, 16)
        for number, day in enumerate(weeks(16)):
            if number % 2:
                token, state = tokens[number // 2]
                rows.append([kid.id, "1", day, token])
                case.point(kid.id, "1", day, "", state)
            else:
                rows.append([kid.id, "1", day, scores[number]])
                case.point(kid.id, "1", day, scores[number])
        yield case, texts.separated(rows).encode()

    case = Case("anatomy/nothing in other columns.csv", "NULL, N/A, - and blanks in columns that are no scores mean nothing")
    rows = [["Student ID", "Student Name", "DOB", "Grade", "Goal", "Date", "Score", "Baseline", "Target"]]
    for kid, (dob, grade, base, target) in zip(kids(case.rng, 3), [("NULL", "-", "N/A", "-"), ("N/A", "NULL", "", " "), ("-", "", "-", "NULL")]):
        for day, score in zip(weeks(3), climb(case.rng, 3)):
            rows.append([kid.id, kid.name, dob, grade, "1", day, score, base, target])
            case.point(kid.id, "1", day, score)
    yield case, texts.separated(rows).encode()

    case = Case("anatomy/numbers of rows.csv", "a stray column of row numbers without a title at the left, as pandas and R write it")
    rows = [["", *TITLES]]
    sheet = Sheet(rows=rows)
    number = 0
    for kid in kids(case.rng, 2):
        for day, score in zip(ragged(case.rng, 5), climb(case.rng, 5)):
            rows.append([number, kid.id, kid.name, "1", day.isoformat(), score])
            case.point(kid.id, "1", day, score, unit="wcpm")
            number += 1
    yield case, texts.separated(rows).encode()

    case = Case("anatomy/names merged down.xlsx", "each child's id and name stand once, in a cell that is merged over all of the child's rows")
    sheet = Sheet()
    sheet.add(*TITLES)
    for kid in kids(case.rng, 2):
        first = len(sheet.rows) + 1
        rows_of(case, kid, sheet)
        for row in sheet.rows[first:]:
            row[0] = row[1] = None
        for column in "AB":
            sheet.merge(f"{column}{first}:{column}{len(sheet.rows)}")
    yield case, books.by_openpyxl([sheet])

    case = Case("anatomy/names once.csv", "the child's id stands in the first of its rows only, the others are blank: whose they are is not said, so they are set aside")
    rows = [["Student ID", "Goal", "Date", "WCPM"]]
    for kid in kids(case.rng, 2):
        for number, (day, score) in enumerate(zip(weeks(4), climb(case.rng, 4))):
            rows.append(["" if number else kid.id, "1", day, score])
            if number:
                case.aside("I001")
            else:
                case.point(kid.id, "1", day, score)
    yield case, texts.separated(rows).encode()

    case = Case("anatomy/numbers as text.xls", "all numbers and dates were typed into cells formatted as Text")
    sheet = Sheet()
    sheet.add(*TITLES)
    for kid in kids(case.rng, 2):
        for day, score in zip(ragged(case.rng, 5), climb(case.rng, 5)):
            sheet.add(kid.id, kid.name, "1", us(day), f" {score} ")
            case.point(kid.id, "1", day, score, unit="wcpm")
    yield case, books.by_xlwt([sheet])

    case = Case("anatomy/numbers for ids.xlsx", "ids and goal numbers are numbers, scores have decimals")
    sheet = Sheet()
    sheet.add(*TITLES)
    for kid in kids(case.rng, 2):
        for day, score in zip(ragged(case.rng, 5), climb(case.rng, 5)):
            sheet.add(int(kid.id), kid.name, 1, day, score + 0.25)
            case.point(kid.id, "1", day, score + 0.25, unit="wcpm")
    yield case, books.by_openpyxl([sheet])


def all_cases():
    for part in (above, titles, hidden, below, several, cells):
        yield from part()
