"""The plan: what each file of the corpus holds, and what must become of it.

A case writes its file from the same lists from which the tables `expected.csv` and `points.csv` are written. No output of
aimline has a part in them. Where aimline does something else, the case says `not_yet("why")`, and its expectation stays.
"""

import csv
import datetime
import os
import random

EXPECTED = [
    "file", "shows", "with", "students", "points", "other", "set_aside", "known", "skipped", "unmatched", "codes", "words",
    "status", "why",
]
POINTS = ["file", "student", "goal", "date", "value", "state", "also"]
CASES = []


class Case:
    """One file, with its companions from `files/with`."""

    def __init__(self, file, shows, *companions):
        assert all(case.file != file for case in CASES), file
        self.file, self.shows, self.companions = file, shows, companions
        self.rng = random.Random(file)
        self.points, self.codes, self.words = [], [], []
        self.students = None
        self.other = self.set_aside = self.known = self.skipped = self.unmatched = 0
        self.why = ""
        self.path = None
        CASES.append(self)

    def point(self, student, goal, when, value, state="scored", **also):
        """A data point that must come in. `value` is a number or `n/m`; `when` a day, or a text such as `session 3`."""
        if state != "scored":
            value = ""
        day = when.isoformat()[:10] if isinstance(when, datetime.date) else str(when)
        more = ";".join(f"{name}={text}" for name, text in sorted(also.items()))
        self.points.append([self.file, str(student), str(goal), day, plain(value), state, more])

    def aside(self, code, cell=None, items=1):
        """Items that must be set aside, and the code and cell that must be said."""
        self.set_aside += items
        self.say(code, cell)

    def say(self, code, cell=None):
        """A code that must be said, at a cell."""
        said = code if cell is None else f"{code}@{cell}"
        if said not in self.codes:
            self.codes.append(said)

    def refused(self, code, *words):
        """The whole file is refused, in these words."""
        self.say(code)
        self.words += words
        self.students = self.students or 0

    def not_yet(self, why):
        """aimline does something else for now."""
        self.why = why

    def row(self):
        students = len({point[1] for point in self.points if point[1]}) if self.students is None else self.students
        return [
            self.file, self.shows, " ".join(self.companions), students, len(self.points), self.other, self.set_aside,
            self.known, self.skipped, self.unmatched, " ".join(self.codes), " | ".join(self.words),
            "not yet" if self.why else "ok", self.why,
        ]


def plain(value):
    """A number as it is written in the tables."""
    if isinstance(value, float):
        value = round(value, 9)
        return str(int(value)) if value == int(value) else repr(value)
    return str(value)


def write_tables(folder):
    for name, header, rows in [
        ("expected.csv", EXPECTED, [case.row() for case in CASES]),
        ("points.csv", POINTS, [point for case in CASES for point in case.points]),
    ]:
        with open(os.path.join(folder, name), "w", encoding="utf-8", newline="") as out:
            writer = csv.writer(out, lineterminator="\n")
            writer.writerow(header)
            writer.writerows(rows)
