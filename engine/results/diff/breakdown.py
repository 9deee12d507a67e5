"""The changes of a difference by what sets the rows apart: region, size, poverty, kind of school, student group."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from ..outcome import Outcome
from ..run import Run
from ..table import number_of
from .payment_changes import PaymentDiff
from .rating_moves import RatingDiff
from .rows_of_table import groupings, student_facts, students_by_claim

ZERO = Fraction(0)


@dataclass(frozen=True, slots=True)
class PaymentGroup:
    """The payees of an entity that a column puts together: how many, who gains and loses, and their dollars."""

    entity: str
    by: str
    group: str
    payees: int
    gaining: int
    losing: int
    before: Fraction
    after: Fraction


@dataclass(frozen=True, slots=True)
class RatingGroup:
    """The rated rows of an entity that a column puts together: how many, and how many are rated otherwise."""

    entity: str
    by: str
    group: str
    rows: int
    moved: int


@dataclass(frozen=True, slots=True)
class StudentGroupMoney:
    """What the claims for the students of a group bring on a line, before and after, in dollars; `students` counts
    those for whom a claim is paid in either run.
    """

    line: str
    group: str
    students: int
    before: Fraction
    after: Fraction


def payment_groups(run: Run, diff: PaymentDiff) -> tuple[PaymentGroup, ...]:
    """The payments by every column that sets payees apart, groups in the order that they have."""
    found = []
    for entity in dict.fromkeys(one.entity for one in diff.payees):
        for by, groups in groupings(run, entity).items():
            for group in dict.fromkeys(groups.values()):
                some = [one for one in diff.payees if one.entity == entity and groups.get(one.key) == group]
                changes = [one.change for one in some]
                gaining, losing = sum(one > 0 for one in changes), sum(one < 0 for one in changes)
                before, after = (_sum(getattr(one, side) for one in some) for side in ("before", "after"))
                found.append(PaymentGroup(entity, by, group, len(some), gaining, losing, before, after))
    return tuple(found)


def rating_groups(after: Outcome, diff: RatingDiff) -> tuple[RatingGroup, ...]:
    """The ratings by every column that sets rated rows apart."""
    moved = {(one.entity, one.key) for one in diff.rated_otherwise}
    rated = [(str(entity), str(key)) for entity, key in after.table("ratings").by("entity", "key")]
    found = []
    for entity in dict.fromkeys(entity for entity, _ in rated):
        for by, groups in groupings(after.run, entity).items():
            for group in dict.fromkeys(groups.values()):
                some = [one for one in rated if one[0] == entity and groups.get(one[1]) == group]
                found.append(RatingGroup(entity, by, group, len(some), sum(one in moved for one in some)))
    return tuple(found)


def student_money(before: Outcome, after: Outcome) -> tuple[StudentGroupMoney, ...]:
    """What claims bring by the facts about their students (economically disadvantaged, special education …), all
    students first; of lines whose claims are students or belong to one.
    """
    paid: dict[str, dict[str, list[Fraction]]] = {}
    for side, one in enumerate((before, after)):
        for line, student, amount in _paid(one):
            paid.setdefault(line, {}).setdefault(student, [ZERO, ZERO])[side] += amount
    facts = student_facts(after.run)
    found = []
    for line, sums in sorted(paid.items()):
        for group, members in [("all students", sums.keys()), *facts.items()]:
            some = [both for student, both in sums.items() if student in members]
            if some:
                was, now = (_sum(both[side] for both in some) for side in (0, 1))
                found.append(StudentGroupMoney(line, group, len(some), was, now))
    return tuple(found)


def _paid(one: Outcome) -> Iterator[tuple[str, str, Fraction]]:
    """Line, student and dollars of every paid claim that belongs to a student."""
    if not one.has("claims"):
        return
    students: dict[str, dict[str, str]] = {}
    for line, entity, key, amount in one.table("claims").column_cells("line", "entity", "key", "paid"):
        of = str(entity)
        if of not in students:
            students[of] = students_by_claim(one.run, of)
        dollars, student = number_of(amount), students[of].get(str(key))
        if dollars and student is not None:
            yield str(line), student, dollars


def _sum(values: Iterable[Fraction]) -> Fraction:
    return sum(values, ZERO)
