"""Writes the .xls, .ods and .xlsb files of this folder: python3 make_others.py (needs xlwt 1.3, odfpy 1.4, and soffice of
LibreOffice 7.4 in the PATH). They hold invented children only.

- xlwt.xls, xlwt1904.xls: written by xlwt, which keeps no results of formulas.
- office.xls, office.ods: xlsxwriter.xlsx of this folder, saved by LibreOffice.
- odfpy.ods: written by odfpy.
- packed.xlsb: no program that runs here writes .xlsb; the records are put together below as [MS-XLSB] says."""

import datetime
import os
import shutil
import struct
import subprocess
import tempfile
import zipfile
from xml.sax.saxutils import quoteattr

import xlwt
from odf import style, table, text
from odf import number as odfnumber
from odf.opendocument import OpenDocumentSpreadsheet

TITLE = "Progress monitoring \u2013 Fall 2025"
NAMES = ["Ana O\u2019Neil", "Li & Wu", "  padded  ", "line\nbreak", "00125867"]


def by_xlwt(path, date_1904=False):
    book = xlwt.Workbook()
    book.dates_1904 = date_1904
    sheet = book.add_sheet("Reading <1>")
    form = lambda code: xlwt.easyxf(num_format_str=code)
    sheet.write_merge(0, 1, 0, 3, TITLE)
    for column, name in enumerate(["Student", "Date", "Score", "Percent", "Trials", "Note"]):
        sheet.write(3, column, name)
    for index, name in enumerate(NAMES):
        row = 4 + index
        sheet.write(row, 0, name)
        sheet.write(row, 1, datetime.date(2025, 10, 3) + datetime.timedelta(days=7 * index), form("m/d/yyyy"))
        sheet.write(row, 2, [42, 0.1, -7.25, 1e-7, 123456789012][index])
        sheet.write(row, 3, [0.8, 0.255, 1, 0, 0.333][index], form("0.0%"))
        sheet.write(row, 4, [0.8, 0.5, 0.25, 1, 2][index], form("# ?/?"))
    sheet.write(4, 5, datetime.time(9, 30), form("h:mm"))
    sheet.write(5, 5, datetime.datetime(2025, 10, 10, 13, 5), form("m/d/yy h:mm"))
    sheet.write(6, 5, True)
    sheet.row(7).set_cell_error(5, "#DIV/0!")
    sheet.write_rich_text(8, 5, ["read ", ("42 ", xlwt.easyfont("bold true")), "words"])
    sheet.write(9, 5, None, form("0%"))
    sheet.write(10, 5, xlwt.Formula("C5*2"))
    sheet.row(6).hidden = True
    sheet.col(3).hidden = True
    # More shared texts than fit into one record, some of two bytes a character.
    long = book.add_sheet("texts")
    for index in range(1 if date_1904 else 250):
        long.write(index, 0, f"{index} " + ("caf\u00e9 " if index % 3 else "\u03b1\u03b2\u03b3 ") * (index % 9))
    hidden = book.add_sheet("hidden")
    hidden.visibility = 1
    hidden.write(0, 0, "still read")
    book.add_sheet("empty")
    book.save(path)


def by_libreoffice(source, extension, path):
    with tempfile.TemporaryDirectory() as folder:
        command = ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile"]
        subprocess.run([*command, "--convert-to", extension, "--outdir", folder, source], check=True, stdout=subprocess.DEVNULL)
        made = os.path.join(folder, os.path.splitext(os.path.basename(source))[0] + "." + extension.split(":")[0])
        if extension != "ods":
            shutil.copyfile(made, path)
            return
        # Without its picture of the first page and its charts.
        with zipfile.ZipFile(made) as whole, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as small:
            for name in ["mimetype", "content.xml", "styles.xml", "META-INF/manifest.xml"]:
                small.writestr(name, whole.read(name), zipfile.ZIP_STORED if name == "mimetype" else None)


def by_odfpy(path):
    book = OpenDocumentSpreadsheet()
    fraction = odfnumber.NumberStyle(name="N1")
    fraction.addElement(odfnumber.Fraction(minintegerdigits=0, minnumeratordigits=1, mindenominatordigits=1))
    book.automaticstyles.addElement(fraction)
    book.automaticstyles.addElement(style.Style(name="trials", family="table-cell", datastylename="N1"))
    unseen = style.Style(name="unseen", family="table")
    unseen.addElement(style.TableProperties(display="false"))
    book.automaticstyles.addElement(unseen)

    def row(sheet, *cells, **attributes):
        line = table.TableRow(**attributes)
        for cell in cells:
            line.addElement(cell)
        sheet.addElement(line)

    def cell(words=None, **attributes):
        made = table.TableCell(**attributes)
        for part in [] if words is None else words.split("\n"):
            made.addElement(text.P(text=part))
        return made

    sheet = table.Table(name="Math & more")
    sheet.addElement(table.TableColumn())
    sheet.addElement(table.TableColumn(visibility="collapse", numbercolumnsrepeated=2))
    sheet.addElement(table.TableColumn(numbercolumnsrepeated=16381))
    row(sheet, cell(TITLE, valuetype="string", numbercolumnsspanned=3, numberrowsspanned=1),
        table.CoveredTableCell(numbercolumnsrepeated=2), cell(numbercolumnsrepeated=16381))
    row(sheet, cell(numbercolumnsrepeated=16384), numberrowsrepeated=3)
    row(sheet, *[cell(name, valuetype="string") for name in ["Student", "Date", "Score", "Percent", "Trials"]])
    row(sheet, cell("Ana", valuetype="string"), cell("10/3/25", valuetype="date", datevalue="2025-10-03"),
        cell("42", valuetype="float", value="42"), cell("80%", valuetype="percentage", value="0.8"),
        cell("4/5", valuetype="float", value="0.8", stylename="trials"))
    row(sheet, cell("two\nlines", valuetype="string"), cell("1:05 PM", valuetype="date", datevalue="2025-10-10T13:05:00"),
        cell("42.5", valuetype="float", value="42.50", formula="of:=[.C6]+0.5"), cell("9:30", valuetype="time", timevalue="PT09H30M00S"),
        cell("TRUE", valuetype="boolean", booleanvalue="true"), visibility="filter")
    row(sheet, cell(numbercolumnsrepeated=2), cell("same", valuetype="string", numbercolumnsrepeated=2), numberrowsrepeated=2)
    row(sheet, cell(numbercolumnsrepeated=16384), numberrowsrepeated=1048567)
    row(sheet, cell("last", valuetype="string"))
    book.spreadsheet.addElement(sheet)
    hidden = table.Table(name="hidden", stylename=unseen)
    row(hidden, cell("still read", valuetype="string"))
    book.spreadsheet.addElement(hidden)
    book.save(path)


def by_records(path):
    def record(number, data=b""):
        head = bytes([number]) if number < 0x80 else bytes([number & 0x7F | 0x80, number >> 7])
        length, size = b"", len(data)
        while True:
            size, low = size >> 7, size & 0x7F
            length += bytes([low | (0x80 if size else 0)])
            if not size:
                return head + length + data

    wide = lambda words: struct.pack("<I", len(words.encode("utf-16-le")) // 2) + words.encode("utf-16-le")
    cell = lambda column, style=0: struct.pack("<II", column, style)
    row = lambda number, hidden=False: record(0, struct.pack("<IIHBBB", number, 0, 300, 0, 0x10 if hidden else 0, 0) + struct.pack("<I", 0))
    formula = struct.pack("<HII", 0, 0, 0)
    shared = [TITLE, "Student", "Date", "Score", *NAMES]
    texts = record(159, struct.pack("<II", 20, len(shared))) + b"".join(record(19, b"\0" + wide(words)) for words in shared) + record(160)
    styles = (record(278) + record(615, struct.pack("<I", 1)) + record(44, struct.pack("<H", 170) + wide('d/m/yy\\ h:mm;@')) + record(616)
              + record(626, struct.pack("<I", 1)) + record(47, struct.pack("<HHHHHHHBB", 0xFFFF, 9, 0, 0, 0, 0, 0, 0, 0)) + record(627)
              + record(617, struct.pack("<I", 5))
              + b"".join(record(47, struct.pack("<HHHHHHHBB", 0, code, 0, 0, 0, 0, 0, 0, 0)) for code in [0, 9, 14, 12, 170]) + record(618) + record(279))
    integer, hundredth = lambda value: struct.pack("<I", value << 2 | 2), lambda value: struct.pack("<I", value << 2 | 3)
    first = record(129) + record(148, struct.pack("<IIII", 0, 20, 0, 6)) + record(390) + record(60, struct.pack("<IIIIH", 2, 3, 2000, 0, 1)) + record(391)
    first += record(145)
    first += row(0) + record(7, cell(0) + struct.pack("<I", 0))
    first += row(4) + b"".join(record(7, cell(column) + struct.pack("<I", column + 1)) for column in range(3))
    first += row(5) + record(7, cell(0) + struct.pack("<I", 4)) + record(2, cell(1, 2) + integer(45933)) + record(2, cell(2, 1) + hundredth(80))
    first += record(5, cell(3, 3) + struct.pack("<d", 0.8)) + record(4, cell(4) + b"\1") + record(3, cell(5) + b"\x17") + record(1, cell(6))
    first += row(6, True) + record(6, cell(0) + wide("in the cell")) + record(5, cell(1, 4) + struct.pack("<d", 45940.545138888891))
    first += record(9, cell(2) + struct.pack("<d", 42.5) + formula) + record(8, cell(3) + wide("yes") + formula) + record(10, cell(4) + b"\0" + formula)
    first += record(11, cell(5) + b"\x07" + formula) + record(62, cell(6) + b"\1" + wide("rich") + struct.pack("<IHH", 1, 0, 0))
    first += record(146) + record(177, struct.pack("<I", 1)) + record(176, struct.pack("<IIII", 0, 0, 0, 3)) + record(178) + record(130)
    second = record(129) + record(148, bytes(16)) + record(145) + row(0) + record(6, cell(0) + wide("still read")) + record(146) + record(130)
    book = record(131) + record(153, struct.pack("<II", 0, 0) + wide("")) + record(143)
    for number, (name, state) in enumerate([("Goal 1", 0), ("hidden", 2)], start=1):
        book += record(156, struct.pack("<II", state, number) + wide(f"rId{number}") + wide(name))
    book += record(144) + record(132)
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    relation = lambda name, what, target: f"<Relationship Id={quoteattr(name)} Type={quoteattr(kind + what)} Target={quoteattr(target)}/>"
    relations = lambda *all: f'<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{"".join(all)}</Relationships>'
    parts = {
        "[Content_Types].xml": '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="bin" '
                               'ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/></Types>',
        "_rels/.rels": relations(relation("rId1", "/officeDocument", "xl/workbook.bin")),
        "xl/workbook.bin": book,
        "xl/_rels/workbook.bin.rels": relations(
            relation("rId1", "/worksheet", "worksheets/sheet1.bin"), relation("rId2", "/worksheet", "worksheets/sheet2.bin"),
            relation("rId3", "/styles", "styles.bin"), relation("rId4", "/sharedStrings", "sharedStrings.bin")),
        "xl/worksheets/sheet1.bin": first,
        "xl/worksheets/sheet2.bin": second,
        "xl/styles.bin": styles,
        "xl/sharedStrings.bin": texts,
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as container:
        for name, data in parts.items():
            container.writestr(name, data)


by_xlwt("xlwt.xls")
by_xlwt("xlwt1904.xls", date_1904=True)
by_libreoffice("xlsxwriter.xlsx", "xls:MS Excel 97", "office.xls")
by_libreoffice("xlsxwriter.xlsx", "ods", "office.ods")
by_odfpy("odfpy.ods")
by_records("packed.xlsb")
