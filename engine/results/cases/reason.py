"""The reasons that rules give, as the table of decisions has them, for cases that expect one."""

from __future__ import annotations

from ...execution.values import Key
from ...plan.plan import Column, ColumnId
from ..decision import RULES, Decision, decisions
from ..held import held, missing_cells
from ..run import Run

OPEN = "…"
"""The sign that ends a sentence of which only the beginning is compared."""


class Reasons:
    """The reasons of one run, worked out where one is asked for."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._made: dict[tuple[str, str, Key], Decision] | None = None
        self._unknown: dict[tuple[ColumnId, Key], str] | None = None

    def reason(self, column: Column, key: Key) -> str | None:
        """Why a rule says what it says of a row: its sentence, whether it is met or not; the responsible cells where
        nobody can tell. Nothing for a column that is no rule's.
        """
        if column.id.role not in RULES:
            return None
        if self._made is None:
            self._made = {(one.rule.entity, one.rule.name, one.key): one for one in decisions(self._run)}
        one = self._made.get((column.id.entity, column.id.name, key))
        if one is None:
            return None
        if one.verdict == "not_applicable":
            return "the rule does not concern it"
        if one.verdict != "undetermined":
            return folded(one.reason)
        if self._unknown is None:
            self._unknown = dict(missing_cells(self._run, held(self._run)))
        return folded(self._unknown.get((ColumnId(one.rule.entity, one.rule.name), key), ""))


def says(expected: str, got: str) -> bool:
    """Whether a reason is the one that is expected, or begins with it where that ends with `…`."""
    wanted = folded(expected)
    if wanted.endswith(OPEN):
        return f"{got} ".startswith(wanted.removesuffix(OPEN))
    return got == wanted


def folded(text: str) -> str:
    """A text with single blanks."""
    return " ".join(text.split())
