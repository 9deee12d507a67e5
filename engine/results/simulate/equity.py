"""What a scenario changes for groups of students: the policy as it is and what is set, side by side."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from ..equity.equity import SHARES, Equity, cut, equity, gap
from ..run import Run, run_bound
from ..table import Cell, ResultTable, table
from .ground import Ground


@dataclass(frozen=True, slots=True)
class EquityChange:
    """What runs of two grounds come to for groups of students: `before` and `after` hold the same groups, in the same
    order, where the groups are the same.
    """

    before: tuple[Equity, ...]
    after: tuple[Equity, ...]

    def pairs(self) -> list[tuple[Equity | None, Equity | None]]:
        """Each group before and after; nothing where it is not there."""
        after = {(one.by, one.group): one for one in self.after}
        before = {(one.by, one.group): one for one in self.before}
        return [(before.get(place), after.get(place)) for place in dict.fromkeys((*before, *after))]

    def gaps(self, one: Equity | None, what: str) -> tuple[Fraction | None, Fraction | None]:
        """The gap of a group before and after."""
        if one is None:
            return None, None
        found = []
        for side in (self.before, self.after):
            mine = next((each for each in side if (each.by, each.group) == (one.by, one.group)), None)
            found.append(None if mine is None else gap(mine, side, what))
        return found[0], found[1]


def equity_change(plain: Ground, ground: Ground) -> EquityChange:
    """What comes of what is set, by groups of students. Both runs are whole runs."""
    before = equity(_whole(plain))
    return EquityChange(before, before if ground == plain else equity(_whole(ground)))


def _whole(ground: Ground) -> Run:
    return run_bound(ground.checked, ground.dataset, ground.binding())


COLUMNS = (
    "by group students:number {}dollars:number dollars_after:number dollars_per_student:number "
    "dollars_per_student_after:number hidden:truth"
)


def equity_change_table(one: EquityChange) -> ResultTable:
    """`equity`: a row for all students and for each group: shares, gaps and dollars before and after. Shares and what
    is paid per student are cut to 9 decimals.
    """
    parts = "".join(
        f"{what}_share:number {what}_share_after:number {what}_gap:number {what}_gap_after:number " for what in SHARES
    )
    rows: list[tuple[Cell, ...]] = []
    for before, after in one.pairs():
        known = after or before
        assert known is not None
        cells: list[Cell] = [known.by, known.group, None if known.students is None else Fraction(known.students)]
        for what in SHARES:
            cells += [cut(side.share(what)) if side else None for side in (before, after)]
            cells += [cut(found) for found in one.gaps(known, what)]
        cells += [side.dollars if side else None for side in (before, after)]
        cells += [cut(side.dollars_per_student) if side else None for side in (before, after)]
        rows.append((*cells, known.hidden))
    return table("equity", COLUMNS.format(parts), rows)
