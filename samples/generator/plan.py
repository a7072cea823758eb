"""The plan: what was put where, and what must become of it.

Every writer of this generator tells the plan about each item in the moment in which it writes it. The files in
`expected/` come from the plan alone; no importer, and no output of aimline, has a part in them.
"""

import csv
import os
from collections import Counter

SEPARATOR = " › "


def column(index):
    """Letters of a column; 0 is A."""
    text = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        text = chr(65 + rest) + text
    return text


def cell(row, index):
    """A1 of a row (1 is the first) and a column (0 is A)."""
    return f"{column(index)}{row}"


def number(value):
    """The shortest text of a number; whole numbers without a point."""
    if value is None:
        return ""
    value = float(value)
    if value == int(value):
        return str(int(value))
    return repr(round(value, 10))


class Source:
    """One file of the inbox."""

    def __init__(self, plan, path, shape):
        self.plan, self.path, self.shape = plan, path, shape
        self.counts = Counter()

    def item(self, fate="accepted", unmatched=False, conflict=False):
        assert fate in ("accepted", "quarantined", "duplicate", "skipped")
        self.counts["read"] += 1
        self.counts[fate] += 1
        if unmatched:
            self.counts["unmatched"] += 1
        if conflict:
            self.counts["conflicts"] += 1

    def fault(self, locator, code, fate, seen="", item=None):
        """A line of faults.csv. Its fate as an item, where it has one, is counted by `item`, not here."""
        assert fate in ("quarantined", "duplicate", "conflict", "unmatched", "skipped", "file", "noted")
        self.plan.faults.append((self.path, locator, code, fate, seen, locator if item is None else item))

    def point(self, goal, date, value, locator, numerator=None, denominator=None, minutes=None, origin="item",
              date_source="stated"):
        goal.points.append((date, value))
        goal.where.add(self.path)
        self.plan.points.append(
            (goal, date, value, numerator, denominator, minutes, origin, date_source, self.path, locator)
        )


class Plan:
    def __init__(self):
        self.sources, self.faults, self.points, self.goals = {}, [], [], []

    def source(self, path, shape):
        assert path not in self.sources, path
        self.sources[path] = Source(self, path, shape)
        return self.sources[path]

    def write(self, folder, students):
        os.makedirs(folder, exist_ok=True)

        def table(name, header, rows):
            with open(os.path.join(folder, name), "w", encoding="utf-8", newline="") as out:
                writer = csv.writer(out, lineterminator="\n")
                writer.writerow(header)
                writer.writerows(rows)

        self.faults.sort(key=lambda f: (f[0].encode(), f[1] == "", natural(f[1]), f[2]))
        table("faults.csv", ["file", "locator", "code", "fate", "seen", "item"], self.faults)
        names = ["read", "accepted", "quarantined", "duplicate", "skipped", "unmatched", "conflicts"]
        rows, total = [], Counter()
        for path in sorted(self.sources, key=str.encode):
            counts = self.sources[path].counts
            assert counts["read"] == sum(counts[n] for n in names[1:5]), path
            total.update(counts)
            rows.append([path] + [counts[n] for n in names])
        rows.append(["(total)"] + [total[n] for n in names])
        table("counts.csv", ["file"] + names, rows)
        table(
            "students.csv",
            ["state_id", "local_id", "last", "first", "birth_date", "grade", "school", "has_iep", "on_roster"],
            [
                [s.state_id, s.local_id, s.last, s.first, s.birth.isoformat(), s.grade, s.school,
                 "yes" if s.has_iep else "no", "yes" if s.on_roster else "no"]
                for s in students
            ],
        )
        table(
            "goals.csv",
            ["goal", "state_id", "number", "area", "stands_in", "baseline", "target", "target_date",
             "target_date_source", "unit", "direction", "points", "profile", "has_plan", "statement"],
            [
                [g.key, g.student.state_id, g.number or "", g.area, g.home, number(g.baseline),
                 number(g.target), g.by.isoformat() if g.by and g.stated is not None else "",
                 g.by_source if g.stated is not None else "none", g.unit, g.direction,
                 len(g.points), g.profile, "yes" if g.plan else "no", g.text or ""]
                for g in self.goals
            ],
        )
        table(
            "points.csv",
            ["state_id", "goal", "number", "area", "date", "value", "numerator", "denominator", "exposure_minutes",
             "unit", "origin", "date_source", "file", "locator"],
            [
                [g.student.state_id, g.key, g.number or "", g.area, date.isoformat(), number(value), number(numerator),
                 number(denominator), number(minutes), g.unit, origin, source, path, locator]
                for g, date, value, numerator, denominator, minutes, origin, source, path, locator in self.points
            ],
        )


def natural(text):
    """A key that sorts D9 before D14."""
    parts, digits = [], ""
    for letter in text + "\0":
        if letter.isdigit():
            digits += letter
            continue
        if digits:
            parts.append((1, int(digits), ""))
            digits = ""
        parts.append((0, 0, letter))
    return parts
