"""Writers of workbooks: openpyxl, XlsxWriter, xlwt, odfpy. Each leaves other things in a file."""

import datetime
import io
import re
import zipfile

import openpyxl
import xlsxwriter
import xlwt
from odf import number as odf_number
from odf import style as odf_style
from odf import table as odf_table
from odf import text as odf_text
from odf.opendocument import OpenDocumentSpreadsheet

from .cells import Error, Formula, Percent, Shown, letters

WHEN = datetime.datetime(2025, 10, 1, 8, 0, 0)


def settled(data):
    """The same zip with fixed times, so that the same plan gives the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            content = old.read(item)
            if item.filename in ("docProps/core.xml", "meta.xml"):
                content = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?", b"2025-10-01T08:00:00", content)
            info = zipfile.ZipInfo(item.filename, (2025, 10, 1, 8, 0, 0))
            info.compress_type = item.compress_type
            info.external_attr = 0o644 << 16
            new.writestr(info, content)
    return out.getvalue()


def by_openpyxl(sheets, epoch_1904=False, macro=False):
    book = openpyxl.Workbook()
    book.remove(book.active)
    if epoch_1904:
        from openpyxl.utils.datetime import CALENDAR_MAC_1904
        book.epoch = CALENDAR_MAC_1904
    for sheet in sheets:
        made = book.create_sheet(sheet.name)
        for row, cells in enumerate(sheet.rows, 1):
            for column, cell in enumerate(cells, 1):
                if cell is None:
                    continue
                there = made.cell(row, column)
                code = None
                if isinstance(cell, Shown):
                    cell, code = cell.value, cell.code
                if isinstance(cell, Percent):
                    there.value, there.number_format = cell.share, "0%"
                elif isinstance(cell, Formula):
                    there.value = cell.text
                elif isinstance(cell, Error):
                    there.value = cell.text
                    there.data_type = "e"
                elif isinstance(cell, datetime.date):
                    there.value, there.number_format = cell, sheet.date_code
                else:
                    there.value = cell
                if code:
                    there.number_format = code
        for area in sheet.merges:
            made.merge_cells(area)
        for row in sheet.hidden_rows:
            made.row_dimensions[row].hidden = True
        for column in sheet.hidden_columns:
            made.column_dimensions[letters(column)].hidden = True
        if sheet.hidden:
            made.sheet_state = "hidden"
        if sheet.far:
            made[sheet.far].number_format = "0.00"
    out = io.BytesIO()
    book.save(out)
    data = out.getvalue()
    if macro:
        data = replaced(data, "[Content_Types].xml", b"openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
                        b"ms-excel.sheet.macroEnabled.main+xml").replace(b"vnd.ms-excel.ms-excel", b"vnd.ms-excel")
    return settled(data)


def replaced(data, name, old, new):
    """A zip with a text of one of its parts changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for item in source.infolist():
            content = source.read(item)
            if item.filename == name:
                assert old in content, (name, old)
                content = content.replace(old, new)
            target.writestr(item, content)
    return out.getvalue()


def by_xlsxwriter(sheets, epoch_1904=False, inline=False, vba=False, decorate=None):
    out = io.BytesIO()
    options = {"in_memory": True, "date_1904": epoch_1904, "constant_memory": inline}
    book = xlsxwriter.Workbook(out, options)
    book.set_properties({"created": WHEN})
    percent = book.add_format({"num_format": "0%"})
    bold = book.add_format({"bold": True, "align": "center"})
    if vba:
        book.add_vba_project(io.BytesIO(b"an invented project"), True)
    for sheet in sheets:
        made = book.add_worksheet(sheet.name)
        day = book.add_format({"num_format": sheet.date_code})
        for row, cells in enumerate(sheet.rows):
            for column, cell in enumerate(cells):
                style = None
                if isinstance(cell, Shown):
                    cell, style = cell.value, book.add_format({"num_format": cell.code})
                if cell is None:
                    continue
                if isinstance(cell, Percent):
                    made.write_number(row, column, cell.share, percent)
                elif isinstance(cell, Formula):
                    made.write_formula(row, column, cell.text, None, cell.result)
                elif isinstance(cell, Error):
                    made.write_formula(row, column, "=Gone!A1" if cell.text == "#REF!" else "=1/0", None, cell.text)
                elif isinstance(cell, datetime.date):
                    made.write_datetime(row, column, cell, style or day)
                elif isinstance(cell, str):
                    made.write_string(row, column, cell)
                else:
                    made.write(row, column, cell, style)
        for area in sheet.merges:
            first = area.split(":")[0]
            match = re.fullmatch(r"([A-Z]+)(\d+)", first)
            row = int(match[2]) - 1
            column = sum((ord(letter) - 64) * 26 ** power for power, letter in enumerate(reversed(match[1]))) - 1
            made.merge_range(area, sheet.rows[row][column], bold)
        for row in sheet.hidden_rows:
            made.set_row(row - 1, None, None, {"hidden": True})
        for column in sheet.hidden_columns:
            made.set_column(column, column, None, None, {"hidden": True})
        if sheet.hidden:
            made.hide()
        if sheet.far:
            made.write_blank(sheet.far, None, percent)
        if decorate:
            decorate(book, made)
    book.close()
    return settled(out.getvalue())


def by_xlwt(sheets, epoch_1904=False):
    book = xlwt.Workbook(encoding="utf-8")
    book.dates_1904 = epoch_1904
    day, percent = xlwt.easyxf(num_format_str="m/d/yyyy"), xlwt.easyxf(num_format_str="0%")
    for sheet in sheets:
        made = book.add_sheet(sheet.name)
        for row, cells in enumerate(sheet.rows):
            for column, cell in enumerate(cells):
                if isinstance(cell, Percent):
                    made.write(row, column, cell.share, percent)
                elif isinstance(cell, datetime.date):
                    made.write(row, column, cell, day)
                elif cell is not None:
                    made.write(row, column, cell)
        for row in sheet.hidden_rows:
            made.row(row - 1).hidden = True
        for area in sheet.merges:
            (c1, r1), (c2, r2) = [re.fullmatch(r"([A-Z])(\d+)", corner).groups() for corner in area.split(":")]
            made.merged_cells.append((int(r1) - 1, int(r2) - 1, ord(c1) - 65, ord(c2) - 65))
        if sheet.hidden:
            made.visibility = 1
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def by_odfpy(sheets):
    book = OpenDocumentSpreadsheet()
    for part in list(book.meta.childNodes):
        book.meta.removeChild(part)
    date_style = odf_number.DateStyle(name="N1")
    for part in (odf_number.Month(), odf_number.Text(text="/"), odf_number.Day(), odf_number.Text(text="/"), odf_number.Year(style="long")):
        date_style.addElement(part)
    book.automaticstyles.addElement(date_style)
    day = odf_style.Style(name="day", family="table-cell", datastylename="N1")
    book.automaticstyles.addElement(day)
    for sheet in sheets:
        made = odf_table.Table(name=sheet.name)
        for cells in sheet.rows:
            row = odf_table.TableRow()
            for cell in cells:
                if cell is None:
                    row.addElement(odf_table.TableCell())
                    continue
                if isinstance(cell, Percent):
                    there = odf_table.TableCell(valuetype="percentage", value=cell.share)
                    shown = f"{round(cell.share * 100)}%"
                elif isinstance(cell, datetime.date):
                    there = odf_table.TableCell(valuetype="date", datevalue=cell.isoformat(), stylename=day)
                    shown = f"{cell.month:02d}/{cell.day:02d}/{cell.year}"
                elif isinstance(cell, (int, float)):
                    there, shown = odf_table.TableCell(valuetype="float", value=cell), str(cell)
                else:
                    there, shown = odf_table.TableCell(valuetype="string"), cell
                there.addElement(odf_text.P(text=shown))
                row.addElement(there)
            made.addElement(row)
        book.spreadsheet.addElement(made)
    out = io.BytesIO()
    book.write(out)
    return settled(out.getvalue())
