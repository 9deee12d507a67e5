"""The order of a priority list, replayed: what each row is ranked by, and which row surely stands before which."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from ..execution.dataset_rows import DatasetRows
from ..execution.reference import Interpreter, Row
from ..execution.values import Bound, Key, Missing, Value
from ..plan.from_checked import nodes_in
from ..plan.plan import Node, OrderBy, Reference, Window
from ..plan.words import words_of
from ..syntax.policy import PriorityList
from .run import Run


@dataclass(frozen=True, slots=True)
class ListOrder:
    """The keys by which the rows of `entity` are ranked, and the interpreter that replays them."""

    run: Run
    item: PriorityList
    keys: tuple[OrderBy, ...]
    interpreter: Interpreter

    def values(self, key: Key) -> tuple[Value, ...]:
        """What a row is ranked by, in the order of the keys."""
        row = Row(self.item.entity.text, key)
        return tuple(self.interpreter.evaluate(by.value, row) for by in self.keys)

    def limit(self, key: Key) -> Fraction | None:
        """How many places there are for a row; nothing where there is no limit."""
        if self.item.limit is None:
            return None
        node = words_of(self.run.checked, self.run.epoch).nodes[self.item.limit.id]
        found = self.interpreter.evaluate(node, Row(self.item.entity.text, key))
        return found if isinstance(found, Fraction) else None

    def surely_before(self, one: tuple[Value, ...], other: tuple[Value, ...]) -> bool:
        """Whether a row with the values `one` ranks before one with `other` whatever the unknown among them are."""
        for by, mine, theirs in zip(self.keys, one, other, strict=True):
            if mine == theirs and not isinstance(mine, Bound | Missing):
                continue
            worst, best = (_low(mine), _high(theirs)) if by.descending else (_high(mine), _low(theirs))
            if worst is None or best is None:
                return False
            return bool(worst > best if by.descending else worst < best)  # type: ignore[operator]
        return False


def list_order(run: Run, item: PriorityList) -> ListOrder:
    """The order of a run's list."""
    rows = DatasetRows(run.dataset.tables)
    interpreter = Interpreter(run.plan, rows, run.binding.cells, run.binding.schedules)
    return ListOrder(run, item, _rank(run, run.plan.column(item.entity.text, "list_rank").node).order, interpreter)


def _rank(run: Run, node: Node) -> Window:
    """The window that numbers the rows, through the column into which the planner has put it."""
    inside = nodes_in(node)
    found = next((one for one in inside if isinstance(one, Window)), None)
    if found is None:
        column = next(one.column for one in inside if isinstance(one, Reference) and one.column.role == "internal")
        return _rank(run, run.plan.column(column.entity, column.name).node)
    return found


def _low(value: Value) -> Value | None:
    """The low end of a value; nothing where it is open."""
    return value.low if isinstance(value, Bound) else None if isinstance(value, Missing) else value


def _high(value: Value) -> Value | None:
    """The high end of a value; nothing where it is open."""
    return value.high if isinstance(value, Bound) else None if isinstance(value, Missing) else value
