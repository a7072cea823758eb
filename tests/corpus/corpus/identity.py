"""Identity traps: whose row it is, when the file says it badly. Never a merge, never a guess."""

import datetime

from . import books, texts
from .cells import Sheet
from .people import climb, kids, us, weeks
from .plan import Case

D = datetime.date
# The roster of the traps: two children of one name in two schools, and twins. All are invented.
ROSTER = [
    ["State ID", "Local ID", "Last Name", "First Name", "DOB", "Grade", "School", "Has IEP"],
    ["7706100011", "00012345", "Marblethorpe", "Orla", "3/14/2016", "03", "Lark Valley", "Y"],
    ["7706100022", "00012346", "Stanwick", "Rufus", "6/21/2015", "04", "Lark Valley", "Y"],
    ["7706100033", "00012347", "Stanwick", "Rufus", "9/2/2016", "03", "Quince Hill", "Y"],
    ["7706100044", "00012348", "Averill", "Thora", "1/30/2014", "05", "Quince Hill", "Y"],
    ["7706100055", "00012349", "Averill", "Casimir", "1/30/2014", "05", "Quince Hill", "Y"],
    ["7706100066", "12345678", "Cobbledick", "Bram", "8/8/2015", "04", "Lark Valley", "Y"],
    ["7706100077", "00000099", "Larkspur", "Ines", "5/5/2015", "04", "Lark Valley", "Y"],
    ["7706100088", "0000099", "Holloway", "Emeric", "7/7/2014", "05", "Quince Hill", "Y"],
]
CALENDAR = """kind,name,begin,end
period,Quarter 1,2025-08-20,2025-10-17
period,Quarter 2,2025-10-20,2025-12-19
period,Quarter 3,2026-01-05,2026-03-06
period,Quarter 4,2026-03-09,2026-05-21
"""
OTHER_FILE = [
    ["Student ID", "Student", "Goal", "Measure", "Date", "Score"],
    ["4411", "Orla Quillfeather", "1", "WCPM", "9/17/2025", 30], ["4411", "Orla Quillfeather", "1", "WCPM", "9/24/2025", 33],
    ["4411", "Orla Quillfeather", "1", "WCPM", "9/30/2025", 36],
]


def companions():
    yield "roster.csv", texts.separated(ROSTER).encode()
    yield "calendar.csv", CALENDAR.encode()
    yield "other_file.csv", texts.separated(OTHER_FILE).encode()


def ids():
    case = Case("identity/one id for all.csv", "one id for all rows, with four different names: an identity finding, and no line is drawn through four children")
    rows = [["Student ID", "Student", "DOB", "Goal", "Date", "Score"]]
    for kid in kids(case.rng, 4):
        for day, score in zip(weeks(3), climb(case.rng, 3)):
            rows.append(["1001", kid.name, us(kid.birth), "1", day, score])
            case.point(f"apart: {kid.name}", "", day, score)
    case.say("I008")
    case.students = case.unmatched = ""
    yield case, texts.separated(rows).encode()

    case = Case("identity/one id two names.csv", "the id of one child stands before two different names: said, and never merged")
    rows = [["Student ID", "Last Name", "First Name", "Goal", "Date", "Score"]]
    one, two, three = kids(case.rng, 3)
    for kid in (one, two, three):
        for day, score in zip(weeks(3), climb(case.rng, 3)):
            rows.append([one.id if kid is two else kid.id, kid.last, kid.first, "1", day, score])
            if kid is three:
                case.point(kid.id, "1", day, score)
            else:
                case.point(f"apart: {kid.name}", "", day, score)
    case.say("I008")
    case.students = case.unmatched = ""
    yield case, texts.separated(rows).encode()

    case = Case("identity/one id two birth dates.csv", "one id with one name and two birth dates, years apart: said, and never merged")
    rows = [["Student ID", "Student", "DOB", "Goal", "Date", "Score"]]
    [kid] = kids(case.rng, 1)
    for birth in (D(2014, 3, 9), D(2016, 11, 30)):
        for day, score in zip(weeks(3, D(2025, 9, 5) if birth.year == 2014 else D(2025, 10, 3)), climb(case.rng, 3)):
            rows.append([kid.id, kid.name, us(birth), "1", day, score])
            case.point(f"apart: born {birth}", "", day, score)
    case.say("I008")
    case.students = case.unmatched = ""
    yield case, texts.separated(rows).encode()

    case = Case("identity/one name two ids.csv", "the same name with two ids in two schools: two children")
    rows = [["Student ID", "Student", "School", "Goal", "Date", "Score"]]
    [kid] = kids(case.rng, 1)
    for number, school in (("20417", "Lark Valley"), ("31188", "Quince Hill")):
        for day, score in zip(weeks(4), climb(case.rng, 4)):
            rows.append([number, kid.name, school, "1", day, score])
            case.point(number, "1", day, score)
    yield case, texts.separated(rows).encode()

    case = Case("identity/both ids.csv", "state id and local id in one table, found on the roster", "roster.csv")
    rows = [["State ID", "Local ID", "Student", "Goal", "Date", "Score"]]
    for state, local, last, first, *_ in (ROSTER[1], ROSTER[4]):
        for day, score in zip(weeks(4), climb(case.rng, 4)):
            rows.append([state, local, f"{last}, {first}", "1", day, score])
            case.point(state, "1", day, score)
    case.students = 8
    yield case, texts.separated(rows).encode()


def zeros():
    case = Case("identity/lost zeros.xlsx", "ids that lost their leading zeros, 12345 for 00012345: linked, as only one child of the roster fits, and said", "roster.csv")
    sheet = Sheet("Sheet1", [["Local ID", "Goal", "Date", "Score"]])
    for child in (ROSTER[1], ROSTER[4]):
        for day, score in zip(weeks(4), climb(case.rng, 4)):
            sheet.add(int(child[1]), "1", day, score)
            case.point(child[1], "1", day, score)
    case.students = 8
    case.say("I012")
    yield case, books.by_openpyxl([sheet])

    case = Case("identity/lost zeros of two.xlsx", "99 fits 00000099 and 0000099: no guess, the rows stay without a student", "roster.csv")
    sheet = Sheet("Sheet1", [["Local ID", "Goal", "Date", "Score"]])
    for day, score in zip(weeks(3), climb(case.rng, 3)):
        sheet.add(99, "1", day, score)
        case.point("", "", day, score)
        case.unmatched += 1
    case.say("I003")
    case.students = 8
    yield case, books.by_openpyxl([sheet])


def names():
    case = Case("identity/same name two schools.csv", "a name that two children of the roster have, and no id: no guess", "roster.csv")
    rows = [["Student", "Goal", "Date", "Score"]]
    for name in ("Stanwick, Rufus", "Marblethorpe, Orla"):
        for day, score in zip(weeks(3), climb(case.rng, 3)):
            rows.append([name, "1", day, score])
            if name.startswith("Stan"):
                case.point("", "", day, score)
                case.unmatched += 1
            else:
                case.point("7706100011", "1", day, score)
    case.say("I003")
    case.students = 8
    yield case, texts.separated(rows).encode()

    case = Case("identity/same name with school.csv", "the same two children, told apart by the birth date", "roster.csv")
    rows = [["Student", "DOB", "Goal", "Date", "Score"]]
    for child in (ROSTER[2], ROSTER[3]):
        for day, score in zip(weeks(3), climb(case.rng, 3)):
            rows.append([f"{child[2]}, {child[3]}", child[4], "1", day, score])
            case.point(child[0], "1", day, score)
    case.students = 8
    yield case, texts.separated(rows).encode()

    case = Case("identity/twins.csv", "twins: one birth date and family name, two given names", "roster.csv")
    rows = [["Last Name", "First Name", "DOB", "Goal", "Date", "Score"]]
    for child in (ROSTER[4], ROSTER[5]):
        for day, score in zip(weeks(3), climb(case.rng, 3)):
            rows.append([child[2], child[3], child[4], "1", day, score])
            case.point(child[0], "1", day, score)
    case.students = 8
    yield case, texts.separated(rows).encode()

    case = Case("identity/not on the roster.csv", "a name that is not on the roster, and no id: kept without a student", "roster.csv")
    rows = [["Student", "Goal", "Date", "Score"]]
    for day, score in zip(weeks(3), climb(case.rng, 3)):
        rows.append(["Zinnia Pellingham", "1", day, score])
        case.point("", "", day, score)
        case.unmatched += 1
    case.say("I002")
    case.students = 8
    yield case, texts.separated(rows).encode()

    case = Case("identity/no name at all.csv", "rows without id and name are set aside, the others come in")
    rows = [["Student ID", "Goal", "Date", "Score"]]
    [kid] = kids(case.rng, 1)
    for number, (day, score) in enumerate(zip(weeks(6), climb(case.rng, 6)), 2):
        rows.append(["" if number in (4, 5) else kid.id, "1", day, score])
        if number in (4, 5):
            case.aside("I001")
        else:
            case.point(kid.id, "1", day, score)
    yield case, texts.separated(rows).encode()

    case = Case("identity/student 1 in five tabs.xlsx", "a tab a group, and in each a \"Student 1\": not the same child, and never merged")
    book = []
    for number in range(1, 6):
        sheet = Sheet(f"Group {number}", [["Student", "Goal", "Date", "WCPM"]])
        for child in ("Student 1", "Student 2"):
            for day, score in zip(weeks(3), climb(case.rng, 3)):
                sheet.add(child, "1", day, score)
                case.point(f"apart: {child} of group {number}", "", day, score)
        book.append(sheet)
    case.say("I008")
    case.students = case.unmatched = ""
    yield case, books.by_openpyxl(book)

    case = Case("identity/student 1 in five groups.csv", "a column Group, and in each of five groups a \"Student 1\": not the same child, and never merged")
    rows = [["Group", "Student", "Goal", "Date", "WCPM"]]
    for group in "ABCDE":
        for day, score in zip(weeks(3), climb(case.rng, 3)):
            rows.append([f"Group {group}", "Student 1", "1", day, score])
            case.point(f"apart: Student 1 of group {group}", "", day, score)
    case.say("I008")
    case.students = case.unmatched = ""
    yield case, texts.separated(rows).encode()

    case = Case("identity/two files disagree.csv", "another file has other scores for two of the days: both stay, neither is used", "other_file.csv")
    rows = [OTHER_FILE[0]]
    for day, score in ((D(2025, 9, 17), 30), (D(2025, 9, 24), 34), (D(2025, 9, 30), 40), (D(2025, 10, 8), 41)):
        rows.append(["4411", "Orla Quillfeather", "1", "WCPM", us(day), score])
        if score == 30:
            case.known += 1
        else:
            case.point("4411", "1", day, score, conflict="true" if score < 41 else "false")
    case.say("R001")
    case.say("R002")
    yield case, texts.separated(rows).encode()


def all_cases():
    for part in (ids, zeros, names):
        yield from part()
