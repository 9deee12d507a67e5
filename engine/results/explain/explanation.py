"""The answer to *why*, as a tree that says nothing of how it is shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date as Date
from fractions import Fraction
from typing import TypeAlias

from ...execution.values import Value
from ...types.datatypes import Type


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
    why: str = ""
    """Why this of its values and no other: by which date, class or year it was picked."""


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
    said: str = ""
    """Which rows made it what it is, as a sentence names them; empty where all rows count alike."""


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
class Failing:
    """A condition that would have to hold and does not, as written in the rule `rule` and tested for `place`.

    `sentence` says by how much, such as `$21.10/hour is $0.43 under the $21.53/hour in force since 2026-07-01,
    code-12-3 (a)`. `wanted` is the answer that would be needed, `value` the one that is: the other, or undetermined.
    """

    text: str
    rule: str
    place: Place
    value: Value
    wanted: bool
    sentence: str
    margin: Margin | None = None
    cite: str = ""
    source: str = ""
    personal: bool = False


@dataclass(frozen=True, slots=True)
class FailingSet:
    """The fewest failing conditions that would have to hold for the verdict to turn, all of them together.

    `others` are as many other sets of as few. Not `exact`: there are too many ways to look at all, so there may be a
    smaller set.
    """

    conditions: tuple[Failing, ...]
    others: int = 0
    exact: bool = True


@dataclass(frozen=True, slots=True)
class Change:
    """One thing with another value, and what the result is then: found by replaying the run with that change.

    `kind` is `cell`, `parameter` or `indicator`; `name` its column or path. `result` is the result then, and `verdict`
    how a sentence says it.
    """

    kind: str
    name: str
    place: Place | None
    value: Value
    new: Value
    type: Type
    result: Value
    verdict: str
    sentence: str
    personal: bool = False


@dataclass(frozen=True, slots=True)
class Nearest:
    """The single changes that turn the verdict, the nearest of each kind; none where no single change does.

    `tried` counts the cells, parameters and indicators that were tried, each with every value that could matter. Not
    `complete`: there were more than are tried. `sentence` sums it up where there is none.
    """

    changes: tuple[Change, ...]
    tried: int
    complete: bool = True
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class Either:
    """What the result is if what is not known were so, by replay: `of` is what is responsible, `text` what is taken
    of it, such as `yes` or `$49,900/year or more`, and `sentence` says both.
    """

    of: Responsible
    text: str
    result: Value
    verdict: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Counterfactual:
    """What would be paid without a step, by replay: `text` names the step, as `without the limit teacher_cap`."""

    text: str
    amount: Fraction
    change: Fraction
    cite: str = ""
    source: str = ""


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
    failing: FailingSet | None = None
    nearest: Nearest | None = None
    either: tuple[Either, ...] = ()
    without: tuple[Counterfactual, ...] = ()
