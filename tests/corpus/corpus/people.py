"""Invented children, days and scores."""

import datetime
from dataclasses import dataclass

FIRST = """Umberto Clio Isolde Fintan Pascal Ulric Noor Garrick Beatrix Orla Cosimo Delphine Rufus Mirela Tobias Zinnia Hollis
Ansel Petra Quentin Saoirse Lazlo Winifred Emeric Thora Casimir Odette Bram Ines Leopold""".split()
LAST = """Thistlewood Everdale Kettleby Tarrant Zollern Birchall Darnley Dunmore Elmsford Fenwright Juddley Oakhanger Rookwood
Wexcombe Pellingham Hartsgrove Quillfeather Marblethorpe Stanwick Averill Brackenbury Cobbledick Dunsmoor Eastlake Fairweather
Gravenhurst Holloway Inglenook Larkspur Mossington""".split()
SPANISH = [("Ximena", "Robledo"), ("Iker", "Peñalba"), ("Begoña", "Muñozleta"), ("Joaquín", "Yáñezral"), ("Nuria", "Castañal")]


@dataclass(frozen=True)
class Kid:
    id: str
    first: str
    last: str
    birth: datetime.date

    @property
    def name(self):
        return f"{self.first} {self.last}"

    @property
    def last_first(self):
        return f"{self.last}, {self.first}"


def kids(rng, count, digits=5, first_id=None, spanish=False):
    """Different children with different ids."""
    firsts, lasts = rng.sample(FIRST, count), rng.sample(LAST, count)
    if spanish:
        pairs = rng.sample(SPANISH, count)
        firsts, lasts = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    number = first_id or rng.randrange(10 ** (digits - 1) + 7, 9 * 10 ** (digits - 1))
    made = []
    for first, last in zip(firsts, lasts):
        birth = datetime.date(2013, 1, 1) + datetime.timedelta(days=rng.randrange(1500))
        made.append(Kid(str(number), first, last, birth))
        number += rng.randrange(3, 60)
    return made


def weeks(count, start=datetime.date(2025, 9, 5), step=7):
    """A day a week, always the same weekday."""
    return [start + datetime.timedelta(days=step * at) for at in range(count)]


def ragged(rng, count, start=datetime.date(2025, 9, 3)):
    """About a day a week, as life has it."""
    day, days = start, []
    for _ in range(count):
        days.append(day)
        day += datetime.timedelta(days=rng.choice([5, 6, 7, 7, 7, 8, 9, 14]))
    return days


def climb(rng, count, low=20, high=60, noise=4):
    """Whole numbers that climb with noise."""
    step = (high - low) / max(count - 1, 1)
    return [max(0, round(low + step * at + rng.uniform(-noise, noise))) for at in range(count)]


def us(day, two=False):
    """9/5/2025, or 9/5/25."""
    return f"{day.month}/{day.day}/{day.year % 100:02d}" if two else f"{day.month}/{day.day}/{day.year}"
