"""Layouts with a row for each session."""

import datetime

from . import books, texts
from .cells import Sheet
from .people import climb, kids, ragged, us, weeks
from .plan import Case


def rows():
    case = Case("layouts/long with goals.xlsx", "a row a score with area, baseline, target, unit and staff in columns")
    sheet = Sheet("Progress", [["Student ID", "Goal ID", "Goal Area", "Baseline", "Target", "Unit", "Date", "Score", "Staff"]])
    for kid in kids(case.rng, 3):
        for day, score in zip(ragged(case.rng, 5), climb(case.rng, 5, 30, 50)):
            sheet.add(kid.id, f"{kid.id}-1", "Reading Fluency", 30, 90, "wcpm", day, score, "A. Oleander")
            case.point(kid.id, "Reading Fluency", day, score, unit="wcpm", target="90", baseline="30")
    yield case, books.by_openpyxl([sheet])

    case = Case("layouts/correct and trials.csv", "correct ones and trials in two columns")
    table = [["Student ID", "Goal", "Date", "Correct", "Trials", "Prompt Level"]]
    for kid in kids(case.rng, 2):
        for day, score in zip(weeks(5), climb(case.rng, 5, 3, 9, 1)):
            table.append([kid.id, "3", day, score, 10, case.rng.choice(["independent", "verbal", "gestural"])])
            case.point(kid.id, "3", day, f"{score}/10")
    yield case, texts.separated(table).encode()

    case = Case("layouts/counts with minutes.csv", "incidents and the minutes of observation, where fewer is better")
    table = [["Student ID", "Goal", "Behavior", "Date", "Number of Incidents", "Minutes Observed"]]
    for kid in kids(case.rng, 2):
        for day, score in zip(weeks(6), reversed(climb(case.rng, 6, 2, 14, 1))):
            minutes = case.rng.choice([20, 30, 45])
            table.append([kid.id, "1", "call outs", day, score, minutes])
            case.point(kid.id, "1", day, score, minutes=minutes, direction="decrease")
    yield case, texts.separated(table).encode()

    case = Case("layouts/errors per minute.csv", "incorrect per minute, where fewer is better")
    table = [["Student ID", "Goal", "Measure", "Unit", "Date", "Score"]]
    for kid in kids(case.rng, 2):
        for day, score in zip(weeks(5), reversed(climb(case.rng, 5, 1, 9, 1))):
            table.append([kid.id, "1", "Oral reading errors", "incorrect per minute", day, score])
            case.point(kid.id, "1", day, score, direction="decrease")
    yield case, texts.separated(table).encode()

    case = Case("layouts/t scores.csv", "T scores of a behavior scale, where less is better, as the column Direction says")
    table = [["Student ID", "Goal Area", "Measure", "Direction", "Date", "Score"]]
    for kid in kids(case.rng, 2):
        for day, score in zip(weeks(4, step=28), reversed(climb(case.rng, 4, 55, 72, 1))):
            table.append([kid.id, "Behavior", "Externalizing T score", "decrease", day, score])
            case.point(kid.id, "Behavior", day, score, direction="decrease")
    yield case, texts.separated(table).encode()

    case = Case("layouts/session log.xlsx", "a session log with three measures in a row: words a minute, errors, comprehension")
    sheet = Sheet("Log", [["Student ID", "Goal", "Date", "WCPM", "Errors", "Comprehension %", "Comments"]])
    for kid in kids(case.rng, 2):
        for day, read, wrong, share in zip(ragged(case.rng, 4), climb(case.rng, 4), climb(case.rng, 4, 9, 3, 1), climb(case.rng, 4, 50, 80)):
            sheet.add(kid.id, "1", day, read, wrong, share, None)
            case.point(kid.id, "1", day, read, measure="WCPM")
            case.point(kid.id, "1", day, wrong, measure="Errors")
            case.point(kid.id, "1", day, share, measure="Comprehension %")
    yield case, books.by_openpyxl([sheet])

    case = Case("layouts/sessions without dates.csv", "session numbers in place of dates: an axis of sessions, and no date is made up")
    table = [["Student ID", "Goal", "Session", "Score (%)"]]
    for kid in kids(case.rng, 2):
        for number, score in enumerate(climb(case.rng, 6, 30, 70), 1):
            table.append([kid.id, "1", number, score])
            case.point(kid.id, "1", f"session {number}", score, unit="percent")
    yield case, texts.separated(table).encode()

    case = Case("layouts/phases in a column.csv", "a column of phases A and B")
    table = [["Student ID", "Goal", "Phase", "Date", "WCPM"]]
    for kid in kids(case.rng, 2):
        for number, (day, score) in enumerate(zip(weeks(8), climb(case.rng, 8))):
            phase = "A" if number < 3 else "B"
            table.append([kid.id, "1", phase, day, score])
            case.point(kid.id, "1", day, score, phase=phase)
    yield case, texts.separated(table).encode()

    case = Case("layouts/phase line.xlsx", "a row across the table that says that the intervention begins: what follows is another phase")
    [kid] = kids(case.rng, 1)
    sheet = Sheet(kid.name, [["Goal", "Date", "WCPM"]])
    for number, (day, score) in enumerate(zip(weeks(8), climb(case.rng, 8))):
        if number == 3:
            sheet.add("--- Phase B: repeated reading begins ---")
            sheet.merge("A5:C5")
            case.skipped += 1
        sheet.add("1", day, score)
        case.point(kid.name, "1", day, score, **({} if number < 3 else {"phase": "B: repeated reading begins"}))
    yield case, books.by_openpyxl([sheet])

    case = Case("layouts/phases above.xlsx", "one tab a phase: Baseline and Intervention, said in a label above the table")
    [kid] = kids(case.rng, 1)
    book = []
    for phase, start in (("Baseline", datetime.date(2025, 9, 3)), ("Intervention", datetime.date(2025, 10, 8))):
        sheet = Sheet(phase)
        sheet.add("Student:", kid.name)
        sheet.add("Goal #:", "1", "Phase:", phase)
        sheet.blank()
        sheet.add("Date", "WCPM")
        for day, score in zip(weeks(4, start), climb(case.rng, 4)):
            sheet.add(day, score)
            case.point(kid.name, "1", day, score, phase=phase)
        book.append(sheet)
    yield case, books.by_openpyxl(book)

    case = Case("layouts/marks in a cell.csv", "trials as marks in one cell: ++-+- is 3 of 5")
    table = [["Student ID", "Goal", "Date", "Trials (+/-)"]]
    for kid in kids(case.rng, 2):
        for day in weeks(5):
            marks = "".join(case.rng.choice("++-") for _ in range(5))
            table.append([kid.id, "2", day, marks])
            case.point(kid.id, "2", day, f"{marks.count('+')}/5")
    yield case, texts.separated(table).encode()

    case = Case("layouts/marks across.xlsx", "trials as marks in five columns: + and - under Trial 1 to Trial 5")
    sheet = Sheet("Requests", [["Student ID", "Goal", "Date", *[f"Trial {number}" for number in range(1, 6)]]])
    for kid in kids(case.rng, 2):
        for day in weeks(4):
            marks = [case.rng.choice("++-") for _ in range(5)]
            sheet.add(kid.id, "2", day, *marks)
            case.point(kid.id, "2", day, f"{marks.count('+')}/5")
    yield case, books.by_openpyxl([sheet])

    case = Case("layouts/minutes and seconds.csv", "time on task in seconds")
    table = [["Student ID", "Goal", "Date", "Duration (seconds)"]]
    [kid] = kids(case.rng, 1)
    for day, score in zip(weeks(5), climb(case.rng, 5, 60, 240)):
        table.append([kid.id, "1", day, score])
        case.point(kid.id, "1", day, score, unit="seconds")
    yield case, texts.separated(table).encode()

    case = Case("layouts/rubric.csv", "rubric levels 1 to 4")
    table = [["Student ID", "Goal", "Date", "Rubric Score"]]
    [kid] = kids(case.rng, 1)
    for day, score in zip(weeks(5), [1, 1, 2, 2, 3]):
        table.append([kid.id, "4", day, score])
        case.point(kid.id, "4", day, score, unit="rubric")
    yield case, texts.separated(table).encode()

    case = Case("layouts/answers of a form.csv", "answers of an online form: a time stamp, a question as each title")
    table = [["Timestamp", "Email Address", "Student Name", "Goal #", "Score"]]
    for kid in kids(case.rng, 2):
        for day, score in zip(weeks(4, datetime.date(2025, 9, 17)), climb(case.rng, 4)):
            table.append([f"{us(day)} 10:33:12", "oleander@larkvalley.example", kid.name, "1", score])
            case.point(kid.name, "1", day, score)
    yield case, texts.separated(table).encode()

    case = Case("layouts/two probes a day.csv", "two probes on one day with a session number")
    table = [["Student ID", "Goal", "Date", "Session", "WCPM"]]
    [kid] = kids(case.rng, 1)
    for day in weeks(4):
        for session in (1, 2):
            score = case.rng.randrange(30, 60)
            table.append([kid.id, "1", day, session, score])
            case.point(kid.id, "1", day, score)
    yield case, texts.separated(table).encode()


def all_cases():
    for part in (rows,):
        yield from part()
