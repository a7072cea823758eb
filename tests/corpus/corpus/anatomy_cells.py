"""Sheet anatomy: formulas, errors, words for nothing, merged cells, numbers as text."""

from . import books, texts
from .anatomy import TITLES, rows_of
from .cells import Error, Formula, Sheet
from .people import climb, kids, ragged, us, weeks
from .plan import Case


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
    for part in (cells,):
        yield from part()
