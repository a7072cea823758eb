"""Writes the sample district: `python samples/generator/make.py samples/riverbend`. The same bytes each time."""

import os
import shutil
import sys
from collections import Counter, defaultdict
from datetime import date

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import books
import district
import forms
import texts
from plan import Plan


def main(target):
    inbox, expected = os.path.join(target, "inbox"), os.path.join(target, "expected")
    for folder in (inbox, expected):
        shutil.rmtree(folder, ignore_errors=True)
        os.makedirs(folder)
    for folder in ("Reading", "Math", "From SIS"):
        os.makedirs(os.path.join(inbox, folder))
    plan, kids = Plan(), district.students()

    def some(*indices):
        return [kids[i] for i in indices]

    texts.roster(plan, inbox, kids)
    mixed = forms.build(plan, inbox, kids[10:22])
    forms.sif(plan, inbox, kids[22:25])
    forms.district_xml(
        plan, inbox, kids[25:30], "From SIS/goal_points.xml", "generic XML: District, Student, Goal, DataPoint",
        ("Reading Fluency", "Math Computation", "Math Facts", "Math Problem Solving", "Social Skills"),
        {(0, 3): ("D002", 0, "2026-02-30"), (1, 5): ("S003", 1, "105"), (3, 2): ("S002", 1, "9/5"), (4, 4): ("S001", 1, "see notes"), (2, 6): ("D003", 0, "")},
    )
    books.long_reading(plan, inbox, kids[33:42], mixed)
    books.wide_percent(plan, inbox, kids[43:51])
    books.tab_a_student(plan, inbox, some(0, 1, 2, 3, 4, 7, 8, 9))
    texts.behavior(plan, inbox, some(49, 50, 51, 52, 55, 56, 57), kids[30:33], kids[5].name)
    stray = date(2205, 10, 14)
    books.tab_a_goal(plan, inbox, kids[53], ("Reading Fluency", "Math Computation", "Behavior", "Written Expression"),
                     {(2, 5): ("S003", 1, 120, "120"), (1, 7): ("D004", 0, stray, "2205-10-14")})
    books.tab_a_goal(plan, inbox, kids[54], ("Reading Comprehension", "Math Facts"), {(1, 4): ("S001", 1, "ck w/ para", "ck w/ para")})
    books.wide_trials(plan, inbox, some(33, 34, 35, 43, 44, 0, 1, 2), some(36, 45, 46, 58, 59, 7))
    books.long_text_numbers(plan, inbox, some(55, 56, 57, 58, 59, 52))
    goals = books.goal_list(plan, inbox, some(5, 6, 37, 38, 39, 40, 41))
    texts.weekly_accuracy(plan, inbox, goals)
    books.spanish(plan, inbox, some(1, 8))
    texts.adaptive(plan, inbox, some(51, 59, 4), some(42, 9, 58))
    texts.simple(plan, inbox, "Speech & OT/letter formation.csv", "CSV, UTF-8, with a NUL character", some(38, 39), "Letter Formation", spoil="nul", style="{:%d-%b-%Y}")
    texts.simple(plan, inbox, "Speech & OT/quick data.csv", "CSV, UTF-8, with a quotation mark that is never closed", some(40, 41), "Speech Articulation", spoil="quote")
    lunch = "Behavior & Social/lunch bunch.csv"
    data, n = texts.simple(plan, inbox, lunch, "CSV, UTF-8, small and clean; there is a copy of it", some(47, 48), "Social Skills", style="{:%b %d, %Y}")
    texts.copied(plan, inbox, "Behavior & Social/lunch bunch_old.csv", lunch, data, n)
    forms.district_xml(plan, inbox, kids[42:43] + kids[48:49], "From SIS/progress_export_0228.xml", "generic XML, cut in the middle of a tag",
                       ("Math Facts", "Reading Fluency"), cut=True)
    texts.broken(plan, inbox)
    plan.write(expected, kids)
    summary(plan, inbox, kids)


def summary(plan, inbox, kids):
    total, size = Counter(), 0
    print(f"{'file':58}{'bytes':>8} {'read':>5} {'acc':>5} {'quar':>4} {'dup':>4} {'skip':>4} {'unm':>4} {'conf':>4} faults")
    faults = Counter(f[0] for f in plan.faults)
    for path in sorted(plan.sources, key=str.encode):
        counts = plan.sources[path].counts
        total.update(counts)
        length = os.path.getsize(os.path.join(inbox, path))
        size += length
        print(f"{path:58}{length:8} {counts['read']:5} {counts['accepted']:5} {counts['quarantined']:4} {counts['duplicate']:4} "
              f"{counts['skipped']:4} {counts['unmatched']:4} {counts['conflicts']:4} {faults[path]:4}")
    print(f"{'total':58}{size:8} {total['read']:5} {total['accepted']:5} {total['quarantined']:4} {total['duplicate']:4} "
          f"{total['skipped']:4} {total['unmatched']:4} {total['conflicts']:4} {len(plan.faults):4}")
    files = sum(len(names) for _, _, names in os.walk(inbox))
    assert files == len(plan.sources), (files, len(plan.sources))
    codes = defaultdict(Counter)
    for _, _, code, fate, _, _ in plan.faults:
        codes[code][fate] += 1
    print()
    for code in sorted(codes):
        print(code, ", ".join(f"{n} {fate}" for fate, n in sorted(codes[code].items())))
    described = [p for p in plan.points if p[6] == "description"]
    only = {g.key for g in plan.goals if g.where and all(w.endswith(".docx") for w in g.where)}
    print(f"\n{len(kids)} students, {len(plan.goals)} annual goals ({len(only)} with points in forms only), {len(plan.points)} clean points "
          f"({len(described)} of them from {len({(p[8], p[9]) for p in described})} report descriptions), "
          f"{len(plan.faults)} lines in faults.csv of {len(codes)} codes")
    print("profiles:", dict(Counter(g.profile for g in plan.goals)))


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
