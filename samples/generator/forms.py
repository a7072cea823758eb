"""The IEP forms, and the XML exports: records that say themselves what they are."""

import os
import re
from datetime import date, timedelta

import dese_form as df
import sis_xml
from books import us
from district import DISTRICT, DISTRICT_CODE, Goal, days, rng, sentence
from plan import SEPARATOR

REPORTS = (date(2025, 9, 19), date(2025, 10, 17), date(2025, 11, 14), date(2025, 12, 19), date(2026, 1, 23), date(2026, 2, 20),
           date(2026, 3, 6))

STYLES = (
    {"ticks": "sdt"},
    {"ticks": "legacy", "split_runs": True, "extra_blank_goals": 1},
    {"ticks": "glyph", "values": "next"},
    {"ticks": "sdt", "wrap_cells_in_sdt": True, "values_in_sdt": True, "extra_blank_goals": 2},
    {"ticks": "legacy", "pre_ticked": True, "curly": True, "number_control": "text"},
    {"ticks": "sdt", "split_runs": True, "values": "right", "service_layout": "rows"},
    {"ticks": "typed", "number_control": "text", "service_layout": "table"},
    {"ticks": "glyph", "split_runs": True, "statements": "one_cell", "extra_blank_goals": 1},
    {"ticks": "sdt", "values_in_sdt": True, "drop_placeholder_flags": True, "goal_gap": False},
    {"ticks": "legacy", "wrap_cells_in_sdt": True, "extra_blank_goals": 1},
    {"ticks": "sdt", "curly": True, "split_runs": True},
    {"ticks": "glyph", "values_in_sdt": True},
)

AREAS = (
    ("Reading Fluency", "Reading Comprehension"),
    ("Reading Fluency", "Reading Comprehension"),
    ("Reading Fluency", "Math Facts", "Behavior"),
    ("Reading Comprehension", "Written Expression", "Social Skills"),
    ("Speech Articulation", "Reading Fluency"),
    ("Math Computation", "Sentence Writing", "Fine Motor"),
    ("Reading Comprehension", "Math Computation", "Social Skills"),
    ("Reading Fluency", "Math Problem Solving", "Written Expression"),
    ("Behavior", "Math Facts"),
    ("Letter Formation", "Speech Articulation", "Reading Comprehension"),
    ("Reading Fluency", "Sentence Writing", "Math Computation"),
    ("Social Skills", "Math Problem Solving"),
)
PROFILE = ("on_track", "stalled", "slow", "regressing", "on_track", "stalled", "met", "on_track", "noisy", "stalled", "regressing", "on_track")
METHODS = (["Curriculum based tests"], ["Work samples", "Observation chart"], ["Checklists", "Other: weekly probes"], ["Scoring guides"],
           ["Reading record", "Curriculum based tests"])


def amount(goal, value):
    """A value with its unit, as typed."""
    return {
        "wcpm": f"{value} wcpm", "percent": f"{value}%", "dcpm": f"{value} dcpm", "cws": f"{value} CWS",
        "count": f"{value} incidents per day", "trials": f"{value}/{goal.trials} trials", "trials10": f"{value}/{goal.trials} trials",
    }[goal.unit]


def describe(goal, n, day, pairs):
    """A description of progress data: `pairs` are (stated date or None, value)."""
    r = rng("describe", goal.key, n)
    name = goal.student.first
    if len(pairs) == 2:
        (a, x), (b, y) = pairs
        return (f"{us(a, 1)}: {amount(goal, x)}; {us(b, 1)}: {amount(goal, y)}.",
                f"{us(a, 1)} - {amount(goal, x)}\n{us(b, 1)} - {amount(goal, y)}",
                f"{name} scored {amount(goal, x)} on {us(a, 1)} and {amount(goal, y)} on {us(b, 1)}. Continues to work hard.")[r.randrange(3)]
    stated, x = pairs[0]
    if stated:
        return (f"On {us(stated, 1)} {name} scored {amount(goal, x)}.", f"{us(stated, 0)}: {amount(goal, x)}, data taken in the resource room.",
                f"Most recent probe ({us(stated, 1)}) was {amount(goal, x)}. Keep up the good work!")[r.randrange(3)]
    return (f"{name} is currently at {amount(goal, x)}.", f"Current level: {amount(goal, x)}. Recieves small group instruction.",
            f"{amount(goal, x)} on most recent data.", f"Data shows {amount(goal, x)} - see graph in file.",
            f"{name} has been working on this skill in class, latest score {amount(goal, x)}")[r.randrange(5)]


def tick(goal, n, of):
    if goal.profile in ("on_track", "noisy", "slow"):
        return df.MAKING
    if goal.profile == "met":
        return df.MET if n >= of - 1 else df.MAKING
    return df.NOT_MAKING if n >= max(1, of - 4) else df.MAKING


def build(plan, folder, students):
    """The forms of twelve students; returns the goals of the first two, whose points are in Fall probes.xlsx."""
    mixed = []
    for k, student in enumerate(students):
        r = rng("form", k)
        path = f"IEPs/{student.last}, {student.first[0]} IEP 25-26.docx" if k % 3 else f"IEPs/IEP {student.last} {student.first}.docx"
        start = (date(2025, 8, 25), date(2025, 8, 25), date(2025, 9, 8), date(2025, 9, 2), date(2025, 9, 15), date(2025, 8, 27),
                 date(2025, 9, 3), date(2025, 8, 26), date(2025, 10, 1), date(2025, 9, 4), date(2025, 8, 28), date(2025, 9, 9))[k]
        end = date(start.year + 1, start.month, start.day) - timedelta(days=1)
        style = STYLES[k]
        source = plan.source(path, f"IEP form: {', '.join(f'{a}={b}' for a, b in style.items())}")
        map_a = k in (6, 9)
        source.item()  # the plan
        goals = []
        for n, area in enumerate(AREAS[k], 1):
            profile = PROFILE[(k * 3 + n) % len(PROFILE)]
            goal = Goal(plan, student, area, path, number=str(n), profile=profile, begin=start, has_plan=True)
            if k in (7, 10) and n == 2:
                goal.by_source = "plan_end"
            text = sentence(goal)
            if goal.by_source == "plan_end":
                text = re.sub(r"^By [^,]+(, \d{4})?, ", "By the end of this IEP, ", text)
                text = re.sub(r" by \d+/\d+/\d+| by [A-Z][a-z]+ \d+, \d{4}", "", text)
                text = re.sub(r"\. By (\d+/\d+/\d+|[A-Z][a-z]+ \d+, \d{4}), ", ". By the end of this IEP, ", text)
                goal.by = end
            goal.text = text
            source.item()
            objectives = []
            if map_a:
                objectives = [f"Given a model and a verbal prompt, {student.first} will {w}." for w in
                              ("match the picture to the word", "point to the correct choice from a field of two", "finish the last step alone")][: 2 + n % 2]
                for _ in objectives:
                    source.item()
            used = set()
            reports, blocks = [], [d for d in REPORTS if d > start + timedelta(days=9)]
            if r.random() < 0.3 and len(blocks) > 6:
                blocks.pop()
            for at, day in enumerate(blocks):
                where = f"goal {n}{SEPARATOR}report {at + 1}"
                report = {"date": us(day, (0, 1, 2)[k % 3]), "ticks": [tick(goal, at, len(blocks))]}
                if k < 2:
                    report["description"] = ("See data in probe file.", "Scores are kept in the reading data sheet.", "see graph")[at % 3]
                elif (k + n + at) % 11 == 4:
                    report.update(ticks=[df.NOT_ADDRESSED], description="Not addressed this period, will start next quarter.")
                elif (k, n, at) == (4, 1, 3):
                    report.update(description="Scores have been about 60-70% most days.")
                    source.fault(where, "T004", "noted", "about 60-70%")
                elif (k, n, at) in ((3, 2, 2), (8, 1, 4)):
                    report.update(date="", description="Continues to work on this skill.")
                    source.fault(where, "T002", "noted")
                elif (k, n, at) == (10, 3, 5):
                    report.update(ticks=[], description="Is doing better this quarter. Working in small group with sped teacher.")
                else:
                    shape = r.random()
                    if shape < 0.22 and at and day - timedelta(days=15) > start:
                        first = day - timedelta(days=15)
                        pairs = [(first, goal.raw(first)), (day - timedelta(days=1), goal.raw(day - timedelta(days=1)))]
                    elif shape < 0.55:
                        stated = day - timedelta(days=r.choice((1, 2, 3)))
                        pairs = [(stated, goal.raw(stated))]
                    else:
                        pairs = [(None, goal.raw(day))]
                    if used & {stated or day for stated, _ in pairs}:
                        pairs = [(None, goal.raw(day))]
                    used |= {stated or day for stated, _ in pairs}
                    report["description"] = describe(goal, at, day, pairs)
                    for stated, value in pairs:
                        source.point(goal, stated or day, goal.scale(value), where, numerator=value if goal.trials else None,
                                     denominator=goal.trials, origin="description", date_source="stated" if stated else "report")
                if (k, n, at) in ((2, 2, 3), (5, 1, 1)):
                    report["ticks"] = [df.MAKING, df.NOT_MAKING]
                    source.fault(where, "T001", "noted", f"{df.MAKING}; {df.NOT_MAKING}")
                source.item()
                reports.append(report)
            goals.append({"number": str(n), "text": goal.text, "objectives": objectives, "methods": METHODS[(k + n) % 5], "reports": reports,
                          "domains": ["Employment"] if student.grade in ("09", "10") else []})
            if k < 2:
                mixed.append(goal)
        both = "N/A"
        services = [
            {"category": df.SPECIAL, "service": "Specialized instruction: reading", "amount": "30 minutes", "frequency": "5 x Weekly",
             "location": "sped", "begin": both, "end": both},
            {"category": df.SPECIAL, "service": "Specialized instruction: math", "amount": "20 minutes", "frequency": "3 x Weekly",
             "location": "reg ed", "begin": both, "end": both},
        ]
        if k in (0, 3, 4, 9):
            services.append({"category": df.RELATED, "service": "Speech Language Therapy", "amount": "20 minutes", "frequency": "2 x Weekly",
                             "location": "sped", "begin": us(start, 2), "end": us(end, 2)})
        broken = k == 8
        if broken:
            services.append({"category": df.SPECIAL, "service": "Social skills group", "amount": "15 minutes", "frequency": "@@DROP@@",
                             "location": "sped", "begin": both, "end": both})
            source.fault("services", "T003", "noted", "amount 3 lines, frequency 2 lines")
        for _ in services:
            source.item()
        meeting = start - timedelta(days=6)
        evaluation = date(start.year - 1 - k % 2, 10, 4 + k)
        form = {
            "student": {"name": student.name, "birth_date": us(student.birth, 2), "age": str((start - student.birth).days // 365),
                        "student_id": f"{student.local_id} / {student.state_id}" if k == 5 else student.state_id, "grade": student.grade,
                        "home_school": student.school, "district": DISTRICT, "school": student.school, "case_manager": student.manager},
            "iep_type": "Annual" if k % 4 else "Initial",
            "dates": {"evaluation": us(evaluation, 0), "previous_review": us(meeting.replace(year=meeting.year - 1), 0),
                      "reevaluation_due": us(evaluation.replace(year=evaluation.year + 3), 0), "meeting": us(meeting, 0),
                      "initiation": us(start, 0), "annual_review": us(end, 0), "provided": us(start, 0)},
            "present_levels": f"{student.first} is a friendly student who does best with short directions and a quiet place to work.",
            "map_a": map_a, "objectives_place": "goal page" if map_a else None, "esy": ("no", "later", "yes")[k % 3], "esy_by": "05/2026",
            "schedule": ["Quarterly"] if k % 3 else ["Other"], "schedule_other": None if k % 3 else "mid-quarter and quarter",
            "goals": goals, "services": services, "placement": df.PLACEMENTS[0 if not map_a else 1],
        }
        target = os.path.join(folder, path)
        os.makedirs(os.path.dirname(target), exist_ok=True)
        xml = df.form_xml(form, style)
        if broken:
            xml, n = re.subn(r"<w:p>(?:(?!</?w:p[ >]).)*@@DROP@@(?:(?!</?w:p[ >]).)*</w:p>", "", xml)
            assert n == 1, n
        df.write_docx(target, xml)
    return mixed


def lines_with(path, mark):
    """(line, how often) of the lines that hold a mark."""
    with open(path, encoding="utf-8") as source:
        return [(n, text.count(mark)) for n, text in enumerate(source.read().split("\n"), 1) if mark in text]


def sif(plan, folder, kids):
    path = "From SIS/sif_iep_export.xml"
    source = plan.source(path, "SIF Unity 4.x: xStudents and xIndividualizedEducationPlans")
    people, plans, expected = [], [], []
    for k, student in enumerate(kids):
        ref = f"{rng('sif', k).getrandbits(128):032X}"
        start, end = date(2025, 8, 26), date(2026, 8, 25)
        people.append({"ref": ref, "last_name": student.last, "first_name": student.first, "local_id": student.local_id,
                       "state_id": student.state_id, "birth_date": student.birth, "grade": student.grade, "entry_date": date(2025, 8, 25)})
        source.item()  # the student
        source.item()  # the plan
        goals = []
        for n, area in enumerate((("Reading Fluency", "Math Computation"), ("Written Expression", "Reading Comprehension"),
                                  ("Math Facts", "Social Skills"))[k], 1):
            goal = Goal(plan, student, area, path, number=None, profile=("on_track", "stalled", "regressing", "slow", "met", "on_track")[k * 2 + n - 1],
                        begin=start, has_plan=True)
            goal.text = sentence(goal)
            source.item()
            reports = []
            for at, day in enumerate(days(goal, 2)):
                value = goal.raw(day)
                reports.append({"date": day, "status": "UnsatisfactoryProgress" if goal.profile in ("stalled", "regressing") and at > 4 else "SatisfactoryProgress",
                                "description": "Weekly probe.", "measure": {"wcpm": "WCPM", "percent": "Percent correct", "cws": "CWS", "dcpm": "DCPM"}[goal.unit],
                                "values": [value]})
                source.item()  # the report
                source.item()  # its value
                expected.append((goal, day, value))
            services = [{"type": "Academic Achievement", "count": 5, "period": "week", "minutes": 30, "begin": start, "end": end}] if n == 1 else []
            objectives = [{"identifier": "1", "description": "First half of the goal", "percent": 60}] if goal.unit == "percent" and k == 1 else []
            for _ in services + objectives:
                source.item()
            goals.append({"area": area, "text": goal.text, "status": "Active", "objectives": objectives, "services": services, "reports": reports})
        plans.append({"ref": f"{rng('sifplan', k).getrandbits(128):032X}", "student_ref": ref, "plan_start": start, "plan_end": end,
                      "evaluation_date": date(2024, 3, 5), "reevaluation_due": date(2027, 3, 5), "disability": ("SLD", "OHI", "AUT")[k],
                      "grade": student.grade, "placement": "RC80", "goals": goals})
    target = os.path.join(folder, path)
    os.makedirs(os.path.dirname(target), exist_ok=True)
    sis_xml.write_sif_iep(target, people, plans)
    places = [n for n, times in lines_with(target, "<dataValue>") for _ in range(times)]
    assert len(places) == len(expected)
    for place, (goal, day, value) in zip(places, expected):
        source.point(goal, day, value, f"line {place}", date_source="report")



def district_xml(plan, folder, kids, path, shape, areas, faults=None, cut=False):
    source = plan.source(path, shape)
    goals, expected = [], []
    for k, (student, area) in enumerate(zip(kids, areas)):
        goal = Goal(plan, student, area, path, number=f"G{1 + k % 2}", by=None, by_source="none",
                    profile=("stalled", "on_track", "slow", "regressing", "on_track")[k % 5])
        points = []
        for index, day in enumerate(days(goal)):
            value = goal.raw(day)
            fault = (faults or {}).get((k, index))
            typed = [day.isoformat(), f"{value}/{goal.trials}" if goal.trials else str(value), rng("xml", k, index).choice(("DV", "MO"))]
            if fault:
                typed[fault[1]] = fault[2]
            points.append(tuple(typed))
            expected.append((goal, day, value, fault))
        base, aim = (f"{v}/{goal.trials}" if goal.trials else f"{v}%" if goal.unit == "percent" else str(v) for v in (goal.base, goal.stated))
        goals.append({"student_id": student.state_id, "school": student.school, "student_name": student.name, "goal_id": f"G{1 + k % 2}", "area": area,
                      "unit": {"percent": "%"}.get(goal.unit, goal.unit), "baseline": base, "target": aim, "points": points})
    target = os.path.join(folder, path)
    os.makedirs(os.path.dirname(target), exist_ok=True)
    sis_xml.write_district_xml(target, goals, DISTRICT_CODE)
    places = [n for n, _ in lines_with(target, "<DataPoint")]
    assert len(places) == len(expected)
    keep = len(expected)
    if cut:
        keep = len(expected) * 17 // 20
        with open(target, encoding="utf-8") as file:
            text = file.read().split("\n")
        text = "\n".join(text[: places[keep] - 1] + [text[places[keep] - 1][:27]])
        with open(target, "w", encoding="utf-8", newline="") as file:
            file.write(text)
        source.fault(f"line {places[keep]}", "F006", "file", text.rsplit("\n", 1)[1])
    for place, (goal, day, value, fault) in list(zip(places, expected))[:keep]:
        if fault:
            source.item("quarantined")
            source.fault(f"line {place}", fault[0], "quarantined", fault[2])
        else:
            source.item()
            source.point(goal, day, goal.scale(value), f"line {place}", numerator=value if goal.trials else None, denominator=goal.trials)
