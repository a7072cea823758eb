"""The district: its children, their goals and how each goal goes. All of it is invented, from one seed."""

import random
from datetime import date, timedelta

SEED = 20260306
DISTRICT = "Riverbend R-II"
DISTRICT_CODE = "999002"
YEAR_BEGIN = date(2025, 9, 2)
AS_OF = date(2026, 3, 6)
BY = date(2026, 5, 22)
SCHOOLS = ("Riverbend Elementary", "Cedar Fork Middle", "Riverbend High")
MANAGERS = ("T. Brandt", "L. Quade", "M. Osei", "K. Farrow", "D. Villarreal")
DISABILITIES = (
    "Specific Learning Disability", "Other Health Impairment", "Autism", "Speech Impairment", "Language Impairment",
    "Emotional Disturbance", "Intellectual Disability", "Young Child with a Developmental Delay",
)
FIRST = (
    "Avery Bodhi Calla Dario Elowen Fintan Greta Hollis Imani Jarek Kestrel Linus Marisol Nico Odette Pascal Quincy "
    "Rosalba Soren Tamsin Ulric Vesna Wilder Xiomara Yusuf Zelda Anders Briony Cormac Delphine Emeka Flora Gideon "
    "Henrike Ilya Juniper Kofi Lavinia Matteo Noor Orla Piers Ramona Stellan Thea Umberto Viola Wren Yara Zane Ada "
    "Bram Clio Dov Esme"
).split()
LAST = (
    "Abelard Brackwater Carrow Dunmore Eastlake Fenwright Garrick Hollowell Ingersby Jessamy Kettleby Larkspur "
    "Marchbanks Netherby Oakhanger Pellam Quillon Rookwood Stanhope Thistlewood Underhay Vanterpool Wexcombe Yarwood "
    "Zollern Ashgrove Birchall Coldbrook Darnley Elmsford Farthing Goldacre Harkness Ironside Juddley Kirkbride "
    "Loxwood Merriweather Northcutt Ottershaw Penhallow Quayle Ravensby Silverton Tarrant Uppingham Vexley Winterbourne "
    "Yelland Zennor Applegarth Bellweather Cresswick Dovecote Everdale"
).split()


def rng(*key):
    return random.Random(":".join(str(k) for k in (SEED, *key)))


class Student:
    def __init__(self, index, first, last, state_id, local_id, birth, grade, school):
        self.index, self.first, self.last = index, first, last
        self.state_id, self.local_id, self.birth, self.grade, self.school = state_id, local_id, birth, grade, school
        self.has_iep, self.on_roster = True, True
        r = rng("student", index)
        self.manager, self.disability = r.choice(MANAGERS), r.choice(DISABILITIES)

    @property
    def name(self):
        return f"{self.first} {self.last}"

    @property
    def last_first(self):
        return f"{self.last}, {self.first}"


def students():
    r = rng("students")
    special = {
        0: ("Siobhan", "O'Neil"), 1: ("José", "Núñez"), 2: ("Anna-Lise", "Hart-Moreau"), 3: ("Chidi", "Okafor"),
        4: ("Adaeze", "Okafor"), 5: ("Mason", "Clark"), 6: ("Mason", "Clark"), 26: ("Zoë", "D'Amboise"),
    }
    firsts, lasts = list(FIRST), list(LAST)
    r.shuffle(firsts)
    r.shuffle(lasts)
    states, locals_, result = set(), set(), []
    for index in range(60):
        first, last = special.get(index) or (firsts.pop(), lasts.pop())
        while True:
            state = str(r.randrange(10**9 + 7 * 10**8, 2 * 10**9) if index % 7 == 3 else r.randrange(41 * 10**7, 98 * 10**7))
            local = f"{r.randrange(100_000, 999_999):08d}"
            if state not in states and local not in locals_:
                break
        states.add(state)
        locals_.add(local)
        level = r.choice((0, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 7, 8, 9, 10))
        grade = "K" if level == 0 else f"{level:02d}"
        school = SCHOOLS[0] if level <= 5 else SCHOOLS[1] if level <= 8 else SCHOOLS[2]
        birth = date(2020 - level, 1, 1) + timedelta(days=r.randrange(0, 350))
        result.append(Student(index, first, last, state, local, birth, grade, school))
    for index in (30, 31, 32):
        result[index].has_iep = False
    for index in (21, 24):
        result[index].on_roster = False
    return result


# area: (unit, direction, measure, baseline range, gain range, noise, low, high)
KINDS = {
    "Reading Fluency": ("wcpm", "increase", "ORF", (18, 74), (30, 48), 3.0, 0, 220),
    "Reading Comprehension": ("percent", "increase", "Passage questions", (32, 52), (30, 40), 5.0, 0, 100),
    "Math Facts": ("dcpm", "increase", "Fact probe", (8, 18), (16, 26), 1.6, 0, 90),
    "Math Problem Solving": ("trials", "increase", "Word problems", (1, 2), (2, 2), 0.45, 0, 5),
    "Math Computation": ("percent", "increase", "Computation accuracy", (28, 50), (30, 42), 5.0, 0, 100),
    "Written Expression": ("cws", "increase", "CWS", (9, 20), (16, 26), 2.0, 0, 90),
    "Sentence Writing": ("percent", "increase", "Sentence checklist", (25, 48), (32, 42), 5.0, 0, 100),
    "Behavior": ("count", "decrease", "Incidents", (8, 14), (-10, -6), 1.1, 0, 40),
    "Calling Out": ("rate", "decrease", "Call-outs", (10, 14), (-9, -7), 1.2, 0, 40),
    "Speech Articulation": ("percent", "increase", "Articulation", (30, 50), (35, 42), 5.0, 0, 100),
    "Articulation": ("trials10", "increase", "Articulation", (3, 4), (5, 5), 0.8, 0, 10),
    "Fine Motor": ("trials", "increase", "Fine motor", (1, 1), (3, 3), 0.45, 0, 5),
    "Letter Formation": ("percent", "increase", "Letter formation", (30, 50), (30, 40), 5.0, 0, 100),
    "Adaptive Skills": ("rubric", "increase", "Adaptive rubric", (1, 1), (2, 2), 0.35, 0, 4),
    "Social Skills": ("percent", "increase", "Social skills", (30, 48), (35, 42), 5.0, 0, 100),
    "Peer Initiations": ("count", "increase", "Initiations", (1, 2), (5, 7), 0.8, 0, 30),
}
PROFILES = ("on_track", "on_track", "on_track", "stalled", "slow", "regressing", "on_track", "met", "noisy", "stalled",
            "on_track", "slow", "few", "no_target", "stalled", "on_track", "wrong_way", "regressing", "on_track")


class Goal:
    def __init__(self, plan, student, area, home, number=None, profile=None, begin=YEAR_BEGIN, by=BY, by_source="stated",
                 has_plan=False, worded=False):
        self.key = f"g{len(plan.goals) + 1:03d}"
        r = rng("goal", self.key)
        self.student, self.area, self.home, self.number = student, area, home, number
        self.unit, self.direction, self.measure, low, gain, self.noise, self.floor, self.ceil = KINDS[area]
        self.trials = {"trials": 5, "trials10": 10}.get(self.unit)
        self.profile = profile or PROFILES[(len(plan.goals) * 7 + 3) % len(PROFILES)]
        self.base = r.randint(*low)
        self.aim = self.base + r.randint(*gain)
        if self.unit in ("wcpm", "percent") and r.random() < 0.6:
            self.aim = min(95, round(self.aim / 5) * 5) if self.unit == "percent" else round(self.aim / 5) * 5
        if self.unit == "count" and self.direction == "decrease":
            self.aim = max(1, self.aim)
        if self.unit == "rate":
            self.aim = max(2, self.aim)
        if self.profile == "wrong_way" and (self.trials or not worded):
            self.profile = "stalled"  # without a sentence that says "increase", nobody can know the way
        self.begin, self.by, self.by_source, self.plan = begin, by, by_source, has_plan
        stated = self.aim
        if self.profile == "wrong_way":
            drop = {"wcpm": 15, "percent": 12, "dcpm": 4, "cws": 5}.get(self.unit, 1)
            stated = self.base - drop if self.direction == "increase" else self.base + 4
            self.aim = self.base + (self.aim - self.base) // 2
            if self.unit == "rubric":
                stated = 0
        if self.profile == "no_target":
            stated = None
        self.stated, self.base_stated = stated, True
        self.text, self.points, self.where = None, [], set()
        plan.goals.append(self)

    def scale(self, value):
        """A raw number on the dataset's scale."""
        if value is None:
            return None
        if self.trials:
            return 100 * value / self.trials
        if self.unit == "rate":
            return value / 20
        return value

    @property
    def baseline(self):
        return self.scale(self.base) if self.base_stated else None

    @property
    def target(self):
        return self.scale(self.stated)

    def raw(self, day):
        """The raw number on a day: a function of goal and day."""
        r = rng("value", self.key, day)
        weeks, span = (day - self.begin).days / 7, max(1.0, (BY - self.begin).days / 7)
        gain, noise = self.aim - self.base, self.noise
        if self.profile in ("on_track", "no_target", "few"):
            level = self.base + gain * 1.08 * weeks / span
        elif self.profile == "slow":
            level = self.base + gain * 0.42 * weeks / span
        elif self.profile in ("stalled", "wrong_way"):
            level = self.base + gain * 0.06 + 0 * weeks
        elif self.profile == "regressing":
            level = self.base + gain * 0.15 - gain * 0.45 * weeks / span
        elif self.profile == "met":
            level = self.base + gain * min(1.12, 2.1 * weeks / span)
        else:
            level, noise = self.base + gain * 0.8 * weeks / span, noise * 2.8
        value = round(level + r.gauss(0, noise))
        return max(self.floor, min(self.ceil, value))


BREAKS = ((date(2025, 11, 24), date(2025, 11, 28)), (date(2025, 12, 22), date(2026, 1, 2)), (date(2026, 1, 19), date(2026, 1, 19)),
          (date(2026, 2, 16), date(2026, 2, 16)))


def school_day(day):
    return day.weekday() < 5 and not any(a <= day <= b for a, b in BREAKS)


def weekly(weekday, begin=YEAR_BEGIN, end=AS_OF):
    day = begin + timedelta(days=(weekday - begin.weekday()) % 7)
    while day <= end:
        if school_day(day):
            yield day
        day += timedelta(days=7)


def days(goal, every=1):
    """The days on which a goal has a score."""
    r = rng("days", goal.key)
    result = [d for d in weekly(r.randrange(5)) if r.random() < 0.88][::every]
    return result[2:5] if goal.profile == "few" else result


NOTES = (
    "", "", "", "", "", "", "good day", "tired today", "used timer", "sub in room", "wanted to stop early", "great effort!!",
    "retook after recess", "read w/ Mrs Q", "self correcting more", "distracted by fire drill", "short session", "chose own seat",
    "didnt have glasses", "worked w/ para", "tx in hallway", "needed prompts for vowels", "happy w/ score", "recieved 2 reminders",
    "half day", "parent emailed", "new seat", "meds late", "independant today", "seperate setting",
)


def note(*key):
    return rng("note", *key).choice(NOTES)


def sentence(goal, style=None):
    """The goal's sentence as somebody would type it, with baseline and (unless there is none) target."""
    r = rng("sentence", goal.key)
    style = r.randrange(4) if style is None else style
    if goal.profile == "wrong_way":
        style = 1 if goal.unit == "percent" else 0  # the ones that say "increase" or "decrease"
    name, by, b, t = goal.student.first, goal.by or BY, goal.base, goal.stated
    when = (f"By {by.month}/{by.day}/{by.year}", f"By {by:%m/%d/%Y}", f"By {by:%B} {by.day}, {by.year}", f"By {by.month}/{by.day}/{by:%y}")[r.randrange(4)]
    if t is None:
        return {
            "wcpm": f"{name} will improve oral reading fluency on grade level passages. Baseline: {b} wcpm.",
            "percent": f"{name} will improve {goal.area.lower()} skills with teacher support. Baseline: {b}%.",
            "dcpm": f"{name} will increase fluency w/ math facts. Baseline: {b} dcpm.",
            "cws": f"{name} will write longer, more complete responses. Baseline: {b} CWS.",
            "count": f"{name} will {'show fewer behavior incidents' if goal.direction == 'decrease' else 'start more conversations with peers'}. Baseline: {b} per day.",
        }.get(goal.unit, f"{name} will improve {goal.area.lower()} skills.")
    if goal.unit == "wcpm":
        return (
            f"{when}, given a grade level passage, {name} will increase oral reading fluency from {b} wcpm to {t} wcpm as measured by weekly probes.",
            f"{when}, {name} will read {t} words correct per minute (baseline: {b} wcpm) on curriculum based measures.",
            f"{name} will improve reading fluency from {b} to {t} WCPM {when[0].lower()}{when[1:]}.",
            f"Baseline: {b} wcpm. {when}, when given an unpracticed passage {name} will read aloud at {t} wcpm with no more than three errors.",
        )[style]
    if goal.unit == "percent":
        what = {
            "Reading Comprehension": "answer literal and inferential questions about a passage",
            "Math Computation": "solve multi-digit computation problems",
            "Sentence Writing": "write complete sentences with correct capitals and punctuation",
            "Speech Articulation": "produce /r/ and /s/ in structured sentences",
            "Letter Formation": "form lower case letters correctly from a model",
            "Social Skills": "use an expected greeting and wait for a turn in small group",
        }[goal.area]
        return (
            f"{when}, {name} will {what} with {t}% accuracy (baseline: {b}%).",
            f"{when}, {name} will increase accuracy when asked to {what} from {b}% to {t}%.",
            f"{name} will {what}, improving from {b}% to {t}% accuracy {when[0].lower()}{when[1:]}, as measured by teacher data.",
            f"Baseline: {b}%. {when}, given visual supports, {name} will {what} with {t}% accuracy.",
        )[style]
    if goal.unit == "dcpm":
        return (
            f"{when}, {name} will increase math fact fluency from {b} dcpm to {t} dcpm on mixed fact probes.",
            f"{when}, given a mixed fact probe, {name} will write {t} digits correct per minute (baseline: {b} dcpm).",
            f"{name} will improve from {b} to {t} dcpm on basic facts {when[0].lower()}{when[1:]}.",
            f"Baseline: {b} dcpm. {when}, {name} will reach {t} dcpm on basic fact probes.",
        )[style]
    if goal.unit == "cws":
        return (
            f"{when}, given a story starter, {name} will increase written expression from {b} CWS to {t} CWS.",
            f"{when}, {name} will write {t} correct word sequences (baseline: {b} CWS) in response to a prompt.",
            f"{name} will improve writing from {b} to {t} correct word sequences {when[0].lower()}{when[1:]}.",
            f"Baseline: {b} CWS. {when}, {name} will write {t} CWS on weekly prompts.",
        )[style]
    if goal.unit == "count" and goal.direction == "decrease":
        return (
            f"{when}, {name} will decrease physical and verbal outbursts from {b} per day to {t} per day.",
            f"{when}, {name} will reduce leaving the assigned area to {t} or fewer times per day (baseline: {b} times per day).",
            f"{name} will decrease incidents of work refusal from {b} to {t} incidents per day {when[0].lower()}{when[1:]}.",
            f"Baseline: {b} incidents per day. {when}, {name} will reduce off task incidents to {t} per day.",
        )[style]
    if goal.unit == "count":
        return (
            f"{when}, {name} will increase peer initiations from {b} to {t} per lunch period.",
            f"{when}, {name} will start a conversation with a peer {t} times per session (baseline: {b} times).",
            f"{name} will increase initiations with peers from {b} to {t} per session {when[0].lower()}{when[1:]}.",
            f"Baseline: {b} per session. {when}, {name} will increase peer initiations to {t} per session.",
        )[style]
    if goal.trials:
        n = goal.trials
        what = {
            "Math Problem Solving": "solve one and two step word problems",
            "Articulation": "produce the target sound in conversation",
            "Fine Motor": "cut along a line and copy shapes",
        }[goal.area]
        return (
            f"{when}, {name} will {what} in {t}/{n} trials (baseline: {b}/{n}).",
            f"{when}, {name} will {what}, increasing from {b}/{n} to {t}/{n} trials.",
            f"{name} will {what}, improving from {b}/{n} trials to {t}/{n} trials {when[0].lower()}{when[1:]}.",
            f"Baseline: {b}/{n} trials. {when}, {name} will {what} in {t} out of {n} trials.",
        )[style]
    if goal.unit == "rubric":
        return (
            f"{when}, {name} will increase independence with the arrival routine from a {b} to a {t} on a 0-4 rubric.",
            f"{when}, {name} will score a {t} on the 0-4 daily living rubric (baseline: {b}).",
            f"{name} will improve from level {b} to level {t} on the 0-4 task rubric {when[0].lower()}{when[1:]}.",
            f"Baseline: level {b}. {when}, {name} will complete lunch routine at level {t} of the 0-4 rubric.",
        )[style]
    return f"{when}, {name} will reduce calling out from {goal.baseline:.2f} per minute to {goal.target:.2f} per minute."
