"""The tests that a row of a priority list has to meet, and which of them decide."""

from __future__ import annotations

from collections.abc import Iterator

from ..execution.dataset_rows import DatasetRows
from ..execution.reference import Interpreter, Row
from ..execution.values import Key
from ..plan.words import words_of
from ..syntax.expr import And, Expr, Or
from ..syntax.policy import PriorityList
from ..syntax.print import print_expr
from .run import Run


class ListTests:
    """The tests of a list, taken apart at `and` and `or`, as its author wrote them."""

    def __init__(self, run: Run, item: PriorityList) -> None:
        self.item, self.nodes = item, words_of(run.checked, run.epoch).nodes
        rows = DatasetRows(run.dataset.tables)
        self.interpreter = Interpreter(run.plan, rows, run.binding.cells, run.binding.schedules)

    def said(self, key: Key) -> str:
        """`met: a, b` of a row that qualifies, else `not met: c; not known: d`: the tests that make it so."""
        found = dict(self._deciding(self.item.when, Row(self.item.entity.text, key)))
        said = []
        for word, wanted in (("met", True), ("not met", False), ("not known", None)):
            texts = [text for text, value in found.items() if value is wanted]
            said += [f"{word}: {', '.join(texts)}"] if texts else []
        return "; ".join(said)

    def _deciding(self, expr: Expr, row: Row) -> Iterator[tuple[str, bool | None]]:
        """The parts that give an expression its value, as their author wrote them; nothing is the value of a part that
        nobody knows.
        """
        value = self._value(expr, row)
        if isinstance(expr, And | Or):
            for part in expr.operands:
                if self._value(part, row) is value:
                    yield from self._deciding(part, row)
            return
        yield print_expr(expr), value

    def _value(self, expr: Expr, row: Row) -> bool | None:
        value = self.interpreter.evaluate(self.nodes[expr.id], row)
        return value if isinstance(value, bool) else None
