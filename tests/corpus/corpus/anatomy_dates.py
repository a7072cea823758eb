"""Dates, scores and ids as people type them and as Excel spoils them."""

import datetime

from . import books, texts
from .cells import Percent, Sheet, Shown
from .people import climb, kids, ragged, us, weeks
from .plan import Case

HEAD = ["Student ID", "Goal", "Date", "Score"]


def typed(case, write, days=None, points=6, count=1):
    """A child's rows, with each day as `write` types it."""
    rows = [list(HEAD)]
    for kid in kids(case.rng, count):
        given = days or ragged(case.rng, points)
        for number, (day, score) in enumerate(zip(given, climb(case.rng, len(given)))):
            rows.append([kid.id, "1", write(day, number), score])
            case.point(kid.id, "1", day, score)
    return rows


def dates():
    for file, epoch, write in [
        ("1904 dates.xlsx", True, books.by_openpyxl), ("1904 dates by another.xlsx", True, books.by_xlsxwriter),
        ("1904 dates.xls", True, books.by_xlwt),
    ]:
        case = Case(f"dates/{file}", "a workbook that counts its days from 1904, as older Macs did")
        yield case, write([Sheet("Sheet1", typed(case, lambda day, _: day))], epoch_1904=epoch)

    case = Case("dates/days as numbers.xlsx", "dates as Excel's numbers of days, after a paste without formats")
    rows = typed(case, lambda day, _: str((day - datetime.date(1899, 12, 30)).days))
    for row in rows[1:]:
        row[2] = int(row[2])
    yield case, books.by_openpyxl([Sheet("Sheet1", rows)])

    ways = [us, lambda day: us(day, True), lambda day: day.strftime("%b %-d, %Y"), lambda day: day.strftime("%-d-%b-%y"),
            lambda day: day.isoformat(), lambda day: day.strftime("%A, %B %-d, %Y"), lambda day: day.strftime("%m.%d.%Y")]
    case = Case("dates/typed in many ways.csv", "dates typed as 9/5/2025, 9/5/25, Sep 5, 2025, 5-Sep-25, 2025-09-05, Friday, September 5, 2025")
    yield case, texts.separated(typed(case, lambda day, number: ways[number % 6](day), days=[datetime.date(2025, 9, 17 + at) for at in range(12)])).encode()
    case = Case("dates/two digits.csv", "years in two digits")
    yield case, texts.separated(typed(case, lambda day, _: us(day, True))).encode()
    case = Case("dates/no separators.csv", "dates as 20250905")
    yield case, texts.separated(typed(case, lambda day, _: day.strftime("%Y%m%d"))).encode()
    case = Case("dates/no separators american.csv", "dates as 09172025: eight digits, month first")
    yield case, texts.separated(typed(case, lambda day, _: day.strftime("%m%d%Y"), days=[datetime.date(2025, 9, 17 + at) for at in range(6)])).encode()
    case = Case("dates/with a time.xlsx", "the time of day stands behind each date")
    yield case, books.by_openpyxl([Sheet("Form Responses 1", typed(case, lambda day, n: datetime.datetime(day.year, day.month, day.day, 9 + n, 12, 40)),
                                         date_code="m/d/yyyy h:mm:ss")])
    case = Case("dates/time stamps.csv", "dates as a database writes them: 2025-09-05T14:30:00Z")
    yield case, texts.separated(typed(case, lambda day, _: f"{day.isoformat()}T14:30:00Z")).encode()
    case = Case("dates/day first.csv", "25/09/2025 among 5/9/2025: the column votes for day first")
    yield case, texts.separated(typed(case, lambda day, _: f"{day.day}/{day.month}/{day.year}", days=weeks(8, datetime.date(2025, 9, 4)))).encode()
    case = Case("dates/a tie.csv", "all dates can be read both ways round: month first, and said so")
    case.say("D005")
    yield case, texts.separated(typed(case, lambda day, _: us(day), days=[datetime.date(2025, month, day) for month, day in
                                                                          ((9, 3), (9, 10), (10, 1), (10, 8), (11, 5), (12, 3))])).encode()

    case = Case("dates/both ways.csv", "some dates can only be month first, some only day first: those that read both ways are set aside")
    rows = [list(HEAD)]
    [kid] = kids(case.rng, 1)
    scores = climb(case.rng, 6)
    for number, (text, day) in enumerate([
        ("9/17/2025", datetime.date(2025, 9, 17)), ("24/9/2025", datetime.date(2025, 9, 24)), ("10/1/2025", None), ("10/22/2025", datetime.date(2025, 10, 22)),
        ("29/10/2025", datetime.date(2025, 10, 29)), ("5/11/2025", None),
    ]):
        rows.append([kid.id, "1", text, scores[number]])
        if day:
            case.point(kid.id, "1", day, scores[number])
        else:
            case.aside("D006", f"C{number + 2}")
    yield case, texts.separated(rows).encode()

    case = Case("dates/wrong dates.csv", "a remark, 30 February, nothing and the year 1025 in place of dates: four rows are set aside")
    rows = [list(HEAD)]
    [kid] = kids(case.rng, 1)
    bad = {3: ("sometime in Oct", "D001"), 5: ("2/30/2026", "D002"), 7: ("", "D003"), 8: ("10/22/1025", "D004")}
    for number, (day, score) in enumerate(zip(weeks(10), climb(case.rng, 10)), 2):
        text, code = bad.get(number, (us(day), None))
        rows.append([kid.id, "1", text, score])
        if code:
            case.aside(code, f"C{number}")
        else:
            case.point(kid.id, "1", day, score)
    yield case, texts.separated(rows).encode()


def scores():
    case = Case("dates/fraction became a date.xlsx", "4/5 typed into cells without a format: Excel made dates of two of the six")
    sheet = Sheet("Articulation", [["Student ID", "Goal Area", "Date", "Trials Correct"]])
    [kid] = kids(case.rng, 1)
    for number, (day, score) in enumerate(zip(weeks(6), ["3/5", "4/5", "3/5", "4/5", "5/5", "4/5"]), 2):
        if number in (3, 6):
            right = score.split("/")
            sheet.add(kid.id, "Articulation", day, Shown(datetime.date(2025, int(right[0]), int(right[1])), "d-mmm"))
            case.aside("S005", f"D{number}")
        else:
            sheet.add(kid.id, "Articulation", day, score)
            case.point(kid.id, "Articulation", day, score)
    yield case, books.by_openpyxl([sheet])

    case = Case("dates/fraction became text date.csv", "the same after saving as CSV: 5-Apr among 4/5")
    rows = [["Student ID", "Goal Area", "Date", "Trials Correct"]]
    [kid] = kids(case.rng, 1)
    for number, (day, score) in enumerate(zip(weeks(6), ["3/5", "5-Apr", "3/5", "4/5", "5/5", "4-May"]), 2):
        rows.append([kid.id, "Articulation", day, score])
        if "-" in score:
            case.aside("S005", f"D{number}")
        else:
            case.point(kid.id, "Articulation", day, score)
    yield case, texts.separated(rows).encode()

    case = Case("dates/shares and percents.csv", ".8 beside 80 in one column of percents: brought to one scale, and said")
    case.say("S008")
    rows = [["Student ID", "Goal", "Date", "% Correct"]]
    [kid] = kids(case.rng, 1)
    for day, (text, value) in zip(weeks(8), [("55", 55), ("60", 60), (".6", 60), ("65", 65), ("70", 70), ("0.7", 70), ("75", 75), ("80", 80)]):
        rows.append([kid.id, "1", day, text])
        case.point(kid.id, "1", day, value, unit="percent")
    yield case, texts.separated(rows).encode()

    case = Case("dates/percent cells.xlsx", "80 % stored as 0.8 with a percent format")
    sheet = Sheet("Sheet1", [["Student ID", "Goal", "Date", "Accuracy"]])
    [kid] = kids(case.rng, 1)
    for day, share in zip(weeks(6), climb(case.rng, 6, 40, 90)):
        sheet.add(kid.id, "1", day, Percent(share / 100))
        case.point(kid.id, "1", day, share)
    yield case, books.by_xlsxwriter([sheet])

    case = Case("dates/impossible scores.csv", "more correct than trials, 120 %, no trials, a remark: four rows are set aside")
    rows = [["Student ID", "Goal", "Date", "Score"]]
    [kid] = kids(case.rng, 1)
    bad = {3: ("6/5", "S002"), 5: ("120%", "S003"), 6: ("0/0", "S007"), 8: ("see binder", "S001")}
    for number, day in enumerate(weeks(9), 2):
        text, code = bad.get(number, ("4/5", None))
        rows.append([kid.id, "1", day, text])
        if code:
            case.aside(code, f"D{number}")
        else:
            case.point(kid.id, "1", day, "4/5")
    yield case, texts.separated(rows).encode()

    case = Case("dates/minus.csv", "a count below zero is set aside")
    rows = [["Student ID", "Goal", "Date", "WCPM"]]
    [kid] = kids(case.rng, 1)
    for number, (day, score) in enumerate(zip(weeks(5), ["31", "-4", "36", "38", "40"]), 2):
        rows.append([kid.id, "1", day, score])
        if score == "-4":
            case.aside("S006", f"D{number}")
        else:
            case.point(kid.id, "1", day, int(score))
    yield case, texts.separated(rows).encode()

    case = Case("dates/shorthand.csv", "teacher's shorthand: 45 wcpm, 4 of 5, 80 %, abs., n/a, 12 (of 20)")
    rows = [["Student ID", "Goal", "Date", "Score"]]
    shorthand = {
        "1": [("45 wcpm", 45, "scored"), ("47 wcpm", 47, "scored"), ("abs.", "", "absent"), ("52 WCPM", 52, "scored")],
        "2": [("3 of 5", "3/5", "scored"), ("4 of 5", "4/5", "scored"), ("n/a", "", "absent"), ("4 out of 5", "4/5", "scored")],
        "3": [("80 %", 80, "scored"), ("75%", 75, "scored"), ("NR", "", "absent"), ("90 percent", 90, "scored")],
    }
    [kid] = kids(case.rng, 1)
    for goal, cells in shorthand.items():
        for day, (text, value, state) in zip(weeks(4), cells):
            rows.append([kid.id, goal, day, text])
            case.point(kid.id, goal, day, value, state)
    yield case, texts.separated(rows).encode()

    case = Case("dates/footnote marks.csv", "scores with a star for a footnote below: 45* is not said to be 45, so it is set aside")
    rows = [["Student ID", "Goal", "Date", "WCPM"]]
    [kid] = kids(case.rng, 1)
    for number, (day, score) in enumerate(zip(weeks(6), [41, 43, "45*", 44, 48, 50]), 2):
        rows.append([kid.id, "1", day, score])
        if score == "45*":
            case.aside("S001", f"D{number}")
        else:
            case.point(kid.id, "1", day, score)
    rows.append(["* retest after the fire drill"])
    case.skipped += 1
    yield case, texts.separated(rows).encode()


def ids():
    case = Case("dates/ids that lost digits.csv", "ids in scientific notation: the digits are gone, those rows are set aside")
    rows = [["State ID", "Student", "Goal", "Date", "Score"]]
    one, two = kids(case.rng, 2, digits=10)
    row = 1
    for kid in (one, two):
        for day, score in zip(weeks(3), climb(case.rng, 3)):
            row += 1
            rows.append([f"{int(kid.id):.2E}" if kid is two else kid.id, kid.name, "1", day, score])
            if kid is two:
                case.aside("I009", f"A{row}")
            else:
                case.point(kid.id, "1", day, score)
    yield case, texts.separated(rows).encode()

    case = Case("dates/long id as number.xlsx", "ten-digit ids as numbers with the format General keep all of their digits")
    sheet = Sheet("Sheet1", [["State ID", "Student", "Goal", "Date", "Score"]])
    for kid in kids(case.rng, 2, digits=10):
        for day, score in zip(weeks(4), climb(case.rng, 4)):
            sheet.add(int(kid.id), kid.name, "1", day, score)
            case.point(kid.id, "1", day, score)
    yield case, books.by_xlsxwriter([sheet])


def all_cases():
    for part in (dates, scores, ids):
        yield from part()
