"""Containers: the same kind of table in every wrapping that districts have. The content decides, never the name."""

import io
import zipfile

from . import books, texts
from .cells import Sheet
from .people import climb, kids, ragged, us
from .plan import Case

LONG = ["Student ID", "Student Name", "Goal #", "Goal Area", "Date", "Score (WCPM)", "Notes"]
NOTES = ["", "", "", "sub today", "hard passage", "fire drill", "", "2nd try"]


def long(case, count=2, points=5, names=None, comma=False):
    """A row a score: a few children, one goal each."""
    rows = [list(LONG)]
    people = names or kids(case.rng, count)
    for kid in people:
        days = ragged(case.rng, points)
        for day, score in zip(days, climb(case.rng, points)):
            score = score + 0.5 if comma else score
            rows.append([kid.id, kid.name, "1", "Reading Fluency", day, score, case.rng.choice(NOTES)])
            case.point(kid.id, "1", day, score, unit="wcpm")
    return rows


def book(case, name="Sheet1"):
    return [Sheet(name, long(case))]


def zipped(entries):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries:
            archive.writestr(zipfile.ZipInfo(name, (2025, 10, 1, 8, 0, 0)), data)
    return out.getvalue()


def workbooks():
    case = Case("containers/openpyxl.xlsx", "a workbook by openpyxl")
    yield case, books.by_openpyxl(book(case, "Reading"))
    case = Case("containers/xlsxwriter.xlsx", "a workbook by XlsxWriter, with shared texts")
    yield case, books.by_xlsxwriter(book(case, "Reading"))
    case = Case("containers/inline texts.xlsx", "a workbook whose texts stand in the cells and not in a list")
    yield case, books.by_xlsxwriter(book(case), inline=True)
    case = Case("containers/macros.xlsm", "a workbook with macros, by openpyxl")
    yield case, books.by_openpyxl(book(case), macro=True)
    case = Case("containers/macros kept.xlsm", "a workbook with a macro project in it, by XlsxWriter")
    yield case, books.by_xlsxwriter(book(case), vba=True)
    case = Case("containers/Excel 97.xls", "a workbook of Excel 97, by xlwt")
    yield case, books.by_xlwt(book(case, "Fall data"))
    case = Case("containers/open document.ods", "an OpenDocument sheet, by odfpy")
    yield case, books.by_odfpy(book(case))
    case = Case("containers/really a new one.xls", "a new workbook under the old name .xls")
    yield case, books.by_xlsxwriter(book(case))
    case = Case("containers/really an old one.xlsx", "an Excel 97 workbook under the new name .xlsx")
    yield case, books.by_xlwt(book(case))
    case = Case("containers/really text.xlsx", "comma-separated text under the name .xlsx")
    yield case, texts.separated(long(case)).encode()
    case = Case("containers/no ending", "comma-separated text under a name without an ending")
    yield case, texts.separated(long(case)).encode()
    case = Case("containers/chart and notes.xlsx", "a workbook with a chart, a cell note, a filter and a frozen row")

    def decorate(made, sheet):
        chart = made.add_chart({"type": "line"})
        chart.add_series({"values": "=Sheet1!$F$2:$F$6", "categories": "=Sheet1!$E$2:$E$6"})
        sheet.insert_chart("I2", chart)
        sheet.write_comment("F3", "took it twice", {"author": "an aide"})
        sheet.autofilter("A1:G11")
        sheet.freeze_panes(1, 2)

    yield case, books.by_xlsxwriter(book(case), decorate=decorate)


def separators():
    for file, shows, options, encoding in [
        ("commas.csv", "commas, UTF-8", {}, "utf-8"),
        ("with a mark.csv", "commas, UTF-8 with a byte order mark", {}, "utf-8-sig"),
        ("tabs.tsv", "tabs", {"separator": "\t"}, "utf-8"),
        ("pipes.txt", "pipes", {"separator": "|"}, "utf-8"),
        ("carets.txt", "carets", {"separator": "^"}, "utf-8"),
        ("tildes.dat", "tildes", {"separator": "~"}, "utf-8"),
        ("old Mac.csv", "lines that end with CR alone", {"end": "\r"}, "utf-8"),
        ("unix.csv", "lines that end with LF", {"end": "\n"}, "utf-8"),
        ("all quoted.csv", "every cell in quotation marks", {"every": True}, "utf-8"),
        ("single quotes.csv", "every cell in single quotes", {"every": True, "quote": "'"}, "utf-8"),
        ("utf16 le.csv", "UTF-16, little end first, with its mark", {}, "utf-16-le-bom"),
        ("utf16 be.csv", "UTF-16, big end first, with its mark", {}, "utf-16-be-bom"),
        ("unicode text.txt", "\"Unicode Text\" of Excel: UTF-16 with tabs", {"separator": "\t"}, "utf-16-le-bom"),
        ("utf16 le no mark.csv", "UTF-16, little end first, without a mark", {}, "utf-16-le"),
        ("utf16 be no mark.csv", "UTF-16, big end first, without a mark", {}, "utf-16-be"),
    ]:
        case = Case(f"containers/{file}", shows)
        text = texts.separated(long(case), **options)
        if encoding.endswith("-bom"):
            text, encoding = "\ufeff" + text, encoding[:-4]
        yield case, text.encode(encoding)
    case = Case("containers/semicolons.csv", "semicolons, with decimal commas, as Excel writes in much of the world")
    yield case, texts.separated(long(case, comma=True), ";", comma=True).encode()
    case = Case("containers/sep line.csv", "a first line that says sep=;")
    yield case, ("sep=;\r\n" + texts.separated(long(case), ";")).encode()
    case = Case("containers/windows.csv", "Windows-1252, with accents in the names")
    case.say("F012")
    yield case, texts.separated(long(case, names=kids(case.rng, 2, spanish=True))).encode("cp1252")
    case = Case("containers/accents.csv", "UTF-8 with accents in the names")
    yield case, texts.separated(long(case, names=kids(case.rng, 2, spanish=True))).encode()
    case = Case("containers/lines in cells.csv", "notes with commas, quotation marks and line breaks in them")
    rows = long(case)
    rows[2][6], rows[4][6], rows[5][6] = "said \"no, thanks\", then read", "line one\nline two", "a, b; c | d"
    yield case, texts.separated(rows).encode()
    case = Case("containers/open quote.csv", "a quotation mark that is never closed, in row 4")
    rows = long(case)
    lines = texts.separated(rows, end="\n").splitlines()
    lines[3] = lines[3].rsplit(",", 1)[0] + ",\"said he was tired"
    case.say("F017")
    yield case, ("\n".join(lines) + "\n").encode()
    case = Case("containers/blank lines.csv", "blank lines, and commas at the ends of lines, as after deleted rows")
    lines = texts.separated(long(case), end="\n").splitlines()
    lines[3:3] = ["", ",,,,,,"]
    yield case, ("\n".join(line + ",,," for line in lines) + "\n,,,,,,,,,\n,,,,,,,,,\n").encode()
    case = Case("containers/zeros.csv", "NUL characters between two rows, as after an interrupted export")
    lines = texts.separated(long(case), end="\n").splitlines()
    lines[4] += "\0\0\0"
    case.say("F011")
    yield case, ("\n".join(lines) + "\n").encode()


def wrapped():
    case = Case("containers/web page.xls", "a web page with one table under the name .xls")
    yield case, texts.web_page([long(case)]).encode()
    case = Case("containers/web page two tables.xls", "a web page with a table of titles above the table of scores")
    head = [["Lark Valley R-IV", ""], ["Progress report of 10/24/2025", ""]]
    yield case, texts.web_page([head, long(case)]).encode()
    case = Case("containers/xml 2003.xls", "XML of Excel 2003 under the name .xls")
    yield case, texts.xml_2003(book(case, "Export")).encode()
    case = Case("containers/xml 2003.xml", "XML of Excel 2003 under its own name, a percent column, gaps between cells")
    sheet = Sheet("Data", [["Student ID", None, "Goal Area", "Date", "% Correct"]])
    for kid in kids(case.rng, 2):
        for day, share in zip(ragged(case.rng, 4), climb(case.rng, 4, 40, 85)):
            sheet.add(kid.id, None, "Math Calculation", day, f"{share}%")
            case.point(kid.id, "Math Calculation", day, share, unit="percent")
    yield case, texts.xml_2003([sheet]).encode()
    case = Case("containers/one in a zip.zip", "a zip with one .csv in it")
    yield case, zipped([("export/progress.csv", texts.separated(long(case)))])
    case = Case("containers/book in a zip.zip", "a zip with one .xlsx in it")
    yield case, zipped([("progress.xlsx", books.by_openpyxl(book(case)))])


def refused():
    case = Case("containers/several in a zip.zip", "a zip with two tables: refused, since a place needs one file")
    case.refused("F020", "2 files", "unpack")
    rows = texts.separated([LONG, ["4107", "Clio Everdale", "1", "Reading", "9/5/2025", "41", ""]])
    yield case, zipped([("september.csv", rows), ("october.csv", rows.replace("9/5", "10/3"))])
    case = Case("containers/letter in a zip.zip", "a zip with a text that is no table: refused")
    case.refused("F020", "unpack")
    yield case, zipped([("letter.rtf", "{\\rtf1 Dear parents}"), ("picture.png", b"\x89PNG\r\n\x1a\n")])
    case = Case("containers/lined up.txt", "columns lined up with blanks: refused, as a guess would cut names in two")
    case.refused("F019", "Fixed Width")
    lines = ["ID      STUDENT NAME            AREA          DATE        SCORE"]
    for kid in kids(case.rng, 3):
        for day, score in zip(ragged(case.rng, 4), climb(case.rng, 4)):
            lines.append(f"{kid.id:<8}{kid.last_first:<24}{'READING':<14}{us(day):<12}{score:>5}")
    yield case, ("\r\n".join(lines) + "\r\n").encode()
    case = Case("containers/nothing.csv", "a file without bytes")
    case.refused("F001", "empty")
    yield case, b""
    case = Case("containers/signed out.xls", "a sign-in page saved under the name .xls: there is no table in it")
    case.refused("F005", "web page")
    yield case, b"<!DOCTYPE html><html><head><title>Sign in</title></head><body><form>User <input name=u></form></body></html>"
    case = Case("containers/broken off.xlsx", "a workbook whose copy was interrupted")
    case.refused("F003")
    whole = books.by_openpyxl([Sheet("Sheet1", [LONG, ["4107", "Clio Everdale", "1", "Reading", "9/5/2025", 41, ""]])])
    yield case, whole[: len(whole) * 2 // 3]
    case = Case("containers/picture.xlsx", "a picture under the name .xlsx")
    case.refused("F002")
    yield case, b"\x89PNG\r\n\x1a\n" + bytes(range(200))


def all_cases():
    for part in (workbooks, separators, wrapped, refused):
        yield from part()
