"""What a public page may say of persons: no key, and no group so small that one of them could be made out."""

from __future__ import annotations

from collections.abc import Sequence

from ..results.diff.breakdown import StudentGroupMoney
from ..results.dollars import dollars
from ..results.run import Run

FEWEST = 10
"""The smallest group of persons of which a public page tells anything, where the policy does not ask for more; that of
NCES's statistical standards and of most states' report cards.
"""

HIDDEN = "–"


class Masked:
    """Hides what is about few persons where the page is public; hides nothing where it is not."""

    def __init__(self, run: Run, public: bool) -> None:
        self._tables, self._public = run.checked.tables, public

    def is_personal(self, entity: str) -> bool:
        """Whether the rows of an entity are persons that this page must not name."""
        table = self._tables.get(entity)
        return self._public and table is not None and table.personal_key

    def counts(self, entity: str, *counts: int) -> tuple[str, ...]:
        """Counts of rows; of persons one below FEWEST is hidden, and then all, since they stand beside each other."""
        few = self.is_personal(entity) and any(0 < count < FEWEST for count in counts)
        return tuple(HIDDEN if few else f"{count:,}" for count in counts)

    def students(self, groups: Sequence[StudentGroupMoney]) -> tuple[tuple[str, ...], ...]:
        """Line, group, students, dollars before, after and their change; of a group that is small, or that leaves few
        of all students beside it, the numbers are hidden.
        """
        everyone = {one.line: one.students for one in groups if one.group == "all students"}
        rows = []
        for one in groups:
            rest = everyone.get(one.line, one.students) - one.students
            whole = one.group == "all students"
            hidden = self._public and (one.students < FEWEST or (rest < FEWEST and not whole))
            change = one.after - one.before
            rise = f"{'+' if change > 0 else ''}{dollars(change)}"
            said = (f"{one.students:,}", dollars(one.before), dollars(one.after), rise)
            rows.append((one.line, one.group, *((HIDDEN,) * 4 if hidden else said)))
        return tuple(rows)
