"""Sheets in memory: what the writers put into files. A cell is None, a text, a number, a day, or one of the classes here."""

from dataclasses import dataclass, field


@dataclass
class Percent:
    """A number that is shown with a percent sign."""
    share: float


@dataclass
class Formula:
    """A formula with the result that the program last computed."""
    text: str
    result: object


@dataclass
class Error:
    """A formula that came to nothing, such as #REF!."""
    text: str


@dataclass
class Shown:
    """A value with a number format of its own."""
    value: object
    code: str


@dataclass
class Sheet:
    name: str = "Sheet1"
    rows: list = field(default_factory=list)
    merges: list = field(default_factory=list)
    hidden_rows: set = field(default_factory=set)
    hidden_columns: set = field(default_factory=set)
    hidden: bool = False
    date_code: str = "m/d/yyyy"
    far: str = ""

    def add(self, *cells):
        """A row; returns its number as Excel shows it."""
        self.rows.append(list(cells))
        return len(self.rows)

    def blank(self, count=1):
        for _ in range(count):
            self.rows.append([])

    def merge(self, area):
        self.merges.append(area)

    def beside(self, row, column, *cells):
        """Cells at a place: row 1 is the first, column 0 is A."""
        while len(self.rows) < row:
            self.rows.append([])
        there = self.rows[row - 1]
        there += [None] * (column + len(cells) - len(there))
        there[column:column + len(cells)] = cells


def letters(index):
    """Letters of a column; 0 is A."""
    text, index = "", index + 1
    while index:
        index, rest = divmod(index - 1, 26)
        text = chr(65 + rest) + text
    return text


def at(index, row):
    """A1 of a column (0 is A) and a row."""
    return f"{letters(index)}{row}"
