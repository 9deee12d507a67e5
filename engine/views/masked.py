"""What a public page may say of persons: no key, and no group so small that one of them could be made out."""

from __future__ import annotations

from collections.abc import Sequence

from ..results.diff.breakdown import StudentGroupMoney
from ..results.diff.outcome_diff import OutcomeDiff
from ..results.diff.payment_changes import PayeeChange, PaymentDiff
from ..results.diff.verdict_changes import HeldChange
from ..results.dollars import dollars
from ..results.equity.equity import FEWEST
from ..results.personal import is_personal
from ..results.run import Run

FEWEST_WORD = "ten"
"""The same in words."""

HIDDEN = "–"

ALL = "all students"
"""The group of which all others are parts."""


class Masked:
    """Hides what is about few persons where the page is public; hides nothing where it is not."""

    def __init__(self, run: Run, public: bool) -> None:
        self._run, self._public = run, public

    def is_personal(self, entity: str) -> bool:
        """Whether the rows of an entity are persons that this page must not name."""
        return self._public and is_personal(self._run, entity)

    def counts(self, entity: str, *counts: int) -> tuple[str, ...]:
        """Counts of rows; of persons one below FEWEST is hidden, and then all, since they stand beside each other."""
        return tuple(
            HIDDEN if few else f"{count:,}" for few, count in zip(self._few(entity, counts), counts, strict=True)
        )

    def numbers(self, entity: str, *counts: int) -> tuple[int | str, ...]:
        """The same for machines."""
        return tuple(HIDDEN if few else count for few, count in zip(self._few(entity, counts), counts, strict=True))

    def _few(self, entity: str, counts: Sequence[int]) -> list[bool]:
        return [self.is_personal(entity) and any(0 < one < FEWEST for one in counts)] * len(counts)

    def waiting(self, one: HeldChange) -> tuple[int | str, int | str]:
        """How many results wait for cells of a column, before and after; where some are about persons, neither if one
        of the two, or what lies between them, is below FEWEST.
        """
        told = (one.before, one.after, abs(one.after - one.before))
        few = any(0 < count < FEWEST for count in told) and any(map(self.is_personal, (one.table, *one.entities)))
        return (HIDDEN, HIDDEN) if few else (one.before, one.after)

    def is_few(self, payees: Sequence[PayeeChange]) -> bool:
        """Whether there are persons among some payees, and so few that a public page tells nothing of them."""
        return 0 < sum(self.is_personal(one.entity) for one in payees) < FEWEST

    def persons(self, payees: Sequence[PayeeChange]) -> str:
        """How many payees these are."""
        return f"fewer than {FEWEST_WORD}" if self.is_few(payees) else f"{len(payees):,}"

    def hides_money(self, paid: PaymentDiff) -> bool:
        """Whether so few persons are paid otherwise that the sums would tell what they are paid."""
        return self.is_few([one for one in paid.payees if one.change or one.unknown])

    def results(self, found: OutcomeDiff) -> tuple[str, str]:
        """How many results are undetermined before and after; where some are about persons, neither if one of the two,
        or what lies between them, is below FEWEST.
        """
        few = HIDDEN in self.open_numbers(found)
        before, after = (
            f"{count:,}" if not few else f"fewer than {FEWEST_WORD}" if count < FEWEST else "not told"
            for count in (found.open_before, found.open_after)
        )
        return before, after

    def open_numbers(self, found: OutcomeDiff) -> tuple[int | str, int | str]:
        """The same for machines."""
        before, after = found.open_before, found.open_after
        few = any(self._is_few_results(found, count) for count in (before, after, abs(after - before)))
        return (HIDDEN, HIDDEN) if few else (before, after)

    def more(self, found: OutcomeDiff) -> str:
        """By how many more or fewer they are, as the beginning of a clause; empty where as many are undetermined."""
        rise = found.open_after - found.open_before
        if not rise:
            return ""
        count = self._told(found, abs(rise))
        one_result = count == "1"
        return f"{count} {'more' if rise > 0 else 'fewer'} {'result is' if one_result else 'results are'}"

    def _told(self, found: OutcomeDiff, count: int) -> str:
        return f"fewer than {FEWEST_WORD}" if self._is_few_results(found, count) else f"{count:,}"

    def _is_few_results(self, found: OutcomeDiff, count: int) -> bool:
        held = (*found.before.held, *found.after.held)
        return 0 < count < FEWEST and any(self.is_personal(one.column.id.entity) for one in held)

    def students(self, groups: Sequence[StudentGroupMoney]) -> tuple[tuple[str, ...], ...]:
        """Line, group, students, dollars before, after and their change; of a group that is small, or that leaves few
        of all students beside it, the numbers are hidden.
        """
        rows = []
        for one, hidden in self.groups(groups):
            change = one.after - one.before
            rise = f"{'+' if change > 0 else ''}{dollars(change)}"
            said = (f"{one.students:,}", dollars(one.before), dollars(one.after), rise)
            rows.append((one.line, one.group, *((HIDDEN,) * 4 if hidden else said)))
        return tuple(rows)

    def groups(self, groups: Sequence[StudentGroupMoney]) -> list[tuple[StudentGroupMoney, bool]]:
        """Student groups, and whether the numbers of each are hidden."""
        everyone = {one.line: one.students for one in groups if one.group == ALL}
        return [
            (
                one,
                self._public
                and (one.students < FEWEST or (one.group != ALL and everyone.get(one.line, 0) - one.students < FEWEST)),
            )
            for one in groups
        ]
