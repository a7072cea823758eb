"""The text files: CSV in several encodings and separators, each written by hand so that every byte is meant."""

import os
from datetime import date

from books import us
from district import DISTRICT, Goal, days, note, rng
from plan import cell


def write(folder, path, data):
    target = os.path.join(folder, path)
    os.makedirs(os.path.dirname(target), exist_ok=True)
    with open(target, "wb") as out:
        out.write(data)


def quoted(value, separator):
    text = "" if value is None else str(value)
    if separator in text or '"' in text or "\n" in text:
        return '"' + text.replace('"', '""') + '"'
    return text


class Csv:
    """Rows of a text file, with the row numbers that Excel shows."""

    def __init__(self, separator=","):
        self.separator, self.rows = separator, []

    def add(self, values, raw=False):
        self.rows.append(self.separator.join(str(v) if raw else quoted(v, self.separator) for v in values))
        return len(self.rows)

    def text(self):
        return "\r\n".join(self.rows) + "\r\n"


def roster(plan, folder, students):
    path = "roster.csv"
    source = plan.source(path, "roster, CSV, UTF-8 with BOM, commas; two students are not in it, three have no IEP")
    out = Csv()
    out.add(["MOSIS ID", "Local ID", "Last Name", "First Name", "Birth Date", "Grade", "School", "District", "Case Manager",
             "Primary Disability", "IEP"])
    for s in sorted((s for s in students if s.on_roster), key=lambda s: (s.school, s.last, s.first, s.birth)):
        out.add([s.state_id, s.local_id, s.last, s.first, f"{s.birth:%m/%d/%Y}", s.grade, s.school, DISTRICT,
                 s.manager if s.has_iep else "", s.disability if s.has_iep else "", "Yes" if s.has_iep else "No"])
        source.item()
    write(folder, path, out.text().encode("utf-8-sig"))


def behavior(plan, folder, kids, none, masons):
    path = "Behavior & Social/behavior_tally.csv"
    source = plan.source(path, "CSV, UTF-8, commas: counts that should fall; a note with a line break inside its quotes")
    out = Csv()
    out.add(["Local ID", "Student", "Goal Area", "Date", "Count", "Baseline", "Target", "Target Date", "IEP", "Notes"])
    rows = []
    for student in kids:
        goal = Goal(plan, student, "Behavior", path)
        rows += [{"goal": goal, "student": student, "day": d, "score": goal.raw(d)} for d in days(goal)]
    rows.sort(key=lambda r: (r["day"], r["student"].local_id))
    plain = list(rows)
    plain[14].update(code="S006", col=4, wrong="-2", seen="-2")
    plain[38].update(code="D003", col=3, wrong="", seen="")
    plain[70].update(code="D001", col=3, wrong="10/??/25", seen="10/??/25")
    plain[25].update(note="left the room\ncame back after lunch")
    plain[30].update(note='=HYPERLINK("http://example.invalid","log")')
    plain[52].update(mark="absent")
    plain[81].update(mark="-")
    rows += [{"student": none[0], "day": d, "score": v, "skip": "No"} for d, v in ((date(2025, 9, 17), 3), (date(2025, 9, 24), 2))]
    rows += [{"student": none[1], "day": date(2025, 10, 8), "score": 1, "skip": ""}]
    rows += [{"name": "Tobias Fernhill", "day": d, "score": v, "code": "I002"} for d, v in ((date(2025, 9, 30), 6), (date(2025, 10, 7), 5))]
    rows += [{"name": masons, "day": d, "score": v, "code": "I003"} for d, v in ((date(2025, 11, 4), 4), (date(2025, 11, 11), 7))]
    rows.sort(key=lambda r: r["day"])
    for r in rows:
        goal, student = r.get("goal"), r.get("student")
        values = [student.local_id if student else "", student.name if student else r["name"], "Behavior", us(r["day"], 0),
                  r.get("mark", r["score"])]
        values += [goal.base, "" if goal.stated is None else goal.stated, us(goal.by, 0) if goal.stated is not None else ""] if goal else ["", "", ""]
        values += [r.get("skip", "Yes" if student else ""), r.get("note") or note("behavior", len(out.rows))]
        if "wrong" in r:
            values[r["col"]] = r["wrong"]
        at = out.add(values)
        where = cell(at, 4)
        if "skip" in r:
            source.item("skipped")
            source.fault(cell(at, 8 if r["skip"] else 0), "I007", "skipped", r["skip"] or student.local_id, where)
        elif "name" in r:
            source.item(unmatched=True)
            source.fault(cell(at, 1), r["code"], "unmatched", r["name"], where)
        elif "code" in r:
            source.item("quarantined")
            source.fault(cell(at, r["col"]), r["code"], "quarantined", r["seen"], where)
        elif "mark" in r:
            source.item()
        else:
            source.item()
            source.point(goal, r["day"], r["score"], where)
    at = out.add(["TOTAL", "", "", "", sum(r["score"] for r in rows), "", "", "", "", ""])
    source.item("skipped")
    source.fault(cell(at, 0), "H004", "skipped", "TOTAL", cell(at, 4))
    write(folder, path, out.text().encode("utf-8"))


def weekly_accuracy(plan, folder, goals):
    path = "Math/weekly accuracy.csv"
    source = plan.source(path, "CSV, Windows-1252, semicolons: the points of the goal list")
    source.fault("", "F012", "noted")
    out = Csv(";")
    out.add(["Local ID", "Student", "Goal No.", "Area", "Date", "Percent", "Note"])
    rows = [{"goal": g, "day": d} for g in goals for d in days(g)]
    rows.sort(key=lambda r: (r["day"], r["goal"].student.local_id, r["goal"].number))
    rows[9].update(code="D001", col=4, wrong="TBD")
    rows[40].update(code="S003", col=5, wrong="108%")
    rows[77].update(code="S002", col=5, wrong="11/10")
    rows[111].update(fraction=True)
    for k, r in enumerate(rows):
        goal, day = r["goal"], r["day"]
        value = goal.raw(day)
        remark = note("accuracy", k)
        if k % 29 == 3:
            remark = ("résumé draft", "with Señora Ibáñez", "café reading, naïve guess", "très bien!")[k // 29 % 4]
        values = [goal.student.local_id, goal.student.name, goal.number, goal.area, us(day, 1), f"{value}%" if k % 3 == 0 else value, remark]
        if r.get("fraction"):
            values[5] = f".{value:02d}"
        if "code" in r:
            values[r["col"]] = r["wrong"]
        at = out.add(values)
        where = cell(at, 5)
        if "code" in r:
            source.item("quarantined")
            source.fault(cell(at, r["col"]), r["code"], "quarantined", r["wrong"], where)
            continue
        source.item()
        source.point(goal, day, value, where)
        if r.get("fraction"):
            source.fault(where, "S008", "noted", values[5])
    write(folder, path, out.text().encode("cp1252"))


def adaptive(plan, folder, rubric, rate):
    path = "Speech & OT/adaptive_log.tsv"
    source = plan.source(path, "UTF-16LE with BOM, tabs: name with birth date, no id; counts with minutes")
    out = Csv("\t")
    out.add(["Last Name", "First Name", "DOB", "Area", "Measure", "Unit", "Date", "Score", "Minutes", "Baseline", "Target", "Target Date"])
    rows = []
    for kids, area in ((rubric, "Adaptive Skills"), (rate, "Calling Out")):
        for student in kids:
            goal = Goal(plan, student, area, path, profile=None)
            rows += [{"goal": goal, "day": d} for d in days(goal)]
    rows.sort(key=lambda r: (r["day"], r["goal"].student.last, r["goal"].student.first))
    rows[8].update(code="D004", col=6, wrong="9/12/1725")
    rows[31].update(code="S001", col=7, wrong="see notes")
    rows[50].update(code="D003", col=6, wrong="")
    rows[61].update(code="S006", col=7, wrong="-1")
    for r in rows:
        goal, day = r["goal"], r["day"]
        value, minutes = goal.raw(day), 20 if goal.unit == "rate" else None
        aim = "" if goal.stated is None else f"{goal.target:.2f}/min" if minutes else goal.stated
        values = [goal.student.last, goal.student.first, f"{goal.student.birth:%m/%d/%Y}", goal.area, goal.measure,
                  "count" if minutes else "rubric 0-4", day.isoformat(), value, minutes or "",
                  f"{goal.baseline:.2f}/min" if minutes else goal.base, aim, us(goal.by, 0) if goal.stated is not None else ""]
        if "code" in r:
            values[r["col"]] = r["wrong"]
        at = out.add(values)
        where = cell(at, 7)
        if "code" in r:
            source.item("quarantined")
            source.fault(cell(at, r["col"]), r["code"], "quarantined", r["wrong"], where)
        else:
            source.item()
            source.point(goal, day, value, where, minutes=minutes)
    write(folder, path, b"\xff\xfe" + out.text().encode("utf-16-le"))


def simple(plan, folder, path, shape, kids, area, every=3, spoil=None, style="{:%m/%d/%Y}"):
    """A small table of id, area, date and score."""
    source = plan.source(path, shape)
    out = Csv()
    out.add(["Local ID", "Student", "Area", "Date", "Score", "Unit", "Baseline", "Target", "Target Date", "Note"])
    rows = []
    for student in kids:
        goal = Goal(plan, student, area, path, profile=("on_track", "stalled")[student.index % 2])
        rows += [(d, goal) for d in days(goal, every)]
    rows.sort(key=lambda r: (r[0], r[1].student.local_id))
    last = None
    for k, (day, goal) in enumerate(rows):
        value = goal.raw(day)
        values = [goal.student.local_id, goal.student.name, goal.area, style.format(day), value, "%", goal.base, goal.stated, us(goal.by, 0),
                  note(path, k)]
        at = len(out.rows) + 1
        if k == 7 and spoil == "quote":
            values[9] = '"was sick monday'
            out.add(values, raw=True)
            source.fault(cell(at, 9), "F017", "noted", '"was sick monday')
        elif k == 7 and spoil == "nul":
            values[9] = "good\0 grip"
            out.add(values)
            source.fault(cell(at, 9), "F011", "noted", "good grip")
        else:
            out.add(values)
        source.item()
        last = cell(at, 4)
        source.point(goal, day, value, last)
    data = out.text().encode("utf-8")
    write(folder, path, data)
    return data, len(rows)


def copied(plan, folder, path, of, data, n):
    source = plan.source(path, f"exactly the bytes of {of}")
    source.fault("", "F009", "noted", of)
    for _ in range(n):
        source.item("duplicate")
    write(folder, path, data)


def broken(plan, folder):
    """Files that cannot be read, and two that need not be."""
    from books import Workbook, header, put, save

    def file(path, code, fate, data, shape):
        plan.source(path, shape).fault("", code, fate)
        if data is not None:
            write(folder, path, data)

    file("Math/quiz scores.csv", "F001", "file", b"", "an empty file")
    book = Workbook()
    sheet = book.active
    header(sheet, 1, ["Local ID", "Goal", "Date", "Score"])
    r = rng("backup")
    for row in range(2, 240):
        put(sheet, row, 0, f"{r.randrange(100000, 999999):08d}")
        put(sheet, row, 1, "Reading Fluency")
        put(sheet, row, 2, date(2025, 9, 1 + row % 29))
        put(sheet, row, 3, r.randrange(20, 90))
    path = "Resource room/Brandt backup.xlsx"
    file(path, "F003", "file", None, "a workbook of which the second half is missing")
    save(book, folder, path)
    with open(os.path.join(folder, path), "rb") as source:
        data = source.read()
    write(folder, path, data[: len(data) * 11 // 20])
    html = ('<html>\r\n<head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"><title>Caseload</title></head>\r\n'
            "<body><h1>Your session has ended</h1>\r\n<form><p>Please sign in again.</p></form></body></html>\r\n")
    file("From SIS/caseload_export.xls", "F005", "file", html.encode(), "the sign-in page of a system, saved under an Excel name")
    file("From SIS/export.dat", "F002", "file", bytes([0x8F, 0x02, 0x00, 0xD1]) + rng("junk").randbytes(2600), "binary junk")
    file("Reading/letter home.pdf", "F014", "file",
         b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
         b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]>>endobj\nxref\n0 4\n0000000000 65535 f \n0000000009 00000 n \n"
         b"0000000054 00000 n \n0000000105 00000 n \ntrailer<</Size 4/Root 1 0 R>>\nstartxref\n170\n%%EOF\n", "a PDF")
    lock = b"\x09L. Quade" + b" " * 45 + b"\x09\x00" + "L. Quade".encode("utf-16-le") + " ".encode("utf-16-le") * 46
    file("Reading/~$Fall probes.xlsx", "F008", "noted", lock[:165].ljust(165, b"\0"), "a lock file of Excel")
