"""Equity: access, attainment, what is credited and dollars per student, by groups of students, and the gaps."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from ..run import Run
from ..table import Cell, ResultTable, table
from .student_groups import ALL, NOT_KNOWN, groups_of_students
from .student_rows import StudentRows, student_rows

FEWEST = 10
"""The smallest group of students of which anything is told; NCES's statistical standards, most states' report cards."""

MOST_GROUPS = 30
"""Groups of one kind that are told; a column with more is no grouping."""


@dataclass(frozen=True, slots=True)
class Equity:
    """What a run comes to for a group of students. Numbers that could tell something of single students are nothing;
    `hidden` where all are.

    students        students in the group
    access          of these, at a school of which anybody is credited; nothing where the data have no schools
    attained        with an attainment
    credited        whom the run credits, of which `waiting` more may be
    dollars         what is paid for them; nothing where the policy pays nothing for students
    """

    by: str
    group: str
    students: int | None
    access: int | None
    attained: int | None
    credited: int | None
    waiting: int | None
    dollars: Fraction | None
    hidden: bool = False

    def share(self, what: str) -> Fraction | None:
        """A count as a part of the students; nothing where it is hidden, or there are none."""
        count = getattr(self, what)
        return None if count is None or not self.students else Fraction(count, self.students)

    @property
    def dollars_per_student(self) -> Fraction | None:
        """Dollars paid for each student of the group."""
        return None if self.dollars is None or not self.students else self.dollars / self.students


SHARES = ("access", "attained", "credited")
WAITING = "waiting"


def equity(run: Run) -> tuple[Equity, ...]:
    """What a run comes to for all students, and for every group of them; none where there are no students. Groups below
    ten students are hidden, and so is what would tell them by subtraction.
    """
    rows = student_rows(run)
    if rows is None:
        return ()
    every = pa.repeat(ALL, len(rows.attained))
    found = masked(_counted(rows, "", every))
    for by, groups in groups_of_students(run).items():
        some = _counted(rows, by, pc.fill_null(groups, NOT_KNOWN))
        if len(some) <= MOST_GROUPS:
            found += masked(some)
    return tuple(found)


def _counted(rows: StudentRows, by: str, groups: Any) -> list[Equity]:
    """A group for each different word, in the order of the words, those that are not known last."""
    columns = {"group": groups, "one": pa.repeat(1, len(groups))}
    for name in (*SHARES, WAITING):
        flags = getattr(rows, name)
        if flags is not None:
            columns[name] = pc.fill_null(flags, False).cast(pa.int64())
    if rows.cents is not None:
        columns["cents"] = rows.cents
    names = [name for name in columns if name != "group"]
    summed = pa.table(columns).group_by("group").aggregate([(name, "sum") for name in names])
    made = []
    for row in summed.to_pylist():
        counts = {name: int(row[f"{name}_sum"]) for name in names}
        dollars = None if rows.cents is None else Fraction(counts["cents"], 100)
        made.append(
            Equity(
                by, str(row["group"]), counts["one"], counts.get("access"), counts["attained"], counts["credited"],
                counts[WAITING], dollars,
            )
        )  # fmt: skip
    return sorted(made, key=lambda one: (one.group == NOT_KNOWN, _rank(one.group), one.group))


def _rank(group: str) -> int:
    """Bands of poverty from low to high; other groups by the alphabet, `yes` before `no`."""
    for place, start in enumerate(("low (", "mid-low", "mid-high", "high (", "yes", "no")):
        if group.startswith(start):
            return place
    return 0


def _is_few(one: Equity) -> bool:
    return one.students is not None and one.students < FEWEST


def _hidden(one: Equity) -> Equity:
    return Equity(one.by, one.group, None, None, None, None, None, None, hidden=True)


def masked(groups: list[Equity]) -> list[Equity]:
    """Groups of which nothing can be told of few students, not even by subtraction from all of them.

    Groups below ten are hidden, and the next smallest until those hidden are two at least with ten students together.
    Of each number those are left out in which few are, or are not, and more until the same holds of what all that are
    left out come to together. What is paid goes with who is credited.
    """
    ordered = sorted(groups, key=lambda one: (one.students or 0, one.group))
    hide = [one for one in ordered if _is_few(one)]
    rest = [one for one in ordered if not _is_few(one)]
    while hide and rest and (len(hide) == 1 or sum(one.students or 0 for one in hide) < FEWEST):
        hide.append(rest.pop(0))
    out = {one.group for one in hide}
    without = {what: _untold(groups, out, what) for what in (*SHARES, WAITING)}
    kept = []
    for one in groups:
        told = _hidden(one) if one.group in out else one
        for what in (*SHARES, WAITING):
            told = _without(told, what) if one.group in without[what] and not told.hidden else told
        kept.append(told)
    return kept


def _untold(groups: list[Equity], out: set[str], what: str) -> set[str]:
    """The groups of which a number is not told; those that are `out` are among them."""
    known = [one for one in groups if getattr(one, what) is not None]
    hide = [one for one in known if one.group in out or _tells(one, what)]
    chosen = {one.group for one in hide}
    rest = sorted((one for one in known if one.group not in chosen), key=lambda one: (getattr(one, what), one.group))
    while hide and rest and (len(hide) == 1 or _is_telling(hide, what)):
        hide.append(rest.pop(0))
    return {one.group for one in hide}


def _is_telling(groups: list[Equity], what: str) -> bool:
    """Whether what groups come to together is about few students."""
    count, students = sum(getattr(one, what) for one in groups), sum(one.students or 0 for one in groups)
    return _is_small(count) or (what != WAITING and _is_small(students - count))


def _is_small(count: int) -> bool:
    return 0 < count < FEWEST


def _without(one: Equity, what: str) -> Equity:
    match what:
        case "access":
            return replace(one, access=None)
        case "attained":
            return replace(one, attained=None)
        case "credited":
            return replace(one, credited=None, dollars=None)
        case _:
            return replace(one, waiting=None)


def _tells(one: Equity, what: str) -> bool:
    """Whether a count, or what it leaves, is of few students."""
    return _is_telling([one], what)


# -- gaps -----------------------------------------------------------------------------------------------------------


def gap(one: Equity, everybody: Iterable[Equity], what: str) -> Fraction | None:
    """The share of a group less the share of all others of whom it is known which group they are in: `what` is access,
    attained or credited. Nothing where that cannot be told.
    """
    others = [each for each in everybody if each.by == one.by and each.group not in (one.group, NOT_KNOWN)]
    mine, counts = one.share(what), [getattr(each, what) for each in others]
    if not one.by or mine is None or one.group == NOT_KNOWN or None in counts:
        return None
    students = sum(each.students or 0 for each in others)
    return mine - Fraction(sum(counts), students) if students else None


COLUMNS = (
    "by group students:number access:number attained:number credited:number waiting:number dollars:number "
    "access_share:number attained_share:number credited_share:number dollars_per_student:number "
    "access_gap:number attained_gap:number credited_gap:number hidden:truth"
)


def equity_table(run: Run) -> ResultTable:
    """`equity`: a row for all students, and one for each group. Shares and dollars per student are cut to 9 decimals;
    a gap is the share of the group less that of all others. It tells nothing of groups below ten students.
    """
    found = equity(run)
    return table("equity", COLUMNS, [_row(one, found) for one in found])


def _row(one: Equity, everybody: tuple[Equity, ...]) -> tuple[Cell, ...]:
    counts = (one.students, one.access, one.attained, one.credited, one.waiting)
    cells: list[Cell] = [None if count is None else Fraction(count) for count in counts]
    shares = [cut(one.share(what)) for what in SHARES]
    gaps = [cut(gap(one, everybody, what)) for what in SHARES]
    return (one.by, one.group, *cells, one.dollars, *shares, cut(one.dollars_per_student), *gaps, one.hidden)


def cut(value: Fraction | None) -> Fraction | None:
    """A number cut to 9 decimals, towards nothing."""
    if value is None:
        return None
    digits = abs(value.numerator) * 10**9 // value.denominator
    return Fraction(digits if value >= 0 else -digits, 10**9)
