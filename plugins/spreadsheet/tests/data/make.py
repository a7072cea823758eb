"""Writes the workbooks of this folder: python3 make.py (needs openpyxl 3.1 and XlsxWriter 3.2). They hold invented children only.

Two writers, since each leaves other things out: openpyxl writes inline and shared texts and no cached results,
XlsxWriter writes cached results, rich text and 1904 dates."""

import datetime
from fractions import Fraction

import openpyxl
import xlsxwriter
from openpyxl.styles import numbers

TITLE = "Progress monitoring \u2013 Fall 2025"


def by_openpyxl(path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Reading <1>"
    sheet["C5"], sheet["D5"], sheet["E5"] = "Student", "Date", "Score"
    for row, (name, day, score, code) in enumerate(
        [
            ("Ana O\u2019Neil", datetime.date(2025, 10, 3), 42, "General"),
            ("Li & Wu", datetime.datetime(2025, 10, 10, 13, 5), 0.8, "0%"),
            ("  padded  ", datetime.date(1900, 3, 1), float(Fraction(4, 5)), "# ?/?"),
            ("line\nbreak", None, 1e-7, "0.00E+00"),
            ("00125867", datetime.time(9, 30), 123456789012345678, "#,##0"),
            (None, datetime.timedelta(hours=30, minutes=15), True, "General"),
        ],
        start=6,
    ):
        sheet.cell(row, 3, name)
        sheet.cell(row, 4, day)
        sheet.cell(row, 5, score).number_format = code
    sheet["F6"] = "=E6+1"
    sheet["F7"] = "#REF!"
    sheet.row_dimensions[8].hidden = True
    sheet["A14"] = TITLE
    sheet.merge_cells("A14:E15")
    book.create_sheet("empty")
    hidden = book.create_sheet("hidden")
    hidden.sheet_state = "hidden"
    hidden["A1"] = "still read"
    hidden["B1"].number_format = numbers.FORMAT_PERCENTAGE
    book.save(path)


def by_xlsxwriter(path, date_1904=False):
    book = xlsxwriter.Workbook(path, {"date_1904": date_1904})
    sheet = book.add_worksheet("Goal 1")
    bold = book.add_format({"bold": True})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    percent = book.add_format({"num_format": "0.0%"})
    fraction = book.add_format({"num_format": "# ??/??"})
    centre = book.add_format({"align": "center"})
    sheet.merge_range("A1:D1", TITLE, centre)
    sheet.write_row("A3", ["Date", "Score", "Percent", "Trials", "Note"])
    for index in range(40):
        row = 3 + index
        sheet.write_datetime(row, 0, datetime.datetime(2025, 9, 1) + datetime.timedelta(days=7 * index), day)
        sheet.write_number(row, 1, index * 1.1)
        sheet.write_number(row, 2, index / 40, percent)
        sheet.write_number(row, 3, index / 8, fraction)
    sheet.write_formula("F4", "=B4*2", None, 0)
    sheet.write_formula("F5", '=IF(B5>1,"yes","no")', None, "yes")
    sheet.write_formula("F6", "=B6>1", None, True)
    sheet.write_formula("F7", "=1/0", None, "#DIV/0!")
    sheet.write_formula("F8", "=C8", percent, 0.1)
    sheet.write_rich_string("E4", "read ", bold, "42 ", "words")
    sheet.write_string("E5", "tab\tand _x0041_ and \x07")
    sheet.write_boolean("E6", False)
    sheet.write_blank("G9", None, percent)
    sheet.set_row(9, None, None, {"hidden": True})
    chart = book.add_chartsheet("Chart")
    line = book.add_chart({"type": "line"})
    line.add_series({"values": "='Goal 1'!$B$4:$B$43"})
    chart.set_chart(line)
    book.add_worksheet("last").write("XFD2", "far")
    book.close()


by_openpyxl("openpyxl.xlsx")
by_xlsxwriter("xlsxwriter.xlsx")
by_xlsxwriter("epoch1904.xlsx", date_1904=True)
