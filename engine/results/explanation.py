"""The answer to *why*, as a tree that says nothing of how it is shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date as Date
from fractions import Fraction
from typing import TypeAlias

from ..execution.values import Value
from ..types.datatypes import Type


@dataclass(frozen=True, slots=True)
class Place:
    """A row: the key as people write it, what people call it, and where it was read (line 0: in no file)."""

    entity: str
    key: str
    label: str = ""
    file: str = ""
    line: int = 0
    personal: bool = False


@dataclass(frozen=True, slots=True)
class Margin:
    """By how much a comparison is met (negative: missed); `rises` where more is better; `at_least` where it may be
    more.
    """

    value: Fraction
    type: Type
    rises: bool
    at_least: bool = False


@dataclass(frozen=True, slots=True)
class Given:
    """A parameter, or a fact of the run such as its as-of date.

    It holds since `starts`; from `follows` on `next_value` stands. `source` is the title of what `cite` names.
    `standing`
    is empty for a fact of the run, and `replaced` says that the run was made with another value than the policy's.
    """

    name: str
    path: str
    value: Value
    type: Type
    title: str = ""
    starts: Date | None = None
    follows: Date | None = None
    next_value: Value = ""
    cite: str = ""
    source: str = ""
    standing: str = ""
    note: str = ""
    replaced: bool = False
    row: str = ""
    """The class or year of the row that picks the value, such as `class 2024`; empty where a date does."""
    keys: tuple[str, str] = ("", "")
    """How the policy writes `starts` and `follows`, where they are classes."""
    deferred: tuple[str, ...] = ()
    """What was put off to this value, or to a later one, a sentence each."""


@dataclass(frozen=True, slots=True)
class Datum:
    """A cell of the data: `text` is how the rule reaches it, `title` what the column holds, `vintage` its data as
    of.
    """

    text: str
    place: Place
    column: str
    value: Value
    type: Type
    reason: str = ""
    title: str = ""
    source: str = ""
    vintage: str = ""
    made_up: str = ""
    personal: bool = False


@dataclass(frozen=True, slots=True)
class Responsible:
    """What leaves a result undetermined or failed: a cell, a row that is not there, a parameter. `text` says it all."""

    code: str
    text: str
    column: str = ""
    place: Place | None = None

    @property
    def failed(self) -> bool:
        """Whether it is a failure (an X or F code) and not merely a gap."""
        return self.code[:1] in ("X", "F") and self.code[1:].isdigit()


@dataclass(frozen=True, slots=True)
class Step:
    """A condition, or a value computed on the way, in the author's words."""

    text: str
    value: Value
    type: Type
    items: tuple[Item, ...] = ()
    margin: Margin | None = None


@dataclass(frozen=True, slots=True)
class SeenRow:
    """One row that an aggregate looked at, and what was read of it. `possible`: its filter is undetermined."""

    place: Place
    items: tuple[Item, ...] = ()
    possible: bool = False


@dataclass(frozen=True, slots=True)
class Rows:
    """A value over many rows: how many were in, out and possible, and the rows that are shown.

    `decisive` where those shown made the value what it is; `left_out` others are not shown.
    """

    text: str
    function: str
    entity: str
    value: Value
    type: Type
    rows_in: int
    rows_out: int
    possible: int
    left_out: int
    decisive: bool
    rows: tuple[SeenRow, ...] = ()
    reported: bool = True


@dataclass(frozen=True, slots=True)
class Rule:
    """A definition or a rule for one row, and why it says what it says.

    `written` is the rule in the author's words, `because` its sentence with the row's values. `again` where the rule is
    told in another place of the tree (or too deep to be told here) and has no items. `verdict` is empty for a value.
    """

    name: str
    place: Place
    path: str
    role: str
    value: Value
    type: Type
    verdict: str = ""
    written: str = ""
    title: str = ""
    because: str = ""
    cite: str = ""
    source: str = ""
    since: Date | None = None
    margin: Margin | None = None
    items: tuple[Item, ...] = ()
    again: bool = False


@dataclass(frozen=True, slots=True)
class Note:
    """A sentence that needs no value beside it."""

    text: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a ledger: by how much a step changes the amount, or (`total`) what the amount is then.

    `cite` and `source` are the law of the step, `notes` more sentences about it.
    """

    text: str
    amount: Fraction
    total: bool = False
    cite: str = ""
    source: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ledger:
    """Amounts of money, or with `points` numbers of points, under one another that add up: each total is the total
    before it with the changes between.
    """

    text: str
    entries: tuple[Entry, ...]
    points: bool = False


Item: TypeAlias = Rule | Step | Rows | Datum | Given | Note | Ledger


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a result of one row is what it is. `sentence` is the verdict for people who read no further."""

    sentence: str
    place: Place
    name: str
    value: Value
    type: Type
    policy: str
    as_of: Date
    school_year: str
    items: tuple[Item, ...]
    responsible: tuple[Responsible, ...] = ()
    made_up: str = ""
