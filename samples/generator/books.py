"""The workbooks, each as somebody has it. Written with openpyxl, which no importer uses."""

import os
import re
import zipfile
from datetime import date, datetime

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from district import Goal, days, note, rng, sentence, weekly
from plan import SEPARATOR, cell

STAMP = (2026, 3, 9, 7, 30, 0)
ISO = "2026-03-09T07:30:00Z"


def fix_zip(path):
    """The same bytes each time: fixed times in the container and in the properties."""
    with zipfile.ZipFile(path) as source:
        parts = [(info.filename, source.read(info.filename)) for info in source.infolist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as out:
        for name, data in parts:
            if name == "docProps/core.xml":
                data = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z", ISO.encode(), data)
            info = zipfile.ZipInfo(name, STAMP)
            info.compress_type, info.external_attr, info.create_system = zipfile.ZIP_DEFLATED, 0o600 << 16, 0
            out.writestr(info, data)


def save(book, folder, path):
    target = os.path.join(folder, path)
    os.makedirs(os.path.dirname(target), exist_ok=True)
    book.properties.creator = book.properties.lastModifiedBy = "Riverbend R-II"
    book.properties.created = book.properties.modified = datetime(2026, 3, 9, 7, 30)
    book.save(target)
    fix_zip(target)


def put(sheet, row, index, value, style=None, bold=False):
    """Writes one cell; a text stays a text, whatever it looks like (except Excel's error values)."""
    if value is None or value == "":
        return
    target = sheet.cell(row=row, column=index + 1, value=value)
    if style:
        target.number_format = style
    if bold:
        target.font = Font(bold=True)


def header(sheet, row, titles):
    for index, title in enumerate(titles):
        put(sheet, row, index, title, bold=True)
        if title:
            sheet.cell(row=row, column=index + 1).fill = PatternFill("solid", fgColor="FFDDE6F0")
            sheet.column_dimensions[get_column_letter(index + 1)].width = max(9, min(34, len(str(title)) + 3))


def us(day, style=0):
    return (f"{day.month}/{day.day}/{day.year}", f"{day.month}/{day.day}/{day:%y}", f"{day:%m/%d/%Y}",
            f"{day:%b} {day.day}, {day.year}")[style]


# ---------------------------------------------------------------------------------------------------------------- (a)

PROBES = "Reading/Fall probes.xlsx"
EXPORT = "Reading/probes export Oct.csv"


def long_reading(plan, folder, kids, mixed):
    """(a) One long table, title rows above the header; and (h) a part of it that somebody exported to CSV."""
    source = plan.source(PROBES, "long table, header in row 6 under title rows, date cells and text dates mixed")
    sheet_name = "Probe data"
    book = Workbook()
    sheet = book.active
    sheet.title = sheet_name
    sheet.merge_cells("A2:H2")
    put(sheet, 2, 0, "Riverbend Elementary / Cedar Fork - Reading progress monitoring 2025-26", bold=True)
    sheet["A2"].alignment = Alignment(horizontal="center")
    put(sheet, 3, 0, "Kept by T. Brandt and L. Quade. Probes are given weekly.")
    put(sheet, 4, 0, "PLEASE enter scores by Friday!!")
    titles = ["MOSIS #", "Student", "Gr", "Goal #", "Skill", "Measure", "Unit", "Date", "Score", "Baseline", "Target",
              "Target Date", "Examiner", "Notes"]
    header(sheet, 6, titles)
    rows = []
    goals = []
    for student in kids:
        for n, area in ((1, "Reading Fluency"), (2, "Reading Comprehension")):
            goals.append(Goal(plan, student, area, PROBES, number=str(n)))
    for goal in goals + mixed:
        for day in days(goal):
            rows.append({"goal": goal, "day": day, "score": goal.raw(day), "fate": "accepted"})
    rows.sort(key=lambda r: (r["day"], r["goal"].student.last, r["goal"].student.first, r["goal"].number))
    october = [r for r in rows if r["day"].month == 10 and r["goal"].number == "1" and not r["goal"].plan]
    shared, clash = october[2:12], october[14:18]
    for r in clash:
        r["fate"] = "conflict"
    free = [r for r in rows if r["day"].month not in (10,) and not r["goal"].plan]

    def plant(at, **change):
        free[at].update(change)

    plant(11, code="D002", seen="2/30/2026", date="2/30/2026", fate="quarantined", col=7)
    plant(27, code="D001", seen="next week", date="next week", fate="quarantined", col=7)
    plant(41, code="S004", seen="#REF!", text="#REF!", fate="quarantined", col=8)
    plant(66, code="S001", seen="see notes", text="see notes", fate="quarantined", col=8)
    plant(95, code="I001", seen="", blank=True, fate="quarantined", col=0)
    plant(131, code="D003", seen="", date="", fate="quarantined", col=7)
    plant(150, text="absent", fate="mark")
    plant(172, text="NA", fate="mark")
    plant(190, text="", fate="mark")
    twice = [r for r in free if r["fate"] == "accepted" and r["day"].month == 12][:2]
    rows.append({**twice[0], "score": twice[0]["score"] + 4})  # two probes on one day, of one source: both count
    rows.append(dict(twice[1]))  # a row that was pasted twice into the same sheet stays, too
    stray = mixed[0].student
    for day, score in ((date(2025, 11, 4), 14), (date(2025, 11, 18), 15), (date(2025, 12, 2), 15)):
        rows.append({"goal": None, "day": day, "score": score, "fate": "unmatched", "code": "I005", "seen": "7", "col": 3,
                     "student": stray})
    rows.sort(key=lambda r: r["day"])
    at = 7
    for r in rows:
        goal, day = r["goal"], r["day"]
        student = goal.student if goal else r["student"]
        stamp = r.get("date", day if rng("style", at).random() < 0.7 else us(day, 0))
        score = r.get("text", r["score"])
        number, area = (goal.number, goal.area) if goal else ("7", "Keyboarding")
        values = ["" if r.get("blank") else student.state_id, "" if r.get("blank") else student.name, student.grade,
                  int(number), area, goal.measure if goal else "Typing test",
                  ("wcpm" if goal.unit == "wcpm" else "%") if goal else "wpm",
                  stamp, score]
        if goal:
            values += [goal.base, goal.stated, goal.by, rng("ex", at).choice(("TB", "LQ", "para")), note("a", at)]
        for index, value in enumerate(values):
            put(sheet, at, index, value, style="m/d/yyyy" if isinstance(value, date) else None)
        where = sheet_name + SEPARATOR + cell(at, 8)
        if r["fate"] == "quarantined":
            source.item("quarantined")
            source.fault(sheet_name + SEPARATOR + cell(at, r["col"]), r["code"], "quarantined", r["seen"], where)
        elif r["fate"] == "unmatched":
            source.item(unmatched=True)
            source.fault(sheet_name + SEPARATOR + cell(at, 3), "I005", "unmatched", "7", where)
        elif r["fate"] == "conflict":
            source.item(conflict=True)
            source.fault(where, "R002", "conflict", str(r["score"]))
        elif r["fate"] == "mark":
            source.item()
        else:
            source.item()
            source.point(goal, day, r["score"], where)
        r["row"] = at
        at += 1
    put(sheet, at, 0, "Average", bold=True)
    scores = [r["score"] for r in rows if r["fate"] == "accepted"]
    put(sheet, at, 8, round(sum(scores) / len(scores), 1), bold=True)
    source.item("skipped")
    source.fault(sheet_name + SEPARATOR + cell(at, 0), "H004", "skipped", "Average", sheet_name + SEPARATOR + cell(at, 8))
    sheet.freeze_panes = "C7"
    save(book, folder, PROBES)

    # (h) the part of it that was exported for the October meeting, with three scores typed over and two new ones.
    source = plan.source(EXPORT, "CSV, UTF-8, commas: rows that are also in Fall probes.xlsx, some with other scores")
    lines = ["MOSIS #,Student,Goal #,Skill,Measure,Unit,Date,Score"]

    def line(goal, day, score):
        lines.append(f"{goal.student.state_id},\"{goal.student.last_first}\",{goal.number},{goal.area},{goal.measure},"
                     f"wcpm,{us(day, 2)},{score}")
        return cell(len(lines), 7)

    for r in shared:
        where = line(r["goal"], r["day"], r["score"])
        source.item("duplicate")
        source.fault(where, "R001", "duplicate", str(r["score"]))
    for r in clash:
        other = r["score"] + rng("clash", r["row"]).choice((-9, -6, 7, 11))
        where = line(r["goal"], r["day"], max(0, other))
        source.item(conflict=True)
        source.fault(where, "R002", "conflict", str(max(0, other)))
    for goal in (goals[0], goals[4]):
        day = date(2025, 10, 18)  # a Saturday make-up, in no other file
        score = goal.raw(day)
        where = line(goal, day, score)
        source.item()
        source.point(goal, day, score, where)
    with open(os.path.join(folder, EXPORT), "w", encoding="utf-8", newline="") as out:
        out.write("\r\n".join(lines) + "\r\n")


# ---------------------------------------------------------------------------------------------------------------- (b)


def wide_percent(plan, folder, kids):
    path = "Resource room/Quade caseload wide.xlsx"
    source = plan.source(path, "wide: a row a goal, real dates across, percent formats, class average below")
    book = Workbook()
    sheet = book.active
    name = sheet.title = "2025-26"
    sheet.merge_cells("A1:F1")
    put(sheet, 1, 0, "L. Quade - accuracy by week", bold=True)
    dates = [d for d in weekly(2) if rng("wide", d).random() < 0.95]
    header(sheet, 3, ["Local ID", "Student", "Area", "Annual Goal", "Baseline", "Target", *dates])
    for index in range(len(dates)):
        sheet.cell(row=3, column=7 + index).number_format = "m/d/yy"
    at, column_scores = 4, {d: [] for d in dates}
    faults = {(3, 5): ("S003", 1.05, "105%"), (9, 11): ("S004", "#DIV/0!", "#DIV/0!"), (12, 3): ("S001", "lost sheet", "lost sheet")}
    marks = {(1, 4): "abs", (5, 9): "NA", (8, 14): "-", (14, 6): "absent"}
    n = 0
    for student in kids:
        for area in ("Reading Comprehension", "Math Computation"):
            goal = Goal(plan, student, area, path, worded=True)
            goal.text = sentence(goal)
            put(sheet, at, 0, student.local_id, "@")
            put(sheet, at, 1, student.name)
            put(sheet, at, 2, area)
            put(sheet, at, 3, goal.text)
            put(sheet, at, 4, goal.base / 100, "0%")
            if goal.stated is not None:
                put(sheet, at, 5, goal.stated / 100, "0%")
            own = dates[2:5] if goal.profile == "few" else [d for d in dates if rng("gap", goal.key, d).random() < 0.86]
            for index, day in enumerate(dates):
                where = name + SEPARATOR + cell(at, 6 + index)
                fault, mark = faults.get((n, index)), marks.get((n, index))
                if fault:
                    put(sheet, at, 6 + index, fault[1], "0%")
                    source.item("quarantined")
                    source.fault(where, fault[0], "quarantined", fault[2])
                elif mark:
                    put(sheet, at, 6 + index, mark)
                    source.item()
                elif day in own:
                    value = goal.raw(day)
                    put(sheet, at, 6 + index, value / 100, "0%")
                    column_scores[day].append(value)
                    source.item()
                    source.point(goal, day, value, where)
            at, n = at + 1, n + 1
    put(sheet, at, 0, "Class average", bold=True)
    for index, day in enumerate(dates):
        if column_scores[day]:
            put(sheet, at, 6 + index, round(sum(column_scores[day]) / len(column_scores[day]) / 100, 3), "0.0%", bold=True)
    source.item("skipped")
    source.fault(name + SEPARATOR + cell(at, 0), "H004", "skipped", "Class average")
    sheet.freeze_panes = "G4"
    save(book, folder, path)


# ---------------------------------------------------------------------------------------------------------------- (c)


def tab_a_student(plan, folder, kids):
    path = "Behavior & Social/Farrow student tabs.xlsx"
    source = plan.source(path, "one tab per student: name in the title, goal as label and value, dates and scores below")
    book = Workbook()
    book.remove(book.active)
    areas = ("Behavior", "Adaptive Skills", "Social Skills", "Behavior", "Social Skills", "Behavior", "Adaptive Skills", "Peer Initiations")
    units = {"count": "per day", "rubric": "rubric 0-4", "percent": "%"}
    for k, (student, area) in enumerate(zip(kids, areas)):
        goal = Goal(plan, student, area, path, profile="stalled" if k in (0, 2) else None, worded=True)
        goal.text = sentence(goal)
        tab = f"{student.first} {student.last[0]}"
        sheet = book.create_sheet(tab)
        sheet.merge_cells("A1:D1")
        put(sheet, 1, 0, f"Progress Monitoring: {student.name.replace(chr(39), chr(0x2019))}", bold=True)
        labels = [("Student ID", student.local_id), ("Area", area), ("Goal", goal.text), ("Unit", units[goal.unit]),
                  ("Baseline", goal.base), ("Target", goal.stated), ("Target date", goal.by if goal.stated is not None else None)]
        for index, (label, value) in enumerate(labels):
            put(sheet, 3 + index, 0, label + ":")
            put(sheet, 3 + index, 1, value, "m/d/yyyy" if isinstance(value, date) else None)
        header(sheet, 11, ["Date", "Score", "Notes", "Staff"])
        sheet.column_dimensions["B"].width = 24
        at = 12
        planted = {0: {4: ("D003", 0, "", None), 9: ("S006", 1, "-3", -3)}, 3: {6: ("D001", 0, "Tuesday", "Tuesday")},
                   5: {3: ("S001", 1, "see clipboard", "see clipboard")}}.get(k, {})
        for index, day in enumerate(days(goal)):
            value = goal.raw(day)
            fault = planted.get(index)
            stamp, score = day, value
            where = tab + SEPARATOR + cell(at, 1)
            if fault:
                if fault[1] == 0:
                    stamp = fault[3]
                else:
                    score = fault[3]
                source.item("quarantined")
                source.fault(tab + SEPARATOR + cell(at, fault[1]), fault[0], "quarantined", fault[2], where)
            elif index == 12 and k % 3 == 1:
                score = "refused"
                source.item()
            else:
                source.item()
                source.point(goal, day, value, where)
            put(sheet, at, 0, stamp, "m/d/yyyy" if isinstance(stamp, date) else None)
            put(sheet, at, 1, score)
            put(sheet, at, 2, note("c", k, at))
            put(sheet, at, 3, rng("staff", k, at).choice(("KF", "KF", "para", "sub")))
            at += 1
    book.create_sheet("Sheet9")
    source.fault("Sheet9", "F010", "noted")
    save(book, folder, path)


# ---------------------------------------------------------------------------------------------------------------- (d)


def tab_a_goal(plan, folder, student, areas, faults):
    path = f"Individual/{student.last} {student.first} goals.xlsx"
    source = plan.source(path, "one student, one tab per goal: the goal's sentence above its table")
    book = Workbook()
    book.remove(book.active)
    for n, area in enumerate(areas, 1):
        goal = Goal(plan, student, area, path, number=str(n), profile=("on_track", "stalled", "regressing", "noisy")[n - 1])
        goal.text = sentence(goal)
        tab = f"Goal {n} {area.split()[-1]}"
        sheet = book.create_sheet(tab)
        for row, (label, value) in enumerate((("Student:", student.name), ("MOSIS:", student.state_id), ("Goal #:", n),
                                              ("Area:", area), ("Annual goal:", goal.text)), 1):
            put(sheet, row, 0, label)
            put(sheet, row, 1, value)
        titles = {"percent": "Percent correct", "wcpm": "WCPM", "dcpm": "DCPM"}
        header(sheet, 7, ["Date", titles.get(goal.unit, "Score"), "Comments"])
        at = 8
        for index, day in enumerate(days(goal)):
            value = goal.raw(day)
            fault = faults.get((n, index))
            stamp, score = day, value
            where = tab + SEPARATOR + cell(at, 1)
            if fault:
                code, col, wrong, seen = fault
                if col == 0:
                    stamp = wrong
                else:
                    score = wrong
                source.item("quarantined")
                source.fault(tab + SEPARATOR + cell(at, col), code, "quarantined", seen, where)
            else:
                source.item()
                source.point(goal, day, value, where)
            put(sheet, at, 0, stamp, "mm/dd/yy" if isinstance(stamp, date) else None)
            put(sheet, at, 1, score)
            put(sheet, at, 2, note("d", n, at))
            at += 1
    save(book, folder, path)


# ---------------------------------------------------------------------------------------------------------------- (e)


def wide_trials(plan, folder, speech, motor):
    path = "Speech & OT/trials 25-26.xlsx"
    source = plan.source(path, "wide: fractions such as 4/5 as text, text dates across, two sheets")
    book = Workbook()
    book.remove(book.active)
    for name, kids, area, weekday in (("Speech", speech, "Articulation", 1), ("OT", motor, "Fine Motor", 3)):
        sheet = book.create_sheet(name)
        dates = [d for d in weekly(weekday) if rng("trials", name, d).random() < 0.9]
        header(sheet, 1, ["Student", "ID", "Skill Area", "Baseline", "Target", "Target Date", *[us(d, 1) for d in dates]])
        faults = {
            "Speech": {(1, 4): ("S002", "12/10", "12/10"), (3, 7): ("S005", date(2026, 8, 10), "8/10"), (5, 2): ("S007", "0/0", "0/0"),
                       (6, 9): ("S001", "forgot", "forgot")},
            "OT": {(0, 6): ("S002", "7/5", "7/5"), (2, 3): ("S005", date(2026, 4, 5), "4/5")},
        }[name]
        marks = {(0, 3): "abs", (2, 8): "NR", (4, 5): "N/A"}
        for n, student in enumerate(kids):
            goal = Goal(plan, student, area, path)
            at = n + 2
            put(sheet, at, 0, student.last_first)
            put(sheet, at, 1, student.local_id, "@")
            put(sheet, at, 2, area)
            put(sheet, at, 3, f"{goal.base}/{goal.trials}", "@")
            if goal.stated is not None:
                put(sheet, at, 4, f"{goal.stated}/{goal.trials}", "@")
                put(sheet, at, 5, us(goal.by, 0))
            own = dates[2:5] if goal.profile == "few" else [d for d in dates if rng("gap", goal.key, d).random() < 0.85]
            for index, day in enumerate(dates):
                where = name + SEPARATOR + cell(at, 6 + index)
                fault, mark = faults.get((n, index)), marks.get((n, index))
                if fault:
                    put(sheet, at, 6 + index, fault[1], "d-mmm" if fault[0] == "S005" else "@")
                    source.item("quarantined")
                    source.fault(where, fault[0], "quarantined", fault[2])
                elif mark:
                    put(sheet, at, 6 + index, mark)
                    source.item()
                elif day in own:
                    value = goal.raw(day)
                    put(sheet, at, 6 + index, f"{value}/{goal.trials}", "@")
                    source.item()
                    source.point(goal, day, goal.scale(value), where, numerator=value, denominator=goal.trials)
        sheet.freeze_panes = "G2"
    save(book, folder, path)


# ---------------------------------------------------------------------------------------------------------------- (f)


def long_text_numbers(plan, folder, kids):
    path = "Math/mathfacts_log.xlsx"
    source = plan.source(path, "long: scores stored as text, MOSIS ids as numbers, text dates")
    book = Workbook()
    sheet = book.active
    name = sheet.title = "Log"
    header(sheet, 1, ["MOSIS ID", "Goal", "Measure", "Test Date", "Result", "Baseline", "Target", "Units", "Target Date"])
    rows = []
    for student in kids:
        for area in ("Math Facts", "Math Problem Solving"):
            goal = Goal(plan, student, area, path)
            rows += [{"goal": goal, "day": d} for d in days(goal)]
    rows.sort(key=lambda r: (r["day"], r["goal"].student.state_id, r["goal"].area))
    facts = [r for r in rows if r["goal"].unit == "dcpm"]
    facts[3].update(code="I009", col=0, wrong="1.25E+08", seen="1.25E+08")
    facts[20].update(code="D002", col=3, wrong="11/31/2025", seen="11/31/2025")
    facts[33].update(code="S001", col=4, wrong="forty-two", seen="forty-two")
    facts[47].update(code="S006", col=4, wrong="-5", seen="-5")
    facts[60].update(code="I004", col=1, wrong="", seen="")
    facts[71].update(code="D004", col=3, wrong="1/14/2205", seen="1/14/2205")
    for at, r in enumerate(rows, 2):
        goal, day = r["goal"], r["day"]
        value = goal.raw(day)
        score = f"{value}/{goal.trials}" if goal.trials else str(value)
        base = f"{goal.base}/{goal.trials}" if goal.trials else str(goal.base)
        aim = None if goal.stated is None else f"{goal.stated}/{goal.trials}" if goal.trials else str(goal.stated)
        values = [int(goal.student.state_id), goal.area, goal.measure, us(day, 2), score, base, aim,
                  "trials" if goal.trials else "dcpm", us(goal.by, 2) if aim else None]
        if "code" in r:
            values[r["col"]] = r["wrong"]
            if r["code"] == "I004":
                values[2] = None
        for index, v in enumerate(values):
            put(sheet, at, index, v, "0" if isinstance(v, int) else "@")
        where = name + SEPARATOR + cell(at, 4)
        if "code" in r:
            source.item("quarantined")
            source.fault(name + SEPARATOR + cell(at, r["col"]), r["code"], "quarantined", r["seen"], where)
        else:
            source.item()
            source.point(goal, day, goal.scale(value), where, numerator=value if goal.trials else None, denominator=goal.trials)
    save(book, folder, path)


# ---------------------------------------------------------------------------------------------------------------- (g)

GOALS = "Math/Goal list Osei.xlsx"


def goal_list(plan, folder, kids):
    """(g) Goals with baseline and target, without points; the points are in a CSV (texts.py)."""
    source = plan.source(GOALS, "goal list: baseline and target, no points (they are in weekly accuracy.csv)")
    book = Workbook()
    sheet = book.active
    sheet.title = "Annual goals"
    put(sheet, 1, 0, "M. Osei - annual goals on file", bold=True)
    header(sheet, 3, ["Local ID", "Last Name", "First Name", "Goal No.", "Area", "Annual Goal", "Baseline", "Target", "Target Date", "Unit"])
    goals, at = [], 4
    for student in kids:
        for number, area in ((3, "Sentence Writing"), (4, "Math Computation")):
            goal = Goal(plan, student, area, GOALS, number=str(number), worded=True)
            goal.text = sentence(goal)
            values = [student.local_id, student.last, student.first, number, area, goal.text, f"{goal.base}%",
                      None if goal.stated is None else f"{goal.stated}%", goal.by if goal.stated is not None else None, "%"]
            for index, value in enumerate(values):
                put(sheet, at, index, value, "m/d/yyyy" if isinstance(value, date) else "@" if index == 0 else None)
            source.item()
            goals.append(goal)
            at += 1
    save(book, folder, GOALS)
    return goals


# ------------------------------------------------------------------------------------------------------------ Spanish


def spanish(plan, folder, kids):
    path = "Reading/Lectura bilingue.xlsx"
    source = plan.source(path, "long table with Spanish headers, day before month in its dates")
    book = Workbook()
    sheet = book.active
    name = sheet.title = "Datos"
    header(sheet, 1, ["Estudiante", "Meta", "Fecha", "Puntaje", "Unidad"])
    rows = []
    for student in kids:
        goal = Goal(plan, student, "Reading Comprehension", path, profile="on_track")
        goal.area, goal.by, goal.by_source, goal.stated, goal.base_stated = "Comprensión de lectura", None, "none", None, False
        goal.profile = "no_target"
        rows += [(d, goal) for d in days(goal)]
    rows.sort(key=lambda r: (r[0], r[1].key))
    for at, (day, goal) in enumerate(rows, 2):
        value = goal.raw(day)
        for index, v in enumerate((goal.student.name, goal.area, f"{day.day:02d}/{day.month:02d}/{day.year}", value, "%")):
            put(sheet, at, index, v, "@" if index == 2 else None)
        source.item()
        source.point(goal, day, value, name + SEPARATOR + cell(at, 3))
    save(book, folder, path)
