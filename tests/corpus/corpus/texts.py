"""Writers of text files: separated columns, web pages, XML spreadsheets."""

import csv
import datetime
import html
import io

from .cells import Formula, Percent
from .people import us


def shown(cell):
    """A cell as a program shows it."""
    if cell is None:
        return ""
    if isinstance(cell, Percent):
        return f"{round(cell.share * 100)}%"
    if isinstance(cell, Formula):
        return shown(cell.result)
    if isinstance(cell, datetime.date):
        return us(cell)
    return str(cell)


def separated(rows, separator=",", end="\r\n", quote='"', every=False, comma=False):
    """Rows as text. `comma` writes decimals as in 4,5."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator, quotechar=quote, lineterminator=end,
                        quoting=csv.QUOTE_ALL if every else csv.QUOTE_MINIMAL)
    for row in rows:
        cells = [shown(cell) for cell in row]
        if comma:
            cells = [text.replace(".", ",") if isinstance(cell, float) else text for text, cell in zip(cells, row)]
        writer.writerow(cells)
    return out.getvalue()


def web_page(tables, title="Progress Monitoring"):
    """Tables as an older system exports them under the name .xls."""
    parts = [f"<html><head><meta charset=\"utf-8\"><title>{title}</title><style>td {{ mso-number-format:\"\\@\" }}</style></head><body>"]
    for rows in tables:
        parts.append("<table border=1>")
        for number, row in enumerate(rows):
            mark = "th" if number == 0 else "td"
            cells = "".join(f"<{mark}>{html.escape(shown(cell)) or '&nbsp;'}</{mark}>" for cell in row)
            parts.append(f"<tr>{cells}</tr>")
        parts.append("</table><br>")
    return "\n".join(parts + ["</body></html>"])


def xml_2003(sheets):
    """SpreadsheetML, as Excel 2003 and report servers write it."""
    parts = [
        '<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>',
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">',
        '<Styles><Style ss:ID="d"><NumberFormat ss:Format="Short Date"/></Style></Styles>',
    ]
    for sheet in sheets:
        parts.append(f'<Worksheet ss:Name="{html.escape(sheet.name)}"><Table>')
        for row in sheet.rows:
            cells, skip = [], False
            for column, cell in enumerate(row, 1):
                if cell is None:
                    skip = True
                    continue
                index = f' ss:Index="{column}"' if skip else ""
                skip = False
                if isinstance(cell, datetime.date):
                    cells.append(f'<Cell{index} ss:StyleID="d"><Data ss:Type="DateTime">{cell.isoformat()}T00:00:00.000</Data></Cell>')
                elif isinstance(cell, (int, float)):
                    cells.append(f'<Cell{index}><Data ss:Type="Number">{cell}</Data></Cell>')
                else:
                    cells.append(f'<Cell{index}><Data ss:Type="String">{html.escape(shown(cell))}</Data></Cell>')
            parts.append("<Row>" + "".join(cells) + "</Row>")
        parts.append("</Table></Worksheet>")
    return "\n".join(parts + ["</Workbook>"])
