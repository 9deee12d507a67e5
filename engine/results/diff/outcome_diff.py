"""The difference that is felt: two runs side by side, list, ratings, payments, and what nobody can tell."""

from __future__ import annotations

from dataclasses import dataclass

from ...execution.values import Key
from ..decision import decisions
from ..held import missing_cells
from ..outcome import Outcome, outcome
from ..run import Run
from .breakdown import PaymentGroup, RatingGroup, StudentGroupMoney, payment_groups, rating_groups, student_money
from .list_moves import ListDiff, list_diff
from .near_cases import NearCase, NearLine, near_cases, near_lines
from .payment_changes import PaymentDiff, payment_diff
from .rating_moves import RatingDiff, rating_diff
from .verdict_changes import HeldChange, VerdictChange, Verdicts, held_changes

SETTLED = ("met", "not_met", "not_applicable")


@dataclass(frozen=True, slots=True)
class OutcomeDiff:
    """What becomes of every result between two runs.

    before, after      the runs with their tables
    listed, rated, paid   what becomes of the list, the ratings and the payments; nothing where there are none
    verdicts           numbers of rows by rule whose verdict is another
    held               columns for which more or fewer results wait
    near               near misses by rule where their number is another or not zero
    near_cases         the rows that are nearest a line now
    payment_groups, rating_groups   the same by what sets the rows apart
    student_money      what the claims for students of each group bring
    """

    before: Outcome
    after: Outcome
    listed: ListDiff | None
    rated: RatingDiff | None
    paid: PaymentDiff | None
    verdicts: tuple[VerdictChange, ...]
    held: tuple[HeldChange, ...]
    near: tuple[NearLine, ...]
    near_cases: tuple[NearCase, ...]
    payment_groups: tuple[PaymentGroup, ...]
    rating_groups: tuple[RatingGroup, ...]
    student_money: tuple[StudentGroupMoney, ...]

    @property
    def is_empty(self) -> bool:
        """Whether every result is what it was."""
        listed, rated, paid = self.listed, self.rated, self.paid
        moved = bool(listed and listed.moves) or bool(rated and rated.moves) or bool(self.verdicts)
        money = paid is not None and any(one.before != one.after or one.unknown for one in paid.payees)
        return not (moved or money or self.held)

    @property
    def open_before(self) -> int:
        """How many results nobody could tell before."""
        return len(self.before.held)

    @property
    def open_after(self) -> int:
        """How many results nobody can tell now."""
        return len(self.after.held)

    @property
    def only_opens(self) -> bool:
        """Whether all that changes is that results which were told no longer can be: no row is decided otherwise,
        nobody is paid more or less, and more results wait.
        """
        if not self.verdicts or self.open_after <= self.open_before:
            return False
        if any(one.before not in SETTLED or one.after != "undetermined" for one in self.verdicts):
            return False
        listed, rated, paid = self.listed, self.rated, self.paid
        elsewhere = listed is not None and any(one.move != "becomes undetermined" for one in listed.moves)
        otherwise = rated is not None and any(one.after != "pending" for one in rated.rated_otherwise)
        money = paid is not None and any(one.before != one.after for one in paid.payees)
        return not (elsewhere or otherwise or money)


def outcome_diff(before: Run, after: Run) -> OutcomeDiff:
    """Two runs compared by the keys of their rows and the names of their rules and lines."""
    return compare_outcomes(outcome(before), outcome(after))


def compare_outcomes(before: Outcome, after: Outcome) -> OutcomeDiff:
    """The same of runs whose tables are made already."""
    verdicts = Verdicts(decisions(before.run), decisions(after.run))
    rated, paid = rating_diff(before, after), payment_diff(before, after)
    return OutcomeDiff(
        before,
        after,
        list_diff(before.run, after.run, verdicts, _waiting(after)),
        rated,
        paid,
        verdicts.changes(),
        held_changes(before.held, after.held),
        near_lines(before, after),
        near_cases(before, after),
        payment_groups(after.run, paid) if paid is not None else (),
        rating_groups(after, rated) if rated is not None else (),
        student_money(before, after),
    )


def _waiting(one: Outcome) -> dict[Key, str]:
    """Of the rows that the list waits for, the responsible cells in words."""
    found = missing_cells(one.run, tuple(each for each in one.held if each.column.id.role == "list"))
    return {key: text for (_, key), text in found.items()}
