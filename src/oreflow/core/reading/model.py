"""What reading a plan yields: frozen values, each tied to its characters in the given text."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction


class Comparator(StrEnum):
    """How a statement bounds its subject."""

    EQUAL = "="
    AT_LEAST = ">="
    AT_MOST = "<="
    LESS = "<"
    MORE = ">"
    ABOUT = "~"
    BETWEEN = "between"
    CHANGE = "change"
    RATE = "rate"
    CUMULATIVE = "cumulative"


class Kind(StrEnum):
    """What a statement is: a fact, an aim, a limit, or a figure of another sort (a project's capacity)."""

    ACTUAL = "actual"
    TARGET = "target"
    THRESHOLD = "threshold"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of the given text: `text[start:end]`."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Statement:
    """One figure with its meaning.

    `low` and `high` are equal unless a range is given. `bound` is the comparator inside a change,
    rate or cumulative statement. `year_inherited` says that the year stands elsewhere (sentence
    before, heading, caption, the plan's period). `doubts` name what made the reading uncertain;
    `confidence` is the calibrated chance that value, unit, comparator and year are right.
    """

    start: int
    end: int
    quote: str
    subject: str
    scope: str
    comparator: Comparator
    low: Fraction
    high: Fraction
    unit: str
    year: int | None
    kind: Kind
    year_inherited: bool = False
    bound: Comparator | None = None
    direction: str = ""
    role: str = ""
    binding: str = ""
    multiplicity: int = 1
    table: int | None = None
    section: int | None = None
    doubts: tuple[str, ...] = ()
    confidence: float = 0.0

    @property
    def value(self) -> Fraction | tuple[Fraction, Fraction]:
        """The value, or both ends of a range."""
        return self.low if self.low == self.high else (self.low, self.high)


class Role(StrEnum):
    """What a section is about, told from its title."""

    FRONT = "front"
    ACHIEVEMENT = "achievement"
    OUTLOOK = "outlook"
    GOAL = "goal"
    TASK = "task"
    PROJECT = "project"
    CONDITION = "condition"
    MEASURE = "measure"
    LAW = "law"


@dataclass(frozen=True, slots=True)
class Section:
    """A node of the outline; `parent` is an index into the outline, None at the top.

    `note` names a fault of numbering ("skipped: 二 after …") or is empty; `end` is where the
    section's last character ends, sub-sections included.
    """

    start: int
    end: int
    level: int
    number: str
    title: str
    role: Role
    parent: int | None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell; `doubtful` where its column could only be guessed."""

    start: int
    end: int
    text: str
    column: int
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell of a table that the file itself lays out; spans count columns and rows."""

    start: int
    end: int
    across: int = 1
    down: int = 1


@dataclass(frozen=True, slots=True)
class Grid:
    """A table whose rows and columns the file says (Word, HTML, workbook); cells lie in the text in this order."""

    start: int
    end: int
    rows: tuple[tuple[GridCell, ...], ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its label (with unit and property taken off), its figures, and its cells of words.

    `group` is the head of rows above it, `scope` whose figures they are (a firm, a place); `part` says
    that it only tells a part of the row above (其中) and is not added again.
    """

    label: str
    cells: tuple[Cell, ...]
    unit: str = ""
    binding: str = ""
    group: str = ""
    start: int = 0
    end: int = 0
    words: tuple[Cell, ...] = ()
    scope: str = ""
    part: bool = False


@dataclass(frozen=True, slots=True)
class Total:
    """A column re-added: what the total row prints and what the other rows sum to."""

    column: str
    printed: Fraction
    summed: Fraction

    @property
    def agrees(self) -> bool:
        """Whether they agree within rounding (half of the last place for each addend is not known: 0.5 %)."""
        return abs(self.printed - self.summed) * 200 <= abs(self.printed)


@dataclass(frozen=True, slots=True)
class Table:
    """A table; `columns` are the heads of its figures, `labels` those of its columns of words."""

    start: int
    end: int
    caption: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    totals: tuple[Total, ...] = ()
    note: str = ""
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Chain:
    """An industry chain: stages, each with one or more alternatives; `materials` maps nodes to ids."""

    start: int
    end: int
    quote: str
    stages: tuple[tuple[str, ...], ...]
    kind: str
    materials: tuple[tuple[str, str], ...] = ()

    @property
    def edges(self) -> tuple[tuple[str, str], ...]:
        """Each node of a stage to each node of the next."""
        pairs = zip(self.stages, self.stages[1:], strict=False)
        return tuple((a, b) for left, right in pairs for a in left for b in right)


@dataclass(frozen=True, slots=True)
class Limit:
    """One bound of a clause: attribute, end and whether the end itself is inside."""

    attribute: str
    comparator: Comparator
    value: Fraction
    unit: str
    inclusive: bool
    statement: int


@dataclass(frozen=True, slots=True)
class Clause:
    """An entry of a list or a condition: what it is about, its limits, and what is excepted."""

    start: int
    end: int
    category: str
    object: str
    limits: tuple[Limit, ...]
    exceptions: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    times: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Duty:
    """A task with its bodies; the first of a plain list leads. `deadline` as printed, or empty."""

    start: int
    end: int
    task: str
    lead: tuple[str, ...]
    support: tuple[str, ...]
    deadline: str = ""
    section: int | None = None


@dataclass(frozen=True, slots=True)
class Entity:
    """Something named: `kind` is enterprise, park, product, technology or project.

    A project may have its capacity, money, period, what is built, and the bodies that answer for it.
    """

    kind: str
    name: str
    spellings: tuple[str, ...]
    mentions: tuple[Span, ...]
    capacity: str = ""
    money: str = ""
    period: str = ""
    content: str = ""
    bodies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Frame:
    """What the whole document says about itself: title, region, period, base year, date.

    `conditions` says that it sets entry conditions, `facts` that it only reports (a communiqué), `guessed` that the
    title tells no period, so that it comes from the text.
    """

    title: str = ""
    region: str = ""
    start_year: int | None = None
    horizon: int | None = None
    base: int | None = None
    dated: int | None = None
    conditions: bool = False
    facts: bool = False
    guessed: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was read from one text."""

    doc: str
    frame: Frame
    outline: tuple[Section, ...] = ()
    statements: tuple[Statement, ...] = ()
    tables: tuple[Table, ...] = ()
    chains: tuple[Chain, ...] = ()
    clauses: tuple[Clause, ...] = ()
    duties: tuple[Duty, ...] = ()
    entities: tuple[Entity, ...] = ()
    notes: tuple[str, ...] = field(default=())
