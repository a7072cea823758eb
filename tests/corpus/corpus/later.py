"""Files that were made when the importer and the rest of the corpus stood, by writers that were not used before: LibreOffice 7.4,
pandas 3.1, and XlsxWriter in the manner of Excel tables and of Google forms. README.md says which were not read at first."""

import datetime
import io

import pandas
import xlsxwriter

from . import books, office, texts
from .books import WHEN, settled
from .cells import Formula, Percent, Sheet
from .people import climb, kids, ragged, us, weeks
from .plan import Case

LONG = ["Student ID", "Student Name", "Goal #", "Date", "WCPM", "Comments"]


def long(case, count=2, points=5, **also):
    rows = [list(LONG)]
    for kid in kids(case.rng, count):
        for day, score in zip(ragged(case.rng, points), climb(case.rng, points)):
            rows.append([kid.id, kid.name, 1, day, score, case.rng.choice([None, "cold read", "w/ sub"])])
            case.point(kid.id, "1", day, score, unit="wcpm", **also)
    return rows


def wide(case, days, area="Reading Fluency", count=3):
    rows = [["ID", "Name", "Area", *days, "Avg"]]
    for kid in kids(case.rng, count):
        scores = climb(case.rng, len(days))
        rows.append([kid.id, kid.last_first, area, *scores, Formula(f"=AVERAGE(D{len(rows) + 1}:I{len(rows) + 1})", None)])
        for day, score in zip(days, scores):
            case.point(kid.id, area, day, score)
    return rows


def by_office(wanted):
    """LibreOffice; without it the files stay as they are."""
    def made(sheets, target, ending):
        return office.converted(sheets, target, ending) if wanted else None

    case = Case("later/office log.xlsx", "LibreOffice: a log of scores as .xlsx")
    yield case, made([Sheet("Log", long(case))], "xlsx", "xlsx")
    case = Case("later/office wide.xls", "LibreOffice: dates across with a column of averages, as .xls")
    yield case, made([Sheet("Fluency", wide(case, weeks(6)))], "xls:MS Excel 97", "xls")
    case = Case("later/office utf16.txt", "LibreOffice: text with tabs in UTF-16")
    yield case, made([Sheet("Log", long(case))], "csv:Text - txt - csv (StarCalc):9,34,65535", "csv")
    case = Case("later/office titles.ods", "LibreOffice: .ods with a merged title, a hidden sheet, and percents")
    case.say("F018")
    sheet = Sheet("Math")
    sheet.add("Math facts - Resource Room 2025-26")
    sheet.merge("A1:D1")
    sheet.add("Student ID", "Goal Area", "Date", "% Correct")
    for kid in kids(case.rng, 2):
        for day, share in zip(weeks(4), climb(case.rng, 4, 40, 90)):
            sheet.add(kid.id, "Math Facts", day, Percent(share / 100))
            case.point(kid.id, "Math Facts", day, share, unit="percent")
    lists = Sheet("lists", [["Teachers"], ["Ms. Oleander"], ["Mr. Tansy"]], hidden=True)
    yield case, made([sheet, lists], "ods", "ods")
    case = Case("later/office page.xls", "LibreOffice: a web page of two sheets under the name .xls")
    book = [Sheet("Fall", long(case)), Sheet("Notes", [["Ask Ms. Oleander about codes."]])]
    yield case, made(book, "html", "html")
    case = Case("later/office tabs.xls", "LibreOffice: a tab a child with the goal above, as .xls")
    book = []
    for kid in kids(case.rng, 3):
        sheet = Sheet(kid.name)
        sheet.add("Goal 2:", "Written Expression")
        sheet.add("Date", "CWS", "Notes")
        for day, score in zip(ragged(case.rng, 5), climb(case.rng, 5, 10, 25)):
            sheet.add(day, score, None)
            case.point(kid.name, "2", day, score, unit="cws")
        book.append(sheet)
    yield case, made(book, "xls:MS Excel 97", "xls")
    case = Case("later/office semicolons.csv", "LibreOffice: CSV with semicolons, all texts in quotation marks, Windows-1252, accents")
    case.say("F012")
    rows = [list(LONG)]
    for kid in kids(case.rng, 2, spanish=True):
        for day, score in zip(weeks(4, datetime.date(2025, 9, 17)), climb(case.rng, 4)):
            rows.append([kid.id, kid.name, 1, us(day), score, "leyó dos páginas"])
            case.point(kid.id, "1", day, score, unit="wcpm")
    yield case, made([Sheet("Log", rows)], "csv:Text - txt - csv (StarCalc):59,34,1252,1,,0,true", "csv")


def by_pandas():
    def frame(case, columns=("Student ID", "Goal", "Date", "Score")):
        rows = []
        for kid in kids(case.rng, 3):
            for day, score in zip(weeks(4), climb(case.rng, 4)):
                rows.append([kid.id, "1", pandas.Timestamp(day), float(score)])
                case.point(kid.id, "1", day, score)
        return pandas.DataFrame(rows, columns=list(columns))

    case = Case("later/pandas index.csv", "pandas: to_csv with its index, scores as 31.0, days as 2025-09-05")
    yield case, frame(case).to_csv().encode()
    case = Case("later/pandas book.xlsx", "pandas: to_excel with its index in a bold column without a title")
    out = io.BytesIO()
    frame(case).to_excel(out, sheet_name="data")
    yield case, settled(out.getvalue())
    case = Case("later/pandas pivot.csv", "pandas: a pivot, ids down and days across")
    pivot = frame(case).pivot_table(index=["Student ID", "Goal"], columns="Date", values="Score")
    yield case, pivot.to_csv().encode()
    case = Case("later/pandas two titles.xlsx", "pandas: a pivot with two rows of titles, the goal over its days, and a row for the name of the index")
    data = frame(case)
    more = data.copy()
    more["Goal"], more["Score"] = "2", more["Score"] + 7
    for student, day, score in more[["Student ID", "Date", "Score"]].itertuples(index=False):
        case.point(student, "2", day.date(), float(score))
    both = pandas.concat([data, more])
    both["Goal"] = "Goal " + both["Goal"]
    out = io.BytesIO()
    both.pivot_table(index="Student ID", columns=["Goal", "Date"], values="Score").to_excel(out, sheet_name="pivot")
    yield case, settled(out.getvalue())
    case = Case("later/pandas page.xls", "pandas: to_html under the name .xls")
    yield case, frame(case).to_html(index=False).encode()


def decorated(build):
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties({"created": WHEN})
    build(book)
    book.close()
    return settled(out.getvalue())


def like_excel():
    case = Case("later/table with totals.xlsx", "a table as Excel makes it with Ctrl+T, with its row of totals")
    rows = long(case)
    case.skipped = 1

    def table(book):
        sheet = book.add_worksheet("Data")
        day = book.add_format({"num_format": "m/d/yyyy"})
        body = [[datetime.datetime.combine(cell, datetime.time()) if isinstance(cell, datetime.date) else cell for cell in row] for row in rows[1:]]
        heads = [{"header": title} for title in LONG]
        heads[0]["total_string"] = "Total"
        heads[3]["format"] = day
        heads[4] |= {"total_function": "average", "total_value": 40}
        sheet.add_table(0, 0, len(rows), 5, {"columns": heads, "data": body, "total_row": True, "name": "Progress"})

    yield case, decorated(table)

    case = Case("later/months over days.xlsx", "a tracker: months merged over their days, days as 9/5, one child a row, the school year in the title")
    days = weeks(8)
    people = kids(case.rng, 3)

    def tracker(book):
        sheet = book.add_worksheet("Tracker")
        head = book.add_format({"bold": True, "align": "center", "bg_color": "#DDEBF7"})
        sheet.merge_range(0, 0, 0, 9, "Words Correct per Minute   School Year: 2025-2026", head)
        sheet.merge_range(1, 2, 1, 5, "September", head)
        sheet.merge_range(1, 6, 1, 9, "October", head)
        sheet.write_row(2, 0, ["Student", "Goal Area", *[f"{day.month}/{day.day}" for day in days]])
        for row, kid in enumerate(people, 3):
            sheet.write_row(row, 0, [kid.name, "Reading"])
            for at, (day, score) in enumerate(zip(days, climb(case.rng, 8))):
                sheet.write(row, 2 + at, score)
                case.point(kid.name, "Reading", day, score)

    yield case, decorated(tracker)

    case = Case("later/shown units.xlsx", "numbers that are shown as 45 wcpm and days shown as Fri 5-Sep, by their formats, with coloured cells and a drop-down")

    def shown(book):
        sheet = book.add_worksheet("Probes")
        day_format = book.add_format({"num_format": "ddd d-mmm"})
        score_format = book.add_format({"num_format": '0" wcpm"', "bg_color": "#FFEB9C"})
        sheet.write_row(0, 0, ["Student ID", "Goal", "Date", "Score"])
        row = 1
        for kid in kids(case.rng, 2):
            for day, score in zip(weeks(4), climb(case.rng, 4)):
                sheet.write_row(row, 0, [kid.id, "1"])
                sheet.write_datetime(row, 2, datetime.datetime.combine(day, datetime.time()), day_format)
                sheet.write(row, 3, score, score_format)
                case.point(kid.id, "1", day, score)
                row += 1
        sheet.data_validation(1, 1, 40, 1, {"validate": "list", "source": ["1", "2", "3"]})
        sheet.conditional_format(1, 3, 40, 3, {"type": "3_color_scale"})

    yield case, decorated(shown)

    case = Case("later/summary in front.xlsx", "a summary of formulas in front of the children's tabs: it repeats means and is no data")
    people = kids(case.rng, 2)
    tabs, means = [], []
    for kid in people:
        sheet = Sheet(kid.name)
        sheet.add("Goal #:", "1")
        sheet.add("Date", "WCPM")
        scores = climb(case.rng, 5)
        for day, score in zip(ragged(case.rng, 5), scores):
            sheet.add(day, score)
            case.point(kid.name, "1", day, score, unit="wcpm")
        tabs.append(sheet)
        means.append(sum(scores) / 5)
    front = Sheet("Summary", [["Student", "Average WCPM", "Number of probes"]])
    for kid, mean in zip(people, means):
        front.add(kid.name, Formula(f"=AVERAGE('{kid.name}'!B3:B7)", mean), Formula(f"=COUNT('{kid.name}'!B3:B7)", 5))
        case.skipped += 1
    yield case, books.by_xlsxwriter([front, *tabs])


def like_google():
    case = Case("later/google form.xlsx", "answers of a Google form as .xlsx: time stamps, questions as titles")

    def form(book):
        sheet = book.add_worksheet("Form Responses 1")
        stamp = book.add_format({"num_format": "m/d/yyyy h:mm:ss"})
        sheet.write_row(0, 0, ["Timestamp", "Student name", "Goal number", "How many words correct per minute?", "Anything else?"])
        row = 1
        for kid in kids(case.rng, 2):
            for day, score in zip(weeks(4, datetime.date(2025, 9, 17)), climb(case.rng, 4)):
                sheet.write_datetime(row, 0, datetime.datetime(day.year, day.month, day.day, 13, 40, row), stamp)
                sheet.write_row(row, 1, [kid.name, 1, score, case.rng.choice(["", "Loved the story"])])
                case.point(kid.name, "1", day, score, unit="wcpm")
                row += 1

    yield case, decorated(form)
    case = Case("later/google sheet.csv", "a Google sheet as CSV: a blank first column, checkboxes as TRUE and FALSE, 999 blank rows below")
    rows = [["", *LONG[:5], "Entered in SIS?"]]
    for row in long(case)[1:]:
        rows.append(["", *row[:5], case.rng.choice(["TRUE", "FALSE"])])
    rows += [[""] * 7 for _ in range(999)]
    yield case, texts.separated(rows).encode()


def from_databases():
    case = Case("later/powershell.csv", "Export-Csv of PowerShell: a first line #TYPE, all in quotation marks")
    yield case, ("#TYPE System.Data.DataRow\r\n" + texts.separated(long(case), every=True)).encode()
    case = Case("later/database grid.csv", "a grid saved from a database program: NULL for nothing, days with a time, names_with_underscores")
    rows = [["student_id", "stu_last_name", "stu_first_name", "goal_num", "probe_date", "score", "score_type", "deleted_at"]]
    for kid in kids(case.rng, 3):
        for number, (day, score) in enumerate(zip(weeks(4), climb(case.rng, 4))):
            blank = number == 2
            rows.append([kid.id, kid.last, kid.first, "1", f"{day.isoformat()} 00:00:00.000", "NULL" if blank else score, "WCPM", "NULL"])
            case.point(kid.id, "1", day, score, "blank" if blank else "scored")
    yield case, texts.separated(rows).encode()


def all_cases(wanted):
    yield from by_office(wanted)
    for part in (by_pandas, like_excel, like_google, from_databases):
        yield from part()
