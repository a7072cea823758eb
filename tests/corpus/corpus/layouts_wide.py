"""Layouts with time across: dates, weeks, months, quarters, seasons, trials, and groups of columns that repeat."""

import datetime

from . import books, texts
from .cells import Sheet
from .people import climb, kids, us, weeks
from .plan import Case


def wide(case, heads, whens, low=20, high=60, count=3, columns=("Student ID", "Student", "Goal Area"), area="Reading Fluency", holes=True):
    """A row a child, a column a period."""
    rows = [[*columns, *heads]]
    for kid in kids(case.rng, count):
        cells = {"Student ID": kid.id, "Student": kid.name, "Goal Area": area, "Name": kid.name, "Goal": area, "School Year": "2025-2026"}
        scores = climb(case.rng, len(heads), low, high)
        row = [cells[column] for column in columns]
        for number, (when, score) in enumerate(zip(whens, scores)):
            if holes and case.rng.random() < 0.12 and number:
                row.append(None)
                continue
            row.append(score)
            if when is not None:
                case.point(kid.id if "Student ID" in columns else kid.name, area, when, score)
        rows.append(row)
    return rows


def days():
    case = Case("wide/dates.xlsx", "dates across, as real dates")
    yield case, books.by_openpyxl([Sheet("Probes", wide(case, weeks(8), weeks(8)))])
    case = Case("wide/dates.csv", "dates across, as text 9/5/2025")
    yield case, texts.separated(wide(case, [us(day) for day in weeks(8)], weeks(8))).encode()
    case = Case("wide/dates.ods", "dates across, in an OpenDocument sheet")
    yield case, books.by_odfpy([Sheet("Probes", wide(case, weeks(6), weeks(6)))])
    case = Case("wide/short dates.csv", "dates across without a year, 9/5 to 2/6; a column School Year says which year")
    given = weeks(8, datetime.date(2025, 9, 5), 21)
    heads = [f"{day.month}/{day.day}" for day in given]
    yield case, texts.separated(wide(case, heads, given, columns=("Student ID", "Student", "School Year", "Goal Area"))).encode()
    case = Case("wide/short dates title.xlsx", "dates across without a year; the title above says School Year: 2025-2026")
    rows = [["Weekly probes", None, None, "School Year: 2025-2026"], []]
    yield case, books.by_openpyxl([Sheet("Probes", rows + wide(case, [f"{day.month}/{day.day}" for day in given], given))])
    case = Case("wide/week of.csv", "Week of 9/8/2025 across")
    given = weeks(6, datetime.date(2025, 9, 8))
    yield case, texts.separated(wide(case, [f"Week of {us(day)}" for day in given], given)).encode()
    case = Case("wide/marks.csv", "dates across with marks among the scores: A, NA, -, refused")
    rows = [["Student", "Goal", *weeks(6)]]
    marks = {"A": "absent", "NA": "absent", "-": "absent", "refused": "refused"}
    for kid, mark in zip(kids(case.rng, 4), marks):
        row = [kid.name, "1"]
        for number, (day, score) in enumerate(zip(weeks(6), climb(case.rng, 6))):
            row.append(mark if number == 3 else score)
            case.point(kid.name, "1", day, score, marks[mark] if number == 3 else "scored")
        rows.append(row)
    yield case, texts.separated(rows).encode()
    case = Case("wide/no title over names.xlsx", "dates across, nothing above the column of names, the goal in a title")
    rows = [["Goal 1: Reading Fluency"], [None, *weeks(5)]]
    for kid in kids(case.rng, 4):
        scores = climb(case.rng, 5)
        rows.append([kid.last_first, *scores])
        for day, score in zip(weeks(5), scores):
            case.point(kid.name, "1", day, score)
    yield case, books.by_openpyxl([Sheet("Group", rows)])
    case = Case("wide/children across.xlsx", "children across and dates down, the goal in a title")
    people = kids(case.rng, 4)
    rows = [["Goal 1: Reading Fluency (WCPM)"], ["Date", *[kid.name for kid in people]]]
    for day in weeks(6):
        scores = [case.rng.randrange(20, 70) for _ in people]
        rows.append([day, *scores])
        for kid, score in zip(people, scores):
            case.point(kid.name, "1", day, score)
    yield case, books.by_openpyxl([Sheet("Group", rows)])
    case = Case("wide/bad cell.csv", "dates across, one cell says \"see notes\": only that cell is set aside")
    rows = [["Student ID", "Goal", *weeks(5)]]
    for number, kid in enumerate(kids(case.rng, 3), 2):
        scores = climb(case.rng, 5)
        rows.append([kid.id, "1", *scores])
        for at, (day, score) in enumerate(zip(weeks(5), scores)):
            if (number, at) == (3, 2):
                rows[-1][4] = "see notes"
                case.aside("S001", "E3")
            else:
                case.point(kid.id, "1", day, score)
    yield case, texts.separated(rows).encode()


def periods():
    for spell, label in [("Week {}", "Week 1"), ("Wk{}", "Wk1"), ("W{}", "W1")]:
        case = Case(f"wide/weeks as {label}.csv", f"weeks across, {label} and so on: an axis of numbers, and no date is made up")
        yield case, texts.separated(wide(case, [spell.format(number) for number in range(1, 9)], [f"session {number}" for number in range(1, 9)])).encode()
    names = ["September", "October", "November", "December", "January", "February"]
    ends = [datetime.date(2025, 9, 30), datetime.date(2025, 10, 31), datetime.date(2025, 11, 30), datetime.date(2025, 12, 31),
            datetime.date(2026, 1, 31), datetime.date(2026, 2, 28)]
    case = Case("wide/months.csv", "months across, a column School Year beside them: dated by the last day of the month")
    yield case, texts.separated(wide(case, names, [f"{day} period" for day in ends], columns=("Student ID", "School Year", "Goal Area"))).encode()
    case = Case("wide/short months.xlsx", "Sept, Oct, Nov across, the school year in a label above")
    rows = [["School Year:", "2025-2026"], []]
    yield case, books.by_openpyxl([Sheet("Monthly", rows + wide(case, ["Sept", "Oct", "Nov", "Dec", "Jan", "Feb"], [f"{day} period" for day in ends]))])
    case = Case("wide/months with years.csv", "Sep 2025, Oct 2025 across")
    yield case, texts.separated(wide(case, [day.strftime("%b %Y") for day in ends], [f"{day} period" for day in ends])).encode()
    quarters = [datetime.date(2025, 10, 17), datetime.date(2025, 12, 19), datetime.date(2026, 3, 6), datetime.date(2026, 5, 21)]
    case = Case("wide/quarters.csv", "Q1 to Q4 across, with the days of the quarters in calendar.csv", "calendar.csv")
    yield case, texts.separated(wide(case, ["Q1", "Q2", "Q3", "Q4"], [f"{day} period" for day in quarters], columns=("Student ID", "School Year", "Goal Area"))).encode()
    case = Case("wide/quarters unknown.csv", "Q1 to Q4 across, and nothing says when they were: all scores are set aside")
    rows = wide(case, ["Q1", "Q2", "Q3", "Q4"], [None] * 4, holes=False)
    case.aside("D007", "D2", 12)
    # Their ids are known all the same.
    case.students = 3
    yield case, texts.separated(rows).encode()
    case = Case("wide/seasons.csv", "Fall, Winter, Spring across with a column School Year")
    seasons = [f"{day} period" for day in (datetime.date(2025, 11, 30), datetime.date(2026, 2, 28), datetime.date(2026, 5, 31))]
    yield case, texts.separated(wide(case, ["Fall", "Winter", "Spring"], seasons, columns=("Student ID", "School Year", "Goal Area"))).encode()
    case = Case("wide/seasons with years.xlsx", "Fall 2025, Winter 2025-26, Spring 2026 across, with the word Score")
    yield case, books.by_xlsxwriter([Sheet("Screening", wide(case, ["Fall 2025 Score", "Winter 2025-26 Score", "Spring 2026 Score"], seasons))])
    case = Case("wide/trials.csv", "Trial 1 to Trial 5 across on a day: numbered trials of that day")
    rows = [["Student ID", "Goal", "Date", *[f"Trial {number}" for number in range(1, 6)]]]
    for kid in kids(case.rng, 2):
        for day in weeks(3):
            scores = [case.rng.randrange(10, 20) for _ in range(5)]
            rows.append([kid.id, "1", day, *scores])
            for number, score in enumerate(scores, 1):
                case.point(kid.id, "1", day, score, session=number)
    yield case, texts.separated(rows).encode()


def groups():
    case = Case("wide/score and date repeated.xlsx", "Score 1, Date 1, Level 1, Score 2, ... repeated: each group is a data point")
    sheet = Sheet("Probes")
    sheet.add("Student ID", "Goal", *[f"{name} {number}" for number in range(1, 5) for name in ("Score", "Date", "Level")])
    for kid in kids(case.rng, 3):
        row = [kid.id, "1"]
        for number, (day, score) in enumerate(zip(weeks(4), climb(case.rng, 4))):
            if number == 2 and case.rng.random() < 0.5:
                row += [None, None, None]
                continue
            row += [score, day, 3]
            case.point(kid.id, "1", day, score)
        sheet.add(*row)
    yield case, books.by_openpyxl([sheet])

    case = Case("wide/months with dates.csv", "Sept Date, Sept Score, Oct Date, Oct Score: the date stands beside its score")
    rows = [["Student ID", "Goal", *[f"{month} {name}" for month in ("Sept", "Oct", "Nov") for name in ("Date", "Score")]]]
    for kid in kids(case.rng, 3):
        row = [kid.id, "1"]
        for month, score in zip((9, 10, 11), climb(case.rng, 3)):
            day = datetime.date(2025, month, case.rng.randrange(13, 29))
            row += [us(day), score]
            case.point(kid.id, "1", day, score)
        rows.append(row)
    yield case, texts.separated(rows).encode()

    case = Case("wide/same titles again.csv", "Date, Score, Date, Score, Date, Score: the same titles again and again")
    rows = [["Student ID", "Goal", *["Date", "Score"] * 4]]
    for kid in kids(case.rng, 3):
        row = [kid.id, "1"]
        for day, score in zip(weeks(4, datetime.date(2025, 9, 17)), climb(case.rng, 4)):
            row += [us(day), score]
            case.point(kid.id, "1", day, score)
        rows.append(row)
    yield case, texts.separated(rows).encode()

    case = Case("wide/screening.csv", "a screening export: for each season the score, its percentile, risk level and date")
    rows = [["State ID", "Last Name", "First Name", "Grade"]]
    for season in ("Fall", "Winter"):
        rows[0] += [f"{season} Letter Sounds WRC per minute", f"{season} Letter Sounds Percentile at Nation", f"{season} Letter Sounds Risk Level",
                    f"{season} Letter Sounds Final Date"]
    for kid in kids(case.rng, 4, digits=10):
        row = [kid.id, kid.last, kid.first, "K"]
        for start, score in ((datetime.date(2025, 9, 15), case.rng.randrange(3, 15)), (datetime.date(2026, 1, 13), case.rng.randrange(12, 30))):
            day = start + datetime.timedelta(days=case.rng.randrange(9))
            row += [score, case.rng.randrange(1, 99), "High Risk", us(day)]
            case.point(kid.id, "Letter Sounds", day, score, unit="wcpm")
        rows.append(row)
    yield case, texts.separated(rows).encode()

    case = Case("wide/screening with a hole.csv", "a screening export with a score whose date is missing: only that score is set aside")
    rows = [["State ID", "Grade", "Fall Maze Score", "Fall Maze Final Date", "Winter Maze Score", "Winter Maze Final Date"]]
    for number, kid in enumerate(kids(case.rng, 3, digits=10), 2):
        fall, winter = case.rng.randrange(5, 12), case.rng.randrange(10, 20)
        rows.append([kid.id, "4", fall, "9/16/2025", winter, "" if number == 3 else "1/14/2026"])
        case.point(kid.id, "Maze", datetime.date(2025, 9, 16), fall)
        if number == 3:
            case.aside("D003", f"F{number}")
        else:
            case.point(kid.id, "Maze", datetime.date(2026, 1, 14), winter)
    yield case, texts.separated(rows).encode()

    case = Case("wide/español.csv", "fechas a lo ancho con títulos en español")
    rows = [["Estudiante", "Área", *[us(day) for day in weeks(5)], "Promedio"]]
    for kid in kids(case.rng, 3, spanish=True):
        scores = climb(case.rng, 5)
        rows.append([kid.last_first, "Lectura", *scores, sum(scores) / 5])
        for day, score in zip(weeks(5), scores):
            case.point(kid.name, "Lectura", day, score)
    rows.append(["Promedio", "", 30, 31, 32, 33, 34, 32])
    case.skipped = 1
    yield case, texts.separated(rows).encode()


def all_cases():
    for part in (days, periods, groups):
        yield from part()
