"""Made-up progress data, the same records in every format. Standard library only; the same arguments give the same bytes.

Each student has 4 goals, each goal 36 weekly scores: `80%`, `4/5`, `37` or `2`; one in seventeen is missing.
"""

import datetime as dt
import os
import random
import zipfile

GOALS, WEEKS = 4, 36
FIRST = dt.date(2025, 8, 18)
AREAS = ["Reading Fluency", "Reading Comprehension", "Math Computation", "Written Expression", "Behavior", "Articulation"]
UNITS = ["percent", "trials", "wcpm", "rubric 0-4"]
MISSING = ["", "NA", "absent", "-"]
TITLES = ["School", "Student ID", "Goal Number", "Goal Area", "Unit", "Baseline", "Target", "Date", "Score", "Staff"]


def goals(students, seed=7):
    """One goal after the other: its fields, its school, and its scores as (day, text)."""
    draw = random.Random(seed)
    for student in range(students):
        for number in range(1, GOALS + 1):
            unit = draw.choices(UNITS, [4, 3, 2, 1])[0]
            top, trials = {"rubric 0-4": 4, "wcpm": 180}.get(unit, 100), draw.choice([5, 8, 10])
            start, gain = draw.uniform(0.1, 0.5) * top, draw.gauss(0.004, 0.005) * top
            target = min(start + draw.uniform(0.15, 0.4) * top, top)

            def text(value, unit=unit, trials=trials):
                value = min(max(value, 0), 200)
                if unit == "percent":
                    return f"{min(value, 100):.0f}%"
                return f"{min(value, 100) * trials / 100:.0f}/{trials}" if unit == "trials" else f"{value:.0f}"

            scores = []
            for week in range(WEEKS):
                day = FIRST + dt.timedelta(days=7 * week + draw.randrange(5))
                score = text(start + gain * week + draw.gauss(0, 0.06 * top))
                if unit == "rubric 0-4":
                    score = str(min(int(score), 4))
                scores.append((day, draw.choice(MISSING) if draw.random() < 1 / 17 else score))
            school = student // 130
            fields = [f"School {school:03d}", f"{900000 + student * 7:07d}", str(number), AREAS[draw.randrange(6)], unit,
                      text(start), text(target)]
            yield fields, school, scores


def typed(day, school):
    """One school in eight writes 2025-09-03, the others 9/3/2025."""
    return day.isoformat() if school % 8 == 0 else f"{day.month}/{day.day}/{day.year}"


def csv(path, records):
    with open(path, "w", newline="\n") as out:
        out.write(",".join(TITLES) + "\n")
        for fields, school, scores in records:
            head = ",".join(fields)
            out.writelines(f"{head},{typed(day, school)},{score},{'ABCDEF'[school % 6]}. Staff\n" for day, score in scores)


def export(path, records):
    """The first score of each goal, in an export of 1,300 columns of which ten mean something."""
    other = [f"Field {number:04d}" for number in range(1300 - len(TITLES))]
    codes = ",".join(str(number % 7) if number % 3 else "" for number in range(len(other)))
    with open(path, "w", newline="\n") as out:
        out.write(",".join(TITLES + other) + "\n")
        for fields, school, scores in records:
            day, score = scores[0]
            out.write(f"{','.join(fields)},{typed(day, school)},{score},{'ABCDEF'[school % 6]}. Staff,{codes}\n")


def xml(path, records):
    with open(path, "w", newline="\n") as out:
        out.write('<?xml version="1.0" encoding="UTF-8"?>\n<ProgressExport>\n')
        open_student = None
        for fields, school, scores in records:
            if fields[1] != open_student:
                out.write("</Student>\n" if open_student else "")
                open_student = fields[1]
                out.write(f'<Student id="{fields[1]}" school="{fields[0]}">\n')
            out.write('<Goal number="{2}" area="{3}" unit="{4}" baseline="{5}" target="{6}">\n'.format(*fields))
            out.writelines(f'<DataPoint><Date>{typed(day, school)}</Date><Score>{score}</Score></DataPoint>\n' for day, score in scores)
            out.write("</Goal>\n")
        out.write("</Student>\n</ProgressExport>\n" if open_student else "</ProgressExport>\n")


class Sheet:
    """The fewest parts that make a workbook: one sheet, shared texts, one style for dates."""

    def __init__(self, path):
        self.book = zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1)
        self.texts, self.row = {}, 0
        part = zipfile.ZipInfo("xl/worksheets/sheet1.xml", (2026, 1, 1, 0, 0, 0))
        part.compress_type = zipfile.ZIP_DEFLATED
        self.out = self.book.open(part, "w", force_zip64=True)
        self.out.write(b'<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>')

    @staticmethod
    def letters(column):
        return (chr(64 + column // 26) if column >= 26 else "") + chr(65 + column % 26)

    def add(self, cells):
        self.row += 1
        parts = [f'<row r="{self.row}">']
        for column, cell in enumerate(cells):
            at = f"{self.letters(column)}{self.row}"
            if isinstance(cell, dt.date):
                parts.append(f'<c r="{at}" s="1"><v>{(cell - dt.date(1899, 12, 30)).days}</v></c>')
            elif isinstance(cell, (int, float)):
                parts.append(f'<c r="{at}"><v>{cell}</v></c>')
            elif cell:
                parts.append(f'<c r="{at}" t="s"><v>{self.texts.setdefault(cell, len(self.texts))}</v></c>')
        self.out.write(("".join(parts) + "</row>").encode())

    def close(self):
        self.out.write(b"</sheetData></worksheet>")
        self.out.close()
        main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        package = "http://schemas.openxmlformats.org/package/2006"
        kind = "application/vnd.openxmlformats-officedocument.spreadsheetml."
        texts = "".join(f"<si><t>{text.replace('&', '&amp;')}</t></si>" for text in self.texts)
        parts = {
            "xl/sharedStrings.xml": f'<sst xmlns="{main}">{texts}</sst>',
            "xl/styles.xml": f'<styleSheet xmlns="{main}"><fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1">'
            '<border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf/><xf numFmtId="14" applyNumberFormat="1"/>'
            "</cellXfs></styleSheet>",
            "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets><sheet name="Data" sheetId="1" r:id="rId1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships">'
            + "".join(f'<Relationship Id="rId{n}" Type="{office}/{name}" Target="{target}"/>' for n, name, target in
                      [(1, "worksheet", "worksheets/sheet1.xml"), (2, "sharedStrings", "sharedStrings.xml"), (3, "styles", "styles.xml")])
            + "</Relationships>",
            "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="rId1" Type="{office}/officeDocument" '
            'Target="xl/workbook.xml"/></Relationships>',
            "[Content_Types].xml": f'<Types xmlns="{package}/content-types"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{kind}sheet.main+xml"/>'
            f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kind}worksheet+xml"/>'
            f'<Override PartName="/xl/styles.xml" ContentType="{kind}styles+xml"/>'
            f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}sharedStrings+xml"/></Types>',
        }
        for name, text in parts.items():
            self.book.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), '<?xml version="1.0"?>' + text, zipfile.ZIP_DEFLATED)
        self.book.close()


def number(text):
    return float(text) if text.replace(".", "", 1).isdigit() else text


def long_book(path, records):
    sheet = Sheet(path)
    sheet.add(TITLES)
    for fields, school, scores in records:
        for day, score in scores:
            sheet.add(fields + [day, number(score), f"{'ABCDEF'[school % 6]}. Staff"])
    sheet.close()


def wide_book(path, records):
    sheet = Sheet(path)
    sheet.add(TITLES[:7] + [FIRST + dt.timedelta(days=7 * week) for week in range(WEEKS)])
    for fields, _, scores in records:
        sheet.add(fields + [number(score) for _, score in scores])
    sheet.close()


def write(folder, students):
    """The folders csv, long, wide, xml, mix, many and columns; each holds its records once."""
    records = list(goals(students))
    quarter = (len(records) // 4 + 3) // 4 * 4  # a student's goals stay together
    parts = [records[from_ : from_ + quarter] for from_ in range(0, len(records), quarter)]
    for name in ("csv", "long", "wide", "xml", "mix", "many", "columns"):
        os.makedirs(os.path.join(folder, name), exist_ok=True)
    csv(os.path.join(folder, "csv/all.csv"), records)
    xml(os.path.join(folder, "xml/all.xml"), records)
    export(os.path.join(folder, "columns/export.csv"), records)
    for turn, part in enumerate(parts):
        long_book(os.path.join(folder, f"long/long_{turn}.xlsx"), part)
        wide_book(os.path.join(folder, f"wide/wide_{turn}.xlsx"), part)
    for (name, make), part in zip([("a.xlsx", long_book), ("b.xlsx", wide_book), ("c.xml", xml), ("d.csv", csv)], parts):
        make(os.path.join(folder, "mix", name), part)
    small = list(goals(2000, seed=8))
    for file in range(2000):  # about 10 kB each
        csv(os.path.join(folder, f"many/{file:04d}.csv"), small[file * GOALS : file * GOALS + GOALS])
    return len(records) * WEEKS
