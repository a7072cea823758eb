"""Sheet anatomy: what stands below and beside the rows that count, and several tables on a sheet."""

from . import books, texts
from .anatomy import TITLES, rows_of
from .cells import Formula, Percent, Sheet
from .people import climb, kids, ragged, weeks
from .plan import Case


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


def all_cases():
    for part in (below, several):
        yield from part()
