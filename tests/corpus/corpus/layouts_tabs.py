"""Layouts with a tab a child, a goal or a month, with labels above the data; lists; titles in Spanish."""

import datetime

from . import books, texts
from .cells import Percent, Sheet
from .people import climb, kids, ragged, us, weeks
from .plan import Case


def tabs():
    def log(case, sheet, kid, goal, start=datetime.date(2025, 9, 3), points=4):
        sheet.add("Date", "WCPM", "Notes")
        for day, score in zip(ragged(case.rng, points, start), climb(case.rng, points)):
            sheet.add(day, score, case.rng.choice([None, "cold read"]))
            case.point(kid.name, goal, day, score, unit="wcpm")

    case = Case("layouts/tab a student.xlsx", "a tab a student, called by the child's name, the goal above the table")
    book = []
    for kid in kids(case.rng, 4):
        sheet = Sheet(kid.name)
        sheet.add("Goal 1: Reading Fluency")
        log(case, sheet, kid, "1")
        book.append(sheet)
    yield case, books.by_openpyxl(book)

    case = Case("layouts/tab a student.xls", "the same as an Excel 97 workbook, tabs called Last, First")
    book = []
    for kid in kids(case.rng, 3):
        sheet = Sheet(kid.last_first)
        sheet.add("Goal #", "2", "Area", "Reading")
        sheet.blank()
        log(case, sheet, kid, "2")
        book.append(sheet)
    yield case, books.by_xlwt(book)

    case = Case("layouts/tab a goal.xlsx", "a tab a goal, with all children in each")
    people = kids(case.rng, 3)
    book = []
    for number in (1, 2, 3):
        sheet = Sheet(f"Goal {number}", [["Student ID", "Student", "Date", "Score"]])
        for kid in people:
            for day, score in zip(weeks(3), climb(case.rng, 3)):
                sheet.add(kid.id, kid.name, day, score)
                case.point(kid.id, str(number), day, score)
        book.append(sheet)
    yield case, books.by_xlsxwriter(book)

    for all_tab in (False, True):
        name = "tab a month with all.xlsx" if all_tab else "tab a month.xlsx"
        shows = "a tab a month" + (", and a tab All that repeats them all: told as already known" if all_tab else "")
        case = Case(f"layouts/{name}", shows)
        people, book = kids(case.rng, 2), []
        every = Sheet("All", [["Student ID", "Goal", "Date", "WCPM"]])
        for month, number in (("September", 9), ("October", 10), ("November", 11)):
            sheet = Sheet(month, [["Student ID", "Goal", "Date", "WCPM"]])
            for kid in people:
                for day, score in zip((4, 11, 18, 25), climb(case.rng, 4)):
                    row = [kid.id, "1", datetime.date(2025, number, day), score]
                    sheet.add(*row)
                    every.add(*row)
                    case.point(kid.id, "1", row[2], score)
            book.append(sheet)
        if all_tab:
            case.known = len(every.rows) - 1
            case.say("R001")
            book.append(every)
        yield case, books.by_openpyxl(book)

    case = Case("layouts/name in a title.xlsx", "the child's name in a merged title: Progress Data - Name")
    [kid] = kids(case.rng, 1)
    sheet = Sheet("Reading")
    sheet.add(f"Progress Data - {kid.name}")
    sheet.merge("A1:C1")
    sheet.blank()
    log(case, sheet, kid, "Reading", points=6)
    yield case, books.by_openpyxl([sheet])

    case = Case("layouts/goal text merged.xlsx", "the goal's sentence in a merged cell above the data")
    [kid] = kids(case.rng, 1)
    sentence = f"By May 2026, {kid.first} will read 90 words correct per minute on a grade 3 passage in 3 of 4 probes."
    sheet = Sheet("Sheet1")
    sheet.add("Student:", kid.name)
    sheet.add(sentence)
    sheet.merge("A2:C4")
    sheet.blank(3)
    log(case, sheet, kid, sentence, points=6)
    yield case, books.by_xlsxwriter([sheet])

    case = Case("layouts/label and value.xlsx", "goal number, area, baseline, target and its date as label and value above the data")
    [kid] = kids(case.rng, 1)
    sheet = Sheet("Log")
    sheet.add("Student Name:", kid.name, None, "Student ID:", kid.id)
    sheet.add("Goal #:", "2", None, "Goal Area:", "Written Expression")
    sheet.add("Baseline:", 12, None, "Target:", 40)
    sheet.add("Target Date:", datetime.date(2026, 5, 15), None, "Unit:", "CWS")
    sheet.add("Case Manager:", "Ms. Oleander")
    sheet.blank()
    sheet.add("Date", "Score", "Notes")
    for day, score in zip(ragged(case.rng, 6), climb(case.rng, 6, 12, 25)):
        sheet.add(day, score, None)
        case.point(kid.id, "2", day, score, unit="cws", baseline="12", target="40")
    yield case, books.by_openpyxl([sheet])

    case = Case("layouts/goals stacked.xlsx", "three goals under each other on a child's tab, a sentence above each table")
    [kid] = kids(case.rng, 1)
    sheet = Sheet(kid.name)
    for number, (area, unit) in enumerate([("read 95 words correct per minute", "WCPM"), ("solve 20 digits correct per minute", "DCPM"),
                                         ("write 40 correct word sequences", "CWS")], 1):
        sheet.add(f"Goal {number}: By May 2026 {kid.first} will {area} in 3 of 4 trials.")
        sheet.merge(f"A{len(sheet.rows)}:C{len(sheet.rows)}")
        sheet.add("Date", unit, "Comments")
        for day, score in zip(ragged(case.rng, 4), climb(case.rng, 4, 8, 18, 2)):
            sheet.add(day, score, None)
            case.point(kid.name, str(number), day, score, unit=unit.lower())
        sheet.blank()
    yield case, books.by_openpyxl([sheet])

    case = Case("layouts/two goals across.xlsx", "a child's log with a column for each goal: Date, Goal 1, Goal 2")
    [kid] = kids(case.rng, 1)
    sheet = Sheet("Log")
    sheet.add("Student:", kid.name)
    sheet.add("Date", "Goal 1", "Goal 2", "Notes")
    for day, one, two in zip(weeks(5), climb(case.rng, 5), climb(case.rng, 5, 10, 20, 1)):
        sheet.add(day, one, two, None)
        case.point(kid.name, "1", day, one)
        case.point(kid.name, "2", day, two)
    yield case, books.by_openpyxl([sheet])

    case = Case("layouts/baseline row.xlsx", "the first row below the header has Baseline in place of a date")
    [kid] = kids(case.rng, 1)
    sheet = Sheet("Log")
    sheet.add("Student:", kid.name, "Goal #:", "1")
    sheet.add("Date", "WCPM")
    sheet.add("Baseline", 24)
    case.aside("D001", "A3")
    for day, score in zip(weeks(5), climb(case.rng, 5, 25, 40)):
        sheet.add(day, score)
        case.point(kid.name, "1", day, score)
    yield case, books.by_openpyxl([sheet])


def lists():
    case = Case("layouts/goal list.xlsx", "a list of goals with baseline and target, without scores")
    sheet = Sheet("Goals", [["Student ID", "Student", "Goal #", "Goal Area", "Annual Goal", "Baseline", "Target", "Target Date"]])
    people = kids(case.rng, 3)
    for kid in people:
        for number, area in ((1, "Reading"), (2, "Math")):
            sheet.add(kid.id, kid.name, number, area, f"By May 2026, {kid.first} will improve in {area.lower()} from 30 to 60 percent on weekly probes.",
                      "30%", "60%", datetime.date(2026, 5, 15))
            case.other += 1
    case.students = 3
    yield case, books.by_openpyxl([sheet])

    case = Case("layouts/roster.csv", "a list of students without scores")
    table = [["MOSIS ID", "Local ID", "Last Name", "First Name", "DOB", "Grade", "Building", "Has IEP", "Case Manager"]]
    for kid in kids(case.rng, 5, digits=10):
        table.append([kid.id, kid.id[-5:], kid.last, kid.first, us(kid.birth), "03", "4020", "Y", "A. Oleander"])
        case.other += 1
    case.students = 5
    yield case, texts.separated(table).encode()

    case = Case("layouts/progress reports.csv", "a list of progress reports with a code for each goal")
    table = [["Student ID", "Goal #", "Goal Area", "Report Date", "Progress Code", "Progress Description"]]
    for kid in kids(case.rng, 2):
        for day in ("10/24/2025", "1/9/2026"):
            table.append([kid.id, "1", "Reading", day, "Making progress", "Works hard and asks for help when stuck."])
            case.other += 1
    case.students = 2
    yield case, texts.separated(table).encode()


def spanish():
    case = Case("layouts/español.csv", "títulos en español: una fila por puntaje")
    table = [["No. de estudiante", "Nombre del estudiante", "Meta #", "Área", "Fecha", "Palabras correctas por minuto", "Observaciones"]]
    for kid in kids(case.rng, 3, spanish=True):
        for day, score in zip(weeks(4, datetime.date(2025, 9, 17)), climb(case.rng, 4)):
            table.append([kid.id, kid.name, "1", "Lectura", day, score, case.rng.choice(["", "leyó sola", "ausente ayer"])])
            case.point(kid.id, "1", day, score, unit="wcpm")
    yield case, texts.separated(table).encode()

    case = Case("layouts/español día primero.xlsx", "títulos en español, fechas como 5 de septiembre de 2025 y 17/9/2025")
    months = {9: "septiembre", 10: "octubre"}
    sheet = Sheet("Datos", [["ID del estudiante", "Meta", "Fecha", "Puntaje", "Notas"]])
    for kid in kids(case.rng, 2, spanish=True):
        for number, (day, score) in enumerate(zip(weeks(6), climb(case.rng, 6))):
            shown = f"{day.day} de {months[day.month]} de {day.year}" if number % 2 else f"{day.day}/{day.month}/{day.year}"
            sheet.add(kid.id, "1", shown, score, None)
            case.point(kid.id, "1", day, score)
    yield case, books.by_openpyxl([sheet])

    case = Case("layouts/español por hoja.xlsx", "una hoja por estudiante, con Estudiante, Meta y Línea base arriba")
    book = []
    for kid in kids(case.rng, 2, spanish=True):
        sheet = Sheet(kid.name)
        sheet.add("Estudiante:", kid.name)
        sheet.add("Meta #:", "1", "Línea base:", 20, "Meta final:", 60)
        sheet.add("Fecha", "Porcentaje", "Observaciones")
        for day, share in zip(weeks(4), climb(case.rng, 4)):
            sheet.add(day, Percent(share / 100), None)
            case.point(kid.name, "1", day, share, unit="percent")
        sheet.add("Promedio", Percent(0.4), None)
        case.skipped += 1
        book.append(sheet)
    yield case, books.by_xlsxwriter(book)


def all_cases():
    for part in (tabs, lists, spanish):
        yield from part()
